//! Settings from any environment variables and profile files.

use smithlet_codebuild::config::{Credentials, Environment};
use smithlet_codebuild::{Client, Config};

use super::conversation::{Conversation, SECRET, settle};
use super::folder::Folder;
use super::{line, split};

/// A text that marks the secrets of the files.
const CANARY: &str = "CANARY-7f3a91";

/// The variables with the paths of the files, which the input cannot set.
const OURS: [&str; 2] = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"];

/// The input has the variables up to the first empty line, the config file up to a line of `%%`, and then the credentials file.
///
/// The settings are refused with one line that names a variable or a file, or they are a configuration whose calls fail with one line or
/// send their request. No error shows a secret of the files.
///
/// # Panics
/// When that does not hold.
pub fn check(input: &[u8]) {
    let (variables, files) = split(input, b"\n\n");
    let (config, credentials) = split(files, b"\n%%\n");
    let folder = Folder::new();
    let (config, credentials) = (folder.file("config", config), folder.file("credentials", credentials));
    let variables = String::from_utf8_lossy(variables);
    let given = variables.lines().filter_map(|line| line.split_once('=')).filter(|(name, _)| !OURS.contains(name));
    let environment = Environment::fixed(given.chain(OURS.into_iter().zip([&*config, &*credentials])));
    let hides = hides_secrets(input);

    match Config::from_environment(environment) {
        Ok(config) => {
            assert!(!hides || !format!("{config:?}").contains(CANARY), "a secret is in {config:?}");
            call(&config, input);
        }
        Err(error) => {
            line::check(&error, input);
            let line = error.to_string();
            assert!(line.starts_with("the environment variable ") || line.contains(&folder.name()), "{line} does not say where");
            if hides {
                line::hides(&error, CANARY);
            }
        }
    }
}

fn call(config: &Config, input: &[u8]) {
    // Without a region the client would ask the instance metadata service.
    if config.region().is_none() {
        return;
    }
    let conversation = Conversation::default();
    let credentials = Credentials::new("AKIDEXAMPLE", SECRET, None, None, "fuzzing");
    let client = Client::from_conf(conversation.equip(config.to_builder().credentials_provider(credentials)).build());
    if let Err(error) = settle(client.stop_build().id("a:b").send()) {
        line::check(&error, input);
        assert!(conversation.requests().is_empty(), "{error}, though there was a reply");
    }
}

/// Returns whether the canary stands only where files have secrets.
fn hides_secrets(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input).replace('\r', "\n");
    let mut lines = text.split('\n').filter(|line| line.contains(CANARY));
    lines.all(|line| ["aws_secret_access_key", "aws_session_token"].iter().any(|key| line.starts_with(key)))
}
