//! The plan: a description of the Rust code to write.
//!
//! `lower` makes every decision (name, `Option`, `Box`, redaction, documentation) and records it in these types; the emitters only spell it out.

pub(crate) mod checksum;
pub(crate) mod endpoint;
pub(crate) mod glacier;
pub(crate) mod http;
mod pages;
pub(crate) mod path;
pub(crate) mod waiter;

pub(crate) use pages::{Items, PageSize, Pages, Step, Token};

use crate::names::Name;
use std::collections::BTreeSet;

/// A whole crate.
#[derive(Clone, Debug)]
pub(crate) struct Crate {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The path of the runtime relative to the crate, as the manifest writes it; none for the registry's.
    pub(crate) runtime: Option<String>,
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
    /// Returns the wire names of all sensitive members, except an error's own message, which is redacted in the error itself.
    pub(crate) fn sensitive_members(&self) -> BTreeSet<&str> {
        let inline = self.operations.iter().flat_map(|operation| [&operation.input, &operation.output]);
        let fields = self.structures.iter().chain(inline).flat_map(|structure| &structure.fields);
        let of_errors = self.errors.iter().flat_map(|error| &error.structure.fields).filter(|field| field.name.plain() != "message");
        let fields = fields.chain(of_errors).filter(|field| field.sensitive).map(|field| &*field.wire);
        let variants = self.unions.iter().flat_map(|union| &union.variants);
        fields.chain(variants.filter(|variant| variant.sensitive).map(|variant| &*variant.wire)).collect()
    }

    /// The features of the runtime that the operations need.
    pub(crate) fn runtime_features(&self) -> Vec<&'static str> {
        let needs = |feature, needed: fn(&Operation) -> bool| self.operations.iter().any(needed).then_some(feature);
        let features = [
            needs("checksums", |operation| operation.checksums.are_named()),
            needs("glacier", |operation| operation.glacier.is_some()),
            needs("gzip", |operation| operation.gzip),
            needs("md5", |operation| operation.checksums.request == Some(checksum::OfRequest::Md5)),
        ];
        features.into_iter().flatten().collect()
    }

    /// True if an input or an output has a stream.
    pub(crate) fn streams(&self) -> bool {
        self.operations.iter().any(|operation| operation.input.streams() || operation.output.streams())
    }

    /// Returns all waiters, each with its operation, in the order of their modules.
    pub(crate) fn waiters(&self) -> Vec<(&Operation, &waiter::Waiter)> {
        let mut waiters: Vec<(&Operation, &waiter::Waiter)> = Vec::new();
        for operation in &self.operations {
            waiters.extend(operation.waiters.iter().map(|waiter| (operation, waiter)));
        }
        waiters.sort_by(|(_, a), (_, b)| a.module.cmp(&b.module));
        waiters
    }
}

/// Facts that all operations share.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    pub(crate) title: String,
    pub(crate) docs: Docs,
    /// The SDK id: `CodeBuild`.
    pub(crate) id: String,
    pub(crate) api_version: String,
    pub(crate) endpoint_prefix: String,
    pub(crate) signing_name: String,
    pub(crate) protocol: Protocol,
    /// True if the service once had the query protocol, whose error codes it still sends.
    pub(crate) query_compatible: bool,
}

/// The protocol that the crate speaks. The files of `emit/wire/` are written for it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Protocol {
    /// AWS JSON 1.0 or 1.1, which differ in the media type of a request's body.
    AwsJson { content_type: &'static str },
    /// REST with JSON.
    RestJson,
    /// Smithy's RPC v2 with CBOR.
    RpcV2Cbor,
}

impl Protocol {
    /// The name of the format of bodies.
    pub(crate) fn format(self) -> &'static str {
        match self {
            Self::AwsJson { .. } | Self::RestJson => "JSON",
            Self::RpcV2Cbor => "CBOR",
        }
    }

    /// The media type of a request's body.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::AwsJson { content_type } => content_type,
            Self::RestJson => "application/json",
            Self::RpcV2Cbor => "application/cbor",
        }
    }
}

/// One operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The name of the operation's type, and the stem of the names derived from it: `StartBuild`.
    pub(crate) name: Name,
    pub(crate) module: Name,
    /// The name on the wire.
    pub(crate) wire: String,
    /// The operation's address in its protocol: the value of the header `x-amz-target`, the path, or the method and the URI.
    pub(crate) target: String,
    pub(crate) http: http::Http,
    /// The beginning of the operation's host name, before the service's; empty without one.
    pub(crate) host_prefix: Vec<http::Segment>,
    pub(crate) docs: Docs,
    /// Example requests and responses, in Markdown.
    pub(crate) examples: String,
    pub(crate) unsigned: bool,
    pub(crate) checksums: checksum::Checksums,
    /// True if long requests are compressed.
    pub(crate) gzip: bool,
    /// The parts of a request that the model leaves out, if the service is S3 Glacier.
    pub(crate) glacier: Option<glacier::Glacier>,
    /// True if the model has an input, even one without members.
    pub(crate) has_input: bool,
    pub(crate) input: Structure,
    pub(crate) output: Structure,
    /// The member that takes an idempotency token.
    pub(crate) token: Option<Name>,
    pub(crate) repeat: Repeat,
    pub(crate) errors: Vec<ErrorCase>,
    /// The pagination, if the results come page by page.
    pub(crate) pages: Option<Pages>,
    pub(crate) waiters: Vec<waiter::Waiter>,
}

/// Tells if a request may be sent again after one that may have arrived.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Repeat {
    Always,
    /// Only with an idempotency token, which is valid for this number of seconds, or forever if `None`.
    WithToken(Option<u64>),
    Never,
}

/// One of the errors that an operation names.
#[derive(Clone, Debug)]
pub(crate) struct ErrorCase {
    /// The type in `types::error` and the variant's name.
    pub(crate) name: Name,
    /// The part of the method name `is_...` after `is_`.
    pub(crate) suffix: Name,
    /// The code on the wire.
    pub(crate) code: String,
    /// The status by which a reply without a code is recognized, if no other of the operation's errors has it.
    pub(crate) status: Option<u16>,
    pub(crate) docs: Docs,
}

/// Documentation in Markdown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Docs {
    /// The whole text.
    pub(crate) full: String,
    /// The first sentence, for builders.
    pub(crate) summary: String,
}

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
    pub(crate) bound: Option<http::Bound>,
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
