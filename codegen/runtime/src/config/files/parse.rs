//! A file's text, taken apart.

use super::{DEFAULT, Place, Section, Sections, Value, add};
use crate::config::InvalidSetting;
use std::sync::Arc;

const BLANK: [char; 2] = [' ', '\t'];
const COMMENT: [char; 2] = ['#', ';'];

/// Which of the two files it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum File {
    Config,
    Credentials,
}

/// Takes a file apart. Its name is for what is said of it. Nothing of a line that is not understood is shown: it may hold a secret.
pub(crate) fn parse(text: &str, file: &str, kind: File) -> Result<Sections, InvalidSetting> {
    let mut parser = Parser { kind, sections: Sections::default(), default: None, open: None };
    let file: Arc<str> = file.into();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, line) in text.lines().enumerate() {
        let at = Place { file: Arc::clone(&file), line: index + 1 };
        let words = line.trim_matches(BLANK);
        if words.is_empty() || words.starts_with(COMMENT) {
            continue;
        }
        if line.starts_with(BLANK) {
            parser.continuation(words, at)?;
        } else if let Some(header) = words.strip_prefix('[') {
            parser.header(header, at)?;
        } else {
            parser.property(words, at)?;
        }
    }
    Ok(parser.finish())
}

struct Parser {
    kind: File,
    sections: Sections,
    /// `[default]` in the config file, which counts only without `[profile default]`.
    default: Option<Section>,
    open: Option<(Name, Section)>,
}

enum Name {
    Profile(String),
    Default,
    SsoSession(String),
    Services(String),
    /// Not ours.
    Other,
}

impl Parser {
    fn header(&mut self, rest: &str, at: Place) -> Result<(), InvalidSetting> {
        let Some((name, rest)) = rest.split_once(']') else {
            return Err(InvalidSetting::at(&at, "the section has no closing ']'"));
        };
        let rest = rest.trim_matches(BLANK);
        if !rest.is_empty() && !rest.starts_with(COMMENT) {
            return Err(InvalidSetting::at(&at, "only a comment may follow the section's ']'"));
        }
        let name = name.trim_matches(BLANK);
        if name.is_empty() {
            return Err(InvalidSetting::at(&at, "the section has no name between '[' and ']'"));
        }
        self.close();
        self.open = Some((Name::of(name, self.kind), Section::new(at)));
        Ok(())
    }

    fn property(&mut self, line: &str, at: Place) -> Result<(), InvalidSetting> {
        let Some((_, section)) = &mut self.open else {
            return Err(InvalidSetting::at(&at, "a section such as [default] has to come before the first setting"));
        };
        let (key, text) = assignment(line, &at)?;
        section.values.push((key, Value { text: text.to_owned(), at, nested: Vec::new() }));
        Ok(())
    }

    fn continuation(&mut self, words: &str, at: Place) -> Result<(), InvalidSetting> {
        let Some((_, value)) = self.open.as_mut().and_then(|(_, section)| section.values.last_mut()) else {
            return Err(InvalidSetting::at(&at, "the line is indented, but there is no setting above it that it could belong to"));
        };
        if value.text.is_empty() {
            let (key, text) = assignment(words, &at)?;
            value.nested.push((key, Value { text: text.to_owned(), at, nested: Vec::new() }));
        } else {
            value.text.push('\n');
            value.text.push_str(words);
        }
        Ok(())
    }

    fn close(&mut self) {
        let Some((name, section)) = self.open.take() else { return };
        match name {
            Name::Profile(name) => add(&mut self.sections.profiles, name, section),
            Name::SsoSession(name) => add(&mut self.sections.sso_sessions, name, section),
            Name::Services(name) => add(&mut self.sections.services, name, section),
            Name::Default => match &mut self.default {
                Some(default) => default.values.extend(section.values),
                None => self.default = Some(section),
            },
            Name::Other => {}
        }
    }

    fn finish(mut self) -> Sections {
        self.close();
        if let Some(default) = self.default {
            self.sections.profiles.entry(DEFAULT.to_owned()).or_insert(default);
        }
        self.sections
    }
}

impl Name {
    fn of(text: &str, kind: File) -> Self {
        let (word, rest) = text.split_once(BLANK).unwrap_or((text, ""));
        let name = unquoted(rest.trim_matches(BLANK));
        match (kind, word, name) {
            (File::Config, "profile", Some(name)) => Self::Profile(name),
            (File::Config, "sso-session", Some(name)) => Self::SsoSession(name),
            (File::Config, "services", Some(name)) => Self::Services(name),
            (File::Config, _, _) if text == DEFAULT => Self::Default,
            (File::Config, ..) | (File::Credentials, "profile" | "sso-session" | "services", Some(_)) => Self::Other,
            (File::Credentials, ..) => Self::Profile(unquoted(text).unwrap_or_else(|| text.to_owned())),
        }
    }
}

/// A name in quotes without them, or one that needs none.
fn unquoted(text: &str) -> Option<String> {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            return rest.strip_suffix(quote).filter(|name| !name.is_empty() && !name.contains(quote)).map(str::to_owned);
        }
    }
    (!text.is_empty() && !text.contains(BLANK)).then(|| text.to_owned())
}

/// `key = value`, the key in lower case, the value without a comment behind it.
fn assignment<'a>(line: &'a str, at: &Place) -> Result<(String, &'a str), InvalidSetting> {
    let Some((key, value)) = uncommented(line).split_once('=') else {
        return Err(InvalidSetting::at(at, "the line is no setting, which is written key = value"));
    };
    let key = key.trim_matches(BLANK);
    if key.is_empty() {
        return Err(InvalidSetting::at(at, "there is no key before the '='"));
    }
    Ok((key.to_ascii_lowercase(), value.trim_matches(BLANK)))
}

/// A line up to a comment that white space sets off.
fn uncommented(line: &str) -> &str {
    let mut starts = line.match_indices(COMMENT).map(|(index, _)| index);
    let end = starts.find(|&index| line[..index].ends_with(BLANK));
    &line[..end.unwrap_or(line.len())]
}
