//! The changelog's entry for the differences between two models.

use crate::changes::{Change, Changes, Direction, Documentation, Kind, Level, Paths};
use crate::docs;
use crate::suggest::{enumeration, first_of};
use std::collections::{BTreeMap, BTreeSet};

/// The heading of the changes that no version has yet.
pub(super) const UNRELEASED: &str = "## [Unreleased]";

/// The sections of an entry, in their order.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Section {
    Added,
    Changed,
    Deprecated,
    Removed,
}

impl Section {
    pub(super) const ALL: [Self; 4] = [Self::Added, Self::Changed, Self::Deprecated, Self::Removed];

    pub(super) fn heading(self) -> String {
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
            | Kind::ShapeAdded
            | Kind::EnumValueAdded => Self::Added,
            Kind::OperationRemoved
            | Kind::InputRemoved
            | Kind::OutputRemoved
            | Kind::ErrorRemoved
            | Kind::MemberRemoved
            | Kind::UnionMemberRemoved
            | Kind::ShapeRemoved
            | Kind::EnumValueRemoved => Self::Removed,
            Kind::Deprecated => Self::Deprecated,
            _ => Self::Changed,
        }
    }
}

/// A changelog entry for one version.
pub(in crate::import) struct Entry {
    pub(super) heading: String,
    pub(super) sections: BTreeMap<Section, Vec<String>>,
}

/// Writes the entry for some changes, under a version or under "Unreleased".
pub(in crate::import) fn entry(changes: &Changes, version: Option<&str>, date: &str) -> Entry {
    let mut lines = Lines { paths: changes.paths(), singles: BTreeMap::new(), values: BTreeMap::new(), types: BTreeMap::new() };
    for operation in &changes.operations {
        for change in &operation.changes {
            lines.note(change, Some(&operation.name));
        }
    }
    for change in &changes.changes {
        lines.note(change, None);
    }
    let mut sections = lines.sections();
    let paths = changes.paths();
    let path = |entry: &Documentation| paths.of(&entry.change, entry.operations.first().map(String::as_str));
    let texts: BTreeSet<String> =
        changes.documentation.iter().map(|entry| path(entry).unwrap_or_else(|| entry.change.shape.clone())).collect();
    if !texts.is_empty() {
        let line = format!("- Documentation changed: {}.", first_of(&Vec::from_iter(texts)));
        sections.entry(Section::Changed).or_default().push(line);
    }
    if sections.is_empty() {
        sections.insert(Section::Changed, vec!["- The service's model changed; the crate's API did not.".to_owned()]);
    }
    Entry { heading: version.map_or_else(|| UNRELEASED.to_owned(), |version| heading(version, date)), sections }
}

/// The heading of a version's entry.
pub(super) fn heading(version: &str, date: &str) -> String {
    format!("## [{version}] - {date}")
}

/// Collects the lines of an entry.
struct Lines<'c> {
    paths: Paths<'c>,
    /// Differences with a line each, and their places.
    singles: BTreeMap<(Section, String), Places>,
    /// Added and removed enum values, by enum.
    values: BTreeMap<(Section, &'c str), (BTreeSet<String>, Places)>,
    /// Added and removed types.
    types: BTreeMap<Section, BTreeSet<String>>,
}

impl<'c> Lines<'c> {
    fn note(&mut self, change: &'c Change, operation: Option<&str>) {
        let section = Section::of(change.kind);
        match change.kind {
            // Renames are guesses, and unreached shapes belong to no operation.
            Kind::OperationRenamed | Kind::ErrorRenamed | Kind::MemberRenamed | Kind::EnumValueRenamed | Kind::UnreachedShapeChanged => {}
            // The names of these shapes are not in the crate.
            Kind::InputRetargeted | Kind::OutputRetargeted | Kind::MemberRetargeted | Kind::ShapeRenamed
                if change.verdict.level == Level::None => {}
            Kind::ShapeAdded | Kind::ShapeRemoved => {
                let is_type = |text: &String| ["structure ", "union ", "enum "].iter().any(|kind| text.starts_with(kind));
                if change.before.iter().chain(&change.after).any(is_type)
                    && let Some(path) = self.paths.of_shape(&change.shape)
                {
                    self.types.entry(section).or_default().insert(path);
                }
            }
            Kind::EnumValueAdded | Kind::EnumValueRemoved => {
                let (values, places) = self.values.entry((section, &change.shape)).or_default();
                for value in change.before.iter().chain(&change.after) {
                    values.insert(self.paths.variant(&change.shape, value).unwrap_or_else(|| value.clone()));
                }
                places.add(change, operation);
            }
            _ => {
                let path = self.paths.of(change, operation).unwrap_or_else(|| change.shape.clone());
                // The path of an input's or output's member names the operation.
                let is_own = path.starts_with("operation::");
                let places = self.singles.entry((section, what(change, &path, &self.paths))).or_default();
                if !is_own {
                    places.add(change, operation);
                }
            }
        }
    }

    fn sections(self) -> BTreeMap<Section, Vec<String>> {
        let mut sections: BTreeMap<Section, Vec<String>> = BTreeMap::new();
        for (section, types) in self.types {
            let is_one = types.len() == 1;
            let (one, more) = (if is_one { "Type" } else { "Types" }, enumeration(&Vec::from_iter(types)));
            let line = if section == Section::Removed {
                format!("- {BREAKING}{} removed: {more}.", one.to_lowercase())
            } else {
                format!("- {one} added: {more}.")
            };
            sections.entry(section).or_default().push(line);
        }
        for ((section, shape), (values, places)) in self.values {
            let word = if values.len() == 1 { "value" } else { "values" };
            let path = self.paths.of_shape(shape).unwrap_or_else(|| shape.to_owned());
            let (values, places) = (enumeration(&Vec::from_iter(values)), places.words());
            let line = if section == Section::Removed {
                format!("- {BREAKING}enum {word} removed from {}: {values}{places}.", docs::code(&path))
            } else {
                format!("- Enum {word} added to {}: {values}{places}.", docs::code(&path))
            };
            sections.entry(section).or_default().push(line);
        }
        for ((section, what), places) in self.singles {
            sections.entry(section).or_default().push(format!("- {what}{}.", places.words()));
        }
        sections
    }
}

/// The methods whose requests and responses a change affects.
#[derive(Default)]
struct Places {
    requests: BTreeSet<String>,
    responses: BTreeSet<String>,
}

impl Places {
    fn add(&mut self, change: &Change, operation: Option<&str>) {
        match (change.direction, operation) {
            (Some(Direction::Request), Some(name)) => _ = self.requests.insert(Paths::method(name)),
            (Some(Direction::Response), Some(name)) => _ = self.responses.insert(Paths::method(name)),
            _ => {}
        }
    }

    fn words(&self) -> String {
        let of = |what: &str, names: &BTreeSet<String>| {
            let names: Vec<&String> = names.iter().collect();
            (!names.is_empty()).then(|| format!("{what}{} of {}", if names.len() > 1 { "s" } else { "" }, first_of(&names)))
        };
        let all: Vec<String> = [of("request", &self.requests), of("response", &self.responses)].into_iter().flatten().collect();
        if all.is_empty() { String::new() } else { format!(", in the {}", all.join(" and the ")) }
    }
}

/// The mark of a change after which existing code may not compile.
pub(super) const BREAKING: &str = "**Breaking:** ";

/// Describes a change: ``Member added: `types::LogsLocation::s3_logs_arn`, `string` ``.
fn what(change: &Change, path: &str, paths: &Paths<'_>) -> String {
    let mark = if change.verdict.level == Level::Major { BREAKING } else { "" };
    let mut words = change.kind.name().replace('-', " ");
    if mark.is_empty()
        && let Some(first) = words.get_mut(..1)
    {
        first.make_ascii_uppercase();
    }
    let code = |text: &Option<String>| {
        let text = text.as_deref().filter(|text| !text.is_empty() && *text != change.shape && *text != change.kind.name());
        text.map(|text| docs::code(&paths.in_words(text)))
    };
    let detail = match (code(&change.before), code(&change.after)) {
        (Some(before), Some(after)) => format!(", {before} -> {after}"),
        (Some(before), None) => format!(", was {before}"),
        (None, Some(after)) => format!(", {after}"),
        (None, None) => String::new(),
    };
    format!("{mark}{words}: {}{detail}", docs::code(path))
}
