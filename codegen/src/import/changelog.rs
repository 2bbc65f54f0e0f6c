//! The crate's changelog, in the form of Keep a Changelog.

use crate::changes::{Change, Changes, Direction, Kind, Level};
use crate::docs;
use crate::suggest::{enumeration, first_of};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What a changelog begins with.
const HEAD: &str = "# Changelog

The form is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/); versions are counted as
[Cargo does](https://doc.rust-lang.org/cargo/reference/semver.html).
";

const UNRELEASED: &str = "## [Unreleased]";

/// The sections in the order in which they are written.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Section {
    Added,
    Changed,
    Deprecated,
    Removed,
}

impl Section {
    const ALL: [Self; 4] = [Self::Added, Self::Changed, Self::Deprecated, Self::Removed];

    fn heading(self) -> String {
        format!("### {self:?}")
    }

    fn of(kind: Kind) -> Self {
        match kind {
            Kind::OperationAdded
            | Kind::InputAdded
            | Kind::OutputAdded
            | Kind::ErrorAdded
            | Kind::MemberAdded
            | Kind::RequiredMemberAdded
            | Kind::UnionMemberAdded
            | Kind::EnumValueAdded => Self::Added,
            Kind::OperationRemoved
            | Kind::InputRemoved
            | Kind::OutputRemoved
            | Kind::ErrorRemoved
            | Kind::MemberRemoved
            | Kind::UnionMemberRemoved
            | Kind::EnumValueRemoved => Self::Removed,
            Kind::Deprecated => Self::Deprecated,
            _ => Self::Changed,
        }
    }
}

/// What a changelog says of one version.
pub(super) struct Entry {
    heading: String,
    sections: BTreeMap<Section, Vec<String>>,
}

/// The entry about some changes, under a version or none.
pub(super) fn entry(changes: &Changes, version: Option<&str>, date: &str) -> Entry {
    let mut places: BTreeMap<(Section, String), Places> = BTreeMap::new();
    for operation in &changes.operations {
        for change in &operation.changes {
            note(&mut places, change, Some(&operation.name));
        }
    }
    for change in &changes.changes {
        note(&mut places, change, None);
    }
    let mut sections: BTreeMap<Section, Vec<String>> = BTreeMap::new();
    for ((section, what), places) in places {
        sections.entry(section).or_default().push(format!("- {what}{}.", places.words()));
    }
    let shapes: BTreeSet<&str> = changes.documentation.iter().map(|entry| entry.change.shape.as_str()).collect();
    if !shapes.is_empty() {
        let line = format!("- Documentation of {}.", first_of(&shapes.into_iter().collect::<Vec<_>>()));
        sections.entry(Section::Changed).or_default().push(line);
    }
    if sections.is_empty() {
        sections.insert(Section::Changed, vec!["- The service's model; the crate's API is the same.".to_owned()]);
    }
    Entry { heading: version.map_or_else(|| UNRELEASED.to_owned(), |version| format!("## [{version}] - {date}")), sections }
}

/// The operations whose requests and replies a change is in.
#[derive(Default)]
struct Places {
    requests: BTreeSet<String>,
    responses: BTreeSet<String>,
}

impl Places {
    fn words(&self) -> String {
        let of = |what: &str, names: &BTreeSet<String>| {
            let names: Vec<&String> = names.iter().collect();
            (!names.is_empty()).then(|| format!("{what}{} of {}", if names.len() > 1 { "s" } else { "" }, enumeration(&names)))
        };
        let all: Vec<String> = [of("request", &self.requests), of("response", &self.responses)].into_iter().flatten().collect();
        if all.is_empty() { String::new() } else { format!(", in the {}", all.join(" and the ")) }
    }
}

fn note(places: &mut BTreeMap<(Section, String), Places>, change: &Change, operation: Option<&str>) {
    // Guesses; and shapes, which what reaches them speaks of.
    if matches!(
        change.kind,
        Kind::OperationRenamed
            | Kind::ErrorRenamed
            | Kind::MemberRenamed
            | Kind::EnumValueRenamed
            | Kind::ShapeAdded
            | Kind::ShapeRemoved
            | Kind::UnreachedShapeChanged
    ) {
        return;
    }
    let entry = places.entry((Section::of(change.kind), what(change))).or_default();
    match (change.direction, operation) {
        (Some(Direction::Request), Some(name)) => _ = entry.requests.insert(name.to_owned()),
        (Some(Direction::Response), Some(name)) => _ = entry.responses.insert(name.to_owned()),
        _ => {}
    }
}

/// A change in a few words: ``Member added: `s3LogsArn` in `LogsLocation`, `string` ``.
fn what(change: &Change) -> String {
    let mark = if change.verdict.level == Level::Major { "**Breaking:** " } else { "" };
    let mut words = change.kind.name().replace('-', " ");
    if mark.is_empty()
        && let Some(first) = words.get_mut(..1)
    {
        first.make_ascii_uppercase();
    }
    let last = change.path.rsplit('.').next().unwrap_or_default().trim_end_matches(['[', ']', '{', '}']);
    let is_value = matches!(change.kind, Kind::EnumValueAdded | Kind::EnumValueRemoved | Kind::EnumNameChanged | Kind::EnumReordered);
    let shape = docs::code(&change.shape);
    let place = if last.is_empty() || is_value || last == change.shape { shape } else { format!("{} in {shape}", docs::code(last)) };
    let code = |text: &Option<String>| text.as_deref().filter(|text| !text.is_empty() && *text != change.shape).map(docs::code);
    let detail = match (code(&change.before), code(&change.after)) {
        (Some(before), Some(after)) => format!(", {before} -> {after}"),
        (Some(before), None) => format!(", was {before}"),
        (None, Some(after)) => format!(", {after}"),
        (None, None) => String::new(),
    };
    format!("{mark}{words}: {place}{detail}")
}

/// The changelog with an entry on top. What an entry of the same heading says already is not said again.
pub(super) fn add(changelog: &str, entry: &Entry) -> String {
    let text = if changelog.trim().is_empty() { HEAD } else { changelog };
    let lines: Vec<&str> = text.lines().collect();
    let is_heading = |line: &&str| line.starts_with("## ");
    let key = |heading: &str| heading.split(" - ").next().unwrap_or_default().trim().to_owned();
    let is_ours = |line: &str| is_heading(&line) && key(line) == key(&entry.heading);
    let unreleased = |line: &str| line.trim() == UNRELEASED;
    let start = lines.iter().position(|line| is_heading(line) && (is_ours(line) || !unreleased(line))).unwrap_or(lines.len());
    let is_same = lines.get(start).is_some_and(|line| is_ours(line));
    let end = if is_same {
        lines.iter().skip(start + 1).position(|line| is_heading(line) || is_link(line)).map_or(lines.len(), |index| start + 1 + index)
    } else {
        lines.iter().position(|line| is_link(line)).map_or(start, |link| link.min(start))
    };
    let (before, old, rest) = if is_same {
        (lines.get(..start), lines.get(start + 1..end), lines.get(end..))
    } else {
        (lines.get(..end), None, lines.get(end..))
    };
    let parts = [before.unwrap_or_default().join("\n"), printed(entry, old.unwrap_or_default()), rest.unwrap_or_default().join("\n")];
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_matches('\n')).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n") + "\n"
}

/// The version of the first entry that has one.
pub(super) fn latest(changelog: &str) -> Option<&str> {
    let mut headings = changelog.lines().filter(|line| line.trim() != UNRELEASED).filter_map(|line| line.strip_prefix("## ["));
    headings.find_map(|heading| Some(heading.split_once(']')?.0))
}

/// The changelog with a version that was proposed and not taken under the name of the one that is proposed in its place.
pub(super) fn retitled<'a>(changelog: &'a str, untaken: Option<&str>, proposed: Option<&str>) -> Cow<'a, str> {
    match (untaken, proposed) {
        (Some(untaken), Some(proposed)) => changelog.replacen(&format!("## [{untaken}]"), &format!("## [{proposed}]"), 1).into(),
        _ => changelog.into(),
    }
}

/// Whether a line is what a link's name stands for; these stand at the end.
fn is_link(line: &str) -> bool {
    line.starts_with('[') && line.contains("]: ")
}

/// The entry, after all that it said so far.
fn printed(entry: &Entry, old: &[&str]) -> String {
    let mut parts: Vec<(String, Vec<String>)> = vec![(entry.heading.clone(), Vec::new())];
    for line in old {
        match parts.last_mut() {
            Some((_, lines)) if !line.starts_with("### ") => lines.push((*line).to_owned()),
            _ => parts.push(((*line).to_owned(), Vec::new())),
        }
    }
    for section in Section::ALL {
        let new = entry.sections.get(&section).into_iter().flatten().filter(|line| !old.contains(&line.as_str())).cloned();
        let heading = section.heading();
        let known = parts.iter().position(|(name, _)| *name == heading);
        match known.and_then(|place| parts.get_mut(place)) {
            Some((_, lines)) => {
                let end = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
                lines.truncate(end);
                lines.extend(new);
            }
            None => parts.push((heading, new.collect())),
        }
    }
    let text =
        |(heading, lines): &(String, Vec<String>)| format!("{heading}\n\n{}", lines.join("\n").trim_matches('\n')).trim_end().to_owned();
    let first = parts.first().map(text);
    let others = parts.iter().skip(1).filter(|(_, lines)| !lines.is_empty()).map(text);
    first.into_iter().chain(others).collect::<Vec<_>>().join("\n\n")
}
