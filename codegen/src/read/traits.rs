//! Traits with a meaning here, and notes about the others.

use crate::diagnostic::Diagnostic;
use crate::model::{Model, Pointer, Traits};
use std::collections::BTreeMap;

/// Traits that the generator understands, or that do not concern a client of the AWS JSON protocols: documentation, constraints of the model
/// itself, HTTP bindings and XML names. The list is sorted.
const KNOWN: [&str; 112] = [
    "aws.api#arn",
    "aws.api#arnReference",
    "aws.api#clientDiscoveredEndpoint",
    "aws.api#clientEndpointDiscovery",
    "aws.api#clientEndpointDiscoveryId",
    "aws.api#controlPlane",
    "aws.api#data",
    "aws.api#dataPlane",
    "aws.api#service",
    "aws.api#tagEnabled",
    "aws.api#taggable",
    "aws.auth#cognitoUserPools",
    "aws.auth#sigv4",
    "aws.auth#sigv4a",
    "aws.auth#unsignedPayload",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQuery",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#awsQueryError",
    "aws.protocols#ec2Query",
    "aws.protocols#ec2QueryName",
    "aws.protocols#httpChecksum",
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
    "botocore#serviceAbbreviation",
    "botocore#uid",
    "smithlet.api#crate",
    "smithlet.api#name",
    "smithlet.api#pagination",
    "smithlet.api#reason",
    "smithlet.api#targetPrefix",
    "smithlet.api#tokenValidity",
    "smithlet.api#waitable",
    "smithy.api#addedDefault",
    "smithy.api#auth",
    "smithy.api#authDefinition",
    "smithy.api#box",
    "smithy.api#clientOptional",
    "smithy.api#cors",
    "smithy.api#default",
    "smithy.api#deprecated",
    "smithy.api#documentation",
    "smithy.api#endpoint",
    "smithy.api#enum",
    "smithy.api#enumValue",
    "smithy.api#error",
    "smithy.api#eventHeader",
    "smithy.api#eventPayload",
    "smithy.api#examples",
    "smithy.api#externalDocumentation",
    "smithy.api#hostLabel",
    "smithy.api#http",
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpChecksumRequired",
    "smithy.api#httpDigestAuth",
    "smithy.api#httpError",
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#idRef",
    "smithy.api#idempotencyToken",
    "smithy.api#idempotent",
    "smithy.api#input",
    "smithy.api#internal",
    "smithy.api#jsonName",
    "smithy.api#length",
    "smithy.api#mediaType",
    "smithy.api#mixin",
    "smithy.api#nestedProperties",
    "smithy.api#noReplace",
    "smithy.api#notProperty",
    "smithy.api#optionalAuth",
    "smithy.api#output",
    "smithy.api#paginated",
    "smithy.api#pattern",
    "smithy.api#private",
    "smithy.api#property",
    "smithy.api#protocolDefinition",
    "smithy.api#range",
    "smithy.api#readonly",
    "smithy.api#recommended",
    "smithy.api#references",
    "smithy.api#requestCompression",
    "smithy.api#required",
    "smithy.api#requiresLength",
    "smithy.api#resourceIdentifier",
    "smithy.api#retryable",
    "smithy.api#sensitive",
    "smithy.api#since",
    "smithy.api#sparse",
    "smithy.api#streaming",
    "smithy.api#suppress",
    "smithy.api#tags",
    "smithy.api#timestampFormat",
    "smithy.api#title",
    "smithy.api#trait",
    "smithy.api#traitValidators",
    "smithy.api#uniqueItems",
    "smithy.api#unstable",
    "smithy.api#xmlAttribute",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlName",
    "smithy.api#xmlNamespace",
    "smithy.protocols#rpcv2Cbor",
    "smithy.waiters#waitable",
];

/// Namespaces whose traits do not concern a client: policies, templates, endpoint rules, tests.
const KNOWN_NAMESPACES: [&str; 6] = ["aws.cloudformation", "aws.endpoints", "aws.iam", "smithy.openapi", "smithy.rules", "smithy.test"];

/// True if the trait has a meaning here, or is known not to concern a client.
pub(crate) fn is_known(id: &str) -> bool {
    KNOWN.binary_search(&id).is_ok() || id.split_once('#').is_some_and(|(namespace, _)| KNOWN_NAMESPACES.contains(&namespace))
}

/// The ids of the known traits in [`KNOWN`], for hints.
pub(crate) fn known() -> impl Iterator<Item = &'static str> {
    KNOWN.into_iter()
}

/// Counts by kind, each with the first place.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<String, (usize, Pointer)>);

impl Tally {
    /// Counts one more of `what`.
    pub(super) fn count(&mut self, what: &str, at: &Pointer) {
        match self.0.get_mut(what) {
            Some((times, first)) => {
                *times += 1;
                if at < first {
                    first.clone_from(at);
                }
            }
            None => {
                self.0.insert(what.to_owned(), (1, at.clone()));
            }
        }
    }

    /// Returns a note for each kind.
    pub(super) fn notes(&self, file: &str, describe: impl Fn(&str) -> String) -> Vec<Diagnostic> {
        let place = |times: usize| if times == 1 { "once".to_owned() } else { format!("{times} times, first here") };
        self.0
            .iter()
            .map(|(what, (times, first))| Diagnostic::note(file, first, format!("{} ({})", describe(what), place(*times))))
            .collect()
    }
}

/// Constraints that the service checks and the client does not. Patterns are written for other regular expressions than Rust's, are often meant
/// for the whole text without anchors, and are sometimes narrower than what the service accepts; and every client would need a regex engine.
const UNCHECKED: [&str; 2] = ["smithy.api#pattern", "smithy.api#uniqueItems"];

/// Adds a note for each trait of the model that has no meaning here.
pub(super) fn note_unknown(model: &Model, file: &str, notes: &mut Vec<Diagnostic>) {
    let (mut unknown, mut unchecked) = (Tally::default(), Tally::default());
    let mut count = |traits: &Traits, at: &Pointer| {
        for id in traits.0.keys() {
            if !is_known(id) {
                unknown.count(id, at);
            } else if UNCHECKED.contains(&id.as_str()) {
                unchecked.count(id, at);
            }
        }
    };
    for shape in model.shapes.values() {
        count(&shape.traits, &shape.pointer);
        for (_, member) in shape.members() {
            count(&member.traits, &member.pointer);
        }
    }
    notes.extend(unknown.notes(file, |id| format!("the trait `{id}` has no meaning here")));
    notes.extend(unchecked.notes(file, |id| format!("the trait `{id}` is not checked before sending")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_traits_are_sorted() {
        assert!(KNOWN.is_sorted());
        assert!(is_known("smithy.api#required") && is_known("smithy.rules#endpointRuleSet") && is_known("smithlet.api#name"));
        assert!(!is_known("smithy.api#requird") && !is_known("required"));
    }
}
