//! Two texts, compared word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The most pairs of words for which two texts are compared in full. A longer difference counts as a replacement.
const MOST_PAIRS: usize = 1_000_000;

/// A run of words of one text or of both.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Piece {
    /// Both texts have it.
    Same(String),
    /// Only the earlier text has it.
    Gone(String),
    /// Only the later text has it.
    New(String),
}

/// The steps from the earlier text to the later one. White space between words does not count.
pub fn diff(old: &str, new: &str) -> Vec<Piece> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let mut pieces = Vec::new();
    for op in operations(&old, &new) {
        let text = |words: &[&str], range: std::ops::Range<usize>| words.get(range).unwrap_or_default().join(" ");
        let (before, after) = (text(&old, op.old_range()), text(&new, op.new_range()));
        match op {
            DiffOp::Equal { .. } => pieces.push(Piece::Same(before)),
            DiffOp::Delete { .. } => pieces.push(Piece::Gone(before)),
            DiffOp::Insert { .. } => pieces.push(Piece::New(after)),
            DiffOp::Replace { .. } => pieces.extend([Piece::Gone(before), Piece::New(after)]),
        }
    }
    pieces
}

fn operations(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let shorter = old.len().min(new.len());
    let end = old.iter().rev().zip(new.iter().rev()).take(shorter - start).take_while(|(a, b)| a == b).count();
    let (old_len, new_len) = (old.len() - start - end, new.len() - start - end);
    if old_len.saturating_mul(new_len) <= MOST_PAIRS {
        return capture_diff_slices(Algorithm::Myers, old, new);
    }
    let same = |old_index, new_index, len| DiffOp::Equal { old_index, new_index, len };
    let ops = [
        same(0, 0, start),
        DiffOp::Replace { old_index: start, old_len, new_index: start, new_len },
        same(old.len() - end, new.len() - end, end),
    ];
    ops.into_iter().filter(|op| !op.old_range().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let piece = |piece: Piece| match piece {
            Piece::Same(text) => text,
            Piece::Gone(text) => format!("[-{text}-]"),
            Piece::New(text) => format!("{{+{text}+}}"),
        };
        diff(old, new).into_iter().map(piece).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn added_and_removed_words_are_marked_in_place() {
        assert_eq!(shown("The id of the build.", "The unique id of a build."), "The {+unique+} id of [-the-] {+a+} build.");
        assert_eq!(shown("", "All new."), "{+All new.+}");
        assert_eq!(shown("All gone.", ""), "[-All gone.-]");
        assert_eq!(shown("a b\n c", "a  b c"), "a b c", "white space does not count");
        assert_eq!(shown("a a a", "a a"), "a a [-a-]");
        assert_eq!(shown("", ""), "");
    }

    #[test]
    fn long_texts_without_a_common_word_count_as_replaced() {
        let text = |word: &str| vec![word; 5_000].join(" ");
        assert_eq!(diff(&text("a"), &text("b")), [Piece::Gone(text("a")), Piece::New(text("b"))]);
        let framed = |word: &str| format!("first {} last", text(word));
        let (first, last) = (Piece::Same("first".to_owned()), Piece::Same("last".to_owned()));
        assert_eq!(diff(&framed("a"), &framed("b")), [first, Piece::Gone(text("a")), Piece::New(text("b")), last]);
    }
}
