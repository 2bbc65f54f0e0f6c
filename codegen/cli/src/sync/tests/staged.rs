//! Replacing files that are kept by hand.

use super::interrupted::{Fault, Faulty};
use super::*;
use crate::sync::staged::{Staged, put as put_staged, stage};
use std::path::PathBuf;

fn wanted(folder: &Path) -> Vec<(PathBuf, String)> {
    ["new/CHANGELOG.md", "model/m.json"].map(|path| (folder.join(path), "new".to_owned())).into()
}

fn start() -> TempDir {
    folder(&[("model/m.json", "old"), ("model/o.json", "mine")])
}

/// Runs on a disk that fails at step `left`. Returns true if the run finished nonetheless.
fn run(disk: &mut Faulty, folder: &Path) -> bool {
    let done = stage(disk, &wanted(folder)).and_then(|mut staged| put_staged(disk, &mut staged));
    done.is_ok() && !disk.is_gone()
}

/// The content of the folder without temporary files.
fn whole(folder: &Path) -> Files {
    contents(folder).into_iter().filter(|(path, _)| !path.ends_with(".smithlet.tmp")).collect()
}

#[test]
fn every_file_is_whole_whenever_the_run_ends_and_the_next_one_finishes() {
    let steps = (0..100).find(|left| run(&mut Faulty::new(Fault::Killed, *left), start().path())).unwrap();
    assert!(steps >= 7, "a folder, two leftovers, two files and two places: {steps}");
    for left in 0..steps {
        for fault in [Fault::Killed, Fault::KilledHalfway, Fault::Fails] {
            let folder = start();
            run(&mut Faulty::new(fault, left), folder.path());
            let found = whole(folder.path());
            assert!(["old", "new"].contains(&found["model/m.json"].as_str()), "{fault:?} after {left}: {found:?}");
            assert!(found.get("new/CHANGELOG.md").is_none_or(|text| text == "new"), "{fault:?} after {left}: {found:?}");
            Staged::new(&wanted(folder.path())).unwrap().put().unwrap();
            let expected = [("model/m.json", "new"), ("model/o.json", "mine"), ("new/CHANGELOG.md", "new")];
            assert_eq!(contents(folder.path()), Files::from(expected.map(|(path, text)| (path.to_owned(), text.to_owned()))));
        }
    }
}

#[test]
fn a_failed_step_leaves_no_temporary_files() {
    for left in 0..7 {
        let folder = start();
        let before = contents(folder.path());
        let mut disk = Faulty::new(Fault::Fails, left);
        if let Err(problem) = stage(&mut disk, &wanted(folder.path())) {
            assert_eq!(problem.hint, "nothing was changed");
            assert_eq!(contents(folder.path()), before, "step {left}");
        }
    }
}

#[test]
fn files_that_are_dropped_are_removed() {
    let folder = start();
    let before = contents(folder.path());
    drop(Staged::new(&wanted(folder.path())).unwrap());
    assert_eq!(contents(folder.path()), before);
    assert!(!folder.path().join("new").exists());
}
