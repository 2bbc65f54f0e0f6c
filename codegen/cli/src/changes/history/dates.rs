//! The days of releases.
//!
//! A wheel and a source distribution know theirs: the newest time of their files, which is when the release was built. A model and an unpacked folder
//! do not, since unpacking, copying and git give files new times. Their days are in a file of the folder, which also overrides those of archives.

use crate::changes::day;
use crate::input;
use ::codegen::changes::history::Version;
use ::codegen::diagnostic::{Diagnostic, quoted};
use ::codegen::model::Pointer;
use std::path::Path;

/// The days that a folder's file names.
#[derive(Debug, Default)]
pub(super) struct Dates {
    days: Vec<(Version, String)>,
    /// The file, as findings show it; empty if the releases are not in a folder.
    shown: String,
}

impl Dates {
    /// The name of the file. Each line has a version and a day; lines that begin with `#` are comments.
    pub(super) const FILE: &str = "dates.txt";

    /// Reads the file in a folder, if it has one.
    pub(super) fn read(folder: &Path, shown: &str) -> Result<Self, Vec<Diagnostic>> {
        let (path, shown) = (folder.join(Self::FILE), Path::new(shown).join(Self::FILE).display().to_string());
        let mut dates = Self { days: Vec::new(), shown };
        if !path.exists() {
            return Ok(dates);
        }
        let text = input::read(&path, &dates.shown).map_err(|finding| vec![finding])?;
        let mut findings = Vec::new();
        for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line.trim())) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let refused = |message: String| Diagnostic::error(&format!("{}:{number}", dates.shown), &Pointer::default(), message);
            let (version, day) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            match (Version::parse(version), day::parse(day.trim())) {
                (Some(version), Ok(_)) if dates.day(&version).is_some() => {
                    findings.push(refused(format!("the release {version} already has a date")));
                }
                (Some(version), Ok(day)) => dates.days.push((version, day)),
                _ => findings.push(refused(format!("expected a version and a date, such as 1.13.26 2019-11-22, found {}", quoted(line)))),
            }
        }
        if findings.is_empty() { Ok(dates) } else { Err(findings) }
    }

    /// The day of a release, if the file names it.
    pub(super) fn day(&self, version: &Version) -> Option<&str> {
        self.days.iter().find(|(known, _)| known == version).map(|(_, day)| day.as_str())
    }

    /// The finding about a release whose day is not known.
    pub(super) fn missing(&self, release: &str, version: &Version) -> Diagnostic {
        let message = "the date of the release is not known: only botocore's wheels and source distributions have one";
        let hint = match self.shown.as_str() {
            "" => format!("name a folder that holds the release and a file {} with the line: {version} 2019-11-22", Self::FILE),
            file => format!("add a line to {file}, such as: {version} 2019-11-22"),
        };
        Diagnostic::error(release, &Pointer::default(), message).hint(hint)
    }

    /// The file, as findings show it.
    pub(super) fn shown(&self) -> &str {
        &self.shown
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    fn read(text: &str) -> Result<Dates, Vec<Diagnostic>> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(Dates::FILE), text).unwrap();
        Dates::read(folder.path(), "h")
    }

    #[test]
    fn each_line_is_a_release_and_its_day() {
        let dates = read("# by hand\n\n1.13.26 2019-11-22\r\n  1.13.27\t 2019-11-25\n").unwrap();
        let day = |version: &str| dates.day(&Version::parse(version).unwrap()).map(str::to_owned);
        assert_eq!(
            [day("1.13.26"), day("1.13.27.0"), day("1.13.28")],
            [Some("2019-11-22".to_owned()), Some("2019-11-25".to_owned()), None]
        );
    }

    #[test]
    fn every_bad_line_is_reported_with_its_number() {
        let found = read("1.13.26\n1.2 2019-02-30\nx 2019-11-22\n1.3 2019-11-22 noon\n1.4 2019-11-22\n1.4.0 2019-11-23").unwrap_err();
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        let file = Path::new("h").join(Dates::FILE).display().to_string();
        let expected = "expected a version and a date, such as 1.13.26 2019-11-22, found";
        assert_eq!(
            lines,
            [
                format!("{file}:1: {expected} `1.13.26`"),
                format!("{file}:2: {expected} `1.2 2019-02-30`"),
                format!("{file}:3: {expected} `x 2019-11-22`"),
                format!("{file}:4: {expected} `1.3 2019-11-22 noon`"),
                format!("{file}:6: the release 1.4.0 already has a date"),
            ]
        );
    }
}
