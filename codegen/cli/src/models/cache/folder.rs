//! The folder where systems keep what can be fetched again.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The systems with a convention of their own.
#[derive(Clone, Copy, Debug)]
pub(super) enum System {
    Linux,
    Mac,
    Windows,
}

impl System {
    /// The system that this program was built for. The other Unix systems follow Linux's convention.
    pub(super) fn current() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::Mac
        } else {
            Self::Linux
        }
    }
}

/// The folder of the cache; `None` if no variable leads to one.
pub(super) fn find(system: System, variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let set = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(own) = set("SMITHLET_CACHE") {
        return Some(own);
    }
    let caches = match system {
        // The specification of this variable demands that a relative path is ignored.
        System::Linux => set("XDG_CACHE_HOME").filter(|path| path.is_absolute()).or_else(|| Some(set("HOME")?.join(".cache"))),
        System::Mac => set("HOME").map(|home| home.join("Library").join("Caches")),
        System::Windows => set("LOCALAPPDATA"),
    };
    caches.map(|caches: PathBuf| caches.join(Path::new("smithlet")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(system: System, variables: &[(&str, &str)]) -> Option<PathBuf> {
        find(system, &|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value)))
    }

    #[test]
    fn each_system_has_its_folder() {
        let home = [("HOME", "/home/me"), ("LOCALAPPDATA", "local")];
        assert_eq!(found(System::Linux, &home), Some("/home/me/.cache/smithlet".into()));
        assert_eq!(found(System::Mac, &home), Some("/home/me/Library/Caches/smithlet".into()));
        assert_eq!(found(System::Windows, &home), Some(Path::new("local").join("smithlet")));
        assert_eq!(found(System::Linux, &[]), None);
    }

    #[test]
    fn variables_choose_another_folder() {
        let xdg = |value| found(System::Linux, &[("HOME", "/home/me"), ("XDG_CACHE_HOME", value)]);
        assert_eq!(xdg("/caches"), Some("/caches/smithlet".into()));
        assert_eq!(xdg("relative"), Some("/home/me/.cache/smithlet".into()));
        assert_eq!(xdg(""), Some("/home/me/.cache/smithlet".into()));
        assert_eq!(found(System::Mac, &[("HOME", "/home/me"), ("SMITHLET_CACHE", "here")]), Some("here".into()));
    }
}
