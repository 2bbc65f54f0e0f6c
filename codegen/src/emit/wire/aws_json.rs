//! AWS JSON 1.0 and 1.1: operations by the header `x-amz-target`, errors by their code.

use super::Modules;
use super::operation::{Parts, exception as exception_file, file};
use crate::rust::{Exception, Operation};
use proc_macro2::TokenStream;
use quote::quote;

/// The file of an operation.
pub(super) fn operation(operation: &Operation, modules: &Modules<'_>) -> TokenStream {
    file(operation, modules, |parts| {
        let Parts { scope, module, unit, before, after } = parts;
        let json = scope.module("json");
        quote! {
            impl #module::Operation for #unit {
                #before
                fn encode(input: &Self::Input, writer: &mut #json::Writer) {
                    write_input(writer, input);
                }
                fn decode(reader: &mut #json::Reader<'_>) -> #json::Read<Self::Output> {
                    read_output(reader)
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
