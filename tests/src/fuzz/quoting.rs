//! A reply that quotes its request.

use smithlet_codebuild::Client;
use smithlet_codebuild::error::{Error, SdkError};
use smithlet_codebuild::operation::start_build::StartBuildError;
use smithlet_codebuild::operation::start_build::builders::StartBuildFluentBuilder;
use smithlet_codebuild::types::{CredentialProviderType, EnvironmentVariable, RegistryCredential, SourceAuth, SourceAuthType};

use super::conversation::{Conversation, SECRET, TOKEN, reply_of, settle};
use super::{line, split};
use crate::quoting::{quoted, shows};

/// A text that every sensitive value of the request contains.
const MARK: &str = "Mk7Zq3Xw9Lp5";

/// The input's first byte chooses the status of the reply. The rest of the first line is the recipe for [`quoted`]; the text after it
/// precedes the request in the innermost quotation.
///
/// No error shows the mark or a credential, in any encoding.
///
/// # Panics
/// When that does not hold.
pub fn check(input: &[u8]) {
    let Some((first, rest)) = input.split_first() else { return };
    let (recipe, before) = split(rest, b"\n");
    let recipe = recipe.get(..recipe.len().min(8)).unwrap_or_default();
    let status = ["200", "400", "403", "500"][usize::from(first % 4)];
    let conversation = Conversation::default();
    let _ = settle(start(&Client::from_conf(conversation.config().build())).send());
    let requests = conversation.requests();
    let request = requests.first().and_then(|request| request.body().bytes()).unwrap_or_default();
    let request = String::from_utf8_lossy(request);
    assert!(shows(&request, MARK), "the request has no mark: {request}");

    let before = String::from_utf8_lossy(before);
    let quotation = format!("{before}{request} x-amz-security-token:{TOKEN} {SECRET}");
    let body = quoted(&quotation, recipe);
    let reply = reply_of(format!("{status}\nx-amzn-requestid: {MARK}\n\n{body}").as_bytes());
    let client = Client::from_conf(Conversation::of(reply).config().build());
    let Err(error) = settle(start(&client).send()) else { return };
    hides(&error, &body);
    if let SdkError::ServiceError(_) = error {
        let service: StartBuildError = error.into_service_error();
        hides(&service, &body);
        hides(&Error::from(service), &body);
    }
}

/// A start of a build with the mark in all sensitive members.
fn start(client: &Client) -> StartBuildFluentBuilder {
    let variable = EnvironmentVariable::builder().name("PASSWORD").value(format!("\"{MARK}\" \\ & <1>")).build();
    let registry =
        RegistryCredential::builder().credential(format!("{MARK}/x")).credential_provider(CredentialProviderType::SecretsManager);
    client
        .start_build()
        .project_name("p")
        .set_environment_variables_override(variable.ok().map(|variable| vec![variable]))
        .set_registry_credential_override(registry.build().ok())
        .certificate_override(format!("{MARK}.pem"))
        .set_source_auth_override(SourceAuth::builder().r#type(SourceAuthType::Oauth).resource(MARK).build().ok())
}

fn hides(error: &(dyn std::error::Error + 'static), body: &str) {
    for cause in std::iter::successors(Some(error), |&error| error.source()) {
        let shown = format!("{cause} {cause:?}");
        let letters: String = SECRET.chars().chain(TOKEN.chars()).filter(char::is_ascii_alphanumeric).collect();
        let (secret, token) = letters.split_at(SECRET.chars().filter(char::is_ascii_alphanumeric).count());
        for mark in [MARK, secret, token] {
            assert!(!shows(&shown, mark), "{mark} is in {shown}, of {body}");
        }
    }
    for credential in [SECRET, TOKEN] {
        line::hides(error, credential);
    }
}
