//! Differences as HTML: single ones, and all of them in a table with filters.

use super::Page;
use crate::changes::report::SHARED;
use crate::changes::report::shared::{Place, SHOWN, Shared, more, others, words};
use crate::changes::{Change, Direction, Level, Wire};
use crate::docs::hypertext_of_text as escape;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The form of the filters. The script shows it.
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

/// The table. There is none where only documentation differs.
pub(super) fn write(page: &Page<'_>, out: &mut String) {
    let (operations, service) = (&page.changes.operations, page.changes.of_the_service());
    let shared = Shared::new(operations, |_, _| true);
    let of_operations: Vec<Vec<&Change>> =
        operations.iter().map(|operation| operation.changes.iter().filter(|change| !shared.has(change)).collect()).collect();
    let count = of_operations.iter().map(Vec::len).sum::<usize>() + shared.each().len() + service.len();
    if count == 0 {
        return;
    }
    out.push_str("<section id=\"differences\">\n<h2>All differences</h2>\n");
    out.push_str(FILTERS);
    let counted = counted(count);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "<p id=\"count\" role=\"status\" aria-live=\"polite\">{counted}</p>\n<table>");
    out.push_str(HEAD);
    for (index, (operation, changes)) in operations.iter().zip(of_operations).enumerate() {
        let method = super::anchor(&operation.name, index);
        let title = format!("<a href=\"#{method}\">{}</a> ({})", escape(&operation.name), operation.status);
        group(&title, changes.len(), out, |index, out| {
            if let Some(change) = changes.get(index) {
                row(&[change.direction], change, out, |out| difference(page, &operation.name, change, out));
            }
        });
    }
    let all = shared.each();
    group(SHARED, all.len(), out, |index, out| {
        if let Some((places, (_, change))) = all.get(index).and_then(|places| Some((*places, places.first()?))) {
            let directions: Vec<Option<Direction>> = places.iter().map(|(_, change)| change.direction).collect();
            row(&directions, change, out, |out| difference_at(page, places, out));
        }
    });
    group("Service", service.len(), out, |index, out| {
        if let Some(change) = service.get(index) {
            row(&[None], change, out, |out| difference(page, "", change, out));
        }
    });
    out.push_str("</table>\n</section>\n");
}

/// A number of differences in words.
pub(super) fn counted(count: usize) -> String {
    if count == 1 { "1 difference".to_owned() } else { format!("{count} differences") }
}

/// Rows under a title; nothing if there are none.
fn group(title: &str, rows: usize, out: &mut String, row: impl Fn(usize, &mut String)) {
    if rows == 0 {
        return;
    }
    let _ = writeln!(out, "<tbody>\n<tr class=\"group\"><th colspan=\"4\" scope=\"rowgroup\">{title}</th></tr>");
    for index in 0..rows {
        row(index, out);
    }
    out.push_str("</tbody>\n");
}

fn row(directions: &[Option<Direction>], change: &Change, out: &mut String, difference: impl Fn(&mut String)) {
    let directions: BTreeSet<String> = directions.iter().flatten().map(ToString::to_string).collect();
    let directions = Vec::from_iter(directions);
    let classes = if directions.is_empty() { "neither".to_owned() } else { directions.join(" ") };
    let (wire, level) = (change.verdict.wire, change.verdict.level);
    let _ = write!(out, "<tr class=\"{classes} {wire} {level}\"><td>");
    difference(out);
    let _ = writeln!(out, "</td><td>{}</td><td>{}</td><td>{}</td></tr>", directions.join(", "), of_wire(wire), of_level(level));
}

/// A difference without its verdict.
pub(super) fn difference(page: &Page<'_>, operation: &str, change: &Change, out: &mut String) {
    if !change.path.is_empty() {
        let _ = write!(out, "{}{} ", path(page, operation, change), others(change.others));
    }
    let _ = write!(out, "{} <small>{}</small>", described(page, change), escape(change.reason));
}

/// A shared difference without its verdict, with its places.
pub(super) fn difference_at(page: &Page<'_>, places: &[Place<'_>], out: &mut String) {
    let Some((_, change)) = places.first() else { return };
    if let Some(member) = &change.member {
        let _ = write!(out, "<code>{}</code> ", escape(member));
    }
    let at = |(operation, change): &Place<'_>| {
        let direction = change.direction.map(|direction| format!(" {direction}")).unwrap_or_default();
        let path = if change.path.is_empty() { String::new() } else { format!(" {}", path(page, operation, change)) };
        format!("{}{direction}{path}{}", escape(operation), others(change.others))
    };
    let shown: Vec<String> = places.iter().take(SHOWN).map(at).collect();
    let (described, reason) = (described(page, change), escape(change.reason));
    let _ = write!(out, "{described} <small>{reason}</small> <small>in {}{}</small>", shown.join(", "), more(places.len()));
}

/// The kind of a difference, its values and its shape.
fn described(page: &Page<'_>, change: &Change) -> String {
    let value = |text: &str| format!("<code>{}</code>", escape(if text.is_empty() { "\"\"" } else { text }));
    let detail = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!(", {} → {}", value(before), value(after)),
        (Some(before), None) => format!(", was {}", value(before)),
        (None, Some(after)) => format!(", {}", value(after)),
        (None, None) => String::new(),
    };
    format!("{}{detail} in {}", words(change), shape(page, change))
}

/// The path of a difference, linked to AWS's documentation.
pub(super) fn path(page: &Page<'_>, operation: &str, change: &Change) -> String {
    linked(&change.path, page.links.place(operation, change))
}

/// The shape of a difference, linked to AWS's documentation.
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

/// The effect on clients in the field, in its colour.
pub(in crate::changes) fn of_wire(wire: Wire) -> String {
    let colour = if wire == Wire::Breaking { "bad" } else { "good" };
    format!("<b class=\"{colour}\">{wire}</b>")
}

/// The effect on code that uses the crate, in its colour.
pub(in crate::changes) fn of_level(level: Level) -> String {
    let colour = match level {
        Level::None => "good",
        Level::Minor => "new",
        Level::Major => "bad",
    };
    format!("<b class=\"{colour}\">{level}</b>")
}
