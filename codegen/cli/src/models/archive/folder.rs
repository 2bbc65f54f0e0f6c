//! Folders of models.

use super::{Container, Member, Visitor, matters};
use crate::cause::cause;
use crate::input::{self, LIMIT};
use std::fs;
use std::path::{Path, PathBuf};

/// The number of folders that may lie within each other. A checkout of AWS's Smithy models has three.
const DEPTH: usize = 4;

/// The maximum number of files and folders. A checkout of AWS's Smithy models has some thousands.
const MOST: usize = 100_000;

/// A folder, or some files of it.
pub(in crate::models) struct Folder {
    root: PathBuf,
    members: Vec<Member>,
}

impl Folder {
    /// Lists the files of a folder and of the folders in it, links included.
    pub(in crate::models) fn open(root: &Path) -> Result<Self, String> {
        let mut members = Vec::new();
        let mut seen = 0;
        list(root, "", DEPTH, &mut seen, &mut members)?;
        members.sort();
        Ok(Self { root: root.to_owned(), members })
    }

    /// Only these files of a folder.
    pub(in crate::models) fn of_files(root: &Path, names: impl IntoIterator<Item = String>) -> Self {
        let members = names.into_iter().map(|path| Member { path, day: None }).collect();
        Self { root: root.to_owned(), members }
    }
}

impl Container for Folder {
    fn members(&self) -> &[Member] {
        &self.members
    }

    fn visit(&self, wanted: &[&str], with: &mut Visitor<'_>) {
        for path in wanted {
            with(path, input::raw(&self.root.join(path), LIMIT).map_err(|error| format!("{error:#}")));
        }
    }
}

fn list(folder: &Path, above: &str, depth: usize, seen: &mut usize, members: &mut Vec<Member>) -> Result<(), String> {
    let refused = |error: &std::io::Error| format!("the folder {} cannot be read: {}", folder.display(), cause(error));
    for entry in fs::read_dir(folder).map_err(|error| refused(&error))? {
        let entry = entry.map_err(|error| refused(&error))?;
        *seen += 1;
        if *seen > MOST {
            return Err(format!("has more than {MOST} files and folders, too many to be a folder of models"));
        }
        let file = entry.file_name();
        let Some(name) = file.to_str().filter(|name| !name.starts_with('.')) else { continue };
        let path = if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") };
        // Asks about the target of a link.
        let Ok(metadata) = fs::metadata(entry.path()) else { continue };
        if metadata.is_file() && matters(&path) {
            members.push(Member { path, day: None });
        } else if metadata.is_dir() && depth > 1 {
            list(&entry.path(), &path, depth - 1, seen, members)?;
        }
    }
    Ok(())
}
