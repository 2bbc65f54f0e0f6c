//! The dictionary from botocore's keys of shapes, members and operations to traits.

use super::{Reader, WireNames};
use crate::json::{Json, Object};
use crate::model::Traits;
use serde_json::{Map, Value, json};

/// Keys with the value `true` that become a trait without a value.
const FLAGS: [(&str, &str); 17] = [
    ("box", "smithy.api#box"),
    ("eventheader", "smithy.api#eventHeader"),
    ("eventpayload", "smithy.api#eventPayload"),
    ("flattened", "smithy.api#xmlFlattened"),
    ("hostLabel", "smithy.api#hostLabel"),
    ("httpChecksumRequired", "smithy.api#httpChecksumRequired"),
    ("idempotencyToken", "smithy.api#idempotencyToken"),
    ("idempotent", "smithy.api#idempotent"),
    ("internal", "smithy.api#internal"),
    ("internalonly", "smithy.api#internal"),
    ("readonly", "smithy.api#readonly"),
    ("requiresLength", "smithy.api#requiresLength"),
    ("sensitive", "smithy.api#sensitive"),
    ("sparse", "smithy.api#sparse"),
    ("streaming", "smithy.api#streaming"),
    ("unsignedPayload", "aws.auth#unsignedPayload"),
    ("xmlAttribute", "smithy.api#xmlAttribute"),
];

/// Keys whose value becomes the trait's value.
const VALUES: [(&str, &str); 10] = [
    ("auth", "smithy.api#auth"),
    ("contextParam", "smithy.rules#contextParam"),
    ("documentation", "smithy.api#documentation"),
    ("endpoint", "smithy.api#endpoint"),
    ("httpChecksum", "aws.protocols#httpChecksum"),
    ("operationContextParams", "smithy.rules#operationContextParams"),
    ("pattern", "smithy.api#pattern"),
    ("queryName", "aws.protocols#ec2QueryName"),
    ("requestcompression", "smithy.api#requestCompression"),
    ("staticContextParams", "smithy.rules#staticContextParams"),
];

impl Reader<'_> {
    /// All traits of an object: those of the dictionary, and every key that has not been read under its own name. It must be called last.
    pub(super) fn traits(&mut self, object: &mut Object<'_>) -> Traits {
        let mut traits = Traits::default();
        let mut put = |id: &str, value: Value| drop(traits.0.insert(id.to_owned(), value));
        for (key, id) in FLAGS {
            if object.flag(key, self.findings) {
                put(id, json!({}));
            }
        }
        for (key, id) in VALUES {
            // An empty text documents nothing.
            if let Some((value, _)) = object.get(key).filter(|(value, _)| value.as_str() != Some("")) {
                put(id, value.value());
            }
        }
        if object.flag("jsonvalue", self.findings) {
            put("smithy.api#mediaType", json!("application/json"));
        }
        if let Some(format) = object.text("timestampFormat", self.findings) {
            put("smithy.api#timestampFormat", Value::from(timestamp_format(format)));
        }
        if let Some(value) = self.deprecation(object) {
            put("smithy.api#deprecated", value);
        }
        if let Some((value, _)) = object.get("retryable") {
            let throttling = value.get("throttling").and_then(Json::as_bool) == Some(true);
            put("smithy.api#retryable", if throttling { json!({ "throttling": true }) } else { json!({}) });
        }
        if let Some((url, _)) = object.get("documentationUrl") {
            put("smithy.api#externalDocumentation", json!({ "Documentation": url.value() }));
        }
        if let Some((discovery, _)) = object.get("endpointdiscovery") {
            let required = discovery.get("required").and_then(Json::as_bool) == Some(true);
            put("aws.api#clientDiscoveredEndpoint", json!({ "required": required }));
        }
        if let Some((namespace, _)) = object.get("xmlNamespace") {
            put("smithy.api#xmlNamespace", namespace.as_str().map_or_else(|| namespace.value(), |uri| json!({ "uri": uri })));
        }
        if object.get("authtype").is_some_and(|(value, _)| value.as_str() == Some("none")) {
            put("smithy.api#optionalAuth", json!({}));
        }
        for (key, value, _) in object.unread() {
            put(&format!("botocore#{key}"), value.value());
        }
        traits
    }

    fn deprecation(&mut self, object: &mut Object<'_>) -> Option<Value> {
        if !object.flag("deprecated", self.findings) {
            return None;
        }
        let mut deprecated = Map::new();
        for (key, name) in [("deprecatedMessage", "message"), ("deprecatedSince", "since")] {
            if let Some(text) = object.text(key, self.findings) {
                deprecated.insert(name.to_owned(), Value::from(text));
            }
        }
        Some(Value::Object(deprecated))
    }

    /// The trait for a member's `location` and `locationName`; `None` where the wire name is the member's own.
    pub(super) fn binding(&mut self, object: &mut Object<'_>, member: &str) -> Option<(&'static str, Value)> {
        let location = object.text("location", self.findings);
        let name = object.text("locationName", self.findings);
        let named = Value::from(name.unwrap_or(member));
        match location {
            Some("uri") => Some(("smithy.api#httpLabel", json!({}))),
            Some("querystring") => Some(("smithy.api#httpQuery", named)),
            Some("header") => Some(("smithy.api#httpHeader", named)),
            Some("headers") => Some(("smithy.api#httpPrefixHeaders", Value::from(name.unwrap_or_default()))),
            Some("statusCode") => Some(("smithy.api#httpResponseCode", json!({}))),
            Some(other) => Some(("botocore#location", Value::from(other))),
            None if name.is_none_or(|name| name == member) => None,
            None => match self.wire_names {
                WireNames::Member => None,
                WireNames::Json => Some(("smithy.api#jsonName", named)),
                WireNames::Xml => Some(("smithy.api#xmlName", named)),
            },
        }
    }
}

fn timestamp_format(format: &str) -> &str {
    match format {
        "iso8601" => "date-time",
        "rfc822" => "http-date",
        "unixTimestamp" => "epoch-seconds",
        other => other,
    }
}
