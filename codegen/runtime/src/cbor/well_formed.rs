//! A check of the grammar alone. It distinguishes a valid document with wrong values from one that is broken or not CBOR.

use super::head::{BYTES, Head, LIST, MAP, TAG, TEXT};
use crate::json::Problem;

const NOT_UTF_8: Problem = Problem::Other("invalid UTF-8");
const STRAY_BREAK: Problem = Problem::Other("a break that ends nothing");
const NO_CHUNK: Problem = Problem::Other("expected a part of the string or its end");

/// Returns whether the bytes are a complete CBOR document, of any depth. The check needs sixteen bytes of memory for each level.
pub(crate) fn is_document(document: &[u8]) -> bool {
    matches!(end_of(document, 0, usize::MAX), Ok(end) if end == document.len())
}

/// The rest of an open list or map.
enum Open {
    /// This number of values.
    Values(u64),
    /// Any number of values until a break.
    List,
    /// Any number of entries until a break. The next value is a key, or else the value of one.
    Map { at_key: bool },
}

/// The position after the value at `start`, which may have lists and maps of this depth. An error has its position and its problem.
pub(super) fn end_of(document: &[u8], start: usize, depth: usize) -> Result<usize, (usize, Problem)> {
    let mut open: Vec<Open> = Vec::new();
    let (mut at, mut is_tagged) = (start, false);
    loop {
        let fault = move |problem| (at, problem);
        let (head, after) = Head::at(document, at).map_err(fault)?;
        match head.major {
            TAG => {
                (at, is_tagged) = (after, true);
                continue;
            }
            LIST | MAP if open.len() >= depth => return Err(fault(Problem::TOO_DEEP)),
            LIST | MAP => {
                let is_map = head.major == MAP;
                let values = if is_map { head.argument.saturating_mul(2) } else { head.argument };
                if values > room(document, after) {
                    return Err(fault(Problem::CUT_OFF));
                }
                open.push(match (head.is_indefinite(), is_map) {
                    (false, _) => Open::Values(values),
                    (true, false) => Open::List,
                    (true, true) => Open::Map { at_key: true },
                });
                at = after;
            }
            TEXT | BYTES => {
                at = string_end(document, head, after)?;
                ended(&mut open);
            }
            _ if head.is_break() => {
                if is_tagged || !matches!(open.last(), Some(Open::List | Open::Map { at_key: true })) {
                    return Err(fault(STRAY_BREAK));
                }
                open.pop();
                at = after;
                ended(&mut open);
            }
            _ => {
                at = after;
                ended(&mut open);
            }
        }
        is_tagged = false;
        while let Some(Open::Values(0)) = open.last() {
            open.pop();
            ended(&mut open);
        }
        if open.is_empty() {
            return Ok(at);
        }
    }
}

/// Counts a value of the innermost list or map that has ended.
fn ended(open: &mut [Open]) {
    match open.last_mut() {
        Some(Open::Values(left)) => *left = left.saturating_sub(1),
        Some(Open::Map { at_key }) => *at_key = !*at_key,
        Some(Open::List) | None => {}
    }
}

/// The number of values for which the document has bytes.
pub(super) fn room(document: &[u8], at: usize) -> u64 {
    document.len().saturating_sub(at).try_into().unwrap_or(u64::MAX)
}

/// The bytes of a string, or of a part of one, whose head ends at `at`.
pub(super) fn part(document: &[u8], at: usize, length: u64) -> Option<&[u8]> {
    document.get(at..)?.get(..usize::try_from(length).ok()?)
}

/// Calls a function with each part of a string whose head ends at `at`, and returns the position after the string.
pub(super) fn parts<'a>(
    document: &'a [u8],
    head: Head,
    at: usize,
    mut each: impl FnMut(&'a [u8]) -> Result<(), Problem>,
) -> Result<usize, (usize, Problem)> {
    let mut take = |head: Head, at: usize| -> Result<usize, (usize, Problem)> {
        let part = part(document, at, head.argument).ok_or((at, Problem::CUT_OFF))?;
        each(part).map_err(|problem| (at, problem))?;
        Ok(at + part.len())
    };
    if !head.is_indefinite() {
        return take(head, at);
    }
    let mut at = at;
    loop {
        let (next, after) = Head::at(document, at).map_err(|problem| (at, problem))?;
        if next.is_break() {
            return Ok(after);
        }
        if next.major != head.major || next.is_indefinite() {
            return Err((at, NO_CHUNK));
        }
        at = take(next, after)?;
    }
}

/// The text of a part of a string.
pub(super) fn text(part: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(part).map_err(|_| NOT_UTF_8)
}

/// The position after a string whose head ends at `at`.
fn string_end(document: &[u8], head: Head, at: usize) -> Result<usize, (usize, Problem)> {
    parts(document, head, at, |part| if head.major == TEXT { text(part).map(drop) } else { Ok(()) })
}
