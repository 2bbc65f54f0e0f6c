//! How values are read and written: one expression a type, over the runtime's reader and writer.

use super::scope::Scope;
use crate::rust::{Codec, Fallback, Field, Presence, TimestampFormat, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// A function of a codec, where something calls for it.
pub(super) fn when(codec: Codec, function: impl FnOnce() -> TokenStream) -> TokenStream {
    match codec {
        Codec::Wire => function(),
        Codec::Serde => {
            let function = function();
            quote!(#[cfg(feature = "serde")] #function)
        }
        Codec::Nothing => TokenStream::new(),
    }
}

/// A function from a reader to `Result<Option<T>, json::Error>`, to be handed to the reader of a list or a map.
fn item_reader(scope: &Scope, ty: &Type) -> TokenStream {
    match ty {
        Type::Enum(name) | Type::Structure(name) | Type::Union(name) => {
            let shape = scope.shape(name);
            quote!(#shape::read_json)
        }
        Type::Error(name) => quote!(crate::types::error::#name::read_json),
        Type::List { .. } | Type::Map { .. } => {
            let read = read(scope, ty);
            quote!(|reader| #read)
        }
        simple => {
            let method = simple_reader(simple);
            quote!(json::Reader::#method)
        }
    }
}

/// An expression that reads one value from `reader`: `Result<Option<T>, json::Error>`.
pub(super) fn read(scope: &Scope, ty: &Type) -> TokenStream {
    match ty {
        Type::List { item, sparse } => {
            let item = item_reader(scope, item);
            if *sparse { quote!(reader.sparse_list(#item)) } else { quote!(reader.list(#item)) }
        }
        Type::Map { value, sparse, .. } => {
            let value = item_reader(scope, value);
            if *sparse { quote!(reader.sparse_map(#value)) } else { quote!(reader.map(#value)) }
        }
        Type::Enum(_) | Type::Structure(_) | Type::Union(_) | Type::Error(_) => {
            let decode = item_reader(scope, ty);
            quote!(#decode(reader))
        }
        simple => {
            let method = simple_reader(simple);
            quote!(reader.#method())
        }
    }
}

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
        _ => quote!(string),
    }
}

/// A statement that writes one value to `writer`. `value` is a reference to it, `copied` the value itself if it is a number or a boolean.
fn write(ty: &Type, value: &TokenStream, copied: &TokenStream) -> TokenStream {
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
        Type::Enum(_) => method_on(value, &quote!(as_str()), |call| quote!(writer.string(#call))),
        Type::Structure(_) | Type::Union(_) | Type::Error(_) => method_on(value, &quote!(write_json(writer)), |call| quote!(#call)),
        Type::List { item, sparse } => {
            let write = write_item(item, *sparse);
            quote!(writer.list(#value, |writer, value| #write))
        }
        Type::Map { value: item, sparse, .. } => {
            let write = write_item(item, *sparse);
            quote!(writer.map(#value, |writer, value| #write))
        }
    }
}

/// A method call on a reference, without a needless `&` before its receiver.
fn method_on(value: &TokenStream, method: &TokenStream, then: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
    let mut receiver = value.clone().into_iter().peekable();
    if receiver.peek().is_some_and(|token| token.to_string() == "&") {
        receiver.next();
    }
    let receiver: TokenStream = receiver.collect();
    then(quote!(#receiver.#method))
}

fn write_item(item: &Type, sparse: bool) -> TokenStream {
    let write = write(item, &quote!(value), &quote!(*value));
    if sparse { quote!(match value { Some(value) => #write, None => writer.null() }) } else { write }
}

/// The statements that write a union's value.
pub(super) fn write_value(ty: &Type) -> TokenStream {
    write(ty, &quote!(value), &quote!(*value))
}

/// The statements that write a field with its name, if it is there.
pub(super) fn write_field(field: &Field) -> TokenStream {
    let (name, wire) = (&field.name, &field.wire);
    if field.presence == Presence::Optional {
        let write = write(&field.ty, &quote!(value), &quote!(*value));
        quote! {
            if let Some(value) = &self.#name {
                writer.key(#wire);
                #write;
            }
        }
    } else {
        let write = write(&field.ty, &quote!(&self.#name), &quote!(self.#name));
        quote! {
            writer.key(#wire);
            #write;
        }
    }
}

/// What turns an `Option` of the type into the type, where the value may be absent.
pub(super) fn or_fallback(scope: &Scope, ty: &Type, fallback: &Fallback) -> TokenStream {
    match fallback {
        Fallback::Zero => quote!(.unwrap_or_default()),
        Fallback::Literal(text) => {
            let literal: TokenStream = text.parse().unwrap_or_default();
            quote!(.unwrap_or(#literal))
        }
        Fallback::Text(text) => {
            let string = scope.known("String");
            quote!(.unwrap_or_else(|| #string::from(#text)))
        }
        Fallback::EnumText(text) => {
            let ty = scope.ty(ty);
            quote!(.unwrap_or_else(|| #ty::from(#text)))
        }
        Fallback::Timestamp(seconds) => {
            let seconds: TokenStream = seconds.to_string().parse().unwrap_or_default();
            let date_time = scope.known("DateTime");
            quote!(.unwrap_or_else(|| #date_time::from_secs(#seconds)))
        }
        Fallback::EmptyBlob => {
            let blob = scope.known("Blob");
            quote!(.unwrap_or_else(|| #blob::new([])))
        }
        Fallback::NullDocument => {
            let document = scope.known("Document");
            quote!(.unwrap_or(#document::Null))
        }
    }
}
