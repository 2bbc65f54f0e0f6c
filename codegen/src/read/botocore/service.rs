//! The service, from botocore's metadata.

use super::{Reader, WireNames};
use crate::diagnostic::{Findings, quoted};
use crate::json::Object;
use crate::model::{Kind, Reference, Service, Shape, Traits};
use crate::read::ids::{self, is_identifier};
use serde_json::{Value, json};

/// Botocore's and Smithy's names of the protocols; `json` has two versions.
const PROTOCOLS: [(&str, &str); 5] = [
    ("ec2", "aws.protocols#ec2Query"),
    ("query", "aws.protocols#awsQuery"),
    ("rest-json", "aws.protocols#restJson1"),
    ("rest-xml", "aws.protocols#restXml"),
    ("smithy-rpc-v2-cbor", "smithy.protocols#rpcv2Cbor"),
];

/// Facts that are needed before the shapes can be read.
pub(super) struct Facts {
    pub(super) namespace: String,
    pub(super) service_name: String,
    pub(super) wire_names: WireNames,
    service_id: String,
    target_prefix: Option<String>,
    protocols: Traits,
}

impl Facts {
    pub(super) fn read(metadata: &mut Object<'_>, findings: &mut Findings) -> Self {
        let service_id = metadata.required_text("serviceId", findings).unwrap_or_default().to_owned();
        let squeezed: String = service_id.chars().filter(char::is_ascii_alphanumeric).collect();
        let target_prefix = metadata.text("targetPrefix", findings).map(str::to_owned);
        let named_by = target_prefix.as_deref().unwrap_or(&squeezed);
        let service_name = if is_identifier(named_by) { named_by.to_owned() } else { identifier_characters(named_by) };
        let namespace = squeezed.to_lowercase();
        if !service_id.is_empty() && (!is_identifier(&service_name) || !is_identifier(&namespace)) {
            let message = format!("the service cannot be named: the service id is {}", quoted(&service_id));
            findings.error_with_hint(&metadata.at, message, ids::RULE);
        }
        let protocols = protocols(metadata, findings);
        let wire_names = wire_names(&protocols);
        Self { namespace: format!("com.amazonaws.{namespace}"), service_name, wire_names, service_id, target_prefix, protocols }
    }
}

fn identifier_characters(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// The traits of the protocols that `protocol` and `protocols` name.
fn protocols(metadata: &mut Object<'_>, findings: &mut Findings) -> Traits {
    let mut named = metadata.texts("protocols", findings);
    named.extend(metadata.text("protocol", findings).map(|protocol| (protocol, metadata.at.join("protocol"))));
    let version = metadata.text("jsonVersion", findings);
    let mut traits = Traits::default();
    for (protocol, at) in named {
        let known = PROTOCOLS.iter().find(|(name, _)| *name == protocol).map(|(_, id)| *id);
        let id = match (protocol, version) {
            ("json", Some("1.0")) => Some("aws.protocols#awsJson1_0"),
            ("json", Some("1.1")) => Some("aws.protocols#awsJson1_1"),
            ("json", _) => {
                findings.error_with_hint(&at, "the protocol `json` has no version", "`jsonVersion` is \"1.0\" or \"1.1\"");
                None
            }
            _ => known,
        };
        match id {
            Some(id) => drop(traits.0.insert(id.to_owned(), json!({}))),
            None if protocol == "json" => {}
            // An unknown protocol is refused by name when operations are selected.
            None => drop(traits.0.insert("botocore#protocol".to_owned(), Value::from(protocol))),
        }
    }
    traits
}

fn wire_names(protocols: &Traits) -> WireNames {
    let speaks = |ids: &[&str]| ids.iter().any(|id| protocols.has(id));
    if speaks(&["aws.protocols#awsJson1_0", "aws.protocols#awsJson1_1", "smithy.protocols#rpcv2Cbor"]) {
        WireNames::Member
    } else if speaks(&["aws.protocols#restJson1"]) {
        WireNames::Json
    } else {
        WireNames::Xml
    }
}

impl Reader<'_> {
    /// Adds the service, from the metadata and from the top of the file.
    pub(super) fn service(&mut self, facts: &Facts, metadata: &mut Object<'_>, root: &mut Object<'_>, operations: Vec<Reference>) {
        let mut own = facts.protocols.clone();
        let mut put = |id: &str, value: Value| drop(own.0.insert(id.to_owned(), value));
        let prefix = metadata.text("endpointPrefix", self.findings).unwrap_or_default();
        let signing_name = metadata.text("signingName", self.findings).unwrap_or(prefix);
        put("aws.api#service", json!({ "sdkId": facts.service_id, "endpointPrefix": prefix, "arnNamespace": signing_name }));
        for (id, value) in self.authentication(metadata, signing_name).0 {
            put(&id, value);
        }
        if let Some(title) = metadata.text("serviceFullName", self.findings) {
            put("smithy.api#title", Value::from(title));
        }
        if let Some(prefix) = facts.target_prefix.as_ref().filter(|prefix| **prefix != facts.service_name) {
            put("smithlet.api#targetPrefix", Value::from(prefix.as_str()));
        }
        if metadata.get("awsQueryCompatible").is_some() {
            put("aws.protocols#awsQueryCompatible", json!({}));
        }
        if let Some((parameters, _)) = root.get("clientContextParams") {
            put("smithy.rules#clientContextParams", parameters.value());
        }
        let version = metadata.text("apiVersion", self.findings).unwrap_or_default().to_owned();
        let mut traits = self.traits(metadata);
        traits.0.extend(self.traits(root).0);
        traits.0.extend(own.0);
        let kind = Kind::Service(Service { version, operations, ..Service::default() });
        self.insert(&facts.service_name, Shape { kind, traits, pointer: metadata.at.clone() });
    }

    /// The traits of the authentication schemes, and their order where the file states one.
    fn authentication(&mut self, metadata: &mut Object<'_>, signing_name: &str) -> Traits {
        let mut traits = Traits::default();
        let mut put = |id: &str, value: Value| drop(traits.0.insert(id.to_owned(), value));
        match metadata.text("signatureVersion", self.findings) {
            Some("v4" | "s3v4") => put("aws.auth#sigv4", json!({ "name": signing_name })),
            Some("bearer") => put("smithy.api#httpBearerAuth", json!({})),
            Some(other) => put("botocore#signatureVersion", Value::from(other)),
            None => {}
        }
        let schemes = metadata.texts("auth", self.findings);
        for (scheme, _) in &schemes {
            match *scheme {
                "aws.auth#sigv4" | "aws.auth#sigv4a" => put(scheme, json!({ "name": signing_name })),
                "smithy.api#httpBearerAuth" => put(scheme, json!({})),
                _ => {}
            }
        }
        if !schemes.is_empty() {
            put("smithy.api#auth", schemes.iter().map(|(scheme, _)| Value::from(*scheme)).collect());
        }
        traits
    }
}
