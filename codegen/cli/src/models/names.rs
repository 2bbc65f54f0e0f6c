//! The names of a service inside its model.

use serde_json::Value;

/// The names under which users know a service, apart from that of its folder.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Names {
    /// The service's id: `Secrets Manager`.
    pub(super) id: Option<String>,
    /// The first part of its usual hosts: `secretsmanager`.
    pub(super) endpoint_prefix: Option<String>,
}

/// The objects with the names, in botocore's and in Smithy's format: the key of the object, and the key of the id in it.
const OBJECTS: [(&str, &str); 2] = [("\"metadata\"", "serviceId"), ("\"aws.api#service\"", "sdkId")];

/// The names in a model; `None` if the text is not a model.
///
/// Only the small object with the names is parsed, because hundreds of models are searched. Inside a string its key cannot occur, since a quote is
/// escaped there.
pub(super) fn of(text: &str) -> Option<Names> {
    OBJECTS.iter().find_map(|(key, id)| {
        text.match_indices(key).find_map(|(at, _)| {
            let value = text.get(at + key.len()..)?.trim_start().strip_prefix(':')?;
            let object = serde_json::Deserializer::from_str(value).into_iter::<Value>().next()?.ok()?;
            let text_of = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
            let names = Names { id: text_of(id), endpoint_prefix: text_of("endpointPrefix") };
            (names != Names::default()).then_some(names)
        })
    })
}

/// The form in which names are compared: small letters and digits, so that `Secrets Manager`, `secrets-manager` and `secretsmanager` are the same.
pub(super) fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(id: &str, endpoint_prefix: Option<&str>) -> Names {
        Names { id: Some(id.to_owned()), endpoint_prefix: endpoint_prefix.map(str::to_owned) }
    }

    #[test]
    fn both_formats_have_names() {
        let botocore = r#"{"version": "2.0", "metadata": {"endpointPrefix": "states", "serviceId": "SFN"}, "shapes": {}}"#;
        assert_eq!(of(botocore), Some(names("SFN", Some("states"))));
        let smithy = r#"{"smithy": "2.0", "shapes": {"a#B": {"type": "service", "traits": {"aws.api#service" : {"sdkId": "SFN"}}}}}"#;
        assert_eq!(of(smithy), Some(names("SFN", None)));
    }

    #[test]
    fn other_objects_of_the_same_key_are_skipped() {
        let text = r#"{"smithy": "2.0", "metadata": {"suppressions": []}, "shapes": {
            "a#C": {"members": {"metadata": {"target": "a#M"}, "x": {"documentation": "\"aws.api#service\": {\"sdkId\": \"no\"}"}}},
            "a#B": {"traits": {"aws.api#service": {"sdkId": "SQS"}}}}}"#;
        assert_eq!(of(text), Some(names("SQS", None)));
    }

    #[test]
    fn a_text_that_is_no_model_has_none() {
        for text in ["", "{", r#"{"partitions": []}"#, r#"{"metadata": "#, r#"{"metadata": {}}"#, "[\"metadata\", \"aws.api#service\"]"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn names_are_compared_without_their_punctuation() {
        assert_eq!(key("Secrets Manager"), key("secretsmanager"));
        assert_eq!(key("s3-control"), key("S3 Control"));
        assert_eq!(key("--"), "");
    }
}
