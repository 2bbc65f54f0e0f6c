//! The functions of the rules language and of AWS's extension.

use super::Lowering;
use super::expression::{Kind, Typed};
use crate::diagnostic::quoted;
use crate::model::Pointer;
use crate::rules::{Expression, ExpressionKind, Piece, path};
use crate::rust::endpoint::Value;
use crate::suggest::did_you_mean;

/// A function that becomes a plain call: its name in the rules, its name in the runtime, the types of its arguments and of its result.
struct Plain {
    name: &'static str,
    call: &'static str,
    takes: &'static [Kind],
    gives: Kind,
    optional: bool,
    owned: bool,
}

const PLAIN: [Plain; 8] = [
    plain("aws.isVirtualHostableS3Bucket", "is_virtual_hostable_s3_bucket", &[Kind::Text, Kind::Boolean], Kind::Boolean, false, false),
    plain("aws.parseArn", "parse_arn", &[Kind::Text], Kind::Arn, true, false),
    plain("aws.partition", "partition", &[Kind::Text], Kind::Partition, false, false),
    plain("isValidHostLabel", "is_valid_host_label", &[Kind::Text, Kind::Boolean], Kind::Boolean, false, false),
    plain("parseURL", "parse_url", &[Kind::Text], Kind::Url, true, false),
    plain("split", "split", &[Kind::Text, Kind::Text, Kind::Integer], Kind::List, false, true),
    plain("substring", "substring", &[Kind::Text, Kind::Integer, Kind::Integer, Kind::Boolean], Kind::Text, true, false),
    plain("uriEncode", "uri_encode", &[Kind::Text], Kind::Text, false, true),
];

const fn plain(name: &'static str, call: &'static str, takes: &'static [Kind], gives: Kind, optional: bool, owned: bool) -> Plain {
    Plain { name, call, takes, gives, optional, owned }
}

/// Functions that do not become a plain call.
const OTHERS: [&str; 7] = ["booleanEquals", "coalesce", "getAttr", "isSet", "ite", "not", "stringEquals"];

impl Lowering {
    pub(super) fn call(&mut self, function: &str, arguments: &[Expression], at: &Pointer) -> Option<Typed> {
        match (function, arguments) {
            ("isSet", [value]) => self.is_set(value),
            ("not", [value]) => self.of_kind(value, Kind::Boolean).map(|typed| Typed::of(not(typed.value), Kind::Boolean)),
            ("booleanEquals", [a, b]) => self.equal(a, b, Kind::Boolean),
            ("stringEquals", [a, b]) => self.equal(a, b, Kind::Text),
            ("getAttr", [from, to]) => self.get_attr(from, to),
            ("ite", [condition, then, otherwise]) => self.choice(condition, then, otherwise, at),
            ("coalesce", [_, _, ..]) => self.coalesce(arguments, at),
            _ => self.plain(function, arguments, at),
        }
    }

    fn plain(&mut self, function: &str, arguments: &[Expression], at: &Pointer) -> Option<Typed> {
        let Some(plain) = PLAIN.iter().find(|plain| plain.name == function && plain.takes.len() == arguments.len()) else {
            let names = || PLAIN.iter().map(|plain| plain.name).chain(OTHERS);
            if names().any(|name| name == function) {
                self.findings.error(at, format!("{} does not take {} arguments", quoted(function), arguments.len()));
            } else {
                let message = format!("{} is not a function of the rules language", quoted(function));
                self.findings.error_with_search(at, message, || did_you_mean(function, names()));
            }
            return None;
        };
        let mut values = Vec::new();
        for (argument, kind) in arguments.iter().zip(plain.takes) {
            if let Some(typed) = self.of_kind(argument, *kind) {
                if matches!(typed.value, Value::Integer(number) if number < 0) {
                    self.findings.error(&argument.at, "the number must not be negative");
                }
                values.push(typed.argument());
            }
        }
        let value = Value::Call(plain.call, values);
        Some(Typed { value, kind: plain.gives, optional: plain.optional, owned: plain.owned })
    }

    /// The name and value that a call of `isSet` tests, if the value may be unset.
    pub(super) fn tested(&self, call: &Expression) -> Option<(String, &Typed)> {
        let ExpressionKind::Call { function, arguments } = &call.kind else { return None };
        let [Expression { kind: ExpressionKind::Reference(name), .. }] = arguments.as_slice() else { return None };
        let (_, typed) = self.scope.iter().rev().find(|(known, _)| known == name)?;
        (function == "isSet" && typed.optional).then(|| (name.clone(), typed))
    }

    /// The name and type that a call of `isSet` tests, if the value is always unset.
    pub(super) fn unset(&self, call: &Expression) -> Option<(String, Kind)> {
        let (name, typed) = self.tested(call)?;
        (typed.value == Value::Unset).then_some((name, typed.kind))
    }

    fn is_set(&mut self, value: &Expression) -> Option<Typed> {
        let typed = self.expression(value)?;
        let value = match typed.value {
            Value::Unset => Value::Boolean(false),
            value if typed.optional => Value::Method(Box::new(value), "is_some", Vec::new()),
            _ => Value::Boolean(true),
        };
        Some(Typed::of(value, Kind::Boolean))
    }

    fn equal(&mut self, a: &Expression, b: &Expression, kind: Kind) -> Option<Typed> {
        let (a, b) = (self.of_kind(a, kind), self.of_kind(b, kind));
        let value = match (a?.value, b?.value) {
            (Value::Text(a), Value::Text(b)) => Value::Boolean(a == b),
            (Value::Boolean(true), other) | (other, Value::Boolean(true)) => other,
            (Value::Boolean(false), other) | (other, Value::Boolean(false)) => not(other),
            (a, b) if a == b => Value::Boolean(true),
            (Value::Text(text), other) | (other, Value::Text(text)) if text.is_empty() => {
                Value::Method(Box::new(other), "is_empty", Vec::new())
            }
            // The constant is written on the right, as is usual.
            (a @ Value::Text(_), b) => Value::Equal(Box::new(b), Box::new(a)),
            (a, b) => Value::Equal(Box::new(a), Box::new(b)),
        };
        Some(Typed::of(value, Kind::Boolean))
    }

    fn get_attr(&mut self, from: &Expression, to: &Expression) -> Option<Typed> {
        let typed = self.expression(from)?;
        let text = match &to.kind {
            ExpressionKind::Text(pieces) => match pieces.as_slice() {
                [Piece::Text(text)] => Some(text),
                _ => None,
            },
            _ => None,
        };
        let steps = text.map_or(Err("not a path into a value: expected a string without placeholders"), |text| path(text));
        match steps {
            Ok(steps) => self.attribute(typed, &steps, &from.at),
            Err(fault) => {
                self.findings.error(&to.at, format!("this is {fault}"));
                None
            }
        }
    }

    fn choice(&mut self, condition: &Expression, then: &Expression, otherwise: &Expression, at: &Pointer) -> Option<Typed> {
        let condition = self.of_kind(condition, Kind::Boolean);
        let [a, b]: [Typed; 2] = self.alike(&[then.clone(), otherwise.clone()], at)?.try_into().ok()?;
        let (optional, kind, owned) = (a.optional || b.optional, a.kind, a.owned);
        let wrap = |typed: Typed| if optional && !typed.optional { Value::Some(Box::new(typed.value)) } else { typed.value };
        let value = match condition?.value {
            Value::Boolean(true) => return Some(a),
            Value::Boolean(false) => return Some(b),
            condition => Value::Choice(Box::new([condition, wrap(a), wrap(b)])),
        };
        Some(Typed { value, kind, optional, owned })
    }

    fn coalesce(&mut self, arguments: &[Expression], at: &Pointer) -> Option<Typed> {
        let mut values = self.alike(arguments, at)?.into_iter().filter(|typed| typed.value != Value::Unset).peekable();
        let Some(mut first) = values.next() else { return self.expression(arguments.first()?) };
        for next in values {
            if !first.optional {
                break;
            }
            let method = if next.optional { "or" } else { "unwrap_or" };
            first = Typed { value: Value::Method(Box::new(first.value), method, vec![next.value]), ..next };
        }
        Some(first)
    }

    /// Strings or booleans for the same place: if one of the strings is owned, all of them are.
    fn alike(&mut self, arguments: &[Expression], at: &Pointer) -> Option<Vec<Typed>> {
        let mut values = Vec::new();
        for argument in arguments {
            values.extend(self.expression(argument));
        }
        if values.len() < arguments.len() {
            return None;
        }
        let kind = values.first()?.kind;
        if !matches!(kind, Kind::Text | Kind::Boolean) || values.iter().any(|value| value.kind != kind) {
            self.findings.error(at, "the values must be all strings or all booleans");
            return None;
        }
        if values.iter().any(|value| value.owned) {
            for typed in &mut values {
                if typed.value != Value::Unset && !matches!(typed.value, Value::Format(_)) {
                    let optional = typed.optional;
                    *typed = Typed { value: Value::Owned(Box::new(typed.value.clone()), optional), owned: true, ..typed.clone() };
                }
            }
        }
        Some(values)
    }
}

fn not(value: Value) -> Value {
    match value {
        Value::Boolean(value) => Value::Boolean(!value),
        Value::Not(value) => *value,
        Value::Equal(a, b) => Value::Different(a, b),
        Value::Different(a, b) => Value::Equal(a, b),
        Value::Method(value, "is_some", arguments) => Value::Method(value, "is_none", arguments),
        Value::Method(value, "is_none", arguments) => Value::Method(value, "is_some", arguments),
        value => Value::Not(Box::new(value)),
    }
}
