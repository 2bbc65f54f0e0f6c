//! Replies with any status, headers and body.

use smithlet_codebuild::Client;
use smithlet_codebuild::error::{Error, ProvideErrorMetadata as _, ProvideFailureKind as _, SdkError};
use smithlet_codebuild::operation::start_build::StartBuildError;

use super::conversation::{Conversation, SECRET, TOKEN, reply_of, settle};
use super::line;

/// The input is a reply.
///
/// A status other than success is an error. The error has the same line in all its forms and shows no credential that the reply quotes.
/// The client can make its next call, whatever it has learned from the reply.
///
/// # Panics
/// When that does not hold.
pub fn check(input: &[u8]) {
    let Some(reply) = reply_of(input) else { return };
    let status = reply.status().as_u16();
    let client = Client::from_conf(Conversation::of([reply]).config().build());
    match settle(client.start_build().project_name("p").send()) {
        Ok(_) => assert!((200..300).contains(&status), "{status} passed for a success"),
        Err(error) => {
            line::hides(&error, TOKEN);
            line::hides(&error, SECRET);
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
