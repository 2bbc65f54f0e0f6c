//! Streams of an operation whose replies are prepared.

use super::*;
use crate::config::Builder;
use crate::config::retry::RetryConfig;
use crate::error::reply::ErrorReply;
use crate::http::Response;
use crate::json;
use crate::operation::{Operation, Repeat};
use crate::testing::{Replay, SERVICE, StartBuildError, Timer, config, line, reply};
use std::future::{Future as _, poll_fn};
use std::task::Poll;

/// An operation whose results come page by page.
struct ListNames;

#[derive(Clone, Default)]
struct ListNamesInput {
    token: Option<String>,
}

#[derive(Debug, Default)]
struct ListNamesOutput {
    names: Vec<String>,
    token: Option<String>,
    has_more: Option<bool>,
}

impl Operation for ListNames {
    const METADATA: Metadata = Metadata {
        name: "ListNames",
        target: "CodeBuild_20161006.ListNames",
        service: &SERVICE,
        unsigned: false,
        empty_output: false,
        repeat: Repeat::Always,
    };
    type Input = ListNamesInput;
    type Output = ListNamesOutput;
    type Error = StartBuildError;

    fn encode(input: &ListNamesInput, writer: &mut json::Writer) {
        writer.begin_object();
        if let Some(token) = &input.token {
            writer.key("token");
            writer.string(token);
        }
        writer.end_object();
    }

    fn decode(reader: &mut json::Reader<'_>) -> Result<Option<ListNamesOutput>, json::Error> {
        let mut output = ListNamesOutput::default();
        if !reader.object()? {
            return Ok(None);
        }
        while let Some(name) = reader.key()? {
            match name {
                "names" => {
                    let names = reader.str()?.unwrap_or_default();
                    output.names = names.split_terminator(',').map(str::to_owned).collect();
                }
                "token" => output.token = reader.str()?.map(str::to_owned),
                "more" => output.has_more = reader.str()?.map(|more| more == "yes"),
                _ => reader.skip()?,
            }
        }
        Ok(Some(output))
    }

    fn set_request_id(_: &mut ListNamesOutput, _: Option<String>) {}

    fn error(reply: &ErrorReply<'_>) -> StartBuildError {
        StartBuildError::generic(reply.metadata())
    }
}

type Page = Result<ListNamesOutput, SdkError<StartBuildError>>;

fn page(body: &'static str) -> Response {
    reply(200, &[], body)
}

fn stream_of(config: Builder, stop_on_duplicate_token: Option<bool>) -> PaginationStream<Page> {
    let handle = Handle::new(&SERVICE, config.build());
    pages(ListNames, handle, Ok(ListNamesInput::default()), stop_on_duplicate_token, |input, page| {
        Next::if_there_are_more(page.has_more != Some(false)).token(&mut input.token, page.token.as_ref())
    })
}

fn stream(replay: &Replay) -> PaginationStream<Page> {
    stream_of(config().http_client(replay.clone()), None)
}

/// The outcomes of the stream: the names of each page, or the line of the error.
async fn all(mut stream: PaginationStream<Page>) -> Vec<String> {
    let mut found = Vec::new();
    while let Some(page) = stream.next().await {
        found.push(page.map_or_else(|error| line(&error), |page| page.names.join(",")));
    }
    found
}

#[tokio::test]
async fn a_page_is_sent_for_when_it_is_asked_for() {
    let replay = Replay::all([page(r#"{"names": "a", "token": "1"}"#), page(r#"{"names": "b"}"#)]);
    let mut stream = stream(&replay);
    assert_eq!(replay.requests(), 0);
    assert_eq!(stream.next().await.unwrap().unwrap().names, ["a"]);
    assert_eq!(replay.requests(), 1);
    assert_eq!(stream.next().await.unwrap().unwrap().names, ["b"]);
    assert!(stream.next().await.is_none() && stream.next().await.is_none());
    assert_eq!(replay.requests(), 2);
}

#[tokio::test]
async fn a_dropped_stream_ends_its_call_and_makes_no_other() {
    let replay = Replay::silent();
    let mut stream = stream(&replay);
    let mut next = Box::pin(async move { stream.next().await });
    assert!(poll_fn(|context| Poll::Ready(next.as_mut().poll(context).is_pending())).await);
    assert_eq!(replay.requests(), 1);
    drop(next);
    replay.then(Box::new(|| Some(Ok(page("{}")))));
    tokio::task::yield_now().await;
    assert_eq!(replay.requests(), 1);
}

#[tokio::test]
async fn empty_pages_do_not_end_the_stream() {
    for end in [r#"{"names": "c", "token": ""}"#, r#"{"names": "c", "token": null}"#, r#"{"names": "c", "token": "9", "more": "no"}"#] {
        let replay = Replay::all([page(r#"{"names": "a", "token": "1"}"#), page(r#"{"names": "", "token": "2"}"#), page(end)]);
        assert_eq!(all(stream(&replay)).await, ["a", "", "c"], "{end}");
    }
}

#[tokio::test]
async fn a_page_that_fails_is_retried() {
    let replay = Replay::all([page(r#"{"names": "a", "token": "1"}"#), reply(503, &[], ""), page(r#"{"names": "b"}"#)]);
    let config = config().http_client(replay.clone()).retry_config(RetryConfig::standard()).sleep_impl(Timer::Flies);
    // A timer that does not wait would end each attempt too.
    let config = config.timeout_config(crate::config::timeout::TimeoutConfig::disabled());
    assert_eq!(all(stream_of(config, None)).await, ["a", "b"]);
    assert_eq!(replay.requests(), 3);
}

#[tokio::test]
async fn an_error_ends_the_stream() {
    let denied = r#"{"__type": "AccessDeniedException", "message": "no"}"#;
    let replay = Replay::all([page(r#"{"names": "a", "token": "1"}"#), reply(400, &[], denied), page(r#"{"names": "b"}"#)]);
    assert_eq!(all(stream(&replay)).await, ["a", "ListNames: 400 AccessDeniedException: no (attempt 1 of 1)"]);
    assert_eq!(replay.requests(), 2);

    let handle = Handle::new(&SERVICE, config().http_client(Replay::default()).build());
    let input = Err(BuildError::missing_field("name", "it is needed"));
    let found = all(pages(ListNames, handle, input, None, |_, _| Next::default())).await;
    assert!(matches!(found.as_slice(), [error] if error.starts_with("ListNames: ") && error.contains("name was missing")), "{found:?}");
}

/// Pages with these tokens, each with its number as its name.
fn numbered(tokens: [&'static str; 4]) -> Replay {
    Replay::all(tokens.into_iter().enumerate().map(|(number, token)| {
        let body = format!(r#"{{"names": "{number}", "token": "{token}"}}"#);
        reply(200, &[], body)
    }))
}

#[tokio::test]
async fn a_repeated_token_is_an_error() {
    let found = all(stream(&numbered(["1", "2", "2", ""]))).await;
    assert_eq!(found[..3], ["0", "1", "2"]);
    let expected = "ListNames: the service returned the token that it was given, with which the next page would be the same again; ";
    assert!(found[3].starts_with(expected) && found[3].contains("call stop_on_duplicate_token(true)"), "{found:?}");
    assert_eq!(found.len(), 4);
    // A token that comes back later leads in a circle too, but only the service knows.
    assert_eq!(all(stream(&numbered(["1", "2", "1", ""]))).await, ["0", "1", "2", "3"]);
}

#[tokio::test]
async fn a_repeated_token_may_end_the_stream_or_not() {
    for (stop, expected) in [(true, &["0", "1", "2"][..]), (false, &["0", "1", "2", "3"])] {
        let replay = numbered(["1", "2", "2", ""]);
        assert_eq!(all(stream_of(config().http_client(replay), Some(stop))).await, expected);
    }
}

#[tokio::test]
async fn items_are_those_of_all_pages() {
    let replay =
        Replay::all([page(r#"{"names": "a,b", "token": "1"}"#), page(r#"{"names": "", "token": "2"}"#), page(r#"{"names": "c,d"}"#)]);
    let mut names = items(stream(&replay), |page| page.names);
    assert_eq!(replay.requests(), 0);
    for (name, requests) in [("a", 1), ("b", 1), ("c", 3), ("d", 3)] {
        assert_eq!(names.next().await.unwrap().unwrap(), name);
        assert_eq!(replay.requests(), requests);
    }
    assert!(names.next().await.is_none());

    let failing = Replay::all([page(r#"{"names": "a", "token": "1"}"#), reply(500, &[], "")]);
    let found: Result<Vec<String>, _> = items(stream(&failing), |page| page.names).try_collect().await;
    assert!(line(&found.unwrap_err()).starts_with("ListNames: 500 "));
}

#[test]
fn several_tokens_are_one() {
    let (mut key, mut number) = (Some("a".to_owned()), Some(1));
    let next = Next::default().token(&mut key, Some(&"a".to_owned())).value(&mut number, Some(&2));
    assert!(next.has_token && next.differs && number == Some(2));
    let next = Next::default().token(&mut key, Some(&String::new())).value(&mut number, Some(&2));
    assert!(next.has_token && next.differs && key.is_none());
    let next = Next::default().token(&mut key, None).value(&mut number, Some(&2));
    assert!(next.has_token && !next.differs);
    assert!(!Next::default().token(&mut key, None).value(&mut number, None).has_token);
    let mut map = Some(HashMap::from([("a", 1)]));
    assert!(!Next::default().token(&mut map, Some(&HashMap::new())).has_token && map.is_none());
}
