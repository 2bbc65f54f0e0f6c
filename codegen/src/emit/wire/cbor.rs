//! Smithy's RPC v2 with CBOR: operations by their path, errors by their type.

use super::Modules;
use super::operation::{Parts, exception as exception_file, file};
use crate::rust::{Exception, Operation};
use proc_macro2::TokenStream;
use quote::quote;

/// The file of an operation.
pub(super) fn operation(operation: &Operation, modules: &Modules<'_>) -> TokenStream {
    file(operation, modules, |parts| {
        let Parts { scope, module, unit, before, after } = parts;
        let (cbor, vec) = (scope.module("cbor"), scope.known("Vec"));
        // Without an input, there is no body.
        let (input, encode) = if operation.has_input {
            (quote!(input), quote!(#cbor::encode(|writer| write_input(writer, input))))
        } else {
            (quote!(_), quote!(#vec::new()))
        };
        quote! {
            impl #module::Exchange for #unit {
                const PROTOCOL: #module::Protocol = #module::Protocol::RPC_V2_CBOR;
                #before
                fn encode(#input: &Self::Input) -> #vec<u8> {
                    #encode
                }
                fn decode(body: &[u8]) -> #cbor::Read<Self::Output> {
                    #cbor::decode(body, read_output)
                }
                #after
            }
        }
    })
}

/// The file of an error.
pub(super) fn exception(exception: &Exception, modules: &Modules<'_>) -> TokenStream {
    exception_file(exception, modules, |_| None)
}
