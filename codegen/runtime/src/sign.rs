//! AWS Signature Version 4 (AWS Identity and Access Management user guide, "Create a signed AWS API request").
//!
//! The [canonical form](canonical) of a request is signed with a [key] that is valid for a day and kept. This is own code, since it is small:
//! aws-sigv4 derives the key for each request, and adds five crates and 150 KB to every program. It is tested against AWS's suite in
//! `tests/signing`, botocore's signatures, and aws-sigv4 with random requests.

mod canonical;
mod key;

use crate::config::Credentials;
use crate::error::BoxError;
use crate::headers;
use crate::hex;
use crate::http::Request;
use crate::text;
use canonical::{Canonical, push};
use http::HeaderName;
use http::header::AUTHORIZATION;
use key::Keys;
use sha2::{Digest as _, Sha256};
use std::error::Error;
use std::fmt;
use std::time::SystemTime;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The headers that signing adds besides the signature itself.
pub(crate) const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const DIGEST: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// The text in the place of the digest of a body that is not signed.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// The parameters of a signature.
pub(crate) struct Signing<'a> {
    pub(crate) credentials: &'a Credentials,
    pub(crate) region: &'a str,
    pub(crate) name: &'a str,
    pub(crate) time: SystemTime,
}

/// Signs requests. Clones share the signing key.
#[derive(Clone, Default)]
pub(crate) struct Signer(Keys);

impl Signer {
    /// Signs a request: its body if it is in memory, as AWS's SDK for Rust does it, and all of its headers, except those that proxies change (`user-agent`,
    /// `x-amzn-trace-id`, `transfer-encoding`), those that only tell of the attempt (`amz-sdk-*`, which botocore does not sign either), and values that
    /// are not UTF-8. An earlier signature is replaced.
    ///
    /// If the request has a header `x-amz-content-sha256`, its value is signed instead of the body. A body that is not signed is announced there.
    pub(crate) fn sign(&self, request: &mut Request, signing: &Signing<'_>) -> Result<(), Unsigned> {
        self.authorize(request, signing).map_err(Unsigned)
    }

    fn authorize(&self, request: &mut Request, signing: &Signing<'_>) -> Result<(), BoxError> {
        let (key, second) = self.0.key(signing)?;
        match signing.credentials.session_token() {
            Some(token) => headers::set(request.headers_mut(), TOKEN, token)?,
            None => drop(request.headers_mut().remove(TOKEN)),
        }
        let time = key.time(second);
        headers::set(request.headers_mut(), DATE, time)?;
        if request.body().bytes().is_none() && !request.headers().contains_key(DIGEST) {
            headers::set(request.headers_mut(), DIGEST, UNSIGNED_PAYLOAD)?;
        }
        let Canonical { mut text, signed_headers } = canonical::request(request)?;
        let digest = Sha256::digest(&text);
        // The string to sign is appended, so that both are written into one buffer.
        let start = text.len();
        let time = headers::get(request.headers(), DATE).unwrap_or_default();
        push(&mut text, &[ALGORITHM, "\n", time, "\n", key.scope(), "\n"]);
        hex::push(&mut text, &digest);
        let signature = key.signature(text.get(start..).unwrap_or_default());

        let id = signing.credentials.access_key_id();
        let signed_headers = text.get(signed_headers).and_then(|names| str::from_utf8(names).ok()).unwrap_or_default();
        // A text without spare capacity becomes a header without another allocation.
        let parts = [ALGORITHM, " Credential=", id, "/", key.scope(), ", SignedHeaders=", signed_headers, ", Signature="];
        let mut authorization = Vec::with_capacity(parts.iter().map(|part| part.len()).sum::<usize>() + 2 * signature.len());
        push(&mut authorization, &parts);
        hex::push(&mut authorization, &signature);
        headers::set(request.headers_mut(), AUTHORIZATION, authorization)
    }
}

/// The reason why a request cannot be signed, usually a line break or the like in the credentials.
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
