//! Structures, enums and unions, and their fields.

use super::Docs;
use super::http::Bound;
use crate::names::Name;

/// An error of `types::error`.
#[derive(Clone, Debug)]
pub(crate) struct Exception {
    pub(crate) structure: Structure,
    /// The error's code on the wire.
    pub(crate) code: String,
    /// True if an operation lists the error; otherwise it is only the type of a member.
    pub(crate) listed: bool,
}

impl Exception {
    /// True if the error's message is sensitive, so that it must not be printed.
    pub(crate) fn hides_message(&self) -> bool {
        self.structure.fields.iter().any(|field| field.is_message() && field.sensitive)
    }

    /// True if the error has no member but its message.
    pub(crate) fn is_only_message(&self) -> bool {
        self.structure.fields.iter().all(Field::is_message)
    }
}

/// A structure and its builder.
#[derive(Clone, Debug)]
pub(crate) struct Structure {
    pub(crate) name: Name,
    pub(crate) module: Name,
    pub(crate) docs: Docs,
    pub(crate) fields: Vec<Field>,
    pub(crate) role: Role,
    pub(crate) decode: Codec,
    pub(crate) encode: Codec,
    /// True if the structure has constraints to check before it is sent.
    pub(crate) checked: bool,
}

impl Structure {
    /// True if `build` may fail.
    pub(crate) fn fallible(&self) -> bool {
        self.required().next().is_some()
    }

    /// The fields without which `build` fails.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| matches!(field.presence, Presence::Required(_)))
    }

    /// True if `Debug` hides a field.
    pub(crate) fn redacts(&self) -> bool {
        self.fields.iter().any(Field::is_hidden)
    }

    /// True if a field is a stream, which can be read once only. Such a structure cannot be copied, compared or serialized.
    pub(crate) fn streams(&self) -> bool {
        self.fields.iter().any(|field| field.ty == Type::ByteStream)
    }

    /// The builder's name.
    pub(crate) fn builder(&self) -> Name {
        self.name.affix("", "Builder")
    }
}

/// The reason for a function that reads or writes a shape.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Codec {
    /// The shape is read or written on the wire.
    Wire,
    /// The shape is not on the wire in this direction; only users of serde need the function.
    Serde,
    /// The function is not needed.
    Nothing,
}

impl Codec {
    /// Returns `Wire` or else `Serde`.
    pub(crate) fn of(on_the_wire: bool) -> Self {
        if on_the_wire { Self::Wire } else { Self::Serde }
    }
}

/// The purpose of a structure.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Role {
    /// An operation's input.
    Input,
    /// An operation's output, which carries the request id.
    Output,
    /// An error, which carries the reply's metadata.
    Error,
    /// Any other.
    Type,
}

/// A field of a structure.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: Name,
    /// The part of the method names `set_...` and `get_...` after the prefix.
    pub(crate) suffix: Name,
    /// The member's name on the wire.
    pub(crate) wire: String,
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    /// True if the model requires the member, even where the field is optional in Rust.
    pub(crate) required: bool,
    pub(crate) constraints: Constraints,
    /// True if the value is boxed, because the structure contains itself through it.
    pub(crate) boxed: bool,
    pub(crate) sensitive: bool,
    pub(crate) source: FieldSource,
    /// The place of the member, if it is not a member of the body.
    pub(crate) bound: Option<Bound>,
}

/// The origin of a field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum FieldSource {
    /// A member of the model.
    Model,
    /// The generator: AWS sends a message with every error, also where the model has none.
    Generator,
}

impl Field {
    /// True if `Debug` does not show the value: a sensitive one, and a stream, whose bytes may be in memory.
    pub(crate) fn is_hidden(&self) -> bool {
        self.sensitive || self.ty == Type::ByteStream
    }

    /// True if this is an error's message, provided that the structure is an error.
    pub(crate) fn is_message(&self) -> bool {
        self.name.plain() == "message"
    }
}

/// The constraints that a value must meet before it is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Constraints {
    /// The value must be present, and its type allows it to be absent.
    pub(crate) required: bool,
    pub(crate) length: Option<Limits>,
    pub(crate) range: Option<Limits>,
    /// The value is a structure or union with constraints of its own.
    pub(crate) inside: bool,
    /// The length of a map's keys.
    pub(crate) keys: Option<Limits>,
    /// The constraints of a list's items or a map's values.
    pub(crate) items: Option<Box<Constraints>>,
}

impl Constraints {
    /// True if any value is allowed, and an absent one too.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// True if any value is allowed.
    pub(crate) fn allow_any_value(&self) -> bool {
        *self == Self { required: self.required, ..Self::default() }
    }
}

/// The smallest and the largest allowed value as Rust literals, at least one of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Limits {
    pub(crate) min: Option<String>,
    pub(crate) max: Option<String>,
}

impl Limits {
    /// Returns the limits, or `None` if both are absent.
    pub(crate) fn new(min: Option<String>, max: Option<String>) -> Option<Self> {
        (min.is_some() || max.is_some()).then_some(Self { min, max })
    }
}

/// The presence of a field: optional, required or with a default.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Presence {
    /// `Option`.
    Optional,
    /// `build` fails without it; a response without it is read as if it held the fallback.
    Required(Fallback),
    /// The model has a default.
    Default(Fallback),
}

/// The value used in place of an absent one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fallback {
    /// `Default::default()`: zero, false, empty.
    Zero,
    /// A boolean or a number, as a Rust literal.
    Literal(String),
    /// A string.
    Text(String),
    /// An enum's value.
    EnumText(String),
    /// Seconds since the epoch, and nanoseconds after them.
    Timestamp(i64, u32),
    Blob(Vec<u8>),
    /// A document. Its lists and objects are empty, since Smithy allows no others as defaults.
    Document(serde_json::Value),
}

/// The type of a value, without `Option` and `Box`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    Boolean,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    String,
    Blob,
    /// A blob that is sent or received piece by piece. It is the whole body of an input or an output.
    ByteStream,
    Document,
    Timestamp(TimestampFormat),
    /// An enum in `types`.
    Enum(Name),
    /// A structure in `types`.
    Structure(Name),
    /// An error in `types::error`, used as a plain value.
    Error(Name),
    /// A union in `types`.
    Union(Name),
    List {
        item: Box<Type>,
        sparse: bool,
    },
    Map {
        /// An enum in `types`, or a string.
        key: Option<Name>,
        value: Box<Type>,
        sparse: bool,
    },
}

impl Type {
    /// True if a value is passed by copy, as booleans and numbers are.
    pub(crate) fn is_copy(&self) -> bool {
        matches!(self, Self::Boolean | Self::Byte | Self::Short | Self::Integer | Self::Long | Self::Float | Self::Double)
    }
}

/// The wire format of a timestamp.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum TimestampFormat {
    EpochSeconds,
    DateTime,
    HttpDate,
}

/// A string with named values.
#[derive(Clone, Debug)]
pub(crate) struct Enum {
    pub(crate) name: Name,
    pub(crate) module: Name,
    pub(crate) docs: Docs,
    pub(crate) variants: Vec<EnumVariant>,
    pub(crate) sensitive: bool,
}

/// One named value.
#[derive(Clone, Debug)]
pub(crate) struct EnumVariant {
    pub(crate) name: Name,
    pub(crate) value: String,
    pub(crate) docs: Docs,
}

/// An integer with named values: constants beside a plain `i32`.
#[derive(Clone, Debug)]
pub(crate) struct IntEnum {
    pub(crate) name: Name,
    pub(crate) module: Name,
    pub(crate) docs: Docs,
    pub(crate) constants: Vec<(Name, i64, Docs)>,
}

/// A tagged union.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    pub(crate) name: Name,
    pub(crate) module: Name,
    pub(crate) docs: Docs,
    pub(crate) variants: Vec<UnionVariant>,
    pub(crate) decode: Codec,
    pub(crate) encode: Codec,
}

/// One member of a union.
#[derive(Clone, Debug)]
pub(crate) struct UnionVariant {
    pub(crate) name: Name,
    /// The part of the method names `is_...` and `as_...` after the prefix.
    pub(crate) suffix: Name,
    pub(crate) wire: String,
    pub(crate) docs: Docs,
    /// `None` for a member that is only a tag (`smithy.api#Unit`).
    pub(crate) ty: Option<Type>,
    pub(crate) constraints: Constraints,
    pub(crate) boxed: bool,
    pub(crate) sensitive: bool,
}
