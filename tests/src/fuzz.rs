//! What must hold of every call, whatever bytes come from outside, as functions that panic where it does not.
//!
//! `cargo fuzz` looks for such bytes (`tests/fuzz`), and an ordinary test (`tests/fuzz/main.rs`) runs the same functions over the seeds and
//! over damaged copies of them. All of it goes through the public API of the generated crate: a client, a reply, a result.

mod credentials;
mod endpoint;
mod folder;
mod line;
mod quoting;
mod refusal;
mod reply;
mod settings;
mod talk;

pub use credentials::check as credentials;
pub use endpoint::check as endpoint;
pub use quoting::check as quoting;
pub use refusal::check as refusal;
pub use reply::check as reply;
pub use settings::check as settings;

/// A function over bytes from outside, by its name.
pub type Target = (&'static str, fn(&[u8]));

/// All of them. `tests/fuzz` has a program and a folder of seeds for each.
pub const TARGETS: [Target; 6] = [
    ("credentials", credentials),
    ("endpoint", endpoint),
    ("quoting", quoting),
    ("refusal", refusal),
    ("reply", reply),
    ("settings", settings),
];

/// What is before and behind the first separator.
fn split<'a>(text: &'a [u8], separator: &[u8]) -> (&'a [u8], &'a [u8]) {
    match text.windows(separator.len()).position(|window| window == separator) {
        Some(at) => (&text[..at], &text[at + separator.len()..]),
        None => (text, &[]),
    }
}
