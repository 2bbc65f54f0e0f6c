//! `CommonMark`: the blocks. It reads what people write in documentation (paragraphs, headings, lists, quotations, code) as the specification
//! does; reference definitions, raw HTML and tables have no place there and are text.

mod inline;
mod link;

use super::tree::{Block, Inline, List, MAX_DEPTH, prose, push_block};

/// Reads `CommonMark`.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    blocks(&lines, MAX_DEPTH / 2)
}

/// The blocks of these lines. `depth` is how many containers may still be opened inside; what would open another is text.
fn blocks(lines: &[&str], depth: usize) -> Vec<Block> {
    let mut out = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut rest = lines;
    while let [line, after @ ..] = rest {
        let body = line.trim();
        let is_code = indent(line) >= 4;
        let container = if is_code { None } else { container(line, paragraph.is_empty()).filter(|_| depth > 0) };
        rest = after;
        if body.is_empty() {
            end_paragraph(&mut out, &mut paragraph);
        } else if is_code && paragraph.is_empty() {
            rest = indented_code(&mut out, line, after);
        } else if is_code {
            paragraph.push(line);
        } else if let Some(fence) = fence(body) {
            end_paragraph(&mut out, &mut paragraph);
            rest = fenced_code(&mut out, fence, indent(line), after);
        } else if let Some((level, title)) = heading(body) {
            end_paragraph(&mut out, &mut paragraph);
            out.extend(prose(inline::parse(title)).map(|pieces| Block::Heading(level, pieces)));
        } else if !paragraph.is_empty() && (body.bytes().all(|byte| byte == b'=') || body.bytes().all(|byte| byte == b'-')) {
            let level = if body.starts_with('=') { 1 } else { 2 };
            out.extend(paragraph_pieces(&paragraph).map(|pieces| Block::Heading(level, pieces)));
            paragraph.clear();
        } else if is_rule(body) {
            end_paragraph(&mut out, &mut paragraph);
        } else if let Some(container) = container {
            end_paragraph(&mut out, &mut paragraph);
            rest = match container {
                Container::Quote => quote(&mut out, line, after, depth - 1),
                Container::Item(marker) => list(&mut out, &marker, line, after, depth - 1),
            };
        } else {
            paragraph.push(line);
        }
    }
    end_paragraph(&mut out, &mut paragraph);
    out
}

fn end_paragraph(out: &mut Vec<Block>, paragraph: &mut Vec<&str>) {
    out.extend(paragraph_pieces(paragraph).map(Block::Paragraph));
    paragraph.clear();
}

/// The prose of these lines. Lines of a table stay lines.
fn paragraph_pieces(lines: &[&str]) -> Option<Vec<Inline>> {
    let is_separator = |line: &str| line.contains('|') && line.bytes().all(|byte| b"|-: ".contains(&byte));
    let is_table = lines.get(1).is_some_and(|line| is_separator(line));
    let text = if is_table {
        let rows = lines.iter().filter(|line| !is_separator(line));
        rows.map(|line| line.trim().trim_matches('|').trim()).collect::<Vec<_>>().join("\\\n")
    } else {
        lines.iter().map(|line| line.trim_start()).collect::<Vec<_>>().join("\n")
    };
    prose(inline::parse(text.trim_end()))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The line without its first `columns` spaces, or as many as there are.
fn dedent(line: &str, columns: usize) -> &str {
    line.get(indent(line).min(columns)..).unwrap_or_default()
}

fn add_code(out: &mut Vec<Block>, lines: &[&str]) {
    let is_line = |line: &&str| !line.trim().is_empty();
    if let (Some(first), Some(last)) = (lines.iter().position(is_line), lines.iter().rposition(is_line)) {
        push_block(out, Block::Code(lines.get(first..=last).unwrap_or_default().join("\n")));
    }
}

fn indented_code<'a, 'b>(out: &mut Vec<Block>, first: &'b str, after: &'a [&'b str]) -> &'a [&'b str] {
    let end = after.iter().position(|line| !line.trim().is_empty() && indent(line) < 4).unwrap_or(after.len());
    let (inside, rest) = after.split_at(end);
    add_code(out, &std::iter::once(&first).chain(inside).map(|line| dedent(line, 4)).collect::<Vec<_>>());
    rest
}

/// The fence that the line opens: its character and length.
fn fence(body: &str) -> Option<(char, usize)> {
    let mark = body.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = body.trim_start_matches(mark);
    let length = body.len() - info.len();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}

/// The lines up to the fence that closes this one, or all of them if none does.
fn fenced_code<'a, 'b>(out: &mut Vec<Block>, (mark, length): (char, usize), columns: usize, after: &'a [&'b str]) -> &'a [&'b str] {
    let is_end = |line: &&str| indent(line) < 4 && line.trim().len() >= length && line.trim().chars().all(|c| c == mark);
    let end = after.iter().position(is_end).unwrap_or(after.len());
    let (inside, rest) = after.split_at(end);
    add_code(out, &inside.iter().map(|line| dedent(line, columns)).collect::<Vec<_>>());
    rest.get(1..).unwrap_or_default()
}

/// The heading's level and text.
fn heading(body: &str) -> Option<(usize, &str)> {
    let title = body.trim_start_matches('#');
    let level = body.len() - title.len();
    if !(1..=6).contains(&level) || !(title.is_empty() || title.starts_with(' ')) {
        return None;
    }
    // Hashes at the end are decoration if a space is before them.
    let title = title.trim();
    let bare = title.trim_end_matches('#');
    Some((level, if bare.is_empty() || bare.ends_with(' ') { bare.trim_end() } else { title }))
}

/// Whether the line is a thematic break, which separates paragraphs and says nothing.
fn is_rule(body: &str) -> bool {
    body.chars().next().is_some_and(|mark| {
        "-*_".contains(mark) && body.chars().all(|c| c == mark || c == ' ') && body.chars().filter(|c| *c == mark).count() >= 3
    })
}

/// What contains other blocks.
enum Container {
    Quote,
    Item(Marker),
}

/// How an item of a list begins.
struct Marker {
    /// The bullet, or the mark after the number: what all items of a list have in common.
    mark: char,
    /// The number.
    number: Option<u32>,
    /// The columns up to the item's text.
    width: usize,
}

/// The container that the line begins. Only an item that has text and that a list may begin with can end a paragraph.
fn container(line: &str, is_free: bool) -> Option<Container> {
    let body = line.trim_start();
    if body.starts_with('>') {
        return Some(Container::Quote);
    }
    let after_number = body.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = body.len() - after_number.len();
    let mark = after_number.chars().next()?;
    let number = match (mark, digits) {
        ('-' | '+' | '*', 0) => None,
        ('.' | ')', 1..=9) => Some(body.get(..digits)?.parse().ok()?),
        _ => return None,
    };
    let text = after_number.get(1..)?;
    if !(text.is_empty() || text.starts_with(' ')) || !(is_free || (!text.trim().is_empty() && number.is_none_or(|number| number == 1))) {
        return None;
    }
    let spaces = if text.trim().is_empty() || indent(text) > 4 { 1 } else { indent(text) };
    Some(Container::Item(Marker { mark, number, width: indent(line) + digits + 1 + spaces }))
}

/// Whether the line, after a line of a paragraph, goes on with that paragraph although it lacks the container's mark.
fn is_lazy(line: &str) -> bool {
    let body = line.trim();
    let starts_block = || fence(body).is_some() || heading(body).is_some() || is_rule(body) || container(line, true).is_some();
    !body.is_empty() && (indent(line) >= 4 || !starts_block())
}

fn quote<'a, 'b>(out: &mut Vec<Block>, first: &'b str, after: &'a [&'b str], depth: usize) -> &'a [&'b str] {
    fn unquoted(line: &str) -> Option<&str> {
        let inside = line.trim_start_matches(' ').strip_prefix('>').filter(|_| indent(line) < 4)?;
        Some(inside.strip_prefix(' ').unwrap_or(inside))
    }
    let mut inside = vec![unquoted(first).unwrap_or_default()];
    let mut rest = after;
    while let [line, after @ ..] = rest {
        let may_continue = inside.last().is_some_and(|last| !last.trim().is_empty());
        let Some(line) = unquoted(line).or_else(|| (may_continue && is_lazy(line)).then_some(*line)) else { break };
        inside.push(line);
        rest = after;
    }
    let inside = blocks(&inside, depth);
    if !inside.is_empty() {
        out.push(Block::Quote(inside));
    }
    rest
}

fn list<'a, 'b>(out: &mut Vec<Block>, first: &Marker, line: &'b str, after: &'a [&'b str], depth: usize) -> &'a [&'b str] {
    let mut items = Vec::new();
    let mut width = first.width;
    let mut line = line;
    let mut rest = after;
    loop {
        let mut inside = vec![line.get(width..).unwrap_or_default()];
        rest = item_lines(&mut inside, width, rest);
        let item = blocks(&inside, depth);
        if !item.is_empty() {
            items.push(item);
        }
        let Some(([next], after)) = rest.split_at_checked(1) else { break };
        match container(next, true) {
            Some(Container::Item(marker)) if marker.mark == first.mark && indent(next) < 4 && !is_rule(next.trim()) => {
                width = marker.width;
                line = next;
                rest = after;
            }
            _ => break,
        }
    }
    if !items.is_empty() {
        push_block(out, Block::List(List { start: first.number, items }));
    }
    rest
}

/// Takes the lines that belong to the item whose first line is there already, blank ones after it included.
fn item_lines<'a, 'b>(inside: &mut Vec<&'b str>, width: usize, after: &'a [&'b str]) -> &'a [&'b str] {
    let mut rest = after;
    let mut in_fence = inside.first().is_some_and(|line| fence(line.trim()).is_some());
    while let [line, after @ ..] = rest {
        let may_continue = !in_fence && inside.last().is_some_and(|last| !last.trim().is_empty());
        let is_inside = line.trim().is_empty() || indent(line) >= width;
        let is_continued = is_inside || (may_continue && is_lazy(line));
        if !is_continued {
            break;
        }
        in_fence ^= is_inside && fence(dedent(line, width).trim()).is_some();
        inside.push(if is_inside { dedent(line, width) } else { line.trim_start() });
        rest = after;
    }
    rest
}
