//! The time from the start of a process to its first response, and the peak memory at that point.

use crate::bench::{Bench, Kind, Measured};
use crate::results::Who;
use anyhow::{Context as _, Result, ensure};
use smithlet_tests::Need;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

pub(super) fn all(bench: &Bench) -> Result<Need<Measured>> {
    if !cfg!(target_os = "linux") {
        return Ok(Need::Missing("the peak memory of a running process is only available on Linux".to_owned()));
    }
    let peers = [Who::Ours, Who::Peer, Who::Floor];
    for who in peers {
        // The first start reads the program from the disk.
        start(bench, who)?;
    }
    bench.in_turn(bench.runs(31, 9), &peers, |who| start(bench, who)).map(Need::Met)
}

fn start(bench: &Bench, who: Who) -> Result<Vec<(&'static str, f64)>> {
    let mut command = bench.client(who, Kind::One)?;
    if who == Who::Floor {
        command.arg("one");
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let begin = Instant::now();
    let mut program = Running::start(&mut command)?;
    let mut line = String::new();
    BufReader::new(program.0.stdout.take().context("no standard output")?).read_line(&mut line)?;
    let time = begin.elapsed().as_secs_f64();
    let package = Bench::package(who, Kind::One);
    if line.trim_end() != "SUCCEEDED" {
        drop(program.0.stdin.take());
        let mut output = String::new();
        program.0.stderr.take().context("no standard error")?.read_to_string(&mut output)?;
        anyhow::bail!("{package} did not read a build from the loopback server: {line}{output}");
    }
    let memory = peak(&std::fs::read_to_string(format!("/proc/{}/status", program.0.id()))?).context("no VmHWM in /proc/PID/status")?;
    drop(program.0.stdin.take());
    let status = program.0.wait()?;
    ensure!(status.success(), "{package}: {status}");
    Ok(vec![("start", time), ("memory", memory)])
}

/// A running process, which is killed when dropped.
struct Running(Child);

impl Running {
    fn start(command: &mut Command) -> Result<Self> {
        command.spawn().map(Self).with_context(|| format!("cannot start {}", command.get_program().to_string_lossy()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // This has no effect on a process that has ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The peak resident set in bytes, from the text of `/proc/PID/status`. It is read while the process runs, because the system reports at
/// least the memory of the parent for a finished process.
fn peak(status: &str) -> Option<f64> {
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?;
    kilobytes.parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_peak_is_in_bytes() {
        let status = "Name:\tbench\nVmPeak:\t  9000 kB\nVmHWM:\t    4500 kB\nVmRSS:\t 10 kB\n";
        assert!(super::peak(status).is_some_and(|bytes| (bytes - 4_608_000.0).abs() < 0.5));
        assert_eq!(super::peak("Name:\tzombie\n"), None);
    }
}
