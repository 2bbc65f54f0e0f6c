//! The blocks of a report as HTML.

use crate::changes::report::blocks::Block;
use crate::docs::{hypertext, hypertext_of_text as escape};
use std::fmt::Write as _;

/// The blocks. Headings are one level deeper than in the other reports, because methods have a heading above them here.
pub(in crate::changes) fn print(blocks: &[Block], out: &mut String) {
    let mut lists = Lists(0);
    for block in blocks {
        if !matches!(block, Block::Item(..)) {
            lists.close(0, out);
        }
        // Writing to a string cannot fail.
        let _ = match block {
            Block::Heading(level, text) => writeln!(out, "<h{0}>{1}</h{0}>", level + 1, escape(text)),
            Block::Label(text) => writeln!(out, "<p class=\"label\">{}</p>", spans(text)),
            Block::Paragraph(text) => writeln!(out, "<p>{}</p>", escape(text)),
            Block::Lines(lines) => writeln!(out, "<p>{}</p>", lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br>")),
            Block::Code(text) => writeln!(out, "{}", code(text)),
            Block::Items(items) => {
                let items: Vec<String> = items.iter().map(|item| format!("<li>{}</li>", spans(item))).collect();
                writeln!(out, "<ul>\n{}\n</ul>", items.join("\n"))
            }
            Block::Item(level, head, text) => {
                lists.item(*level, out);
                write!(out, "<p><code>{}</code></p>\n{}", escape(head), hypertext(text))
            }
            Block::Documentation(text) => write!(out, "{}", hypertext(text)),
            Block::SeeAlso(address) => {
                writeln!(out, "<p>See also: <a href=\"{}\" rel=\"noreferrer\">AWS API Documentation</a></p>", escape(address))
            }
        };
    }
    lists.close(0, out);
}

/// Code. A single line wraps. Several lines keep their form and scroll, with the keyboard too.
pub(super) fn code(text: &str) -> String {
    let kind = if text.contains('\n') { "tabindex=\"0\"" } else { "class=\"line\"" };
    format!("<pre {kind}>{}</pre>", escape(text))
}

/// Text with names of the model between back quotes.
pub(super) fn spans(text: &str) -> String {
    let part = |(index, part)| if index % 2 == 0 { escape(part) } else { format!("<code>{}</code>", escape(part)) };
    text.split('`').enumerate().map(part).collect()
}

/// The number of open lists, each inside the last item of the one around it.
struct Lists(usize);

impl Lists {
    fn item(&mut self, level: usize, out: &mut String) {
        self.close(level + 1, out);
        if self.0 == level + 1 {
            out.push_str("</li>\n<li>");
        }
        while self.0 <= level {
            out.push_str("<ul>\n<li>");
            self.0 += 1;
        }
    }

    fn close(&mut self, most: usize, out: &mut String) {
        while self.0 > most {
            out.push_str("</li>\n</ul>\n");
            self.0 -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(blocks: &[Block]) -> String {
        let mut out = String::new();
        print(blocks, &mut out);
        out
    }

    #[test]
    fn items_nest() {
        let item = |level, head: &str| Block::Item(level, head.to_owned(), String::new());
        let blocks = [item(0, "a"), item(1, "b"), item(1, "c"), item(0, "d"), Block::Paragraph("e".to_owned())];
        assert_eq!(
            printed(&blocks).replace('\n', ""),
            "<ul><li><p><code>a</code></p><ul><li><p><code>b</code></p></li><li><p><code>c</code></p></li></ul></li>\
             <li><p><code>d</code></p></li></ul><p>e</p>"
        );
    }

    #[test]
    fn text_of_a_model_is_escaped() {
        let blocks = [
            Block::Label("`<b>` & <i>".to_owned()),
            Block::Code("</pre><script>".to_owned()),
            Block::SeeAlso("https://example.com/\"><b>".to_owned()),
        ];
        assert_eq!(
            printed(&blocks),
            "<p class=\"label\"><code>&lt;b&gt;</code> &amp; &lt;i&gt;</p>\n<pre class=\"line\">&lt;/pre&gt;&lt;script&gt;</pre>\n\
             <p>See also: <a href=\"https://example.com/&quot;&gt;&lt;b&gt;\" rel=\"noreferrer\">AWS API Documentation</a></p>\n"
        );
    }
}
