//! The signature: AWS Signature Version 4 over a finished request.

use crate::config::Credentials;
use crate::config::http::HttpRequest;
use crate::error::{BoxError, text};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use std::error::Error;
use std::fmt;
use std::time::SystemTime;
use tracing::dispatcher::{self, Dispatch};

/// The headers that signing adds, which therefore must not be there before.
const ADDED: [&str; 3] = ["authorization", "x-amz-date", "x-amz-security-token"];

/// Who signs, for which region and service, and when.
pub(crate) struct Signing<'a> {
    pub(crate) credentials: Credentials,
    pub(crate) region: &'a str,
    pub(crate) name: &'a str,
    pub(crate) time: SystemTime,
}

/// Signs a request: its body, which has to be in memory, and every header that it has by now, except those that proxies change
/// (`user-agent`, `x-amzn-trace-id`, `transfer-encoding`). `tests/signing` holds the outcome against AWS's suite.
///
/// It happens out of sight of tracing, because the signing crate's events show the access key and, where an environment variable asks for
/// it, the body.
pub(crate) fn sign(request: &mut HttpRequest, signing: Signing<'_>) -> Result<(), Unsigned> {
    dispatcher::with_default(&Dispatch::none(), || try_sign(request, signing)).map_err(Unsigned)
}

fn try_sign(request: &mut HttpRequest, signing: Signing<'_>) -> Result<(), BoxError> {
    for name in ADDED {
        request.headers_mut().remove(name);
    }
    let identity = Identity::from(signing.credentials);
    let params = SigningParams::builder()
        .identity(&identity)
        .region(signing.region)
        .name(signing.name)
        .time(signing.time)
        .settings(SigningSettings::default())
        .build()?
        .into();
    let body = request.body().bytes().ok_or("its body is not in memory")?;
    let signable = SignableRequest::new(request.method(), request.uri(), request.headers().iter(), SignableBody::Bytes(body))?;
    let (instructions, _) = aws_sigv4::http_request::sign(signable, &params)?.into_parts();
    let (headers, _) = instructions.into_parts();
    for header in headers {
        request.headers_mut().try_insert(header.name(), header.value().to_owned())?;
    }
    Ok(())
}

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
