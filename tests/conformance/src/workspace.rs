//! The workspace with the generated crates and the program that calls them.
//!
//! The observation of a case is a JSON object. `refused` is the reason why the operation has no client, and `panic` the message of a call that panics.
//! Otherwise `sent` is the request or null, with `method`, `uri`, `headers` (a list of pairs) and `body` (in base64), and either `output` holds the members
//! of the output, or `error` holds the error's `line`, `code`, `message` and `members`.

use crate::program;
use crate::protocols::Encoding;
use crate::suites::{Case, Suite, What};
use anyhow::{Context as _, Result, bail, ensure};
use aws_smithy_types::base64;
use codegen::{Documentation, Generated, Operations, Request, Runtime, Source};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The package of the program.
const PROGRAM: &str = "program";

/// The parts of the program that are the same for all suites.
const SOURCES: [(&str, &str); 4] = [
    ("src/call.rs", include_str!("../program/call.rs")),
    ("src/main.rs", include_str!("../program/main.rs")),
    ("src/record.rs", include_str!("../program/record.rs")),
    ("src/value.rs", include_str!("../program/value.rs")),
];

const MANIFEST: &str = r#"[package]
name = "program"
edition = "2024"

[dependencies]
aws-smithy-runtime-api = { version = "1.20", features = ["client"] }
aws-smithy-types = "1.9"
serde_json = "1"
tokio = { version = "1", default-features = false, features = ["rt", "time"] }
"#;

/// Generates the suites' crates in `folder`, builds them and runs their cases. Returns an observation for each case, in the order of the cases.
///
/// # Errors
///
/// A suite that is not generated, code that does not compile, and a folder that cannot be written.
pub fn run(folder: &Path, suites: &[Suite]) -> Result<Vec<Value>> {
    let generated = suites.iter().map(Generation::of).collect::<Result<Vec<_>>>()?;
    write_all(folder, suites, &generated)?;
    let cases = || suites.iter().zip(&generated).flat_map(|(suite, generation)| suite.cases.iter().map(move |case| (case, generation)));
    let calls: Vec<Value> = cases().filter(|(case, generation)| generation.refusal(case).is_none()).map(|(case, _)| call(case)).collect();
    let mut observations = start(folder, &calls)?.into_iter();
    cases()
        .map(|(case, generation)| match generation.refusal(case) {
            Some(why) => Ok(json!({ "refused": why })),
            None => observations.next().context("the program observed fewer cases than it was given"),
        })
        .collect()
}

/// A suite's crate, and the operations that it does not have.
struct Generation {
    crate_files: Generated,
    refused: BTreeMap<String, String>,
}

impl Generation {
    fn of(suite: &Suite) -> Result<Self> {
        let file = format!("{}.json", suite.name);
        let text = suite.model.to_string();
        let model = Source { file: &file, text: &text };
        let name = program::crate_name(&suite.name).replace('_', "-");
        let runtime = root().join("codegen/runtime").display().to_string();
        let request = Request {
            model,
            operations: Operations::All,
            name: Some(&name),
            documentation: Documentation::None,
            runtime: Runtime::Path(&runtime),
            ..Request::default()
        };
        let shown = |findings: Vec<codegen::diagnostic::Diagnostic>| {
            let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
            anyhow::anyhow!("the suite {} is not generated:\n{}", suite.name, lines.join("\n"))
        };
        let crate_files = codegen::generate(&request).map_err(shown)?;
        let offers = codegen::offers(model).map_err(shown)?;
        let refused = offers.into_iter().filter(|offer| !offer.refusals.is_empty());
        let refused = refused.map(|offer| (offer.name, offer.refusals.join("; "))).collect();
        Ok(Self { crate_files, refused })
    }

    fn refusal(&self, case: &Case) -> Option<&str> {
        self.refused.get(&case.operation).map(String::as_str)
    }
}

/// Writes the workspace. Files that are the same already stay, so that they are not compiled again.
fn write_all(folder: &Path, suites: &[Suite], generated: &[Generation]) -> Result<()> {
    let mut manifest = MANIFEST.to_owned();
    for (suite, generation) in suites.iter().zip(generated) {
        let (library, package) = (program::crate_name(&suite.name), &generation.crate_files.name);
        for (file, text) in &generation.crate_files.files {
            write(&folder.join(package).join(file), text)?;
        }
        let operations = &generation.crate_files.operations;
        write(&folder.join(PROGRAM).join(format!("src/{library}.rs")), &program::module(suite, operations))?;
        let _ = writeln!(manifest, "{package} = {{ path = \"../{package}\", default-features = false, features = [\"rt-tokio\"] }}");
    }
    let runtime = root().join("codegen/runtime").display().to_string();
    let _ = writeln!(manifest, "smithlet-runtime = {{ path = {runtime:?}, default-features = false }}");
    write(&folder.join(PROGRAM).join("Cargo.toml"), &manifest)?;
    write(&folder.join(PROGRAM).join("src/suites.rs"), &program::suites(suites.iter().map(|suite| suite.name.as_str())))?;
    for (file, text) in SOURCES {
        write(&folder.join(PROGRAM).join(file), text)?;
    }
    write_manifest(folder, generated.iter().map(|generation| generation.crate_files.name.as_str()).chain([PROGRAM]))
}

/// Writes the manifest of a workspace with these members, and the lock file of this repository beside it.
pub(crate) fn write_manifest<'n>(folder: &Path, members: impl IntoIterator<Item = &'n str>) -> Result<()> {
    let members: Vec<&str> = members.into_iter().collect();
    let profile = "[profile.dev]\ndebug = false\nincremental = false\n";
    write(&folder.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n{profile}"))?;
    let lock = root().join("Cargo.lock");
    write(&folder.join("Cargo.lock"), &fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?)
}

/// Cargo in a workspace. The runs that name the same target share what they compile of other packages.
pub(crate) fn cargo(folder: &Path, target: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder).env("CARGO_TARGET_DIR", crate::target().join(target));
    command
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let folder = path.parent().context("a file is in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// A case as the program takes it.
fn call(case: &Case) -> Value {
    let reply = match &case.what {
        What::Request(_) => json!({ "status": 200, "headers": {}, "body": "" }),
        What::Reply { reply, .. } => {
            let body = reply["body"].as_str().unwrap_or_default();
            let body = match case.encoding {
                Encoding::Text => base64::encode(body),
                Encoding::Base64 => body.to_owned(),
            };
            json!({ "status": reply["status_code"], "headers": reply["headers"], "body": body })
        }
    };
    json!({ "suite": case.name.suite, "operation": case.operation, "params": case.params, "endpoint": case.endpoint, "reply": reply })
}

/// Builds the program and runs it with these calls.
fn start(folder: &Path, calls: &[Value]) -> Result<Vec<Value>> {
    let mut command = cargo(folder, "suites");
    command.args(["run", "--quiet", "--offline", "--package", PROGRAM]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut program = command.spawn().context("cannot start cargo")?;
    let mut input = program.stdin.take().context("the program has an input")?;
    let text = Value::from(calls).to_string();
    // Written beside the reading below, since both pipes may fill up. A program that does not compile reads nothing, and its messages tell why.
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = program.wait_with_output().context("the program has no end")?;
    let written = writer.join();
    if !output.status.success() {
        bail!("the program in {} does not compile or run:\n{}", folder.display(), String::from_utf8_lossy(&output.stderr));
    }
    ensure!(matches!(written, Ok(Ok(()))), "the program did not read the cases");
    serde_json::from_slice(&output.stdout).context("the program's output is not a list of observations")
}
