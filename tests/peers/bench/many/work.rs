//! The jobs that are measured by running them many times. They are the same for every client.

mod start;

use crate::{Decoder, Encoder, client};
use aws_sdk_codebuild::operation::batch_get_builds::BatchGetBuildsOutput;
use aws_sdk_codebuild::operation::start_build::StartBuildInput;
use std::error::Error;
use std::hint::black_box;
use std::io::Read as _;

/// The error of a job.
pub type Failure = Box<dyn Error + Send + Sync>;

/// Decodes a reply to `BatchGetBuilds` with the client's own code.
pub(crate) trait Decode: Sized {
    /// A decoder of this body, in the type that the client uses for a body.
    fn new(body: Vec<u8>) -> Result<Self, Failure>;

    fn decode(&self) -> Result<BatchGetBuildsOutput, Failure>;
}

/// Encodes an input of `StartBuild` with the client's own code.
pub(crate) trait Encode: Sized {
    /// The part of a request that the client makes in one step.
    type Request;

    fn new() -> Result<Self, Failure>;

    fn encode(&mut self, input: StartBuildInput) -> Result<Self::Request, Failure>;
}

/// Runs a job so many times, by the arguments `JOB COUNT`. The body to decode comes from standard input.
///
/// # Errors
/// When the arguments are not valid, or a job fails.
pub fn run(mut words: impl Iterator<Item = String>) -> Result<(), Failure> {
    let job = words.next().ok_or("expected a job: small, large, decode, encode or copy")?;
    let count: u32 = words.next().ok_or("expected a count after the job")?.parse()?;
    match job.as_str() {
        "small" => calls(1, count),
        "large" => calls(100, count),
        "decode" => decode(count),
        "encode" => {
            let (input, mut encoder) = (start::full()?, Encoder::new()?);
            (0..count).try_for_each(|_| encoder.encode(input.clone()).map(|request| drop(black_box(request))))
        }
        // The cost of copying the input, which the official crate's serializers consume.
        "copy" => {
            let input = start::full()?;
            (0..count).for_each(|_| drop(black_box(input.clone())));
            Ok(())
        }
        _ => Err(format!("unknown job {job:?}: expected small, large, decode, encode or copy").into()),
    }
}

/// Reads builds, one call after the other.
fn calls(builds: u32, count: u32) -> Result<(), Failure> {
    let ids: Vec<String> = (0..builds).map(|number| format!("web-shop:3f0c2a5e-8d41-4c6b-9a77-{number:012x}")).collect();
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let client = client().await?;
        for _ in 0..count {
            let reply = client.batch_get_builds().set_ids(Some(ids.clone())).send().await?;
            if reply.builds().len() != ids.len() {
                return Err("the reply has another number of builds than the request".into());
            }
        }
        Ok(())
    })
}

fn decode(count: u32) -> Result<(), Failure> {
    let mut body = Vec::new();
    std::io::stdin().read_to_end(&mut body)?;
    let decoder = Decoder::new(body)?;
    (0..count).try_for_each(|_| decoder.decode().map(|reply| drop(black_box(reply))))
}
