//! The default chain: the sources that are searched, in AWS's order, when no provider is configured.

use super::context::CredentialsContext;
use super::error::NoCredentials;
use super::settings::Settings;
use super::source_error::SourceError;
use super::sts::{self, Role};
use super::{container, environment, instance, profile};
use crate::Boxed;
use crate::config::files::Profiles;
use crate::config::{Credentials, Environment};
use crate::http::{Connector, NoConnector};
use crate::text::OneLine;
use std::path::Path;

const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ROLE_ARN: &str = "AWS_ROLE_ARN";
const SESSION_NAME: &str = "AWS_ROLE_SESSION_NAME";
/// The longest message about all sources, in characters. Each part may quote a path.
const MAX_MESSAGE: usize = 2_000;

/// The default chain of a client.
pub(crate) struct Chain {
    settings: Settings,
    connector: Result<Connector, NoConnector>,
}

impl Chain {
    pub(super) fn new(settings: Settings, connector: Result<Connector, NoConnector>) -> Self {
        Self { settings, connector }
    }

    pub(super) fn environment(&self) -> &Environment {
        self.settings.environment()
    }

    /// The credentials of the first source that is configured. The caller has checked the environment's keys before.
    pub(super) async fn load(&self) -> Result<Credentials, NoCredentials> {
        let profiles = Profiles::load(self.environment()).map_err(|error| NoCredentials::Chain(error.to_string()))?;
        let context = CredentialsContext { settings: &self.settings, connector: &self.connector, profiles: &profiles };
        let mut tried = format!("environment: {} is not set", environment::ACCESS_KEY_ID);
        let profile = format!("profile {}", profiles.selected());
        let sources: [(&str, &str, Boxed<'_, _>); 4] = [
            ("profile", &profile, Box::pin(profile::load(&context))),
            ("web identity", "web identity", Box::pin(web_identity(&context))),
            ("container", "container", Box::pin(container::load(&context))),
            ("instance metadata", "instance metadata", Box::pin(instance::load(&context))),
        ];
        for (source, shown, credentials) in sources {
            match credentials.await {
                Ok(credentials) => {
                    tracing::debug!(source, "credentials found");
                    return Ok(credentials);
                }
                Err(error) => note(&mut tried, shown, error)?,
            }
        }
        Err(NoCredentials::Chain(OneLine(&tried, MAX_MESSAGE).to_string()))
    }
}

/// Adds the reason why a source is not configured. The failure of a configured source ends the search.
fn note(tried: &mut String, source: &str, error: SourceError) -> Result<(), NoCredentials> {
    match error {
        SourceError::NotConfigured(why) => {
            tried.push_str("; ");
            tried.push_str(source);
            tried.push_str(": ");
            tried.push_str(&why);
            Ok(())
        }
        SourceError::Failed(why) => Err(NoCredentials::Chain(OneLine(&format!("{source}: {why}"), MAX_MESSAGE).to_string())),
    }
}

/// The credentials of the role that the environment names, for a token of an identity provider.
async fn web_identity(context: &CredentialsContext<'_>) -> Result<Credentials, SourceError> {
    let Some(file) = context.variable(TOKEN_FILE)? else {
        return Err(SourceError::NotConfigured(format!("{TOKEN_FILE} is not set")));
    };
    let Some(arn) = context.variable(ROLE_ARN)? else {
        return Err(SourceError::Failed(format!("{TOKEN_FILE} is set, but {ROLE_ARN} is not")));
    };
    let session_name = context.variable(SESSION_NAME)?.map(|name| name.trim().to_owned());
    let role = Role { arn: arn.trim().to_owned(), session_name, external_id: None, duration_seconds: None };
    sts::web_identity(context, &role, Path::new(file.trim())).await.map_err(SourceError::Failed)
}
