//! Programs that call three operations of other services: their builds, sizes and calls.
//!
//! The programs of a side are built together into a folder of their own, which is kept between runs.

use super::instructions::{NO_VALGRIND, callgrind, counted};
use super::{Found, builds, generator};
use crate::bench::{Bench, Measured};
use crate::process::{find, run};
use crate::results::Who;
use crate::stats::per_item;
use anyhow::{Context as _, Result};
use smithlet_tests::Need;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The package with the programs for the official crates.
pub(crate) const OFFICIAL: &str = "bench-services-official";

/// The package with the programs for the generated crates.
const GENERATED: &str = "bench-services-ours";

const PEERS: [Who; 2] = [Who::Ours, Who::Peer];

/// A program makes so many calls in each round.
const CALLS: u32 = 3;

/// A service with a program, which has the service's name.
struct Service {
    name: &'static str,
    /// The model in botocore's data.
    model: &'static str,
    /// The operations that the program calls.
    operations: &'static str,
    /// The crates that only this service's official crate depends on, by the names that the compiler is given.
    own: &'static [&'static str],
    /// The rows.
    build: &'static str,
    own_crate: &'static str,
    binary: &'static str,
    call: &'static str,
    instructions: &'static str,
}

const SERVICES: [Service; 4] = [
    Service {
        name: "dynamodb",
        model: "dynamodb/2012-08-10",
        operations: "GetItem,PutItem,Query",
        own: &[],
        build: "dynamodb-build-cpu",
        own_crate: "dynamodb-crate-cpu",
        binary: "dynamodb-binary",
        call: "dynamodb-call-cpu",
        instructions: "dynamodb-call-instructions",
    },
    Service {
        name: "lambda",
        model: "lambda/2015-03-31",
        operations: "GetFunction,Invoke,ListFunctions",
        own: &["aws_smithy_eventstream", "crc32fast"],
        build: "lambda-build-cpu",
        own_crate: "lambda-crate-cpu",
        binary: "lambda-binary",
        call: "lambda-call-cpu",
        instructions: "lambda-call-instructions",
    },
    Service {
        name: "sqs",
        model: "sqs/2012-11-05",
        operations: "DeleteMessage,ReceiveMessage,SendMessage",
        own: &[],
        build: "sqs-build-cpu",
        own_crate: "sqs-crate-cpu",
        binary: "sqs-binary",
        call: "sqs-call-cpu",
        instructions: "sqs-call-instructions",
    },
    Service {
        name: "ssm",
        model: "ssm/2014-11-06",
        operations: "GetParameter,GetParametersByPath,PutParameter",
        own: &[],
        build: "ssm-build-cpu",
        own_crate: "ssm-crate-cpu",
        binary: "ssm-binary",
        call: "ssm-call-cpu",
        instructions: "ssm-call-instructions",
    },
];

/// Builds all programs of each side from nothing. What belongs to one service alone is subtracted from the others' figures.
pub(super) fn builds(bench: &Bench) -> Result<Need<Found>> {
    if let Need::Missing(reason) = workspace(bench)? {
        return Ok(Need::Missing(reason));
    }
    bench.fetch()?;
    let mut largest = BTreeMap::new();
    let rows = bench.in_turn(1, &PEERS, |who| {
        builds::remove(&target(bench, who))?;
        let (build, units) = builds::noted(bench, &mut build(bench, who), &format!("the cold builds of {}", package(who)))?;
        let user = build.user.as_secs_f64();
        let key = if who == Who::Ours { "services_ours" } else { "services_official" };
        largest.insert(key, crate::units::largest(&units, user, builds::LARGEST));
        let time = |name: &str| units.get(name).copied().with_context(|| format!("no compiler was started for {name}"));
        let crates = SERVICES.iter().map(|service| time(&own_crate(who, service))).collect::<Result<Vec<f64>>>()?;
        let others = |service: &Service| {
            let libraries = if who == Who::Ours { &[] } else { service.own };
            libraries.iter().chain([&service.name]).map(|name| time(name)).sum::<Result<f64>>()
        };
        let others = SERVICES.iter().map(others).collect::<Result<Vec<f64>>>()?;
        let shared = user - crates.iter().chain(&others).sum::<f64>();
        let rows = SERVICES.iter().zip(crates.into_iter().zip(others));
        Ok(rows.flat_map(|(service, (own, others))| [(service.build, shared + own + others), (service.own_crate, own)]).collect())
    })?;
    Ok(Need::Met(Found { rows, units: largest }))
}

/// The sizes of the programs, which are stripped.
pub(super) fn binaries(bench: &Bench) -> Result<Need<Measured>> {
    measured(bench, 1, |who, service| {
        let path = program(bench, who, service);
        let size = fs::metadata(&path).with_context(|| format!("cannot read {}", path.display()))?.len();
        Ok((service.binary, f64::from(u32::try_from(size)?)))
    })
}

/// The cost of a call, as the mean of the program's three operations.
pub(super) fn calls(bench: &Bench) -> Result<Need<Measured>> {
    let (few, many) = (10, 10 + bench.runs(1_000, 300));
    measured(bench, bench.runs(15, 3), |who, service| {
        let rounds = |count: u32| {
            let mut command = bench.server()?.client(program(bench, who, service), &bench.work.join("home"));
            run(command.arg(count.to_string()), &format!("{count} rounds of {} with {}", service.name, package(who)))
        };
        Ok((service.call, per_item(rounds(few)?.cpu(), rounds(many)?.cpu(), few * CALLS, many * CALLS)))
    })
}

/// The instructions of a call, as the mean of the program's three operations.
pub(super) fn instructions(bench: &Bench) -> Result<Need<Measured>> {
    let Some(valgrind) = find("valgrind") else {
        return Ok(Need::Missing(NO_VALGRIND.to_owned()));
    };
    let (few, many) = (20, 80);
    measured(bench, 1, |who, service| {
        let count = |rounds: u32| {
            let mut command = callgrind(bench, &valgrind, &program(bench, who, service))?;
            counted(command.arg(rounds.to_string()), &format!("{} with {} under callgrind", service.name, package(who)))
        };
        Ok((service.instructions, per_item(count(few)?, count(many)?, few * CALLS, many * CALLS)))
    })
}

/// Builds what is not built, and measures every service on both sides in turn.
fn measured(bench: &Bench, runs: u32, measure: impl Fn(Who, &Service) -> Result<(&'static str, f64)>) -> Result<Need<Measured>> {
    if let Need::Missing(reason) = workspace(bench)? {
        return Ok(Need::Missing(reason));
    }
    bench.fetch()?;
    for who in PEERS {
        bench.say(format!("building {}", package(who)));
        run(&mut build(bench, who), package(who))?;
    }
    let mut all = Measured::new();
    for service in &SERVICES {
        all.extend(bench.in_turn(runs, &PEERS, |who| Ok(vec![measure(who, service)?]))?);
    }
    Ok(Need::Met(all))
}

/// Writes the workspace with the generated crates and their programs. The official crates' programs belong to the workspace of the peers.
fn workspace(bench: &Bench) -> Result<Need<()>> {
    let data = match generator::data(bench)? {
        Need::Met(data) => data,
        Need::Missing(reason) => return Ok(Need::Missing(reason)),
    };
    let root = ours(bench);
    let sources = bench.root.join("tests/peers/bench/services");
    let (mut programs, mut dependencies, mut members) = (String::new(), String::new(), String::new());
    for Service { name, model, operations, .. } in &SERVICES {
        bench.say(format!("generating {name}"));
        let out = root.join(name);
        generator::crate_of(bench, &data.join(model), &["--operations", operations], &format!("smithlet-{name}"), &out)?;
        let path = sources.join(name).with_extension("rs").display().to_string();
        _ = write!(programs, "[[bin]]\nname = \"{name}\"\npath = {path:?}\n\n");
        _ = writeln!(dependencies, "aws-sdk-{name} = {{ package = \"smithlet-{name}\", path = \"../{name}\" }}");
        _ = write!(members, "\"{name}\", ");
    }
    let manifest = format!(
        "[package]\nname = \"{GENERATED}\"\nedition = \"2024\"\n\n[features]\nofficial = []\n\n{programs}[dependencies]\n{dependencies}\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
    );
    write(&root.join("programs/Cargo.toml"), &manifest)?;
    write(&root.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = [{members}\"programs\"]\n"))?;
    // The same versions as in the official crates' programs.
    fs::copy(bench.manifest().with_extension("lock"), root.join("Cargo.lock")).context("cannot copy the lock file")?;
    Ok(Need::Met(()))
}

/// Writes a file unless it has this text already, so that cargo does not build again.
fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) { Ok(()) } else { crate::record::write(path, text) }
}

/// The workspace of the generated crates.
fn ours(bench: &Bench) -> PathBuf {
    bench.work.join("services")
}

fn package(who: Who) -> &'static str {
    if who == Who::Ours { GENERATED } else { OFFICIAL }
}

/// The name that the compiler is given for a service's crate.
fn own_crate(who: Who, service: &Service) -> String {
    let prefix = if who == Who::Ours { "smithlet_" } else { "aws_sdk_" };
    format!("{prefix}{}", service.name)
}

/// The target folder of a side's programs.
fn target(bench: &Bench, who: Who) -> PathBuf {
    bench.work.join(if who == Who::Ours { "services-ours" } else { "services-official" })
}

/// The command that builds a side's programs.
fn build(bench: &Bench, who: Who) -> Command {
    let mut command = if who == Who::Ours { builds::standalone(&ours(bench), "build") } else { bench.peers_cargo(&["build"]) };
    command.args(["--release", "--package", package(who), "--target-dir"]).arg(target(bench, who));
    command
}

fn program(bench: &Bench, who: Who, service: &Service) -> PathBuf {
    target(bench, who).join("release").join(service.name).with_extension(std::env::consts::EXE_EXTENSION)
}
