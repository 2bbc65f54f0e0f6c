//! The runtime that a crate on the disk was generated for, compared with the one that this tool generates for.

use crate::manifest::Entry;
use ::codegen::RUNTIME_VERSION;
use ::codegen::diagnostic::{Diagnostic, quoted};
use std::path::Path;
use toml_edit::{DocumentMut, Item};

/// The package that generated crates depend on.
const RUNTIME: &str = "smithlet-runtime";

/// Compares the version of the runtime in a crate's manifest with this tool's. A different one that is not newer, or that is compatible, gives a
/// notice.
///
/// # Errors
///
/// A newer version that is not compatible: this tool would take the crate back.
pub(super) fn check(entry: &Entry, out: &Path, shown: &str) -> Result<Option<String>, Diagnostic> {
    // A manifest that is missing or is not TOML is replaced or refused when the folder is compared.
    let text = std::fs::read_to_string(out.join("Cargo.toml")).unwrap_or_default();
    let document = text.parse::<DocumentMut>().unwrap_or_default();
    let dependency = document.get("dependencies").and_then(|table| table.get(RUNTIME));
    let version = dependency.and_then(|item| item.get("version").and_then(Item::as_str).or_else(|| item.as_str()));
    match version {
        Some(version) => compare(version, RUNTIME_VERSION, entry, shown),
        None => Ok(None),
    }
}

fn compare(pinned: &str, ours: &str, entry: &Entry, shown: &str) -> Result<Option<String>, Diagnostic> {
    let (Some(theirs), Some(own)) = (numbers(pinned), numbers(ours)) else { return Ok(None) };
    if theirs > own && breaking(theirs) != breaking(own) {
        let message = format!("the crate in {shown} is generated for {RUNTIME} {}, which this tool does not know", quoted(pinned));
        return Err(entry
            .path
            .error(message)
            .hint(format!("this tool generates for {RUNTIME} {ours}; install a newer tool: `cargo install smithlet`")));
    }
    Ok((theirs != own).then(|| format!("{shown}: depends on {RUNTIME} {pinned} now, generated for {ours}")))
}

/// The part of a version that compatible versions share: the numbers up to the first one that is not zero.
fn breaking((major, minor, patch): (u64, u64, u64)) -> (u64, u64, u64) {
    match (major, minor) {
        (0, 0) => (0, 0, patch),
        (0, minor) => (0, minor, 0),
        (major, _) => (major, 0, 0),
    }
}

fn numbers(version: &str) -> Option<(u64, u64, u64)> {
    let mut numbers = version.trim_start_matches(['^', '=']).split('.').map(str::parse);
    match (numbers.next(), numbers.next(), numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor)), Some(Ok(patch)), None) => Some((major, minor, patch)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{Chosen, Located};

    fn entry() -> Entry {
        let text = |value: &str| Located { value: value.to_owned(), at: "smithlet.toml:7:8".to_owned() };
        Entry {
            name: text("a"),
            service: text("a"),
            operations: Chosen::All,
            path: text("a"),
            overlay: None,
            docs: ::codegen::Documentation::Theirs,
            protocol: None,
            version: None,
        }
    }

    #[test]
    fn only_a_newer_incompatible_runtime_is_refused() {
        let of = |pinned: &str| compare(pinned, "0.2.1", &entry(), "crates/a");
        for pinned in ["0.3.0", "1.0.0", "^0.3.7"] {
            let finding = of(pinned).expect_err("it is newer").to_string();
            assert!(finding.starts_with("smithlet.toml:7:8: the crate in crates/a is generated for smithlet-runtime"), "{finding}");
        }
        for pinned in ["0.2.9", "0.2.0", "0.1.7"] {
            assert!(of(pinned).is_ok_and(|notice| notice.is_some_and(|notice| notice.contains(pinned))), "{pinned}");
        }
        for pinned in ["0.2.1", "soon", ">=0.1"] {
            assert_eq!(of(pinned), Ok(None), "{pinned}");
        }
    }
}
