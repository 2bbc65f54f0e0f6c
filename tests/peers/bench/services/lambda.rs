//! Calls a function with a document and the end of its log, reads a function, and lists ten others.

mod client;

use aws_sdk_lambda::Client;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::LogType;

fn main() -> Result<(), client::Failure> {
    client::run(async |client: &Client| {
        let call = client.invoke().function_name("resize").qualifier("live").log_type(LogType::Tail);
        let answer = call.payload(Blob::new("{\"job\":\"resize\",\"picture\":4711}")).send().await?;
        answer.log_result().ok_or("no log")?;
        if answer.payload().ok_or("no payload")?.as_ref().is_empty() {
            return Err("expected a document".into());
        }

        let got = client.get_function().function_name("resize").send().await?;
        got.configuration().and_then(|function| function.function_arn()).ok_or("no function")?;

        let page = client.list_functions().max_items(10).send().await?;
        if page.functions().len() == 10 { Ok(()) } else { Err("expected ten functions".into()) }
    })
}
