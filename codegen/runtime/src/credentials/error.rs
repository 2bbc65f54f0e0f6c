//! Why a request cannot be signed.

use super::text::UNPRINTABLE;
use crate::config::NotUnicode;
use crate::text;
use aws_credential_types::provider::error::CredentialsError;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// Why there are no credentials.
#[derive(Debug)]
pub(crate) enum NoCredentials {
    /// The environment has one half of them.
    Half { set: &'static str, missing: &'static str },
    /// The environment has something unreadable.
    NotUnicode(NotUnicode),
    /// A variable of the environment has what no request can carry.
    Unprintable(&'static str),
    /// The configured provider failed.
    Provider(CredentialsError),
    /// There are none in the environment, and nobody else was to be asked.
    #[cfg(not(feature = "credentials"))]
    Nowhere,
    /// All sources were asked: what each said, or what the one said that was set up and failed.
    #[cfg(feature = "credentials")]
    Chain(String),
    /// Nobody answered.
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
            Self::Nowhere => f.write_str(
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
