//! Properties that every call must have, whatever bytes come from outside, as functions that panic when a property does not hold.
//!
//! `cargo fuzz` searches for such bytes (`tests/fuzz`). A test (`tests/fuzz/main.rs`) runs the same functions over the seeds and over damaged
//! copies of them. Except the one for
//! CBOR, the functions use the public API of the generated crate only.

mod cbor;
mod conversation;
mod credentials;
mod endpoint;
mod folder;
mod line;
mod quoting;
mod refusal;
mod reply;
mod settings;

pub use cbor::check as cbor;
pub use credentials::check as credentials;
pub use endpoint::check as endpoint;
pub use quoting::check as quoting;
pub use refusal::check as refusal;
pub use reply::check as reply;
pub use settings::check as settings;

/// The name and the function of a fuzz target.
pub type Target = (&'static str, fn(&[u8]));

/// All targets. `tests/fuzz` has a program and a folder of seeds for each.
pub const TARGETS: [Target; 7] = [
    ("cbor", cbor),
    ("credentials", credentials),
    ("endpoint", endpoint),
    ("quoting", quoting),
    ("refusal", refusal),
    ("reply", reply),
    ("settings", settings),
];

/// The parts before and after the first separator.
fn split<'a>(text: &'a [u8], separator: &[u8]) -> (&'a [u8], &'a [u8]) {
    match text.windows(separator.len()).position(|window| window == separator) {
        Some(at) => (&text[..at], &text[at + separator.len()..]),
        None => (text, &[]),
    }
}
