use super::{Home, StandIn, find, found, parts, seeking};
use crate::testing::Replay;

const BODY: &str =
    r#"{"AccessKeyId": "CONTAINER", "SecretAccessKey": "SECRETKEY", "Token": "SECRETTOKEN", "Expiration": "2099-01-01T00:00:00Z"}"#;
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

#[tokio::test]
async fn the_endpoint_receives_the_token() {
    let home = Home::new();
    let server = StandIn::always(200, BODY).await;
    let uri = format!("{}/v1/credentials?id=1", server.url);
    let file = home.write("token", "Bearer SECRETTOKEN\n");
    for variables in [&[(FULL, &*uri), (TOKEN, "other"), (TOKEN_FILE, &*file)][..], &[(FULL, &*uri), (TOKEN, "Bearer SECRETTOKEN\n")]] {
        let credentials = found(&home, variables).await.unwrap();
        assert_eq!(parts(&credentials), ("CONTAINER", "SECRETKEY", Some("SECRETTOKEN")));
        assert!(credentials.expiry().is_some());
        let request = server.requests().remove(0);
        assert!(request.starts_with("GET /v1/credentials?id=1 HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("\r\nauthorization: Bearer SECRETTOKEN\r\n"), "{request}");
        assert!(request.contains("\r\naccept: application/json\r\n"), "{request}");
    }
}

#[tokio::test]
async fn the_endpoint_is_reached_without_a_proxy() {
    let (home, server, proxy) = (Home::new(), StandIn::always(200, BODY).await, StandIn::always(502, "").await);
    let variables = [(FULL, &*server.url), ("HTTP_PROXY", &proxy.url), ("http_proxy", &proxy.url), ("ALL_PROXY", &proxy.url)];
    assert!(found(&home, &variables).await.is_ok());
    assert!(proxy.requests().is_empty());
}

#[tokio::test]
async fn a_host_is_the_same_in_whatever_case() {
    for host in ["LOCALHOST", "LocalHost", "[FD00:EC2::23]", "[::1]", "127.1.2.3"] {
        let (home, replay, uri) = (Home::new(), Replay::default(), format!("http://{host}:1/"));
        drop(find(seeking(&home, &[(FULL, &uri)]).http_client(replay.clone())).await);
        assert_eq!(replay.uris(), [uri]);
    }
}

#[tokio::test]
async fn a_path_leads_to_the_endpoint_of_ecs() {
    let (home, replay) = (Home::new(), Replay::default());
    let variables = [("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/1"), (FULL, "http://127.0.0.1:1")];
    drop(find(seeking(&home, &variables).http_client(replay.clone())).await);
    assert_eq!(replay.uris(), ["http://169.254.170.2/v2/credentials/1"]);
}

#[tokio::test]
async fn faulty_settings_are_named() {
    let home = Home::new();
    let two_lines = home.write("token", "a\nb");
    let table: [(&[(&str, &str)], &str); 6] = [
        (
            &[(FULL, "http://example.com/creds")],
            "AWS_CONTAINER_CREDENTIALS_FULL_URI leads to example.com without TLS: use https, or a loopback address or one of those of ECS \
             and EKS",
        ),
        (&[(FULL, "http://127.0.0.1.example.com/")], "AWS_CONTAINER_CREDENTIALS_FULL_URI leads to 127.0.0.1.example.com without TLS: "),
        (&[(FULL, "ftp://localhost/")], "AWS_CONTAINER_CREDENTIALS_FULL_URI is not a URL of http or https"),
        (&[("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "v2")], "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not a path that begins with /"),
        (&[(FULL, "http://127.0.0.1:1"), (TOKEN, "a\nb")], "AWS_CONTAINER_AUTHORIZATION_TOKEN holds a line break"),
        (&[(FULL, "http://127.0.0.1:1"), (TOKEN_FILE, &two_lines)], "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "),
    ];
    for (variables, expected) in table {
        let line = found(&home, variables).await.unwrap_err();
        assert!(line.starts_with(&format!("no credentials: container: {expected}")), "{line}");
    }
}

#[tokio::test]
async fn a_refusal_shows_no_more_than_its_code_and_message() {
    let home = Home::new();
    let server = StandIn::always(400, r#"{"code": "InvalidToken", "message": "no SECRETTOKEN", "token": "SECRETTOKEN"}"#).await;
    let line = found(&home, &[(FULL, &server.url), (TOKEN, "SECRETTOKEN")]).await.unwrap_err();
    assert_eq!(line, format!("no credentials: container: {}/: 400 InvalidToken: no (secret)", server.url));
    let server = StandIn::always(200, r#"{"AccessKeyId": "SECRETKEY", "SecretAccessKey": 5}"#).await;
    let line = found(&home, &[(FULL, &server.url)]).await.unwrap_err();
    assert_eq!(line, format!("no credentials: container: {}/: the reply is not credentials: SecretAccessKey is not a text", server.url));
}
