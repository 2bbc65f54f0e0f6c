//! The files that the generator writes, their determinism, and its diagnostics about bad models.

mod bad;
mod cases;
mod compiled;
mod determinism;
mod drift;
mod drop_in;
mod facts;
mod jmespath;
mod paginators;
mod service;
mod waiters;
mod whole;

use codegen::{Generated, Operations, Request, Runtime, Source, diagnostic::Diagnostic};
use std::path::{Path, PathBuf};

/// The path of a file or folder of this package.
fn path(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

fn text(inside: &str) -> String {
    let path = path(inside);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Generates all operations of a model with an optional overlay.
fn generate(model: &str, overlay: Option<&str>) -> Result<Generated, Vec<Diagnostic>> {
    codegen::generate(&Request {
        model: Source { file: "model.json", text: model },
        overlay: overlay.map(|text| Source { file: "overlay.json", text }),
        endpoint_rules: None,
        operations: Operations::All,
        name: None,
        runtime: Runtime::Path("../runtime"),
        ..Request::default()
    })
}

/// The files of a case in `cases/`: the model, the overlay, and botocore's paginators and waiters.
struct Case {
    model: String,
    overlay: Option<String>,
    paginators: Option<String>,
    waiters: Option<String>,
}

impl Case {
    fn read(case: &str) -> Self {
        let file = |name: &str| Some(format!("cases/{case}/{name}.json")).filter(|file| path(file).exists()).map(|file| text(&file));
        let model = text(&format!("cases/{case}/model.json"));
        Self { model, overlay: file("overlay"), paginators: file("paginators"), waiters: file("waiters") }
    }

    /// Generates all operations.
    fn generate(&self) -> Result<Generated, Vec<Diagnostic>> {
        codegen::generate(&Request {
            model: Source { file: "model.json", text: &self.model },
            overlay: self.overlay.as_ref().map(|text| Source { file: "overlay.json", text }),
            paginators: self.paginators.as_ref().map(|text| Source { file: "paginators.json", text }),
            waiters: self.waiters.as_ref().map(|text| Source { file: "waiters.json", text }),
            runtime: Runtime::Path("../runtime"),
            ..Request::default()
        })
    }
}

/// Generates a case of `cases/`.
#[track_caller]
fn generate_case(case: &str) -> Generated {
    match Case::read(case).generate() {
        Ok(generated) => generated,
        Err(findings) => panic!("{case}: {}", shown(&findings)),
    }
}

fn shown(findings: &[Diagnostic]) -> String {
    findings.iter().map(ToString::to_string).chain([String::new()]).collect::<Vec<_>>().join("\n")
}

/// Compares a text with its snapshot in `snapshots/`.
#[track_caller]
fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The names of the entries in a folder of this package, without extensions.
fn stems(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(path(folder)).expect("the folder is part of the repository");
    let mut stems: Vec<String> = entries
        .map(|entry| entry.expect("the folder can be read").file_name().to_string_lossy().into_owned())
        .map(|name| name.split('.').next().unwrap_or_default().to_owned())
        .collect();
    stems.sort();
    stems.dedup();
    stems
}
