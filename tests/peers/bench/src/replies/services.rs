//! Replies of other services than `CodeBuild`.

use serde_json::{Value, json};

/// The operations with their replies.
pub(crate) fn all() -> Vec<(&'static str, String)> {
    let ten = |make: fn(u32) -> Value| (0..10).map(make).collect::<Vec<_>>();
    let replies = [
        ("PutItem", json!({})),
        ("GetItem", json!({ "Item": order(7) })),
        ("Query", json!({ "Items": ten(order), "Count": 10, "ScannedCount": 10 })),
        ("SendMessage", json!({ "MessageId": message_id(0), "MD5OfMessageBody": DIGEST })),
        ("ReceiveMessage", json!({ "Messages": ten(message) })),
        ("DeleteMessage", json!({})),
        ("PutParameter", json!({ "Version": 4, "Tier": "Standard" })),
        ("GetParameter", json!({ "Parameter": parameter(0) })),
        ("GetParametersByPath", json!({ "Parameters": ten(parameter) })),
    ];
    replies.into_iter().map(|(operation, reply)| (operation, reply.to_string())).collect()
}

/// An MD5 digest.
const DIGEST: &str = "5d41402abc4b2a76b9719d911017c592";

fn order(number: u32) -> Value {
    json!({
        "customer": { "S": "c-17" },
        "number": { "N": number.to_string() },
        "article": { "S": "tea" },
        "price": { "M": { "amount": { "N": "12.5" }, "currency": { "S": "EUR" } } },
        "labels": { "SS": ["gift", "fragile"] },
        "paid": { "BOOL": true },
        "note": { "NULL": true },
    })
}

fn message(number: u32) -> Value {
    json!({
        "MessageId": message_id(number),
        "ReceiptHandle": format!("AQEB{number:0>360}=="),
        "MD5OfBody": DIGEST,
        "Body": "{\"job\":\"resize\",\"picture\":4711}",
    })
}

fn message_id(number: u32) -> String {
    format!("219f8380-5770-4cc2-8c3e-{number:012x}")
}

fn parameter(number: u32) -> Value {
    json!({
        "Name": format!("/web-shop/setting-{number}"),
        "Type": "String",
        "Value": "test",
        "Version": 4,
        "LastModifiedDate": 1_574_157_602.183,
        "ARN": format!("arn:aws:ssm:eu-west-1:111122223333:parameter/web-shop/setting-{number}"),
        "DataType": "text",
    })
}
