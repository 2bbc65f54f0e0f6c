//! Things that are gone and seem to be back under another name.

use crate::suggest;

/// More pairs than these are not looked at: that is no renaming but another model.
const MOST_PAIRS: usize = 2_500;

/// Shorter names resemble too many others.
const SHORTEST: usize = 4;

/// Pairs of a name that is gone and a new one, where each is the other's nearest and both are `alike` beyond their names.
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
    fn only_what_is_nearest_both_ways_is_a_pair() {
        assert_eq!(find(&["buildStatus", "phase"], &["buildState", "region"], |_, _| true), [("buildStatus", "buildState")]);
        assert_eq!(find(&["buildStatus"], &["buildState"], |_, _| false), []);
        assert_eq!(find(&["S3"], &["S4"], |_, _| true), [], "too short to tell");
    }
}
