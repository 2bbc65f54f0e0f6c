//! The plan of the function that finds an endpoint, statement by statement.

use crate::names::Name;

/// The function.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// The settings that the function uses.
    pub(crate) bindings: Vec<Binding>,
    pub(crate) body: Block,
}

/// A setting and the name of its parameter in the rules.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    /// A field of the runtime's `Params`.
    pub(crate) field: &'static str,
    pub(crate) name: Name,
    pub(crate) unset: Unset,
}

/// The treatment of a setting that is unset.
#[derive(Clone, Debug)]
pub(crate) enum Unset {
    /// The rules test it themselves, or the setting is always set.
    Stays,
    Default(String),
    Error(String),
}

/// Statements and the final return, if there is one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    pub(crate) statements: Vec<Statement>,
    pub(crate) end: Option<End>,
}

#[derive(Clone, Debug)]
pub(crate) enum Statement {
    Let(Name, Value),
    If(Vec<Test>, Block),
}

/// A part of an `if`.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    Is(Value),
    /// `let Some(name) = value`.
    Some(Name, Value),
}

#[derive(Clone, Debug)]
pub(crate) enum End {
    Endpoint(Endpoint),
    Error(Value),
}

#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    pub(crate) url: Value,
    pub(crate) signing_name: Option<Value>,
    pub(crate) signing_region: Option<Value>,
    pub(crate) headers: Vec<(String, Value)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Boolean(bool),
    Integer(isize),
    List(Vec<String>),
    /// `None`.
    Unset,
    Name(Name),
    Field(Box<Value>, &'static str),
    /// A function of the runtime's module `endpoint`.
    Call(&'static str, Vec<Value>),
    /// A method.
    Method(Box<Value>, &'static str, Vec<Value>),
    Borrow(Box<Value>),
    Not(Box<Value>),
    Equal(Box<Value>, Box<Value>),
    Different(Box<Value>, Box<Value>),
    /// Strings and values, concatenated.
    Format(Vec<Value>),
    /// `if`, then, else.
    Choice(Box<[Value; 3]>),
    /// `Some`.
    Some(Box<Value>),
    /// A string converted to `String`, inside an `Option` if the flag is set.
    Owned(Box<Value>, bool),
}

impl Block {
    /// Appends another block, unless this one has an end already, after which nothing is reached.
    pub(crate) fn append(&mut self, other: Self) {
        if self.end.is_none() {
            self.statements.extend(other.statements);
            self.end = other.end;
        }
    }

    /// Nests the block in an `if` with this test. An empty block stays empty.
    pub(crate) fn under(self, test: Test) -> Self {
        let test = match test {
            Test::Some(name, value) if !self.uses(&name) => Test::Is(Value::Method(Box::new(value), "is_some", Vec::new())),
            test => test,
        };
        if self.statements.is_empty() && self.end.is_none() {
            return self;
        }
        let statement = match (self.end, self.statements) {
            (None, mut statements) if matches!(statements.as_slice(), [Statement::If(..)]) => match statements.remove(0) {
                Statement::If(mut tests, body) => {
                    tests.insert(0, test);
                    Statement::If(tests, body)
                }
                other @ Statement::Let(..) => Statement::If(vec![test], Self { statements: vec![other], end: None }),
            },
            (end, statements) => Statement::If(vec![test], Self { statements, end }),
        };
        Self { statements: vec![statement], end: None }
    }

    /// Puts a `let` before the block if the block uses the name.
    pub(crate) fn behind(mut self, name: Name, value: Value) -> Self {
        if self.uses(&name) {
            self.statements.insert(0, Statement::Let(name, value));
        }
        self
    }

    /// True if the block uses the name.
    pub(crate) fn uses(&self, name: &Name) -> bool {
        self.statements.iter().any(|statement| match statement {
            Statement::Let(_, value) => value.uses(name),
            Statement::If(tests, body) => tests.iter().any(|(Test::Is(value) | Test::Some(_, value))| value.uses(name)) || body.uses(name),
        }) || self.end.as_ref().is_some_and(|end| match end {
            End::Error(text) => text.uses(name),
            End::Endpoint(endpoint) => {
                let values = [Some(&endpoint.url), endpoint.signing_name.as_ref(), endpoint.signing_region.as_ref()];
                values.into_iter().flatten().chain(endpoint.headers.iter().map(|(_, value)| value)).any(|value| value.uses(name))
            }
        })
    }
}

impl Value {
    fn uses(&self, name: &Name) -> bool {
        match self {
            Value::Text(_) | Value::Boolean(_) | Value::Integer(_) | Value::List(_) | Value::Unset => false,
            Value::Name(own) => own == name,
            Value::Field(value, _) | Value::Borrow(value) | Value::Not(value) | Value::Some(value) | Value::Owned(value, _) => {
                value.uses(name)
            }
            Value::Call(_, values) | Value::Format(values) => values.iter().any(|value| value.uses(name)),
            Value::Method(value, _, values) => value.uses(name) || values.iter().any(|value| value.uses(name)),
            Value::Equal(a, b) | Value::Different(a, b) => a.uses(name) || b.uses(name),
            Value::Choice(values) => values.iter().any(|value| value.uses(name)),
        }
    }
}
