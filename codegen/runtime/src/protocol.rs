//! Protocols, as far as the engine depends on them. Everything that depends on the model too is generated code.

mod aws_json;
mod rest_json;
mod rpc_v2_cbor;

use crate::error::{BoxError, ErrorBody};
use crate::http::Request;
use crate::service::Metadata;
use aws_json::AwsJson;
pub(crate) use aws_json::document as json_document;
use aws_smithy_types::Document;
use http::HeaderName;
use rest_json::RestJson;
use rpc_v2_cbor::RpcV2Cbor;
use std::fmt;

/// The protocol of an operation. A program is linked with the protocols that its operations name, and with no other.
#[derive(Clone, Copy)]
pub struct Protocol(&'static dyn Rules);

impl Protocol {
    /// AWS JSON 1.0 and 1.1.
    pub const AWS_JSON: Self = Self(&AwsJson);
    /// REST with JSON, version 1.
    pub const REST_JSON: Self = Self(&RestJson);
    /// Smithy's RPC v2 with CBOR.
    pub const RPC_V2_CBOR: Self = Self(&RpcV2Cbor);

    pub(crate) fn rules(self) -> &'static dyn Rules {
        self.0
    }
}

impl fmt::Debug for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

/// The rules of a protocol.
pub(crate) trait Rules: Sync {
    /// The name of the format of bodies, for messages.
    fn name(&self) -> &'static str;

    /// The headers that all requests of a client have, besides the media type. An empty value keeps a place for one that [`address`](Self::address)
    /// sets, so that the map of a copy does not have to grow.
    fn headers(&self) -> &'static [(HeaderName, &'static str)];

    /// Completes a request, which has its body, with the address of the operation.
    fn address(&self, request: &mut Request, operation: &Metadata) -> Result<(), BoxError>;

    /// The document that the body of a successful reply holds. An operation without an output may have an empty body.
    fn output<'b>(&self, body: &'b [u8], operation: &Metadata) -> Result<&'b [u8], BoxError>;

    /// The value of a whole document; `None` if the body is something else.
    fn document(&self, body: &[u8]) -> Option<Document>;

    /// The document with this value.
    fn write(&self, value: &Document) -> Vec<u8>;

    /// Returns whether an error reply may have its code in the header `x-amzn-errortype`.
    fn has_error_header(&self) -> bool;

    /// The parts of an error in the body of a reply.
    fn error(&self, body: &[u8]) -> ErrorBody;

    /// A description of a body without a code and a message; `None` if it is empty. It shows no part of the body.
    fn description(&self, body: &[u8]) -> Option<String>;
}
