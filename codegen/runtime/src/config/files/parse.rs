//! A parser of profile files. It follows botocore, which uses Python's `configparser`.

use super::line::{self, COMMENT};
use super::{DEFAULT, Place, Section, Sections, Value, add, split_command};
use crate::config::InvalidSetting;
use std::borrow::Cow;
use std::sync::Arc;

/// The section whose settings every other section of the file inherits.
const DEFAULTS: &str = "DEFAULT";

const NO_SECTION: &str = "a section such as [default] has to come before the first setting";
const NO_CLOSING: &str = "the section has no closing ']'";
const NO_SETTING: &str = "expected \"name = value\", found a line without '='";
const NO_KEY: &str = "expected \"name = value\", found nothing before the '='";
const NOT_UTF8: &str = "the line is not valid UTF-8: save the file in that encoding";

/// The kind of a profile file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum File {
    Config,
    Credentials,
}

/// Parses a file, which errors call by the name `file`. A malformed line is an error of its section. Its text is not shown, since it may
/// contain a secret.
pub(crate) fn parse(bytes: &[u8], file: &str, kind: File) -> Sections {
    let mut parser = Parser::new(file, kind);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for (index, line) in line::split(bytes).enumerate() {
        parser.line(index + 1, line);
    }
    parser.finish()
}

struct Parser {
    kind: File,
    file: Arc<str>,
    sections: Sections,
    /// `[DEFAULT]`.
    defaults: Option<Section>,
    /// `[default]` in the config file, which counts only without `[profile default]`.
    default: Option<Section>,
    /// The error about settings before the first section.
    outside: Option<InvalidSetting>,
    open: Option<(Name, Section)>,
    /// The setting that the next line continues if it has a larger indent.
    setting: Option<Setting>,
    indent: usize,
}

/// A setting whose value may continue on the next line.
struct Setting {
    key: String,
    at: Place,
    /// The lines of the value with their numbers.
    lines: Vec<(usize, String)>,
}

enum Name {
    Profile(String),
    Default,
    Defaults,
    SsoSession(String),
    Services(String),
    /// A section that would be a profile in the other file.
    Misplaced(String),
    Unknown,
}

impl Parser {
    fn new(file: &str, kind: File) -> Self {
        Self {
            kind,
            file: file.into(),
            sections: Sections::default(),
            defaults: None,
            default: None,
            outside: None,
            open: None,
            setting: None,
            indent: 0,
        }
    }

    fn line(&mut self, number: usize, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let content = line::trim(&text);
        if content.starts_with(COMMENT) {
            return;
        }
        if content.is_empty() {
            // A blank line is part of the value if more of the value follows.
            self.setting.iter_mut().for_each(|setting| setting.lines.push((number, String::new())));
            return;
        }
        let indent = line::indent(&text);
        match &mut self.setting {
            Some(setting) if indent > self.indent => setting.lines.push((number, content.to_owned())),
            _ => {
                self.close_setting();
                self.indent = indent;
                let at = self.place(number);
                match content.strip_prefix('[') {
                    Some(rest) => self.header(rest, &at),
                    None => self.setting(content, at),
                }
            }
        }
        if matches!(text, Cow::Owned(_)) {
            self.fault(&self.place(number), NOT_UTF8);
        }
    }

    fn place(&self, line: usize) -> Place {
        Place { file: Arc::clone(&self.file), line }
    }

    /// Records the first error of the open section. Settings outside of all sections are an error of the default profile.
    fn fault(&mut self, at: &Place, message: &str) {
        let fault = match &mut self.open {
            Some((_, section)) => &mut section.fault,
            None => &mut self.outside,
        };
        fault.get_or_insert_with(|| InvalidSetting::at(at, message));
    }

    fn header(&mut self, rest: &str, at: &Place) {
        self.close();
        let end = line::header_end(rest);
        let name = &rest[..end.unwrap_or(rest.len())];
        self.open = Some((Name::of(name, self.kind), Section::new(at.clone())));
        if end.is_none() {
            self.fault(at, NO_CLOSING);
        }
    }

    fn setting(&mut self, content: &str, at: Place) {
        if self.open.is_none() {
            return self.fault(&at, NO_SECTION);
        }
        let Some((key, value)) = content.split_once(['=', ':']) else { return self.fault(&at, NO_SETTING) };
        let key = line::trim(key).to_lowercase();
        if key.is_empty() {
            return self.fault(&at, NO_KEY);
        }
        let lines = vec![(at.line, line::value(value).to_owned())];
        self.setting = Some(Setting { key, at, lines });
    }

    fn close_setting(&mut self) {
        let Some(Setting { key, at, lines }) = self.setting.take() else { return };
        let lines: Vec<_> = lines.into_iter().map(|(number, text)| (self.place(number), text)).collect();
        if let Some((_, section)) = &mut self.open {
            section.values.push((key, Value::new(at, &lines)));
        }
    }

    fn close(&mut self) {
        self.close_setting();
        let Some((name, section)) = self.open.take() else { return };
        match name {
            Name::Profile(name) => add(&mut self.sections.profiles, name, section),
            Name::SsoSession(name) => add(&mut self.sections.sso_sessions, name, section),
            Name::Services(name) => add(&mut self.sections.services, name, section),
            Name::Default => extend(&mut self.default, section),
            Name::Defaults => extend(&mut self.defaults, section),
            Name::Misplaced(name) => {
                self.sections.misplaced.entry(name).or_insert_with(|| Section::new(section.at));
            }
            Name::Unknown => {}
        }
    }

    fn finish(mut self) -> Sections {
        self.close();
        if let Some(default) = self.default {
            self.sections.profiles.entry(DEFAULT.to_owned()).or_insert(default);
        }
        if let Some(fault) = self.outside {
            let place = Place { file: Arc::clone(&self.file), line: 1 };
            self.sections.profiles.entry(DEFAULT.to_owned()).or_insert_with(|| Section::new(place)).fault = Some(fault);
        }
        if let Some(defaults) = &self.defaults {
            let Sections { profiles, sso_sessions, services, .. } = &mut self.sections;
            profiles
                .values_mut()
                .chain(sso_sessions.values_mut())
                .chain(services.values_mut())
                .for_each(|section| section.inherit(defaults));
        }
        self.sections
    }
}

fn extend(known: &mut Option<Section>, section: Section) {
    match known {
        Some(known) => known.extend(section),
        None => *known = Some(section),
    }
}

impl Value {
    /// The value on some lines. If the first line is empty, the others are nested settings.
    fn new(at: Place, lines: &[(Place, String)]) -> Self {
        let texts: Vec<_> = lines.iter().map(|(_, text)| text.as_str()).collect();
        let text = texts.join("\n");
        let text = text.trim_end_matches(line::is_space);
        if !text.starts_with('\n') {
            return Self::of(text, at);
        }
        let mut value = Self::of("", at);
        for (at, text) in lines {
            for part in text.split(line::ends_line).map(line::trim).filter(|part| !part.is_empty()) {
                match part.split_once('=') {
                    Some((key, text)) => value.nested.push((line::trim(key).to_lowercase(), Self::of(line::value(text), at.clone()))),
                    None => drop(value.fault.get_or_insert_with(|| InvalidSetting::at(at, NO_SETTING))),
                }
            }
        }
        value
    }

    fn of(text: &str, at: Place) -> Self {
        Self { text: text.to_owned(), at, nested: Vec::new(), fault: None }
    }
}

impl Name {
    fn of(text: &str, kind: File) -> Self {
        if text == DEFAULTS {
            return Self::Defaults;
        }
        let text = line::trim(text);
        let form = ["profile", "sso-session", "services"].into_iter().find(|word| text.starts_with(word));
        let name = form.and_then(|_| <[String; 2]>::try_from(split_command(text, true).unwrap_or_default()).ok()).map(|[_, name]| name);
        match (kind, form, name) {
            (File::Config, Some("profile"), Some(name)) => Self::Profile(name),
            (File::Config, Some("sso-session"), Some(name)) => Self::SsoSession(name),
            (File::Config, Some("services"), Some(name)) => Self::Services(name),
            (File::Config, Some(_), _) => Self::Unknown,
            (File::Config, None, _) if text == DEFAULT => Self::Default,
            (File::Config, None, _) => Self::Misplaced(line::unquoted(text).to_owned()),
            (File::Credentials, Some("profile"), Some(name)) => Self::Misplaced(name),
            (File::Credentials, Some(_), Some(_)) => Self::Unknown,
            (File::Credentials, ..) => Self::Profile(line::unquoted(text).to_owned()),
        }
    }
}
