//! The reader's method for values of any type.

use super::{Error, Reader};
use crate::json::error::Problem;
use aws_smithy_types::Number;

/// A scalar, or the beginning of a list or an object.
pub(in crate::json) enum Event<'r> {
    Null,
    Bool(bool),
    Number(Number),
    String(&'r str),
    Array,
    Object,
}

impl Reader<'_> {
    /// Reads the next scalar, or the beginning of the next list or object.
    pub(in crate::json) fn event(&mut self) -> Result<Event<'_>, Error> {
        Ok(match self.start()? {
            None => Event::Null,
            Some(b'{') => self.object().map(|_| Event::Object)?,
            Some(b'[') => self.array().map(|_| Event::Array)?,
            Some(b'"') => Event::String(self.str()?.unwrap_or_default()),
            Some(b't' | b'f') => Event::Bool(self.bool()?.unwrap_or_default()),
            Some(_) => match self.numeral("a value")?.to_document_number() {
                Some(number) => Event::Number(number),
                None => return Err(self.fail(Problem::NUMBER_OUT_OF_RANGE)),
            },
        })
    }
}
