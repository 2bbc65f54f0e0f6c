//! The sources of credentials and the cache.
//!
//! A provider in the [configuration](crate::config::Builder::credentials_provider) is the only source. Without one, and with the feature
//! `credentials` (on by default), the sources below are searched in the order of AWS's tools, and the first that is configured is used.
//! A configured source that fails ends the search with its error: a broken profile is not silently replaced by the role of a machine.
//! Without the feature, the environment is the only source.
//!
//! | source | is configured by | test |
//! |---|---|---|
//! | environment | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`; half of them is an error, and so is a line break within one | `the_environment_has_keys_with_and_without_a_token`, `half_of_the_keys_is_an_error`, `keys_are_trimmed_and_unprintable_ones_are_errors` |
//! | profile: keys | `aws_access_key_id`, `aws_secret_access_key`, `aws_session_token` of `AWS_PROFILE` or `default` | `keys_are_in_either_file_and_the_credentials_file_goes_first`, `a_token_belongs_to_the_keys_of_its_file`, `keys_that_no_request_can_carry_are_named_with_their_line` |
//! | profile: role | `role_arn` with `source_profile` or `credential_source`; `external_id`, `role_session_name`, `duration_seconds` | `a_role_is_assumed_with_the_keys_of_another_profile`, `roles_are_assumed_one_after_the_other`, `a_role_may_come_from_another_source`, `a_role_of_another_partition_is_refused_without_a_request`, `a_circle_of_profiles_is_named`, `a_profile_may_be_the_source_of_its_own_role` |
//! | profile: web identity | `role_arn` with `web_identity_token_file` | `a_token_of_an_identity_provider_is_exchanged` |
//! | profile: single sign-on | `sso_session`, or `sso_start_url` and `sso_region`; `sso_account_id`, `sso_role_name`. The token is that of `aws sso login`; that of a session is renewed | `a_token_is_exchanged_for_a_roles_credentials`, `a_profile_without_a_session_has_the_token_of_its_start_url`, `a_token_near_its_expiry_is_renewed_and_stored` |
//! | profile: process | `credential_process`. Not run by a shell; ends with the call | `a_program_prints_credentials`, `a_program_ends_with_the_call_that_waits_for_it` |
//! | web identity | `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN`, `AWS_ROLE_SESSION_NAME` | `a_token_of_an_identity_provider_is_exchanged` |
//! | container (ECS, EKS) | `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or `_FULL_URI`; `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` or `_TOKEN`. Without TLS only to the machine itself, ECS and EKS | `the_endpoint_receives_the_token`, `a_path_leads_to_the_endpoint_of_ecs`, `faulty_settings_are_named` |
//! | instance (EC2's `IMDSv2`) | nothing; not asked with `AWS_EC2_METADATA_DISABLED=true`. `AWS_EC2_METADATA_SERVICE_ENDPOINT`, `_ENDPOINT_MODE` and their keys in the profile | `the_credentials_of_an_instances_role_are_loaded`, `an_instance_may_have_credentials_without_a_token`, `a_disabled_metadata_service_is_not_asked`, `the_addresses_are_those_of_ec2` |
//!
//! Their order is tested by `sources_are_searched_in_their_order`. If none is configured, the call's error is one line with the reason for each
//! (`an_error_without_credentials_lists_all_sources`). A faulty setting is named with its variable, or its file and line
//! (`a_role_without_a_source_of_its_own_or_with_too_many_is_an_error`, `missing_settings_of_single_sign_on_are_named`, `a_broken_profile_ends_the_search`).
//! `mfa_serial` is not supported, since a code cannot be entered. Nor is `login_session`, for which `aws configure export-credentials`
//! can be the `credential_process` of another profile. A profile with only unsupported sources is an error, so that no other identity takes its
//! place (`an_unknown_source_in_a_profile_ends_the_search`).
//!
//! An `Expiration` is a time of ISO 8601 with a zone, in any form that botocore reads
//! (`times_are_read_in_every_usual_form`, `expirations_are_read_like_botocores`).
//!
//! STS, the portal of single sign-on and its OIDC service are reached like the service itself: through the same HTTP client, proxies and
//! certificates. STS's endpoint is the region's unless `AWS_STS_REGIONAL_ENDPOINTS` or `sts_regional_endpoints` is `legacy`. All three
//! endpoints can be set: `AWS_ENDPOINT_URL_STS`, `AWS_ENDPOINT_URL_SSO`, `AWS_ENDPOINT_URL_SSO_OIDC`, `AWS_ENDPOINT_URL`, the profile's `services` and
//! `endpoint_url` (`requests_go_to_the_region_unless_an_endpoint_is_set`, `requests_go_through_the_proxy_like_the_clients_own`). Containers and instances are never reached through a proxy
//! (`the_endpoint_is_reached_without_a_proxy`). A transient failure is retried up to twice (`transient_failures_are_retried`). A machine whose
//! metadata service does not answer within a second is not an instance.
//!
//! # The cache
//!
//! A client, its clones, and calls with a `config_override` that does not change the provider share a cache (`clones_and_overrides_share_the_cache`).
//! Keys of the environment are not cached but read at each request.
//!
//! | promise | test |
//! |---|---|
//! | credentials are replaced before their end: in the last sixth of their time, but not earlier than 5 minutes and not later than 10 seconds before the end, at a random moment | `credentials_are_cached_and_refreshed_before_their_expiry` |
//! | one call replaces them, for up to 10 seconds, while the others go on with what they have | `one_call_refreshes_while_the_others_use_the_old_credentials`, `a_refresh_without_an_answer_times_out` |
//! | a failure to replace them fails no call while the old ones are good; the next try is 30 to 60 seconds later | `a_failure_to_replace_them_fails_no_call_before_their_end` |
//! | without good ones, one call gets them and the others wait for what it gets, for up to a minute, be it an error | `calls_without_credentials_wait_for_one_load`, `waiting_calls_share_a_failure` |
//! | a call that is dropped meanwhile hands over to the next one | `a_dropped_call_hands_its_load_over` |
//! | credentials without an end, of whatever provider, are asked for again after 15 minutes | `credentials_without_an_expiry_are_refreshed_and_stay_valid` |
//! | credentials that the service refuses as expired are not used again, and the request is sent again with others if there are | `an_expired_token_brings_new_credentials`, `client::tests::retries::credentials` |
//! | an instance's credentials are used beyond their end when there are no others | `old_credentials_are_used_a_while_longer`, `an_instances_credentials_are_used_after_their_expiry` |
//!
//! No error, `Debug` or event shows a secret, a token or a reply. Of a refusal, only the code and the message are shown
//! (`a_refusal_is_one_line`, `a_refusal_shows_no_more_than_its_code_and_message`, `refusals_of_the_service_are_shown`,
//! `a_program_that_fails_is_named_and_its_output_is_not`). Of a malformed reply, the fault or its place is shown
//! (`a_reply_that_is_not_credentials_is_named_and_not_shown`).

mod cache;
mod environment;
mod error;
mod settings;
mod source;
mod text;

#[cfg(feature = "credentials")]
mod chain;
#[cfg(feature = "credentials")]
mod container;
#[cfg(feature = "credentials")]
mod context;
#[cfg(feature = "credentials")]
mod endpoint_client;
#[cfg(feature = "credentials")]
mod instance;
#[cfg(feature = "credentials")]
mod process;
#[cfg(feature = "credentials")]
mod profile;
#[cfg(feature = "credentials")]
mod reply;
#[cfg(feature = "credentials")]
mod source_error;
#[cfg(feature = "credentials")]
mod sso;
#[cfg(feature = "credentials")]
mod sts;
#[cfg(feature = "credentials")]
mod time;

pub(crate) use cache::Cache;
#[cfg(feature = "credentials")]
pub(crate) use instance::imds_region;
pub(crate) use settings::Settings;
pub(crate) use source::Source;
#[cfg(all(feature = "credentials", feature = "test-util"))]
pub(crate) use time::parse as expiration;

/// A property of an instance's credentials: they may be used after their expiry while there are no others. The metadata service returns old
/// credentials when it cannot get new ones, and AWS's services accept them then.
#[derive(Clone, Copy, Debug)]
struct UsableAfterExpiry;

#[cfg(all(test, feature = "credentials", feature = "rustls", feature = "rt-tokio"))]
mod tests;
