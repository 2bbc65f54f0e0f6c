//! The crate's changelog, in the format of Keep a Changelog.

mod entry;

pub(super) use entry::{Entry, entry};

use crate::changes::Level;
use entry::{BREAKING, Section, UNRELEASED, heading};
use std::borrow::Cow;
use std::ops::Range;

/// The head of a new changelog.
const HEAD: &str = "# Changelog

The form is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/); versions are counted as
[Cargo does](https://doc.rust-lang.org/cargo/reference/semver.html).
";

/// The sections of an entry in the order of Keep a Changelog. Those that only people write have no [`Section`].
const ORDER: [&str; 6] = ["### Added", "### Changed", "### Deprecated", "### Removed", "### Fixed", "### Security"];

/// Headings with their lines, the first of which is the heading of the entry itself.
type Parts = Vec<(String, Vec<String>)>;

/// Adds an entry at the top of the changelog. Lines already in an entry with the same heading are not repeated.
pub(super) fn add(changelog: &str, entry: &Entry) -> String {
    let text = if changelog.trim().is_empty() { HEAD } else { changelog };
    let lines: Vec<&str> = text.lines().collect();
    let is_ours = |line: &str| is_heading(line) && key(line) == key(&entry.heading);
    let first = lines.iter().position(|line| is_heading(line) && (is_ours(line) || !is_unreleased(line)));
    let same = first.filter(|start| lines.get(*start).is_some_and(|line| is_ours(line)));
    let place = same.map_or_else(
        || {
            let link = lines.iter().position(|line| is_link(line)).unwrap_or(lines.len());
            let before = first.map_or(link, |first| first.min(link));
            before..before
        },
        |start| start..end(&lines, start),
    );
    let old = lines.get(place.clone()).and_then(<[&str]>::split_first).map_or(&[][..], |(_, old)| old);
    let entry = text_of(&with_entry(parts(&entry.heading, old), entry, old));
    replaced(&lines, place, &entry)
}

/// Moves the unreleased lines into the entry of a version. If there is no such entry, they become one.
pub(super) fn released<'a>(changelog: &'a str, version: &str, date: &str) -> Cow<'a, str> {
    let lines: Vec<&str> = changelog.lines().collect();
    let Some((start, body)) = unreleased(&lines) else { return changelog.into() };
    let rest = replaced(&lines, start..start + 1 + body.len(), "");
    let others: Vec<&str> = rest.lines().collect();
    let is_its = |line: &&str| is_heading(line) && key(line) == format!("## [{version}]");
    match others.iter().position(is_its) {
        Some(at) => {
            let place = at..end(&others, at);
            let (own, old) = others.get(place.clone()).and_then(<[&str]>::split_first).unwrap_or((&"", &[]));
            let mut all = parts(own, old);
            for (name, lines) in parts(own, body) {
                extend(&mut all, name, lines);
            }
            replaced(&others, place, &text_of(&all)).into()
        }
        None => changelog.replacen(UNRELEASED, &heading(version, date), 1).into(),
    }
}

/// The level of the version that the unreleased lines require: a line with the mark of breaking changes, or a section of additions.
pub(super) fn unreleased_level(changelog: &str) -> Level {
    let lines: Vec<&str> = changelog.lines().collect();
    let body = unreleased(&lines).map_or(&[][..], |(_, body)| body);
    let has = |section: Section| body.iter().any(|line| line.trim() == section.heading());
    if body.iter().any(|line| line.contains(BREAKING.trim())) {
        Level::Major
    } else if has(Section::Added) || has(Section::Deprecated) {
        Level::Minor
    } else {
        Level::None
    }
}

/// The version of the first entry that has one.
pub(super) fn latest(changelog: &str) -> Option<&str> {
    let mut headings = changelog.lines().filter(|line| line.trim() != UNRELEASED).filter_map(|line| line.strip_prefix("## ["));
    headings.find_map(|heading| Some(heading.split_once(']')?.0))
}

/// Renames the heading of an entry whose proposed version was never taken to the newly proposed version.
pub(super) fn retitled<'a>(changelog: &'a str, untaken: Option<&str>, proposed: Option<&str>) -> Cow<'a, str> {
    match (untaken, proposed) {
        (Some(untaken), Some(proposed)) => changelog.replacen(&format!("## [{untaken}]"), &format!("## [{proposed}]"), 1).into(),
        _ => changelog.into(),
    }
}

/// True for a link definition, which stands at the end of the file.
fn is_link(line: &str) -> bool {
    line.starts_with('[') && line.contains("]: ")
}

fn is_heading(line: &str) -> bool {
    line.starts_with("## ")
}

fn is_unreleased(line: &str) -> bool {
    line.trim() == UNRELEASED
}

/// An entry's heading without its date.
fn key(heading: &str) -> &str {
    heading.split(" - ").next().unwrap_or_default().trim()
}

/// The end of the entry whose heading is the line `start`.
fn end(lines: &[&str], start: usize) -> usize {
    let after = lines.iter().skip(start + 1).position(|line| is_heading(line) || is_link(line));
    after.map_or(lines.len(), |index| start + 1 + index)
}

/// The place and the lines of the section of unreleased changes, unless it is empty.
fn unreleased<'a>(lines: &'a [&'a str]) -> Option<(usize, &'a [&'a str])> {
    let start = lines.iter().position(|line| is_unreleased(line))?;
    let body = lines.get(start + 1..end(lines, start))?;
    body.iter().any(|line| !line.trim().is_empty()).then_some((start, body))
}

/// The file with other text in the place of some of its lines.
fn replaced(lines: &[&str], place: Range<usize>, text: &str) -> String {
    let around = |lines: Option<&[&str]>| lines.unwrap_or_default().join("\n");
    let parts = [around(lines.get(..place.start)), text.to_owned(), around(lines.get(place.end..))];
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_matches('\n')).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n") + "\n"
}

/// Splits the lines of an entry at their headings.
fn parts(heading: &str, lines: &[&str]) -> Parts {
    let mut parts: Parts = vec![(heading.to_owned(), Vec::new())];
    for line in lines {
        match parts.last_mut() {
            Some((_, lines)) if !line.starts_with("### ") => lines.push((*line).to_owned()),
            _ => parts.push(((*line).to_owned(), Vec::new())),
        }
    }
    parts
}

/// Adds lines below a heading, after those that are there. A new heading takes its place in the order.
fn extend(parts: &mut Parts, heading: String, new: Vec<String>) {
    match parts.iter_mut().find(|(name, _)| *name == heading) {
        Some((_, lines)) => {
            let end = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
            lines.truncate(end);
            lines.extend(new.into_iter().skip_while(|line| end > 0 && line.is_empty()));
        }
        None => {
            let rank = |name: &str| ORDER.iter().position(|other| *other == name).unwrap_or(ORDER.len());
            let later = parts.iter().skip(1).position(|(name, _)| rank(name) > rank(&heading));
            parts.insert(later.map_or(parts.len(), |index| index + 1), (heading, new));
        }
    }
}

/// Adds the lines of an entry that are not among the `old` ones.
fn with_entry(mut parts: Parts, entry: &Entry, old: &[&str]) -> Parts {
    for section in Section::ALL {
        let new = entry.sections.get(&section).into_iter().flatten().filter(|line| !old.contains(&line.as_str())).cloned();
        extend(&mut parts, section.heading(), new.collect());
    }
    parts
}

/// The text of an entry, without empty sections.
fn text_of(parts: &Parts) -> String {
    let text =
        |(heading, lines): &(String, Vec<String>)| format!("{heading}\n\n{}", lines.join("\n").trim_matches('\n')).trim_end().to_owned();
    let first = parts.first().map(text);
    let others = parts.iter().skip(1).filter(|(_, lines)| !lines.is_empty()).map(text);
    first.into_iter().chain(others).collect::<Vec<_>>().join("\n\n")
}
