//! The function that finds the endpoint.

use crate::rust::endpoint::{Binding, Block, End, Rules, Statement, Test, Unset, Value};
use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};

/// `endpoint.rs`.
pub(super) fn endpoint(rules: &Rules) -> TokenStream {
    let (argument, bindings) = bindings(&rules.bindings);
    let body = block(&rules.body, true);
    let module = mentions(&body, "endpoint", true).then(|| quote!(self,));
    let resolved = mentions(&body, "Resolved", false).then(|| quote!(, Resolved));
    quote! {
        //! The service's endpoint rules as a function.
        use smithlet_runtime::endpoint::{#module Outcome, Params #resolved};
        /// Returns the endpoint for the settings, or the error that the rules give.
        pub fn resolve(#argument: &Params<'_>) -> Outcome {
            #bindings
            #body
        }
    }
}

/// True if a name occurs in the tokens, or, with `in_path`, if it occurs as the beginning of a path.
fn mentions(tokens: &TokenStream, name: &str, in_path: bool) -> bool {
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let found = match token {
            TokenTree::Group(group) => mentions(&group.stream(), name, in_path),
            TokenTree::Ident(ident) => {
                let leads = matches!(tokens.peek(), Some(TokenTree::Punct(sign)) if sign.as_char() == ':');
                ident == name && (leads || !in_path)
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        if found {
            return true;
        }
    }
    false
}

fn bindings(bindings: &[Binding]) -> (TokenStream, TokenStream) {
    const FIELDS: usize = 4;
    if bindings.is_empty() {
        return (quote!(_), TokenStream::new());
    }
    let fields = bindings.iter().map(|Binding { field, name, .. }| {
        let ident = Ident::new(field, Span::call_site());
        if name.plain() == *field { quote!(#ident) } else { quote!(#ident: #name) }
    });
    let rest = (bindings.len() < FIELDS).then(|| quote!(, ..));
    let adjusted = bindings.iter().map(|Binding { name, unset, .. }| match unset {
        Unset::Stays => TokenStream::new(),
        Unset::Default(text) => quote!(let #name = #name.unwrap_or(#text);),
        Unset::Error(text) => quote!(let Some(#name) = #name else { return Err(#text.into()); };),
    });
    (quote!(params), quote!(let Params { #(#fields),* #rest } = *params; #(#adjusted)*))
}

fn block(block: &Block, outermost: bool) -> TokenStream {
    let statements = block.statements.iter().map(|statement| match statement {
        Statement::Let(name, init) => {
            let init = value(init);
            quote!(let #name = #init;)
        }
        Statement::If(tests, body) => {
            let tests = tests.iter().map(test);
            let body = self::block(body, false);
            quote!(if #(#tests)&&* { #body })
        }
    });
    let end = block.end.as_ref().map(|end| {
        let (before, end) = self::end(end);
        if outermost { quote!(#before #end) } else { quote!(#before return #end;) }
    });
    quote!(#(#statements)* #end)
}

fn test(test: &Test) -> TokenStream {
    match test {
        Test::Is(truth) => value(truth),
        Test::Some(name, from) => {
            let from = value(from);
            quote!(let Some(#name) = #from)
        }
    }
}

/// The function's result, and the statements that must stand before it.
fn end(end: &End) -> (TokenStream, TokenStream) {
    let result = match end {
        End::Error(text @ (Value::Text(_) | Value::Format(_))) => {
            let text = value(text);
            quote!(Err(#text.into()))
        }
        End::Error(text) => {
            let text = value(text);
            quote!(Err(#text.to_owned().into()))
        }
        End::Endpoint(endpoint) => {
            let name = endpoint.signing_name.as_ref().map(value).map(|name| quote!(.with_signing_name(#name)));
            let region = endpoint.signing_region.as_ref().map(value).map(|region| quote!(.with_signing_region(#region)));
            let headers = endpoint.headers.iter().map(|(name, header)| {
                let header = value(header);
                quote!(.with_header(#name, #header))
            });
            let rest = quote!(#name #region #(#headers)*);
            let url = value(&endpoint.url);
            // A formatted URL gets a statement of its own if no method call follows it.
            let apart = matches!(endpoint.url, Value::Format(_)) && rest.is_empty();
            return if apart {
                (quote!(let url = #url;), quote!(Ok(Resolved::new(url))))
            } else {
                (TokenStream::new(), quote!(Ok(Resolved::new(#url) #rest)))
            };
        }
    };
    (TokenStream::new(), result)
}

fn value(of: &Value) -> TokenStream {
    let many = |values: &[Value]| values.iter().map(value).collect::<Vec<_>>();
    let ident = |name: &str| Ident::new(name, Span::call_site());
    match of {
        Value::Text(text) => quote!(#text),
        Value::Boolean(value) => quote!(#value),
        Value::Integer(number) => {
            let digits = Literal::usize_unsuffixed(number.unsigned_abs());
            if *number < 0 { quote!(-#digits) } else { quote!(#digits) }
        }
        Value::List(items) => quote!([#(#items),*]),
        Value::Unset => quote!(None),
        Value::Name(name) => quote!(#name),
        Value::Field(from, field) => {
            let (from, field) = (value(from), ident(field));
            quote!(#from.#field)
        }
        Value::Call(function, arguments) => {
            let (function, arguments) = (ident(function), many(arguments));
            quote!(endpoint::#function(#(#arguments),*))
        }
        Value::Method(from, method, arguments) => {
            let (from, method, arguments) = (value(from), ident(method), many(arguments));
            quote!(#from.#method(#(#arguments),*))
        }
        Value::Borrow(inner) => {
            let inner = value(inner);
            quote!(&#inner)
        }
        Value::Not(inner) => {
            let inner = value(inner);
            quote!(!#inner)
        }
        Value::Equal(a, b) => {
            let (a, b) = (operand(a), operand(b));
            quote!(#a == #b)
        }
        Value::Different(a, b) => {
            let (a, b) = (operand(a), operand(b));
            quote!(#a != #b)
        }
        Value::Format(pieces) => format(pieces),
        Value::Choice(values) => {
            let [condition, then, otherwise] = values.each_ref().map(value);
            quote!(if #condition { #then } else { #otherwise })
        }
        Value::Some(inner) => {
            let inner = value(inner);
            quote!(Some(#inner))
        }
        Value::Owned(inner, optional) => {
            let inner = value(inner);
            if *optional { quote!(#inner.map(str::to_owned)) } else { quote!(#inner.to_owned()) }
        }
    }
}

/// An operand of a comparison, in parentheses if it is a comparison itself.
fn operand(of: &Value) -> TokenStream {
    let value = value(of);
    if matches!(of, Value::Equal(..) | Value::Different(..)) { quote!((#value)) } else { value }
}

/// A call of `format!` with names inside the string.
fn format(pieces: &[Value]) -> TokenStream {
    let mut text = String::new();
    let mut arguments = Vec::new();
    for piece in pieces {
        match piece {
            Value::Text(piece) => text += &piece.replace('{', "{{").replace('}', "}}"),
            Value::Name(name) if name.to_token_stream().to_string() == name.plain() => {
                text.extend(["{", name.plain(), "}"]);
            }
            other => {
                text += "{}";
                arguments.push(value(other));
            }
        }
    }
    quote!(format!(#text #(, #arguments)*))
}
