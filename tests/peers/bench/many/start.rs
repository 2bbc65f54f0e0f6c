//! The input of `StartBuild` that is encoded.

use aws_sdk_codebuild::error::BuildError;
use aws_sdk_codebuild::operation::start_build::StartBuildInput;
use aws_sdk_codebuild::types::builders::ProjectArtifactsBuilder;
use aws_sdk_codebuild::types::{
    ArtifactNamespace, ArtifactPackaging, ArtifactsType, CacheMode, CacheType, CloudWatchLogsConfig, ComputeType, CredentialProviderType,
    EnvironmentType, EnvironmentVariable, EnvironmentVariableType, GitSubmodulesConfig, ImagePullCredentialsType, LogsConfig,
    LogsConfigStatusType, ProjectArtifacts, ProjectCache, ProjectSource, ProjectSourceVersion, RegistryCredential, S3LogsConfig,
    SourceAuth, SourceAuthType, SourceType,
};

/// A start that sets every override.
pub(crate) fn full() -> Result<StartBuildInput, BuildError> {
    let logs = CloudWatchLogsConfig::builder().status(LogsConfigStatusType::Enabled).group_name("/builds/web-shop").stream_name("main");
    let archive = S3LogsConfig::builder().status(LogsConfigStatusType::Enabled).location("web-shop-logs/builds").encryption_disabled(false);
    StartBuildInput::builder()
        .project_name("web-shop")
        .secondary_sources_override(secondary_source()?)
        .secondary_sources_version_override(ProjectSourceVersion::builder().source_identifier("docs").source_version("main").build()?)
        .source_version("3c1f0a7b52d94e6c8f0e1d2a3b4c5d6e7f809182")
        .artifacts_override(artifacts("web-shop-artifacts", "release").build()?)
        .secondary_artifacts_override(artifacts("web-shop-reports", "reports").artifact_identifier("reports").build()?)
        .environment_variables_override(variable("STAGE", "staging", EnvironmentVariableType::Plaintext)?)
        .environment_variables_override(variable("TOKEN", "web-shop/deploy:token", EnvironmentVariableType::SecretsManager)?)
        .environment_variables_override(variable("REPLICAS", "/web-shop/replicas", EnvironmentVariableType::ParameterStore)?)
        .source_type_override(SourceType::Github)
        .source_location_override("https://github.com/example/web-shop.git")
        .source_auth_override(auth()?)
        .git_clone_depth_override(1)
        .git_submodules_config_override(GitSubmodulesConfig::builder().fetch_submodules(true).build()?)
        .buildspec_override("version: 0.2\n\nphases:\n  build:\n    commands:\n      - make \"release\"\n      - make check\n")
        .insecure_ssl_override(false)
        .report_build_status_override(true)
        .environment_type_override(EnvironmentType::LinuxContainer)
        .image_override("111122223333.dkr.ecr.eu-west-1.amazonaws.com/builder:2019-11")
        .compute_type_override(ComputeType::BuildGeneral1Large)
        .certificate_override("web-shop-artifacts/certificates/internal.pem")
        .cache_override(ProjectCache::builder().r#type(CacheType::Local).modes(CacheMode::LocalSourceCache).build()?)
        .service_role_override("arn:aws:iam::111122223333:role/service-role/codebuild-web-shop")
        .privileged_mode_override(true)
        .timeout_in_minutes_override(60)
        .queued_timeout_in_minutes_override(480)
        .idempotency_token("0b54a1f2-9c3d-4e5f-8a67-1b2c3d4e5f60")
        .logs_config_override(LogsConfig::builder().cloud_watch_logs(logs.build()?).s3_logs(archive.build()?).build())
        .registry_credential_override(registry_credential()?)
        .image_pull_credentials_type_override(ImagePullCredentialsType::ServiceRole)
        .build()
}

fn artifacts(bucket: &str, name: &str) -> ProjectArtifactsBuilder {
    ProjectArtifacts::builder()
        .r#type(ArtifactsType::S3)
        .location(bucket)
        .path("builds")
        .namespace_type(ArtifactNamespace::BuildId)
        .name(name)
        .packaging(ArtifactPackaging::Zip)
        .override_artifact_name(true)
        .encryption_disabled(false)
}

fn secondary_source() -> Result<ProjectSource, BuildError> {
    ProjectSource::builder()
        .r#type(SourceType::Github)
        .location("https://github.com/example/web-shop-docs.git")
        .git_clone_depth(1)
        .git_submodules_config(GitSubmodulesConfig::builder().fetch_submodules(false).build()?)
        .buildspec("docs/buildspec.yml")
        .auth(auth()?)
        .report_build_status(false)
        .insecure_ssl(false)
        .source_identifier("docs")
        .build()
}

fn auth() -> Result<SourceAuth, BuildError> {
    SourceAuth::builder().r#type(SourceAuthType::Oauth).resource("arn:aws:codebuild:eu-west-1:111122223333:token/github").build()
}

fn variable(name: &str, value: &str, kind: EnvironmentVariableType) -> Result<EnvironmentVariable, BuildError> {
    EnvironmentVariable::builder().name(name).value(value).r#type(kind).build()
}

fn registry_credential() -> Result<RegistryCredential, BuildError> {
    RegistryCredential::builder()
        .credential("arn:aws:secretsmanager:eu-west-1:111122223333:secret:registry-a1B2c3")
        .credential_provider(CredentialProviderType::SecretsManager)
        .build()
}
