//! Programs as users of `aws-sdk-codebuild` write them. The manifest decides which crate is called `aws_sdk_codebuild`, and the same files
//! compile against the official one (`tests/peers/drop-in`). They format and compare only what both crates promise.

pub mod builds;
pub mod log_stream;
pub mod phases;
pub mod restart;
pub mod start_and_wait;

/// The README's example is such a program too.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
