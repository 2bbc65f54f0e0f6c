//! `JMESPath` expressions compiled on their own, so that tests can evaluate them. Generated crates have expressions in their waiters only.

use crate::diagnostic::Diagnostic;
use crate::jmespath::{self, Fault};
use crate::lower::{self, Root};
use crate::model::ShapeId;
use crate::names::Name;
use crate::rust::path::Type;
use crate::{Operations, Request, emit, pages, read, select};
use serde_json::{Value, json};

/// An expression over an operation's output, compiled.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The type `T` of the result `Option<T>`, for a reference to the output with the lifetime `'a`.
    pub ty: String,
    /// The layout of `T`: `{"list": layout}`, `{"hash": [[key, layout], ...]}` or `"value"`.
    pub layout: Value,
    /// True unless the expression is a constant.
    pub uses_output: bool,
    /// The expression over the variable `output`.
    pub expression: String,
    /// The same as the body of a function.
    pub body: String,
    /// The imports that both need.
    pub imports: String,
}

/// Compiles expressions over the output of an operation, which is named without its namespace, or over an object of `input` and `output`. Each is
/// compiled or has a fault.
///
/// # Errors
///
/// The findings about the model.
pub fn compile(
    request: &Request<'_>,
    operation: &str,
    with_input: bool,
    texts: &[&str],
) -> Result<Vec<Result<Compiled, String>>, Vec<Diagnostic>> {
    let file = request.model.file;
    let mut diagnostics = Vec::new();
    let model = read::read(file, request.model.text, &mut diagnostics)?;
    let selection = select::select(&model, file, &Operations::All, &mut diagnostics)?;
    let (runtime, pages) = (request.runtime, pages::Attached::default());
    let options = lower::Options { file, name: None, version: None, runtime, endpoint_rules: None, pages: &pages, waiters: None };
    lower::lower(&model, &selection, &options, &mut diagnostics)?;
    let missing = ShapeId::new(operation);
    let id = selection.operations.iter().find(|id| id.name() == operation).unwrap_or(&missing);
    let root = if with_input { Root::InputOutput(id) } else { Root::Output(id) };
    let compiled = lower::paths(&model, &selection, &options, texts, root).into_iter().zip(texts).map(|(path, text)| {
        let path = path.map_err(|fault| fault.in_text(text))?;
        let [ty, expression, body, imports] = emit::path(&path);
        let uses_output = path.value.uses(&Name::fixed("output"));
        Ok(Compiled { ty, uses_output, layout: layout(&path.ty), expression, body, imports })
    });
    Ok(compiled.collect())
}

/// Parses an expression, or returns its fault with the byte at which it begins.
///
/// # Errors
///
/// Text that is not `JMESPath`.
pub fn parse(text: &str) -> Result<(), (usize, String)> {
    jmespath::parse(text).map(drop).map_err(|Fault { offset, message }| (offset, message))
}

fn layout(ty: &Type) -> Value {
    match ty {
        Type::List { item, .. } => json!({ "list": layout(item) }),
        Type::Hash(entries) => json!({ "hash": entries.iter().map(|entry| json!([entry.key, layout(&entry.ty)])).collect::<Vec<_>>() }),
        _ => json!("value"),
    }
}
