//! Faulty servers, and settings that could break a request.

use super::server::{Act, STARTED, Server, started};
use super::tls::{Authority, trusting};
use super::{Told, ends, never_sent, request, start, text, transport, words};
use crate::config::{Credentials, Environment};
use crate::error::{ConnectorError, ProvideErrorMetadata as _};
use crate::testing::{config, line};
use std::net::Ipv4Addr;
use std::pin::pin;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use tokio::time::Instant;

#[tokio::test]
async fn a_host_without_an_address_is_named() {
    // The label is longer than a name server accepts, so that none is asked.
    let host = format!("{}.invalid", "a".repeat(64));
    let error = transport(&config()).call(request(&format!("http://{host}/"))).await.unwrap_err();
    let expected = format!("cannot connect to http://{host}: the name {host} cannot be resolved: ");
    assert!(words(&error).starts_with(&expected), "{}", words(&error));
    assert!(error.is_io() && never_sent(&error));
}

#[tokio::test]
async fn continue_is_passed_over() {
    let server = Server::start(Act::Send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\na: b\r\n\r\n".to_owned() + STARTED)).await;
    let transport = transport(&config());
    for _ in 0..2 {
        assert_eq!(text(transport.call(request(&server.url())).await).await, r#"{"id": "p:1"}"#);
    }
    assert_eq!(server.connections(), 1);
}

/// The outcome of a request to a server that sends without end, when a minute has passed.
async fn endless(once: &str, again: &'static str) -> (ConnectorError, Server) {
    let mut server = Server::start(Act::SendEndlessly(once.to_owned(), again)).await;
    let minute = Told::default();
    let transport = transport(&config().sleep_impl(minute.clone()));
    let mut call = pin!(transport.call(request(&server.url())));
    tokio::select! {
        _ = &mut call => panic!("the reply begins after the request"),
        _ = server.request() => minute.0.notify_one(),
    }
    let error = call.await.unwrap_err();
    server.closed().await;
    (error, server)
}

#[tokio::test]
async fn continue_without_end_ends_with_the_read_timeout() {
    let (error, server) = endless("", "HTTP/1.1 100 Continue\r\n\r\n").await;
    assert_eq!(words(&error), format!("no reply from {} within 60 s", server.url()));
}

#[tokio::test]
async fn a_head_without_end_has_a_bound() {
    for (once, again) in [("HTTP/1.1 200 OK\r\n", "a: b\r\n"), ("HTTP/1.1 200 OK\r\na: ", "bbbb"), ("HTTP/1.1 200 ", "OK")] {
        let mut server = Server::start(Act::SendEndlessly(once.to_owned(), again)).await;
        let error = transport(&config()).call(request(&server.url())).await.unwrap_err();
        assert_eq!(words(&error), format!("what {} sent is not a reply in HTTP: message head is too large", server.url()), "{once:?}");
        server.closed().await;
    }
}

#[tokio::test]
async fn odd_headers_of_a_reply_do_no_harm() {
    let odd = "HTTP/1.1 200 OK\r\ncontent-length: 13\r\nx-odd: \u{ff}\u{202e}\r\nx-odd:\r\n\r\n{\"id\": \"p:1\"}";
    let (outcome, _server) = ends(Act::Send(odd.to_owned()), |config| config).await;
    assert_eq!(outcome.unwrap().id.as_deref(), Some("p:1"));

    let id = "HTTP/1.1 400 Bad\r\ncontent-length: 2\r\nx-amzn-requestid: 1\u{202e}2\t3\r\n\r\n{}";
    let (outcome, _server) = ends(Act::Send(id.to_owned()), |config| config).await;
    let error = outcome.unwrap_err();
    assert!(line(&error).contains("request id 1 2 3"), "{error}");
    assert_eq!(error.code(), None);

    for injected in ["HTTP/1.1 200 OK\r\na: b\rx: y\r\n\r\n", "HTTP/1.1 200 OK\r\na: b\0\r\n\r\n", "HTTP/1.1 200 OK\r\na\u{1}: b\r\n\r\n"] {
        let server = Server::start(Act::Send(injected.to_owned())).await;
        let error = transport(&config()).call(request(&server.url())).await.unwrap_err();
        assert!(words(&error).starts_with(&format!("what {} sent is not a reply in HTTP: ", server.url())), "{injected:?}");
    }
}

#[tokio::test]
async fn settings_cannot_add_headers() {
    let server = Server::start(Act::Send(STARTED.to_owned())).await;
    let credentials = |key: &str, token: &str| Credentials::new(key, "secret", Some(token.to_owned()), None, "test");
    for credentials in [credentials("AKID", "SECRET\r\nx-evil: 1"), credentials("AKID\r\nx-evil: 1", "SECRET")] {
        let error = start(server.config().credentials_provider(credentials)).await.unwrap_err();
        assert!(!line(&error).contains("SECRET") && !format!("{error:?}").contains("SECRET"), "{error:?}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_connect_timeout_covers_the_proxy_and_tls() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let silent = listener.local_addr().unwrap();
    let table =
        [(format!("https://{silent}"), None), ("https://codebuild.invalid".to_owned(), Some(("HTTPS_PROXY", format!("http://{silent}"))))];
    for (url, proxy) in table {
        let up = Told::of(Duration::from_millis(3_100));
        let authority = Authority::new("ours").file();
        let variables = authority.trusted().into_iter().chain(proxy);
        let transport = transport(&config().sleep_impl(up.clone()).environment(Environment::fixed(variables)));
        let mut call = pin!(transport.call(request(&url)));
        let greeted = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.read_exact(&mut [0; 5]).await.unwrap();
            stream
        };
        let _open = tokio::select! {
            _ = &mut call => panic!("nobody answers"),
            stream = greeted => stream,
        };
        up.0.notify_one();
        let error = call.await.unwrap_err();
        assert_eq!(words(&error), format!("cannot connect to {url}: no connection within 3.1 s"));
        assert!(error.is_timeout() && never_sent(&error));
    }
}

#[tokio::test]
async fn tls_speaks_http_1_1_and_nothing_else() {
    let authority = Authority::new("ours");
    let (file, tls) = (authority.file(), authority.vouch_for("127.0.0.1", |_| ()));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let transport = transport(&trusting(&file));
    let spoken = async {
        let (stream, _) = listener.accept().await.unwrap();
        let stream = tls.accept(stream).await.unwrap();
        stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec)
    };
    let (spoken, _) = tokio::join!(spoken, transport.call(request(&url)));
    assert_eq!(spoken.as_deref(), Some(&b"http/1.1"[..]), "the server would rather have spoken h2");
}

#[tokio::test]
async fn an_unused_connection_serves_for_twenty_seconds_and_is_closed_soon_after() {
    let mut server = Server::start(Act::Send(started("a"))).await;
    let transport = transport(&config());
    for (idle, connections) in [(0, 1), (19, 1), (21, 2)] {
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(idle)).await;
        tokio::time::resume();
        text(transport.call(request(&server.url())).await).await;
        assert_eq!(server.connections(), connections, "after {idle} s");
    }
    server.closed().await;
    tokio::time::pause();
    let before = Instant::now();
    server.closed().await;
    assert!(before.elapsed() < Duration::from_mins(1), "{:?}", before.elapsed());
}
