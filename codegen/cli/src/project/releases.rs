//! Compares the models of a manifest's crates in two releases, and reports the differences of all crates in one text.

use super::Run;
use super::build::Job;
use crate::beside::Beside;
use crate::changes::Format;
use crate::input::Input;
use crate::models::{Document, ServiceModel};
use ::codegen::Source;
use ::codegen::changes::{self, Changes, Comparison, Side, Style};
use ::codegen::diagnostic::Diagnostic;
use std::fmt::Write as _;

/// The differences of one crate.
pub(super) struct Compared {
    /// The crate.
    pub(super) name: String,
    /// The differences between the two models for its operations.
    pub(super) changes: Changes,
    /// Its version in the manifest before and after, if it changes.
    pub(super) version: Option<(String, String)>,
}

/// A report on two releases.
pub(super) struct Report<'a> {
    /// The earlier release.
    pub(super) old: &'a str,
    /// The later release.
    pub(super) new: &'a str,
    /// The day of the report, `YYYY-MM-DD`.
    pub(super) date: &'a str,
    /// Every crate, those without differences included.
    pub(super) crates: &'a [Compared],
}

/// Compares the models of crates, job by job. The overlay is applied to both models.
///
/// # Errors
///
/// The faults of the models, and operations that neither of them has.
pub(super) fn compare(old: &[Job<'_>], new: &[Job<'_>], run: &mut Run<'_, '_>) -> Result<Vec<Compared>, Vec<Diagnostic>> {
    let mut compared = Vec::new();
    let mut findings = Vec::new();
    for (old, new) in old.iter().zip(new) {
        let name = &new.entry.name.value;
        run.console.progress(&format!("comparing the models of {name}"));
        let overlay = new.overlay.as_ref().map(Input::source);
        let comparison = Comparison { old: side(&old.service, overlay), new: side(&new.service, overlay), operations: new.operations() };
        match changes::compare(&comparison) {
            Ok(changes) => compared.push(Compared { name: name.clone(), changes, version: None }),
            Err(found) => findings.extend(found),
        }
    }
    if findings.is_empty() { Ok(compared) } else { Err(findings) }
}

fn side<'a>(service: &'a ServiceModel, overlay: Option<Source<'a>>) -> Side<'a> {
    let Beside { endpoint_rules, paginators, waiters } = service.beside.as_ref().map(Document::source);
    Side { model: service.model.source(), overlay, endpoint_rules, paginators, waiters }
}

impl Report<'_> {
    /// The report in a form.
    pub(super) fn print(&self, format: Format) -> String {
        match format {
            Format::Text => self.text(),
            Format::Markdown => self.markdown(),
            Format::Html => self.html(),
            Format::Json => self.json(),
        }
    }

    fn text(&self) -> String {
        let mut text = format!("{} -> {}\n", self.old, self.new);
        for one in self.crates {
            _ = writeln!(text, "\n{}{}", one.name, one.version_text());
            if one.changes.is_empty() {
                text += "nothing changes for its operations\n";
            } else {
                _ = write!(text, "{}", one.changes.report(Style::Text, self.date, false));
            }
        }
        text
    }

    fn markdown(&self) -> String {
        let mut text = format!("# {} → {}\n\n| crate | wire | crate | version |\n|---|---|---|---|\n", self.old, self.new);
        for one in self.crates {
            let (wire, level) = if one.changes.is_empty() {
                ("no difference".to_owned(), "no difference".to_owned())
            } else {
                (one.changes.verdict.wire.to_string(), one.changes.verdict.level.to_string())
            };
            let version = one.version.as_ref().map_or_else(String::new, |(before, after)| format!("{before} → {after}"));
            _ = writeln!(text, "| `{}` | {wire} | {level} | {version} |", one.name);
        }
        for one in self.crates.iter().filter(|one| !one.changes.is_empty()) {
            // The headings of a crate's report stand one level below its own.
            let report = one.changes.report(Style::Markdown, self.date, false);
            _ = write!(text, "\n## `{}`\n\n{}", one.name, lowered(&report));
        }
        text
    }

    /// The page of the only crate, or a page with a frame for each crate.
    fn html(&self) -> String {
        let page = |one: &Compared| one.changes.report(Style::Html, self.date, false);
        if let [one] = self.crates {
            return page(one);
        }
        let title = escaped(&format!("{} -> {}", self.old, self.new));
        let mut text = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<h1>{title}</h1>\n\
             <style>iframe {{ width: 100%; height: 80vh; border: 1px solid }}</style>\n"
        );
        for one in self.crates {
            let name = escaped(&one.name);
            _ = writeln!(text, "<h2>{name}{}</h2>", escaped(&one.version_text()));
            if one.changes.is_empty() {
                text += "<p>Nothing changes for its operations.</p>\n";
            } else {
                _ = writeln!(text, "<iframe title=\"{name}\" srcdoc=\"{}\"></iframe>", escaped(&page(one)));
            }
        }
        text + "</html>\n"
    }

    /// An object with one entry for each crate, whose `changes` are those of `changes --format json`.
    fn json(&self) -> String {
        let crates: Vec<String> = self
            .crates
            .iter()
            .map(|one| {
                let version = one.version.as_ref().map_or_else(
                    || "null".to_owned(),
                    |(before, after)| format!("{{ \"before\": {}, \"after\": {} }}", quoted(before), quoted(after)),
                );
                let changes = one.changes.json(self.date);
                let changes = changes.trim_end().replace('\n', "\n      ");
                format!(
                    "    {{\n      \"name\": {},\n      \"version\": {version},\n      \"changes\": {changes}\n    }}",
                    quoted(&one.name)
                )
            })
            .collect();
        let crates = if crates.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", crates.join(",\n")) };
        format!("{{\n  \"old\": {},\n  \"new\": {},\n  \"crates\": {crates}\n}}\n", quoted(self.old), quoted(self.new))
    }
}

impl Compared {
    fn version_text(&self) -> String {
        self.version.as_ref().map_or_else(String::new, |(before, after)| format!(" {before} -> {after}"))
    }
}

/// Markdown with each heading two levels deeper, outside code blocks.
fn lowered(markdown: &str) -> String {
    let mut is_code = false;
    let mut text = String::new();
    for line in markdown.split_inclusive('\n') {
        if line.starts_with("```") {
            is_code = !is_code;
        }
        if line.starts_with('#') && !is_code {
            text += "##";
        }
        text += line;
    }
    text
}

/// The text escaped for HTML, in attributes too.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The text as a JSON string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => _ = write!(quoted, "\\u{:04x}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_lowered_outside_code() {
        assert_eq!(lowered("# a\n```\n# b\n```\n## c\n"), "### a\n```\n# b\n```\n#### c\n");
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escaped("<a b=\"&\">"), "&lt;a b=&quot;&amp;&quot;&gt;");
        assert_eq!(quoted("a\"\\\n"), "\"a\\\"\\\\\\u000a\"");
    }
}
