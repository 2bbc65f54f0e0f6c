//! What generated code says of a service and of each of its operations.

use crate::config::Config;
use crate::endpoint;
use crate::error::CreateUnhandledError;
use crate::error::reply::ErrorReply;
use crate::json;
use crate::validate::Checker;
use std::time::Duration;

pub use aws_types::request_id::RequestId;

/// A service, in the words its requests use. Generated code holds one as a `static`.
#[derive(Debug)]
pub struct Service {
    /// The service's id, as AWS's tools and their settings name it (`CodeBuild`).
    pub id: &'static str,
    /// The first label of its regional host names (`codebuild`).
    pub endpoint_prefix: &'static str,
    /// The service's name in a signature (`codebuild`).
    pub signing_name: &'static str,
    /// The endpoint rules of its model; without them it has the usual regional host names.
    pub endpoint_rules: Option<endpoint::Rules>,
    /// The media type of a request's body (`application/x-amz-json-1.1`).
    pub content_type: &'static str,
    /// Whether the service once had the query protocol: its errors still have the codes of that, for those who ask for them.
    pub query_compatible: bool,
    /// The names on the wire of the members that its model marks as sensitive, whatever structure they are in. No error shows their values.
    pub sensitive_members: &'static [&'static str],
    /// The generated crate's name, for the user agent.
    pub crate_name: &'static str,
    /// The generated crate's version, for the user agent.
    pub crate_version: &'static str,
}

/// What the engine has to know of an operation.
#[derive(Debug)]
pub struct Metadata {
    /// The operation's name (`StartBuild`), which begins every error's line.
    pub name: &'static str,
    /// The value of the header `x-amz-target` (`CodeBuild_20161006.StartBuild`).
    pub target: &'static str,
    /// The service that has the operation.
    pub service: &'static Service,
    /// Whether requests go out without credentials and without a signature.
    pub unsigned: bool,
    /// Whether the output has no members, so that a success may come with an empty body.
    pub empty_output: bool,
    /// Whether a request may be sent again.
    pub repeat: Repeat,
}

/// Whether a request of an operation may be sent again after one that may have arrived. One that surely did not, or that the service turned
/// away unread, may be sent again in any case.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Repeat {
    /// It only reads, or doing it twice comes to the same.
    Always,
    /// Only with an idempotency token, by which the service knows a repetition.
    WithToken {
        /// How long the service remembers a token, if not for ever.
        valid_for: Option<Duration>,
    },
    /// It does again what it does.
    Never,
}

impl Repeat {
    /// Of a request with or without a token.
    pub(crate) fn of_request(self, has_token: bool) -> Self {
        match self {
            Self::WithToken { .. } if !has_token => Self::Never,
            _ => self,
        }
    }
}

/// An operation: what is particular to it in a call. The generated unit structs `operation::start_build::StartBuild` and the like
/// implement it, and [`Handle::call`](crate::client::Handle::call) is its only caller.
pub trait Operation {
    /// The operation as the engine sees it.
    const METADATA: Metadata;
    /// The operation's input.
    type Input: Send;
    /// The operation's output.
    type Output: Send;
    /// The operation's errors.
    type Error: std::error::Error + CreateUnhandledError + Send + Sync + 'static;

    /// Fills in what the caller may leave out and every attempt has to send alike: the idempotency token. Says whether there is one now.
    fn prepare(input: &mut Self::Input, config: &Config) -> bool {
        let (_, _) = (input, config);
        false
    }

    /// Notes what the model does not allow in the input. Without anything to check there is nothing to find.
    fn validate(input: &Self::Input, check: &mut Checker) {
        let (_, _) = (input, check);
    }

    /// Writes the whole body of the request.
    fn encode(input: &Self::Input, writer: &mut json::Writer);

    /// Reads the whole body of a successful reply; `None` when that is `null`.
    fn decode(reader: &mut json::Reader<'_>) -> Result<Option<Self::Output>, json::Error>;

    /// Keeps the id under which AWS knows the request.
    fn set_request_id(output: &mut Self::Output, request_id: Option<String>);

    /// Makes the error that a reply with an error status means.
    fn error(reply: &ErrorReply<'_>) -> Self::Error;
}
