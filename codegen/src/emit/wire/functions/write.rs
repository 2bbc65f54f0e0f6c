//! The functions that write.

use super::{Format, Functions};
use crate::rust::{Field, FieldSource, Presence, Structure, TimestampFormat, Type, Union};
use proc_macro2::TokenStream;
use quote::quote;

impl Functions<'_> {
    /// The function that writes a structure.
    pub(super) fn write_structure(&self, structure: &Structure, ty: &TokenStream, function: &TokenStream) -> TokenStream {
        self.write_fields(structure.fields.iter().filter(|field| field.source == FieldSource::Model), ty, function)
    }

    /// The function that writes fields of a structure.
    pub(in crate::emit::wire) fn write_fields<'f>(
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

    pub(super) fn write_union(&self, union: &Union, ty: &TokenStream) -> TokenStream {
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
    pub(in crate::emit::wire) fn write(&self, ty: &Type, value: &TokenStream) -> TokenStream {
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
    pub(in crate::emit::wire) fn item_writer(&self, item: &Type, sparse: bool) -> TokenStream {
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
