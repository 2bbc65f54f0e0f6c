//! Instructions, counted by callgrind. They do not depend on the load of the machine.

use crate::bench::{Bench, Kind, Measured};
use crate::process::{find, run};
use crate::results::Who;
use crate::stats::per_item;
use anyhow::{Context as _, Result};
use smithlet_tests::Need;
use std::path::Path;
use std::process::Command;

/// The reason why instructions cannot be counted.
pub(super) const NO_VALGRIND: &str = "valgrind is not installed";

pub(super) fn all(bench: &Bench) -> Result<Need<Measured>> {
    let Some(valgrind) = find("valgrind") else {
        return Ok(Need::Missing(NO_VALGRIND.to_owned()));
    };
    let measured = bench.in_turn(bench.runs(3, 1), &[Who::Ours, Who::Peer], |who| {
        let count = |job, times| count(bench, &valgrind, who, job, times);
        let per = |job, few, many| Ok::<_, anyhow::Error>(per_item(count(job, few)?, count(job, many)?, few, many));
        let encode = per("encode", 10, 110)? - per("copy", 10, 110)?;
        Ok(vec![
            ("call-instructions", per("small", 50, 250)?),
            ("decode-instructions", per("decode", 1, 6)?),
            ("encode-instructions", encode),
        ])
    })?;
    Ok(Need::Met(measured))
}

fn count(bench: &Bench, valgrind: &Path, who: Who, job: &str, times: u32) -> Result<f64> {
    let mut command = callgrind(bench, valgrind, &bench.built(who, Kind::Many)?)?;
    bench.feed(&mut command, job)?;
    counted(command.args([job, &times.to_string()]), &format!("{} {job} under callgrind", Bench::package(who, Kind::Many)))
}

/// The command that runs a program under callgrind, with the settings to call the server.
pub(super) fn callgrind(bench: &Bench, valgrind: &Path, program: &Path) -> Result<Command> {
    let mut command = bench.server()?.client(valgrind, &bench.work.join("home"));
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
    Ok(command)
}

/// The number of instructions of a program that runs under callgrind.
pub(super) fn counted(command: &mut Command, what: &str) -> Result<f64> {
    let finished = run(command, what)?;
    collected(&finished.stderr).with_context(|| format!("expected a line \"Collected :\" of callgrind, found:\n{}", finished.stderr))
}

/// Reads the line `==123== Collected : 456`.
fn collected(text: &str) -> Option<f64> {
    text.lines().find_map(|line| line.split_once("Collected :"))?.1.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_count_is_read_from_callgrinds_output() {
        let text = "==7== Events    : Ir\n==7== Collected : 123456\n==7== \n==7== I   refs:      123,456\n";
        assert!(super::collected(text).is_some_and(|count| (count - 123_456.0).abs() < 0.5));
        assert_eq!(super::collected("valgrind: fatal"), None);
    }
}
