//! Structures and unions in JSON: one function per direction, over the runtime's reader and writer.

use super::super::scope::Scope;
use super::{Modules, when};
use crate::names::Name;
use crate::rust::{Field, FieldSource, Presence, Structure, TimestampFormat, Type, Union, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;

/// The file of a structure of `types`.
pub(super) fn structure(structure: &Structure, modules: &Modules<'_>) -> TokenStream {
    let scope = Scope::of_file([]);
    let codec = Json { scope: &scope, modules, file: &structure.name, visibility: quote!(pub(crate)) };
    let ty = scope.shape(&structure.name);
    let read = when(structure.decode, || codec.read_structure(structure, &ty, &quote!(read)));
    let write = when(structure.encode, || codec.write_structure(structure, &ty, &quote!(write)));
    file(&scope, &structure.name, &quote!(#read #write #[cfg(feature = "serde")] smithlet_runtime::serde_as_json!(#ty, read, write);))
}

/// The file of a union of `types`.
pub(super) fn union(union: &Union, modules: &Modules<'_>) -> TokenStream {
    let scope = Scope::of_file([]);
    let codec = Json { scope: &scope, modules, file: &union.name, visibility: quote!(pub(crate)) };
    let ty = scope.shape(&union.name);
    let read = when(union.decode, || codec.read_union(union, &ty));
    let write = when(union.encode, || codec.write_union(union, &ty));
    file(&scope, &union.name, &quote!(#read #write #[cfg(feature = "serde")] smithlet_runtime::serde_as_json!(#ty, read, write);))
}

/// A file that says whose form in JSON it has.
pub(super) fn file(scope: &Scope, name: &Name, body: &TokenStream) -> TokenStream {
    let about = format!(" `{}` in JSON.", name.plain());
    let body = scope.file(body);
    quote!(#![doc = #about] #body)
}

/// The context that the functions of one file share.
pub(super) struct Json<'a> {
    pub(super) scope: &'a Scope,
    pub(super) modules: &'a Modules<'a>,
    /// The shape whose functions the file has, by their plain names.
    pub(super) file: &'a Name,
    /// The visibility of structures' functions.
    pub(super) visibility: TokenStream,
}

impl Json<'_> {
    /// The function that reads a structure.
    pub(super) fn read_structure(&self, structure: &Structure, ty: &TokenStream, function: &TokenStream) -> TokenStream {
        let build = if structure.fallible() { quote!(build_lenient) } else { quote!(build) };
        if !structure.fields.iter().any(|field| field.source == FieldSource::Model) {
            return self.reading(
                ty,
                function,
                &quote! {
                    while reader.key()?.is_some() {
                        reader.skip()?;
                    }
                    Ok(Some(#ty::builder().#build()))
                },
            );
        }
        let arms = structure.fields.iter().filter(|field| field.source == FieldSource::Model).map(|field| {
            let (wire, name, value) = (&field.wire, &field.name, self.read(&field.ty));
            let boxed = field.boxed.then(|| {
                let boxed = self.scope.known("Box");
                quote!(.map(#boxed::new))
            });
            quote!(#wire => builder.#name = #value? #boxed,)
        });
        self.reading(
            ty,
            function,
            &quote! {
                let mut builder = #ty::builder();
                while let Some(key) = reader.key()? {
                    match key {
                        #(#arms)*
                        _ => reader.skip()?,
                    }
                }
                Ok(Some(builder.#build()))
            },
        )
    }

    fn read_union(&self, union: &Union, ty: &TokenStream) -> TokenStream {
        let arms = union.variants.iter().map(|variant| {
            let (wire, value) = (&variant.wire, self.read_variant(variant, ty));
            quote!(#wire => value = #value.or(value),)
        });
        self.reading(
            ty,
            &quote!(read),
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
        let (json, visibility) = (self.scope.module("json"), &self.visibility);
        let [option, result] = ["Option", "Result"].map(|name| self.scope.known(name));
        quote! {
            #visibility fn #function(reader: &mut #json::Reader<'_>) -> #result<#option<#ty>, #json::Error> {
                if !reader.object()? {
                    return Ok(None);
                }
                #body
            }
        }
    }

    /// An expression that reads one value from `reader`: `Result<Option<T>, json::Error>`.
    fn read(&self, ty: &Type) -> TokenStream {
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

    /// A function from a reader to `Result<Option<T>, json::Error>`, to be handed to the reader of a list or a map.
    fn item_reader(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Structure(_) | Type::Union(_) | Type::Error(_) => self.modules.function(self.scope, self.file, ty, &quote!(read)),
            Type::List { .. } | Type::Map { .. } => {
                let read = self.read(ty);
                quote!(|reader| #read)
            }
            simple => {
                let (json, method) = (self.scope.module("json"), simple_reader(simple));
                quote!(#json::Reader::#method)
            }
        }
    }

    /// The function that writes a structure.
    pub(super) fn write_structure(&self, structure: &Structure, ty: &TokenStream, function: &TokenStream) -> TokenStream {
        let (json, visibility) = (self.scope.module("json"), &self.visibility);
        let mut fields =
            structure.fields.iter().filter(|field| field.source == FieldSource::Model).map(|field| self.write_field(field)).peekable();
        let value = if fields.peek().is_some() { quote!(value) } else { quote!(_) };
        quote! {
            #visibility fn #function(writer: &mut #json::Writer, #value: &#ty) {
                writer.begin_object();
                #(#fields)*
                writer.end_object();
            }
        }
    }

    /// The statements that write a field with its name, if it is there.
    fn write_field(&self, field: &Field) -> TokenStream {
        let (name, wire) = (&field.name, &field.wire);
        if field.presence == Presence::Optional {
            let write = self.write(&field.ty, &quote!(member), &quote!(*member));
            return quote! {
                if let Some(member) = &value.#name {
                    writer.key(#wire);
                    #write;
                }
            };
        }
        let write = self.write(&field.ty, &quote!(&value.#name), &quote!(value.#name));
        quote! {
            writer.key(#wire);
            #write;
        }
    }

    fn write_union(&self, union: &Union, ty: &TokenStream) -> TokenStream {
        let json = self.scope.module("json");
        let arms = union.variants.iter().map(|variant| {
            let (wire, name) = (&variant.wire, &variant.name);
            match &variant.ty {
                Some(value) => {
                    let write = self.write(value, &quote!(member), &quote!(*member));
                    quote! {
                        #ty::#name(member) => {
                            writer.key(#wire);
                            #write;
                        }
                    }
                }
                None => quote! {
                    #ty::#name => {
                        writer.key(#wire);
                        writer.unit();
                    }
                },
            }
        });
        quote! {
            pub(crate) fn write(writer: &mut #json::Writer, value: &#ty) {
                writer.begin_object();
                match value {
                    #(#arms)*
                    #ty::Unknown => {}
                }
                writer.end_object();
            }
        }
    }

    /// An expression that writes one value to `writer`. `value` is a reference to it, `copied` the value itself if it is passed by copy.
    fn write(&self, ty: &Type, value: &TokenStream, copied: &TokenStream) -> TokenStream {
        match ty {
            Type::Boolean => quote!(writer.bool(#copied)),
            Type::Byte | Type::Short | Type::Integer | Type::Long => quote!(writer.integer(#copied)),
            Type::Float => quote!(writer.float(#copied)),
            Type::Double => quote!(writer.double(#copied)),
            Type::String => quote!(writer.string(#value)),
            Type::Blob => quote!(writer.blob(#value)),
            Type::Document => quote!(writer.document(#value)),
            Type::Timestamp(TimestampFormat::EpochSeconds) => quote!(writer.timestamp_epoch(#value)),
            Type::Timestamp(TimestampFormat::DateTime) => quote!(writer.timestamp_date_time(#value)),
            Type::Timestamp(TimestampFormat::HttpDate) => quote!(writer.timestamp_http_date(#value)),
            Type::Enum(_) => {
                let receiver = receiver(value);
                quote!(writer.string(#receiver.as_str()))
            }
            Type::Structure(_) | Type::Union(_) | Type::Error(_) => {
                let function = self.modules.function(self.scope, self.file, ty, &quote!(write));
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
        }
    }

    /// A function from a writer and a reference to a value, to be handed to the writer of a list or a map.
    fn item_writer(&self, item: &Type, sparse: bool) -> TokenStream {
        if !sparse && matches!(item, Type::Structure(_) | Type::Union(_) | Type::Error(_)) {
            return self.modules.function(self.scope, self.file, item, &quote!(write));
        }
        let write = self.write(item, &quote!(item), &quote!(*item));
        if sparse { quote!(|writer, item| writer.nullable(item, |writer, item| #write)) } else { quote!(|writer, item| #write) }
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

/// A reference as the receiver of a method, where a leading `&` is needless.
fn receiver(reference: &TokenStream) -> TokenStream {
    let mut tokens = reference.clone().into_iter().peekable();
    if tokens.peek().is_some_and(|token| token.to_string() == "&") {
        tokens.next();
    }
    tokens.collect()
}
