//! Differences as HTML: one by one, and all of them in a table that can be filtered.

use super::Page;
use crate::changes::{Change, Level, Wire};
use crate::docs::hypertext_of_text as escape;
use std::fmt::Write as _;

/// What can be filtered for. Without the script nothing can, and everything is shown.
const FILTERS: &str = r#"<form id="filters" hidden>
<label>Direction <select name="direction">
<option value="">all</option><option>request</option><option>response</option><option value="neither">neither</option>
</select></label>
<label>Wire <select name="wire">
<option value="">all</option><option>breaking</option><option>compatible</option>
</select></label>
<label>Crate <select name="crate">
<option value="">all</option><option>major</option><option>minor</option><option>none</option>
</select></label>
<label>Words <input type="search" name="words" autocomplete="off" spellcheck="false"></label>
<button type="reset">Show all</button>
</form>
"#;

const HEAD: &str = r#"<caption>Every difference but documentation, and what it means:
for a client in the field (wire), and for code on the regenerated crate (crate)</caption>
<thead>
<tr><th scope="col">Difference</th><th scope="col">Direction</th><th scope="col">Wire</th><th scope="col">Crate</th></tr>
</thead>
"#;

/// The table, or nothing where nothing but words differs.
pub(super) fn write(page: &Page<'_>, out: &mut String) {
    let changes = page.changes;
    let count = changes.operations.iter().map(|operation| operation.changes.len()).sum::<usize>() + changes.changes.len();
    if count == 0 {
        return;
    }
    out.push_str("<section id=\"differences\">\n<h2>All differences</h2>\n");
    out.push_str(FILTERS);
    let counted = counted(count);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "<p id=\"count\" role=\"status\" aria-live=\"polite\">{counted}</p>\n<table>");
    out.push_str(HEAD);
    for (index, operation) in changes.operations.iter().enumerate() {
        let method = super::anchor(&operation.name, index);
        let title = format!("<a href=\"#{method}\">{}</a> ({})", escape(&operation.name), operation.status);
        group(page, &title, &operation.name, &operation.changes, out);
    }
    group(page, "Service", "", &changes.changes, out);
    out.push_str("</table>\n</section>\n");
}

/// So many differences, in words.
pub(super) fn counted(count: usize) -> String {
    if count == 1 { "1 difference".to_owned() } else { format!("{count} differences") }
}

fn group(page: &Page<'_>, title: &str, operation: &str, changes: &[Change], out: &mut String) {
    if changes.is_empty() {
        return;
    }
    let _ = writeln!(out, "<tbody>\n<tr class=\"group\"><th colspan=\"4\" scope=\"rowgroup\">{title}</th></tr>");
    for change in changes {
        let direction = change.direction.map_or_else(|| "neither".to_owned(), |direction| direction.to_string());
        let (wire, level) = (change.verdict.wire, change.verdict.level);
        let _ = write!(out, "<tr class=\"{direction} {wire} {level}\"><td>");
        difference(page, operation, change, out);
        let shown = if change.direction.is_some() { direction.as_str() } else { "" };
        let _ = writeln!(out, "</td><td>{shown}</td><td>{}</td><td>{}</td></tr>", of_wire(wire), of_level(level));
    }
    out.push_str("</tbody>\n");
}

/// A difference without its verdict.
pub(super) fn difference(page: &Page<'_>, operation: &str, change: &Change, out: &mut String) {
    let value = |text: &str| format!("<code>{}</code>", escape(if text.is_empty() { "\"\"" } else { text }));
    if !change.path.is_empty() {
        *out += &path(page, operation, change);
        out.push(' ');
    }
    out.push_str(&change.kind.name().replace('-', " "));
    let _ = match (&change.before, &change.after) {
        (Some(before), Some(after)) => write!(out, ", {} → {}", value(before), value(after)),
        (Some(before), None) => write!(out, ", was {}", value(before)),
        (None, Some(after)) => write!(out, ", {}", value(after)),
        (None, None) => Ok(()),
    };
    let _ = write!(out, " in {} <small>{}</small>", shape(page, change), escape(change.reason));
}

/// Where a difference is, linked to where AWS documents it.
pub(super) fn path(page: &Page<'_>, operation: &str, change: &Change) -> String {
    linked(&change.path, page.links.place(operation, change))
}

/// The shape that a difference is in, likewise.
pub(super) fn shape(page: &Page<'_>, change: &Change) -> String {
    linked(&change.shape, page.links.page(&change.shape))
}

fn linked(name: &str, address: Option<String>) -> String {
    let name = format!("<code>{}</code>", escape(name));
    match address {
        Some(address) => format!("<a href=\"{}\" rel=\"noreferrer\">{name}</a>", escape(&address)),
        None => name,
    }
}

/// The word about clients in the field, in its colour.
pub(super) fn of_wire(wire: Wire) -> String {
    let colour = if wire == Wire::Breaking { "bad" } else { "good" };
    format!("<b class=\"{colour}\">{wire}</b>")
}

/// The word about code on the crate, in its colour.
pub(super) fn of_level(level: Level) -> String {
    let colour = match level {
        Level::None => "good",
        Level::Minor => "new",
        Level::Major => "bad",
    };
    format!("<b class=\"{colour}\">{level}</b>")
}
