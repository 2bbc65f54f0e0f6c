//! `JMESPath`'s own compliance suite. Every expression of it is parsed. Where a group's input has types, its expressions are compiled for an output
//! of these types, evaluated on the input by one program, and compared with the suite's results.
//!
//! The suite is in the package of the Rust implementation, a development dependency for this purpose.

mod program;
mod random;
mod suite;
mod types;

use anyhow::{Result, ensure};
use codegen::expressions;
use program::Program;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::slice;
use suite::{Case, Group};
use types::{Objects, model};

/// The number of expressions that must be evaluated, so that a change that refuses more of them is noticed.
const EVALUATED: usize = 300;

#[test]
fn every_expression_of_the_suite_is_parsed_or_refused_as_it_says() -> Result<()> {
    let mut wrong = Vec::new();
    for Group { file, cases, .. } in suite::groups()? {
        // The expressions without a result are there to measure the time.
        for case in cases.iter().filter(|case| case.is_checked()) {
            let verdict = expressions::parse(&case.expression);
            if verdict.is_err() != case.is_syntax_error() {
                wrong.push(format!("{file}: {}: {verdict:?}", case.expression));
            }
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

#[test]
fn compiled_expressions_of_the_suite_have_its_results() -> Result<()> {
    let mut program = Program::default();
    let mut left_out: BTreeMap<String, usize> = BTreeMap::new();
    let mut expected = Vec::new();
    for group in suite::groups()? {
        for (case, reason) in add(&mut program, &group, &mut expected) {
            if !case.is_error() {
                *left_out.entry(reason).or_default() += 1;
            }
        }
    }
    let found = program.run("suite")?;
    let mut wrong = Vec::new();
    for ((expression, wanted), found) in expected.iter().zip(&found) {
        if *found != json!([wanted, wanted]) {
            wrong.push(format!("{expression}: expected {wanted} twice, found {found}"));
        }
    }
    smithlet_tests::say(&format!(
        "JMESPath's suite: {} expressions evaluated, {} left out:",
        found.len(),
        left_out.values().sum::<usize>()
    ));
    for (reason, count) in left_out {
        smithlet_tests::say(&format!("  {count:3} {reason}"));
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    ensure!(found.len() == expected.len() && found.len() >= EVALUATED, "only {} expressions were evaluated", found.len());
    Ok(())
}

/// Adds the expressions of a group to the program, and their expressions and results to `expected`. Returns the other cases with reasons.
fn add<'g>(program: &mut Program, group: &'g Group, expected: &mut Vec<(String, Value)>) -> Vec<(&'g Case, String)> {
    let cases: Vec<&Case> = group.cases.iter().filter(|case| case.is_checked()).collect();
    let mut rest: Vec<(&Case, String)> = cases.into_iter().map(|case| (case, String::new())).collect();
    for objects in [Objects::Structures, Objects::Maps] {
        let model = match model(&group.given, objects, &[]) {
            Ok(model) => complete(&group.given, objects, &rest, model),
            Err(reason) => {
                rest.iter_mut().filter(|(_, old)| old.is_empty()).for_each(|(_, old)| old.clone_from(&reason));
                continue;
            }
        };
        let texts: Vec<String> = rest.iter().map(|(case, _)| model.expression(&case.expression)).collect();
        let compiled = match program::compile(&model, &texts) {
            Ok(compiled) => compiled,
            Err(reason) => {
                rest.iter_mut().filter(|(_, old)| old.is_empty()).for_each(|(_, old)| old.clone_from(&reason));
                continue;
            }
        };
        let operation = program.operation(&model);
        let mut others = Vec::new();
        for ((case, old), compiled) in rest.into_iter().zip(compiled) {
            let is_odd = model.odd.iter().any(|name| case.expression.contains(name.as_str()));
            match compiled {
                Ok(_) if is_odd => others.push((case, types::ODD.to_owned())),
                Err(_) if is_odd && !case.is_error() => others.push((case, types::ODD.to_owned())),
                Ok(compiled) => {
                    // A function's error is no value.
                    let result = case.result.as_ref().unwrap_or(&Value::Null);
                    let is_unordered =
                        case.expression.contains('*') || case.expression.contains("keys") || case.expression.contains("values");
                    expected.push((case.expression.clone(), suite::normal(result, &compiled.layout, is_unordered)));
                    program.evaluate(operation, &compiled, slice::from_ref(&model.given), is_unordered);
                }
                Err(fault) => others.push((case, if old.is_empty() { suite::reason(&fault) } else { old })),
            }
        }
        rest = others;
    }
    rest
}

/// The model with the members that expressions name and the input does not have, if it is valid with them.
fn complete(given: &Value, objects: Objects, cases: &[(&Case, String)], mut model: types::Model) -> types::Model {
    let mut absent: Vec<String> = Vec::new();
    loop {
        let texts: Vec<String> = cases.iter().map(|(case, _)| model.expression(&case.expression)).collect();
        let Ok(compiled) = program::compile(&model, &texts) else { return model };
        let faults = compiled.into_iter().filter_map(Result::err);
        let more: Vec<String> = faults.filter_map(|fault| suite::missing_member(&fault)).filter(|name| !absent.contains(name)).collect();
        if more.is_empty() {
            return model;
        }
        absent.extend(more);
        match types::model(given, objects, &absent) {
            Ok(next) if program::compile(&next, &[]).is_ok() => model = next,
            _ => return model,
        }
    }
}
