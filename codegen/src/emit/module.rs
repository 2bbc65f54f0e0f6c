//! The whole crate as one file of nested modules, for `include!` in a module of another crate.

use crate::render;
use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};
use quote::quote;
use std::collections::BTreeMap;
use syn::ext::IdentExt as _;
use syn::{AttrStyle, File, Item};

/// The file of the crate's root, which every other file is reached from.
const ROOT: &str = "src/lib.rs";

/// Nests the files of a crate in one file for the module with the path `root` below `crate`. The documentation of the crate's root is left out, since
/// an included file cannot document its module.
pub(super) fn module(sources: Vec<render::File<'_>>, root: &[Ident], has_serde: bool) -> Result<File, Vec<String>> {
    let mut files = BTreeMap::new();
    let mut faults = Vec::new();
    for (path, tokens) in sources.into_iter().map(render::File::into_parts) {
        match syn::parse2::<File>(below(tokens, root)) {
            Ok(file) => _ = files.insert(path, file),
            Err(error) => faults.push(super::fault(&path, &error)),
        }
    }
    let Some(mut file) = files.remove(ROOT).filter(|_| faults.is_empty()) else { return Err(faults) };
    file.attrs.clear();
    nest(&mut file.items, "src", &mut files, has_serde);
    for item in &mut file.items {
        if let Some(attributes) = attributes(item) {
            attributes.insert(0, unused());
        }
    }
    Ok(file)
}

/// Allows what a program that uses a part of the module would be warned of. The lints cannot be expected, since none of them is sure to be met.
fn unused() -> syn::Attribute {
    syn::parse_quote!(
        #[allow(dead_code, unused_imports, clippy::all, clippy::pedantic, reason = "a program uses a part of the generated code")]
    )
}

/// Puts the files of modules into the modules, at any depth.
fn nest(items: &mut Vec<Item>, folder: &str, files: &mut BTreeMap<String, File>, has_serde: bool) {
    items.retain_mut(|item| attributes(item).is_none_or(|attributes| keep(attributes, has_serde)));
    for item in items {
        let Item::Mod(module) = item else { continue };
        let name = module.ident.unraw();
        let folder = format!("{folder}/{name}");
        let Some(mut file) = files.remove(&format!("{folder}.rs")) else { continue };
        nest(&mut file.items, &folder, files, has_serde);
        module.attrs.extend(
            file.attrs.into_iter().map(|attribute| syn::Attribute { style: AttrStyle::Inner(<syn::Token![!]>::default()), ..attribute }),
        );
        module.semi = None;
        module.content = Some((syn::token::Brace::default(), file.items));
    }
}

/// Decides on the condition of an item: the feature `serde` of the generated crate is not one of the crate that includes the file.
fn keep(attributes: &mut Vec<syn::Attribute>, has_serde: bool) -> bool {
    let before = attributes.len();
    attributes.retain(|attribute| !attribute.path().is_ident("cfg"));
    has_serde || attributes.len() == before
}

fn attributes(item: &mut Item) -> Option<&mut Vec<syn::Attribute>> {
    match item {
        Item::Const(item) => Some(&mut item.attrs),
        Item::Enum(item) => Some(&mut item.attrs),
        Item::Fn(item) => Some(&mut item.attrs),
        Item::Impl(item) => Some(&mut item.attrs),
        Item::Macro(item) => Some(&mut item.attrs),
        Item::Mod(item) => Some(&mut item.attrs),
        Item::Static(item) => Some(&mut item.attrs),
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Type(item) => Some(&mut item.attrs),
        Item::Use(item) => Some(&mut item.attrs),
        _ => None,
    }
}

/// The tokens with `crate::` replaced by the path of the root, in links of documentation too.
fn below(tokens: TokenStream, root: &[Ident]) -> TokenStream {
    let mut out = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    let mut is_documentation = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let mut nested = Group::new(group.delimiter(), below(group.stream(), root));
                nested.set_span(group.span());
                out.push(TokenTree::Group(nested));
            }
            TokenTree::Ident(ident)
                if ident == "crate" && matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':') =>
            {
                out.extend(quote!(#ident #(::#root)*));
            }
            TokenTree::Literal(literal) if is_documentation => out.push(TokenTree::Literal(relinked(literal, root))),
            other => {
                is_documentation |= out.is_empty() && matches!(&other, TokenTree::Ident(ident) if ident == "doc");
                out.push(other);
            }
        }
    }
    out.into_iter().collect()
}

/// A text of documentation whose links begin at the root. An example uses the crate, which the including program does not have, so that it is not
/// compiled.
fn relinked(literal: Literal, root: &[Ident]) -> Literal {
    match syn::parse_str::<syn::LitStr>(&literal.to_string()) {
        Ok(text) if text.value().trim() == "```no_run" => Literal::string(" ```ignore"),
        Ok(text) => {
            let path: Vec<String> = root.iter().map(ToString::to_string).collect();
            Literal::string(&text.value().replace("crate::", &format!("crate::{}::", path.join("::"))))
        }
        Err(_) => literal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Source = (&'static str, fn() -> TokenStream);

    fn nested(files: &[Source], has_serde: bool) -> String {
        let sources = files.iter().map(|(path, tokens)| render::File::new(*path, tokens)).collect();
        let root = [quote::format_ident!("aws"), quote::format_ident!("sqs")];
        let file = module(sources, &root, has_serde).expect("the files are Rust");
        render::file(file)
    }

    #[test]
    fn files_become_modules_below_the_root() {
        let files: [Source; 4] = [
            ("src/lib.rs", || quote!(#![doc = " The crate."] mod r#type; pub mod wire; pub use wire::A;)),
            ("src/type.rs", || {
                quote!(
                    pub(crate) struct T;
                )
            }),
            ("src/wire.rs", || {
                quote!(
                    //! Links to [`A`](crate::wire::A).
                    //! ```no_run
                    //! let a = the_crate::wire::A;
                    //! ```
                    mod deep;
                    pub(in crate::wire) fn f() -> crate::r#type::T { smithlet_runtime::as_json!(crate::wire::A) }
                    #[cfg(feature = "serde")]
                    fn g() {}
                )
            }),
            ("src/wire/deep.rs", || {
                quote!(
                    pub struct A;
                )
            }),
        ];
        let text = nested(&files, false);
        for part in [
            "mod r#type {\n    pub(crate) struct T;\n}",
            "//! Links to [`A`](crate::aws::sqs::wire::A).\n    //! ```ignore\n",
            "    mod deep {\n        pub struct A;\n    }",
            "pub(in crate::aws::sqs::wire) fn f() -> crate::aws::sqs::r#type::T",
            "::aws::sqs::wire::A)\n",
        ] {
            assert!(text.contains(part), "{part} is missing in:\n{text}");
        }
        assert!(!text.contains("The crate.") && !text.contains("fn g()"), "{text}");
        assert!(nested(&files, true).contains("    fn g() {}"));
    }
}
