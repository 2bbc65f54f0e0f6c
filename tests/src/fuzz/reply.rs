//! Successful replies with any body.

use std::fmt::Debug;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use serde::Serialize;
use serde_json::Value;
use smithlet_codebuild::Client;
use smithlet_codebuild::error::SdkError;

use super::conversation::{Conversation, settle};
use super::line;

/// A text that marks values of an output, which no error may show.
const CANARY: &str = "CANARY-7f3a91";

/// The members that the overlay marks as sensitive, each with the member that holds it.
const SENSITIVE: [(&str, &str); 5] = [
    ("auth", "resource"),
    ("environment", "certificate"),
    ("environmentVariables", "value"),
    ("exportedEnvironmentVariables", "value"),
    ("registryCredential", "credential"),
];

/// The input's first byte chooses the operation; the rest is the body.
///
/// An accepted body is JSON to `serde_json` too, except for half a surrogate pair. The output survives a round trip, and its `Debug` does
/// not depend on its sensitive values. The error about a refused body shows none of its values.
///
/// # Panics
/// When that does not hold.
pub fn check(input: &[u8]) {
    let Some((first, body)) = input.split_first() else { return };
    match first % 3 {
        0 => round(body, |client| settle(client.batch_get_builds().ids("a:b").send())),
        1 => round(body, |client| settle(client.start_build().project_name("p").send())),
        _ => round(body, |client| settle(client.stop_build().id("a:b").send())),
    }
}

fn round<O, E>(body: &[u8], call: impl Fn(&Client) -> Result<O, SdkError<E>>)
where
    O: Debug + PartialEq + Serialize,
    E: std::error::Error + 'static,
{
    let read = |body: &[u8]| {
        let reply = HttpResponse::new(ok(), SdkBody::from(body));
        call(&Client::from_conf(Conversation::of([reply]).config().build()))
    };
    let output = match read(body) {
        Ok(output) => output,
        Err(error) => return refused(body, &error),
    };
    assert!(is_json(body), "{output:?} was read, but serde_json refuses the body");

    let written = must(serde_json::to_value(&output), "an output can be written");
    let again = must(read(written.to_string().as_bytes()), "what was written can be read");
    // The first round trip may change a time, which is written as the nearest double.
    let rewritten = must(serde_json::to_value(&again), "an output can be written");
    assert_eq!(again, must(read(rewritten.to_string().as_bytes()), "what was written can be read"), "{written}, then {rewritten}");

    let masked = must(read(masked(written, "").to_string().as_bytes()), "other secrets can be read");
    assert_eq!(format!("{again:?}"), format!("{masked:?}"), "Debug depends on a sensitive value");
}

/// Returns whether `serde_json` reads the body. A byte order mark and half a surrogate pair, which only our reader accepts, are ignored.
fn is_json(body: &[u8]) -> bool {
    let surrogate = |error: serde_json::Error| ["surrogate", "hex escape"].iter().any(|words| error.to_string().contains(words));
    serde_json::from_slice::<Value>(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)).map_or_else(surrogate, |_| true)
}

fn refused(body: &[u8], error: &(dyn std::error::Error + 'static)) {
    line::check(error, body);
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(CANARY), "a part of the reply is in {shown}");
}

/// The value with every sensitive text replaced. `above` is the name of the nearest member.
fn masked(value: Value, above: &str) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(|item| masked(item, above)).collect(),
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, value)| {
                    let value = match value {
                        Value::String(_) if SENSITIVE.contains(&(above, &name)) => Value::from("something else"),
                        value => masked(value, &name),
                    };
                    (name, value)
                })
                .collect(),
        ),
        scalar => scalar,
    }
}

fn ok() -> StatusCode {
    must(StatusCode::try_from(200), "200 is a status")
}

#[track_caller]
fn must<T, E: Debug>(result: Result<T, E>, what: &str) -> T {
    result.unwrap_or_else(|error| panic!("{what}: {error:?}"))
}
