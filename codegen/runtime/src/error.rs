//! What went wrong, in one line and in all its parts.
//!
//! A call fails with an [`SdkError`], which has the variants, the accessors and the constructors of AWS's own. It is a type of ours
//! because of its `Display`: one line that says which operation failed, how, and under which request id, whatever the kind of failure.
//!
//! ```text
//! StartBuild: 400 ThrottlingException: Rate exceeded (request id 1-abc, attempt 3 of 3)
//! StartBuild: 502 Bad Gateway: the body is an HTML page of 150 bytes (attempt 1 of 3, no retry: its idempotency token expires)
//! StartBuild: cannot connect to https://codebuild.eu-west-1.amazonaws.com: Connection refused (os error 111) (attempt 3 of 3)
//! StartBuild: the input is not valid: projectName: is required; environmentVariablesOverride[2].name: must not be empty
//! StartBuild: no region: set region in the configuration, such as Region::new("eu-west-1")
//! ```
//!
//! The failure is that of the last attempt. Where the last was not the last there might have been, the line says why it ended there, unless
//! another attempt would have been of no use: `it may have been carried out` (and would be again), `too many have failed` (the
//! client's retries are used up), `the operation's time is nearly up`, `its idempotency token expires`, `no request for it could be made`.
//!
//! What to do about it depends on its kind, which every error knows; see [`ProvideFailureKind`].
//!
//! The causes below it are found with [`source`](std::error::Error::source) as usual.
//!
//! # What no error shows
//!
//! No line, no `Debug`, no event and no span has a credential in it, nor the value of a sensitive member of the request or the reply.
//!
//! - Of a successful reply nothing is shown but the names of members.
//! - Of a refusal the code and the message are shown, from the forms in which AWS's services and gateways write them, if the body is whole.
//!   The message is searched for the credentials of the call, for the sensitive values of the request and the reply, and for quoted
//!   structures with a sensitive member. Escapes, entities, percent-encoding, base64, hexadecimal and the like are undone for that, one over
//!   another. A secret that stands there as it is becomes `(redacted)`; one in any other form takes the whole message along, which reads
//!   `(not shown: it quotes a sensitive value)` then.
//! - Of any other body, such as a proxy's page, its kind and its length are shown, in words of this crate.
//!
//! The reply itself is in the error ([`SdkError::raw_response`]), for a program that wants to look at it.

mod call;
mod context;
pub(crate) mod exception;
mod failure;
mod found;
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

pub(crate) use call::CallContext;
pub(crate) use failure::{Failed, Failure};
pub(crate) use reply::{description, request_id};
pub(crate) use secrets::{Quotable, Secrets};

#[cfg(test)]
mod tests;
