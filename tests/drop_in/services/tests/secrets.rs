//! Secrets.

use crate::config;
use crate::replay::{asked, conversation, refusal};
use aws_sdk_secretsmanager::Client;
use serde_json::json;
use services::secrets::{Value, read, write};

#[tokio::test]
async fn a_secret_is_text_or_bytes_or_absent() {
    let talk = conversation([
        (200, json!({ "Name": "db", "SecretString": "hunter2", "CreatedDate": 1_574_157_602.183 })),
        (200, json!({ "Name": "key", "SecretBinary": "AQL/" })),
        refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
    ]);
    let client = Client::new(&config(&talk));
    assert_eq!(read(&client, "db").await.expect("an answer"), Some(Value::Text("hunter2".to_owned())));
    assert_eq!(read(&client, "key").await.expect("an answer"), Some(Value::Bytes(vec![1, 2, 255])));
    assert_eq!(read(&client, "none").await.expect("an answer"), None);
    assert_eq!(asked(&talk)[0], ("GetSecretValue".to_owned(), json!({ "SecretId": "db", "VersionStage": "AWSCURRENT" })));
}

#[tokio::test]
async fn an_existing_secret_gets_another_value() {
    let talk = conversation([
        refusal("ResourceExistsException", "The operation failed because the secret db already exists."),
        (200, json!({ "Name": "db", "VersionId": "v-2" })),
    ]);
    let version = write(&Client::new(&config(&talk)), "db", &Value::Bytes(vec![1, 2, 255])).await;
    assert_eq!(version, Ok(Some("v-2".to_owned())));
    let mut asked = asked(&talk);
    for (_, body) in &mut asked {
        // Both crates fill in a random token.
        let token = body.as_object_mut().and_then(|body| body.remove("ClientRequestToken"));
        assert!(token.is_some_and(|token| token.as_str().is_some_and(|token| token.len() == 36)));
    }
    let (description, tags) = ("Made by the web shop", json!([{ "Key": "owner", "Value": "web-shop" }]));
    let created = json!({ "Name": "db", "Description": description, "Tags": tags, "SecretBinary": "AQL/" });
    let put = json!({ "SecretId": "db", "VersionStages": ["AWSCURRENT"], "SecretBinary": "AQL/" });
    assert_eq!(asked, [("CreateSecret".to_owned(), created), ("PutSecretValue".to_owned(), put)]);
}
