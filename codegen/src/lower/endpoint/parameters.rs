//! The parameters of rules: settings of the client, or values known at generation time.

use super::expression::Typed;
use super::{Lowering, Region};
use crate::diagnostic::{Diagnostic, quoted};
use crate::model::{Model, Pointer};
use crate::rules::{Constant, Parameter, ParameterKind, RuleSet};
use crate::rust::endpoint::{Binding, Unset, Value};
use crate::select::Selection;
use crate::suggest::enumeration;
use serde_json::Value as Json;

/// The standard settings of SDKs, the fields of the runtime's `Params` and their types.
const BOUND: [(&str, &str, ParameterKind); 4] = [
    ("AWS::Region", "region", ParameterKind::String),
    ("AWS::UseFIPS", "use_fips", ParameterKind::Boolean),
    ("AWS::UseDualStack", "use_dual_stack", ParameterKind::Boolean),
    ("SDK::Endpoint", "endpoint", ParameterKind::String),
];

const STATIC: &str = "smithy.rules#staticContextParams";

impl Lowering {
    /// Gives every parameter its value and returns those that are settings.
    pub(super) fn parameters(&mut self, rules: &RuleSet, model: &Model, selection: &Selection) -> Vec<Binding> {
        let mut bindings = Vec::new();
        let mut unbound: Vec<(String, &Pointer)> = Vec::new();
        for (name, parameter) in &rules.parameters {
            let built_in = parameter.built_in.as_deref();
            if let Some((_, field, kind)) = BOUND.iter().find(|(id, ..)| Some(*id) == built_in) {
                bindings.extend(self.bind(name, parameter, field, *kind));
                continue;
            }
            let common = common_value(name, parameter.kind, model, selection);
            if common.is_none() {
                unbound.push((built_in.unwrap_or(name).to_owned(), &parameter.at));
            }
            let value = common.or_else(|| parameter.default.clone());
            if value.is_none() && parameter.required {
                let hint = "the operations give it different values, or the client has no such setting: choose operations that agree";
                let message = format!("the parameter {} is required, and the client has no value for it", quoted(name));
                self.findings.error_with_hint(&parameter.at, message, hint);
            }
            self.scope.push((name.clone(), constant(value, parameter.kind)));
        }
        if let Some((_, first)) = unbound.first() {
            let names: Vec<&str> = unbound.iter().map(|(name, _)| name.as_str()).collect();
            let message = format!("the client has no settings for these parameters of the endpoint rules: {}", enumeration(&names));
            let hint = "they have their defaults, or are unset";
            self.note = Some(Diagnostic::note(&rules.file, first, message).hint(hint));
        }
        bindings
    }

    fn bind(&mut self, name: &str, parameter: &Parameter, field: &'static str, kind: ParameterKind) -> Option<Binding> {
        if parameter.kind != kind {
            self.findings.error(&parameter.at, format!("the parameter {} does not have the type of its `builtIn`", quoted(name)));
            self.scope.push((name.to_owned(), constant(None, parameter.kind)));
            return None;
        }
        let own = self.name(name, &parameter.at)?;
        let is_required = parameter.required || (field == "region" && self.region == Region::Required);
        let unset = match (&parameter.default, is_required) {
            _ if kind == ParameterKind::Boolean => Unset::Stays,
            (Some(Constant::Text(text)), _) => Unset::Default(text.clone()),
            (_, true) => Unset::Error(format!("the endpoint rules need the setting {field}")),
            (_, false) => Unset::Stays,
        };
        let optional = kind == ParameterKind::String && matches!(unset, Unset::Stays);
        if optional && field == "region" {
            self.region = Region::Optional(Some(own.clone()));
        }
        let typed = Typed::of(Value::Name(own.clone()), kind.into());
        self.scope.push((name.to_owned(), Typed { optional, ..typed }));
        Some(Binding { field, name: own, unset })
    }
}

fn constant(value: Option<Constant>, kind: ParameterKind) -> Typed {
    match value {
        None => Typed::optional(Value::Unset, kind.into()),
        Some(Constant::Text(text)) => Typed::of(Value::Text(text), kind.into()),
        Some(Constant::Boolean(value)) => Typed::of(Value::Boolean(value), kind.into()),
        Some(Constant::List(items)) => Typed::owned(Value::List(items), kind.into()),
    }
}

/// The value that every selected operation gives the parameter. A client resolves one endpoint for all of them.
fn common_value(name: &str, kind: ParameterKind, model: &Model, selection: &Selection) -> Option<Constant> {
    let mut values = selection.operations.iter().map(|id| {
        let value = model.shape(id)?.traits.get(STATIC)?.get(name)?.get("value")?;
        match (value, kind) {
            (Json::String(text), ParameterKind::String) => Some(Constant::Text(text.clone())),
            (Json::Bool(value), ParameterKind::Boolean) => Some(Constant::Boolean(*value)),
            (Json::Array(items), ParameterKind::StringArray) => {
                items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>().map(Constant::List)
            }
            _ => None,
        }
    });
    let first = values.next()??;
    values.all(|value| value.as_ref() == Some(&first)).then_some(first)
}
