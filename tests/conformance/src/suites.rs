//! The cases of a suite, and one model for all of them.
//!
//! A file is a list of groups. Each group has the shapes that its cases need, and each case has its operation. The shapes and operations of one file, of
//! inputs and of outputs, are parts of one service, so they are joined again.

use crate::protocols::Encoding;
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Map, Value, json};
use std::fmt;
use std::fs;
use std::path::Path;

/// All cases of one file in the folders of inputs and of outputs.
#[derive(Debug)]
pub struct Suite {
    /// The file without its extension, such as `json_1_0`.
    pub name: String,
    /// The model of the cases' operations, in botocore's format.
    pub model: Value,
    /// The cases, in their order.
    pub cases: Vec<Case>,
}

/// The name of a case. Inputs and outputs have the same ids.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Name {
    /// The suite.
    pub suite: String,
    /// `input` or `output`.
    pub direction: String,
    /// The case's own id.
    pub id: String,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.suite, self.direction, self.id)
    }
}

/// One case.
#[derive(Debug)]
pub struct Case {
    /// Its name.
    pub name: Name,
    /// The operation that it calls.
    pub operation: String,
    /// The input of the call.
    pub params: Value,
    /// The endpoint of the client, if the case has one.
    pub endpoint: Option<String>,
    /// The form of bodies in the expectation and the reply.
    pub encoding: Encoding,
    /// The rest, which depends on the direction.
    pub what: What,
}

/// The part of a case that depends on its direction.
#[derive(Debug)]
pub enum What {
    /// The request that the input must become: `serialized` in the file.
    Request(Value),
    /// A reply and what it must become.
    Reply {
        /// The reply's status, headers and body.
        reply: Value,
        /// The output or the error that it must become.
        expected: Expected,
    },
}

/// What a reply must become.
#[derive(Debug)]
pub enum Expected {
    /// The operation's output.
    Output(Value),
    /// An error.
    Error {
        /// Its code.
        code: String,
        /// Its message, if the case has one.
        message: Option<String>,
        /// The members of its structure.
        members: Value,
    },
}

impl Suite {
    /// Reads the cases of the file `name` in the folders `input` and `output` of `folder`.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or has another form, and two groups with different shapes of the same name.
    pub fn read(folder: &Path, name: &str, encoding: Encoding) -> Result<Self> {
        let groups = ["input", "output"].map(|direction| groups(&folder.join(direction).join(format!("{name}.json"))));
        let [inputs, outputs] = groups;
        Self::join(name, encoding, &inputs?, &outputs?)
    }

    fn join(name: &str, encoding: Encoding, inputs: &[Value], outputs: &[Value]) -> Result<Self> {
        let mut suite = Self { name: name.to_owned(), model: json!({ "metadata": {}, "operations": {}, "shapes": {} }), cases: Vec::new() };
        for (direction, groups) in [("input", inputs), ("output", outputs)] {
            for group in groups {
                let what =
                    || format!("{direction}/{name}.json: {}", group["description"].as_str().unwrap_or("a group without a description"));
                suite.add(direction, encoding, group).with_context(what)?;
            }
        }
        complete(&mut suite.model);
        suite.fill_in();
        Ok(suite)
    }

    /// Adds a group of cases, with its shapes and operations.
    fn add(&mut self, direction: &str, encoding: Encoding, group: &Value) -> Result<()> {
        let Self { model, cases, .. } = self;
        for part in ["metadata", "shapes"] {
            let all = model[part].as_object_mut().context("the model has this part")?;
            for (name, value) in group[part].as_object().with_context(|| format!("`{part}` is not an object"))? {
                insert(all, name, value)?;
            }
        }
        for case in group["cases"].as_array().context("`cases` is not a list")? {
            let id = text(case, "id")?;
            let operation = text(&case["given"], "name").with_context(|| id.clone())?;
            let operations = model["operations"].as_object_mut().context("the model has operations")?;
            let known = operations.entry(operation.clone()).or_insert_with(|| json!({}));
            merge(known, &case["given"]).with_context(|| id.clone())?;
            cases.push(Case {
                name: Name { suite: self.name.clone(), direction: direction.to_owned(), id },
                operation,
                params: case.get("params").cloned().unwrap_or_else(|| json!({})),
                endpoint: group["clientEndpoint"].as_str().map(str::to_owned),
                encoding,
                what: What::of(case)?,
            });
        }
        Ok(())
    }

    /// Gives the calls of outputs the input of another case if the operation requires one.
    fn fill_in(&mut self) {
        let required = |operation: &str| {
            let input = self.model["operations"][operation]["input"]["shape"].as_str().unwrap_or_default();
            self.model["shapes"][input]["required"].as_array().is_some_and(|members| !members.is_empty())
        };
        let is_request = |case: &&Case| matches!(case.what, What::Request(_));
        let params: Vec<Option<Value>> = self
            .cases
            .iter()
            .map(|case| {
                let other = || self.cases.iter().find(|other| is_request(other) && other.operation == case.operation);
                (!is_request(&case) && required(&case.operation)).then(other).flatten().map(|other| other.params.clone())
            })
            .collect();
        for (case, params) in self.cases.iter_mut().zip(params) {
            case.params = params.unwrap_or_else(|| case.params.take());
        }
    }
}

impl What {
    fn of(case: &Value) -> Result<Self> {
        if let Some(request) = case.get("serialized") {
            return Ok(Self::Request(request.clone()));
        }
        let reply = case.get("response").context("the case has neither a request nor a reply")?.clone();
        let expected = if let Some(members) = case.get("error") {
            let message = case.get("errorMessage").and_then(Value::as_str).map(str::to_owned);
            Expected::Error { code: text(case, "errorCode")?, message, members: members.clone() }
        } else {
            Expected::Output(case.get("result").context("the case has neither a result nor an error")?.clone())
        };
        Ok(Self::Reply { reply, expected })
    }
}

fn groups(file: &Path) -> Result<Vec<Value>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not a list of groups", file.display()))
}

fn text(value: &Value, key: &str) -> Result<String> {
    value[key].as_str().map(str::to_owned).with_context(|| format!("`{key}` is not a string"))
}

/// Inserts a shape or a fact about the service, which must be the same wherever it stands.
fn insert(all: &mut Map<String, Value>, name: &str, value: &Value) -> Result<()> {
    match all.get(name) {
        Some(known) => ensure!(known == value, "`{name}` differs from a group before, so they are not of one service"),
        None => drop(all.insert(name.to_owned(), value.clone())),
    }
    Ok(())
}

/// Adds what another case says about an operation. The file of inputs leaves out outputs and the other way round, and each group names only the
/// errors of its cases.
fn merge(known: &mut Value, given: &Value) -> Result<()> {
    let Some(known) = known.as_object_mut() else { bail!("the operation is not an object") };
    for (key, value) in given.as_object().context("`given` is not an object")? {
        match (known.get_mut(key), value) {
            (Some(Value::Array(errors)), Value::Array(more)) if key == "errors" => {
                let new: Vec<Value> = more.iter().filter(|error| !errors.contains(error)).cloned().collect();
                errors.extend(new);
            }
            _ => insert(known, key, value)?,
        }
    }
    Ok(())
}

/// Adds what the generator needs and the suites leave out: the service's id and its signature. botocore's files have lost the trait `sparse`, which the
/// names of shapes still tell.
fn complete(model: &mut Value) {
    if let Some(metadata) = model["metadata"].as_object_mut() {
        for (key, value) in [("serviceId", "Conformance"), ("endpointPrefix", "conformance"), ("signatureVersion", "v4")] {
            metadata.entry(key).or_insert_with(|| Value::from(value));
        }
    }
    for (name, shape) in model["shapes"].as_object_mut().into_iter().flatten() {
        if name.starts_with("Sparse")
            && let Some(shape) = shape.as_object_mut()
        {
            shape.insert("sparse".to_owned(), Value::from(true));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(operation: &Value, shapes: &Value, more: &Value) -> Value {
        let mut case = json!({ "id": "One", "given": operation });
        for (key, value) in more.as_object().into_iter().flatten() {
            case[key] = value.clone();
        }
        json!({ "description": "A group", "metadata": { "protocol": "json" }, "shapes": shapes, "cases": [case] })
    }

    #[test]
    fn inputs_and_outputs_become_one_model() {
        let shapes =
            json!({ "In": { "type": "structure", "required": ["a"], "members": { "a": { "shape": "S" } } }, "S": { "type": "string" } });
        let input = group(
            &json!({ "name": "Go", "input": { "shape": "In" } }),
            &shapes,
            &json!({ "params": { "a": "x" }, "serialized": { "uri": "/" } }),
        );
        let failed = |error: &str| {
            let operation = json!({ "name": "Go", "errors": [{ "shape": error }] });
            group(&operation, &json!({ error: {} }), &json!({ "errorCode": error, "error": {}, "response": {} }))
        };
        let suite = Suite::join("json", Encoding::Text, &[input], &[failed("A"), failed("B")]).expect("the groups fit together");
        let operation = &suite.model["operations"]["Go"];
        assert_eq!(*operation, json!({ "name": "Go", "input": { "shape": "In" }, "errors": [{ "shape": "A" }, { "shape": "B" }] }));
        assert_eq!(suite.model["shapes"].as_object().map(Map::len), Some(4));
        let names: Vec<String> = suite.cases.iter().map(|case| case.name.to_string()).collect();
        assert_eq!(names, ["json input One", "json output One", "json output One"]);
        assert_eq!(suite.cases[2].params, json!({ "a": "x" }), "an operation that requires an input is called with one");
    }

    #[test]
    fn groups_that_contradict_each_other_are_named() {
        let of = |shape: &str| group(&json!({ "name": "Go" }), &json!({ "S": { "type": shape } }), &json!({ "serialized": {} }));
        let error = Suite::join("json", Encoding::Text, &[of("string"), of("blob")], &[]).expect_err("they contradict each other");
        let expected = "input/json.json: A group: `S` differs from a group before, so they are not of one service";
        assert_eq!(format!("{error:#}"), expected);
    }
}
