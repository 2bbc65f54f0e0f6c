//! A common spelling for items that accept the same calls.

/// Pairs of equivalent spellings, each with the reason. The first is replaced by the second.
const SPELLINGS: [(&str, &str); 14] = [
    // Users see the runtime's modules under the generated crate's name.
    ("smithlet_runtime::customize::", "aws_sdk_codebuild::client::customize::"),
    ("smithlet_runtime::error::sdk_error::", "aws_sdk_codebuild::error::"),
    ("smithlet_runtime::error::unknown_variant::", "aws_sdk_codebuild::error::"),
    ("smithlet_runtime::", "aws_sdk_codebuild::"),
    ("smithlet_codebuild::", "aws_sdk_codebuild::"),
    ("pub mod smithlet_codebuild", "pub mod aws_sdk_codebuild"),
    // Defined in one module and re-exported at the root.
    ("aws_sdk_codebuild::error::Error", "aws_sdk_codebuild::Error"),
    // A trait that only fluent builders implement. The official crate has it in a private module.
    ("client::customize::internal::CustomizableSend", "client::customize::CustomizableSend"),
    // Our own type at the same path, with the same variants and methods.
    ("aws_smithy_runtime_api::client::result::SdkError", "aws_sdk_codebuild::error::SdkError"),
    // The default of its second parameter.
    (", aws_smithy_runtime_api::client::orchestrator::HttpResponse>>", ">>"),
    // Aliases of the same types.
    ("alloc::boxed::Box<(dyn core::error::Error + core::marker::Send + core::marker::Sync + 'static)>", "BoxError"),
    ("aws_smithy_runtime_api::box_error::BoxError", "BoxError"),
    ("core::result::Result<(), core::fmt::Error>", "core::fmt::Result"),
    ("<Self as core::str::traits::FromStr>::Err", "Self::Err"),
];

/// An item in the common spelling.
pub(crate) fn common(item: &str) -> String {
    let item = SPELLINGS.iter().fold(item.to_owned(), |item, (from, to)| item.replace(from, to));
    // A derived function names the type.
    match item.split_once("::default() -> ") {
        Some((head, returned)) if head.ends_with(returned) => format!("{head}::default() -> Self"),
        _ => item,
    }
}

/// The path of the type that an item defines, re-exports or is an alias of. Users see no difference between the three.
pub(crate) fn type_name(item: &str) -> Option<&str> {
    let item = item.strip_prefix("#[non_exhaustive] ").unwrap_or(item);
    let path = ["pub struct ", "pub enum ", "pub type ", "pub use "].iter().find_map(|kind| item.strip_prefix(kind))?;
    path.split([' ', '<']).next()
}
