//! What must hold of every error.

use std::error::Error;

use smithlet_codebuild::error::DisplayErrorContext;

use super::talk::{SECRET, TOKEN};

/// More than any error's line may be long, in bytes. A message has 1,000 characters of four bytes at most, a code or an id 128.
const LONGEST: usize = 6_000;

/// The error is one clean line of a bounded length, and neither it nor any of its causes shows a credential in any form.
///
/// `input` is what came from outside: a credential that it has in it need not be the client's doing.
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

/// Nothing that the error or any of its causes prints shows this.
pub(super) fn hides(error: &(dyn Error + 'static), secret: &str) {
    for cause in std::iter::successors(Some(error), |&error| error.source()) {
        let shown = format!("{cause} {cause:?} {cause:#?} {}", DisplayErrorContext(cause));
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
}
