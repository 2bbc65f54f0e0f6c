//! The generator for build scripts: [`configure`].

use crate::beside::Beside;
use crate::input::{Input, InputFile};
use crate::sync::Staged;
use ::codegen::diagnostic::{Diagnostic, Severity};
use ::codegen::model::Pointer;
use ::codegen::{Documentation, Operations, Request};
use std::fmt;
use std::path::{Path, PathBuf};

/// Starts the configuration of a client that a build script generates.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), smithlet::Findings> {
///     smithlet::configure()
///         .model("models/sqs/2012-11-05/service-2.json")
///         .operations(["SendMessage", "ReceiveMessage"])
///         .module("crate::sqs")
///         .generate()
/// }
/// ```
///
/// ```text
/// // src/sqs.rs
/// include!(concat!(env!("OUT_DIR"), "/sqs.rs"));
/// ```
///
/// See [`guide::build_script`](crate::guide::build_script).
pub fn configure() -> Configuration {
    Configuration::default()
}

/// The configuration of a client that a build script generates.
#[derive(Clone, Debug, Default)]
#[must_use = "nothing is generated before `generate` is called"]
pub struct Configuration {
    model: PathBuf,
    endpoint_rules: Option<PathBuf>,
    overlay: Option<PathBuf>,
    operations: Vec<String>,
    protocol: Option<String>,
    module: String,
    out_dir: Option<PathBuf>,
    documentation: Documentation,
    serde: bool,
}

impl Configuration {
    /// The model of the service: Smithy's JSON AST or botocore's `service-2.json`, compressed with gzip or not. The path is relative to the package.
    /// Files with botocore's names beside a `service-2.json` are read too: `endpoint-rule-set-1.json`, `paginators-1.json` and `waiters-2.json`.
    pub fn model(mut self, file: impl Into<PathBuf>) -> Self {
        self.model = file.into();
        self
    }

    /// The endpoint rules; without them, those in the model, or botocore's file `endpoint-rule-set-1.json` beside it.
    pub fn endpoint_rules(mut self, file: impl Into<PathBuf>) -> Self {
        self.endpoint_rules = Some(file.into());
        self
    }

    /// An overlay: additions to the model, as Smithy `apply` statements.
    pub fn overlay(mut self, file: impl Into<PathBuf>) -> Self {
        self.overlay = Some(file.into());
        self
    }

    /// The operations, by their names in the model; without any, all that are supported.
    pub fn operations<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.operations.extend(names.into_iter().map(Into::into));
        self
    }

    /// The protocol to speak, if the service lists several.
    pub fn protocol(mut self, name: impl Into<String>) -> Self {
        self.protocol = Some(name.into());
        self
    }

    /// The module that includes the generated file, such as `crate::sqs`. The file is called after its last part: `sqs.rs`.
    pub fn module(mut self, path: impl Into<String>) -> Self {
        self.module = path.into();
        self
    }

    /// The folder of the generated file; without it, the folder `OUT_DIR` that Cargo gives to build scripts.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// The documentation of the generated items.
    pub fn documentation(mut self, documentation: Documentation) -> Self {
        self.documentation = documentation;
        self
    }

    /// Adds serde's traits to the types. The package has to depend on `smithlet-runtime` with the feature `serde`.
    pub fn serde(mut self, has_serde: bool) -> Self {
        self.serde = has_serde;
        self
    }

    /// Generates the file, tells Cargo which files it depends on, and passes warnings on to Cargo. It does not use the network.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the configuration or the files. Nothing is written then.
    pub fn generate(&self) -> Result<(), Findings> {
        for line in self.run().map_err(Findings)? {
            println!("{line}");
        }
        Ok(())
    }

    /// Generates the file and returns the lines for Cargo.
    fn run(&self) -> Result<Vec<String>, Vec<Diagnostic>> {
        let nowhere = |message: &str| vec![Diagnostic::error("", &Pointer::default(), message)];
        let out = self.out_dir.clone().or_else(|| std::env::var_os("OUT_DIR").map(PathBuf::from));
        let out = out.ok_or_else(|| nowhere("there is no folder for the output: call `out_dir`, or run in a build script"))?;
        if self.model.as_os_str().is_empty() {
            return Err(nowhere("no model is given: call `model`"));
        }
        if self.module.is_empty() {
            return Err(nowhere(
                "no module is given: call `module` with the path of the module that includes the file, such as `crate::sqs`",
            ));
        }
        let found = Beside::of(Path::new(""), &self.model);
        let beside = Beside { endpoint_rules: self.endpoint_rules.clone().or(found.endpoint_rules), ..found };
        // Cargo is told about files that cannot be read too, so that the script runs again when they can.
        let files = [&self.model].into_iter().chain(beside.as_ref()).chain(&self.overlay);
        let mut lines: Vec<String> = files.map(|file| format!("cargo::rerun-if-changed={}", file.display())).collect();
        let read = |file: &PathBuf| InputFile { path: file.clone(), shown: file.display().to_string() }.read();
        let (model, beside, overlay) =
            match (read(&self.model), beside.as_ref().map(read).together(), self.overlay.as_ref().map(read).transpose()) {
                (Ok(model), Ok(beside), Ok(overlay)) => (model, beside, overlay),
                (model, beside, overlay) => {
                    return Err(model.err().into_iter().chain(beside.err().into_iter().flatten()).chain(overlay.err()).collect());
                }
            };
        let beside = beside.as_ref().map(Input::source);
        let request = Request {
            model: model.source(),
            overlay: overlay.as_ref().map(Input::source),
            endpoint_rules: beside.endpoint_rules,
            paginators: beside.paginators,
            waiters: beside.waiters,
            operations: if self.operations.is_empty() { Operations::All } else { Operations::Named(self.operations.clone()) },
            documentation: self.documentation,
            protocol: self.protocol.as_deref(),
            ..Request::default()
        };
        let module = ::codegen::generate_module(&request, &self.module, self.serde)?;
        let name = self.module.rsplit("::").next().unwrap_or_default().trim_start_matches("r#");
        write(&out.join(format!("{name}.rs")), module.text)?;
        let warnings = module.diagnostics.iter().filter(|finding| finding.severity == Severity::Warning);
        lines.extend(warnings.map(|warning| format!("cargo::warning={}", warning.to_string().replace('\n', " "))));
        Ok(lines)
    }
}

/// Replaces the file as a whole. An equal file is left alone, so that Cargo does not build again.
fn write(file: &Path, text: String) -> Result<(), Vec<Diagnostic>> {
    if std::fs::read(file).is_ok_and(|present| present == text.as_bytes()) {
        return Ok(());
    }
    let staged = Staged::new(&[(file.to_owned(), text)]).and_then(Staged::put);
    staged.map_err(|problem| vec![problem.finding(Path::new(""))])
}

/// Everything that is wrong with the input of a build script. Its `Debug` form, which Cargo shows, is that for people.
pub struct Findings(Vec<Diagnostic>);

impl Findings {
    /// The findings, each with its place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl fmt::Debug for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for Findings {}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use crate::project::tests::MODEL;

    fn configuration(folder: &Path) -> Configuration {
        std::fs::write(folder.join("tiny.json"), MODEL).unwrap();
        configure().model(folder.join("tiny.json")).operations(["Ask"]).module("crate::aws::tiny").out_dir(folder)
    }

    #[test]
    fn the_file_is_written_once_and_its_inputs_are_told_to_cargo() {
        let folder = tempfile::tempdir().unwrap();
        let lines = configuration(folder.path()).run().unwrap();
        assert_eq!(lines, [format!("cargo::rerun-if-changed={}", folder.path().join("tiny.json").display())]);
        let out = folder.path().join("tiny.rs");
        let text = std::fs::read_to_string(&out).unwrap();
        assert!(text.contains("pub mod ask {") && text.contains("crate::aws::tiny::"), "{text}");
        assert!(!text.contains("crate::operation") && !text.contains("cfg(feature"), "{text}");
        let written = out.metadata().unwrap().modified().unwrap();
        configuration(folder.path()).run().unwrap();
        assert_eq!(out.metadata().unwrap().modified().unwrap(), written);
    }

    #[test]
    fn operations_that_are_left_out_are_warnings() {
        let folder = tempfile::tempdir().unwrap();
        let lines = Configuration { operations: Vec::new(), ..configuration(folder.path()) }.run().unwrap();
        assert!(lines.iter().any(|line| line.starts_with("cargo::warning=") && line.contains("Hear")), "{lines:?}");
    }

    #[test]
    fn everything_that_is_wrong_is_an_error_and_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let good = configuration(folder.path());
        for (bad, expected) in [
            (good.clone().operations(["Asks"]), "the service has no operation `Asks`\n  hint: did you mean `Ask`?"),
            (good.clone().module("tiny"), "`tiny` is not the path of a module"),
            (good.clone().module("crate::a-b"), "`crate::a-b` is not the path of a module"),
            (good.clone().module(""), "no module is given"),
            (good.clone().model(folder.path().join("gone.json")), "no such file"),
            (good.clone().overlay(folder.path().join("gone.json")), "no such file"),
            (good.protocol("restJson1"), "the protocol `restJson1` cannot be chosen"),
        ] {
            let found = bad.generate().unwrap_err();
            assert!(found.to_string().contains(expected), "{found}");
            assert!(format!("{found:?}").starts_with('\n'));
        }
        assert!(!folder.path().join("tiny.rs").exists());
    }
}
