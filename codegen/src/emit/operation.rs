//! An operation: its type, its input, its output, its error. How it goes over the wire stands in `wire`.

use super::scope::{self, Scope};
use super::{docs, error, fluent, paginator, structure};
use crate::names::Name;
use crate::rust::Operation;
use proc_macro2::TokenStream;
use quote::quote;

/// The operation's own file.
pub(super) fn operation(operation: &Operation) -> TokenStream {
    let (name, wire) = (&operation.name, &operation.wire);
    let (input, output, error_name) = (&operation.input.name, &operation.output.name, name.affix("", "Error"));
    let (input_builder, output_builder, fluent) = (operation.input.builder(), operation.output.builder(), name.affix("", "FluentBuilder"));
    let scope = Scope::of_file([name, &error_name, input, output]);
    let docs_ = docs(
        format!(
            "{}\n\n[`Client::{1}`](crate::Client::{1}) makes a call of it.\n\n{2}",
            operation.docs.summary,
            operation.module.plain(),
            operation.examples
        )
        .trim_end(),
    );
    let about = inner(&docs(&format!("`{wire}`: its input, its output and its error.")));
    let error = error::operation_error(&scope, operation);
    let paginator = operation.pages.as_ref().map(|_| {
        quote!(
            pub mod paginator;
        )
    });
    let body = scope.file(&quote! {
        /// The builders of this operation.
        pub mod builders {
            pub use super::input::{#fluent, #input_builder};
            pub use super::output::#output_builder;
        }
        #docs_
        #[derive(Clone, Debug, Default)]
        #[non_exhaustive]
        pub struct #name;
        #error
    });
    quote! {
        #about
        mod input;
        mod output;
        #paginator
        pub use input::#input;
        pub use output::#output;
        #body
    }
}

/// The file of an operation's input, its builder and its fluent builder: a member that is added touches this file alone.
pub(super) fn input(operation: &Operation) -> TokenStream {
    // The operation's own names are imported from the module above, save those that would hide another.
    let own = ["Error", "FluentBuilder", "InputBuilder", "Output"].map(|suffix| operation.name.affix("", suffix));
    let paginator = operation.pages.as_ref().map(|_| paginator::name(operation));
    let (members, parameter) = (fluent::members(&operation.input), Name::fixed(fluent::PARAMETER));
    let own = own.iter().chain([&operation.name, &operation.input.name, &members, &parameter]).chain(&paginator);
    let scope = Scope::of_file(own.filter(|name| !scope::is_known(name)));
    let items = structure::items(&scope, &operation.input);
    let fluent = fluent::fluent(&scope, operation);
    scope.file(&quote!(#items #fluent))
}

/// The file of an operation's output and its builder.
pub(super) fn output(operation: &Operation) -> TokenStream {
    let scope = Scope::of_file([&operation.output.name, &operation.output.builder()]);
    let items = structure::items(&scope, &operation.output);
    let (name, request_id, option) = (&operation.output.name, scope.known("RequestId"), scope.known("Option"));
    scope.file(&quote! {
        #items
        impl #request_id for #name {
            fn request_id(&self) -> #option<&str> {
                self._request_id.as_deref()
            }
        }
    })
}

/// Attributes of documentation turned inside: they describe the file they stand in.
pub(super) fn inner(attributes: &TokenStream) -> TokenStream {
    let mut tokens = TokenStream::new();
    for token in attributes.clone() {
        let is_hash = token.to_string() == "#";
        tokens.extend([token]);
        if is_hash {
            tokens.extend(quote!(!));
        }
    }
    tokens
}
