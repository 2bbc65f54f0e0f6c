//! The content of a model file, in Smithy's terms.
//!
//! Nothing here knows Rust. Both readers produce these types, the overlay and the checks work on them, and `lower` is the only module that
//! turns them into a plan for Rust. Every map is sorted, so the order of a file's keys never reaches the output.

pub(crate) mod pattern;

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// An absolute shape id: `namespace#Name`.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct ShapeId(String);

impl ShapeId {
    /// Makes an id of the text `namespace#Name`, which is not checked.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The part before `#`, empty when there is none.
    pub fn namespace(&self) -> &str {
        self.0.split_once('#').map_or("", |(namespace, _)| namespace)
    }

    /// The part after `#`, or the whole id when there is none.
    pub fn name(&self) -> &str {
        self.0.split_once('#').map_or(self.0.as_str(), |(_, name)| name)
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A JSON pointer (RFC 6901) to the place in the file where a value was read.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer to `key` inside what this one points to, with `~` and `/` escaped.
    #[must_use]
    pub fn join(&self, key: &str) -> Self {
        Self(format!("{}/{}", self.0, key.replace('~', "~0").replace('/', "~1")))
    }

    /// The pointer to item `index` of the array this one points to.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The pointer's text: empty for the whole document.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A model: every shape by its id, including Smithy's prelude (`smithy.api#String` and the like).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// All shapes of the file and of the prelude.
    pub shapes: BTreeMap<ShapeId, Shape>,
}

impl Model {
    /// The shape with this id, if the model defines it.
    pub fn shape(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id)
    }

    /// Removes all documentation and all examples.
    pub(crate) fn remove_documentation(&mut self) {
        const WORDS: [&str; 3] = ["smithy.api#documentation", "smithy.api#examples", "smithy.api#externalDocumentation"];
        let strip = |traits: &mut Traits| traits.0.retain(|id, _| !WORDS.contains(&id.as_str()));
        for shape in self.shapes.values_mut() {
            strip(&mut shape.traits);
            shape.members_mut().for_each(|member| strip(&mut member.traits));
        }
    }

    /// All services, usually one.
    pub fn services(&self) -> impl Iterator<Item = (&ShapeId, &Shape, &Service)> {
        self.shapes.iter().filter_map(|(id, shape)| match &shape.kind {
            Kind::Service(service) => Some((id, shape, service)),
            _ => None,
        })
    }
}

/// One shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The type of the shape with its members or references.
    pub kind: Kind,
    /// The traits applied to the shape.
    pub traits: Traits,
    /// The place in the file; empty for a shape of the prelude.
    pub pointer: Pointer,
}

impl Shape {
    /// The shape's members by name, including a list's `member` and a map's `key` and `value`.
    pub fn members(&self) -> impl Iterator<Item = (&str, &Member)> {
        let (named, parts) = match &self.kind {
            Kind::Structure(members) | Kind::Union(members) | Kind::Enum(members) | Kind::IntEnum(members) => (Some(members), [None, None]),
            Kind::List(member) => (None, [Some(("member", member)), None]),
            Kind::Map { key, value } => (None, [Some(("key", key)), Some(("value", value))]),
            Kind::Service(_) | Kind::Resource(_) | Kind::Operation(_) | Kind::Simple(_) => (None, [None, None]),
        };
        named.into_iter().flatten().map(|(name, member)| (name.as_str(), member)).chain(parts.into_iter().flatten())
    }

    fn members_mut(&mut self) -> impl Iterator<Item = &mut Member> {
        let (named, parts) = match &mut self.kind {
            Kind::Structure(members) | Kind::Union(members) | Kind::Enum(members) | Kind::IntEnum(members) => (Some(members), [None, None]),
            Kind::List(member) => (None, [Some(member), None]),
            Kind::Map { key, value } => (None, [Some(key), Some(value)]),
            Kind::Service(_) | Kind::Resource(_) | Kind::Operation(_) | Kind::Simple(_) => (None, [None, None]),
        };
        named.into_iter().flat_map(|members| members.values_mut()).chain(parts.into_iter().flatten())
    }

    /// The member with this name; names are those that `members` returns.
    pub fn member_mut(&mut self, name: &str) -> Option<&mut Member> {
        match &mut self.kind {
            Kind::Structure(members) | Kind::Union(members) | Kind::Enum(members) | Kind::IntEnum(members) => members.get_mut(name),
            Kind::List(member) => (name == "member").then_some(member),
            Kind::Map { key, value } => match name {
                "key" => Some(key),
                "value" => Some(value),
                _ => None,
            },
            Kind::Service(_) | Kind::Resource(_) | Kind::Operation(_) | Kind::Simple(_) => None,
        }
    }
}

/// The type of a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A service.
    Service(Service),
    /// A resource: a group of operations.
    Resource(Resource),
    /// An operation.
    Operation(Operation),
    /// A structure, an input, an output or (with the trait `error`) an error.
    Structure(Members),
    /// A tagged union: exactly one of its members is set.
    Union(Members),
    /// A string with named values; a member's value is its trait `enumValue`, which the readers add where it only repeats the name.
    Enum(Members),
    /// An integer with named values; a member's value is its trait `enumValue`.
    IntEnum(Members),
    /// A list.
    List(Member),
    /// A map from strings.
    Map {
        /// The key, whose target is a string or an enum.
        key: Member,
        /// The value.
        value: Member,
    },
    /// A shape without members.
    Simple(Simple),
}

impl Kind {
    /// Smithy's name of the type, such as `structure` or `bigInteger`.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Service(_) => "service",
            Kind::Resource(_) => "resource",
            Kind::Operation(_) => "operation",
            Kind::Structure(_) => "structure",
            Kind::Union(_) => "union",
            Kind::Enum(_) => "enum",
            Kind::IntEnum(_) => "intEnum",
            Kind::List(_) => "list",
            Kind::Map { .. } => "map",
            Kind::Simple(simple) => simple.name(),
        }
    }
}

/// The shapes without members.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Simple {
    /// Bytes.
    Blob,
    /// True or false.
    Boolean,
    /// UTF-8 text.
    String,
    /// 8-bit signed integer.
    Byte,
    /// 16-bit signed integer.
    Short,
    /// 32-bit signed integer.
    Integer,
    /// 64-bit signed integer.
    Long,
    /// 32-bit floating point.
    Float,
    /// 64-bit floating point.
    Double,
    /// Integer of any size.
    BigInteger,
    /// Decimal of any size.
    BigDecimal,
    /// An instant.
    Timestamp,
    /// Any JSON-like value.
    Document,
}

impl Simple {
    /// Smithy's name of the type, such as `bigInteger`.
    pub fn name(self) -> &'static str {
        match self {
            Simple::Blob => "blob",
            Simple::Boolean => "boolean",
            Simple::String => "string",
            Simple::Byte => "byte",
            Simple::Short => "short",
            Simple::Integer => "integer",
            Simple::Long => "long",
            Simple::Float => "float",
            Simple::Double => "double",
            Simple::BigInteger => "bigInteger",
            Simple::BigDecimal => "bigDecimal",
            Simple::Timestamp => "timestamp",
            Simple::Document => "document",
        }
    }
}

/// The members of an aggregate shape by name.
pub type Members = BTreeMap<String, Member>;

/// One member.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The shape it targets.
    pub target: ShapeId,
    /// The traits applied to the member itself.
    pub traits: Traits,
    /// The member's place in the file.
    pub pointer: Pointer,
}

/// A reference to a shape from elsewhere than a member.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The shape that is named.
    pub target: ShapeId,
    /// The place of the reference.
    pub pointer: Pointer,
}

/// A service's own fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Service {
    /// The API's version, which AWS writes as a date.
    pub version: String,
    /// Operations bound to the service itself.
    pub operations: Vec<Reference>,
    /// Resources, whose operations belong to the service too.
    pub resources: Vec<Reference>,
    /// Errors that every operation may return.
    pub errors: Vec<Reference>,
    /// Shapes that have another name in this service.
    pub rename: BTreeMap<ShapeId, String>,
}

/// A resource's own fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// All operations of the resource: lifecycle, instance and collection.
    pub operations: Vec<Reference>,
    /// Resources inside this one.
    pub resources: Vec<Reference>,
}

/// An operation's own fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operation {
    /// The input structure; `None` or `smithy.api#Unit` for an operation without input.
    pub input: Option<Reference>,
    /// The output structure; `None` or `smithy.api#Unit` for an operation without output.
    pub output: Option<Reference>,
    /// The errors of this operation, in the file's order.
    pub errors: Vec<Reference>,
}

impl Model {
    /// The value of a trait as it applies to a member: the member's own, or else its target's.
    pub fn effective<'m>(&'m self, member: &'m Member, id: &str) -> Option<&'m Value> {
        member.traits.get(id).or_else(|| self.shape(&member.target)?.traits.get(id))
    }
}

/// The traits on a shape or a member, by absolute trait id such as `smithy.api#required`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits(pub BTreeMap<String, Value>);

impl Traits {
    /// True if the trait is present, whatever its value.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The trait's value.
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.0.get(id)
    }

    /// The trait's value if it is a string.
    pub fn text(&self, id: &str) -> Option<&str> {
        self.get(id).and_then(Value::as_str)
    }

    /// The documentation, empty when there is none.
    pub fn documentation(&self) -> &str {
        self.text("smithy.api#documentation").unwrap_or_default()
    }
}
