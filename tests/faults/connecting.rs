//! Connections that cannot be made: nothing was sent, so that every operation is retried, and the error has the address and the reason.

use super::{Setup, config, read, refused, start};
use crate::time::Clock;
use smithlet_codebuild::config::{Builder, Environment, IdempotencyTokenProvider};
use smithlet_codebuild::error::FailureKind;
use smithlet_codebuild::{Client, Config};
use smithlet_tests::fault::{Authority, FaultServer, Flaw, Script, Step, steps};
use std::path::PathBuf;

/// Every operation is retried, and the error has the address.
#[tokio::test]
async fn a_refused_connection_is_retried() {
    let clock = Clock::default();
    let url = format!("http://{}", FaultServer::unused_address().await.expect("an address"));
    let config = config(&clock).endpoint_url(&url).idempotency_token_provider(IdempotencyTokenProvider::disabled());
    let client = Client::from_conf(config.build());
    for (outcome, operation) in [(read(&client, "p:1").await, "BatchGetBuilds"), (start(&client, None).await, "StartBuild")] {
        let failed = refused(outcome);
        assert!(failed.line.starts_with(&format!("{operation}: cannot connect to {url}: ")), "{failed:?}");
        assert!(failed.line.contains("onnection refused") && failed.line.ends_with("(attempt 3 of 3)"), "{failed:?}");
        assert_eq!(failed.kind, FailureKind::Connection);
    }
    assert_eq!(clock.waits().len(), 4, "two waits for each call");
}

/// A label of more than 63 bytes is invalid, so that no name server is asked.
#[tokio::test]
async fn an_unknown_host_is_named_in_the_error() {
    let url = format!("http://{}.invalid", "a".repeat(64));
    let client = Client::from_conf(config(&Clock::default()).endpoint_url(&url).build());
    let failed = refused(read(&client, "p:1").await);
    assert!(failed.line.starts_with(&format!("BatchGetBuilds: cannot connect to {url}: ")), "{failed:?}");
    assert!(failed.line.ends_with("(attempt 3 of 3)"), "{failed:?}");
    assert_eq!(failed.kind, FailureKind::Connection);
}

/// A folder with a file of certificates, which is removed when dropped.
struct Bundle(PathBuf);

impl Bundle {
    fn new(name: &str, authority: &Authority) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("the target folder can be written to");
        std::fs::write(folder.join("ca.pem"), authority.pem()).expect("the target folder can be written to");
        Self(folder)
    }

    fn environment(&self) -> Environment {
        Environment::fixed([("AWS_CA_BUNDLE", self.0.join("ca.pem").display().to_string())])
    }
}

impl Drop for Bundle {
    fn drop(&mut self) {
        // A folder that cannot be removed stays in the target folder.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A server with a certificate, and the configuration of a client that trusts the server's authority or another one.
async fn tls(name: &str, flaw: Flaw, trusted: bool) -> (Setup, Bundle, Builder) {
    let authority = Authority::new().expect("an authority");
    let setup = Setup::new(Script::healthy().tls(authority.server(flaw).expect("a certificate"))).await;
    let bundle = Bundle::new(name, &if trusted { authority } else { Authority::new().expect("an authority") });
    let config = setup.config().environment(bundle.environment());
    (setup, bundle, config)
}

/// Checks that the client refuses the certificate before it sends a request.
async fn assert_refused(name: &str, flaw: Flaw, trusted: bool, why: &str) {
    let (setup, _bundle, config) = tls(name, flaw, trusted).await;
    let failed = refused(start(&Client::from_conf(config.build()), None).await);
    assert!(failed.line.starts_with(&format!("StartBuild: cannot connect to {}: ", setup.server.url())), "{failed:?}");
    assert!(failed.line.contains(why), "{failed:?}");
    assert_eq!(setup.requests(), 0, "no request is sent to an untrusted server");
}

#[tokio::test]
async fn an_expired_certificate_is_refused() {
    assert_refused("expired", Flaw::Expired, true, "has expired").await;
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    assert_refused("name", Flaw::WrongName, true, "is for another name").await;
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_is_refused() {
    assert_refused(
        "unknown",
        Flaw::None,
        false,
        "an authority that is not trusted: name a file with the authority's certificate in AWS_CA_BUNDLE",
    )
    .await;
}

/// `AWS_CA_BUNDLE` names the authority.
#[tokio::test]
async fn a_private_authority_is_trusted() {
    let (setup, _bundle, config) = tls("private", Flaw::None, true).await;
    assert_eq!(read(&Client::from_conf(config.build()), "p:1").await.expect("the authority is trusted"), "p:1");
    assert_eq!(setup.requests(), 1);
}

/// A client that uses a proxy for AWS's endpoint.
fn behind(proxy: &str, clock: &Clock) -> Client {
    let config: Config = config(clock).environment(Environment::fixed([("HTTPS_PROXY", proxy)])).build();
    Client::from_conf(config)
}

/// The error has the proxy's address and status, and the proxy sees no credentials.
#[tokio::test]
async fn a_refusing_proxy_is_named_in_the_error() {
    for status in ["407 Proxy Authentication Required", "403 Forbidden"] {
        let setup = Setup::new(Script::new(move |_| steps::page(status))).await;
        let failed = refused(start(&behind(&setup.server.url(), &setup.clock), None).await);
        assert!(failed.line.starts_with("StartBuild: cannot connect to https://codebuild.eu-west-1.amazonaws.com"), "{failed:?}");
        assert!(failed.line.contains(&setup.server.address().to_string()) && failed.line.contains(&status[..3]), "{failed:?}");
        let requests = setup.server.log().requests;
        assert!(!requests.is_empty());
        for request in requests {
            assert_eq!(request.line(), "CONNECT codebuild.eu-west-1.amazonaws.com:443 HTTP/1.1");
            assert_eq!(request.header("authorization"), None, "the proxy does not see the request");
        }
    }
}

#[tokio::test]
async fn an_absent_proxy_is_named_in_the_error() {
    let proxy = FaultServer::unused_address().await.expect("an address");
    let failed = refused(start(&behind(&format!("http://{proxy}"), &Clock::default()), None).await);
    assert!(failed.line.contains(&proxy.to_string()) && failed.line.contains("onnection refused"), "{failed:?}");
    assert_eq!(failed.kind, FailureKind::Connection);
}

/// The connect timeout includes the proxy's answer.
#[tokio::test]
async fn a_silent_proxy_ends_at_the_connect_timeout() {
    let setup = Setup::new(Script::new(|_| vec![Step::Hold])).await;
    let client = behind(&setup.server.url(), &setup.clock);
    let outcome = setup.while_held(read(&client, "p:1"), 3, crate::time::CONNECT).await;
    let failed = refused(outcome);
    assert!(failed.line.contains("no connection within 3.1 s") && failed.line.ends_with("(attempt 3 of 3)"), "{failed:?}");
    assert_eq!(failed.kind, FailureKind::Timeout);
    setup.all_closed().await;
}
