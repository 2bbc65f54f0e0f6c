//! Suggestions of valid names for hints.

use crate::model::{Model, ShapeId};
use std::fmt::Display;
use strsim::levenshtein;

/// Names longer than this get no suggestion, since comparing them would take too long.
const LONGEST: usize = 120;

/// Returns at most three of `names`, the nearest to `wanted` first, or none when all are too different.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    if wanted.len() > LONGEST {
        return Vec::new();
    }
    let folded = wanted.to_lowercase();
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .filter(|name| name.len() <= LONGEST)
        .filter_map(|name| {
            let other = name.to_lowercase();
            let limit = (folded.len().max(other.len()) / 3).max(1);
            let distance = if folded.len().abs_diff(other.len()) > limit { limit + 1 } else { levenshtein(&folded, &other) };
            (distance <= limit).then_some((distance, name))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    // A poor guess beside a good one would only confuse.
    let best = near.first().map_or(0, |(distance, _)| *distance);
    near.into_iter().take_while(|(distance, _)| *distance <= best + 1).take(3).map(|(_, name)| name).collect()
}

/// Returns "did you mean ...?" with the nearest names, or an empty string when none is near.
pub fn did_you_mean<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let near = nearest(wanted, names);
    if near.is_empty() { String::new() } else { format!("did you mean {}?", alternatives(&near)) }
}

/// The same for shapes. Only names are compared, since nearly all shapes share one long namespace.
pub(crate) fn nearest_shape(wanted: &ShapeId, model: &Model) -> String {
    let names = nearest(wanted.name(), model.shapes.keys().map(ShapeId::name));
    let near: Vec<&ShapeId> = names.into_iter().flat_map(|name| model.shapes.keys().filter(move |id| id.name() == name)).take(3).collect();
    if near.is_empty() { String::new() } else { format!("did you mean {}?", alternatives(&near)) }
}

/// The names in backticks, joined with "or": `` `A`, `B` or `C` ``.
pub fn alternatives(names: &[impl Display]) -> String {
    list(names, "or")
}

/// The names in backticks, joined with "and": `` `A`, `B` and `C` ``.
pub fn enumeration(names: &[impl Display]) -> String {
    list(names, "and")
}

/// The first names, and the number of the others.
pub fn first_of(names: &[impl Display]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => enumeration(names),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The steps of a path, `A -> B -> C`; a long path is shortened to its first steps and the last one.
pub(crate) fn chain(steps: &[impl Display]) -> String {
    const SHOWN: usize = 8;
    let mut shown: Vec<String> = steps.iter().take(SHOWN).map(ToString::to_string).collect();
    if let Some(last) = steps.get(SHOWN..).and_then(<[_]>::last) {
        if steps.len() > SHOWN + 1 {
            shown.push(format!("({} more)", steps.len() - SHOWN - 1));
        }
        shown.push(last.to_string());
    }
    shown.join(" -> ")
}

fn list(names: &[impl Display], last: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Pointer, Shape, Simple, Traits};

    #[test]
    fn the_nearest_name_comes_first_whatever_its_case() {
        let names = ["StartBuild", "StopBuild", "BatchGetBuilds", "RetryBuild"];
        assert_eq!(nearest("startbuild", names), ["StartBuild"]);
        assert_eq!(did_you_mean("StrtBuild", names), "did you mean `StartBuild` or `StopBuild`?");
    }

    #[test]
    fn distant_names_give_no_hint() {
        assert_eq!(did_you_mean("DeleteEverything", ["StartBuild", ""]), "");
        assert_eq!(did_you_mean("", ["StartBuild"]), "");
        assert!(nearest(&"a".repeat(1_000_000), ["a"]).is_empty());
    }

    #[test]
    fn shapes_are_compared_by_name() {
        let shape = || Shape { kind: Kind::Simple(Simple::String), traits: Traits::default(), pointer: Pointer::default() };
        let ids = ["com.amazonaws.codebuild#Build", "com.amazonaws.codebuild#Project", "smithy.api#Integer"];
        let model = Model { shapes: ids.map(|id| (ShapeId::new(id), shape())).into() };
        assert_eq!(nearest_shape(&ShapeId::new("a#build"), &model), "did you mean `com.amazonaws.codebuild#Build`?");
        assert_eq!(nearest_shape(&ShapeId::new("com.amazonaws.codebuild#Webhook"), &model), "");
    }

    #[test]
    fn lists_of_names_read_as_sentences() {
        assert_eq!(enumeration(&["A", "B", "C"]), "`A`, `B` and `C`");
        assert_eq!(alternatives(&["A"]), "`A`");
        assert_eq!(alternatives(&[] as &[&str]), "");
        assert_eq!(first_of(&(0..11).collect::<Vec<_>>()), "`0`, `1`, `2`, `3`, `4`, `5`, `6`, `7` and 3 more");
        assert_eq!(first_of(&["A", "B"]), "`A` and `B`");
        assert_eq!(chain(&["A", "B", "A"]), "A -> B -> A");
        assert_eq!(chain(&(0..9).collect::<Vec<_>>()), "0 -> 1 -> 2 -> 3 -> 4 -> 5 -> 6 -> 7 -> 8");
        assert_eq!(chain(&(0..99).collect::<Vec<_>>()), "0 -> 1 -> 2 -> 3 -> 4 -> 5 -> 6 -> 7 -> (90 more) -> 98");
    }
}
