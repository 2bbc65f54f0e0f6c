//! The path of a position in a document, for error messages.

use super::{Reader, scan};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

/// The maximum length of a path, in bytes. A longer path loses its beginning.
const LONGEST_PATH: usize = 256;
/// The maximum length of a name that is shown, in bytes.
const LONGEST_NAME: usize = 64;

/// An object or list around the position.
enum Frame {
    /// The literal of the current member's name, with its quotes.
    Object(Option<Range<usize>>),
    /// The index of the current item.
    Array(usize),
}

/// The path of the byte at `offset`. Brackets, commas and names are followed without checking the grammar.
pub(super) fn of(document: &str, offset: usize) -> String {
    let bytes = document.as_bytes();
    let mut frames = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).filter(|_| at < offset) {
        at += 1;
        match byte {
            b'{' => frames.push(Frame::Object(None)),
            b'[' => frames.push(Frame::Array(0)),
            b'}' | b']' => drop(frames.pop()),
            b',' => match frames.last_mut() {
                Some(Frame::Object(name)) => *name = None,
                Some(Frame::Array(index)) => *index += 1,
                None => {}
            },
            b'"' => {
                let start = at - 1;
                at = string_end(bytes, at);
                if at > offset {
                    break;
                }
                if let Some(Frame::Object(name @ None)) = frames.last_mut() {
                    *name = Some(start..at);
                }
            }
            _ => {}
        }
        if frames.len() > usize::from(Reader::MAX_DEPTH) {
            // The reader refuses such a document, so its path is of no use.
            return String::new();
        }
    }
    without_beginning(&render(document, &frames)).into_owned()
}

/// The position after the closing quote of the string whose text begins at `at`, or beyond the document if there is none.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        at = scan::plain_until(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return at + 1,
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
            None => return bytes.len() + 1,
        }
    }
}

fn render(document: &str, frames: &[Frame]) -> String {
    let mut path = String::new();
    for frame in frames {
        match frame {
            Frame::Object(None) => {}
            Frame::Object(Some(literal)) => push_name(&mut path, document.get(literal.clone()).and_then(name).as_deref()),
            Frame::Array(index) => push_index(&mut path, *index),
        }
    }
    path
}

/// The name of a literal.
fn name(literal: &str) -> Option<String> {
    Reader::new(literal.as_bytes()).ok()?.string().ok()?
}

/// Appends a member's name to a path, or `{..}` if the name may not be shown.
pub(crate) fn push_name(path: &mut String, name: Option<&str>) {
    match name.filter(|name| is_shown(name)) {
        Some(name) => path.extend([if path.is_empty() { "" } else { "." }, name]),
        None => path.push_str("{..}"),
    }
}

/// Appends an item's index to a path.
pub(crate) fn push_index(path: &mut String, index: usize) {
    // Writing to a String cannot fail.
    let _ = write!(path, "[{index}]");
}

/// Returns whether a name may be shown. Other names may be the keys of a map, and so data.
fn is_shown(name: &str) -> bool {
    let identifier =
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && !name.starts_with(|c: char| c.is_ascii_digit());
    identifier && !name.is_empty() && name.len() <= LONGEST_NAME
}

/// The path, shortened at its beginning, since its end has the member with the problem.
pub(crate) fn without_beginning(path: &str) -> Cow<'_, str> {
    let tail =
        path.len().checked_sub(LONGEST_PATH).filter(|cut| *cut > 0).map(|cut| path.get(path.ceil_char_boundary(cut)..).unwrap_or_default());
    match tail {
        Some(tail) => Cow::Owned(format!("...{}", tail.find(['.', '[', '{']).and_then(|start| tail.get(start..)).unwrap_or_default())),
        None => Cow::Borrowed(path),
    }
}
