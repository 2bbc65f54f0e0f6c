//! The characters of credentials.

/// The error about a text that is not printable. It follows the text's name.
pub(super) const UNPRINTABLE: &str = "holds a line break or another character that no request can carry";

/// Returns whether a text can be an access key id, a secret access key or a session token. Access key ids and session tokens are sent in headers.
pub(super) fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}
