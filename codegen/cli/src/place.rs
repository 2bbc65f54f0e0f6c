//! The places of files: a repository with a model, folders that do not exist yet, paths from one folder to another.

use std::path::{Component, Path, PathBuf};

/// A repository that keeps one model and the crate generated from it. All paths but the root are relative to the root, with `/`.
#[derive(Clone, Debug)]
pub struct Home {
    /// The absolute path of the checkout.
    pub root: PathBuf,
    /// The model.
    pub model: &'static str,
    /// The overlay of the model.
    pub overlay: &'static str,
    /// The record of the release that was imported last.
    pub record: &'static str,
    /// The lock files of the checkout's workspaces, all of which include the crate.
    pub locks: &'static [&'static str],
    /// The folder of the crate.
    pub crate_folder: &'static str,
    /// The folder of the package `smithlet-runtime`, on which the crate depends by its path.
    pub runtime: &'static str,
    /// The beginning of a command line that runs one of the commands on this repository, as hints show it.
    pub tool: &'static str,
}

#[cfg(test)]
impl Home {
    /// A repository laid out like this one.
    pub(crate) fn of_test(root: PathBuf) -> Self {
        Self {
            root,
            model: "model/codebuild.json",
            overlay: "model/codebuild.overlay.json",
            record: "model/codebuild.upstream.json",
            locks: &["Cargo.lock"],
            crate_folder: "generated",
            runtime: "codegen/runtime",
            tool: "cargo xtask",
        }
    }
}

/// The absolute path of a folder that need not exist, with links resolved as far as it exists and without `.` and `..`.
pub fn resolve(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for existing in absolute.ancestors() {
        if let Ok(mut resolved) = existing.canonicalize() {
            let rest = absolute.strip_prefix(existing).unwrap_or_else(|_| Path::new(""));
            for component in rest.components() {
                match component {
                    Component::ParentDir => _ = resolved.pop(),
                    Component::Normal(name) => resolved.push(name),
                    Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
                }
            }
            return resolved;
        }
    }
    absolute
}

/// The path from the folder `from` to `to`, both absolute; `None` if they share no root (two drives).
pub fn relative(from: &Path, to: &Path) -> Option<PathBuf> {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return None;
    }
    let up = from.iter().skip(shared).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to.into_iter().skip(shared)).collect();
    Some(if way.as_os_str().is_empty() { PathBuf::from(".") } else { way })
}

/// A path for messages: relative to the current folder, unless the absolute path is shorter.
pub fn shown(path: &Path, current: &Path) -> String {
    match relative(current, path) {
        Some(way) if way.as_os_str().len() <= path.as_os_str().len() => way.display().to_string(),
        _ => path.display().to_string(),
    }
}

/// A path as Cargo manifests write it, with `/` on every system; `None` if it is not Unicode.
pub fn manifest_text(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    Some(if std::path::MAIN_SEPARATOR == '/' { text.to_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn a_folder_to_be_made_is_resolved_as_far_as_it_exists() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        assert_eq!(resolve(&folder.path().join("a/./b/../c")), real.join("a/c"));
        assert_eq!(resolve(&folder.path().join("a/../../x")), real.parent().unwrap().join("x"));
        assert_eq!(resolve(folder.path()), real);
    }

    #[cfg(unix)]
    #[test]
    fn links_on_the_way_are_followed() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(real.join("deep/down")).unwrap();
        std::os::unix::fs::symlink(real.join("deep/down"), real.join("link")).unwrap();
        assert_eq!(resolve(&real.join("link/new")), real.join("deep/down/new"));
    }

    #[test]
    fn relative_paths_go_up_and_down() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to)).map(|way| manifest_text(&way).unwrap());
        assert_eq!(way("/a/b", "/a/c/d").as_deref(), Some("../c/d"));
        assert_eq!(way("/a", "/a/c").as_deref(), Some("c"));
        assert_eq!(way("/a/b/c", "/a").as_deref(), Some("../.."));
        assert_eq!(way("/a", "/a").as_deref(), Some("."));
        assert_eq!(way("/a", "b"), None);
    }

    #[test]
    fn the_shorter_path_is_shown() {
        let see = |path: &str, current: &str| shown(Path::new(path), Path::new(current));
        assert_eq!(see("/home/somebody/smithlet/generated/a.rs", "/home/somebody/smithlet"), "generated/a.rs");
        assert_eq!(see("/home/somebody/smithlet/generated/a.rs", "/home/somebody/smithlet/xtask"), "../generated/a.rs");
        assert_eq!(see("/elsewhere/a.rs", "/home/somebody/deep/down"), "/elsewhere/a.rs");
    }
}
