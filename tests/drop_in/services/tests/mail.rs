//! Mail.

use crate::bound::{bound, sent};
use crate::config;
use aws_sdk_sesv2::Client;
use aws_smithy_types::retry::RetryConfig;
use serde_json::{Value, json};
use services::mail::{NotSent, send};

#[tokio::test]
async fn a_mail_is_sent() {
    let talk = bound([(200, &[][..], json!({ "MessageId": "m-1" }).to_string())]);
    let id = send(&Client::new(&config(&talk)), "a@example.com", "Your order", "Thanks").await;
    assert_eq!(id.expect("an id").as_deref(), Some("m-1"));
    let (method, uri, body) = sent(&talk).remove(0);
    assert_eq!((&*method, &*uri), ("POST", "https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails"));
    let content = |data: &str| json!({ "Data": data, "Charset": "UTF-8" });
    let expected = json!({
        "FromEmailAddress": "shop@example.com",
        "Destination": { "ToAddresses": ["a@example.com"] },
        "Content": { "Simple": { "Subject": content("Your order"), "Body": { "Text": content("Thanks") } } },
        "EmailTags": [{ "Name": "kind", "Value": "order" }],
    });
    assert_eq!(serde_json::from_str::<Value>(&body).expect("JSON"), expected);
}

#[tokio::test]
async fn a_rejected_mail_and_a_busy_service_are_told_apart() {
    let rejected = (400, &[("x-amzn-errortype", "MessageRejected")][..], json!({ "message": "not verified" }).to_string());
    let refused = send(&Client::new(&config(&bound([rejected]))), "a@example.com", "s", "t").await;
    assert!(matches!(&refused, Err(NotSent::Rejected(Some(words))) if words == "not verified"), "{refused:?}");
    let limited = (400, &[][..], json!({ "code": "LimitExceededException", "message": "too much" }).to_string());
    let config = config(&bound([limited])).into_builder().retry_config(RetryConfig::disabled()).build();
    let refused = send(&Client::new(&config), "a@example.com", "s", "t").await;
    assert!(matches!(refused, Err(NotSent::Busy)), "{refused:?}");
}
