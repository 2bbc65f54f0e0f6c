//! The credentials that a profile describes.

use super::context::CredentialsContext;
use super::source_error::SourceError;
use super::sso::{self, SignOn};
use super::sts::{self, Role};
use super::text::{UNPRINTABLE, is_printable};
use super::{container, environment, instance, process};
use crate::config::files::{Place, Profiles, Section, Value};
use crate::config::{Credentials, InvalidSetting};
use crate::text::OneLine;

/// Parts of the names of settings that describe a source of credentials.
const SOURCE_KEYS: [&str; 11] =
    ["access_key", "assertion", "credential", "federat", "identity", "login", "oidc", "saml", "source_profile", "sso_", "token"];

/// The source of the credentials that a profile's first role is assumed with, or of the profile's own.
enum BaseSource {
    Keys(Box<Credentials>),
    Environment,
    Instance,
    Container,
    Process { command: String, at: Place },
    SignOn(SignOn),
    WebIdentity { role: Role, file: String, at: Place },
}

/// A role that is assumed with the previous credentials, and the place of its `role_arn`.
struct RoleStep {
    role: Role,
    at: Place,
}

/// The credentials of the selected profile.
pub(super) async fn load(context: &CredentialsContext<'_>) -> Result<Credentials, SourceError> {
    let name = context.profiles.selected();
    let (base, steps) = plan(context.profiles, name)?;
    let mut credentials = first(context, base).await.map_err(SourceError::Failed)?;
    for RoleStep { role, at } in steps.iter().rev() {
        credentials = sts::assume_role(context, role, credentials).await.map_err(|why| SourceError::Failed(format!("{at}: {why}")))?;
    }
    Ok(credentials)
}

async fn first(context: &CredentialsContext<'_>, base: BaseSource) -> Result<Credentials, String> {
    match base {
        BaseSource::Keys(keys) => Ok(*keys),
        BaseSource::Environment => match environment::keys(context.environment(), None) {
            Ok(Some(keys)) => Ok(keys),
            Ok(None) => Err(format!("credential_source is Environment: {} is not set", environment::ACCESS_KEY_ID)),
            Err(error) => Err(error.to_string()),
        },
        BaseSource::Instance => {
            let result = instance::load(context).await;
            result.map_err(|error| format!("credential_source is Ec2InstanceMetadata: {}", error.into_message()))
        }
        BaseSource::Container => {
            let result = container::load(context).await;
            result.map_err(|error| format!("credential_source is EcsContainer: {}", error.into_message()))
        }
        BaseSource::Process { command, at } => process::load(&command).await.map_err(|why| format!("{at}: credential_process: {why}")),
        BaseSource::SignOn(sign_on) => sso::load(context, &sign_on).await.map_err(|why| format!("{}: single sign-on: {why}", sign_on.at)),
        BaseSource::WebIdentity { role, file, at } => {
            let with_place = |why| format!("{at}: {why}");
            sts::web_identity(context, &role, &context.path(&file).map_err(with_place)?).await.map_err(with_place)
        }
    }
}

/// The base source of a profile, and the roles that are assumed one after the other, the last one first.
fn plan(profiles: &Profiles, selected: &str) -> Result<(BaseSource, Vec<RoleStep>), SourceError> {
    let mut steps = Vec::new();
    let mut visited = vec![selected];
    let mut name = selected;
    let hint = || profiles.hint(selected).unwrap_or_default();
    let Some(mut section) = profiles.selected_profile() else {
        let files = profiles.files().to_string().replace(" and ", " nor in ");
        return Err(SourceError::NotConfigured(format!("it is neither in {files}{}", hint())));
    };
    loop {
        // A profile that names itself as the source of its role means its own keys.
        let own_keys = visited.len() > 1 && visited.iter().rev().nth(1) == Some(&name);
        let role = section.get("role_arn").filter(|_| !own_keys);
        let Some(arn) = role else {
            return match base(profiles, name, section, own_keys)? {
                Some(base) => Ok((base, steps)),
                None if visited.len() == 1 => {
                    Err(SourceError::NotConfigured(format!("{}: it has no settings for credentials{}", section.at(), hint())))
                }
                None => Err(failed(section.at(), &format!("the source_profile {name} has no settings for credentials"))),
            };
        };
        if let Some(serial) = section.get("mfa_serial") {
            return Err(failed(&serial.at, "mfa_serial is not supported: a code cannot be entered here; use a session's credentials"));
        }
        let role = role_of(section, &arn.text)?;
        let [file, source, credential_source] =
            ["web_identity_token_file", "source_profile", "credential_source"].map(|key| section.get(key));
        let source = match (file, source, credential_source) {
            (Some(file), None, None) => {
                return Ok((BaseSource::WebIdentity { role, file: file.text.clone(), at: arn.at.clone() }, steps));
            }
            (None, None, Some(source)) => {
                let base = match &*source.text {
                    "Environment" => BaseSource::Environment,
                    "Ec2InstanceMetadata" => BaseSource::Instance,
                    "EcsContainer" => BaseSource::Container,
                    _ => return Err(failed(&source.at, "credential_source is none of Environment, Ec2InstanceMetadata and EcsContainer")),
                };
                steps.push(RoleStep { role, at: arn.at.clone() });
                return Ok((base, steps));
            }
            (None, Some(source), None) => source,
            (None, None, None) => {
                let words = "role_arn needs a source_profile, a credential_source or a web_identity_token_file beside it";
                return Err(failed(&arn.at, words));
            }
            _ => {
                let words = "of source_profile, credential_source and web_identity_token_file, role_arn may have one beside it";
                return Err(failed(&arn.at, words));
            }
        };
        steps.push(RoleStep { role, at: arn.at.clone() });
        let next = source.text.as_str();
        if next != name && visited.contains(&next) {
            visited.push(next);
            return Err(failed(&source.at, &format!("the source_profiles form a circle: {}", visited.join(" -> "))));
        }
        let Some(found) = checked(profiles.profile(next))? else {
            let hint = profiles.hint(next).unwrap_or_default();
            return Err(failed(&source.at, &format!("there is no profile {next:?}{hint}")));
        };
        visited.push(next);
        (name, section) = (next, found);
    }
}

/// A section, if it exists. A malformed one ends the search.
fn checked(section: Result<Option<&Section>, InvalidSetting>) -> Result<Option<&Section>, SourceError> {
    section.map_err(|fault| SourceError::Failed(fault.to_string()))
}

fn failed(at: &Place, words: &str) -> SourceError {
    SourceError::Failed(format!("{at}: {words}"))
}

fn role_of(section: &Section, arn: &str) -> Result<Role, SourceError> {
    let text = |key| section.get(key).map(|value| value.text.clone());
    let duration_seconds = match section.get("duration_seconds") {
        None => None,
        Some(value) => match value.text.parse() {
            Ok(seconds @ 900..=43_200) => Some(seconds),
            _ => return Err(failed(&value.at, "duration_seconds is not a number from 900 to 43200")),
        },
    };
    Ok(Role { arn: arn.to_owned(), session_name: text("role_session_name"), external_id: text("external_id"), duration_seconds })
}

/// The source of a profile's credentials without a role.
fn base(profiles: &Profiles, name: &str, section: &Section, keys_only: bool) -> Result<Option<BaseSource>, SourceError> {
    if !keys_only && let Some(sign_on) = sign_on(profiles, section)? {
        return Ok(Some(BaseSource::SignOn(sign_on)));
    }
    let login = section.get("login_session");
    match (keys(section)?, login) {
        (Some((keys, _)), None) => return Ok(Some(BaseSource::Keys(Box::new(keys)))),
        // For the AWS CLI, keys in the credentials file precede the session of `aws login`, which precedes keys in the config file.
        (Some((keys, at)), Some(login)) if !at.is_in_file_of(&login.at) => return Ok(Some(BaseSource::Keys(Box::new(keys)))),
        (_, Some(login)) => {
            let words = format!(
                "login_session is not supported: use another profile with the setting credential_process = aws configure \
                 export-credentials --profile {}",
                OneLine(name, 64)
            );
            return Err(failed(&login.at, &words));
        }
        (None, None) => {}
    }
    match section.get("credential_process") {
        Some(command) => Ok(Some(BaseSource::Process { command: command.text.clone(), at: command.at.clone() })),
        None => refuse_unknown_source(section).map(|()| None),
    }
}

/// The keys of a profile, and the place of the secret access key.
fn keys(section: &Section) -> Result<Option<(Credentials, &Place)>, SourceError> {
    let get = |key: &str| match section.get(key) {
        Some(value) if !is_printable(&value.text) => Err(failed(&value.at, &format!("{key} {UNPRINTABLE}"))),
        value => Ok(value),
    };
    match (get("aws_access_key_id")?, get("aws_secret_access_key")?) {
        (Some(key), Some(secret)) => {
            // A token in one file does not belong to keys in the other.
            let belongs = |token: &&Value| token.at.is_in_file_of(&secret.at) || !key.at.is_in_file_of(&secret.at);
            let token = get("aws_session_token")?.filter(belongs).map(|token| token.text.clone());
            Ok(Some((Credentials::new(&*key.text, &*secret.text, token, None, "profile"), &secret.at)))
        }
        (Some(half), None) => Err(failed(&half.at, "aws_access_key_id has no aws_secret_access_key beside it")),
        (None, Some(half)) => Err(failed(&half.at, "aws_secret_access_key has no aws_access_key_id beside it")),
        (None, None) => Ok(None),
    }
}

/// Refuses a profile whose settings describe only unknown sources of credentials. Skipping it could use another identity than the profile's.
fn refuse_unknown_source(section: &Section) -> Result<(), SourceError> {
    for (key, value) in section.values() {
        let is_set = !value.text.is_empty() || !value.nested.is_empty();
        if !is_set || !SOURCE_KEYS.iter().any(|word| key.contains(word)) {
            continue;
        }
        let fault = match key.as_str() {
            "source_profile" | "credential_source" | "web_identity_token_file" if section.get("role_arn").is_some() => continue,
            _ if value.text.is_empty() => "has indented lines in the place of a value",
            "source_profile" | "credential_source" | "web_identity_token_file" => "has no role_arn beside it",
            "aws_session_token" => "has no aws_access_key_id beside it",
            _ if key.starts_with("sso_") => "has no sso_account_id and no sso_role_name beside it",
            _ => "seems to be a source of credentials that is not supported: use a credential_process that prints them",
        };
        // A line without its '=' may have a secret in its key.
        let shown = if is_plain(key) { key } else { "a setting" };
        return Err(failed(&value.at, &format!("{shown} {fault}")));
    }
    Ok(())
}

/// Returns whether a key is short and has only the characters of known keys.
fn is_plain(key: &str) -> bool {
    key.len() <= 40 && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-.".contains(&byte))
}

/// The settings of single sign-on, from a profile and its session.
fn sign_on(profiles: &Profiles, section: &Section) -> Result<Option<SignOn>, SourceError> {
    let (account, role) = (section.get("sso_account_id"), section.get("sso_role_name"));
    let named = section.get("sso_session");
    // Without these two, the settings may be for bearer tokens, which other tools use besides keys.
    let Some(asked) = account.or(role) else { return Ok(None) };
    let first = named.or(section.get("sso_start_url")).unwrap_or(asked);
    let session = match named {
        None => None,
        Some(name) => {
            let found = checked(profiles.sso_session(&name.text))?;
            Some(found.ok_or_else(|| failed(&name.at, &format!("there is no section [sso-session {}]", name.text.escape_debug())))?)
        }
    };
    let need = |key: &str| {
        let own = section.get(key);
        let shared = session.and_then(|session| session.get(key));
        if let (Some(own), Some(shared)) = (own, shared)
            && own.text != shared.text
        {
            return Err(failed(&own.at, &format!("{key} differs from the value at {}: make them equal or remove one", shared.at)));
        }
        let value = shared.or(own).map(|value| value.text.clone());
        value.ok_or_else(|| failed(session.map_or(&first.at, Section::at), &format!("{key} is missing")))
    };
    Ok(Some(SignOn {
        at: first.at.clone(),
        session: named.map(|name| name.text.clone()),
        start_url: need("sso_start_url")?,
        region: need("sso_region")?,
        account: need("sso_account_id")?,
        role: need("sso_role_name")?,
    }))
}
