//! Properties of serde that hold for every value.

use super::check;
use super::shapes::{damaged, model, values};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use smithlet_codebuild::operation::{batch_get_builds, start_build, stop_build};
use smithlet_codebuild::types;
use smithlet_runtime::support::json::{Error, Reader, Writer};
use smithlet_runtime::support::operation::Operation;
use std::cell::Cell;
use std::fmt::Debug;

/// A shape's name, and a function that reads a value of the shape and writes it again.
///
/// The inputs and outputs reach every shape of the model. The other shapes are those of 2019, read on their own.
type Shape = (&'static str, fn(&Value) -> Value);

macro_rules! shapes {
    ($($module:ident: [$($name:ident),+ $(,)?],)+) => { &[$($((stringify!($name), round_trip::<$module::$name>)),+),+] };
}

const STRUCTURES: &[Shape] = shapes! {
    batch_get_builds: [BatchGetBuildsInput, BatchGetBuildsOutput],
    start_build: [StartBuildInput, StartBuildOutput],
    stop_build: [StopBuildInput, StopBuildOutput],
    types: [
        Build, BuildArtifacts, BuildPhase, CloudWatchLogsConfig, EnvironmentVariable, ExportedEnvironmentVariable, GitSubmodulesConfig,
        LogsConfig, LogsLocation, NetworkInterface, PhaseContext, ProjectArtifacts, ProjectCache, ProjectEnvironment, ProjectSource,
        ProjectSourceVersion, RegistryCredential, S3LogsConfig, SourceAuth, VpcConfig,
    ],
};

const ENUMS: &[Shape] = shapes! {
    types: [
        ArtifactNamespace, ArtifactPackaging, ArtifactsType, BuildPhaseType, CacheMode, CacheType, ComputeType, CredentialProviderType,
        EnvironmentType, EnvironmentVariableType, ImagePullCredentialsType, LogsConfigStatusType, SourceAuthType, SourceType, StatusType,
    ],
};

fn round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &Value) -> Value {
    let from_value: T = serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"));
    let from_text: T = serde_json::from_str(&value.to_string()).unwrap_or_else(|error| panic!("{error}: {value}"));
    assert_eq!(from_value, from_text);
    let written = serde_json::to_string(&from_value).expect("every value can be written");
    assert_eq!(serde_json::from_str::<T>(&written).ok(), Some(from_text));
    serde_json::to_value(&from_value).expect("every value can be written")
}

#[test]
fn every_shape_reads_and_writes_what_the_model_says() {
    let model = model();
    for (name, round_trip) in STRUCTURES.iter().chain(ENUMS) {
        check(24, &values(&model, name), |value| assert_eq!(round_trip(&value), value, "{name}"));
    }
}

/// Checks that serde writes an input as the client sends it.
fn requests_are_equal<O: Operation>(model: &Value, name: &str)
where
    O::Input: Serialize + DeserializeOwned,
{
    check(64, &values(model, name), |value| {
        let input: O::Input = serde_json::from_value(value.clone()).expect("the value is valid");
        let mut writer = Writer::new();
        O::encode(&input, &mut writer);
        let wire: Value = serde_json::from_slice(&writer.into_bytes()).expect("the body is JSON");
        assert_eq!(wire, value);
        assert_eq!(serde_json::to_value(&input).expect("every value can be written"), wire);
    });
}

/// Checks that serde reads a reply as the client does: both give the same value, or an error about the same member.
fn replies_are_equal<O: Operation>(model: &Value, name: &str)
where
    O::Output: DeserializeOwned + PartialEq + Debug,
{
    let decode = |body: &str| -> Result<Option<O::Output>, Error> {
        let mut reader = Reader::new(body.as_bytes())?;
        let output = O::decode(&mut reader)?;
        reader.finish().map(|()| output)
    };
    let (read, refused) = (Cell::new(0), Cell::new(0));
    // Some replies are not damaged, because few damaged replies of a large model can still be read.
    let replies = prop_oneof![1 => values(model, name), 2 => damaged(values(model, name)).boxed()];
    check(300, &replies, |value| {
        let serde = serde_json::from_value::<O::Output>(value.clone());
        match (decode(&value.to_string()), serde) {
            (Ok(Some(wire)), Ok(serde)) => {
                assert_eq!(wire, serde);
                read.update(|count| count + 1);
            }
            (Ok(None), Err(error)) => assert_eq!(error.to_string(), "invalid type: null, expected a value"),
            (Err(wire), Err(serde)) => {
                let wire = wire.to_string();
                let (wire, _) = wire.rsplit_once(" (byte ").expect("the error has a position");
                assert_eq!(serde.to_string(), wire);
                refused.update(|count| count + 1);
            }
            (wire, serde) => panic!("the client reads {wire:?}, serde reads {serde:?}: {value}"),
        }
    });
    assert!(read.get() > 50 && refused.get() > 50, "{} read, {} refused", read.get(), refused.get());
}

#[test]
fn serde_writes_the_same_json_as_the_client() {
    let model = model();
    requests_are_equal::<batch_get_builds::BatchGetBuilds>(&model, "BatchGetBuildsInput");
    requests_are_equal::<start_build::StartBuild>(&model, "StartBuildInput");
    requests_are_equal::<stop_build::StopBuild>(&model, "StopBuildInput");
}

#[test]
fn serde_reads_a_reply_as_the_client_does() {
    let model = model();
    replies_are_equal::<batch_get_builds::BatchGetBuilds>(&model, "BatchGetBuildsOutput");
    replies_are_equal::<start_build::StartBuild>(&model, "StartBuildOutput");
    replies_are_equal::<stop_build::StopBuild>(&model, "StopBuildOutput");
}
