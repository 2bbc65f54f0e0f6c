//! The items that generic ones stand for. A fluent builder is an alias of the input's builder with a client in it: both have the methods of one
//! implementation. The crate's error is made of any operation's by one implementation too.

use std::collections::BTreeSet;

/// The items, and those that the generic ones among them stand for.
pub(crate) fn expanded(items: &BTreeSet<String>) -> BTreeSet<String> {
    let mut all = of_aliases(items);
    all.extend(of_errors(items));
    all
}

/// The conversion of any call's error to the crate's error.
const FROM_ANY: &str = "pub fn aws_sdk_codebuild::Error::from(aws_sdk_codebuild::error::SdkError<E, R>) -> Self";

/// The conversions of each operation's error, if there is the one for all.
fn of_errors(items: &BTreeSet<String>) -> Vec<String> {
    if !items.contains(FROM_ANY) {
        return Vec::new();
    }
    let errors = items.iter().filter_map(|item| {
        item.strip_prefix("pub fn aws_sdk_codebuild::Error::from(")?.strip_suffix(") -> Self").filter(|ty| !ty.contains('<'))
    });
    let both = errors.flat_map(|error| {
        let of_call = format!("aws_sdk_codebuild::error::SdkError<{error}, R>");
        let bounds = "core::marker::Send + core::marker::Sync + core::fmt::Debug + 'static";
        [
            format!("impl<R> core::convert::From<{of_call}> for aws_sdk_codebuild::Error where R: {bounds}"),
            format!("pub fn aws_sdk_codebuild::Error::from({of_call}) -> Self"),
        ]
    });
    both.collect()
}

/// The items, and for each method and trait of a type with a parameter also that of the type with the default in it, and those of the type's aliases.
fn of_aliases(items: &BTreeSet<String>) -> BTreeSet<String> {
    let aliases: Vec<(String, String, String)> = items.iter().filter_map(|item| alias(item)).collect();
    let mut all = items.clone();
    for item in items {
        for (alias, base, of) in &aliases {
            let Some((_, rest)) = item.split_once(&format!("{base}<")) else { continue };
            let Some(of_item) = rest.split_once(">::").map(|(of_item, _)| of_item).or(rest.strip_suffix('>')) else { continue };
            let generic = format!("{base}<{of_item}>");
            if of_item == "S" {
                let item = without_parameters(item);
                all.extend([item.replace(&generic, base), item.replace(&generic, alias)]);
            } else if of_item.replace(", W>", ">") == *of {
                all.insert(item.replace(&generic, alias));
            }
        }
    }
    all
}

/// The parts of an alias of a type with a parameter: its path, the type's path and the argument.
fn alias(item: &str) -> Option<(String, String, String)> {
    let (alias, target) = item.strip_prefix("pub type ")?.split_once(" = ")?;
    let (base, of) = target.strip_suffix('>')?.split_once('<')?;
    Some((alias.to_owned(), base.to_owned(), of.to_owned()))
}

/// An implementation without its parameters; another item as it is.
fn without_parameters(item: &str) -> String {
    let implemented = item.strip_prefix("impl<").and_then(|rest| rest.split_once("> "));
    implemented.map_or_else(|| item.to_owned(), |(_, implemented)| format!("impl {implemented}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_has_the_methods_of_its_type() {
        let items = [
            "pub type a::Call = a::Builder<b::Client<a::Builder>>",
            "pub fn a::Builder<S>::id(self, alloc::string::String) -> Self",
            "pub fn a::Builder<S>::clone(&self) -> a::Builder<S>",
            "impl<S: core::clone::Clone> core::clone::Clone for a::Builder<S>",
            "pub fn a::Builder<b::Client<a::Builder, W>>::input(&self) -> &a::Builder",
            "pub fn a::Builder<b::Other<a::Builder>>::wait(self)",
        ];
        let all = expanded(&items.map(str::to_owned).into());
        for item in [
            "pub fn a::Builder::id(self, alloc::string::String) -> Self",
            "pub fn a::Call::id(self, alloc::string::String) -> Self",
            "pub fn a::Call::clone(&self) -> a::Call",
            "impl core::clone::Clone for a::Builder",
            "impl core::clone::Clone for a::Call",
            "pub fn a::Call::input(&self) -> &a::Builder",
        ] {
            assert!(all.contains(item), "{item} is missing in {all:#?}");
        }
        assert!(!all.iter().any(|item| item.contains("a::Call::wait") || item.contains("a::Builder::input")), "{all:#?}");
    }
    #[test]
    fn an_error_of_any_operation_becomes_the_crates() {
        let from = |ty: &str| format!("pub fn aws_sdk_codebuild::Error::from({ty}) -> Self");
        let mut items = BTreeSet::from([from("a::StopBuildError")]);
        let of_call = from("aws_sdk_codebuild::error::SdkError<a::StopBuildError, R>");
        assert!(!expanded(&items).contains(&of_call));
        items.insert(FROM_ANY.to_owned());
        assert!(expanded(&items).contains(&of_call));
    }
}
