//! REST with JSON: operations by method and path, members in the URI, in headers, as the status or as the whole body, and all others in JSON.

mod reply;
mod request;

use super::Modules;
use super::functions::Functions;
use super::operation::{Parts, exception as exception_file, file};
use crate::names::Name;
use crate::rust::http::{Body, Bound, Place};
use crate::rust::{Exception, Field, FieldSource, Operation, Structure};
use proc_macro2::TokenStream;
use quote::quote;

/// The file of an operation.
pub(super) fn operation(operation: &Operation, modules: &Modules<'_>) -> TokenStream {
    file(operation, modules, |parts| {
        let Parts { scope, module, unit, before, after } = parts;
        let [option, result, box_error] = ["Option", "Result", "BoxError"].map(|name| scope.known(name));
        let rest = scope.module("rest");
        let codec =
            Functions { scope, modules, shape: None, visibility: TokenStream::new(), format: modules.format(), serde_by_path: false };
        let (parameter, request) = request::statements(&codec, operation);
        let streamed_reply = operation.output.streams().then(|| {
            quote!(
                const STREAMED_REPLY: bool = true;
            )
        });
        let stream = request::stream(&codec, operation);
        let (reply, bodies) = (reply::statements(&codec, operation), bodies(&codec, operation));
        quote! {
            impl #module::Exchange for #unit {
                const PROTOCOL: #module::Protocol = #module::Protocol::REST_JSON;
                #streamed_reply
                #before
                fn request(#parameter: &Self::Input) -> #result<#module::Encoded, #box_error> {
                    #request
                }
                #stream
                fn reply(reply: &#rest::Reply<'_>) -> #result<#option<Self::Output>, #box_error> {
                    #reply
                }
                #after
            }
            #bodies
        }
    })
}

/// The functions that write and read bodies with a part of the members.
fn bodies(codec: &Functions<'_>, operation: &Operation) -> TokenStream {
    let (input, output, http) = (&operation.input, &operation.output, &operation.http);
    let ty = codec.scope.of_operation(&operation.module, &input.name);
    let write = (http.request == Body::Members && has_bound(input)).then(|| codec.write_fields(in_body(input), &ty, &quote!(write_body)));
    let builder = path_of_builder(&quote!(crate::operation), &operation.module, output);
    let read = (http.reply == Body::Members && has_bound(output)).then(|| codec.read_into(in_body(output), &builder, &quote!(read_body)));
    quote!(#write #read)
}

/// The file of an error.
pub(super) fn exception(exception: &Exception, modules: &Modules<'_>) -> TokenStream {
    exception_file(exception, modules, |codec| reply::members_of_error(codec, &exception.structure))
}

/// True if a member is bound to another place than the body.
fn has_bound(structure: &Structure) -> bool {
    structure.fields.iter().any(|field| field.bound.is_some())
}

/// The members of the body.
fn in_body(structure: &Structure) -> impl Iterator<Item = &Field> {
    structure.fields.iter().filter(|field| field.bound.is_none() && field.source == FieldSource::Model)
}

/// The bound members, with their places.
fn bound(structure: &Structure) -> impl Iterator<Item = (&Field, &Bound)> {
    structure.fields.iter().filter_map(|field| Some((field, field.bound.as_ref()?)))
}

/// The fields at places that a function chooses.
fn at<'s, T: 's>(structure: &'s Structure, place: impl Fn(&'s Place) -> Option<T> + 's) -> impl Iterator<Item = (&'s Field, &'s Bound, T)> {
    bound(structure).filter_map(move |(field, bound)| Some((field, bound, place(&bound.place)?)))
}

/// The path of a structure's builder in one of the modules of a module.
fn path_of_builder(parent: &TokenStream, module: &Name, structure: &Structure) -> TokenStream {
    let builder = structure.builder();
    quote!(#parent::#module::builders::#builder)
}
