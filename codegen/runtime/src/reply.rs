//! A reply, as the code of a protocol reads it.

use crate::error::Secrets;
use crate::http::{Body, Response};
use http::HeaderMap;
use std::cell::Cell;

/// A reply with its status, its headers and its body.
pub struct Reply<'a> {
    pub(crate) status: u16,
    pub(crate) headers: &'a HeaderMap,
    /// The body, if it has been read.
    pub(crate) body: &'a [u8],
    /// The body that has not been read, until it is taken.
    pub(crate) stream: Cell<Option<Body>>,
    /// The secrets that no header of an error may show.
    pub(crate) secrets: Option<&'a Secrets>,
}

impl<'a> Reply<'a> {
    /// A successful reply.
    pub(crate) fn new(response: &'a Response, body: &'a [u8], stream: Option<Body>) -> Self {
        Self { stream: Cell::new(stream), ..Self::of_parts(response.status().as_u16(), response.headers(), body, None) }
    }

    /// A reply whose body has been read.
    pub(crate) fn of_parts(status: u16, headers: &'a HeaderMap, body: &'a [u8], secrets: Option<&'a Secrets>) -> Self {
        Self { status, headers, body, stream: Cell::new(None), secrets }
    }
}
