//! CBOR (RFC 8949) as Smithy's RPC v2 uses it: a pull reader and a writer for generated code to call.
//!
//! They have the methods of [`json`](crate::json), so that generated functions look the same in both formats. The reader accepts everything that
//! is well-formed: definite and indefinite lengths, numbers of every size, tags. The names of members are text; text is UTF-8. Skipped values are
//! checked as strictly as values that are read.
//!
//! Values are read leniently: `undefined` is null; an integer may be a floating-point number without a fraction, a big number or text; a timestamp
//! may lack its tag; tags that have no meaning for a value are ignored. Any other value of the wrong type is an [`Error`] with the member's full
//! path.
//!
//! ```
//! # use smithlet_runtime::support::cbor::{Error, Read, Reader, Writer};
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
//! let mut reader = Reader::new(b"\xa1\x65names\x82\x61a\x61b");
//! assert_eq!(names(&mut reader)?, Some(vec!["a".to_owned(), "b".to_owned()]));
//! reader.finish()?;
//!
//! let mut writer = Writer::new();
//! writer.begin_object();
//! writer.key("names");
//! writer.list(&["a", "b"], Writer::string);
//! writer.end_object();
//! assert_eq!(writer.into_bytes(), b"\xbf\x65names\x82\x61a\x61b\xff");
//!
//! let error = names(&mut Reader::new(b"\xa1\x65names\x82\x61a\x07")).unwrap_err();
//! assert_eq!(error.to_string(), "names[1]: expected a string, found a number (byte 10)");
//! # Ok::<(), Error>(())
//! ```

mod head;
mod path;
mod reader;
#[cfg(test)]
mod tests;
mod well_formed;
mod writer;

pub use crate::json::Error;
pub use reader::Reader;
pub use writer::Writer;

/// The result of reading a value: the value, `None` for a null, or the first fault.
pub type Read<T> = Result<Option<T>, Error>;

pub(crate) use well_formed::is_document;

/// The initial capacity of a document, in bytes.
const CAPACITY: usize = 512;

/// Returns the document that a function writes.
pub fn encode(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::with_capacity(CAPACITY);
    write(&mut writer);
    writer.into_bytes()
}

/// Reads a whole document with a function; `None` if it is null.
pub fn decode<'a, T>(document: &'a [u8], read: impl FnOnce(&mut Reader<'a>) -> Result<Option<T>, Error>) -> Result<Option<T>, Error> {
    let mut reader = Reader::new(document);
    let value = read(&mut reader)?;
    reader.finish()?;
    Ok(value)
}
