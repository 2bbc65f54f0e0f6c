//! The error of the settings.

use super::NotUnicode;
use super::files::Place;
use crate::text::{MAX_MESSAGE, OneLine};
use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// A setting that cannot be used: one line with the variable, or the file and line, that it comes from, what is wrong, and what to do.
///
/// Values that may be secret do not appear in it.
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
    /// Nothing is set at all.
    None,
}

impl InvalidSetting {
    /// What is wrong with an environment variable.
    pub(crate) fn variable(name: impl Into<Cow<'static, str>>, fault: impl Into<String>) -> Self {
        Self { location: Location::Variable(name.into()), fault: fault.into() }
    }

    /// What is wrong with a whole file.
    pub(crate) fn file(path: impl Into<String>, fault: impl Into<String>) -> Self {
        Self { location: Location::File(path.into()), fault: fault.into() }
    }

    /// What is wrong with nothing being set.
    pub(crate) fn of_none(fault: impl Into<String>) -> Self {
        Self { location: Location::None, fault: fault.into() }
    }

    /// What is wrong at a place in a file.
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

/// The same line, since that is what a `main` shows that returns this error.
impl fmt::Debug for InvalidSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for InvalidSetting {}
