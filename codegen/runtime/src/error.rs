//! What went wrong, in one line and in all its parts.
//!
//! A call fails with an [`SdkError`], which has the variants, the accessors and the constructors of AWS's own. It is a type of ours
//! because of its `Display`: one line that says which operation failed, how, and under which request id, whatever the kind of failure.
//!
//! ```text
//! StartBuild: 400 ThrottlingException: Rate exceeded (request id 1-abc, attempt 3 of 3)
//! StartBuild: 502 Bad Gateway: upstream connect error (attempt 1 of 3, no retry: its idempotency token expires)
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
//! The causes below it are found with [`source`](std::error::Error::source) as usual. No line and no `Debug` has a credential, a header
//! or the body of a successful reply in it. Of a refusal, the line has the message; of one that is not even JSON, an excerpt.

mod call;
mod context;
pub(crate) mod exception;
mod failure;
mod invalid_input;
pub(crate) mod kind;
pub(crate) mod line;
mod markup;
pub(crate) mod reply;
mod sdk_error;
pub mod sealed_unhandled;
pub(crate) mod text;
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
pub(crate) use reply::{excerpt, request_id};

#[cfg(test)]
mod tests;
