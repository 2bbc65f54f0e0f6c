//! The places of files: the checkout, folders that do not exist yet, paths from one folder to another.

use std::path::{Component, Path, PathBuf};

/// The repository's own model.
pub const MODEL: &str = "model/codebuild.json";

/// The overlay of the repository's own model.
pub const OVERLAY: &str = "model/codebuild.overlay.json";

/// The record of the release that was imported last.
pub const RECORD: &str = "model/codebuild.upstream.json";

/// The lock files of the checkout's workspaces, all of which include the crate.
pub const LOCKS: [&str; 3] = ["Cargo.lock", "tests/fuzz/Cargo.lock", "tests/peers/Cargo.lock"];

/// The folder of the repository's own crate.
pub const CRATE: &str = "generated";

/// The checkout to work on: the nearest one at or above `current`, so that the commands work from any folder inside it, or else the one that this
/// program was built from.
pub fn repository(current: &Path) -> PathBuf {
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR"));
    current
        .ancestors()
        .find(|folder| folder.join("codegen/runtime/Cargo.toml").is_file() && folder.join("xtask/Cargo.toml").is_file())
        .map_or_else(|| built_from.parent().unwrap_or(built_from).to_owned(), Path::to_owned)
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
    fn the_checkout_is_the_nearest_above() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["codegen/runtime/Cargo.toml", "xtask/Cargo.toml"] {
            std::fs::create_dir_all(folder.path().join(file).parent().unwrap()).unwrap();
            std::fs::write(folder.path().join(file), "").unwrap();
        }
        assert_eq!(repository(&folder.path().join("codegen/runtime")), folder.path());
        assert_eq!(repository(folder.path()), folder.path());
    }

    #[test]
    fn outside_any_checkout_it_is_the_one_built_from() {
        let folder = tempfile::tempdir().unwrap();
        assert!(repository(folder.path()).join("xtask/src/place.rs").is_file());
    }

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
