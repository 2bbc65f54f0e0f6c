//! `JMESPath` (<https://jmespath.org/specification.html>): expression text -> syntax tree, in which every node knows its place in the text.
//!
//! The whole grammar is read, whatever the generator can compile of it; `lower` decides that. Where the grammar is ambiguous, the reading is that
//! of jmespath.py, which interprets the expressions of botocore's waiters.

mod lexer;
mod parser;
#[cfg(test)]
mod tests;

pub(crate) use parser::parse;

use serde_json::Value;

/// The fault of an expression: something that is not `JMESPath`, or that has no equivalent in Rust.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Fault {
    /// The byte in the expression at which the fault begins.
    pub(crate) offset: usize,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(offset: usize, message: impl Into<String>) -> Self {
        Self { offset, message: message.into() }
    }

    /// The message with the place in `text`, the expression: `at character 7 of the expression: ...`.
    pub(crate) fn in_text(&self, text: &str) -> String {
        let before = text.get(..self.offset).unwrap_or(text).chars().count();
        format!("at character {} of the expression: {}", before + 1, self.message)
    }
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    /// The byte at which the expression begins; for one with a left side, the byte of its operator.
    pub(crate) offset: usize,
    pub(crate) kind: Kind,
}

/// The kind of an expression. Two expressions side by side are a left and a right side.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// `@`, or the value that an expression without a left side is applied to.
    Current,
    Field(String),
    Literal(Value),
    /// `left.right` and `left | right`, which have the same meaning once they are parsed.
    Chain(Box<Expression>, Box<Expression>),
    /// `left[0]`.
    Index(Box<Expression>, i64),
    /// The right side applied to each item of the left side: `left[*].right`.
    Projection(Box<Expression>, Over, Box<Expression>),
    /// `[a, b]`.
    List(Vec<Expression>),
    /// `{a: a, b: b}`.
    Hash(Vec<(String, Expression)>),
    Comparison(Comparator, Box<Expression>, Box<Expression>),
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    Not(Box<Expression>),
    /// `length(a)`.
    Call(String, Vec<Expression>),
    /// `&a`, an argument of a function.
    Reference(Box<Expression>),
}

/// The items to which a projection is applied.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Over {
    /// `[*]`.
    Items,
    /// `*`.
    Values,
    /// `[]`.
    Flattened,
    /// `[?...]`.
    Filtered(Box<Expression>),
    /// `[start:stop:step]`.
    Slice([Option<i64>; 3]),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparator {
    /// The operator's spelling, in `JMESPath` and in Rust.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// The comparator that holds exactly when this one does not. Numbers of JSON are never NaN.
    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
        }
    }

    /// The comparator with the same result when the sides are exchanged.
    pub(crate) fn mirrored(self) -> Self {
        match self {
            Self::Equal | Self::NotEqual => self,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
        }
    }

    /// True for `==` and `!=`, which compare values of every type.
    pub(crate) fn is_equality(self) -> bool {
        matches!(self, Self::Equal | Self::NotEqual)
    }
}
