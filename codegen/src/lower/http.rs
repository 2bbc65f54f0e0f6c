//! HTTP bindings: the places of members in requests and replies, and the forms of their values there.

use super::Lowering;
use crate::model::pattern::{self, Pattern, Piece};
use crate::model::{Kind, Member, Operation, Shape, Simple};
use crate::rust::http::{Body, Bound, Http, Place, Segment};
use crate::rust::{Codec, Field, FieldSource, Role, Structure, TimestampFormat};
use crate::select::Protocol;
use serde_json::Value;

impl Lowering<'_> {
    /// True if the protocol has HTTP bindings.
    pub(super) fn has_bindings(&self) -> bool {
        self.selection.protocol == Protocol::RestJson1
    }

    /// The name of a member in a body or for serde: `jsonName` counts in protocols with bindings only.
    pub(super) fn wire_name(&self, name: &str, member: &Member, bound: Option<&Bound>) -> String {
        let named = if self.has_bindings() && bound.is_none() { member.traits.text("smithy.api#jsonName") } else { None };
        named.unwrap_or(name).to_owned()
    }

    /// The binding of a member of a structure with that role; `None` for a member of the body.
    pub(super) fn bound(&self, member: &Member, role: Role) -> Option<Bound> {
        if !self.has_bindings() || role == Role::Type {
            return None;
        }
        let place = self.place_of(member, role)?;
        let otherwise = if matches!(place, Place::Header(_)) { TimestampFormat::HttpDate } else { TimestampFormat::DateTime };
        Some(Bound { timestamps: self.timestamps(member, otherwise), base64: self.is_base64(member, &place), place })
    }

    fn place_of(&self, member: &Member, role: Role) -> Option<Place> {
        let traits = &member.traits;
        let lower = |id: &str| traits.text(id).map(str::to_ascii_lowercase);
        if let Some(name) = lower("smithy.api#httpHeader") {
            return Some(Place::Header(name));
        }
        if let Some(prefix) = lower("smithy.api#httpPrefixHeaders") {
            return Some(Place::HeaderMap(prefix));
        }
        if role == Role::Input {
            if traits.has("smithy.api#httpLabel") {
                return Some(Place::Label);
            }
            if let Some(name) = traits.text("smithy.api#httpQuery") {
                return Some(Place::Query(name.to_owned()));
            }
            if traits.has("smithy.api#httpQueryParams") {
                return Some(Place::QueryMap);
            }
        } else if traits.has("smithy.api#httpResponseCode") {
            return Some(Place::Status);
        }
        // The body of an error has its message, so that an error is always read by its members.
        (role != Role::Error && traits.has("smithy.api#httpPayload")).then(|| Place::Payload(self.media_type(member)))
    }

    /// The media type of a payload.
    fn media_type(&self, member: &Member) -> String {
        let otherwise = match self.model.shape(&member.target).map(|shape| &shape.kind) {
            Some(Kind::Simple(Simple::Blob)) => "application/octet-stream",
            Some(Kind::Simple(Simple::String) | Kind::Enum(_)) => "text/plain",
            _ => return "application/json".to_owned(),
        };
        self.model.effective(member, "smithy.api#mediaType").and_then(Value::as_str).unwrap_or(otherwise).to_owned()
    }

    /// The text form of a timestamp, or of the timestamps in a list.
    fn timestamps(&self, member: &Member, otherwise: TimestampFormat) -> TimestampFormat {
        let format = |member: &Member| match self.model.effective(member, "smithy.api#timestampFormat").and_then(Value::as_str) {
            Some("date-time") => Some(TimestampFormat::DateTime),
            Some("http-date") => Some(TimestampFormat::HttpDate),
            Some(_) => Some(TimestampFormat::EpochSeconds),
            None => None,
        };
        let item = match self.model.shape(&member.target).map(|shape| &shape.kind) {
            Some(Kind::List(item)) => item,
            _ => member,
        };
        format(item).unwrap_or(otherwise)
    }

    /// True for a text in a header that has a media type, which may have any characters.
    fn is_base64(&self, member: &Member, place: &Place) -> bool {
        let kind = self.model.shape(&member.target).map(|shape| &shape.kind);
        matches!(place, Place::Header(_))
            && matches!(kind, Some(Kind::Simple(Simple::String)))
            && self.model.effective(member, "smithy.api#mediaType").is_some()
    }

    /// The bindings of an operation, which `check` has found valid. Only serde needs the functions of an input or an output that is not the whole
    /// body.
    pub(super) fn http(&self, shape: &Shape, operation: &Operation, input: &mut Structure, output: &mut Structure) -> Http {
        let Some(http) = shape.traits.get("smithy.api#http").filter(|_| self.has_bindings()) else { return Http::default() };
        let text = |key: &str| http.get(key).and_then(Value::as_str).unwrap_or_default();
        let Pattern { path, query } = Pattern::parse(text("uri")).unwrap_or_default();
        let path = segments(path, &input.fields);
        let (request, reply) = (body(&input.fields), body(&output.fields));
        let is_bound = |structure: &Structure| structure.fields.iter().any(|field| field.bound.is_some());
        input.encode = Codec::of(request == Body::Members && !is_bound(input));
        output.decode = Codec::of(!is_bound(output));
        for structure in [input, output] {
            if structure.streams() {
                (structure.encode, structure.decode) = (Codec::Nothing, Codec::Nothing);
                structure.docs.full.push_str(NO_SERDE);
            }
        }
        Http {
            method: text("method").to_owned(),
            path,
            query,
            request,
            reply,
            requires_length: self.requires_length(operation),
            unsigned_payload: shape.traits.has("aws.auth#unsignedPayload"),
        }
    }

    /// True if the length of an input's stream must be known before it is sent.
    fn requires_length(&self, operation: &Operation) -> bool {
        let input = operation.input.as_ref().and_then(|input| self.model.shape(&input.target));
        let mut payloads = input.into_iter().flat_map(Shape::members).filter(|(_, member)| member.traits.has("smithy.api#httpPayload"));
        payloads.any(|(_, member)| self.model.effective(member, "smithy.api#requiresLength").is_some())
    }

    /// The beginning of an operation's host name; empty if the operation has the service's host.
    pub(super) fn host_prefix(operation: &Shape, input: &[Field]) -> Vec<Segment> {
        let prefix = operation.traits.get("smithy.api#endpoint").and_then(|endpoint| endpoint.get("hostPrefix")).and_then(Value::as_str);
        segments(prefix.and_then(|prefix| pattern::pieces(prefix).ok()).unwrap_or_default(), input)
    }

    /// True if the operation changes nothing, by its method (RFC 9110, section 9.2.1).
    pub(super) fn is_safe(&self, operation: &Shape) -> bool {
        let method = operation.traits.get("smithy.api#http").and_then(|http| http.get("method")).and_then(Value::as_str);
        self.has_bindings() && matches!(method, Some("GET" | "HEAD"))
    }
}

/// Addition to the documentation of an input or an output with a stream.
const NO_SERDE: &str = "\n\nIt can be neither copied nor compared, and has no traits of serde, because its stream can be read only once.";

/// The parts of a pattern with the fields of its labels.
fn segments(pieces: Vec<Piece>, input: &[Field]) -> Vec<Segment> {
    let segment = |piece| match piece {
        Piece::Literal(text) => Some(Segment::Literal(text)),
        Piece::Label { name, greedy } => {
            let field = input.iter().position(|field| field.wire == name)?;
            Some(Segment::Label { field, greedy })
        }
    };
    pieces.into_iter().filter_map(segment).collect()
}

fn body(fields: &[Field]) -> Body {
    let payload = |field: &Field| matches!(&field.bound, Some(Bound { place: Place::Payload(_), .. }));
    match fields.iter().position(payload) {
        Some(field) => Body::Payload(field),
        None if fields.iter().any(|field| field.bound.is_none() && field.source == FieldSource::Model) => Body::Members,
        None => Body::Nothing,
    }
}
