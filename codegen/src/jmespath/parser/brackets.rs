//! Expressions in brackets, braces and parentheses.

use super::{Parser, STAR};
use crate::jmespath::lexer::Token;
use crate::jmespath::{Expression, Fault, Kind, Over};

impl Parser {
    /// An expression that begins with `[`: an index, a slice, a projection or a list.
    pub(super) fn bracketed(&mut self, offset: usize) -> Result<Expression, Fault> {
        self.at += 1;
        match (self.peek(), self.ahead(1)) {
            (Token::Number(_) | Token::Sign(':'), _) => {
                let left = self.current()?;
                self.index(offset, left)
            }
            (Token::Sign('*'), Token::Sign(']')) => {
                self.at += 2;
                let left = self.current()?;
                self.projection(offset, left, Over::Items, STAR)
            }
            _ => self.list(offset),
        }
    }

    /// An index or a slice, whose `[` is taken.
    pub(super) fn index(&mut self, offset: usize, left: Box<Expression>) -> Result<Expression, Fault> {
        let mut parts = [None; 3];
        let mut colons = 0;
        loop {
            match *self.peek() {
                Token::Number(number) if parts.get(colons).is_some_and(Option::is_none) => {
                    self.at += 1;
                    if let Some(part) = parts.get_mut(colons) {
                        *part = Some(number);
                    }
                }
                Token::Sign(':') if colons < 2 => {
                    self.at += 1;
                    colons += 1;
                }
                Token::Sign(']') => {
                    self.at += 1;
                    break;
                }
                _ => return self.unexpected("a number, `:`, `*` or `]`"),
            }
        }
        match (colons, parts) {
            (0, [Some(number), ..]) => self.node(offset, Kind::Index(left, number)),
            (0, _) => Err(Fault::new(offset, "expected a number in the brackets")),
            _ => self.projection(offset, left, Over::Slice(parts), STAR),
        }
    }

    /// A list of expressions, whose `[` is taken.
    pub(super) fn list(&mut self, offset: usize) -> Result<Expression, Fault> {
        let mut items = vec![self.expression(0)?];
        while self.take(',') {
            items.push(self.expression(0)?);
        }
        self.expect(']')?;
        self.node(offset, Kind::List(items))
    }

    pub(super) fn hash(&mut self, offset: usize) -> Result<Expression, Fault> {
        self.expect('{')?;
        let mut entries = Vec::new();
        loop {
            let (Token::Name(key) | Token::QuotedName(key)) = self.peek().clone() else { return self.unexpected("a key") };
            self.at += 1;
            self.expect(':')?;
            entries.push((key, self.expression(0)?));
            if !self.take(',') {
                break;
            }
        }
        self.expect('}')?;
        self.node(offset, Kind::Hash(entries))
    }

    /// A call, whose `(` is taken.
    pub(super) fn call(&mut self, offset: usize, name: String) -> Result<Expression, Fault> {
        let mut arguments = Vec::new();
        if !self.take(')') {
            loop {
                arguments.push(self.argument()?);
                if !self.take(',') {
                    break;
                }
            }
            self.expect(')')?;
        }
        self.node(offset, Kind::Call(name, arguments))
    }

    fn argument(&mut self) -> Result<Expression, Fault> {
        let offset = self.offset();
        if *self.peek() != Token::Reference {
            return self.expression(0);
        }
        self.at += 1;
        let inside = self.expression(0)?;
        self.node(offset, Kind::Reference(Box::new(inside)))
    }
}
