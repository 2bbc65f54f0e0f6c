//! Makes more resources than fit on two pages, and lists them page by page. The replies have the number of pages and all items.

use crate::Failure;
use serde_json::{Value, json};
use smithlet_dynamodb::types::AttributeValue;
use smithlet_logs::types::InputLogEvent;

/// The number of resources. A page has three at most.
const COUNT: i64 = 8;

/// A stream's pages counted, and its items from a second one.
macro_rules! listed {
    ($paginator:expr) => {{
        let paginator = $paginator;
        let mut stream = paginator.clone().send();
        let mut pages = 0;
        while stream.try_next().await?.is_some() {
            pages += 1;
        }
        let items = paginator.items().send().try_collect().await?;
        json!({"pages": pages, "items": items})
    }};
}

/// Lists queues.
pub(crate) async fn sqs(client: &smithlet_sqs::Client, name: &str) -> Result<Value, Failure> {
    for number in 0..COUNT {
        client.create_queue().queue_name(format!("{name}-pages-{number}")).send().await?;
    }
    Ok(listed!(client.list_queues().queue_name_prefix(format!("{name}-pages-")).into_paginator().page_size(3)))
}

/// Lists the items of a table.
pub(crate) async fn scan(client: &smithlet_dynamodb::Client, table: &str) -> Result<Value, Failure> {
    for number in 0..COUNT {
        client.put_item().table_name(table).item("id", AttributeValue::S(format!("page-{number}"))).send().await?;
    }
    Ok(listed!(client.scan().table_name(table).into_paginator().page_size(3)))
}

/// Lists the tables.
pub(crate) async fn tables(client: &smithlet_dynamodb::Client) -> Result<Value, Failure> {
    Ok(listed!(client.list_tables().into_paginator().page_size(1)))
}

/// Lists the parameters below a path.
pub(crate) async fn ssm(client: &smithlet_ssm::Client, name: &str) -> Result<Value, Failure> {
    for number in 0..COUNT {
        let call = client.put_parameter().name(format!("/{name}/pages/{number}")).value(number.to_string());
        call.r#type(smithlet_ssm::types::ParameterType::String).send().await?;
    }
    Ok(listed!(client.get_parameters_by_path().path(format!("/{name}/pages")).into_paginator().page_size(3)))
}

/// Lists the events of a log group with two streams.
pub(crate) async fn logs(name: &str) -> Result<Value, Failure> {
    let client = smithlet_logs::Client::from_env().await?;
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed()?.as_millis())?;
    client.create_log_group().log_group_name(name).send().await?;
    for stream in ["a", "b"] {
        client.create_log_stream().log_group_name(name).log_stream_name(stream).send().await?;
        let mut call = client.put_log_events().log_group_name(name).log_stream_name(stream);
        for number in 0..COUNT {
            call = call.log_events(InputLogEvent::builder().timestamp(now + number).message(format!("{stream}{number}")).build()?);
        }
        call.send().await?;
    }
    Ok(json!({"events": listed!(client.filter_log_events().log_group_name(name).into_paginator().page_size(3))}))
}
