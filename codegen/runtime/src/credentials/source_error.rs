//! What a source of credentials has to say when it has none.

/// Why a source has no credentials.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum SourceError {
    /// Nobody set it up: the next one is asked.
    NotConfigured(String),
    /// It was set up and fails: whoever set it up means this one, so that no other one is asked.
    Failed(String),
}

impl SourceError {
    /// The words.
    pub(super) fn into_message(self) -> String {
        match self {
            Self::NotConfigured(why) | Self::Failed(why) => why,
        }
    }
}
