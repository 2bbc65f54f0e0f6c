//! Waiters -> the tests of a poll's reply.

use super::path::Root;
use super::{Lowering, members_of, types};
use crate::diagnostic::{Diagnostic, Findings, quoted};
use crate::docs;
use crate::model::{Model, Operation, Pointer, Shape, ShapeId};
use crate::names::{self, Name};
use crate::rust::ErrorCase;
use crate::rust::path::{Path, Type};
use crate::rust::waiter::{self as plan, Chunks, ErrorTest, OutputTest};
use crate::waiters::{self, Acceptor, Comparator, Matcher, Of, State, WAITABLE_OF_OURS, Waiter};
use serde_json::Value;
use std::collections::BTreeSet;

/// The waiters of a file beside the model, and the operations that have theirs from it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attached<'a> {
    pub(crate) file: &'a str,
    pub(crate) operations: BTreeSet<ShapeId>,
}

/// The variables and functions of the emitted code that judges a reply, which no value may hide.
const TAKEN: [&str; 7] = ["error", "input", "join", "output", "poll", "verdict", "waiters"];

impl Lowering<'_> {
    /// The waiters of an operation. One whose expression cannot be compiled is left out with a warning if the service's model has it, and is an
    /// error if it is our own.
    pub(super) fn waiters(&mut self, id: &ShapeId, shape: &Shape, operation: &Operation, errors: &[ErrorCase]) -> Vec<plan::Waiter> {
        // `check` has reported what is malformed.
        let found = waiters::of(shape, &mut Findings::new(self.file));
        let mut lowered = Vec::new();
        for waiter in found {
            match self.waiter(id, operation, errors, &waiter) {
                Ok(plan) => lowered.push(plan),
                Err(fault) => self.left_out(id, &waiter, fault),
            }
        }
        lowered
    }

    fn left_out(&mut self, id: &ShapeId, waiter: &Waiter, fault: Fault) {
        let name = quoted(&waiter.name);
        let finding = match self.attached.filter(|attached| attached.operations.contains(id)) {
            // The trait is translated, so the waiter is the nearest place in the file.
            Some(attached) => {
                let at = Pointer::default().join("waiters").join(&waiter.name);
                Diagnostic::warning(attached.file, &at, format!("the waiter {name} is left out: {}", fault.message))
            }
            None if waiter.origin == WAITABLE_OF_OURS => {
                Diagnostic::error(self.file, &fault.at, format!("the waiter {name}: {}", fault.message))
            }
            None => Diagnostic::warning(self.file, &fault.at, format!("the waiter {name} is left out: {}", fault.message)),
        };
        self.findings.push(finding.hint(fault.hint));
    }

    fn waiter(&self, id: &ShapeId, operation: &Operation, errors: &[ErrorCase], waiter: &Waiter) -> Result<plan::Waiter, Fault> {
        let mut values: Vec<(&str, Of, plan::Value)> = Vec::new();
        let (mut of_outputs, mut of_errors) = (Vec::new(), Vec::new());
        for acceptor in &waiter.acceptors {
            match &acceptor.matcher {
                Matcher::Success(true) => of_outputs.push(accepted(acceptor, OutputTest::Any, "the call succeeds".to_owned())),
                Matcher::Success(false) => of_errors.push(accepted(acceptor, ErrorTest::Any, "the service refuses the call".to_owned())),
                Matcher::Error(name) => {
                    let test = error_test(self.model, operation, errors, name);
                    of_errors.push(accepted(acceptor, test, format!("the error is {}", docs::code(name))));
                }
                Matcher::Path { path, of, comparator } => {
                    let known = values.iter().find(|(text, other, _)| text == path && other == of);
                    let value = match known {
                        Some((.., value)) => value.clone(),
                        None => {
                            let root = match of {
                                Of::Output => Root::Output(id),
                                Of::InputOutput => Root::InputOutput(id),
                            };
                            let compiled = self.path(path, root).map_err(|fault| Fault::of(acceptor, path, fault.in_text(path)))?;
                            let value = plan::Value { name: value_name(path, &values), text: docs::code(path), path: compiled };
                            values.push((path.as_str(), *of, value.clone()));
                            value
                        }
                    };
                    let test = output_test(&value, comparator).map_err(|message| Fault::of(acceptor, path, message))?;
                    of_outputs.push(accepted(acceptor, test, shown(path, comparator)));
                }
            }
        }
        until_the_first(&mut of_outputs, &OutputTest::Any);
        until_the_first(&mut of_errors, &ErrorTest::Any);
        values.retain(|(.., value)| of_outputs.iter().any(|acceptor| acceptor.test.uses(&value.name)));
        Ok(plan::Waiter {
            name: names::type_name(&waiter.name),
            module: names::module_name(&waiter.name),
            method: names::method_suffix(&waiter.name).affix("wait_until_", ""),
            wire: waiter.name.clone(),
            docs: self.docs(&waiter.traits, &[], || format!("Waits for `{}`.", waiter.name)),
            example: waiter.example.clone(),
            min_delay: waiter.min_delay,
            max_delay: waiter.max_delay,
            values: values.into_iter().map(|(.., value)| value).collect(),
            of_outputs,
            of_errors,
            chunks: waiter.chunks.as_deref().and_then(|member| self.chunks(operation, member)),
        })
    }

    fn chunks(&self, operation: &Operation, member: &str) -> Option<Chunks> {
        let input = operation.input.as_ref().and_then(|input| self.model.shape(&input.target));
        let member_shape = members_of(input)?.get(member)?;
        let most = waiters::greatest_length(self.model, member_shape)?;
        let word = types::member_name(member, &member_shape.traits);
        Some(Chunks { field: names::field_name(&word), most })
    }
}

/// The reason why a waiter cannot be made.
struct Fault {
    at: Pointer,
    message: String,
    hint: String,
}

impl Fault {
    fn of(acceptor: &Acceptor, path: &str, message: String) -> Self {
        Self { at: acceptor.at.clone(), message, hint: format!("the expression is {}", quoted(path)) }
    }
}

fn accepted<T>(acceptor: &Acceptor, test: T, shown: String) -> plan::Acceptor<T> {
    let state = match acceptor.state {
        State::Success => plan::State::Success,
        State::Failure => plan::State::Failure,
        State::Retry => plan::State::Retry,
    };
    plan::Acceptor { state, test, after: acceptor.after, shown }
}

/// Removes what comes after an acceptor that always applies.
fn until_the_first<T: PartialEq>(acceptors: &mut Vec<plan::Acceptor<T>>, any: &T) {
    if let Some(last) = acceptors.iter().position(|acceptor| acceptor.test == *any && acceptor.after == 0) {
        acceptors.truncate(last + 1);
    }
}

/// The test for an error of this name: one of the model's, by its own name or by its code in the query protocol, or else any with this code.
fn error_test(model: &Model, operation: &Operation, errors: &[ErrorCase], name: &str) -> ErrorTest {
    let by_code = || {
        let has_code = |id: &&ShapeId| {
            let query = model.shape(id).and_then(|shape| shape.traits.get("aws.protocols#awsQueryError"));
            query.and_then(|query| query.get("code")).and_then(Value::as_str) == Some(name)
        };
        operation.errors.iter().map(|error| &error.target).find(has_code).map(ShapeId::name)
    };
    let case = |name: &str| errors.iter().find(|case| case.code == name);
    match case(name).or_else(|| case(by_code()?)) {
        Some(case) => ErrorTest::Is(case.suffix.affix("is_", "")),
        None => ErrorTest::Code(name.to_owned()),
    }
}

/// The test of a value, or the message that the comparison does not fit its type.
fn output_test(value: &plan::Value, comparator: &Comparator) -> Result<OutputTest, String> {
    let plan::Value { name, path: Path { ty, .. }, .. } = value;
    let name = name.clone();
    Ok(match (comparator, ty) {
        (Comparator::Text(text), Type::Text) => OutputTest::Text(name, text.clone()),
        (Comparator::Boolean(value), Type::Boolean) => OutputTest::Boolean(name, *value),
        (Comparator::All(text), Type::List { item, nullable }) if **item == Type::Text => {
            OutputTest::All { value: name, text: text.clone(), nullable: *nullable }
        }
        (Comparator::Any(text), Type::List { item, nullable }) if **item == Type::Text => {
            OutputTest::Contains { value: name, text: text.clone(), nullable: *nullable }
        }
        (Comparator::Text(_), _) => return Err(format!("the expression gives {}, which is not a text", kind(ty))),
        (Comparator::Boolean(_), _) => return Err(format!("the expression gives {}, which is not a boolean", kind(ty))),
        (Comparator::All(_) | Comparator::Any(_), _) => {
            return Err(format!("the expression gives {}, which is not a list of texts", kind(ty)));
        }
    })
}

fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Text => "a text",
        Type::Boolean => "a boolean",
        Type::Number(_) => "a number",
        Type::List { .. } => "a list",
        _ => "a value of several parts",
    }
}

/// What an output shows that passes the test, in words.
fn shown(path: &str, comparator: &Comparator) -> String {
    let path = docs::code(path);
    let text = |text: &str| if text.is_empty() { "empty".to_owned() } else { docs::code(text) };
    match comparator {
        Comparator::Text(expected) => format!("{path} is {}", text(expected)),
        Comparator::Boolean(expected) => format!("{path} is {expected}"),
        Comparator::All(expected) => format!("all of {path} are {}", text(expected)),
        Comparator::Any(expected) => format!("{path} has {}", text(expected)),
    }
}

/// The variable of a value: the last name of a plain path, and a number if it is taken.
fn value_name(path: &str, values: &[(&str, Of, plan::Value)]) -> Name {
    let is_plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "_.[]".contains(c));
    let last = path.rsplit('.').next().map(|last| last.trim_matches(|c| "[]".contains(c))).filter(|last| is_plain && starts_a_name(last));
    let own = names::field_name(last.unwrap_or("value"));
    let own = if TAKEN.contains(&own.plain()) { own.affix("", "_value") } else { own };
    let is_free = |name: &Name| values.iter().all(|(.., value)| value.name != *name);
    let numbered = (2..).map(|number: usize| own.affix("", &format!("_{number}")));
    std::iter::once(own.clone()).chain(numbered).find(is_free).unwrap_or_else(|| own.clone())
}

fn starts_a_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
}
