//! Orders in `DynamoDB`.

use crate::config;
use crate::replay::{asked, conversation, refusal};
use aws_sdk_dynamodb::Client;
use serde_json::{Value, json};
use services::orders::{Order, Placed, count, count_all, export, find, list, place};

fn order(number: u64) -> Order {
    Order {
        customer: "c-17".to_owned(),
        number,
        lines: vec![("tea".to_owned(), 2)],
        labels: vec!["gift".to_owned()],
        note: None,
        paid: true,
        signature: vec![1, 2, 255],
    }
}

fn item(number: u64) -> Value {
    json!({
        "customer": { "S": "c-17" },
        "number": { "N": number.to_string() },
        "lines": { "L": [{ "M": { "article": { "S": "tea" }, "quantity": { "N": "2" } } }] },
        "labels": { "SS": ["gift"] },
        "note": { "NULL": true },
        "paid": { "BOOL": true },
        "signature": { "B": "AQL/" },
    })
}

#[tokio::test]
async fn an_order_is_stored_as_an_item() {
    let talk = conversation([(200, json!({ "ConsumedCapacity": { "TableName": "orders", "CapacityUnits": 1.5 } }))]);
    let placed = place(&Client::new(&config(&talk)), "orders", &order(7)).await.expect("an answer");
    assert_eq!(placed, Placed::Stored(Some(1.5)));
    let expected = json!({
        "TableName": "orders",
        "Item": item(7),
        "ConditionExpression": "attribute_not_exists(#number)",
        "ExpressionAttributeNames": { "#number": "number" },
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        "ReturnConsumedCapacity": "TOTAL",
    });
    assert_eq!(asked(&talk), [("PutItem".to_owned(), expected)]);
}

#[tokio::test]
async fn a_taken_number_returns_the_other_order() {
    let (status, mut body) = refusal("com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", "The conditional request failed");
    body["Item"] = item(7);
    let talk = conversation([(status, body)]);
    let placed = place(&Client::new(&config(&talk)), "orders", &order(7)).await.expect("an answer");
    assert_eq!(placed, Placed::Taken(Some(order(7))));
}

#[tokio::test]
async fn an_order_is_found_or_absent() {
    let talk = conversation([(200, json!({ "Item": item(7) })), (200, json!({})), refusal("ResourceNotFoundException", "no table")]);
    let client = Client::new(&config(&talk));
    assert_eq!(find(&client, "orders", "c-17", 7).await, Ok(Some(order(7))));
    assert_eq!(find(&client, "orders", "c-17", 8).await, Ok(None));
    assert_eq!(find(&client, "orders", "c-17", 9).await, Err(false));
    let key = json!({ "customer": { "S": "c-17" }, "number": { "N": "7" } });
    assert_eq!(asked(&talk)[0], ("GetItem".to_owned(), json!({ "TableName": "orders", "Key": key, "ConsistentRead": true })));
}

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    let last = json!({ "customer": { "S": "c-17" }, "number": { "N": "8" } });
    let talk = conversation([
        (200, json!({ "Items": [item(9), item(8)], "Count": 2, "ScannedCount": 2, "LastEvaluatedKey": last })),
        (200, json!({ "Items": [item(7)], "Count": 1, "ScannedCount": 1 })),
    ]);
    let orders = list(&Client::new(&config(&talk)), "orders", "c-17").await.expect("orders");
    assert_eq!(orders, [order(9), order(8), order(7)]);
    let asked = asked(&talk);
    assert_eq!(asked[0].1.get("ExclusiveStartKey"), None);
    let expected = json!({
        "TableName": "orders",
        "KeyConditionExpression": "customer = :customer",
        "ExpressionAttributeValues": { ":customer": { "S": "c-17" } },
        "ScanIndexForward": false,
        "Limit": 25,
        "ExclusiveStartKey": last,
    });
    assert_eq!(asked[1], ("Query".to_owned(), expected));
}

#[tokio::test]
async fn a_count_needs_no_items() {
    let talk = conversation([(200, json!({ "Count": 3, "ScannedCount": 3 }))]);
    assert_eq!(count(&Client::new(&config(&talk)), "orders", "c-17").await.ok(), Some(3));
}

#[tokio::test]
async fn an_export_has_the_items_of_all_pages() {
    let last = json!({ "customer": { "S": "c-17" }, "number": { "N": "8" } });
    let talk = conversation([
        (200, json!({ "Items": [item(9), item(8)], "Count": 2, "ScannedCount": 2, "LastEvaluatedKey": last })),
        (200, json!({ "Items": [], "Count": 0, "ScannedCount": 100, "LastEvaluatedKey": item(7) })),
        (200, json!({ "Items": [item(7)], "Count": 1, "ScannedCount": 1 })),
    ]);
    assert_eq!(export(&Client::new(&config(&talk)), "orders").await.expect("orders"), [order(9), order(8), order(7)]);
    let asked = asked(&talk);
    assert_eq!(asked[0], ("Scan".to_owned(), json!({ "TableName": "orders", "Limit": 100 })));
    assert_eq!(asked[1], ("Scan".to_owned(), json!({ "TableName": "orders", "Limit": 100, "ExclusiveStartKey": last })));
}

#[tokio::test]
async fn all_pages_are_counted() {
    let page = |count: i32, next: Option<u64>| (200, json!({ "Count": count, "ScannedCount": count, "LastEvaluatedKey": next.map(item) }));
    let talk = conversation([page(3, Some(1)), page(0, Some(2)), page(2, None)]);
    assert_eq!(count_all(&Client::new(&config(&talk)), "orders", "c-17").await.expect("a count"), (5, 3));
}
