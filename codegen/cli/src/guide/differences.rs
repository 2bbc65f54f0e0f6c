//! Differences from the official crates, `aws-sdk-SERVICE`.
//!
//! A program that uses the chosen operations compiles against a generated crate by one line in its `Cargo.toml`:
//!
//! ```toml
//! aws-sdk-sqs = { package = "my-sqs", path = "crates/my-sqs" }
//! ```
//!
//! Modules, names and signatures are the same. Where a program passes a value between crates, it is AWS's own type: `Region`, `SdkConfig`,
//! `Credentials`, `DateTime`, `Blob` and others, so that `aws-config` and the SDK's test clients work unchanged. Each generated crate lists the
//! differences in its documentation. In general:
//!
//! - **Operations.** Only those that were chosen exist, and only the types that they reach. Operations that need event streams, checksums of streams or
//!   Signature Version 4a are not supported; `cargo smithlet operations SERVICE` says which and why.
//! - **Streams** of bytes are `ByteStream`, as there. The read timeout applies between their parts, and not to an upload that goes on.
//! - **Errors.** An error displays as one line with the operation, the status, the code, the message and the request id. `SdkError` is a type of the
//!   runtime, with the same names and methods.
//! - **Secrets.** `Debug` and errors hide what the model or an [overlay](super::overlays) marks as sensitive.
//! - **Repeats.** The operation decides: one that changes something is repeated only with an idempotency token, or when the service surely did nothing.
//! - **Inputs** are checked before they are sent: required members, lengths, ranges. This can be switched off.
//! - **Replies** are read leniently: a value of an unexpected form costs that value and not the call.
//! - **Paginators** come from the model or from botocore's `paginators-1.json`. A service that returns the token that it was given is an error, unless
//!   `stop_on_duplicate_token` says otherwise; there it is the end.
//! - **Waiters** come from the model, from botocore's `waiters-2.json` or from an [overlay](super::overlays). A poll that is throttled or fails in another
//!   way that may pass does not end a wait that has time left; there it does. A wait ends at its deadline, and its error is one line with the waiter's
//!   name and what the last reply shows.
//! - **serde.** With the feature `serde`, types, inputs and outputs are serialised and deserialised, with the names on the wire.
//! - **Configuration.** `Client::from_env()` takes what `aws-config` takes from the environment, without that crate.
//! - **Left out** is what only the SDK's orchestrator needs: interceptors, runtime plugins, retry classifiers, endpoint resolvers, identity caches.
