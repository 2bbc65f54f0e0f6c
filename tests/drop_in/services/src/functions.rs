//! A function in Lambda that makes pictures smaller.

use aws_sdk_lambda::Client;
use aws_sdk_lambda::operation::invoke::InvokeError;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::{InvocationType, LogType};

/// The answer of a function.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: i32,
    /// The returned document.
    pub text: String,
    /// The end of the log, in base64.
    pub log: Option<String>,
}

/// Calls the function with a document. A failure inside the function is an error with its document.
pub async fn resize(client: &Client, document: &str) -> Result<Answer, String> {
    let call = client
        .invoke()
        .function_name("resize")
        .qualifier("live")
        .invocation_type(InvocationType::RequestResponse)
        .log_type(LogType::Tail)
        .payload(Blob::new(document));
    let output = call.send().await.map_err(|error| match error.into_service_error() {
        InvokeError::TooManyRequestsException(busy) => format!("busy, retry after {}", busy.retry_after_seconds().unwrap_or("?")),
        other => other.to_string(),
    })?;
    let text = output.payload().map(|payload| String::from_utf8_lossy(payload.as_ref()).into_owned()).unwrap_or_default();
    match output.function_error() {
        Some(kind) => Err(format!("{kind}: {text}")),
        None => Ok(Answer { status: output.status_code(), text, log: output.log_result().map(str::to_owned) }),
    }
}
