//! What generated code is made of: macros that take a definition of the model, which reads as plain Rust, and make everything that belongs to
//! it. So that is written once, here, and costs the generated crate nothing. Paths are absolute, since a model may name a shape `Option`.

mod accessor;
mod builder;
mod enumeration;
mod errors;
mod fluent;
mod json;
mod operation;
#[cfg(feature = "serde")]
mod serde;
mod structure;
mod union;

use crate::error::BuildError;
use std::fmt;

/// `Debug` of a structure: what deriving it makes.
///
/// # Errors
///
/// Those of the formatter.
#[doc(hidden)]
pub fn fmt_structure(f: &mut fmt::Formatter<'_>, name: &str, members: &[(&str, &dyn fmt::Debug)]) -> fmt::Result {
    let mut debug = f.debug_struct(plain(name));
    for (member, value) in members {
        debug.field(plain(member), value);
    }
    debug.finish()
}

/// A member that a builder lacks.
#[doc(hidden)]
#[must_use]
pub fn missing_field(member: &'static str, reason: &'static str) -> BuildError {
    BuildError::missing_field(plain(member), reason)
}

/// An identifier without `r#`, in which `stringify!` leaves it.
fn plain(identifier: &str) -> &str {
    identifier.strip_prefix("r#").unwrap_or(identifier)
}
