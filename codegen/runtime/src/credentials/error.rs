//! The error of a search for credentials.

use super::text::UNPRINTABLE;
use crate::config::NotUnicode;
use crate::text;
use aws_credential_types::provider::error::CredentialsError;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// The reason why there are no credentials.
#[derive(Debug)]
pub(crate) enum NoCredentials {
    /// The environment has only one half of the keys.
    Half { set: &'static str, missing: &'static str },
    /// An environment variable is not Unicode.
    NotUnicode(NotUnicode),
    /// An environment variable has a character that no request can carry.
    Unprintable(&'static str),
    /// The configured provider failed.
    Provider(CredentialsError),
    /// The environment has no keys, and there is no other source.
    #[cfg(not(feature = "credentials"))]
    NotInEnvironment,
    /// No source is configured, or a configured one failed. The text has the reasons.
    #[cfg(feature = "credentials")]
    Chain(String),
    /// The search took longer than this.
    TimedOut(Duration),
}

impl fmt::Display for NoCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Half { set, missing } => {
                write!(f, "no credentials: the environment variable {set} is set, but {missing} is not")
            }
            Self::Unprintable(name) => write!(f, "no credentials: the environment variable {name} {UNPRINTABLE}"),
            Self::NotUnicode(error) => write!(f, "no credentials: {error}"),
            Self::Provider(error) => write!(f, "no credentials from the provider: {}", text::Chain(error)),
            #[cfg(not(feature = "credentials"))]
            Self::NotInEnvironment => f.write_str(
                "no credentials: set the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or credentials_provider in \
                 the configuration, or enable the crate's feature credentials",
            ),
            #[cfg(feature = "credentials")]
            Self::Chain(words) => write!(f, "no credentials: {words}"),
            Self::TimedOut(limit) => write!(f, "no credentials: none were found within {} s", limit.as_secs()),
        }
    }
}

impl Error for NoCredentials {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotUnicode(error) => Some(error),
            Self::Provider(error) => Some(error),
            _ => None,
        }
    }
}
