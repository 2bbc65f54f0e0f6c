//! The parts of a report, and their form as text and as Markdown. `html::parts` has their form as HTML.

use crate::docs;

/// The width of filled prose, in characters.
const WIDTH: usize = 120;

/// A part of a report. Its text holds names of the model between back quotes (see [`docs::code`]), and no other markup.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::changes) enum Block {
    /// A heading of a level, 1 the highest.
    Heading(usize, String),
    /// A line above the part that it names.
    Label(String),
    /// Prose on one line.
    Paragraph(String),
    /// Lines that stay lines.
    Lines(Vec<String>),
    /// Text that stays as it is.
    Code(String),
    /// A list.
    Items(Vec<String>),
    /// An item of a nested list: its level, its head, and the model's documentation of it.
    Item(usize, String, String),
    /// Documentation as the model has it.
    Documentation(String),
    /// The address of AWS's own page.
    SeeAlso(String),
}

/// The forms that this file prints.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::changes) enum Look {
    Text,
    Markdown,
}

pub(in crate::changes) fn print(blocks: &[Block], look: Look) -> String {
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    for block in blocks {
        // In plain text a label stands directly above its part. Markdown would make one paragraph of both.
        let tight = look == Look::Text
            && match (before, block) {
                (Some(Block::Label(_)), Block::Code(_) | Block::Label(_) | Block::Items(_)) => true,
                (Some(Block::Heading(level, _)), Block::Label(_) | Block::Items(_) | Block::Lines(_)) => *level > 1,
                _ => false,
            };
        let printed = match look {
            Look::Text => text(block),
            Look::Markdown => markdown(block),
        };
        // Most members and shapes have no documentation.
        if printed.is_empty() {
            continue;
        }
        if before.is_some() && !tight {
            out.push('\n');
        }
        out += &printed;
        out.push('\n');
        before = Some(block);
    }
    out
}

fn text(block: &Block) -> String {
    match block {
        Block::Heading(_, text) | Block::Paragraph(text) | Block::Label(text) => bare(text),
        Block::Lines(lines) => lines.join("\n"),
        Block::Code(text) => text.clone(),
        Block::Documentation(text) => docs::markdown(text),
        Block::SeeAlso(address) => see_also(address),
        Block::Items(items) => items.iter().map(|item| format!("  - {}", bare(item))).collect::<Vec<_>>().join("\n"),
        Block::Item(level, head, text) => item(level * 2, head, text, "  • "),
    }
}

fn markdown(block: &Block) -> String {
    match block {
        Block::Heading(level, text) => format!("{} {}", "#".repeat(*level), docs::escape(text)),
        Block::Paragraph(text) => docs::escape(text),
        Block::Label(text) => format!("**{}**", spared(text)),
        // Two spaces at the end of a line keep the line break.
        Block::Lines(lines) => lines.iter().map(|line| docs::escape(line)).collect::<Vec<_>>().join("  \n"),
        Block::Code(text) => fenced(text),
        Block::Items(items) => items.iter().map(|item| format!("- {}", spared(item))).collect::<Vec<_>>().join("\n"),
        Block::Item(level, head, text) => item(level * 2, &docs::escape(head), text, "- "),
        Block::Documentation(text) => docs::markdown(text),
        Block::SeeAlso(address) => docs::escape(&see_also(address)),
    }
}

/// An item with its mark, and its documentation below it.
fn item(indent: usize, head: &str, documentation: &str, mark: &str) -> String {
    let head = indented(head, indent, mark);
    let text = docs::markdown(documentation);
    if text.is_empty() { head } else { format!("{head}\n\n{}", indented(&text, indent, &" ".repeat(mark.chars().count()))) }
}

fn see_also(address: &str) -> String {
    format!("See also: AWS API Documentation ({address})")
}

/// The text without the back quotes of its code spans.
fn bare(text: &str) -> String {
    text.replace('`', "")
}

/// The text, escaped but for its code spans.
fn spared(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(index, part)| if index % 2 == 0 { around(part) } else { format!("`{part}`") }).collect()
}

/// Escapes a part and keeps the white space at its ends.
fn around(part: &str) -> String {
    let (front, back) = (part.starts_with(' '), part.ends_with(' ') && part.len() > 1);
    let middle = docs::escape(part.trim());
    format!("{}{middle}{}", if front { " " } else { "" }, if back { " " } else { "" })
}

/// Code between fences that are longer than any run of back quotes in it.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}

/// The lines, indented. The first line begins with a mark, and the others are aligned with its text.
fn indented(text: &str, indent: usize, mark: &str) -> String {
    let rest = " ".repeat(mark.chars().count());
    let lines = text.lines().enumerate().map(|(index, line)| {
        let line = format!("{}{}{line}", " ".repeat(indent), if index == 0 { mark } else { &rest });
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Prose on lines of [`WIDTH`].
pub(super) fn filled(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if width + 1 + length <= WIDTH => {
                line.push(' ');
                line.push_str(word);
                width += 1 + length;
            }
            _ => {
                lines.push(word.to_owned());
                width = length;
            }
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_model_is_escaped() {
        let blocks = [
            Block::Label("`a*b*` is *not* bold".to_owned()),
            Block::Items(vec!["<b> and `x|y`".to_owned()]),
            Block::Code("```\nno end".to_owned()),
        ];
        let printed = print(&blocks, Look::Markdown);
        assert_eq!(printed, "**`a*b*` is \\*not\\* bold**\n\n- \\<b> and `x|y`\n\n````text\n```\nno end\n````\n");
    }

    #[test]
    fn prose_is_filled_to_the_width() {
        assert_eq!(filled(&"ab ".repeat(50)).lines().map(str::len).collect::<Vec<_>>(), [119, 29]);
    }
}
