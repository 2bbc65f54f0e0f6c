//! A reader of XML elements and their texts, for the replies of AWS STS and for errors in XML.
//!
//! Document types are refused, and with them the entities that they declare. Names are compared without their namespace prefixes, which a
//! service may choose freely.

#[cfg(feature = "credentials")]
use aws_smithy_types::Document;
use std::borrow::Cow;
#[cfg(feature = "credentials")]
use std::collections::HashMap;

/// The deepest nesting of elements that is read. STS's replies have four levels.
const MAX_DEPTH: usize = 32;

/// The texts of the elements in the element at a path, as an object's members. The path begins below the root.
///
/// The error names the place and shows nothing of the document.
#[cfg(feature = "credentials")]
pub(crate) fn object(document: &[u8], path: &[&str]) -> Result<Document, String> {
    let text = str::from_utf8(document).map_err(|error| format!("invalid UTF-8 (byte {})", error.valid_up_to()))?;
    let mut reader = Reader::new(text, true);
    let mut members = HashMap::new();
    let is_at_path =
        |parents: &[&str]| parents.get(1..).is_some_and(|parents| parents.iter().map(|name| local(name)).eq(path.iter().copied()));
    while let Some(event) = reader.next()? {
        let Some((name, _)) = reader.open.split_last().filter(|(_, parents)| is_at_path(parents)) else { continue };
        match event {
            Event::Start(_) if members.insert(local(name).to_owned(), Document::String(String::new())).is_some() => {
                return Err(reader.fault("a second element of that name before this"));
            }
            Event::Text(text) => {
                if let Some(Document::String(member)) = members.get_mut(local(name)) {
                    member.push_str(&text);
                }
            }
            Event::Start(_) | Event::End => {}
        }
    }
    if members.is_empty() {
        return Err(format!("{} is missing", path.join("/")));
    }
    let trimmed = |member| match member {
        Document::String(text) => Document::String(text.trim_ascii().to_owned()),
        other => other,
    };
    Ok(Document::Object(members.into_iter().map(|(name, member)| (name, trimmed(member))).collect()))
}

/// The result of a search for elements.
pub(crate) struct Found<'a, const N: usize> {
    /// The name of the root, if the document has one.
    pub(crate) root: Option<&'a str>,
    /// The text of the first element of each name, wherever in the document it is, unless the text is blank.
    pub(crate) texts: [Option<String>; N],
    /// True if the document is well-formed. Otherwise, the search ended at the first fault.
    pub(crate) is_whole: bool,
}

/// Searches a document for elements by their names. An unknown entity stands for itself.
pub(crate) fn find<'a, const N: usize>(document: &'a str, names: [&str; N]) -> Found<'a, N> {
    let mut texts = [const { None }; N];
    let (root, is_whole) = find_into(document, &names, &mut texts);
    Found { root, texts, is_whole }
}

/// Fills in the texts of the elements, and returns the name of the root and whether the document was read to its end.
fn find_into<'a>(document: &'a str, names: &[&str], texts: &mut [Option<String>]) -> (Option<&'a str>, bool) {
    let mut reader = Reader::new(document, false);
    let mut root = None;
    // The index of the element that is being read, its depth, and its text so far.
    let mut current: Option<(usize, usize, String)> = None;
    loop {
        match (reader.next(), &mut current) {
            (Ok(Some(Event::Start(name))), None) => {
                root.get_or_insert(local(name));
                let wanted = names.iter().position(|wanted| *wanted == local(name)).filter(|&index| texts[index].is_none());
                current = wanted.map(|index| (index, reader.open.len(), String::new()));
            }
            (Ok(Some(Event::Text(text))), Some((.., collected))) => collected.push_str(&text),
            (Ok(Some(Event::End)), Some((index, depth, collected))) if reader.open.len() < *depth => {
                texts[*index] = Some(collected.trim().to_owned()).filter(|text| !text.is_empty());
                current = None;
            }
            (Ok(Some(_)), _) => {}
            (Ok(None), _) => return (root, true),
            (Err(_), _) => return (root, false),
        }
    }
}

/// A name without its namespace prefix.
fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

enum Event<'a> {
    Start(&'a str),
    Text(Cow<'a, str>),
    End,
}

enum Token<'a> {
    Start { name: &'a str, is_empty: bool },
    Text(Cow<'a, str>),
    End(&'a str),
}

struct Reader<'a> {
    /// The part of the document that is not read yet.
    rest: &'a str,
    length: usize,
    /// True if an unknown entity is a fault.
    is_strict: bool,
    /// The names of the elements that are open, the root first.
    open: Vec<&'a str>,
    has_root: bool,
    /// True if the element that was just begun has no content.
    is_empty: bool,
}

impl<'a> Reader<'a> {
    /// A reader that begins after a byte order mark.
    fn new(text: &'a str, is_strict: bool) -> Self {
        let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { rest, length: text.len(), is_strict, open: Vec::new(), has_root: false, is_empty: false }
    }

    /// The next event, or `None` at the end of a well-formed document.
    fn next(&mut self) -> Result<Option<Event<'a>>, String> {
        if std::mem::take(&mut self.is_empty) {
            self.open.pop();
            return Ok(Some(Event::End));
        }
        match self.token()? {
            Some(Token::Start { .. }) if self.open.is_empty() && self.has_root => Err(self.fault("a second root before this")),
            Some(Token::Start { .. }) if self.open.len() == MAX_DEPTH => Err(self.fault("too many elements in each other before this")),
            Some(Token::Start { name, is_empty }) => {
                self.open.push(name);
                (self.has_root, self.is_empty) = (true, is_empty);
                Ok(Some(Event::Start(name)))
            }
            Some(Token::End(name)) if self.open.pop() != Some(name) => {
                Err(self.fault("the end of an element that is not open before this"))
            }
            Some(Token::End(_)) => Ok(Some(Event::End)),
            Some(Token::Text(text)) if self.open.is_empty() && !text.trim_ascii().is_empty() => {
                Err(self.fault("text outside of the root before this"))
            }
            Some(Token::Text(text)) => Ok(Some(Event::Text(text))),
            None if self.open.is_empty() && self.has_root => Ok(None),
            None => Err(self.fault("unexpected end of the document")),
        }
    }

    fn token(&mut self) -> Result<Option<Token<'a>>, String> {
        loop {
            if self.rest.is_empty() {
                return Ok(None);
            }
            if self.takes("<!--") {
                self.through("-->")?;
            } else if self.takes("<?") {
                self.through("?>")?;
            } else if self.takes("<![CDATA[") {
                return Ok(Some(Token::Text(Cow::Borrowed(self.through("]]>")?))));
            } else if self.takes("</") {
                let name = self.name()?;
                self.space();
                self.expect(">")?;
                return Ok(Some(Token::End(name)));
            } else if self.takes("<") {
                let name = self.name()?;
                return Ok(Some(Token::Start { name, is_empty: self.attributes()? }));
            } else {
                let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
                let text = match unescaped(text) {
                    Some(text) => text,
                    None if self.is_strict => return Err(self.fault("an unknown entity in the text that begins here")),
                    None => Cow::Borrowed(text),
                };
                self.rest = rest;
                return Ok(Some(Token::Text(text)));
            }
        }
    }

    fn fault(&self, words: &str) -> String {
        format!("{words} (byte {})", self.length - self.rest.len())
    }

    /// Skips the attributes of an element and the end of its tag. Returns whether the element has no content.
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

    /// Skips white space, and returns whether there was any.
    fn space(&mut self) -> bool {
        let rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let found = rest.len() < self.rest.len();
        self.rest = rest;
        found
    }

    /// Skips a token if it is next, and returns whether it was.
    fn takes(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.takes(token) { Ok(()) } else { Err(self.fault(&format!("expected {token}"))) }
    }

    /// Skips everything through a token, and returns the text before the token.
    fn through(&mut self, end: &str) -> Result<&'a str, String> {
        let (before, rest) = self.rest.split_once(end).ok_or_else(|| self.fault(&format!("no {end} behind this")))?;
        self.rest = rest;
        Ok(before)
    }
}

/// A text with its references replaced. `None` if one of them is unknown.
fn unescaped(text: &str) -> Option<Cow<'_, str>> {
    let Some((before, mut rest)) = text.split_once('&') else { return Some(Cow::Borrowed(text)) };
    let mut unescaped = before.to_owned();
    loop {
        let (name, behind) = rest.split_once(';')?;
        unescaped.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            _ => character(name.strip_prefix('#')?)?,
        });
        let (text, next) = behind.split_once('&').map_or((behind, None), |(text, next)| (text, Some(next)));
        unescaped.push_str(text);
        match next {
            Some(next) => rest = next,
            None => return Some(Cow::Owned(unescaped)),
        }
    }
}

/// The character of a numeric reference, if a document may contain it.
fn character(number: &str) -> Option<char> {
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let character = char::from_u32(u32::from_str_radix(digits, radix).ok().filter(|_| is_number)?)?;
    (!character.is_control() || matches!(character, '\t' | '\n' | '\r')).then_some(character)
}

#[cfg(all(test, feature = "credentials"))]
mod tests;
