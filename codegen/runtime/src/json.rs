//! JSON as the AWS protocols use it: a pull reader and a writer for generated code to call.
//!
//! Generated functions ask the [`Reader`] for the members of their shape and store the values directly. There is no intermediate value, and
//! nothing is generic over a format. The reader accepts the same documents as `serde_json` does for a `serde_json::Value`. Skipped values are
//! checked as strictly as values that are read. In addition, the reader accepts a byte order mark at the beginning, and an unpaired surrogate
//! in a string, which reads as U+FFFD.
//!
//! Values are read leniently: an integer as `60.0` or `"60"`, a boolean as `"true"`, a timestamp as a number or in a string of any form. Any
//! other value of the wrong type is an [`Error`] with the member's full path.
//!
//! ```
//! # use smithlet_runtime::support::json::{Error, Read, Reader, Writer};
//! fn names(reader: &mut Reader<'_>) -> Read<Vec<String>> {
//!     if !reader.object()? {
//!         return Ok(None);
//!     }
//!     let mut names = None;
//!     while let Some(member) = reader.key()? {
//!         match member {
//!             "names" => names = reader.list(Reader::string)?,
//!             _ => reader.skip()?,
//!         }
//!     }
//!     Ok(names)
//! }
//!
//! let mut reader = Reader::new(br#"{"names": ["a", "b"], "more": {}}"#)?;
//! assert_eq!(names(&mut reader)?, Some(vec!["a".to_owned(), "b".to_owned()]));
//! reader.finish()?;
//!
//! let mut writer = Writer::new();
//! writer.begin_object();
//! writer.key("names");
//! writer.list(&["a", "b"], Writer::string);
//! writer.end_object();
//! assert_eq!(writer.into_bytes(), br#"{"names":["a","b"]}"#);
//!
//! let error = names(&mut Reader::new(br#"{"names": ["a", 7]}"#)?).unwrap_err();
//! assert_eq!(error.to_string(), "names[1]: expected a string, found a number (byte 16)");
//! # Ok::<(), Error>(())
//! ```

mod error;
mod number;
mod path;
mod reader;
mod scan;
#[cfg(feature = "serde")]
mod serde;
#[cfg(test)]
mod tests;
mod well_formed;
mod writer;

pub use error::Error;
pub use reader::Reader;
#[cfg(feature = "serde")]
pub use serde::{deserialize, serialize};
pub use writer::Writer;

/// The result of reading a value: the value, `None` for a null, or the first fault.
pub type Read<T> = Result<Option<T>, Error>;

pub(crate) use error::Problem;
pub(crate) use path::{push_index, push_name, without_beginning};
pub(crate) use reader::moment;
pub(crate) use well_formed::{is_document, without_byte_order_mark};
pub(crate) use writer::sorted;

/// The maximum nesting depth of objects and lists.
pub(crate) const MAX_DEPTH: u8 = Reader::MAX_DEPTH;
