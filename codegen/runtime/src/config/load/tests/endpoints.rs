use super::found;
use crate::config::Config;
use crate::testing::SERVICE;

const FILE: &str =
    "[default]\nendpoint_url = http://profile\nservices = local\n[services local]\ncodebuild =\n  endpoint_url = http://section\n";

#[track_caller]
fn endpoint(variables: &[(&str, &str)], file: &str) -> Option<String> {
    found(variables, file).unwrap().endpoint_url(SERVICE.id).unwrap()
}

#[test]
fn endpoints_of_the_environment_and_of_one_service_come_first() {
    let (own, all) = (("AWS_ENDPOINT_URL_CODEBUILD", "http://own"), ("AWS_ENDPOINT_URL", "http://all"));
    let other = ("AWS_ENDPOINT_URL_CODECOMMIT", "http://other");
    assert_eq!(endpoint(&[own, all], FILE).as_deref(), Some("http://own"));
    assert_eq!(endpoint(&[all, other], FILE).as_deref(), Some("http://all"));
    assert_eq!(endpoint(&[other], FILE).as_deref(), Some("http://section"));
    assert_eq!(endpoint(&[], &FILE.replace("codebuild =", "codecommit =")).as_deref(), Some("http://profile"));
    assert_eq!(endpoint(&[], "[services local]\ncodebuild =\n  endpoint_url = http://section"), None);
    assert_eq!(endpoint(&[], "[profile other]\nendpoint_url = http://profile"), None);
}

#[test]
fn overridden_properties_are_not_checked() {
    let (own, all, other) =
        (("AWS_ENDPOINT_URL_CODEBUILD", "http://own"), ("AWS_ENDPOINT_URL", "http://all"), ("AWS_ENDPOINT_URL_S3", "x"));
    for file in ["[default]\nendpoint_url = no url", "[default]\nservices = gone", "[default]\nservices = a\n[services a]\nSECRET"] {
        assert_eq!(endpoint(&[all], file).as_deref(), Some("http://all"));
        assert_eq!(endpoint(&[own], file).as_deref(), Some("http://own"));
        assert_eq!(endpoint(&[own, ("AWS_ENDPOINT_URL", "no url")], file).as_deref(), Some("http://own"));
        let fault = found(&[], file).unwrap_err();
        let later = found(&[other], file).unwrap().endpoint_url(SERVICE.id).unwrap_err().to_string();
        assert!(later.ends_with(&fault["config".len()..]), "{later} is told at the call when a variable may go before it");
    }
}

#[test]
fn a_service_id_with_spaces_is_spelled_with_underscores() {
    let own = |variables: &[(&str, &str)], file: &str| found(variables, file).unwrap().endpoint_url("CodeStar connections-2").unwrap();
    assert_eq!(own(&[("AWS_ENDPOINT_URL_CODESTAR_CONNECTIONS_2", "http://own")], FILE).as_deref(), Some("http://own"));
    assert_eq!(own(&[], &FILE.replace("codebuild", "CodeStar_connections_2")).as_deref(), Some("http://section"));
}

#[test]
fn configured_endpoints_can_be_ignored() {
    let variables = [("AWS_ENDPOINT_URL_CODEBUILD", "http://own"), ("AWS_ENDPOINT_URL", "no url")];
    let ignore = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
    assert_eq!(endpoint(&[variables[0], variables[1], (ignore, "true")], FILE), None);
    let ignoring = FILE.replace("[default]\n", "[default]\nignore_configured_endpoint_urls = true\n");
    assert_eq!(endpoint(&variables, &ignoring), None);
    assert_eq!(endpoint(&[variables[0], (ignore, "false")], &ignoring).as_deref(), Some("http://own"));
}

#[test]
fn an_endpoint_in_code_overrides_all_others() {
    let variables = [("AWS_ENDPOINT_URL_CODEBUILD", "http://own")];
    let ignoring = FILE.replace("[default]\n", "[default]\nignore_configured_endpoint_urls = true\n");
    for file in [FILE, &ignoring] {
        let config: Config = found(&variables, file).unwrap().to_builder().endpoint_url("http://code").build();
        assert_eq!(config.endpoint_url(SERVICE.id).unwrap().as_deref(), Some("http://code"));
    }
    let mut unset = found(&variables, FILE).unwrap().to_builder();
    unset.set_endpoint_url(None);
    assert_eq!(unset.build().endpoint_url(SERVICE.id).unwrap(), None);
}

#[test]
fn a_services_own_endpoint_is_checked_when_the_service_is_known() {
    let refusal = |variables: &[(&str, &str)], file: &str| {
        let refusal = found(variables, file).unwrap().endpoint_url(SERVICE.id).unwrap_err().to_string();
        refusal.find("config:").map_or(refusal.clone(), |start| refusal[start..].to_owned())
    };
    assert_eq!(
        refusal(&[("AWS_ENDPOINT_URL_CODEBUILD", "localhost")], ""),
        "the environment variable AWS_ENDPOINT_URL_CODEBUILD: the endpoint_url \"localhost\" has no scheme: begin it with http:// or https://"
    );
    assert_eq!(
        refusal(&[], &FILE.replace("http://section", "ftp://section")),
        "config:6: endpoint_url: the endpoint_url \"ftp://section\" is neither http:// nor https://"
    );
}
