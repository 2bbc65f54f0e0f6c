//! The generator: from a service's model to the files of a Rust crate.
//!
//! The crate is a pure library: it takes text and returns files or findings. Only the package `smithlet` (`codegen/cli`) touches the file system, the environment or the clock.
//!
//! The phases, in order, with what each of them owns:
//!
//! 1. `read`: text -> [`model`]. Two formats, Smithy's JSON AST and botocore's `service-2.json`, told apart by content; one model, in Smithy's terms.
//! 2. `overlay`: our additions to what the service publishes, as `apply` statements, each with its reason.
//!    The service's endpoint rules (`rules`), pagination (`pages`) and waiters (`waiters`) are read beside it, from the model or from files of their own.
//! 3. `check`: the model's own faults. All of them are found in one run, each with its place.
//! 4. `select`: the chosen operations and every shape they reach. All others are dropped here, before any name is made.
//! 5. `lower`: model -> plan (`rust`). Every decision is made here: names (`names` is their only maker), `Option`, `Box`, redaction, documentation
//!    (`docs` turns AWS's HTML into Markdown). `JMESPath` expressions (`jmespath` reads them) get types here.
//! 6. `emit`: plan -> tokens, one output file at a time. Types, builders and operations are plain Rust that knows no protocol; the functions
//!    that write and read them on the wire are apart, in `src/wire/`.
//! 7. `render`: tokens -> text, the only place where that happens. Files are printed on all processors, since none depends on another.
//!
//! All JSON is read into one type (`json`), which keeps the order of keys and knows where each value stands.
//!
//! Besides the phases, [`changes`] compares two models and says what the difference means, and [`import`] updates our model from a newer one.
//!
//! There are two layers only: `model` holds what the file says, `rust` holds what Rust will be. An emitter never looks at the model, and nothing
//! before `lower` knows Rust. The output is a value until the caller writes it, and the same input gives the same bytes whatever the order of its
//! keys.
//!
//! A child module may use the types of the module above it, to which it often adds methods. There are no other import circles.

pub mod changes;
mod check;
pub mod diagnostic;
mod docs;
mod emit;
#[doc(hidden)]
pub mod expressions;
pub mod import;
mod jmespath;
mod json;
mod lower;
pub mod model;
mod names;
mod offer;
mod overlay;
mod pages;
mod read;
mod render;
mod rules;
mod rust;
mod select;
pub mod suggest;
mod waiters;

pub use names::{package_fault, spelling};
pub use offer::{Offer, offers};
pub use render::MARKER;
pub use select::Operations;

use diagnostic::{Diagnostic, Severity};
use std::collections::BTreeMap;

/// A file's name, as findings show it, and its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    /// The name.
    pub file: &'a str,
    /// The text.
    pub text: &'a str,
}

/// The version of `smithlet-runtime` that the emitted code is written for.
pub const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The way in which a crate's manifest names `smithlet-runtime`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Runtime<'a> {
    /// By its version, [`RUNTIME_VERSION`], so that Cargo takes it from the registry.
    #[default]
    Version,
    /// By its version and the path from the crate, with `/`.
    Path(&'a str),
}

/// The documentation of a generated crate.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Documentation {
    /// The model's, with what the overlay says instead.
    #[default]
    Theirs,
    /// The overlay's only; every other item has a short sentence made of its name.
    None,
}

/// The input of [`generate`]. The default has no model and selects everything.
#[derive(Clone, Debug, Default)]
pub struct Request<'a> {
    /// The service's model.
    pub model: Source<'a>,
    /// Our overlay, which adds traits to the model.
    pub overlay: Option<Source<'a>>,
    /// The service's endpoint rules (botocore's `endpoint-rule-set-1.json`), which replace those in the model.
    pub endpoint_rules: Option<Source<'a>>,
    /// The service's paginators (botocore's `paginators-1.json`), for operations that have none in the model.
    pub paginators: Option<Source<'a>>,
    /// The service's waiters (botocore's `waiters-2.json`), for operations that have none in the model.
    pub waiters: Option<Source<'a>>,
    /// The operations to generate.
    pub operations: Operations,
    /// The crate's name; by default the overlay's, or else `smithlet-` and the service.
    pub name: Option<&'a str>,
    /// The crate's version; by default the overlay's, or else 0.1.0.
    pub version: Option<&'a str>,
    /// The crate's documentation.
    pub documentation: Documentation,
    /// The protocol to speak, such as `awsJson1_0`, if the service lists several.
    pub protocol: Option<&'a str>,
    /// The crate's dependency on `smithlet-runtime`.
    pub runtime: Runtime<'a>,
}

/// A generated crate.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The crate's name.
    pub name: String,
    /// The operations that the crate has.
    pub operations: Vec<String>,
    /// A call of each operation in the same order, with the required texts: `client.stop_build().id("...")`.
    pub calls: Vec<String>,
    /// Every file's text by its path inside the crate, with `/`.
    pub files: BTreeMap<String, String>,
    /// Warnings about what was left out, and notes about what has no meaning here.
    pub diagnostics: Vec<Diagnostic>,
}

/// Generates a crate, or reports everything that is wrong with the input.
///
/// # Errors
///
/// Every finding of the first phase that finds an error; each says where it is.
pub fn generate(request: &Request<'_>) -> Result<Generated, Vec<Diagnostic>> {
    let (plan, diagnostics) = plan(request)?;
    let files = emit::emit(&plan).map_err(|faults| defects(request, faults))?;
    let operations = plan.operations.iter().map(|operation| operation.wire.clone()).collect();
    let calls = plan.operations.iter().map(emit::call).collect();
    Ok(Generated { name: plan.name, operations, calls, files, diagnostics })
}

/// A generated module.
#[derive(Clone, Debug)]
pub struct Module {
    /// The text of a file to include in a module.
    pub text: String,
    /// Warnings about what was left out, and notes about what has no meaning here.
    pub diagnostics: Vec<Diagnostic>,
}

/// Generates the same code as one file, to be included in the module with the path `root`, such as `crate::sqs`, of another crate. That crate depends
/// on `smithlet-runtime` itself, and `serde` tells whether it does so with the feature `serde`.
///
/// # Errors
///
/// A path that is not one of a module below `crate`, and the findings of [`generate`].
pub fn generate_module(request: &Request<'_>, root: &str, serde: bool) -> Result<Module, Vec<Diagnostic>> {
    let nowhere = model::Pointer::default();
    let path = names::module_path(root).ok_or_else(|| {
        let message = format!("{} is not the path of a module", diagnostic::quoted(root));
        vec![Diagnostic::error("", &nowhere, message).hint("a path from the root of the crate, such as `crate::sqs`")]
    })?;
    let (plan, diagnostics) = plan(request)?;
    let text = emit::module(&plan, &path, serde).map_err(|faults| defects(request, faults))?;
    Ok(Module { text, diagnostics })
}

/// Faults of the generator as findings.
fn defects(request: &Request<'_>, faults: Vec<String>) -> Vec<Diagnostic> {
    let defect = |fault| {
        Diagnostic::error(request.model.file, &model::Pointer::default(), fault)
            .hint("this is a fault of the generator: report it with the model")
    };
    faults.into_iter().map(defect).collect()
}

/// All phases before `emit`.
fn plan(request: &Request<'_>) -> Result<(rust::Crate, Vec<Diagnostic>), Vec<Diagnostic>> {
    let file = request.model.file;
    let mut diagnostics = Vec::new();
    let mut model = read::read(file, request.model.text, &mut diagnostics)?;
    let attached = match &request.waiters {
        Some(source) => Some(lower::Attached { file: source.file, operations: waiters::attach(&mut model, source, &mut diagnostics)? }),
        None => None,
    };
    if request.documentation == Documentation::None {
        model.remove_documentation();
        waiters::remove_documentation(&mut model);
    }
    let pages = request.paginators.map_or_else(|| Ok(pages::Attached::default()), |source| pages::attach(&mut model, &source))?;
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
    if let Some(protocol) = request.protocol {
        select::only_protocol(&mut model, file, protocol)?;
    }
    let selection = select::select(&model, file, &request.operations, &mut diagnostics)?;
    let selection = match (&rules, &request.operations) {
        (Some(rules), Operations::All) => select::at_one_endpoint(&model, file, selection, rules, &mut diagnostics),
        _ => selection,
    };
    let options = lower::Options {
        file,
        name: request.name,
        version: request.version,
        runtime: request.runtime,
        endpoint_rules: rules.as_ref(),
        pages: &pages,
        waiters: attached.as_ref(),
    };
    let plan = lower::lower(&model, &selection, &options, &mut diagnostics)?;
    Ok((plan, diagnostics))
}
