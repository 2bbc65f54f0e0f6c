//! The list of cases that are expected to fail.

use crate::suites::Name;
use anyhow::{Context as _, Result, ensure};
use std::collections::BTreeMap;

/// The cases that are expected to fail, with their reasons.
#[derive(Debug, Default)]
pub struct LeftOut {
    reasons: BTreeMap<Name, String>,
}

impl LeftOut {
    /// Reads a list: a line is a suite, a direction and a case, then a colon and the reason. Lines that begin with `#` are comments.
    ///
    /// # Errors
    ///
    /// A line of another form, and a case that is listed twice.
    pub fn parse(text: &str) -> Result<Self> {
        let mut list = Self::default();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let number = index + 1;
            let (name, reason) = entry(line)
                .with_context(|| format!("left-out.txt:{number}: expected \"SUITE input|output CASE: REASON\", found \"{line}\""))?;
            ensure!(!list.reasons.contains_key(&name), "left-out.txt:{number}: {name} is listed twice");
            list.reasons.insert(name, reason);
        }
        Ok(list)
    }

    /// The reason why a case is left out.
    pub fn reason(&self, name: &Name) -> Option<&str> {
        self.reasons.get(name).map(String::as_str)
    }

    /// The names in the list.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.reasons.keys()
    }
}

fn entry(line: &str) -> Option<(Name, String)> {
    let (name, reason) = line.split_once(": ")?;
    let [suite, direction @ ("input" | "output"), id] = *name.split(' ').collect::<Vec<_>>() else { return None };
    let name = Name { suite: suite.to_owned(), direction: direction.to_owned(), id: id.to_owned() };
    (!reason.trim().is_empty()).then(|| (name, reason.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_a_case_and_a_reason() {
        let list = LeftOut::parse("# why\n\njson input A: not yet: later\n").expect("the list is valid");
        let name = Name { suite: "json".to_owned(), direction: "input".to_owned(), id: "A".to_owned() };
        assert_eq!(list.reason(&name), Some("not yet: later"));
        for (text, line) in [("json input A", 1), ("# x\njson A: y", 2), ("json both A: y", 1), ("json input A:  ", 1)] {
            let error = LeftOut::parse(text).expect_err(text).to_string();
            assert!(error.starts_with(&format!("left-out.txt:{line}: expected")), "{error}");
        }
        let error = LeftOut::parse("json input A: x\njson input A: y").expect_err("it is listed twice");
        assert_eq!(error.to_string(), "left-out.txt:2: json input A is listed twice");
        assert!(LeftOut::parse(crate::LEFT_OUT).is_ok());
    }
}
