//! The model's constraints on an input, which are checked before anything is sent.
//!
//! Generated code has a function for every type of an input that has constraints. It checks the members with a [`Checker`], which collects the
//! findings and their paths:
//!
//! ```
//! use smithlet_runtime::support::validate::Checker;
//!
//! struct Variable {
//!     name: String,
//! }
//!
//! impl Variable {
//!     fn check_constraints(&self, check: &mut Checker) {
//!         check.member("name", &self.name, |value, check| check.length(value, 1..));
//!     }
//! }
//!
//! let variables = vec![Variable { name: "STAGE".to_owned() }, Variable { name: String::new() }];
//! let mut check = Checker::default();
//! check.required("projectName", false);
//! check.member("variables", &variables, |value, check| check.each(value, Variable::check_constraints));
//! let error = check.finish().unwrap_err();
//! assert_eq!(error.to_string(), "the input is not valid: projectName: is required; variables[1].name: must not be empty");
//! ```
//!
//! The constraints are required members, lengths, ranges, and unions without an unknown member. Values of enums are never refused, since
//! services add values. Patterns are not checked: models write them in the dialects of other languages, and often stricter than the service.

mod length;

pub use length::Length;

use crate::error::{Finding, InvalidInput};
use crate::json;
use length::Unit;
use std::collections::HashMap;
use std::fmt;
use std::hash::BuildHasher;
use std::ops::{Bound, RangeBounds};

/// The maximum nesting depth of an input, which is that of the JSON reader. It bounds the stack use of checking and writing.
const MAX_DEPTH: usize = json::MAX_DEPTH as usize;

/// Checks an input and collects the findings. For generated code.
///
/// A path is built only after a finding, so that a valid input costs no more than the comparisons.
#[derive(Debug, Default)]
pub struct Checker {
    findings: Vec<Finding>,
    /// The number of structures, lists and maps around the value.
    depth: usize,
    /// True if the value must not be shown.
    secret: bool,
}

/// A segment of a path.
enum Segment<'a> {
    Member(&'a str),
    Item(usize),
    Entry(&'a str),
}

impl Checker {
    /// Checks that a required member is set.
    pub fn required(&mut self, name: &'static str, is_set: bool) {
        if !is_set {
            self.inside(&Segment::Member(name), |check| check.find("is required"));
        }
    }

    /// Checks a member that is always present.
    #[inline]
    pub fn member<T: ?Sized>(&mut self, name: &'static str, value: &T, check: impl FnOnce(&T, &mut Self)) {
        self.inside(&Segment::Member(name), |checker| check(value, checker));
    }

    /// Checks a member if it is present.
    #[inline]
    pub fn optional<T: ?Sized>(&mut self, name: &'static str, value: Option<&T>, check: impl FnOnce(&T, &mut Self)) {
        if let Some(value) = value {
            self.member(name, value, check);
        }
    }

    /// Checks an item or entry unless it is null.
    #[inline]
    pub fn present<T>(&mut self, value: Option<&T>, check: impl FnOnce(&T, &mut Self)) {
        if let Some(value) = value {
            check(value, self);
        }
    }

    /// Checks the items of a list.
    #[inline]
    pub fn each<T>(&mut self, items: &[T], check: impl Fn(&T, &mut Self)) {
        for (index, item) in items.iter().enumerate() {
            self.inside(&Segment::Item(index), |checker| check(item, checker));
        }
    }

    /// Checks the values of a map, in the order of their keys.
    #[inline]
    pub fn values<K: AsRef<str>, T, S: BuildHasher>(&mut self, entries: &HashMap<K, T, S>, check: impl Fn(&T, &mut Self)) {
        for (key, value) in json::sorted(entries) {
            self.inside(&Segment::Entry(key.as_ref()), |checker| check(value, checker));
        }
    }

    /// Checks the keys of a map, in their order.
    pub fn keys<T, S: BuildHasher>(&mut self, entries: &HashMap<String, T, S>, check: impl Fn(&str, &mut Self)) {
        for (key, _) in json::sorted(entries) {
            let first = self.findings.len();
            self.inside(&Segment::Entry(key), |checker| check(key, checker));
            self.findings.iter_mut().skip(first).for_each(Finding::of_key);
        }
    }

    /// Checks a sensitive value: the findings show neither values nor lengths nor the keys of maps.
    #[inline]
    pub fn secret(&mut self, check: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.secret, true);
        check(self);
        self.secret = before;
    }

    /// Checks a length: characters (Unicode scalar values) of a text, bytes of a blob, items of a list, entries of a map.
    #[inline]
    pub fn length<T: Length + ?Sized>(&mut self, value: &T, limits: impl RangeBounds<u64>) {
        let length = value.length();
        if !limits.contains(&length) {
            self.bad_length(length, T::UNIT, (limits.start_bound().cloned(), limits.end_bound().cloned()));
        }
    }

    /// Checks the range of a number.
    #[inline]
    pub fn range<T: PartialOrd + fmt::Debug>(&mut self, value: &T, limits: impl RangeBounds<T>) {
        if !limits.contains(value) {
            self.out_of_range(value, limits.start_bound(), limits.end_bound());
        }
    }

    #[cold]
    fn out_of_range<T: PartialOrd + fmt::Debug>(&mut self, value: &T, start: Bound<&T>, end: Bound<&T>) {
        let shown = if self.secret { "the value".to_owned() } else { format!("{value:?}") };
        self.find(match (start, end) {
            (Bound::Included(min), _) if value < min => format!("{shown} is below {min:?}"),
            (_, Bound::Included(max)) if value > max => format!("{shown} is above {max:?}"),
            _ => format!("{shown} is not in the range that is allowed"),
        });
    }

    /// Reports a union with an unknown member.
    #[cold]
    pub fn refuse_unknown(&mut self) {
        self.find("is unknown and cannot be sent");
    }

    /// Ends the check.
    ///
    /// # Errors
    ///
    /// All findings, if there are any.
    pub fn finish(self) -> Result<(), InvalidInput> {
        if self.findings.is_empty() { Ok(()) } else { Err(InvalidInput::new(self.findings)) }
    }

    #[inline]
    fn inside(&mut self, segment: &Segment<'_>, check: impl FnOnce(&mut Self)) {
        let first = self.findings.len();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.too_deep();
        } else {
            check(self);
        }
        self.depth -= 1;
        if self.findings.len() > first {
            self.prepend(first, segment);
        }
    }

    #[cold]
    fn too_deep(&mut self) {
        self.find(format!("is nested more than {MAX_DEPTH} levels deep"));
    }

    /// Prepends a segment to the paths of the findings from `first` on.
    #[cold]
    fn prepend(&mut self, first: usize, segment: &Segment<'_>) {
        let secret = self.secret;
        for finding in self.findings.iter_mut().skip(first) {
            match segment {
                Segment::Member(name) => finding.inside_member(name),
                Segment::Item(index) => finding.inside_brackets(index),
                Segment::Entry(_) if secret => finding.inside_brackets(&".."),
                Segment::Entry(key) => finding.inside_brackets(&Key(key)),
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

/// A map's key in a path, shortened.
struct Key<'a>(&'a str);

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// The maximum length in characters. A longer key loses its end.
        const LONGEST: usize = 32;
        match self.0.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "{:?}...", self.0.get(..end).unwrap_or_default()),
            None => write!(f, "{:?}", self.0),
        }
    }
}

#[cfg(test)]
mod tests;
