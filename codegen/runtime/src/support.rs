//! The internal interface between generated code and this crate. It changes together with the generator.

mod error;
#[cfg(feature = "serde")]
mod serde;

pub use crate::error::exception::ServiceException;
pub use crate::error::kind::exception_kind;
pub use crate::error::line::fmt_exception;
pub use crate::error::reply::ErrorReply;
#[cfg(feature = "serde")]
pub use serde_core;

/// Values in CBOR.
pub mod cbor {
    pub use crate::cbor::{Error, Read, Reader, Writer, decode, encode};
}

/// Checksums of bodies.
#[cfg(any(feature = "md5", feature = "checksums"))]
pub mod checksum {
    #[cfg(feature = "md5")]
    pub use crate::checksum::md5::content_md5;
    #[cfg(feature = "checksums")]
    pub use crate::checksum::named::{Named, add, check_reply, enable_validation};
}

/// Compression of requests.
#[cfg(feature = "gzip")]
pub mod compression {
    pub use crate::compression::gzip;
}

/// Parts of S3 Glacier's requests that its model leaves out.
#[cfg(feature = "glacier")]
pub mod glacier {
    pub use crate::glacier::{hashes, own_account, version};
}

/// Values in JSON.
pub mod json {
    pub use crate::json::{Error, Read, Reader, Writer};
    #[cfg(feature = "serde")]
    pub use crate::json::{deserialize, serialize};
}

/// Services and operations.
pub mod operation {
    pub use crate::operation::{Encoded, Exchange, Metadata, Operation, Protocol, Repeat, RequestId, Service, host_label};
}

/// HTTP bindings.
pub mod rest {
    pub use crate::rest::{
        InvalidHeader, Reply, Request, Streaming, base64, date_time, double, entries, epoch_seconds, float, http_date, list, quoted, set,
        streamed,
    };
}

/// Streams of pages and of their items.
pub mod paginator {
    pub use crate::paginator::pages::{Next, Token, items, pages};
}

/// Constraints on inputs.
pub mod validate {
    pub use crate::validate::{Checker, Length};
}

/// Waits.
pub mod waiters {
    pub use crate::waiters::FinalPoll;
    pub use crate::waiters::error::WaiterError;
    pub use crate::waiters::poll::{Chunks, Poll, Verdict, Waiter, wait, wait_in_chunks};
}

/// The text that a `Debug` shows in place of a sensitive value.
pub const REDACTED: &str = "*** Sensitive Data Redacted ***";

/// The form of an optional sensitive value in a `Debug`, which shows that it is there.
pub fn redacted<T>(value: &Option<T>) -> Option<&'static str> {
    value.as_ref().map(|_| REDACTED)
}
