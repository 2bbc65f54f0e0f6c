//! Versions of releases.

use std::cmp::Ordering;
use std::fmt;

/// The version of a release: numbers with dots between them. Versions are ordered by their numbers, so 1.9 comes before 1.10.
#[derive(Clone, Debug)]
pub struct Version {
    text: String,
    numbers: Vec<u64>,
}

impl Version {
    /// The version that a text is; none if the text is not a version.
    pub fn parse(text: &str) -> Option<Self> {
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let mut numbers = text.split('.').map(|part| part.parse().ok().filter(|_| is_number(part))).collect::<Option<Vec<u64>>>()?;
        // 1.2 and 1.2.0 are the same release.
        while numbers.len() > 1 && numbers.last() == Some(&0) {
            numbers.pop();
        }
        Some(Self { text: text.to_owned(), numbers })
    }

    /// The version as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.numbers == other.numbers
    }
}

impl Eq for Version {}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.numbers.cmp(&other.numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_decide_the_order() {
        let mut versions: Vec<Version> =
            ["1.10", "1.9", "1.9.1", "2", "1.20.100", "1.20.50"].into_iter().filter_map(Version::parse).collect();
        versions.sort();
        assert_eq!(versions.iter().map(Version::as_str).collect::<Vec<_>>(), ["1.9", "1.9.1", "1.10", "1.20.50", "1.20.100", "2"]);
        assert_eq!(Version::parse("1.2"), Version::parse("1.2.0"));
    }

    #[test]
    fn other_texts_are_not_versions() {
        for text in ["", ".", "1.", ".1", "1..2", "v1", "1.2rc1", "+1", "1.-2", "1 ", "99999999999999999999"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }
}
