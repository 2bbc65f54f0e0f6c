//! The splitting of a command, or of a section's name, into words.

/// The separators of words in a shell.
const SEPARATORS: [char; 4] = [' ', '\t', '\r', '\n'];

/// Splits a text into words at white space outside of quotes, like Python's `shlex.split`. With `escapes`, a backslash quotes the next
/// character; in double quotes, only a double quote or a backslash.
pub(crate) fn split_command(text: &str, escapes: bool) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (Some('"'), '\\') if escapes && matches!(characters.peek(), Some('"' | '\\')) => {
                word.get_or_insert_default().extend(characters.next());
            }
            (None, '"' | '\'') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, '\\') if escapes => match characters.next() {
                Some(escaped) => word.get_or_insert_default().push(escaped),
                None => return Err("nothing follows the backslash at its end"),
            },
            (None, _) if SEPARATORS.contains(&character) => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    if quote.is_some() {
        return Err("a quote is not closed");
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::split_command;

    #[test]
    fn words_are_split_as_a_shell_splits_them() {
        let table: [(&str, &[&str]); 8] = [
            ("program --flag value", &["program", "--flag", "value"]),
            ("  program \t arg ", &["program", "arg"]),
            (r#""/opt/my tools/program" 'a b' c"d e"f"#, &["/opt/my tools/program", "a b", "cd ef"]),
            (r#"program "" ''"#, &["program", "", ""]),
            (r#"program "say \"hi\"" '\n'"#, &["program", "say \"hi\"", r"\n"]),
            ("", &[]),
            ("program 'it''s'", &["program", "its"]),
            ("program\u{a0}with a\u{b}tab", &["program\u{a0}with", "a\u{b}tab"]),
        ];
        for (command, expected) in table {
            assert_eq!(split_command(command, true).unwrap(), expected, "{command}");
        }
        assert_eq!(split_command("program 'a", true), Err("a quote is not closed"));
    }

    #[test]
    fn a_backslash_escapes_unless_it_separates_paths() {
        assert_eq!(split_command(r"my\ program a\\b", true).unwrap(), ["my program", r"a\b"]);
        assert_eq!(split_command(r"C:\my\program a\", false).unwrap(), [r"C:\my\program", r"a\"]);
        assert_eq!(split_command(r"program a\", true), Err("nothing follows the backslash at its end"));
    }
}
