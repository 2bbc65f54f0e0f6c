//! The public API of generated crates, from rustdoc, and what a change of it means for code that uses them.
//!
//! No part of the tool takes part in this, so that it can judge the tool's report. The structures and enums of generated crates are
//! non-exhaustive and their traits are not implemented by others, so an additional item breaks no code.

use crate::repository::Repository;
use anyhow::{Context as _, Result};
use std::collections::{BTreeMap, BTreeSet};

/// The items of each crate.
pub(crate) type Items = BTreeMap<String, BTreeSet<String>>;

/// The public items of the crates, as text.
pub(crate) fn of(repository: &Repository, names: &[&str]) -> Result<Items> {
    let folder = repository.describe(names)?;
    let items = |name: &str| {
        let json = folder.join(name.replace('-', "_")).with_extension("json");
        let api = public_api::Builder::from_rustdoc_json(&json).omit_auto_trait_impls(true).omit_blanket_impls(true).build();
        let api = api.with_context(|| format!("{} (does public-api read this toolchain's format?)", json.display()))?;
        Ok((name.to_owned(), api.items().map(ToString::to_string).collect()))
    };
    names.iter().map(|name| items(name)).collect()
}

/// The verdict on each crate: `major` if an item is gone or another one, `minor` if some are additional, `none` if all are the same.
pub(crate) fn verdicts(old: &Items, new: &Items) -> BTreeMap<String, String> {
    let verdict = |name: &String, before: &BTreeSet<String>| {
        let after = &new[name];
        let verdict = match (before.is_subset(after), after.is_subset(before)) {
            (true, true) => "none",
            (true, false) => "minor",
            (false, _) => "major",
        };
        (name.clone(), verdict.to_owned())
    };
    old.iter().map(|(name, before)| verdict(name, before)).collect()
}
