//! The nested form of additions as the site prints it: in 80 columns, as Python's `pprint` prints dictionaries, lists, sets and strings.

use crate::changes::tree::Tree;

const WIDTH: usize = 80;

/// The form, on one line if it fits.
pub(super) fn print(tree: &Tree) -> String {
    let mut out = String::new();
    write(tree, 0, 0, true, &mut out);
    out
}

/// Writes a tree that begins in the column `indent` and has `allowance` characters after it on its last line.
///
/// The maker of trees bounds their depth.
fn write(tree: &Tree, indent: usize, allowance: usize, top: bool, out: &mut String) {
    let line = repr(tree);
    if line.chars().count() + indent + allowance <= WIDTH {
        *out += &line;
        return;
    }
    match tree {
        Tree::Text(text) => string(text, indent, allowance, top, out),
        Tree::List(item) => {
            out.push('[');
            write(item, indent + 1, allowance + 1, false, out);
            out.push(']');
        }
        Tree::Members(members) => {
            out.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                separate(index, indent, out);
                let key = quoted(name);
                *out += &key;
                *out += ": ";
                let is_last = index + 1 == members.len();
                write(member, indent + key.chars().count() + 3, if is_last { allowance + 1 } else { 1 }, false, out);
            }
            out.push('}');
        }
        Tree::Values(values) => {
            out.push('{');
            for (index, value) in values.iter().enumerate() {
                separate(index, indent, out);
                let is_last = index + 1 == values.len();
                write(&Tree::Text(value.clone()), indent + 1, if is_last { allowance + 1 } else { 1 }, false, out);
            }
            out.push('}');
        }
    }
}

fn separate(index: usize, indent: usize, out: &mut String) {
    if index > 0 {
        *out += ",\n";
        *out += &" ".repeat(indent + 1);
    }
}

/// A string in pieces, one on each line, broken after spaces.
fn string(text: &str, indent: usize, allowance: usize, top: bool, out: &mut String) {
    let (indent, allowance) = if top { (indent + 1, allowance + 1) } else { (indent, allowance) };
    let room = WIDTH.saturating_sub(indent);
    let mut pieces = vec![String::new()];
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    for (index, word) in words.iter().enumerate() {
        let room = if index + 1 == words.len() { room.saturating_sub(allowance) } else { room };
        match pieces.last_mut() {
            Some(piece) if piece.is_empty() || quoted(&format!("{piece}{word}")).chars().count() <= room => piece.push_str(word),
            _ => pieces.push((*word).to_owned()),
        }
    }
    let lines: Vec<String> = pieces.iter().map(|piece| quoted(piece)).collect();
    let joined = lines.join(&format!("\n{}", " ".repeat(indent)));
    let (open, close) = if top && lines.len() > 1 { ("(", ")") } else { ("", "") };
    out.extend([open, joined.as_str(), close]);
}

/// The tree on one line, as Python's `repr` writes it.
fn repr(tree: &Tree) -> String {
    match tree {
        Tree::Text(text) => quoted(text),
        Tree::List(item) => format!("[{}]", repr(item)),
        Tree::Members(members) => {
            let parts: Vec<String> = members.iter().map(|(name, member)| format!("{}: {}", quoted(name), repr(member))).collect();
            format!("{{{}}}", parts.join(", "))
        }
        Tree::Values(values) => format!("{{{}}}", values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", ")),
    }
}

fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Tree {
        Tree::Text(text.to_owned())
    }

    fn members<const N: usize>(members: [(&str, Tree); N]) -> Tree {
        Tree::Members(members.into_iter().map(|(name, tree)| (name.to_owned(), tree)).collect())
    }

    #[test]
    fn a_short_form_stays_on_one_line() {
        let arns = || members([("cloudWatchLogsArn", text("string")), ("s3LogsArn", text("string"))]);
        let tree = members([("builds", members([("logs", arns())]))]);
        assert_eq!(print(&tree), "{'builds': {'logs': {'cloudWatchLogsArn': 'string', 's3LogsArn': 'string'}}}");
    }

    /// Python 3.12 wrote the expectation.
    #[test]
    fn a_long_form_breaks_as_in_python() {
        let config = members([
            ("buildspec", text("string")),
            (
                "environments",
                Tree::List(Box::new(members([("image", text("string")), ("variables", members([("string", text("string"))]))]))),
            ),
            ("type", text("LINUX_CONTAINER | WINDOWS_CONTAINER | ARM_CONTAINER | LINUX_GPU_CONTAINER")),
            ("modes", Tree::Values(["LOCAL_DOCKER_LAYER_CACHE", "LOCAL_SOURCE_CACHE", "LOCAL_CUSTOM_CACHE"].map(str::to_owned).into())),
        ]);
        assert_eq!(print(&members([("batch", config)])), include_str!("pretty.expected.txt").trim_end());
    }
}
