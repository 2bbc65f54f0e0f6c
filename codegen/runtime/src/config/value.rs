//! The value of a setting, with its place.

use super::files::{Place, Section};
use super::retry::RetryMode;
use super::{AppName, Environment, InvalidSetting, Region};
use crate::url;
use std::borrow::Cow;
use std::env::VarError;
use std::str::FromStr;

/// The longest part of an invalid value that an error shows, in characters.
const MAX_SHOWN: usize = 100;

/// The longest application id, in characters: AWS SDKs and Tools Reference Guide, "Application ID".
const MAX_APP_ID: usize = 50;

/// The largest length from which on requests are compressed: AWS SDKs and Tools Reference Guide, "Request compression".
const MAX_COMPRESSION_SIZE: u32 = 10_485_760;

/// The sources of settings: the variables, and the selected profile.
pub(super) struct Sources<'a> {
    pub(super) environment: &'a Environment,
    pub(super) profile: Option<&'a Section>,
}

impl Sources<'_> {
    /// A variable's value or, without one, the profile's property.
    pub(super) fn find(&self, variable: &'static str, key: &'static str) -> Result<Option<SettingValue>, InvalidSetting> {
        Ok(SettingValue::variable(self.environment, variable.into())?.or_else(|| self.property(key)))
    }

    /// The value of a variable that has no property.
    pub(super) fn variable(&self, name: &'static str) -> Result<Option<SettingValue>, InvalidSetting> {
        SettingValue::variable(self.environment, name.into())
    }

    /// The value of a property of the profile.
    pub(super) fn property(&self, key: &'static str) -> Option<SettingValue> {
        SettingValue::property(self.profile?, key)
    }
}

/// A value, and the variable or property that it is set by.
#[derive(Clone)]
pub(super) struct SettingValue {
    text: String,
    set_by: SetBy,
}

#[derive(Clone)]
enum SetBy {
    Variable(Cow<'static, str>),
    Property { key: &'static str, at: Place },
}

impl SettingValue {
    /// The value of an environment variable.
    pub(super) fn variable(environment: &Environment, name: Cow<'static, str>) -> Result<Option<Self>, InvalidSetting> {
        match environment.read(&name) {
            Ok(text) if text.trim().is_empty() => Ok(None),
            Ok(text) => Ok(Some(Self { text: text.trim().to_owned(), set_by: SetBy::Variable(name) })),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(InvalidSetting::variable(name, "the value is not valid Unicode")),
        }
    }

    /// A property of a section.
    pub(super) fn property(section: &Section, key: &'static str) -> Option<Self> {
        section.get(key).map(|value| Self { text: value.text.clone(), set_by: SetBy::Property { key, at: value.at.clone() } })
    }

    /// A nested property of a section.
    pub(super) fn nested(section: &Section, key: &str, subkey: &'static str) -> Option<Self> {
        section
            .nested(key, subkey)
            .map(|value| Self { text: value.text.clone(), set_by: SetBy::Property { key: subkey, at: value.at.clone() } })
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// An error about the value.
    pub(super) fn invalid(&self, fault: &str) -> InvalidSetting {
        match &self.set_by {
            SetBy::Variable(name) => InvalidSetting::variable(name.clone(), fault),
            SetBy::Property { key, at } => InvalidSetting::at(at, format!("{key}: {fault}")),
        }
    }

    /// An error that begins with the value.
    fn refused(&self, fault: &str) -> InvalidSetting {
        let mut shown: String = self.text.chars().take(MAX_SHOWN).collect();
        if shown.len() < self.text.len() {
            shown.push_str("...");
        }
        self.invalid(&format!("{shown:?} {fault}"))
    }

    /// `true` or `false`, in any case.
    pub(super) fn flag(&self) -> Result<bool, InvalidSetting> {
        if self.text.eq_ignore_ascii_case("true") {
            Ok(true)
        } else if self.text.eq_ignore_ascii_case("false") {
            Ok(false)
        } else {
            Err(self.refused("is neither true nor false"))
        }
    }

    /// The largest number of attempts of a call.
    pub(super) fn attempts(&self) -> Result<u32, InvalidSetting> {
        match self.text.parse() {
            Ok(0) | Err(_) => Err(self.refused("is not a number of attempts: it is 1 or more, the first attempt included")),
            Ok(attempts) => Ok(attempts),
        }
    }

    /// A retry mode. `legacy` means the behavior of an SDK before it had modes. This crate always had them, so it means `standard`.
    pub(super) fn retry_mode(&self) -> Result<RetryMode, InvalidSetting> {
        if self.text.eq_ignore_ascii_case("legacy") {
            return Ok(RetryMode::Standard);
        }
        RetryMode::from_str(&self.text).map_err(|_| self.refused("is not a retry mode: standard, adaptive or legacy"))
    }

    /// The value as a setting of checksums.
    pub(super) fn checksums<T: FromStr>(&self) -> Result<T, InvalidSetting> {
        self.text.parse().map_err(|_| self.refused("is neither when_supported nor when_required"))
    }

    /// The length from which on requests are compressed.
    pub(super) fn compression_size(&self) -> Result<u32, InvalidSetting> {
        let size = self.text.parse().ok().filter(|bytes| *bytes <= MAX_COMPRESSION_SIZE);
        size.ok_or_else(|| self.refused("is not a number of bytes from 0 to 10485760"))
    }

    /// A region: any name that can be part of a host name.
    pub(super) fn region(self) -> Result<Region, InvalidSetting> {
        let is_label = self.text.len() <= 63
            && !self.text.starts_with('-')
            && !self.text.ends_with('-')
            && self.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_label {
            Ok(Region::new(self.text))
        } else {
            Err(self.refused("is not a region, such as eu-west-1: it may hold letters, digits and '-', 63 at most"))
        }
    }

    /// An application id.
    pub(super) fn app_name(self) -> Result<AppName, InvalidSetting> {
        if self.text.chars().count() > MAX_APP_ID {
            return Err(self.refused("is too long for an application id: it may have 50 characters"));
        }
        AppName::new(self.text.clone())
            .map_err(|_| self.refused("is not an application id: it may hold letters, digits and !#$%&'*+-.^_`|~"))
    }

    /// The URL of an endpoint.
    pub(super) fn url(&self) -> Result<&str, InvalidSetting> {
        url::endpoint("endpoint_url", &self.text).map(|_| self.text()).map_err(|error| self.invalid(&error.to_string()))
    }
}
