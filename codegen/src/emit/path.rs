//! Expressions over an operation's input and output.
//!
//! A value that may be null is an `Option`. In a function's body, and in a closure that returns an `Option`, its null leaves with `?`; anywhere else
//! it is passed on by `and_then` and `map`. An error of JMESPath has to leave the function, so that code with one has loops in place of closures.

mod items;

use super::scope::Scope;
use crate::jmespath::Comparator;
use crate::names::Name;
use crate::rust;
use crate::rust::path::{Get, Kind, Number, Path, Type, Value};
use proc_macro2::{Ident, Literal, Punct, Spacing, Span, TokenStream};
use quote::{TokenStreamExt as _, quote};
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

fn number_type(number: Number) -> TokenStream {
    match number {
        Number::Byte => quote!(i8),
        Number::Short => quote!(i16),
        Number::Integer => quote!(i32),
        Number::Long => quote!(i64),
        Number::Float => quote!(f32),
        Number::Double => quote!(f64),
        Number::Length => quote!(usize),
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
            Kind::Variable(name) => quote!(#name),
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
            Kind::Variable(name) if matches!(value.ty, Type::List { .. } | Type::Hash(_)) => quote!(#name.clone()),
            Kind::Variable(name) => quote!(#name),
            Kind::Text(text) => quote!(#text),
            Kind::Boolean(value) => quote!(#value),
            Kind::Integer(number) => signed(*number < 0, Literal::u64_unsuffixed(number.unsigned_abs())),
            Kind::Double(number) => signed(*number < 0.0, Literal::f64_unsuffixed(number.abs())),
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

    /// A function of a value. `optional` tells that it returns an `Option`.
    fn through(&self, of: &Value, leaves: bool, optional: bool, write: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
        if !of.nullable {
            return write(self.receiver(of));
        }
        if leaves {
            let of = self.option(of, true);
            let value = write(quote!(#of?));
            let some = self.scope.known("Some");
            return if optional { value } else { quote!(#some(#value)) };
        }
        let (of, name) = (self.option(of, false), of.ty.variable());
        let value = write(quote!(#name));
        if optional { quote!(#of.and_then(|#name| #value)) } else { quote!(#of.map(|#name| #value)) }
    }

    /// A part of a value.
    fn get(&self, of: &TokenStream, get: &Get) -> TokenStream {
        let and_ref = |value: TokenStream, sparse: bool| {
            let option = self.scope.known("Option");
            if sparse { quote!(#value.and_then(#option::as_ref)) } else { value }
        };
        match get {
            Get::Accessor { name, .. } => quote!(#of.#name()),
            Get::OptionalList(name) => quote!(#of.#name.as_deref()),
            Get::Variant { suffix, copied } => {
                let method = suffix.affix("as_", "");
                let copied = copied.then(|| quote!(.copied()));
                quote!(#of.#method().ok()#copied)
            }
            Get::Entry { key, of: keys, sparse } => {
                let key = match keys {
                    Some(name) => {
                        let shape = self.scope.shape(name);
                        quote!(&#shape::from(#key))
                    }
                    None => quote!(#key),
                };
                and_ref(quote!(#of.get(#key)), *sparse)
            }
            Get::Position { index, sparse } => {
                let item = match index {
                    0 => quote!(#of.first()),
                    -1 => quote!(#of.last()),
                    1.. => {
                        let index = Literal::i64_unsuffixed(*index);
                        quote!(#of.get(#index))
                    }
                    _ => {
                        let index = Literal::u64_unsuffixed(index.unsigned_abs() - 1);
                        quote!(#of.iter().nth_back(#index))
                    }
                };
                and_ref(item, *sparse)
            }
            Get::Element { index, .. } => {
                let index = Literal::usize_unsuffixed(*index);
                quote!(#of.#index)
            }
        }
    }

    /// The scalar behind a reference, which is not null.
    fn read_plain(&self, of: &Value) -> TokenStream {
        let inner = self.receiver(of);
        if is_text(&of.ty) { quote!(#inner.as_str()) } else { quote!(*#inner) }
    }

    /// The scalar behind a reference that may be null.
    fn read_option(&self, of: &Value, leaves: bool) -> TokenStream {
        if is_text(&of.ty) {
            return self.through(of, leaves, false, |of| quote!(#of.as_str()));
        }
        let of = self.option(of, leaves);
        quote!(#of.copied())
    }

    /// A number that may be null as another type.
    fn cast_option(&self, of: &Value, to: Number, leaves: bool) -> TokenStream {
        let from = of_number(&of.ty);
        match conversion(to, from) {
            Some(conversion) if !leaves => {
                let of = self.option(of, false);
                quote!(#of.map(#conversion))
            }
            _ => self.through(of, leaves, false, |of| cast(&of, to, from)),
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
            Kind::Cast(of) => {
                of_number(&value.ty) == Number::Double && matches!(number_of(value), Number::Long | Number::Length) && !of.nullable
            }
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

    /// An expression with a variable for a value.
    fn bind(&self, name: &Name, of: &Value, strict: bool, body: &Value, leaves: bool) -> TokenStream {
        let pattern = if body.uses(name) { quote!(#name) } else { quote!(_) };
        let is_unwrapped = strict && of.nullable;
        if is_unwrapped && !leaves {
            let of = self.option(of, false);
            if body.fails() {
                let [some, none] = ["Some", "None"].map(|name| self.scope.known(name));
                let body = self.block(|| self.option(body, false));
                return quote!(match #of { #some(#pattern) => #body, #none => #none });
            }
            let inner = self.block(|| if body.nullable { self.option(body, true) } else { self.plain(body) });
            return if body.nullable { quote!(#of.and_then(|#pattern| #inner)) } else { quote!(#of.map(|#pattern| #inner)) };
        }
        let of = match (is_unwrapped, of.nullable) {
            (true, _) => {
                let of = self.option(of, true);
                quote!(#of?)
            }
            (false, true) => self.option(of, false),
            (false, false) => self.plain(of),
        };
        self.before.borrow_mut().extend(quote!(let #pattern = #of;));
        if body.nullable || is_unwrapped { self.option(body, leaves) } else { self.plain(body) }
    }

    /// A comparison that is not null: `==` and `!=`, or one of two numbers that are not null.
    fn comparison(&self, comparator: Comparator, left: &Value, right: &Value) -> TokenStream {
        let sign = sign(comparator);
        let (left, right) = if left.nullable || right.nullable {
            (self.option(left, false), self.option(right, false))
        } else {
            (self.operand(left), self.operand(right))
        };
        quote!(#left #sign #right)
    }

    /// An ordering of numbers that may be null.
    fn ordering(&self, comparator: Comparator, left: &Value, right: &Value, leaves: bool) -> TokenStream {
        let sign = sign(comparator);
        let unwrapped = |value: &Value| {
            if !value.nullable {
                return self.operand(value);
            }
            let option = self.option(value, true);
            quote!(#option?)
        };
        if leaves {
            let (some, left, right) = (self.scope.known("Some"), unwrapped(left), unwrapped(right));
            return quote!(#some(#left #sign #right));
        }
        let (left, right) = (self.option(left, false), self.option(right, false));
        quote!(#left.zip(#right).map(|(left, right)| left #sign right))
    }

    /// The first value, or the second one where it is null.
    fn or_else(&self, first: &Value, second: &Value) -> TokenStream {
        let first = self.option(first, false);
        if second.fails() {
            let [some, none] = ["Some", "None"].map(|name| self.scope.known(name));
            let found = if second.nullable { quote!(#some(found)) } else { quote!(found) };
            let second = self.block(|| self.element(second, second.nullable));
            return quote!(match #first { #some(found) => #found, #none => #second });
        }
        let is_constant = matches!(second.kind, Kind::Text(_) | Kind::Boolean(_) | Kind::Integer(_) | Kind::Double(_) | Kind::Variable(_));
        match (second.nullable, is_constant) {
            (true, _) => {
                let second = self.block(|| self.option(second, true));
                quote!(#first.or_else(|| #second))
            }
            (false, true) => {
                let second = self.plain(second);
                quote!(#first.unwrap_or(#second))
            }
            (false, false) => {
                let second = self.block(|| self.plain(second));
                quote!(#first.unwrap_or_else(|| #second))
            }
        }
    }

    /// The second value, unless the first one is null.
    fn and_then(&self, first: &Value, second: &Value) -> TokenStream {
        let first = self.option(first, false);
        if second.fails() {
            let [some, none] = ["Some", "None"].map(|name| self.scope.known(name));
            let second = self.block(|| self.option(second, false));
            return quote!(match #first { #some(_) => #second, #none => #none });
        }
        let inner = self.block(|| self.element(second, second.nullable));
        if second.nullable { quote!(#first.and_then(|_| #inner)) } else { quote!(#first.map(|_| #inner)) }
    }

    /// Tells if a value is neither null, false nor empty.
    fn truth(&self, value: &Value) -> TokenStream {
        let some = self.scope.known("Some");
        match (&value.ty, value.nullable) {
            (Type::Boolean, false) => self.plain(value),
            (Type::Boolean, true) => {
                let value = self.option(value, false);
                quote!(#value == #some(true))
            }
            (_, false) => self.is_empty(value, true),
            (ty, true) => {
                let (value, name) = (self.option(value, false), ty.variable());
                quote!(#value.is_some_and(|#name| !#name.is_empty()))
            }
        }
    }

    fn not(&self, of: &Value) -> TokenStream {
        match &of.kind {
            Kind::IsNull(inside) => {
                let inside = self.option(inside, false);
                quote!(#inside.is_some())
            }
            Kind::IsEmpty(inside) => self.is_empty(inside, true),
            _ => {
                let of = self.operand(of);
                quote!(!#of)
            }
        }
    }
}

/// True for a reference to a text or an enum.
fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Held(rust::Type::String | rust::Type::Enum(_)))
}

/// A comparator as an operator.
fn sign(comparator: Comparator) -> TokenStream {
    let mut tokens = TokenStream::new();
    let mut rest = comparator.sign().chars().peekable();
    while let Some(c) = rest.next() {
        tokens.append(Punct::new(c, if rest.peek().is_some() { Spacing::Joint } else { Spacing::Alone }));
    }
    tokens
}

fn signed(is_negative: bool, literal: Literal) -> TokenStream {
    if is_negative { quote!(-#literal) } else { quote!(#literal) }
}

/// The type of a number; any other type has none, and is not cast.
fn of_number(ty: &Type) -> Number {
    match ty {
        Type::Number(number) => *number,
        _ => Number::Long,
    }
}

/// The type that a cast number has before.
fn number_of(cast: &Value) -> Number {
    match &cast.kind {
        Kind::Cast(of) => of_number(&of.ty),
        _ => of_number(&cast.ty),
    }
}

/// A number as another type: `i64` or `f64`.
fn cast(of: &TokenStream, to: Number, from: Number) -> TokenStream {
    match (to, from) {
        (Number::Double, Number::Long | Number::Length) => quote!(#of as f64),
        (Number::Double, _) => quote!(f64::from(#of)),
        // No list in memory has more items.
        (_, Number::Length) => quote!(i64::try_from(#of).unwrap_or(i64::MAX)),
        _ => quote!(i64::from(#of)),
    }
}
