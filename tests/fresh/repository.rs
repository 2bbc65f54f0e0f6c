//! The user's repository: one program, and the crates that the tool generates for it.

use crate::Wheel;
use crate::packages::Packages;
use anyhow::{Context as _, Result, ensure};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub(crate) struct Repository {
    root: PathBuf,
    home: PathBuf,
    tool: PathBuf,
    runtime: PathBuf,
}

impl Repository {
    /// A repository with a program, and a manifest that names a release and has no crates.
    pub(crate) fn new(home: &Path, packages: &Packages, (version, sha256): Wheel) -> Result<Self> {
        let root = home.join("repository");
        match fs::remove_dir_all(&root) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error).context("cannot remove the last run's repository"),
            _ => {}
        }
        let runtime = packages.folder.join("smithlet-runtime");
        let repository = Self { root, home: home.to_owned(), tool: packages.tool.clone(), runtime };
        repository.write("src/main.rs", include_str!("program.rs"))?;
        repository.write("src/metrics.rs", include_str!("metrics.rs"))?;
        repository.write("src/pages.rs", include_str!("pages.rs"))?;
        repository.write("src/rest.rs", include_str!("rest.rs"))?;
        repository.write("src/waits.rs", include_str!("waits.rs"))?;
        repository.write("smithlet.toml", &format!("[models]\nbotocore = \"{version}\"\nsha256 = \"{sha256}\"\n"))?;
        repository.write("Cargo.lock", &packages.lock)?;
        // The tool prints the paths of its crates as seen from here.
        repository.depend("")?;
        Ok(repository)
    }

    /// Writes `Cargo.toml` with these dependencies. The runtime is found in the folder of the packages instead of at crates.io.
    pub(crate) fn depend(&self, dependencies: &str) -> Result<()> {
        let runtime = self.runtime.display().to_string();
        let text = format!(
            r#"[package]
name = "program"
edition = "2024"

[workspace]
resolver = "3"

[dependencies]
serde_json = "1"
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}
{dependencies}
[patch.crates-io]
smithlet-runtime = {{ path = {runtime:?} }}

[profile.dev]
debug = false
"#
        );
        self.write("Cargo.toml", &text)
    }

    /// `cargo smithlet` in this repository, without an index.
    pub(crate) fn tool(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.tool);
        command.arg("smithlet").args(words).current_dir(&self.root);
        command.env("SMITHLET_CACHE", self.home.join("cache")).env("PIP_NO_INDEX", "1");
        command
    }

    /// Runs Cargo in this repository.
    pub(crate) fn cargo(&self, words: &[&str]) -> Result<()> {
        let mut command = Command::new(env!("CARGO"));
        command.args(words).args(["--offline", "--quiet", "--target-dir"]).arg(self.home.join("target")).current_dir(&self.root);
        succeeded(&mut command)?;
        Ok(())
    }

    /// Runs rustdoc with JSON output on crates of this repository. Returns the folder with a file for each.
    pub(crate) fn describe(&self, names: &[&str]) -> Result<PathBuf> {
        // A folder of its own, because build scripts run again when RUSTC_BOOTSTRAP changes, which enables this unstable format.
        let target = self.home.join("api");
        let mut command = Command::new(env!("CARGO"));
        command.args(["doc", "--no-deps", "--offline", "--quiet", "--target-dir"]).arg(&target).current_dir(&self.root);
        command.args(names.iter().flat_map(|name| ["--package", name]));
        command.env("RUSTC_BOOTSTRAP", "1").env("RUSTDOCFLAGS", "-Z unstable-options --output-format json");
        succeeded(&mut command)?;
        Ok(target.join("doc"))
    }

    /// The program.
    pub(crate) fn program(&self) -> PathBuf {
        self.home.join("target/debug").join(format!("program{}", std::env::consts::EXE_SUFFIX))
    }

    pub(crate) fn read(&self, path: &str) -> Result<String> {
        fs::read_to_string(self.root.join(path)).with_context(|| format!("cannot read {path}"))
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> Result<()> {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().context("a folder")?)?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Result<Output> {
    command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {}", command.get_program().display()))
}

/// Runs a command that has to succeed. Returns its standard output.
pub(crate) fn succeeded(command: &mut Command) -> Result<String> {
    let output = run(command)?;
    let text = String::from_utf8(output.stdout)?;
    let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy()).collect();
    let program = command.get_program().display();
    ensure!(output.status.success(), "{program} {}: {}\n{text}{}", words.join(" "), output.status, String::from_utf8_lossy(&output.stderr));
    Ok(text)
}
