//! Malicious and truncated input.

use super::check;
use crate::docs::{Document, markdown};

#[test]
fn unsafe_characters_are_removed() {
    check(&[
        ("a\r\nb\rc\td", "a b c d"),
        ("<p>a\0b\u{7}c\u{1b}[31m</p>", "abc\\[31m"),
        ("<p>a\u{2028}b\u{85}c&#x2028;d</p>", "a b c d"),
        ("<p>\u{202e}live\u{202c} &#x202e;x &#8238;y \u{2066}z\u{2069} \u{200b}\u{feff}\u{ad}w</p>", "live x y z w"),
        ("<code>a\u{202e}b\0</code> <a href=\"https://example.com/\u{202e}x\">y</a>", "`ab` [y](https://example.com/x)"),
        ("<pre>a\u{202e}\tb\r\nc</pre>", "```text\na    b\nc\n```"),
        ("<p>&#0; &#xD800; &#x110000; &#; &#x; &#99999999999;</p>", "\\&#0; \\&#xD800; \\&#x110000; &#; \\&#x; \\&#99999999999;"),
    ]);
}

#[test]
fn text_cannot_end_the_documentation() {
    check(&[
        ("<p>*/ fn main() {} /*</p>", "\\*/ fn main() {} /\\*"),
        ("<p>\"# \"##] #![allow(x)]</p>", "\"# \"##\\] #!\\[allow(x)\\]"),
        ("<pre>```\nfn main() {}\n````</pre>", "`````text\n```\nfn main() {}\n````\n`````"),
        ("```text\na\n~~~\n```` \nb", "```text\na\n~~~\n```\n\nb"),
        ("- ```\n  a\nb", "- ```text\n  a\n  ```\n\nb"),
        ("<code>``` </code><p>```</p>", "```` ``` ````\n\n\\`\\`\\`"),
        ("<a href=\"https://example.com/)](x)`>\">a](b)</a>", "[a\\](b)](https://example.com/%29%5D%28x%29%60%3E)"),
        ("<a href=\"https://example.com/\nx\">a</a>", "[a](https://example.com/%0Ax)"),
        ("<a href=\"https://example.com\"><code>a]:b</code></a>", "`a]:b`"),
    ]);
}

#[test]
fn broken_tags_are_text() {
    check(&[
        ("<", "\\<"),
        ("<<p>", "\\<"),
        ("</", "\\</"),
        ("<p", "\\<p"),
        ("<p><b", "\\<b"),
        ("<a href=\"https://example.com>x</a> y", "[x](https://example.com) y"),
        ("<a href='https://example.com\">x</a> <p>y", "[x](https://example.com%22)\n\ny"),
        ("<p><i>a<b>b</i>c</b>d</p>", "*a*bcd"),
        ("<p>a</i></b></code></a></ul></note></pre>b", "a\n\nb"),
        ("<p>a<!-- never closed", "a\\<!\\-- never closed"),
        ("<p>a<script>never closed", "anever closed"),
        ("<p>a<code>b<ul><li>c</code>d", "a`b`\n\n- cd"),
        ("<p/><code/>a<b/>c", "ac"),
        ("<p>a</p", "a\\</p"),
    ]);
}

/// Each input takes some milliseconds. Quadratic code would take minutes, and unbounded recursion would overflow the stack.
#[test]
fn large_input_takes_linear_time_and_bounded_stack() {
    let tokens = [
        "<",
        ">",
        "&",
        "<!--",
        "<script>",
        "<a \"",
        "<a href=\"",
        "<p",
        "<ul>",
        "<ul><li>",
        "<li>",
        "</ul>",
        "<dt>",
        "<dd>",
        "<note>",
        "<pre>",
        "<td>",
        "<b>a</b>b",
        "<i><b>",
        "<code>`",
        "<foo>",
        "`",
        "`a``",
        "*",
        "*a",
        "a* b** ",
        "_a_",
        "[",
        "[a](",
        "![",
        "](a \"",
        "[]((",
        "]( ",
        "<https:",
        "http://.",
        "http://a{",
        "\\",
        "- ",
        "> ",
        "1. ",
        "\n- ",
        "\n> - ",
        "\n```",
        "\n    x\n",
        "# ",
        "a. B",
        "(",
        "\u{2028}",
        "x",
    ];
    for token in tokens {
        for start in ["", "<p>"] {
            let input = format!("{start}{}", token.repeat(30_000 / token.len()));
            let output = markdown(&input);
            assert!(output.len() < 40 * input.len(), "{token:?} makes {} bytes", output.len());
            assert!(!Document::read(&input).summary().contains('\n'), "{token:?}");
        }
    }
}

#[test]
fn deep_nesting_keeps_its_text() {
    for (open, close) in [("<ul><li>", "</li></ul>"), ("<note>", "</note>"), ("<dl><dt>t</dt><dd>", "</dd></dl>"), ("> ", ""), ("- ", "")] {
        let output = markdown(&format!("{}innermost{}\n\nlast", open.repeat(100_000), close.repeat(100_000)));
        assert!(output.contains("innermost"), "{open}");
        assert!(output.contains("last"), "{open}");
    }
}
