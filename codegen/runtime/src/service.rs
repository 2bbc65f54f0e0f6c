//! The descriptions of services and operations, which generated code provides.

use crate::endpoint;
use std::time::Duration;

/// A service. Generated code holds one as a `static`.
#[derive(Debug)]
pub struct Service {
    /// The service id, as AWS's tools and their settings use it (`CodeBuild`).
    pub id: &'static str,
    /// The first label of the regional host names (`codebuild`).
    pub endpoint_prefix: &'static str,
    /// The signing name (`codebuild`).
    pub signing_name: &'static str,
    /// The endpoint rules of the model. Without rules, the service has the usual regional host names.
    pub endpoint_rules: Option<endpoint::Rules>,
    /// The media type of a request's body (`application/x-amz-json-1.1`).
    pub content_type: &'static str,
    /// True if the service once had the query protocol (`awsQueryCompatible`). On request, its errors have the codes of that protocol.
    pub query_compatible: bool,
    /// The wire names of all members that the model marks as sensitive. No error shows their values.
    pub sensitive_members: &'static [&'static str],
    /// The generated crate's name, for the user agent.
    pub crate_name: &'static str,
    /// The generated crate's version, for the user agent.
    pub crate_version: &'static str,
}

/// The description of an operation.
#[derive(Debug)]
pub struct Metadata {
    /// The operation's name (`StartBuild`), which begins every error's line.
    pub name: &'static str,
    /// The address of the operation in its protocol: in AWS JSON, the value of the header `x-amz-target` (`CodeBuild_20161006.StartBuild`).
    pub target: &'static str,
    /// The operation's service.
    pub service: &'static Service,
    /// True if requests are sent without a signature.
    pub unsigned: bool,
    /// True if the output has no members, so that a success may have an empty body.
    pub empty_output: bool,
    /// The condition under which a request may be sent again.
    pub repeat: Repeat,
}

/// The condition under which a request may be sent again after it may have arrived. A request that surely did not arrive, or that the service
/// refused before it was processed, may always be sent again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Repeat {
    /// Always: the operation is idempotent.
    Always,
    /// Only with an idempotency token, by which the service recognizes a repetition.
    WithToken {
        /// The time for which the service remembers a token; `None` if it never forgets one.
        valid_for: Option<Duration>,
    },
    /// Never: a repetition would take effect again.
    Never,
}

impl Repeat {
    /// The condition for a request with or without a token.
    pub(crate) fn of_request(self, has_token: bool) -> Self {
        match self {
            Self::WithToken { .. } if !has_token => Self::Never,
            _ => self,
        }
    }
}
