//! Finds removed things that seem to be back under another name.

use crate::suggest;

/// The most pairs that are compared. With more, the two models have little in common.
const MOST_PAIRS: usize = 2_500;

/// The shortest name that is compared. Shorter names are similar to too many others.
const SHORTEST: usize = 4;

/// Pairs of a removed name and a new name, of which each is the nearest to the other, and which are `alike` in more than their names.
pub(super) fn find<'a, 'b>(gone: &[&'a str], new: &[&'b str], alike: impl Fn(&str, &str) -> bool) -> Vec<(&'a str, &'b str)> {
    if gone.len().saturating_mul(new.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let nearest = |wanted: &str, names: &[&str]| suggest::nearest(wanted, names.iter().copied()).first().map(|name| (*name).to_owned());
    let long = |name: &&&str| name.len() >= SHORTEST;
    let pairs = gone.iter().filter(long).filter_map(|from| {
        let to = nearest(from, new)?;
        let to = new.iter().find(|name| **name == to)?;
        (nearest(to, gone)? == **from && alike(from, to)).then_some((*from, *to))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_pair_consists_of_names_that_are_nearest_to_each_other() {
        assert_eq!(find(&["buildStatus", "phase"], &["buildState", "region"], |_, _| true), [("buildStatus", "buildState")]);
        assert_eq!(find(&["buildStatus"], &["buildState"], |_, _| false), []);
        assert_eq!(find(&["S3"], &["S4"], |_, _| true), [], "too short to tell");
    }
}
