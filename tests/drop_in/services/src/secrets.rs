//! A secret that is made at its first use and changed later.

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::{DisplayErrorContext, SdkError};
use aws_sdk_secretsmanager::operation::create_secret::CreateSecretError;
use aws_sdk_secretsmanager::operation::get_secret_value::{GetSecretValueError, GetSecretValueOutput};
use aws_sdk_secretsmanager::primitives::Blob;
use aws_sdk_secretsmanager::types::Tag;

/// The value of a secret.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// Reads the present value of a secret; `None` if there is no such secret.
pub async fn read(client: &Client, name: &str) -> Result<Option<Value>, SdkError<GetSecretValueError>> {
    match client.get_secret_value().secret_id(name).version_stage("AWSCURRENT").send().await {
        Ok(output) => Ok(value(output)),
        Err(SdkError::ServiceError(context)) if matches!(context.err(), GetSecretValueError::ResourceNotFoundException(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn value(output: GetSecretValueOutput) -> Option<Value> {
    match output.secret_string {
        Some(text) => Some(Value::Text(text)),
        None => output.secret_binary.map(|bytes| Value::Bytes(bytes.into_inner())),
    }
}

/// Writes the value of a secret, which is created if it does not exist. Returns the version's id.
pub async fn write(client: &Client, name: &str, value: &Value) -> Result<Option<String>, String> {
    let owner = Tag::builder().key("owner").value("web-shop").build();
    let create = client.create_secret().name(name).description("Made by the web shop").tags(owner);
    let create = match value {
        Value::Text(text) => create.secret_string(text),
        Value::Bytes(bytes) => create.secret_binary(Blob::new(bytes.clone())),
    };
    match create.send().await {
        Ok(output) => return Ok(output.version_id),
        Err(error) if error.as_service_error().is_some_and(CreateSecretError::is_resource_exists_exception) => {}
        Err(error) => return Err(DisplayErrorContext(error).to_string()),
    }
    let put = client.put_secret_value().secret_id(name).version_stages("AWSCURRENT");
    let put = match value {
        Value::Text(text) => put.secret_string(text),
        Value::Bytes(bytes) => put.secret_binary(Blob::new(bytes.clone())),
    };
    put.send().await.map(|output| output.version_id).map_err(|error| DisplayErrorContext(error).to_string())
}
