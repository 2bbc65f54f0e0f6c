//! AWS STS: the credentials of a role, for other credentials or for a token of an identity provider. reqsign knows the requests and the
//! replies; the endpoint, the signature and the time are ours.

use super::lent::{borrow, moved};
use super::scene::{Scene, Service, read_token};
use super::source::Lack;
use crate::clock::Clock;
use crate::config::Credentials;
use crate::error::BoxError;
use crate::sign::{self, Signing};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, Uri};
use reqsign_aws_core::{AssumeRoleCredentialProvider, AssumeRoleWithWebIdentityCredentialProvider, Credential};
use reqsign_core::{Context, Error, ProvideCredential, Result as LentResult, SignRequest, Signer};
use std::fmt;
use std::path::Path;
use std::time::{Duration, SystemTime};

const STS: Service = Service { host: "sts", id: "STS", has_fips: true };
/// Where requests go when nobody named a region.
const GLOBAL: &str = "https://sts.amazonaws.com";
const GLOBAL_REGION: &str = "us-east-1";
/// The regions whose requests go to the global endpoint too where the regional endpoints are switched off.
const LEGACY_REGIONS: [&str; 16] = [
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "aws-global",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// A role, and how it is to be taken on.
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) duration_seconds: Option<u32>,
}

impl Role {
    /// The name under which the account's trail shows the session.
    fn session_name(&self, now: SystemTime) -> String {
        let seconds = || now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        self.session_name.clone().unwrap_or_else(|| format!("smithlet-{}", seconds()))
    }
}

/// The credentials of a role that others' credentials may take on. If a refusal tells that they were signed with at a wrong time, they are
/// signed with once more.
pub(super) async fn assume_role(scene: &Scene<'_>, role: &Role, source: Credentials) -> Result<Credentials, String> {
    let offset = scene.clock.offset();
    match assume_role_once(scene, role, source.clone()).await {
        Err(_) if scene.clock.was_wrong(offset) => assume_role_once(scene, role, source).await,
        result => result,
    }
}

async fn assume_role_once(scene: &Scene<'_>, role: &Role, source: Credentials) -> Result<Credentials, String> {
    let told = |why| format!("AssumeRole of {}: {why}", role.arn);
    let (endpoint, region) = endpoint(scene).map_err(told)?;
    let signing = Sign { credentials: source, endpoint: endpoint.clone(), region: region.clone(), clock: scene.clock.clone() };
    let signer = Signer::new(Context::new(), Unneeded, signing);
    let mut provider = AssumeRoleCredentialProvider::new(role.arn.clone(), signer)
        .with_role_session_name(role.session_name(scene.now()))
        .with_region(region)
        .with_regional_sts_endpoint();
    if let Some(id) = &role.external_id {
        provider = provider.with_external_id(id.clone());
    }
    if let Some(seconds) = role.duration_seconds {
        provider = provider.with_duration_seconds(seconds);
    }
    borrow(provider, scene.wire().map_err(told)?, Some(endpoint), None, "AssumeRole").await.map_err(told)
}

/// The credentials of a role for the token in a file.
pub(super) async fn web_identity(scene: &Scene<'_>, role: &Role, file: &Path) -> Result<Credentials, String> {
    let told = |why| format!("AssumeRoleWithWebIdentity of {}: {why}", role.arn);
    let (endpoint, region) = endpoint(scene).map_err(told)?;
    let token = read_token(file).map_err(told)?;
    let mut provider = AssumeRoleWithWebIdentityCredentialProvider::new()
        .with_role_arn(&role.arn)
        .with_role_session_name(role.session_name(scene.now()))
        .with_subject_token(&token)
        .with_region(region)
        .with_regional_sts_endpoint();
    if let Some(seconds) = role.duration_seconds {
        provider = provider.with_duration_seconds(seconds);
    }
    let wire = scene.wire().map_err(told)?;
    borrow(provider, wire, Some(endpoint), Some(&token), "AssumeRoleWithWebIdentity").await.map_err(told)
}

/// The endpoint, and the region that requests are signed for.
fn endpoint(scene: &Scene<'_>) -> Result<(Uri, String), String> {
    let region = scene.region().map_err(Lack::into_words)?;
    if let Some(endpoint) = scene.configured_endpoint(&STS)? {
        return Ok((endpoint, region.unwrap_or_else(|| GLOBAL_REGION.to_owned())));
    }
    let mode = scene.variable("AWS_STS_REGIONAL_ENDPOINTS").map_err(Lack::into_words)?;
    let mode = mode.or_else(|| scene.setting("sts_regional_endpoints"));
    let is_legacy = mode.is_some_and(|mode| mode.trim().eq_ignore_ascii_case("legacy"));
    match region {
        Some(region) if !(is_legacy && LEGACY_REGIONS.contains(&&*region)) => Ok((scene.endpoint(&STS, &region)?, region)),
        _ => Ok((Uri::from_static(GLOBAL), GLOBAL_REGION.to_owned())),
    }
}

/// Signs requests of reqsign's as we sign our own, after sending them where we want them.
struct Sign {
    credentials: Credentials,
    endpoint: Uri,
    region: String,
    clock: Clock,
}

impl Sign {
    fn sign(&self, parts: &mut Parts) -> Result<(), BoxError> {
        if parts.method != Method::GET {
            // Then it has a body, which we are not given.
            return Err("the request is too long: shorten the external_id".into());
        }
        let uri = moved(&parts.uri, &self.endpoint)?;
        let mut request = HttpRequest::new(SdkBody::empty());
        request.set_uri(uri.clone())?;
        for (name, value) in &parts.headers {
            request.headers_mut().try_insert(name.as_str().to_owned(), value.to_str()?.to_owned())?;
        }
        let host = uri.authority().ok_or("the endpoint has no host")?.as_str();
        request.headers_mut().try_insert("host", host.to_owned())?;
        let signing = Signing {
            credentials: self.credentials.clone(),
            region: &self.region,
            name: "sts",
            time: self.clock.corrected(self.clock.offset()),
        };
        sign::sign(&mut request, signing)?;
        for (name, value) in request.headers() {
            parts.headers.insert(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
        }
        parts.uri = uri;
        Ok(())
    }
}

impl fmt::Debug for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sign")
    }
}

impl SignRequest for Sign {
    type Credential = Credential;

    async fn sign_request(&self, _: &Context, parts: &mut Parts, _: Option<&Credential>, _: Option<Duration>) -> LentResult<()> {
        self.sign(parts).map_err(|error| Error::request_invalid(error.to_string()))
    }
}

/// reqsign wants to get the credentials that a request is signed with, and to see that they are not empty. Ours are in the signer already.
#[derive(Debug)]
struct Unneeded;

impl ProvideCredential for Unneeded {
    type Credential = Credential;

    async fn provide_credential(&self, _: &Context) -> LentResult<Option<Credential>> {
        let filler = || "unneeded".to_owned();
        Ok(Some(Credential { access_key_id: filler(), secret_access_key: filler(), ..Credential::default() }))
    }
}
