//! Programs as users of `aws-sdk-codebuild` write them. They know nothing of Smithlet: the name `aws_sdk_codebuild` is whatever the
//! manifest says, and the same files compile against the official crate (`tests/peers/drop-in`). What they format and compare is only what
//! both crates promise.

pub mod builds;
pub mod log_stream;
pub mod phases;
pub mod restart;
pub mod start_and_wait;

/// The README's example is such a program too.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
