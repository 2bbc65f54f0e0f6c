//! The reports: text, Markdown and HTML in the form of the API-changes site, and JSON.
//!
//! Text and Markdown are two looks of the same blocks. HTML has a frame of its own with parts that fold, and blocks inside them.

pub(super) mod blocks;
pub(super) mod html;
pub(super) mod json;
mod links;
mod page;
mod pretty;
mod shared;

use super::tree::Tree;
use super::words::{self, Piece};
use super::{Breakage, Change, Changes, Direction, Documentation, Kind, Level, Operation, Status, Verdict};
use crate::docs;
use crate::suggest::first_of;
use blocks::{Block, Look};
use shared::Shared;
use std::collections::BTreeSet;

/// The form of a report for people.
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
    /// The report for people. `date` is the day that the report is about, `YYYY-MM-DD`. `full` adds to each method its page on the site.
    pub fn report(&self, style: Style, date: &str, full: bool) -> String {
        let look = match style {
            Style::Text => Look::Text,
            Style::Markdown => Look::Markdown,
            Style::Html => return html::page(self, date, full),
        };
        let mut blocks = vec![Block::Heading(1, self.service.clone()), Block::Paragraph(self.title(date))];
        blocks.extend(self.parts(2, full));
        blocks::print(&blocks, look)
    }

    /// The verdict and every difference. The parts have headings of the level `level`.
    pub(super) fn parts(&self, level: usize, full: bool) -> Vec<Block> {
        let mut blocks = vec![Block::Lines(self.verdict_lines().into_iter().chain(self.note().map(str::to_owned)).collect())];
        let shared = self.shared();
        let book = full.then(|| page::Book::new(&self.model, &self.text));
        for operation in &self.operations {
            blocks.push(Block::Heading(level, format!("{} ({})", operation.name, operation.status)));
            of_operation(operation, &shared, &mut blocks);
            if let Some(book) = book.as_ref().filter(|_| operation.status != Status::Removed) {
                book.page(&operation.name, &mut blocks);
            }
        }
        if !shared.each().is_empty() {
            blocks.push(Block::Heading(level, SHARED.to_owned()));
            blocks.push(Block::Items(shared.each().into_iter().map(shared::line).collect()));
        }
        let service = self.of_the_service();
        if !service.is_empty() {
            blocks.push(Block::Heading(level, "Service".to_owned()));
            blocks.push(Block::Items(service.into_iter().map(line).collect()));
        }
        if !self.documentation.is_empty() {
            blocks.push(Block::Heading(level, "Documentation".to_owned()));
            for entry in &self.documentation {
                of_documentation(entry, &mut blocks);
            }
        }
        blocks
    }

    /// The differences that several requests and replies share, but for those that the nested forms show.
    fn shared(&self) -> Shared<'_> {
        Shared::new(&self.operations, |operation, change| !is_shown(operation, change))
    }

    /// The differences in the service as a whole. A shape that is new or gone is left out: the members that lead to it say so.
    fn of_the_service(&self) -> Vec<&Change> {
        self.changes.iter().filter(|change| !matches!(change.kind, Kind::ShapeAdded | Kind::ShapeRemoved)).collect()
    }

    /// The headline with the date and the service.
    fn title(&self, date: &str) -> String {
        format!("{} - {} - {}", date.replace('-', "/"), self.service, self.headline())
    }

    /// The report for programs: the contract of `changes --format json`.
    pub fn json(&self, date: &str) -> String {
        json::of(self, date)
    }

    /// The numbers of new, updated and removed methods, in the site's words.
    pub fn headline(&self) -> String {
        let counts: Vec<String> = [Status::New, Status::Updated, Status::Removed]
            .into_iter()
            .map(|status| (self.operations.iter().filter(|operation| operation.status == status).count(), status))
            .filter(|(count, _)| *count > 0)
            .map(|(count, status)| format!("{count} {status}"))
            .collect();
        if counts.is_empty() { "no new, updated or removed api methods".to_owned() } else { format!("{} api methods", counts.join(" ")) }
    }

    /// The differences in a few words: the methods, the service as a whole, and documentation.
    pub(super) fn summary(&self) -> String {
        let mut parts = Vec::new();
        if !self.operations.is_empty() {
            parts.push(self.headline());
        }
        let kinds: BTreeSet<String> = self.of_the_service().into_iter().map(shared::words).collect();
        parts.extend(kinds);
        if !self.documentation.is_empty() {
            parts.push(rewritten(self.documentation.len()));
        }
        if parts.is_empty() { self.headline() } else { parts.join(", ") }
    }

    fn verdict_lines(&self) -> [String; 2] {
        verdict_lines(self.verdict, self.breakage())
    }
}

/// The number of texts of documentation that differ, in words.
fn rewritten(texts: usize) -> String {
    if texts == 1 { "1 text reads differently".to_owned() } else { format!("{texts} texts read differently") }
}

/// Both parts of a verdict in words.
pub(super) fn verdict_lines(verdict: Verdict, breakage: Breakage) -> [String; 2] {
    let wire = match breakage {
        Breakage::None => "a client in the field still works",
        Breakage::ConstraintTightened => "some client in the field sends values that are refused now, and nothing else breaks",
        Breakage::Breaking => "some client in the field does not work any more",
    };
    let level = match verdict.level {
        Level::None => "the API of the regenerated crate is the same",
        Level::Minor => "code that uses the regenerated crate still compiles",
        Level::Major => "some code that uses the regenerated crate does not compile any more",
    };
    [format!("wire: {} ({wire})", verdict.wire), format!("crate: {} ({level})", verdict.level)]
}

/// The heading of the differences that several requests and replies share.
const SHARED: &str = "Shared shapes";

/// Adds an operation: its additions in the site's form, then its other differences.
fn of_operation(operation: &Operation, shared: &Shared<'_>, blocks: &mut Vec<Block>) {
    blocks.extend(touched(operation).map(|label| Block::Label(label.to_owned())));
    for (label, form) in forms(operation) {
        blocks.extend(label.map(|label| Block::Label(label.to_owned())));
        blocks.push(Block::Code(form));
    }
    let rest = rest(operation, shared);
    if !rest.is_empty() {
        blocks.push(Block::Label(rest_label(operation).to_owned()));
        blocks.push(Block::Items(rest.into_iter().map(line).collect()));
    }
    let shapes = shared.shapes(operation);
    if !shapes.is_empty() {
        blocks.push(Block::Label(format!("{SHARED} that changed: {}", first_of(&shapes))));
    }
}

/// True for each direction, request and response, in which an operation differs.
fn directions(operation: &Operation) -> (bool, bool) {
    let touched = |direction| operation.changes.iter().any(|change| change.direction == Some(direction));
    (touched(Direction::Request), touched(Direction::Response))
}

/// The label that names the parts of an updated operation that differ.
fn touched(operation: &Operation) -> Option<&'static str> {
    let label = match directions(operation) {
        (true, true) => "Changes (request, response)",
        (true, false) => "Changes (request)",
        (false, true) => "Changes (response)",
        (false, false) => "Changes",
    };
    (operation.status == Status::Updated).then_some(label)
}

/// The additions in the site's form, with labels if both request and response differ.
fn forms(operation: &Operation) -> Vec<(Option<&'static str>, String)> {
    if operation.status != Status::Updated {
        return Vec::new();
    }
    let is_labelled = directions(operation) == (true, true);
    let forms = [("Request", &operation.request), ("Response", &operation.response)].into_iter();
    forms.filter(|(_, form)| !form.is_nothing()).map(|(label, form)| (is_labelled.then_some(label), pretty::print(form))).collect()
}

/// The differences that neither the nested forms nor the shared shapes show.
fn rest<'c>(operation: &'c Operation, shared: &Shared<'_>) -> Vec<&'c Change> {
    operation.changes.iter().filter(|change| !is_shown(operation, change) && !shared.has(change)).collect()
}

fn rest_label(operation: &Operation) -> &'static str {
    if operation.status == Status::Updated { "Also changed" } else { "What it means" }
}

/// True if the nested form shows a difference.
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

/// Text of a model between back quotes. Empty text is shown as two quotes, because two back quotes alone mean something else.
fn code(text: &str) -> String {
    if text.is_empty() { "`\"\"`".to_owned() } else { docs::code(text) }
}

/// A difference on one line with its reason.
fn line(change: &Change) -> String {
    let place = if change.direction.is_some() { format!("{}: ", shared::place(change)) } else { String::new() };
    let (wire, level) = (change.verdict.wire, change.verdict.level);
    let words = shared::words(change);
    format!("{place}{words}{} (in {}); wire {wire}, crate {level}: {}", detail(change), code(&change.shape), change.reason)
}

/// The values before and after.
fn detail(change: &Change) -> String {
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!(", {} -> {}", code(before), code(after)),
        (Some(before), None) => format!(", was {}", code(before)),
        (None, Some(after)) => format!(", {}", code(after)),
        (None, None) => String::new(),
    }
}

/// Adds a text that reads differently, with its new and removed words marked.
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

/// The first operations that share a text; none for an operation's own text.
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

/// The number of unchanged words that are shown on either side of a difference.
const CONTEXT: usize = 8;

/// The new and removed words, and the nearest of the others.
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

/// The words at those ends of a text that have a neighbour.
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
