//! The places of the profile files, and their reading.

use super::{File, Place, Sections, line, parse};
use crate::config::{Environment, InvalidSetting};
use std::fmt;
use std::fs;
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes. A path to an endless device is an error.
const MAX_SIZE: u64 = 16 * 1024 * 1024;

/// The path of one of the files.
#[derive(Clone, Debug)]
pub(super) struct FileLocation {
    /// `None` without a home directory.
    path: Option<PathBuf>,
    /// True if a variable names the path.
    is_named: bool,
    name: &'static str,
    /// The reason why the file at its default place cannot be read.
    unread: Option<String>,
}

impl FileLocation {
    /// The path in a variable, or else `~/.aws/{name}`.
    pub(super) fn find(environment: &Environment, variable: &'static str, name: &'static str) -> Result<Self, InvalidSetting> {
        let named = environment.get(variable)?;
        let mut location = Self { path: None, is_named: named.is_some(), name, unread: None };
        location.path = match named {
            Some(path) => Some(expand(environment, variable, line::trim(&path))?),
            None => home(environment)
                .unwrap_or_else(|fault| {
                    location.ignore(&fault.to_string());
                    None
                })
                .map(|home| home.join(".aws").join(name)),
        };
        Ok(location)
    }

    /// The sections of the file. A file that does not exist has none.
    pub(super) fn read(&mut self, kind: File) -> Result<Sections, InvalidSetting> {
        let Some(path) = &self.path else { return Ok(Sections::default()) };
        let shown = path.display().to_string();
        match read(path) {
            Ok(bytes) if is_utf16(&bytes) => Err(InvalidSetting::file(shown, "the file is UTF-16: save it as UTF-8")),
            Ok(bytes) => Ok(parse(&bytes, &shown, kind)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Sections::default()),
            Err(error) if self.is_named => Err(InvalidSetting::file(shown, format!("the file cannot be read: {error}"))),
            Err(error) => {
                self.ignore(&error.to_string());
                Ok(Sections::default())
            }
        }
    }

    /// Counts the file at its default place as absent, since the settings may not be needed.
    fn ignore(&mut self, fault: &str) {
        tracing::warn!(file = %self, fault, "the file at its default place cannot be read and counts as absent");
        self.unread = Some(fault.to_owned());
    }

    /// Returns whether a place is in this file.
    pub(super) fn is_file_of(&self, place: &Place) -> bool {
        self.path.as_ref().is_some_and(|path| path.display().to_string() == *place.file)
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_SIZE {
        return Err(io::Error::new(ErrorKind::FileTooLarge, "it is larger than 16 MiB"));
    }
    Ok(bytes)
}

/// Returns whether a text begins with the byte order mark of UTF-16, which PowerShell writes.
fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

impl fmt::Display for FileLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.path, &self.unread) {
            (Some(path), None) => write!(f, "{:?}", path.to_string_lossy()),
            (Some(path), Some(fault)) => write!(f, "{:?} (which cannot be read: {fault})", path.to_string_lossy()),
            (None, None) => write!(f, "~/.aws/{} (there is no home directory)", self.name),
            (None, Some(fault)) => write!(f, "~/.aws/{} ({fault})", self.name),
        }
    }
}

/// A path in which a leading `~` stands for the home directory.
fn expand(environment: &Environment, variable: &'static str, path: &str) -> Result<PathBuf, InvalidSetting> {
    match path.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '\\']) => match home(environment)? {
            Some(home) => Ok(home.join(rest.trim_start_matches(['/', '\\']))),
            None => Err(InvalidSetting::variable(variable, "the path begins with ~, and HOME is not set: set it or write the whole path")),
        },
        _ => Ok(PathBuf::from(path)),
    }
}

pub(crate) fn home(environment: &Environment) -> Result<Option<PathBuf>, InvalidSetting> {
    let home = match environment.get("HOME")? {
        Some(home) => Some(home),
        None => environment.get("USERPROFILE")?,
    };
    Ok(home.map(PathBuf::from))
}
