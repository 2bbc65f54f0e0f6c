//! Model -> plan. Every decision about the output is made here: names, optional, boxed and redacted values, and documentation. The emitters hold
//! no `if` about the model.

mod checksum;
mod constraints;
mod documentation;
mod endpoint;
mod http;
mod operations;
mod pages;
mod path;
mod recursion;
mod shapes;
mod types;
mod waiters;

pub(crate) use path::Root;
pub(crate) use types::{Nullability, default, nullability};
pub(crate) use waiters::Attached;

use crate::Runtime;
use crate::diagnostic::{Diagnostic, Severity};
use crate::docs;
use crate::jmespath::Fault;
use crate::model::{Kind, Members, Model, Pointer, Shape, ShapeId};
use crate::names::{self, Name, Registry};
use crate::rules::RuleSet;
use crate::rust::path::Path;
use crate::rust::{Crate, Protocol, Service};
use crate::select::{self, Selection};
use documentation::Names;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The version of a crate whose overlay has none.
pub(crate) const FIRST_VERSION: &str = "0.1.0";

/// The caller's decisions about the crate; the others are in the model's overlay.
pub(crate) struct Options<'a> {
    pub(crate) file: &'a str,
    pub(crate) name: Option<&'a str>,
    pub(crate) version: Option<&'a str>,
    pub(crate) runtime: Runtime<'a>,
    pub(crate) endpoint_rules: Option<&'a RuleSet>,
    /// The operations that have their pagination from a file of its own.
    pub(crate) pages: &'a crate::pages::Attached,
    /// The operations that have their waiters from a file of its own.
    pub(crate) waiters: Option<&'a Attached<'a>>,
}

/// Makes the plan, or reports every name that collides and every faulty endpoint rule. Parts of the model that the output lacks are added to
/// `notes`.
pub(crate) fn lower<'a>(
    model: &'a Model,
    selection: &'a Selection,
    options: &Options<'a>,
    notes: &mut Vec<Diagnostic>,
) -> Result<Crate, Vec<Diagnostic>> {
    let mut lowering = Lowering::new(model, selection, options);
    let mut plan = lowering.plan(options);
    let (mut findings, warnings): (Vec<_>, Vec<_>) = lowering.findings.into_iter().partition(|finding| finding.severity == Severity::Error);
    notes.extend(warnings);
    if let Some(rules) = options.endpoint_rules {
        match (endpoint::lower(rules, model, selection, notes), &mut plan) {
            (Ok(rules), Some(plan)) => plan.endpoint_rules = Some(rules),
            (Ok(_), None) => {}
            (Err(found), _) => findings.extend(found),
        }
    }
    match plan {
        Some(plan) if findings.is_empty() => Ok(plan),
        _ => Err(findings),
    }
}

/// Compiles expressions, each of which may have a fault.
pub(crate) fn paths<'a>(
    model: &'a Model,
    selection: &'a Selection,
    options: &Options<'a>,
    texts: &[&str],
    root: Root<'_>,
) -> Vec<Result<Path, Fault>> {
    let lowering = Lowering::new(model, selection, options);
    texts.iter().map(|text| lowering.path(text, root)).collect()
}

/// The state of lowering.
struct Lowering<'a> {
    model: &'a Model,
    selection: &'a Selection,
    file: &'a str,
    pages: &'a crate::pages::Attached,
    /// The waiters of a file beside the model.
    attached: Option<&'a Attached<'a>>,
    /// The names of the selected types, by shape.
    names: BTreeMap<&'a ShapeId, Name>,
    /// Members through which a structure contains itself.
    boxed: BTreeSet<(&'a ShapeId, &'a str)>,
    /// Shapes that a selected member targets; the others are only an operation's input or output.
    targeted: BTreeSet<&'a ShapeId>,
    /// Structures and unions with constraints to check before they are sent.
    checked: BTreeSet<&'a ShapeId>,
    /// Shapes that a member of an output or of an error targets.
    received: BTreeSet<&'a ShapeId>,
    /// Names that documentation anywhere in the crate may use.
    items: Names,
    findings: Vec<Diagnostic>,
}

impl<'a> Lowering<'a> {
    fn new(model: &'a Model, selection: &'a Selection, options: &Options<'a>) -> Self {
        let selected = || selection.shapes.keys().filter_map(|id| Some((id, model.shape(id)?)));
        let targeted = selected().flat_map(|(_, shape)| shape.members().map(|(_, member)| &member.target)).collect();
        let outputs = selected().filter(|(id, _)| selection.shapes.get(id).is_some_and(|usage| usage.output));
        let received = outputs.flat_map(|(_, shape)| shape.members().map(|(_, member)| &member.target)).collect();
        let mut lowering = Self {
            model,
            selection,
            file: options.file,
            pages: options.pages,
            attached: options.waiters,
            names: BTreeMap::new(),
            boxed: recursion::boxed_members(model, selection),
            targeted,
            checked: constraints::checked_shapes(model, selection),
            received,
            items: Names::default(),
            findings: Vec::new(),
        };
        lowering.name_types();
        lowering.items = lowering.crate_names();
        lowering
    }

    /// Names every selected type and reports collisions.
    fn name_types(&mut self) {
        let mut types = Registry::new(self.file, "the crate's types");
        let mut modules = Registry::new(self.file, "the crate's type modules");
        let mut errors = Registry::new(self.file, "the crate's errors");
        for (id, shape) in self.selected() {
            if !is_type(shape) {
                continue;
            }
            let named = self.rust_name(id, shape);
            let name = if is_error(shape) { names::error_name(&named) } else { names::type_name(&named) };
            if is_error(shape) {
                errors.claim(&name, id.as_str(), &shape.pointer, &mut self.findings);
            } else if self.targeted.contains(id) {
                let _ = types.claim(&name, id.as_str(), &shape.pointer, &mut self.findings)
                    && modules.claim(&names::module_name(&named), id.as_str(), &shape.pointer, &mut self.findings);
            }
            self.names.insert(id, name);
        }
    }

    fn selected(&self) -> impl Iterator<Item = (&'a ShapeId, &'a Shape)> + use<'a> {
        let model = self.model;
        self.selection.shapes.keys().filter_map(move |id| Some((id, model.shape(id)?)))
    }

    /// The name that a Rust name is made of: the overlay's, the service's, or the shape's own.
    fn rust_name(&self, id: &ShapeId, shape: &Shape) -> String {
        let renamed = || match self.model.shape(&self.selection.service).map(|service| &service.kind) {
            Some(Kind::Service(service)) => service.rename.get(id).cloned(),
            _ => None,
        };
        shape.traits.text(NAME).map(str::to_owned).or_else(renamed).unwrap_or_else(|| names::of_model(id.name()).to_owned())
    }

    fn plan(&mut self, options: &Options<'_>) -> Option<Crate> {
        let service_shape = self.model.shape(&self.selection.service)?;
        let service = self.service(service_shape);
        let target_prefix = service_shape.traits.text("smithlet.api#targetPrefix").unwrap_or(self.selection.service.name()).to_owned();
        let operations = self.operations(&target_prefix);
        let stated = |key: &str| service_shape.traits.get("smithlet.api#crate").and_then(|value| value.get(key)).and_then(Value::as_str);
        let name = options
            .name
            .or_else(|| stated("name"))
            .map_or_else(|| format!("smithlet-{}", names::package_suffix(&service.id)), str::to_owned);
        let version = options.version.or_else(|| stated("version")).unwrap_or(FIRST_VERSION).to_owned();
        let errors = self.errors(&operations.iter().flat_map(|operation| &operation.errors).map(|error| &error.name).collect());
        self.check_package(&name, &version, options, &service_shape.pointer);
        Some(Crate {
            name,
            version,
            runtime: match options.runtime {
                Runtime::Version => None,
                Runtime::Path(path) => Some(path.to_owned()),
            },
            endpoint_rules: None,
            operations,
            structures: self.structures(),
            enums: self.enums(),
            int_enums: self.int_enums(),
            unions: self.unions(),
            errors,
            service,
        })
    }

    /// Checks a package's name and version, since they are written to the manifest unchanged.
    fn check_package(&mut self, name: &str, version: &str, options: &Options<'_>, pointer: &Pointer) {
        // The caller's decisions have no place in the model.
        let nowhere = Pointer::default();
        let place = |asked: bool| if asked { ("", &nowhere) } else { (self.file, pointer) };
        if let Some((fault, hint)) = names::package_fault(name) {
            let (file, pointer) = place(options.name.is_some());
            let finding = Diagnostic::error(file, pointer, format!("`{}` {fault}", name.escape_default()));
            self.findings.push(finding.hint(hint));
        }
        let numbers: Vec<&str> = version.split('.').collect();
        if numbers.len() != 3 || !numbers.iter().all(|part| part.parse::<u32>().is_ok()) {
            let (file, pointer) = place(options.version.is_some());
            let finding = Diagnostic::error(file, pointer, format!("`{}` is not a valid crate version", version.escape_default()));
            let hint = if options.version.is_some() { "three numbers, such as 0.1.0" } else { OF_THE_TRAIT };
            self.findings.push(finding.hint(hint));
        }
    }

    fn service(&self, shape: &Shape) -> Service {
        let field = |key: &str| shape.traits.get("aws.api#service").and_then(|value| value.get(key)).and_then(Value::as_str);
        let id = field("sdkId").unwrap_or(self.selection.service.name()).to_owned();
        let signing = shape.traits.get("aws.auth#sigv4").and_then(|value| value.get("name")).and_then(Value::as_str);
        let signing_name = signing.map_or_else(|| names::package_suffix(&id), str::to_owned);
        let api_version = match &shape.kind {
            Kind::Service(service) => service.version.clone(),
            _ => String::new(),
        };
        Service {
            title: shape.traits.text("smithy.api#title").unwrap_or(&id).split_whitespace().collect::<Vec<_>>().join(" "),
            docs: self.docs(&shape.traits, &[], || format!("A client of {}.", docs::escape(&id))),
            endpoint_prefix: field("endpointPrefix").map_or_else(|| signing_name.clone(), str::to_owned),
            signing_name,
            id,
            api_version,
            protocol: match self.selection.protocol {
                select::Protocol::AwsJson1_1 => Protocol::AwsJson { content_type: "application/x-amz-json-1.1" },
                select::Protocol::AwsJson1_0 => Protocol::AwsJson { content_type: "application/x-amz-json-1.0" },
                select::Protocol::RestJson1 => Protocol::RestJson,
                select::Protocol::RpcV2Cbor => Protocol::RpcV2Cbor,
            },
            query_compatible: shape.traits.has("aws.protocols#awsQueryCompatible"),
        }
    }
}

/// Advice about a version in an overlay.
const OF_THE_TRAIT: &str = "three numbers, such as 0.1.0, in the trait `smithlet.api#crate`";

/// The trait by which an overlay gives a shape or a member another name in Rust.
const NAME: &str = "smithlet.api#name";

/// True if a shape is an error.
fn is_error(shape: &Shape) -> bool {
    shape.traits.has("smithy.api#error")
}

/// True if a shape becomes a type of its own.
fn is_type(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Structure(_) | Kind::Union(_) | Kind::Enum(_) | Kind::IntEnum(_)) && !is_unit(shape)
}

/// True for the prelude's `Unit`, which holds no value.
fn is_unit(shape: &Shape) -> bool {
    matches!(&shape.kind, Kind::Structure(members) if members.is_empty()) && shape.pointer.as_str().is_empty()
}

/// Members of a structure, or none.
fn members_of(shape: Option<&Shape>) -> Option<&Members> {
    match shape.map(|shape| &shape.kind) {
        Some(Kind::Structure(members)) => Some(members),
        _ => None,
    }
}
