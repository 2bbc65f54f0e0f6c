//! IAM Identity Center exchanges the token of `aws sso login` for the credentials of a role.

use super::context::{CredentialsContext, Service, quoted, read};
use super::endpoint_client::Request;
use super::reply::{self, document, need, string};
use super::time::time;
use crate::calendar;
use crate::config::Credentials;
use crate::config::files::Place;
use crate::endpoint::uri_encode;
use crate::json;
use crate::text::OneLine;
use aws_smithy_types::date_time::DateTime;
use aws_smithy_types::{Document, Number};
use http::{StatusCode, Uri};
use sha1::{Digest as _, Sha1};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const PORTAL: Service = Service { host: "portal.sso", id: "SSO", has_fips: false };
const OIDC: Service = Service { host: "oidc", id: "SSO OIDC", has_fips: false };
const TOO_LONG: &str = "CreateToken: expiresIn is too long";
/// The time before its expiry in which a token is renewed.
const RENEWAL_WINDOW: Duration = Duration::from_mins(5);

/// A profile's settings of single sign-on.
pub(super) struct SignOn {
    pub(super) at: Place,
    /// The name of the `[sso-session]` section.
    pub(super) session: Option<String>,
    pub(super) start_url: String,
    pub(super) region: String,
    pub(super) account: String,
    pub(super) role: String,
}

impl SignOn {
    /// The command that gets a new token.
    fn advice(&self) -> String {
        match &self.session {
            Some(session) => format!("run `aws sso login --sso-session {}`", OneLine(session, 64)),
            None => "run `aws sso login` with this profile".to_owned(),
        }
    }

    /// The file in which the AWS CLI stores the token.
    fn file(&self, home: &Path) -> PathBuf {
        let mut name = String::with_capacity(45);
        for byte in Sha1::digest(self.session.as_ref().unwrap_or(&self.start_url)) {
            // Writing to a String cannot fail.
            let _ = write!(name, "{byte:02x}");
        }
        home.join(".aws/sso/cache").join(name + ".json")
    }
}

/// The credentials of the role.
pub(super) async fn load(context: &CredentialsContext<'_>, sign_on: &SignOn) -> Result<Credentials, String> {
    let file = sign_on.file(&context.home()?);
    if !file.exists() {
        return Err(format!("not signed on ({} does not exist): {}", quoted(&file), sign_on.advice()));
    }
    let token = token(context, sign_on, &file).await?;
    let endpoint = context.endpoint(&PORTAL, &sign_on.region)?;
    let base = endpoint.to_string();
    let (role, account) = (uri_encode(&sign_on.role), uri_encode(&sign_on.account));
    let uri = format!("{}/federation/credentials?role_name={role}&account_id={account}", base.trim_end_matches('/'));
    let request = Request::get(uri).token("x-amz-sso_bearer_token", &token).ok_or("the token is not fit for a header")?;
    let response = context.client()?.send(request).await?;
    match response.status {
        StatusCode::OK => credentials(&response.body).map_err(|fault| format!("the reply of {endpoint} is not credentials: {fault}")),
        StatusCode::UNAUTHORIZED => Err(format!("the token is not valid any more: {}", sign_on.advice())),
        _ => Err(format!("GetRoleCredentials: {}", reply::refusal(response.status, &response.body, &[&token]))),
    }
}

fn credentials(body: &[u8]) -> Result<Credentials, String> {
    let document = document(body)?;
    let role = reply::member(&document, "roleCredentials").ok_or("roleCredentials is missing")?;
    let expiry = match reply::member(role, "expiration") {
        Some(Document::Number(Number::PosInt(milliseconds))) => SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(*milliseconds)),
        _ => None,
    };
    let expiry = Some(expiry.ok_or("expiration is not a number of milliseconds")?);
    let (key, secret, token) = (need(role, "accessKeyId")?, need(role, "secretAccessKey")?, need(role, "sessionToken")?);
    Ok(Credentials::new(key, secret, Some(token), expiry, "single sign-on"))
}

/// The token in the file. It is renewed when its expiry is near and the profile has a session.
async fn token(context: &CredentialsContext<'_>, sign_on: &SignOn, file: &Path) -> Result<String, String> {
    let faulty = |fault: String| format!("{} is not a token: {fault}; {}", quoted(file), sign_on.advice());
    let stored = document(&read(file)?).map_err(faulty)?;
    let token = string(&stored, "accessToken").ok_or_else(|| faulty("accessToken is missing".to_owned()))?;
    let end = string(&stored, "expiresAt").and_then(time);
    let end = end.ok_or_else(|| faulty("expiresAt is not a time".to_owned()))?;
    let now = context.now();
    if now + RENEWAL_WINDOW < end {
        return Ok(token.to_owned());
    }
    let renewed = match sign_on.session {
        Some(_) => renew(context, sign_on, &stored).await,
        None => Err("it cannot be renewed without an sso_session".to_owned()),
    };
    match renewed {
        Ok(renewed) => {
            if let Err(error) = store(file, &renewed) {
                tracing::warn!(%error, "the renewed token of single sign-on cannot be kept for other programs");
            }
            string(&renewed, "accessToken").map(str::to_owned).ok_or_else(|| "CreateToken: accessToken is missing".to_owned())
        }
        Err(_) if now < end => Ok(token.to_owned()),
        Err(why) => Err(format!("the token has expired: {why}: {}", sign_on.advice())),
    }
}

/// Gets a new token. Returns the content of the file with it.
async fn renew(context: &CredentialsContext<'_>, sign_on: &SignOn, stored: &Document) -> Result<Document, String> {
    let need = |name: &str| string(stored, name).ok_or_else(|| format!("it cannot be renewed ({name} is missing)"));
    let (client, secret, refresh) = (need("clientId")?, need("clientSecret")?, need("refreshToken")?);
    let registered = string(stored, "registrationExpiresAt").and_then(time);
    if registered.is_some_and(|end| end <= context.now()) {
        return Err("it cannot be renewed (the client's registration has expired)".to_owned());
    }
    let mut writer = json::Writer::new();
    writer.begin_object();
    for (name, value) in [("clientId", client), ("clientSecret", secret), ("grantType", "refresh_token"), ("refreshToken", refresh)] {
        writer.key(name);
        writer.string(value);
    }
    writer.end_object();
    let endpoint: Uri = context.endpoint(&OIDC, &sign_on.region)?;
    let url = format!("{}/token", endpoint.to_string().trim_end_matches('/'));
    let response = context.client()?.send(Request::post(url, "application/json", writer.into_bytes().into())).await?;
    if response.status != StatusCode::OK {
        return Err(format!("CreateToken: {}", reply::refusal(response.status, &response.body, &[secret, refresh])));
    }
    let new = document(&response.body).map_err(|fault| format!("CreateToken: {fault}"))?;
    let token = string(&new, "accessToken").ok_or("CreateToken: accessToken is missing")?;
    let seconds = match reply::member(&new, "expiresIn") {
        Some(Document::Number(Number::PosInt(seconds))) => *seconds,
        _ => return Err("CreateToken: expiresIn is not a number of seconds".to_owned()),
    };
    let end = context.now().checked_add(Duration::from_secs(seconds)).ok_or(TOO_LONG)?;
    let mut content = stored.as_object().cloned().unwrap_or_default();
    let end = calendar::text(DateTime::from(end).secs()).ok_or(TOO_LONG)?;
    for (name, value) in [("accessToken", Some(token)), ("expiresAt", Some(&*end)), ("refreshToken", string(&new, "refreshToken"))] {
        content.extend(value.map(|value| (name.to_owned(), Document::String(value.to_owned()))));
    }
    Ok(Document::Object(content))
}

/// Replaces the file, readable by its owner only. A refresh token is valid once, so other programs need the new one.
fn store(file: &Path, content: &Document) -> std::io::Result<()> {
    let mut writer = json::Writer::new();
    writer.document(content);
    let beside = file.with_extension(format!("{}.tmp", crate::random::uuid()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut new = options.open(&beside)?;
    let written = new.write_all(&writer.into_bytes()).and_then(|()| fs::rename(&beside, file));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}
