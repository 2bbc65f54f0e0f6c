//! The requests that are sent.

use super::body;
use super::replay::{Replay, Request};
use smithlet_codebuild::config::{Builder, IdempotencyTokenProvider};
use smithlet_codebuild::error::BuildError;
use smithlet_codebuild::operation::start_build::builders::StartBuildFluentBuilder;
use smithlet_codebuild::types::{
    ArtifactNamespace, ArtifactPackaging, ArtifactsType, CacheMode, CacheType, CloudWatchLogsConfig, ComputeType, CredentialProviderType,
    EnvironmentType, EnvironmentVariable, EnvironmentVariableType, GitSubmodulesConfig, ImagePullCredentialsType, LogsConfig,
    LogsConfigStatusType, ProjectArtifacts, ProjectCache, ProjectSource, ProjectSourceVersion, RegistryCredential, S3LogsConfig,
    SourceAuth, SourceAuthType, SourceType,
};
use std::collections::BTreeMap;

/// Every header of a request. The values that differ from call to call are replaced by their patterns or cut.
fn headers(request: &Request) -> BTreeMap<&str, String> {
    let shown = |name: &str, value: &str| match name {
        "amz-sdk-invocation-id" => value.chars().map(|c| if c.is_ascii_hexdigit() { 'x' } else { c }).collect(),
        "authorization" => value.split("Signature=").next().unwrap_or_default().to_owned(),
        "user-agent" | "x-amz-user-agent" => value.split(['/', ' ']).next().unwrap_or_default().to_owned(),
        _ => value.to_owned(),
    };
    request.headers.iter().map(|(name, value)| (name.as_str(), shown(name, value))).collect()
}

/// Checks all parts of an operation's request.
#[track_caller]
fn assert_request(replay: &Replay, operation: &str, body: &str) {
    let request = replay.request();
    assert_eq!((request.method.as_str(), request.uri.as_str()), ("POST", "https://codebuild.eu-west-1.amazonaws.com/"));
    assert_eq!(request.body, body);
    let authorization = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20191122/eu-west-1/codebuild/aws4_request, \
        SignedHeaders=content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target, ";
    let expected = BTreeMap::from([
        ("amz-sdk-invocation-id", "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx".to_owned()),
        ("amz-sdk-request", "attempt=1; max=1".to_owned()),
        ("authorization", authorization.to_owned()),
        ("content-length", body.len().to_string()),
        ("content-type", "application/x-amz-json-1.1".to_owned()),
        ("host", "codebuild.eu-west-1.amazonaws.com".to_owned()),
        ("user-agent", "smithlet-codebuild".to_owned()),
        ("x-amz-date", "20191122T120000Z".to_owned()),
        ("x-amz-security-token", "session".to_owned()),
        ("x-amz-target", format!("CodeBuild_20161006.{operation}")),
    ]);
    assert_eq!(headers(&request), expected);
}

/// A configuration without validation and without tokens.
fn unchecked() -> Builder {
    Builder::new().validate(false).idempotency_token_provider(IdempotencyTokenProvider::disabled())
}

#[tokio::test]
async fn batch_get_builds_sends_every_member() {
    let replay = Replay::new(200, "{}");
    replay.client().batch_get_builds().ids("id 1").ids("id 2").send().await.expect("the reply is a success");
    assert_request(&replay, "BatchGetBuilds", &body("batch_get_builds.request"));
}

#[tokio::test]
async fn start_build_sends_every_member() {
    let replay = Replay::new(200, "{}");
    everything(replay.client().start_build()).expect("all that is required is set").send().await.expect("the reply is a success");
    assert_request(&replay, "StartBuild", &body("start_build.request"));
}

#[tokio::test]
async fn stop_build_sends_every_member() {
    let replay = Replay::new(200, "{}");
    replay.client().stop_build().id("id 1").send().await.expect("the reply is a success");
    assert_request(&replay, "StopBuild", &body("stop_build.request"));
}

#[tokio::test]
async fn batch_get_builds_sends_no_member_that_is_not_set() {
    let replay = Replay::new(200, "{}");
    replay.client().batch_get_builds().customize().config_override(unchecked()).send().await.expect("the reply is a success");
    assert_request(&replay, "BatchGetBuilds", "{}");
}

#[tokio::test]
async fn start_build_sends_no_member_that_is_not_set() {
    let replay = Replay::new(200, "{}");
    replay.client().start_build().customize().config_override(unchecked()).send().await.expect("the reply is a success");
    assert_request(&replay, "StartBuild", "{}");
}

#[tokio::test]
async fn stop_build_sends_no_member_that_is_not_set() {
    let replay = Replay::new(200, "{}");
    replay.client().stop_build().customize().config_override(unchecked()).send().await.expect("the reply is a success");
    assert_request(&replay, "StopBuild", "{}");
}

/// Sets every member to its value in `start_build.request.json`.
pub(crate) fn everything(start: StartBuildFluentBuilder) -> Result<StartBuildFluentBuilder, BuildError> {
    let environment_variable =
        EnvironmentVariable::builder().name("name 16").value("value 18").r#type(EnvironmentVariableType::SecretsManager);
    let registry = RegistryCredential::builder().credential("credential 30").credential_provider(CredentialProviderType::SecretsManager);
    Ok(start
        .artifacts_override(artifacts(1, ArtifactNamespace::None, ArtifactPackaging::Zip, ArtifactsType::S3)?)
        .buildspec_override("buildspecOverride 8")
        .cache_override(cache()?)
        .certificate_override("certificateOverride 13")
        .compute_type_override(ComputeType::BuildGeneral1Large)
        .environment_type_override(EnvironmentType::ArmContainer)
        .environment_variables_override(environment_variable.build()?)
        .git_clone_depth_override(24)
        .git_submodules_config_override(GitSubmodulesConfig::builder().fetch_submodules(true).build()?)
        .idempotency_token("idempotencyToken 20")
        .image_override("imageOverride 21")
        .image_pull_credentials_type_override(ImagePullCredentialsType::Codebuild)
        .insecure_ssl_override(true)
        .logs_config_override(logs()?)
        .privileged_mode_override(true)
        .project_name("projectName 28")
        .queued_timeout_in_minutes_override(34)
        .registry_credential_override(registry.build()?)
        .report_build_status_override(true)
        .secondary_artifacts_override(artifacts(32, ArtifactNamespace::BuildId, ArtifactPackaging::None, ArtifactsType::NoArtifacts)?)
        .secondary_sources_override(source()?)
        .secondary_sources_version_override(
            ProjectSourceVersion::builder().source_identifier("sourceIdentifier 46").source_version("sourceVersion 47").build()?,
        )
        .service_role_override("serviceRoleOverride 48")
        .source_auth_override(SourceAuth::builder().r#type(SourceAuthType::Oauth).resource("resource 49").build()?)
        .source_location_override("sourceLocationOverride 51")
        .source_type_override(SourceType::S3)
        .source_version("sourceVersion 53")
        .timeout_in_minutes_override(59))
}

fn artifacts(
    from: u32,
    namespace: ArtifactNamespace,
    packaging: ArtifactPackaging,
    kind: ArtifactsType,
) -> Result<ProjectArtifacts, BuildError> {
    ProjectArtifacts::builder()
        .artifact_identifier(format!("artifactIdentifier {from}"))
        .encryption_disabled(true)
        .location(format!("location {}", from + 1))
        .name(format!("name {}", from + 2))
        .namespace_type(namespace)
        .override_artifact_name(true)
        .packaging(packaging)
        .path(format!("path {}", from + 5))
        .r#type(kind)
        .build()
}

fn cache() -> Result<ProjectCache, BuildError> {
    let modes = vec![CacheMode::LocalSourceCache, CacheMode::LocalCustomCache];
    ProjectCache::builder().r#type(CacheType::NoCache).location("location 9").set_modes(Some(modes)).build()
}

fn logs() -> Result<LogsConfig, BuildError> {
    let cloud_watch =
        CloudWatchLogsConfig::builder().status(LogsConfigStatusType::Enabled).group_name("groupName 23").stream_name("streamName 25");
    let s3 = S3LogsConfig::builder().status(LogsConfigStatusType::Disabled).location("location 26").encryption_disabled(true);
    Ok(LogsConfig::builder().cloud_watch_logs(cloud_watch.build()?).s3_logs(s3.build()?).build())
}

fn source() -> Result<ProjectSource, BuildError> {
    ProjectSource::builder()
        .auth(SourceAuth::builder().r#type(SourceAuthType::Oauth).resource("resource 39").build()?)
        .buildspec("buildspec 41")
        .git_clone_depth(47)
        .git_submodules_config(GitSubmodulesConfig::builder().fetch_submodules(true).build()?)
        .insecure_ssl(true)
        .location("location 43")
        .report_build_status(true)
        .source_identifier("sourceIdentifier 44")
        .r#type(SourceType::S3)
        .build()
}
