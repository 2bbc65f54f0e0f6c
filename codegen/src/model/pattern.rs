//! The patterns of paths in the trait `smithy.api#http`, and of hosts in `smithy.api#endpoint`: text with labels in braces.

use crate::diagnostic::quoted;

/// The path and the query of an operation's requests.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Pattern {
    pub(crate) path: Vec<Piece>,
    /// The query, without the question mark.
    pub(crate) query: String,
}

/// A part of a pattern.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Piece {
    Literal(String),
    Label {
        name: String,
        /// True if the label stands for several segments: `{name+}`.
        greedy: bool,
    },
}

impl Pattern {
    /// Reads a URI pattern: `/functions/{name}?detail=full`.
    ///
    /// # Errors
    ///
    /// The fault, as a predicate of the pattern.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        if !path.starts_with('/') {
            return Err("does not begin with `/`".to_owned());
        }
        if query.contains(['{', '}']) {
            return Err("has a label in its query: bind the member with `httpQuery` instead".to_owned());
        }
        let pieces = pieces(path)?;
        let literals = pieces.iter().filter_map(|piece| if let Piece::Literal(text) = piece { Some(text.as_str()) } else { None });
        if let Some(character) = literals.chain([query]).flat_map(str::chars).find(|character| !is_allowed(*character)) {
            return Err(format!("has the character {}, which a URI cannot have", quoted(&character.to_string())));
        }
        let mut labels =
            pieces.iter().filter_map(|piece| if let Piece::Label { name, greedy } = piece { Some((name, greedy)) } else { None });
        while let Some((name, greedy)) = labels.next() {
            if *greedy && labels.clone().next().is_some() {
                return Err(format!("has a greedy label before another label: {}", quoted(name)));
            }
            if labels.clone().any(|(other, _)| other == name) {
                return Err(format!("has the label {} twice", quoted(name)));
            }
        }
        Ok(Self { path: pieces, query: query.to_owned() })
    }

    /// The names of the path's labels.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.path.iter().filter_map(|piece| if let Piece::Label { name, .. } = piece { Some(name.as_str()) } else { None })
    }

    /// The names of the parameters in the query.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &str> {
        let parameters = self.query.split('&').filter(|parameter| !parameter.is_empty());
        parameters.map(|parameter| parameter.split_once('=').map_or(parameter, |(name, _)| name))
    }
}

/// Splits a text with labels.
///
/// # Errors
///
/// The fault, as a predicate of the text.
pub(crate) fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((label, behind)) = after.split_once('}') else { return Err("has a label without a closing brace".to_owned()) };
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal.to_owned()));
        }
        let (name, greedy) = label.strip_suffix('+').map_or((label, false), |name| (name, true));
        if name.is_empty() || name.contains('{') {
            return Err(format!("has a label without a name: {}", quoted(&format!("{{{label}}}"))));
        }
        pieces.push(Piece::Label { name: name.to_owned(), greedy });
        rest = behind;
    }
    if rest.contains('}') {
        return Err("has a closing brace without a label".to_owned());
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    Ok(pieces)
}

/// True for the characters of paths and queries (RFC 3986, sections 3.3 and 3.4).
fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~%!$&'()*+,;=:@/?".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_split_at_its_labels() {
        let literal = |text: &str| Piece::Literal(text.to_owned());
        let label = |name: &str, greedy| Piece::Label { name: name.to_owned(), greedy };
        let path = |text| Pattern::parse(text).map(|pattern| pattern.path);
        assert_eq!(path("/"), Ok(vec![literal("/")]));
        assert_eq!(
            path("/a/{b}/(c+)+/{d+}/e"),
            Ok(vec![literal("/a/"), label("b", false), literal("/(c+)+/"), label("d", true), literal("/e")])
        );
        assert_eq!(path("/{a}.{b}"), Ok(vec![literal("/"), label("a", false), literal("."), label("b", false)]));
        let pattern = Pattern::parse("/a?mode=full&quiet").expect("it is valid");
        assert_eq!((&*pattern.query, pattern.parameters().collect::<Vec<_>>()), ("mode=full&quiet", vec!["mode", "quiet"]));
        assert_eq!(Pattern::parse("/a?").expect("it is valid").parameters().count(), 0);
    }

    #[test]
    fn the_fault_of_a_pattern_is_named() {
        for (text, expected) in [
            ("", "does not begin with `/`"),
            ("a", "does not begin with `/`"),
            ("/{a", "has a label without a closing brace"),
            ("/a}", "has a closing brace without a label"),
            ("/{}", "has a label without a name: `{}`"),
            ("/{+}", "has a label without a name: `{+}`"),
            ("/{{a}}", "has a label without a name: `{{a}`"),
            ("/{a+}/{b}", "has a greedy label before another label: `a`"),
            ("/{a}/{a}", "has the label `a` twice"),
            ("/a b", "has the character ` `, which a URI cannot have"),
            ("/a#b", "has the character `#`, which a URI cannot have"),
            ("/a?b={c}", "has a label in its query: bind the member with `httpQuery` instead"),
        ] {
            assert_eq!(Pattern::parse(text), Err(expected.to_owned()), "{text}");
        }
    }
}
