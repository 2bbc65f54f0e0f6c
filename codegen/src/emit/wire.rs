//! The wire code: `src/wire/`, apart from the API, with a file per shape and per operation. These are the only files that know the protocol.

mod aws_json;
mod json;

use super::scope::Scope;
use crate::names::Name;
use crate::rust::{Codec, Crate, Type};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The files by their paths.
pub(super) fn files(plan: &Crate) -> Vec<(String, TokenStream)> {
    let modules = Modules::new(plan);
    let mut files = vec![("src/wire.rs".to_owned(), contents(plan)), ("src/wire/operation.rs".to_owned(), operations(plan))];
    for operation in &plan.operations {
        files.push((format!("src/wire/operation/{}.rs", operation.module.plain()), aws_json::operation(operation, &modules)));
    }
    for item in &plan.structures {
        files.push((format!("src/wire/types/{}.rs", item.module.plain()), json::structure(item, &modules)));
    }
    for item in &plan.unions {
        files.push((format!("src/wire/types/{}.rs", item.module.plain()), json::union(item, &modules)));
    }
    for item in &plan.errors {
        files.push((format!("src/wire/types/error/{}.rs", item.structure.module.plain()), aws_json::exception(item, &modules)));
    }
    if has_types(plan) {
        files.push(("src/wire/types.rs".to_owned(), types(plan)));
    }
    if !plan.errors.is_empty() {
        files.push(("src/wire/types/error.rs".to_owned(), errors(plan)));
    }
    files
}

/// The modules of the shapes that have a form of their own on the wire.
struct Modules<'a> {
    types: BTreeMap<&'a Name, &'a Name>,
    errors: BTreeMap<&'a Name, &'a Name>,
}

impl<'a> Modules<'a> {
    fn new(plan: &'a Crate) -> Self {
        let structures = plan.structures.iter().map(|item| (&item.name, &item.module));
        let unions = plan.unions.iter().map(|item| (&item.name, &item.module));
        let errors = plan.errors.iter().map(|item| (&item.structure.name, &item.structure.module));
        Self { types: structures.chain(unions).collect(), errors: errors.collect() }
    }

    /// The path of a function of the type's module, from a file that may be this module.
    fn function(&self, scope: &Scope, file: &Name, ty: &Type, function: &TokenStream) -> TokenStream {
        match ty {
            Type::Error(name) => {
                let (error, module) = (scope.wire(&Name::fixed("error")), self.errors.get(name));
                quote!(#error::#module::#function)
            }
            Type::Structure(name) | Type::Union(name) if name == file => function.clone(),
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
        //! The types that inputs and outputs are made of.
        #(pub(crate) mod #modules;)*
    }
}

/// `wire/types/error.rs`.
fn errors(plan: &Crate) -> TokenStream {
    let modules = plan.errors.iter().map(|item| &item.structure.module);
    quote! {
        //! The errors that operations name.
        #(pub(crate) mod #modules;)*
    }
}

/// A function, where a shape goes that way; behind the feature where serde alone does.
fn when(codec: Codec, function: impl FnOnce() -> TokenStream) -> TokenStream {
    match codec {
        Codec::Wire => function(),
        Codec::Serde => {
            let function = function();
            quote!(#[cfg(feature = "serde")] #function)
        }
        Codec::Nothing => TokenStream::new(),
    }
}
