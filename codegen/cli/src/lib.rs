//! Small AWS clients with the operations that you choose, generated from the service models: the commands of `cargo smithlet`.
//!
//! ```console
//! $ cargo smithlet new sqs SendMessage,ReceiveMessage
//! Cargo.toml:
//!     [dependencies]
//!     smithlet-sqs = { path = "crates/smithlet-sqs" }
//!     tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ...
//! ```
//!
//! The crate is plain Rust that is committed and read like other code. `cargo smithlet check` fails in CI when it is not what its model says;
//! `cargo smithlet update` takes newer models and reports what changes. The [`guide`] has a page for each subject: the [manifest](guide::manifest),
//! [overlays](guide::overlays), [updating](guide::updating), [build scripts](guide::build_script) and the [differences](guide::differences) from the
//! official crates. Every command has `--help`.
//!
//! # Modules
//!
//! The output is a value (path to text) before anything is written.
//!
//! - [`cli`] parses the command line of `cargo smithlet`, and [`project`] has its commands.
//! - [`manifest`] reads `smithlet.toml`, and changes it without touching its comments.
//! - [`models`] finds the model of a service in a release of botocore, a checkout or a folder, and fetches releases.
//! - [`configure`](fn@configure) is the generator for build scripts.
//! - [`codegen`], [`changes`] and [`import`] are the commands of these names for a repository with one model and one crate ([`place::Home`]).
//! - [`input`] reads a file that the command line names, compressed or not, and rejects what cannot be a model.
//! - [`place`] finds folders: a folder that does not exist yet, the path from one folder to another.
//! - [`sync`] compares a folder with its expected content and, unless asked only to check, updates it.
//! - [`report`] prints findings, the summary and diffs.
//!
//! Only `sync` and the cache of `models` write to the disk, only `report` prints (and a build script's lines for Cargo), and no input makes any of them
//! panic.

mod beside;
pub mod cause;
pub mod changes;
pub mod cli;
pub mod codegen;
mod configure;
mod exit;
pub mod guide;
pub mod import;
pub mod input;
pub mod manifest;
pub mod models;
pub mod place;
pub mod project;
pub mod report;
pub mod sync;

pub use beside::Beside;
pub use configure::{Configuration, Findings, configure};
pub use exit::{Exit, Mistake, answered};
