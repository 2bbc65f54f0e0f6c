//! Structures and unions in the formats of a protocol: one function per direction and format, over the runtime's readers and writers, which have
//! the same methods.

mod read;
mod write;

use super::super::scope::Scope;
use super::Modules;
use crate::names::Name;
use crate::rust::{Codec, Structure, Type, Union};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The file of a structure of `types`.
pub(super) fn structure(structure: &Structure, modules: &Modules<'_>) -> TokenStream {
    let scope = Scope::of_file([]);
    let ty = scope.shape(&structure.name);
    let functions = modules.functions_of(&scope, Some(&structure.name), quote!(pub(crate)));
    let functions: Vec<_> = functions.map(|functions| functions.of_structure(structure, &ty, "")).collect();
    let serde = modules.serde(&ty, "");
    file(&scope, modules, &structure.name, &quote!(#(#functions)* #serde))
}

/// The file of a union of `types`.
pub(super) fn union(union: &Union, modules: &Modules<'_>) -> TokenStream {
    let scope = Scope::of_file([]);
    let ty = scope.shape(&union.name);
    let functions = modules.functions_of(&scope, Some(&union.name), quote!(pub(crate)));
    let functions: Vec<_> = functions.map(|functions| functions.of_union(union, &ty)).collect();
    let serde = modules.serde(&ty, "");
    file(&scope, modules, &union.name, &quote!(#(#functions)* #serde))
}

/// A file that says whose form it has, and in which format.
pub(super) fn file(scope: &Scope, modules: &Modules<'_>, name: &Name, body: &TokenStream) -> TokenStream {
    let about = format!(" `{}` in {}.", name.plain(), modules.format().name());
    let body = scope.file(body);
    quote!(#![doc = #about] #body)
}

/// A format in which a crate has functions for its shapes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    /// JSON, on the wire and for serde.
    Json,
    /// CBOR, on the wire only.
    Cbor,
    /// JSON for serde only, beside another format on the wire.
    SerdeJson,
}

impl Format {
    /// The name of the format.
    fn name(self) -> &'static str {
        match self {
            Self::Json | Self::SerdeJson => "JSON",
            Self::Cbor => "CBOR",
        }
    }

    /// The runtime's module with the reader and the writer. It is not imported where only serde's functions need it.
    fn module(self, scope: &Scope) -> TokenStream {
        match self {
            Self::Json => scope.module("json"),
            Self::Cbor => scope.module("cbor"),
            Self::SerdeJson => quote!(smithlet_runtime::support::json),
        }
    }

    /// The name of a function such as `read`, which has an end such as `_input` in an operation's file.
    pub(super) fn function(self, name: &str, end: &str) -> TokenStream {
        let format = if self == Self::SerdeJson { "_json" } else { "" };
        let name = Ident::new(&format!("{name}{end}{format}"), Span::call_site());
        quote!(#name)
    }

    /// A function, where a shape goes that way in this format; behind the feature where serde alone needs it.
    fn when(self, codec: Codec, function: impl FnOnce() -> TokenStream) -> TokenStream {
        match (codec, self) {
            (Codec::Nothing, _) | (Codec::Serde, Self::Cbor) => TokenStream::new(),
            (Codec::Wire, Self::Json | Self::Cbor) => function(),
            (Codec::Serde, Self::Json) | (_, Self::SerdeJson) => {
                let function = function();
                quote!(#[cfg(feature = "serde")] #function)
            }
        }
    }
}

/// The functions of one file that read and write its shapes in one format.
pub(super) struct Functions<'a> {
    pub(super) scope: &'a Scope,
    pub(super) modules: &'a Modules<'a>,
    /// The shape of `types` whose functions the file has, by their plain names. An operation or an error may have the same name.
    pub(super) shape: Option<&'a Name>,
    /// The visibility of structures' functions.
    pub(super) visibility: TokenStream,
    pub(super) format: Format,
    /// True if functions for serde alone write the path of the runtime's module, because nothing else in the file may use it.
    pub(super) serde_by_path: bool,
}

impl Functions<'_> {
    /// The functions of a structure. `end` is the end of their names.
    pub(super) fn of_structure(&self, structure: &Structure, ty: &TokenStream, end: &str) -> TokenStream {
        let [read, write] = ["read", "write"].map(|name| self.format.function(name, end));
        let read = self.format.when(structure.decode, || self.of_codec(structure.decode).read_structure(structure, ty, &read));
        let write = self.format.when(structure.encode, || self.of_codec(structure.encode).write_structure(structure, ty, &write));
        quote!(#read #write)
    }

    /// The same functions, with the module as a path if they are for serde alone.
    fn of_codec(&self, codec: Codec) -> Functions<'_> {
        let serde_by_path = self.serde_by_path && codec == Codec::Serde;
        Functions { visibility: self.visibility.clone(), serde_by_path, ..*self }
    }

    fn of_union(&self, union: &Union, ty: &TokenStream) -> TokenStream {
        let read = self.format.when(union.decode, || self.read_union(union, ty));
        let write = self.format.when(union.encode, || self.write_union(union, ty));
        quote!(#read #write)
    }

    /// The runtime's module with the reader and the writer.
    fn module(&self) -> TokenStream {
        let format = if self.serde_by_path { Format::SerdeJson } else { self.format };
        format.module(self.scope)
    }

    /// The path of a function of a shape's file.
    fn function(&self, ty: &Type, name: &str) -> TokenStream {
        self.modules.function(self.scope, self.shape, ty, &self.format.function(name, ""))
    }
}
