//! Newer models.
//!
//! ```console
//! $ cargo smithlet update --dry-run            # the newest release of botocore: what would change?
//! $ cargo smithlet update                      # takes it
//! $ cargo smithlet update 1.44.8               # takes a release
//! ```
//!
//! For each crate, the report says what changes for its operations, with two verdicts: whether programs in the field still work with the service
//! (*wire*), and whether code that uses the crate still compiles (*crate*: `none`, `minor`, `major`). Then the crates are generated again, and the
//! manifest gets the new version and digest. A crate with a `version` in the manifest gets the version that the verdict asks for: 0.1.2 becomes 0.1.3,
//! or 0.2.0 if code may not compile.
//!
//! If an operation is gone, or an overlay does not fit any more, that is an error with its place, and nothing is written.
//!
//! Models in a folder or a file (`path` in the manifest) have no newest release. Put newer ones there and run `cargo smithlet generate`, or name the
//! newer folder: `cargo smithlet update models/2026`.
//!
//! # Reports
//!
//! `--format markdown` is for pull requests, `--format html` for reading, `--format json` for programs:
//!
//! ```json
//! {
//!   "old": "botocore 1.43.67",
//!   "new": "botocore 1.44.8",
//!   "crates": [
//!     { "name": "my-sqs", "version": { "before": "0.1.2", "after": "0.1.3" }, "changes": {} }
//!   ]
//! }
//! ```
//!
//! `version` is null for a crate without a version in the manifest. `changes` has `service`, `date`, `operations`, `changes`, `documentation` and
//! `verdict`.
//!
//! # In a pull request
//!
//! The reusable workflow `smithlet-update.yml` runs `update` on a schedule and opens a pull request with the report. Its first lines show the use.
