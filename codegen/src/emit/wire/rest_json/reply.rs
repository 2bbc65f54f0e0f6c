//! The functions that read an output or an error from a reply.

use super::{bound, has_bound};
use crate::emit::wire::functions::Functions;
use crate::rust::http::{Body, Bound, Place};
use crate::rust::{Field, Operation, Structure, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The statements that read an output.
pub(super) fn statements(codec: &Functions<'_>, operation: &Operation) -> TokenStream {
    let output = &operation.output;
    if !has_bound(output) {
        return quote!(reply.document(read_output));
    }
    let name = codec.scope.of_operation(&operation.module, &output.name);
    let build = if output.fallible() { quote!(build_lenient) } else { quote!(build) };
    let body = match operation.http.reply {
        Body::Nothing => quote!(reply.no_document()?;),
        Body::Members => quote!(reply.document(|reader| read_body(reader, &mut builder))?;),
        Body::Payload(_) => TokenStream::new(),
    };
    let assignments = bound(output).map(|(field, bound)| assignment(codec, &quote!(reply), field, bound, &quote!(?)));
    quote! {
        let mut builder = #name::builder();
        #body
        #(#assignments)*
        Ok(Some(builder.#build()))
    }
}

/// The statements that read the bound members of an error. Those that cannot be read stay empty, because the code and the message matter most.
pub(super) fn members_of_error(codec: &Functions<'_>, error: &Structure) -> Option<TokenStream> {
    let otherwise = quote!(.unwrap_or_default());
    let assignments = bound(error).map(|(field, bound)| assignment(codec, &quote!(http), field, bound, &otherwise));
    has_bound(error).then(|| {
        quote! {
            let http = reply.http();
            #(#assignments)*
        }
    })
}

/// The statement that reads a bound member of `reply`. `otherwise` takes the value out of a result.
fn assignment(codec: &Functions<'_>, reply: &TokenStream, field: &Field, bound: &Bound, otherwise: &TokenStream) -> TokenStream {
    let name = &field.name;
    let value = match &bound.place {
        Place::Header(header) => in_header(reply, &field.ty, bound, header, otherwise),
        Place::HeaderMap(prefix) => quote!(#reply.prefixed(#prefix)),
        Place::Status => quote!(Some(#reply.status())),
        Place::Payload(_) => {
            let value = match &field.ty {
                Type::Blob => quote!(#reply.blob()),
                Type::ByteStream => quote!(Some(#reply.stream())),
                Type::String | Type::Enum(_) => quote!(#reply.string() #otherwise),
                ty @ (Type::Structure(_) | Type::Union(_) | Type::Error(_)) => {
                    let read = codec.item_reader(ty);
                    quote!(#reply.payload(#read) #otherwise)
                }
                ty => {
                    let read = codec.read(ty);
                    quote!(#reply.payload(|reader| #read) #otherwise)
                }
            };
            let boxed = codec.boxed(field);
            quote!(#value #boxed)
        }
        Place::Label | Place::Query(_) | Place::QueryMap => return TokenStream::new(),
    };
    quote!(builder.#name = #value;)
}

fn in_header(reply: &TokenStream, ty: &Type, bound: &Bound, header: &str, otherwise: &TokenStream) -> TokenStream {
    match ty {
        Type::String if bound.base64 => quote!(#reply.base64(#header) #otherwise),
        Type::Timestamp(_) => quote!(#reply.timestamp(#header) #otherwise),
        Type::List { item, sparse } => {
            let items = match &**item {
                Type::Timestamp(_) => quote!(#reply.timestamps(#header) #otherwise),
                ty if ty.is_copy() => quote!(#reply.values(#header) #otherwise),
                _ => quote!(#reply.texts(#header)),
            };
            let present = sparse.then(|| quote!(.map(|items| items.into_iter().map(Some).collect())));
            quote!(#items #present)
        }
        ty if ty.is_copy() => quote!(#reply.value(#header) #otherwise),
        _ => quote!(#reply.text(#header)),
    }
}
