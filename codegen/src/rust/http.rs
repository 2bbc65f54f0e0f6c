//! The plan's HTTP bindings: where the members of an input, an output or an error are in a request and a reply.

use super::TimestampFormat;

/// The HTTP bindings of an operation. It is empty in protocols without bindings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Http {
    pub(crate) method: String,
    pub(crate) path: Vec<Segment>,
    /// The parameters that are the same for each request, percent-encoded.
    pub(crate) query: String,
    /// The body of a request.
    pub(crate) request: Body,
    /// The body of a reply.
    pub(crate) reply: Body,
    /// True if the length of a stream must be known before a request is sent.
    pub(crate) requires_length: bool,
    /// True if the signature does not cover the body of a request that is a stream.
    pub(crate) unsigned_payload: bool,
}

/// A part of a path or of the beginning of a host name.
#[derive(Clone, Debug)]
pub(crate) enum Segment {
    Literal(String),
    /// The value of the input's field with this index.
    Label {
        field: usize,
        /// True if the value may have slashes.
        greedy: bool,
    },
}

/// The content of a body.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Body {
    #[default]
    Nothing,
    /// A document with the members that are not bound to another place.
    Members,
    /// One member, whose field has this index.
    Payload(usize),
}

/// The binding of a member that is not a member of the body.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub(crate) place: Place,
    /// The text form of timestamps.
    pub(crate) timestamps: TimestampFormat,
    /// True if a text is sent in base64.
    pub(crate) base64: bool,
}

/// The place of a bound member.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    /// A part of the path.
    Label,
    /// A parameter with this name.
    Query(String),
    /// Parameters with the names of a map's keys.
    QueryMap,
    /// A header with this name, in lower case.
    Header(String),
    /// Headers with this prefix, in lower case, before the keys of a map.
    HeaderMap(String),
    /// The whole body, with this media type.
    Payload(String),
    /// The status.
    Status,
}
