//! The length of a value, by its type.

use crate::primitives::Blob;
use std::collections::HashMap;

/// A value that has a length. For generated code.
pub trait Length {
    /// The unit of the length.
    const UNIT: Unit;

    /// The length.
    fn length(&self) -> u64;
}

/// The unit of a length.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    one: &'static str,
    many: &'static str,
}

impl Unit {
    /// The number with the unit.
    pub(super) fn of(self, number: u64) -> String {
        format!("{number} {}", if number == 1 { self.one } else { self.many })
    }
}

impl Length for str {
    const UNIT: Unit = Unit { one: "character", many: "characters" };

    /// The number of Unicode scalar values, as Smithy defines it.
    fn length(&self) -> u64 {
        long(self.chars().count())
    }
}

impl Length for String {
    const UNIT: Unit = str::UNIT;

    fn length(&self) -> u64 {
        self.as_str().length()
    }
}

impl Length for Blob {
    const UNIT: Unit = Unit { one: "byte", many: "bytes" };

    fn length(&self) -> u64 {
        long(self.as_ref().len())
    }
}

impl<T> Length for Vec<T> {
    const UNIT: Unit = Unit { one: "item", many: "items" };

    fn length(&self) -> u64 {
        long(self.len())
    }
}

impl<K, V, S> Length for HashMap<K, V, S> {
    const UNIT: Unit = Unit { one: "entry", many: "entries" };

    fn length(&self) -> u64 {
        long(self.len())
    }
}

fn long(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
