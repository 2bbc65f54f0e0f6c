//! The texts that credentials are made of.

/// The fault of a text that is not printable, to be put behind its name.
pub(super) const UNPRINTABLE: &str = "holds a line break or another character that no request can carry";

/// Whether a text is fit for an access key id, a secret access key or a session token: the first and the last become part of headers.
pub(super) fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}
