//! The profile files that AWS's tools share, `~/.aws/config` and `~/.aws/credentials`.
//!
//! What botocore reads is read in the same way, with the differences that are marked as ours or the guide's (the AWS SDKs and Tools Reference
//! Guide, "Shared config and credentials files"). A test in the workspace compares the two on random files.
//!
//! - A profile's section is `[profile name]` in the config file and `[name]` in the credentials file; the default profile's is `[default]`
//!   in both. `[profile default]` takes the place of `[default]` (the guide). Only the config file has `[sso-session name]` and
//!   `[services name]`. Other sections are passed over, except `[DEFAULT]`, whose settings every section of its file has too. A name may
//!   stand in quotes, and in the config file must when it has spaces. White space around a name does not matter (ours).
//! - A setting is `key = value` or `key: value`; the key's case does not matter. A line with more white space before it than the setting above
//!   it continues that setting's value; where that is empty, such lines are settings of their own, `key = value`.
//! - A line that begins with `#` or `;` is a comment, and so is what follows one of them after white space in a value, except in quotes, or
//!   behind a section's name (the guide: botocore has only the former).
//! - Sections of the same name are one section, in which the later value counts that is not blank; the credentials file counts as later than
//!   the config file (the guide: botocore refuses a file with such sections).
//! - A line that begins with `[` is a section, be it without a `]` (ours). A line that is not understood is an error of its section, told to
//!   whoever needs that section (botocore refuses the file).
//! - A file that does not exist is as good as an empty one, and so is one at its default place that cannot be read, of which an event warns.

mod command;
mod line;
mod parse;
mod places;

#[cfg(test)]
mod tests;

use super::{Environment, InvalidSetting};
pub(crate) use command::split_command;
pub(crate) use parse::{File, parse};
use places::FileLocation;
#[cfg(feature = "credentials")]
pub(crate) use places::home;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

const PROFILE: &str = "AWS_PROFILE";
const DEFAULT: &str = "default";

/// What both files say.
#[derive(Clone, Debug)]
pub(crate) struct Profiles {
    selected: String,
    config: FileLocation,
    credentials: FileLocation,
    sections: Sections,
}

impl Profiles {
    /// Reads the files. A profile that `AWS_PROFILE` names has to be in one of them; the default one need not be. What is wrong with the
    /// profile in use is an error here, and what is wrong with others when they are asked for.
    pub(crate) fn load(environment: &Environment) -> Result<Self, InvalidSetting> {
        let mut config = FileLocation::find(environment, "AWS_CONFIG_FILE", "config")?;
        let mut credentials = FileLocation::find(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials")?;
        let mut sections = config.read(File::Config)?;
        sections.merge(credentials.read(File::Credentials)?);
        let named = environment.get(PROFILE)?.map(|name| name.trim().to_owned());
        let is_named = named.is_some();
        let profiles = Self { selected: named.unwrap_or_else(|| DEFAULT.to_owned()), config, credentials, sections };
        let (name, hint) = (&profiles.selected, profiles.hint(&profiles.selected));
        if profiles.profile(name)?.is_none() && is_named {
            let Self { config, credentials, .. } = &profiles;
            let advice = hint.unwrap_or_else(|| ": add it or name another one".to_owned());
            let fault = format!("there is no profile {name:?}, neither in {config} nor in {credentials}{advice}");
            return Err(InvalidSetting::variable(PROFILE, fault));
        }
        if let Some(hint) = hint {
            tracing::warn!("settings of the profile {name:?} are not read{hint}");
        }
        Ok(profiles)
    }

    /// What a profile's section of the wrong form has to look like, to be put behind an error about the profile.
    pub(crate) fn hint(&self, name: &str) -> Option<String> {
        let at = self.sections.misplaced.get(name)?;
        let name = if name.contains(line::is_space) { format!("{name:?}") } else { name.escape_debug().to_string() };
        Some(if self.config.is_file_of(at) {
            format!(": {at} has [{name}], which has to be [profile {name}] in this file")
        } else {
            format!(": {at} has [profile {name}], which has to be [{name}] in this file")
        })
    }

    /// The name of the profile in use.
    pub(crate) fn selected(&self) -> &str {
        &self.selected
    }

    /// The profile in use.
    pub(crate) fn selected_profile(&self) -> Option<&Section> {
        self.sections.profiles.get(&self.selected)
    }

    /// A profile.
    pub(crate) fn profile(&self, name: &str) -> Result<Option<&Section>, InvalidSetting> {
        sound(&self.sections.profiles, name)
    }

    /// The section `[sso-session name]`.
    #[cfg(any(feature = "credentials", test))]
    pub(crate) fn sso_session(&self, name: &str) -> Result<Option<&Section>, InvalidSetting> {
        sound(&self.sections.sso_sessions, name)
    }

    /// The section `[services name]`.
    pub(crate) fn services(&self, name: &str) -> Result<Option<&Section>, InvalidSetting> {
        sound(&self.sections.services, name)
    }

    /// Both files, for an error about something that neither has.
    pub(crate) fn files(&self) -> impl fmt::Display {
        format!("{} and {}", self.config, self.credentials)
    }
}

/// A section, unless something is wrong with it.
fn sound<'a>(sections: &'a BTreeMap<String, Section>, name: &str) -> Result<Option<&'a Section>, InvalidSetting> {
    let section = sections.get(name);
    match section.and_then(Section::fault) {
        Some(fault) => Err(fault.clone()),
        None => Ok(section),
    }
}

/// The sections of a file that are of interest, by name.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Sections {
    pub(crate) profiles: BTreeMap<String, Section>,
    pub(crate) sso_sessions: BTreeMap<String, Section>,
    pub(crate) services: BTreeMap<String, Section>,
    /// Where a section is that would be that profile in the other file.
    misplaced: BTreeMap<String, Place>,
}

impl Sections {
    /// Adds what another file says, which counts where both say something.
    fn merge(&mut self, later: Self) {
        for (name, section) in later.profiles {
            add(&mut self.profiles, name, section);
        }
        self.sso_sessions.extend(later.sso_sessions);
        self.services.extend(later.services);
        self.misplaced.extend(later.misplaced);
    }
}

/// Adds a section to those of its kind. One of the same name keeps what the new one does not say.
fn add(sections: &mut BTreeMap<String, Section>, name: String, section: Section) {
    match sections.get_mut(&name) {
        Some(known) => known.extend(section),
        None => {
            sections.insert(name, section);
        }
    }
}

/// The properties of a section.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Section {
    at: Place,
    /// In the order in which they are said: of several with the same key the last one counts that is not blank.
    values: Vec<(String, Value)>,
    /// What is wrong with the first line that is neither a setting nor part of one.
    fault: Option<InvalidSetting>,
}

impl Section {
    fn new(at: Place) -> Self {
        Self { at, values: Vec::new(), fault: None }
    }

    /// Adds what is said of the same section further on.
    fn extend(&mut self, later: Self) {
        self.values.extend(later.values);
        self.fault = self.fault.take().or(later.fault);
    }

    /// Adds what is said of all sections, where this one says nothing.
    fn inherit(&mut self, defaults: &Self) {
        let own = self.values.len();
        for (key, value) in &defaults.values {
            if self.values[..own].iter().all(|(known, _)| known != key) {
                self.values.push((key.clone(), value.clone()));
            }
        }
        self.fault = self.fault.take().or_else(|| defaults.fault.clone());
    }

    /// What is wrong with a line that is not understood.
    pub(crate) fn fault(&self) -> Option<&InvalidSetting> {
        self.fault.as_ref().or_else(|| self.values.iter().find_map(|(_, value)| value.fault.as_ref()))
    }

    /// Where it begins.
    #[cfg(any(feature = "credentials", test))]
    pub(crate) fn at(&self) -> &Place {
        &self.at
    }

    /// All properties, blank ones included, with their keys in lower case.
    #[cfg(any(feature = "credentials", test))]
    pub(crate) fn values(&self) -> &[(String, Value)] {
        &self.values
    }

    /// A property, by its key in lower case. A blank one counts as absent, as a blank variable does.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        last(&self.values, key, |value| Some(value).filter(|value| !value.text.is_empty()))
    }

    /// A property of a property: the indented lines under a blank one. Both keys in lower case.
    pub(crate) fn nested(&self, key: &str, subkey: &str) -> Option<&Value> {
        last(&self.values, key, |value| last(&value.nested, subkey, |value| Some(value).filter(|value| !value.text.is_empty())))
    }
}

/// What the last value with that key has of what is looked for.
fn last<'a>(values: &'a [(String, Value)], key: &str, find: impl Fn(&'a Value) -> Option<&'a Value>) -> Option<&'a Value> {
    values.iter().rev().filter(|(known, _)| known == key).find_map(|(_, value)| find(value))
}

/// A property's value.
#[derive(Clone, Eq, PartialEq)]
pub(crate) struct Value {
    /// The value, without white space around it, and with a line feed wherever it goes on in another line.
    pub(crate) text: String,
    /// Where it is said.
    pub(crate) at: Place,
    /// The settings on the indented lines under a blank one.
    pub(crate) nested: Vec<(String, Self)>,
    /// What is wrong with the first of these lines that is not understood.
    fault: Option<InvalidSetting>,
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

impl Place {
    /// Whether both are lines of the same file.
    #[cfg(feature = "credentials")]
    pub(crate) fn is_in_file_of(&self, other: &Self) -> bool {
        self.file == other.file
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.escape_debug(), self.line)
    }
}
