//! Comparisons, conditions, and the numbers in them.

use super::Compiler;
use super::kinds::{after, described, is_always_true, read};
use super::list::own;
use crate::jmespath::{Comparator, Expression, Fault, Kind as Syntax};
use crate::rust;
use crate::rust::path::{Kind, Number, Type, Value};
use serde_json::Number as JsonNumber;

/// Two values compared.
pub(super) fn compare(comparator: Comparator, left: Value, right: Value, at: usize) -> Result<Value, Fault> {
    let (left, right) = (own(left), own(right));
    if comparator.is_equality() && (left.ty == Type::Null || right.ty == Type::Null) {
        let of = if left.ty == Type::Null { right } else { left };
        return Ok(is_null(of, comparator == Comparator::Equal));
    }
    let (left, right) = same_type(left, right).map_err(|(one, other)| {
        Fault::new(at, format!("{} is compared with {}, which are never equal", described(&one), described(&other)))
    })?;
    if !comparator.is_equality() && !matches!(left.ty, Type::Number(_)) {
        return Err(Fault::new(at, format!("`{}` compares numbers only, not {}", comparator.sign(), described(&left.ty))));
    }
    if let Type::Held(rust::Type::Timestamp(_) | rust::Type::Blob | rust::Type::ByteStream | rust::Type::Document) = left.ty {
        return Err(Fault::new(at, format!("{} is compared with null only", described(&left.ty))));
    }
    Ok(folded(comparator, &left, &right).unwrap_or_else(|| simplified(comparator, left, right)))
}

/// The comparison of two constants.
fn folded(comparator: Comparator, left: &Value, right: &Value) -> Option<Value> {
    let number = |value: &Value| match value.kind {
        #[expect(clippy::cast_precision_loss, reason = "constants of expressions are small")]
        Kind::Integer(number) => Some(number as f64),
        Kind::Double(number) => Some(number),
        _ => None,
    };
    let holds = match (&left.kind, &right.kind) {
        (Kind::Text(left), Kind::Text(right)) => (left == right) == (comparator == Comparator::Equal),
        (Kind::Boolean(left), Kind::Boolean(right)) => (left == right) == (comparator == Comparator::Equal),
        _ => {
            let ordering = number(left)?.partial_cmp(&number(right)?)?;
            match comparator {
                Comparator::Equal => ordering.is_eq(),
                Comparator::NotEqual => ordering.is_ne(),
                Comparator::Less => ordering.is_lt(),
                Comparator::LessOrEqual => ordering.is_le(),
                Comparator::Greater => ordering.is_gt(),
                Comparator::GreaterOrEqual => ordering.is_ge(),
            }
        }
    };
    Some(Value::boolean(Kind::Boolean(holds)))
}

/// The comparison as a person writes it: a length is not compared with 0, and a boolean not with a boolean.
fn simplified(comparator: Comparator, left: Value, right: Value) -> Value {
    if matches!(left.kind, Kind::Integer(_) | Kind::Double(_) | Kind::Text(_) | Kind::Boolean(_)) {
        return simplified(comparator.mirrored(), right, left);
    }
    match (left.kind, &right.kind) {
        (Kind::Length(of), Kind::Integer(number)) => match (comparator, number) {
            (Comparator::Equal | Comparator::LessOrEqual, 0) | (Comparator::Less, 1) => Value::boolean(Kind::IsEmpty(of)),
            (Comparator::NotEqual | Comparator::Greater, 0) | (Comparator::GreaterOrEqual, 1) => not(Value::boolean(Kind::IsEmpty(of))),
            (Comparator::Less | Comparator::GreaterOrEqual, 0) => {
                // The result is known, unless the argument is null. Rust refuses such a comparison of `usize`.
                let length = Value { kind: Kind::Length(of), ..left };
                comparison(comparator, cast(length, Number::Length, Number::Long), cast(right, Number::Length, Number::Long))
            }
            _ => comparison(comparator, Value { kind: Kind::Length(of), ..left }, right),
        },
        (kind, Kind::Boolean(wanted)) if !left.nullable => {
            let value = Value::boolean(kind);
            if *wanted == (comparator == Comparator::Equal) { value } else { not(value) }
        }
        (kind, _) => comparison(comparator, Value { kind, ..left }, right),
    }
}

fn comparison(comparator: Comparator, left: Value, right: Value) -> Value {
    let nullable = !comparator.is_equality() && (left.nullable || right.nullable);
    Value::new(Kind::Compare(comparator, Box::new(left), Box::new(right)), Type::Boolean, nullable)
}

/// Tells if a value is null, or if it is not.
fn is_null(of: Value, wanted: bool) -> Value {
    if of.ty == Type::Null {
        return Value::boolean(Kind::Boolean(wanted));
    }
    if !of.nullable {
        return after(of, Value::boolean(Kind::Boolean(!wanted)));
    }
    let is_null = Value::boolean(Kind::IsNull(Box::new(of)));
    if wanted { is_null } else { not(is_null) }
}

/// The negation of a boolean that is not null.
fn not(value: Value) -> Value {
    match value.kind {
        Kind::Not(inside) => *inside,
        Kind::Boolean(value) => Value::boolean(Kind::Boolean(!value)),
        Kind::Compare(comparator, left, right) => Value::boolean(Kind::Compare(comparator.negated(), left, right)),
        Kind::Both(left, right) => Value::boolean(Kind::Either(Box::new(not(*left)), Box::new(not(*right)))),
        Kind::Either(left, right) => Value::boolean(Kind::Both(Box::new(not(*left)), Box::new(not(*right)))),
        _ => Value::boolean(Kind::Not(Box::new(value))),
    }
}

impl Compiler<'_> {
    /// Tells if an expression is true as a condition, or if it is not.
    pub(super) fn condition(&mut self, expression: &Expression, current: &Value, wanted: bool) -> Result<Value, Fault> {
        match &expression.kind {
            Syntax::Not(inside) => self.condition(inside, current, !wanted),
            Syntax::And(left, right) | Syntax::Or(left, right) => {
                let left = Box::new(self.condition(left, current, wanted)?);
                let right = Box::new(self.condition(right, current, wanted)?);
                let is_and = matches!(expression.kind, Syntax::And(..));
                Ok(Value::boolean(if is_and == wanted { Kind::Both(left, right) } else { Kind::Either(left, right) }))
            }
            _ => {
                let value = self.expression(expression, current)?;
                truth(read(value), wanted, expression.offset)
            }
        }
    }
}

/// Tells if a value is true as a condition, or if it is not.
fn truth(value: Value, wanted: bool, at: usize) -> Result<Value, Fault> {
    let truth = match &value.ty {
        Type::Null => Value::boolean(Kind::Boolean(false)),
        Type::Boolean if !value.nullable => value,
        Type::Boolean => comparison(Comparator::Equal, value, Value::boolean(Kind::Boolean(true))),
        ty if is_always_true(ty) => is_null(value, false),
        Type::Held(rust::Type::Document) => return Err(Fault::new(at, "a document is not a condition")),
        _ if value.nullable => Value::boolean(Kind::Truth(Box::new(value))),
        _ => not(Value::boolean(Kind::IsEmpty(Box::new(value)))),
    };
    Ok(if wanted { truth } else { not(truth) })
}

/// `left || right`.
pub(super) fn or(left: Value, right: Value, at: usize) -> Result<Value, Fault> {
    let (left, right) = alike(left, right, "||", at)?;
    if left.ty == Type::Boolean && !left.nullable && !right.nullable {
        return Ok(Value::boolean(Kind::Either(Box::new(left), Box::new(right))));
    }
    if left.ty == Type::Null {
        return Ok(right);
    }
    if is_always_true(&left.ty) || is_empty(&right) {
        return Ok(or_else(left, right));
    }
    let ty = left.ty.clone();
    Ok(or_else(Value::new(Kind::Truthy(Box::new(left)), ty, true), right))
}

/// `left && right`.
pub(super) fn and(left: Value, right: Value, at: usize) -> Result<Value, Fault> {
    let left = read(left);
    if left.ty == Type::Null {
        return Ok(left);
    }
    if is_always_true(&left.ty) {
        let right = read(right);
        let (ty, nullable) = (right.ty.clone(), left.nullable || right.nullable);
        let both = |left, right| Value::new(Kind::AndThen(Box::new(left), Box::new(right)), ty, nullable);
        return Ok(if left.nullable { both(left, right) } else { after(left, right) });
    }
    let (left, right) = alike(left, right, "&&", at)?;
    if left.ty == Type::Boolean && !left.nullable && !right.nullable {
        return Ok(Value::boolean(Kind::Both(Box::new(left), Box::new(right))));
    }
    let (ty, nullable) = (left.ty.clone(), left.nullable || right.nullable);
    Ok(Value::new(Kind::And(Box::new(left), Box::new(right)), ty, nullable))
}

/// The first value that is not null.
pub(super) fn first(values: Vec<Value>, at: usize) -> Result<Value, Fault> {
    let mut values = values.into_iter();
    let Some(mut first) = values.next() else { return Ok(Value::null()) };
    for value in values {
        let (left, right) = alike(first, value, "not_null", at)?;
        // All arguments are evaluated, whichever is the result.
        first = after(right.clone(), or_else(left, right));
    }
    Ok(first)
}

fn or_else(left: Value, right: Value) -> Value {
    if left.ty == Type::Null {
        return right;
    }
    if !left.nullable || right.ty == Type::Null {
        return left;
    }
    let (ty, nullable) = (left.ty.clone(), right.nullable);
    Value::new(Kind::OrElse(Box::new(left), Box::new(right)), ty, nullable)
}

/// True for a constant that is empty, which is the same whether it stands for itself or for an empty value.
fn is_empty(value: &Value) -> bool {
    matches!(&value.kind, Kind::Text(text) if text.is_empty()) || matches!(&value.kind, Kind::Boolean(false))
}

/// Two values that one expression may return, as one type.
fn alike(left: Value, right: Value, what: &str, at: usize) -> Result<(Value, Value), Fault> {
    let (left, right) = (own(left), own(right));
    if left.ty == Type::Null || right.ty == Type::Null {
        return Ok((left, right));
    }
    same_type(left, right).map_err(|(one, other)| {
        Fault::new(at, format!("both sides of `{what}` must have one type, found {} and {}", described(&one), described(&other)))
    })
}

/// Two values as one type, or their types if there is none.
pub(super) fn same_type(left: Value, right: Value) -> Result<(Value, Value), (Type, Type)> {
    if left.ty == right.ty {
        return Ok((left, right));
    }
    match (&left.ty, &right.ty) {
        (Type::Number(one), Type::Number(other)) => {
            let (one, other) = (*one, *other);
            Ok(same_number(left, one, right, other))
        }
        _ => Err((left.ty, right.ty)),
    }
}

/// A number of JSON.
pub(super) fn number(number: &JsonNumber, at: usize) -> Result<Value, Fault> {
    if let Some(integer) = number.as_i64() {
        return Ok(Value::new(Kind::Integer(integer), Type::Number(Number::Long), false));
    }
    match number.as_f64() {
        // A whole number with a decimal point is compared with integers as an integer.
        #[expect(clippy::cast_possible_truncation, reason = "the number is whole and small")]
        Some(double) if double.fract() == 0.0 && double.abs() < 1e15 => {
            Ok(Value::new(Kind::Integer(double as i64), Type::Number(Number::Long), false))
        }
        Some(double) => Ok(Value::new(Kind::Double(double), Type::Number(Number::Double), false)),
        None => Err(Fault::new(at, "the number is too large")),
    }
}

fn same_number(left: Value, one: Number, right: Value, other: Number) -> (Value, Value) {
    if let Some(left) = constant(&left, other) {
        return (left, right);
    }
    if let Some(right) = constant(&right, one) {
        return (left, right);
    }
    let is_real = |number| matches!(number, Number::Float | Number::Double);
    let common = if is_real(one) || is_real(other) { Number::Double } else { Number::Long };
    (cast(left, one, common), cast(right, other, common))
}

/// A constant as another type that has its value.
fn constant(value: &Value, wanted: Number) -> Option<Value> {
    let kind = match (&value.kind, wanted) {
        #[expect(clippy::cast_precision_loss, reason = "constants of expressions are small")]
        (Kind::Integer(number), Number::Float | Number::Double) => Kind::Double(*number as f64),
        (Kind::Double(number), Number::Float | Number::Double) => Kind::Double(*number),
        (Kind::Integer(number), _) => {
            let fits = match wanted {
                Number::Byte => i8::try_from(*number).is_ok(),
                Number::Short => i16::try_from(*number).is_ok(),
                Number::Integer => i32::try_from(*number).is_ok(),
                Number::Length => u32::try_from(*number).is_ok(),
                _ => true,
            };
            fits.then_some(Kind::Integer(*number))?
        }
        _ => return None,
    };
    Some(Value::new(kind, Type::Number(wanted), false))
}

fn cast(value: Value, from: Number, to: Number) -> Value {
    if from == to {
        return value;
    }
    if let Some(constant) = constant(&value, to) {
        return constant;
    }
    let nullable = value.nullable;
    Value::new(Kind::Cast(Box::new(value)), Type::Number(to), nullable)
}
