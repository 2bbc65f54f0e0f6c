//! Two texts, word by word.

/// Up to how many pairs of words two texts are compared in full; texts with more count as replaced.
const MOST_PAIRS: usize = 1_000_000;

/// A run of words of one of two texts, or of both.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Piece {
    /// Both have it.
    Same(String),
    /// Only the earlier has it.
    Gone(String),
    /// Only the later has it.
    New(String),
}

/// How the earlier text becomes the later one. Space between words does not count.
pub fn diff(old: &str, new: &str) -> Vec<Piece> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let shorter = old.len().min(new.len());
    let end = old.iter().rev().zip(new.iter().rev()).take(shorter - start).take_while(|(a, b)| a == b).count();
    let gone = old.get(start..old.len() - end).unwrap_or_default();
    let come = new.get(start..new.len() - end).unwrap_or_default();
    let mut pieces = Pieces::default();
    pieces.extend(0, old.iter().take(start));
    if gone.len().saturating_mul(come.len()) > MOST_PAIRS {
        pieces.extend(1, gone.iter());
        pieces.extend(2, come.iter());
    } else {
        between(gone, come, &mut pieces);
    }
    pieces.extend(0, old.iter().skip(old.len() - end));
    pieces.finish()
}

/// The longest common subsequence, walked from the front.
fn between(old: &[&str], new: &[&str], pieces: &mut Pieces) {
    let width = new.len() + 1;
    let mut longest = vec![0u32; (old.len() + 1) * width];
    let at = |table: &[u32], row: usize, column: usize| table.get(row * width + column).copied().unwrap_or_default();
    for (row, left) in old.iter().enumerate().rev() {
        for (column, right) in new.iter().enumerate().rev() {
            let length = if left == right {
                at(&longest, row + 1, column + 1) + 1
            } else {
                at(&longest, row + 1, column).max(at(&longest, row, column + 1))
            };
            if let Some(cell) = longest.get_mut(row * width + column) {
                *cell = length;
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    loop {
        match (old.get(row), new.get(column)) {
            (None, None) => return,
            (Some(left), Some(right)) if left == right => {
                pieces.push(0, left);
                (row, column) = (row + 1, column + 1);
            }
            (Some(left), right) if right.is_none() || at(&longest, row + 1, column) >= at(&longest, row, column + 1) => {
                pieces.push(1, left);
                row += 1;
            }
            (_, Some(right)) => {
                pieces.push(2, right);
                column += 1;
            }
            (Some(_), None) => return,
        }
    }
}

/// Runs of words that share a fate: 0 for the same, 1 for gone, 2 for new.
#[derive(Default)]
struct Pieces(Vec<(u8, String)>);

impl Pieces {
    fn push(&mut self, fate: u8, word: &str) {
        match self.0.last_mut() {
            Some((last, text)) if *last == fate => {
                text.push(' ');
                text.push_str(word);
            }
            _ => self.0.push((fate, word.to_owned())),
        }
    }

    fn extend<'w>(&mut self, fate: u8, words: impl Iterator<Item = &'w &'w str>) {
        for word in words {
            self.push(fate, word);
        }
    }

    fn finish(self) -> Vec<Piece> {
        let piece = |(fate, text)| match fate {
            0 => Piece::Same(text),
            1 => Piece::Gone(text),
            _ => Piece::New(text),
        };
        self.0.into_iter().map(piece).collect()
    }
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
    fn words_come_and_go_where_they_do() {
        assert_eq!(shown("The id of the build.", "The unique id of a build."), "The {+unique+} id of [-the-] {+a+} build.");
        assert_eq!(shown("", "All new."), "{+All new.+}");
        assert_eq!(shown("All gone.", ""), "[-All gone.-]");
        assert_eq!(shown("a b\n c", "a  b c"), "a b c", "space is nothing");
        assert_eq!(shown("a a a", "a a"), "a a [-a-]");
    }

    #[test]
    fn long_texts_are_not_compared_for_ever() {
        let text = |word: &str| vec![word; 5_000].join(" ");
        assert_eq!(diff(&text("a"), &text("b")), [Piece::Gone(text("a")), Piece::New(text("b"))]);
    }
}
