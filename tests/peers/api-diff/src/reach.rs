//! The part of an API that belongs to some operations.

use std::collections::BTreeSet;

const ROOT: &str = "aws_sdk_codebuild::";

/// The names in an item's text that belong to operations.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Name<'a> {
    /// The module of an operation.
    Operation(&'a str),
    /// The path of a type below the module `types`.
    Type(&'a str),
}

/// Keeps the items of these operations and of every type that they reach, and all items that belong to no operation.
pub(crate) fn of_operations<'a>(items: &'a BTreeSet<String>, operations: &[&str]) -> BTreeSet<&'a str> {
    let mut reached: BTreeSet<Name<'_>> = operations.iter().map(|operation| Name::Operation(operation)).collect();
    loop {
        let before = reached.len();
        // The first name is that of the item's owner; the others are those of its parameters and results.
        let owned = items.iter().filter(|item| names(item).next().is_some_and(|owner| reached.contains(&owner)));
        let found: Vec<Name<'_>> = owned.flat_map(|item| names(item)).filter(|name| matches!(name, Name::Type(_))).collect();
        reached.extend(found);
        if reached.len() == before {
            break;
        }
    }
    items.iter().map(String::as_str).filter(|item| names(item).all(|name| reached.contains(&name))).collect()
}

/// The names in an item's text, in their order.
fn names(item: &str) -> impl Iterator<Item = Name<'_>> {
    item.match_indices(ROOT).filter_map(|(at, _)| {
        let path = &item[at + ROOT.len()..];
        let path = path.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != ':').next()?;
        let (module, inner) = path.split_once("::")?;
        match module {
            "operation" => inner.split("::").next().filter(|name| is_module(name)).map(Name::Operation),
            "types" => {
                // The path ends with the type: what follows are its methods, fields and variants.
                let mut end = 0;
                for segment in inner.split("::") {
                    end += segment.len();
                    if !is_module(segment) {
                        return Some(Name::Type(&inner[..end]));
                    }
                    end += "::".len();
                }
                None
            }
            _ => None,
        }
    })
}

fn is_module(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_reached_through_types_and_builders() {
        let kept = [
            "impl core::clone::Clone for aws_sdk_codebuild::types::Logs",
            "impl core::convert::From<aws_sdk_codebuild::operation::stop_build::StopBuildError> for aws_sdk_codebuild::Error",
            "pub aws_sdk_codebuild::Error::Gone(aws_sdk_codebuild::types::error::Gone)",
            "pub aws_sdk_codebuild::operation::stop_build::StopBuildError::Gone(aws_sdk_codebuild::types::error::Gone)",
            "pub aws_sdk_codebuild::types::Logs::status: aws_sdk_codebuild::types::Status",
            "pub enum aws_sdk_codebuild::types::Status",
            "pub fn aws_sdk_codebuild::client::Client::stop_build(&self) -> aws_sdk_codebuild::operation::stop_build::Fluent",
            "pub fn aws_sdk_codebuild::operation::stop_build::Output::build(&self) -> core::option::Option<&aws_sdk_codebuild::types::Build>",
            "pub fn aws_sdk_codebuild::types::Build::builder() -> aws_sdk_codebuild::types::builders::BuildBuilder",
            "pub fn aws_sdk_codebuild::types::builders::BuildBuilder::logs(self, aws_sdk_codebuild::types::Logs) -> Self",
            "pub mod aws_sdk_codebuild::types::error",
            "pub use aws_sdk_codebuild::operation::RequestId",
            "pub struct aws_sdk_codebuild::Client",
        ];
        let dropped = [
            "impl core::convert::From<aws_sdk_codebuild::operation::list_fleets::ListFleetsError> for aws_sdk_codebuild::Error",
            "pub aws_sdk_codebuild::Error::Busy(aws_sdk_codebuild::types::error::Busy)",
            "pub fn aws_sdk_codebuild::client::Client::list_fleets(&self) -> aws_sdk_codebuild::operation::list_fleets::Fluent",
            "pub aws_sdk_codebuild::types::Fleet::status: aws_sdk_codebuild::types::Status",
            "pub mod aws_sdk_codebuild::operation::list_fleets",
            "pub struct aws_sdk_codebuild::types::Logs2",
        ];
        let items = kept.into_iter().chain(dropped).map(str::to_owned).collect();
        assert_eq!(of_operations(&items, &["stop_build"]), kept.into_iter().collect());
    }
}
