//! Rust identifiers, which are made here and nowhere else.
//!
//! Model names become Rust names here: word boundaries, case, keywords, and the names that the emitted code needs for itself. The word boundaries
//! are those of AWS's own Rust crates (`sha256sum` is `sha256_sum`, `2XLARGE` is `2Xlarge`), since the output is a drop-in for them. Case
//! converters split differently, so a name is split here and heck joins its words. Two model names with the same Rust name are a finding; neither
//! is renamed silently.

pub mod spelling;

use crate::diagnostic::Diagnostic;
use crate::model::Pointer;
use heck::{ToKebabCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};
use std::collections::BTreeMap;

/// A Rust identifier in plain spelling, without `r#`.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Name(String);

impl Name {
    /// The name without `r#`, as file names and documentation write it.
    pub(crate) fn plain(&self) -> &str {
        &self.0
    }

    /// Returns the name with a prefix and a suffix made of letters and underscores, such as `get_` and `Builder`. Trailing underscores of the name
    /// move behind the suffix, where no lint objects to them.
    pub(crate) fn affix(&self, before: &str, after: &str) -> Self {
        let name = self.0.trim_end_matches('_');
        let (name, underscores) = if name.is_empty() { (self.0.as_str(), "") } else { self.0.split_at(name.len()) };
        Self(format!("{before}{name}{after}{underscores}"))
    }

    /// A name that the generator itself uses; it must be an identifier.
    pub(crate) fn fixed(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let span = Span::call_site();
        tokens.append(if KEYWORDS.contains(&self.0.as_str()) { Ident::new_raw(&self.0, span) } else { Ident::new(&self.0, span) });
    }
}

/// The strict and reserved keywords of edition 2024 that can be written raw. The list is explicit because `syn` does not know `gen`.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum", "extern", "false",
    "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
    "yield",
];

/// Keywords that cannot be raw identifiers.
const NEVER_RAW: [&str; 4] = ["crate", "self", "Self", "super"];

/// Method names that structures, builders and errors have besides those of their members. Those up to `send` are also in AWS's crates; the others
/// are our own and not public.
const TAKEN_BY_METHODS: [&str; 13] = [
    "build",
    "builder",
    "customize",
    "default",
    "into_paginator",
    "meta",
    "presigned",
    "send",
    "as_input",
    "send_with",
    "build_lenient",
    "check_constraints",
    "from_reply",
];

/// Module names that a shape cannot have: modules that `types` has already, `mod` because of the file `mod.rs`, and names that a `use` could
/// mistake for another crate.
const TAKEN_BY_MODULES: [&str; 7] = ["alloc", "builders", "core", "error", "mod", "smithlet_runtime", "std"];

/// Methods of the client besides those of the operations. An operation's module has the name of its method.
const TAKEN_BY_CLIENT: [&str; 5] = ["clone", "config", "from_conf", "from_env", "new"];

/// The name of a shape's or an operation's type.
pub(crate) fn type_name(model_name: &str) -> Name {
    let name = pascal(model_name);
    Name(if name == "Self" { "SelfValue".to_owned() } else { name })
}

/// The name of a shape's module and file.
pub(crate) fn module_name(model_name: &str) -> Name {
    let name = snake(model_name);
    let taken = TAKEN_BY_MODULES.contains(&name.as_str()) || NEVER_RAW.contains(&name.as_str()) || is_device(&name);
    Name(if taken { format!("{name}_") } else { name })
}

/// True for the name of a device, which Windows does not allow for a file, whatever its extension.
fn is_device(name: &str) -> bool {
    let number = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    ["aux", "con", "nul", "prn"].contains(&name)
        || number.is_some_and(|number| number.len() == 1 && number.bytes().all(|c| c.is_ascii_digit()))
}

/// The name of an operation's module and of the client's method.
pub(crate) fn operation_module_name(model_name: &str) -> Name {
    let name = module_name(model_name);
    if TAKEN_BY_CLIENT.contains(&name.plain()) { name.affix("", "_") } else { name }
}

/// The name of an error's type, which is also a variant beside `Unhandled`.
pub(crate) fn error_name(model_name: &str) -> Name {
    let name = type_name(model_name);
    if name.plain() == "Unhandled" { name.affix("", "Error") } else { name }
}

/// The name of a field and of its accessor.
pub(crate) fn field_name(member: &str) -> Name {
    let name = snake(member);
    if TAKEN_BY_METHODS.contains(&name.as_str()) {
        Name(format!("{name}_value"))
    } else if NEVER_RAW.contains(&name.as_str()) {
        Name(format!("{name}_"))
    } else {
        Name(name)
    }
}

/// The part of a method name after `set_`, `get_`, `is_` or `as_`: the plain name, even where the field has another.
pub(crate) fn method_suffix(member: &str) -> Name {
    Name(snake(member))
}

/// The same for a member of an error, whose builder already has the method `set_meta`.
pub(crate) fn error_method_suffix(member: &str) -> Name {
    let name = method_suffix(member);
    if name.plain() == "meta" { name.affix("", "_value") } else { name }
}

/// The name of an enum's or a union's variant.
pub(crate) fn variant_name(member: &str) -> Name {
    let name = pascal(member);
    Name(if ["Self", "Unknown"].contains(&name.as_str()) { format!("{name}Value") } else { name })
}

/// The name of a constant.
pub(crate) fn constant_name(member: &str) -> Name {
    Name(identifier(words(member).to_shouty_snake_case()))
}

/// The last part of a package name, from a service id: `Cost Explorer` becomes `cost-explorer`.
pub(crate) fn package_suffix(service_id: &str) -> String {
    service_id.replace(|c: char| !c.is_ascii_alphanumeric(), " ").to_ascii_lowercase().to_kebab_case()
}

/// Returns the fault of a package name and a hint, or `None` if the name is valid.
pub fn package_fault(name: &str) -> Option<(&'static str, &'static str)> {
    const CRATES: [&str; 6] = ["alloc", "core", "proc_macro", "smithlet_runtime", "std", "test"];
    let library = name.replace('-', "_");
    let is_name =
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if !is_name {
        return Some(("is not a valid crate name", "a letter first, then letters, digits, `-` and `_`: `--name my-client`"));
    }
    let is_word = KEYWORDS.contains(&library.as_str()) || NEVER_RAW.contains(&library.as_str());
    let is_taken = is_word || CRATES.contains(&library.as_str()) || is_device(&library.to_lowercase());
    is_taken.then_some(("cannot be the name of a crate: it means something else already", "another name: `--name my-client`"))
}

/// The parts of a module's path below `crate`; `None` for text that is not such a path.
pub(crate) fn module_path(path: &str) -> Option<Vec<Ident>> {
    let parts = path.strip_prefix("crate::")?.split("::");
    parts.map(|part| syn::parse_str(part).ok()).collect()
}

/// Finds model names that would have the same Rust name in one scope.
pub(crate) struct Registry<'a> {
    file: &'a str,
    scope: String,
    taken: BTreeMap<String, String>,
}

impl<'a> Registry<'a> {
    /// Makes an empty registry; findings name it by `scope`, such as `types` or `structure Build`.
    pub(crate) fn new(file: &'a str, scope: impl Into<String>) -> Self {
        Self { file, scope: scope.into(), taken: BTreeMap::new() }
    }

    /// Registers `name` for `model_name`. Returns false, after a finding, if it belongs to another model name already.
    pub(crate) fn claim(&mut self, name: &Name, model_name: &str, pointer: &Pointer, findings: &mut Vec<Diagnostic>) -> bool {
        if name.plain() == "_" {
            let finding = Diagnostic::error(
                self.file,
                pointer,
                format!("`{model_name}` in {} has no letter or digit, so no Rust name can be made of it", self.scope),
            );
            findings.push(finding.hint("give it a name with the trait `smithlet.api#name` in an overlay"));
            return false;
        }
        let Some(other) = self.taken.get(name.plain()) else {
            self.taken.insert(name.plain().to_owned(), model_name.to_owned());
            return true;
        };
        let message = format!("`{model_name}` and `{other}` in {} would both be `{}` in Rust", self.scope, name.plain());
        let hint = "give one of them another name with the trait `smithlet.api#name` in an overlay";
        findings.push(Diagnostic::error(self.file, pointer, message).hint(hint));
        false
    }
}

fn snake(name: &str) -> String {
    identifier(words(name).to_snake_case()) + underscores(name)
}

fn pascal(name: &str) -> String {
    identifier(words(name).to_upper_camel_case()) + underscores(name)
}

/// The trailing underscores of a name from an overlay; the model's own names have none left (see [`of_model`]).
fn underscores(name: &str) -> &str {
    let rest = name.trim_end_matches('_');
    if rest.is_empty() { "" } else { name.get(rest.len()..).unwrap_or_default() }
}

/// A name of the model without its trailing underscores, which AWS's crates drop too. A name from an overlay keeps them, so that it can resolve
/// a collision.
pub(crate) fn of_model(name: &str) -> &str {
    let rest = name.trim_end_matches('_');
    if rest.is_empty() { name } else { rest }
}

/// Puts an underscore before a name that starts with a digit or is empty.
fn identifier(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("_{name}") }
}

/// Words with capitals in the middle, which are not split.
const WHOLE_WORDS: [&str; 7] = ["gib", "ipv4", "ipv6", "kib", "mib", "sigv4", "ttl"];

/// Splits a name into its words, in lower case and separated by spaces, so that heck finds exactly these words.
fn words(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let all_lower = !name.chars().any(|c| c.is_ascii_uppercase());
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, &next) in chars.iter().enumerate() {
        if !next.is_ascii_alphanumeric() {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            continue;
        }
        if starts_word(&word, &chars, index, all_lower) {
            words.push(std::mem::take(&mut word));
        }
        word.push(next);
    }
    words.extend((!word.is_empty()).then_some(word));
    words.join(" ").to_ascii_lowercase()
}

/// True if the letter at `index` begins a new word; `word` is the current word so far.
fn starts_word(word: &str, chars: &[char], index: usize, all_lower: bool) -> bool {
    let (Some(last), Some(&next)) = (word.chars().last(), chars.get(index)) else { return false };
    if inside_whole_word(word, chars, index) {
        return false;
    }
    let after = chars.get(index + 1).copied();
    let after_that = chars.get(index + 2).copied();
    let lower_then_upper = (last.is_ascii_lowercase() || last.is_ascii_digit()) && next.is_ascii_uppercase();
    // `sha256sum` splits, but `S3key` does not: only names without capitals are split here.
    let digit_then_lower = all_lower && last.is_ascii_digit() && next.is_ascii_lowercase();
    // `DBProxy` splits before the P; the plural `ACLs` does not split before its L.
    let plural = after == Some('s') && !after_that.is_some_and(|c| c.is_ascii_lowercase());
    let acronym_ends = last.is_ascii_uppercase() && next.is_ascii_uppercase() && after.is_some_and(|c| c.is_ascii_lowercase()) && !plural;
    lower_then_upper || digit_then_lower || acronym_ends
}

fn inside_whole_word(word: &str, chars: &[char], index: usize) -> bool {
    let so_far = word.to_ascii_lowercase();
    WHOLE_WORDS.iter().any(|whole| {
        whole.strip_prefix(so_far.as_str()).is_some_and(|rest| {
            let ahead = chars.iter().skip(index).map(char::to_ascii_lowercase).take(rest.len());
            !rest.is_empty() && ahead.eq(rest.chars())
        })
    })
}

#[cfg(test)]
mod tests;
