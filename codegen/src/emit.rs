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
mod paginator;
mod parts;
mod path;
mod scope;
mod structure;
mod union;
mod waiter;
mod wire;

use crate::names::Name;
use crate::render::{self, File};
use crate::rust::path::Path;
use crate::rust::{Crate, Operation};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};
use scope::Scope;
use std::collections::BTreeMap;

/// Returns every file of the crate by its path, with `/` on every system, or the files that are not valid Rust, which are the generator's fault.
pub(crate) fn emit(plan: &Crate) -> Result<BTreeMap<String, String>, Vec<String>> {
    let mut files = BTreeMap::from([("Cargo.toml".to_owned(), manifest::manifest(plan)), ("rustfmt.toml".to_owned(), manifest::rustfmt())]);
    let mut faults = Vec::new();
    for (path, text) in render::files(sources(plan, &wire::Modules::new(plan))) {
        match text {
            Ok(text) => _ = files.insert(path, text),
            Err(error) => faults.push(fault(&path, &error)),
        }
    }
    if faults.is_empty() { Ok(files) } else { Err(faults) }
}

/// Returns the whole crate as one file, for the module `root` of another crate, or the files that are not valid Rust.
pub(crate) fn module(plan: &Crate, root: &[Ident], has_serde: bool) -> Result<String, Vec<String>> {
    module::module(sources(plan, &wire::Modules::new(plan)), root, has_serde).map(render::file)
}

fn fault(path: &str, error: &syn::Error) -> String {
    format!("the generated {path} is not valid Rust: {error}")
}

/// Every source file of the crate.
fn sources<'a>(plan: &'a Crate, modules: &'a wire::Modules<'a>) -> Vec<File<'a>> {
    crate_files(plan).into_iter().chain(type_files(plan)).chain(wire::files(plan, modules)).collect()
}

/// A call of an operation on `client`, without `send`: every required member that is a text has one, the others are left out.
pub(crate) fn call(operation: &Operation) -> String {
    let calls: String = operation.input.fields.iter().filter(|field| field.required).filter_map(library::required_call).collect();
    format!("client.{}(){calls}", operation.module.to_token_stream())
}

/// The type of a compiled expression, the expression, the same as the body of a function, and the imports that both need.
pub(crate) fn path(path: &Path) -> [String; 4] {
    let scope = Scope::of_file([]);
    let lifetime = quote!('a);
    let parts = [path::ty(&scope, &path.ty, Some(&lifetime)), path::expression(&scope, path), path::body(&scope, path)];
    let [ty, expression, body] = parts.map(|part| part.to_string());
    [ty, expression, body, scope.file(&TokenStream::new()).to_string()]
}

/// The files of the crate itself and of its operations.
fn crate_files(plan: &Crate) -> Vec<File<'_>> {
    let mut files = vec![
        File::new("src/lib.rs", move || library::library(plan)),
        File::new("src/client.rs", move || client::client(plan)),
        File::new("src/config.rs", move || facade::config(plan)),
        File::new("src/error.rs", move || error::crate_error(plan)),
        File::new("src/meta.rs", facade::meta),
        File::new("src/primitives.rs", move || facade::primitives(plan)),
        File::new("src/operation.rs", move || facade::operations(plan)),
        File::new("src/types.rs", move || facade::types(plan)),
        File::new("src/types/builders.rs", move || facade::type_builders(plan)),
        File::new("src/types/error.rs", move || facade::errors(plan)),
    ];
    if let Some(rules) = &plan.endpoint_rules {
        files.push(File::new("src/endpoint.rs", move || endpoint::endpoint(rules)));
    }
    let waiters = plan.waiters();
    if !waiters.is_empty() {
        files.push(File::new("src/waiters.rs", move || waiter::waiters(plan)));
    }
    for (operation, waiter) in waiters {
        files.push(File::new(format!("src/waiters/{}.rs", waiter.module.plain()), move || waiter::waiter(operation, waiter)));
    }
    for operation in &plan.operations {
        let module = operation.module.plain();
        files.push(File::new(format!("src/operation/{module}.rs"), move || operation::operation(operation)));
        files.push(File::new(format!("src/operation/{module}/input.rs"), move || operation::input(operation)));
        files.push(File::new(format!("src/operation/{module}/output.rs"), move || operation::output(operation)));
        if let Some(pages) = &operation.pages {
            files.push(File::new(format!("src/operation/{module}/paginator.rs"), move || paginator::paginator(operation, pages)));
        }
    }
    files
}

/// The files of the shapes, one for each.
fn type_files(plan: &Crate) -> Vec<File<'_>> {
    let file = |module: &Name| format!("src/types/{}.rs", module.plain());
    let mut files = Vec::new();
    for item in &plan.structures {
        files.push(File::new(file(&item.module), move || structure::structure(item)));
    }
    for item in &plan.enums {
        files.push(File::new(file(&item.module), move || enumeration::enumeration(item)));
    }
    for item in &plan.int_enums {
        files.push(File::new(file(&item.module), move || enumeration::int_enumeration(item)));
    }
    for item in &plan.unions {
        files.push(File::new(file(&item.module), move || union::union(item)));
    }
    for item in &plan.errors {
        let module = item.structure.module.plain();
        files.push(File::new(format!("src/types/error/{module}.rs"), move || error::exception(item)));
    }
    files
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
