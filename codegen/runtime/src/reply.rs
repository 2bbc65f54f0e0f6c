//! A reply, as the code of a protocol reads it.

use crate::config::http::HttpResponse;
use crate::error::Secrets;
use aws_smithy_runtime_api::http::Headers;

/// A reply with its status, its headers and its body.
pub struct Reply<'a> {
    pub(crate) status: u16,
    pub(crate) headers: &'a Headers,
    pub(crate) body: &'a [u8],
    /// The secrets that no header of an error may show.
    pub(crate) secrets: Option<&'a Secrets>,
}

impl<'a> Reply<'a> {
    /// A successful reply with its body, which has been read.
    pub(crate) fn new(response: &'a HttpResponse, body: &'a [u8]) -> Self {
        Self { status: response.status().as_u16(), headers: response.headers(), body, secrets: None }
    }
}
