//! The report as one page of HTML that needs nothing else: no file, no network.
//!
//! Text of a model passes through [`escape`] or the printer of documentation, which escapes too. The page's policy allows only its own style and
//! script, by their fingerprints, so that a mistake here would still not run text of a model. The script filters the table; without it, the page
//! shows every row.

pub(in crate::changes) mod parts;
pub(in crate::changes) mod table;

use super::links::Links;
use super::shared::Shared;
use super::{SHARED, forms, page, pieces, rest, rest_label, rewritten, touched, whose};
use crate::changes::words::Piece;
use crate::changes::{Change, Changes, Documentation, Level, Operation, Status, Verdict, Wire};
use crate::docs::hypertext_of_text as escape;
use crate::suggest::first_of;
use std::fmt::Write as _;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// The SHA-256 of both in the form of a policy. A test fails if they are out of date.
const STYLE_HASH: &str = "yJSiC5CjJkEiNqr3QrdTw6iLLrTcSJN3IsoyViI/YQQ=";
const SCRIPT_HASH: &str = "vLES/gM7BPYvxZAT2bLGeDkbBGnaohDyyik8DWsaMzI=";

/// The facts that every part of the page needs.
struct Page<'c> {
    changes: &'c Changes,
    links: Links<'c>,
    shared: Shared<'c>,
    book: Option<page::Book<'c>>,
}

pub(super) fn page(changes: &Changes, date: &str, full: bool) -> String {
    let book = full.then(|| page::Book::new(&changes.model, &changes.text));
    let page = Page { changes, links: Links::new(&changes.model), shared: changes.shared(), book };
    let mut out = String::new();
    head(&changes.title(date), &mut out);
    page.top(date, &mut out);
    page.methods(&mut out);
    page.shared(&mut out);
    page.service(&mut out);
    table::write(&page, &mut out);
    page.documentation(&mut out);
    // Writing to a string cannot fail.
    let _ = write!(out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// The beginning of a page: its policy and its style.
pub(in crate::changes) fn head(title: &str, out: &mut String) {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{STYLE_HASH}'; script-src 'sha256-{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'"
    );
    let title = escape(title);
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    );
}

impl Page<'_> {
    fn top(&self, date: &str, out: &mut String) {
        let Changes { service, operations, documentation, verdict, .. } = self.changes;
        let _ = writeln!(out, "<header>\n<h1>{}</h1>\n<p>{}</p>", escape(service), escape(&self.changes.title(date)));
        out.push_str("<dl>\n");
        for status in [Status::New, Status::Updated, Status::Removed] {
            let count = operations.iter().filter(|operation| operation.status == status).count();
            let _ = writeln!(out, "<div><dt>{status}</dt><dd>{count}</dd></div>");
        }
        let (wire, level) = (table::of_wire(verdict.wire), table::of_level(verdict.level));
        let _ = writeln!(out, "<div><dt>wire</dt><dd>{wire}</dd></div>\n<div><dt>crate</dt><dd>{level}</dd></div>\n</dl>");
        let lines = self.changes.verdict_lines().into_iter().chain(self.changes.note().map(str::to_owned));
        for line in lines {
            let _ = writeln!(out, "<p>{}</p>", escape(&line));
        }
        out.push_str("<nav aria-label=\"On this page\">\n");
        let parts = [
            ("methods", "Methods", !operations.is_empty()),
            ("shared", SHARED, !self.shared.each().is_empty()),
            ("service", "Service", !self.changes.of_the_service().is_empty()),
            ("differences", "All differences", !(operations.is_empty() && self.changes.of_the_service().is_empty())),
            ("documentation", "Documentation", !documentation.is_empty()),
        ];
        for (id, name, _) in parts.into_iter().filter(|(_, _, is_there)| *is_there) {
            let _ = writeln!(out, "<a href=\"#{id}\">{name}</a>");
        }
        out.push_str("</nav>\n</header>\n<main>\n");
    }

    fn methods(&self, out: &mut String) {
        let operations = &self.changes.operations;
        if operations.is_empty() {
            return;
        }
        out.push_str("<section id=\"methods\">\n<h2>Methods</h2>\n");
        for (index, operation) in operations.iter().enumerate() {
            let open = unfolded(operations.len());
            let (name, status) = (escape(&operation.name), operation.status);
            let touched = touched(operation).map(|label| format!(" <span>{label}</span>")).unwrap_or_default();
            let worst = worst(operation);
            // A browser unfolds a part if the address leads to something inside it, not if it leads to the part itself.
            let _ = writeln!(
                out,
                "<details class=\"method {status}\"{open}>\n<summary><h3>{name} ({status})</h3>{touched}{worst}</summary>\n<div id=\"{}\">",
                anchor(&operation.name, index)
            );
            self.method(operation, out);
            out.push_str("</div>\n</details>\n");
        }
        out.push_str("</section>\n");
    }

    fn method(&self, operation: &Operation, out: &mut String) {
        for (label, form) in forms(operation) {
            if let Some(label) = label {
                let _ = writeln!(out, "<p class=\"label\">{label}</p>");
            }
            let _ = writeln!(out, "{}", parts::code(&form));
        }
        let rest = rest(operation, &self.shared);
        if !rest.is_empty() {
            let _ = writeln!(out, "<p class=\"label\">{}</p>", rest_label(operation));
            self.list(&operation.name, rest, out);
        }
        let shapes = self.shared.shapes(operation);
        if !shapes.is_empty() {
            let shapes = parts::spans(&first_of(&shapes));
            let _ = writeln!(out, "<p class=\"label\"><a href=\"#shared\">{SHARED}</a> that changed: {shapes}</p>");
        }
        if let Some(address) = self.links.page(&operation.name) {
            let name = escape(&operation.name);
            let _ = writeln!(out, "<p><a href=\"{}\" rel=\"noreferrer\">{name} in AWS's API reference</a></p>", escape(&address));
        }
        if let Some(book) = self.book.as_ref().filter(|_| operation.status != Status::Removed) {
            let mut blocks = Vec::new();
            book.page(&operation.name, &mut blocks);
            out.push_str("<details class=\"full\">\n<summary>Request and response in full</summary>\n");
            parts::print(&blocks, out);
            out.push_str("</details>\n");
        }
    }

    fn list<'c>(&self, operation: &str, changes: impl IntoIterator<Item = &'c Change>, out: &mut String) {
        out.push_str("<ul class=\"changes\">\n");
        for change in changes {
            out.push_str("<li><div>");
            if let Some(direction) = change.direction {
                let _ = write!(out, "{direction} ");
            }
            table::difference(self, operation, change, out);
            verdict(change, out);
        }
        out.push_str("</ul>\n");
    }

    /// The differences that several requests and replies share, each with its places.
    fn shared(&self, out: &mut String) {
        let count = self.shared.each().len();
        if count == 0 {
            return;
        }
        let (open, counted) = (unfolded(count), table::counted(count));
        let _ = writeln!(
            out,
            "<section id=\"shared\">\n<h2>{SHARED}</h2>\n<details{open}>\n<summary>{counted}</summary>\n<ul class=\"changes\">"
        );
        for places in self.shared.each() {
            let Some((_, change)) = places.first() else { continue };
            out.push_str("<li><div>");
            table::difference_at(self, places, out);
            verdict(change, out);
        }
        out.push_str("</ul>\n</details>\n</section>\n");
    }

    fn service(&self, out: &mut String) {
        let changes = self.changes.of_the_service();
        if changes.is_empty() {
            return;
        }
        let (open, counted) = (unfolded(changes.len()), table::counted(changes.len()));
        let _ = writeln!(out, "<section id=\"service\">\n<h2>Service</h2>\n<details{open}>\n<summary>{counted}</summary>");
        self.list("", changes, out);
        out.push_str("</details>\n</section>\n");
    }

    fn documentation(&self, out: &mut String) {
        let entries = &self.changes.documentation;
        if entries.is_empty() {
            return;
        }
        let texts = rewritten(entries.len());
        let _ =
            writeln!(out, "<section id=\"documentation\">\n<h2>Documentation</h2>\n<details class=\"texts\">\n<summary>{texts}</summary>");
        for entry in entries {
            self.text(entry, out);
        }
        out.push_str("</details>\n</section>\n");
    }

    /// Adds a text that reads differently.
    fn text(&self, entry: &Documentation, out: &mut String) {
        let change = &entry.change;
        let shape = table::shape(self, change);
        let place = match (change.path.as_str(), entry.operations.first()) {
            ("", _) => shape,
            (_, operation) => format!("{} in {shape}", table::path(self, operation.map_or("", String::as_str), change)),
        };
        let _ = writeln!(out, "<h3>{place}</h3>");
        let whose = whose(entry);
        if !whose.is_empty() {
            let _ = writeln!(out, "<p class=\"whose\">{}</p>", escape(&whose));
        }
        out.push_str("<p>");
        for (index, piece) in pieces(change).into_iter().enumerate() {
            let space = if index > 0 { " " } else { "" };
            let _ = match piece {
                Piece::Same(text) => write!(out, "{space}{}", escape(&text)),
                Piece::Gone(text) => write!(out, "{space}<del>{}</del>", escape(&text)),
                Piece::New(text) => write!(out, "{space}<ins>{}</ins>", escape(&text)),
            };
        }
        out.push_str("</p>\n");
    }
}

/// Ends an item of a list of differences with the verdict.
fn verdict(change: &Change, out: &mut String) {
    let (wire, level) = (table::of_wire(change.verdict.wire), table::of_level(change.verdict.level));
    let _ = writeln!(out, "</div> <div class=\"verdict\">wire {wire} crate {level}</div></li>");
}

/// The attribute that unfolds a list of so many things, if it is short enough.
pub(in crate::changes) const fn unfolded(count: usize) -> &'static str {
    const MOST: usize = 12;
    if count <= MOST { " open" } else { "" }
}

/// The parts of the verdict that a reader must not miss although the method is folded.
fn worst(operation: &Operation) -> String {
    let verdict = operation.changes.iter().fold(Verdict::NOTHING, |worst, change| worst.and(change.verdict));
    let wire = (verdict.wire == Wire::Breaking).then(|| format!(" <span>wire {}</span>", table::of_wire(verdict.wire)));
    let level = (verdict.level == Level::Major).then(|| format!(" <span>crate {}</span>", table::of_level(verdict.level)));
    wire.into_iter().chain(level).collect()
}

/// The id of a method's entry: its name, or its position if the name is not a valid id.
fn anchor(name: &str, index: usize) -> String {
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_plain { format!("method-{name}") } else { format!("method-.{index}") }
}
