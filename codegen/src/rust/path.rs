//! The plan of an expression that reads values out of an operation's input and output, such as a waiter's.
//!
//! A value that may be null is an `Option` in Rust. An error of `JMESPath`, such as `length(@)` of null, leaves the function that evaluates the
//! expression with `?`; its callers cannot tell it from a null result.

use crate::jmespath::Comparator;
use crate::names::{self, Name};
use crate::rust;

/// A compiled expression.
///
/// Its Rust is an expression of the type `Option<T>`, and `None` is `JMESPath`'s null, or an error such as `length` of null.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    /// The type `T`.
    pub(crate) ty: Type,
    pub(crate) value: Value,
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
    /// `&T` for a value that the input or the output holds. In a path's result it is neither a scalar, an enum nor a list.
    Held(rust::Type),
    /// A reference to the whole input or output of an operation: the operation's module and the name of the structure.
    Whole { module: Name, name: Name },
    /// `Vec<T>`, or `Vec<Option<T>>` if items may be null.
    List { item: Box<Type>, nullable: bool },
    /// A tuple with the values of a multi-select hash, those that may be null as `Option`.
    Hash(Vec<Entry>),
    /// Always null; never in a path's result.
    Null,
}

/// An entry of a multi-select hash.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) ty: Type,
    pub(crate) nullable: bool,
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

/// A typed expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    pub(crate) kind: Kind,
    pub(crate) ty: Type,
    /// True if the value may be null, so that its Rust is an `Option`.
    pub(crate) nullable: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Variable(Name),
    Text(String),
    Boolean(bool),
    Integer(i64),
    Double(f64),
    Null,
    /// A part of a value.
    Get(Box<Value>, Get),
    /// The scalar or the enum's text behind a reference.
    Read(Box<Value>),
    /// A value whose null is an error.
    Demand(Box<Value>),
    /// A number as another type, which is that of the whole.
    Cast(Box<Value>),
    /// `body`, with a variable for `of`. If `strict`, the variable is not an `Option`, and the whole is null if `of` is null.
    Bind {
        name: Name,
        of: Box<Value>,
        strict: bool,
        body: Box<Value>,
    },
    /// A list made of the items of a list or a map.
    Items {
        source: Box<Value>,
        part: Part,
        steps: Vec<Step>,
    },
    /// An item of a list that is not held.
    Position(Box<Value>, i64),
    Length(Box<Value>),
    IsEmpty(Box<Value>),
    IsNull(Box<Value>),
    List(Vec<Value>),
    Hash(Vec<Value>),
    Compare(Comparator, Box<Value>, Box<Value>),
    /// True for a value that is neither null nor empty.
    Truth(Box<Value>),
    /// The value itself, but null if it is false or empty.
    Truthy(Box<Value>),
    /// The negation of a boolean that is not null.
    Not(Box<Value>),
    /// Both booleans, which are not null.
    Both(Box<Value>, Box<Value>),
    /// Either of two booleans, which are not null.
    Either(Box<Value>, Box<Value>),
    /// The first value, or the second one if the first one is null.
    OrElse(Box<Value>, Box<Value>),
    /// Null if the first value is null, and otherwise the second one.
    AndThen(Box<Value>, Box<Value>),
    /// The second value if the first one is neither null, false nor empty, and otherwise the first one.
    And(Box<Value>, Box<Value>),
    /// True if an item of the list meets the condition.
    Has {
        of: Box<Value>,
        name: Name,
        condition: Box<Value>,
    },
    /// A test of a text for a part: `contains`, `starts_with` or `ends_with`.
    TextTest(&'static str, Box<Value>, Box<Value>),
}

/// A part of a value in Rust.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Get {
    /// The accessor of a field.
    Accessor { name: Name, optional: bool },
    /// A field with a list that may be absent. Its accessor returns an empty list instead.
    OptionalList(Name),
    /// The value of a union's variant; the name is the suffix of its methods, and a boolean or a number is copied.
    Variant { suffix: Name, copied: bool },
    /// The value of a map's entry; the key is a string or of an enum in `types`.
    Entry { key: String, of: Option<Name>, sparse: bool },
    /// An item of a held list, counted from the end if negative.
    Position { index: i64, sparse: bool },
    /// An element of a tuple.
    Element { index: usize, optional: bool },
}

impl Get {
    /// True if the part is an `Option`.
    pub(crate) fn is_optional(&self) -> bool {
        match self {
            Self::Accessor { optional, .. } | Self::Element { optional, .. } => *optional,
            Self::OptionalList(_) | Self::Variant { .. } | Self::Entry { .. } | Self::Position { .. } => true,
        }
    }
}

/// The items of a list's or a map's iterator.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Part {
    /// Of a list.
    Items,
    /// Of a map.
    Keys,
    /// Of a map.
    Values,
}

/// A step of an iterator.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// Only the items for which the condition holds. The flag tells that items are copied, so that the condition has the item itself.
    Filter { name: Name, copied: bool, condition: Value },
    /// Another value for each item, and none where it is null.
    Map { name: Name, body: Value },
    /// The items of a list for each item; the list is not null.
    FlatMap { name: Name, body: Value },
    /// The items of the items.
    Flatten,
    /// Only the items that are not null.
    Present,
}

impl Type {
    /// The type of a scalar or an enum behind a reference; `None` for any other value.
    pub(crate) fn scalar(ty: &rust::Type) -> Option<Self> {
        Some(match ty {
            rust::Type::String | rust::Type::Enum(_) => Self::Text,
            rust::Type::Boolean => Self::Boolean,
            rust::Type::Byte => Self::Number(Number::Byte),
            rust::Type::Short => Self::Number(Number::Short),
            rust::Type::Integer => Self::Number(Number::Integer),
            rust::Type::Long => Self::Number(Number::Long),
            rust::Type::Float => Self::Number(Number::Float),
            rust::Type::Double => Self::Number(Number::Double),
            _ => return None,
        })
    }

    /// The name of a variable with a value of this type. A variable may hide one of the same name, since the expression for an item sees only the
    /// item.
    pub(crate) fn variable(&self) -> Name {
        const OTHERS: [&str; 11] = ["entries", "entry", "flag", "found", "item", "items", "left", "number", "right", "text", "value"];
        Name::fixed(match self {
            Self::Held(rust::Type::Structure(name) | rust::Type::Error(name) | rust::Type::Union(name)) => {
                let name = names::field_name(name.plain());
                let is_taken = OTHERS.contains(&name.plain()) || ["found_", "value_"].iter().any(|start| name.plain().starts_with(start));
                return if is_taken { name.affix("one_", "") } else { name };
            }
            Self::Held(rust::Type::List { .. }) | Self::List { .. } => "items",
            Self::Held(rust::Type::Map { .. }) => "entries",
            Self::Hash(_) => "entry",
            Self::Text => "text",
            Self::Boolean => "flag",
            Self::Number(_) => "number",
            Self::Held(held) => return Self::scalar(held).map_or_else(|| Name::fixed("value"), |ty| ty.variable()),
            Self::Whole { .. } | Self::Null => "value",
        })
    }
}

impl Path {
    /// True if the evaluation may end in an error.
    pub(crate) fn fails(&self) -> bool {
        self.value.fails()
    }
}

impl Value {
    pub(crate) fn new(kind: Kind, ty: Type, nullable: bool) -> Self {
        Self { kind, ty, nullable }
    }

    /// A boolean that is not null.
    pub(crate) fn boolean(kind: Kind) -> Self {
        Self::new(kind, Type::Boolean, false)
    }

    /// A variable that is not null.
    pub(crate) fn variable(name: Name, ty: Type) -> Self {
        Self::new(Kind::Variable(name), ty, false)
    }

    pub(crate) fn null() -> Self {
        Self::new(Kind::Null, Type::Null, true)
    }

    /// True if the evaluation may end in an error.
    pub(crate) fn fails(&self) -> bool {
        self.any(&|value| matches!(value.kind, Kind::Demand(_)))
    }

    /// True if the value uses a variable.
    pub(crate) fn uses(&self, name: &Name) -> bool {
        self.any(&|value| matches!(&value.kind, Kind::Variable(own) if own == name))
    }

    /// True if the test holds for the value or any value inside it.
    fn any(&self, test: &dyn Fn(&Self) -> bool) -> bool {
        test(self)
            || match &self.kind {
                Kind::Variable(_) | Kind::Text(_) | Kind::Boolean(_) | Kind::Integer(_) | Kind::Double(_) | Kind::Null => false,
                Kind::Get(of, _)
                | Kind::Read(of)
                | Kind::Demand(of)
                | Kind::Cast(of)
                | Kind::Position(of, _)
                | Kind::Length(of)
                | Kind::IsEmpty(of)
                | Kind::IsNull(of)
                | Kind::Truth(of)
                | Kind::Truthy(of)
                | Kind::Not(of) => of.any(test),
                Kind::Bind { of, body, .. } => of.any(test) || body.any(test),
                Kind::Items { source, steps, .. } => source.any(test) || steps.iter().any(|step| step.any(test)),
                Kind::List(values) | Kind::Hash(values) => values.iter().any(|value| value.any(test)),
                Kind::Has { of, condition, .. } => of.any(test) || condition.any(test),
                Kind::Compare(_, a, b)
                | Kind::Both(a, b)
                | Kind::Either(a, b)
                | Kind::OrElse(a, b)
                | Kind::AndThen(a, b)
                | Kind::And(a, b)
                | Kind::TextTest(_, a, b) => a.any(test) || b.any(test),
            }
    }
}

impl Step {
    /// True if the evaluation may end in an error.
    pub(crate) fn fails(&self) -> bool {
        self.any(&|value| matches!(value.kind, Kind::Demand(_)))
    }

    fn any(&self, test: &dyn Fn(&Value) -> bool) -> bool {
        match self {
            Self::Filter { condition: value, .. } | Self::Map { body: value, .. } | Self::FlatMap { body: value, .. } => value.any(test),
            Self::Flatten | Self::Present => false,
        }
    }
}
