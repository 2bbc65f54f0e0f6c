//! What building costs.

use super::Found;
use crate::bench::{Bench, Kind, Measured};
use crate::process::run;
use crate::results::Who;
use crate::units;
use anyhow::{Context as _, Result, ensure};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;
use std::time::SystemTime;

/// How many units of a build the results keep.
const LARGEST: usize = 15;

/// Builds the program from nothing.
pub(super) fn cold(bench: &Bench) -> Result<Found> {
    bench.fetch()?;
    let mut largest = BTreeMap::new();
    let rows = bench.in_turn(bench.runs(3, 1), &[Who::Ours, Who::Peer], |who| {
        let (target, notes) = (bench.work.join("cold"), bench.work.join("cold.units"));
        remove(&target)?;
        remove(&notes)?;
        let package = Bench::package(who, Kind::One);
        let mut command = bench.peers_cargo(&["build", "--release", "--package", package]);
        command.arg("--target-dir").arg(&target).env("RUSTC_WRAPPER", std::env::current_exe()?).env(units::NOTES, &notes);
        let build = run(&mut command, &format!("the cold build of {package}"));
        remove(&target)?;
        let build = build?;
        let units = units::read(&notes)?;
        remove(&notes)?;
        let service = if who == Who::Ours { "smithlet_codebuild" } else { "aws_sdk_codebuild" };
        let own = *units.get(service).with_context(|| format!("no compiler was started for {service}"))?;
        let user = build.user.as_secs_f64();
        largest.entry(service).or_insert_with(|| units::largest(&units, user, LARGEST));
        Ok(vec![("build-cpu", user), ("build-wall", build.wall.as_secs_f64()), ("crate-cpu", own)])
    })?;
    Ok(Found { rows, units: largest })
}

/// Builds the program again after its source was touched.
pub(super) fn again(bench: &Bench) -> Result<Measured> {
    let peers = [Who::Ours, Who::Peer];
    for who in peers {
        bench.built(who, Kind::One)?;
    }
    let source = bench.root.join("tests/peers/bench/one/one.rs");
    bench.in_turn(bench.runs(5, 2), &peers, |who| {
        let file = File::options().append(true).open(&source).with_context(|| format!("cannot open {}", source.display()))?;
        file.set_modified(SystemTime::now())?;
        let package = Bench::package(who, Kind::One);
        let mut command = bench.peers_cargo(&["build", "--release", "--package", package]);
        let build = run(command.arg("--target-dir").arg(bench.programs()), &format!("the rebuild of {package}"))?;
        let compiled = build.stderr.lines().filter(|line| line.trim_start().starts_with("Compiling")).count();
        ensure!(compiled == 1, "the rebuild of {package} compiled {compiled} crates instead of one:\n{}", build.stderr);
        Ok(vec![("rebuild", build.wall.as_secs_f64())])
    })
}

/// How large the program is. The workspace's profile strips it.
pub(super) fn binary(bench: &Bench) -> Result<Measured> {
    bench.in_turn(1, &[Who::Ours, Who::Peer, Who::Floor], |who| {
        let path = bench.built(who, Kind::One)?;
        let size = fs::metadata(&path).with_context(|| format!("cannot read {}", path.display()))?.len();
        Ok(vec![("binary", f64::from(u32::try_from(size)?))])
    })
}

fn remove(path: &Path) -> Result<()> {
    let done = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match done {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error).with_context(|| format!("cannot remove {}", path.display())),
        _ => Ok(()),
    }
}
