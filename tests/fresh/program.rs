//! Writes to thirteen services and reads back what it wrote, as a user's first program would. It prints the replies as one JSON object.

mod metrics;
mod pages;
mod rest;
mod waits;

use serde_json::{Value, json};
use smithlet_dynamodb::types::{AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType};
use smithlet_kms::primitives::Blob;
use smithlet_sqs::types::MessageAttributeValue;
use smithlet_ssm::types::ParameterType;

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().ok_or("expected a name for the queue, the table, the parameter and all other resources")?;
    let role = arguments.next().ok_or("expected the role of the function")?;
    let replies = json!({
        "sqs": sqs(&name).await?,
        "dynamodb": dynamodb(&name).await?,
        "ecs": json!({"waits": waits::services(&name).await?}),
        "kms": kms().await?,
        "ssm": ssm(&name).await?,
        "secretsmanager": secretsmanager(&name).await?,
        "logs": pages::logs(&name).await?,
        "scheduler": rest::scheduler(&name).await?,
        "sesv2": rest::sesv2(&name).await?,
        "lambda": rest::lambda(&name, &role).await?,
        "eks": rest::eks(&name).await?,
        "apigateway": rest::apigateway(&name).await?,
        "cloudwatch": metrics::cloudwatch(&name).await?,
    });
    println!("{replies}");
    Ok(())
}

/// Sends two messages, deletes one of them, and receives the other.
async fn sqs(name: &str) -> Result<Value, Failure> {
    let client = smithlet_sqs::Client::from_env().await?;
    let queue = client.create_queue().queue_name(name).send().await?;
    let url = queue.queue_url().ok_or("a new queue has a URL")?;
    client.send_message().queue_url(url).message_body("deleted").send().await?;
    let first = client.receive_message().queue_url(url).send().await?;
    let handle = first.messages().first().and_then(|message| message.receipt_handle()).ok_or("a message was sent")?;
    client.delete_message().queue_url(url).receipt_handle(handle).send().await?;
    let trace = MessageAttributeValue::builder().data_type("String").string_value("a1").build()?;
    let sent = client.send_message().queue_url(url).message_body("kept: <ü>").message_attributes("trace", trace).send().await?;
    // The message stays visible, so that another client can receive it too.
    let received = client.receive_message().queue_url(url).message_attribute_names("All").visibility_timeout(0).send().await?;
    let queues = pages::sqs(&client, name).await?;
    Ok(json!({"QueueUrl": url, "sent": sent, "received": received, "queues": queues}))
}

/// Puts an item and gets it.
async fn dynamodb(name: &str) -> Result<Value, Failure> {
    let client = smithlet_dynamodb::Client::from_env().await?;
    for table in [name, &format!("{name}-2"), &format!("{name}-3")] {
        client
            .create_table()
            .table_name(table)
            .attribute_definitions(AttributeDefinition::builder().attribute_name("id").attribute_type(ScalarAttributeType::S).build()?)
            .key_schema(KeySchemaElement::builder().attribute_name("id").key_type(KeyType::Hash).build()?)
            .billing_mode(BillingMode::PayPerRequest)
            .send()
            .await?;
    }
    let id = AttributeValue::S("one".to_owned());
    client
        .put_item()
        .table_name(name)
        .item("id", id.clone())
        .item("count", AttributeValue::N("7".to_owned()))
        .item("bytes", AttributeValue::B(Blob::new([0, 255])))
        .item("parts", AttributeValue::L(vec![AttributeValue::Bool(true), AttributeValue::Null(true)]))
        .send()
        .await?;
    let got = client.get_item().table_name(name).key("id", id).send().await?;
    let (scanned, tables) = (pages::scan(&client, name).await?, pages::tables(&client).await?);
    Ok(json!({"got": got, "scanned": scanned, "tables": tables, "waits": waits::tables(&client, name).await}))
}

/// Encrypts a text and decrypts it.
async fn kms() -> Result<Value, Failure> {
    let client = smithlet_kms::Client::from_env().await?;
    let key = client.create_key().send().await?;
    let id = key.key_metadata().map(|metadata| metadata.key_id()).ok_or("a new key has an id")?;
    let encrypted = client.encrypt().key_id(id).plaintext(Blob::new("plain")).encryption_context("for", "a test").send().await?;
    let ciphertext = encrypted.ciphertext_blob().ok_or("a reply has the ciphertext")?;
    let decrypted = client.decrypt().ciphertext_blob(ciphertext.clone()).encryption_context("for", "a test").send().await?;
    Ok(json!({"encrypted": encrypted, "decrypted": decrypted}))
}

/// Puts a parameter and gets it.
async fn ssm(name: &str) -> Result<Value, Failure> {
    let client = smithlet_ssm::Client::from_env().await?;
    client.put_parameter().name(name).value("a value").r#type(ParameterType::SecureString).send().await?;
    let got = client.get_parameter().name(name).with_decryption(true).send().await?;
    Ok(json!({"got": got, "below": pages::ssm(&client, name).await?}))
}

/// Puts a secret and gets it.
async fn secretsmanager(name: &str) -> Result<Value, Failure> {
    let client = smithlet_secretsmanager::Client::from_env().await?;
    client.create_secret().name(name).secret_string("a secret").send().await?;
    let got = client.get_secret_value().secret_id(name).send().await?;
    Ok(json!({"got": got}))
}
