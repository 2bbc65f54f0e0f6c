//! AWS JSON 1.0 and 1.1: operations by the header `x-amz-target`, errors by their code.

use super::super::scope::Scope;
use super::json::{self, Json};
use super::{Modules, when};
use crate::names::Name;
use crate::rust::{Exception, Operation, Repeat};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The file of an operation.
pub(super) fn operation(operation: &Operation, modules: &Modules<'_>) -> TokenStream {
    let scope = Scope::of_file([]);
    let [unit, error, input, output] = [&operation.name, &operation.name.affix("", "Error"), &operation.input.name, &operation.output.name]
        .map(|name| scope.of_operation(&operation.module, name));
    let [option, result, string] = ["Option", "Result", "String"].map(|name| scope.known(name));
    let (module, error_reply) = (scope.module("operation"), scope.known("ErrorReply"));
    let (json, metadata) = (scope.module("json"), metadata(&scope, &module, operation));
    let (prepare, validate) = (prepare(operation), validate(&scope, operation));
    let cases = operation.errors.iter().map(|case| {
        let (code, variant, module) = (&case.code, &case.name, modules.errors.get(&case.name));
        let errors = scope.wire(&Name::fixed("error"));
        quote!(Some(#code) => #error::#variant(#errors::#module::from_reply(reply)),)
    });
    let cases: Vec<_> = cases.collect();
    let codec = Json { scope: &scope, modules, file: &operation.name, visibility: TokenStream::new() };
    let shapes = [
        (&operation.input, &input, quote!(read_input), quote!(write_input)),
        (&operation.output, &output, quote!(read_output), quote!(write_output)),
    ];
    let functions = shapes.iter().map(|(shape, ty, read, write)| {
        let reader = when(shape.decode, || codec.read_structure(shape, ty, read));
        let writer = when(shape.encode, || codec.write_structure(shape, ty, write));
        quote!(#reader #writer #[cfg(feature = "serde")] smithlet_runtime::serde_as_json!(#ty, #read, #write);)
    });
    let functions: Vec<_> = functions.collect();
    json::file(
        &scope,
        &operation.name,
        &quote! {
            impl #module::Operation for #unit {
                #metadata
                type Input = #input;
                type Output = #output;
                type Error = #error;
                #prepare
                #validate
                fn encode(input: &Self::Input, writer: &mut #json::Writer) {
                    write_input(writer, input);
                }
                fn decode(reader: &mut #json::Reader<'_>) -> #result<#option<Self::Output>, #json::Error> {
                    read_output(reader)
                }
                fn set_request_id(output: &mut Self::Output, request_id: #option<#string>) {
                    output._request_id = request_id;
                }
                fn error(reply: &#error_reply<'_>) -> Self::Error {
                    match reply.code() {
                        #(#cases)*
                        _ => #error::generic(reply.metadata()),
                    }
                }
            }
            #(#functions)*
        },
    )
}

/// The constant that describes the operation to the engine.
fn metadata(scope: &Scope, module: &TokenStream, operation: &Operation) -> TokenStream {
    let (wire, target, unsigned) = (&operation.wire, &operation.target, operation.unsigned);
    let empty_output = operation.output.fields.is_empty();
    let repeat = match operation.repeat {
        Repeat::Always => quote!(Always),
        Repeat::Never => quote!(Never),
        Repeat::WithToken(None) => quote!(WithToken { valid_for: None }),
        Repeat::WithToken(Some(seconds)) => {
            let (duration, seconds) = (scope.known("Duration"), Literal::u64_unsuffixed(seconds));
            quote!(WithToken { valid_for: Some(#duration::from_secs(#seconds)) })
        }
    };
    quote! {
        const METADATA: #module::Metadata = #module::Metadata {
            name: #wire,
            target: #target,
            service: &crate::client::SERVICE,
            unsigned: #unsigned,
            empty_output: #empty_output,
            repeat: #module::Repeat::#repeat,
        };
    }
}

/// Fills in the idempotency token.
fn prepare(operation: &Operation) -> Option<TokenStream> {
    let token = operation.token.as_ref()?;
    Some(quote! {
        fn prepare(input: &mut Self::Input, config: &crate::Config) -> bool {
            config.fill_idempotency_token(&mut input.#token)
        }
    })
}

/// Checks the input's constraints.
fn validate(scope: &Scope, operation: &Operation) -> Option<TokenStream> {
    operation.input.checked.then(|| {
        let validate = scope.module("validate");
        quote! {
            fn validate(input: &Self::Input, cx: &mut #validate::Checker) {
                input.check_constraints(cx);
            }
        }
    })
}

/// The file of an error: how it is read from a refused reply, and its form as a plain value where it is one.
pub(super) fn exception(exception: &Exception, modules: &Modules<'_>) -> TokenStream {
    let (scope, structure) = (Scope::of_file([]), &exception.structure);
    let name = &structure.name;
    let ty = scope.error(name);
    let codec = Json { scope: &scope, modules, file: name, visibility: quote!(pub(crate)) };
    let from_reply = exception.listed.then(|| from_reply(&scope, exception, &ty));
    let read = when(structure.decode, || codec.read_structure(structure, &ty, &quote!(read)));
    let write = when(structure.encode, || codec.write_structure(structure, &ty, &quote!(write)));
    json::file(&scope, name, &quote!(#from_reply #read #write))
}

/// The function that reads an error from a reply. Members that cannot be read stay empty, because the code and the message matter most.
fn from_reply(scope: &Scope, exception: &Exception, ty: &TokenStream) -> TokenStream {
    let (reply, string) = (scope.known("ErrorReply"), scope.known("String"));
    let metadata = if exception.hides_message() { quote!(metadata_without_message) } else { quote!(metadata) };
    let body = if exception.is_only_message() {
        quote!(#ty { message: reply.message().map(#string::from), meta: reply.#metadata() })
    } else {
        let build = if exception.structure.fallible() { quote!(build_lenient) } else { quote!(build) };
        quote! {
            let members = reply.reader().and_then(|mut reader| read(&mut reader)).ok().flatten();
            let members = members.unwrap_or_else(|| #ty::builder().#build());
            #ty { message: reply.message().map(#string::from), meta: reply.#metadata(), ..members }
        }
    };
    quote! {
        pub(crate) fn from_reply(reply: &#reply<'_>) -> #ty {
            #body
        }
    }
}
