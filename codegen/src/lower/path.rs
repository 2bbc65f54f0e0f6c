//! `JMESPath` -> typed Rust, with the meaning that `JMESPath` has for null: a part of null is null, a projection drops nulls, `==` compares them,
//! and a function of null is an error.
//!
//! An expression that `JMESPath` would always evaluate to null, such as a member that does not exist or the comparison of a text with a number, is a
//! fault. A structure counts as true in a condition, since its Rust does not tell an empty one from one with unknown members.

mod comparison;
mod field;
mod function;
mod kinds;
mod list;
#[cfg(test)]
mod tests;

use super::Lowering;
use crate::jmespath::{self, Expression, Fault, Kind as Syntax};
use crate::model::{Kind, ShapeId};
use crate::names::{self, Name};
use crate::rust::Role;
use crate::rust::path::{Entry, Kind as Plan, Path, Type, Value};
use serde_json::Value as Json;

/// The value that an expression is applied to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Root<'a> {
    /// The output of the operation with this id. Emitted code has it in the variable `output`.
    Output(&'a ShapeId),
    /// A structure of the operation's `input` and `output`, as Smithy's `inputOutput` has it. Emitted code has them in two variables of these names.
    InputOutput(&'a ShapeId),
}

impl Lowering<'_> {
    /// Compiles an expression.
    pub(super) fn path(&self, text: &str, root: Root<'_>) -> Result<Path, Fault> {
        let expression = jmespath::parse(text)?;
        let mut compiler = Compiler { lowering: self, wholes: Vec::new(), bound: 0 };
        let current = compiler.root(root);
        let value = compiler.expression(&expression, &current)?;
        let value = result(value, expression.offset)?;
        Ok(Path { ty: value.ty.clone(), value })
    }
}

/// The state of compiling one expression.
struct Compiler<'l> {
    lowering: &'l Lowering<'l>,
    /// The inputs and outputs that the expression is applied to.
    wholes: Vec<Whole<'l>>,
    /// The number of names that were made for the values of subexpressions.
    bound: usize,
}

/// The input or the output of an operation.
struct Whole<'l> {
    name: Name,
    shape: Option<&'l ShapeId>,
    role: Role,
}

impl Compiler<'_> {
    fn root(&mut self, root: Root<'_>) -> Value {
        match root {
            Root::Output(operation) => self.whole(operation, Role::Output),
            Root::InputOutput(operation) => {
                let parts = [("input", self.whole(operation, Role::Input)), ("output", self.whole(operation, Role::Output))];
                let entries =
                    parts.iter().map(|(key, part)| Entry { key: (*key).to_owned(), ty: part.ty.clone(), nullable: false }).collect();
                Value::new(Plan::Hash(parts.map(|(_, part)| part).into()), Type::Hash(entries), false)
            }
        }
    }

    /// The variable with an operation's input or output.
    fn whole(&mut self, operation: &ShapeId, role: Role) -> Value {
        let named = names::of_model(operation.name());
        let (variable, suffix) = if role == Role::Input { ("input", "Input") } else { ("output", "Output") };
        let name = names::type_name(named).affix("", suffix);
        let reference = match self.lowering.model.shape(operation).map(|shape| &shape.kind) {
            Some(Kind::Operation(own)) if role == Role::Input => own.input.as_ref(),
            Some(Kind::Operation(own)) => own.output.as_ref(),
            _ => None,
        };
        self.wholes.push(Whole { name: name.clone(), shape: reference.map(|reference| &reference.target), role });
        Value::variable(Name::fixed(variable), Type::Whole { module: names::operation_module_name(named), name })
    }

    /// Types an expression that is applied to `current`.
    fn expression(&mut self, expression: &Expression, current: &Value) -> Result<Value, Fault> {
        let at = expression.offset;
        match &expression.kind {
            Syntax::Current => Ok(current.clone()),
            Syntax::Field(name) => self.field(current.clone(), name, at),
            Syntax::Literal(json) => literal(json, at),
            Syntax::Chain(left, right) => {
                let left = self.expression(left, current)?;
                self.apply(right, left)
            }
            Syntax::Index(left, index) => {
                let left = self.expression(left, current)?;
                field::position(left, *index, at)
            }
            Syntax::Projection(left, over, right) => {
                let left = self.expression(left, current)?;
                self.projection(left, over, right, at)
            }
            Syntax::List(items) => {
                let items = items.iter().map(|item| self.expression(item, current)).collect::<Result<Vec<_>, _>>()?;
                Ok(unless_null(current, list::of(items, at)?))
            }
            Syntax::Hash(entries) => {
                let mut keys = Vec::new();
                let mut values = Vec::new();
                for (key, value) in entries {
                    let value = list::own(self.expression(value, current)?);
                    keys.push(Entry { key: key.clone(), ty: value.ty.clone(), nullable: value.nullable });
                    values.push(value);
                }
                Ok(unless_null(current, Value::new(Plan::Hash(values), Type::Hash(keys), false)))
            }
            Syntax::Comparison(comparator, left, right) => {
                let (left, right) = (self.expression(left, current)?, self.expression(right, current)?);
                comparison::compare(*comparator, left, right, at)
            }
            Syntax::And(left, right) => {
                let (left, right) = (self.expression(left, current)?, self.expression(right, current)?);
                comparison::and(left, right, at)
            }
            Syntax::Or(left, right) => {
                let (left, right) = (self.expression(left, current)?, self.expression(right, current)?);
                comparison::or(left, right, at)
            }
            Syntax::Not(inside) => self.condition(inside, current, false),
            Syntax::Call(name, arguments) => self.call(name, arguments, current, at),
            Syntax::Reference(_) => Err(Fault::new(at, "a reference with `&` is not supported")),
        }
    }

    /// Types an expression that is applied to a value, which becomes a variable if the expression uses it several times.
    fn apply(&mut self, right: &Expression, of: Value) -> Result<Value, Fault> {
        let is_variable = matches!(of.kind, Plan::Variable(_)) && !of.nullable;
        if is_variable || uses(right) < 2 {
            return self.expression(right, &of);
        }
        let strict = is_strict(right);
        let name = self.fresh();
        let variable = Value::new(Plan::Variable(name.clone()), of.ty.clone(), of.nullable && !strict);
        let body = self.expression(right, &variable)?;
        let (ty, nullable) = (body.ty.clone(), body.nullable || (strict && of.nullable));
        Ok(Value::new(Plan::Bind { name, of: Box::new(of), strict, body: Box::new(body) }, ty, nullable))
    }

    /// A new name for the value of a subexpression.
    fn fresh(&mut self) -> Name {
        self.bound += 1;
        Name::fixed(&if self.bound == 1 { "value".to_owned() } else { format!("value_{}", self.bound) })
    }
}

/// The result of a path: no reference to a scalar or a list.
fn result(value: Value, at: usize) -> Result<Value, Fault> {
    let value = list::owned(value, at)?;
    if value.ty == Type::Null { Err(Fault::new(at, "the expression is always null")) } else { Ok(value) }
}

/// The value, but null if `current` is null.
fn unless_null(current: &Value, value: Value) -> Value {
    if !current.nullable {
        return value;
    }
    let ty = value.ty.clone();
    Value::new(Plan::AndThen(Box::new(current.clone()), Box::new(value)), ty, true)
}

/// Types a JSON value.
fn literal(json: &Json, at: usize) -> Result<Value, Fault> {
    Ok(match json {
        Json::Null => Value::null(),
        Json::Bool(value) => Value::boolean(Plan::Boolean(*value)),
        Json::String(text) => Value::new(Plan::Text(text.clone()), Type::Text, false),
        Json::Number(number) => comparison::number(number, at)?,
        Json::Array(items) => {
            let items = items.iter().map(|item| literal(item, at)).collect::<Result<Vec<_>, _>>()?;
            list::of(items, at)?
        }
        Json::Object(entries) => {
            let values = entries.values().map(|value| literal(value, at)).collect::<Result<Vec<_>, _>>()?;
            let keys = entries.keys().zip(&values);
            let keys = keys.map(|(key, value)| Entry { key: key.clone(), ty: value.ty.clone(), nullable: value.nullable }).collect();
            Value::new(Plan::Hash(values), Type::Hash(keys), false)
        }
    })
}

/// The number of times that an expression uses the value it is applied to. Two also stands for one whose result depends on that value's being null.
fn uses(expression: &Expression) -> usize {
    match &expression.kind {
        Syntax::Current | Syntax::Field(_) => 1,
        Syntax::Literal(_) => 0,
        Syntax::Chain(left, _) | Syntax::Index(left, _) | Syntax::Projection(left, ..) | Syntax::Not(left) => uses(left),
        Syntax::List(_) | Syntax::Hash(_) => 2,
        Syntax::Comparison(_, left, right) | Syntax::Or(left, right) => uses(left) + uses(right),
        // The left side is used again as the result.
        Syntax::And(left, right) => 2 * uses(left) + uses(right),
        Syntax::Call(_, arguments) => arguments.iter().map(uses).sum(),
        Syntax::Reference(_) => 0,
    }
}

/// True if the expression is null whenever the value it is applied to is null.
fn is_strict(expression: &Expression) -> bool {
    match &expression.kind {
        Syntax::Current | Syntax::Field(_) | Syntax::List(_) | Syntax::Hash(_) => true,
        Syntax::Chain(left, right) | Syntax::Or(left, right) => is_strict(left) && is_strict(right),
        Syntax::Index(left, _) | Syntax::Projection(left, ..) | Syntax::And(left, _) => is_strict(left),
        Syntax::Literal(json) => json.is_null(),
        Syntax::Comparison(..) | Syntax::Not(_) | Syntax::Call(..) | Syntax::Reference(_) => false,
    }
}
