//! REST with JSON: an operation has a method and a path, members may be in the URI and in headers, and the body is JSON unless a member is the
//! whole body. Generated code addresses requests and reads replies, so that these rules are those of JSON in errors and for secrets.

use super::Rules;
use super::aws_json::AwsJson;
use crate::error::{BoxError, ErrorBody};
use crate::http::Request;
use crate::service::Metadata;
use aws_smithy_types::Document;
use http::HeaderName;

pub(super) struct RestJson;

impl Rules for RestJson {
    fn name(&self) -> &'static str {
        AwsJson.name()
    }

    fn headers(&self) -> &'static [(HeaderName, &'static str)] {
        &[]
    }

    fn address(&self, _: &mut Request, _: &Metadata) -> Result<(), BoxError> {
        Ok(())
    }

    fn output<'b>(&self, body: &'b [u8], _: &Metadata) -> Result<&'b [u8], BoxError> {
        Ok(body)
    }

    fn document(&self, body: &[u8]) -> Option<Document> {
        AwsJson.document(body)
    }

    fn write(&self, value: &Document) -> Vec<u8> {
        AwsJson.write(value)
    }

    fn has_error_header(&self) -> bool {
        true
    }

    fn error(&self, body: &[u8]) -> ErrorBody {
        AwsJson.error(body)
    }

    fn description(&self, body: &[u8]) -> Option<String> {
        AwsJson.description(body)
    }
}
