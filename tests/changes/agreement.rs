//! What is said of the crate is what the generator does: the public API of both crates, compared.

use codegen::changes::Level;
use codegen::{Generated, Operations, Request, Source};
use std::collections::BTreeSet;

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
        runtime: "../runtime",
    };
    codegen::generate(&request).unwrap_or_else(|findings| panic!("{findings:?}"))
}

/// The public items of a crate, each on a line with where it stands: types, fields, variants, functions, implementations, and what a
/// structure's builder is.
///
/// It relies on how the generator formats: an item begins on a line of its own, what belongs to it is indented, and a definition in a macro
/// is indented as a whole.
fn api(generated: &Generated) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    for (file, text) in generated.files.iter().filter(|(file, _)| file.starts_with("src/")) {
        let (mut holder, mut open, mut attribute) = (String::new(), String::new(), String::new());
        for line in defined(text) {
            let code = line.trim();
            if !attribute.is_empty() || code.starts_with("#[") {
                attribute += code;
                if code.ends_with(']') {
                    items.extend(builder(&attribute).map(|builder| format!("{file}: {builder}")));
                    attribute.clear();
                }
                continue;
            }
            if code.starts_with("//") {
                continue;
            }
            if !line.starts_with(' ') && !code.is_empty() && code != "}" {
                code.trim_end_matches(['{', '}', ' ']).clone_into(&mut holder);
                // Whether `Debug` is derived or written out is all the same to a caller.
                let is_trait = holder.starts_with("impl") && holder.contains(" for ") && !holder.contains("Debug for");
                if holder.starts_with("pub ") || is_trait {
                    items.insert(format!("{file}: {holder}"));
                }
            }
            let is_variant =
                holder.starts_with("pub enum") && line.starts_with("    ") && !line.starts_with("     ") && !code.starts_with('}');
            if !open.is_empty() || (line.starts_with(' ') && code.starts_with("pub ")) || is_variant {
                open += code;
                // A signature ends where its body begins.
                if code.ends_with(['{', ';', ',']) && open.matches('(').count() == open.matches(')').count() {
                    // The text of an enum's value is on the wire, not in the crate.
                    let item = open.split(" = \"").next().unwrap_or_default().trim_end_matches(['{', ',']);
                    items.insert(format!("{file}: {holder}: {item}"));
                    open.clear();
                }
            }
        }
    }
    items
}

/// The lines of a file, with the definitions in macros as if they stood by themselves.
fn defined(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.lines().map(move |line| {
        if !line.starts_with(' ') && !line.is_empty() {
            inside = line.starts_with("smithlet_runtime::") && line.ends_with("! {");
        }
        line.strip_prefix(if inside { "    " } else { "" }).unwrap_or(line)
    })
}

/// The builder that an attribute of a structure speaks of, and whether its `build` can fail.
fn builder(attribute: &str) -> Option<String> {
    let (_, rest) = attribute.split_once("(builder = ")?;
    Some(format!("builder {}", rest.trim_end_matches([')', ']', ','])))
}
