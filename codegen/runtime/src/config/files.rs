//! The profile files that AWS's tools share, `~/.aws/config` and `~/.aws/credentials`.
//!
//! They are read like botocore reads them, except for the differences that are marked as ours or the guide's (the AWS SDKs and Tools Reference
//! Guide, "Shared config and credentials files"). A test in the workspace compares the two on random files.
//!
//! - A profile's section is `[profile name]` in the config file and `[name]` in the credentials file; the default profile's is `[default]`
//!   in both. `[profile default]` replaces `[default]` (the guide). Only the config file has `[sso-session name]` and
//!   `[services name]`. Other sections are ignored, except `[DEFAULT]`, whose settings every section of its file inherits. A name may be
//!   quoted; in the config file, a name with spaces must be. White space around a name is ignored (ours).
//! - A setting is `key = value` or `key: value`; keys are case-insensitive. A line with a larger indent than the setting above it continues that
//!   setting's value. If the value is empty, such lines are nested settings, `key = value`.
//! - A line that begins with `#` or `;` is a comment. So is the text from one of them on in a value, after white space and outside of quotes,
//!   and after a section's name (the guide: botocore has only the former).
//! - Sections of the same name are merged, and the last value that is not blank counts. The credentials file comes after the config file
//!   (the guide: botocore refuses a file with such sections).
//! - A line that begins with `[` is a section, even without a `]` (ours). A malformed line is an error of its section, reported when that
//!   section is needed (botocore refuses the file).
//! - A file that does not exist counts as empty. So does one at its default place that cannot be read, of which an event warns.

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

/// The sections of both files, and the selected profile.
#[derive(Clone, Debug)]
pub(crate) struct Profiles {
    selected: String,
    config: FileLocation,
    credentials: FileLocation,
    sections: Sections,
}

impl Profiles {
    /// Reads the files. A profile that `AWS_PROFILE` names must exist; the default one need not. An error in the selected profile is returned
    /// here, and an error in another section when that section is asked for.
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

    /// A hint at a section that has the other file's form. It follows an error about the profile.
    pub(crate) fn hint(&self, name: &str) -> Option<String> {
        let at = &self.sections.misplaced.get(name)?.at;
        let name = if name.contains(line::is_space) { format!("{name:?}") } else { name.escape_debug().to_string() };
        Some(if self.config.is_file_of(at) {
            format!(": {at} has [{name}], which has to be [profile {name}] in this file")
        } else {
            format!(": {at} has [profile {name}], which has to be [{name}] in this file")
        })
    }

    /// The name of the selected profile.
    pub(crate) fn selected(&self) -> &str {
        &self.selected
    }

    /// The selected profile.
    pub(crate) fn selected_profile(&self) -> Option<&Section> {
        self.sections.profiles.get(&self.selected)
    }

    /// A profile.
    pub(crate) fn profile(&self, name: &str) -> Result<Option<&Section>, InvalidSetting> {
        checked(&self.sections.profiles, name)
    }

    /// The section `[sso-session name]`.
    #[cfg(any(feature = "credentials", test))]
    pub(crate) fn sso_session(&self, name: &str) -> Result<Option<&Section>, InvalidSetting> {
        checked(&self.sections.sso_sessions, name)
    }

    /// The section `[services name]`.
    pub(crate) fn services(&self, name: &str) -> Result<Option<&Section>, InvalidSetting> {
        checked(&self.sections.services, name)
    }

    /// The paths of both files, for an error about something that neither has.
    pub(crate) fn files(&self) -> impl fmt::Display {
        format!("{} and {}", self.config, self.credentials)
    }
}

/// A section, or its error.
fn checked<'a>(sections: &'a BTreeMap<String, Section>, name: &str) -> Result<Option<&'a Section>, InvalidSetting> {
    let section = sections.get(name);
    match section.and_then(Section::fault) {
        Some(fault) => Err(fault.clone()),
        None => Ok(section),
    }
}

/// The known sections of a file, by name.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Sections {
    pub(crate) profiles: BTreeMap<String, Section>,
    pub(crate) sso_sessions: BTreeMap<String, Section>,
    pub(crate) services: BTreeMap<String, Section>,
    /// Sections that would be profiles in the other file. Only their places are used; a map of places would be more code in every program.
    misplaced: BTreeMap<String, Section>,
}

impl Sections {
    /// Adds the sections of another file, whose values count where both have some.
    fn merge(&mut self, later: Self) {
        for (name, section) in later.profiles {
            add(&mut self.profiles, name, section);
        }
        self.sso_sessions.extend(later.sso_sessions);
        self.services.extend(later.services);
        self.misplaced.extend(later.misplaced);
    }
}

/// Adds a section, or merges it into the section of the same name.
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
    /// The values in their order. Of several with the same key, the last one that is not blank counts.
    values: Vec<(String, Value)>,
    /// The error about the first malformed line.
    fault: Option<InvalidSetting>,
}

impl Section {
    fn new(at: Place) -> Self {
        Self { at, values: Vec::new(), fault: None }
    }

    /// Adds a later section of the same name.
    fn extend(&mut self, later: Self) {
        self.values.extend(later.values);
        self.fault = self.fault.take().or(later.fault);
    }

    /// Adds the settings of `[DEFAULT]` that this section does not have.
    fn inherit(&mut self, defaults: &Self) {
        let own = self.values.len();
        for (key, value) in &defaults.values {
            if self.values[..own].iter().all(|(known, _)| known != key) {
                self.values.push((key.clone(), value.clone()));
            }
        }
        self.fault = self.fault.take().or_else(|| defaults.fault.clone());
    }

    /// The error about a malformed line, if there is one.
    pub(crate) fn fault(&self) -> Option<&InvalidSetting> {
        self.fault.as_ref().or_else(|| self.values.iter().find_map(|(_, value)| value.fault.as_ref()))
    }

    /// The place of its first line.
    #[cfg(any(feature = "credentials", test))]
    pub(crate) fn at(&self) -> &Place {
        &self.at
    }

    /// All properties, blank ones included, with their keys in lower case.
    #[cfg(feature = "credentials")]
    pub(crate) fn values(&self) -> &[(String, Value)] {
        &self.values
    }

    /// A property, by its key in lower case. A blank one counts as absent, as a blank variable does.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        last(&self.values, key, |value| Some(value).filter(|value| !value.text.is_empty()))
    }

    /// A nested property, from the indented lines under a blank one. Both keys are in lower case.
    pub(crate) fn nested(&self, key: &str, subkey: &str) -> Option<&Value> {
        last(&self.values, key, |value| last(&value.nested, subkey, |value| Some(value).filter(|value| !value.text.is_empty())))
    }
}

/// The result of `find` for the last value with that key that has one.
fn last<'a>(values: &'a [(String, Value)], key: &str, find: impl Fn(&'a Value) -> Option<&'a Value>) -> Option<&'a Value> {
    values.iter().rev().filter(|(known, _)| known == key).find_map(|(_, value)| find(value))
}

/// A property's value.
#[derive(Clone, Eq, PartialEq)]
pub(crate) struct Value {
    /// The value, without white space around it. Its lines are separated by line feeds.
    pub(crate) text: String,
    /// The place of its first line.
    pub(crate) at: Place,
    /// The settings on the indented lines under a blank one.
    pub(crate) nested: Vec<(String, Self)>,
    /// The error about the first malformed line of these.
    fault: Option<InvalidSetting>,
}

/// Shows the place and not the value, which may be secret.
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
    /// Returns whether both are lines of the same file.
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
