//! The probes, which measure the rows.

mod builds;
mod calls;
mod generator;
mod instructions;
mod sections;
mod services;
mod starts;
mod syscalls;
mod tree;

use crate::bench::{Bench, Measured};
use crate::rows::Probe;
use crate::units::Unit;
use anyhow::Result;
use smithlet_tests::Need;
use std::collections::BTreeMap;

pub(crate) use generator::{PRINT, WEIGH, model_names, print, weigh};
pub(crate) use tree::peers;

/// The results of a probe.
pub(crate) struct Found {
    pub(crate) rows: Measured,
    /// The largest units of the cold builds.
    pub(crate) units: BTreeMap<&'static str, Vec<Unit>>,
}

impl From<Measured> for Found {
    fn from(rows: Measured) -> Self {
        Self { rows, units: BTreeMap::new() }
    }
}

/// Runs a probe. A program or a package that the probe needs may be missing.
///
/// # Errors
/// When a measured program fails.
pub(crate) fn measure(probe: Probe, bench: &Bench) -> Result<Need<Found>> {
    Ok(Need::Met(match probe {
        Probe::ColdBuild => builds::cold(bench)?,
        Probe::SameOperations => return Ok(found(builds::same(bench)?)),
        Probe::Rebuild => builds::again(bench)?.into(),
        Probe::Tree => tree::crates(bench)?.into(),
        Probe::Binary => builds::binary(bench)?.into(),
        Probe::Sections => return Ok(found(sections::sizes(bench)?)),
        Probe::Unused => return Ok(found(sections::unused(bench)?)),
        Probe::SmallCalls => calls::small(bench)?.into(),
        Probe::LargeCalls => calls::large(bench)?.into(),
        Probe::Decode => calls::decode(bench)?.into(),
        Probe::Encode => calls::encode(bench)?.into(),
        Probe::Allocations => calls::allocations(bench)?.into(),
        Probe::Instructions => return Ok(found(instructions::all(bench)?)),
        Probe::SystemCalls => return Ok(found(syscalls::all(bench)?)),
        Probe::Start => return Ok(found(starts::all(bench)?)),
        Probe::Lines => return Ok(found(tree::lines(bench)?)),
        Probe::ServiceBuilds => return services::builds(bench),
        Probe::ServiceBinaries => return Ok(found(services::binaries(bench)?)),
        Probe::ServiceCalls => return Ok(found(services::calls(bench)?)),
        Probe::ServiceInstructions => return Ok(found(services::instructions(bench)?)),
        Probe::GenerateThree => generator::three(bench)?.into(),
        Probe::GenerateCodeBuild => return Ok(found(generator::codebuild(bench)?)),
        Probe::GenerateSageMaker => return Ok(found(generator::sagemaker(bench)?)),
        Probe::GenerateEvery => return Ok(found(generator::every(bench)?)),
    }))
}

fn found(need: Need<Measured>) -> Need<Found> {
    match need {
        Need::Met(rows) => Need::Met(rows.into()),
        Need::Missing(reason) => Need::Missing(reason),
    }
}
