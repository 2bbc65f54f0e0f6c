//! Any value, for those who do not know what to expect.

use super::{Error, Reader};
use crate::json::error::Problem;
use aws_smithy_types::Number;

/// A value, or the beginning of one.
pub(in crate::json) enum Event<'r> {
    Null,
    Bool(bool),
    Number(Number),
    String(&'r str),
    /// A list, whose items are next.
    Array,
    /// An object, whose members are next.
    Object,
}

impl Reader<'_> {
    /// Reads the value that comes next, whatever it is.
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
