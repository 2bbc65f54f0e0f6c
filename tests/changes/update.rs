//! `.ci/update`, run on a copy of this checkout whose model is that of 2019-11-21.

use super::{import, path, releases, text};
use anyhow::{Context, Result, ensure};
use smithlet_tests::{Need, botocore, skip};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Stands in for cargo on the search path. The copy's `xtask` has the same source as this checkout's, which the tests build anyway.
const CARGO: &str = r#"#!/bin/sh
if [ "$1" = xtask ]; then
  shift
  exec "$SMITHLET_CARGO" run --quiet --manifest-path "$SMITHLET_ROOT/Cargo.toml" --package xtask -- "$@"
fi
exec "$SMITHLET_CARGO" "$@"
"#;

/// Files that an update may change besides those of the crate.
const BESIDES_THE_CRATE: [&str; 6] = [
    "Cargo.lock",
    "model/codebuild.json",
    "model/codebuild.overlay.json",
    "model/codebuild.upstream.json",
    "tests/fuzz/Cargo.lock",
    "tests/peers/Cargo.lock",
];

/// A copy of this checkout, with releases of botocore that its script finds instead of those of an index.
struct Copy {
    /// The folder of the copy, always the same, so that cargo compiles only what changed since the last run.
    folder: PathBuf,
    /// The folder with the releases as wheels.
    wheels: PathBuf,
    /// The folder with the program that stands in for cargo.
    programs: PathBuf,
    /// Keeps other processes from the folder. The system releases the lock when the file is closed.
    _lock: File,
}

impl Copy {
    /// Copies the files that git knows or would add.
    fn new() -> Result<Need<Self>> {
        if let Err(error) = Command::new("python3").arg("--version").output() {
            return Ok(Need::Missing(format!("python3 does not run: {error}")));
        }
        let root = path("..");
        let files = match listed(&root) {
            Ok(files) => files,
            Err(error) => return Ok(Need::Missing(format!("git cannot list the checkout: {error}"))),
        };
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("update");
        fs::create_dir_all(&home)?;
        let lock = File::create(home.join("lock"))?;
        lock.lock()?;

        let copy = Self { folder: home.join("checkout"), wheels: home.join("wheels"), programs: home.join("programs"), _lock: lock };
        for folder in [&copy.folder, &copy.wheels, &copy.programs] {
            fs::create_dir_all(folder)?;
        }
        // The Python environment that the script makes is kept.
        for entry in fs::read_dir(&copy.folder)?.chain(fs::read_dir(&copy.wheels)?) {
            let entry = entry?;
            if entry.file_type()?.is_dir() && entry.file_name() != "target" {
                fs::remove_dir_all(entry.path())?;
            } else if entry.file_type()?.is_file() {
                fs::remove_file(entry.path())?;
            }
        }
        // A file that was removed since the last commit is listed too.
        for file in files.split_terminator('\0').filter(|file| root.join(file).exists()) {
            let (from, to) = (root.join(file), copy.folder.join(file));
            fs::create_dir_all(to.parent().context("a file in a folder")?)?;
            fs::copy(&from, &to)?;
            // Cargo compiles a package again when one of its files is newer than the output.
            File::options().write(true).open(&to)?.set_modified(from.metadata()?.modified()?)?;
        }
        let program = copy.programs.join("cargo");
        fs::write(&program, CARGO)?;
        fs::set_permissions(&program, Permissions::from_mode(0o755))?;
        Ok(Need::Met(copy))
    }

    /// Writes a file of the copy.
    fn write(&self, file: &str, text: &str) -> Result<()> {
        fs::write(self.folder.join(file), text).with_context(|| file.to_owned())
    }

    /// Makes a release available to pip.
    fn release(&self, version: &str, date: &str, name: &str, model: &Path) -> Result<()> {
        let mut python = Command::new("python3");
        python.arg("-I").arg(path("botocore/wheel.py")).arg(&self.wheels).args([version, date, name]).arg(model);
        let output = python.output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    /// Runs a program in the copy.
    fn run(&self, program: &str, arguments: &[&str]) -> Result<Output> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().context("it is inside the target folder")?;
        let others = std::env::var_os("PATH").unwrap_or_default();
        let search = std::env::join_paths([self.programs.clone()].into_iter().chain(std::env::split_paths(&others)))?;
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.folder).env("PATH", search).env("CARGO_TARGET_DIR", target);
        command.env("SMITHLET_CARGO", env!("CARGO")).env("SMITHLET_ROOT", path("..").canonicalize()?);
        // Cargo describes this package to its tests. Build scripts would run again because of these variables.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") || name.to_string_lossy().starts_with("CARGO_MANIFEST_") {
                command.env_remove(name);
            }
        }
        // pip finds the wheels, and nothing else.
        command.env("PIP_CONFIG_FILE", "/dev/null").env("PIP_NO_INDEX", "1").env("PIP_FIND_LINKS", "../wheels");
        Ok(command.output()?)
    }

    /// Runs the script. Returns its standard output and its standard error.
    fn update(&self, version: &[&str]) -> Result<(String, String)> {
        let output = self.run("bash", &[&[".ci/update"], version].concat())?;
        let said = String::from_utf8(output.stderr)?;
        ensure!(output.status.success(), ".ci/update {version:?}:\n{said}");
        Ok((String::from_utf8(output.stdout)?, said))
    }

    /// The files of the copy with their content.
    fn files(&self) -> Result<BTreeMap<String, Vec<u8>>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(self.folder.join(&folder))? {
                let entry = entry?;
                let inside = folder.join(entry.file_name());
                if !entry.file_type()?.is_dir() {
                    files.insert(inside.to_str().context("a name in Unicode")?.to_owned(), fs::read(entry.path())?);
                } else if inside != Path::new("target") {
                    folders.push(inside);
                }
            }
        }
        Ok(files)
    }
}

/// The files of a checkout that git knows or would add, each followed by a zero.
fn listed(root: &Path) -> Result<String> {
    let output = Command::new("git").arg("-C").arg(root).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8(output.stdout)?)
}

/// A copy with the model of 2019-11-21 and, for pip, the release of that day and the next one, whose file is compressed.
fn prepared() -> Result<Need<Copy>> {
    let (before, after) = match (releases::file(botocore::BEFORE_LOG_ARNS)?, releases::file(botocore::WITH_LOG_ARNS)?) {
        (Need::Met(before), Need::Met(after)) => (before, after),
        (Need::Missing(reason), _) | (_, Need::Missing(reason)) => return Ok(Need::Missing(reason)),
    };
    let copy = match Copy::new()? {
        Need::Met(copy) => copy,
        missing @ Need::Missing(_) => return Ok(missing),
    };
    copy.release("1.13.25", "2019-11-21", "service-2.json", &before)?;
    copy.release("1.13.26", "2019-11-22", "service-2.json.gz", &after)?;
    copy.write("model/codebuild.json", &import::models().0)?;
    // No version of the crate is like this one, so that every lock file changes.
    let overlay = text("facts/codebuild-2019-11-22.overlay.json").replace(r#""version": "0.1.1""#, r#""version": "7.0.0""#);
    copy.write("model/codebuild.overlay.json", &overlay)?;
    copy.write("generated/CHANGELOG.md", "# Changelog\n")?;
    fs::remove_file(copy.folder.join("model/codebuild.upstream.json"))?;
    // The record of the import names the release before, so that the script has one to take over that differs by its name alone.
    let model = before.to_str().context("a name in Unicode")?;
    let output = copy.run("cargo", &["xtask", "import", model, "--release", "botocore 1.13.24", "--date", "2019-11-20"])?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(Need::Met(copy))
}

#[test]
fn the_newest_release_is_imported_once() -> Result<()> {
    let copy = match prepared()? {
        Need::Met(copy) => copy,
        Need::Missing(reason) => return skip("the script that imports the newest release", &reason),
    };
    let before = copy.files()?;
    let (out, said) = copy.update(&["1.13.25"])?;
    assert_eq!(out, "");
    assert!(said.ends_with("botocore 1.13.25 of 2019-11-21: nothing differs\n"), "{said}");
    assert!(copy.files()? == before, "a release without changes changes no file");

    let (out, said) = copy.update(&[])?;
    assert_eq!(out, "target/update/botocore-1.13.26.md\n", "{said}");
    let after = copy.files()?;
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed: Vec<&str> = paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).map(String::as_str).collect();
    let (in_crate, others): (Vec<&str>, Vec<&str>) = changed.iter().partition(|path| path.starts_with("generated/"));
    assert_eq!(others, BESIDES_THE_CRATE);
    for file in ["generated/CHANGELOG.md", "generated/Cargo.toml", "generated/src/types/logs_location.rs"] {
        assert!(in_crate.contains(&file), "{file} is not in {in_crate:?}");
    }
    let record = String::from_utf8_lossy(&after["model/codebuild.upstream.json"]);
    assert!(record.contains(r#""release": "botocore 1.13.26""#) && record.contains(r#""date": "2019-11-22""#), "{record}");

    let report = fs::read_to_string(copy.folder.join(out.trim_end()))?;
    for part in [
        "The changes of botocore 1.13.26, made by `.ci/update 1.13.26`.\n\n# AWS CodeBuild\n",
        "\n2019/11/22 - AWS CodeBuild - 3 updated api methods\n",
        "\n{'build': {'logs': {'cloudWatchLogsArn': 'string', 's3LogsArn': 'string'}}}\n",
        "\n## Notes of the import\n",
        "\n\n- [ ] `LogsLocation$cloudWatchLogsArn`\n- [ ] `LogsLocation$s3LogsArn`\n\n",
        "\nversion: 7.0.0 -> 7.1.0 (this import: minor)\n",
    ] {
        assert!(report.contains(part), "{part:?} is not in:\n{report}");
    }

    let (out, said) = copy.update(&[])?;
    assert_eq!(out, "");
    assert!(said.ends_with("botocore 1.13.26 of 2019-11-22: nothing differs\n"), "{said}");
    assert!(copy.files()? == after, "the second run changes no file");
    Ok(())
}

#[test]
fn a_failed_run_changes_nothing_and_says_why() -> Result<()> {
    let copy = match Copy::new()? {
        Need::Met(copy) => copy,
        Need::Missing(reason) => return skip("the script without a release to import", &reason),
    };
    let empty = path("botocore/tools.txt");
    copy.release("1.13.98", "2019-11-22", "other.json", &empty)?;
    copy.release("1.13.99", "2019-11-22", "service-2.json", &empty)?;
    let before = copy.files()?;
    for (version, reason) in [
        ("1.13.97", "pip cannot download botocore==1.13.97: its message is above"),
        ("1.13.98", "the release in target/update/release cannot be unpacked"),
        ("1.13.99", "botocore 1.13.99 cannot be imported: the reason is above"),
        ("--help", "expected a version such as 1.43.67, found \"--help\""),
    ] {
        let output = copy.run("bash", &[".ci/update", version])?;
        let said = String::from_utf8(output.stderr)?;
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{version}: {said}");
        assert!(said.ends_with(&format!(".ci/update: {reason}\n")), "{version}: {said}");
    }
    assert!(copy.files()? == before);
    Ok(())
}
