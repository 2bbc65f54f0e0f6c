//! The verdict on a crate agrees with the generator: the public APIs of both crates are compared.

use codegen::changes::Level;
use codegen::{Generated, Operations, Request, Runtime, Source};
use quote::ToTokens;
use std::collections::BTreeSet;
use std::path::Path;
use syn::{ImplItem, Item, Visibility};

/// Generates both models' crates and compares what they offer with what was said of it.
#[track_caller]
pub(crate) fn check(old: &str, new: &str, said: Level) {
    let (old, new) = (generate(old), generate(new));
    let (before, after) = (api(&old), api(&new));
    let gone: Vec<_> = before.difference(&after).collect();
    let come: Vec<_> = after.difference(&before).collect();
    let is = match (gone.is_empty() && old.name == new.name, come.is_empty()) {
        (true, true) => Level::None,
        (true, false) => Level::Minor,
        (false, _) => Level::Major,
    };
    assert_eq!(said, is, "gone: {gone:#?}\ncome: {come:#?}");
}

#[track_caller]
fn generate(model: &str) -> Generated {
    let request = Request {
        model: Source { file: "model.json", text: model },
        overlay: None,
        endpoint_rules: None,
        operations: Operations::All,
        name: None,
        runtime: Runtime::Path("../runtime"),
        ..Request::default()
    };
    codegen::generate(&request).unwrap_or_else(|findings| panic!("{findings:?}"))
}

/// The public items of a crate, each with the file and the item that hold it: types, fields, variants, functions, implementations.
fn api(generated: &Generated) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    for (file, text) in &generated.files {
        // The wire code is private.
        let is_public = Path::new(file).extension().is_some_and(|ending| ending == "rs") && !file.starts_with("src/wire");
        let parsed = is_public.then(|| syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}")));
        for item in parsed.into_iter().flat_map(|file| file.items) {
            items.extend(public(&item).into_iter().map(|item| format!("{file}: {item}")));
        }
    }
    items
}

fn public(item: &Item) -> Vec<String> {
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let holder = format!("struct {}", item.ident);
            let fields = item.fields.iter().filter(|field| is_public(&field.vis));
            let fields = fields.map(|field| format!("{holder}: {}: {}", text(&field.ident), text(&field.ty)));
            fields.chain([holder.clone()]).collect()
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let holder = format!("enum {}", item.ident);
            let variants = item.variants.iter().map(|variant| format!("{holder}: {}{}", variant.ident, text(&variant.fields)));
            variants.chain([holder.clone()]).collect()
        }
        Item::Impl(block) => {
            let of = block.trait_.as_ref().map(|(_, path, _)| text(path));
            let ty = text(&block.self_ty);
            match of.as_deref() {
                // A `Debug` that is written out is the same to a caller as a derived one.
                Some("fmt :: Debug") => Vec::new(),
                Some(of) => vec![format!("impl {of} for {ty}")],
                None => block.items.iter().filter_map(associated).map(|item| format!("{ty}: {item}")).collect(),
            }
        }
        Item::Use(item) if is_public(&item.vis) => vec![text(item)],
        Item::Mod(item) if is_public(&item.vis) => vec![format!("mod {}", item.ident)],
        Item::Static(item) if is_public(&item.vis) => vec![format!("static {}", item.ident)],
        _ => Vec::new(),
    }
}

/// A public function by its signature, or a public constant.
fn associated(item: &ImplItem) -> Option<String> {
    match item {
        ImplItem::Fn(item) if is_public(&item.vis) => Some(text(&item.sig)),
        ImplItem::Const(item) if is_public(&item.vis) => Some(format!("const {}: {}", item.ident, text(&item.ty))),
        _ => None,
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}
