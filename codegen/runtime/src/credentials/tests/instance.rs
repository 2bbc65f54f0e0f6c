use super::{Home, StandIn, found, parts, seeking};
use crate::config::Region;
use crate::credentials::{Settings, imds_region};
use crate::testing::NOW;
use std::time::{Duration, UNIX_EPOCH};

const ENDPOINT: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

/// The metadata service of an instance whose credentials have this expiry.
async fn service(expiration: &'static str) -> StandIn {
    StandIn::start(move |request| {
        let line = request.lines().next().unwrap_or_default();
        let has_token = request.contains("\r\nx-aws-ec2-metadata-token: metadata-token\r\n");
        match line.trim_end_matches(" HTTP/1.1") {
            "PUT /latest/api/token" if request.contains("\r\nx-aws-ec2-metadata-token-ttl-seconds: 21600\r\n") => {
                (200, "metadata-token".to_owned())
            }
            _ if !has_token => (401, String::new()),
            "GET /latest/meta-data/iam/security-credentials/" => (200, "role-1".to_owned()),
            "GET /latest/meta-data/iam/security-credentials/role-1" => {
                let keys = r#""AccessKeyId": "INSTANCE", "SecretAccessKey": "SECRETKEY", "Token": "SECRETTOKEN""#;
                (200, format!(r#"{{"Code": "Success", "Type": "AWS-HMAC", {keys}, "Expiration": "{expiration}"}}"#))
            }
            "GET /latest/meta-data/placement/region" => (200, "eu-north-1".to_owned()),
            _ => (404, "<html>SECRETKEY</html>".to_owned()),
        }
    })
    .await
}

#[tokio::test]
async fn the_credentials_of_an_instances_role_are_loaded() {
    let (home, service) = (Home::new(), service("2099-01-01T00:00:00Z").await);
    let credentials = found(&home, &[(ENDPOINT, &format!("{}/", service.url))]).await.unwrap();
    assert_eq!(parts(&credentials), ("INSTANCE", "SECRETKEY", Some("SECRETTOKEN")));
    assert_eq!(service.requests().len(), 3);
    // The profile may have the endpoint, too.
    home.write(".aws/config", &format!("[default]\nec2_metadata_service_endpoint = {}\n", service.url));
    assert_eq!(found(&home, &[]).await.unwrap().access_key_id(), "INSTANCE");
}

#[tokio::test]
async fn old_credentials_are_used_a_while_longer() {
    let (home, service) = (Home::new(), service("2019-11-22T10:00:00Z").await);
    let credentials = found(&home, &[(ENDPOINT, &service.url)]).await.unwrap();
    let longer = credentials.expiry().unwrap().duration_since(UNIX_EPOCH + Duration::from_secs(NOW)).unwrap();
    assert!((Duration::from_mins(5)..Duration::from_mins(10)).contains(&longer), "{longer:?}");
}

#[tokio::test]
async fn an_instance_without_a_role_is_reported() {
    let home = Home::new();
    let service = StandIn::start(|request| if request.starts_with("PUT") { (200, "t".to_owned()) } else { (404, String::new()) }).await;
    let line = found(&home, &[(ENDPOINT, &service.url)]).await.unwrap_err();
    assert!(line.ends_with("; instance metadata: the instance has no role"), "{line}");
    let empty = StandIn::start(|request| (200, if request.starts_with("PUT") { "t" } else { "" }.to_owned())).await;
    let line = found(&home, &[(ENDPOINT, &empty.url)]).await.unwrap_err();
    assert!(line.ends_with("; instance metadata: the instance has no role"), "{line}");
}

/// The metadata service of an instance with this reply to its third request.
async fn answering(status: u16, body: &'static str) -> StandIn {
    StandIn::start(move |request| match request {
        _ if request.starts_with("PUT ") => (200, "metadata-token".to_owned()),
        _ if request.contains("security-credentials/role-1") => (status, body.to_owned()),
        _ => (200, "role-1".to_owned()),
    })
    .await
}

#[tokio::test]
async fn refusals_of_the_service_are_shown() {
    let home = Home::new();
    let table = [
        (
            200,
            r#"{"Code": "AssumeRoleUnauthorizedAccess", "Message": "EC2 cannot assume the role by metadata-token", "Token": "SECRETTOKEN"}"#,
            "200 AssumeRoleUnauthorizedAccess: EC2 cannot assume the role by (secret)",
        ),
        (401, "<html>SECRETKEY</html>", "the credentials of the role: 401 Unauthorized"),
        (404, "", "the credentials of the role: 404 Not Found"),
        (200, "SECRETKEY", "the reply is not credentials: expected a value (byte 0)"),
        (200, r#"{"AccessKeyId": "A", "Token": "SECRETTOKEN"}"#, "the reply is not credentials: SecretAccessKey is missing"),
        (200, r#"{"AccessKeyId": "A", "SecretAccessKey": "SECRETKEY"}"#, "the reply is not credentials: Expiration is missing"),
        (
            200,
            r#"{"AccessKeyId": "A", "SecretAccessKey": "SECRETKEY", "Expiration": "SECRETTOKEN"}"#,
            "the reply is not credentials: Expiration is not a time with a zone, such as 2019-11-22T12:00:00Z",
        ),
    ];
    for (status, body, expected) in table {
        let service = answering(status, body).await;
        let line = found(&home, &[(ENDPOINT, &service.url)]).await.unwrap_err();
        assert!(line.ends_with(&format!("; instance metadata: {expected}")), "{line}");
    }
    // An HTML page, such as a portal's, is neither a token nor the name of a role.
    let table = [
        ("<html>\nSECRETKEY", "/latest/api/token: the reply is not fit for a header"),
        ("<html>", "/latest/meta-data/iam/security-credentials/: the reply is not the name of a role"),
    ];
    for (body, expected) in table {
        let service = StandIn::always(200, body).await;
        let line = found(&home, &[(ENDPOINT, &service.url)]).await.unwrap_err();
        assert!(line.ends_with(&format!("; instance metadata: {expected}")), "{line}");
    }
    let service = StandIn::always(403, "").await;
    let line = found(&home, &[(ENDPOINT, &service.url)]).await.unwrap_err();
    assert!(line.ends_with("; instance metadata: /latest/api/token: 403 Forbidden"), "{line}");
}

#[tokio::test]
async fn an_instance_may_have_credentials_without_a_token() {
    let home = Home::new();
    let service = answering(200, r#"{"AccessKeyId": "A", "SecretAccessKey": "SECRETKEY", "Expiration": "2099-01-01T00:00:00Z"}"#).await;
    let credentials = found(&home, &[(ENDPOINT, &service.url)]).await.unwrap();
    assert_eq!(parts(&credentials), ("A", "SECRETKEY", None));
}

#[tokio::test]
async fn a_busy_metadata_service_is_retried() {
    let (home, busy) = (Home::new(), StandIn::always(503, "").await);
    let line = found(&home, &[(ENDPOINT, &busy.url)]).await.unwrap_err();
    assert!(line.ends_with("; instance metadata: /latest/api/token: 503 Service Unavailable"), "{line}");
    assert_eq!(busy.requests().len(), 3);
}

#[tokio::test]
async fn a_disabled_metadata_service_is_not_asked() {
    let (home, service) = (Home::new(), service("2099-01-01T00:00:00Z").await);
    let line = found(&home, &[(ENDPOINT, &service.url), ("AWS_EC2_METADATA_DISABLED", "TRUE")]).await.unwrap_err();
    assert!(line.ends_with("; instance metadata: AWS_EC2_METADATA_DISABLED is true"), "{line}");
    let region =
        imds_region(&Settings::from(&seeking(&home, &[(ENDPOINT, &service.url), ("AWS_EC2_METADATA_DISABLED", "true")]).build())).await;
    assert_eq!(region, None);
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn faulty_settings_are_named() {
    let home = Home::new();
    let table = [
        (("AWS_EC2_METADATA_DISABLED", "yes"), "AWS_EC2_METADATA_DISABLED is neither true nor false"),
        ((ENDPOINT, "169.254.169.254"), "AWS_EC2_METADATA_SERVICE_ENDPOINT is not a URL of http or https"),
        (("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5"), "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is neither IPv4 nor IPv6"),
    ];
    for (variable, expected) in table {
        assert_eq!(found(&home, &[variable]).await.unwrap_err(), format!("no credentials: instance metadata: {expected}"));
    }
}

#[tokio::test]
async fn the_addresses_are_those_of_ec2() {
    let home = Home::new();
    for (mode, expected) in [("IPv4", "http://169.254.169.254/latest/api/token"), ("ipv6", "http://[fd00:ec2::254]/latest/api/token")] {
        let replay = crate::testing::Replay::default();
        let config = seeking(&home, &[("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", mode)]).http_client(replay.clone());
        drop(super::find(config).await);
        assert_eq!(replay.uris(), [expected]);
    }
}

#[tokio::test]
async fn an_instances_region_is_discovered() {
    let (home, service) = (Home::new(), service("2099-01-01T00:00:00Z").await);
    let region = imds_region(&Settings::from(&seeking(&home, &[(ENDPOINT, &service.url)]).build())).await;
    assert_eq!(region, Some(Region::from_static("eu-north-1")));
    let elsewhere = StandIn::always(200, "<html>").await;
    assert_eq!(imds_region(&Settings::from(&seeking(&home, &[(ENDPOINT, &elsewhere.url)]).build())).await, None);
}
