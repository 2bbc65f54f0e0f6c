//! Reads the manifest's text, with the place of every value.

use super::{Chosen, Entry, Located, Origin};
use ::codegen::Documentation;
use ::codegen::diagnostic::{Diagnostic, quoted};
use ::codegen::suggest::{did_you_mean, enumeration};
use std::ops::Range;
use toml_edit::{Document, Item, Key, TableLike, Value};

/// The tables of the manifest.
const TABLES: [&str; 2] = ["models", "crates"];

/// The keys of the table `models`.
const MODELS: [&str; 3] = ["botocore", "sha256", "path"];

/// The keys of a crate.
const CRATE: [&str; 7] = ["service", "operations", "path", "overlay", "docs", "protocol", "version"];

/// Reads the place of the models and the crates.
pub(super) fn read(shown: &str, text: &str) -> Result<(Origin, Vec<Entry>), Vec<Diagnostic>> {
    let document = Document::parse(text).map_err(|error| {
        let at = at(shown, text, error.span());
        let message = error.message().lines().map(str::trim).collect::<Vec<_>>().join("; ");
        vec![super::error(&at, format!("is not valid TOML: {message}"))]
    })?;
    let mut reader = Reader { shown, text, findings: Vec::new() };
    let root = document.as_table();
    reader.known(root, &TABLES, "the manifest");
    let origin = reader.origin(root.get("models"));
    let crates = reader.crates(root.get("crates"));
    match origin {
        Some(origin) if reader.findings.is_empty() => Ok((origin, crates)),
        _ => {
            // Findings come in the order of the lines.
            reader.findings.sort_by_key(|(offset, _)| *offset);
            Err(reader.findings.into_iter().map(|(_, finding)| finding).collect())
        }
    }
}

struct Reader<'a> {
    shown: &'a str,
    text: &'a str,
    findings: Vec<(usize, Diagnostic)>,
}

impl Reader<'_> {
    /// Adds a finding; without a place it is about the whole file.
    fn error(&mut self, span: Option<Range<usize>>, message: impl Into<String>, hint: impl Into<String>) {
        let offset = span.as_ref().map_or(0, |span| span.start);
        let at = at(self.shown, self.text, span);
        self.findings.push((offset, super::error(&at, message).hint(hint)));
    }

    fn located<T>(&self, value: T, span: Option<Range<usize>>) -> Located<T> {
        Located { value, at: at(self.shown, self.text, span) }
    }

    /// Reports unknown keys.
    fn known(&mut self, table: &dyn TableLike, known: &[&str], owner: &str) {
        for (key, _) in table.iter() {
            if !known.contains(&key) {
                let near = did_you_mean(key, known.iter().copied());
                let hint = if near.is_empty() { format!("the keys are {}", enumeration(known)) } else { near };
                self.error(table.key(key).and_then(Key::span), format!("{owner} has no key {}", quoted(key)), hint);
            }
        }
    }

    fn table<'t>(&mut self, item: &'t Item, name: &str) -> Option<&'t dyn TableLike> {
        let table = item.as_table_like();
        if table.is_none() {
            self.error(item.span(), format!("`{name}` is {}, expected a table", kind(item)), "");
        }
        table
    }

    /// The text of a key, if it is there; anything but a text that is not empty is a finding.
    fn text(&mut self, table: &dyn TableLike, key: &str) -> Option<Located<String>> {
        let item = table.get(key)?;
        match item.as_str() {
            Some("") => self.error(item.span(), format!("`{key}` is empty"), ""),
            Some(text) => return Some(self.located(text.to_owned(), item.span())),
            None => self.error(item.span(), format!("`{key}` is {}, expected a string", kind(item)), ""),
        }
        None
    }

    /// The text of a key that must be there.
    fn required(&mut self, table: &dyn TableLike, key: &str, owner: (&str, Option<Range<usize>>), hint: &str) -> Option<Located<String>> {
        if table.get(key).is_none() {
            self.error(owner.1, format!("{} has no `{key}`", owner.0), hint);
        }
        self.text(table, key)
    }

    fn origin(&mut self, item: Option<&Item>) -> Option<Origin> {
        const ADVICE: &str = "`botocore = \"1.43.67\"` takes a release of botocore, `path = \"models\"` a file or a folder";
        let Some(item) = item else {
            self.error(None, "the table `models` is missing", ADVICE);
            return None;
        };
        let table = self.table(item, "models")?;
        self.known(table, &MODELS, "the table `models`");
        let (botocore, path, sha256) = (self.text(table, "botocore"), self.text(table, "path"), self.text(table, "sha256"));
        if let Some(sha256) = &sha256
            && !(sha256.value.len() == 64 && sha256.value.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            let span = table.get("sha256").and_then(Item::span);
            self.error(span, "is not a SHA-256 digest", "a digest has 64 hexadecimal digits; without the key, the tool writes it");
        }
        if table.contains_key("botocore") && table.contains_key("path") {
            self.error(table.key("path").and_then(Key::span), "`models` has both `botocore` and `path`", "remove one of them");
        } else if table.contains_key("path") && table.contains_key("sha256") {
            self.error(table.key("sha256").and_then(Key::span), "`sha256` belongs to `botocore`", "remove it");
        } else if !table.contains_key("botocore") && !table.contains_key("path") {
            self.error(item.span(), "the table `models` has neither `botocore` nor `path`", ADVICE);
        }
        if let Some(version) = &botocore
            && !(version.value.starts_with(|c: char| c.is_ascii_digit())
                && version.value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.'))
        {
            let span = table.get("botocore").and_then(Item::span);
            self.error(span, format!("{} is not a version of botocore", quoted(&version.value)), "an exact version, such as 1.43.67");
        }
        botocore.map(|version| Origin::Botocore { version, sha256 }).or_else(|| path.map(Origin::Path))
    }

    fn crates(&mut self, item: Option<&Item>) -> Vec<Entry> {
        let Some(table) = item.and_then(|item| self.table(item, "crates")) else { return Vec::new() };
        let mut crates: Vec<(usize, Entry)> = Vec::new();
        for (name, item) in table.iter() {
            let span = table.key(name).and_then(Key::span);
            if let Some((fault, _)) = ::codegen::package_fault(name) {
                self.error(span.clone(), format!("{} {fault}", quoted(name)), "a letter first, then letters, digits, `-` and `_`");
            }
            if let Some(table) = self.table(item, &format!("crates.{name}")) {
                let place = span.as_ref().map_or(0, |span| span.start);
                crates.extend(self.entry(name, span, table).map(|entry| (place, entry)));
            }
        }
        // A table that continues an earlier one would otherwise come too early.
        crates.sort_by_key(|(place, _)| *place);
        crates.into_iter().map(|(_, entry)| entry).collect()
    }

    fn entry(&mut self, name: &str, span: Option<Range<usize>>, table: &dyn TableLike) -> Option<Entry> {
        let owner = format!("the crate `{name}`");
        self.known(table, &CRATE, &owner);
        let owner = (owner.as_str(), span.clone());
        let service = self.required(table, "service", owner.clone(), "the service's name, such as `service = \"sqs\"`");
        let path = self.required(table, "path", owner.clone(), "the crate's folder, such as `path = \"crates/my-sqs\"`");
        let operations = self.operations(table, owner);
        let docs = self.docs(table);
        let version = self.text(table, "version");
        if let Some(version) = &version {
            let numbers: Vec<&str> = version.value.split('.').collect();
            if numbers.len() != 3 || !numbers.iter().all(|part| part.parse::<u32>().is_ok()) {
                let span = table.get("version").and_then(Item::span);
                self.error(span, format!("{} is not a valid crate version", quoted(&version.value)), "three numbers, such as 0.1.0");
            }
        }
        let (overlay, protocol) = (self.text(table, "overlay"), self.text(table, "protocol"));
        for (key, path) in [("path", &path), ("overlay", &overlay)] {
            if let Some((fault, hint)) = path.as_ref().and_then(|path| super::folders::fault(&path.value)) {
                self.error(table.get(key).and_then(Item::span), format!("`{key}` {fault}"), hint);
            }
        }
        let name = self.located(name.to_owned(), span);
        Some(Entry { name, service: service?, operations: operations?, path: path?, overlay, docs, protocol, version })
    }

    fn operations(&mut self, table: &dyn TableLike, owner: (&str, Option<Range<usize>>)) -> Option<Chosen> {
        const ADVICE: &str = "a list such as `operations = [\"SendMessage\"]`, or \"all\"";
        let Some(item) = table.get("operations") else {
            self.error(owner.1, format!("{} has no `operations`", owner.0), ADVICE);
            return None;
        };
        if item.as_str() == Some("all") {
            return Some(Chosen::All);
        }
        let Some(list) = item.as_array() else {
            self.error(item.span(), format!("`operations` is {}, expected a list", kind(item)), ADVICE);
            return None;
        };
        if list.is_empty() {
            self.error(item.span(), "`operations` is empty", ADVICE);
        }
        let mut names: Vec<Located<String>> = Vec::new();
        for value in list {
            match value.as_str() {
                Some(name) if names.iter().any(|known| known.value == name) => {
                    self.error(value.span(), format!("{} is listed twice", quoted(name)), "remove one of them");
                }
                Some(name) => names.push(self.located(name.to_owned(), value.span())),
                None => self.error(value.span(), format!("an operation is {}, expected a string", value_kind(value)), ""),
            }
        }
        Some(Chosen::Named(names))
    }

    fn docs(&mut self, table: &dyn TableLike) -> Documentation {
        match self.text(table, "docs").as_ref().map(|docs| docs.value.as_str()) {
            None | Some("theirs") => Documentation::Theirs,
            Some("none") => Documentation::None,
            Some(other) => {
                let message = format!("`docs` is {}, expected \"theirs\" or \"none\"", quoted(other));
                self.error(table.get("docs").and_then(Item::span), message, "");
                Documentation::Theirs
            }
        }
    }
}

/// The place of a span, as `file:line:column`, counted from 1; the file alone without a span. A text without a file, which is not written yet, has
/// no places.
fn at(shown: &str, text: &str, span: Option<Range<usize>>) -> String {
    if shown.is_empty() {
        return String::new();
    }
    let Some(before) = span.and_then(|span| text.get(..span.start)) else { return shown.to_owned() };
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{shown}:{line}:{column}")
}

/// The kind of an item, as a noun with its article.
fn kind(item: &Item) -> &'static str {
    match item {
        Item::Value(value) => value_kind(value),
        Item::Table(_) => "a table",
        Item::ArrayOfTables(_) => "a list of tables",
        Item::None => "nothing",
    }
}

fn value_kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a string",
        Value::Integer(_) => "an integer",
        Value::Float(_) => "a number",
        Value::Boolean(_) => "a boolean",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::InlineTable(_) => "a table",
    }
}
