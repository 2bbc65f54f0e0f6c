//! Checksums of requests. They are calculated after the caller's edits, so that they are those of the body that is sent.

#[cfg(feature = "md5")]
pub(crate) mod md5;

use crate::config::http::HttpRequest;
use crate::error::BoxError;

/// The body of a request.
fn in_memory(request: &HttpRequest) -> Result<&[u8], BoxError> {
    request.body().bytes().ok_or_else(|| "the request's body is not in memory, so its checksum cannot be sent in a header".into())
}

#[cfg(test)]
mod tests;
