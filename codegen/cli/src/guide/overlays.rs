//! Overlays: additions to a model.
//!
//! An overlay is a file of Smithy's `apply` statements. It says what AWS's model does not say, for instance that a member holds a secret, so that
//! `Debug` and errors do not show its value:
//!
//! ```json
//! {
//!     "smithy": "2.0",
//!     "shapes": {
//!         "com.amazonaws.sqs#SendMessageRequest$MessageBody": {
//!             "type": "apply",
//!             "traits": {
//!                 "smithlet.api#reason": "Our messages hold tokens.",
//!                 "smithy.api#sensitive": {}
//!             }
//!         }
//!     }
//! }
//! ```
//!
//! The key is a shape, or a shape, `$` and a member. Models of botocore have no namespace: their shapes are in `com.amazonaws.` and the service, as
//! the findings show. Every entry gives its reason. An entry whose target does not exist, or that repeats what the model says, is an error, so that an
//! overlay does not outlive its purpose.
//!
//! | trait | on | effect |
//! |---|---|---|
//! | `smithy.api#sensitive` | member or shape | the value is not shown |
//! | `smithy.api#readonly` | operation | any failure may be repeated |
//! | `smithy.api#idempotent` | operation | the same, for an operation that changes something |
//! | `smithy.api#idempotencyToken` | member | the client fills the member in, and repeats the call under this token |
//! | `smithlet.api#tokenValidity` | the same member | how long the service remembers a token: `{ "seconds": 300 }` |
//! | `smithy.api#paginated` | operation | the operation has a paginator |
//! | `smithlet.api#pagination` | operation | what that trait cannot express: several tokens (`inputTokens` and `outputTokens`), a member that tells if another page follows (`moreResults`) |
//! | `smithy.api#documentation` | any | the documentation, in Markdown |
//! | `smithlet.api#name` | shape or member | the name that the Rust name is made of |
//! | `smithy.waiters#waitable` | operation | waiters |
//! | `smithlet.api#waitable` | operation | waiters that say more: a waiter's `chunks` names the list of the input that is sent in several requests when it is too long for one, an acceptor's `afterSeconds` makes it apply only once the wait has lasted so long, and `example` is code for the documentation |
//! | `smithlet.api#crate` | service | the name and the version of the crate; the manifest's go first |
//!
//! Any other trait of Smithy's prelude has the effect that it has in a model.
//!
//! # Expressions
//!
//! Traits such as `smithy.waiters#waitable` have expressions in [`JMESPath`](https://jmespath.org/specification.html). They are compiled to Rust over
//! the types of the operation, so that a member that does not exist is found when the crate is generated. An expression may have members, indexes,
//! projections, filters, multi-selects, comparisons, `&&`, `||`, `!`, pipes, literals, and the functions `contains`, `ends_with`, `keys`, `length`,
//! `not_null`, `starts_with` and `values`. It may not have slices, other functions, or `*` on a structure, whose members have several types. Nulls
//! and errors have `JMESPath`'s meaning, with one exception: a structure counts as true in a condition, even if it is empty.
