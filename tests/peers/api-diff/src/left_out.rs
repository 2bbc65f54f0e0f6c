//! The items that are left out on purpose.

/// Reasons with the paths that are left out for them, and all below these paths. An item that names such a path belongs to it.
pub(crate) const LEFT_OUT: [(&str, &[&str]); 10] = [
    ("a module without items, because none of these operations streams events", &["aws_sdk_codebuild::primitives::event_stream"]),
    ("schemas, which only the SDK's own serializers and protocols read", &["aws_smithy_schema"]),
    (
        "parts of the SDK's orchestrator, which this client does not have",
        &[
            "aws_sdk_codebuild::config::ConfigBag",
            "aws_sdk_codebuild::config::FrozenLayer",
            "aws_sdk_codebuild::config::Layer",
            "aws_sdk_codebuild::config::RuntimeComponents",
            "aws_sdk_codebuild::config::RuntimeComponentsBuilder",
            "aws_sdk_codebuild::config::RuntimePlugin",
            "aws_sdk_codebuild::config::SharedRuntimePlugin",
            "aws_sdk_codebuild::operation::batch_get_builds::BatchGetBuilds::new",
            "aws_sdk_codebuild::operation::start_build::StartBuild::new",
            "aws_sdk_codebuild::operation::stop_build::StopBuild::new",
            "aws_smithy_runtime_api::client::runtime_components",
            "aws_smithy_runtime_api::client::runtime_plugin",
            "aws_smithy_types::config_bag",
        ],
    ),
    (
        "interceptors, whose usual jobs are done by `customize().mutate_request(...)` and `http_client`",
        &[
            "aws_sdk_codebuild::config::Intercept",
            "aws_sdk_codebuild::config::SharedInterceptor",
            "aws_sdk_codebuild::config::interceptors",
            "aws_smithy_runtime_api::client::interceptors",
        ],
    ),
    (
        "endpoint resolvers, whose usual job is done by `endpoint_url`",
        &["aws_sdk_codebuild::config::endpoint", "aws_smithy_runtime_api::client::endpoint"],
    ),
    (
        "authentication schemes and identity caches: every request is signed with SigV4, and the client keeps credentials until they expire",
        &[
            "aws_sdk_codebuild::config::Builder::allow_no_auth",
            "aws_sdk_codebuild::config::Builder::set_allow_no_auth",
            "aws_sdk_codebuild::config::Config::signing_name",
            "aws_sdk_codebuild::config::IdentityCache",
            "aws_sdk_codebuild::config::ResolveCachedIdentity",
            "aws_sdk_codebuild::config::SharedIdentityCache",
            "aws_sdk_codebuild::config::auth",
            "aws_smithy_runtime_api::client::auth",
            "aws_smithy_runtime_api::client::identity",
        ],
    ),
    (
        "retry classifiers and partitions: the operation decides what is repeated, and a client and its clones have one retry quota",
        &[
            "aws_sdk_codebuild::config::retry::ClassifyRetry",
            "aws_sdk_codebuild::config::retry::ClientRateLimiter",
            "aws_sdk_codebuild::config::retry::RetryAction",
            "aws_sdk_codebuild::config::retry::RetryPartition",
            "aws_sdk_codebuild::config::retry::ShouldAttempt",
            "aws_sdk_codebuild::config::retry::TokenBucket",
            "aws_smithy_runtime::client::retries",
            "aws_smithy_runtime_api::client::retries",
        ],
    ),
    (
        "stalled-stream protection, in whose place a silent reply times out and a slow one has a limit of time",
        &["aws_sdk_codebuild::config::StalledStreamProtectionConfig", "aws_smithy_runtime_api::client::stalled_stream_protection"],
    ),
    (
        "attributes of metrics, which this client does not have: it emits spans",
        &["aws_sdk_codebuild::config::Builder::capture_input_attributes", "aws_sdk_codebuild::config::Builder::emit_input_attributes"],
    ),
    (
        "parts of headers that frameworks and tests of the SDK set: a program names itself with `app_name`",
        &["aws_runtime::invocation_id", "aws_sdk_codebuild::config::FrameworkMetadata", "aws_types::sdk_ua_metadata"],
    ),
];

/// The path that an item belongs to.
pub(crate) fn path(item: &str) -> Option<&'static str> {
    LEFT_OUT.iter().flat_map(|(_, paths)| *paths).copied().find(|path| names(item, path))
}

/// Returns whether an item's text has this path or one below it.
fn names(item: &str, path: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    item.match_indices(path).any(|(at, _)| ends(&item[at + path.len()..]))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_path_covers_what_is_below_it_and_not_longer_names() {
        assert!(names("pub fn a::Builder::plugin(self) -> Self", "a::Builder::plugin"));
        assert!(names("pub use a::plugins::Plugin", "a::plugins"));
        assert!(!names("pub fn a::Builder::plugins(self) -> Self", "a::Builder::plugin"));
    }
}
