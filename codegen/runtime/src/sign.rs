//! The signature: AWS Signature Version 4 over a finished request.
//!
//! aws-sigv4 signs any request; it takes every header apart and derives the day's key each time. The requests of a JSON protocol need none of
//! that: their path is plain and they have no query. For these the [canonical request](canonical) is put together here, and the key that
//! aws-sigv4 has derived is kept. `tests/signing` holds both ways against AWS's suite, and `both_ways_agree` the one
//! against the other.

mod key;

use crate::config::Credentials;
use crate::config::http::HttpRequest;
use crate::error::{BoxError, text};
use crate::hex;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use http::HeaderName;
use http::header::AUTHORIZATION;
use key::{Key, Keys};
use sha2::{Digest as _, Sha256};
use std::error::Error;
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};
use tracing::dispatcher::{self, Dispatch};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The headers that signing adds besides the signature itself.
const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// The headers that are not signed: an earlier signature, and those that proxies change.
const UNSIGNED: [&str; 4] = ["authorization", "user-agent", "x-amzn-trace-id", "transfer-encoding"];

/// Who signs, for which region and service, and when.
pub(crate) struct Signing<'a> {
    pub(crate) credentials: Credentials,
    pub(crate) region: &'a str,
    pub(crate) name: &'a str,
    pub(crate) time: SystemTime,
}

/// Signs a single request.
#[cfg(feature = "credentials")]
pub(crate) fn sign(request: &mut HttpRequest, signing: Signing<'_>) -> Result<(), Unsigned> {
    Signer::default().sign(request, signing)
}

/// Signs requests. Clones share their keys.
#[derive(Clone, Default)]
pub(crate) struct Signer(Keys);

impl Signer {
    /// Signs a request: its body, which has to be in memory, and every header that it has by now, except those that proxies change
    /// (`user-agent`, `x-amzn-trace-id`, `transfer-encoding`).
    pub(crate) fn sign(&self, request: &mut HttpRequest, signing: Signing<'_>) -> Result<(), Unsigned> {
        // The others are replaced.
        if signing.credentials.session_token().is_none() {
            request.headers_mut().remove(TOKEN);
        }
        let since_1970 = signing.time.duration_since(UNIX_EPOCH);
        match (plain_path(request).map(str::to_owned), since_1970) {
            (Some(path), Ok(since_1970)) => {
                let key = self.0.key(&signing, since_1970);
                key.and_then(|key| sign_plain(request, &path, &key, since_1970.as_secs()))
            }
            // Out of sight of tracing, because the crate's events show the access key and, where an environment variable asks for it, the body.
            _ => dispatcher::with_default(&Dispatch::none(), || sign_any(request, signing)),
        }
        .map_err(Unsigned)
    }
}

/// The path of a request that has no query and whose path stands for itself in a canonical request: nothing in it is encoded or normalized.
fn plain_path(request: &HttpRequest) -> Option<&str> {
    let (_, rest) = request.uri().split_once("://")?;
    let path = rest.get(rest.find('/')?..)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'~');
    let is_plain = path.bytes().all(plain) && path.as_bytes().windows(2).all(|pair| pair != b"//") && !rest.contains(['?', '#']);
    (is_plain && request.headers().contains_key("host")).then_some(path)
}

fn sign_plain(request: &mut HttpRequest, path: &str, key: &Key, seconds: u64) -> Result<(), BoxError> {
    let time = key.time(seconds);
    if let Some(token) = key.credentials().session_token() {
        request.headers_mut().try_insert(TOKEN, token.to_owned())?;
    }
    request.headers_mut().try_insert(DATE, time.clone())?;
    let (canonical, signed) = canonical(request, path)?;
    let mut to_sign = [ALGORITHM, "\n", &time, "\n", key.scope(), "\n"].concat();
    hex::push(&mut to_sign, &Sha256::digest(canonical));
    let signature = key.signature(&to_sign);
    let id = key.credentials().access_key_id();
    let parts = [ALGORITHM, " Credential=", id, "/", key.scope(), ", SignedHeaders=", &signed, ", Signature=", &signature];
    request.headers_mut().try_insert(AUTHORIZATION, parts.concat())?;
    Ok(())
}

/// The canonical request, and the names of the headers in it (AWS Identity and Access Management user guide, "Create a signed AWS API request").
fn canonical(request: &HttpRequest, path: &str) -> Result<(String, String), BoxError> {
    let body = request.body().bytes().ok_or(NOT_IN_MEMORY)?;
    let mut headers: Vec<(&str, &str)> = request.headers().iter().filter(|(name, _)| !UNSIGNED.contains(name)).collect();
    // Stable, so that the values of a header keep their order.
    headers.sort_by_key(|(name, _)| *name);
    let (mut text, mut names) = (String::with_capacity(1000), String::with_capacity(200));
    text.extend([request.method(), "\n", path, "\n\n"]);
    for values in headers.chunk_by(|(one, _), (other, _)| one == other) {
        let [(name, first), others @ ..] = values else { continue };
        names.extend([if names.is_empty() { "" } else { ";" }, name]);
        text.extend([name, ":"]);
        push_trimmed(&mut text, first);
        for (_, other) in others {
            text.push(',');
            push_trimmed(&mut text, other);
        }
        text.push('\n');
    }
    text.extend(["\n", &names, "\n"]);
    hex::push(&mut text, &Sha256::digest(body));
    Ok((text, names))
}

/// Without spaces at the ends, and with single ones between words.
fn push_trimmed(text: &mut String, value: &str) {
    for (index, word) in value.split(' ').filter(|word| !word.is_empty()).enumerate() {
        if index > 0 {
            text.push(' ');
        }
        text.push_str(word);
    }
}

/// Leaves all of it to aws-sigv4.
fn sign_any(request: &mut HttpRequest, signing: Signing<'_>) -> Result<(), BoxError> {
    let identity = Identity::from(signing.credentials);
    let params = SigningParams::builder()
        .identity(&identity)
        .region(signing.region)
        .name(signing.name)
        .time(signing.time)
        .settings(SigningSettings::default())
        .build()?
        .into();
    let body = request.body().bytes().ok_or(NOT_IN_MEMORY)?;
    let signable = SignableRequest::new(request.method(), request.uri(), request.headers().iter(), SignableBody::Bytes(body))?;
    let (instructions, _) = aws_sigv4::http_request::sign(signable, &params)?.into_parts();
    let (headers, _) = instructions.into_parts();
    for header in headers {
        request.headers_mut().try_insert(header.name(), header.value().to_owned())?;
    }
    Ok(())
}

const NOT_IN_MEMORY: &str = "its body is not in memory";

/// Why a request cannot be signed: as a rule because of a line break or the like in the credentials.
#[derive(Debug)]
pub(crate) struct Unsigned(BoxError);

impl fmt::Display for Unsigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the request cannot be signed with these credentials: {}", text::Chain(&*self.0))
    }
}

impl Error for Unsigned {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

#[cfg(test)]
mod tests;
