//! What a source of credentials has to say when it has none.

/// Why a source has no credentials.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Lack {
    /// Nobody set it up: the next one is asked.
    Absent(String),
    /// It was set up and fails: whoever set it up means this one, so that no other one is asked.
    Broken(String),
}

impl Lack {
    /// The words.
    pub(super) fn into_words(self) -> String {
        match self {
            Self::Absent(why) | Self::Broken(why) => why,
        }
    }
}
