use super::{Home, StandIn, found, parts};
use crate::testing::NOW;
use std::fs;
use std::time::{Duration, UNIX_EPOCH};

/// The SHA-1 of `company`, and of the start URL.
const SESSION_FILE: &str = ".aws/sso/cache/71b21161ffa1e6516bcc072aaf5ef38cbe85b511.json";
const START_URL_FILE: &str = ".aws/sso/cache/d033e22ae348aeb5660fc2140aec35850c4da997.json";

const SESSION: &str = "[default]
sso_session = company
sso_account_id = 123456789012
sso_role_name = a role
[sso-session company]
sso_region = eu-west-2
sso_start_url = https://company.awsapps.com/start
";
const CREDENTIALS: &str = r#"{"roleCredentials": {"accessKeyId": "SIGNEDON", "secretAccessKey": "SECRETKEY", "sessionToken": "SECRETTOKEN", "expiration": 1574421630000}}"#;

fn token(end: &str, more: &str) -> String {
    format!(
        r#"{{"startUrl": "https://company.awsapps.com/start", "region": "eu-west-2", "accessToken": "SECRETTOKEN-1", "expiresAt": "{end}"{more}}}"#
    )
}

const RENEWABLE: &str = r#", "refreshToken": "SECRETREFRESH-1", "clientId": "client", "clientSecret": "SECRETCLIENT", "registrationExpiresAt": "2019-12-01T00:00:00Z""#;

#[tokio::test]
async fn a_token_is_exchanged_for_a_roles_credentials() {
    let home = Home::with(SESSION);
    home.write(SESSION_FILE, &token("2019-11-22T12:00:00Z", ""));
    let portal = StandIn::always(200, CREDENTIALS).await;
    let credentials = found(&home, &[("AWS_ENDPOINT_URL_SSO", &portal.url)]).await.unwrap();
    assert_eq!(parts(&credentials), ("SIGNEDON", "SECRETKEY", Some("SECRETTOKEN")));
    assert_eq!(credentials.expiry(), Some(UNIX_EPOCH + Duration::from_secs(NOW + 3_600)));
    let request = portal.requests().remove(0);
    assert!(request.starts_with("GET /federation/credentials?role_name=a%20role&account_id=123456789012 HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("\r\nx-amz-sso_bearer_token: SECRETTOKEN-1\r\n"), "{request}");
}

#[tokio::test]
async fn a_profile_without_a_session_has_the_token_of_its_start_url() {
    let home = Home::with("[default]\nsso_start_url = admin\nsso_region = eu-west-2\nsso_account_id = 1\nsso_role_name = r\n");
    home.write(START_URL_FILE, &token("2019-11-22T12:00:00UTC", ""));
    let portal = StandIn::always(200, CREDENTIALS).await;
    let endpoint = ("AWS_ENDPOINT_URL_SSO", &*portal.url);
    assert_eq!(found(&home, &[endpoint]).await.unwrap().access_key_id(), "SIGNEDON");
    home.write(START_URL_FILE, &token("2019-11-22T10:00:00Z", RENEWABLE));
    assert_eq!(
        found(&home, &[endpoint]).await.unwrap_err(),
        format!(
            "no credentials: profile default: {}: single sign-on: the token has expired: it cannot be renewed without an sso_session: run \
             `aws sso login` with this profile",
            home.line(2)
        )
    );
}

#[tokio::test]
async fn a_token_near_its_expiry_is_renewed_and_stored() {
    for end in ["2019-11-22T10:22:00Z", "2019-11-22T09:00:00Z"] {
        let home = Home::with(SESSION);
        let file = home.write(SESSION_FILE, &token(end, RENEWABLE));
        let new = r#"{"accessToken": "SECRETTOKEN-2", "expiresIn": 3600, "refreshToken": "SECRETREFRESH-2", "tokenType": "Bearer"}"#;
        let (oidc, portal) = (StandIn::always(200, new).await, StandIn::always(200, CREDENTIALS).await);
        let variables = [("AWS_ENDPOINT_URL_SSO", &*portal.url), ("AWS_ENDPOINT_URL_SSO_OIDC", &oidc.url)];
        assert_eq!(found(&home, &variables).await.unwrap().access_key_id(), "SIGNEDON");
        let request = oidc.requests().remove(0);
        assert!(request.starts_with("POST /token HTTP/1.1\r\n"), "{request}");
        let expected =
            r#"{"clientId":"client","clientSecret":"SECRETCLIENT","grantType":"refresh_token","refreshToken":"SECRETREFRESH-1"}"#;
        assert!(request.ends_with(expected), "{request}");
        assert!(portal.requests().remove(0).contains("x-amz-sso_bearer_token: SECRETTOKEN-2\r\n"));
        let kept: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let texts = ["accessToken", "refreshToken", "expiresAt", "clientId", "region"].map(|name| kept[name].as_str().unwrap());
        assert_eq!(texts, ["SECRETTOKEN-2", "SECRETREFRESH-2", "2019-11-22T11:20:30Z", "client", "eu-west-2"]);
        assert_eq!(fs::read_dir(home.0.join(".aws/sso/cache")).unwrap().count(), 1, "nothing is left beside it");
        // The new token is valid for an hour.
        found(&home, &variables).await.unwrap();
        assert!(oidc.requests().is_empty());
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_renewed_is_used_until_its_expiry() {
    let home = Home::with(SESSION);
    let (oidc, portal) = (
        StandIn::always(400, r#"{"error": "invalid_grant", "error_description": "SECRETREFRESH-1 is spent"}"#).await,
        StandIn::always(200, CREDENTIALS).await,
    );
    let variables = [("AWS_ENDPOINT_URL_SSO", &*portal.url), ("AWS_ENDPOINT_URL_SSO_OIDC", &oidc.url)];
    home.write(SESSION_FILE, &token("2019-11-22T10:22:00Z", RENEWABLE));
    assert_eq!(found(&home, &variables).await.unwrap().access_key_id(), "SIGNEDON");
    let expired = |why: &str| {
        format!(
            "no credentials: profile default: {}: single sign-on: the token has expired: {why}: run `aws sso login --sso-session company`",
            home.line(2)
        )
    };
    home.write(SESSION_FILE, &token("2019-11-22T10:20:00Z", RENEWABLE));
    assert_eq!(found(&home, &variables).await.unwrap_err(), expired("CreateToken: 400 invalid_grant: (secret) is spent"));
    home.write(SESSION_FILE, &token("2019-11-22T10:20:00Z", ""));
    assert_eq!(found(&home, &variables).await.unwrap_err(), expired("it cannot be renewed (clientId is missing)"));
    home.write(SESSION_FILE, &token("2019-11-22T10:20:00Z", &RENEWABLE.replace("2019-12", "2019-10")));
    assert_eq!(found(&home, &variables).await.unwrap_err(), expired("it cannot be renewed (the client's registration has expired)"));
}

#[tokio::test]
async fn an_error_without_a_token_names_the_command_to_run() {
    let home = Home::with(SESSION);
    let path = home.0.join(SESSION_FILE);
    let told = |why: String| format!("no credentials: profile default: {}: single sign-on: {why}", home.line(2));
    let advice = "run `aws sso login --sso-session company`";
    assert_eq!(found(&home, &[]).await.unwrap_err(), told(format!("not signed on ({path:?} does not exist): {advice}")));
    home.write(SESSION_FILE, "{\"accessToken\": \"SECRETTOKEN\"");
    let line = found(&home, &[]).await.unwrap_err();
    assert!(line.starts_with(&told(format!("{path:?} is not a token: "))) && line.ends_with(advice), "{line}");
    home.write(SESSION_FILE, &token("2019-11-22T12:00:00Z", ""));
    let portal = StandIn::always(401, "").await;
    let line = found(&home, &[("AWS_ENDPOINT_URL_SSO", &portal.url)]).await.unwrap_err();
    assert_eq!(line, told(format!("the token is not valid any more: {advice}")));
    let portal = StandIn::always(403, r#"{"message": "No access", "__type": "ForbiddenException"}"#).await;
    let line = found(&home, &[("AWS_ENDPOINT_URL_SSO", &portal.url)]).await.unwrap_err();
    assert_eq!(line, told("GetRoleCredentials: 403 ForbiddenException: No access".to_owned()));
}

#[tokio::test]
async fn missing_settings_of_single_sign_on_are_named() {
    let table = [
        (SESSION.replace("[sso-session company]", "[sso-session other]"), 2, "there is no section [sso-session company]"),
        (SESSION.replace("sso_region = eu-west-2\n", ""), 5, "sso_region is missing"),
        (SESSION.replace("sso_account_id = 123456789012\n", ""), 4, "sso_account_id is missing"),
        (
            SESSION.replace("sso_role_name", "sso_region = eu-west-1\nsso_role_name"),
            4,
            "sso_region differs from the value at {}:7: make them equal or remove one",
        ),
        ("[default]\nsso_start_url = u\nsso_account_id = 1\nsso_role_name = r\n".to_owned(), 2, "sso_region is missing"),
    ];
    for (config, number, expected) in table {
        let home = Home::with(&config);
        let expected = expected.replace("{}", &home.0.join(".aws/config").display().to_string());
        assert_eq!(found(&home, &[]).await.unwrap_err(), format!("no credentials: profile default: {}: {expected}", home.line(number)));
    }
}
