//! Replies of the services that provide credentials: STS, single sign-on, containers, instances.

use smithlet_codebuild::config::{Environment, Region};
use smithlet_codebuild::{Client, Config};

use super::conversation::{Conversation, InstantTimer, reply_of, settle};
use super::folder::Folder;
use super::{line, split};

/// A text that marks the secrets of a reply.
const CANARY: &str = "CANARY-7f3a91";

/// The texts directly before a secret.
const SECRETS: [&str; 9] = [
    "\"SecretAccessKey\":\"",
    "\"Token\":\"",
    "\"accessToken\":\"",
    "\"secretAccessKey\":\"",
    "\"sessionToken\":\"",
    "<SecretAccessKey>",
    "<SessionToken>",
    "<s:SecretAccessKey>",
    "<s:SessionToken>",
];

/// The file with a session's token; its name is the SHA-1 of `s`.
const SESSION: &str = ".aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json";

/// The input's first line is the source of credentials; the replies follow, separated by a line of `%%`.
///
/// A call with that source succeeds, or fails with one line that shows no secret of a reply.
///
/// # Panics
/// When that does not hold.
pub fn check(input: &[u8]) {
    let (source, mut rest) = split(input, b"\n");
    let folder = Folder::new();
    let Some(environment) = environment(source, &folder) else { return };
    let mut replies = Vec::new();
    while !rest.is_empty() {
        let (reply, others) = split(rest, b"\n%%\n");
        replies.extend(reply_of(reply));
        rest = others;
    }
    let conversation = Conversation::of(replies).sparing("//codebuild.");
    let config = Config::builder().region(Region::new("eu-west-1")).environment(Environment::fixed(environment));
    let client = Client::from_conf(conversation.equip(config).sleep_impl(InstantTimer).build());
    for _ in 0..2 {
        if let Err(error) = settle(client.stop_build().id("a:b").send()) {
            line::check(&error, input);
            if hides_secrets(input) {
                line::hides(&error, CANARY);
            }
        }
    }
    assert!(!hides_secrets(input) || !format!("{client:?}").contains(CANARY), "a secret is in {client:?}");
}

/// The environment variables that select a source.
fn environment(source: &[u8], folder: &Folder) -> Option<Vec<(&'static str, String)>> {
    let role = "arn:aws:iam::123456789012:role/builder".to_owned();
    let mut variables = match source {
        b"container" => vec![("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1/credentials".to_owned())],
        b"instance" => vec![],
        b"role" => vec![("AWS_PROFILE", "role".to_owned())],
        b"session" => vec![("AWS_PROFILE", "session".to_owned())],
        b"web identity" => {
            vec![("AWS_ROLE_ARN", role.clone()), ("AWS_WEB_IDENTITY_TOKEN_FILE", folder.file("token", b"an identity"))]
        }
        _ => return None,
    };
    let profiles = format!(
        "[profile role]\nrole_arn = {role}\nsource_profile = keys\n[profile keys]\naws_access_key_id = A\naws_secret_access_key = B\n\
         [sso-session s]\nsso_region = us-east-1\nsso_start_url = https://example.com/start\n\
         [profile session]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = builder\n"
    );
    variables.push(("AWS_CONFIG_FILE", folder.file("config", profiles.as_bytes())));
    folder.file(SESSION, br#"{"accessToken": "a token", "expiresAt": "2019-11-22T18:00:00Z"}"#);
    variables.push(("HOME", folder.name()));
    Some(variables)
}

/// Returns whether the canary stands only where replies have secrets, and not in an error message.
fn hides_secrets(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input);
    let is_secret = |(at, _): (usize, &str)| SECRETS.iter().any(|name| text[..at].ends_with(name));
    !text.contains("<Message>") && !text.contains("<Code>") && text.match_indices(CANARY).all(is_secret)
}
