//! What the types of values are in JSON: those that every model has here, those of a model in generated code.

use super::{Error, Reader, Writer};
use aws_smithy_types::{Blob, DateTime, Document};
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

/// A type with a form in JSON that can be read. For generated code.
pub trait FromJson: Sized {
    /// Reads a value; `None` stands for a null.
    ///
    /// # Errors
    ///
    /// What is no JSON, and a value of another type, with the path of the member.
    fn read_json(reader: &mut Reader<'_>) -> Result<Option<Self>, Error>;
}

/// A type with a form in JSON. For generated code.
pub trait ToJson {
    /// Writes the value.
    fn write_json(&self, writer: &mut Writer);
}

/// A type of members that a service has to send. For generated code.
pub trait Absent {
    /// What stands for the value in a reply that leaves it out, since one odd value must not cost the rest: zero, nothing, the epoch.
    fn absent() -> Self;
}

/// Writes a value by a function, which need not name its type then. For generated code.
#[doc(hidden)]
#[inline]
pub fn write_with<T>(writer: &mut Writer, value: &T, write: impl FnOnce(&mut Writer, &T)) {
    write(writer, value);
}

/// A function for values that may be null, from one for those that are none. For generated code.
#[doc(hidden)]
#[inline]
pub fn sparse<T>(write: impl Fn(&mut Writer, &T)) -> impl Fn(&mut Writer, &Option<T>) {
    move |writer, value| match value {
        Some(value) => write(writer, value),
        None => writer.null(),
    }
}

/// A function for lists, from one for their items. For generated code.
#[doc(hidden)]
#[inline]
pub fn list_of<T>(write: impl Fn(&mut Writer, &T)) -> impl Fn(&mut Writer, &Vec<T>) {
    move |writer, value| writer.list(value, &write)
}

/// A function for maps, from one for their values. For generated code.
#[doc(hidden)]
#[inline]
pub fn map_of<K: AsRef<str> + Eq + Hash, T, S: BuildHasher>(write: impl Fn(&mut Writer, &T)) -> impl Fn(&mut Writer, &HashMap<K, T, S>) {
    move |writer, value| writer.map(value, &write)
}

macro_rules! scalars {
    ($($type:ty: $read:ident, $write:ident($($by_value:tt)?), $absent:expr;)+) => {
        $(
            impl FromJson for $type {
                #[inline]
                fn read_json(reader: &mut Reader<'_>) -> Result<Option<Self>, Error> {
                    reader.$read()
                }
            }

            impl ToJson for $type {
                #[inline]
                fn write_json(&self, writer: &mut Writer) {
                    writer.$write($($by_value)? self);
                }
            }

            impl Absent for $type {
                #[inline]
                fn absent() -> Self {
                    $absent
                }
            }
        )+
    };
}

scalars! {
    bool: bool, bool(*), false;
    i8: byte, integer(*), 0;
    i16: short, integer(*), 0;
    i32: integer, integer(*), 0;
    i64: long, integer(*), 0;
    f32: float, float(*), 0.0;
    f64: double, double(*), 0.0;
    String: string, string(), Self::new();
    Blob: blob, blob(), Self::new([]);
    DateTime: timestamp, timestamp_epoch(), Self::from_secs(0);
    Document: document, document(), Self::Null;
}

impl<T: FromJson> FromJson for Vec<T> {
    #[inline]
    fn read_json(reader: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        reader.list(T::read_json)
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    #[inline]
    fn write_json(&self, writer: &mut Writer) {
        writer.list(self, |writer, item| item.write_json(writer));
    }
}

impl<T> Absent for Vec<T> {
    #[inline]
    fn absent() -> Self {
        Self::new()
    }
}

#[expect(clippy::implicit_hasher, reason = "the maps of generated types have the usual one")]
impl<K: for<'a> From<&'a str> + Eq + Hash, T: FromJson> FromJson for HashMap<K, T> {
    #[inline]
    fn read_json(reader: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        reader.map(T::read_json)
    }
}

impl<K: AsRef<str> + Eq + Hash, T: ToJson, S: BuildHasher> ToJson for HashMap<K, T, S> {
    #[inline]
    fn write_json(&self, writer: &mut Writer) {
        writer.map(self, |writer, value| value.write_json(writer));
    }
}

impl<K, T, S: BuildHasher + Default> Absent for HashMap<K, T, S> {
    #[inline]
    fn absent() -> Self {
        Self::default()
    }
}

/// The value of a list or map that may hold nulls.
impl<T: FromJson> FromJson for Option<T> {
    #[inline]
    fn read_json(reader: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        T::read_json(reader).map(Some)
    }
}

impl<T: ToJson> ToJson for Option<T> {
    #[inline]
    fn write_json(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write_json(writer),
            None => writer.null(),
        }
    }
}

impl<T: FromJson> FromJson for Box<T> {
    #[inline]
    fn read_json(reader: &mut Reader<'_>) -> Result<Option<Self>, Error> {
        Ok(T::read_json(reader)?.map(Self::new))
    }
}

impl<T: ToJson> ToJson for Box<T> {
    #[inline]
    fn write_json(&self, writer: &mut Writer) {
        (**self).write_json(writer);
    }
}
