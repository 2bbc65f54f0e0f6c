//! Properties that every error must have.

use std::error::Error;

use smithlet_codebuild::error::DisplayErrorContext;

use super::conversation::{SECRET, TOKEN};

/// The maximum length of an error's line in bytes. A message has at most 1,000 characters of four bytes, a code or an id 128.
const LONGEST: usize = 6_000;

/// Checks that the error is one line of bounded length without control characters, and that neither it nor a cause shows a credential.
///
/// A credential that is part of `input` is not checked, because the error may quote it.
pub(super) fn check(error: &(dyn Error + 'static), input: &[u8]) {
    let line = error.to_string();
    assert!(!line.is_empty() && line.len() <= LONGEST, "{} bytes: {line:?}", line.len());
    assert!(!line.contains(char::is_control), "{line:?} is not one clean line");
    let input = String::from_utf8_lossy(input);
    for credential in [SECRET, TOKEN] {
        if !input.contains(credential) {
            hides(error, credential);
        }
    }
}

/// Checks that neither the error nor any of its causes shows a secret.
pub(super) fn hides(error: &(dyn Error + 'static), secret: &str) {
    for cause in std::iter::successors(Some(error), |&error| error.source()) {
        let shown = format!("{cause} {cause:?} {cause:#?} {}", DisplayErrorContext(cause));
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
}
