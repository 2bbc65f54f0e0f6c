//! Files inside an archive or a folder, read where they are: nothing is unpacked to the disk.
//!
//! A path is only ever compared with other paths, so that `..` in an archive leads nowhere, and a link in an archive is left out. The sizes of
//! archives, of their members and of all that is decompressed are bounded.

mod folder;
mod tar;
mod zip;

pub(super) use folder::Folder;
pub(super) use tar::Tar;
pub(super) use zip::Zip;

/// A file in a container.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Member {
    /// The path from the top of the container, with `/`.
    pub(super) path: String,
    /// The day of its last change as `YYYY-MM-DD`, where the container records it.
    pub(super) day: Option<String>,
}

/// Takes the path of a file and its bytes, or the reason why it cannot be read.
pub(super) type Visitor<'a> = dyn FnMut(&str, Result<Vec<u8>, String>) + 'a;

/// Files that can be read by their path.
pub(super) trait Container: Send + Sync {
    /// The JSON files, compressed or not, in the order of their paths, and a few that tell the release.
    fn members(&self) -> &[Member];

    /// Gives the bytes of each wanted file, or why it cannot be read, to `with`, in the order that is fastest. A file that does not exist is
    /// left out.
    fn visit(&self, wanted: &[&str], with: &mut Visitor<'_>);
}

/// True for the paths of files that may be a model or tell the release.
fn matters(path: &str) -> bool {
    let name = path.strip_suffix(".gz").unwrap_or(path);
    name.rsplit_once('.').is_some_and(|(_, ending)| ending == "json") || path.ends_with(".dist-info/METADATA")
}

#[cfg(test)]
pub(super) mod tests;
