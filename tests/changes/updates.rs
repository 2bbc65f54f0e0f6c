//! The updates of `CodeBuild` since 2019, from the releases of botocore that made them.

use anyhow::{Context, Result};
use serde_json::Value;
use smithlet::Exit;
use smithlet::report::Console;
use smithlet_tests::botocore::{self, Release};
use smithlet_tests::{Need, feed, skip};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// The release before the first update. The hashes here are those of wheels.
const BEFORE: Release = Release { version: "1.13.26", sha256: "9fefb42c6d4fa0079a52b49e5491fa0738cca63649f68be180b3ed6c253d2622" };

/// Each release that changed one of the three operations, with its day and the verdict on it.
const UPDATES: [(Release, &str, &str, &str); 27] = [
    (
        Release { version: "1.13.27", sha256: "d2031c59a3580c6f928d17d334a8be72b3615ef754288b8fa226c4d53feba421" },
        "2019-11-25",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.13.48", sha256: "7f60edf33c6f5b7c1c9b9377267bdc56495f52704607f713d4c3bd1d82a08334" },
        "2020-01-07",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.14.12", sha256: "e20a7fa4bc3803b64bc59f9af1c86d13c825f209bed0edbf1b6da06bcf213212" },
        "2020-02-06",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.17.15", sha256: "bb3d3e6aa1fb0caac5909421404218fa7fdcdfc5a1b597ec93cb3affb8326d26" },
        "2020-07-01",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.17.24", sha256: "023e390e1caaf4aab55bd6b87738777d25e7b6f3098fb77e356e638c0baa491b" },
        "2020-07-20",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.17.32", sha256: "980c71b91d48ee3378a5f00c4530fdf2213a956e3924ca37859f6b3193f779b0" },
        "2020-07-30",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.20.50", sha256: "f6c2bfae21eaa4e4f75fc5f48b22b16831356755bfb58516219ee11d74070220" },
        "2021-04-12",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.20.100", sha256: "55da43d99d1ed5f51fa65d71f30ecdfb5f9d8b0874c0c3e63264121bd88e0cab" },
        "2021-06-24",
        "breaking",
        "major",
    ),
    (
        Release { version: "1.21.4", sha256: "dca7f283d4e7a1c9f456f5a23e55725ffc1b7d34abd089eb2c7651359aebd977" },
        "2021-07-21",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.29.0", sha256: "c706640f8cf9297d2af87fc711394631afc14aaa225c7554e220964b5047b47d" },
        "2022-11-01",
        "compatible",
        "none",
    ),
    (
        Release { version: "1.31.54", sha256: "71fdb337ddcdb6bf378e1211cba9ce754c35f12b1524c7d0c0c147b2310356c7" },
        "2023-09-25",
        "compatible",
        "none",
    ),
    (
        Release { version: "1.31.79", sha256: "6f1fc49e9e12f9772b4fef577837670bc84d772a7c946b4d08fe2890e34a4305" },
        "2023-11-06",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.34.15", sha256: "16bcf871e67ef0177593f06e9e5bae4db51c9a9a2e953cb14feeb42d53441a85" },
        "2024-01-08",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.34.23", sha256: "1980411306593bbc2b0cd9b8d1dcacbd418b758077b82f68b932070ad902cfe9" },
        "2024-01-19",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.34.70", sha256: "c86944114e85c8a8d5da06fb84f2609ed3bd23cd2fc06b30250bef7e37e8c589" },
        "2024-03-25",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.34.108", sha256: "b1b9d00804267669c5fcc36489269f7e9c43580c30f0885fbf669cf73cec720b" },
        "2024-05-17",
        "compatible",
        "none",
    ),
    (
        Release { version: "1.34.161", sha256: "6c606d2da6f62fde06880aff1190566af208875c29938b6b68741e607817975a" },
        "2024-08-14",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.35.1", sha256: "bce42967d0f03b79cf25b2b6a36221fb2fb15f98e6fa4155b66b672ab192013b" },
        "2024-08-19",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.35.49", sha256: "aed4d3643afd702920792b68fbe712a8c3847993820d1048cd238a6469354da1" },
        "2024-10-25",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.35.55", sha256: "3d54739e498534c9d7a6e9732ae2d17ed29c7d5e29fe36c956d8488b859538b0" },
        "2024-11-06",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.35.59", sha256: "bcd66d7f55c8d1b6020eb86f2d87893fe591fb4be6a7d2a689c18be586452334" },
        "2024-11-12",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.37.23", sha256: "ffbe1f5958adb1c50d72d3ad1018cb265fe349248c08782d334601c0814f0e38" },
        "2025-03-28",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.37.26", sha256: "d499a617903cbcaae18380320125fa3a95cb625b613d746e6edc69c6f01f1326" },
        "2025-04-02",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.38.1", sha256: "b1673975e3c42d0e2d1804f9f73e88961e95eac371c8f8c0a0d7e661ec3c90c3" },
        "2025-04-23",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.38.17", sha256: "ec75cf02fbd3dbec18187085ce387761eab16afdccfd0774fd168db3689c6cb6" },
        "2025-05-15",
        "compatible",
        "minor",
    ),
    (
        Release { version: "1.40.58", sha256: "2571ca3aec8150e1b5a597794da6fd06284de72f29d3ea806804b798755f2e5a" },
        "2025-10-23",
        "compatible",
        "none",
    ),
    (
        Release { version: "1.43.38", sha256: "54c1c41aff82422d2b88a8a7d782fde8ae1299a45f088d00011d85c4bc44b0cc" },
        "2026-06-30",
        "compatible",
        "minor",
    ),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("botocore")
}

/// The folder with the wheels of all releases, or the reason why it is missing.
fn wheels() -> Result<Need<PathBuf>> {
    let releases: Vec<Release> = [BEFORE].into_iter().chain(UPDATES.map(|(release, ..)| release)).collect();
    botocore::wheels(&folder(), &releases, &["botocore/data/codebuild"])
}

/// Runs `changes --history` for the three operations. Returns its report as JSON.
fn history(releases: &Path, words: &[&str]) -> Result<Value> {
    let first = ["xtask", "changes", "--operations", "BatchGetBuilds,StartBuild,StopBuild", "--format", "json", "--history"];
    let words = first.iter().map(OsString::from).chain([releases.into()]).chain(words.iter().map(OsString::from));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = xtask::run_in(&folder(), words, &mut Console::plain(&mut out, &mut err));
    assert_eq!((exit, String::from_utf8(err)?.as_str()), (Exit::Done, ""));
    Ok(serde_json::from_slice(&out)?)
}

/// The values of a key of all updates, oldest first.
fn each<'j>(history: &'j Value, pointer: &str) -> Vec<&'j str> {
    let updates = history["updates"].as_array().into_iter().flatten().rev();
    updates.map(|update| update.pointer(pointer).and_then(Value::as_str).unwrap_or_default()).collect()
}

#[test]
fn the_updates_of_seven_years_are_entries_with_their_dates_and_verdicts() -> Result<()> {
    let wheels = match wheels()? {
        Need::Met(wheels) => wheels,
        Need::Missing(reason) => return skip("the history of CodeBuild", &reason),
    };
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("updates.xml");
    let found = history(&wheels, &["--no-docs", "--feed", file.to_str().context("a path in Unicode")?])?;
    let columns = ["/version", "/date", "/verdict/wire", "/verdict/crate"].map(|pointer| each(&found, pointer));
    let expected = UPDATES.map(|(release, date, wire, level)| [release.version, date, wire, level]);
    let rows: Vec<[&str; 4]> = (0..columns[0].len()).map(|row| [0, 1, 2, 3].map(|column| columns[column][row])).collect();
    assert_eq!(rows, expected);

    let read = match feed::read(&folder(), &file)? {
        Need::Met(read) => read,
        Need::Missing(reason) => return skip("the feed of CodeBuild's updates", &reason),
    };
    let entries = read["entries"].as_array().context("a list")?;
    let entry = |pointer: &str| -> Vec<&str> { entries.iter().rev().map(|entry| entry[pointer].as_str().unwrap_or_default()).collect() };
    assert_eq!(entry("id"), each(&found, "/id"), "the newest first, as in the report");
    assert_eq!(entry("id").into_iter().collect::<BTreeSet<_>>().len(), UPDATES.len());
    assert_eq!(entry("updated"), expected.map(|[_, date, ..]| format!("{date}T00:00:00Z")));
    assert_eq!(read["feed"]["title"], "AWS CodeBuild: updates of BatchGetBuilds, StartBuild and StopBuild");
    assert_eq!(read["feed"]["id"], found["id"]);
    for (entry, [version, _, wire, level]) in entries.iter().rev().zip(expected) {
        assert!(entry["title"].as_str().is_some_and(|title| title.starts_with(&format!("AWS CodeBuild {version}: "))), "{entry}");
        assert_eq!(entry["categories"], serde_json::json!([format!("wire-{wire}"), format!("crate-{level}")]));
        assert!(entry["content"].as_str().is_some_and(|content| content.starts_with("<p>wire: ")), "{entry}");
    }
    Ok(())
}

#[test]
fn a_part_of_the_history_has_the_same_ids() -> Result<()> {
    let wheels = match wheels()? {
        Need::Met(wheels) => wheels,
        Need::Missing(reason) => return skip("a part of the history of CodeBuild", &reason),
    };
    let part = tempfile::tempdir()?;
    let versions: Vec<String> = UPDATES.iter().skip(3).take(5).map(|(release, ..)| format!("botocore-{}-", release.version)).collect();
    for entry in fs::read_dir(&wheels)? {
        let name = entry?.file_name().into_string().unwrap_or_default();
        if versions.iter().any(|version| name.starts_with(version)) {
            fs::copy(wheels.join(&name), part.path().join(&name))?;
        }
    }
    let (whole, part) = (history(&wheels, &["--no-docs"])?, history(part.path(), &["--no-docs"])?);
    assert_eq!(each(&part, "/id"), each(&whole, "/id")[4..8]);
    assert_eq!(part["id"], whole["id"]);
    // Documentation makes more entries, and does not change the ids of the others.
    let documented = history(&wheels, &[])?;
    let ids = each(&documented, "/id");
    assert!(each(&whole, "/id").iter().all(|id| ids.contains(id)));
    Ok(())
}
