//! The functions that read.

use super::Functions;
use crate::rust::{Field, FieldSource, Role, Structure, Type, Union, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;

impl Functions<'_> {
    /// The function that reads a structure.
    pub(super) fn read_structure(&self, structure: &Structure, ty: &TokenStream, function: &TokenStream) -> TokenStream {
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
    pub(in crate::emit::wire) fn boxed(&self, field: &Field) -> Option<TokenStream> {
        field.boxed.then(|| {
            let boxed = self.scope.known("Box");
            quote!(.map(#boxed::new))
        })
    }

    /// The function that reads fields into a builder.
    pub(in crate::emit::wire) fn read_into<'f>(
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

    pub(super) fn read_union(&self, union: &Union, ty: &TokenStream) -> TokenStream {
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
    pub(in crate::emit::wire) fn read(&self, ty: &Type) -> TokenStream {
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
    pub(in crate::emit::wire) fn item_reader(&self, ty: &Type) -> TokenStream {
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
