//! The client, decoder and encoder of `smithlet-codebuild` for the measured jobs.

#[path = "../../work.rs"]
mod work;

pub use work::{Failure, run};

use aws_sdk_codebuild::Client;
use aws_sdk_codebuild::operation::batch_get_builds::{BatchGetBuilds, BatchGetBuildsOutput};
use aws_sdk_codebuild::operation::start_build::{StartBuild, StartBuildInput};
use smithlet_runtime::support::json::{Reader, Writer};
use smithlet_runtime::support::operation::Operation;
use work::{Decode, Encode};

async fn client() -> Result<Client, Failure> {
    Ok(Client::from_env().await?)
}

struct Decoder {
    body: Vec<u8>,
}

impl Decode for Decoder {
    fn new(body: Vec<u8>) -> Result<Self, Failure> {
        Ok(Self { body })
    }

    fn decode(&self) -> Result<BatchGetBuildsOutput, Failure> {
        let mut reader = Reader::new(&self.body)?;
        let output = BatchGetBuilds::decode(&mut reader)?;
        reader.finish()?;
        output.ok_or_else(|| "the body is null".into())
    }
}

struct Encoder;

impl Encode for Encoder {
    type Request = Vec<u8>;

    fn new() -> Result<Self, Failure> {
        Ok(Self)
    }

    fn encode(&mut self, input: StartBuildInput) -> Result<Vec<u8>, Failure> {
        let mut writer = Writer::new();
        StartBuild::encode(&input, &mut writer);
        Ok(writer.into_bytes())
    }
}
