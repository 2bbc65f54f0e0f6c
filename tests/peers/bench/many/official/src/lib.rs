//! The client, decoder and encoder of `aws-sdk-codebuild` for the measured jobs.

#[path = "../../work.rs"]
mod work;

pub use work::{Failure, run};

use aws_sdk_codebuild::Client;
use aws_sdk_codebuild::operation::batch_get_builds::{BatchGetBuilds, BatchGetBuildsOutput};
use aws_sdk_codebuild::operation::start_build::{StartBuild, StartBuildInput};
use aws_smithy_json::protocol::aws_json_rpc::AwsJsonRpcProtocol;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse as _, SerializeRequest as _, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_schema::protocol::{ServiceShapeName, SharedClientProtocol};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
use work::{Decode, Encode};

async fn client() -> Result<Client, Failure> {
    Ok(Client::new(&aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await))
}

/// The settings of an operation in a call: its own, and those of the service that a (de)serializer reads.
fn settings(operation: &FrozenLayer) -> ConfigBag {
    let mut service = Layer::new("service");
    service.store_put(ServiceShapeName::new("CodeBuild_20161006"));
    service.store_put(SharedClientProtocol::new(AwsJsonRpcProtocol::aws_json_1_1().with_default_namespace("com.amazonaws.codebuild")));
    let mut bag = ConfigBag::of_layers([service]);
    bag.push_shared_layer(operation.clone());
    bag
}

struct Decoder {
    operation: FrozenLayer,
    settings: ConfigBag,
    reply: HttpResponse,
}

impl Decode for Decoder {
    fn new(body: Vec<u8>) -> Result<Self, Failure> {
        let operation = BatchGetBuilds::new().config().ok_or("an operation without settings")?;
        Ok(Self { settings: settings(&operation), operation, reply: HttpResponse::new(200.try_into()?, SdkBody::from(body)) })
    }

    fn decode(&self) -> Result<BatchGetBuildsOutput, Failure> {
        let deserializer = self.operation.load::<SharedResponseDeserializer>().ok_or("no deserializer")?;
        let output = deserializer.deserialize_nonstreaming_with_config(&self.reply, &self.settings);
        output.map_err(|error| format!("{error:?}"))?.downcast().map_err(|_| "another output".into())
    }
}

/// Makes the whole request, because the serializer always writes the headers too.
struct Encoder {
    operation: FrozenLayer,
    settings: ConfigBag,
}

impl Encode for Encoder {
    type Request = HttpRequest;

    fn new() -> Result<Self, Failure> {
        let operation = StartBuild::new().config().ok_or("an operation without settings")?;
        Ok(Self { settings: settings(&operation), operation })
    }

    fn encode(&mut self, input: StartBuildInput) -> Result<HttpRequest, Failure> {
        let serializer = self.operation.load::<SharedRequestSerializer>().ok_or("no serializer")?;
        serializer.serialize_input(Input::erase(input), &mut self.settings)
    }
}
