//! Compares the public API of `smithlet-codebuild` with that of `aws-sdk-codebuild`.
//!
//! The list `aws-sdk-codebuild-api.txt` has the items of the official crate that belong to our three operations, as `public-api` prints them.
//! Our items come from `public-api` too, which reads rustdoc's JSON of the generated crate and of the runtime. Both are compared as text under
//! the paths that users write. Exit code 1 means that an item is missing that [`DELIBERATE`] does not name, or that an item of [`DELIBERATE`]
//! exists.

mod spelling;

use anyhow::{Context as _, Result, ensure};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const LIST: &str = include_str!("../../aws-sdk-codebuild-api.txt");

/// The items that are left out on purpose, each with the reason.
const DELIBERATE: [(&str, &str); 1] =
    [("pub mod aws_sdk_codebuild::primitives::event_stream", "an empty module: none of these operations streams events")];

fn main() -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut ours = BTreeSet::new();
    for package in ["smithlet-runtime", "smithlet-codebuild"] {
        ours.extend(items(&rustdoc(&root, package)?)?.iter().map(|item| spelling::common(item)));
    }
    let named: BTreeSet<&str> = ours.iter().filter_map(|item| spelling::type_name(item)).collect();

    for (item, _) in DELIBERATE {
        ensure!(LIST.lines().any(|line| line == item), "{item} is left out on purpose, but the official crate does not have it");
    }
    let mut counts = Counts::default();
    for item in LIST.lines() {
        let same = spelling::common(item);
        let reason = DELIBERATE.iter().find(|(left_out, _)| *left_out == item).map(|(_, reason)| *reason);
        let found = ours.contains(&same) || spelling::type_name(&same).is_some_and(|name| named.contains(name));
        match (found, reason) {
            (true, None) => counts.matched += 1,
            (true, Some(_)) => counts.report("not left out", item, "remove it from DELIBERATE", true),
            (false, Some(reason)) => counts.report("left out", item, reason, false),
            (false, None) => counts.report("missing", item, "", true),
        }
    }
    println!("{} of {} items exist, {} are left out on purpose", counts.matched, LIST.lines().count(), counts.deliberate);
    Ok(if counts.wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[derive(Default)]
struct Counts {
    matched: usize,
    deliberate: usize,
    wrong: usize,
}

impl Counts {
    fn report(&mut self, verdict: &str, item: &str, reason: &str, wrong: bool) {
        *(if wrong { &mut self.wrong } else { &mut self.deliberate }) += 1;
        let colon = if reason.is_empty() { "" } else { ": " };
        println!("{verdict}: {item}{colon}{reason}");
    }
}

/// Runs rustdoc with JSON output on a package of the workspace. `RUSTC_BOOTSTRAP` enables this unstable format on the stable toolchain.
fn rustdoc(root: &Path, package: &str) -> Result<PathBuf> {
    let target = root.join("target/api-diff");
    let status = Command::new("cargo")
        .args(["rustdoc", "--quiet", "--locked", "--lib", "--package", package, "--target-dir"])
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(root)
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
