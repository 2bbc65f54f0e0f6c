//! Programs as users of `aws-sdk-codebuild`, `aws-sdk-dynamodb`, `aws-sdk-ebs`, `aws-sdk-eks`, `aws-sdk-lambda`, `aws-sdk-scheduler`,
//! `aws-sdk-secretsmanager`, `aws-sdk-sesv2` and `aws-sdk-sqs` write them. The manifest decides which crates have these names: AWS's own in
//! `tests/peers/drop-in-services`, and generated ones in a test of the generator.

pub mod blocks;
pub mod builds;
pub mod clusters;
pub mod functions;
pub mod mail;
pub mod orders;
pub mod queue;
pub mod schedules;
pub mod secrets;
pub mod tables;
