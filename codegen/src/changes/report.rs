//! The differences as something to read: text and Markdown in the form of the API-changes site, and JSON.
//!
//! Text and Markdown are two looks of the same blocks. A new look (HTML) takes [`Changes`] or the blocks and needs nothing else from here.

mod blocks;
mod json;
mod page;
mod pretty;

use super::additions::Tree;
use super::words::{self, Piece};
use super::{Change, Changes, Direction, Documentation, Kind, Level, Operation, Status, Wire};
use crate::docs;
use blocks::Block;

/// How a report looks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Style {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

impl Changes {
    /// The report for people. `date` is the day that the report is about, `YYYY-MM-DD`; `full` adds to each method what the site's page says of it.
    pub fn report(&self, style: Style, date: &str, full: bool) -> String {
        let mut blocks = vec![
            Block::Heading(1, self.service.clone()),
            Block::Paragraph(format!("{} - {} - {}", date.replace('-', "/"), self.service, self.headline())),
        ];
        let book = full.then(|| page::Book::new(&self.model, &self.text));
        for operation in &self.operations {
            blocks.push(Block::Heading(2, format!("{} ({})", operation.name, operation.status)));
            of_operation(operation, &mut blocks);
            if let Some(book) = book.as_ref().filter(|_| operation.status != Status::Removed) {
                book.page(&operation.name, &mut blocks);
            }
        }
        if !self.changes.is_empty() {
            blocks.push(Block::Heading(2, "Service".to_owned()));
            blocks.push(Block::Items(self.changes.iter().map(line).collect()));
        }
        if !self.documentation.is_empty() {
            blocks.push(Block::Heading(2, "Documentation".to_owned()));
            for entry in &self.documentation {
                of_documentation(entry, &mut blocks);
            }
        }
        self.verdict_blocks(&mut blocks);
        blocks::print(&blocks, style)
    }

    /// The report for programs: the contract of `changes --format json`.
    pub fn json(&self, date: &str) -> String {
        json::of(self, date)
    }

    /// How many methods are new, updated and removed, in the site's words.
    pub fn headline(&self) -> String {
        let counts: Vec<String> = [Status::New, Status::Updated, Status::Removed]
            .into_iter()
            .map(|status| (self.operations.iter().filter(|operation| operation.status == status).count(), status))
            .filter(|(count, _)| *count > 0)
            .map(|(count, status)| format!("{count} {status}"))
            .collect();
        if counts.is_empty() { "no new, updated or removed api methods".to_owned() } else { format!("{} api methods", counts.join(" ")) }
    }

    fn verdict_blocks(&self, blocks: &mut Vec<Block>) {
        blocks.push(Block::Heading(2, "Verdict".to_owned()));
        let wire = match self.verdict.wire {
            Wire::Compatible => "a client in the field still works",
            Wire::Breaking => "some client in the field works no more",
        };
        let level = match self.verdict.level {
            Level::None => "the API of the regenerated crate is the same",
            Level::Minor => "code that uses the regenerated crate still compiles",
            Level::Major => "some code that uses the regenerated crate compiles no more",
        };
        blocks
            .push(Block::Lines(vec![format!("wire: {} ({wire})", self.verdict.wire), format!("crate: {} ({level})", self.verdict.level)]));
    }
}

/// The additions in the site's form, then the rest.
fn of_operation(operation: &Operation, blocks: &mut Vec<Block>) {
    if operation.status == Status::Updated {
        let touched = |direction| operation.changes.iter().any(|change| change.direction == Some(direction));
        let (request, response) = (touched(Direction::Request), touched(Direction::Response));
        blocks.push(Block::Label(
            match (request, response) {
                (true, true) => "Changes (request, response)",
                (true, false) => "Changes (request)",
                (false, true) => "Changes (response)",
                (false, false) => "Changes",
            }
            .to_owned(),
        ));
        let forms = [("Request", &operation.request), ("Response", &operation.response)];
        let forms: Vec<_> = forms.into_iter().filter(|(_, form)| !form.is_nothing()).collect();
        for (name, form) in &forms {
            if request && response {
                blocks.push(Block::Label((*name).to_owned()));
            }
            blocks.push(Block::Code(pretty::print(form)));
        }
    }
    let rest: Vec<String> = operation.changes.iter().filter(|change| !is_shown(operation, change)).map(line).collect();
    if !rest.is_empty() {
        let label = if operation.status == Status::Updated { "Also changed" } else { "What it means" };
        blocks.push(Block::Label(label.to_owned()));
        blocks.push(Block::Items(rest));
    }
}

/// Whether the nested form shows a difference already.
fn is_shown(operation: &Operation, change: &Change) -> bool {
    let mut tree = match change.direction {
        Some(Direction::Request) => &operation.request,
        Some(Direction::Response) => &operation.response,
        None => return false,
    };
    for name in change.path.split('.').map(|part| part.trim_end_matches(['[', ']', '{', '}'])) {
        match tree {
            Tree::Members(members) => match members.get(name) {
                Some(below) => tree = below,
                None => return false,
            },
            _ => return false,
        }
    }
    match change.kind {
        Kind::MemberAdded | Kind::UnionMemberAdded => true,
        Kind::EnumValueAdded => matches!((tree, &change.after), (Tree::Values(values), Some(value)) if values.contains(value)),
        _ => false,
    }
}

/// Text of a model between back quotes; nothing at all would leave two quotes that mean something else.
fn code(text: &str) -> String {
    if text.is_empty() { "`\"\"`".to_owned() } else { docs::code(text) }
}

/// A difference on one line, its reason included.
fn line(change: &Change) -> String {
    let words = change.kind.name().replace('-', " ");
    let place = match (change.direction, change.path.as_str()) {
        (Some(direction), "") => format!("{direction}: "),
        (Some(direction), path) => format!("{direction} {}: ", code(path)),
        (None, _) => String::new(),
    };
    let detail = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!(", {} -> {}", code(before), code(after)),
        (Some(before), None) => format!(", was {}", code(before)),
        (None, Some(after)) => format!(", {}", code(after)),
        (None, None) => String::new(),
    };
    let (wire, level) = (change.verdict.wire, change.verdict.level);
    format!("{place}{words}{detail} (in {}); wire {wire}, crate {level}: {}", code(&change.shape), change.reason)
}

/// What reads differently, with the words that came and went.
fn of_documentation(entry: &Documentation, blocks: &mut Vec<Block>) {
    const SHOWN: usize = 6;
    let change = &entry.change;
    let place = match change.path.as_str() {
        "" => code(&change.shape),
        path => format!("{} (in {})", code(path), code(&change.shape)),
    };
    let names: Vec<&str> = entry.operations.iter().map(String::as_str).take(SHOWN).collect();
    let whose = match entry.operations.len() {
        0 => String::new(),
        all if all > SHOWN => format!(", {} and {} more", names.join(", "), all - SHOWN),
        _ => format!(", {}", names.join(", ")),
    };
    blocks.push(Block::Label(format!("{place}{whose}")));
    let text = |side: &Option<String>| side.as_deref().map(docs::markdown).unwrap_or_default();
    let (before, after) = (text(&change.before), text(&change.after));
    let pieces = words::diff(&before, &after);
    let marked = if pieces.iter().all(|piece| matches!(piece, Piece::Same(_))) {
        "(the same words, marked up differently)".to_owned()
    } else {
        marked(&pieces)
    };
    blocks.push(Block::Code(marked));
}

/// How many words are shown of what stays the same, on either side of a difference.
const CONTEXT: usize = 8;

/// A diff of words in the marks of `wdiff`: `[-gone-]` and `{+new+}`.
fn marked(pieces: &[Piece]) -> String {
    let last = pieces.len().saturating_sub(1);
    let shown = pieces.iter().enumerate().map(|(index, piece)| match piece {
        Piece::Gone(text) => format!("[-{text}-]"),
        Piece::New(text) => format!("{{+{text}+}}"),
        Piece::Same(text) => {
            let words: Vec<&str> = text.split(' ').collect();
            let (front, back) = (if index == 0 { 0 } else { CONTEXT }, if index == last { 0 } else { CONTEXT });
            if words.len() <= front + back + 1 {
                text.clone()
            } else {
                let tail = words.len() - back;
                let [front, back] = [words.get(..front), words.get(tail..)].map(|part| part.unwrap_or_default().join(" "));
                format!("{front} ... {back}").trim().to_owned()
            }
        }
    });
    blocks::filled(&shown.collect::<Vec<_>>().join(" "))
}
