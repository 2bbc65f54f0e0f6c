//! The hosts that two sets of endpoint rules lead to, compared over all regions, with and without FIPS and dual stack.

mod evaluate;
mod partitions;

use crate::model::Model;
use crate::rules::{self, RuleSet};
use evaluate::Settings;
use partitions::PARTITIONS;
use std::collections::BTreeMap;

/// The most differences that are listed one by one.
const SHOWN: usize = 24;

/// The hosts before and after, each with the settings that lead there.
pub(super) type Difference = (String, String);

/// The hosts that differ; none if one of the rule sets cannot be read.
pub(super) fn differences(old: &Model, new: &Model) -> Option<Vec<Difference>> {
    let read = |model| rules::read(model, "", None, &mut Vec::new());
    let (old, new) = (read(old)?, read(new)?);
    let mut groups: BTreeMap<(bool, bool, String, String), Vec<&'static str>> = BTreeMap::new();
    for region in PARTITIONS.iter().flat_map(|partition| partition.regions).copied() {
        for (fips, dual_stack) in [(false, false), (true, false), (false, true), (true, true)] {
            let settings = Settings { region, fips, dual_stack };
            let (before, after) = (outcome(&old, &settings), outcome(&new, &settings));
            if before != after {
                groups.entry((fips, dual_stack, before, after)).or_default().push(region);
            }
        }
    }
    let more = groups.len().saturating_sub(SHOWN);
    let mut found: Vec<Difference> = groups.into_iter().take(SHOWN).map(|(group, regions)| described(group, &regions)).collect();
    if more > 0 {
        found.push((format!("{more} more hosts"), format!("{more} other hosts")));
    }
    Some(found)
}

/// The endpoint in some settings, or the error. The region's own name stands as `{region}`, so that regions whose hosts differ in it alone are one
/// group.
fn outcome(rules: &RuleSet, settings: &Settings<'_>) -> String {
    let text = evaluate::endpoint(rules, settings);
    text.replace(settings.region, "{region}")
}

fn described((fips, dual_stack, before, after): (bool, bool, String, String), regions: &[&str]) -> Difference {
    let options = match (fips, dual_stack) {
        (false, false) => "",
        (true, false) => " with FIPS",
        (false, true) => " with dual stack",
        (true, true) => " with FIPS and dual stack",
    };
    let regions = match regions {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first, second] => format!("{first} and {second}"),
        [first, rest @ ..] => format!("{first} and {} more regions", rest.len()),
    };
    (format!("{before} in {regions}{options}"), after)
}
