//! Endpoint rules -> a function as a person would write it: values known at generation time are evaluated, an `isSet` becomes an `if let`, and
//! unreachable rules are left out.
//!
//! Rules that are left out are checked too, since a fault anywhere shows that something went wrong with the rule set.

mod expression;
mod functions;
mod parameters;

use crate::diagnostic::{Diagnostic, Findings, quoted};
use crate::model::{Model, Pointer};
use crate::names::{self, Name};
use crate::rules::{Condition, Endpoint, Rule, RuleSet, Then};
use crate::rust::endpoint::{self as plan, Block, End, Test, Value};
use crate::select::Selection;
use expression::{Kind, Typed};
use std::collections::BTreeMap;
use std::iter;

/// Makes the function, or reports all faults of the rules. Parameters for which the client has no setting are noted.
pub(super) fn lower(
    rules: &RuleSet,
    model: &Model,
    selection: &Selection,
    notes: &mut Vec<Diagnostic>,
) -> Result<plan::Rules, Vec<Diagnostic>> {
    let mut lowering = Lowering::new(rules, false);
    let mut bindings = lowering.parameters(rules, model, selection);
    let mut body = lowering.rules(&rules.rules);
    if lowering.region == Region::Needed {
        // Some old rule sets use the region without testing it.
        lowering = Lowering::new(rules, true);
        bindings = lowering.parameters(rules, model, selection);
        body = lowering.rules(&rules.rules);
    }
    body.append(Block { statements: Vec::new(), end: Some(End::Error(Value::Text(NO_RULE.to_owned()))) });
    let found = lowering.findings.into_sorted();
    if !found.is_empty() {
        return Err(found);
    }
    notes.extend(lowering.note);
    notes.extend(lowering.warnings.into_iter().map(|(at, message)| Diagnostic::warning(&rules.file, &at, message)));
    Ok(plan::Rules { bindings: bindings.into_iter().filter(|binding| body.uses(&binding.name)).collect(), body })
}

/// The error when no rule applies, which does not happen with AWS's rule sets.
const NO_RULE: &str = "the service's endpoint rules have no endpoint for these settings";

struct Lowering {
    findings: Findings,
    /// The value of each name of the rules, the innermost scope last.
    scope: Vec<(String, Typed)>,
    /// The names of the rules by their Rust names.
    names: BTreeMap<Name, String>,
    region: Region,
    /// A note about parameters for which the client has no setting.
    note: Option<Diagnostic>,
    warnings: Vec<(Pointer, String)>,
}

/// The presence of the region.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Region {
    /// The region may be unset. The name is the parameter's, once the rules test it.
    Optional(Option<Name>),
    /// The region may be unset, but the rules use it without testing it.
    Needed,
    /// The region is set, or the function returns an error before the first rule.
    Required,
}

/// A condition in Rust.
enum Step {
    Test(Test),
    Let(Name, Value),
    /// The condition is false, whatever the settings.
    Never,
}

impl Lowering {
    fn new(rules: &RuleSet, needs_region: bool) -> Self {
        Self {
            findings: Findings::new(&rules.file),
            scope: Vec::new(),
            names: BTreeMap::new(),
            region: if needs_region { Region::Required } else { Region::Optional(None) },
            note: None,
            warnings: Vec::new(),
        }
    }

    fn rules(&mut self, rules: &[Rule]) -> Block {
        let mut block = Block::default();
        for rule in rules {
            let rule = self.rule(rule);
            block.append(rule);
        }
        block
    }

    fn rule(&mut self, rule: &Rule) -> Block {
        let (outside, warned) = (self.scope.len(), self.warnings.len());
        let steps: Vec<Step> = rule.conditions.iter().filter_map(|condition| self.condition(condition)).collect();
        let mut block = match &rule.then {
            Then::Rules(rules) => self.rules(rules),
            Then::Endpoint(endpoint) => self.endpoint(endpoint),
            Then::Error(text) => Block { statements: Vec::new(), end: self.text(text).map(|text| End::Error(text.value)) },
        };
        self.scope.truncate(outside);
        if steps.iter().any(|step| matches!(step, Step::Never)) {
            self.warnings.truncate(warned);
            return Block::default();
        }
        for step in steps.into_iter().rev() {
            block = match step {
                Step::Test(test) => block.under(test),
                Step::Let(name, value) => block.behind(name, value),
                Step::Never => block,
            };
        }
        block
    }

    /// Translates a condition. `None` means that it always holds, or that there was a finding.
    fn condition(&mut self, condition: &Condition) -> Option<Step> {
        if let (Some((name, typed)), None) = (self.tested(&condition.call), &condition.assign)
            && let Value::Name(own) = &typed.value
        {
            // From here on the name stands for the unwrapped value.
            let step = Step::Test(Test::Some(own.clone(), typed.value.clone()));
            let inner = Typed { optional: false, ..typed.clone() };
            self.scope.push((name, inner));
            return Some(step);
        }
        if let Some((name, kind)) = self.unset(&condition.call) {
            // The rest is never reached, but can be checked only if the name has a value.
            if let Some(own) = self.name(&name, &condition.at) {
                self.scope.push((name, Typed::of(Value::Name(own), kind)));
            }
            return Some(Step::Never);
        }
        let typed = self.expression(&condition.call)?;
        let truth = match (&typed.kind, &typed.value) {
            (Kind::Boolean, Value::Boolean(true)) => None,
            (Kind::Boolean, Value::Boolean(false)) => Some(Step::Never),
            (Kind::Boolean, _) if typed.optional => {
                self.findings.error(&condition.at, "the condition must be a boolean or a value that may be unset");
                None
            }
            (Kind::Boolean, value) => Some(Step::Test(Test::Is(value.clone()))),
            _ => None,
        };
        let Some(assign) = &condition.assign else {
            let is_there = || Step::Test(Test::Is(Value::Method(Box::new(typed.value.clone()), "is_some", Vec::new())));
            return truth.or_else(|| (typed.optional && typed.kind != Kind::Boolean).then(is_there));
        };
        let name = self.assigned(assign, &condition.at)?;
        if typed.kind == Kind::Boolean {
            self.scope.push((assign.clone(), Typed::of(Value::Boolean(true), Kind::Boolean)));
            return truth;
        }
        let typed = typed.bound();
        let inner = Typed { value: Value::Name(name.clone()), optional: false, ..typed.clone() };
        self.scope.push((assign.clone(), inner));
        Some(match typed.value {
            Value::Unset => Step::Never,
            value if typed.optional => Step::Test(Test::Some(name, value)),
            value => Step::Let(name, value),
        })
    }

    /// The Rust name for a name that a condition assigns.
    fn assigned(&mut self, name: &str, at: &Pointer) -> Option<Name> {
        if self.scope.iter().any(|(other, _)| other == name) {
            self.findings.error_with_hint(at, format!("{} has a value already", quoted(name)), "assign to another name");
            return None;
        }
        self.name(name, at)
    }

    /// The Rust name. Only the function uses it, so colliding names (AWS has `OutpostId` and `outpostId` in one rule set) are told apart by a
    /// number.
    fn name(&mut self, name: &str, at: &Pointer) -> Option<Name> {
        let own = names::field_name(name);
        if own.plain() == "_" {
            self.findings.error(at, format!("{} has no letter or digit, so no Rust name can be made of it", quoted(name)));
            return None;
        }
        let numbered = (2..).map(|number: usize| own.affix("", &format!("_{number}")));
        let free = iter::once(own.clone()).chain(numbered).find(|own| self.names.get(own).is_none_or(|other| other == name))?;
        self.names.insert(free.clone(), name.to_owned());
        Some(free)
    }

    fn endpoint(&mut self, endpoint: &Endpoint) -> Block {
        let url = self.text(&endpoint.url);
        let mut headers = Vec::new();
        for (name, values) in &endpoint.headers {
            for value in values {
                headers.extend(self.text(value).map(|value| (name.clone(), value.value)));
            }
        }
        let mut signings = Vec::new();
        for scheme in &endpoint.auth_schemes {
            let name = scheme.signing_name.as_ref().and_then(|name| self.text(name));
            let region = scheme.signing_region.as_ref().and_then(|region| self.text(region));
            signings.push((scheme.name.as_str(), name, region));
        }
        let (signing_name, signing_region) = match signings.iter().position(|(scheme, ..)| *scheme == "sigv4") {
            Some(index) => {
                let (_, name, region) = signings.swap_remove(index);
                (name.map(|name| name.value), region.map(|region| region.value))
            }
            None => match signings.first() {
                None => (None, None),
                Some((scheme, ..)) => {
                    let message = format!("this endpoint requires requests signed with {scheme:?}, which is not supported");
                    self.warnings.push((endpoint.at.clone(), message.clone()));
                    return Block { statements: Vec::new(), end: Some(End::Error(Value::Text(message))) };
                }
            },
        };
        let end = url.map(|url| End::Endpoint(plan::Endpoint { url: url.value, signing_name, signing_region, headers }));
        Block { statements: Vec::new(), end }
    }
}
