//! reqsign's providers of credentials: they know what to ask and how to read the answer. What they are lent is our transport.
//!
//! None of their own words about a failed exchange are used, since those may quote a whole reply.

use super::reply::refusal;
use super::wire::Wire;
use crate::config::Credentials;
use crate::error::text::OneLine;
use bytes::Bytes;
use http::uri::{PathAndQuery, Uri};
use http::{Request, Response};
use reqsign_aws_core::Credential;
use reqsign_core::time::Timestamp;
use reqsign_core::{Context, Error, HttpSend, ProvideCredential, Result};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// How much of a provider's own words is said, in characters.
const MAX_WORDS: usize = 300;

/// Asks a provider once. Where an endpoint is given, its requests go there. The error is a line, without the secret that it is asked with.
pub(super) async fn borrow(
    provider: impl ProvideCredential<Credential = Credential>,
    wire: Wire,
    endpoint: Option<Uri>,
    secret: Option<&str>,
    name: &'static str,
) -> std::result::Result<Credentials, String> {
    let trouble = Arc::default();
    let http = Http { wire, endpoint, secret: secret.map(str::to_owned), trouble: Arc::clone(&trouble) };
    let result = provider.provide_credential(&Context::new().with_http_send(http)).await;
    match result {
        Ok(Some(found)) => {
            let expiry = found.expires_in.map(Timestamp::as_system_time);
            let token = found.session_token.filter(|token| !token.is_empty());
            Ok(Credentials::new(found.access_key_id, found.secret_access_key, token, expiry, name))
        }
        Ok(None) => Err("there are none".to_owned()),
        Err(error) => {
            let trouble = trouble.lock().unwrap_or_else(PoisonError::into_inner).take();
            Err(trouble.unwrap_or_else(|| OneLine(&error.to_string(), MAX_WORDS).to_string()))
        }
    }
}

/// A request's URI with the scheme, the host and the path before its own of an endpoint.
pub(super) fn moved(uri: &Uri, endpoint: &Uri) -> std::result::Result<Uri, http::Error> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let path = format!("{}{}{query}", endpoint.path().trim_end_matches('/'), uri.path());
    let mut parts = endpoint.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(path)?);
    Ok(Uri::from_parts(parts)?)
}

/// The transport that is lent, and a place for what goes wrong with it: providers drop its errors.
struct Http {
    wire: Wire,
    endpoint: Option<Uri>,
    secret: Option<String>,
    trouble: Arc<Mutex<Option<String>>>,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Http")
    }
}

impl HttpSend for Http {
    async fn http_send(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>> {
        if let Some(endpoint) = self.endpoint.as_ref().filter(|endpoint| endpoint.authority() != request.uri().authority()) {
            *request.uri_mut() = moved(request.uri(), endpoint)?;
        }
        let words = match self.wire.send(request).await {
            Ok(reply) if reply.status() == http::StatusCode::OK => return Ok(reply),
            Ok(reply) => refusal(reply.status(), reply.body(), self.secret.as_deref().as_slice()),
            Err(words) => words,
        };
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
        Err(Error::unexpected("the request failed"))
    }
}
