//! The facts about a service that the generated client passes to the runtime.

use super::{generate, generate_case, text};
use serde_json::{Value, json};

#[track_caller]
fn assert_says(client: &str, member: &str) {
    let words = |text: &str| text.split_whitespace().collect::<String>().replace(",]", "]");
    assert!(words(client).contains(&words(member)), "{member} is missing in:\n{client}");
}

/// The runtime redacts the values of these members in errors.
#[test]
fn the_sensitive_members_of_all_shapes_are_named() {
    let names = r#"sensitive_members: &["apiKey", "byName", "hint", "level", "password", "pin", "spare", "token", "vault"],"#;
    assert_says(&generate_case("sensitive").files["src/client.rs"], names);
    assert_says(&generate_case("collections").files["src/client.rs"], "sensitive_members: &[],");
}

/// The trait has another place in each format of models.
#[test]
fn a_query_compatible_service_is_recognised() {
    let case = |case: &str, put: fn(&mut Value)| {
        let mut model: Value = serde_json::from_str(&text(&format!("cases/{case}/model.json"))).expect("the model is JSON");
        put(&mut model);
        generate(&model.to_string(), None).expect("the model is valid").files["src/client.rs"].clone()
    };
    assert_says(&case("sensitive", |_| {}), "query_compatible: false,");
    let smithy = |model: &mut Value| model["shapes"]["test#Service"]["traits"]["aws.protocols#awsQueryCompatible"] = json!({});
    assert_says(&case("sensitive", smithy), "query_compatible: true,");
    assert_says(&case("botocore", |_| {}), "query_compatible: false,");
    assert_says(&case("botocore", |model| model["metadata"]["awsQueryCompatible"] = json!({})), "query_compatible: true,");
}

/// The runtime escapes names only where the generated code says so.
#[test]
fn a_name_with_characters_to_escape_is_written_with_escapes() {
    let model = text("cases/rest_json/model.json").replace(r#""smithy.api#jsonName": "Text""#, r#""smithy.api#jsonName": "Te\"xt""#);
    let files = generate(&model, None).expect("the model is valid").files;
    let calls = |call: &str| files.values().any(|file| file.contains(call));
    assert!(calls(r#"writer.any_key("Te\"xt");"#) && !calls(r#"writer.key("Te\"xt");"#));
    assert!(calls(r#"writer.member("Title", "#) && !calls(r#"writer.any_key("Title");"#));
}
