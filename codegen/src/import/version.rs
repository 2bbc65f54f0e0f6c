//! The next version of a crate, as Cargo counts.

use crate::changes::Level;

/// The version that a change of this level asks for; none if `version` is not three numbers.
///
/// Cargo takes the first number that is not zero for the one that breaks: 0.1.2 and 0.1.3 are compatible, 0.1.2 and 0.2.0 are not, and of
/// 0.0.x no two are. What changes nothing in the API still has to be published under a number of its own.
pub(super) fn next(version: &str, level: Level) -> Option<String> {
    let mut numbers = version.split('.').map(|number| number.parse::<u64>().ok());
    let (Some(Some(major)), Some(Some(minor)), Some(Some(patch)), None) = (numbers.next(), numbers.next(), numbers.next(), numbers.next())
    else {
        return None;
    };
    let (major, minor, patch) = match (level, major, minor) {
        (Level::Major, 1.., _) => (major.checked_add(1)?, 0, 0),
        (Level::Major, 0, 1..) => (0, minor.checked_add(1)?, 0),
        (Level::Minor, 1.., _) => (major, minor.checked_add(1)?, 0),
        _ => (major, minor, patch.checked_add(1)?),
    };
    Some(format!("{major}.{minor}.{patch}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_counts_from_the_first_number_that_is_not_zero() {
        let steps = |version| [Level::None, Level::Minor, Level::Major].map(|level| next(version, level).unwrap_or_default());
        assert_eq!(steps("0.1.0"), ["0.1.1", "0.1.1", "0.2.0"]);
        assert_eq!(steps("0.0.3"), ["0.0.4", "0.0.4", "0.0.4"]);
        assert_eq!(steps("1.2.3"), ["1.2.4", "1.3.0", "2.0.0"]);
        assert_eq!(steps("1.0.0-alpha.1"), ["", "", ""]);
        assert_eq!(steps("1.2"), ["", "", ""]);
        assert_eq!(next("18446744073709551615.0.0", Level::Major), None);
    }
}
