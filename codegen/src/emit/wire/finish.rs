//! The steps after a request is written, which are compression and a checksum, and the checks of its reply.

use crate::emit::scope::Scope;
use crate::rust::checksum::{Checksums, OfReply, OfRequest};
use crate::rust::glacier::Glacier;
use crate::rust::http::{Bound, Place};
use crate::rust::{Field, Operation, Structure};
use proc_macro2::TokenStream;
use quote::quote;

/// The function that completes a request with what depends on its whole body.
pub(super) fn finish(scope: &Scope, module: &TokenStream, operation: &Operation) -> Option<TokenStream> {
    let Checksums { request, reply } = &operation.checksums;
    let compression = operation.gzip.then(|| {
        let compression = scope.module("compression");
        quote!(#compression::gzip(request))
    });
    let of_request = request.as_ref().map(|checksum| of_request(scope, &operation.input, checksum));
    let of_reply = reply.as_ref().and_then(|checksum| of_reply(scope, &operation.input, checksum));
    let of_glacier = operation.glacier.iter().flat_map(|parts| glacier(scope, parts));
    let mut steps: Vec<TokenStream> = compression.into_iter().chain(of_request).chain(of_reply).chain(of_glacier).collect();
    let last = steps.pop()?;
    let uses_input = matches!(request, Some(OfRequest::Named { algorithm: Some(_), .. })) || reply.is_some();
    let input = if uses_input { quote!(input) } else { quote!(_) };
    let [result, box_error] = ["Result", "BoxError"].map(|name| scope.known(name));
    Some(quote! {
        fn finish(#input: &Self::Input, request: #module::Encoded) -> #result<#module::Encoded, #box_error> {
            #(let request = #steps;)*
            Ok(#last)
        }
    })
}

/// The statements that add the parts of S3 Glacier's requests.
fn glacier(scope: &Scope, parts: &Glacier) -> impl Iterator<Item = TokenStream> {
    let (glacier, version) = (scope.module("glacier"), &parts.version);
    let hashes = parts.hashes.then(|| quote!(#glacier::hashes(request)));
    [quote!(#glacier::version(request, #version))].into_iter().chain(hashes)
}

/// The statement that has the service send a checksum of its reply.
pub(super) fn enable_validation(scope: &Scope, operation: &Operation) -> Option<TokenStream> {
    let name = &operation.input.fields.get(operation.checksums.reply.as_ref()?.mode)?.name;
    let checksum = scope.module("checksum");
    Some(quote!(#checksum::enable_validation(&mut input.#name, config);))
}

/// The request with its checksum.
fn of_request(scope: &Scope, input: &Structure, checksum: &OfRequest) -> TokenStream {
    let module = scope.module("checksum");
    let OfRequest::Named { required, algorithm } = checksum else { return quote!(#module::content_md5(request)) };
    let field = algorithm.and_then(|index| input.fields.get(index));
    let (member, algorithm) = match field {
        None => (quote!(None), quote!(None)),
        Some(field) => {
            let (name, member) = (&field.name, &field.wire);
            let header = if let Some(header) = header(field) { quote!(Some(#header)) } else { quote!(None) };
            (quote!(Some((#member, #header))), quote!(input.#name.as_ref().map(|name| name.as_str().to_owned())))
        }
    };
    quote!(#module::add(request, #module::Named { required: #required, member: #member, algorithm: #algorithm }))
}

/// The request whose reply is checked.
fn of_reply(scope: &Scope, input: &Structure, checksum: &OfReply) -> Option<TokenStream> {
    let (module, algorithms) = (scope.module("checksum"), &checksum.algorithms);
    let name = &input.fields.get(checksum.mode)?.name;
    let mode = quote!(input.#name.as_ref().map(|mode| mode.as_str()));
    Some(quote!(#module::check_reply(request, #mode, &[#(#algorithms),*])))
}

/// The header that a field is bound to.
fn header(field: &Field) -> Option<&str> {
    match &field.bound {
        Some(Bound { place: Place::Header(name), .. }) => Some(name),
        _ => None,
    }
}
