//! The wire code: `src/wire/`, apart from the API, with a file per shape and per operation. These are the only files that know the protocol.

mod aws_json;
mod cbor;
mod finish;
mod functions;
mod operation;
mod rest_json;

use super::scope::Scope;
use crate::names::Name;
use crate::render::File;
use crate::rust::{Crate, Exception, Operation, Protocol, Type};
use functions::{Format, Functions};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The files of the wire code.
pub(super) fn files<'a>(plan: &'a Crate, modules: &'a Modules<'a>) -> Vec<File<'a>> {
    let mut files = vec![File::new("src/wire.rs", || contents(plan)), File::new("src/wire/operation.rs", move || operations(plan))];
    for operation in &plan.operations {
        let module = operation.module.plain();
        let emitter: fn(&Operation, &Modules<'_>) -> TokenStream = match plan.service.protocol {
            Protocol::AwsJson { .. } => aws_json::operation,
            Protocol::RestJson => rest_json::operation,
            Protocol::RpcV2Cbor => cbor::operation,
        };
        files.push(File::new(format!("src/wire/operation/{module}.rs"), move || emitter(operation, modules)));
    }
    for item in &plan.structures {
        files.push(File::new(format!("src/wire/types/{}.rs", item.module.plain()), move || functions::structure(item, modules)));
    }
    for item in &plan.unions {
        files.push(File::new(format!("src/wire/types/{}.rs", item.module.plain()), move || functions::union(item, modules)));
    }
    for item in &plan.errors {
        let module = item.structure.module.plain();
        let emitter: fn(&Exception, &Modules<'_>) -> TokenStream = match plan.service.protocol {
            Protocol::AwsJson { .. } => aws_json::exception,
            Protocol::RestJson => rest_json::exception,
            Protocol::RpcV2Cbor => cbor::exception,
        };
        files.push(File::new(format!("src/wire/types/error/{module}.rs"), move || emitter(item, modules)));
    }
    if has_types(plan) {
        files.push(File::new("src/wire/types.rs", move || types(plan)));
    }
    if !plan.errors.is_empty() {
        files.push(File::new("src/wire/types/error.rs", move || errors(plan)));
    }
    files
}

/// The modules of the shapes that have a form of their own on the wire, and the formats of these forms.
pub(super) struct Modules<'a> {
    /// The format on the wire and, if it is not JSON, the one for serde.
    formats: &'static [Format],
    /// True if an operation may have no function of the format, except for serde.
    serde_by_path: bool,
    types: BTreeMap<&'a Name, &'a Name>,
    errors: BTreeMap<&'a Name, &'a Name>,
}

impl<'a> Modules<'a> {
    pub(super) fn new(plan: &'a Crate) -> Self {
        let structures = plan.structures.iter().map(|item| (&item.name, &item.module));
        let unions = plan.unions.iter().map(|item| (&item.name, &item.module));
        let errors = plan.errors.iter().map(|item| (&item.structure.name, &item.structure.module));
        let formats: &[Format] = match plan.service.protocol {
            Protocol::AwsJson { .. } | Protocol::RestJson => &[Format::Json],
            Protocol::RpcV2Cbor => &[Format::Cbor, Format::SerdeJson],
        };
        let serde_by_path = plan.service.protocol == Protocol::RestJson;
        Self { formats, serde_by_path, types: structures.chain(unions).collect(), errors: errors.collect() }
    }

    /// The functions of a file in each format. `shape` is the shape of `types` that the file is for.
    fn functions_of<'b>(
        &'b self,
        scope: &'b Scope,
        shape: Option<&'b Name>,
        visibility: TokenStream,
    ) -> impl Iterator<Item = Functions<'b>> {
        self.formats.iter().map(move |format| {
            let visibility = visibility.clone();
            Functions { scope, modules: self, shape, visibility, format: *format, serde_by_path: false }
        })
    }

    /// The format on the wire.
    fn format(&self) -> Format {
        self.formats.first().copied().unwrap_or(Format::Json)
    }

    /// serde's traits for a type, by the functions that read and write it as JSON. `end` is the end of their names.
    fn serde(&self, ty: &TokenStream, end: &str) -> TokenStream {
        let format = self.formats.last().copied().unwrap_or(Format::Json);
        let [read, write] = ["read", "write"].map(|name| format.function(name, end));
        quote!(#[cfg(feature = "serde")] smithlet_runtime::serde_as_json!(#ty, #read, #write);)
    }

    /// The path of a function of the type's module, from a file that may be this module: the file of `shape`.
    fn function(&self, scope: &Scope, shape: Option<&Name>, ty: &Type, function: &TokenStream) -> TokenStream {
        match ty {
            Type::Error(name) => {
                let (error, module) = (scope.wire(&Name::fixed("error")), self.errors.get(name));
                quote!(#error::#module::#function)
            }
            Type::Structure(name) | Type::Union(name) if shape == Some(name) => function.clone(),
            Type::Structure(name) | Type::Union(name) => {
                let module = self.types.get(name).map(|module| scope.wire(module));
                quote!(#module::#function)
            }
            _ => function.clone(),
        }
    }
}

fn has_types(plan: &Crate) -> bool {
    !(plan.structures.is_empty() && plan.unions.is_empty() && plan.errors.is_empty())
}

/// `wire.rs`.
fn contents(plan: &Crate) -> TokenStream {
    let types = has_types(plan).then(|| {
        quote!(
            mod types;
        )
    });
    quote! {
        //! Writes inputs and reads outputs and errors as the service's protocol has them. The types themselves know no protocol.
        mod operation;
        #types
    }
}

/// `wire/operation.rs`.
fn operations(plan: &Crate) -> TokenStream {
    let modules = plan.operations.iter().map(|operation| &operation.module);
    quote! {
        //! The operations: where a request goes, what is in it, and what a reply means.
        #(mod #modules;)*
    }
}

/// `wire/types.rs`.
fn types(plan: &Crate) -> TokenStream {
    let structures = plan.structures.iter().map(|item| &item.module);
    let mut modules: Vec<&Name> = structures.chain(plan.unions.iter().map(|item| &item.module)).collect();
    let error = Name::fixed("error");
    modules.extend((!plan.errors.is_empty()).then_some(&error));
    modules.sort();
    quote! {
        //! Reads and writes the types that inputs and outputs are made of.
        #(pub(crate) mod #modules;)*
    }
}

/// `wire/types/error.rs`.
fn errors(plan: &Crate) -> TokenStream {
    let modules = plan.errors.iter().map(|item| &item.structure.module);
    quote! {
        //! Reads and writes the errors that operations list.
        #(pub(crate) mod #modules;)*
    }
}
