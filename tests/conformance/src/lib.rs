//! Public protocol suites against freshly generated code.
//!
//! botocore's source distribution has a suite of cases for every protocol of AWS, made from Smithy's own. A case is an operation with its shapes, and
//! either an input with the request that it must become, or a reply with the output or error that it must become.
//!
//! The steps of a run, in order:
//!
//! 1. [`suites`] reads the cases of each file, and joins the shapes and operations of all of them into one model. A generated crate of each file
//!    serves all of its cases, so that few crates are compiled.
//! 2. [`program`] writes the source of a program that fills in inputs and reads outputs of these crates by name. It is made from the suite's shapes and
//!    not from the generator's plan, so that a member with another member's name on the wire is found. Compiling it checks the names and types of the API.
//! 3. [`workspace`] writes the crates and the program, builds them and runs the program with the cases. The program sends through a client that records
//!    the request and replays the reply.
//! 4. [`compare`] compares what was sent and read with what the suite expects.
//! 5. [`left_out`] knows the cases that are expected to fail, and why. [`report`] is the table of all this.
//!
//! [`services`] is the other program of this package: it generates every service of AWS, and compiles them.

pub mod compare;
pub mod left_out;
pub mod program;
pub mod protocols;
pub mod report;
pub mod services;
pub mod suites;
pub mod workspace;

use crate::left_out::LeftOut;
use crate::protocols::Protocol;
use crate::report::{Report, Row};
use crate::suites::{Case, Suite};
use anyhow::{Context as _, Result};
use smithlet_tests::{Need, botocore};
use std::fs;
use std::path::{Path, PathBuf};

/// The parts of botocore's source distribution with the suites.
const PARTS: [&str; 2] = ["tests/unit/protocols/input", "tests/unit/protocols/output"];

/// The cases that are expected to fail.
const LEFT_OUT: &str = include_str!("../left-out.txt");

/// The folder for everything that a run writes, inside the target folder of the workspace.
pub fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target")
}

/// Runs the suites of these protocols against crates that are generated in the folder `name` of [`target`]. Python may be missing, or the suites when
/// they cannot be downloaded.
///
/// # Errors
///
/// Suites that cannot be read, a generated crate or a program that does not compile, and a folder that cannot be written.
pub fn run(name: &str, protocols: &[&'static Protocol]) -> Result<Need<Report>> {
    let folder = target().join("tmp/botocore");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let files = match botocore::parts(&folder, botocore::CURRENT, &PARTS)? {
        Need::Met(files) => files.join("tests/unit/protocols"),
        Need::Missing(reason) => return Ok(Need::Missing(reason)),
    };
    let mut suites = Vec::new();
    let mut rows = Vec::new();
    for protocol in protocols {
        for file in protocol.files {
            let suite = Suite::read(&files, file, protocol.encoding)?;
            if protocol.served {
                suites.push(suite);
            } else {
                rows.push(Row::not_served(file, suite.cases.len()));
            }
        }
    }
    let cases: Vec<&Case> = suites.iter().flat_map(|suite| &suite.cases).collect();
    let observations = if cases.is_empty() { Vec::new() } else { workspace::run(&target().join(name), &suites)? };
    let left_out = LeftOut::parse(LEFT_OUT)?;
    let verdicts = cases.iter().zip(&observations).map(|(case, observation)| compare::case(case, observation));
    Ok(Need::Met(Report::new(rows, &cases, verdicts, &left_out)))
}
