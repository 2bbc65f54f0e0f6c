//! The JSON value of this crate. It keeps the order of keys, for files that people read, and duplicate keys, so that they can be reported.
//!
//! `parse` reads text, [`Object`] reads an object key by key and reports the place of a wrong value, `print` writes text.

mod object;
mod parse;
mod print;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use object::Object;
pub(crate) use parse::{EXPECTED, parse};
pub(crate) use value::Json;
