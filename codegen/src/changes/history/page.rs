//! A history as one page of HTML.

use super::told::slashed;
use super::{History, Update};
use crate::changes::report::html::{head, parts, table, unfolded};
use crate::docs::hypertext_of_text as escape;
use std::fmt::Write as _;

/// The page. It has no script, since it has no table to filter.
pub(super) fn of(history: &History) -> String {
    let mut out = String::new();
    head(&format!("{}: {}", history.service, history.title()), &mut out);
    top(history, &mut out);
    if !history.updates.is_empty() {
        out.push_str("<section id=\"updates\">\n<h2>Updates</h2>\n");
        for update in &history.updates {
            section(update, unfolded(history.updates.len()), &mut out);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn top(history: &History, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "<header>\n<h1>{}</h1>\n<p>{}</p>\n<dl>", escape(&history.service), escape(&history.title()));
    for (what, count) in [("releases", history.releases), ("updates", history.updates.len())] {
        let _ = writeln!(out, "<div><dt>{what}</dt><dd>{count}</dd></div>");
    }
    let verdict = history.verdict();
    let (wire, level) = (table::of_wire(verdict.wire), table::of_level(verdict.level));
    let _ = writeln!(out, "<div><dt>wire</dt><dd>{wire}</dd></div>\n<div><dt>crate</dt><dd>{level}</dd></div>\n</dl>");
    for line in history.verdict_lines() {
        let _ = writeln!(out, "<p>{}</p>", escape(&line));
    }
    out.push_str("<nav aria-label=\"Updates\">\n");
    for update in &history.updates {
        let version = escape(&update.release.version);
        let _ = writeln!(out, "<a href=\"#update-{version}\">{version}</a>");
    }
    out.push_str("</nav>\n</header>\n<main>\n");
}

fn section(update: &Update, open: &str, out: &mut String) {
    let (date, version) = (escape(&slashed(&update.release.date)), escape(&update.release.version));
    let (wire, level) = (table::of_wire(update.verdict.wire), table::of_level(update.verdict.level));
    // A browser unfolds a part if the address leads to something inside it, not if it leads to the part itself.
    let _ = writeln!(
        out,
        "<details class=\"method\"{open}>\n<summary><h3>{date} - {version}</h3> <span>{}</span> <span>wire {wire}</span> \
         <span>crate {level}</span></summary>\n<div id=\"update-{version}\">",
        escape(&update.summary)
    );
    parts::print(&update.told.blocks, out);
    out.push_str("</div>\n</details>\n");
}
