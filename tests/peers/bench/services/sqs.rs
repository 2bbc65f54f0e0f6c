//! Sends a message, receives ten others, and deletes one.

mod client;

use aws_sdk_sqs::Client;

/// The queue's URL says to the service which queue is meant. Requests go to the endpoint of the environment.
const QUEUE: &str = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs";

fn main() -> Result<(), client::Failure> {
    client::run(async |client: &Client| {
        let sent = client.send_message().queue_url(QUEUE).message_body("{\"job\":\"resize\",\"picture\":4711}").send().await?;
        sent.message_id().ok_or("no id")?;

        let received = client.receive_message().queue_url(QUEUE).max_number_of_messages(10).send().await?;
        if received.messages().len() != 10 {
            return Err("expected ten messages".into());
        }
        let receipt = received.messages().first().and_then(|message| message.receipt_handle()).ok_or("no receipt")?;
        client.delete_message().queue_url(QUEUE).receipt_handle(receipt).send().await?;
        Ok(())
    })
}
