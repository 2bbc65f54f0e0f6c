//! Mail that the web shop sends.

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::{BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::operation::send_email::SendEmailError;
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message, MessageTag};

/// The reason why a mail was not sent.
#[derive(Debug)]
pub enum NotSent {
    /// Another attempt may succeed later.
    Busy,
    /// The content is refused, with the service's words.
    Rejected(Option<String>),
    /// A value is missing.
    Incomplete(BuildError),
    /// Any other reason.
    Failed(SdkError<SendEmailError>),
}

/// Sends a mail, and returns its id.
pub async fn send(client: &Client, to: &str, subject: &str, text: &str) -> Result<Option<String>, NotSent> {
    let content = |data: &str| Content::builder().data(data).charset("UTF-8").build().map_err(NotSent::Incomplete);
    let body = Body::builder().text(content(text)?).build();
    let message = Message::builder().subject(content(subject)?).body(body).build();
    let tag = MessageTag::builder().name("kind").value("order").build().map_err(NotSent::Incomplete)?;
    let call = client
        .send_email()
        .from_email_address("shop@example.com")
        .destination(Destination::builder().to_addresses(to).build())
        .content(EmailContent::builder().simple(message).build())
        .email_tags(tag);
    let error = match call.send().await {
        Ok(output) => return Ok(output.message_id),
        Err(error) => error,
    };
    match error.as_service_error() {
        Some(SendEmailError::TooManyRequestsException(_) | SendEmailError::LimitExceededException(_)) => Err(NotSent::Busy),
        Some(refusal) if refusal.is_message_rejected() => Err(NotSent::Rejected(refusal.message().map(str::to_owned))),
        _ => Err(NotSent::Failed(error)),
    }
}
