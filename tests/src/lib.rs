//! What the tests of the workspace share: servers written by others, and the means to start, fill and disturb them.
//!
//! - [`python`] makes a virtual environment with pinned packages, once;
//! - [`servers`] starts moto and ministack in such environments, prepares an access key and projects, and stops them;
//! - [`botocore`] brings files of botocore's source distributions;
//! - [`fuzz`] has what must hold of a call whatever comes from outside;
//! - [`quoting`] makes bodies that quote a request in all the ways in which one may;
//! - [`fault`] is a server of our own that does to a client what one may meet, on command;
//! - [`tamper`] stands between a client and a server and changes what was signed;
//! - [`http`] is as much HTTP/1.1 as that takes, so that no check of ours rests on the client it checks.

pub mod botocore;
pub mod fault;
pub mod fuzz;
pub mod http;
pub mod python;
pub mod quoting;
pub mod servers;
pub mod tamper;

use std::io::Write;

/// Something a test needs from the machine it runs on.
#[derive(Debug)]
pub enum Need<T> {
    /// It is there.
    Met(T),
    /// It is not; the words say what is missing.
    Missing(String),
}

/// The variable that turns a skipped test into a failed one when it is `required`, for machines on which nothing may be missing.
const STRICTNESS: &str = "SMITHLET_E2E";

/// Says in words that a test did not run. With `SMITHLET_E2E=required` in the environment this is an error instead.
pub fn skip(test: &str, reason: &str) -> anyhow::Result<()> {
    anyhow::ensure!(std::env::var_os(STRICTNESS).is_none_or(|value| value != "required"), "{test} could not run: {reason}");
    say(&format!("{test} skipped: {reason}"));
    Ok(())
}

/// Writes a line to standard error past the test harness, which would show what `eprintln!` writes only if the test failed.
pub fn say(line: &str) {
    // Whoever closed standard error does not want to read this.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
