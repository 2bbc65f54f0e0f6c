//! Any reply at all: status, headers and body.

use smithlet_codebuild::Client;
use smithlet_codebuild::error::{Error, ProvideErrorMetadata as _, ProvideFailureKind as _, SdkError};
use smithlet_codebuild::operation::start_build::StartBuildError;

use super::talk::{TOKEN, Talk, reply_of, settle};
use super::{line, split};

/// The input is a reply.
///
/// A status that is no success is an error; the error keeps its line in all its forms, and does not repeat the session token from the request
/// headers that a body quotes; and whatever the client learned from the reply, it makes its next call.
///
/// # Panics
/// When that does not hold.
pub fn check(input: &[u8]) {
    let (head, body) = split(input, b"\n\n");
    let Some(reply) = reply_of(input) else { return };
    let status = reply.status().as_u16();
    let client = Client::from_conf(Talk::of([reply]).config().build());
    match settle(client.start_build().project_name("p").send()) {
        Ok(_) => assert!((200..300).contains(&status), "{status} passed for a success"),
        Err(error) => {
            if quotes_token(body) && !String::from_utf8_lossy(head).contains(TOKEN) {
                line::hides(&error, TOKEN);
            }
            refused(status, error, input);
        }
    }
    let next = settle(client.stop_build().id("a:b").send());
    assert!(next.is_ok(), "after that reply, the next call fails: {next:?}");
}

fn refused(status: u16, error: SdkError<StartBuildError>, input: &[u8]) {
    let line = error.to_string();
    assert!(line.starts_with(&format!("StartBuild: {status}")), "{line}");
    line::check(&error, input);
    let (code, kind) = (error.code().map(str::to_owned), error.failure_kind());
    if matches!(error, SdkError::ServiceError(_)) {
        let service = error.into_service_error();
        assert_eq!((service.to_string(), service.code().map(str::to_owned), service.failure_kind()), (line.clone(), code, kind));
        line::check(&service, input);
        let any = Error::from(service);
        assert_eq!((any.to_string(), any.failure_kind()), (line, kind));
        line::check(&any, input);
    }
}

/// Whether a body has the session token, and only as the value of its header, as one quotes headers.
fn quotes_token(body: &[u8]) -> bool {
    let body = String::from_utf8_lossy(body);
    let mut found = body.match_indices(TOKEN).peekable();
    let value = |at: usize| {
        let name = body[..at].trim_end_matches([' ', '"', '\'', '\\', ':', '=']);
        name.to_ascii_lowercase().ends_with("x-amz-security-token") && body[name.len()..at].contains([':', '='])
    };
    found.peek().is_some() && found.all(|(at, _)| value(at))
}
