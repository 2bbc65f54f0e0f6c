//! Waits for resources in every state, and tells how each wait has ended.

use crate::Failure;
use serde_json::{Value, json};
use smithlet_dynamodb::client::Waiters as _;
use smithlet_dynamodb::waiters::error::WaiterError;
use smithlet_ecs::client::Waiters as _;
use std::time::Duration;

/// The longest wait. The delays of the waiters are longer, so that each wait polls at its beginning and at its end.
const LONGEST: Duration = Duration::from_secs(2);

/// The end of a wait, in the word that the test uses for boto3's too.
fn end<P, O, E>(outcome: Result<P, WaiterError<O, E>>) -> &'static str {
    match outcome {
        Ok(_) => "success",
        Err(WaiterError::FailureState(_)) => "failure",
        Err(WaiterError::ExceededMaxWait(_)) => "exceeded",
        Err(_) => "error",
    }
}

/// Waits for a table that exists, and for one that does not.
pub(crate) async fn tables(client: &smithlet_dynamodb::Client, name: &str) -> Value {
    let none = format!("{name}-none");
    json!({
        "exists": end(client.wait_until_table_exists().table_name(name).wait(LONGEST).await),
        "exists, none": end(client.wait_until_table_exists().table_name(&none).wait(LONGEST).await),
        "not exists": end(client.wait_until_table_not_exists().table_name(name).wait(LONGEST).await),
        "not exists, none": end(client.wait_until_table_not_exists().table_name(&none).wait(LONGEST).await),
    })
}

/// Waits for a service without tasks, for one whose task never starts, and for one that does not exist.
pub(crate) async fn services(name: &str) -> Result<Value, Failure> {
    let client = smithlet_ecs::Client::from_env().await?;
    client.create_cluster().cluster_name(name).send().await?;
    for (service, tasks) in [("idle", 0), ("starting", 1)] {
        client.create_service().cluster(name).service_name(service).desired_count(tasks).send().await?;
    }
    let mut ends = serde_json::Map::new();
    for service in ["idle", "starting", "none"] {
        let stable = client.wait_until_services_stable().cluster(name).services(service).wait(LONGEST).await;
        let inactive = client.wait_until_services_inactive().cluster(name).services(service).wait(LONGEST).await;
        ends.insert(service.to_owned(), json!([end(stable), end(inactive)]));
    }
    Ok(ends.into())
}
