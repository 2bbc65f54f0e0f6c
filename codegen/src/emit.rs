//! Plan -> files. One line per output file; every kind of item has a module of its own below.

mod builder;
mod client;
mod constraints;
mod differences;
mod endpoint;
mod enumeration;
mod error;
mod facade;
mod fallback;
mod fluent;
mod library;
mod manifest;
mod module;
mod operation;
mod parts;
mod scope;
mod structure;
mod union;
mod wire;

use crate::names::Name;
use crate::render;
use crate::rust::{Crate, Operation};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};
use std::collections::BTreeMap;

/// Returns every file of the crate by its path, with `/` on every system, or the files that are not valid Rust, which are the generator's fault.
pub(crate) fn emit(plan: &Crate) -> Result<BTreeMap<String, String>, Vec<String>> {
    let mut files = BTreeMap::new();
    let mut faults = Vec::new();
    for (path, tokens) in sources(plan) {
        match render::rust(tokens) {
            Ok(text) => _ = files.insert(path, text),
            Err(error) => faults.push(fault(&path, &error)),
        }
    }
    files.insert("Cargo.toml".to_owned(), manifest::manifest(plan));
    files.insert("rustfmt.toml".to_owned(), manifest::rustfmt());
    if faults.is_empty() { Ok(files) } else { Err(faults) }
}

/// Returns the whole crate as one file, for the module `root` of another crate, or the files that are not valid Rust.
pub(crate) fn module(plan: &Crate, root: &[Ident], has_serde: bool) -> Result<String, Vec<String>> {
    module::module(sources(plan), root, has_serde).map(render::file)
}

fn fault(path: &str, error: &syn::Error) -> String {
    format!("the generated {path} is not valid Rust: {error}")
}

/// Every source file of the crate by its path.
fn sources(plan: &Crate) -> BTreeMap<String, TokenStream> {
    let mut files = BTreeMap::new();
    let mut rust = |path: String, tokens: TokenStream| _ = files.insert(path, tokens);
    rust("src/lib.rs".to_owned(), library::library(plan));
    rust("src/client.rs".to_owned(), client::client(plan));
    rust("src/config.rs".to_owned(), facade::config(plan));
    if let Some(rules) = &plan.endpoint_rules {
        rust("src/endpoint.rs".to_owned(), endpoint::endpoint(rules));
    }
    rust("src/error.rs".to_owned(), error::crate_error(plan));
    rust("src/meta.rs".to_owned(), facade::meta());
    rust("src/primitives.rs".to_owned(), facade::primitives());
    rust("src/operation.rs".to_owned(), facade::operations(plan));
    rust("src/types.rs".to_owned(), facade::types(plan));
    rust("src/types/builders.rs".to_owned(), facade::type_builders(plan));
    rust("src/types/error.rs".to_owned(), facade::errors(plan));
    for operation in &plan.operations {
        let module = operation.module.plain();
        rust(format!("src/operation/{module}.rs"), operation::operation(operation));
        rust(format!("src/operation/{module}/input.rs"), operation::input(operation));
        rust(format!("src/operation/{module}/output.rs"), operation::output(operation));
    }
    for structure in &plan.structures {
        rust(format!("src/types/{}.rs", structure.module.plain()), structure::structure(structure));
    }
    for item in &plan.enums {
        rust(format!("src/types/{}.rs", item.module.plain()), enumeration::enumeration(item));
    }
    for item in &plan.int_enums {
        rust(format!("src/types/{}.rs", item.module.plain()), enumeration::int_enumeration(item));
    }
    for item in &plan.unions {
        rust(format!("src/types/{}.rs", item.module.plain()), union::union(item));
    }
    for item in &plan.errors {
        rust(format!("src/types/error/{}.rs", item.structure.module.plain()), error::exception(item));
    }
    for (path, tokens) in wire::files(plan) {
        rust(path, tokens);
    }
    files
}

/// A call of an operation on `client`, without `send`: every required member that is a text has one, the others are left out.
pub(crate) fn call(operation: &Operation) -> String {
    let calls: String = operation.input.fields.iter().filter(|field| field.required).filter_map(library::required_call).collect();
    format!("client.{}(){calls}", operation.module.to_token_stream())
}

/// Documentation as attributes, one per line, since a longer one would be printed as a block comment.
fn docs(markdown: &str) -> TokenStream {
    markdown
        .lines()
        .map(|line| {
            let line = if line.is_empty() { String::new() } else { format!(" {line}") };
            quote!(#[doc = #line])
        })
        .collect()
}

/// A link to a type of the same file. Names of derives are not linked, since rustdoc would link to the derive.
fn link(name: &Name) -> String {
    const DERIVES: [&str; 9] = ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];
    if DERIVES.contains(&name.plain()) { format!("`{}`", name.plain()) } else { format!("[`{}`]", name.plain()) }
}
