//! Paginators of the emitted crates on a server on the loopback interface.
//!
//! This file is not part of a crate of the workspace: `compiled.rs` copies it next to the emitted cases and runs its tests there.

use case_paginators::Client;
use case_paginators::config::{Config, Credentials, Region, retry::RetryConfig};
use case_paginators::types::{Kind, Part};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server that gives one reply on each connection, and keeps the requests' bodies.
struct Server {
    url: String,
    bodies: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new<const N: usize>(replies: [(u16, &'static str); N]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let bodies = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&bodies);
        std::thread::spawn(move || {
            for (status, reply) in replies {
                let (mut stream, _) = listener.accept().unwrap();
                seen.lock().unwrap().push(body(&mut stream));
                let length = reply.len();
                write!(stream, "HTTP/1.1 {status} R\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{reply}").unwrap();
            }
        });
        Self { url, bodies }
    }

    fn client(&self) -> Client {
        let config = Config::builder()
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
            .endpoint_url(&self.url)
            .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)));
        Client::from_conf(config.build())
    }

    fn bodies(&self) -> Vec<String> {
        self.bodies.lock().unwrap().clone()
    }
}

/// The body of a request.
fn body(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    loop {
        let mut part = [0; 4096];
        let length = stream.read(&mut part).unwrap();
        assert_ne!(length, 0, "the request ends early");
        text.extend_from_slice(&part[..length]);
        let read = String::from_utf8(text.clone()).unwrap();
        if let Some((head, body)) = read.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let expected = head.lines().find_map(|line| line.strip_prefix("content-length:")).map_or(0, |text| text.trim().parse().unwrap());
            if body.len() == expected {
                return body.to_owned();
            }
        }
    }
}

#[tokio::test]
async fn pages_are_asked_for_one_by_one_and_a_page_that_fails_again() {
    let server = Server::new([
        (200, r#"{"names": ["a", "b"], "nextToken": "1"}"#),
        (200, r#"{"names": [], "nextToken": "2"}"#),
        (503, ""),
        (200, r#"{"names": ["c"], "nextToken": ""}"#),
    ]);
    let call = server.client().list_names().prefix("p");
    let mut pages = call.into_paginator().page_size(2).send();
    assert_eq!(server.bodies(), [""; 0], "nothing is sent before a page is asked for");
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        names.push(page.unwrap().names.unwrap_or_default().join(","));
    }
    assert_eq!(names, ["a,b", "", "c"]);
    let third = r#"{"maxResults":2,"nextToken":"2","prefix":"p"}"#;
    let bodies = [r#"{"maxResults":2,"prefix":"p"}"#, r#"{"maxResults":2,"nextToken":"1","prefix":"p"}"#, third, third];
    assert_eq!(server.bodies(), bodies);
}

#[tokio::test]
async fn a_repeated_token_is_an_error_or_what_the_caller_says() {
    let pages = [(200, r#"{"names": ["a"], "nextToken": "1"}"#), (200, r#"{"names": ["b"], "nextToken": "1"}"#)];
    let mut names = Server::new(pages).client().list_names().into_paginator().items().send();
    assert_eq!(names.next().await.unwrap().unwrap(), "a");
    assert_eq!(names.next().await.unwrap().unwrap(), "b");
    let error = names.next().await.unwrap().unwrap_err().to_string();
    assert!(error.starts_with("ListNames: the service returned the token that it was given"), "{error}");
    assert!(names.next().await.is_none());

    let paginator = Server::new(pages).client().list_names().into_paginator().stop_on_duplicate_token(true);
    assert_eq!(paginator.items().send().try_collect().await.unwrap(), ["a", "b"]);

    let [first, second] = pages;
    let server = Server::new([first, second, (200, r#"{"names": ["c"]}"#)]);
    let paginator = server.client().list_names().into_paginator().stop_on_duplicate_token(false);
    assert_eq!(paginator.items().send().try_collect().await.unwrap(), ["a", "b", "c"]);
}

#[tokio::test]
async fn a_dropped_stream_asks_for_nothing_more() {
    let server = Server::new([(200, r#"{"names": ["a", "b"], "nextToken": "1"}"#), (200, "{}")]);
    let mut names = server.client().list_names().into_paginator().items().send();
    assert_eq!(names.next().await.unwrap().unwrap(), "a");
    drop(names);
    assert_eq!(server.bodies().len(), 1);
}

#[tokio::test]
async fn an_input_that_is_not_valid_is_the_only_item() {
    let client = Server::new([]).client();
    let found: Vec<_> = client.list_parts().into_paginator().send().collect().await;
    assert!(matches!(found.as_slice(), [Err(error)] if error.to_string().contains("stream: is required")), "{found:?}");
}

#[tokio::test]
async fn a_token_may_be_nested() {
    let server = Server::new([
        (200, r#"{"description": {"parts": [{"id": "x"}, {"id": "y"}], "more": true}}"#),
        (200, r#"{"description": {"parts": [{"id": "z", "size": 3}], "more": false}}"#),
    ]);
    let paginator = server.client().list_parts().stream("s").into_paginator().page_size(2);
    let parts: Vec<Part> = paginator.items().send().try_collect().await.unwrap();
    assert_eq!(parts.iter().map(Part::id).collect::<Vec<_>>(), ["x", "y", "z"]);
    assert_eq!(server.bodies(), [r#"{"limit":2,"stream":"s"}"#, r#"{"after":"y","limit":2,"stream":"s"}"#]);
}

#[tokio::test]
async fn there_may_be_several_tokens() {
    let server = Server::new([
        (200, r#"{"records": ["a"], "nextName": "n", "nextKind": "MX", "truncated": true}"#),
        (200, r#"{"records": ["b"], "nextName": "n", "truncated": true}"#),
        (200, r#"{"records": ["c"], "nextName": "o", "nextKind": "A"}"#),
    ]);
    let call = server.client().list_records().start_kind(Kind::A);
    let records = call.into_paginator().items().send().try_collect().await.unwrap();
    assert_eq!(records, ["a", "b", "c"]);
    assert_eq!(server.bodies(), [r#"{"startKind":"A"}"#, r#"{"startKind":"MX","startName":"n"}"#, r#"{"startName":"n"}"#]);
}

#[tokio::test]
async fn a_token_may_be_a_number_or_a_map() {
    let server = Server::new([(200, r#"{"nextMarker": 0}"#), (200, r#"{"nextMarker": 7}"#), (200, "{}")]);
    let pages = server.client().list_numbered().into_paginator().page_size("3").send().try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.next_marker()).collect::<Vec<_>>(), [Some(0), Some(7), None]);
    assert_eq!(server.bodies(), [r#"{"size":"3"}"#, r#"{"marker":0,"size":"3"}"#, r#"{"marker":7,"size":"3"}"#]);

    let server = Server::new([
        (200, r#"{"inner": {"rows": {"values": ["a", null], "keys": ["k"]}}, "last": {"x": 1}, "nextKey": ""}"#),
        (200, r#"{"inner": {"rows": {"values": ["b"]}}, "last": {}, "nextKey": null}"#),
    ]);
    let rows = server.client().list_rows().into_paginator().items().send().try_collect().await.unwrap();
    assert_eq!(rows, [Some("a".to_owned()), None, Some("b".to_owned())]);
    assert_eq!(server.bodies(), ["{}", r#"{"key":"k","start":{"x":1}}"#]);
}

#[tokio::test]
async fn the_items_of_a_map_are_its_entries() {
    let server = Server::new([(200, r#"{"pairs": {"a": 1}, "to": "t"}"#), (200, r#"{"pairs": {"b": 2}, "to": ""}"#)]);
    let pairs = server.client().list_pairs().into_paginator().items().send().try_collect().await.unwrap();
    assert_eq!(pairs, [("a".to_owned(), 1), ("b".to_owned(), 2)]);
    assert_eq!(server.bodies(), ["{}", r#"{"from":"t"}"#]);
}
