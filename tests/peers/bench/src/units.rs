//! The cost of each crate of a build: cargo starts every compiler through this program, which records its CPU time.

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};
use wait4::Wait4 as _;

/// The variable that names the file for the records. It makes this program a wrapper of rustc.
pub(crate) const NOTES: &str = "SMITHLET_BENCH_UNITS";

/// One run of the compiler, in seconds.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Unit {
    /// The crate's name. All build scripts have the same name.
    pub(crate) name: String,
    /// User CPU time.
    pub(crate) user: f64,
}

/// Runs the compiler of these arguments, records its CPU time and returns its exit code.
pub(crate) fn wrap(notes: &Path, words: &[OsString]) -> Result<ExitCode> {
    let (compiler, arguments) = words.split_first().context("expected a compiler and its arguments")?;
    let used = Command::new(compiler).args(arguments).spawn()?.wait4()?;
    let position = arguments.iter().position(|word| word == "--crate-name");
    let name = position.and_then(|at| arguments.get(at + 1)).map(|name| name.to_string_lossy().into_owned());
    // Without a crate name, cargo only asks the compiler for its version.
    if let Some(name) = name.filter(|name| name != "___") {
        let line = serde_json::to_string(&Unit { name, user: used.rusage.utime.as_secs_f64() })?;
        // A single write, so that lines of concurrent compilers do not mix.
        OpenOptions::new().create(true).append(true).open(notes)?.write_all(format!("{line}\n").as_bytes())?;
    }
    Ok(ExitCode::from(used.status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// User CPU time by crate; several versions of a crate are added up.
pub(crate) fn read(notes: &Path) -> Result<BTreeMap<String, f64>> {
    let text = std::fs::read_to_string(notes).with_context(|| format!("cannot read the times of the compilers in {}", notes.display()))?;
    let mut units = BTreeMap::new();
    for line in text.lines() {
        let unit: Unit = serde_json::from_str(line).with_context(|| format!("{}: {line}", notes.display()))?;
        *units.entry(unit.name).or_default() += unit.user;
    }
    Ok(units)
}

/// The crates with the most CPU time in descending order. The time outside of compilers, of build scripts and cargo, is a unit too.
pub(crate) fn largest(units: &BTreeMap<String, f64>, whole_build: f64, count: usize) -> Vec<Unit> {
    let rest = whole_build - units.values().sum::<f64>();
    let mut all: Vec<Unit> = units.iter().map(|(name, user)| Unit { name: name.clone(), user: *user }).collect();
    all.push(Unit { name: "(build scripts at work, cargo)".to_owned(), user: rest.max(0.0) });
    all.sort_by(|one, other| other.user.total_cmp(&one.user));
    all.truncate(count);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_outside_of_compilers_is_a_unit() {
        let units = BTreeMap::from([("a".to_owned(), 1.0), ("b".to_owned(), 3.0), ("c".to_owned(), 0.5)]);
        let names: Vec<String> = largest(&units, 6.5, 3).into_iter().map(|unit| format!("{} {}", unit.name, unit.user)).collect();
        assert_eq!(names, ["b 3", "(build scripts at work, cargo) 2", "a 1"]);
    }
}
