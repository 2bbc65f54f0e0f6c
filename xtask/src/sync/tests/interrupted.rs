//! Runs that end too early, at every step they can.

use super::*;
use crate::sync::act::{Disk, Real};
use std::io;

/// How a disk goes wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fault {
    /// The process is gone: from that step on nothing happens at all.
    Killed,
    /// The same in the middle of writing a file.
    KilledHalfway,
    /// That step fails, halfway where it writes; all others work.
    Fails,
}

/// A disk that goes wrong after a number of steps.
pub(super) struct Faulty {
    fault: Fault,
    left: usize,
    gone: bool,
    replaced: usize,
}

impl Faulty {
    pub(super) fn new(fault: Fault, left: usize) -> Self {
        Self { fault, left, gone: false, replaced: 0 }
    }

    /// Whether it went wrong.
    pub(super) fn is_gone(&self) -> bool {
        self.gone
    }

    /// Whether this step goes wrong.
    fn is_over(&mut self) -> bool {
        let over = self.left == 0 && (!self.gone || self.fault != Fault::Fails);
        self.gone |= over;
        self.left = self.left.saturating_sub(1);
        over
    }

    fn step(&mut self, act: impl FnOnce(&mut Real) -> io::Result<()>) -> io::Result<()> {
        if self.is_over() { Err(io::Error::other("it broke")) } else { act(&mut Real) }
    }
}

impl Disk for Faulty {
    fn create_folder(&mut self, path: &Path) -> io::Result<()> {
        self.step(|real| real.create_folder(path))
    }

    fn write_new(&mut self, path: &Path, contents: &[u8]) -> io::Result<()> {
        let first = !self.gone;
        self.step(|real| real.write_new(path, contents)).inspect_err(|_| {
            if first && self.fault != Fault::Killed {
                Real.write_new(path, &contents[..contents.len() / 2]).unwrap();
            }
        })
    }

    fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|real| real.replace(from, to)).inspect(|()| self.replaced += 1)
    }

    fn remove_file(&mut self, path: &Path) -> io::Result<()> {
        self.step(|real| real.remove_file(path))
    }

    fn remove_folder(&mut self, path: &Path) -> io::Result<()> {
        self.step(|real| real.remove_folder(path))
    }
}

/// Runs on a disk that goes wrong at step `left`; true if it came to the end all the same.
fn run(disk: &mut Faulty, out: &Path, files: &Files) -> bool {
    sync_through(disk, out, files, Mode::Write, &mut || {}).is_ok() && !disk.gone
}

fn old() -> Files {
    files(&[
        ("Cargo.toml", "same"),
        ("src/lib.rs", "old"),
        ("src/types/build.rs", "old"),
        ("src/old/a.rs", "orphan"),
        ("src/old/deep/b.rs", "orphan"),
    ])
}

fn new() -> Files {
    files(&[
        ("Cargo.toml", "same"),
        ("src/lib.rs", "new"),
        ("src/types/build.rs", "new"),
        ("src/new/deep/c.rs", "new"),
        ("src/types/phase.rs", "new"),
    ])
}

/// A folder as an earlier version generated it, with files of somebody else.
fn used() -> TempDir {
    let folder = folder(&[("notes.txt", "mine"), ("src/mine.rs", "mine")]);
    write(folder.path(), &old()).unwrap();
    put(folder.path(), ".smithlet-1-1.tmp", "half");
    folder
}

/// Every file is whole: as it was, as it is to be, or one of a killed run, which nothing reads.
#[track_caller]
fn assert_whole(folder: &Path, context: &str) {
    let found = contents(folder);
    let (old, new) = (old(), new());
    for (path, text) in &found {
        let whole =
            [old.get(path), new.get(path)].contains(&Some(text)) || text == "mine" || paths::is_temporary(path.rsplit('/').next().unwrap());
        assert!(whole, "{context}: {path} holds {text:?}");
    }
    for kept in old.keys().filter(|path| new.contains_key(*path)).map(String::as_str).chain(["notes.txt", "src/mine.rs"]) {
        assert!(found.contains_key(kept), "{context}: {kept} is gone");
    }
}

/// The next run repairs everything.
#[track_caller]
fn assert_repaired(folder: &Path, context: &str) {
    let mut expected = new();
    write(folder, &expected).unwrap();
    assert_clean(folder, &expected);
    let theirs = ["notes.txt", "src/mine.rs"].into_iter().filter(|path| folder.join(path).exists());
    expected.extend(theirs.map(|path| (path.to_owned(), "mine".to_owned())));
    assert_eq!(contents(folder), expected, "{context}");
}

/// How many steps the whole job has.
fn steps(start: impl Fn() -> TempDir, out: &str) -> usize {
    (0..100).find(|left| run(&mut Faulty::new(Fault::Killed, *left), &start().path().join(out), &new())).unwrap()
}

#[test]
fn killed_between_any_two_steps_and_killed_again_while_repairing() {
    let steps = steps(used, "");
    assert!(steps >= 14, "the job has {steps} steps, too few for a leftover, three folders, four files and two orphans");
    for first in 0..steps {
        for second in 0..=steps {
            for fault in [Fault::Killed, Fault::KilledHalfway] {
                let context = format!("{fault:?} after {first}, then after {second} steps");
                let folder = used();
                assert!(!run(&mut Faulty::new(fault, first), folder.path(), &new()), "{context}");
                assert_whole(folder.path(), &context);
                run(&mut Faulty::new(fault, second), folder.path(), &new());
                assert_whole(folder.path(), &context);
                assert_repaired(folder.path(), &context);
            }
        }
    }
}

#[test]
fn killed_while_the_folder_is_made() {
    let start = || folder(&[]);
    let steps = steps(start, "a/new/crate");
    for left in 0..steps {
        for fault in [Fault::Killed, Fault::KilledHalfway] {
            let folder = start();
            let out = folder.path().join("a/new/crate");
            assert!(!run(&mut Faulty::new(fault, left), &out, &new()));
            for (path, text) in contents(folder.path()) {
                let path = path.strip_prefix("a/new/crate/").unwrap();
                assert!(
                    new().get(path) == Some(&text) || paths::is_temporary(path.rsplit('/').next().unwrap()),
                    "after {left} steps: {path}"
                );
            }
            assert_repaired(&out, &format!("{fault:?} after {left} steps"));
        }
    }
}

#[test]
fn a_disk_that_refuses_one_step_leaves_nothing_lying_about() {
    for left in 0..steps(used, "") {
        let folder = used();
        let mut before = contents(folder.path());
        let mut disk = Faulty::new(Fault::Fails, left);
        let result = sync_through(&mut disk, folder.path(), &new(), Mode::Write, &mut || {});
        let context = format!("step {left}");
        assert_whole(folder.path(), &context);
        let mut after = contents(folder.path());
        if left > 0 {
            assert!(after.keys().all(|path| !path.contains(".smithlet-")), "{context}: {after:?}");
        }
        if let Err(problems) = result {
            let [problem] = problems.as_slice() else { panic!("{context}: {problems:?}") };
            assert!(problem.message.ends_with(": it broke"), "{context}: {problem:?}");
            if problem.hint == "nothing was changed" {
                before.retain(|path, _| !path.contains(".smithlet-"));
                after.retain(|path, _| !path.contains(".smithlet-"));
                assert_eq!(after, before, "{context}");
                assert!(!folder.path().join("src/new").exists(), "{context}: a new folder was left");
            } else {
                assert!(problem.hint.starts_with("it stopped halfway"), "{context}: {problem:?}");
            }
        }
        assert_repaired(folder.path(), &context);
    }
}

#[test]
fn a_new_folder_that_cannot_be_filled_is_taken_back() {
    let folder = folder(&[]);
    let out = folder.path().join("a/new/crate");
    // Three folders are made, then the first one inside fails.
    assert!(!run(&mut Faulty::new(Fault::Fails, 3), &out, &new()));
    assert!(!folder.path().join("a").exists());
}

#[test]
fn everything_is_written_before_anything_is_replaced() {
    // Leftover, two folders and four files come first.
    let folder = used();
    let mut disk = Faulty::new(Fault::Killed, 7);
    run(&mut disk, folder.path(), &new());
    assert_eq!(disk.replaced, 0);
    let temporary = contents(folder.path()).keys().filter(|path| path.contains(".smithlet-")).count();
    assert_eq!(temporary, 4);
}

#[test]
fn an_orphan_that_differs_only_in_case_goes_before_its_twin_comes() {
    let start = || folder(&[("src/Lib.rs", &marked("old"))]);
    let wanted = files(&[("src/lib.rs", "new")]);
    let folder = start();
    // The new text is written and the orphan removed; the next step would be the renaming.
    run(&mut Faulty::new(Fault::Killed, 2), folder.path(), &wanted);
    assert!(!folder.path().join("src/Lib.rs").exists());
    assert!(!folder.path().join("src/lib.rs").exists());
    write(folder.path(), &wanted).unwrap();
    assert_eq!(contents(folder.path()), wanted);
}
