//! The differences as something to read: text, Markdown and HTML in the form of the API-changes site, and JSON.
//!
//! Text and Markdown are two looks of the same blocks. HTML has a frame of its own, in which parts fold, and the blocks within.

mod blocks;
mod html;
mod json;
mod links;
mod page;
mod pretty;

use super::additions::Tree;
use super::words::{self, Piece};
use super::{Change, Changes, Direction, Documentation, Kind, Level, Operation, Status, Wire};
use crate::docs;
use blocks::{Block, Look};

/// How a report looks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Style {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// One page of HTML that needs nothing else.
    Html,
}

impl Changes {
    /// The report for people. `date` is the day that the report is about, `YYYY-MM-DD`; `full` adds to each method what the site's page says of it.
    pub fn report(&self, style: Style, date: &str, full: bool) -> String {
        let look = match style {
            Style::Text => Look::Text,
            Style::Markdown => Look::Markdown,
            Style::Html => return html::page(self, date, full),
        };
        let mut blocks = vec![Block::Heading(1, self.service.clone()), Block::Paragraph(self.title(date))];
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
        blocks.push(Block::Heading(2, "Verdict".to_owned()));
        blocks.push(Block::Lines(self.verdict_lines().to_vec()));
        blocks::print(&blocks, look)
    }

    /// What the report is about, on one line.
    fn title(&self, date: &str) -> String {
        format!("{} - {} - {}", date.replace('-', "/"), self.service, self.headline())
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

    fn verdict_lines(&self) -> [String; 2] {
        let wire = match self.verdict.wire {
            Wire::Compatible => "a client in the field still works",
            Wire::Breaking => "some client in the field works no more",
        };
        let level = match self.verdict.level {
            Level::None => "the API of the regenerated crate is the same",
            Level::Minor => "code that uses the regenerated crate still compiles",
            Level::Major => "some code that uses the regenerated crate compiles no more",
        };
        [format!("wire: {} ({wire})", self.verdict.wire), format!("crate: {} ({level})", self.verdict.level)]
    }
}

/// The additions in the site's form, then the rest.
fn of_operation(operation: &Operation, blocks: &mut Vec<Block>) {
    blocks.extend(touched(operation).map(|label| Block::Label(label.to_owned())));
    for (label, form) in forms(operation) {
        blocks.extend(label.map(|label| Block::Label(label.to_owned())));
        blocks.push(Block::Code(form));
    }
    let rest = rest(operation);
    if !rest.is_empty() {
        blocks.push(Block::Label(rest_label(operation).to_owned()));
        blocks.push(Block::Items(rest.into_iter().map(line).collect()));
    }
}

/// The directions in which an operation differs.
fn directions(operation: &Operation) -> (bool, bool) {
    let touched = |direction| operation.changes.iter().any(|change| change.direction == Some(direction));
    (touched(Direction::Request), touched(Direction::Response))
}

/// Which parts of an operation that both models have differ.
fn touched(operation: &Operation) -> Option<&'static str> {
    let label = match directions(operation) {
        (true, true) => "Changes (request, response)",
        (true, false) => "Changes (request)",
        (false, true) => "Changes (response)",
        (false, false) => "Changes",
    };
    (operation.status == Status::Updated).then_some(label)
}

/// The additions in the site's form, with labels where both parts differ.
fn forms(operation: &Operation) -> Vec<(Option<&'static str>, String)> {
    if operation.status != Status::Updated {
        return Vec::new();
    }
    let is_labelled = directions(operation) == (true, true);
    let forms = [("Request", &operation.request), ("Response", &operation.response)].into_iter();
    forms.filter(|(_, form)| !form.is_nothing()).map(|(label, form)| (is_labelled.then_some(label), pretty::print(form))).collect()
}

/// What the forms do not show.
fn rest(operation: &Operation) -> Vec<&Change> {
    operation.changes.iter().filter(|change| !is_shown(operation, change)).collect()
}

fn rest_label(operation: &Operation) -> &'static str {
    if operation.status == Status::Updated { "Also changed" } else { "What it means" }
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
    let change = &entry.change;
    let place = match change.path.as_str() {
        "" => code(&change.shape),
        path => format!("{} (in {})", code(path), code(&change.shape)),
    };
    let whose = whose(entry);
    blocks.push(Block::Label(if whose.is_empty() { place } else { format!("{place}, {whose}") }));
    let pieces: Vec<String> = pieces(change)
        .into_iter()
        .map(|piece| match piece {
            Piece::Gone(text) => format!("[-{text}-]"),
            Piece::New(text) => format!("{{+{text}+}}"),
            Piece::Same(text) => text,
        })
        .collect();
    blocks.push(Block::Code(blocks::filled(&pieces.join(" "))));
}

/// The operations that share a text, as many as anybody reads; none where it is the operation's own.
fn whose(entry: &Documentation) -> String {
    const SHOWN: usize = 6;
    if entry.operations == [entry.change.shape.as_str()] {
        return String::new();
    }
    let names: Vec<&str> = entry.operations.iter().map(String::as_str).take(SHOWN).collect();
    match entry.operations.len() {
        all if all > SHOWN => format!("{} and {} more", names.join(", "), all - SHOWN),
        _ => names.join(", "),
    }
}

/// How many words are shown of what stays the same, on either side of a difference.
const CONTEXT: usize = 8;

/// The words that came and went, and the nearest of those that stayed.
fn pieces(change: &Change) -> Vec<Piece> {
    let text = |side: &Option<String>| side.as_deref().map(docs::markdown).unwrap_or_default();
    let pieces = words::diff(&text(&change.before), &text(&change.after));
    if pieces.iter().all(|piece| matches!(piece, Piece::Same(_))) {
        return vec![Piece::Same("(the same words, marked up differently)".to_owned())];
    }
    let last = pieces.len().saturating_sub(1);
    let shown = pieces.into_iter().enumerate().map(|(index, piece)| match piece {
        Piece::Same(text) => Piece::Same(near(&text, index > 0, index < last)),
        other => other,
    });
    shown.collect()
}

/// The words at the ends of a text that something follows or precedes.
fn near(text: &str, follows: bool, precedes: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (front, back) = (if follows { CONTEXT } else { 0 }, if precedes { CONTEXT } else { 0 });
    if words.len() <= front + back + 1 {
        return text.to_owned();
    }
    let tail = words.len() - back;
    let [front, back] = [words.get(..front), words.get(tail..)].map(|part| part.unwrap_or_default().join(" "));
    format!("{front} ... {back}").trim().to_owned()
}
