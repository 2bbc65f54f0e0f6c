//! What the tests of the workspace share: servers written by others, and the means to start, fill and disturb them.
//!
//! - [`python`] makes a virtual environment with pinned packages, once;
//! - [`servers`] starts moto and ministack in such environments, prepares an access key and projects, and stops them;
//! - [`botocore`] brings files of botocore's source distributions;
//! - [`reference`] asks Python and botocore what they make of random inputs;
//! - [`fuzz`] has what must hold of a call whatever comes from outside;
//! - [`quoting`] makes bodies that quote a request in all the ways in which one may;
//! - [`fault`] is a server of our own that does to a client what one may meet, on command;
//! - [`model`] has values in the form of the model's shapes;
//! - [`tamper`] stands between a client and a server and changes what was signed;
//! - [`http`] is as much HTTP/1.1 as that takes, so that no check of ours rests on the client it checks.

pub mod botocore;
pub mod fault;
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

/// The variable that names a file to list skipped tests in, which `.ci/run` prints at its end.
const SKIPPED: &str = "SMITHLET_SKIPPED";

/// Says in words that a test did not run. With `SMITHLET_E2E=required` in the environment this is an error instead.
pub fn skip(test: &str, reason: &str) -> anyhow::Result<()> {
    anyhow::ensure!(std::env::var_os(STRICTNESS).is_none_or(|value| value != "required"), "{test} could not run: {reason}");
    let line = format!("{test} skipped: {reason}");
    if let Some(list) = std::env::var_os(SKIPPED) {
        add_line(Path::new(&list), &line)?;
    }
    say(&line);
    Ok(())
}

/// Adds a line to a file. One write per line, so that lines of tests that end at the same time do not mix.
fn add_line(file: &Path, line: &str) -> anyhow::Result<()> {
    let text = format!("{line}\n");
    let mut file = File::options().create(true).append(true).open(file).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file.write_all(text.as_bytes())?)
}

/// Writes a line to standard error past the test harness, which would show what `eprintln!` writes only if the test failed.
pub fn say(line: &str) {
    // Whoever closed standard error does not want to read this.
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
