//! Calls of services with HTTP bindings: names in paths, filters in queries, payloads that are the body, and statuses as members.

use crate::Failure;
use serde_json::{Value, json};
use smithlet_apigateway::error::ProvideErrorMetadata as _;
use smithlet_eks::error::ProvideErrorMetadata as _;
use smithlet_eks::types::VpcConfigRequest;
use smithlet_lambda::error::ProvideErrorMetadata as _;
use smithlet_lambda::primitives::Blob;
use smithlet_lambda::types::{Environment, FunctionCode, LogType, Runtime};
use smithlet_scheduler::types::{FlexibleTimeWindow, FlexibleTimeWindowMode, Target};

/// A zip archive without files.
const ARCHIVE: [u8; 22] = *b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

/// The code and the message of the refusal that a call has to end with.
macro_rules! refused {
    ($call:expr) => {{
        let error = $call.send().await.err().ok_or("the call should be refused")?.into_service_error();
        json!({"Code": error.code(), "Message": error.message()})
    }};
}

/// Creates a schedule, whose name is a part of the path, and finds it by parameters of the query.
pub(crate) async fn scheduler(name: &str) -> Result<Value, Failure> {
    let client = smithlet_scheduler::Client::from_env().await?;
    let window = FlexibleTimeWindow::builder().mode(FlexibleTimeWindowMode::Off).build()?;
    let target = Target::builder().arn("arn:aws:sqs:us-east-1:123456789012:jobs").role_arn("arn:aws:iam::123456789012:role/runs");
    let target = target.input("{\"a\": 1}").build()?;
    let create = client.create_schedule().name(name).schedule_expression("rate(5 minutes)").description("kept: <ü>");
    create.flexible_time_window(window).target(target).send().await?;
    let got = client.get_schedule().name(name).group_name("default").send().await?;
    let listed = client.list_schedules().name_prefix(name).max_results(10).send().await?;
    Ok(json!({"got": got, "listed": listed}))
}

/// Adds an address, which is a part of the path with characters to encode.
pub(crate) async fn sesv2(name: &str) -> Result<Value, Failure> {
    let client = smithlet_sesv2::Client::from_env().await?;
    client.create_contact_list().contact_list_name(name).send().await?;
    let address = "a+b@example.com";
    client.create_contact().contact_list_name(name).email_address(address).unsubscribe_all(false).send().await?;
    let got = client.get_contact().contact_list_name(name).email_address(address).send().await?;
    Ok(json!({"got": got}))
}

/// Creates two functions, deletes one of them, and invokes the other.
pub(crate) async fn lambda(name: &str, role: &str) -> Result<Value, Failure> {
    let client = smithlet_lambda::Client::from_env().await?;
    let gone = format!("{name}-gone");
    for function in [name, &gone] {
        let code = FunctionCode::builder().zip_file(Blob::new(ARCHIVE)).build();
        let create = client.create_function().function_name(function).role(role).code(code).handler("main.run").runtime(Runtime::Python312);
        create.environment(Environment::builder().variables("STAGE", "<ü>").build()).send().await?;
    }
    let deleted = client.delete_function().function_name(&gone).send().await?;
    let invoked = client.invoke().function_name(name).log_type(LogType::Tail).payload(Blob::new("{\"a\": \"ü\"}")).send().await?;
    let got = client.get_function().function_name(name).send().await?;
    let refused = refused!(client.get_function().function_name(&gone));
    Ok(json!({"deleted": deleted, "invoked": invoked, "got": got, "refused": refused}))
}

/// Creates two clusters and deletes one of them.
pub(crate) async fn eks(name: &str) -> Result<Value, Failure> {
    let client = smithlet_eks::Client::from_env().await?;
    let gone = format!("{name}-gone");
    for cluster in [name, &gone] {
        let network = VpcConfigRequest::builder().subnet_ids("subnet-1").subnet_ids("subnet-2").build();
        let create = client.create_cluster().name(cluster).role_arn("arn:aws:iam::123456789012:role/runs");
        create.resources_vpc_config(network).tags("a b", "<ü>").send().await?;
    }
    client.delete_cluster().name(&gone).send().await?;
    let got = client.describe_cluster().name(name).send().await?;
    let listed = client.list_clusters().max_results(10).send().await?;
    Ok(json!({"got": got, "listed": listed, "refused": refused!(client.describe_cluster().name(&gone))}))
}

/// Creates two APIs, deletes one of them, and lists the resources of the other.
pub(crate) async fn apigateway(name: &str) -> Result<Value, Failure> {
    let client = smithlet_apigateway::Client::from_env().await?;
    let create = || client.create_rest_api().name(name).description("kept: <ü>").tags("a b", "c").send();
    let (created, gone) = (create().await?, create().await?);
    let (id, gone) = (created.id().ok_or("a new API has an id")?, gone.id().ok_or("a new API has an id")?);
    let root = created.root_resource_id().ok_or("a new API has a root")?;
    client.create_resource().rest_api_id(id).parent_id(root).path_part("{proxy+}").send().await?;
    let deleted = client.delete_rest_api().rest_api_id(gone).send().await?;
    let got = client.get_rest_api().rest_api_id(id).send().await?;
    let listed = client.get_rest_apis().limit(10).send().await?;
    let resources = client.get_resources().rest_api_id(id).embed("methods").limit(5).send().await?;
    let refused = refused!(client.get_rest_api().rest_api_id(gone));
    Ok(json!({"id": id, "gone": gone, "deleted": deleted, "got": got, "listed": listed, "resources": resources, "refused": refused}))
}
