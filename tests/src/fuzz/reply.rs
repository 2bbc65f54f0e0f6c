//! A successful reply, of any body.

use std::fmt::Debug;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use serde::Serialize;
use serde_json::Value;
use smithlet_codebuild::Client;
use smithlet_codebuild::error::SdkError;

use super::line;
use super::talk::{Talk, settle};

/// In a body, this is part of an output, of which no error shows anything.
const CANARY: &str = "CANARY-7f3a91";

/// The members that the overlay calls sensitive, by the member that holds them and their own name.
const SENSITIVE: [(&str, &str); 5] = [
    ("auth", "resource"),
    ("environment", "certificate"),
    ("environmentVariables", "value"),
    ("exportedEnvironmentVariables", "value"),
    ("registryCredential", "credential"),
];

/// The first byte says which operation it is, the others are the body.
///
/// What is accepted is JSON, to `serde_json` too, but for characters that were cut in the middle; stays as it is when it is written and read; and its `Debug` does not depend on what is
/// sensitive in it. What is refused is refused in a line that shows nothing of it.
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
        call(&Client::from_conf(Talk::of([reply]).config().build()))
    };
    let output = match read(body) {
        Ok(output) => output,
        Err(error) => return refused(body, &error),
    };
    assert!(is_json(body), "{output:?} was read, where serde_json says that it is not JSON");

    let written = must(serde_json::to_value(&output), "an output can be written");
    let again = must(read(written.to_string().as_bytes()), "what was written can be read");
    // From the second time on: a time finer than a double can tell is written as the nearest double.
    let rewritten = must(serde_json::to_value(&again), "an output can be written");
    assert_eq!(again, must(read(rewritten.to_string().as_bytes()), "what was written can be read"), "{written}, then {rewritten}");

    let masked = must(read(masked(written, "").to_string().as_bytes()), "other secrets can be read");
    assert_eq!(format!("{again:?}"), format!("{masked:?}"), "a Debug depends on what it must not show");
}

/// Whether `serde_json` reads the body, with what it does not take and we do: a byte order mark, and half a surrogate pair.
fn is_json(body: &[u8]) -> bool {
    let surrogate = |error: serde_json::Error| ["surrogate", "hex escape"].iter().any(|words| error.to_string().contains(words));
    serde_json::from_slice::<Value>(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)).map_or_else(surrogate, |_| true)
}

fn refused(body: &[u8], error: &(dyn std::error::Error + 'static)) {
    line::check(error, body);
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(CANARY), "a part of the reply is in {shown}");
}

/// The same with something else in the place of every sensitive text. `above` is the name of the nearest member.
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
