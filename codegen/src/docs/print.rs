//! Prints the tree as Markdown.

use super::tree::{Block, Inline, List};
use super::{escape, fill, span};

/// The width that prose is filled to. Code spans, addresses, headings and lines of code cannot be broken and may be longer.
pub(super) const WIDTH: usize = 100;

/// A width that no paragraph reaches.
const UNFILLED: usize = 1 << 30;

/// The minimum width for prose in nested containers.
const NARROWEST: usize = 40;

/// The blocks as Markdown, without a line break at the end.
pub(super) fn markdown(blocks: &[Block]) -> String {
    lines(blocks, WIDTH, false).join("\n")
}

/// The blocks as Markdown with each paragraph on one line.
pub(super) fn unfilled(blocks: &[Block]) -> String {
    lines(blocks, UNFILLED, false).join("\n")
}

/// Prose on one line.
pub(super) fn line(pieces: &[Inline]) -> String {
    fill::one_line(&span::prose(pieces))
}

/// The lines of the blocks, with a blank line between blocks except before a list where `is_tight`.
fn lines(blocks: &[Block], width: usize, is_tight: bool) -> Vec<String> {
    let mut out = Vec::new();
    // Adjacent ordered lists have different marks, so that they stay separate.
    let mut mark = '.';
    let mut follows_ordered = false;
    for block in blocks {
        let is_ordered = matches!(block, Block::List(List { start: Some(_), .. }));
        mark = if is_ordered && follows_ordered && mark == '.' { ')' } else { '.' };
        follows_ordered = is_ordered;
        let touches = out.is_empty() || (is_tight && may_touch(block));
        if !touches {
            out.push(String::new());
        }
        match block {
            Block::Paragraph(pieces) => out.extend(fill::fill(&span::prose(pieces), width)),
            Block::Heading(level, pieces) => out.push(format!("{} {}", "#".repeat(*level), fill::heading(&span::prose(pieces)))),
            Block::List(list) => out.extend(list_lines(list, mark, width)),
            Block::Quote(blocks) => {
                let inner = lines(blocks, narrowed(width, 2), false);
                out.extend(inner.into_iter().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") }));
            }
            Block::Code(code) => out.extend(code_lines(code)),
        }
    }
    out
}

fn narrowed(width: usize, by: usize) -> usize {
    width.saturating_sub(by).max(NARROWEST)
}

fn list_lines(list: &List, mark: char, width: usize) -> Vec<String> {
    let is_tight = list.items.iter().all(|item| item.iter().skip(1).all(may_touch));
    let mut out = Vec::new();
    for (index, item) in list.items.iter().enumerate() {
        let marker = match list.start {
            Some(start) => format!("{}{mark} ", usize::try_from(start).unwrap_or(1).saturating_add(index)),
            None => "- ".to_owned(),
        };
        if !is_tight && !out.is_empty() {
            out.push(String::new());
        }
        let indent = " ".repeat(marker.len());
        for (index, line) in lines(item, narrowed(width, marker.len()), is_tight).into_iter().enumerate() {
            out.push(match index {
                0 => format!("{marker}{line}"),
                _ if line.is_empty() => line,
                _ => format!("{indent}{line}"),
            });
        }
    }
    out
}

/// True if the block may follow another without a blank line. Only a list with the first number 1 may interrupt a paragraph.
fn may_touch(block: &Block) -> bool {
    matches!(block, Block::List(List { start: None | Some(1), .. }))
}

/// The code in a fence that is longer than any in the code. It is marked as text, since rustdoc compiles other code as examples.
fn code_lines(code: &str) -> Vec<String> {
    let fence = "`".repeat(escape::longest_run(code).max(2) + 1);
    let mut out = vec![format!("{fence}text")];
    out.extend(code.lines().map(|line| line.trim_end().to_owned()));
    out.push(fence);
    out
}
