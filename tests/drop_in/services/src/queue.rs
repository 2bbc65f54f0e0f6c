//! Jobs in a queue of SQS: they are sent with attributes, received by a worker, and deleted when they are done.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::{BuildError, ProvideErrorMetadata as _, SdkError};
use aws_sdk_sqs::operation::delete_message::DeleteMessageError;
use aws_sdk_sqs::operation::receive_message::ReceiveMessageOutput;
use aws_sdk_sqs::operation::send_message::SendMessageError;
use aws_sdk_sqs::primitives::Blob;
use aws_sdk_sqs::types::{Message, MessageAttributeValue, MessageSystemAttributeName};
use std::fmt;

/// A job as a worker sees it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Job {
    /// The message's text.
    pub text: String,
    /// The kind of job, from the message's attributes.
    pub kind: Option<String>,
    /// The number of times that the message was received, this time included.
    pub attempt: u32,
    /// The handle that deletes the message.
    pub receipt: String,
}

/// The reason why a job could not be sent.
#[derive(Debug)]
pub enum NotSent {
    /// The attributes are not complete.
    Incomplete(BuildError),
    /// The queue does not exist.
    NoQueue,
    /// The service refused the message with this code.
    Refused(Option<String>),
    /// The service did not answer.
    NoAnswer(Box<SdkError<SendMessageError>>),
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete(error) => error.fmt(f),
            Self::NoQueue => f.write_str("no such queue"),
            Self::Refused(code) => write!(f, "refused: {}", code.as_deref().unwrap_or("unknown")),
            Self::NoAnswer(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NotSent {}

impl From<BuildError> for NotSent {
    fn from(error: BuildError) -> Self {
        Self::Incomplete(error)
    }
}

/// Sends a job of this kind and returns the message's id.
pub async fn send(client: &Client, queue: &str, kind: &str, text: &str, picture: &[u8]) -> Result<String, NotSent> {
    let kind = MessageAttributeValue::builder().data_type("String").string_value(kind).build()?;
    let picture = MessageAttributeValue::builder().data_type("Binary").binary_value(Blob::new(picture)).build()?;
    let send = client.send_message().queue_url(queue).message_body(text).delay_seconds(5);
    let sent = send.message_attributes("kind", kind).message_attributes("picture", picture).send().await;
    match sent {
        Ok(output) => Ok(output.message_id().unwrap_or_default().to_owned()),
        Err(SdkError::ServiceError(context)) if context.err().is_queue_does_not_exist() => Err(NotSent::NoQueue),
        Err(SdkError::ServiceError(context)) => Err(NotSent::Refused(context.err().code().map(str::to_owned))),
        Err(error) => Err(NotSent::NoAnswer(Box::new(error))),
    }
}

/// Waits up to twenty seconds for jobs.
pub async fn receive(client: &Client, queue: &str) -> Result<Vec<Job>, aws_sdk_sqs::Error> {
    let output: ReceiveMessageOutput = client
        .receive_message()
        .queue_url(queue)
        .max_number_of_messages(10)
        .wait_time_seconds(20)
        .message_system_attribute_names(MessageSystemAttributeName::ApproximateReceiveCount)
        .message_attribute_names("kind")
        .send()
        .await?;
    Ok(output.messages.unwrap_or_default().into_iter().filter_map(job).collect())
}

fn job(message: Message) -> Option<Job> {
    let kind = message.message_attributes().and_then(|attributes| attributes.get("kind")?.string_value().map(str::to_owned));
    let attempt = message.attributes().and_then(|attributes| attributes.get(&MessageSystemAttributeName::ApproximateReceiveCount));
    let attempt = attempt.and_then(|count| count.parse().ok()).unwrap_or(1);
    Some(Job { kind, attempt, text: message.body?, receipt: message.receipt_handle? })
}

/// Deletes a job that is done. A receipt that has expired is not an error: then the job is received again.
pub async fn done(client: &Client, queue: &str, job: &Job) -> Result<bool, SdkError<DeleteMessageError>> {
    match client.delete_message().queue_url(queue).receipt_handle(&job.receipt).send().await {
        Ok(_) => Ok(true),
        Err(error) if error.as_service_error().is_some_and(DeleteMessageError::is_receipt_handle_is_invalid) => Ok(false),
        Err(error) => Err(error),
    }
}
