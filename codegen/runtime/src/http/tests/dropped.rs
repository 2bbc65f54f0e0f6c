//! Calls that end before their reply: by a timeout, or because their future is dropped at any point.

use super::pool::{ask, numbered, reply};
use super::server::{Act, Server, started};
use super::tls::{Authority, trusting};
use super::{Told, request, text, transport, words};
use crate::testing::config;
use http_body_util::BodyExt as _;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

#[tokio::test]
async fn a_late_reply_reaches_no_later_call() {
    let late = |connection, number| match (connection, number) {
        (0, 1) => Act::SendLate(started("too late")),
        _ => numbered(connection, number),
    };
    let mut server = Server::following(None, late).await;
    let minute = Told::default();
    let transport = transport(&config().sleep_impl(minute.clone()));
    assert_eq!(ask(&transport, &server).await, reply(0, 0));
    server.request().await;
    let mut call = pin!(transport.call(request(&server.url())));
    tokio::select! {
        _ = &mut call => panic!("nobody answers"),
        _ = server.request() => minute.0.notify_one(),
    }
    let error = call.await.unwrap_err();
    assert_eq!(words(&error), format!("no reply from {} within 60 s", server.url()));
    server.go_on();
    assert_eq!(ask(&transport, &server).await, reply(1, 0));
    assert_eq!(server.requests(), 1, "no request was sent twice");
}

#[tokio::test]
async fn before_it_is_connected_a_request_leaves_nothing() {
    let mut server = Server::following(None, numbered).await;
    let transport = transport(&config());
    drop(transport.call(request(&server.url())));
    {
        let mut call = pin!(transport.call(request(&server.url())));
        assert!(poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_pending())).await);
    }
    let answer = ask(&transport, &server).await;
    assert!(answer.ends_with(".0\"}"), "{answer}");
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn while_it_is_written_a_request_is_never_whole() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let transport = transport(&config());
    let length = 64 * 1024 * 1024;
    let mut stream = {
        let mut large = request(&url);
        large.headers_mut().insert("content-length", length.into());
        *large.body_mut() = vec![b'x'; length].into();
        let mut call = pin!(transport.call(large));
        tokio::select! {
            _ = &mut call => panic!("nobody answers"),
            accepted = async {
                let (stream, _) = listener.accept().await.unwrap();
                stream.readable().await.unwrap();
                stream
            } => accepted,
        }
    };
    let received = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.unwrap_or_default();
    assert!(received < length as u64, "the whole request was sent after its end");
}

#[tokio::test]
async fn while_it_waits_a_request_closes_its_connection() {
    let silent =
        |connection, number| if connection == 0 && number == 1 { Act::SendLate(started("late")) } else { numbered(connection, number) };
    let mut server = Server::following(None, silent).await;
    let transport = transport(&config());
    assert_eq!(ask(&transport, &server).await, reply(0, 0));
    server.request().await;
    {
        let mut call = pin!(transport.call(request(&server.url())));
        tokio::select! {
            _ = &mut call => panic!("nobody answers"),
            _ = server.request() => {}
        }
    }
    server.go_on();
    server.closed().await;
    assert_eq!(ask(&transport, &server).await, reply(1, 0));
}

#[tokio::test]
async fn in_the_body_a_reply_closes_its_connection() {
    let half = |connection, number| match connection {
        0 => Act::Send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf".to_owned()),
        _ => numbered(connection, number),
    };
    let mut server = Server::following(None, half).await;
    let transport = transport(&config());
    let mut answer = transport.call(request(&server.url())).await.unwrap();
    assert_eq!(answer.body_mut().frame().await.unwrap().unwrap().into_data().unwrap(), "half");
    drop(answer);
    server.closed().await;
    assert_eq!(ask(&transport, &server).await, reply(1, 0));
}

#[tokio::test]
async fn while_tls_is_agreed_on_a_request_closes_its_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let authority = Authority::new("ours").file();
    let transport = transport(&trusting(&authority));
    let mut stream = {
        let mut call = pin!(transport.call(request(&url)));
        tokio::select! {
            _ = &mut call => panic!("nobody answers"),
            accepted = listener.accept() => accepted.unwrap().0,
        }
    };
    drop(tokio::io::copy(&mut stream, &mut tokio::io::sink()).await);
}

/// Many rounds of calls at once, each of which is dropped after a number of polls if it has not ended.
#[tokio::test]
async fn no_call_gets_the_reply_of_another() {
    let server = Server::start(Act::Echo).await;
    let transport = transport(&config());
    let mut callers = JoinSet::new();
    for caller in 0..16_usize {
        let (transport, url) = (transport.clone(), server.url());
        callers.spawn(async move {
            let mut ended = 0;
            for number in 0..100 {
                let own = format!("{caller:02}/{number:03}");
                let mut asked = request(&url);
                asked.headers_mut().insert("content-length", own.len().into());
                *asked.body_mut() = own.clone().into();
                let mut call = pin!(async { text(transport.call(asked).await).await });
                for _ in 0..(caller * 7 + number * 13) % 29 {
                    match poll_fn(|context| Poll::Ready(call.as_mut().poll(context))).await {
                        Poll::Pending => tokio::task::yield_now().await,
                        Poll::Ready(echo) => {
                            assert_eq!(echo, own);
                            ended += 1;
                            break;
                        }
                    }
                }
            }
            ended
        });
    }
    let ended: Vec<usize> = callers.join_all().await;
    let ended: usize = ended.iter().sum();
    assert!((1..1_600).contains(&ended), "{ended} of 1,600: some calls have to be dropped and some not");
}
