//! The plan: a description of the Rust code to write.
//!
//! `lower` makes every decision (name, `Option`, `Box`, redaction, documentation) and records it in these types; the emitters only spell it out.

pub(crate) mod checksum;
pub(crate) mod endpoint;
pub(crate) mod glacier;
pub(crate) mod http;
mod pages;
pub(crate) mod path;
mod shapes;
pub(crate) mod waiter;

pub(crate) use pages::{Items, PageSize, Pages, Step, Token};
pub(crate) use shapes::{
    Codec, Constraints, Enum, EnumVariant, Exception, Fallback, Field, FieldSource, IntEnum, Limits, Presence, Role, Structure,
    TimestampFormat, Type, Union, UnionVariant,
};

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
