//! Every service of AWS: its operations are generated and, on request, compiled.

mod smithy;

use anyhow::{Context as _, Result, bail};
use codegen::diagnostic::Diagnostic;
use codegen::{Documentation, Offer, Operations, Request, Runtime};
use smithlet::models::{Cache, Models, ServiceModel};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::workspace;

/// A release of botocore and the SHA-256 of its wheel.
const RELEASE: (&str, &str) = ("1.43.67", "48ab8e9fac26fbc2a700d57010251003e6a5f731cf74d8540fb796bc8f3fc0ef");

/// The format of the models that are generated from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// botocore's, as they are downloaded.
    Botocore,
    /// Smithy's, made of those by an import. The result has to be the same.
    Smithy,
}

/// The services, in the order of their names.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
}

/// A service.
#[derive(Debug)]
struct Row {
    service: String,
    /// The crate, and the number of its operations and lines; or else the findings.
    generated: Result<Crate, Vec<String>>,
    /// The number of operations that the service has.
    offered: usize,
    /// The operations that cannot be served, with the reasons.
    refused: Vec<(String, String)>,
    /// The time that the generator took, without reading the file.
    took: Duration,
    /// `Some(false)` for a crate that does not compile without warnings.
    compiles: Option<bool>,
}

#[derive(Debug)]
struct Crate {
    name: String,
    operations: usize,
    lines: usize,
}

/// Generates all operations of these services, or of all of them, in a workspace in `folder`.
///
/// # Errors
///
/// Models that cannot be fetched, a service that does not exist, and a folder that cannot be written. A service that cannot be generated is a row of the
/// table.
pub fn generate(folder: &Path, names: &[String], format: Format) -> Result<Table> {
    let cache = Cache::at(crate::target().join("tmp/fresh/cache"));
    let wheel = cache.wheel(RELEASE.0, Some(RELEASE.1), &mut smithlet_tests::say).map_err(|finding| anyhow::anyhow!("{finding}"))?;
    let models = Models::of_wheel(wheel).map_err(|finding| anyhow::anyhow!("{finding}"))?;
    let all: Vec<String> = models.services().into_iter().map(|service| service.name).collect();
    let mut table = Table::default();
    for service in if names.is_empty() { &all } else { names } {
        let model = models.find(service).map_err(|finding| anyhow::anyhow!("{finding}"))?;
        table.rows.push(Row::of(folder, service, &model, format)?);
    }
    workspace::write_manifest(folder, table.crates().map(|generated| generated.name.as_str()))?;
    Ok(table)
}

impl Row {
    fn of(folder: &Path, service: &str, model: &ServiceModel, format: Format) -> Result<Self> {
        let runtime = workspace::root().join("codegen/runtime").display().to_string();
        let beside = model.beside.as_ref().map(smithlet::models::Document::source);
        let request = Request {
            model: model.model.source(),
            endpoint_rules: beside.endpoint_rules,
            paginators: beside.paginators,
            waiters: beside.waiters,
            operations: Operations::All,
            documentation: Documentation::None,
            runtime: Runtime::Path(&runtime),
            ..Request::default()
        };
        let offers = codegen::offers(request.model).unwrap_or_default();
        let start = Instant::now();
        let generated = match format {
            Format::Botocore => codegen::generate(&request).map_err(|findings| lines(&findings)),
            Format::Smithy => smithy::generate(&request, &offers),
        };
        let took = start.elapsed();
        let offered = offers.len();
        let refused = offers.into_iter().filter(|offer| !offer.refusals.is_empty());
        let refused = refused.map(|Offer { name, refusals, .. }| (name, refusals.join("; "))).collect();
        let generated = match generated {
            Ok(generated) => {
                let crate_folder = folder.join(&generated.name);
                for (file, text) in &generated.files {
                    workspace::write(&crate_folder.join(file), text)?;
                }
                let lines = generated.files.values().map(|text| text.lines().count()).sum();
                Ok(Crate { name: generated.name, operations: generated.operations.len(), lines })
            }
            Err(findings) => Err(findings),
        };
        Ok(Self { service: service.to_owned(), generated, offered, refused, took, compiles: None })
    }

    fn is_sound(&self) -> bool {
        self.compiles != Some(false) && (self.generated.is_ok() || self.is_refused())
    }

    /// True if no operation can be served. There is no crate then, and the reasons are in the list.
    fn is_refused(&self) -> bool {
        self.offered > 0 && self.refused.len() == self.offered
    }
}

fn lines(findings: &[Diagnostic]) -> Vec<String> {
    findings.iter().map(Diagnostic::to_string).collect()
}

impl Table {
    fn crates(&self) -> impl Iterator<Item = &Crate> {
        self.rows.iter().filter_map(|row| row.generated.as_ref().ok())
    }

    /// Compiles all crates with warnings denied.
    ///
    /// # Errors
    ///
    /// Cargo cannot be started, or fails without naming a crate.
    pub fn compile(&mut self, folder: &Path) -> Result<()> {
        let mut command = workspace::cargo(folder, "emitted-strict");
        command.args(["check", "--workspace", "--keep-going", "--quiet"]).env("RUSTFLAGS", "-D warnings");
        let output = command.output().context("cannot start cargo")?;
        let messages = String::from_utf8_lossy(&output.stderr);
        let failed = |name: &str| messages.contains(&format!("could not compile `{name}`"));
        for row in &mut self.rows {
            row.compiles = row.generated.as_ref().ok().map(|generated| !failed(&generated.name));
        }
        if !output.status.success() {
            // The table tells which crates; the compiler tells why.
            eprint!("{messages}");
            if self.rows.iter().all(|row| row.compiles != Some(false)) {
                bail!("cargo failed for another reason than the generated crates");
            }
        }
        Ok(())
    }

    /// True if every service is generated, or refused by name, and what is compiled compiles.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.rows.iter().all(Row::is_sound)
    }
}

impl fmt::Display for Table {
    /// A Markdown table of the services, the reasons for operations that cannot be served, and a summary.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| service | operations | refused | lines | ms | |\n|---|--:|--:|--:|--:|---|")?;
        let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for row in &self.rows {
            let (operations, lines) = row.generated.as_ref().map_or((0, 0), |generated| (generated.operations, generated.lines));
            let note = match (&row.generated, row.compiles) {
                (Ok(_), Some(false)) => "does not compile",
                (Err(_), _) if row.is_refused() => "no operation can be served",
                (Err(_), _) => "not generated",
                _ => "",
            };
            let (refused, took) = (row.refused.len(), row.took.as_millis());
            writeln!(f, "| {} | {operations} | {refused} | {lines} | {took} | {note} |", row.service)?;
            for (operation, reason) in &row.refused {
                reasons.entry(reason).or_default().push(format!("{} {operation}", row.service));
            }
        }
        for (reason, operations) in reasons {
            writeln!(f, "\n{} operations: {reason}\n  {}", operations.len(), operations.join(", "))?;
        }
        for row in &self.rows {
            let Err(findings) = &row.generated else { continue };
            if !row.is_refused() {
                writeln!(f, "\n{} is not generated:\n{}", row.service, findings.join("\n"))?;
            }
        }
        let operations: usize = self.crates().map(|generated| generated.operations).sum();
        let lines: usize = self.crates().map(|generated| generated.lines).sum();
        let refused: usize = self.rows.iter().map(|row| row.refused.len()).sum();
        let took: Duration = self.rows.iter().map(|row| row.took).sum();
        let (services, crates) = (self.rows.len(), self.crates().count());
        writeln!(
            f,
            "\n{crates} of {services} services, {operations} operations, {refused} refused, {lines} lines, generated in {:.1} s",
            took.as_secs_f64()
        )
    }
}
