#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod interrupted;
mod refused;
mod staged;

use super::*;
use std::fs;
use tempfile::TempDir;

/// Generated files, each text below the mark.
fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(path, text)| ((*path).to_owned(), marked(text))).collect()
}

fn marked(text: &str) -> String {
    format!("// {MARK} from a test.\n{text}\n")
}

/// A folder with these files and exactly these texts.
fn folder(list: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in list {
        put(folder.path(), path, text);
    }
    folder
}

fn put(folder: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Every file below the folder by relative path; links show their targets.
fn contents(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(path).unwrap() {
            let entry = entry.unwrap();
            let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                waiting.push(entry.path());
            } else if kind.is_symlink() {
                found.insert(name, format!("-> {}", fs::read_link(entry.path()).unwrap().display()));
            } else {
                found.insert(name, String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned());
            }
        }
    }
    found
}

fn write(out: &Path, files: &Files) -> Result<Plan, Vec<Problem>> {
    sync(out, files, Mode::Write, &mut || {})
}

fn check(out: &Path, files: &Files) -> Result<Plan, Vec<Problem>> {
    sync(out, files, Mode::Check, &mut || {})
}

#[track_caller]
fn assert_clean(out: &Path, files: &Files) {
    let plan = check(out, files).unwrap();
    assert!(plan.is_clean(), "{plan:?}");
    assert_eq!(plan.unchanged, files.len());
}

#[test]
fn missing_parent_folders_are_made() {
    let folder = folder(&[]);
    let (out, files) = (folder.path().join("not/there/yet"), files(&[("Cargo.toml", "a"), ("src/types/build.rs", "b")]));
    assert_eq!(check(&out, &files).unwrap().missing, ["Cargo.toml", "src/types/build.rs"]);
    assert!(!folder.path().join("not").exists(), "a check makes nothing");
    assert_eq!(write(&out, &files).unwrap().missing, ["Cargo.toml", "src/types/build.rs"]);
    assert_eq!(contents(&out), files);
    assert_clean(&out, &files);
}

#[test]
fn only_different_files_are_written() {
    let old = files(&[("a.rs", "same"), ("b.rs", "old"), ("c.rs", "same")]);
    let new = files(&[("a.rs", "same"), ("b.rs", "new"), ("c.rs", "same"), ("d.rs", "more")]);
    let folder = folder(&[]);
    write(folder.path(), &old).unwrap();
    let before = fs::metadata(folder.path().join("a.rs")).unwrap().modified().unwrap();
    let plan = write(folder.path(), &new).unwrap();
    assert_eq!((plan.missing, plan.unchanged), (vec!["d.rs".to_owned()], 2));
    assert_eq!(plan.stale.iter().map(|stale| stale.path.as_str()).collect::<Vec<_>>(), ["b.rs"]);
    assert_eq!(contents(folder.path()), new);
    assert_eq!(fs::metadata(folder.path().join("a.rs")).unwrap().modified().unwrap(), before);
}

#[test]
fn a_check_finds_any_changed_byte_and_changes_nothing() {
    let files = files(&[("a.rs", "let x = 1;"), ("b.rs", "other")]);
    let folder = folder(&[]);
    let text = files.get("a.rs").unwrap();
    for offset in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        *bytes.get_mut(offset).unwrap() ^= 1;
        put(folder.path(), "a.rs", &bytes);
        put(folder.path(), "b.rs", files.get("b.rs").unwrap());
        let plan = check(folder.path(), &files).unwrap();
        assert!(!plan.is_clean(), "byte {offset}");
        assert_eq!(plan.stale.first().unwrap().on_disk, bytes);
        assert_eq!(fs::read(folder.path().join("a.rs")).unwrap(), bytes, "a check repairs nothing");
    }
    for (what, text) in [
        ("one byte more", format!("{text} ")),
        ("one byte less", text[..text.len() - 1].to_owned()),
        ("other line ends", text.replace('\n', "\r\n")),
    ] {
        put(folder.path(), "a.rs", text);
        assert_eq!(check(folder.path(), &files).unwrap().stale.len(), 1, "{what}");
    }
    write(folder.path(), &files).unwrap();
    assert_clean(folder.path(), &files);
}

#[test]
fn orphans_are_removed_with_the_folders_they_leave_empty() {
    let folder = folder(&[
        ("src/old/deep/a.rs", &marked("")),
        ("src/old/b.rs", &marked("")),
        ("src/kept/c.rs", &marked("")),
        ("src/kept/mine.txt", "mine"),
    ]);
    let files = files(&[("src/lib.rs", "")]);
    let orphans = ["src/kept/c.rs", "src/old/b.rs", "src/old/deep/a.rs"];
    assert_eq!(check(folder.path(), &files).unwrap().orphaned, orphans);
    let plan = write(folder.path(), &files).unwrap();
    assert_eq!(plan.orphaned, orphans);
    assert_eq!(plan.foreign, ["src/kept/mine.txt"]);
    assert!(!folder.path().join("src/old").exists());
    assert!(folder.path().join("src/kept/mine.txt").exists());
    assert_clean(folder.path(), &files);
}

#[test]
fn files_that_are_not_ours_are_kept() {
    let late_mark = format!("{}// {MARK}\n", "//\n".repeat(5));
    let far_mark = format!("// {} {MARK}\n", "x".repeat(1024));
    let foreign = [
        ("notes.txt", "mine"),
        ("src/mine.rs", "fn mine() {}"),
        ("src/late.rs", late_mark.as_str()),
        ("src/far.rs", far_mark.as_str()),
        ("src/prost.rs", "// @generated by prost-build"),
        ("empty.rs", ""),
        (".gitignore", "target"),
    ];
    // These are not searched and not reported.
    let lock = marked("# This file is automatically @generated by Cargo.");
    let ours_elsewhere = marked("");
    let hidden = [
        ("Cargo.lock", lock.as_str()),
        ("target/debug/build.rs", ours_elsewhere.as_str()),
        (".git/objects/a.rs", ours_elsewhere.as_str()),
        ("src/.hidden/a.rs", ours_elsewhere.as_str()),
        ("another/Cargo.toml", ours_elsewhere.as_str()),
        ("another/src/lib.rs", ours_elsewhere.as_str()),
        (".smithlet-x-1.tmp", "not a name of ours"),
    ];
    let folder = folder(&foreign);
    for (path, text) in hidden {
        put(folder.path(), path, text);
    }
    let mut expected = contents(folder.path());
    let files = files(&[("Cargo.toml", ""), ("src/lib.rs", "")]);
    let plan = write(folder.path(), &files).unwrap();
    let mut named: Vec<&str> = foreign.iter().map(|(path, _)| *path).chain([".smithlet-x-1.tmp"]).collect();
    named.sort_unstable();
    assert_eq!(plan.foreign, named);
    expected.extend(files.clone());
    assert_eq!(contents(folder.path()), expected);
    assert_clean(folder.path(), &files);
}

#[test]
fn folders_called_target_are_searched_below_the_top() {
    let folder = folder(&[("src/target/old.rs", &marked(""))]);
    let files = files(&[("src/target/new.rs", "")]);
    write(folder.path(), &files).unwrap();
    assert_eq!(contents(folder.path()), files);
}

#[test]
fn files_of_a_killed_run_are_removed() {
    let folder = folder(&[(".smithlet-1-0.tmp", "half"), ("src/.smithlet-4194304-17.tmp", &marked("whole"))]);
    let files = files(&[("src/lib.rs", "")]);
    assert_eq!(check(folder.path(), &files).unwrap().leftover, [".smithlet-1-0.tmp", "src/.smithlet-4194304-17.tmp"]);
    write(folder.path(), &files).unwrap();
    assert_eq!(contents(folder.path()), files);
}

#[test]
fn an_empty_file_is_replaced() {
    let folder = folder(&[("src/lib.rs", "")]);
    let files = files(&[("src/lib.rs", "text")]);
    write(folder.path(), &files).unwrap();
    assert_clean(folder.path(), &files);
}

#[test]
fn only_the_start_of_a_very_large_file_is_read() {
    let files = files(&[("src/lib.rs", "text")]);
    let large = marked(&"x".repeat(3 << 20));
    let folder = folder(&[("src/lib.rs", &large)]);
    assert!(check(folder.path(), &files).unwrap().stale.first().unwrap().on_disk.len() < 2 << 20);
}

#[test]
fn runs_on_one_folder_take_turns() {
    let folder = folder(&[]);
    let files = files(&[("src/lib.rs", "text")]);
    let held = std::cell::RefCell::new(Some(lock(folder.path(), Mode::Write, &mut || {})));
    if held.borrow().as_ref().unwrap().is_none() {
        // This system cannot lock a folder.
        return;
    }
    let mut waits = 0;
    // The test releases the lock when the run waits for it.
    sync(folder.path(), &files, Mode::Write, &mut || {
        waits += 1;
        assert_eq!(contents(folder.path()), Files::new());
        held.take();
    })
    .unwrap();
    assert_eq!(waits, 1);
    assert_clean(folder.path(), &files);
}

#[test]
fn checks_do_not_wait_for_each_other() {
    let folder = folder(&[]);
    let _held = lock(folder.path(), Mode::Check, &mut || {});
    sync(folder.path(), &Files::new(), Mode::Check, &mut || panic!("waited")).unwrap();
}
