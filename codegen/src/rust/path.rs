//! The plan of an expression that reads values out of an operation's input and output, such as a waiter's.

use crate::rust;

/// A compiled expression.
///
/// Its Rust is an expression of the type `Option<T>`, and `None` is JMESPath's null, or an error such as `length` of null.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    /// The type `T`.
    pub(crate) ty: Type,
}

/// The type of a value that is not null.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// `&str`, also for the value of an enum.
    Text,
    /// `bool`.
    Boolean,
    /// A number.
    Number(Number),
    /// `&T` for a value that the input or the output holds and of which the expression selects no part: a structure, a union, a map, a timestamp, a
    /// blob or a document. A list is not among them in a path's result.
    Held(rust::Type),
    /// `Vec<T>`, or `Vec<Option<T>>` if items may be null.
    List { item: Box<Type>, nullable: bool },
}

/// The type of a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Number {
    /// `i8`.
    Byte,
    /// `i16`.
    Short,
    /// `i32`.
    Integer,
    /// `i64`.
    Long,
    /// `f32`.
    Float,
    /// `f64`.
    Double,
    /// `usize`, the length of something.
    Length,
}
