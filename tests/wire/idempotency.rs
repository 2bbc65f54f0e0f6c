//! The idempotency token, by which the service recognises a repeated `StartBuild`.

use super::replay::Replay;
use serde_json::Value;
use smithlet_codebuild::config::{Builder, IdempotencyTokenProvider};
use smithlet_codebuild::operation::start_build::builders::StartBuildFluentBuilder;

/// The token that a call sends.
async fn token(call: impl FnOnce(StartBuildFluentBuilder) -> StartBuildFluentBuilder, config: Builder) -> Option<String> {
    let replay = Replay::new(200, "{}");
    let start = call(replay.client().start_build().project_name("p"));
    start.customize().config_override(config).send().await.expect("the reply is a success");
    let body: Value = serde_json::from_str(&replay.request().body).expect("the body is JSON");
    body.get("idempotencyToken").map(|token| token.as_str().expect("a token is text").to_owned())
}

fn is_uuid_of_version_4(token: &str) -> bool {
    let fits = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        14 => byte == b'4',
        19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
        _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
    };
    token.len() == 36 && token.bytes().enumerate().all(fits)
}

#[tokio::test]
async fn a_missing_token_is_filled_in_and_differs_from_call_to_call() {
    let mut tokens = Vec::new();
    for _ in 0..3 {
        tokens.push(token(|start| start, Builder::new()).await.expect("a token is filled in"));
    }
    assert!(tokens.iter().all(|token| is_uuid_of_version_4(token)), "{tokens:?}");
    assert!(tokens[0] != tokens[1] && tokens[1] != tokens[2] && tokens[0] != tokens[2], "{tokens:?}");
    let random = Builder::new().idempotency_token_provider(IdempotencyTokenProvider::random());
    assert!(token(|start| start, random).await.is_some_and(|token| is_uuid_of_version_4(&token)));
}

#[tokio::test]
async fn an_explicit_token_is_sent_with_every_provider() {
    for provider in [IdempotencyTokenProvider::random(), IdempotencyTokenProvider::fixed("fixed"), IdempotencyTokenProvider::disabled()] {
        let config = Builder::new().idempotency_token_provider(provider);
        assert_eq!(token(|start| start.idempotency_token("mine"), config).await.as_deref(), Some("mine"));
    }
}

#[tokio::test]
async fn tokens_can_be_fixed_and_switched_off() {
    let fixed = || Builder::new().idempotency_token_provider("fixed");
    assert_eq!(token(|start| start, fixed()).await.as_deref(), Some("fixed"));
    assert_eq!(token(|start| start.set_idempotency_token(None), fixed()).await.as_deref(), Some("fixed"));
    let disabled = Builder::new().idempotency_token_provider(IdempotencyTokenProvider::disabled());
    assert_eq!(token(|start| start, disabled).await, None);
}

/// Two calls from one builder start two builds, unless the caller sets a token.
#[tokio::test]
async fn a_cloned_call_gets_its_own_token() {
    let (first, second) = (Replay::new(200, "{}"), Replay::new(200, "{}"));
    let start = first.client().start_build().project_name("p");
    start.clone().send().await.expect("the reply is a success");
    assert!(start.as_input().get_idempotency_token().is_none(), "the caller's input is unchanged");
    second.client().start_build().project_name("p").send().await.expect("the reply is a success");
    assert_ne!(first.request().body, second.request().body);
}
