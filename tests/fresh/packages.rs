//! The packages as crates.io would have them, unpacked, and the tool built from them.
//!
//! `cargo package` writes them. This repository is not read after that.

use crate::repository::succeeded;
use anyhow::{Context as _, Result};
use flate2::read::GzDecoder;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The packages that are needed, at the version of this workspace.
const NAMES: [&str; 3] = ["smithlet-runtime", "smithlet-codegen", "smithlet"];

/// The workspace of the unpacked packages.
const MANIFEST: &str = r#"[workspace]
resolver = "3"
members = ["smithlet", "smithlet-codegen", "smithlet-runtime"]

[patch.crates-io]
smithlet-codegen = { path = "smithlet-codegen" }

[profile.dev]
debug = false
"#;

/// The folder of the unpacked packages, and the tool.
pub(crate) struct Packages {
    pub(crate) folder: PathBuf,
    pub(crate) tool: PathBuf,
    /// The text of the lock file, with versions that this machine has already downloaded.
    pub(crate) lock: String,
}

impl Packages {
    /// Packages, unpacks and builds below `home`.
    pub(crate) fn at(home: &Path) -> Result<Self> {
        let (folder, archives, target) = (home.join("packages"), home.join("archives"), home.join("target"));
        let mut package = Command::new(env!("CARGO"));
        package.args(["package", "--no-verify", "--allow-dirty", "--locked", "--offline", "--quiet"]).current_dir(ROOT);
        package.arg("--target-dir").arg(&archives).args(NAMES.iter().flat_map(|name| ["--package", name]));
        succeeded(&mut package)?;
        for name in NAMES {
            unpack(&archives.join("package"), name, &folder.join(name))?;
        }
        let lock = fs::read_to_string(Path::new(ROOT).join("Cargo.lock"))?;
        write(&folder.join("Cargo.toml"), MANIFEST.as_bytes())?;
        write(&folder.join("Cargo.lock"), lock.as_bytes())?;
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--package", "smithlet", "--offline", "--quiet", "--target-dir"]).arg(&target).current_dir(&folder);
        succeeded(&mut build)?;
        Ok(Self { folder, tool: target.join("debug").join(format!("cargo-smithlet{}", std::env::consts::EXE_SUFFIX)), lock })
    }
}

/// Writes the files of the package `name` into `folder`.
fn unpack(archives: &Path, name: &str, folder: &Path) -> Result<()> {
    let path = archives.join(format!("{name}-{}.crate", env!("CARGO_PKG_VERSION")));
    let archive = File::open(&path).with_context(|| format!("cannot read {}", path.display()))?;
    for entry in tar::Archive::new(GzDecoder::new(archive)).entries()? {
        let mut entry = entry?;
        // Every path begins with the folder of the package and its version.
        let inside: PathBuf = entry.path()?.components().skip(1).collect();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        write(&folder.join(inside), &bytes)?;
    }
    Ok(())
}

/// Writes a file that differs. Cargo sees by its time that it is new; the files in an archive all have the same time.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().context("a folder")?)?;
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
