//! The credentials of one attempt.
//!
//! They are asked of the provider each time, which costs nothing where they are at hand. A provider that has to go and get them is
//! expected to keep them, as those of aws-config do when they come in an `SdkConfig`.

use crate::config::{Config, Credentials, Environment, NotUnicode, ProvideCredentials as _};
use crate::error::text;
use aws_credential_types::provider::error::CredentialsError;
use std::error::Error;
use std::fmt;

const ACCESS_KEY_ID: &str = "AWS_ACCESS_KEY_ID";
const SECRET_ACCESS_KEY: &str = "AWS_SECRET_ACCESS_KEY";
const SESSION_TOKEN: &str = "AWS_SESSION_TOKEN";

/// From the configured provider, or from the environment when there is none.
pub(crate) async fn load(config: &Config) -> Result<Credentials, NoCredentials> {
    match config.credentials_provider() {
        Some(provider) => provider.provide_credentials().await.map_err(NoCredentials::Provider),
        None => from_environment(config.environment()),
    }
}

fn from_environment(environment: &Environment) -> Result<Credentials, NoCredentials> {
    let get = |name| environment.get(name).map_err(NoCredentials::NotUnicode);
    match (get(ACCESS_KEY_ID)?, get(SECRET_ACCESS_KEY)?) {
        (Some(key), Some(secret)) => Ok(Credentials::new(key, secret, get(SESSION_TOKEN)?, None, "environment")),
        (Some(_), None) => Err(NoCredentials::Half { set: ACCESS_KEY_ID, missing: SECRET_ACCESS_KEY }),
        (None, Some(_)) => Err(NoCredentials::Half { set: SECRET_ACCESS_KEY, missing: ACCESS_KEY_ID }),
        (None, None) => Err(NoCredentials::Nowhere),
    }
}

/// Why a request cannot be signed.
#[derive(Debug)]
pub(crate) enum NoCredentials {
    /// Nobody said anything.
    Nowhere,
    /// The environment has one half of them.
    Half { set: &'static str, missing: &'static str },
    /// The environment has something unreadable.
    NotUnicode(NotUnicode),
    /// The configured provider failed.
    Provider(CredentialsError),
}

impl fmt::Display for NoCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nowhere => write!(
                f,
                "no credentials: set the environment variables {ACCESS_KEY_ID} and {SECRET_ACCESS_KEY}, or credentials_provider in the configuration"
            ),
            Self::Half { set, missing } => {
                write!(f, "no credentials: the environment variable {set} is set, but {missing} is not")
            }
            Self::NotUnicode(error) => write!(f, "no credentials: {error}"),
            Self::Provider(error) => write!(f, "no credentials from the provider: {}", text::Chain(error)),
        }
    }
}

impl Error for NoCredentials {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Nowhere | Self::Half { .. } => None,
            Self::NotUnicode(error) => Some(error),
            Self::Provider(error) => Some(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{from_environment, load};
    use crate::config::{Config, Credentials, Environment, ProvideCredentials, SharedCredentialsProvider};
    use aws_credential_types::provider::error::CredentialsError;
    use aws_credential_types::provider::future;

    const KEYS: [(&str, &str); 3] = [("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "hunter2"), ("AWS_SESSION_TOKEN", "token")];

    fn refusal<const N: usize>(variables: [(&str, &str); N]) -> String {
        from_environment(&Environment::fixed(variables)).unwrap_err().to_string()
    }

    #[test]
    fn the_environment_has_keys_with_and_without_a_token() {
        let credentials = from_environment(&Environment::fixed(KEYS)).unwrap();
        assert_eq!(credentials.access_key_id(), "AKID");
        assert_eq!(credentials.secret_access_key(), "hunter2");
        assert_eq!(credentials.session_token(), Some("token"));
        let [key, secret, _] = KEYS;
        assert_eq!(from_environment(&Environment::fixed([key, secret])).unwrap().session_token(), None);
        assert_eq!(from_environment(&Environment::fixed([key, secret, ("AWS_SESSION_TOKEN", " ")])).unwrap().session_token(), None);
    }

    #[test]
    fn what_the_environment_lacks_is_named() {
        assert_eq!(
            refusal([]),
            "no credentials: set the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or credentials_provider in the configuration"
        );
        let [key, secret, _] = KEYS;
        assert_eq!(refusal([key]), "no credentials: the environment variable AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not");
        assert_eq!(
            refusal([secret, ("AWS_ACCESS_KEY_ID", "")]),
            "no credentials: the environment variable AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not"
        );
    }

    #[derive(Debug)]
    struct Broken;

    impl ProvideCredentials for Broken {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::ready(Err(CredentialsError::provider_error("the vault is closed")))
        }
    }

    #[tokio::test]
    async fn a_provider_goes_before_the_environment_and_its_failure_is_told() {
        let config = Config::builder().environment(Environment::fixed(KEYS));
        let own = Credentials::new("OWN", "secret", None, None, "test");
        let loaded = load(&config.clone().credentials_provider(own).build()).await.unwrap();
        assert_eq!(loaded.access_key_id(), "OWN");

        let mut config = config;
        config.set_credentials_provider(Some(SharedCredentialsProvider::new(Broken)));
        assert_eq!(
            load(&config.build()).await.unwrap_err().to_string(),
            "no credentials from the provider: an error occurred while loading credentials: the vault is closed"
        );
    }
}
