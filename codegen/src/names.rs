//! The only maker of identifiers.
//!
//! Model names become Rust names here and nowhere else: word boundaries, case, keywords, and the names that the emitted code needs for itself.
//! The word boundaries are those of AWS's own Rust crates (`sha256sum` is `sha256_sum`, `2XLARGE` is `2Xlarge`), since the output is a drop-in
//! for them. General-purpose case converters split differently, so a name is split here and heck joins its words. Two model names that meet in
//! one Rust name are a finding, never a rename.

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
    /// The name without `r#`: what file names and documentation use.
    pub(crate) fn plain(&self) -> &str {
        &self.0
    }

    /// The name with something before and after it, both made of letters and underscores: `get_`, `Builder`.
    pub(crate) fn affix(&self, before: &str, after: &str) -> Self {
        Self(format!("{before}{}{after}", self.0))
    }

    /// A name that the generator itself brings; it must be an identifier.
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

/// The keywords of edition 2024, strict and reserved, that can be written raw. `syn` is no oracle here: it does not know `gen`.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum", "extern", "false",
    "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
    "yield",
];

/// Words that cannot be raw identifiers.
const NEVER_RAW: [&str; 4] = ["crate", "self", "Self", "super"];

/// Member names that the methods of structures, builders and errors take. Those up to `send` go by the same names in AWS's crates; the others are
/// our own and not public.
const TAKEN_BY_METHODS: [&str; 12] = [
    "build",
    "builder",
    "customize",
    "default",
    "meta",
    "presigned",
    "send",
    "as_input",
    "send_with",
    "build_lenient",
    "check_constraints",
    "from_reply",
];

/// Module names that `types` has already, that would be the file of the module above (`mod.rs`), or that a `use` could take
/// for another crate.
const TAKEN_BY_MODULES: [&str; 7] = ["alloc", "builders", "core", "error", "mod", "smithlet_runtime", "std"];

/// Methods that the client has already. An operation's module is called like its method.
const TAKEN_BY_CLIENT: [&str; 5] = ["clone", "config", "from_conf", "from_env", "new"];

/// The name of a type: a shape, an operation.
pub(crate) fn type_name(model_name: &str) -> Name {
    let name = pascal(model_name);
    Name(if name == "Self" { "SelfValue".to_owned() } else { name })
}

/// The name of a module: a shape's or an operation's file.
pub(crate) fn module_name(model_name: &str) -> Name {
    let name = snake(model_name);
    let taken = TAKEN_BY_MODULES.contains(&name.as_str()) || NEVER_RAW.contains(&name.as_str()) || is_device(&name);
    Name(if taken { format!("{name}_") } else { name })
}

/// Windows has no file of such a name, whatever its ending.
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

/// The name of a field and its accessor.
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

/// What follows `set_`, `get_`, `is_` and `as_`: the plain name, whatever the field had to be called.
pub(crate) fn method_suffix(member: &str) -> Name {
    Name(snake(member))
}

/// The same for a member of an error, whose builder has `set_meta` already.
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

/// A package name's last part from a service id: `Cost Explorer` is `cost-explorer`.
pub(crate) fn package_suffix(service_id: &str) -> String {
    service_id.replace(|c: char| !c.is_ascii_alphanumeric(), " ").to_ascii_lowercase().to_kebab_case()
}

/// What is wrong with a package's name, and what would be right.
pub(crate) fn package_fault(name: &str) -> Option<(&'static str, &'static str)> {
    const CRATES: [&str; 6] = ["alloc", "core", "proc_macro", "smithlet_runtime", "std", "test"];
    let library = name.replace('-', "_");
    let is_name =
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if !is_name {
        return Some(("is no name for a crate", "a letter first, then letters, digits, `-` and `_`: `--name my-client`"));
    }
    let is_word = KEYWORDS.contains(&library.as_str()) || NEVER_RAW.contains(&library.as_str());
    let is_taken = is_word || CRATES.contains(&library.as_str()) || is_device(&library.to_lowercase());
    is_taken.then_some(("cannot be the name of a crate: it means something else already", "another name: `--name my-client`"))
}

/// Notices when two model names meet in one Rust name, in the scope this registry stands for.
pub(crate) struct Registry<'a> {
    file: &'a str,
    scope: String,
    taken: BTreeMap<String, String>,
}

impl<'a> Registry<'a> {
    /// An empty scope; `scope` says in a finding what it is: `types`, `structure Build`.
    pub(crate) fn new(file: &'a str, scope: impl Into<String>) -> Self {
        Self { file, scope: scope.into(), taken: BTreeMap::new() }
    }

    /// Takes `name` for `model_name`, or says who has it. Whether it could be had.
    pub(crate) fn claim(&mut self, name: &Name, model_name: &str, pointer: &Pointer, findings: &mut Vec<Diagnostic>) -> bool {
        if name.plain() == "_" {
            let finding =
                Diagnostic::error(self.file, pointer, format!("`{model_name}` in {} has no letter or digit to make a name of", self.scope));
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
    identifier(words(name).to_snake_case())
}

fn pascal(name: &str) -> String {
    identifier(words(name).to_upper_camel_case())
}

/// A name that starts with a digit, or that had no letter or digit at all, gets an underscore to stand on.
fn identifier(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("_{name}") }
}

/// Words that are written with capitals in the middle.
const WHOLE_WORDS: [&str; 7] = ["gib", "ipv4", "ipv6", "kib", "mib", "sigv4", "ttl"];

/// Splits a name into its words, in lower case and with spaces between them, so that heck finds these and no others.
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

/// Whether the letter at `index` begins a new word, `word` being what has been read of the current one.
fn starts_word(word: &str, chars: &[char], index: usize, all_lower: bool) -> bool {
    let (Some(last), Some(&next)) = (word.chars().last(), chars.get(index)) else { return false };
    if inside_whole_word(word, chars, index) {
        return false;
    }
    let after = chars.get(index + 1).copied();
    let after_that = chars.get(index + 2).copied();
    let lower_then_upper = (last.is_ascii_lowercase() || last.is_ascii_digit()) && next.is_ascii_uppercase();
    // `sha256sum`, but not `S3key`: only where no capital could have marked the boundary.
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
