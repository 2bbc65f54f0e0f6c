//! AWS's HTML: the paragraph at hand.

use crate::docs::tree::{Content, Inline, Style, prose};
use std::rc::Rc;

/// The paragraph at hand, and the tags that are open in it.
#[derive(Default)]
pub(super) struct Paragraph {
    pieces: Vec<Inline>,
    pub(super) is_emphasised: bool,
    pub(super) is_strong: bool,
    /// In a heading, a term or a header cell, which are strong as a whole.
    pub(super) is_lead: bool,
    link: Option<Rc<str>>,
    /// The code span at hand.
    code: Option<String>,
    /// The label that the paragraph begins with, until something follows it.
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
            // Some notes begin with "Note:" themselves.
            text = text.strip_prefix(label).and_then(|text| text.strip_prefix(':')).map_or(text, str::trim_start);
        }
        self.push(text, self.style());
    }

    /// Adds text that is not in the input.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        self.pieces.push(Inline { content: Content::Text(text.to_owned()), style, link: self.link.clone() });
    }

    /// Begins the paragraph with a label and a colon; what follows goes on in the same line.
    pub(super) fn label(&mut self, label: &'static str) {
        self.push(&format!("{label}:"), Style::Strong);
        self.push(" ", Style::Plain);
        self.label = Some(label);
    }

    /// Makes what is there the label of what follows.
    pub(super) fn turn_into_label(&mut self) {
        let has_colon = matches!(self.pieces.last(), Some(Inline { content: Content::Text(text), .. }) if text.ends_with(':'));
        self.push(if has_colon { " " } else { ": " }, Style::Plain);
        self.label = Some("");
    }

    /// Whether nothing has followed the label yet, so that a paragraph that opens goes on in its line.
    pub(super) fn is_open_label(&mut self) -> bool {
        self.end_code();
        self.label.is_some()
    }

    /// Removes the label of an admonition that holds nothing else.
    pub(super) fn drop_idle_label(&mut self) {
        if self.is_open_label() && self.label != Some("") {
            self.pieces.clear();
        }
    }

    /// Adds a line break; false if there is one already, for two are the space between paragraphs.
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

    /// Removes white space from the end; whether anything is left.
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

    /// Begins a code span. One inside another is part of it.
    pub(super) fn begin_code(&mut self) {
        self.code.get_or_insert_default();
    }

    /// Ends the code span, if one is open.
    pub(super) fn end_code(&mut self) {
        if let Some(code) = self.code.take() {
            self.push_code(&code);
        }
    }

    /// Begins a link, or ends it. Inside a code span that cuts the span: its parts differ in where they lead.
    pub(super) fn set_link(&mut self, link: Option<Rc<str>>) {
        let code = self.code.take();
        if let Some(code) = &code {
            self.push_code(code);
        }
        self.link = link;
        self.code = code.map(|_| String::new());
    }

    /// Closes every tag.
    pub(super) fn reset(&mut self) {
        self.end_code();
        self.is_emphasised = false;
        self.is_strong = false;
        self.is_lead = false;
        self.link = None;
    }

    /// The pieces so far, if there is anything to see. A tag that was left open styles its own paragraph, not the rest of the page.
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

    /// Adds a code span. White space at its ends belongs to the text around it.
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
