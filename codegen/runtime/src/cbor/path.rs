//! The path of a position in a document, for error messages.

use super::head::{BYTES, Head, LIST, MAP, TAG, TEXT};
use super::reader::Reader;
use super::well_formed;
use crate::json;

/// A list or map around the position.
struct Frame {
    /// The number of items or entries left; `None` if a break ends them.
    left: Option<u64>,
    place: Place,
}

/// The place inside a list or map.
enum Place {
    /// The index of the current item.
    Item(usize),
    /// Before the key of an entry.
    Key,
    /// At the value of an entry with this key, which is empty if it is not text.
    Value(String),
}

/// The path of the byte at `offset`. Everything before it has been read.
pub(super) fn of(document: &[u8], offset: usize) -> String {
    let mut frames: Vec<Frame> = Vec::new();
    let mut at = 0;
    while at < offset {
        let Ok((head, after)) = Head::at(document, at) else { break };
        let (end, mut text) = match head.major {
            TEXT | BYTES => {
                let mut text = String::new();
                let end = well_formed::parts(document, head, after, |part| {
                    text.push_str(well_formed::text(part).unwrap_or_default());
                    Ok(())
                });
                (end.unwrap_or(usize::MAX), text)
            }
            _ => (after, String::new()),
        };
        if end > offset {
            break;
        }
        at = end;
        match head.major {
            TAG => {}
            LIST | MAP => {
                let place = if head.major == LIST { Place::Item(0) } else { Place::Key };
                frames.push(Frame { left: (!head.is_indefinite()).then_some(head.argument), place });
                close(&mut frames);
            }
            _ if head.is_break() => {
                frames.pop();
                ended(&mut frames, String::new());
            }
            _ => ended(&mut frames, std::mem::take(&mut text)),
        }
        if frames.len() > Reader::MAX_DEPTH {
            // The reader refuses such a document, so its path is of no use.
            return String::new();
        }
    }
    let mut path = String::new();
    for frame in &frames {
        match &frame.place {
            Place::Item(index) => json::push_index(&mut path, *index),
            Place::Key => {}
            Place::Value(key) => json::push_name(&mut path, Some(key)),
        }
    }
    json::without_beginning(&path).into_owned()
}

/// Moves on after a value, which is this text or anything else.
fn ended(frames: &mut Vec<Frame>, text: String) {
    if let Some(Frame { left, place }) = frames.last_mut() {
        let (next, is_over) = match place {
            Place::Item(index) => (Place::Item(*index + 1), true),
            Place::Key => (Place::Value(text), false),
            Place::Value(_) => (Place::Key, true),
        };
        *place = next;
        if is_over && let Some(left) = left {
            *left = left.saturating_sub(1);
        }
    }
    close(frames);
}

/// Leaves the lists and maps that have ended.
fn close(frames: &mut Vec<Frame>) {
    if let Some(Frame { left: Some(0), place: Place::Item(_) | Place::Key }) = frames.last() {
        frames.pop();
        ended(frames, String::new());
    }
}
