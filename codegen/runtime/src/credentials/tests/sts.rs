use super::{Home, StandIn, find, found, parts, seeking};
use crate::credentials::{Settings, Source};
use crate::http;
use aws_smithy_types::DateTime;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

const ARN: &str = "arn:aws:iam::123456789012:role/builder";

fn reply(action: &str, key: &str) -> String {
    format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result><Credentials><AccessKeyId>{key}</AccessKeyId>\
         <SecretAccessKey>SECRETKEY</SecretAccessKey><SessionToken>SECRETTOKEN/+=</SessionToken><Expiration>2099-01-02T03:04:05Z</Expiration>\
         </Credentials></{action}Result></{action}Response>"
    )
}

fn refusal(code: &str, message: &str) -> String {
    format!("<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>")
}

/// The value of a header of a request.
fn header<'a>(request: &'a str, name: &str) -> &'a str {
    request.lines().find_map(|line| line.split_once(": ").filter(|(found, _)| *found == name)).map(|(_, value)| value).unwrap_or_default()
}

const PROFILES: &str = "[default]
role_arn = arn:aws:iam::123456789012:role/builder
source_profile = keys
external_id = id/1
role_session_name = ci@web
duration_seconds = 1800
[profile keys]
aws_access_key_id = AKIDOFTHEPROFILE
aws_secret_access_key = SECRETKEY
[profile second]
role_arn = arn:aws:iam::123456789012:role/second
source_profile = default
";

#[tokio::test]
async fn a_role_is_assumed_with_the_keys_of_another_profile() {
    let home = Home::with(PROFILES);
    let sts = StandIn::always(200, reply("AssumeRole", "ASIAEXAMPLEEXAMPLE")).await;
    let credentials = found(&home, &[("AWS_ENDPOINT_URL_STS", &sts.url)]).await.unwrap();
    assert_eq!(parts(&credentials), ("ASIAEXAMPLEEXAMPLE", "SECRETKEY", Some("SECRETTOKEN/+=")));
    assert_eq!(credentials.expiry(), Some(SystemTime::try_from(DateTime::from_secs(4_071_006_245)).unwrap()));

    let [request] = &sts.requests()[..] else { panic!("one request was expected") };
    assert!(request.starts_with("POST / HTTP/1.1\r\n"), "{request}");
    let expected = "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fbuilder&\
                    RoleSessionName=ci%40web&DurationSeconds=1800&ExternalId=id%2F1";
    assert_eq!(request.lines().last(), Some(expected));
    assert_eq!(format!("http://{}", header(request, "host")), sts.url);
    let authorization =
        "AWS4-HMAC-SHA256 Credential=AKIDOFTHEPROFILE/20191122/eu-west-1/sts/aws4_request, SignedHeaders=content-type;host;";
    assert!(header(request, "authorization").starts_with(authorization), "{request}");
    assert_eq!(header(request, "x-amz-date"), "20191122T102030Z", "the client's clock");
}

#[tokio::test]
async fn a_reply_may_have_a_namespace_prefix_and_a_byte_order_mark() {
    let home = Home::with(PROFILES);
    let prefixed = |text: String| format!("\u{feff}{}", text.replace("</", "</sts:").replace('<', "<sts:").replace("<sts:/sts:", "</sts:"));
    let sts = StandIn::always(200, prefixed(reply("AssumeRole", "ASIAEXAMPLEEXAMPLE"))).await;
    assert_eq!(found(&home, &[("AWS_ENDPOINT_URL_STS", &sts.url)]).await.unwrap().access_key_id(), "ASIAEXAMPLEEXAMPLE");
    let sts = StandIn::always(403, prefixed(refusal("AccessDenied", "not authorized"))).await;
    let line = found(&home, &[("AWS_ENDPOINT_URL_STS", &sts.url)]).await.unwrap_err();
    assert!(line.ends_with(": 403 AccessDenied: not authorized"), "{line}");
}

#[tokio::test]
async fn roles_are_assumed_one_after_the_other() {
    let home = Home::with(PROFILES);
    let sts = StandIn::start(|request| {
        let key = if request.contains("role%2Fsecond") { "ASIASECONDSECOND" } else { "ASIAFIRSTFIRSTFI" };
        (200, reply("AssumeRole", key))
    })
    .await;
    let credentials = found(&home, &[("AWS_ENDPOINT_URL_STS", &sts.url), ("AWS_PROFILE", "second")]).await.unwrap();
    assert_eq!(credentials.access_key_id(), "ASIASECONDSECOND");
    let requests = sts.requests();
    let signers: Vec<_> = requests
        .iter()
        .map(|request| (header(request, "authorization").contains("AKIDOFTHEPROFILE"), header(request, "x-amz-security-token")))
        .collect();
    assert_eq!(signers, [(true, ""), (false, "SECRETTOKEN/+=")]);
    assert!(requests[1].ends_with("&RoleSessionName=smithlet-1574418030"), "a name that tells when, if none was given");
}

#[tokio::test]
async fn a_role_may_come_from_another_source() {
    let home = Home::with("[default]\nrole_arn = arn:aws:iam::123456789012:role/builder\ncredential_source = EcsContainer\n");
    let sts = StandIn::always(200, reply("AssumeRole", "ASIAEXAMPLEEXAMPLE")).await;
    let body = r#"{"AccessKeyId": "CONTAINER", "SecretAccessKey": "SECRETKEY", "Token": "t", "Expiration": "2099-01-01T00:00:00Z"}"#;
    let container = StandIn::always(200, body).await;
    let variables = [("AWS_ENDPOINT_URL", &*sts.url), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &container.url)];
    assert_eq!(found(&home, &variables).await.unwrap().access_key_id(), "ASIAEXAMPLEEXAMPLE");
    assert!(sts.requests()[0].contains("Credential=CONTAINER/"));

    home.write(".aws/config", "[default]\nrole_arn = arn:aws:iam::123456789012:role/builder\ncredential_source = Environment\n");
    let line = found(&home, &variables).await.unwrap_err();
    assert_eq!(line, "no credentials: profile default: credential_source is Environment: AWS_ACCESS_KEY_ID is not set");
}

#[tokio::test]
async fn a_refusal_is_one_line() {
    let home = Home::with(PROFILES);
    let body = refusal("AccessDenied", "User: arn:aws:iam::1:user/u is not\nauthorized &amp; so on");
    let sts = StandIn::always(403, body).await;
    assert_eq!(
        found(&home, &[("AWS_ENDPOINT_URL_STS", &sts.url)]).await.unwrap_err(),
        format!(
            "no credentials: profile default: {}: AssumeRole of {ARN}: 403 AccessDenied: User: arn:aws:iam::1:user/u is not authorized & so on",
            home.line(2)
        )
    );
    let quoting = format!("should have been 'GET\nx-amz-security-token:{}'", "FwoG".repeat(10));
    let sts = StandIn::always(403, refusal("SignatureDoesNotMatch", &quoting)).await;
    let line = found(&home, &[("AWS_ENDPOINT_URL_STS", &sts.url)]).await.unwrap_err();
    assert!(line.ends_with(": 403 SignatureDoesNotMatch: should have been 'GET x-amz-security-token:(redacted)'"), "{line}");
    let sts = StandIn::always(502, "<html>SECRETKEY</html>".repeat(1_000)).await;
    let line = found(&home, &[("AWS_ENDPOINT_URL_STS", &sts.url)]).await.unwrap_err();
    assert!(line.ends_with(": 502 Bad Gateway"), "{line}");
    assert_eq!(sts.requests().len(), 3);
}

#[tokio::test]
async fn a_reply_that_is_not_credentials_is_named_and_not_shown() {
    let home = Home::with(PROFILES);
    let whole = reply("AssumeRole", "ASIAEXAMPLEEXAMPLE");
    let table = [
        ("<SECRETKEY>".to_owned(), "unexpected end of the document (byte 11)"),
        (String::new(), "unexpected end of the document (byte 0)"),
        ("{\"SECRETKEY\": 1}".to_owned(), "text outside of the root before this (byte 16)"),
        (whole.replace("AssumeRoleResult", "GetSessionTokenResult"), "AssumeRoleResult/Credentials is missing"),
        (whole.replace("AccessKeyId", "KeyId"), "AccessKeyId is missing"),
        (whole.replace("SECRETKEY", ""), "SecretAccessKey is missing"),
        (whole.replace("SECRETTOKEN/+=", " "), "SessionToken is missing"),
        (whole.replace("2099-01-02T03:04:05Z", "SECRETTOKEN"), "Expiration is not a time with a zone, such as 2019-11-22T12:00:00Z"),
    ];
    for (body, fault) in table {
        let sts = StandIn::always(200, body).await;
        let line = found(&home, &[("AWS_ENDPOINT_URL_STS", &sts.url)]).await.unwrap_err();
        assert!(line.ends_with(&format!(": AssumeRole of {ARN}: the reply of {}/ is not credentials: {fault}", sts.url)), "{line}");
        assert_eq!(sts.requests().len(), 1);
    }
}

#[tokio::test]
async fn transient_failures_are_retried() {
    let home = Home::with(PROFILES);
    let table = [
        (400, refusal("Throttling", "Rate exceeded"), 3),
        (400, refusal("IDPCommunicationError", "no response"), 3),
        (429, String::new(), 3),
        (500, String::new(), 3),
        (400, refusal("ValidationError", "Throttling"), 1),
        (404, String::new(), 1),
    ];
    for (status, body, attempts) in table {
        let sts = StandIn::always(status, body.clone()).await;
        found(&home, &[("AWS_ENDPOINT_URL_STS", &sts.url)]).await.unwrap_err();
        assert_eq!(sts.requests().len(), attempts, "{status} {body}");
    }
}

#[tokio::test]
async fn credentials_that_cannot_sign_are_not_sent() {
    let home = Home::with("[default]\nrole_arn = arn:aws:iam::123456789012:role/builder\ncredential_source = EcsContainer\n");
    let sts = StandIn::always(200, reply("AssumeRole", "ASIAEXAMPLEEXAMPLE")).await;
    let body = r#"{"AccessKeyId": "A", "SecretAccessKey": "SECRETKEY", "Token": "SECRETTOKEN\n", "Expiration": "2099-01-01T00:00:00Z"}"#;
    let container = StandIn::always(200, body).await;
    let line = found(&home, &[("AWS_ENDPOINT_URL", &sts.url), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &container.url)]).await.unwrap_err();
    let fault = "the reply is not credentials: Token holds a line break or another character that no request can carry";
    assert_eq!(line, format!("no credentials: profile default: credential_source is EcsContainer: {}/: {fault}", container.url));
    assert!(sts.requests().is_empty());
}

#[tokio::test]
async fn a_role_of_another_partition_is_refused_without_a_request() {
    let home = Home::with(PROFILES);
    let line = find(seeking(&home, &[]).region(crate::config::Region::from_static("eusc-de-east-1"))).await.unwrap_err();
    let why = "the role is in the partition aws, and the region eusc-de-east-1 in aws-eusc";
    assert!(line.ends_with(&format!(": AssumeRole of {ARN}: {why}")), "{line}");
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_for_sts_too() {
    let home = Home::with(PROFILES);
    let by_the_clock = |request: &str| match header(request, "x-amz-date") {
        "20191122T103030Z" => (200, reply("AssumeRole", "ASIAEXAMPLEEXAMPLE")),
        _ => (403, refusal("SignatureDoesNotMatch", "Signature expired")),
    };
    let sts = StandIn::at("Fri, 22 Nov 2019 10:30:30 GMT", by_the_clock).await;
    let variables = [("AWS_ENDPOINT_URL_STS", &*sts.url)];
    assert_eq!(found(&home, &variables).await.unwrap().access_key_id(), "ASIAEXAMPLEEXAMPLE");
    assert_eq!(sts.requests().len(), 2);
    let keeping = seeking(&home, &variables).disable_clock_skew_correction(true);
    find(keeping).await.unwrap_err();
    assert_eq!(sts.requests().len(), 1, "the clock is to be kept to");
}

#[tokio::test]
async fn a_wrong_date_in_every_reply_stops_no_later_search() {
    let home = Home::with(PROFILES);
    let seen = AtomicUsize::new(0);
    // The first request is refused for another reason. The service accepts signatures by our clock.
    let by_our_clock = move |request: &str| match (seen.fetch_add(1, Ordering::Relaxed), header(request, "x-amz-date")) {
        (1.., "20191122T102030Z") => (200, reply("AssumeRole", "ASIAEXAMPLEEXAMPLE")),
        _ => (403, refusal("SignatureDoesNotMatch", "Signature expired")),
    };
    let sts = StandIn::at("Sun, 22 Nov 2020 10:20:30 GMT", by_our_clock).await;
    let config = seeking(&home, &[("AWS_ENDPOINT_URL_STS", &*sts.url)]).build();
    let transport = http::Settings::from(&config);
    let connector = transport.connector(transport.client().as_ref());
    let source = Source::new(Settings::from(&config), &connector);
    assert!(source.load().await.is_err());
    for _ in 0..2 {
        assert_eq!(source.load().await.unwrap().access_key_id(), "ASIAEXAMPLEEXAMPLE");
    }
    let (ours, theirs) = ("20191122T102030Z", "20201122T102030Z");
    let dates: Vec<_> = sts.requests().iter().map(|request| header(request, "x-amz-date").to_owned()).collect();
    assert_eq!(dates, [ours, theirs, ours, ours]);
}

#[tokio::test]
async fn a_token_of_an_identity_provider_is_exchanged() {
    let home = Home::new();
    let file = home.write("token", "SECRETTOKEN.a.b\n");
    let sts = StandIn::always(200, reply("AssumeRoleWithWebIdentity", "ASIAEXAMPLEEXAMPLE")).await;
    let endpoint = ("AWS_ENDPOINT_URL_STS", &*sts.url);
    let [token, arn, name] = [("AWS_WEB_IDENTITY_TOKEN_FILE", &*file), ("AWS_ROLE_ARN", ARN), ("AWS_ROLE_SESSION_NAME", "pod")];
    let credentials = found(&home, &[endpoint, token, arn, name]).await.unwrap();
    assert_eq!(parts(&credentials), ("ASIAEXAMPLEEXAMPLE", "SECRETKEY", Some("SECRETTOKEN/+=")));
    let [request] = &sts.requests()[..] else { panic!("one request was expected") };
    assert!(request.starts_with("POST / HTTP/1.1\r\n") && header(request, "authorization").is_empty());
    assert!(request.ends_with(
        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fbuilder&\
         RoleSessionName=pod&WebIdentityToken=SECRETTOKEN.a.b"
    ));
    let line = found(&home, &[endpoint, token]).await.unwrap_err();
    assert_eq!(line, "no credentials: web identity: AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not");

    home.write(".aws/config", &format!("[default]\nrole_arn = {ARN}\nweb_identity_token_file = ~/token\nrole_session_name = own\n"));
    found(&home, &[endpoint]).await.unwrap();
    assert!(sts.requests()[0].contains("&RoleSessionName=own&"));
    drop(sts);
    let sts = StandIn::always(400, refusal("InvalidIdentityToken", "SECRETTOKEN.a.b is no token")).await;
    assert_eq!(
        found(&home, &[("AWS_ENDPOINT_URL_STS", &sts.url)]).await.unwrap_err(),
        format!(
            "no credentials: profile default: {}: AssumeRoleWithWebIdentity of {ARN}: 400 InvalidIdentityToken: (secret) is no token",
            home.line(2)
        )
    );
    // The token is longer than the part of a message that is shown.
    let long = "SECRETTOKEN".repeat(200);
    home.write("token", &long);
    let sts = StandIn::always(400, refusal("InvalidIdentityToken", &format!("no token: {long}"))).await;
    let line = found(&home, &[("AWS_ENDPOINT_URL_STS", &sts.url)]).await.unwrap_err();
    assert!(line.ends_with(": 400 InvalidIdentityToken: no token: (secret)"), "{line}");
}

/// A client that fails each request and records its URL.
async fn asked(home: &Home, variables: &[(&str, &str)], region: Option<&'static str>) -> String {
    let replay = crate::testing::Replay::default();
    let region = region.map(crate::config::Region::from_static);
    drop(find(seeking(home, variables).region(region).http_client(replay.clone())).await);
    let uris = replay.uris();
    let uri = uris.first().map(String::as_str).unwrap_or_default();
    uri.split('?').next().unwrap_or_default().to_owned()
}

type Variables = &'static [(&'static str, &'static str)];

#[tokio::test]
async fn requests_go_to_the_region_unless_an_endpoint_is_set() {
    let home = Home::with(PROFILES);
    let table: [(Variables, Option<&'static str>, &str); 8] = [
        (&[], Some("eu-west-1"), "https://sts.eu-west-1.amazonaws.com/"),
        (&[], Some("eusc-de-east-1"), ""),
        (&[], None, "https://sts.amazonaws.com/"),
        (&[("AWS_REGION", "eu-west-3")], None, "https://sts.eu-west-3.amazonaws.com/"),
        (&[("AWS_STS_REGIONAL_ENDPOINTS", "legacy")], Some("eu-west-1"), "https://sts.amazonaws.com/"),
        (&[("AWS_STS_REGIONAL_ENDPOINTS", "legacy")], Some("af-south-1"), "https://sts.af-south-1.amazonaws.com/"),
        (&[("AWS_ENDPOINT_URL", "http://all/"), ("AWS_ENDPOINT_URL_STS", "http://sts/base")], Some("eu-west-1"), "http://sts/base/"),
        (
            &[("AWS_ENDPOINT_URL", "http://all/"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")],
            Some("eu-west-1"),
            "https://sts.eu-west-1.amazonaws.com/",
        ),
    ];
    for (variables, region, expected) in table {
        assert_eq!(asked(&home, variables, region).await, expected, "{variables:?} {region:?}");
    }
    home.write(".aws/config", &format!("{PROFILES}[services own]\nsts =\n  endpoint_url = http://own\n"));
    let config = PROFILES.replace("[default]\n", "[default]\nservices = own\nendpoint_url = http://profile\n");
    home.write(".aws/config", &format!("{config}[services own]\nsts =\n  endpoint_url = http://own\n"));
    assert_eq!(asked(&home, &[], Some("eu-west-1")).await, "http://own/");
    home.write(".aws/config", &config.replace("services = own\n", ""));
    assert_eq!(asked(&home, &[], Some("eu-west-1")).await, "http://profile/");
}

#[tokio::test]
async fn requests_go_through_the_proxy_like_the_clients_own() {
    let home = Home::with(PROFILES);
    let proxy = StandIn::always(200, reply("AssumeRole", "ASIAEXAMPLEEXAMPLE")).await;
    let variables = [("AWS_ENDPOINT_URL_STS", "http://sts.example"), ("http_proxy", &proxy.url)];
    assert_eq!(found(&home, &variables).await.unwrap().access_key_id(), "ASIAEXAMPLEEXAMPLE");
    assert!(proxy.requests()[0].starts_with("POST http://sts.example/ HTTP/1.1\r\n"));
}
