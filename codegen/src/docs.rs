//! Documentation: converts a model's text into Markdown that rustdoc accepts without a warning.
//!
//! A model's documentation comes in two dialects. AWS writes HTML, or something near it: unclosed tags, placeholders in angle brackets,
//! leftovers of its own tool chain. Smithy specifies `CommonMark`, which models written by hand use. Both are read into one small tree, which one
//! printer writes. No markup of the input is passed through, so only the printer has to be safe: it escapes every character that Markdown would
//! read as markup, so documentation can never become code.
//!
//! All of it runs in linear time, and no recursion is deeper than [`tree::MAX_DEPTH`].

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

/// Parsed documentation.
pub(crate) struct Document(Vec<Block>);

impl Document {
    /// Parses documentation in either dialect.
    pub(crate) fn read(documentation: &str) -> Self {
        Self(parse(documentation))
    }

    /// Turns each code span for which `target` knows a Rust item into a link, which shows the item's Rust name.
    pub(crate) fn link(&mut self, target: &dyn Fn(&str) -> Option<Link>) {
        link::link(&mut self.0, target);
    }

    /// The documentation as Markdown, like [`markdown`].
    pub(crate) fn markdown(&self) -> String {
        print::markdown(&self.0)
    }

    /// The first sentence as one line of Markdown that ends with a full stop, or an empty string when there is no documentation.
    pub(crate) fn summary(&self) -> String {
        summary::summary(&self.0)
    }
}

/// The documentation as Markdown: prose filled to [`print::WIDTH`] columns, without blank lines or line breaks at its ends, empty when there is no
/// documentation.
pub(crate) fn markdown(documentation: &str) -> String {
    print::markdown(&parse(documentation))
}

/// The documentation as HTML with its text escaped, empty when there is no documentation.
pub(crate) fn hypertext(documentation: &str) -> String {
    hypertext::blocks(&parse(documentation))
}

/// Any text escaped for HTML, between tags and in attributes between double quotes.
pub(crate) fn hypertext_of_text(text: &str) -> String {
    hypertext::text(text)
}

/// The documentation in the form of our models: Markdown with each paragraph on one line. Text that is Markdown already is not changed.
pub(crate) fn unfilled(documentation: &str) -> String {
    let text = clean::clean(documentation);
    if html::is_html(&text) { print::unfilled(&html::parse(&text)) } else { documentation.to_owned() }
}

/// Plain text, a title or a version, as one line of Markdown.
pub(crate) fn escape(text: &str) -> String {
    let text = clean::clean(text).into_owned();
    print::line(&[Inline { content: Content::Text(text), style: Style::Plain, link: None }])
}

/// Rust code as an example that rustdoc compiles and does not run.
pub(crate) fn example(code: &str) -> String {
    let fence = "`".repeat(escape::longest_run(code).max(2) + 1);
    format!("{fence}no_run\n{}\n{fence}", clean::clean(code).trim_end())
}

/// A text as a code span on one line. Characters that documentation cannot hold are escaped as in Rust. The text must not be empty.
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

/// JSON on several lines, its members sorted by name. Characters that documentation cannot hold are escaped as in JSON.
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

/// The value with the members of every object sorted. `serde_json` sorts them itself unless some crate of the build enables `preserve_order`,
/// which must not change the output.
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

/// Parses documentation in either dialect.
fn parse(documentation: &str) -> Vec<Block> {
    let text = clean::clean(documentation);
    if html::is_html(&text) { html::parse(&text) } else { commonmark::parse(&text) }
}
