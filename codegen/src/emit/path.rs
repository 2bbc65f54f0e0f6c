//! Expressions over an operation's input and output.
//!
//! A value that may be null is an `Option`. In a function's body, and in a closure that returns an `Option`, its null leaves with `?`; anywhere else
//! it is passed on by `and_then` and `map`. An error of `JMESPath` has to leave the function, so that code with one has loops in place of closures.

mod items;
mod logic;
mod number;
mod parts;

use super::scope::Scope;
use crate::rust;
use crate::rust::path::{Kind, Path, Type, Value};
use number::{cast, is_as, number_type, of_number, signed};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use std::cell::{Cell, RefCell};

/// An expression of the type `Option<T>` over the variable `output`, a reference to the operation's output, and, if the path's root is both,
/// `input`.
pub(super) fn expression(scope: &Scope, path: &Path) -> TokenStream {
    if path.fails() {
        let body = body(scope, path);
        return quote!((|| { #body })());
    }
    let emitter = Emitter::new(scope);
    let (before, value) = emitter.frame(|| emitter.option(&path.value, false));
    if before.is_empty() { value } else { quote!({ #before #value }) }
}

/// The same as the body of a function that returns `Option<T>` and has these variables as its arguments. This reads better, since nulls leave the
/// function with `?`.
pub(super) fn body(scope: &Scope, path: &Path) -> TokenStream {
    let emitter = Emitter::new(scope);
    let (before, value) = emitter.frame(|| emitter.option(&path.value, true));
    quote!(#before #value)
}

/// The type `T` of a value that is not null, whose references live as long as `lifetime`, such as `'a`, if it is given.
pub(super) fn ty(scope: &Scope, of: &Type, lifetime: Option<&TokenStream>) -> TokenStream {
    match of {
        Type::Text => quote!(&#lifetime str),
        Type::Boolean => quote!(bool),
        Type::Number(number) => number_type(*number),
        Type::Held(held) => {
            let held = scope.ty(held);
            quote!(&#lifetime #held)
        }
        Type::Whole { module, name } => {
            let whole = scope.of_operation(module, name);
            quote!(&#lifetime #whole)
        }
        Type::List { item, nullable } => {
            let (vec, item) = (scope.known("Vec"), optional(scope, item, *nullable, lifetime));
            quote!(#vec<#item>)
        }
        Type::Hash(entries) => {
            let entries = entries.iter().map(|entry| optional(scope, &entry.ty, entry.nullable, lifetime));
            quote!((#(#entries,)*))
        }
        Type::Null => quote!(()),
    }
}

fn optional(scope: &Scope, of: &Type, nullable: bool, lifetime: Option<&TokenStream>) -> TokenStream {
    let ty = ty(scope, of, lifetime);
    if nullable {
        let option = scope.known("Option");
        quote!(#option<#ty>)
    } else {
        ty
    }
}

/// The writer of one expression.
struct Emitter<'s> {
    scope: &'s Scope,
    /// The statements that must stand before the expression that is being written.
    before: RefCell<TokenStream>,
    /// The number of lists that loops fill.
    found: Cell<usize>,
}

impl<'s> Emitter<'s> {
    fn new(scope: &'s Scope) -> Self {
        Self { scope, before: RefCell::default(), found: Cell::new(0) }
    }

    /// Writes an expression whose statements do not belong before the surrounding one.
    fn frame(&self, write: impl FnOnce() -> TokenStream) -> (TokenStream, TokenStream) {
        let outer = self.before.take();
        let value = write();
        (self.before.replace(outer), value)
    }

    /// The same as a block, or as an expression if there are no statements.
    fn block(&self, write: impl FnOnce() -> TokenStream) -> TokenStream {
        let (before, value) = self.frame(write);
        if before.is_empty() { value } else { quote!({ #before #value }) }
    }

    /// A value as an `Option`. With `leaves`, its null may leave the function or closure with `?`.
    fn option(&self, value: &Value, leaves: bool) -> TokenStream {
        if !value.nullable {
            let (some, value) = (self.scope.known("Some"), self.plain(value));
            return quote!(#some(#value));
        }
        match &value.kind {
            Kind::Variable(_) => self.variable(value),
            Kind::Get(of, get) => self.through(of, leaves, get.is_optional(), |of| self.get(&of, get)),
            Kind::Read(of) => self.read_option(of, leaves),
            Kind::Cast(of) => self.cast_option(of, of_number(&value.ty), leaves),
            Kind::Items { source, part, steps } => self.items(source, *part, steps, &items::End::List, leaves),
            Kind::Position(of, index) => self.position(of, *index, leaves),
            Kind::Bind { name, of, strict, body } => self.bind(name, of, *strict, body, leaves),
            Kind::Compare(comparator, left, right) => self.ordering(*comparator, left, right, leaves),
            Kind::Truthy(of) => {
                let (of, name) = (self.option(of, false), of.ty.variable());
                let test = if value.ty == Type::Boolean { quote!(|&#name| #name) } else { quote!(|#name| !#name.is_empty()) };
                quote!(#of.filter(#test))
            }
            Kind::OrElse(first, second) => self.or_else(first, second),
            Kind::AndThen(first, second) => self.and_then(first, second),
            Kind::And(first, second) => {
                let (test, second) = (self.truth(first), self.block(|| self.option(second, false)));
                let first = self.block(|| self.option(first, false));
                quote!(if #test { #second } else { #first })
            }
            _ => self.scope.known("None"),
        }
    }

    /// A value that is not null.
    fn plain(&self, value: &Value) -> TokenStream {
        match &value.kind {
            Kind::Variable(_) => self.variable(value),
            Kind::Text(text) => quote!(#text),
            Kind::Boolean(value) => quote!(#value),
            Kind::Integer(number) => signed(*number < 0, &Literal::u64_unsuffixed(number.unsigned_abs())),
            Kind::Double(number) => signed(*number < 0.0, &Literal::f64_unsuffixed(number.abs())),
            Kind::Null => self.scope.known("None"),
            Kind::Get(of, get) => self.get(&self.receiver(of), get),
            Kind::Read(of) => self.read_plain(of),
            Kind::Demand(of) => {
                let of = self.option(of, true);
                quote!(#of?)
            }
            Kind::Cast(of) => cast(&self.operand(of), of_number(&value.ty), of_number(&of.ty)),
            Kind::Bind { name, of, strict, body } => self.bind(name, of, *strict, body, false),
            Kind::Items { source, part, steps } => self.items(source, *part, steps, &items::End::List, false),
            Kind::Length(of) => self.length(of),
            Kind::IsEmpty(of) => self.is_empty(of, false),
            Kind::IsNull(of) => {
                let of = self.option(of, false);
                quote!(#of.is_none())
            }
            Kind::Truth(of) => self.truth(of),
            Kind::Not(of) => self.not(of),
            Kind::Has { of, name, condition } => self.has(of, name, condition),
            Kind::List(values) => {
                let items = self.array(values);
                quote!(vec!#items)
            }
            Kind::Hash(values) => {
                let entries = values.iter().map(|value| self.element(value, value.nullable));
                quote!((#(#entries,)*))
            }
            Kind::Compare(comparator, left, right) => self.comparison(*comparator, left, right),
            Kind::Both(left, right) => {
                let (left, right) = (self.operand_of_and(left), self.block(|| self.operand_of_and(right)));
                quote!(#left && #right)
            }
            Kind::Either(left, right) => {
                let (left, right) = (self.plain(left), self.block(|| self.plain(right)));
                quote!(#left || #right)
            }
            Kind::OrElse(first, second) => self.or_else(first, second),
            Kind::And(first, second) => {
                let test = self.truth(first);
                let (first, second) = (self.block(|| self.plain(first)), self.block(|| self.plain(second)));
                quote!(if #test { #second } else { #first })
            }
            Kind::TextTest(method, text, part) => {
                let (text, method, part) = (self.receiver(text), Ident::new(method, Span::call_site()), self.plain(part));
                quote!(#text.#method(#part))
            }
            Kind::Position(..) | Kind::Truthy(_) | Kind::AndThen(..) => self.option(value, false),
        }
    }

    /// A variable, which is cloned unless it is copied, since it may be used again.
    fn variable(&self, value: &Value) -> TokenStream {
        match (&value.kind, &value.ty) {
            (Kind::Variable(name), Type::List { .. } | Type::Hash(_)) => quote!(#name.clone()),
            (Kind::Variable(name), _) => quote!(#name),
            _ => self.plain(value),
        }
    }

    /// A value as the receiver of a method.
    fn receiver(&self, value: &Value) -> TokenStream {
        match &value.kind {
            Kind::Variable(name) => quote!(#name),
            Kind::List(values) => self.array(values),
            Kind::Read(of) if !is_text(&of.ty) => {
                let value = self.plain(value);
                quote!((#value))
            }
            _ => self.operand(value),
        }
    }

    /// A value as an operand, in parentheses if it has an operator itself.
    fn operand(&self, value: &Value) -> TokenStream {
        let tokens = self.plain(value);
        let is_loose = match &value.kind {
            Kind::Compare(..) | Kind::Both(..) | Kind::Either(..) | Kind::And(..) => true,
            Kind::Cast(of) => is_as(of_number(&value.ty), of_number(&of.ty)),
            _ => false,
        };
        if is_loose { quote!((#tokens)) } else { tokens }
    }

    /// The same for an operand of `&&`, which binds less than a comparison.
    fn operand_of_and(&self, value: &Value) -> TokenStream {
        let tokens = self.plain(value);
        if matches!(value.kind, Kind::Either(..)) { quote!((#tokens)) } else { tokens }
    }

    fn element(&self, value: &Value, nullable: bool) -> TokenStream {
        if nullable { self.option(value, false) } else { self.plain(value) }
    }

    /// Values in brackets, all of them as `Option` if one may be null.
    fn array(&self, values: &[Value]) -> TokenStream {
        let nullable = values.iter().any(|value| value.nullable);
        let items = values.iter().map(|value| self.element(value, nullable));
        quote!([#(#items),*])
    }
}

/// True for a reference to a text or an enum.
fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Held(rust::Type::String | rust::Type::Enum(_)))
}
