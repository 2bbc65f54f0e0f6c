//! Names in one emitted file: those that are imported, and those that are written as a path because the file defines the same name itself.

use crate::names::Name;
use crate::rust::Type;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Names that emitted code uses, and the modules they come from; those of Rust's prelude need no import. A shape with such a name is never
/// imported, and in the shape's own file the name that it hides is written as a path.
const KNOWN: [(&str, &str); 67] = [
    ("AsMut", "std::convert"),
    ("AsRef", "std::convert"),
    ("Blob", "crate::primitives"),
    ("Box", "std::boxed"),
    ("BoxError", "crate::error"),
    ("BuildError", "crate::error"),
    ("ByteStream", "crate::primitives"),
    ("Call", "smithlet_runtime::client"),
    ("Clone", "std::clone"),
    ("Copy", "std::marker"),
    ("CreateUnhandledError", "smithlet_runtime::error"),
    ("CustomizableOperation", "crate::client::customize"),
    ("CustomizableSend", "crate::client::customize"),
    ("Customization", "crate::client::customize"),
    ("DateTime", "crate::primitives"),
    ("Default", "std::default"),
    ("Document", "crate::primitives"),
    ("DoubleEndedIterator", "std::iter"),
    ("Drop", "std::ops"),
    ("Duration", "std::time"),
    ("Eq", "std::cmp"),
    ("Err", "std::result::Result"),
    ("ErrorKind", "smithlet_runtime::error"),
    ("ErrorMetadata", "crate::error"),
    ("ErrorReply", "smithlet_runtime::support"),
    ("ExactSizeIterator", "std::iter"),
    ("Extend", "std::iter"),
    ("FailureKind", "crate::error"),
    ("Fn", "std::ops"),
    ("FnMut", "std::ops"),
    ("FnOnce", "std::ops"),
    ("From", "std::convert"),
    ("FromIterator", "std::iter"),
    ("FromStr", "std::str"),
    ("Handle", "smithlet_runtime::client"),
    ("HashMap", "std::collections"),
    ("Holds", "smithlet_runtime::client"),
    ("Infallible", "std::convert"),
    ("Into", "std::convert"),
    ("IntoIterator", "std::iter"),
    ("Iterator", "std::iter"),
    ("None", "std::option::Option"),
    ("Ok", "std::result::Result"),
    ("Option", "std::option"),
    ("Ord", "std::cmp"),
    ("PaginationStream", "smithlet_runtime::paginator"),
    ("PartialEq", "std::cmp"),
    ("PartialOrd", "std::cmp"),
    ("ProvideErrorKind", "smithlet_runtime::error"),
    ("ProvideErrorMetadata", "crate::error"),
    ("ProvideFailureKind", "crate::error"),
    ("REDACTED", "smithlet_runtime::support"),
    ("RequestId", "crate::operation"),
    ("Result", "std::result"),
    ("SdkError", "crate::error"),
    ("Send", "std::marker"),
    ("ServiceException", "smithlet_runtime::support"),
    ("Some", "std::option::Option"),
    ("String", "std::string"),
    ("Sync", "std::marker"),
    ("ToString", "std::string"),
    ("Unhandled", "crate::error::sealed_unhandled"),
    ("UnknownVariantError", "crate::error"),
    ("UnknownVariantValue", "crate::primitives::sealed_enum_unknown"),
    ("Vec", "std::vec"),
    ("fmt", "std"),
    ("redacted", "smithlet_runtime::support"),
];

/// The known names of the standard library that are not in the prelude.
const NOT_IN_PRELUDE: [&str; 5] = ["Duration", "FromStr", "HashMap", "Infallible", "fmt"];

/// Modules of the runtime that emitted code imports. A module of the crate with such a name is written as a path.
const OF_RUNTIME: [&str; 8] = ["cbor", "checksum", "compression", "glacier", "json", "operation", "rest", "validate"];

/// The names of one file.
pub(super) struct Scope {
    /// The names that the file defines: a shape, its builders and the like.
    own: BTreeSet<String>,
    /// The shape of `types` that the file defines. Its builder may have the name of another shape.
    shape: Option<String>,
    /// The module of the file, where other files import names from it.
    module: Option<&'static str>,
    /// The modules and names to import.
    imports: RefCell<BTreeSet<(String, String)>>,
}

impl Scope {
    /// The scope of a shape's file in `types`, which may define further names.
    pub(super) fn of_type<'a>(shape: &'a Name, more: impl IntoIterator<Item = &'a Name>) -> Self {
        Self { shape: Some(shape.plain().to_owned()), ..Self::of_file(more.into_iter().chain([shape])) }
    }

    /// The scope of any other file.
    pub(super) fn of_file<'a>(own: impl IntoIterator<Item = &'a Name>) -> Self {
        let own = own.into_iter().map(|name| name.plain().to_owned()).collect();
        Self { own, shape: None, module: None, imports: RefCell::default() }
    }

    /// The scope of a module that other files import names from; `own` includes those names.
    pub(super) fn of_module<'a>(module: &'static str, own: impl IntoIterator<Item = &'a Name>) -> Self {
        Self { module: Some(module), ..Self::of_file(own) }
    }

    /// A name from the prelude, the standard library, the runtime or another module of the crate.
    pub(super) fn known(&self, name: &str) -> TokenStream {
        let ident = Ident::new(name, Span::call_site());
        let Some((_, module)) = KNOWN.iter().find(|(known, _)| *known == name) else { return quote!(#ident) };
        if self.module == Some(module) {
            return quote!(#ident);
        }
        if self.own.contains(name) {
            let module = path(module);
            return quote!(#module::#ident);
        }
        let in_prelude = module.starts_with("std::") && !NOT_IN_PRELUDE.contains(&name);
        if !in_prelude {
            self.imports.borrow_mut().insert(((*module).to_owned(), name.to_owned()));
        }
        quote!(#ident)
    }

    /// A module of the runtime.
    pub(super) fn module(&self, name: &str) -> TokenStream {
        self.imports.borrow_mut().insert(("smithlet_runtime::support".to_owned(), name.to_owned()));
        let ident = Ident::new(name, Span::call_site());
        quote!(#ident)
    }

    /// A name of the parent module. It is not imported where it would hide another name.
    pub(super) fn sibling(&self, name: &Name) -> TokenStream {
        if is_known(name) {
            return quote!(super::#name);
        }
        self.import("super", name)
    }

    /// A name of a module beside the file, whose own names those of the file do not meet.
    pub(super) fn of_submodule(&self, module: &str, name: &Name) -> TokenStream {
        self.import(&format!("super::{module}"), name)
    }

    /// A type of an operation's module.
    pub(super) fn of_operation(&self, module: &Name, name: &Name) -> TokenStream {
        if is_known(name) || self.own.contains(name.plain()) {
            return quote!(crate::operation::#module::#name);
        }
        self.import(&format!("crate::operation::{}", module.plain()), name)
    }

    /// A builder of an operation's module.
    pub(super) fn builder_of_operation(&self, module: &Name, name: &Name) -> TokenStream {
        if is_known(name) || self.own.contains(name.plain()) {
            return quote!(crate::operation::#module::builders::#name);
        }
        self.import(&format!("crate::operation::{}::builders", module.plain()), name)
    }

    /// Imports a name. If the file imports the same name from another module, it is written as a path.
    fn import(&self, module: &str, name: &Name) -> TokenStream {
        let mut imports = self.imports.borrow_mut();
        if imports.iter().any(|(other, imported)| imported == name.plain() && other != module) {
            let module = path(module);
            return quote!(#module::#name);
        }
        imports.insert((module.to_owned(), name.plain().to_owned()));
        quote!(#name)
    }

    /// The module that reads and writes a shape on the wire.
    pub(super) fn wire(&self, module: &Name) -> TokenStream {
        if OF_RUNTIME.contains(&module.plain()) {
            return quote!(crate::wire::types::#module);
        }
        self.imports.borrow_mut().insert(("crate::wire::types".to_owned(), module.plain().to_owned()));
        quote!(#module)
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
        self.import("crate::types", name)
    }

    /// An error of `types::error`, in a file that imports no shape of `types`: the two modules may have the same names.
    pub(super) fn error(&self, name: &Name) -> TokenStream {
        if is_known(name) || self.own.contains(name.plain()) {
            return quote!(crate::types::error::#name);
        }
        self.import("crate::types::error", name)
    }

    /// The type of a list's item or a map's value, which is an `Option` if they are sparse.
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
            Type::ByteStream => self.known("ByteStream"),
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

    /// The whole file: the body, and the imports of all names that the body uses.
    pub(super) fn file(&self, body: &TokenStream) -> TokenStream {
        let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let imports = self.imports.borrow();
        for (module, name) in imports.iter() {
            modules.entry(module).or_default().push(name);
        }
        let roots = modules.keys().filter(|module| module.rsplit_once("::").is_none_or(|(parent, _)| !modules.contains_key(parent)));
        let lines = roots.map(|module| {
            let (module, names) = (path(module), imported(module, &modules));
            quote!(use #module::#names;)
        });
        quote!(#(#lines)* #body)
    }
}

/// The names that a file imports from a module, those from its submodules among them.
fn imported(module: &str, modules: &BTreeMap<&str, Vec<&str>>) -> TokenStream {
    let names = modules.get(module).into_iter().flatten().map(|name| (*name, Name::fixed(name)));
    let mut items: BTreeMap<&str, TokenStream> = names.map(|(name, ident)| (name, quote!(#ident))).collect();
    for submodule in modules.keys() {
        if let Some((parent, name)) = submodule.rsplit_once("::")
            && parent == module
        {
            let (ident, names) = (Name::fixed(name), imported(submodule, modules));
            items.insert(name, quote!(#ident::#names));
        }
    }
    let mut items = items.into_values();
    match (items.next(), items.next()) {
        (Some(only), None) => only,
        (first, second) => quote!({#first, #second #(, #items)*}),
    }
}

/// True if emitted code uses the name for something other than a shape.
pub(super) fn is_known(name: &Name) -> bool {
    KNOWN.iter().any(|(known, _)| *known == name.plain())
}

fn path(module: &str) -> TokenStream {
    let parts = module.split("::").map(Name::fixed);
    quote!(#(#parts)::*)
}
