//! Programs as users of `aws-sdk-codebuild`, `aws-sdk-dynamodb`, `aws-sdk-sqs` and `aws-sdk-secretsmanager` write them. The manifest decides which
//! crates have these names: AWS's own in `tests/peers/drop-in-services`, and generated ones in a test of the generator.

pub mod builds;
pub mod orders;
pub mod queue;
pub mod secrets;
pub mod tables;
