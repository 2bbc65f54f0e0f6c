//! Compares a folder with the generated files without changing anything.

use super::paths::{self, CARGO_LOCK, HEAD_BYTES, is_marked, is_skipped, is_temporary};
use super::plan::{Files, Obstacle, Plan, Problem, Stale};
use crate::cause::cause;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, FileType};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// The minimum number of bytes that are read of a file for a diff; a file larger than that and than the generated one is cut off.
const READ_AT_LEAST: usize = 1 << 20;

/// The maximum number of files and folders in a folder that are not generated. A home folder or a whole disk, given by mistake, is refused before
/// every file in it is searched for the mark.
const MOST_FOREIGN: usize = 20_000;

/// The kind of a directory entry. Links are never followed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Entry {
    File,
    Folder,
    Link,
    Other,
}

impl Entry {
    fn of(kind: FileType) -> Self {
        if kind.is_symlink() {
            Self::Link
        } else if kind.is_dir() {
            Self::Folder
        } else if kind.is_file() {
            Self::File
        } else {
            Self::Other
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::File => "a file",
            Self::Folder => "a folder",
            Self::Link => "a symbolic link",
            Self::Other => "neither a file nor a folder",
        }
    }
}

pub(super) fn compare(out: &Path, files: &Files) -> Result<Plan, Problem> {
    let mut plan = Plan::default();
    if !exists(out)? {
        plan.missing = files.keys().cloned().collect();
        return Ok(plan);
    }
    let needed: BTreeSet<&str> = files.keys().flat_map(|path| paths::folders(path)).collect();
    let mut entries = list(out, files, &needed, &mut plan)?;
    for folder in needed {
        if let Some(entry) = entries.get(folder)
            && *entry != Entry::Folder
        {
            let message = format!("is {}, but a folder of generated files belongs there", entry.text());
            plan.obstacles.push(Obstacle { path: folder.to_owned(), message });
        }
    }
    for (path, text) in files {
        match entries.remove(path) {
            None => plan.missing.push(path.clone()),
            Some(Entry::File) => match difference(&out.join(path), text)? {
                None => plan.unchanged += 1,
                Some(on_disk) => {
                    let ours = on_disk.is_empty() || is_marked(&on_disk);
                    plan.stale.push(Stale { path: path.clone(), on_disk, ours });
                }
            },
            Some(entry) => {
                let message = format!("is {}, but a generated file belongs there", entry.text());
                plan.obstacles.push(Obstacle { path: path.clone(), message });
            }
        }
    }
    for (path, entry) in entries {
        sort_out(out, path, entry, &mut plan);
    }
    plan.obstacles.sort();
    plan.foreign.sort();
    Ok(plan)
}

/// True if the folder exists; an error if it cannot be made either.
pub(super) fn exists(out: &Path) -> Result<bool, Problem> {
    for path in out.ancestors() {
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => return Ok(path == out),
            Ok(_) if path == out => return Err(Problem::new(out, "is not a folder, so nothing can be generated into it")),
            Ok(_) => return Err(Problem::new(out, format!("cannot be a folder: {} is not one", path.display()))),
            // A dangling link looks like a missing folder; making one there would fail later with a worse message.
            Err(_) if path.is_symlink() => {
                return Err(Problem::new(out, format!("cannot be used: {} is a symbolic link to nothing", path.display())));
            }
            // Below a file, some systems report "not found" and others "not a folder". The loop reaches the file itself next.
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => return Err(Problem::new(out, format!("cannot be examined: {}", cause(&error)))),
        }
    }
    Ok(false)
}

/// All entries of the folder by relative path. Names that are not Unicode are added to the foreign files.
fn list(out: &Path, files: &Files, needed: &BTreeSet<&str>, plan: &mut Plan) -> Result<BTreeMap<String, Entry>, Problem> {
    let mut entries = BTreeMap::new();
    let mut waiting = vec![String::new()];
    while let Some(folder) = waiting.pop() {
        let listed = match contents(&out.join(&folder)) {
            Ok(listed) => listed,
            // A folder that cannot be read has no generated files.
            Err(_) if !folder.is_empty() && !needed.contains(folder.as_str()) => continue,
            Err(error) => return Err(Problem::new(out.join(&folder), format!("cannot be listed: {}", cause(&error)))),
        };
        // A package inside is kept even if it was generated: it is updated by a run of its own.
        let is_package = listed.iter().any(|(name, _)| name.to_str() == Some("Cargo.toml"));
        if is_package && !folder.is_empty() && !needed.contains(folder.as_str()) {
            continue;
        }
        for (name, entry) in listed {
            let Some(name) = name.to_str() else {
                plan.foreign.push(join(&folder, &name.to_string_lossy()));
                continue;
            };
            let path = join(&folder, name);
            if entry == Entry::Folder && !is_skipped(&path) {
                waiting.push(path.clone());
            }
            entries.insert(path, entry);
        }
        if entries.len() > files.len() + needed.len() + MOST_FOREIGN {
            let message = format!("holds more than {MOST_FOREIGN} files that are not generated, so it cannot be the folder of one crate");
            return Err(Problem::new(out, message));
        }
    }
    Ok(entries)
}

fn contents(folder: &Path) -> io::Result<Vec<(std::ffi::OsString, Entry)>> {
    let mut listed = Vec::new();
    for item in folder.read_dir()? {
        let item = item?;
        listed.push((item.file_name(), Entry::of(item.file_type()?)));
    }
    Ok(listed)
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The content of the file, unless it is `text`.
fn difference(path: &Path, text: &str) -> Result<Option<Vec<u8>>, Problem> {
    let limit = text.len().max(READ_AT_LEAST) + 1;
    let on_disk = head(path, limit).map_err(|error| Problem::new(path, format!("cannot be read: {}", cause(&error))))?;
    Ok((on_disk != text.as_bytes()).then_some(on_disk))
}

/// Adds an entry that is not generated to its list.
fn sort_out(out: &Path, path: String, entry: Entry, plan: &mut Plan) {
    let name = path.rsplit('/').next().unwrap_or_default();
    match entry {
        Entry::Folder => {}
        Entry::File if is_temporary(name) => plan.leftover.push(path),
        Entry::File if path == CARGO_LOCK => {}
        // A file that cannot be read is not recognised as ours.
        Entry::File if head(&out.join(&path), HEAD_BYTES).is_ok_and(|head| is_marked(&head)) => plan.orphaned.push(path),
        Entry::File | Entry::Link | Entry::Other => plan.foreign.push(path),
    }
}

/// The first `limit` bytes of a file.
fn head(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(u64::try_from(limit).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
