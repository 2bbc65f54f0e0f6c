//! The error about a setting.

use super::NotUnicode;
use super::files::Place;
use crate::text::{MAX_MESSAGE, OneLine};
use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// An error about a setting that cannot be used: one line with its variable, or its file and line, the fault, and the remedy.
///
/// It does not show values that may be secret.
#[derive(Clone, Eq, PartialEq)]
pub struct InvalidSetting {
    location: Location,
    fault: String,
}

#[derive(Clone, Eq, PartialEq)]
enum Location {
    Variable(Cow<'static, str>),
    File(String),
    Line(Place),
    /// The setting is not set.
    None,
}

impl InvalidSetting {
    /// An error about an environment variable.
    pub(crate) fn variable(name: impl Into<Cow<'static, str>>, fault: impl Into<String>) -> Self {
        Self { location: Location::Variable(name.into()), fault: fault.into() }
    }

    /// An error about a whole file.
    pub(crate) fn file(path: impl Into<String>, fault: impl Into<String>) -> Self {
        Self { location: Location::File(path.into()), fault: fault.into() }
    }

    /// An error about a setting that is set nowhere.
    pub(crate) fn unset(fault: impl Into<String>) -> Self {
        Self { location: Location::None, fault: fault.into() }
    }

    /// An error at a place in a file.
    pub(crate) fn at(place: &Place, fault: impl Into<String>) -> Self {
        Self { location: Location::Line(place.clone()), fault: fault.into() }
    }
}

impl From<NotUnicode> for InvalidSetting {
    fn from(error: NotUnicode) -> Self {
        Self::variable(error.name(), "the value is not valid Unicode")
    }
}

impl fmt::Display for InvalidSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.location {
            Location::Variable(name) => write!(f, "the environment variable {name}: ")?,
            Location::File(path) => write!(f, "{path:?}: ")?,
            Location::Line(place) => write!(f, "{place}: ")?,
            Location::None => {}
        }
        OneLine(&self.fault, MAX_MESSAGE).fmt(f)
    }
}

/// Shows the same line, since a `main` that returns this error prints its `Debug`.
impl fmt::Debug for InvalidSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for InvalidSetting {}
