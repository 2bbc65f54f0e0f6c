//! `CommonMark`: what is inside a paragraph.

use super::link;
use crate::docs::backticks::Backticks;
use crate::docs::clean::clean_char;
use crate::docs::entity;
use crate::docs::tree::{Content, Inline, Style};
use std::rc::Rc;

/// How many openers of emphasis wait for a closer at a time; older ones are text. It keeps the search for an opener short.
const MAX_OPENERS: usize = 32;

/// Reads the text of one paragraph, its lines separated by line feeds.
pub(super) fn parse(text: &str) -> Vec<Inline> {
    let mut parser = Parser {
        text,
        backticks: Backticks::new(text),
        last_comment: text.rfind("-->"),
        pieces: Vec::new(),
        is_closed: true,
        brackets: Vec::new(),
        openers: Vec::new(),
        emphasised: Vec::new(),
    };
    let mut rest = text;
    while !rest.is_empty() {
        let length = parser.step(rest).max(1);
        rest = rest.get(length..).unwrap_or_default();
    }
    parser.finish()
}

struct Parser<'a> {
    text: &'a str,
    backticks: Backticks,
    /// Where the last comment ends, if there is any: a search behind that would be in vain.
    last_comment: Option<usize>,
    pieces: Vec<Inline>,
    /// Whether the next text begins a piece of its own.
    is_closed: bool,
    /// Brackets that a link or an image may begin with.
    brackets: Vec<Bracket>,
    openers: Vec<Opener>,
    /// What is emphasised: the opener's piece, the one after the last, and how.
    emphasised: Vec<(usize, usize, Style)>,
}

/// An opening bracket.
struct Bracket {
    /// Its piece.
    piece: usize,
    is_image: bool,
}

/// A run of asterisks or underscores that may open emphasis.
struct Opener {
    /// Its piece, which holds the characters not yet used.
    piece: usize,
    mark: char,
    /// The characters not yet used.
    left: usize,
    /// The length of the run.
    length: usize,
    /// Whether it might close emphasis as well.
    is_both: bool,
}

impl Parser<'_> {
    /// Reads what the rest of the text begins with; how many bytes that was.
    fn step(&mut self, rest: &str) -> usize {
        let Some(c) = rest.chars().next() else { return 1 };
        let position = self.text.len() - rest.len();
        match c {
            '\\' => self.backslash(rest),
            '`' => self.code(rest, position),
            '<' => self.angle(rest, position),
            '&' => {
                let (decoded, length) = entity::reference(rest).unwrap_or(('&', 1));
                if let Some(c) = clean_char(decoded) {
                    self.push_text(c.encode_utf8(&mut [0; 4]));
                }
                length
            }
            '\n' => {
                if self.text.get(..position).is_some_and(|before| before.ends_with("  ")) {
                    self.push(Content::Break, None);
                } else {
                    self.push_text(" ");
                }
                1
            }
            '!' if rest.starts_with("![") => self.open_bracket("![", true),
            '[' => self.open_bracket("[", false),
            ']' => self.close_bracket(rest),
            '*' | '_' => self.run(rest, position, c),
            _ => {
                let end = rest.find(['\\', '`', '<', '&', '\n', '!', '[', ']', '*', '_']).unwrap_or(rest.len()).max(c.len_utf8());
                let (text, _) = rest.split_at(end);
                self.push_text(text);
                end
            }
        }
    }

    fn push(&mut self, content: Content, link: Option<Rc<str>>) {
        self.pieces.push(Inline { content, style: Style::Plain, link });
        self.is_closed = true;
    }

    fn push_text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Inline { content: Content::Text(last), .. }) if !self.is_closed => last.push_str(text),
            _ => self.push(Content::Text(text.to_owned()), None),
        }
        self.is_closed = false;
    }

    fn backslash(&mut self, rest: &str) -> usize {
        match rest.chars().nth(1) {
            Some('\n') => self.push(Content::Break, None),
            Some(c) if c.is_ascii_punctuation() => self.push_text(c.encode_utf8(&mut [0; 4])),
            _ => {
                self.push_text("\\");
                return 1;
            }
        }
        2
    }

    fn code(&mut self, rest: &str, position: usize) -> usize {
        let run = rest.len() - rest.trim_start_matches('`').len();
        let Some((close, end)) = self.backticks.span(position) else {
            self.push_text(rest.get(..run).unwrap_or_default());
            return run;
        };
        let code = self.text.get(position + run..close).unwrap_or_default();
        self.push(Content::Code(code.to_owned()), None);
        end - position
    }

    /// An address in angle brackets, a comment, or an angle bracket.
    fn angle(&mut self, rest: &str, position: usize) -> usize {
        if let Some((address, url, length)) = link::autolink(rest) {
            self.push(Content::Text(address.to_owned()), Some(Rc::from(url)));
            return length;
        }
        if let Some(comment) = rest.strip_prefix("<!--")
            && self.last_comment.is_some_and(|last| last >= position + 4)
            && let Some(end) = comment.find("-->")
        {
            return 4 + end + 3;
        }
        self.push_text("<");
        1
    }

    fn open_bracket(&mut self, bracket: &str, is_image: bool) -> usize {
        self.push(Content::Text(bracket.to_owned()), None);
        self.brackets.push(Bracket { piece: self.pieces.len() - 1, is_image });
        bracket.len()
    }

    /// Ends a link, whose text becomes one if its address can be followed, or an image, of which its description stays.
    fn close_bracket(&mut self, rest: &str) -> usize {
        let Some(bracket) = self.brackets.pop() else {
            self.push_text("]");
            return 1;
        };
        let Some((url, length)) = link::target(rest.get(1..).unwrap_or_default()) else {
            self.push_text("]");
            return 1;
        };
        let mut pieces = self.pieces.iter_mut().skip(bracket.piece);
        if let Some(piece) = pieces.next() {
            piece.content = Content::Text(String::new());
        }
        if !bracket.is_image {
            if let Some(url) = url.map(Rc::from) {
                pieces.for_each(|piece| piece.link = piece.link.take().or_else(|| Some(Rc::clone(&url))));
            }
            // Links do not nest: the brackets before this one begin none.
            self.brackets.clear();
        }
        self.is_closed = true;
        1 + length
    }

    /// A run of asterisks or underscores: closes what it can, and what is left of it may open.
    fn run(&mut self, rest: &str, position: usize, mark: char) -> usize {
        let after = rest.trim_start_matches(mark);
        let length = rest.len() - after.len();
        let (can_open, can_close) = flanks(self.text.get(..position).unwrap_or_default(), after, mark);
        let is_both = can_open && can_close;
        let mut left = length;
        while can_close && left > 0 {
            let fits = |opener: &Opener| {
                let is_odd = (opener.is_both || is_both) && (opener.length + length).is_multiple_of(3);
                opener.mark == mark && (!is_odd || (opener.length.is_multiple_of(3) && length.is_multiple_of(3)))
            };
            let Some(index) = self.openers.iter().rposition(fits) else { break };
            self.openers.truncate(index + 1);
            let Some(opener) = self.openers.last_mut() else { break };
            let used = opener.left.min(left).min(2);
            opener.left -= used;
            left -= used;
            let style = if used == 2 { Style::Strong } else { Style::Emphasis };
            self.emphasised.push((opener.piece, self.pieces.len(), style));
            if let Some(Inline { content: Content::Text(text), .. }) = self.pieces.get_mut(opener.piece) {
                text.truncate(opener.left);
            }
            if opener.left == 0 {
                self.openers.pop();
            }
        }
        self.is_closed = true;
        if left > 0 {
            self.push(Content::Text(mark.to_string().repeat(left)), None);
            if can_open {
                if self.openers.len() == MAX_OPENERS {
                    self.openers.remove(0);
                }
                self.openers.push(Opener { piece: self.pieces.len() - 1, mark, left, length, is_both });
            }
        }
        length
    }

    /// The pieces with their styles. Ranges nest, so it is enough to count how many are open.
    fn finish(mut self) -> Vec<Inline> {
        let mut changes = vec![(0_i32, 0_i32); self.pieces.len() + 1];
        for (start, end, style) in self.emphasised {
            for (index, by) in [(start + 1, 1), (end, -1)] {
                if let Some((emphasis, strong)) = changes.get_mut(index) {
                    *(if style == Style::Strong { strong } else { emphasis }) += by;
                }
            }
        }
        let (mut emphasis, mut strong) = (0, 0);
        for (piece, (more_emphasis, more_strong)) in self.pieces.iter_mut().zip(changes) {
            emphasis += more_emphasis;
            strong += more_strong;
            piece.style = match (strong > 0, emphasis > 0) {
                (true, _) => Style::Strong,
                (false, true) => Style::Emphasis,
                (false, false) => Style::Plain,
            };
        }
        self.pieces
    }
}

/// Whether a run of this mark between these texts can open and can close emphasis (`CommonMark`, "emphasis and strong emphasis").
fn flanks(before: &str, after: &str, mark: char) -> (bool, bool) {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_mark = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let before = before.chars().next_back();
    let after = after.chars().next();
    let left = !is_space(after) && (!is_mark(after) || is_space(before) || is_mark(before));
    let right = !is_space(before) && (!is_mark(before) || is_space(after) || is_mark(after));
    match mark {
        '_' => (left && (!right || is_mark(before)), right && (!left || is_mark(after))),
        _ => (left, right),
    }
}
