//! The reports about a history. The updates come as in the reports about two models, below an overview.

use super::{History, Update, feed, json, page};
use crate::changes::report::blocks::{self, Block, Look};
use crate::changes::report::json::contract;
use crate::changes::report::verdict_lines;
use crate::changes::{Changes, Style};
use crate::json::Json;
use crate::suggest::enumeration;

/// The level of the headings inside an update.
const INSIDE: usize = 3;

/// The differences of an update, ready for every report.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// For people.
    pub(super) blocks: Vec<Block>,
    /// For programs.
    pub(super) contract: Vec<(&'static str, Json)>,
}

impl Told {
    pub(super) fn new(changes: &Changes, date: &str) -> Self {
        Self { blocks: changes.parts(INSIDE, false), contract: contract(changes, date) }
    }
}

impl History {
    /// The report for people.
    pub fn report(&self, style: Style) -> String {
        let look = match style {
            Style::Text => Look::Text,
            Style::Markdown => Look::Markdown,
            Style::Html => return page::of(self),
        };
        let mut blocks = vec![Block::Heading(1, self.service.clone()), Block::Paragraph(self.title())];
        blocks.push(Block::Lines(self.verdict_lines().to_vec()));
        if !self.updates.is_empty() {
            blocks.push(Block::Heading(2, "Updates".to_owned()));
            blocks.push(Block::Items(self.updates.iter().map(Update::line).collect()));
        }
        for update in &self.updates {
            blocks.push(Block::Heading(2, update.title()));
            blocks.extend(update.told.blocks.iter().cloned());
        }
        blocks::print(&blocks, look)
    }

    /// The report for programs.
    pub fn json(&self) -> String {
        json::of(self)
    }

    /// The Atom feed (RFC 4287), which has an entry for each update. It needs no clock: an entry is as old as its release.
    pub fn feed(&self) -> String {
        feed::of(self)
    }

    /// The number of updates, the operations, and the releases.
    pub(super) fn title(&self) -> String {
        let updates = if self.updates.len() == 1 { "1 update".to_owned() } else { format!("{} updates", self.updates.len()) };
        let [first, last] = [&self.first, &self.last].map(|stamp| format!("{} ({})", stamp.version, slashed(&stamp.date)));
        format!("{updates} of {} in {} releases from {first} to {last}", self.chosen(), self.releases)
    }

    /// The chosen operations in words.
    pub(super) fn chosen(&self) -> String {
        // The titles of pages and feeds have no code spans.
        if self.operations.is_empty() { "all operations".to_owned() } else { enumeration(&self.operations).replace('`', "") }
    }

    pub(super) fn verdict_lines(&self) -> [String; 2] {
        verdict_lines(self.verdict(), self.breakage())
    }
}

impl Update {
    /// The day, the version and what differs.
    pub(super) fn title(&self) -> String {
        format!("{} - {} - {}", slashed(&self.release.date), self.release.version, self.summary)
    }

    /// The title with the verdict.
    fn line(&self) -> String {
        format!("{}; wire {}, crate {}", self.title(), self.verdict.wire, self.verdict.level)
    }
}

/// A date as the API-changes site writes it.
pub(super) fn slashed(date: &str) -> String {
    date.replace('-', "/")
}
