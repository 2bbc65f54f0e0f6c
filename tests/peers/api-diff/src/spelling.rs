//! One spelling for what accepts the same calls.

/// Two ways to write one thing, each row with the reason why it is one. Ours becomes theirs, or both become a third.
const SPELLINGS: [(&str, &str); 13] = [
    // A user sees the runtime's modules under the generated crate's name.
    ("smithlet_runtime::customize::", "aws_sdk_codebuild::client::customize::"),
    ("smithlet_runtime::error::sdk_error::", "aws_sdk_codebuild::error::"),
    ("smithlet_runtime::error::unknown_variant::", "aws_sdk_codebuild::error::"),
    ("smithlet_runtime::", "aws_sdk_codebuild::"),
    ("smithlet_codebuild::", "aws_sdk_codebuild::"),
    // Defined in one module and re-exported at the root, where users find it.
    ("aws_sdk_codebuild::error::Error", "aws_sdk_codebuild::Error"),
    // A trait that only fluent builders implement; theirs lies in a private module.
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

/// An item in the spelling that both sides share.
pub(crate) fn common(item: &str) -> String {
    SPELLINGS.iter().fold(item.to_owned(), |item, (from, to)| item.replace(from, to))
}

/// The path at which an item puts the name of a type. It is no matter to a user whether the type is defined there, re-exported or an alias.
pub(crate) fn type_name(item: &str) -> Option<&str> {
    let item = item.strip_prefix("#[non_exhaustive] ").unwrap_or(item);
    let path = ["pub struct ", "pub enum ", "pub type ", "pub use "].iter().find_map(|kind| item.strip_prefix(kind))?;
    path.split([' ', '<']).next()
}
