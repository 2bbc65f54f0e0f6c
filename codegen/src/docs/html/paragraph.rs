//! The current paragraph of AWS's HTML.

use crate::docs::tree::{Content, Inline, Style, prose};
use std::rc::Rc;

/// The current paragraph, and the tags that are open in it.
#[derive(Default)]
pub(super) struct Paragraph {
    pieces: Vec<Inline>,
    pub(super) is_emphasised: bool,
    pub(super) is_strong: bool,
    /// True in a heading, a term or a header cell, which are strong as a whole.
    pub(super) is_lead: bool,
    link: Option<Rc<str>>,
    /// The current code span.
    code: Option<String>,
    /// The label at the start of the paragraph, until text follows it.
    label: Option<&'static str>,
}

impl Paragraph {
    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(text);
            return;
        }
        let mut text = text;
        if let Some(label) = self.label {
            text = text.trim_start();
            if text.is_empty() {
                return;
            }
            self.label = None;
            // Some notes already begin with "Note:".
            text = text.strip_prefix(label).and_then(|text| text.strip_prefix(':')).map_or(text, str::trim_start);
        }
        self.push(text, self.style());
    }

    /// Adds text that is not from the input.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        self.pieces.push(Inline { content: Content::Text(text.to_owned()), style, link: self.link.clone() });
    }

    /// Begins the paragraph with a label and a colon; the text follows on the same line.
    pub(super) fn label(&mut self, label: &'static str) {
        self.push(&format!("{label}:"), Style::Strong);
        self.push(" ", Style::Plain);
        self.label = Some(label);
    }

    /// Turns the text so far into the label of the text that follows.
    pub(super) fn turn_into_label(&mut self) {
        let has_colon = matches!(self.pieces.last(), Some(Inline { content: Content::Text(text), .. }) if text.ends_with(':'));
        self.push(if has_colon { " " } else { ": " }, Style::Plain);
        self.label = Some("");
    }

    /// True if no text has followed the label yet, so that a new paragraph continues on its line.
    pub(super) fn is_open_label(&mut self) -> bool {
        self.end_code();
        self.label.is_some()
    }

    /// Removes the label of an admonition without content.
    pub(super) fn drop_idle_label(&mut self) {
        if self.is_open_label() && self.label != Some("") {
            self.pieces.clear();
        }
    }

    /// Adds a line break. Returns false if there is one already, since two are the space between paragraphs.
    pub(super) fn line_break(&mut self) -> bool {
        if let Some(code) = &mut self.code {
            code.push(' ');
        } else if self.label.is_none() {
            if self.trim_end() && matches!(self.pieces.last(), Some(Inline { content: Content::Break, .. })) {
                return false;
            }
            self.pieces.push(Inline { content: Content::Break, style: self.style(), link: self.link.clone() });
        }
        true
    }

    /// Removes trailing white space. Returns true if anything is left.
    pub(super) fn trim_end(&mut self) -> bool {
        self.end_code();
        while let Some(Inline { content: Content::Text(text), .. }) = self.pieces.last_mut() {
            text.truncate(text.trim_end().len());
            if !text.is_empty() {
                break;
            }
            self.pieces.pop();
        }
        !self.pieces.is_empty()
    }

    /// Begins a code span. A span inside another one is part of it.
    pub(super) fn begin_code(&mut self) {
        self.code.get_or_insert_default();
    }

    /// Ends the code span, if one is open.
    pub(super) fn end_code(&mut self) {
        if let Some(code) = self.code.take() {
            self.push_code(&code);
        }
    }

    /// Begins or ends a link. Inside a code span it splits the span, since the parts have different targets.
    pub(super) fn set_link(&mut self, link: Option<Rc<str>>) {
        let code = self.code.take();
        if let Some(code) = &code {
            self.push_code(code);
        }
        self.link = link;
        self.code = code.map(|_| String::new());
    }

    /// Closes all tags.
    pub(super) fn reset(&mut self) {
        self.end_code();
        self.is_emphasised = false;
        self.is_strong = false;
        self.is_lead = false;
        self.link = None;
    }

    /// Returns the pieces so far, if any is visible. A tag that is left open affects its own paragraph only.
    pub(super) fn end(&mut self) -> Option<Vec<Inline>> {
        self.end_code();
        self.label = None;
        let pieces = prose(std::mem::take(&mut self.pieces));
        if pieces.is_some() {
            self.reset();
        }
        pieces
    }

    fn style(&self) -> Style {
        match (self.is_strong || self.is_lead, self.is_emphasised) {
            (true, _) => Style::Strong,
            (false, true) => Style::Emphasis,
            (false, false) => Style::Plain,
        }
    }

    /// Adds a code span. White space at its ends becomes part of the text around it.
    fn push_code(&mut self, code: &str) {
        if code.starts_with(char::is_whitespace) {
            self.push(" ", self.style());
        }
        let trimmed = code.trim();
        if !trimmed.is_empty() {
            self.label = None;
            self.pieces.push(Inline { content: Content::Code(trimmed.to_owned()), style: self.style(), link: self.link.clone() });
            if code.ends_with(char::is_whitespace) {
                self.push(" ", self.style());
            }
        }
    }
}
