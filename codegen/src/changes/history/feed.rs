//! A history as an Atom feed (RFC 4287).

use super::{History, Update};
use crate::changes::report::html::parts;
use std::fmt::Write as _;

/// The feed. Its entries are the updates, the newest first.
pub(super) fn of(history: &History) -> String {
    // A feed must have a time. Without an update, it is that of the last release.
    let newest = history.updates.first().map_or(&history.last, |update| &update.release);
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n");
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "  <title>{}: updates of {}</title>\n  <subtitle>{}</subtitle>\n  <id>{}</id>\n  <updated>{}</updated>\n  \
         <author><name>Smithlet</name></author>\n  <generator>Smithlet</generator>\n",
        escape(&history.service),
        escape(&history.chosen()),
        escape(&history.title()),
        escape(&history.id),
        time(&newest.date)
    );
    for update in &history.updates {
        entry(&history.service, update, &mut out);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(service: &str, update: &Update, out: &mut String) {
    let mut content = String::new();
    parts::print(&update.told.blocks, &mut content);
    let (wire, level) = (update.verdict.wire, update.verdict.level);
    // Readers list entries by their titles alone.
    let title = format!("{service} {}: {}; wire {wire}, crate {level}", update.release.version, update.summary);
    let time = time(&update.release.date);
    let _ = write!(
        out,
        "  <entry>\n    <title>{}</title>\n    <id>{}</id>\n    <published>{time}</published>\n    <updated>{time}</updated>\n    \
         <category term=\"wire-{wire}\"/>\n    <category term=\"crate-{level}\"/>\n    <content type=\"html\">{}</content>\n  </entry>\n",
        escape(&title),
        escape(&update.id),
        escape(&content)
    );
}

/// The beginning of a day in UTC.
fn time(date: &str) -> String {
    format!("{date}T00:00:00Z")
}

/// Text escaped for XML 1.0. A character that XML cannot hold is replaced.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'.. => out.push(c),
            _ => out.push('\u{fffd}'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_one_that_xml_can_hold() {
        assert_eq!(escape("a<b>&c\u{0}\u{1b}\u{ffff}\r\u{1f600}\t\n"), "a&lt;b&gt;&amp;c\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{1f600}\t\n");
    }
}
