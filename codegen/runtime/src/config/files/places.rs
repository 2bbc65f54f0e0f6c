//! Where the files are, and reading them.

use super::{File, Sections, parse};
use crate::config::{Environment, InvalidSetting};
use std::fmt;
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::PathBuf;

/// The largest file that is read, in bytes: far above what anybody writes, so that a path that leads to something endless is an error.
const MAX_SIZE: u64 = 16 * 1024 * 1024;

/// The path of one of the files.
#[derive(Clone, Debug)]
pub(super) struct Location {
    /// None without a home directory to look in.
    path: Option<PathBuf>,
    name: &'static str,
}

impl Location {
    /// Where a variable says, or `~/.aws/{name}`.
    pub(super) fn find(environment: &Environment, variable: &'static str, name: &'static str) -> Result<Self, InvalidSetting> {
        let path = match environment.get(variable)? {
            Some(path) => Some(expand(environment, variable, &path)?),
            None => home(environment)?.map(|home| home.join(".aws").join(name)),
        };
        Ok(Self { path, name })
    }

    /// What the file says; nothing when it does not exist.
    pub(super) fn read(&self, kind: File) -> Result<Sections, InvalidSetting> {
        let Some(path) = &self.path else { return Ok(Sections::default()) };
        let shown = path.display().to_string();
        let mut bytes = Vec::new();
        match fs::File::open(path).and_then(|file| file.take(MAX_SIZE + 1).read_to_end(&mut bytes)) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Sections::default()),
            Err(error) => return Err(InvalidSetting::file(shown, format!("the file cannot be read: {error}"))),
        }
        if bytes.len() as u64 > MAX_SIZE {
            return Err(InvalidSetting::file(shown, "the file is larger than 16 MiB, which no file of profiles is"));
        }
        match String::from_utf8(bytes) {
            Ok(text) => parse(&text, &shown, kind),
            Err(error) => {
                let line = 1 + error.as_bytes().iter().take(error.utf8_error().valid_up_to()).filter(|&&byte| byte == b'\n').count();
                Err(InvalidSetting::file(shown, format!("line {line} is not valid UTF-8: save the file in that encoding")))
            }
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{:?}", path.to_string_lossy()),
            None => write!(f, "~/.aws/{} (there is no home directory)", self.name),
        }
    }
}

/// A path with the home directory in the place of a leading `~`.
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
