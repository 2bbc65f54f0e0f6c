//! Operations, which generated code implements, and the exchanges that the engine makes.

use crate::config::Config;
use crate::error::reply::ErrorReply;
use crate::error::{BoxError, CreateUnhandledError};
use crate::host_prefix::HostPrefix;
use crate::http::Request;
use crate::json;
use crate::reply::Reply;
use crate::validate::Checker;
use bytes::Bytes;

pub use crate::host_prefix::host_label;
pub use crate::protocol::Protocol;
pub use crate::service::{Metadata, Repeat, Service};
pub use aws_types::request_id::RequestId;

/// An operation in AWS JSON. Generated unit structs such as `operation::start_build::StartBuild` implement it.
pub trait Operation {
    /// The operation's description.
    const METADATA: Metadata;
    /// The operation's input.
    type Input: Send;
    /// The operation's output.
    type Output: Send;
    /// The operation's errors.
    type Error: std::error::Error + CreateUnhandledError + Send + Sync + 'static;

    /// Fills in the idempotency token, which all attempts share, and returns whether the input has one now.
    fn prepare(input: &mut Self::Input, config: &Config) -> bool {
        let (_, _) = (input, config);
        false
    }

    /// Checks the input against the model's constraints. By default there are none.
    fn validate(input: &Self::Input, check: &mut Checker) {
        let (_, _) = (input, check);
    }

    /// The text before the service's host, if the operation has a host of its own.
    ///
    /// # Errors
    ///
    /// A member that cannot be part of a host name.
    fn host_prefix(input: &Self::Input) -> Result<Option<String>, BoxError> {
        let _ = input;
        Ok(None)
    }

    /// Completes a request with what depends on its whole body, such as a checksum. By default there is nothing.
    ///
    /// # Errors
    ///
    /// An input that no request can be made of.
    fn finish(input: &Self::Input, request: Encoded) -> Result<Encoded, BoxError> {
        let _ = input;
        Ok(request)
    }

    /// Writes the whole body of the request.
    fn encode(input: &Self::Input, writer: &mut json::Writer);

    /// Reads the whole body of a successful reply; `None` if it is `null`.
    fn decode(reader: &mut json::Reader<'_>) -> Result<Option<Self::Output>, json::Error>;

    /// Stores the request id.
    fn set_request_id(output: &mut Self::Output, request_id: Option<String>);

    /// Converts a reply with an error status to the operation's error.
    fn error(reply: &ErrorReply<'_>) -> Self::Error;
}

/// A request and its reply in any protocol. [`Handle::call`](crate::client::Handle::call) is its only caller. Operations in AWS JSON implement it
/// through [`Operation`], all others themselves.
pub trait Exchange {
    /// The operation's description.
    const METADATA: Metadata;
    /// The operation's protocol.
    const PROTOCOL: Protocol;
    /// True if the output has the body of a successful reply as a stream, so that the call ends with the reply's head.
    const STREAMED_REPLY: bool = false;
    /// The operation's input.
    type Input: Send;
    /// The operation's output.
    type Output: Send;
    /// The operation's errors.
    type Error: std::error::Error + CreateUnhandledError + Send + Sync + 'static;

    /// Fills in the idempotency token, which all attempts share, and returns whether the input has one now.
    fn prepare(input: &mut Self::Input, config: &Config) -> bool {
        let (_, _) = (input, config);
        false
    }

    /// Checks the input against the model's constraints. By default there are none.
    fn validate(input: &Self::Input, check: &mut Checker) {
        let (_, _) = (input, check);
    }

    /// Writes the request. By default it has a body and nothing else.
    ///
    /// # Errors
    ///
    /// An input that no request can be made of.
    fn request(input: &Self::Input) -> Result<Encoded, BoxError> {
        let head = Self::host_prefix(input)?.map(HostPrefix::head);
        Ok(Encoded { body: Bytes::from(Self::encode(input)), head })
    }

    /// Moves the stream of an input into its request. By default there is none.
    fn stream(input: &mut Self::Input, encoded: Encoded) -> Encoded {
        let _ = input;
        encoded
    }

    /// The text before the service's host, if the operation has a host of its own.
    ///
    /// # Errors
    ///
    /// A member that cannot be part of a host name.
    fn host_prefix(input: &Self::Input) -> Result<Option<String>, BoxError> {
        let _ = input;
        Ok(None)
    }

    /// Completes a request with what depends on its whole body, such as a checksum. By default there is nothing.
    ///
    /// # Errors
    ///
    /// An input that no request can be made of.
    fn finish(input: &Self::Input, request: Encoded) -> Result<Encoded, BoxError> {
        let _ = input;
        Ok(request)
    }

    /// Writes the whole body of the request.
    fn encode(input: &Self::Input) -> Vec<u8> {
        let _ = input;
        Vec::new()
    }

    /// Reads a successful reply; `None` if it holds no output. By default all of the output is in the body.
    ///
    /// # Errors
    ///
    /// A reply that is not of the output's form.
    fn reply(reply: &Reply<'_>) -> Result<Option<Self::Output>, BoxError> {
        Ok(Self::decode(reply.body)?)
    }

    /// Reads the whole body of a successful reply; `None` if it is null.
    fn decode(body: &[u8]) -> Result<Option<Self::Output>, json::Error> {
        let _ = body;
        Ok(None)
    }

    /// Stores the request id.
    fn set_request_id(output: &mut Self::Output, request_id: Option<String>);

    /// Converts a reply with an error status to the operation's error.
    fn error(reply: &ErrorReply<'_>) -> Self::Error;
}

impl<O: Operation> Exchange for O {
    const METADATA: Metadata = O::METADATA;
    const PROTOCOL: Protocol = Protocol::AWS_JSON;
    type Input = O::Input;
    type Output = O::Output;
    type Error = O::Error;

    fn prepare(input: &mut Self::Input, config: &Config) -> bool {
        O::prepare(input, config)
    }

    fn validate(input: &Self::Input, check: &mut Checker) {
        O::validate(input, check);
    }

    fn host_prefix(input: &Self::Input) -> Result<Option<String>, BoxError> {
        O::host_prefix(input)
    }

    fn finish(input: &Self::Input, request: Encoded) -> Result<Encoded, BoxError> {
        O::finish(input, request)
    }

    fn encode(input: &Self::Input) -> Vec<u8> {
        let mut writer = json::Writer::new();
        O::encode(input, &mut writer);
        writer.into_bytes()
    }

    fn decode(body: &[u8]) -> Result<Option<Self::Output>, json::Error> {
        let mut reader = json::Reader::new(body)?;
        let output = O::decode(&mut reader)?;
        reader.finish()?;
        Ok(output)
    }

    fn set_request_id(output: &mut Self::Output, request_id: Option<String>) {
        O::set_request_id(output, request_id);
    }

    fn error(reply: &ErrorReply<'_>) -> Self::Error {
        O::error(reply)
    }
}

/// An encoded input, which all attempts share.
pub struct Encoded {
    pub(crate) body: Bytes,
    /// The other parts of the request, where they depend on the input. Type-erased, so that a program is linked with the bindings that it uses.
    pub(crate) head: Option<Box<dyn Head>>,
}

/// The parts of a request besides its body.
pub(crate) trait Head: Send + Sync {
    /// Sets them in a request that has the headers of all requests.
    ///
    /// # Errors
    ///
    /// Parts that are not valid in a request.
    fn apply(&self, request: &mut Request, config: &Config) -> Result<(), BoxError>;

    /// Sets the parts that depend on the body, after the caller's edits and before the signature.
    ///
    /// # Errors
    ///
    /// Parts that are not valid in a request.
    fn seal(&self, request: &mut Request, config: &Config) -> Result<(), BoxError> {
        let (_, _) = (request, config);
        Ok(())
    }

    /// Checks a successful reply before it is read.
    ///
    /// # Errors
    ///
    /// A reply that must not be read.
    fn check(&self, reply: &Reply<'_>) -> Result<(), BoxError> {
        let _ = reply;
        Ok(())
    }

    /// True if another attempt can send the same request: its body can be read again.
    fn is_repeatable(&self) -> bool {
        true
    }

    /// True if the body is a document with members, whose sensitive values a reply may quote.
    fn has_members(&self) -> bool {
        true
    }

    /// The values of sensitive members that are not in such a document.
    fn secrets(&self) -> &[String] {
        &[]
    }
}
