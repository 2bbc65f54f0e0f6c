//! System calls, counted by strace. They do not depend on the load of the machine, as those of the raw socket do: it asks for a reply before it waits.

use crate::bench::{Bench, Kind, Measured};
use crate::process::{find, program, run};
use crate::results::Who;
use crate::stats::per_item;
use anyhow::{Context as _, Result};
use smithlet_tests::Need;
use std::path::Path;

pub(super) fn all(bench: &Bench) -> Result<Need<Measured>> {
    let Some(strace) = find("strace") else {
        return Ok(Need::Missing("strace is not installed".to_owned()));
    };
    // Containers often forbid it.
    if run(program(&strace).args(["-o", "/dev/null", "true"]), "strace").is_err() {
        return Ok(Need::Missing("strace is not permitted to trace a process".to_owned()));
    }
    let measured = bench.in_turn(bench.runs(3, 1), &[Who::Ours, Who::Peer], |who| {
        let (few, many) = (100, 600);
        let per_call = per_item(count(bench, &strace, who, few)?, count(bench, &strace, who, many)?, few, many);
        Ok(vec![("call-syscalls", per_call)])
    })?;
    Ok(Need::Met(measured))
}

/// The number of system calls of a program that makes so many small calls.
fn count(bench: &Bench, strace: &Path, who: Who, calls: u32) -> Result<f64> {
    let program = bench.built(who, Kind::Many)?;
    let mut command = bench.server()?.client(strace, &bench.work.join("home"));
    command.args(["-f", "-c", "-U", "calls,name"]).arg(program).args(["small", &calls.to_string()]);
    let finished = run(&mut command, &format!("{} small under strace", Bench::package(who, Kind::Many)))?;
    total(&finished.stderr).with_context(|| format!("expected a line of strace with the total, found:\n{}", finished.stderr))
}

/// Reads the line `  123 total`.
fn total(text: &str) -> Option<f64> {
    text.lines().find_map(|line| line.trim().strip_suffix(" total"))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_count_is_read_from_straces_summary() {
        let text =
            "    calls syscall\n--------- ----------------\n       61 mmap\n       34 read\n--------- ----------------\n       95 total\n";
        assert!(super::total(text).is_some_and(|count| (count - 95.0).abs() < 0.5));
        assert_eq!(super::total("strace: exec: Permission denied"), None);
    }
}
