//! This repository: the places of its model, its crate and its runtime.

use smithlet::place::Home;
use std::path::{Path, PathBuf};

/// The checkout to work on, with the paths of its files.
pub fn of(current: &Path) -> Home {
    Home {
        root: repository(current),
        model: "model/codebuild.json",
        overlay: "model/codebuild.overlay.json",
        record: "model/codebuild.upstream.json",
        locks: &["Cargo.lock", "tests/fuzz/Cargo.lock", "tests/peers/Cargo.lock"],
        crate_folder: "generated",
        runtime: "codegen/runtime",
        tool: "cargo xtask",
    }
}

/// The nearest checkout at or above `current`, so that the commands work from any folder inside it, or else the one that this program was built from.
pub fn repository(current: &Path) -> PathBuf {
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR"));
    current
        .ancestors()
        .find(|folder| folder.join("codegen/runtime/Cargo.toml").is_file() && folder.join("xtask/Cargo.toml").is_file())
        .map_or_else(|| built_from.parent().unwrap_or(built_from).to_owned(), Path::to_owned)
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
        assert!(repository(folder.path()).join("xtask/src/home.rs").is_file());
    }

    #[test]
    fn every_path_of_the_checkout_exists() {
        let home = of(Path::new(env!("CARGO_MANIFEST_DIR")));
        let paths = [home.model, home.overlay, home.record, home.crate_folder, home.runtime];
        for path in paths.iter().chain(home.locks) {
            assert!(home.root.join(path).exists(), "{path}");
        }
    }
}
