//! The engine under Smithlet's generated AWS clients.
//!
//! A generated crate holds what depends on its service's model: shapes, builders, and for each operation a function that writes its
//! input and one that reads its output (`operation::Operation`). Everything else is here, written once, and knows no service.
//!
//! # A call
//!
//! ```text
//! check -> encode -> endpoint -> [ sign -> send -> classify -> wait ]* -> decode
//! ```
//!
//! | phase | where | what it does |
//! |---|---|---|
//! | check | [`client`], `validate` | fills in the idempotency token and refuses an input that the model does not allow, unless [told not to](config::Builder::validate) |
//! | encode | [`client`], `json` | writes the body, once for all attempts |
//! | endpoint | [`endpoint`] | asks the service's endpoint rules for the URL and what to sign for; found when the client is made, told at the call |
//! | sign | `client::request`, `customize`, [`credentials`], `sign` | copies what all requests have in common, lets the caller change the request, asks for credentials, signs with the key of the day |
//! | send | [`http`] | hands the request to the connector, ours or the caller's, and reads the reply within bounds |
//! | classify | `client::attempt`, [`error`], [`retry`] | a reply in order, an error of the service, a reply that cannot be read, no reply; another attempt or not |
//! | wait | [`retry`] | how long until the next attempt |
//! | decode | [`client`], `json` | reads the output of a reply in order, or makes the operation's [`error`] of one that is none |
//!
//! [`client::Handle::call`] is the only function that is generic over operations. It checks and encodes, calls the engine with bytes and a static
//! `operation::Metadata`, and hands it a closure that decodes; so the engine is compiled once however many operations there are.
//!
//! # What may be relied on
//!
//! Settings and promises stand in tables, each row with the test that holds a client to it:
//!
//! | page | what it holds |
//! |---|---|
//! | [`config`](config#settings) | the settings that are read, from which variables and which properties of a profile, and what goes first |
//! | [`credentials`] | the sources of credentials, their settings and their order; how long credentials are kept, and when they are replaced |
//! | [`endpoint`] | where requests go |
//! | [`http`] | proxies, certificates, timeouts; what becomes of connections |
//! | [`retry`] | what is sent again, and when |
//! | [`clock`] | clocks that differ from the service's |
//! | [`client`] | what tracing gets to see |
//! | [`faults`] | what may go wrong on the way to a service and back, and what a client promises then |
//!
//! For all of them holds:
//!
//! - Nothing outlives a call but the idle connections of its client: dropping a call's future ends what it was doing.
//! - Time comes from the configured clock and passes by the configured timer. The environment is read through
//!   [`config::Environment`], and only when a call needs it: for what all calls of a client have in common, when the first one does.
//! - A reply cannot make a client panic, nor read or allocate beyond
//!   [`max_response_size`](config::Builder::max_response_size).
//! - An input that the model does not allow is refused before anything is asked for or sent, unless the configuration says
//!   otherwise.
//! - No credential, no header and no body comes into a `Debug`, a line of an error or a trace of this crate, except for the code and the
//!   message of a refusal, [without the secrets](error#what-no-error-shows) that they may quote.
//! - Types that pass between crates are AWS's own (`Region`, `SdkConfig`, `Credentials`, `HttpClient`, `ErrorMetadata`, ...); an error is
//!   [ours](error) for its line.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that meets something unexpected has to fail"))]

pub mod client;
pub mod clock;
pub mod config;
pub mod credentials;
mod custom_client;
mod customize;
pub mod endpoint;
pub mod error;
#[doc = include_str!("faults.md")]
pub mod faults {}
mod hex;
pub mod http;
#[cfg(all(feature = "test-util", feature = "credentials"))]
#[doc(hidden)]
pub mod internals;
mod json;
mod operation;
mod primitives;
mod random;
pub mod retry;
mod sign;
#[doc(hidden)]
pub mod support;
#[cfg(test)]
mod testing;
mod text;
mod url;
mod validate;
mod xml;

/// A future whose code is made where it is put into its box.
type Boxed<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
