//! Checksums of requests and replies. Those of requests are calculated after the caller's edits, so that they are those of the body that is sent.

#[cfg(feature = "checksums")]
mod algorithm;
#[cfg(feature = "md5")]
pub(crate) mod md5;
#[cfg(feature = "checksums")]
pub(crate) mod named;

use crate::error::BoxError;
use crate::http::Request;

/// The body of a request.
fn in_memory(request: &Request) -> Result<&[u8], BoxError> {
    request.body().bytes().ok_or_else(|| "the request's body is not in memory, so its checksum cannot be sent in a header".into())
}

#[cfg(all(test, feature = "md5", feature = "checksums"))]
mod tests;
