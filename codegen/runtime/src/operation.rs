//! Operations, which generated code implements, and the exchanges that the engine makes.

use crate::config::Config;
use crate::error::CreateUnhandledError;
use crate::error::reply::ErrorReply;
use crate::json;
use crate::validate::Checker;

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

    /// Writes the whole body of the request.
    fn encode(input: &Self::Input) -> Vec<u8>;

    /// Reads the whole body of a successful reply; `None` if it is null.
    fn decode(body: &[u8]) -> Result<Option<Self::Output>, json::Error>;

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
