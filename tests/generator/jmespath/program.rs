//! The program that evaluates compiled expressions: one generated crate with an operation for each input.

use super::super::compiled::{replaced, write};
use super::super::{path, shown};
use super::types::{self, Model};
use anyhow::{Context, Result, ensure};
use codegen::expressions::{self, Compiled};
use codegen::{Operations, Request, Runtime, Source};
use serde_json::{Map, Value};
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

/// The functions that turn a result into JSON in its normal form, as `suite::normal` does with an expected one.
const NORMAL: &str = r#"
fn normal(value: serde_json::Value, is_unordered: bool) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(|item| normal(item, is_unordered)).collect();
            if is_unordered {
                items.sort_by_key(Value::to_string);
            }
            Value::Array(items)
        }
        Value::Object(entries) => {
            let present = entries.into_iter().filter(|(_, value)| !value.is_null());
            present.map(|(key, value)| (key, normal(value, is_unordered))).collect()
        }
        Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
        other => other,
    }
}

fn show(body: impl serde::Serialize, expression: impl serde::Serialize, is_unordered: bool) {
    let values = [serde_json::to_value(body), serde_json::to_value(expression)];
    let values = values.map(|value| normal(value.expect("the result can be written"), is_unordered));
    println!("{}", serde_json::Value::from(values.to_vec()));
}
"#;

/// The program in the making.
#[derive(Default)]
pub(super) struct Program {
    operations: Vec<String>,
    shapes: Map<String, Value>,
    functions: String,
    calls: String,
    count: usize,
}

/// Compiles expressions for a model, or returns the reason why the model is not valid.
pub(super) fn compile(model: &Model, texts: &[String]) -> Result<Vec<Result<Compiled, String>>, String> {
    let mut shapes = Map::new();
    model.declare("Only", &mut shapes);
    let text = types::service(&["Only".to_owned()], shapes);
    let request = Request { model: Source { file: "model.json", text: &text }, ..Request::default() };
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    expressions::compile(&request, "Only", false, &texts).map_err(|_| "the input's keys have no Rust names or one name".to_owned())
}

impl Program {
    /// Adds an operation whose output is the model's input, and returns its number.
    pub(super) fn operation(&mut self, model: &Model) -> usize {
        let name = format!("Op{}", self.operations.len());
        let mut shapes = Map::new();
        model.declare(&name, &mut shapes);
        self.shapes.extend(shapes);
        self.operations.push(name);
        self.operations.len() - 1
    }

    /// Adds an expression that was compiled for this operation's model, to be evaluated on these inputs.
    pub(super) fn evaluate(&mut self, operation: usize, compiled: &Compiled, inputs: &[Value], is_unordered: bool) {
        let number = self.count;
        self.count += 1;
        let output = format!("crate::operation::op{operation}::Op{operation}Output");
        let Compiled { ty, expression, body, imports, .. } = compiled;
        // The types of the operation that the expression was compiled for have the same names but for their beginning.
        let own =
            |text: &str| text.replace("OnlyShape", &format!("Op{operation}Shape")).replace("OnlyOutput", &format!("Op{operation}Output"));
        let own = |text: &str| own(text).replace("operation :: only", &format!("operation :: op{operation}"));
        // A constant does not use the output.
        let output_name = if compiled.uses_output { "output" } else { "_output" };
        let (ty, expression, body, imports) = (own(ty), own(expression), own(body), own(imports));
        let function =
            |name: &str, body: &str| format!("    pub(super) fn {name}<'a>({output_name}: &'a {output}) -> Option<{ty}> {{ {body} }}\n");
        let functions = function("body", &body) + &function("expression", &expression);
        let _ = writeln!(self.functions, "mod case_{number} {{\n    {imports}\n{functions}}}");
        for input in inputs {
            let input = input.to_string();
            let _ = writeln!(
                self.calls,
                "    let output: {output} = serde_json::from_str({input:?}).expect(\"the input has these types\");\n    \
                 show(case_{number}::body(&output), case_{number}::expression(&output), {is_unordered});"
            );
        }
    }

    /// Builds and runs the program in a folder of this name. Returns the results in the order of the expressions and their inputs, each with both
    /// forms of the code.
    pub(super) fn run(self, folder: &str) -> Result<Vec<Value>> {
        let Self { operations, shapes, functions, calls, .. } = self;
        let root = path("../target/jmespath").join(folder);
        let text = types::service(&operations, shapes);
        let runtime = path("../codegen/runtime").display().to_string();
        let request = Request {
            model: Source { file: "model.json", text: &text },
            operations: Operations::All,
            name: Some("expressions"),
            runtime: Runtime::Path(&runtime),
            ..Request::default()
        };
        let mut generated = codegen::generate(&request).map_err(|findings| anyhow::anyhow!(shown(&findings)))?;
        let manifest = generated.files.get_mut("Cargo.toml").context("every crate has a manifest")?;
        let dependencies = "serde = { version = \"1\", default-features = false }\nserde_json = { version = \"1\" }\n";
        *manifest = replaced(manifest, "[dependencies]\n", &format!("[dependencies]\n{dependencies}"));
        *manifest += "\n[workspace]\n\n[profile.dev]\ndebug = false\n";
        let library = generated.files.get_mut("src/lib.rs").context("every crate has a library")?;
        *library += "\n#[doc(hidden)]\npub mod evaluation;\n";
        for (file, text) in &generated.files {
            write(&root.join(file), text);
        }
        let module = format!("//! Compiled expressions.\n{NORMAL}\n{functions}\n/// Prints all results.\npub fn print() {{\n{calls}}}\n");
        write(&root.join("src/evaluation.rs"), &module);
        write(
            &root.join("src/main.rs"),
            "//! Prints the results of compiled expressions.\n\nfn main() {\n    expressions::evaluation::print();\n}\n",
        );
        write(&root.join("Cargo.lock"), &fs::read_to_string(path("../Cargo.lock"))?);
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--offline", "--no-default-features", "--features", "serde"])
            .current_dir(&root)
            .env("CARGO_TARGET_DIR", path("../target/jmespath/target"))
            // Keys of the suite such as `_434` have methods such as `set__434`.
            .env("RUSTFLAGS", "-D warnings -A non-snake-case")
            .output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8(output.stdout)?;
        lines.lines().map(|line| serde_json::from_str(line).context("a line is not JSON")).collect()
    }
}
