//! Text -> tokens.

use super::{Comparator, Fault};
use serde_json::Value;

/// A token and the byte at which it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spanned {
    pub(super) offset: usize,
    pub(super) token: Token,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// `foo`.
    Name(String),
    /// `"foo"`.
    QuotedName(String),
    Number(i64),
    /// A JSON value in back quotes, or a raw string.
    Literal(Value),
    Comparator(Comparator),
    /// `[?`.
    Filter,
    /// `[]`.
    Flatten,
    And,
    Or,
    /// `&`.
    Reference,
    /// One character: `. * [ ] { } ( ) , : @ ! |`.
    Sign(char),
    End,
}

impl Token {
    /// The token's spelling in an error.
    pub(super) fn shown(&self) -> String {
        match self {
            Token::Name(name) => format!("`{name}`"),
            Token::QuotedName(name) => format!("`\"{name}\"`"),
            Token::Number(number) => format!("`{number}`"),
            Token::Literal(value) => format!("the literal {value}"),
            Token::Comparator(comparator) => format!("`{}`", comparator.sign()),
            Token::Filter => "`[?`".to_owned(),
            Token::Flatten => "`[]`".to_owned(),
            Token::And => "`&&`".to_owned(),
            Token::Or => "`||`".to_owned(),
            Token::Reference => "`&`".to_owned(),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::End => "the end".to_owned(),
        }
    }
}

/// Returns the tokens; the last one is `End`.
pub(super) fn tokens(text: &str) -> Result<Vec<Spanned>, Fault> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
        let offset = lexer.at;
        let token = lexer.token()?;
        let ends = token == Token::End;
        tokens.push(Spanned { offset, token });
        if ends {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes a text if it comes next.
    fn take(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| !wanted(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn token(&mut self) -> Result<Token, Fault> {
        const FIXED: [(&str, Token); 12] = [
            ("[?", Token::Filter),
            ("[]", Token::Flatten),
            ("&&", Token::And),
            ("||", Token::Or),
            ("&", Token::Reference),
            ("==", Token::Comparator(Comparator::Equal)),
            ("!=", Token::Comparator(Comparator::NotEqual)),
            ("<=", Token::Comparator(Comparator::LessOrEqual)),
            ("<", Token::Comparator(Comparator::Less)),
            (">=", Token::Comparator(Comparator::GreaterOrEqual)),
            (">", Token::Comparator(Comparator::Greater)),
            ("|", Token::Sign('|')),
        ];
        let Some(first) = self.rest().chars().next() else { return Ok(Token::End) };
        if let Some((_, token)) = FIXED.into_iter().find(|(text, _)| self.take(text)) {
            return Ok(token);
        }
        match first {
            '.' | '*' | '[' | ']' | '{' | '}' | '(' | ')' | ',' | ':' | '@' | '!' => {
                self.at += 1;
                Ok(Token::Sign(first))
            }
            'a'..='z' | 'A'..='Z' | '_' => Ok(Token::Name(self.take_while(|c| c.is_ascii_alphanumeric() || c == '_').to_owned())),
            '0'..='9' | '-' => self.number(),
            '"' => self.quoted_name(),
            '\'' => Ok(Token::Literal(Value::String(self.delimited('\'')?.replace("\\'", "'")))),
            '`' => self.literal(),
            '=' => Err(Fault::new(self.at, "`=` is not an operator; equality is `==`")),
            other => {
                Err(Fault::new(self.at, format!("{other:?} begins nothing in JMESPath; a name with such a character is quoted with `\"`")))
            }
        }
    }

    fn number(&mut self) -> Result<Token, Fault> {
        let start = self.at;
        let sign = if self.take("-") { "-" } else { "" };
        let digits = self.take_while(|c| c.is_ascii_digit());
        if digits.is_empty() {
            return Err(Fault::new(start, "expected digits after `-`"));
        }
        let number = format!("{sign}{digits}").parse();
        number.map(Token::Number).map_err(|_| Fault::new(start, "the number is too large"))
    }

    fn quoted_name(&mut self) -> Result<Token, Fault> {
        let start = self.at;
        let inside = self.delimited('"')?;
        let name = serde_json::from_str(&format!("\"{inside}\""));
        name.map(Token::QuotedName).map_err(|_| Fault::new(start, "the quoted name is not a valid JSON string"))
    }

    /// A JSON value, or the older form of a string, which has no quotes inside the back quotes.
    fn literal(&mut self) -> Result<Token, Fault> {
        let start = self.at;
        let inside = self.delimited('`')?.replace("\\`", "`");
        let value = serde_json::from_str(&inside).or_else(|_| serde_json::from_str(&format!("\"{}\"", inside.trim_start())));
        value.map(Token::Literal).map_err(|_| Fault::new(start, "the literal between back quotes is not a valid JSON value"))
    }

    /// The text between a delimiter and the next one that has no backslash before it, with all its escapes.
    fn delimited(&mut self, delimiter: char) -> Result<&'a str, Fault> {
        let start = self.at;
        self.at += 1;
        let inside = self.rest();
        let mut escaped = false;
        for (index, c) in inside.char_indices() {
            if c == delimiter && !escaped {
                self.at += index + 1;
                return Ok(inside.get(..index).unwrap_or_default());
            }
            escaped = c == '\\' && !escaped;
        }
        Err(Fault::new(start, format!("the closing {delimiter} is missing")))
    }
}
