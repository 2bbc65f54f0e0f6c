//! The source of the program that calls the generated crates.
//!
//! `program/` has the part that is the same for all suites: the recording client, and the traits `Read` and `Show` between the values of a suite and
//! Rust. The rest is made here from the shapes of a suite: a line for every shape with its members, and an arm for every operation. It calls setters and
//! reads fields by name, and the compiler finds the types.

mod shapes;

use crate::suites::Suite;
use codegen::spelling;
use serde_json::Value;
use shapes::{Shapes, members};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The name of a suite's crate in the program.
pub fn crate_name(suite: &str) -> String {
    format!("suite_{}", suite.replace(|c: char| !c.is_ascii_alphanumeric(), "_"))
}

/// The module that calls the operations of a suite which its crate has.
pub fn module(suite: &Suite, operations: &[String]) -> String {
    let name = crate_name(&suite.name);
    let mut text = format!(
        "//! Calls the operations of the suite `{}`.\n\nuse crate::call::{{Outcome, ended, unknown}};\n\
         use serde_json::Value;\n\n",
        suite.name,
    );
    let shapes = Shapes::new(&suite.model);
    let given: Vec<(&String, &Value)> = operations.iter().map(|operation| (operation, &suite.model["operations"][operation])).collect();
    for shape in shapes.below(given.iter().map(|(_, operation)| *operation)) {
        text += &shapes.implementation(&name, shape);
    }
    let _ = write!(
        text,
        "\npub(crate) async fn call(config: {name}::Config, operation: &str, params: &Value) -> Outcome {{\n    \
         let _ = params;\n    let client = {name}::Client::from_conf(config);\n    match operation {{\n",
    );
    for (operation, given) in given {
        text += &arm(&shapes, &name, operation, given);
    }
    text + "        other => unknown(other),\n    }\n}\n"
}

/// The module that chooses the suite.
pub fn suites<'a>(names: impl Iterator<Item = &'a str> + Clone) -> String {
    let mut text = "//! Chooses a suite.\n\n".to_owned();
    for name in names.clone() {
        let name = crate_name(name);
        let _ = writeln!(text, "#[path = \"{name}.rs\"]\nmod of_{name};");
    }
    text += "\nuse crate::call::{Outcome, unknown};\nuse serde_json::Value;\nuse smithlet_runtime::config::Config;\n\n\
             pub(crate) async fn call(config: Config, suite: &str, operation: &str, params: &Value) -> Outcome {\n    match suite {\n";
    for name in names {
        let _ = writeln!(text, "        {name:?} => of_{}::call(config, operation, params).await,", crate_name(name));
    }
    text + "        other => unknown(other),\n    }\n}\n"
}

/// The arm of an operation: its input from the parameters, and its output or error as a value.
fn arm(shapes: &Shapes<'_>, crate_name: &str, operation: &str, given: &Value) -> String {
    let (method, error) = (spelling::operation(operation), spelling::operation_error(operation));
    let mut text = format!("        {operation:?} => {{\n            let call = client.{method}();\n");
    for (wire, _) in members(shapes.target(&given["input"])) {
        let _ = writeln!(text, "            let call = call.{}(crate::value::member(params, {wire:?})?);", spelling::setter(wire));
    }
    let output = shown("output", shapes.target(&given["output"]));
    let _ = writeln!(text, "            ended(call.send().await, |output| {{ let _ = output; {output} }}, |error| match error {{");
    let mut seen = BTreeSet::new();
    for error_shape in given["errors"].as_array().into_iter().flatten().filter_map(|error| error["shape"].as_str()) {
        if seen.insert(error_shape) {
            let members = shown("error", shapes.shape(error_shape));
            let variant = spelling::error(error_shape);
            let _ = writeln!(
                text,
                "                {crate_name}::operation::{method}::{error}::{variant}(error) => {{ let _ = error; Some({members}) }}",
            );
        }
    }
    text + "                _ => None,\n            })\n        }\n"
}

/// The expression for the members of a structure that is called `place`.
fn shown(place: &str, shape: &Value) -> String {
    let members: Vec<String> =
        members(shape).map(|(wire, _)| format!("({wire:?}, crate::value::show(&{place}.{}))", spelling::field(wire))).collect();
    format!("crate::value::object([{}])", members.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_module_names_members_as_the_crate_does() {
        let model = json!({
            "operations": { "Go": { "input": { "shape": "In" }, "output": { "shape": "Out" }, "errors": [{ "shape": "Bad" }] }, "Not": {} },
            "shapes": {
                "In": { "type": "structure", "members": { "type": { "shape": "S" } } },
                "Out": { "type": "structure", "members": { "theUnion": { "shape": "U" } } },
                "U": { "type": "structure", "union": true, "members": { "some": { "shape": "E" } } },
                "E": { "type": "string", "enum": ["a"] },
                "S": { "type": "string" },
                "Bad": { "type": "structure", "members": { "Message": { "shape": "S" } }, "exception": true }
            }
        });
        let suite = Suite { name: "json-1".to_owned(), model, cases: Vec::new() };
        let text = module(&suite, &["Go".to_owned()]);
        for line in [
            "text!(suite_json_1::types::E);",
            "union!(suite_json_1::types::U { \"some\": Some, });",
            "let call = call.set_type(crate::value::member(params, \"type\")?);",
            "object([(\"theUnion\", crate::value::show(&output.the_union))])",
            "suite_json_1::operation::go::GoError::Bad(error) => {",
            "Some(crate::value::object([(\"Message\", crate::value::show(&error.message))]))",
        ] {
            assert!(text.contains(line), "{line} is missing in:\n{text}");
        }
        assert!(!text.contains("Not") && !text.contains("types::S"), "{text}");
    }
}
