//! Prints the tree as HTML.

use super::clean::clean_char;
use super::tree::{Block, Content, Inline, Style};
use std::fmt::Write as _;

/// Any text escaped for HTML, between tags and in attributes between double quotes. Invisible characters and those that change the direction of
/// text are shown as escapes.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(c),
            c if clean_char(c) == Some(c) => out.push(c),
            c => out.extend(c.escape_unicode()),
        }
    }
    out
}

/// The blocks as HTML. A heading becomes a paragraph, since its level has no meaning on the page around it.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    write(blocks, &mut out);
    out
}

/// Writes the blocks. The recursion is bounded, since trees are made with a bounded depth.
fn write(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(pieces) => out.extend(["<p>", &prose(pieces), "</p>\n"]),
            Block::Heading(_, pieces) => out.extend(["<p><strong>", &prose(pieces), "</strong></p>\n"]),
            Block::List(list) => {
                let tag = if list.start.is_some() { "ol" } else { "ul" };
                let start = list.start.filter(|start| *start != 1).map(|start| format!(" start=\"{start}\"")).unwrap_or_default();
                // Writing to a string cannot fail.
                let _ = writeln!(out, "<{tag}{start}>");
                for item in &list.items {
                    out.push_str("<li>");
                    write(item, out);
                    out.push_str("</li>\n");
                }
                let _ = writeln!(out, "</{tag}>");
            }
            Block::Quote(blocks) => {
                out.push_str("<blockquote>\n");
                write(blocks, out);
                out.push_str("</blockquote>\n");
            }
            Block::Code(code) => out.extend(["<pre tabindex=\"0\">", &text(code), "</pre>\n"]),
        }
    }
}

fn prose(pieces: &[Inline]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let mut html = match &piece.content {
            Content::Text(content) => text(content),
            Content::Code(content) => format!("<code>{}</code>", text(content)),
            Content::Break => "<br>".to_owned(),
        };
        html = match piece.style {
            Style::Plain => html,
            Style::Emphasis => format!("<em>{html}</em>"),
            Style::Strong => format!("<strong>{html}</strong>"),
        };
        if let Some(link) = &piece.link {
            html = format!("<a href=\"{}\" rel=\"noreferrer\">{html}</a>", text(link));
        }
        out.push_str(&html);
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::docs::{hypertext, hypertext_of_text};

    #[test]
    fn documentation_keeps_its_structure() {
        assert_eq!(
            hypertext("<p>One <b>bold</b> <code>a&lt;b</code>, <a href=\"https://example.com/?a=1&b=2\">there</a>.</p><ul><li>x</li></ul>"),
            "<p>One <strong>bold</strong> <code>a&lt;b</code>, <a href=\"https://example.com/?a=1&amp;b=2\" rel=\"noreferrer\">there</a>.</p>\n\
             <ul>\n<li><p>x</p>\n</li>\n</ul>\n"
        );
        assert_eq!(hypertext(""), "");
    }

    #[test]
    fn text_of_a_model_never_becomes_markup() {
        assert_eq!(hypertext_of_text("</script>]]>\"'&\u{202e}\u{0}"), "&lt;/script&gt;]]&gt;&quot;'&amp;\\u{202e}\\u{0}");
        for hostile in [
            "<p><script>alert(1)</script><a href=\"javascript:alert(1)\">x</a><img src=x onerror=alert(1)></p>",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt; <a href='https://example.com/\"><script>'>x</a></p>",
            "`</code><script>` [x](https://example.com/\"onclick=\"x) </details> <!-- ",
        ] {
            let html = hypertext(hostile);
            for tag in html.split('<').skip(1) {
                let tag = tag.split('>').next().unwrap_or_default();
                let known = ["p", "/p", "code", "/code", "/a", "em", "/em"].contains(&tag)
                    || tag.strip_prefix("a href=\"https://").is_some_and(|rest| rest.matches('"').count() == 3);
                assert!(known, "<{tag}> in {html}");
            }
        }
    }
}
