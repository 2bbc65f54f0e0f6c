//! Requests through proxies.

use super::server::{Act, Server, started};
use super::tls::{Authority, Pem, server};
use super::{Transport, never_sent, request, text, transport, words};
use crate::config::{Builder, Environment};
use crate::error::ConnectorError;
use crate::http::Settings;
use crate::testing::config;
use std::net::Ipv4Addr;
use tokio::net::TcpListener;

fn through(variables: impl IntoIterator<Item = (&'static str, String)>) -> Builder {
    config().environment(Environment::fixed(variables))
}

/// The URL of a proxy, with a password.
fn with_password(proxy: &Server) -> String {
    format!("http://user:p%40ss@{}", proxy.address)
}

const AUTHORIZATION: &str = "proxy-authorization: Basic dXNlcjpwQHNz";

#[tokio::test]
async fn without_tls_a_request_is_handed_to_the_proxy_whole() {
    let mut proxy = Server::start(Act::Send(started("proxied"))).await;
    let transport = transport(&through([("HTTP_PROXY", with_password(&proxy))]));
    let url = "http://codebuild.invalid/path";
    for _ in 0..2 {
        assert_eq!(text(transport.call(request(url)).await).await, "{\"id\": \"proxied\"}");
        let seen = proxy.request().await;
        assert!(seen.starts_with("POST http://codebuild.invalid/path HTTP/1.1\r\n"), "{seen}");
        assert!(seen.contains(AUTHORIZATION), "{seen}");
    }
    assert_eq!(proxy.connections(), 1);
}

#[tokio::test]
async fn with_tls_the_proxy_makes_a_tunnel() {
    let authority = Authority::new("ours");
    let (file, tls) = (authority.file(), authority.vouch_for("127.0.0.1", |_| ()));
    let server = server(tls.clone()).await;
    let url = server.url().replace("http:", "https:");
    // The proxy speaks plain HTTP, then TLS.
    for proxy_tls in [None, Some(tls)] {
        let scheme = if proxy_tls.is_some() { "https" } else { "http" };
        let mut proxy = Server::following(proxy_tls, |_, _| Act::Tunnel).await;
        let named = with_password(&proxy).replace("http", scheme);
        let transport = transport(&through(file.trusted().into_iter().chain([("https_proxy", named)])));
        for number in 0..2 {
            assert_eq!(text(transport.call(request(&url)).await).await, format!("{{\"id\": \"tls {number}\"}}"));
        }
        let seen = proxy.request().await;
        assert!(seen.starts_with(&format!("CONNECT {} HTTP/1.1\r\n", server.address)), "{seen}");
        assert!(seen.contains(AUTHORIZATION), "{seen}");
        assert_eq!((proxy.connections(), proxy.requests()), (1, 0), "the service's requests are not the proxy's to see");
    }
}

#[tokio::test]
async fn some_hosts_and_some_clients_are_reached_without_the_proxy() {
    let mut proxy = Server::start(Act::Send(started("proxied"))).await;
    let server = Server::start(Act::Send(started("direct"))).await;
    let variables = [("HTTP_PROXY", with_password(&proxy)), ("NO_PROXY", "127.0.0.0/8".to_owned())];
    let answer = text(transport(&through(variables.clone())).call(request(&server.url())).await).await;
    assert_eq!(answer, "{\"id\": \"direct\"}");

    let [proxied, _] = variables;
    let settings = Settings::from(&through([proxied]).build());
    let answers = [settings.client(), settings.direct_client()].map(|client| {
        let transport = Transport(settings.connector(client.as_ref()).unwrap());
        let request = request(&server.url());
        async move { text(transport.call(request).await).await }
    });
    let [usual, direct] = answers;
    assert_eq!((usual.await, direct.await), ("{\"id\": \"proxied\"}".to_owned(), "{\"id\": \"direct\"}".to_owned()));
    assert_eq!(proxy.requests(), 1);
}

/// The failure of a request with TLS whose proxy refuses the tunnel, and its line.
async fn refused(reply: &str) -> (ConnectorError, String) {
    let proxy = Server::start(Act::SendAndClose(reply.to_owned())).await;
    let transport = transport(&through([("ALL_PROXY", with_password(&proxy))]));
    let error = transport.call(request("https://codebuild.invalid/")).await.unwrap_err();
    assert!(never_sent(&error), "the service has seen nothing");
    let (words, shown) = (words(&error), format!("{error:?}"));
    assert!(!words.contains("p@ss") && !shown.contains("p@ss") && !shown.contains("dXNlcjpwQHNz") && !shown.contains("p%40ss"), "{shown}");
    let prefix =
        format!("cannot connect to https://codebuild.invalid: no way through the proxy http://{} that ALL_PROXY names: ", proxy.address);
    (error, words.strip_prefix(&prefix).unwrap_or(&words).to_owned())
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_with_its_status() {
    let asked = "when asked for a connection to codebuild.invalid:443";
    let (error, words) = refused("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n").await;
    let expected =
        format!("it answers 407 Proxy Authentication Required {asked}: give the user and the password that it asks for in ALL_PROXY");
    assert_eq!((words, error.is_user()), (expected, true));
    let (error, words) = refused("HTTP/1.1 403 Forbidden\r\ncontent-length: 5\r\n\r\nno no").await;
    let expected = format!("it answers 403 Forbidden {asked}: it has to allow that, or NO_PROXY to name the host");
    assert_eq!((words, error.is_user()), (expected, true));
    let (error, words) = refused("HTTP/1.1 502 Bad Gateway\r\n\r\n").await;
    assert_eq!((words, error.is_io()), (format!("it answers 502 Bad Gateway {asked}"), true));
    let (error, words) = refused("").await;
    assert_eq!((words.as_str(), error.is_io()), ("connection closed before message completed", true));
    let (error, words) = refused("HTTP/1.1 200 OK\r\n\r\nhello").await;
    assert_eq!((words.as_str(), error.is_io()), ("it sends more than the reply to CONNECT", true));
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let transport = transport(&through([("HTTPS_PROXY", format!("http://{address}"))]));
    let error = transport.call(request("https://codebuild.invalid/")).await.unwrap_err();
    let expected =
        format!("cannot connect to https://codebuild.invalid: no way through the proxy http://{address} that HTTPS_PROXY names: ");
    assert!(words(&error).starts_with(&expected) && words(&error).contains("onnection refused"), "{}", words(&error));
    assert!(never_sent(&error) && error.is_io());
}

#[tokio::test]
async fn nothing_goes_past_a_proxy_whose_url_is_not_understood() {
    let mut server = Server::start(Act::Send(started("direct"))).await;
    let transport = transport(&through([("HTTP_PROXY", "http://user:SECRET@:x".to_owned())]));
    let error = transport.call(request(&server.url())).await.unwrap_err();
    assert!(error.is_user() && never_sent(&error) && !format!("{error:?}").contains("SECRET"));
    assert!(words(&error).starts_with("the environment variable HTTP_PROXY: the value is not the URL of a proxy"), "{}", words(&error));
    assert_eq!((server.connections(), server.requests()), (0, 0));
}

#[tokio::test]
async fn a_proxy_s_own_certificate_is_told_from_the_server_s() {
    let authority = Authority::new("ours");
    let proxy = Server::following(Some(authority.vouch_for("proxy.example", |_| ())), |_, _| Act::Tunnel).await;
    let named = format!("https://{}", proxy.address);
    let file: Pem = authority.file();
    let transport = transport(&through(file.trusted().into_iter().chain([("HTTPS_PROXY", named.clone())])));
    let error = transport.call(request("https://codebuild.invalid/")).await.unwrap_err();
    assert_eq!(
        words(&error),
        format!(
            "cannot connect to https://codebuild.invalid: no way through the proxy {named} that HTTPS_PROXY names: the certificate of 127.0.0.1 \
             is for another name: the endpoint's name is wrong, or something else answers in its place"
        )
    );
}
