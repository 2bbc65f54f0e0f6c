//! The cost of builds.

use super::{Found, generator};
use crate::bench::{Bench, Kind, Measured};
use crate::process::{Finished, cargo, run};
use crate::results::Who;
use crate::units;
use anyhow::{Context as _, Result, ensure};
use smithlet_tests::Need;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// The number of units of a build in the results.
pub(super) const LARGEST: usize = 15;

/// The folder of our crate with all operations of the official one.
const SAME: &str = "same";

/// Builds the program from nothing.
pub(super) fn cold(bench: &Bench) -> Result<Found> {
    bench.fetch()?;
    let mut largest = BTreeMap::new();
    let rows = bench.in_turn(bench.runs(3, 1), &[Who::Ours, Who::Peer], |who| {
        let target = bench.work.join("cold");
        remove(&target)?;
        let package = Bench::package(who, Kind::One);
        let mut command = bench.peers_cargo(&["build", "--release", "--package", package]);
        command.arg("--target-dir").arg(&target);
        let build = noted(bench, &mut command, &format!("the cold build of {package}"));
        remove(&target)?;
        let (build, units) = build?;
        let user = build.user.as_secs_f64();
        let service = if who == Who::Ours { "smithlet_codebuild" } else { "aws_sdk_codebuild" };
        largest.entry(service).or_insert_with(|| units::largest(&units, user, LARGEST));
        Ok(vec![("build-cpu", user), ("build-wall", build.wall.as_secs_f64()), ("crate-cpu", own(&units, service)?)])
    })?;
    Ok(Found { rows, units: largest })
}

/// Compiles the service crates alone, ours with all operations of the official one. Their dependencies are built before.
pub(super) fn same(bench: &Bench) -> Result<Need<Measured>> {
    let data = match generator::data(bench)? {
        Need::Met(data) => data,
        Need::Missing(reason) => return Ok(Need::Missing(reason)),
    };
    let ours = generator::all_of_codebuild(bench, &data, SAME)?;
    // The same versions as in the programs of the other rows.
    fs::copy(bench.manifest().with_extension("lock"), ours.join("Cargo.lock")).context("cannot copy the lock file")?;
    bench.built(Who::Ours, Kind::One)?;
    bench.built(Who::Peer, Kind::One)?;
    let measured = bench.in_turn(bench.runs(3, 1), &[Who::Ours, Who::Peer], |who| {
        // The peer is built with the features that its own program asks for.
        let (package, program) = match who {
            Who::Ours => (format!("smithlet-{SAME}"), format!("smithlet-{SAME}")),
            _ => ("aws-sdk-codebuild".to_owned(), Bench::package(who, Kind::One).to_owned()),
        };
        let command = |word: &str, package: &str| {
            let mut command = if who == Who::Ours { standalone(&ours, word) } else { bench.peers_cargo(&[word]) };
            command.args(["--release", "--package", package, "--target-dir"]).arg(bench.programs());
            command
        };
        run(&mut command("clean", &package), &format!("removing {package}"))?;
        let (_, units) = noted(bench, &mut command("build", &program), &format!("compiling {package}"))?;
        Ok(vec![("crate-same-cpu", own(&units, &package.replace('-', "_"))?)])
    })?;
    Ok(Need::Met(measured))
}

/// A cargo command for a package outside the workspace, with the same profile, so that both share their dependencies' builds.
pub(super) fn standalone(folder: &Path, word: &str) -> Command {
    let mut command = cargo();
    command.arg(word).args(["--offline", "--config", "profile.release.strip=true", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    command
}

/// Runs a build and returns the CPU time of each compiler.
pub(super) fn noted(bench: &Bench, command: &mut Command, what: &str) -> Result<(Finished, BTreeMap<String, f64>)> {
    let notes = bench.work.join("units");
    remove(&notes)?;
    let build = run(command.env("RUSTC_WRAPPER", std::env::current_exe()?).env(units::NOTES, &notes), what)?;
    let units = units::read(&notes)?;
    remove(&notes)?;
    Ok((build, units))
}

/// The user CPU time of a crate's compiler.
fn own(units: &BTreeMap<String, f64>, name: &str) -> Result<f64> {
    units.get(name).copied().with_context(|| format!("no compiler was started for {name}"))
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

/// The size of the program, which the workspace's profile strips.
pub(super) fn binary(bench: &Bench) -> Result<Measured> {
    bench.in_turn(1, &[Who::Ours, Who::Peer, Who::Floor], |who| {
        let path = bench.built(who, Kind::One)?;
        let size = fs::metadata(&path).with_context(|| format!("cannot read {}", path.display()))?.len();
        Ok(vec![("binary", f64::from(u32::try_from(size)?))])
    })
}

pub(super) fn remove(path: &Path) -> Result<()> {
    let done = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match done {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error).with_context(|| format!("cannot remove {}", path.display())),
        _ => Ok(()),
    }
}
