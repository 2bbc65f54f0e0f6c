//! What a user of AWS's own crate has to know before the change of crates.

use crate::rust::Service;

/// The section of the crate's documentation. AWS names its crates after the service's id.
pub(super) fn differences(service: &Service) -> String {
    let theirs: String = service.id.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    format!("# Differences from `aws-sdk-{theirs}`\n\n{COMMON}")
}

const COMMON: &str = "\
For the operations above, this crate has what AWS's own has, under the same paths. It differs on purpose:

- [`SdkError`](error::SdkError) and what its variants hold are types of this crate, with the same names and methods, so that every error
  displays as one line that says what happened. Only code that names `aws_smithy_runtime_api::client::result::SdkError` has to change.
- A complete reply with an error status is a `ServiceError` even when nobody can read its body; there it is a `ResponseError`.
- Replies are read leniently: a required member that is missing reads as empty or unknown, and a `null` in a list is skipped. There either
  costs the whole call. An empty reply where there should be an output is an error.
- An input without what the model requires fails before anything is sent. An idempotency token that is not set is filled in.
- `Debug` does not show what is sensitive.
- An attempt fails after 60 seconds of silence; there it waits for ever for a reply to begin.
- What is sent again follows from the operation: what changes something is not, without an idempotency token, unless the service surely did
  nothing. There, status 500 repeats everything. A reply that is broken, cut off or not JSON is a failed attempt like others, and status 429
  is throttling whatever its body says; there, either ends the call. `Retry-After` counts as `x-amz-retry-after` does.
- The retry quota is a client's, with its clones; there all clients of a region in a process share one.
- `Client::from_env` and `Config::from_env` do what `aws-config` does there. A setting that makes no sense is an error with its place; there
  it is a panic, or a line in a log and the default.
- There is one behavior: `behavior_version` is kept and has no effect, and a client without it is no panic.
- The features `rustls` and `default-https-client` mean the same, rustls with ring.
- What only the SDK's orchestrator needs is not here: interceptors (and `aws-smithy-mocks`, which is made of them), runtime plugins, retry
  classifiers and partitions, endpoint resolvers, authentication schemes, identity caches, stalled-stream protection, schemas.
  `customize().mutate_request(...)`, `endpoint_url` and `http_client` do the usual jobs of these, `StaticReplayClient` included. Modules
  that are empty there, such as `primitives::event_stream`, are not here either.
";
