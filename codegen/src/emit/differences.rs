//! The section of the crate's documentation for users of AWS's own crate.

use crate::rust::Crate;

/// The section of the crate's documentation. AWS names its crates after the service's id.
pub(super) fn differences(plan: &Crate) -> String {
    let theirs: String = plan.service.id.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let common = COMMON.replace("{format}", plan.service.protocol.format());
    let pages = if plan.operations.iter().any(|operation| operation.pages.is_some()) { PAGES } else { "" };
    let waiters = if plan.waiters().is_empty() { "" } else { WAITERS };
    format!("# Differences from `aws-sdk-{theirs}`\n\n{common}{pages}{waiters}")
}

const PAGES: &str = "\
- A paginator whose service returns the token that it was given ends with an error; there it ends as if that page were the last one, as it does here
  after `stop_on_duplicate_token(true)`.
";

/// The lines of a crate with waiters.
const WAITERS: &str = "\
- A poll that is throttled or fails in another way that may pass does not end a wait that has time left; there it ends the wait with
  `OperationFailed`. [`WaiterError`](waiters::error::WaiterError) displays as one line that says what happened and, for a failure, what the reply
  shows. It is a type of this crate, as `SdkError` is; `FinalPoll` is AWS's own.
- A wait ends at its deadline, also while a poll is under way, and its last poll is sent one second before; there the last poll begins at the deadline.
- An input that cannot be sent is a `ConstructionFailure` of the wait; there it is an `OperationFailed`.
";

const COMMON: &str = "\
For the operations above, this crate has what AWS's own has, under the same paths. It differs on purpose:

- [`SdkError`](error::SdkError) and what its variants hold are types of this crate, with the same names and methods, so that every error
  displays as one line that says what happened. Only code that names `aws_smithy_runtime_api::client::result::SdkError` has to change.
- A complete reply with an error status is a `ServiceError`, also when its body cannot be read; there it is a `ResponseError`.
- Replies are read leniently: a required member that is missing reads as empty or unknown, a `null` in a list is skipped, and of a union with
  two members the last one counts. There each of these fails the whole call. An empty reply is an error if the operation has an output.
- An input without a required member fails before anything is sent. An idempotency token that is not set is filled in.
- `Debug` does not show sensitive values.
- An attempt fails after 60 seconds of silence; there it waits without limit for a reply to begin.
- The operation decides which requests are repeated: one that changes something is repeated only with an idempotency token, or when the service
  surely did nothing. There, status 500 repeats every request. A reply that is broken, cut off or not {format} is a failed attempt like others, and
  status 429 is throttling whatever its body says; there, either ends the call. `Retry-After` counts as `x-amz-retry-after` does.
- A client and its clones have one retry quota; there all clients of a region in a process share one.
- `Client::from_env` and `Config::from_env` do what `aws-config` does there. A malformed setting is an error with its place; there it is a panic,
  or a line in a log and the default.
- There is one behavior: `behavior_version` is kept and has no effect, and a client without it does not panic.
- The features `rustls` and `default-https-client` mean the same, rustls with ring.
- What only the SDK's orchestrator needs is not here: interceptors (and `aws-smithy-mocks`, which is made of them), runtime plugins, retry
  classifiers and partitions, endpoint resolvers, authentication schemes, identity caches, stalled-stream protection, schemas.
  `customize().mutate_request(...)`, `endpoint_url` and `http_client` do the usual jobs of these, `StaticReplayClient` included. Modules
  that are empty there, such as `primitives::event_stream`, are not here either.
";
