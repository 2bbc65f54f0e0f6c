//! Operations, which generated code implements.

use crate::config::Config;
use crate::error::CreateUnhandledError;
use crate::error::reply::ErrorReply;
use crate::json;
use crate::validate::Checker;

pub use crate::service::{Metadata, Repeat, Service};
pub use aws_types::request_id::RequestId;

/// An operation. Generated unit structs such as `operation::start_build::StartBuild` implement it, and
/// [`Handle::call`](crate::client::Handle::call) is its only caller.
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
