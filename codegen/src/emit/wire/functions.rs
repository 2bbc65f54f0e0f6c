//! Structures and unions in the formats of a protocol: one function per direction and format, over the runtime's readers and writers, which have
//! the same methods.

use super::super::scope::Scope;
use super::Modules;
use crate::names::Name;
use crate::rust::{Codec, Field, FieldSource, Presence, Role, Structure, TimestampFormat, Type, Union, UnionVariant};
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

    /// The function that reads a structure.
    fn read_structure(&self, structure: &Structure, ty: &TokenStream, function: &TokenStream) -> TokenStream {
        let (start, end) = match structure.role {
            Role::Input => (quote!(#ty::default()), quote!()),
            _ if structure.fallible() => (quote!(#ty::builder()), quote!(.build_lenient())),
            _ => (quote!(#ty::builder()), quote!(.build())),
        };
        if !structure.fields.iter().any(|field| field.source == FieldSource::Model) {
            return self.reading(
                ty,
                function,
                &quote! {
                    while reader.key()?.is_some() {
                        reader.skip()?;
                    }
                    Ok(Some(#start #end))
                },
            );
        }
        let of = if structure.role == Role::Input { quote!(input) } else { quote!(builder) };
        let arms = structure.fields.iter().filter(|field| field.source == FieldSource::Model).map(|field| self.read_field(&of, field));
        self.reading(
            ty,
            function,
            &quote! {
                let mut #of = #start;
                while let Some(key) = reader.key()? {
                    match key {
                        #(#arms)*
                        _ => reader.skip()?,
                    }
                }
                Ok(Some(#of #end))
            },
        )
    }

    /// The arm that reads a field of a variable.
    fn read_field(&self, of: &TokenStream, field: &Field) -> TokenStream {
        let (wire, name, value) = (&field.wire, &field.name, self.read(&field.ty));
        let boxed = self.boxed(field);
        quote!(#wire => #of.#name = #value? #boxed,)
    }

    /// The call that boxes an optional value, if its field is boxed.
    pub(super) fn boxed(&self, field: &Field) -> Option<TokenStream> {
        field.boxed.then(|| {
            let boxed = self.scope.known("Box");
            quote!(.map(#boxed::new))
        })
    }

    /// The function that reads fields into a builder.
    pub(super) fn read_into<'f>(
        &self,
        fields: impl Iterator<Item = &'f Field>,
        builder: &TokenStream,
        function: &TokenStream,
    ) -> TokenStream {
        let (format, result) = (self.module(), self.scope.known("Result"));
        let arms = fields.map(|field| self.read_field(&quote!(builder), field));
        quote! {
            fn #function(reader: &mut #format::Reader<'_>, builder: &mut #builder) -> #result<(), #format::Error> {
                if !reader.object()? {
                    return Ok(());
                }
                while let Some(key) = reader.key()? {
                    match key {
                        #(#arms)*
                        _ => reader.skip()?,
                    }
                }
                Ok(())
            }
        }
    }

    fn read_union(&self, union: &Union, ty: &TokenStream) -> TokenStream {
        let arms = union.variants.iter().map(|variant| {
            let (wire, value) = (&variant.wire, self.read_variant(variant, ty));
            quote!(#wire => value = #value.or(value),)
        });
        self.reading(
            ty,
            &self.format.function("read", ""),
            &quote! {
                let mut value = None;
                while let Some(key) = reader.key()? {
                    match key {
                        #(#arms)*
                        _ => reader.skip()?,
                    }
                }
                Ok(Some(value.unwrap_or(#ty::Unknown)))
            },
        )
    }

    /// An expression that reads a union's member: an `Option` of the union.
    fn read_variant(&self, variant: &UnionVariant, ty: &TokenStream) -> TokenStream {
        let name = &variant.name;
        let Some(value) = &variant.ty else { return quote!(reader.unit()?.map(|()| #ty::#name)) };
        let read = self.read(value);
        if variant.boxed {
            let boxed = self.scope.known("Box");
            return quote!(#read?.map(|member| #ty::#name(#boxed::new(member))));
        }
        quote!(#read?.map(#ty::#name))
    }

    /// A function that enters an object and gives `None` for a null.
    fn reading(&self, ty: &TokenStream, function: &TokenStream, body: &TokenStream) -> TokenStream {
        let (format, visibility) = (self.module(), &self.visibility);
        quote! {
            #visibility fn #function(reader: &mut #format::Reader<'_>) -> #format::Read<#ty> {
                if !reader.object()? {
                    return Ok(None);
                }
                #body
            }
        }
    }

    /// An expression that reads one value from `reader`: `Result<Option<T>, Error>`.
    pub(super) fn read(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::List { item, sparse } => {
                let item = self.item_reader(item);
                if *sparse { quote!(reader.sparse_list(#item)) } else { quote!(reader.list(#item)) }
            }
            Type::Map { value, sparse, .. } => {
                let value = self.item_reader(value);
                if *sparse { quote!(reader.sparse_map(#value)) } else { quote!(reader.map(#value)) }
            }
            Type::Structure(_) | Type::Union(_) | Type::Error(_) => {
                let read = self.item_reader(ty);
                quote!(#read(reader))
            }
            simple => {
                let method = simple_reader(simple);
                quote!(reader.#method())
            }
        }
    }

    /// A function from a reader to `Result<Option<T>, Error>`, to be handed to the reader of a list or a map.
    pub(super) fn item_reader(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Structure(_) | Type::Union(_) | Type::Error(_) => self.function(ty, "read"),
            Type::List { .. } | Type::Map { .. } => {
                let read = self.read(ty);
                quote!(|reader| #read)
            }
            simple => {
                let (format, method) = (self.module(), simple_reader(simple));
                quote!(#format::Reader::#method)
            }
        }
    }

    /// The function that writes a structure.
    fn write_structure(&self, structure: &Structure, ty: &TokenStream, function: &TokenStream) -> TokenStream {
        self.write_fields(structure.fields.iter().filter(|field| field.source == FieldSource::Model), ty, function)
    }

    /// The function that writes fields of a structure.
    pub(super) fn write_fields<'f>(
        &self,
        fields: impl Iterator<Item = &'f Field>,
        ty: &TokenStream,
        function: &TokenStream,
    ) -> TokenStream {
        let (format, visibility) = (self.module(), &self.visibility);
        let mut fields = fields.map(|field| self.write_field(field)).peekable();
        let value = if fields.peek().is_some() { quote!(value) } else { quote!(_) };
        quote! {
            #visibility fn #function(writer: &mut #format::Writer, #value: &#ty) {
                writer.begin_object();
                #(#fields)*
                writer.end_object();
            }
        }
    }

    /// The statements that write a field with its name, if it is there.
    fn write_field(&self, field: &Field) -> TokenStream {
        let (name, wire) = (&field.name, &field.wire);
        if field.presence != Presence::Optional {
            let (key, write) = (self.write_key(wire), self.write(&field.ty, &quote!(&value.#name)));
            return quote! {
                #key;
                #write;
            };
        }
        if self.escapes(wire) {
            let (key, write) = (self.write_key(wire), self.write(&field.ty, &quote!(member)));
            return quote! {
                if let Some(member) = &value.#name {
                    #key;
                    #write;
                }
            };
        }
        match &field.ty {
            Type::List { item, sparse } => {
                let item = self.item_writer(item, *sparse);
                quote!(writer.list_member(#wire, &value.#name, #item);)
            }
            Type::Map { value: item, sparse, .. } => {
                let item = self.item_writer(item, *sparse);
                quote!(writer.map_member(#wire, &value.#name, #item);)
            }
            ty if field.boxed => {
                let write = self.write(ty, &quote!(member));
                quote!(writer.member(#wire, &value.#name, |writer, member| #write);)
            }
            ty => {
                let write = self.item_writer(ty, false);
                quote!(writer.member(#wire, &value.#name, #write);)
            }
        }
    }

    /// The call that writes a name. JSON's writer has a method of its own for the rare name with characters to escape.
    fn write_key(&self, wire: &str) -> TokenStream {
        if self.escapes(wire) { quote!(writer.any_key(#wire)) } else { quote!(writer.key(#wire)) }
    }

    /// True for a name with characters that the format escapes.
    fn escapes(&self, wire: &str) -> bool {
        let is_json = self.serde_by_path || self.format != Format::Cbor;
        is_json && wire.chars().any(|character| matches!(character, '"' | '\\' | ..' '))
    }

    fn write_union(&self, union: &Union, ty: &TokenStream) -> TokenStream {
        let (format, function) = (self.module(), self.format.function("write", ""));
        let arms = union.variants.iter().map(|variant| {
            let (key, name) = (self.write_key(&variant.wire), &variant.name);
            match &variant.ty {
                Some(value) => {
                    let write = self.write(value, &quote!(member));
                    quote! {
                        #ty::#name(member) => {
                            #key;
                            #write;
                        }
                    }
                }
                None => quote! {
                    #ty::#name => {
                        #key;
                        writer.unit();
                    }
                },
            }
        });
        quote! {
            pub(crate) fn #function(writer: &mut #format::Writer, value: &#ty) {
                writer.begin_object();
                match value {
                    #(#arms)*
                    #ty::Unknown => {}
                }
                writer.end_object();
            }
        }
    }

    /// An expression that writes one value, of which there is a reference, to `writer`.
    pub(super) fn write(&self, ty: &Type, value: &TokenStream) -> TokenStream {
        match ty {
            // A stream is a whole body and never a part of a document.
            Type::ByteStream => TokenStream::new(),
            Type::Structure(_) | Type::Union(_) | Type::Error(_) => {
                let function = self.function(ty, "write");
                quote!(#function(writer, #value))
            }
            Type::List { item, sparse } => {
                let item = self.item_writer(item, *sparse);
                quote!(writer.list(#value, #item))
            }
            Type::Map { value: item, sparse, .. } => {
                let item = self.item_writer(item, *sparse);
                quote!(writer.map(#value, #item))
            }
            simple => {
                let method = self.simple_writer(simple);
                quote!(writer.#method(#value))
            }
        }
    }

    /// A function from a writer and a reference to a value, to be handed to the writer of a list or a map.
    pub(super) fn item_writer(&self, item: &Type, sparse: bool) -> TokenStream {
        let writer = match item {
            Type::Structure(_) | Type::Union(_) | Type::Error(_) => self.function(item, "write"),
            Type::List { .. } | Type::Map { .. } => {
                let write = self.write(item, &quote!(item));
                quote!(|writer, item| #write)
            }
            simple => {
                let (format, method) = (self.module(), self.simple_writer(simple));
                quote!(#format::Writer::#method)
            }
        };
        if sparse { quote!(|writer, item| writer.nullable(item, #writer)) } else { writer }
    }

    /// The writer's method for a type that has no parts.
    fn simple_writer(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Boolean => quote!(bool),
            Type::Byte | Type::Short | Type::Integer | Type::Long => quote!(integer),
            Type::Float => quote!(float),
            Type::Double => quote!(double),
            Type::Blob => quote!(blob),
            Type::Document => quote!(document),
            Type::Timestamp(_) if self.format == Format::Cbor => quote!(timestamp),
            Type::Timestamp(TimestampFormat::EpochSeconds) => quote!(timestamp_epoch),
            Type::Timestamp(TimestampFormat::DateTime) => quote!(timestamp_date_time),
            Type::Timestamp(TimestampFormat::HttpDate) => quote!(timestamp_http_date),
            _ => quote!(string),
        }
    }
}

/// The reader's method for a type that has no parts.
fn simple_reader(ty: &Type) -> TokenStream {
    match ty {
        Type::Boolean => quote!(bool),
        Type::Byte => quote!(byte),
        Type::Short => quote!(short),
        Type::Integer => quote!(integer),
        Type::Long => quote!(long),
        Type::Float => quote!(float),
        Type::Double => quote!(double),
        Type::Blob => quote!(blob),
        Type::Timestamp(_) => quote!(timestamp),
        Type::Document => quote!(document),
        Type::Enum(_) => quote!(enum_value),
        _ => quote!(string),
    }
}
