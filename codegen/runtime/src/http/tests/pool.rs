//! Connections that are used again, and connections that are not.

use super::server::{Act, Server, started};
use super::{Bounds, Fresh, Transport, UsedConnection, closed_before_reply, never_sent, read, request, text, transport, words};
use crate::testing::config;
use std::io::{Read as _, Write as _};
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Replies with the numbers of the connection and of the request on it.
pub(super) fn numbered(connection: usize, request: usize) -> Act {
    Act::Send(started(&format!("{connection}.{request}")))
}

/// The reply of `numbered`.
pub(super) fn reply(connection: usize, request: usize) -> String {
    format!("{{\"id\": \"{connection}.{request}\"}}")
}

pub(super) async fn ask(transport: &Transport, server: &Server) -> String {
    text(transport.call(request(&server.url())).await).await
}

#[tokio::test]
async fn a_connection_is_used_again_and_closed_with_its_client() {
    let mut server = Server::following(None, numbered).await;
    let transport = transport(&config());
    for number in 0..3 {
        assert_eq!(ask(&transport, &server).await, reply(0, number));
    }
    drop(transport);
    server.closed().await;
}

#[tokio::test]
async fn a_fresh_request_has_a_connection_of_its_own() {
    let mut server = Server::following(None, numbered).await;
    let transport = transport(&config());
    assert_eq!(ask(&transport, &server).await, reply(0, 0));
    for connection in 1..3 {
        let mut fresh = request(&server.url());
        fresh.extensions_mut().insert(Fresh);
        assert_eq!(text(transport.call(fresh).await).await, reply(connection, 0));
        server.closed().await;
    }
    assert_eq!(ask(&transport, &server).await, reply(0, 1));
}

#[tokio::test]
async fn a_burst_leaves_no_more_than_fifty_connections() {
    let mut server = Server::following(None, |_, _| Act::SendLate(started("late"))).await;
    let transport = transport(&config());
    let mut calls = JoinSet::new();
    for burst in 0..2 {
        for _ in 0..60 {
            let (transport, request) = (transport.clone(), request(&server.url()));
            calls.spawn(async move { transport.call(request).await });
        }
        for _ in 0..60 {
            server.request().await;
        }
        assert_eq!(server.connections(), if burst == 0 { 60 } else { 70 }, "fifty of them were there already");
        for _ in 0..60 {
            server.go_on();
            text(calls.join_next().await.unwrap().unwrap()).await;
        }
        for _ in 0..10 {
            server.closed().await;
        }
    }
}

/// Sends a given first reply, over a connection that must not serve the second request.
async fn is_not_used_again(first: impl Fn() -> Act + Send + Sync + 'static) {
    let server =
        Server::following(None, move |connection, number| if connection == 0 { first() } else { numbered(connection, number) }).await;
    let transport = transport(&config());
    let mut answer = transport.call(request(&server.url())).await.unwrap();
    let _ = read(&mut answer, Bounds { size: 1_000, time: Duration::MAX, timer: None }).await;
    drop(answer);
    assert_eq!(ask(&transport, &server).await, reply(1, 0));
}

#[tokio::test]
async fn a_connection_with_more_than_its_reply_is_not_used_again() {
    is_not_used_again(|| Act::Send(started("a") + "garbage")).await;
    is_not_used_again(|| Act::Send(started("a") + &started("unread"))).await;
    is_not_used_again(|| Act::Send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_owned() + &started("unread"))).await;
}

#[tokio::test]
async fn a_connection_whose_reply_was_not_read_to_its_end_is_not_used_again() {
    let long = |length: usize| format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{}", "x".repeat(length));
    is_not_used_again(move || Act::Send(long(1_001))).await;
    is_not_used_again(move || Act::Send(long(3_000_000))).await;
    is_not_used_again(|| Act::Send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nno chunk\r\n".to_owned())).await;
    is_not_used_again(|| Act::SendEndlessly("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_owned(), "1\r\n \r\n")).await;
}

#[tokio::test]
async fn a_connection_that_the_server_closes_is_not_used_again() {
    is_not_used_again(|| Act::Send("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}".to_owned())).await;
    is_not_used_again(|| Act::Send("HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_owned())).await;
    is_not_used_again(|| Act::SendAndClose("HTTP/1.1 200 OK\r\n\r\n{}".to_owned())).await;
}

#[tokio::test]
async fn a_poisoned_connection_is_not_used_again() {
    let server = Server::following(None, numbered).await;
    let transport = transport(&config());
    let mut connection = UsedConnection::default();
    assert_eq!(text(transport.0.call(request(&server.url()), &mut connection).await).await, reply(0, 0));
    connection.close();
    assert_eq!(ask(&transport, &server).await, reply(1, 0));
}

#[tokio::test]
async fn an_unused_connection_that_the_server_closes_is_closed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let transport = transport(&config());
    let (answer, mut stream) = tokio::join!(transport.call(request(&url)), async {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.readable().await.unwrap();
        stream.write_all(started("a").as_bytes()).await.unwrap();
        stream
    });
    text(answer).await;
    stream.shutdown().await.unwrap();
    drop(tokio::io::copy(&mut stream, &mut tokio::io::sink()).await);
}

#[test]
fn a_client_goes_on_in_another_runtime() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let transport = transport(&config());
    let server = std::thread::spawn(move || {
        let answers = |_| {
            let (mut stream, _) = listener.accept().unwrap();
            assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
            stream.write_all(started("a").as_bytes()).unwrap();
            stream
        };
        [0, 1].map(answers)
    });
    for _ in 0..2 {
        assert_eq!(runtime().block_on(async { text(transport.call(request(&url)).await).await }), "{\"id\": \"a\"}");
    }
    drop(server.join().unwrap());
}

#[tokio::test]
async fn a_long_reply_is_read_whole() {
    let parts: Vec<String> = (0..60_000).map(|number| format!("{number:06}")).collect();
    let body = parts.concat();
    let long = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let server = Server::start(Act::Send(long)).await;
    let transport = transport(&config());
    for _ in 0..2 {
        assert_eq!(ask(&transport, &server).await, body);
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_connection_that_was_closed_while_unused_costs_no_request() {
    let once = |connection, number| match numbered(connection, number) {
        Act::Send(reply) => Act::SendAndClose(reply),
        act => act,
    };
    let mut server = Server::following(None, once).await;
    let transport = transport(&config());
    let mut sent = 0;
    for _ in 0..20 {
        // Either the end is noticed in time, or the request is lost with its connection, and the failure says so.
        match transport.call(request(&server.url())).await {
            Ok(answer) => assert!(text(Ok(answer)).await.ends_with(".0\"}")),
            Err(error) => assert!(closed_before_reply(&error), "{}", words(&error)),
        }
        sent += 1;
    }
    assert!(server.requests() <= sent, "no request was sent twice");
}

#[tokio::test]
async fn a_request_into_a_closed_connection_is_not_sent_again_by_the_transport() {
    let close =
        |connection, number| if (connection, number) == (0, 1) { Act::SendAndClose(String::new()) } else { numbered(connection, number) };
    let mut server = Server::following(None, close).await;
    let transport = transport(&config());
    assert_eq!(ask(&transport, &server).await, reply(0, 0));
    let error = transport.call(request(&server.url())).await.unwrap_err();
    assert_eq!(words(&error), format!("the connection to {} was closed before the reply was complete", server.url()));
    assert!(closed_before_reply(&error) && !never_sent(&error), "the server saw it");
    assert_eq!(server.requests(), 2);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_failure_tells_whether_a_byte_of_the_reply_came() {
    let table =
        [("", true), ("H", false), ("HTTP/1.1 200 OK\r\n", false), ("SSH-2.0\r\n", false), ("HTTP/1.1 100 Continue\r\n\r\n", false)];
    for (sent, unanswered) in table {
        // This is the second request on a connection: bytes of the first reply must not count.
        let script = move |_, number| if number == 0 { Act::Send(started("a")) } else { Act::SendAndClose(sent.to_owned()) };
        let server = Server::following(None, script).await;
        let transport = transport(&config());
        ask(&transport, &server).await;
        let error = transport.call(request(&server.url())).await.unwrap_err();
        assert_eq!(closed_before_reply(&error), unanswered, "{sent:?}: {}", words(&error));
        assert!(!never_sent(&error));
    }
}

#[tokio::test]
async fn a_connection_that_is_closed_at_once_has_been_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let transport = transport(&config());
    let (error, ()) = tokio::join!(async { transport.call(request(&url)).await.unwrap_err() }, async {
        drop(listener.accept().await.unwrap());
    });
    assert!(closed_before_reply(&error) || never_sent(&error), "{}", words(&error));
}
