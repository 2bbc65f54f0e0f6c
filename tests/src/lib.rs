//! The helpers that the tests of the workspace share.
//!
//! - [`python`] makes a virtual environment with pinned packages, once;
//! - [`servers`] starts moto and ministack in such environments, prepares an access key and projects, and stops them;
//! - [`botocore`] downloads files of botocore's source distributions;
//! - [`mod@reference`] compares our results for random inputs with those of Python and botocore;
//! - [`feed`] reads Atom feeds with two parsers;
//! - [`fuzz`] checks properties that every call must have, whatever its input from outside;
//! - [`quoting`] makes bodies that quote a request in many encodings;
//! - [`fault`] is a server that injects faults on command;
//! - [`model`] makes values of the model's shapes;
//! - [`tamper`] is a proxy that changes signed requests;
//! - [`http`] is a small HTTP/1.1 implementation, so that no check depends on the client under test.

pub mod botocore;
pub mod fault;
pub mod feed;
pub mod fuzz;
pub mod http;
pub mod model;
pub mod python;
pub mod quoting;
pub mod reference;
pub mod servers;
pub mod tamper;

use anyhow::Context as _;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Something that a test needs from the machine it runs on.
#[derive(Debug)]
pub enum Need<T> {
    /// It is available.
    Met(T),
    /// It is not available, for this reason.
    Missing(String),
}

/// The variable that turns a skipped test into a failed one when it is `required`.
const STRICTNESS: &str = "SMITHLET_E2E";

/// The variable that names the file for the list of skipped tests, which `.ci/run` prints at its end.
const SKIPPED: &str = "SMITHLET_SKIPPED";

/// Reports that a test did not run. With `SMITHLET_E2E=required` in the environment this is an error instead.
pub fn skip(test: &str, reason: &str) -> anyhow::Result<()> {
    anyhow::ensure!(std::env::var_os(STRICTNESS).is_none_or(|value| value != "required"), "{test} could not run: {reason}");
    let line = format!("{test} skipped: {reason}");
    if let Some(list) = std::env::var_os(SKIPPED) {
        add_line(Path::new(&list), &line)?;
    }
    say(&line);
    Ok(())
}

/// Appends a line to a file with a single write, so that lines of concurrent tests do not mix.
fn add_line(file: &Path, line: &str) -> anyhow::Result<()> {
    let text = format!("{line}\n");
    let mut file = File::options().create(true).append(true).open(file).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file.write_all(text.as_bytes())?)
}

/// Writes a line to standard error past the test harness, which shows the output of `eprintln!` only when the test fails.
pub fn say(line: &str) {
    // A closed standard error is not a reason to fail.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_skipped_test_adds_one_line() -> anyhow::Result<()> {
        let file = std::env::temp_dir().join(format!("smithlet-skipped-{}", std::process::id()));
        for line in ["one skipped: no python", "two skipped: no git"] {
            super::add_line(&file, line)?;
        }
        let text = std::fs::read_to_string(&file)?;
        std::fs::remove_file(&file)?;
        assert_eq!(text, "one skipped: no python\ntwo skipped: no git\n");
        Ok(())
    }
}
