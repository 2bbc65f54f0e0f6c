//! Figures that are counted and not timed: crates, lines, versions.

use super::generator;
use crate::bench::{Bench, Kind, Measured};
use crate::process::run;
use crate::results::Who;
use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use smithlet_tests::Need;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The peer's package.
const PEER: &str = "aws-sdk-codebuild";

/// The packages of all peers.
const PEERS: [&str; 5] = [PEER, "aws-sdk-dynamodb", "aws-sdk-lambda", "aws-sdk-sqs", "aws-sdk-ssm"];

/// The number of crates that the program with one call depends on.
pub(super) fn crates(bench: &Bench) -> Result<Measured> {
    bench.in_turn(1, &[Who::Ours, Who::Peer], |who| Ok(vec![("crates", count(tree(bench, Bench::package(who, Kind::One))?.len())?)]))
}

/// Returns the peers' names and versions.
pub(crate) fn peers(bench: &Bench) -> Result<Vec<String>> {
    bench.fetch()?;
    let mut all = tree(bench, Bench::package(Who::Peer, Kind::One))?;
    all.extend(tree(bench, super::services::OFFICIAL)?);
    let version = |peer: &&str| {
        let found = all.iter().find(|line| line.starts_with(&format!("{peer} ")));
        Ok(found.with_context(|| format!("{peer} is not in the tree of its program"))?.replace(" v", " "))
    };
    PEERS.iter().map(version).collect()
}

/// Names and versions of all crates that a package depends on.
fn tree(bench: &Bench, package: &str) -> Result<BTreeSet<String>> {
    bench.fetch()?;
    let mut command = bench.peers_cargo(&["tree", "--edges", "normal", "--prefix", "none", "--package", package]);
    let text = run(&mut command, &format!("the tree of {package}"))?.stdout;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with(&format!("{package} ")));
    Ok(lines.map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect())
}

/// Lines of Rust for each operation, in crates with all operations of the service.
pub(super) fn lines(bench: &Bench) -> Result<Need<Measured>> {
    let data = match generator::data(bench)? {
        Need::Met(data) => data,
        Need::Missing(reason) => return Ok(Need::Missing(reason)),
    };
    let measured = bench.in_turn(1, &[Who::Ours, Who::Peer], |who| {
        let folder = if who == Who::Ours { generator::all_of_codebuild(bench, &data, "lines")? } else { peer_folder(bench)? };
        let operations = fs::read_dir(folder.join("src/operation"))?.flatten().filter(|entry| entry.path().is_file()).count();
        ensure!(operations > 0, "{} has no operations", folder.display());
        Ok(vec![("lines", count(generator::code_lines(&folder.join("src"))?)? / count(operations)?)])
    })?;
    Ok(Need::Met(measured))
}

/// The folder with the peer's source.
fn peer_folder(bench: &Bench) -> Result<PathBuf> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        manifest_path: PathBuf,
    }
    bench.fetch()?;
    let text = run(&mut bench.peers_cargo(&["metadata", "--format-version", "1"]), "cargo metadata")?.stdout;
    let metadata: Metadata = serde_json::from_str(&text).context("cargo metadata")?;
    let package = metadata.packages.into_iter().find(|package| package.name == PEER).with_context(|| format!("no package {PEER}"))?;
    Ok(package.manifest_path.parent().unwrap_or(Path::new("")).to_owned())
}

/// Converts a count, which is small enough to be exact.
fn count(number: usize) -> Result<f64> {
    Ok(f64::from(u32::try_from(number)?))
}
