//! Tokens -> tree, by operator precedence.

mod brackets;

use super::lexer::{self, Spanned, Token};
use super::{Expression, Fault, Kind, Over};

/// The greatest number of nodes in a tree, so that no walk over it exhausts the stack. The longest expression of an AWS service has 30.
const MOST_NODES: usize = 250;

/// Binding powers. A projection ends at a token that binds less than `PROJECTION`.
const PIPE: u8 = 1;
const OR: u8 = 2;
const AND: u8 = 3;
const COMPARATOR: u8 = 5;
const FLATTEN: u8 = 9;
const PROJECTION: u8 = 10;
const STAR: u8 = 20;
const FILTER: u8 = 21;
const DOT: u8 = 40;
const NOT: u8 = 45;
const BRACKET: u8 = 55;
const PARENTHESIS: u8 = 60;

/// Parses an expression.
pub(crate) fn parse(text: &str) -> Result<Expression, Fault> {
    let tokens = lexer::tokens(text)?;
    let mut parser = Parser { tokens, at: 0, nodes: 0 };
    let expression = parser.expression(0)?;
    match parser.peek() {
        Token::End => Ok(expression),
        _ => parser.unexpected("the end"),
    }
}

struct Parser {
    tokens: Vec<Spanned>,
    at: usize,
    nodes: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        self.ahead(0)
    }

    fn ahead(&self, count: usize) -> &Token {
        self.tokens.get(self.at + count).map_or(&Token::End, |spanned| &spanned.token)
    }

    /// The byte at which the next token begins.
    fn offset(&self) -> usize {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(0, |spanned| spanned.offset)
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    fn next_is(&self, sign: char) -> bool {
        *self.peek() == Token::Sign(sign)
    }

    /// Takes a sign if it comes next.
    fn take(&mut self, sign: char) -> bool {
        let found = self.next_is(sign);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, sign: char) -> Result<(), Fault> {
        if self.take(sign) { Ok(()) } else { self.unexpected(&format!("`{sign}`")) }
    }

    fn unexpected<T>(&self, expected: &str) -> Result<T, Fault> {
        Err(Fault::new(self.offset(), format!("expected {expected}, found {}", self.peek().shown())))
    }

    fn node(&mut self, offset: usize, kind: Kind) -> Result<Expression, Fault> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(Fault::new(offset, format!("the expression is too long: it has more than {MOST_NODES} parts")));
        }
        Ok(Expression { offset, kind })
    }

    /// The value that an expression without a left side is applied to.
    fn current(&mut self) -> Result<Box<Expression>, Fault> {
        let offset = self.offset();
        self.node(offset, Kind::Current).map(Box::new)
    }

    /// Parses up to a token that binds no stronger than `power`.
    fn expression(&mut self, power: u8) -> Result<Expression, Fault> {
        let mut left = self.first()?;
        while power < binding_power(self.peek()) {
            left = self.after(left)?;
        }
        Ok(left)
    }

    /// An expression without a left side.
    fn first(&mut self) -> Result<Expression, Fault> {
        // Nested expressions are nodes only at their end, so that their beginnings are counted too.
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return self.node(self.offset(), Kind::Current);
        }
        let offset = self.offset();
        match self.peek().clone() {
            Token::Literal(value) => {
                self.at += 1;
                self.node(offset, Kind::Literal(value))
            }
            Token::Name(name) => {
                self.at += 1;
                self.node(offset, Kind::Field(name))
            }
            Token::QuotedName(name) => {
                self.at += 1;
                if self.next_is('(') {
                    return Err(Fault::new(offset, "a function's name is not quoted"));
                }
                self.node(offset, Kind::Field(name))
            }
            Token::Flatten | Token::Filter => {
                let current = *self.current()?;
                self.after(current)
            }
            Token::Sign('@') => {
                self.at += 1;
                self.node(offset, Kind::Current)
            }
            Token::Sign('*') => {
                let left = self.current()?;
                self.at += 1;
                self.projection(offset, left, Over::Values, STAR)
            }
            Token::Sign('[') => self.bracketed(offset),
            Token::Sign('{') => self.hash(offset),
            Token::Sign('(') => {
                self.at += 1;
                let inside = self.expression(0)?;
                self.expect(')')?;
                Ok(inside)
            }
            Token::Sign('!') => {
                self.at += 1;
                let inside = self.expression(NOT)?;
                self.node(offset, Kind::Not(Box::new(inside)))
            }
            Token::Reference => Err(Fault::new(offset, "a reference with `&` is only an argument of a function")),
            _ => self.unexpected("an expression"),
        }
    }

    /// The expression that continues `left` with the next token.
    fn after(&mut self, left: Expression) -> Result<Expression, Fault> {
        let offset = self.offset();
        let left = Box::new(left);
        match self.next() {
            Token::Sign('.') if self.take('*') => self.projection(offset, left, Over::Values, STAR),
            Token::Sign('.') => {
                let right = self.behind_dot(DOT)?;
                self.node(offset, Kind::Chain(left, Box::new(right)))
            }
            Token::Sign('|') => {
                let right = self.expression(PIPE)?;
                self.node(offset, Kind::Chain(left, Box::new(right)))
            }
            Token::Or => {
                let right = self.expression(OR)?;
                self.node(offset, Kind::Or(left, Box::new(right)))
            }
            Token::And => {
                let right = self.expression(AND)?;
                self.node(offset, Kind::And(left, Box::new(right)))
            }
            Token::Comparator(comparator) => {
                let right = self.expression(COMPARATOR)?;
                self.node(offset, Kind::Comparison(comparator, left, Box::new(right)))
            }
            Token::Flatten => self.projection(offset, left, Over::Flattened, FLATTEN),
            Token::Filter => {
                let condition = Box::new(self.expression(0)?);
                self.expect(']')?;
                self.projection(offset, left, Over::Filtered(condition), FILTER)
            }
            Token::Sign('[') => {
                if self.take('*') {
                    self.expect(']')?;
                    return self.projection(offset, left, Over::Items, STAR);
                }
                self.index(offset, left)
            }
            Token::Sign('(') => match left.kind {
                Kind::Field(name) => self.call(left.offset, name),
                _ => Err(Fault::new(offset, "expected a function's name before `(`")),
            },
            _ => {
                self.at -= 1;
                self.unexpected("an operator or the end")
            }
        }
    }

    /// A projection with its right side, which ends where a token binds less than a projection.
    fn projection(&mut self, offset: usize, left: Box<Expression>, over: Over, power: u8) -> Result<Expression, Fault> {
        let right = match self.peek() {
            token if binding_power(token) < PROJECTION => *self.current()?,
            Token::Sign('[') | Token::Filter => self.expression(power)?,
            Token::Sign('.') => {
                self.at += 1;
                self.behind_dot(power)?
            }
            _ => return self.unexpected("`.`, `[` or the end of the projection"),
        };
        self.node(offset, Kind::Projection(left, over, Box::new(right)))
    }

    /// The right side of a dot.
    fn behind_dot(&mut self, power: u8) -> Result<Expression, Fault> {
        let offset = self.offset();
        match self.peek() {
            Token::Name(_) | Token::QuotedName(_) | Token::Sign('*') => self.expression(power),
            Token::Sign('[') => {
                self.at += 1;
                self.list(offset)
            }
            Token::Sign('{') => self.hash(offset),
            _ => self.unexpected("a name, `*`, `[` or `{` after the dot"),
        }
    }
}

/// The strength with which a token binds the expression before it; 0 for a token that ends an expression.
fn binding_power(token: &Token) -> u8 {
    match token {
        Token::Sign('|') => PIPE,
        Token::Or => OR,
        Token::And => AND,
        Token::Comparator(_) => COMPARATOR,
        Token::Flatten => FLATTEN,
        Token::Sign('*') => STAR,
        Token::Filter => FILTER,
        Token::Sign('.') => DOT,
        Token::Sign('!') => NOT,
        Token::Sign('{' | '[') => BRACKET,
        Token::Sign('(') => PARENTHESIS,
        _ => 0,
    }
}
