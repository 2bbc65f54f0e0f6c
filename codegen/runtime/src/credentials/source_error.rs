//! The error of a source of credentials.

/// The reason why a source has no credentials.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum SourceError {
    /// The source is not configured. The search goes on with the next source.
    NotConfigured(String),
    /// The source is configured and failed. This ends the search, since another source may have another identity.
    Failed(String),
}

impl SourceError {
    pub(super) fn into_message(self) -> String {
        match self {
            Self::NotConfigured(why) | Self::Failed(why) => why,
        }
    }
}
