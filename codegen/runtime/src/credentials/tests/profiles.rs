use super::{Home, found, parts};

const KEYS: &str = "aws_access_key_id = AKID\naws_secret_access_key = SECRETKEY\n";
const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role/r\n";

#[tokio::test]
async fn keys_are_in_either_file_and_the_credentials_file_goes_first() {
    let home = Home::with(&format!("[default]\n{KEYS}aws_session_token = SECRETTOKEN\n[profile two]\naws_access_key_id = TWO\n"));
    assert_eq!(parts(&found(&home, &[]).await.unwrap()), ("AKID", "SECRETKEY", Some("SECRETTOKEN")));
    home.write(".aws/credentials", "[default]\naws_access_key_id = OTHER\n[two]\naws_secret_access_key = SECRETKEY\n");
    assert_eq!(found(&home, &[]).await.unwrap().access_key_id(), "OTHER");
    assert_eq!(parts(&found(&home, &[("AWS_PROFILE", "two")]).await.unwrap()), ("TWO", "SECRETKEY", None));
}

#[tokio::test]
async fn a_role_without_a_source_of_its_own_or_with_too_many_is_an_error() {
    let file = "web_identity_token_file = /t\n";
    let one = "of source_profile, credential_source and web_identity_token_file, role_arn may have one beside it";
    let none = "role_arn needs a source_profile, a credential_source or a web_identity_token_file beside it";
    let table = [
        (format!("{ROLE}{KEYS}"), 2, none),
        (format!("{ROLE}source_profile = default\n{file}"), 2, one),
        (format!("{ROLE}source_profile = default\ncredential_source = Environment\n"), 2, one),
        (
            format!("{ROLE}credential_source = Instance\n"),
            3,
            "credential_source is none of Environment, Ec2InstanceMetadata and EcsContainer",
        ),
        (
            format!("{ROLE}source_profile = default\nmfa_serial = arn:aws:iam::1:mfa/u\n"),
            4,
            "mfa_serial is not supported: a code cannot be entered here; use a session's credentials",
        ),
        (format!("{ROLE}source_profile = default\nduration_seconds = 1h\n"), 4, "duration_seconds is not a number from 900 to 43200"),
        (format!("{ROLE}source_profile = missing\n"), 3, "there is no profile \"missing\""),
        (format!("{ROLE}source_profile = default\n"), 1, "the source_profile default has no settings for credentials"),
        ("aws_access_key_id = AKID\n".to_owned(), 2, "aws_access_key_id has no aws_secret_access_key beside it"),
        ("aws_secret_access_key = SECRETKEY\n".to_owned(), 2, "aws_secret_access_key has no aws_access_key_id beside it"),
    ];
    for (profile, number, expected) in table {
        let home = Home::with(&format!("[default]\n{profile}"));
        assert_eq!(found(&home, &[]).await.unwrap_err(), format!("no credentials: profile default: {}: {expected}", home.line(number)));
    }
}

#[tokio::test]
async fn an_unknown_source_in_a_profile_ends_the_search() {
    let login = "login_session is not supported: use another profile with the setting credential_process = aws configure export-credentials \
                 --profile default";
    let unknown = "seems to be a source of credentials that is not supported: use a credential_process that prints them";
    let unknown = |key: &str| format!("{key} {unknown}");
    let table = [
        ("login_session = arn:aws:iam::123456789012:user/u\n".to_owned(), 3, login.to_owned()),
        (format!("login_session = x\n{KEYS}"), 3, login.to_owned()),
        ("login_session = x\ncredential_process = echo SECRETKEY\n".to_owned(), 3, login.to_owned()),
        ("login_provider = x\n".to_owned(), 3, unknown("login_provider")),
        ("output = json\nsaml_endpoint = x\n".to_owned(), 4, unknown("saml_endpoint")),
        ("oidc_token_command = x\n".to_owned(), 3, unknown("oidc_token_command")),
        ("web_identity_token_file = /t\n".to_owned(), 3, "web_identity_token_file has no role_arn beside it".to_owned()),
        ("source_profile = other\n".to_owned(), 3, "source_profile has no role_arn beside it".to_owned()),
        ("credential_source = Environment\n".to_owned(), 3, "credential_source has no role_arn beside it".to_owned()),
        ("aws_session_token = SECRETTOKEN\n".to_owned(), 3, "aws_session_token has no aws_access_key_id beside it".to_owned()),
        ("aws_session_token SECRETTOKEN==\n".to_owned(), 3, unknown("a setting")),
        ("sso_region = eu-west-1\n".to_owned(), 3, "sso_region has no sso_account_id and no sso_role_name beside it".to_owned()),
        ("sso_session = s\n".to_owned(), 3, "sso_session has no sso_account_id and no sso_role_name beside it".to_owned()),
        (
            "credential_process =\n  echo --key=SECRETKEY\n".to_owned(),
            3,
            "credential_process has indented lines in the place of a value".to_owned(),
        ),
    ];
    let machine = super::StandIn::always(200, "").await;
    for (profile, number, expected) in table {
        let home = Home::with(&format!("[default]\nregion = eu-west-1\n{profile}"));
        let line = found(&home, &[("AWS_EC2_METADATA_SERVICE_ENDPOINT", &machine.url)]).await.unwrap_err();
        assert_eq!(line, format!("no credentials: profile default: {}: {expected}", home.line(number)));
        assert!(!line.to_uppercase().contains("SECRET"), "{line}");
    }
    assert!(machine.requests().is_empty(), "the machine's role is not a substitute");
    let others =
        "region = eu-west-1\noutput = json\nmfa_serial = x\ncli_pager =\naws_account_id = 1\ns3 =\n  max_queue_size = 1\nlogin_session =\n";
    let home = Home::with(&format!("[default]\n{others}"));
    let line = found(&home, &[("AWS_EC2_METADATA_DISABLED", "true")]).await.unwrap_err();
    assert!(line.contains("it has no settings for credentials"), "{line}");
}

#[tokio::test]
async fn keys_of_the_credentials_file_go_before_a_login_session_of_the_config_file() {
    let home = Home::with("[default]\nlogin_session = x\n");
    home.write(".aws/credentials", &format!("[default]\n{KEYS}"));
    assert_eq!(found(&home, &[]).await.unwrap().access_key_id(), "AKID");
}

#[tokio::test]
async fn keys_may_have_a_session_for_tokens_beside_them() {
    let home = Home::with(&format!("[default]\nsso_session = s\nsso_start_url = u\n{KEYS}"));
    assert_eq!(found(&home, &[]).await.unwrap().access_key_id(), "AKID");
}

#[tokio::test]
async fn a_token_belongs_to_the_keys_of_its_file() {
    let home = Home::with(&format!("[default]\n{KEYS}aws_session_token = SECRETTOKEN\n"));
    home.write(".aws/credentials", "[default]\naws_access_key_id = OTHER\naws_secret_access_key = SECRETKEY\naws_session_token =\n");
    assert_eq!(parts(&found(&home, &[]).await.unwrap()), ("OTHER", "SECRETKEY", None));
}

#[tokio::test]
async fn keys_that_no_request_can_carry_are_named_with_their_line() {
    let home = Home::with("[default]\naws_access_key_id = AKID\naws_secret_access_key = SECRETKEY\n  SECRETKEY\n");
    assert_eq!(
        found(&home, &[]).await.unwrap_err(),
        format!(
            "no credentials: profile default: {}: aws_secret_access_key holds a line break or another character that no request can carry",
            home.line(3)
        )
    );
}

#[tokio::test]
async fn a_profile_in_the_other_files_form_gets_a_hint() {
    let home = Home::with(&format!("[default]\n{ROLE}source_profile = keys\n[keys]\n{KEYS}"));
    assert_eq!(
        found(&home, &[]).await.unwrap_err(),
        format!(
            "no credentials: profile default: {}: there is no profile \"keys\": {} has [keys], which has to be [profile keys] in this file",
            home.line(3),
            home.line(4)
        )
    );
}

#[tokio::test]
async fn a_circle_of_profiles_is_named() {
    let profile = |name: &str, source: &str| format!("[profile {name}]\n{ROLE}source_profile = {source}\n");
    let home = Home::with(&[profile("a", "b"), profile("b", "c"), profile("c", "a")].concat());
    assert_eq!(
        found(&home, &[("AWS_PROFILE", "a")]).await.unwrap_err(),
        format!("no credentials: profile a: {}: the source_profiles form a circle: a -> b -> c -> a", home.line(9))
    );
}

#[tokio::test]
async fn a_profile_may_be_the_source_of_its_own_role() {
    let home = Home::with(&format!("[default]\n{ROLE}source_profile = default\n{KEYS}"));
    let sts = super::StandIn::always(403, "").await;
    let line = found(&home, &[("AWS_ENDPOINT_URL_STS", &sts.url)]).await.unwrap_err();
    assert!(line.ends_with(": AssumeRole of arn:aws:iam::123456789012:role/r: 403 Forbidden"), "{line}");
    assert!(sts.requests()[0].contains("Credential=AKID/"));
}

#[tokio::test]
async fn a_broken_profile_ends_the_search() {
    let home = Home::with("[default]\nregion\n");
    let sts = super::StandIn::always(200, "").await;
    let container = ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &*sts.url);
    let line = found(&home, &[container]).await.unwrap_err();
    assert!(line.starts_with(&format!("no credentials: {}: ", home.line(2))), "{line}");
    home.write(".aws/config", "[default]\nregion = eu-west-1\n");
    let line = found(&home, &[container, ("AWS_PROFILE", "missing")]).await.unwrap_err();
    assert!(line.starts_with("no credentials: ") && line.contains("there is no profile \"missing\""), "{line}");
    assert!(sts.requests().is_empty());
    // A profile without settings for credentials is not a source.
    let line = found(&home, &[("AWS_EC2_METADATA_DISABLED", "true")]).await.unwrap_err();
    assert!(line.contains(&format!("; profile default: {}: it has no settings for credentials; web identity: ", home.line(1))), "{line}");
}
