//! The plan: what Rust will be.
//!
//! `lower` makes every decision (name, `Option`, `Box`, redaction, documentation) and writes it down in these types; the emitters only spell it out.

pub(crate) mod endpoint;

use crate::names::Name;
use std::collections::BTreeSet;

/// A whole crate.
#[derive(Clone, Debug)]
pub(crate) struct Crate {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The text of the dependency on the runtime: a path relative to the crate.
    pub(crate) runtime: String,
    pub(crate) service: Service,
    pub(crate) endpoint_rules: Option<endpoint::Rules>,
    pub(crate) operations: Vec<Operation>,
    /// Structures in `types`.
    pub(crate) structures: Vec<Structure>,
    pub(crate) enums: Vec<Enum>,
    pub(crate) int_enums: Vec<IntEnum>,
    pub(crate) unions: Vec<Union>,
    /// Structures in `types::error`.
    pub(crate) errors: Vec<Exception>,
}

impl Crate {
    /// The names on the wire of all sensitive members. An error's own message is not among them: it is hidden where it is.
    pub(crate) fn sensitive_members(&self) -> BTreeSet<&str> {
        let inline = self.operations.iter().flat_map(|operation| [&operation.input, &operation.output]);
        let fields = self.structures.iter().chain(inline).flat_map(|structure| &structure.fields);
        let of_errors = self.errors.iter().flat_map(|error| &error.structure.fields).filter(|field| field.name.plain() != "message");
        let fields = fields.chain(of_errors).filter(|field| field.sensitive).map(|field| &*field.wire);
        let variants = self.unions.iter().flat_map(|union| &union.variants);
        fields.chain(variants.filter(|variant| variant.sensitive).map(|variant| &*variant.wire)).collect()
    }
}

/// What every operation shares.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    pub(crate) title: String,
    pub(crate) docs: Docs,
    /// The SDK id: `CodeBuild`.
    pub(crate) id: String,
    pub(crate) api_version: String,
    pub(crate) endpoint_prefix: String,
    pub(crate) signing_name: String,
    pub(crate) content_type: &'static str,
    /// Whether it had the query protocol once, whose codes its errors still have.
    pub(crate) query_compatible: bool,
}

/// One operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The type's name and, behind `types`, the stem of all others: `StartBuild`.
    pub(crate) name: Name,
    pub(crate) module: Name,
    /// The name on the wire.
    pub(crate) wire: String,
    /// The value of the header `x-amz-target`.
    pub(crate) target: String,
    pub(crate) docs: Docs,
    /// Requests and replies to learn from, in Markdown.
    pub(crate) examples: String,
    pub(crate) unsigned: bool,
    pub(crate) input: Structure,
    pub(crate) output: Structure,
    /// The member that takes an idempotency token.
    pub(crate) token: Option<Name>,
    pub(crate) repeat: Repeat,
    pub(crate) errors: Vec<ErrorCase>,
}

/// Whether a request may be sent again after one that may have arrived.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Repeat {
    Always,
    /// With an idempotency token, which is valid for so many seconds if not for ever.
    WithToken(Option<u64>),
    Never,
}

/// One of the errors that an operation names.
#[derive(Clone, Debug)]
pub(crate) struct ErrorCase {
    /// The type in `types::error` and the variant's name.
    pub(crate) name: Name,
    /// What follows `is_`.
    pub(crate) suffix: Name,
    /// The code on the wire.
    pub(crate) code: String,
    pub(crate) docs: Docs,
}

/// Documentation in Markdown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Docs {
    /// All of it.
    pub(crate) full: String,
    /// Its first sentence, for builders.
    pub(crate) summary: String,
}

/// An error of `types::error`.
#[derive(Clone, Debug)]
pub(crate) struct Exception {
    pub(crate) structure: Structure,
    /// What a reply calls it.
    pub(crate) code: String,
    /// Whether an operation fails with it; an error may also be a member alone.
    pub(crate) listed: bool,
}

impl Exception {
    /// Whether the error's message must not be printed.
    pub(crate) fn hides_message(&self) -> bool {
        self.structure.fields.iter().any(|field| field.is_message() && field.sensitive)
    }

    /// Whether the error has no member but its message.
    pub(crate) fn is_only_message(&self) -> bool {
        self.structure.fields.iter().all(Field::is_message)
    }
}

/// A structure, with its builder.
#[derive(Clone, Debug)]
pub(crate) struct Structure {
    pub(crate) name: Name,
    pub(crate) module: Name,
    pub(crate) docs: Docs,
    pub(crate) fields: Vec<Field>,
    pub(crate) role: Role,
    pub(crate) decode: Codec,
    pub(crate) encode: Codec,
    /// Whether anything is checked before it is sent.
    pub(crate) checked: bool,
}

impl Structure {
    /// Whether `build` can fail. An input's always may: AWS's builders say so, and callers handle it.
    pub(crate) fn fallible(&self) -> bool {
        self.role == Role::Input || self.required().next().is_some()
    }

    /// The fields that the builder insists on.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| matches!(field.presence, Presence::Required(_)))
    }

    /// Whether `Debug` hides a field.
    pub(crate) fn redacts(&self) -> bool {
        self.fields.iter().any(|field| field.sensitive)
    }

    /// The builder's name.
    pub(crate) fn builder(&self) -> Name {
        self.name.affix("", "Builder")
    }
}

/// What calls for a function that reads or writes a shape.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Codec {
    /// The shape travels that way on the wire.
    Wire,
    /// It does not; only users of serde go that way.
    Serde,
    /// Nothing does.
    Nothing,
}

impl Codec {
    /// What is on the wire, if it is there.
    pub(crate) fn of(on_the_wire: bool) -> Self {
        if on_the_wire { Self::Wire } else { Self::Serde }
    }
}

/// What a structure is for.
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
    /// What follows `set_` and `get_`.
    pub(crate) suffix: Name,
    /// The member's name on the wire.
    pub(crate) wire: String,
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
    pub(crate) presence: Presence,
    /// Whether the model requires it, whatever its form in Rust.
    pub(crate) required: bool,
    pub(crate) constraints: Constraints,
    /// Whether the value is boxed, because the structure contains itself through it.
    pub(crate) boxed: bool,
    pub(crate) sensitive: bool,
    /// Whether the model has it. AWS sends a message with every error, also where the model has none.
    pub(crate) in_model: bool,
}

impl Field {
    /// Whether this is the message of an error, if the structure is one.
    fn is_message(&self) -> bool {
        self.name.plain() == "message"
    }
}

/// What has to be true of a value before it is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Constraints {
    /// It has to be there, and the type does not see to it.
    pub(crate) required: bool,
    pub(crate) length: Option<Limits>,
    pub(crate) range: Option<Limits>,
    /// It is a structure or union with constraints of its own.
    pub(crate) inside: bool,
    /// How long a map's keys may be.
    pub(crate) keys: Option<Limits>,
    /// What has to be true of a list's items or a map's values.
    pub(crate) items: Option<Box<Constraints>>,
}

impl Constraints {
    /// Whether any value will do, and none.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether any value will do.
    pub(crate) fn allow_any_value(&self) -> bool {
        *self == Self { required: self.required, ..Self::default() }
    }
}

/// The least and the most that is allowed, as Rust writes them; at least one of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Limits {
    pub(crate) min: Option<String>,
    pub(crate) max: Option<String>,
}

impl Limits {
    /// The limits, if there are any.
    pub(crate) fn new(min: Option<String>, max: Option<String>) -> Option<Self> {
        (min.is_some() || max.is_some()).then_some(Self { min, max })
    }
}

/// Whether a field is always there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Presence {
    /// `Option`.
    Optional,
    /// The builder insists on it; a reply without it is read as if it held the fallback.
    Required(Fallback),
    /// The model gives a default.
    Default(Fallback),
}

/// What stands for an absent value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fallback {
    /// `Default::default()`: zero, false, empty.
    Zero,
    /// A boolean or a number as it is written in Rust.
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

/// The type of a value, `Option` and `Box` aside.
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
    /// Whether a value is passed by copy: a boolean or a number.
    pub(crate) fn is_copy(&self) -> bool {
        matches!(self, Self::Boolean | Self::Byte | Self::Short | Self::Integer | Self::Long | Self::Float | Self::Double)
    }
}

/// How an instant is written on the wire.
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
    /// What follows `is_` and `as_`.
    pub(crate) suffix: Name,
    pub(crate) wire: String,
    pub(crate) docs: Docs,
    /// None for a member that is only a tag (`smithy.api#Unit`).
    pub(crate) ty: Option<Type>,
    pub(crate) constraints: Constraints,
    pub(crate) boxed: bool,
    pub(crate) sensitive: bool,
}
