//! An operation: what it is to the runtime, its input, its output, its error.

use super::scope::{self, Scope};
use super::{docs, error, structure};
use crate::rust::{Operation, Repeat};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The operation's own file.
pub(super) fn operation(operation: &Operation) -> TokenStream {
    let (name, wire, target, unsigned) = (&operation.name, &operation.wire, &operation.target, operation.unsigned);
    let (input, output, error_name) = (&operation.input.name, &operation.output.name, name.affix("", "Error"));
    let (input_builder, output_builder, fluent) = (operation.input.builder(), operation.output.builder(), name.affix("", "FluentBuilder"));
    let empty_output = operation.output.fields.is_empty();
    // Nothing is imported by it: what the operation hides is spelled out, and the rest is of the prelude.
    let scope = Scope::of_file([name, &error_name, input, output]);
    let [some, none] = ["Some", "None"].map(|name| scope.known(name));
    let docs_ = docs(format!("{}\n\n{}", operation.docs.full, operation.examples).trim_end());
    let about = docs(&format!("`{wire}`: its input, its output and its error."));
    let prepare = operation.token.as_ref().map(|token| {
        quote! {
            fn prepare(input: &mut Self::Input, config: &crate::Config) -> bool {
                config.fill_idempotency_token(&mut input.#token)
            }
        }
    });
    let validate = operation.input.checked.then(|| {
        quote! {
            fn validate(input: &Self::Input, must: &mut validate::Checker) {
                input.check_constraints(must);
            }
        }
    });
    let modules = if operation.input.checked { quote!({operation, validate}) } else { quote!(operation) };
    let repeat = match operation.repeat {
        Repeat::Always => quote!(Always),
        Repeat::Never => quote!(Never),
        Repeat::WithToken(None) => quote!(WithToken { valid_for: #none }),
        Repeat::WithToken(Some(seconds)) => {
            let seconds = Literal::u64_unsuffixed(seconds);
            quote!(WithToken { valid_for: #some(std::time::Duration::from_secs(#seconds)) })
        }
    };
    let error = error::operation_error(operation);
    let about_inner = inner(&about);
    quote! {
        #about_inner
        mod input;
        mod output;
        pub use input::#input;
        pub use output::#output;
        use smithlet_runtime::#modules;
        /// The builders of this operation.
        pub mod builders {
            pub use super::input::{#fluent, #input_builder};
            pub use super::output::#output_builder;
        }
        #docs_
        #[non_exhaustive]
        #[derive(Clone, Debug, Default)]
        pub struct #name;
        impl operation::Operation for #name {
            const METADATA: operation::Metadata = operation::Metadata {
                name: #wire,
                target: #target,
                service: &crate::client::SERVICE,
                unsigned: #unsigned,
                empty_output: #empty_output,
                repeat: operation::Repeat::#repeat,
            };
            smithlet_runtime::operation!(#input, #output, #error_name);
            #prepare
            #validate
        }
        #error
    }
}

/// The file of an operation's input, its builder and its fluent builder: a member that is added touches this file alone.
pub(super) fn input(operation: &Operation) -> TokenStream {
    // The operation's own names are imported from the module above, save those that would hide another.
    let own = ["Error", "FluentBuilder", "InputBuilder", "Output"].map(|suffix| operation.name.affix("", suffix));
    let scope = Scope::of_file(own.iter().chain([&operation.name, &operation.input.name]).filter(|name| !scope::is_known(name)));
    let [unit, output, error] =
        [&operation.name, &operation.output.name, &operation.name.affix("", "Error")].map(|name| scope.sibling(name));
    let (fluent, method) = (operation.name.affix("", "FluentBuilder"), &operation.module);
    let call = quote!(#[call(#unit, crate::Client, #method, #fluent)] #[reply(#output, #error)]);
    let body = structure::items(&scope, &operation.input, &call);
    scope.file(&body)
}

/// The file of an operation's output and its builder.
pub(super) fn output(operation: &Operation) -> TokenStream {
    let scope = Scope::of_file([&operation.output.name, &operation.output.builder()]);
    let body = structure::items(&scope, &operation.output, &TokenStream::new());
    scope.file(&body)
}

/// Attributes of documentation turned inside: they describe the file they stand in.
fn inner(attributes: &TokenStream) -> TokenStream {
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
