//! Tables of `DynamoDB` that have to exist before they are used.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::client::Waiters;
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::waiters::table_exists::{TableExistsFinalPoll, TableExistsFluentBuilder, WaitUntilTableExistsError};
use std::error::Error;
use std::time::Duration;

/// The result of [`ready`].
#[derive(Clone, Debug, PartialEq)]
pub enum Ready {
    /// The table can be used. Its ARN is here.
    Yes(String),
    /// The time was over after so many polls.
    NotYet(u32),
    /// The service does not answer, with this code.
    Refused(String),
}

/// Waits until a table can be used.
pub async fn ready(client: &Client, table: &str, longest: Duration) -> Result<Ready, Box<dyn Error>> {
    let wait: TableExistsFluentBuilder = client.wait_until_table_exists().table_name(table);
    let last: TableExistsFinalPoll = match wait.wait(longest).await {
        Ok(last) => last,
        Err(WaitUntilTableExistsError::ExceededMaxWait(late)) => return Ok(Ready::NotYet(late.poll_count())),
        Err(WaitUntilTableExistsError::OperationFailed(failed)) => {
            return Ok(Ready::Refused(failed.error().code().unwrap_or_default().to_owned()));
        }
        Err(other) => return Err(other.into()),
    };
    let output = last.into_result()?;
    Ok(Ready::Yes(output.table().and_then(|table| table.table_arn()).unwrap_or_default().to_owned()))
}

/// Waits until a table is gone. A wait that fails becomes an error of the crate.
pub async fn gone(client: &Client, table: &str, longest: Duration) -> Result<(), aws_sdk_dynamodb::Error> {
    client.wait_until_table_not_exists().set_table_name(Some(table.to_owned())).wait(longest).await?;
    Ok(())
}
