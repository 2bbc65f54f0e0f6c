//! The runtime of Smithlet's generated AWS clients.
//!
//! A generated crate holds the code that depends on its service's model: shapes, builders, and for each operation a function that writes its
//! input and one that reads its output (`operation::Operation`). This crate holds everything that serves every service.
//!
//! # A call
//!
//! ```text
//! check -> encode -> endpoint -> [ sign -> send -> classify -> wait ]* -> decode
//! ```
//!
//! | phase | where | what it does |
//! |---|---|---|
//! | check | [`client`], `validate` | fills in the idempotency token, and refuses an input that violates the model unless [validation is switched off](config::Builder::validate) |
//! | encode | [`client`], `json`, `cbor` | writes the body, once for all attempts |
//! | endpoint | [`endpoint`] | evaluates the service's endpoint rules to the URL, the signing name and the signing region; resolved when the client is created, errors are reported at the call |
//! | sign | `client::request`, `customize`, [`credentials`], `sign` | copies the request template, applies the caller's edits, gets credentials, signs with the day's signing key |
//! | send | [`http`] | passes the request to the crate's own or the custom client, and reads the reply within bounds |
//! | classify | `client::attempt`, [`error`], [`retry`] | distinguishes a success, an error of the service, an unreadable reply and a missing reply, and decides on another attempt |
//! | wait | [`retry`] | waits until the next attempt |
//! | decode | [`client`], `json`, `cbor` | reads the output of a success, or the operation's [`error`] of another reply |
//!
//! [`client::Handle::call`] is the only function that is generic over operations. It passes the encoded body, a static `operation::Metadata` and a
//! decoding closure to the engine, so that the engine is compiled once for all operations.
//!
//! # Promises
//!
//! The settings and promises of a client are listed in tables. Each row names its test:
//!
//! | page | contents |
//! |---|---|
//! | [`config`](config#settings) | the settings, with their environment variables, profile properties and precedence |
//! | [`credentials`] | the sources of credentials, their settings and their order; the lifetime and the replacement of credentials |
//! | [`endpoint`] | the endpoint of a request |
//! | [`http`] | proxies, certificates, timeouts, and the reuse of connections |
//! | [`retry`] | retries, and the waits before them |
//! | [`byte_stream`] | blobs that are sent and received piece by piece |
//! | [`clock`] | clocks that differ from the service's |
//! | [`client`] | spans and events for tracing |
//! | [`paginator`] | results that come page by page |
//! | [`waiters`] | the polls of a wait, and what ends it |
//! | [`faults`] | faults of networks, proxies and services, and the promise for each |
//!
//! These promises hold everywhere:
//!
//! - Only the idle connections of a client outlive its calls. Dropping a call's future ends the call.
//! - The time comes from the configured clock, and waits use the configured timer. The environment is read through
//!   [`config::Environment`], at the first call that needs it.
//! - A reply cannot make a client panic, nor read or allocate more than
//!   [`max_response_size`](config::Builder::max_response_size).
//! - An input that violates the model is refused before anything is sent, unless validation is switched off.
//! - No `Debug`, error message or trace of this crate shows a credential, a header or a body. The code and the message of a refusal are shown,
//!   [without the secrets](error#secrets) that they may quote.
//! - Types that pass between crates are AWS's own (`Region`, `SdkConfig`, `Credentials`, `HttpClient`, `ErrorMetadata`, ...). Only the errors of
//!   a call and of a wait are types of [this crate](error), because of their `Display`.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that meets something unexpected has to fail"))]

mod attempt;
pub mod byte_stream;
mod calendar;
mod cbor;
#[cfg(any(feature = "md5", feature = "checksums"))]
mod checksum;
pub mod client;
pub mod clock;
#[cfg(feature = "gzip")]
mod compression;
pub mod config;
pub mod credentials;
mod custom_client;
pub mod customize;
pub mod endpoint;
pub mod error;
#[doc = include_str!("faults.md")]
pub mod faults {}
#[cfg(feature = "glacier")]
mod glacier;
mod headers;
mod hex;
mod host_prefix;
pub mod http;
#[cfg(all(feature = "test-util", feature = "credentials"))]
#[doc(hidden)]
pub mod internals;
mod json;
mod operation;
mod order;
pub mod paginator;
pub mod primitives;
mod protocol;
mod random;
mod reply;
mod rest;
pub mod retry;
#[cfg(any(feature = "md5", feature = "checksums", feature = "gzip", feature = "glacier"))]
mod seal;
mod service;
mod sign;
#[doc(hidden)]
pub mod support;
#[cfg(test)]
mod testing;
mod text;
mod url;
mod validate;
pub mod waiters;
mod xml;

/// A boxed future. Its code is generated in the crate that boxes it, not in each crate that awaits it.
type Boxed<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
