//! The releases that a folder holds, by the names of its entries.

use super::dates::Dates;
use crate::cause::cause;
use ::codegen::changes::history::Version;
use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use std::path::{Path, PathBuf};

/// A release that has not been read yet.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Its version.
    pub(super) version: Version,
    /// The place of its files, or its name, as findings show it.
    pub(super) shown: String,
    /// The form that it comes in.
    pub(super) kind: Kind,
}

/// The form of a release.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// One model.
    Model(PathBuf),
    /// An archive or a folder of models.
    Package(PathBuf),
    /// A release of botocore that has to be fetched, unless it is in the cache.
    Fetched,
}

/// The releases of a history.
#[derive(Debug)]
pub(super) struct Releases {
    /// The releases, the oldest first.
    pub(super) candidates: Vec<Candidate>,
    /// The days that the folder's own file names.
    pub(super) dates: Dates,
    /// The entries that are not releases.
    pub(super) ignored: Vec<String>,
}

/// The endings of models and archives.
const MODELS: [&str; 2] = [".json", ".json.gz"];
const ARCHIVES: [&str; 2] = [".whl", ".tar.gz"];

/// Finds the releases that `from` names: a folder, or versions with commas between them.
pub(super) fn find(current: &Path, from: &str) -> Result<Releases, Vec<Diagnostic>> {
    let folder = current.join(from);
    if folder.exists() {
        return in_folder(&folder, from);
    }
    let versions: Option<Vec<Version>> = from.split(',').map(|version| Version::parse(version.trim())).collect();
    let message = "no such folder, and not versions with commas between them, such as 1.13.26,1.13.27";
    let versions = versions.ok_or_else(|| vec![Diagnostic::error(from, &Pointer::default(), message)])?;
    let candidate = |version: Version| Candidate { shown: format!("botocore {version}"), version, kind: Kind::Fetched };
    let mut candidates: Vec<Candidate> = versions.into_iter().map(candidate).collect();
    let findings = sorted(&mut candidates);
    if findings.is_empty() { Ok(Releases { candidates, dates: Dates::default(), ignored: Vec::new() }) } else { Err(findings) }
}

/// Finds the releases in a folder: models called `VERSION.json`, archives with a version in their names, and folders that are called by a version.
fn in_folder(folder: &Path, shown: &str) -> Result<Releases, Vec<Diagnostic>> {
    let refused = |message: String| vec![Diagnostic::error(shown, &Pointer::default(), message)];
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| refused(format!("cannot be read: {}", cause(&error))))?;
    let mut names: Vec<String> = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    let mut findings = Vec::new();
    let (mut candidates, mut ignored): (Vec<Candidate>, Vec<String>) = (Vec::new(), Vec::new());
    for name in names.iter().filter(|name| name.as_str() != Dates::FILE) {
        let (path, shown) = (folder.join(name), Path::new(shown).join(name).display().to_string());
        match version(name, path.is_dir()) {
            Name::Release { version, is_model } => {
                let kind = if is_model { Kind::Model(path) } else { Kind::Package(archive_in(&path, &version).unwrap_or(path)) };
                candidates.push(Candidate { version, shown, kind });
            }
            Name::Nameless => findings.push(
                Diagnostic::error(&shown, &Pointer::default(), "the file's name does not have the version of the release")
                    .hint("rename it, such as to 1.13.26.json or botocore-1.13.26.tar.gz, or move it out of the folder"),
            ),
            Name::Other => ignored.push(shown),
        }
    }
    findings.extend(sorted(&mut candidates));
    let dates = Dates::read(folder, shown).unwrap_or_else(|found| {
        findings.extend(found);
        Dates::default()
    });
    if findings.is_empty() { Ok(Releases { candidates, dates, ignored }) } else { Err(findings) }
}

/// Sorts the releases by their versions. Reports those that are there twice.
fn sorted(candidates: &mut [Candidate]) -> Vec<Diagnostic> {
    candidates.sort_by(|a, b| a.version.cmp(&b.version));
    let twice = candidates.windows(2).filter_map(|pair| match pair {
        [first, second] if first.version == second.version => Some((first, second)),
        _ => None,
    });
    let finding = |(first, second): (&Candidate, &Candidate)| {
        let message = format!("the release {} is there twice: {} is the same one", second.version, first.shown);
        Diagnostic::error(&second.shown, &Pointer::default(), message).hint("remove one of them")
    };
    twice.map(finding).collect()
}

/// The archive of a release in its folder. It is better than what was unpacked beside it, since it knows the day of the release.
fn archive_in(folder: &Path, version: &Version) -> Option<PathBuf> {
    let names = std::fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let is_archive =
        |name: &String| matches!(self::version(name, false), Name::Release { version: found, is_model: false } if found == *version);
    let name = names.filter(is_archive).min()?;
    Some(folder.join(name)).filter(|path| path.is_file())
}

/// The meaning of an entry's name.
#[derive(Debug, PartialEq)]
enum Name {
    Release {
        version: Version,
        is_model: bool,
    },
    /// A model or an archive without a version.
    Nameless,
    /// Something else.
    Other,
}

fn version(name: &str, is_folder: bool) -> Name {
    let stem = |endings: [&str; 2]| endings.iter().find_map(|ending| name.strip_suffix(ending)).filter(|_| !is_folder);
    let (stem, is_model, is_other) = match (stem(MODELS), stem(ARCHIVES)) {
        (Some(stem), _) => (stem, true, false),
        (_, Some(stem)) => (stem, false, false),
        _ => (name, false, true),
    };
    if name.starts_with('.') || (is_other && !is_folder) {
        return Name::Other;
    }
    // A part of a name is a version if it has a dot: `botocore-1.13.26`, but not `codebuild-2016-10-06`.
    let part = || stem.split('-').filter(|part| part.contains('.')).find_map(Version::parse);
    match Version::parse(stem).or_else(part) {
        Some(version) => Name::Release { version, is_model },
        None if is_other => Name::Other,
        None => Name::Nameless,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn names_of_releases_have_a_version() {
        let release = |text: &str, is_model| Name::Release { version: Version::parse(text).unwrap(), is_model };
        assert_eq!(version("1.13.26", true), release("1.13.26", false));
        assert_eq!(version("botocore-1.13.26", true), release("1.13.26", false));
        assert_eq!(version("botocore-1.13.26-py2.py3-none-any.whl", false), release("1.13.26", false));
        assert_eq!(version("botocore-1.13.26.tar.gz", false), release("1.13.26", false));
        assert_eq!(version("1.13.26.json", false), release("1.13.26", true));
        assert_eq!(version("codebuild-1.13.26.json.gz", false), release("1.13.26", true));
        assert_eq!(version("7.json", false), release("7", true));
        for nameless in ["service-2.json", "codebuild-2016-10-06.json", "botocore.tar.gz", "1.13.x.json"] {
            assert_eq!(version(nameless, false), Name::Nameless, "{nameless}");
        }
        for (other, is_folder) in [("get.sh", false), (".1.2", true), ("notes", true), ("botocore-1.13.26.dist-info", true), ("1.2", false)]
        {
            assert_eq!(version(other, is_folder), Name::Other, "{other}");
        }
    }

    #[test]
    fn releases_come_in_the_order_of_their_versions() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["1.10.json", "1.9.json", "README", "1.9.1.json"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let found = in_folder(folder.path(), "h").unwrap();
        assert_eq!(found.candidates.iter().map(|candidate| candidate.version.as_str()).collect::<Vec<_>>(), ["1.9", "1.9.1", "1.10"]);
        assert_eq!(found.ignored, [Path::new("h").join("README").display().to_string()]);
    }
}
