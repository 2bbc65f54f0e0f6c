//! A service's endpoint rules, in the terms of Smithy's rules language. They are the value of the trait `smithy.rules#endpointRuleSet`, or
//! botocore's `endpoint-rule-set-1.json` with the same content.
//!
//! Malformed rules are found when they are read; wrong types and unknown names are found when they are lowered. Both recurse only as deeply as the
//! JSON is nested, which the parser bounds.

mod read;
mod template;

pub(crate) use template::{Piece, Step, path};

use crate::Source;
use crate::diagnostic::{Diagnostic, Findings};
use crate::json::{self, Json, Object};
use crate::model::{Kind, Model, Pointer};
use std::collections::BTreeMap;

const RULE_SET: &str = "smithy.rules#endpointRuleSet";
const DIAGRAM: &str = "smithy.rules#endpointBdd";

/// The hint of a finding about a file that is not a rule set.
const WHAT_IT_IS: &str = "a rule set is botocore's endpoint-rule-set-1.json, or the value of the trait `endpointRuleSet`";

/// A rule set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RuleSet {
    /// The file that the rules were read from.
    pub(crate) file: String,
    pub(crate) parameters: BTreeMap<String, Parameter>,
    pub(crate) rules: Vec<Rule>,
}

/// A parameter of the rules, which is a setting.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) kind: ParameterKind,
    /// The standard setting that the parameter stands for, such as `AWS::Region`.
    pub(crate) built_in: Option<String>,
    pub(crate) required: bool,
    pub(crate) default: Option<Constant>,
    pub(crate) at: Pointer,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ParameterKind {
    String,
    Boolean,
    StringArray,
}

/// A value known at generation time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Constant {
    Text(String),
    Boolean(bool),
    List(Vec<String>),
}

impl Constant {
    pub(crate) fn kind(&self) -> ParameterKind {
        match self {
            Constant::Text(_) => ParameterKind::String,
            Constant::Boolean(_) => ParameterKind::Boolean,
            Constant::List(_) => ParameterKind::StringArray,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    pub(crate) conditions: Vec<Condition>,
    pub(crate) then: Then,
}

/// The consequence of a rule whose conditions hold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Then {
    Rules(Vec<Rule>),
    Endpoint(Endpoint),
    Error(Expression),
}

/// A function call that must return a value other than false.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) call: Expression,
    /// The name for the value in later conditions and rules.
    pub(crate) assign: Option<String>,
    pub(crate) at: Pointer,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Endpoint {
    pub(crate) url: Expression,
    /// The signing schemes, the preferred one first.
    pub(crate) auth_schemes: Vec<AuthScheme>,
    pub(crate) headers: Vec<(String, Vec<Expression>)>,
    pub(crate) at: Pointer,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AuthScheme {
    pub(crate) name: String,
    pub(crate) signing_name: Option<Expression>,
    pub(crate) signing_region: Option<Expression>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    pub(crate) kind: ExpressionKind,
    pub(crate) at: Pointer,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExpressionKind {
    Text(Vec<Piece>),
    Boolean(bool),
    Integer(i64),
    Reference(String),
    Call { function: String, arguments: Vec<Expression> },
}

/// Reads the rules of the model's service, from a file of their own or else from the model. `None` if there are none, or after a finding.
pub(crate) fn read(model: &Model, file: &str, own: Option<&Source<'_>>, findings: &mut Vec<Diagnostic>) -> Option<RuleSet> {
    if let Some(source) = own {
        return of_source(source, findings);
    }
    let (_, shape, _) = model.services().next()?;
    let Some(value) = shape.traits.get(RULE_SET) else {
        if shape.traits.has(DIAGRAM) {
            let message = format!("the service has its endpoint rules as a decision diagram only (`{DIAGRAM}`), which is not supported");
            let hint = "requests will go to the usual regional host; to use rules from a file: --endpoint-rules FILE";
            findings.push(Diagnostic::warning(file, &shape.pointer, message).hint(hint));
        }
        return None;
    };
    let mut found = Findings::new(file);
    let value = Json::of(value, &[]);
    let root = Object::of(&value, shape.pointer.join("traits").join(RULE_SET), &mut found);
    let rules = root.map(|mut root| read::rule_set(file, &mut root, &mut found));
    finish(rules, found, findings)
}

/// Makes the rules of a file part of the model, where they replace its own. Only the file's JSON is checked, so that rules that cannot be used can
/// still be compared.
pub(crate) fn attach(model: &mut Model, source: &Source<'_>) -> Result<(), Vec<Diagnostic>> {
    let mut found = Findings::new(source.file);
    let top = json::parse(source.file, source.text, &mut found).map_err(|finding| vec![finding.hint(WHAT_IT_IS)])?;
    let found = found.into_sorted();
    if !found.is_empty() {
        return Err(found);
    }
    for shape in model.shapes.values_mut().filter(|shape| matches!(shape.kind, Kind::Service(_))) {
        shape.traits.0.insert(RULE_SET.to_owned(), top.value());
    }
    Ok(())
}

fn of_source(source: &Source<'_>, findings: &mut Vec<Diagnostic>) -> Option<RuleSet> {
    let mut found = Findings::new(source.file);
    let top = match json::parse(source.file, source.text, &mut found) {
        Ok(top) => top,
        Err(finding) => {
            findings.push(finding.hint(WHAT_IT_IS));
            return None;
        }
    };
    let rules = read::rule_set(source.file, &mut Object::new(&top, Pointer::default()), &mut found);
    finish(Some(rules), found, findings)
}

fn finish(rules: Option<RuleSet>, found: Findings, findings: &mut Vec<Diagnostic>) -> Option<RuleSet> {
    let found = found.into_sorted();
    let rules = rules.filter(|_| found.is_empty());
    findings.extend(found);
    rules
}

#[cfg(test)]
mod tests;
