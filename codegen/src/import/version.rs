//! The next version of a crate, by Cargo's rules of compatibility.

use crate::changes::Level;
use crate::{Request, Source, generate};

/// True if a model makes another crate than ours.
///
/// A difference without an effect on the emitted files requires no version: a protocol that the client does not support, or equivalent endpoint
/// rules. A model from which no crate can be generated counts as a difference.
pub(super) fn is_due(ours: Source<'_>, overlay: Option<&Source<'_>>, model: &str) -> bool {
    let files = |text| {
        let request = Request { model: Source { file: ours.file, text }, overlay: overlay.copied(), ..Request::default() };
        generate(&request).map(|generated| generated.files)
    };
    match (files(ours.text), files(model)) {
        (Ok(before), Ok(after)) => before != after,
        _ => true,
    }
}

/// The version that a change of this level requires; `None` if `version` is not three numbers.
///
/// For Cargo, the first number other than zero is the breaking one: 0.1.2 and 0.1.3 are compatible, 0.1.2 and 0.2.0 are not, and no two versions
/// 0.0.x are. A change without an effect on the API still requires a new version to be published.
pub(super) fn next(version: &str, level: Level) -> Option<String> {
    let (major, minor, patch) = numbers(version)?;
    let (major, minor, patch) = match (level, major, minor) {
        (Level::Major, 1.., _) => (major.checked_add(1)?, 0, 0),
        (Level::Major, 0, 1..) => (0, minor.checked_add(1)?, 0),
        (Level::Minor, 1.., _) => (major, minor.checked_add(1)?, 0),
        _ => (major, minor, patch.checked_add(1)?),
    };
    Some(format!("{major}.{minor}.{patch}"))
}

/// The later of the proposed version and one that was proposed before and not taken yet, such as that of a changelog's first entry.
pub(super) fn later(proposed: String, before: Option<&str>) -> String {
    let before = before.filter(|before| is_later(before, &proposed));
    before.map_or(proposed, str::to_owned)
}

/// True if a version is later than another one.
pub(super) fn is_later(version: &str, other: &str) -> bool {
    numbers(version) > numbers(other)
}

fn numbers(version: &str) -> Option<(u64, u64, u64)> {
    let mut numbers = version.split('.').map(|number| number.parse().ok());
    match (numbers.next(), numbers.next(), numbers.next(), numbers.next()) {
        (Some(major), Some(minor), Some(patch), None) => Some((major?, minor?, patch?)),
        _ => None,
    }
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

    #[test]
    fn a_higher_pending_version_is_kept() {
        let of = |before| later("0.1.10".to_owned(), before);
        assert_eq!(of(Some("0.2.0")), "0.2.0");
        for earlier in [None, Some("0.1.9"), Some("0.1.10"), Some("soon"), Some("0.2")] {
            assert_eq!(of(earlier), "0.1.10", "{earlier:?}");
        }
    }
}
