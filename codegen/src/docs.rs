//! Documentation: what a model says about a shape, as Markdown that rustdoc takes without a warning.
//!
//! A model's documentation comes in two dialects. AWS writes HTML, or something near it: unclosed tags, placeholders in angle brackets,
//! leftovers of its own tool chain. Smithy calls it `CommonMark`, and models written by hand use that. Both are read into one small tree, and
//! one printer writes it. Nothing of the input's own markup survives the reading, so the safety of the output is the printer's alone: every
//! character of text is escaped where Markdown would take it for more than text, and documentation can only become documentation.
//!
//! All of it runs in linear time, and no recursion is deeper than [`tree::MAX_DEPTH`], whatever the input.

mod backticks;
mod clean;
mod commonmark;
mod entity;
mod escape;
mod fill;
mod html;
mod hypertext;
mod link;
mod print;
mod span;
mod summary;
mod tree;
mod url;

#[cfg(test)]
mod tests;

pub(crate) use link::Link;

use serde_json::Value;
use std::collections::BTreeMap;
use tree::{Block, Content, Inline, Style};

/// Documentation that has been read, in either dialect.
pub(crate) struct Document(Vec<Block>);

impl Document {
    /// Reads either dialect.
    pub(crate) fn read(documentation: &str) -> Self {
        Self(parse(documentation))
    }

    /// Makes a link of each code span for which `target` knows a Rust item; the span then shows the item's Rust name.
    pub(crate) fn link(&mut self, target: &dyn Fn(&str) -> Option<Link>) {
        link::link(&mut self.0, target);
    }

    /// The documentation as Markdown, like [`markdown`].
    pub(crate) fn markdown(&self) -> String {
        print::markdown(&self.0)
    }

    /// The documentation's first sentence as one line of Markdown that ends with a full stop; empty when the documentation says nothing.
    pub(crate) fn summary(&self) -> String {
        summary::summary(&self.0)
    }
}

/// The documentation as Markdown: prose filled to [`print::WIDTH`] columns, no blank line at either end, no trailing line break, empty when the
/// documentation says nothing.
pub(crate) fn markdown(documentation: &str) -> String {
    print::markdown(&parse(documentation))
}

/// The documentation as HTML, its text escaped; empty when the documentation says nothing.
pub(crate) fn hypertext(documentation: &str) -> String {
    hypertext::blocks(&parse(documentation))
}

/// Any text as HTML shows it, between tags and in attributes between double quotes.
pub(crate) fn hypertext_of_text(text: &str) -> String {
    hypertext::text(text)
}

/// The documentation in the form of our models: Markdown, a line for each paragraph. What is Markdown already stays as it is.
pub(crate) fn unfilled(documentation: &str) -> String {
    let text = clean::clean(documentation);
    if html::is_html(&text) { print::unfilled(&html::parse(&text)) } else { documentation.to_owned() }
}

/// Plain text, a title or a version, as one line of Markdown.
pub(crate) fn escape(text: &str) -> String {
    let text = clean::clean(text).into_owned();
    print::line(&[Inline { content: Content::Text(text), style: Style::Plain, link: None }])
}

/// Any text but the empty one as a code span of one line. What documentation cannot hold is escaped as in Rust.
pub(crate) fn code(text: &str) -> String {
    let mut out = String::from("`");
    for c in text.chars() {
        match c {
            '`' => out.push('\''),
            '\n' => out.push_str("\\n"),
            c if clean::clean_char(c) == Some(c) => out.push(c),
            c => out.extend(c.escape_unicode()),
        }
    }
    out + "`"
}

/// JSON on lines of its own, members sorted by name. What documentation cannot hold is escaped, so that the value stays what it is.
pub(crate) fn json(value: &Value) -> String {
    let mut out = String::new();
    for c in format!("{:#}", sorted(value)).chars() {
        if clean::clean_char(c) == Some(c) {
            out.push(c);
        } else {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    out
}

/// The value with the members of every object in order. `serde_json` sorts them by itself unless any crate of the build asks it not to, and what a
/// build is made of must not reach the output.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<&String, &Value> = members.iter().collect();
            Value::Object(members.into_iter().map(|(name, value)| (name.clone(), sorted(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        scalar => scalar.clone(),
    }
}

/// Reads either dialect.
fn parse(documentation: &str) -> Vec<Block> {
    let text = clean::clean(documentation);
    if html::is_html(&text) { html::parse(&text) } else { commonmark::parse(&text) }
}
