//! The function that judges the reply to a poll.

use super::Parts;
use crate::emit::scope::Scope;
use crate::emit::{docs, path};
use crate::names::Name;
use crate::rust::path::Type;
use crate::rust::waiter::{Acceptor, ErrorTest, OutputTest, State, Value};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The variables that expressions are applied to.
const ROOTS: [&str; 2] = ["input", "output"];

impl Parts<'_> {
    /// The function that judges a reply.
    pub(super) fn verdict(&self) -> TokenStream {
        let Self { scope, operation, waiter } = self;
        let waiters = scope.module("waiters");
        let unit = scope.of_operation(&operation.module, &operation.name);
        let [ok, err] = ["Ok", "Err"].map(|name| scope.known(name));
        let values = waiter.values.iter().map(|value| {
            let (name, expression) = (&value.name, self.value(value));
            quote!(let #name = #expression;)
        });
        let functions = waiter.values.iter().filter(|value| value.path.fails()).map(|value| self.function(value));
        let uses_input = waiter.values.iter().any(|value| uses(value, "input"));
        let input = uses_input.then(|| quote!(let input = poll.input;));
        let of_outputs = judged(&waiter.of_outputs, &waiters, scope, |test| output_test(scope, test));
        let of_errors = judged(&waiter.of_errors, &waiters, scope, |test| error_test(scope, test));
        let uses_output = waiter.values.iter().any(|value| uses(value, "output"));
        let output = if uses_output { quote!(output) } else { quote!(_) };
        let uses_error = waiter.of_errors.iter().any(|acceptor| acceptor.test != ErrorTest::Any);
        let error = if uses_error { quote!(error) } else { quote!(_) };
        quote! {
            /// Says what a reply means.
            fn verdict(poll: &#waiters::Poll<'_, #unit>) -> #waiters::Verdict {
                match poll.result {
                    #ok(#output) => {
                        #input
                        #(#values)*
                        #of_outputs
                    }
                    #err(#error) => {
                        #of_errors
                    }
                }
            }
            #(#functions)*
        }
    }

    /// The expression of a value. One that may end in an error is a function, which the error leaves.
    fn value(&self, value: &Value) -> TokenStream {
        if !value.path.fails() {
            return path::expression(self.scope, &value.path);
        }
        let (name, arguments) = (&value.name, ROOTS.map(Name::fixed).into_iter().filter(|root| value.path.value.uses(root)));
        quote!(#name(#(#arguments),*))
    }

    fn function(&self, value: &Value) -> TokenStream {
        let Self { scope, operation, .. } = self;
        let used: Vec<&str> = ROOTS.into_iter().filter(|root| uses(value, root)).collect();
        // With one argument, the lifetime is known.
        let lifetime = (used.len() > 1 && !is_scalar(&value.path.ty)).then(|| quote!('a));
        let arguments = used.iter().map(|root| {
            let structure = if *root == "input" { &operation.input } else { &operation.output };
            let (name, ty) = (Name::fixed(root), scope.of_operation(&operation.module, &structure.name));
            quote!(#name: &#lifetime #ty)
        });
        let (name, option, ty) = (&value.name, scope.known("Option"), path::ty(scope, &value.path.ty, lifetime.as_ref()));
        let generics = lifetime.as_ref().map(|lifetime| quote!(<#lifetime>));
        let (about, body) = (docs(&format!("The value of {}.", value.text)), path::body(scope, &value.path));
        quote! {
            #about
            fn #name #generics(#(#arguments),*) -> #option<#ty> {
                #body
            }
        }
    }
}

fn uses(value: &Value, root: &str) -> bool {
    value.path.value.uses(&Name::fixed(root))
}

/// True for a type without references.
fn is_scalar(ty: &Type) -> bool {
    matches!(ty, Type::Boolean | Type::Number(_))
}

/// The statements that return the verdict of the first acceptor that applies, and the verdict of a reply to which none does. `None` of a test means
/// that it always passes.
fn judged<T>(acceptors: &[Acceptor<T>], waiters: &TokenStream, scope: &Scope, test: impl Fn(&T) -> Option<TokenStream>) -> TokenStream {
    let mut statements = TokenStream::new();
    for acceptor in acceptors {
        let verdict = match acceptor.state {
            State::Success => quote!(#waiters::Verdict::Success),
            State::Retry => quote!(#waiters::Verdict::Retry),
            State::Failure => {
                let shown = &acceptor.shown;
                quote!(#waiters::Verdict::Failure(#shown))
            }
        };
        let lasted = (acceptor.after > 0).then(|| {
            let (duration, after) = (scope.known("Duration"), Literal::u64_unsuffixed(acceptor.after));
            quote!(poll.waited >= #duration::from_secs(#after))
        });
        let condition = match (test(&acceptor.test), lasted) {
            (None, None) => return quote!(#statements #verdict),
            (Some(test), None) => test,
            (None, Some(lasted)) => lasted,
            (Some(test), Some(lasted)) => quote!(#lasted && #test),
        };
        statements.extend(quote! {
            if #condition {
                return #verdict;
            }
        });
    }
    quote!(#statements #waiters::Verdict::Unmatched)
}

fn output_test(scope: &Scope, test: &OutputTest) -> Option<TokenStream> {
    let some = scope.known("Some");
    Some(match test {
        OutputTest::Any => return None,
        OutputTest::Text(value, text) => quote!(#value == #some(#text)),
        OutputTest::Boolean(value, expected) => quote!(#value == #some(#expected)),
        OutputTest::All { value, text, nullable } => {
            let text = if *nullable { quote!(#some(#text)) } else { quote!(#text) };
            quote!(#value.as_ref().is_some_and(|items| !items.is_empty() && items.iter().all(|item| *item == #text)))
        }
        OutputTest::Contains { value, text, nullable } => {
            let text = if *nullable { quote!(#some(#text)) } else { quote!(#text) };
            quote!(#value.as_ref().is_some_and(|items| items.contains(&#text)))
        }
    })
}

fn error_test(scope: &Scope, test: &ErrorTest) -> Option<TokenStream> {
    let some = scope.known("Some");
    Some(match test {
        ErrorTest::Any => return None,
        ErrorTest::Is(method) => quote!(error.#method()),
        ErrorTest::Code(code) => quote!(error.meta().code() == #some(#code)),
    })
}
