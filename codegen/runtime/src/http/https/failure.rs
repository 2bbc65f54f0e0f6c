//! Conversion of hyper's errors into errors with a complete line and a class of AWS's.

use super::connection::Outcome;
use super::proxy::Proxy;
use super::{Origin, Silence, TransportError};
use crate::config::InvalidSetting;
use crate::text;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::retry::ErrorKind;
use rustls::CertificateError;
use std::error::Error;
use std::fmt;
use std::io;

/// The error of a request that was given to a connection and has no reply.
pub(super) fn of_request(error: hyper::Error, origin: &Origin, outcome: Outcome) -> ConnectorError {
    let detail = text::Chain(&error);
    let Outcome { reused, sent, received } = outcome;
    if error.is_parse() {
        let words = format!("what {origin} sent is not a reply in HTTP: {detail}");
        return ConnectorError::other(TransportError::new(words, error).into(), Some(ErrorKind::TransientError));
    }
    // After the first byte, a "user error" of hyper is the end of the Tokio runtime that the connection runs on.
    if error.is_user() && !sent {
        let words = format!("the request to {origin} cannot be sent: {detail}");
        return ConnectorError::user(TransportError::new(words, error).unsent(true).into()).never_connected();
    }
    tracing::debug!(reused, sent, received, "the connection failed");
    let closed = error.is_incomplete_message();
    let ended = closed || find::<io::Error>(&error).is_some() || error.is_closed() || error.is_canceled();
    let words = if closed {
        format!("the connection to {origin} was closed before the reply was complete")
    } else {
        format!("the connection to {origin} broke: {detail}")
    };
    let source = TransportError::new(words, error).unanswered(ended && !received).unsent(!sent).into();
    let error = if closed || !ended { ConnectorError::other(source, Some(ErrorKind::TransientError)) } else { ConnectorError::io(source) };
    // For retries this equals a failure to connect: the service cannot have seen the request.
    if sent { error } else { error.never_connected() }
}

/// The error of a connection that could not be opened.
pub(super) fn of_connection(error: BoxError, origin: &Origin) -> ConnectorError {
    let cause: &(dyn Error + 'static) = &*error;
    let timed_out = find::<Silence>(cause).is_some();
    let permanent = find::<Permanent>(cause).is_some() || certificate(cause).is_some();
    let words = match find::<ProxyError>(cause) {
        Some(error) => format!("cannot connect to {origin}: {error}"),
        None => format!("cannot connect to {origin}: {}", detail(cause, origin.host())),
    };
    let source = TransportError::new(words, error).unsent(true).into();
    let error = match (timed_out, permanent) {
        (true, _) => ConnectorError::timeout(source),
        (false, true) => ConnectorError::user(source),
        (false, false) => ConnectorError::io(source),
    };
    error.never_connected()
}

/// Describes a failure between this machine and a host.
fn detail(cause: &(dyn Error + 'static), host: &str) -> String {
    if let Some(error) = find::<ResolveError>(cause) {
        return error.to_string();
    }
    let clock = "or this machine's clock is wrong";
    match certificate(cause) {
        None => match find::<rustls::Error>(cause) {
            Some(error) => format!("no agreement on TLS with {host}: {}", text::Chain(error)),
            None => text::Chain(cause).to_string(),
        },
        Some(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
            format!("the certificate of {host} has expired: it has to be renewed, {clock}")
        }
        Some(CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. }) => {
            format!("the certificate of {host} is not valid yet: it has to be replaced, {clock}")
        }
        Some(CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }) => {
            format!("the certificate of {host} is for another name: the endpoint's name is wrong, or something else answers in its place")
        }
        // A signature is bad when a trusted authority has the issuer's name and another key.
        Some(CertificateError::UnknownIssuer | CertificateError::BadSignature) => format!(
            "the certificate of {host} is from an authority that is not trusted: name a file with the authority's certificate in AWS_CA_BUNDLE"
        ),
        Some(error) => format!("the certificate of {host} is not accepted: {}", text::OneLine(&error.to_string(), text::MAX_MESSAGE)),
    }
}

/// The fault of the server's certificate, if the certificate was refused.
fn certificate<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a CertificateError> {
    match find::<rustls::Error>(cause)? {
        rustls::Error::InvalidCertificate(error) => Some(error),
        _ => None,
    }
}

/// The first error of a type among an error and its causes. The error that an I/O error wraps is not among its causes, so it is searched too.
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = wrapped.map(|wrapped| wrapped as &(dyn Error + 'static)).or_else(|| error.source());
    }
    None
}

/// A failure that another attempt cannot change, such as a malformed setting or a proxy's refusal.
#[derive(Debug)]
pub(super) struct Permanent(pub(super) String);

impl fmt::Display for Permanent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Permanent {}

impl From<InvalidSetting> for Permanent {
    fn from(error: InvalidSetting) -> Self {
        Self(error.to_string())
    }
}

/// A host without an address.
#[derive(Debug)]
pub(super) struct ResolveError {
    pub(super) name: String,
    pub(super) source: io::Error,
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the name {} cannot be resolved: {}", self.name, text::Chain(&self.source))
    }
}

impl Error for ResolveError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

/// A connection through a proxy that could not be opened.
#[derive(Debug)]
pub(super) struct ProxyError {
    words: String,
    source: BoxError,
}

impl ProxyError {
    pub(super) fn boxed(proxy: &Proxy, source: BoxError) -> BoxError {
        let uri = proxy.uri();
        let detail = detail(&*source, uri.host().unwrap_or_default());
        let words = format!("no way through the proxy {} that {} names: {detail}", Origin(uri.clone()), proxy.variable);
        Box::new(Self { words, source })
    }
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl Error for ProxyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
