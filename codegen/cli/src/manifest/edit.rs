//! Changes of the manifest's text that keep its comments, its order and its style.

use super::{FILE, Manifest};
use ::codegen::diagnostic::Diagnostic;
use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

/// The longest list of operations, in characters, that stands on one line.
const LINE: usize = 100;

/// A crate to add.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewCrate<'a> {
    /// The crate's name.
    pub name: &'a str,
    /// The service.
    pub service: &'a str,
    /// The operations; `None` for all.
    pub operations: Option<&'a [String]>,
    /// The folder, relative to the manifest's, with `/`.
    pub path: &'a str,
}

/// The text of a manifest without crates; `source` is the line that names the models.
pub fn beginning(source: &str) -> String {
    format!(
        "# The AWS clients of this repository. `cargo smithlet generate` writes them, `cargo smithlet check` compares them with what is written,\n\
         # `cargo smithlet update` takes newer models.\n\n[models]\n{source}\n"
    )
}

/// The text with one more crate, at the end.
pub fn with_crate(text: &str, new: &NewCrate<'_>) -> Result<String, Vec<Diagnostic>> {
    let mut document = parse(text)?;
    let mut table = Table::new();
    table.insert("service", value(new.service));
    table.insert("operations", operations(new.operations));
    table.insert("path", value(new.path));
    // Tables are printed in the order of their positions; one without a position comes last.
    let crates = document.entry("crates").or_insert_with(|| {
        let mut crates = Table::new();
        crates.set_implicit(true);
        Item::Table(crates)
    });
    let Some(crates) = crates.as_table_like_mut() else { return Err(vec![unfit("`crates` is not a table")]) };
    if crates.is_empty() || !is_inline(crates) {
        table.decor_mut().set_prefix("\n");
        crates.insert(new.name, Item::Table(table));
    } else {
        crates.insert(new.name, Item::Value(Value::InlineTable(table.into_inline_table())));
    }
    Ok(document.to_string())
}

/// The text with this release of botocore and its digest.
pub fn with_release(text: &str, version: &str, sha256: Option<&str>) -> Result<String, Vec<Diagnostic>> {
    let mut document = parse(text)?;
    let Some(models) = document.get_mut("models").and_then(Item::as_table_like_mut) else {
        return Err(vec![unfit("`models` is not a table")]);
    };
    set(models, "botocore", version);
    match sha256 {
        Some(sha256) => set(models, "sha256", sha256),
        None => _ = models.remove("sha256"),
    }
    Ok(document.to_string())
}

/// The text with this path of the models.
pub fn with_path(text: &str, path: &str) -> Result<String, Vec<Diagnostic>> {
    let mut document = parse(text)?;
    match document.get_mut("models").and_then(Item::as_table_like_mut) {
        Some(models) => set(models, "path", path),
        None => return Err(vec![unfit("`models` is not a table")]),
    }
    Ok(document.to_string())
}

/// The text with another version of a crate that has one in the manifest.
pub fn with_version(text: &str, name: &str, version: &str) -> Result<String, Vec<Diagnostic>> {
    let mut document = parse(text)?;
    let table = document.get_mut("crates").and_then(|crates| crates.get_mut(name)).and_then(Item::as_table_like_mut);
    match table {
        Some(table) => set(table, "version", version),
        None => return Err(vec![unfit("the crate is not a table")]),
    }
    Ok(document.to_string())
}

/// Replaces a text and keeps the comment behind it. An equal text keeps its style.
fn set(table: &mut dyn toml_edit::TableLike, key: &str, text: &str) {
    if table.get(key).and_then(Item::as_str) == Some(text) {
        return;
    }
    let mut new = Value::from(text);
    if let Some(old) = table.get(key).and_then(Item::as_value) {
        *new.decor_mut() = old.decor().clone();
    }
    table.insert(key, Item::Value(new));
}

fn operations(names: Option<&[String]>) -> Item {
    let Some(names) = names else { return value("all") };
    let mut list: Array = names.iter().map(String::as_str).collect();
    if names.iter().map(|name| name.len() + 4).sum::<usize>() > LINE {
        list.iter_mut().for_each(|name| name.decor_mut().set_prefix("\n    "));
        list.set_trailing("\n");
        list.set_trailing_comma(true);
    }
    value(list)
}

fn is_inline(table: &dyn toml_edit::TableLike) -> bool {
    table.iter().any(|(_, item)| item.is_value())
}

fn parse(text: &str) -> Result<DocumentMut, Vec<Diagnostic>> {
    text.parse().map_err(|error: toml_edit::TomlError| vec![unfit(error.message())])
}

fn unfit(message: &str) -> Diagnostic {
    super::error(FILE, format!("cannot be changed: {message}"))
}

impl Manifest {
    /// The manifest with another text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the new text.
    pub fn edited(&self, text: &str) -> Result<Self, Vec<Diagnostic>> {
        Self::parse(&self.folder, &self.shown, text)
    }
}
