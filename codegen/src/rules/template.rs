//! Text with placeholders in braces, and paths into values.

/// A part of a template.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Piece {
    Text(String),
    /// `{Url#authority}`: a name and the path into its value.
    Value {
        name: String,
        path: Vec<Step>,
    },
}

/// A step of a path into a value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Step {
    /// A field of a structure.
    Key(String),
    /// An item of a list, counted from the end if negative.
    Index(isize),
}

/// The parts of a template, or the reason why it is malformed. A doubled brace stands for one in the text.
pub(super) fn parse(text: &str) -> Result<Vec<Piece>, &'static str> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' | '}' if chars.peek() == Some(&c) => {
                chars.next();
                literal.push(c);
            }
            '{' => {
                let mut inside = String::new();
                loop {
                    match chars.next() {
                        None | Some('{') => return Err("a `{` without a `}`: write two for a literal brace"),
                        Some('}') => break,
                        Some(c) => inside.push(c),
                    }
                }
                pieces.extend((!literal.is_empty()).then(|| Piece::Text(std::mem::take(&mut literal))));
                let (name, rest) = inside.split_once('#').map_or((inside.as_str(), None), |(name, rest)| (name, Some(rest)));
                let path = rest.map_or(Ok(Vec::new()), path)?;
                if name.is_empty() {
                    return Err("braces without a name in them");
                }
                pieces.push(Piece::Value { name: name.to_owned(), path });
            }
            '}' => return Err("a `}` without a `{`: write two for a literal brace"),
            c => literal.push(c),
        }
    }
    if !literal.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Text(literal));
    }
    Ok(pieces)
}

/// The steps of a path such as `authority`, `resourceId[2]` or `[0]`, or the reason why it is malformed.
pub(crate) fn path(text: &str) -> Result<Vec<Step>, &'static str> {
    const FORM: &str = "not a path into a value: keys with dots between them, and an index like [0] at the end";
    let mut steps = Vec::new();
    for part in text.split('.') {
        if matches!(steps.last(), Some(Step::Index(_))) {
            return Err(FORM);
        }
        let (key, index) = part.split_once('[').map_or((part, None), |(key, rest)| (key, Some(rest)));
        if key.contains(']') || (key.is_empty() && index.is_none()) {
            return Err(FORM);
        }
        steps.extend((!key.is_empty()).then(|| Step::Key(key.to_owned())));
        if let Some(index) = index {
            let number = index.strip_suffix(']').and_then(|index| index.parse().ok()).ok_or(FORM)?;
            steps.push(Step::Index(number));
        }
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(name: &str, path: &[Step]) -> Piece {
        Piece::Value { name: name.to_owned(), path: path.to_vec() }
    }

    #[test]
    fn text_and_values_alternate() {
        let key = |key: &str| Step::Key(key.to_owned());
        assert_eq!(parse(""), Ok(vec![Piece::Text(String::new())]));
        assert_eq!(parse("{Region}"), Ok(vec![value("Region", &[])]));
        assert_eq!(parse("a{{b}}{Url#path}"), Ok(vec![Piece::Text("a{b}".to_owned()), value("Url", &[key("path")])]));
        assert_eq!(parse("{A#id[2]}"), Ok(vec![value("A", &[key("id"), Step::Index(2)])]));
        assert_eq!(parse("{A#[-1]}"), Ok(vec![value("A", &[Step::Index(-1)])]));
    }

    #[test]
    fn malformed_templates_are_refused() {
        for text in ["{", "a}", "{a", "{}", "{#a}", "{a#}", "{a#b[}", "{a#b[x]}", "{a#[0].b}", "{a#b]}", "{a{b}}", "{a#b..c}"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
