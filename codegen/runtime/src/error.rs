//! Errors: the failure of a call, in one line and in all its parts.
//!
//! A call fails with an [`SdkError`], which has the variants, the accessors and the constructors of AWS's own. It is a separate type because of
//! its `Display`: one line with the operation, the failure and the request id, for every kind of failure.
//!
//! ```text
//! StartBuild: 400 ThrottlingException: Rate exceeded (request id 1-abc, attempt 3 of 3)
//! StartBuild: 502 Bad Gateway: the body is an HTML page of 150 bytes (attempt 1 of 3, no retry: its idempotency token expires)
//! StartBuild: cannot connect to https://codebuild.eu-west-1.amazonaws.com: Connection refused (os error 111) (attempt 3 of 3)
//! StartBuild: the input is not valid: projectName: is required; environmentVariablesOverride[2].name: must not be empty
//! StartBuild: no region: set region in the configuration, such as Region::new("eu-west-1")
//! ```
//!
//! The failure is that of the last attempt. If more attempts were left and another one could have succeeded, the line says why there was
//! none: `it may have been carried out` (and would be again), `too many have failed` (the token bucket is empty),
//! `the operation's time is nearly up`, `its idempotency token expires`, `no request for it could be made`.
//!
//! Every error knows its kind, which tells how to react; see [`ProvideFailureKind`]. Its causes are found with
//! [`source`](std::error::Error::source) as usual.
//!
//! # Secrets
//!
//! No error message, `Debug`, event or span holds a credential or the value of a sensitive member of the request or the reply.
//!
//! - From a successful reply, only the names of members are shown.
//! - From a refusal, the code and the message are shown, if the body is complete and has one of the forms that AWS's services and gateways use.
//!   The message is searched for the credentials of the call, for the sensitive values of the request and the reply, and for quoted
//!   structures with a sensitive member. The search undoes escapes, entities, percent-encoding, base64, hexadecimal and the like, also nested.
//!   A plain secret is replaced by `(redacted)`. For a secret in any other form, the whole message is replaced by
//!   `(not shown: it quotes a sensitive value)`. A value of one or two characters, such as `1` or `on`, is not searched for.
//!   The contents of a sensitive stream are searched for only if the stream is in memory, and only by their first 4096 bytes.
//! - From any other body, such as a proxy's page, only its kind and its length are shown.
//!
//! The error also holds the reply itself ([`SdkError::raw_response`]).

mod body;
mod call;
mod context;
pub(crate) mod exception;
mod failure;
mod invalid_input;
pub(crate) mod kind;
pub(crate) mod line;
pub(crate) mod reply;
mod sdk_error;
pub mod sealed_unhandled;
mod secrets;
mod unknown_variant;

pub use aws_smithy_runtime_api::box_error::BoxError;
pub use aws_smithy_runtime_api::client::result::{ConnectorError, CreateUnhandledError};
pub use aws_smithy_types::error::display::DisplayErrorContext;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use aws_smithy_types::error::operation::BuildError;
pub use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind};
pub use context::{ConstructionFailure, DispatchFailure, ResponseError, ServiceError, TimeoutError};
pub use invalid_input::{Finding, InvalidInput};
pub use kind::{FailureKind, ProvideFailureKind};
pub use sdk_error::SdkError;
pub use unknown_variant::UnknownVariantError;

pub(crate) use body::ErrorBody;
pub(crate) use call::CallContext;
pub(crate) use failure::{Ended, Failed, Failure, to_construct};
pub(crate) use reply::{description, request_id};
pub(crate) use secrets::{Quotable, Secrets};

#[cfg(test)]
mod tests;
