//! What aliases have. A fluent builder is an alias of the input's builder with a client in it: both have the methods of one implementation.

use std::collections::BTreeSet;

/// The items, and for each method and trait of a type with a parameter also that of the type with the default in it, and those of the type's aliases.
pub(crate) fn expanded(items: &BTreeSet<String>) -> BTreeSet<String> {
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
}
