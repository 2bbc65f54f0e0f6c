//! Wheels of many releases.

use super::{Release, TOOLS, download, fingerprint};
use crate::{Need, python};
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;

/// The Python program that copies parts of a wheel.
const THIN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/botocore/thin.py");

/// The number of wheels that are fetched at the same time.
const WORKERS: usize = 4;

/// Returns a folder below `folder` with the wheels of the releases, each with only its metadata and the `parts`: files or folders, named from the
/// wheel's root. The hashes are those of the whole wheels.
///
/// The first call downloads them, while other processes wait on a lock file. A later call downloads those that are missing.
///
/// # Errors
/// When `folder` cannot be written, or a download is not a wheel.
pub fn wheels(folder: &Path, releases: &[Release], parts: &[&str]) -> Result<Need<PathBuf>> {
    let program = match python::environment(folder, "botocore-tools", TOOLS)? {
        Need::Met(program) => program,
        Need::Missing(reason) => return Ok(Need::Missing(reason)),
    };
    let lock = File::create(folder.join("botocore-wheels.lock"))?;
    lock.lock()?;
    let home = folder.join(format!("botocore-wheels-{:016x}", fingerprint(releases, parts)));
    fs::create_dir_all(&home).with_context(|| format!("cannot make {}", home.display()))?;
    let there = names(&home)?;
    let is_missing =
        |release: &&Release| !there.iter().any(|name| name.starts_with(&format!("botocore-{}-", release.version)) && is_wheel(name));
    let missing: Vec<&Release> = releases.iter().filter(is_missing).collect();
    if !missing.is_empty() {
        crate::say(&format!("fetching {} wheels of botocore into {}", missing.len(), home.display()));
    }
    // Each wheel takes a second of waiting and of processor time.
    let queue = Mutex::new(missing.into_iter());
    let next = || queue.lock().ok()?.next();
    let work = || -> Result<Need<()>> {
        while let Some(release) = next() {
            if let Need::Missing(reason) = thin_wheel(&program, &home, *release, parts)? {
                return Ok(Need::Missing(reason));
            }
        }
        Ok(Need::Met(()))
    };
    let ends: Vec<Result<Need<()>>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    for end in ends {
        if let Need::Missing(reason) = end? {
            return Ok(Need::Missing(reason));
        }
    }
    Ok(Need::Met(home))
}

/// The names of a folder's entries.
fn names(folder: &Path) -> Result<Vec<String>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

fn is_wheel(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "whl")
}

/// Downloads a wheel into a folder of its own and puts its parts into `home`.
fn thin_wheel(program: &Path, home: &Path, release: Release, parts: &[&str]) -> Result<Need<()>> {
    let whole = home.join(format!(".fetching-{}", release.version));
    fs::create_dir_all(&whole)?;
    if let Err(reason) = download(program, &whole, release, &["--only-binary", ":all:"]) {
        return Ok(Need::Missing(reason));
    }
    let names = names(&whole)?;
    let name = names.iter().find(|name| is_wheel(name)).with_context(|| format!("pip did not download {release:?}"))?;
    let copied = python::run(Command::new(program).args(["-I", THIN]).args([whole.join(name), home.join(name)]).args(parts));
    copied.map_err(|problem| anyhow::anyhow!("cannot copy the parts of {name}: {problem}"))?;
    fs::remove_dir_all(&whole)?;
    Ok(Need::Met(()))
}
