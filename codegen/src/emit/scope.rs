//! Names in one emitted file: what is imported, and what has to be spelled out because the file defines something of that name itself.

use crate::names::Name;
use crate::rust::Type;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Names that emitted code uses, and where they are from: those of Rust's prelude need no import. A shape of such a name is never imported, and in
/// the shape's own file what it hides is spelled out.
const KNOWN: [(&str, &str); 48] = [
    ("AsMut", "std::convert"),
    ("AsRef", "std::convert"),
    ("Blob", "crate::primitives"),
    ("Box", "std::boxed"),
    ("BuildError", "crate::error"),
    ("Clone", "std::clone"),
    ("Copy", "std::marker"),
    ("CustomizableOperation", "crate::client::customize"),
    ("CustomizableSend", "crate::client::customize"),
    ("Customization", "crate::client::customize"),
    ("DateTime", "crate::primitives"),
    ("Default", "std::default"),
    ("Document", "crate::primitives"),
    ("DoubleEndedIterator", "std::iter"),
    ("Drop", "std::ops"),
    ("Eq", "std::cmp"),
    ("Err", "std::result::Result"),
    ("ErrorMetadata", "crate::error"),
    ("ErrorReply", "smithlet_runtime::error"),
    ("ExactSizeIterator", "std::iter"),
    ("Extend", "std::iter"),
    ("Fn", "std::ops"),
    ("FnMut", "std::ops"),
    ("FnOnce", "std::ops"),
    ("From", "std::convert"),
    ("FromIterator", "std::iter"),
    ("Handle", "smithlet_runtime::client"),
    ("HashMap", "std::collections"),
    ("Into", "std::convert"),
    ("IntoIterator", "std::iter"),
    ("Iterator", "std::iter"),
    ("None", "std::option::Option"),
    ("Ok", "std::result::Result"),
    ("Option", "std::option"),
    ("Ord", "std::cmp"),
    ("PartialEq", "std::cmp"),
    ("PartialOrd", "std::cmp"),
    ("RequestId", "crate::operation"),
    ("Result", "std::result"),
    ("SdkError", "crate::error"),
    ("Send", "std::marker"),
    ("Some", "std::option::Option"),
    ("String", "std::string"),
    ("Sync", "std::marker"),
    ("ToString", "std::string"),
    ("UnknownVariantError", "crate::error"),
    ("UnknownVariantValue", "crate::primitives::sealed_enum_unknown"),
    ("Vec", "std::vec"),
];

/// The names of one file.
pub(super) struct Scope {
    /// What the file defines: a shape, its builders and the like.
    own: BTreeSet<String>,
    /// The shape of `types` that the file defines. Another shape may have the name of one of its builders.
    shape: Option<String>,
    /// Module and name of everything that needs a `use` line.
    imports: RefCell<BTreeSet<(String, String)>>,
}

impl Scope {
    /// The file of a shape in `types`, which may define more than the shape.
    pub(super) fn of_type<'a>(shape: &'a Name, more: impl IntoIterator<Item = &'a Name>) -> Self {
        Self { shape: Some(shape.plain().to_owned()), ..Self::of_file(more.into_iter().chain([shape])) }
    }

    /// Any other file.
    pub(super) fn of_file<'a>(own: impl IntoIterator<Item = &'a Name>) -> Self {
        let own = own.into_iter().map(|name| name.plain().to_owned()).collect();
        Self { own, shape: None, imports: RefCell::default() }
    }

    /// A name of the prelude, the standard library, the runtime or the crate's other modules.
    pub(super) fn known(&self, name: &str) -> TokenStream {
        let ident = Ident::new(name, Span::call_site());
        let Some((_, module)) = KNOWN.iter().find(|(known, _)| *known == name) else { return quote!(#ident) };
        if self.own.contains(name) {
            let module = path(module);
            return quote!(#module::#ident);
        }
        let in_prelude = module.starts_with("std::") && name != "HashMap";
        if !in_prelude {
            self.imports.borrow_mut().insert(((*module).to_owned(), name.to_owned()));
        }
        quote!(#ident)
    }

    /// The same without an import: a word that a macro of the runtime understands.
    pub(super) fn word(&self, name: &str) -> TokenStream {
        if self.own.contains(name) {
            return self.known(name);
        }
        let ident = Ident::new(name, Span::call_site());
        quote!(#ident)
    }

    /// A module of the runtime.
    pub(super) fn module(&self, name: &str) -> TokenStream {
        self.imports.borrow_mut().insert(("smithlet_runtime".to_owned(), name.to_owned()));
        let ident = Ident::new(name, Span::call_site());
        quote!(#ident)
    }

    /// A name of the module above this file's. It is not imported where it would hide another.
    pub(super) fn sibling(&self, name: &Name) -> TokenStream {
        if is_known(name) {
            return quote!(super::#name);
        }
        self.imports.borrow_mut().insert(("super".to_owned(), name.plain().to_owned()));
        quote!(#name)
    }

    /// A shape of `types`.
    pub(super) fn shape(&self, name: &Name) -> TokenStream {
        if is_known(name) {
            return quote!(crate::types::#name);
        }
        if self.shape.as_deref() == Some(name.plain()) {
            return quote!(#name);
        }
        if self.own.contains(name.plain()) {
            return quote!(crate::types::#name);
        }
        self.imports.borrow_mut().insert(("crate::types".to_owned(), name.plain().to_owned()));
        quote!(#name)
    }

    /// The type of an item of a list or a value of a map, which may be null where these are sparse.
    pub(super) fn item(&self, ty: &Type, sparse: bool) -> TokenStream {
        let (option, ty) = (self.known("Option"), self.ty(ty));
        if sparse { quote!(#option<#ty>) } else { ty }
    }

    /// The type of a value.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Boolean => quote!(bool),
            Type::Byte => quote!(i8),
            Type::Short => quote!(i16),
            Type::Integer => quote!(i32),
            Type::Long => quote!(i64),
            Type::Float => quote!(f32),
            Type::Double => quote!(f64),
            Type::String => self.known("String"),
            Type::Blob => self.known("Blob"),
            Type::Document => self.known("Document"),
            Type::Timestamp(_) => self.known("DateTime"),
            Type::Enum(name) | Type::Structure(name) | Type::Union(name) => self.shape(name),
            Type::Error(name) => quote!(crate::types::error::#name),
            Type::List { item, sparse } => {
                let (vec, item) = (self.known("Vec"), self.item(item, *sparse));
                quote!(#vec<#item>)
            }
            Type::Map { key, value, sparse } => {
                let (map, key, value) = (self.known("HashMap"), self.key(key.as_ref()), self.item(value, *sparse));
                quote!(#map<#key, #value>)
            }
        }
    }

    /// The type of a map's key.
    pub(super) fn key(&self, key: Option<&Name>) -> TokenStream {
        key.map_or_else(|| self.known("String"), |name| self.shape(name))
    }

    /// The whole file: the `use` lines for everything that making the body has asked for, and the body.
    pub(super) fn file(&self, body: &TokenStream) -> TokenStream {
        let mut modules: BTreeMap<String, Vec<Ident>> = BTreeMap::new();
        for (module, name) in self.imports.borrow().iter() {
            modules.entry(module.clone()).or_default().push(Ident::new(name, Span::call_site()));
        }
        let lines = modules.iter().map(|(module, names)| {
            let module = path(module);
            match names.as_slice() {
                [name] => quote!(use #module::#name;),
                names => quote!(use #module::{#(#names),*};),
            }
        });
        quote!(#(#lines)* #body)
    }
}

/// Whether emitted code uses the name for something that is not the model's.
pub(super) fn is_known(name: &Name) -> bool {
    KNOWN.iter().any(|(known, _)| *known == name.plain())
}

fn path(module: &str) -> TokenStream {
    let parts = module.split("::").map(|part| Ident::new(part, Span::call_site()));
    quote!(#(#parts)::*)
}
