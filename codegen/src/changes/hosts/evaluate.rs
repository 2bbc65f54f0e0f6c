//! The endpoint that rules choose in some settings.
//!
//! The settings are the region, FIPS and dual stack. Rules that ask for anything else, such as the parts of an ARN, have no answer here.

use super::partitions::{self, Partition};
use crate::rules::{Condition, Constant, Endpoint, Expression, ExpressionKind, Parameter, Piece, Rule, RuleSet, Step, Then, path};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The settings that decide.
pub(super) struct Settings<'s> {
    pub(super) region: &'s str,
    pub(super) fips: bool,
    pub(super) dual_stack: bool,
}

/// The endpoint in words: its address and how requests are signed, or the error that the rules choose.
pub(super) fn endpoint(rules: &RuleSet, settings: &Settings<'_>) -> String {
    let parameters = rules.parameters.iter().map(|(name, parameter)| (name.clone(), value_of(parameter, settings)));
    let outcome = Scope(parameters.collect()).rules(&rules.rules);
    outcome.unwrap_or_else(|Unknown| Some("a host that depends on other settings".to_owned())).unwrap_or_else(|| "no host".to_owned())
}

fn value_of(parameter: &Parameter, settings: &Settings<'_>) -> Value {
    match parameter.built_in.as_deref() {
        Some("AWS::Region") => Value::Text(settings.region.to_owned()),
        Some("AWS::UseFIPS") => Value::Boolean(settings.fips),
        Some("AWS::UseDualStack") => Value::Boolean(settings.dual_stack),
        _ => match &parameter.default {
            None => Value::Unset,
            Some(Constant::Text(text)) => Value::Text(text.clone()),
            Some(Constant::Boolean(value)) => Value::Boolean(*value),
            Some(Constant::List(items)) => Value::List(items.clone()),
        },
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Unset,
    Boolean(bool),
    Integer(i64),
    Text(String),
    List(Vec<String>),
    Partition(&'static Partition),
}

/// The longest text that is followed, in bytes. Rules could double a text at every step.
const LONGEST: usize = 10_000;

/// The rules ask for something that the settings do not decide.
struct Unknown;

/// The values by name.
#[derive(Clone)]
struct Scope(BTreeMap<String, Value>);

impl Scope {
    /// The outcome of the first rule whose conditions hold; none if there is no such rule. The parser bounds the depth.
    fn rules(&self, rules: &[Rule]) -> Result<Option<String>, Unknown> {
        for rule in rules {
            let mut scope = self.clone();
            if !scope.hold(&rule.conditions)? {
                continue;
            }
            let outcome = match &rule.then {
                Then::Rules(rules) => scope.rules(rules)?,
                Then::Endpoint(endpoint) => Some(scope.endpoint(endpoint)?),
                Then::Error(text) => Some(format!("the error {:?}", scope.text(text)?)),
            };
            if outcome.is_some() {
                return Ok(outcome);
            }
        }
        Ok(None)
    }

    /// Returns whether all conditions hold. They may add values.
    fn hold(&mut self, conditions: &[Condition]) -> Result<bool, Unknown> {
        for condition in conditions {
            let value = self.value(&condition.call)?;
            if matches!(value, Value::Unset | Value::Boolean(false)) {
                return Ok(false);
            }
            if let Some(name) = &condition.assign {
                self.0.insert(name.clone(), value);
            }
        }
        Ok(true)
    }

    fn endpoint(&self, endpoint: &Endpoint) -> Result<String, Unknown> {
        let url = self.text(&endpoint.url)?;
        let mut words = url.strip_prefix("https://").unwrap_or(&url).to_owned();
        // Writing to a string cannot fail.
        for scheme in &endpoint.auth_schemes {
            let _ = write!(words, ", {}", scheme.name);
            for (what, value) in [("for", &scheme.signing_name), ("in", &scheme.signing_region)] {
                if let Some(value) = value {
                    let _ = write!(words, " {what} {}", self.text(value)?);
                }
            }
        }
        for (name, values) in &endpoint.headers {
            for value in values {
                let _ = write!(words, ", {name}: {}", self.text(value)?);
            }
        }
        Ok(words)
    }

    fn value(&self, expression: &Expression) -> Result<Value, Unknown> {
        match &expression.kind {
            ExpressionKind::Boolean(value) => Ok(Value::Boolean(*value)),
            ExpressionKind::Integer(value) => Ok(Value::Integer(*value)),
            ExpressionKind::Reference(name) => self.0.get(name).cloned().ok_or(Unknown),
            ExpressionKind::Text(pieces) => {
                let mut text = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Text(part) => text += part,
                        Piece::Value { name, path } => match inside(self.0.get(name).cloned().ok_or(Unknown)?, path)? {
                            Value::Text(part) => text += &part,
                            _ => return Err(Unknown),
                        },
                    }
                    if text.len() > LONGEST {
                        return Err(Unknown);
                    }
                }
                Ok(Value::Text(text))
            }
            ExpressionKind::Call { function, arguments } => self.call(function, arguments),
        }
    }

    fn text(&self, expression: &Expression) -> Result<String, Unknown> {
        if let Value::Text(text) = self.value(expression)? { Ok(text) } else { Err(Unknown) }
    }

    fn boolean(&self, expression: &Expression) -> Result<bool, Unknown> {
        if let Value::Boolean(value) = self.value(expression)? { Ok(value) } else { Err(Unknown) }
    }

    fn call(&self, function: &str, arguments: &[Expression]) -> Result<Value, Unknown> {
        Ok(match (function, arguments) {
            ("isSet", [value]) => Value::Boolean(self.value(value)? != Value::Unset),
            ("not", [value]) => Value::Boolean(!self.boolean(value)?),
            ("booleanEquals" | "stringEquals", [a, b]) => Value::Boolean(self.value(a)? == self.value(b)?),
            ("getAttr", [from, to]) => inside(self.value(from)?, &path(&self.text(to)?).map_err(|_| Unknown)?)?,
            ("ite", [condition, then, otherwise]) => self.value(if self.boolean(condition)? { then } else { otherwise })?,
            ("coalesce", values) => {
                for value in values {
                    let value = self.value(value)?;
                    if value != Value::Unset {
                        return Ok(value);
                    }
                }
                Value::Unset
            }
            ("aws.partition", [region]) => Value::Partition(partitions::of(&self.text(region)?)),
            ("isValidHostLabel", [text, dots]) => {
                let (text, dots) = (self.text(text)?, self.boolean(dots)?);
                let is_label = |label: &str| {
                    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
                    (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-') && label.bytes().all(is_inner)
                };
                Value::Boolean(if dots { text.split('.').all(is_label) } else { is_label(&text) })
            }
            _ => return Err(Unknown),
        })
    }
}

/// The part of a value at the end of a path.
fn inside(value: Value, path: &[Step]) -> Result<Value, Unknown> {
    match (value, path) {
        (value, []) => Ok(value),
        (Value::Partition(partition), [Step::Key(key)]) => match key.as_str() {
            "name" => Ok(Value::Text(partition.name.to_owned())),
            "dnsSuffix" => Ok(Value::Text(partition.dns_suffix.to_owned())),
            "dualStackDnsSuffix" => Ok(Value::Text(partition.dual_stack_dns_suffix.to_owned())),
            "implicitGlobalRegion" => Ok(Value::Text(partition.implicit_global_region.to_owned())),
            "supportsFIPS" | "supportsDualStack" => Ok(Value::Boolean(true)),
            _ => Err(Unknown),
        },
        (Value::List(items), [Step::Index(index)]) => {
            let length = items.len();
            let index = if *index < 0 { length.checked_sub(index.unsigned_abs()) } else { Some(index.unsigned_abs()) };
            Ok(index.and_then(|index| items.into_iter().nth(index)).map_or(Value::Unset, Value::Text))
        }
        _ => Err(Unknown),
    }
}
