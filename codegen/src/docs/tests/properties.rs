//! Properties of every input, tested with random sequences of difficult pieces. The random numbers are the same in every run.

use crate::docs::{Document, markdown};

/// A xorshift generator (Marsaglia, 2003).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound
    }

    pub(super) fn text(&mut self, tokens: &[&str]) -> String {
        let start = ["", "<p>"][self.below(2)];
        let length = 1 + self.below(14);
        std::iter::once(start).chain((0..length).map(|_| tokens[self.below(tokens.len())])).collect()
    }
}

/// Pieces that keep all text between them.
pub(super) const MILD: &[&str] = &[
    "a",
    " ",
    "  ",
    "\n",
    "\n\n",
    "e.g.",
    "Foo.",
    "*",
    "**",
    "_",
    "`",
    "~",
    "[",
    "]",
    "<",
    ">",
    "</p>",
    "<p>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<code>",
    "</code>",
    "<a href=\"https://e.com/(a)\">",
    "<a>",
    "</a>",
    "<ul>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<li>",
    "</li>",
    "<dl>",
    "<dt>",
    "</dt>",
    "<dd>",
    "</dd>",
    "</dl>",
    "<note>",
    "</note>",
    "<pre>",
    "</pre>",
    "<br>",
    "<h2>",
    "</h2>",
    "<table>",
    "<tr>",
    "<td>",
    "<th>",
    "</tr>",
    "</table>",
    "&lt;",
    "&amp;",
    "&foo;",
    "&",
    "# ",
    "- ",
    "+ ",
    "1. ",
    "2) ",
    "===",
    "|",
    "> ",
    "http://e.com/x ",
    "\\",
    "é",
    "日本",
    "😀",
    ".",
    ":",
    "!",
    "zebra ",
];

/// Pieces that may drop text.
pub(super) const WILD: &[&str] = &[
    "```",
    "~~~",
    "``",
    "    ",
    "\t",
    "\r\n",
    "[x](",
    "](https://e.com/a)",
    "](y)",
    "<a href='mailto:a@b.c'>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<foo>",
    "<bucket",
    "&#96;",
    "&#x202e;",
    "&#0;",
    "#",
    "## ",
    "* ",
    "---",
    "| a | b |\n",
    "|---|---|\n",
    "![",
    "\\\n",
    "  \n",
    "https://",
    "https://a_b.example.com/x_y?z=1&lt;",
    "https://{b}.e.com",
    "https://x.<r>.com",
    "\u{2028}",
    "\u{202e}",
    "\0",
    "\u{200b}",
    "“",
    "*/",
    "\"#",
    "<p",
    "<a href=\"x",
    "<code/>",
    "<https://e.com/a_b>",
    "[^1]",
    "[^1]: ",
    "[a]: https://e.com",
    "\u{a0}",
    "[ ] ",
    "averylongwordaverylongwordaverylongwordaverylongwordaverylongwordaverylongword",
];

#[test]
fn every_input_becomes_valid_markdown() {
    let tokens = [MILD, WILD].concat();
    let mut random = Random::new(0x5eed);
    for _ in 0..6_000 {
        let input = random.text(&tokens);
        let output = markdown(&input);
        let problem = problem(&output).or_else(|| (markdown(&output) != output).then_some("changes when it is read again"));
        assert_eq!(problem, None, "\nfrom {input:?}\n\n{output}\n");

        let line = Document::read(&input).summary();
        let problem = self::problem(&line).or_else(|| (line.is_empty() != output.is_empty()).then_some("missing"));
        assert_eq!(problem, None, "\nfrom {input:?}\n\n{line}\n");
        assert!(line.is_empty() || line.ends_with('.'), "from {input:?}: {line}");
        assert!(!line.contains('\n'), "from {input:?}: {line}");
    }
}

#[test]
fn no_text_is_lost() {
    let mut random = Random::new(0x2eb7a);
    for _ in 0..6_000 {
        let input = random.text(MILD);
        assert_eq!(markdown(&input).matches("zebra").count(), input.matches("zebra").count(), "from {input:?}");
    }
}

/// The fault of the Markdown, if there is one.
fn problem(markdown: &str) -> Option<&'static str> {
    let is_refused = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{200b}' | '\u{2028}' | '\u{202e}');
    if markdown.contains(is_refused) {
        return Some("a character that does not belong");
    }
    if markdown != markdown.trim_matches('\n') {
        return Some("a blank line at an end");
    }
    let mut prose = String::new();
    let mut fence: Option<String> = None;
    let mut was_blank = false;
    for line in markdown.lines() {
        // Fences occur in lists and quotations too; the prefix of a line is skipped.
        let body = line.trim_start_matches(['>', ' ', '-', '.', ')', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0']);
        if line.ends_with(' ') {
            return Some("a space at a line's end");
        }
        match &fence {
            Some(open) if body == open => fence = None,
            Some(_) => {}
            None => {
                if let Some(open) = body.strip_suffix("text").filter(|open| open.len() >= 3 && open.bytes().all(|byte| byte == b'`')) {
                    fence = Some(open.to_owned());
                } else if line.is_empty() && was_blank {
                    return Some("two blank lines");
                } else {
                    prose.extend([body, "\n"]);
                }
            }
        }
        was_blank = line.is_empty();
    }
    if fence.is_some() {
        return Some("a fence that is not closed");
    }
    prose.split("\n\n").find_map(stray_markup)
}

/// The first markup in a paragraph that is neither a code span nor a link, and not escaped.
fn stray_markup(paragraph: &str) -> Option<&'static str> {
    let mut rest = paragraph;
    let mut open_links = 0_usize;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '\\' => length += rest.chars().nth(1).map_or(0, char::len_utf8),
            '`' => {
                let inside = rest.trim_start_matches('`');
                let delimiter = &rest[..rest.len() - inside.len()];
                let mut ends = inside.match_indices(delimiter).filter(|(index, _)| {
                    let (before, after) = inside.split_at(*index);
                    !before.ends_with('`') && !after[delimiter.len()..].starts_with('`')
                });
                match ends.next() {
                    Some((end, _)) => length = end + 2 * delimiter.len(),
                    None => return Some("a stray backtick"),
                }
            }
            '<' => match rest.find('>').filter(|_| rest.starts_with("<http")) {
                Some(end) => length = end + 1,
                None => return Some("a stray angle bracket"),
            },
            '[' => open_links += 1,
            ']' if open_links == 0 || !(rest.starts_with("](http") || rest.starts_with("](mailto:")) => return Some("a stray bracket"),
            ']' => {
                open_links -= 1;
                length = rest.find(')').map_or(1, |end| end + 1);
            }
            'h' if rest.starts_with("http://e.com/x") && open_links == 0 => return Some("a bare address"),
            _ => {}
        }
        rest = &rest[length..];
    }
    (open_links > 0).then_some("a bracket that is not closed")
}
