//! The profile files that AWS's tools share, `~/.aws/config` and `~/.aws/credentials`.
//!
//! The rules are those of the AWS SDKs and Tools Reference Guide ("Shared config and credentials files", "Location of the files"):
//!
//! - A profile's section is `[profile name]` in the config file and `[name]` in the credentials file; the default profile's is `[default]`
//!   in both. `[profile default]` takes the place of `[default]`. Only the config file has `[sso-session name]` and `[services name]`.
//!   Other sections are not ours and are passed over. A name may stand in quotes, and in the config file must when it has spaces.
//! - A property is `key = value` on a line that is not indented; the key's case does not matter. An indented line continues the value
//!   above it; where that is empty, the indented lines are properties of their own.
//! - A line that begins with `#` or `;` is a comment, and so is what follows one of them after white space in a value.
//! - Sections of the same name are one section, in which the later value counts; the credentials file counts as later than the config file.
//! - A file that does not exist is as good as an empty one.

mod parse;
mod places;
#[cfg(feature = "credentials")]
mod words;

#[cfg(test)]
mod tests;

use super::{Environment, InvalidSetting};
pub(crate) use parse::{File, parse};
use places::Location;
#[cfg(feature = "credentials")]
pub(crate) use places::home;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
#[cfg(feature = "credentials")]
pub(crate) use words::words;

const PROFILE: &str = "AWS_PROFILE";
const DEFAULT: &str = "default";

/// What both files say.
#[derive(Clone, Debug)]
pub(crate) struct Profiles {
    selected: String,
    config: Location,
    credentials: Location,
    sections: Sections,
}

impl Profiles {
    /// Reads the files. A profile that `AWS_PROFILE` names has to be in one of them; the default one need not be.
    pub(crate) fn load(environment: &Environment) -> Result<Self, InvalidSetting> {
        let config = Location::find(environment, "AWS_CONFIG_FILE", "config")?;
        let credentials = Location::find(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials")?;
        let mut sections = config.read(File::Config)?;
        sections.merge(credentials.read(File::Credentials)?);
        let named = environment.get(PROFILE)?.map(|name| name.trim().to_owned());
        if let Some(name) = named.as_ref().filter(|name| !sections.profiles.contains_key(*name)) {
            let fault = format!("there is no profile {name:?}, neither in {config} nor in {credentials}: add it or name another one");
            return Err(InvalidSetting::variable(PROFILE, fault));
        }
        Ok(Self { selected: named.unwrap_or_else(|| DEFAULT.to_owned()), config, credentials, sections })
    }

    /// The name of the profile in use.
    pub(crate) fn selected(&self) -> &str {
        &self.selected
    }

    /// A profile.
    pub(crate) fn profile(&self, name: &str) -> Option<&Section> {
        self.sections.profiles.get(name)
    }

    /// The section `[sso-session name]`.
    #[cfg(any(feature = "credentials", test))]
    pub(crate) fn sso_session(&self, name: &str) -> Option<&Section> {
        self.sections.sso_sessions.get(name)
    }

    /// The section `[services name]`.
    pub(crate) fn services(&self, name: &str) -> Option<&Section> {
        self.sections.services.get(name)
    }

    /// Both files, for an error about something that neither has.
    pub(crate) fn files(&self) -> impl fmt::Display {
        format!("{} and {}", self.config, self.credentials)
    }
}

/// The sections of a file that are of interest, by name.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Sections {
    profiles: BTreeMap<String, Section>,
    sso_sessions: BTreeMap<String, Section>,
    services: BTreeMap<String, Section>,
}

impl Sections {
    /// Adds what another file says, which counts where both say something.
    fn merge(&mut self, later: Self) {
        for (name, section) in later.profiles {
            add(&mut self.profiles, name, section);
        }
        self.sso_sessions.extend(later.sso_sessions);
        self.services.extend(later.services);
    }
}

/// Adds a section to those of its kind. One of the same name keeps what the new one does not say.
fn add(sections: &mut BTreeMap<String, Section>, name: String, section: Section) {
    match sections.get_mut(&name) {
        Some(known) => known.values.extend(section.values),
        None => {
            sections.insert(name, section);
        }
    }
}

/// The properties of a section.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Section {
    at: Place,
    /// In the order in which they are said: of several with the same key the last one counts.
    values: Vec<(String, Value)>,
}

impl Section {
    fn new(at: Place) -> Self {
        Self { at, values: Vec::new() }
    }

    /// Where it begins.
    #[cfg(any(feature = "credentials", test))]
    pub(crate) fn at(&self) -> &Place {
        &self.at
    }

    /// A property, by its key in lower case. An empty one counts as absent, as an empty variable does.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        last(&self.values, key).filter(|value| !value.text.is_empty())
    }

    /// A property of a property: the indented lines under an empty one. Both keys in lower case.
    pub(crate) fn nested(&self, key: &str, subkey: &str) -> Option<&Value> {
        last(&last(&self.values, key)?.nested, subkey).filter(|value| !value.text.is_empty())
    }
}

fn last<'a>(values: &'a [(String, Value)], key: &str) -> Option<&'a Value> {
    values.iter().rev().find(|(known, _)| known == key).map(|(_, value)| value)
}

/// A property's value.
#[derive(Clone, Eq, PartialEq)]
pub(crate) struct Value {
    /// The value, without white space around it, and with a line feed wherever it goes on in another line.
    pub(crate) text: String,
    /// Where it is said.
    pub(crate) at: Place,
    nested: Vec<(String, Self)>,
}

/// Shows where it is and not what it is, since it may be secret.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Value({})", self.at)
    }
}

/// A line of a file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Place {
    file: Arc<str>,
    line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.escape_debug(), self.line)
    }
}
