//! The XML that STS answers with, which its protocol has no other form for: elements and text, of which a handful is needed.
//!
//! What is not needed is read as strictly as the rest, and dropped. Document types, and with them entities of their own, are refused. Names
//! count without their namespace prefixes, of which a service may use any.

use aws_smithy_types::Document;
use std::borrow::Cow;
use std::collections::HashMap;

/// How deep elements may lie in each other. STS's replies have four levels.
const MAX_DEPTH: usize = 32;

/// The texts of the elements that lie directly in the one at a path, which begins below the document's root, as an object's members.
/// The error names the place and shows nothing of the document.
pub(super) fn object(document: &[u8], path: &[&str]) -> Result<Document, String> {
    let text = str::from_utf8(document).map_err(|error| format!("invalid UTF-8 (byte {})", error.valid_up_to()))?;
    let mut reader = Reader::new(text);
    let mut open: Vec<&str> = Vec::new();
    let mut members: HashMap<String, String> = HashMap::new();
    let is_found =
        |parents: &[&str]| parents.get(1..).is_some_and(|parents| parents.iter().map(|name| local(name)).eq(path.iter().copied()));
    let mut has_root = false;
    loop {
        match reader.next()? {
            Event::Start { .. } if open.is_empty() && has_root => return Err(reader.fault("a second root before this")),
            Event::Start { .. } if open.len() == MAX_DEPTH => return Err(reader.fault("too many elements in each other before this")),
            Event::Start { name, is_empty } => {
                has_root = true;
                if is_found(&open) && members.insert(local(name).to_owned(), String::new()).is_some() {
                    return Err(reader.fault("a second element of that name before this"));
                }
                if !is_empty {
                    open.push(name);
                }
            }
            Event::End(name) => {
                if open.pop() != Some(name) {
                    return Err(reader.fault("the end of an element that is not open before this"));
                }
            }
            Event::Text(text) => match open.split_last() {
                Some((name, parents)) if is_found(parents) => members.entry(local(name).to_owned()).or_default().push_str(&text),
                None if !text.trim_ascii().is_empty() => return Err(reader.fault("text outside of the root before this")),
                _ => {}
            },
            Event::Over if open.is_empty() && has_root => break,
            Event::Over => return Err(reader.fault("unexpected end of the document")),
        }
    }
    if members.is_empty() {
        return Err(format!("{} is missing", path.join("/")));
    }
    Ok(Document::Object(members.into_iter().map(|(name, text)| (name, Document::String(text.trim_ascii().to_owned()))).collect()))
}

/// The text of the first element of that name, wherever it is. What follows it is not read.
pub(super) fn first(document: &str, name: &str) -> Option<String> {
    let mut reader = Reader::new(document);
    let mut found: Option<String> = None;
    loop {
        match (reader.next().ok()?, &mut found) {
            (Event::Over, _) => return None,
            (Event::Start { name: begun, is_empty: false }, None) if local(begun) == name => found = Some(String::new()),
            (Event::Text(text), Some(found)) => found.push_str(&text),
            (Event::End(ended), Some(_)) if local(ended) == name => return found,
            _ => {}
        }
    }
}

/// A name without its namespace prefix.
fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

enum Event<'a> {
    Start { name: &'a str, is_empty: bool },
    End(&'a str),
    Text(Cow<'a, str>),
    Over,
}

/// What is left of a document.
struct Reader<'a> {
    rest: &'a str,
    length: usize,
}

impl<'a> Reader<'a> {
    /// Begins behind a byte order mark.
    fn new(text: &'a str) -> Self {
        Self { rest: text.strip_prefix('\u{feff}').unwrap_or(text), length: text.len() }
    }

    fn fault(&self, words: &str) -> String {
        format!("{words} (byte {})", self.length - self.rest.len())
    }

    fn next(&mut self) -> Result<Event<'a>, String> {
        loop {
            if self.rest.is_empty() {
                return Ok(Event::Over);
            }
            if self.takes("<!--") {
                self.through("-->")?;
            } else if self.takes("<?") {
                self.through("?>")?;
            } else if self.takes("<![CDATA[") {
                return Ok(Event::Text(Cow::Borrowed(self.through("]]>")?)));
            } else if self.takes("</") {
                let name = self.name()?;
                self.space();
                self.expect(">")?;
                return Ok(Event::End(name));
            } else if self.takes("<") {
                let name = self.name()?;
                return Ok(Event::Start { name, is_empty: self.attributes()? });
            } else {
                let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
                let text = plain(text).ok_or_else(|| self.fault("an unknown entity in the text that begins here"))?;
                self.rest = rest;
                return Ok(Event::Text(text));
            }
        }
    }

    /// Passes over the attributes of an element and the end of its tag. Whether the element ends there, too.
    fn attributes(&mut self) -> Result<bool, String> {
        loop {
            let has_space = self.space();
            if self.takes("/>") {
                return Ok(true);
            }
            if self.takes(">") {
                return Ok(false);
            }
            if !has_space {
                return Err(self.fault("expected the end of a tag"));
            }
            self.name()?;
            self.space();
            self.expect("=")?;
            self.space();
            let quote = if self.takes("'") { "'" } else { "\"" };
            if quote == "\"" {
                self.expect(quote)?;
            }
            if self.through(quote)?.contains('<') {
                return Err(self.fault("a tag in the attribute before this"));
            }
        }
    }

    fn name(&mut self) -> Result<&'a str, String> {
        let ends = |character: char| !(character.is_alphanumeric() || "_:.-".contains(character));
        let (name, rest) = self.rest.split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        if name.starts_with(|first: char| first.is_alphabetic() || "_:".contains(first)) {
            self.rest = rest;
            Ok(name)
        } else {
            Err(self.fault("expected a name"))
        }
    }

    /// Whether there was any.
    fn space(&mut self) -> bool {
        let rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let found = rest.len() < self.rest.len();
        self.rest = rest;
        found
    }

    /// Whether this is next, which is passed over then.
    fn takes(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.takes(token) { Ok(()) } else { Err(self.fault(&format!("expected {token}"))) }
    }

    /// What is before this, which is passed over, too.
    fn through(&mut self, end: &str) -> Result<&'a str, String> {
        let (before, rest) = self.rest.split_once(end).ok_or_else(|| self.fault(&format!("no {end} behind this")))?;
        self.rest = rest;
        Ok(before)
    }
}

/// A text with what its references stand for. `None` if one of them stands for nothing.
fn plain(text: &str) -> Option<Cow<'_, str>> {
    let Some((before, mut rest)) = text.split_once('&') else { return Some(Cow::Borrowed(text)) };
    let mut plain = before.to_owned();
    loop {
        let (name, behind) = rest.split_once(';')?;
        plain.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            _ => character(name.strip_prefix('#')?)?,
        });
        let (text, next) = behind.split_once('&').map_or((behind, None), |(text, next)| (text, Some(next)));
        plain.push_str(text);
        match next {
            Some(next) => rest = next,
            None => return Some(Cow::Owned(plain)),
        }
    }
}

/// A character by its number, if it may be in a document.
fn character(number: &str) -> Option<char> {
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let character = char::from_u32(u32::from_str_radix(digits, radix).ok().filter(|_| is_number)?)?;
    (!character.is_control() || matches!(character, '\t' | '\n' | '\r')).then_some(character)
}

#[cfg(test)]
mod tests;
