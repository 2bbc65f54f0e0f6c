//! JSON -> rule set.

use super::template;
use super::{AuthScheme, Condition, Constant, Endpoint, Expression, ExpressionKind, Parameter, ParameterKind, Rule, RuleSet, Then};
use crate::diagnostic::{Findings, quoted};
use crate::json::{Json, Object};
use crate::model::Pointer;
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) fn rule_set(file: &str, root: &mut Object<'_>, findings: &mut Findings) -> RuleSet {
    if let Some(version) = root.required_text("version", findings)
        && version.split('.').next() != Some("1")
    {
        let message = format!("version {} of the rules language is not supported", quoted(version));
        findings.error_with_hint(&root.at.join("version"), message, "version 1 is supported");
    }
    let mut parameters = BTreeMap::new();
    if let Some(entries) = required(root, "parameters", findings).and_then(|(value, at)| Object::of(value, at, findings)) {
        for (name, value, at) in entries.entries() {
            let parameter = Object::of(value, at, findings).and_then(|mut object| parameter(&mut object, findings));
            parameters.extend(parameter.map(|parameter| (name.to_owned(), parameter)));
        }
    }
    required(root, "rules", findings);
    let rules = rules(root, findings);
    RuleSet { file: file.to_owned(), parameters, rules }
}

/// The value of a required key.
fn required<'v>(object: &mut Object<'v>, key: &'static str, findings: &mut Findings) -> Option<(&'v Json, Pointer)> {
    let found = object.get(key);
    if found.is_none() {
        findings.error(&object.at, format!("the key `{key}` is missing"));
    }
    found
}

fn parameter(object: &mut Object<'_>, findings: &mut Findings) -> Option<Parameter> {
    let name = object.required_text("type", findings)?;
    // AWS writes `string` and `String`.
    let kind = match name.to_ascii_lowercase().as_str() {
        "string" => ParameterKind::String,
        "boolean" => ParameterKind::Boolean,
        "stringarray" => ParameterKind::StringArray,
        _ => {
            let message = format!("{} is not a parameter type", quoted(name));
            findings.error_with_hint(&object.at.join("type"), message, "the types are `string`, `boolean` and `stringArray`");
            return None;
        }
    };
    let built_in = object.text("builtIn", findings).map(str::to_owned);
    let required = object.flag("required", findings);
    let default = object.get("default").and_then(|(value, at)| {
        let constant = constant(value).filter(|constant| constant.kind() == kind);
        if constant.is_none() {
            findings.error(&at, format!("the default is not of the parameter's type, {}", quoted(name)));
        }
        constant
    });
    Some(Parameter { kind, built_in, required, default, at: object.at.clone() })
}

/// Converts a value that a parameter can have.
pub(super) fn constant(value: &Json) -> Option<Constant> {
    match value {
        Json::Scalar(Value::String(text)) => Some(Constant::Text(text.clone())),
        Json::Scalar(Value::Bool(value)) => Some(Constant::Boolean(*value)),
        Json::Array(items) => items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>().map(Constant::List),
        Json::Scalar(_) | Json::Object(_) => None,
    }
}

fn rules(object: &mut Object<'_>, findings: &mut Findings) -> Vec<Rule> {
    let items = object.items("rules", findings);
    items
        .into_iter()
        .filter_map(|(value, at)| {
            let mut object = Object::of(value, at, findings)?;
            rule(&mut object, findings)
        })
        .collect()
}

fn rule(object: &mut Object<'_>, findings: &mut Findings) -> Option<Rule> {
    let mut conditions = Vec::new();
    for (value, at) in object.items("conditions", findings) {
        conditions.extend(condition(value, at, findings));
    }
    let then = match object.required_text("type", findings)? {
        "tree" => {
            required(object, "rules", findings)?;
            Then::Rules(rules(object, findings))
        }
        "endpoint" => {
            let (value, at) = required(object, "endpoint", findings)?;
            Then::Endpoint(endpoint(&mut Object::of(value, at, findings)?, findings)?)
        }
        "error" => {
            let (value, at) = required(object, "error", findings)?;
            Then::Error(expression(value, at, findings)?)
        }
        other => {
            let message = format!("{} is not a rule type", quoted(other));
            findings.error_with_hint(&object.at.join("type"), message, "the types are `tree`, `endpoint` and `error`");
            return None;
        }
    };
    Some(Rule { conditions, then })
}

fn condition(value: &Json, at: Pointer, findings: &mut Findings) -> Option<Condition> {
    let mut object = Object::of(value, at.clone(), findings)?;
    let assign = object.text("assign", findings).map(str::to_owned);
    let call = expression(value, at.clone(), findings)?;
    if !matches!(call.kind, ExpressionKind::Call { .. }) {
        findings.error(&at, "a condition is a call of a function, with `fn` and `argv`");
        return None;
    }
    Some(Condition { call, assign, at })
}

fn expression(value: &Json, at: Pointer, findings: &mut Findings) -> Option<Expression> {
    let kind = match value {
        Json::Scalar(Value::Bool(value)) => ExpressionKind::Boolean(*value),
        Json::Scalar(Value::String(text)) => match template::parse(text) {
            Ok(pieces) => ExpressionKind::Text(pieces),
            Err(fault) => {
                findings.error(&at, format!("{} has {fault}", quoted(text)));
                return None;
            }
        },
        Json::Scalar(Value::Number(number)) if number.is_i64() => ExpressionKind::Integer(number.as_i64().unwrap_or_default()),
        object @ Json::Object(_) if object.get("ref").is_some() => {
            let name = Object::new(object, at.clone()).text("ref", findings)?;
            ExpressionKind::Reference(name.to_owned())
        }
        object @ Json::Object(_) => {
            let mut object = Object::new(object, at.clone());
            let function = object.required_text("fn", findings)?.to_owned();
            required(&mut object, "argv", findings)?;
            let items = object.items("argv", findings);
            let count = items.len();
            let arguments: Vec<Expression> = items.into_iter().filter_map(|(value, at)| expression(value, at, findings)).collect();
            if arguments.len() < count {
                return None;
            }
            ExpressionKind::Call { function, arguments }
        }
        other => {
            let message = format!("expected a string, true, false, a whole number, a `ref` or a call, found {}", other.kind());
            findings.error(&at, message);
            return None;
        }
    };
    Some(Expression { kind, at })
}

fn endpoint(object: &mut Object<'_>, findings: &mut Findings) -> Option<Endpoint> {
    let url = required(object, "url", findings).and_then(|(url, at)| expression(url, at, findings));
    let mut headers = Vec::new();
    if let Some(entries) = object.object("headers", findings) {
        for (name, value, at) in entries.entries() {
            headers.extend(header(name, value, &at, findings));
        }
    }
    let mut auth_schemes = Vec::new();
    if let Some(mut properties) = object.object("properties", findings) {
        for (value, at) in properties.items("authSchemes", findings) {
            let scheme = Object::of(value, at, findings).and_then(|mut scheme| auth_scheme(&mut scheme, findings));
            auth_schemes.extend(scheme);
        }
    }
    Some(Endpoint { url: url?, auth_schemes, headers, at: object.at.clone() })
}

/// A header and its values.
fn header(name: &str, value: &Json, at: &Pointer, findings: &mut Findings) -> Option<(String, Vec<Expression>)> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        findings.error(at, format!("{} is not a valid header name", quoted(name)));
        return None;
    }
    let Json::Array(items) = value else {
        findings.error(at, format!("expected an array, found {}", value.kind()));
        return None;
    };
    let values = items.iter().enumerate().filter_map(|(index, item)| expression(item, at.index(index), findings)).collect();
    Some((name.to_ascii_lowercase(), values))
}

fn auth_scheme(object: &mut Object<'_>, findings: &mut Findings) -> Option<AuthScheme> {
    let name = object.required_text("name", findings)?.to_owned();
    let mut text = |key| object.get(key).and_then(|(value, at)| expression(value, at, findings));
    Some(AuthScheme { name, signing_name: text("signingName"), signing_region: text("signingRegion") })
}
