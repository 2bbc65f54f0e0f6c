//! Generating in `build.rs`.
//!
//! The first choice is a crate that is committed: it is read in reviews, found by editors and documentation, compiled once, and `cargo smithlet check`
//! keeps it true. A build script is the second choice, for a client that is not to be committed.
//!
//! ```toml
//! # Cargo.toml
//! [dependencies]
//! smithlet-runtime = "0.1"
//!
//! [build-dependencies]
//! smithlet = "0.1"
//! ```
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), smithlet::Findings> {
//!     smithlet::configure()
//!         .model("models/sqs/2012-11-05/service-2.json")
//!         .operations(["SendMessage", "ReceiveMessage"])
//!         .module("crate::sqs")
//!         .generate()
//! }
//! ```
//!
//! ```text
//! // src/main.rs
//! mod sqs {
//!     include!(concat!(env!("OUT_DIR"), "/sqs.rs"));
//! }
//! ```
//!
//! The model lies in the repository, since a build script must not use the network. `module` is the path of the module that includes the file, because
//! the code names its items from the root of the crate. The client is called `crate::sqs::Client` then. The script runs again when the model, the
//! overlay or a file beside the model changes. Findings stop the build, each with its place; operations that are left out are warnings of the build.
//!
//! The package depends on `smithlet-runtime` itself and chooses its features. For serde's traits, call
//! [`serde(true)`](crate::Configuration::serde) and depend on the runtime with the feature `serde`. Operations with checksums or compression need the
//! feature `md5`, `checksums` or `gzip`; the compiler names it if it is missing.
