//! Paths from a page to a value: `StreamDescription.Shards[-1].ShardId`.

use crate::read::ids::is_identifier;

/// A path: the steps from a page to a value. There is at least one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Path(pub(crate) Vec<Step>);

/// One step of a path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Step {
    /// The member of a structure with this name.
    Member(String),
    /// The last item of a list.
    Last,
}

impl Path {
    /// Reads a path of members with dots between them, of which each may be followed by `[-1]`. `None` for any other text.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (name, is_last) = part.strip_suffix("[-1]").map_or((part, false), |name| (name, true));
            if !is_identifier(name) {
                return None;
            }
            steps.push(Step::Member(name.to_owned()));
            if is_last {
                steps.push(Step::Last);
            }
        }
        Some(Self(steps))
    }

    /// Reads paths with `||` between them, of which the first one counts whose value is not empty.
    pub(crate) fn read_alternatives(text: &str) -> Option<Vec<Self>> {
        text.split("||").map(|path| Self::read(path.trim())).collect()
    }

    /// True if Smithy's trait can express the path: it has members only.
    pub(crate) fn is_plain(&self) -> bool {
        !self.0.contains(&Step::Last)
    }

    /// The path's text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for step in &self.0 {
            match step {
                Step::Member(name) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text += name;
                }
                Step::Last => text += "[-1]",
            }
        }
        text
    }
}
