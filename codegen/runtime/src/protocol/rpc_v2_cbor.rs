//! Smithy's RPC v2 with CBOR: the path names the service and the operation, and all else is in the body.

use super::Rules;
use crate::cbor::{self, Reader, Writer};
use crate::error::{BoxError, ErrorBody, description};
use crate::http::Request;
use crate::service::Metadata;
use aws_smithy_types::Document;
use http::HeaderName;
use http::header::{ACCEPT, CONTENT_TYPE};

/// The media type of bodies.
const MEDIA_TYPE: &str = "application/cbor";

static HEADERS: [(HeaderName, &str); 2] = [(ACCEPT, MEDIA_TYPE), (HeaderName::from_static("smithy-protocol"), "rpc-v2-cbor")];

/// An object without members.
const EMPTY: &[u8] = b"\xa0";
/// The forms of null.
const NULLS: [&[u8]; 3] = [b"", b"\xf6", b"\xf7"];

pub(super) struct RpcV2Cbor;

impl Rules for RpcV2Cbor {
    fn name(&self) -> &'static str {
        "CBOR"
    }

    fn headers(&self) -> &'static [(HeaderName, &'static str)] {
        &HEADERS
    }

    fn address(&self, request: &mut Request, operation: &Metadata) -> Result<(), BoxError> {
        // The endpoint ends with a slash.
        *request.uri_mut() = format!("{}{}", request.uri(), operation.target).parse()?;
        // Only an operation without an input has an empty body, which has no media type.
        if request.body().bytes().is_some_and(<[u8]>::is_empty) {
            request.headers_mut().remove(CONTENT_TYPE);
        }
        Ok(())
    }

    fn output<'b>(&self, body: &'b [u8], operation: &Metadata) -> Result<&'b [u8], BoxError> {
        if NULLS.contains(&body) {
            return if operation.empty_output { Ok(EMPTY) } else { Err("the body is empty, though the operation has an output".into()) };
        }
        // The body is the page of a proxy or a portal. The operation's own output is never shown.
        if !is_object(body) && !cbor::is_document(body) {
            return Err(format!("{}, not CBOR", description(body).unwrap_or_default()).into());
        }
        Ok(body)
    }

    /// A gateway in front of the service replies in JSON.
    fn document(&self, body: &[u8]) -> Option<Document> {
        if !is_object(body) {
            return super::Protocol::AWS_JSON.rules().document(body);
        }
        let mut reader = Reader::new(body);
        let document = reader.document().ok()?.unwrap_or_default();
        reader.finish().ok().map(|()| document)
    }

    fn write(&self, value: &Document) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.document(value);
        writer.into_bytes()
    }

    /// The specification tells clients to ignore the header.
    fn has_error_header(&self) -> bool {
        false
    }

    fn error(&self, body: &[u8]) -> ErrorBody {
        if is_object(body) { ErrorBody::in_cbor(body) } else { ErrorBody::in_body(body) }
    }

    fn description(&self, body: &[u8]) -> Option<String> {
        if is_object(body) && cbor::is_document(body) {
            return Some("the body is CBOR, but has neither a code nor a message".to_owned());
        }
        description(body)
    }
}

/// Returns whether a body begins like an object in CBOR. No text does.
fn is_object(body: &[u8]) -> bool {
    matches!(body.first(), Some(0xa0..=0xbf))
}
