//! The generator: from a service's model to the files of a Rust crate.
//!
//! A pure library: text in, files or findings out. It never touches the file system, the environment or the clock; `xtask` does that.
//!
//! The phases, in order, and what each owns:
//!
//! 1. `read`: text -> [`model`]. Two formats, Smithy's JSON AST and botocore's `service-2.json`, told apart by content; one model, in Smithy's terms.
//! 2. `overlay`: our additions to what the service publishes, as `apply` statements, each with its reason.
//!    The service's endpoint rules are read beside it (`rules`), from the model or from a file of their own.
//! 3. `check`: the model's own faults, all of them in one run, each with its place.
//! 4. `select`: the chosen operations and every shape they reach. All others vanish here, before any name is made.
//! 5. `lower`: model -> plan (`rust`). Every decision is made here: names (`names` is their only maker), `Option`, `Box`, redaction, documentation
//!    (`docs` turns AWS's HTML into Markdown).
//! 6. `emit`: plan -> tokens, one file of the output at a time. A type is emitted as its definition, which says once what is the model's: from it
//!    the macros of the runtime make what follows (accessors, builders, the form in JSON, serde's traits). What no macro can know, such as the
//!    checks of constraints and the endpoint rules, is emitted as code.
//! 7. `render`: tokens -> text, the only place where that happens. A definition is printed as the item that it holds.
//!
//! Beside them, [`changes`] compares two models and says what the difference means, and [`import`] brings a newer model of the service into ours.
//!
//! Two layers and no third: `model` is what the file says, `rust` is what Rust will be. An emitter never looks at the model, and nothing before
//! `lower` knows Rust. The output is a value until the caller writes it, and the same input gives the same bytes whatever the order of its keys.

pub mod changes;
mod check;
pub mod diagnostic;
mod docs;
mod emit;
pub mod import;
mod json;
mod lower;
pub mod model;
mod names;
mod overlay;
mod read;
mod render;
mod rules;
mod rust;
mod select;
mod suggest;

pub use render::MARKER;
pub use select::Operations;

use diagnostic::{Diagnostic, Severity};
use std::collections::BTreeMap;

/// A file's name, as it is to appear in findings, and its text.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The name.
    pub file: &'a str,
    /// The text.
    pub text: &'a str,
}

/// What to generate.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The service's model.
    pub model: Source<'a>,
    /// What we add to it.
    pub overlay: Option<Source<'a>>,
    /// The service's endpoint rules (botocore's `endpoint-rule-set-1.json`), in place of those that the model may have itself.
    pub endpoint_rules: Option<Source<'a>>,
    /// The operations to serve.
    pub operations: Operations,
    /// The crate's name; without it the overlay's, or `smithlet-` and the service.
    pub name: Option<&'a str>,
    /// The path from the crate to `smithlet-runtime`, with `/`.
    pub runtime: &'a str,
}

/// A generated crate.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The crate's name.
    pub name: String,
    /// The operations it serves.
    pub operations: Vec<String>,
    /// Every file's text by its path inside the crate, with `/`.
    pub files: BTreeMap<String, String>,
    /// What was left out (warnings) and what has no meaning here (notes).
    pub diagnostics: Vec<Diagnostic>,
}

/// Generates a crate, or says everything that is wrong with the input.
///
/// # Errors
///
/// Every finding of the first phase that has any; none is lost, and each says where it is.
pub fn generate(request: &Request<'_>) -> Result<Generated, Vec<Diagnostic>> {
    let file = request.model.file;
    let mut diagnostics = Vec::new();
    let mut model = read::read(file, request.model.text, &mut diagnostics)?;
    if let Some(source) = &request.overlay {
        overlay::apply(&mut model, source.file, source.text)?;
    }
    let mut findings = check::check(&model, file);
    let rules = rules::read(&model, file, request.endpoint_rules.as_ref(), &mut findings);
    let (errors, others): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| finding.severity == Severity::Error);
    diagnostics.extend(others);
    if !errors.is_empty() {
        return Err(errors);
    }
    let selection = select::select(&model, file, &request.operations, &mut diagnostics)?;
    let options = lower::Options { file, name: request.name, runtime: request.runtime, endpoint_rules: rules.as_ref() };
    let plan = lower::lower(&model, &selection, &options, &mut diagnostics)?;
    let defect = |fault| {
        Diagnostic::error(file, &model::Pointer::default(), fault).hint("this is a fault of the generator: report it with the model")
    };
    let files = emit::emit(&plan).map_err(|faults| faults.into_iter().map(defect).collect::<Vec<_>>())?;
    let operations = plan.operations.iter().map(|operation| operation.wire.clone()).collect();
    Ok(Generated { name: plan.name, operations, files, diagnostics })
}
