//! What the model demands of an input, checked before anything is sent.
//!
//! Generated code has a function for every type below an input that the model demands something of. It goes over the members with a
//! [`Checker`], which notes what it finds and where:
//!
//! ```
//! use smithlet_runtime::support::validate::Checker;
//!
//! struct Variable {
//!     name: String,
//! }
//!
//! impl Variable {
//!     fn check_constraints(&self, must: &mut Checker) {
//!         must.member("name", &self.name, |value, must| must.length(value, 1..));
//!     }
//! }
//!
//! let variables = vec![Variable { name: "STAGE".to_owned() }, Variable { name: String::new() }];
//! let mut must = Checker::default();
//! must.required("projectName", false);
//! must.member("variables", &variables, |value, must| must.each(value, Variable::check_constraints));
//! let error = must.finish().unwrap_err();
//! assert_eq!(error.to_string(), "the input is not valid: projectName: is required; variables[1].name: must not be empty");
//! ```
//!
//! Checked are required members, lengths, ranges, and unions that hold what the crate does not know. Values of enums are never refused, since
//! services add to them, and patterns are not checked: models write them in the dialects of other languages, and often narrower than the
//! service is.

mod length;

pub use length::Length;

use crate::error::{Finding, InvalidInput};
use crate::json;
use length::Unit;
use std::collections::HashMap;
use std::fmt;
use std::hash::BuildHasher;
use std::ops::{Bound, RangeBounds};

/// How deep an input may nest where it is checked: what comes in is read no deeper, and neither checking nor writing runs out of stack.
const MAX_DEPTH: usize = json::MAX_DEPTH as usize;

/// Goes over an input and notes what is wrong with it. For generated code.
///
/// Paths are put together on the way back from a finding, so that an input without any costs no more than the comparisons.
#[derive(Debug, Default)]
pub struct Checker {
    findings: Vec<Finding>,
    /// How many structures, lists and maps are around the value.
    depth: usize,
    /// Whether the value must not be shown.
    secret: bool,
}

/// The way from a value to one inside it.
enum Step<'a> {
    Member(&'a str),
    Item(usize),
    Entry(&'a str),
}

impl Checker {
    /// A member that has to be set.
    pub fn required(&mut self, name: &'static str, is_set: bool) {
        if !is_set {
            self.inside(&Step::Member(name), |check| check.find("is required"));
        }
    }

    /// A member that is always there.
    #[inline]
    pub fn member<T: ?Sized>(&mut self, name: &'static str, value: &T, check: impl FnOnce(&T, &mut Self)) {
        self.inside(&Step::Member(name), |checker| check(value, checker));
    }

    /// A member that may be absent; nothing is demanded of it then.
    #[inline]
    pub fn optional<T: ?Sized>(&mut self, name: &'static str, value: Option<&T>, check: impl FnOnce(&T, &mut Self)) {
        if let Some(value) = value {
            self.member(name, value, check);
        }
    }

    /// An item or entry that may be null; nothing is demanded of it then.
    #[inline]
    pub fn present<T>(&mut self, value: Option<&T>, check: impl FnOnce(&T, &mut Self)) {
        if let Some(value) = value {
            check(value, self);
        }
    }

    /// The items of a list.
    #[inline]
    pub fn each<T>(&mut self, items: &[T], check: impl Fn(&T, &mut Self)) {
        for (index, item) in items.iter().enumerate() {
            self.inside(&Step::Item(index), |checker| check(item, checker));
        }
    }

    /// The values of a map, in the order of their keys.
    #[inline]
    pub fn values<K: AsRef<str>, T, S: BuildHasher>(&mut self, entries: &HashMap<K, T, S>, check: impl Fn(&T, &mut Self)) {
        for (key, value) in json::sorted(entries) {
            self.inside(&Step::Entry(key.as_ref()), |checker| check(value, checker));
        }
    }

    /// The keys of a map, in their order.
    pub fn keys<T, S: BuildHasher>(&mut self, entries: &HashMap<String, T, S>, check: impl Fn(&str, &mut Self)) {
        for (key, _) in json::sorted(entries) {
            let first = self.findings.len();
            self.inside(&Step::Entry(key), |checker| check(key, checker));
            self.findings.iter_mut().skip(first).for_each(Finding::of_key);
        }
    }

    /// What is not to be shown, whatever is found there: neither values nor lengths nor the keys of maps.
    #[inline]
    pub fn secret(&mut self, check: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.secret, true);
        check(self);
        self.secret = before;
    }

    /// How long a value may be: characters (Unicode scalar values) of a text, bytes of a blob, items of a list, entries of a map.
    #[inline]
    pub fn length<T: Length + ?Sized>(&mut self, value: &T, limits: impl RangeBounds<u64>) {
        let length = value.length();
        if !limits.contains(&length) {
            self.bad_length(length, T::UNIT, (limits.start_bound().cloned(), limits.end_bound().cloned()));
        }
    }

    /// How small and how large a number may be.
    #[inline]
    pub fn range<T: PartialOrd + fmt::Debug>(&mut self, value: &T, limits: impl RangeBounds<T>) {
        if limits.contains(value) {
            return;
        }
        let shown = if self.secret { "the value".to_owned() } else { format!("{value:?}") };
        self.find(match (limits.start_bound(), limits.end_bound()) {
            (Bound::Included(min), _) if value < min => format!("{shown} is below {min:?}"),
            (_, Bound::Included(max)) if value > max => format!("{shown} is above {max:?}"),
            _ => format!("{shown} is not in the range that is allowed"),
        });
    }

    /// A union that holds a member which the crate does not know.
    #[cold]
    pub fn refuse_unknown(&mut self) {
        self.find("is unknown and cannot be sent");
    }

    /// What was found.
    ///
    /// # Errors
    ///
    /// All findings, if there are any.
    pub fn finish(self) -> Result<(), InvalidInput> {
        if self.findings.is_empty() { Ok(()) } else { Err(InvalidInput::new(self.findings)) }
    }

    #[inline]
    fn inside(&mut self, step: &Step<'_>, check: impl FnOnce(&mut Self)) {
        let first = self.findings.len();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.find(format!("is nested more than {MAX_DEPTH} levels deep"));
        } else {
            check(self);
        }
        self.depth -= 1;
        if self.findings.len() > first {
            self.place(first, step);
        }
    }

    /// Puts a step before the paths of the findings from `first`.
    #[cold]
    fn place(&mut self, first: usize, step: &Step<'_>) {
        let secret = self.secret;
        for finding in self.findings.iter_mut().skip(first) {
            match step {
                Step::Member(name) => finding.inside_member(name),
                Step::Item(index) => finding.inside_brackets(index),
                Step::Entry(_) if secret => finding.inside_brackets(&".."),
                Step::Entry(key) => finding.inside_brackets(&Key(key)),
            }
        }
    }

    #[cold]
    fn bad_length(&mut self, length: u64, unit: Unit, limits: (Bound<u64>, Bound<u64>)) {
        let verb = |limit| if limit == 1 { "is" } else { "are" };
        self.find(match limits {
            (Bound::Included(_), _) if length == 0 => "must not be empty".to_owned(),
            (Bound::Included(min), _) if length < min && self.secret => {
                format!("is too short, at least {} {} required", unit.of(min), verb(min))
            }
            (Bound::Included(min), _) if length < min => format!("has {}, at least {min} {} required", unit.of(length), verb(min)),
            (_, Bound::Included(max)) if self.secret => format!("is too long, at most {} {} allowed", unit.of(max), verb(max)),
            (_, Bound::Included(max)) => format!("has {}, at most {max} {} allowed", unit.of(length), verb(max)),
            _ => "has a length that is not allowed".to_owned(),
        });
    }

    #[cold]
    fn find(&mut self, message: impl Into<String>) {
        self.findings.push(Finding::new(message.into()));
    }
}

/// A map's key as it stands in a path.
struct Key<'a>(&'a str);

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// A longer key loses its end. In characters.
        const LONGEST: usize = 32;
        match self.0.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "{:?}...", self.0.get(..end).unwrap_or_default()),
            None => write!(f, "{:?}", self.0),
        }
    }
}

#[cfg(test)]
mod tests;
