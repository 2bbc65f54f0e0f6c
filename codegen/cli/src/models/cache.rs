//! The cache: the wheels of botocore that were fetched once, for all repositories of a user.
//!
//! A wheel is called `botocore-VERSION-SHA256.whl`, so that a damaged one is found whether or not a manifest pins its digest. It is written under a
//! temporary name and renamed, while other processes that fetch wait. The system releases the lock of a killed process; its temporary folder is
//! removed by the next one.

mod folder;

use super::pip::Pip;
use crate::cause::cause;
use crate::input;
use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use folder::System;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The maximum size of an archive in bytes. botocore's wheel has 16 MB.
pub(super) const LARGEST: u64 = 256 * 1024 * 1024;

/// The beginning of the names of temporary folders.
const FETCHING: &str = "fetching-";

/// The folder with the wheels that were fetched, and pip, which fetches others.
#[derive(Clone, Debug)]
pub struct Cache {
    /// The folder, if the environment names one.
    folder: Option<PathBuf>,
    pip: Pip,
}

/// A release of botocore in the cache.
#[derive(Clone, Debug)]
pub struct Wheel {
    /// The version number.
    pub version: String,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The file.
    pub path: PathBuf,
    pub(super) bytes: Vec<u8>,
}

impl Cache {
    /// The cache of this process: the folder `SMITHLET_CACHE`, or else `smithlet` in the user's folder for caches (`XDG_CACHE_HOME` or `~/.cache`;
    /// `~/Library/Caches` on macOS; `LOCALAPPDATA` on Windows).
    pub fn of_the_environment() -> Self {
        Self { folder: folder::find(System::current(), &|name| std::env::var_os(name)), pip: Pip::default() }
    }

    /// The cache in this folder, which need not exist.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: Some(folder.into()), pip: Pip::default() }
    }

    /// The wheel of a version, from the cache or else from pip. With a digest, only the wheel that has it. `say` is told about steps that take long.
    ///
    /// # Errors
    /// Each error is one finding, and nothing is left in the cache: the version does not exist, pip or the network is missing, the wheel does not have
    /// the digest, or a wheel in the cache is damaged. A finding about what was asked for has no file, so that the caller can set the place.
    pub fn wheel(&self, version: &str, sha256: Option<&str>, say: &mut dyn FnMut(&str)) -> Result<Wheel, Diagnostic> {
        check(version, sha256)?;
        match self.cached(version, sha256)? {
            Some(wheel) => Ok(wheel),
            None => self.fetch(Some(version), sha256, say),
        }
    }

    /// The wheel of the newest version that pip finds. It needs the network, or pip's own cache, each time.
    ///
    /// # Errors
    /// The same as those of [`wheel`](Self::wheel).
    pub fn newest(&self, say: &mut dyn FnMut(&str)) -> Result<Wheel, Diagnostic> {
        self.fetch(None, None, say)
    }

    /// The folder with botocore's wheels.
    fn home(&self) -> Result<PathBuf, Diagnostic> {
        let folder = self.folder.as_ref().ok_or_else(|| {
            finding("", "there is no folder for fetched models").hint("set SMITHLET_CACHE to a folder that can be written")
        })?;
        Ok(folder.join("botocore"))
    }

    fn cached(&self, version: &str, sha256: Option<&str>) -> Result<Option<Wheel>, Diagnostic> {
        let home = self.home()?;
        let digests = match sha256 {
            Some(sha256) if home.join(name(version, sha256)).exists() => vec![sha256.to_ascii_lowercase()],
            Some(_) => Vec::new(),
            None => digests(&home, version).map_err(|error| refused(&home, "cannot be read", &error))?,
        };
        match digests.as_slice() {
            [] => Ok(None),
            [only] => open(&home, version, only).map(Some),
            [first, second, ..] => {
                let message = format!("the cache has several wheels of botocore {version}, with the digests {first} and {second}");
                Err(finding("", message).hint("set `sha256` in [models] to the digest of the right one"))
            }
        }
    }

    fn fetch(&self, wanted: Option<&str>, sha256: Option<&str>, say: &mut dyn FnMut(&str)) -> Result<Wheel, Diagnostic> {
        let home = self.home()?;
        let unwritable = |error| refused(&home, "cannot be written", &error).hint("set SMITHLET_CACHE to a folder that can be written");
        fs::create_dir_all(&home).map_err(unwritable)?;
        let turn = File::create(home.join("lock")).map_err(unwritable)?;
        let is_alone = take(&turn, say);
        // Another process may have fetched it meanwhile.
        if let Some(version) = wanted
            && let Some(wheel) = self.cached(version, sha256)?
        {
            return Ok(wheel);
        }
        say(&format!(
            "fetching {} with pip",
            wanted.map_or_else(|| "the newest botocore".to_owned(), |version| format!("botocore {version}"))
        ));
        let stage = Stage::new(&home, is_alone).map_err(unwritable)?;
        self.pip.download(wanted, &stage.0)?;
        let (file, version) = fetched(&stage.0)?;
        let wheel = read(&file, &version)?;
        if let Some(wanted) = wanted
            && wanted != version
        {
            let message = format!("botocore {wanted} is called {version} by the package index");
            return Err(finding("", message).hint(format!("write the version as `{version}`")));
        }
        if let Some(pinned) = sha256
            && !pinned.eq_ignore_ascii_case(&wheel.sha256)
        {
            let message = format!("the wheel of botocore {version} that pip fetched has the SHA-256 {}, not {pinned}", wheel.sha256);
            return Err(finding("", message)
                .hint("find out which one is right; without `sha256` in [models] the fetched wheel is taken and pinned"));
        }
        let path = home.join(name(&version, &wheel.sha256));
        fs::rename(&file, &path).map_err(unwritable)?;
        Ok(Wheel { path, ..wheel })
    }
}

/// A folder for one download, which is removed when it is dropped.
struct Stage(PathBuf);

impl Stage {
    /// Makes the folder. If no other process can be fetching, the folders of processes that were killed are removed.
    fn new(home: &Path, is_alone: bool) -> io::Result<Self> {
        for entry in fs::read_dir(home)? {
            let entry = entry?;
            if is_alone && entry.file_name().to_string_lossy().starts_with(FETCHING) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        let stage = Self(home.join(format!("{FETCHING}{}", std::process::id())));
        fs::create_dir(&stage.0)?;
        Ok(stage)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // The next fetch removes what cannot be removed now.
        _ = fs::remove_dir_all(&self.0);
    }
}

/// Waits until no other process fetches. Returns false where the system cannot lock; the names of the temporary folders keep the processes apart.
fn take(turn: &File, say: &mut dyn FnMut(&str)) -> bool {
    match turn.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => {
            say("waiting for another process that fetches models");
            turn.lock().is_ok()
        }
        Err(TryLockError::Error(_)) => false,
    }
}

/// Checks the version and the digest, which become a part of a command line and of a file's name.
fn check(version: &str, sha256: Option<&str>) -> Result<(), Diagnostic> {
    let is_version = version.len() <= 40
        && version.starts_with(|first: char| first.is_ascii_digit())
        && version.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.');
    if !is_version {
        let shown = ::codegen::diagnostic::quoted(version);
        return Err(finding("", format!("{shown} is not a version of botocore")).hint("a version is three numbers, such as `1.43.67`"));
    }
    match sha256 {
        Some(digest) if !is_digest(digest) => {
            let shown = ::codegen::diagnostic::quoted(digest);
            Err(finding("", format!("{shown} is not a SHA-256: expected 64 hexadecimal digits")).hint("remove it: it is written again"))
        }
        _ => Ok(()),
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The name of a wheel in the cache.
fn name(version: &str, sha256: &str) -> String {
    format!("botocore-{version}-{}.whl", sha256.to_ascii_lowercase())
}

/// The digests of the wheels of a version, from the names in the cache.
fn digests(home: &Path, version: &str) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(home) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let file = entry?.file_name();
        let digest =
            file.to_str().and_then(|file| file.strip_prefix("botocore-")?.strip_suffix(".whl")?.strip_prefix(version)?.strip_prefix('-'));
        found.extend(digest.filter(|digest| is_digest(digest)).map(str::to_owned));
    }
    found.sort();
    Ok(found)
}

/// Reads a wheel of the cache and compares it with the digest in its name.
fn open(home: &Path, version: &str, sha256: &str) -> Result<Wheel, Diagnostic> {
    let path = home.join(name(version, sha256));
    let wheel = read(&path, version)?;
    if wheel.sha256 == sha256 {
        return Ok(wheel);
    }
    let message = format!("is damaged: its SHA-256 is {}, which is not the one in its name", wheel.sha256);
    Err(finding(&path.display().to_string(), message).hint("remove the file and run the command again, which fetches it anew"))
}

fn read(path: &Path, version: &str) -> Result<Wheel, Diagnostic> {
    let bytes = input::raw(path, LARGEST).map_err(|error| finding(&path.display().to_string(), format!("{error:#}")))?;
    Ok(Wheel { version: version.to_owned(), sha256: sha256(&bytes), path: path.to_owned(), bytes })
}

/// The SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a text cannot fail.
        _ = write!(text, "{byte:02x}");
    }
    text
}

/// The wheel in the folder of a download, and the version in its name: `botocore-VERSION-py3-none-any.whl`.
fn fetched(folder: &Path) -> Result<(PathBuf, String), Diagnostic> {
    let entries = fs::read_dir(folder).map_err(|error| refused(folder, "cannot be read", &error))?;
    let wheels = entries.flatten().filter_map(|entry| {
        let file = entry.file_name();
        let (version, _) = file.to_str()?.strip_suffix(".whl")?.strip_prefix("botocore-")?.split_once('-')?;
        check(version, None).ok()?;
        Some((entry.path(), version.to_owned()))
    });
    wheels
        .min()
        .ok_or_else(|| finding("", "pip succeeded without downloading a wheel of botocore").hint("check pip's settings and its version"))
}

fn refused(path: &Path, what: &str, error: &io::Error) -> Diagnostic {
    finding(&path.display().to_string(), format!("{what}: {}", cause(error)))
}

fn finding(file: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(file, &Pointer::default(), message)
}

#[cfg(all(test, unix))]
mod tests;
