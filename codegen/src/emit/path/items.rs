//! Lists: iterators, or loops where an item may end the whole evaluation.

use super::{Emitter, is_text};
use crate::names::Name;
use crate::rust;
use crate::rust::path::{Kind, Part, Step, Type, Value};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// The value that an iterator is collected into.
pub(super) enum End<'a> {
    List,
    Length,
    /// Tells if there is no item, or if there is one.
    Empty(bool),
    Has(&'a Name, &'a Value),
    Position(i64),
}

impl End<'_> {
    fn is_optional(&self) -> bool {
        matches!(self, Self::Position(_))
    }
}

impl Emitter<'_> {
    /// A list made of the items of a list or a map.
    pub(super) fn items(&self, source: &Value, part: Part, steps: &[Step], end: &End<'_>, leaves: bool) -> TokenStream {
        if steps.iter().any(Step::fails) {
            return self.looped(source, part, steps, end, leaves);
        }
        self.through(source, leaves, end.is_optional(), |of| {
            let items = iterator(&of, source, part);
            let (last, others) = match (steps.split_last(), end) {
                (Some((last, others)), End::Empty(_) | End::Position(0 | -1)) if matches!(last, Step::Filter { .. }) => {
                    (Some(last), others)
                }
                // The values do not change the number of items.
                (Some((Step::Map { body, .. }, others)), End::Length) if !body.nullable => (None, others),
                _ => (None, steps),
            };
            if others.is_empty() && last.is_none() && part == Part::Items && matches!(end, End::Length) {
                return quote!(#of.len());
            }
            let items = others.iter().fold(items, |items, step| self.step(&items, step));
            match (last, end) {
                (Some(Step::Filter { name, condition, .. }), End::Empty(wanted)) => {
                    let (not, pattern) = (wanted.then(|| quote!(!)), used(name, condition));
                    let condition = self.block(|| self.plain(condition));
                    quote!(#not #items.any(|#pattern| #condition))
                }
                (Some(Step::Filter { name, copied, condition }), _) => {
                    let pattern = pattern(name, *copied, condition);
                    let condition = self.block(|| self.plain(condition));
                    if matches!(end, End::Position(-1)) {
                        quote!(#items.rfind(|#pattern| #condition))
                    } else {
                        quote!(#items.find(|#pattern| #condition))
                    }
                }
                _ => self.end(&items, end),
            }
        })
    }

    fn step(&self, items: &TokenStream, step: &Step) -> TokenStream {
        match step {
            Step::Filter { name, copied, condition } => {
                let (pattern, condition) = (pattern(name, *copied, condition), self.block(|| self.plain(condition)));
                quote!(#items.filter(|#pattern| #condition))
            }
            Step::Map { name, body } => {
                if let Some(copied) = self.read_each(name, body) {
                    return quote!(#items #copied);
                }
                let inner = self.block(|| if body.nullable { self.option(body, true) } else { self.plain(body) });
                let pattern = used(name, body);
                if body.nullable { quote!(#items.filter_map(|#pattern| #inner)) } else { quote!(#items.map(|#pattern| #inner)) }
            }
            Step::FlatMap { name, body } => {
                let inner = self.block(|| self.iterable(body));
                let pattern = used(name, body);
                quote!(#items.flat_map(|#pattern| #inner))
            }
            Step::Flatten | Step::Present => quote!(#items.flatten()),
        }
    }

    /// The step that reads each item, if the step does nothing else.
    fn read_each(&self, name: &Name, body: &Value) -> Option<TokenStream> {
        let Kind::Read(of) = &body.kind else { return None };
        if of.kind != Kind::Variable(name.clone()) || of.nullable {
            return None;
        }
        Some(match &of.ty {
            Type::Held(rust::Type::String) => {
                let string = self.scope.known("String");
                quote!(.map(#string::as_str))
            }
            ty if is_text(ty) => quote!(.map(|#name| #name.as_str())),
            _ => quote!(.copied()),
        })
    }

    /// A list that is not null as something to iterate over.
    fn iterable(&self, list: &Value) -> TokenStream {
        match &list.kind {
            Kind::Items { source, part: Part::Items, steps } if steps.is_empty() => self.plain(source),
            Kind::Items { source, part, steps } if !steps.iter().any(Step::fails) => {
                let items = iterator(&self.receiver(source), source, *part);
                steps.iter().fold(items, |items, step| self.step(&items, step))
            }
            Kind::List(values) => self.array(values),
            _ => self.plain(list),
        }
    }

    fn end(&self, items: &TokenStream, end: &End<'_>) -> TokenStream {
        match end {
            End::List => {
                let vec = self.scope.known("Vec");
                quote!(#items.collect::<#vec<_>>())
            }
            End::Length => quote!(#items.count()),
            End::Empty(true) => quote!(#items.next().is_none()),
            End::Empty(false) => quote!(#items.next().is_some()),
            End::Has(name, condition) => {
                let condition = self.block(|| self.plain(condition));
                quote!(#items.any(|#name| #condition))
            }
            End::Position(index) => {
                let number = |number: u64| Literal::u64_unsuffixed(number);
                match index {
                    0 => quote!(#items.next()),
                    -1 => quote!(#items.next_back()),
                    1.. => {
                        let index = number(index.unsigned_abs());
                        quote!(#items.nth(#index))
                    }
                    _ => {
                        let index = number(index.unsigned_abs() - 1);
                        quote!(#items.nth_back(#index))
                    }
                }
            }
        }
    }

    /// The list as a variable that loops fill, since `?` in a closure would not leave the function.
    fn looped(&self, source: &Value, part: Part, steps: &[Step], end: &End<'_>, leaves: bool) -> TokenStream {
        if source.nullable && !leaves {
            let [some, none] = ["Some", "None"].map(|name| self.scope.known(name));
            let (of, name) = (self.option(source, false), source.ty.variable());
            let inner = Value::variable(name.clone(), source.ty.clone());
            let value = self.block(|| self.looped(&inner, part, steps, end, leaves));
            let value = if end.is_optional() { value } else { quote!(#some(#value)) };
            return quote!(match #of { #some(#name) => #value, #none => #none });
        }
        self.found.set(self.found.get() + 1);
        let number = self.found.get();
        let found = Ident::new(&if number == 1 { "found".to_owned() } else { format!("found_{number}") }, Span::call_site());
        let of = if source.nullable {
            let source = self.option(source, true);
            quote!(#source?)
        } else {
            self.receiver(source)
        };
        let items = match (part, &source.ty) {
            (Part::Items, Type::Held(_)) => of,
            _ => iterator(&of, source, part),
        };
        let first = named(steps.first());
        let body = self.nested(steps, &first, &found);
        let vec = self.scope.known("Vec");
        self.before.borrow_mut().extend(quote! {
            let mut #found = #vec::new();
            for #first in #items { #body }
        });
        let value = match end {
            End::List => quote!(#found),
            End::Length => quote!(#found.len()),
            End::Empty(true) => quote!(#found.is_empty()),
            End::Empty(false) => quote!(!#found.is_empty()),
            End::Has(..) | End::Position(_) => self.end(&quote!(#found.into_iter()), end),
        };
        let some = self.scope.known("Some");
        if source.nullable && !end.is_optional() { quote!(#some(#value)) } else { value }
    }

    /// The body of a loop: the steps from here on for the item in the variable `item`.
    fn nested(&self, steps: &[Step], item: &Name, found: &Ident) -> TokenStream {
        let Some((step, rest)) = steps.split_first() else { return quote!(#found.push(#item);) };
        let next = named(rest.first());
        let renamed = |name: &Name| if name == item { TokenStream::new() } else { quote!(let #name = #item;) };
        match step {
            Step::Filter { name, condition, .. } => {
                let renamed = renamed(name);
                let (before, condition) = self.frame(|| self.plain(condition));
                let rest = self.nested(rest, name, found);
                quote!(#renamed #before if #condition { #rest })
            }
            Step::Map { name, body } => {
                let renamed = renamed(name);
                let (before, value) = self.frame(|| if body.nullable { self.option(body, false) } else { self.plain(body) });
                let work = match (body.nullable, rest.is_empty()) {
                    (false, true) => quote!(#found.push(#value);),
                    (true, true) => quote!(#found.extend(#value);),
                    (false, false) => {
                        let rest = self.nested(rest, &next, found);
                        quote!(let #next = #value; #rest)
                    }
                    (true, false) => {
                        let (some, rest) = (self.scope.known("Some"), self.nested(rest, &next, found));
                        quote!(if let #some(#next) = #value { #rest })
                    }
                };
                quote!(#renamed #before #work)
            }
            Step::FlatMap { name, body } => {
                let renamed = renamed(name);
                let (before, items) = self.frame(|| self.iterable(body));
                let rest = self.nested(rest, &next, found);
                quote!(#renamed #before for #next in #items { #rest })
            }
            Step::Flatten => {
                let rest = self.nested(rest, &next, found);
                quote!(for #next in #item { #rest })
            }
            Step::Present => {
                let (some, rest) = (self.scope.known("Some"), self.nested(rest, &next, found));
                quote!(if let #some(#next) = #item { #rest })
            }
        }
    }

    pub(super) fn length(&self, of: &Value) -> TokenStream {
        match (&of.kind, &of.ty) {
            (Kind::Items { source, part, steps }, _) => self.items(source, *part, steps, &End::Length, false),
            (_, Type::Text) => {
                let of = self.receiver(of);
                quote!(#of.chars().count())
            }
            _ => {
                let of = self.receiver(of);
                quote!(#of.len())
            }
        }
    }

    /// Tells if a value is empty, or, negated, if it is not.
    pub(super) fn is_empty(&self, of: &Value, negated: bool) -> TokenStream {
        if let Kind::Items { source, part, steps } = &of.kind {
            return self.items(source, *part, steps, &End::Empty(!negated), false);
        }
        let (not, of) = (negated.then(|| quote!(!)), self.receiver(of));
        quote!(#not #of.is_empty())
    }

    pub(super) fn has(&self, of: &Value, name: &Name, condition: &Value) -> TokenStream {
        let end = End::Has(name, condition);
        match &of.kind {
            Kind::Items { source, part, steps } => self.items(source, *part, steps, &end, false),
            _ => self.end(&iterator(&self.receiver(of), of, Part::Items), &end),
        }
    }

    pub(super) fn position(&self, of: &Value, index: i64, leaves: bool) -> TokenStream {
        let end = End::Position(index);
        let value = match &of.kind {
            Kind::Items { source, part, steps } => self.items(source, *part, steps, &end, leaves),
            _ => self.through(of, leaves, true, |items| self.end(&iterator(&items, of, Part::Items), &end)),
        };
        match of.ty {
            Type::List { nullable: true, .. } => quote!(#value.flatten()),
            _ => value,
        }
    }
}

/// The iterator over the list or map `of`, which is the value of `source`.
fn iterator(of: &TokenStream, source: &Value, part: Part) -> TokenStream {
    match (part, &source.ty, &source.kind) {
        (Part::Keys, ..) => quote!(#of.keys()),
        (Part::Values, ..) => quote!(#of.values()),
        (_, Type::Held(_), _) => quote!(#of.iter()),
        (_, _, Kind::Variable(_)) => quote!(#of.iter().cloned()),
        _ => quote!(#of.into_iter()),
    }
}

/// The item's pattern in the closure of a filter, which has a reference to it.
fn pattern(name: &Name, copied: bool, condition: &Value) -> TokenStream {
    if copied && condition.uses(name) { quote!(&#name) } else { used(name, condition) }
}

/// The pattern of a closure's argument.
fn used(name: &Name, body: &Value) -> TokenStream {
    if body.uses(name) { quote!(#name) } else { quote!(_) }
}

/// The variable with a step's item.
fn named(step: Option<&Step>) -> Name {
    match step {
        Some(Step::Filter { name, .. } | Step::Map { name, .. } | Step::FlatMap { name, .. }) => name.clone(),
        Some(Step::Flatten | Step::Present) | None => Name::fixed("item"),
    }
}
