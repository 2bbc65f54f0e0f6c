//! AWS JSON 1.0 and 1.1: all requests go to one path, and a header has the operation's name.

use super::Rules;
use crate::error::{BoxError, ErrorBody, description};
use crate::http::Request;
use crate::json;
use crate::service::Metadata;
use aws_smithy_types::Document;
use http::{HeaderName, HeaderValue};

const X_AMZ_TARGET: HeaderName = HeaderName::from_static("x-amz-target");

static HEADERS: [(HeaderName, &str); 1] = [(X_AMZ_TARGET, "")];

pub(super) struct AwsJson;

impl Rules for AwsJson {
    fn name(&self) -> &'static str {
        "JSON"
    }

    fn headers(&self) -> &'static [(HeaderName, &'static str)] {
        &HEADERS
    }

    fn address(&self, request: &mut Request, operation: &Metadata) -> Result<(), BoxError> {
        request.headers_mut().insert(X_AMZ_TARGET, HeaderValue::from_static(operation.target));
        Ok(())
    }

    fn output<'b>(&self, body: &'b [u8], operation: &Metadata) -> Result<&'b [u8], BoxError> {
        document(body, operation.empty_output)
    }

    fn document(&self, body: &[u8]) -> Option<Document> {
        let mut reader = json::Reader::new(body).ok()?;
        let document = reader.document().ok()?.unwrap_or_default();
        reader.finish().ok().map(|()| document)
    }

    fn write(&self, value: &Document) -> Vec<u8> {
        let mut writer = json::Writer::new();
        writer.document(value);
        writer.into_bytes()
    }

    fn has_error_header(&self) -> bool {
        true
    }

    fn error(&self, body: &[u8]) -> ErrorBody {
        ErrorBody::in_body(body)
    }

    fn description(&self, body: &[u8]) -> Option<String> {
        description(body)
    }
}

/// The JSON document that a successful reply's body holds. An empty body counts as an object without members, if it may be empty.
pub(crate) fn document(body: &[u8], may_be_empty: bool) -> Result<&[u8], BoxError> {
    match json::without_byte_order_mark(body).trim_ascii() {
        b"" | b"null" if may_be_empty => Ok(b"{}"),
        b"" | b"null" => Err("the body is empty, though the operation has an output".into()),
        // The body is the page of a proxy or a portal. The operation's own output is never shown.
        [first, ..] if !matches!(first, b'{' | b'[') && !json::is_document(body) => {
            Err(format!("{}, not JSON", description(body).unwrap_or_default()).into())
        }
        _ => Ok(body),
    }
}
