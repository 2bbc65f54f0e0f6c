//! Compares the public API of `smithlet-codebuild` with that of `aws-sdk-codebuild`.
//!
//! The list `aws-sdk-codebuild-api.txt` has the official crate's items that belong to our three operations: their own, those of every type that
//! they reach, and those that belong to no operation. The option `--record` writes it from the official crate. Our items come from rustdoc's JSON of
//! the generated crate and of the runtime. `public-api` prints both. They are compared as text under the paths that users write, so that a comparison
//! does not build the official crate. Exit code 1 means that an item is missing that [`left_out`] does not name, or that an item that it
//! names exists.

mod generic;
mod left_out;
mod list;
mod reach;
mod spelling;

use anyhow::{Context as _, Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

fn main() -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    match std::env::args().nth(1).as_deref() {
        None => compare(&root),
        Some("--record") => {
            println!("{} items of {}", list::record(&root)?, list::OFFICIAL);
            compare(&root)
        }
        Some(other) => bail!("unknown argument {other:?}: expected --record or nothing"),
    }
}

/// Prints the differences and the number of items that exist.
fn compare(root: &Path) -> Result<ExitCode> {
    let theirs = list::read()?;
    let mut ours = BTreeSet::new();
    for package in ["smithlet-runtime", "smithlet-codebuild"] {
        ours.extend(items(&rustdoc(root, root, package)?)?.iter().map(|item| spelling::common(item)));
    }
    let ours = generic::expanded(&ours);
    let named: BTreeSet<&str> = ours.iter().filter_map(|item| spelling::type_name(item)).collect();

    let (mut matched, mut wrong) = (0, 0);
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &theirs {
        let same = spelling::common(item);
        let found = ours.contains(&same) || spelling::type_name(&same).is_some_and(|name| named.contains(name));
        match (found, left_out::path(item)) {
            (true, None) => matched += 1,
            (false, Some(path)) => *left_out.entry(path).or_default() += 1,
            (true, Some(path)) => {
                wrong += 1;
                println!("not left out: {item}: remove {path} from the list of what is left out");
            }
            (false, None) => {
                wrong += 1;
                println!("missing: {item}");
            }
        }
    }
    for (reason, paths) in left_out::LEFT_OUT {
        let unknown = paths.iter().find(|path| !left_out.contains_key(**path));
        ensure!(unknown.is_none(), "{} is left out on purpose, but no item of the official crate belongs to it", unknown.unwrap_or(&""));
        println!("left out: {:>3}: {reason}", paths.iter().map(|path| left_out[path]).sum::<usize>());
    }
    println!("{matched} of {} items exist, {} are left out on purpose", theirs.len(), left_out.values().sum::<usize>());
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs rustdoc with JSON output on a package of a workspace, or on one that it depends on. `RUSTC_BOOTSTRAP` enables this unstable format on the
/// stable toolchain.
fn rustdoc(workspace: &Path, root: &Path, package: &str) -> Result<PathBuf> {
    let target = root.join("target/api-diff");
    let status = Command::new("cargo")
        .args(["rustdoc", "--quiet", "--locked", "--lib", "--package", package, "--target-dir"])
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(workspace)
        .status()
        .context("cargo rustdoc")?;
    ensure!(status.success(), "cargo rustdoc --package {package}: {status}");
    Ok(target.join("doc").join(package.replace('-', "_")).with_extension("json"))
}

fn items(json: &Path) -> Result<Vec<String>> {
    let api = public_api::Builder::from_rustdoc_json(json).omit_auto_trait_impls(true).omit_blanket_impls(true).build();
    let api = api.with_context(|| format!("{} (does this version of public-api read this toolchain's format?)", json.display()))?;
    Ok(api.items().map(ToString::to_string).collect())
}
