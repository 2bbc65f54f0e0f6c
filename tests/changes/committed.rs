//! The command without files: the last commit compared with the working tree.

use super::{edited, member, model};
use anyhow::{Context, Result, ensure};
use smithlet::Exit;
use smithlet::report::Console;
use smithlet_tests::{Need, skip};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const MODEL: &str = "model/codebuild.json";
const OVERLAY: &str = "model/codebuild.overlay.json";

/// A checkout with a model and an overlay, committed; the reason if there is no git.
fn checkout() -> Result<Need<TempDir>> {
    let folder = tempfile::tempdir()?;
    let overlay = r#"{"smithy": "2.0", "shapes": {}}"#;
    let small = model().to_string();
    for (file, text) in [("codegen/runtime/Cargo.toml", ""), ("xtask/Cargo.toml", ""), (MODEL, small.as_str()), (OVERLAY, overlay)] {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().context("a file in a folder")?)?;
        fs::write(path, text)?;
    }
    if Command::new("git").arg("--version").output().is_err() {
        return Ok(Need::Missing("git is not on the search path".to_owned()));
    }
    let author =
        ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", "-c", "commit.gpgsign=false", "-c", "core.hooksPath="];
    for words in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "--message", "a model"]] {
        let output = Command::new("git").arg("-C").arg(folder.path()).args(author).args(words).output()?;
        ensure!(output.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(Need::Met(folder))
}

/// Runs the command in a folder. Returns how it ended, and what it wrote to standard output and standard error.
fn run(folder: &Path, words: &str) -> Result<(Exit, String, String)> {
    let words = format!("xtask changes {words}");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = xtask::run_in(folder, words.split_whitespace().map(Into::into), &mut Console::plain(&mut out, &mut err));
    Ok((exit, String::from_utf8(out)?, String::from_utf8(err)?))
}

#[test]
fn without_files_the_last_commit_is_compared_with_the_working_tree() -> Result<()> {
    let folder = match checkout()? {
        Need::Met(folder) => folder,
        Need::Missing(reason) => return skip("the comparison with the last commit", &reason),
    };
    let path = folder.path().join(MODEL);
    assert_eq!(run(folder.path(), "--exit-code")?.0, Exit::Done);
    fs::write(&path, edited(model(), &[("/shapes/GetThingsInput/members/extra", member("Text"))]).to_string())?;
    let (exit, out, err) = run(&folder.path().join("xtask"), "--exit-code")?;
    assert_eq!((exit, err.as_str()), (Exit::Drift, ""));
    assert!(out.contains("GetThings (updated)\nChanges (request)\n{'extra': 'string'}\n"), "{out}");
    // An overlay's own differences count, and an overlay that is gone leaves nothing to apply.
    fs::remove_file(folder.path().join(OVERLAY))?;
    assert_eq!(run(folder.path(), "--fail-on major")?.0, Exit::Done);
    fs::remove_file(&path)?;
    let (exit, _, err) = run(folder.path(), "")?;
    assert_eq!((exit, err.as_str()), (Exit::Bad, "model/codebuild.json: no such file\n"));
    Ok(())
}

#[test]
fn a_folder_without_a_commit_gives_a_hint() -> Result<()> {
    let folder = match checkout()? {
        Need::Met(folder) => folder,
        Need::Missing(reason) => return skip("the hint without a commit", &reason),
    };
    fs::remove_dir_all(folder.path().join(".git"))?;
    let (exit, out, err) = run(folder.path(), "")?;
    assert_eq!((exit, out.as_str()), (Exit::Bad, ""));
    assert!(err.starts_with("the last commit cannot be read: "), "{err}");
    assert!(err.ends_with("  hint: name two models: cargo xtask changes OLD NEW\n"), "{err}");
    Ok(())
}
