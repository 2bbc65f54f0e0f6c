//! The commands of Smithlet: everything that reads and writes files for the generator.
//!
//! The output is a value (path to text) before anything is written.
//!
//! - [`codegen`], [`changes`] and [`import`] are the commands of these names, for a repository with one model and one crate ([`place::Home`]).
//! - [`input`] reads a file that the command line names, compressed or not, and rejects what cannot be a model.
//! - [`models`] finds the model of a service in a release of botocore, a checkout or a folder, and fetches releases.
//! - [`place`] finds folders: a folder that does not exist yet, the path from one folder to another.
//! - [`sync`] compares a folder with its expected content and, unless asked only to check, updates it.
//! - [`report`] prints findings, the summary and diffs.
//!
//! Only `sync` and the cache of `models` write to the disk, only `report` prints, and no input makes any of them panic.

pub mod cause;
pub mod changes;
pub mod codegen;
mod exit;
pub mod import;
pub mod input;
pub mod models;
pub mod place;
pub mod report;
pub mod sync;

pub use exit::{Exit, Mistake, answered};
