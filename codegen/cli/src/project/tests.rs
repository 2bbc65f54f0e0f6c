#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod refused;

use crate::report::Console;
use crate::{Exit, cli};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A service with two operations that are supported and one that is not.
pub(crate) const MODEL: &str = r#"{"version": "2.0",
  "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "tiny", "jsonVersion": "1.1", "protocol": "json", "serviceFullName": "Tiny Service",
    "serviceId": "Tiny", "signatureVersion": "v4", "targetPrefix": "Tiny_1"},
  "operations": {
    "Ask": {"name": "Ask", "http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "AskInput"}, "output": {"shape": "AskOutput"},
      "documentation": "<p>Asks a question. It costs nothing.</p>"},
    "Tell": {"name": "Tell", "http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "AskInput"}},
    "Hear": {"name": "Hear", "http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "AskInput"}, "endpointdiscovery": {"required": true}}},
  "shapes": {
    "AskInput": {"type": "structure", "required": ["question"], "members": {"question": {"shape": "Text"}, "hint": {"shape": "Text"}}},
    "AskOutput": {"type": "structure", "members": {"answer": {"shape": "Text"}}},
    "Text": {"type": "string"}}}"#;

const MANIFEST: &str = r#"[models]
path = "models" # ours

[crates.my-tiny]
service = "tiny"
operations = ["Ask"]
path = "crates/my-tiny"
version = "0.2.0"
"#;

/// A repository with models of two services and no network.
struct Repository {
    folder: TempDir,
}

impl Repository {
    /// A repository with this manifest; an empty one is left out.
    fn new(manifest: &str) -> Self {
        let repository = Self { folder: tempfile::tempdir().unwrap() };
        repository.put("models/tiny/2020-01-01/service-2.json", MODEL);
        let other = MODEL.replace("Tiny", "Other").replace("\"tiny\"", "\"other\"");
        repository.put("models/other/2020-01-01/service-2.json", &other);
        if !manifest.is_empty() {
            repository.put("smithlet.toml", manifest);
        }
        repository
    }

    fn root(&self) -> PathBuf {
        crate::place::resolve(self.folder.path())
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }

    /// Runs a command in the root. Returns its exit status, its standard output and its standard error.
    fn run(&self, words: &str) -> (Exit, String, String) {
        self.run_in("", words)
    }

    fn run_in(&self, folder: &str, words: &str) -> (Exit, String, String) {
        let words = format!("cargo-smithlet smithlet {words}");
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console::plain(&mut out, &mut err);
        let exit = cli::run_in(&self.root().join(folder), words.split_whitespace().map(Into::into), &mut console);
        (exit, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
    }

    /// Every file of the repository.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut waiting = vec![self.root()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    waiting.push(path);
                } else {
                    found.insert(path.clone(), fs::read(&path).unwrap());
                }
            }
        }
        found
    }
}

#[test]
fn generated_crates_pass_the_check_until_a_byte_differs() {
    let repository = Repository::new(MANIFEST);
    let (exit, out, err) = repository.run("check");
    assert_eq!((exit, out.as_str()), (Exit::Drift, ""), "{err}");
    assert!(err.contains("crates/my-tiny/Cargo.toml: missing\n"), "{err}");
    assert!(err.ends_with("to bring it up to date, run: cargo smithlet generate my-tiny\n"), "{err}");
    assert!(!Path::new(&repository.root().join("crates")).exists(), "a check writes nothing");

    let (exit, out, err) = repository.run_in("models/tiny", "generate");
    assert_eq!((exit, err.as_str()), (Exit::Done, ""));
    assert!(out.starts_with("wrote ") && out.contains(", unchanged 0, removed 0 in "), "{out}");
    assert_eq!(repository.text("smithlet.toml"), MANIFEST, "a path needs no digest");
    let cargo = repository.text("crates/my-tiny/Cargo.toml");
    assert!(cargo.contains("name = \"my-tiny\"\nversion = \"0.2.0\"\n"), "{cargo}");
    assert!(cargo.contains("smithlet-runtime = { version = \"0.1.0\", default-features = false }\n"), "{cargo}");
    let (exit, out, _) = repository.run("check");
    assert_eq!((exit, out.starts_with("smithlet.toml: unchanged ")), (Exit::Done, true));
    assert!(repository.run("generate").1.starts_with("wrote 0, "));

    let path = "crates/my-tiny/src/lib.rs";
    repository.put(path, &repository.text(path).replacen("Tiny", "tiny", 1));
    let (exit, _, err) = repository.run("check my-tiny");
    assert_eq!(exit, Exit::Drift);
    assert!(err.contains("crates/my-tiny/src/lib.rs: stale\n") && err.contains("\n-//! A small client of tiny Service"), "{err}");
    assert_eq!(repository.run("check --quiet").0, Exit::Drift);
}

#[test]
fn a_runtime_in_a_folder_is_named_by_its_path() {
    let repository = Repository::new(MANIFEST);
    assert_eq!(repository.run_in("models", "generate --runtime ../runtime").0, Exit::Done);
    let cargo = repository.text("crates/my-tiny/Cargo.toml");
    assert!(cargo.contains("smithlet-runtime = { version = \"0.1.0\", path = \"../../runtime\", default-features = false }\n"), "{cargo}");
    let (exit, _, err) = repository.run("check");
    assert_eq!((exit, err.contains("-smithlet-runtime = ")), (Exit::Drift, true), "{err}");
    assert_eq!(repository.run("check --runtime runtime").0, Exit::Done);
}

#[test]
fn several_crates_are_generated_in_the_manifests_order() {
    let mut manifest = "[models]\npath = \"models\"\n".to_owned();
    for number in 0..9 {
        let service = if number % 2 == 0 { "tiny" } else { "Other" };
        _ = write!(manifest, "[crates.c{number}]\nservice = \"{service}\"\noperations = \"all\"\npath = \"crates/c{number}\"\n");
    }
    let repository = Repository::new(&manifest);
    let (exit, _, err) = repository.run("generate");
    assert_eq!(exit, Exit::Done);
    let warnings = err.matches("models/other/2020-01-01/service-2.json").count();
    assert!(warnings >= 4, "operations that are left out are reported for each crate: {err}");
    for number in 0..9 {
        assert!(repository.text(&format!("crates/c{number}/Cargo.toml")).contains(&format!("name = \"c{number}\"")));
    }
    assert_eq!(repository.run("check").0, Exit::Done);
}

#[test]
fn documentation_is_left_out_on_request() {
    let repository = Repository::new(&MANIFEST.replace("version = \"0.2.0\"", "docs = \"none\""));
    assert_eq!(repository.run("generate").0, Exit::Done);
    assert!(repository.files().values().all(|bytes| !String::from_utf8_lossy(bytes).contains("It costs nothing")
        || bytes == MODEL.as_bytes()
        || String::from_utf8_lossy(bytes).contains("Other")));
}

#[test]
fn a_new_crate_is_added_and_generated() {
    let repository = Repository::new(MANIFEST);
    let (exit, out, err) = repository.run("new Other Tell,Ask");
    assert_eq!((exit, err.as_str()), (Exit::Done, ""));
    let expected = "\n[crates.smithlet-other]\nservice = \"other\"\noperations = [\"Tell\", \"Ask\"]\npath = \"crates/smithlet-other\"\n";
    assert_eq!(repository.text("smithlet.toml"), format!("{MANIFEST}{expected}"));
    assert!(out.contains("    smithlet-other = { path = \"crates/smithlet-other\" }\n"), "{out}");
    assert!(out.contains("let reply = client.tell().question(\"...\").send().await?;\n"), "the first operation that was named: {out}");
    assert!(!repository.root().join("crates/my-tiny").exists(), "the other crates are left alone");
    assert_eq!(repository.run("check smithlet-other").0, Exit::Done);
    let (exit, _, err) = repository.run_in("models", "new other Ask --name my-other --path ../somewhere");
    assert_eq!((exit, err.as_str()), (Exit::Done, ""));
    assert!(
        repository
            .text("smithlet.toml")
            .ends_with("[crates.my-other]\nservice = \"other\"\noperations = [\"Ask\"]\npath = \"somewhere\"\n")
    );
    assert!(repository.text("somewhere/Cargo.toml").contains("name = \"my-other\""));
}

#[test]
fn an_update_reports_regenerates_and_takes_the_version() {
    let repository = Repository::new(MANIFEST);
    repository.run("generate");
    let newer = MODEL.replace(r#""answer": {"#, r#""certainty": {"shape": "Text"}, "answer": {"#);
    repository.put("newer/tiny/2020-01-01/service-2.json", &newer);
    let before = repository.files();
    let (exit, out, err) = repository.run("update newer --dry-run --date 2026-01-02");
    assert_eq!(exit, Exit::Done, "{err}");
    assert!(out.starts_with("models -> newer\n\nmy-tiny 0.2.0 -> 0.2.1\nTiny Service\n\n2026/01/02 - "), "{out}");
    assert!(out.contains("{'certainty': 'string'}"), "{out}");
    assert!(out.contains("-path = \"models\" # ours\n+path = \"newer\" # ours\n"), "{out}");
    assert!(err.starts_with("would write "), "{err}");
    assert_eq!(repository.files(), before, "a dry run writes nothing");

    let (exit, out, _) = repository.run("update newer --format markdown");
    assert_eq!(exit, Exit::Done);
    assert!(out.starts_with("# models → newer\n\n| crate | wire | crate | version |\n|---|---|---|---|\n| `my-tiny` | compatible | minor | 0.2.0 → 0.2.1 |\n"), "{out}");
    assert!(out.contains("\n#### Ask (updated)\n"), "{out}");
    let expected = MANIFEST.replace("\"models\"", "\"newer\"").replace("0.2.0", "0.2.1");
    assert_eq!(repository.text("smithlet.toml"), expected);
    assert!(repository.text("crates/my-tiny/Cargo.toml").contains("version = \"0.2.1\""));
    assert_eq!(repository.run("check").0, Exit::Done);
    assert_eq!(repository.run("update newer").1, "newer: up to date\n");
}

#[test]
fn a_crate_that_stays_the_same_keeps_its_version() {
    let repository = Repository::new(MANIFEST);
    repository.run("generate");
    // The client does not speak the other protocol.
    repository.put(
        "newer/tiny/2020-01-01/service-2.json",
        &MODEL.replace(r#""protocol": "json""#, r#""protocol": "json", "protocols": ["json", "smithy-rpc-v2-cbor"]"#),
    );
    let (exit, out, err) = repository.run("update newer");
    assert_eq!(exit, Exit::Done, "{err}");
    assert!(out.contains("protocol added"), "{out}");
    assert_eq!(repository.text("smithlet.toml"), MANIFEST.replace("\"models\"", "\"newer\""));
    assert!(err.starts_with("wrote 0, "), "{err}");
}

#[test]
fn reports_have_four_forms() {
    let repository = Repository::new(MANIFEST);
    repository.put("newer/tiny/2020-01-01/service-2.json", &MODEL.replace(r#", "hint": {"shape": "Text"}"#, ""));
    let report = |words: &str| repository.run(&format!("changes models newer --date 2026-01-02 {words}"));
    let (exit, out, err) = report("");
    assert_eq!((exit, err.as_str()), (Exit::Done, ""));
    assert!(out.starts_with("models -> newer\n\nmy-tiny\nTiny Service\n"), "{out}");
    assert!(report("--format html").1.starts_with("<!doctype html>\n"));
    let json = report("--format json").1;
    assert!(json.starts_with("{\n  \"old\": \"models\",\n  \"new\": \"newer\",\n  \"crates\": [\n    {\n      \"name\": \"my-tiny\",\n      \"version\": null,\n"), "{json}");
    assert_eq!(report("--fail-on major").0, Exit::Drift);
    assert_eq!(report("--fail-on major --crate my-tiny").0, Exit::Drift);
    assert_eq!(report("--crate my-tiny --exit-code").0, Exit::Drift);
    assert_eq!(repository.run("changes models models --exit-code").0, Exit::Done);
    let files = "changes models/tiny/2020-01-01/service-2.json newer/tiny/2020-01-01/service-2.json --operations Tell";
    let (exit, out, err) = repository.run(files);
    assert_eq!((exit, err.as_str()), (Exit::Done, ""));
    assert!(out.contains("Tell (updated)") && !out.contains("Ask (updated)"), "{out}");
}

#[test]
fn operations_are_listed_and_searched() {
    let repository = Repository::new(MANIFEST);
    let (exit, out, err) = repository.run("operations tiny");
    assert_eq!((exit, err.as_str()), (Exit::Done, "models/tiny/2020-01-01/service-2.json: 3 operations, 2 supported\n"));
    let expected = "Ask   Asks a question.\n\
        Hear  not supported: it requires endpoint discovery\n\
        Tell\n";
    assert_eq!(out, expected);
    assert_eq!(repository.run("operations tiny COSTS question").1, "Ask  Asks a question.\n");
    assert_eq!(repository.run("operations").1, "other\ntiny\n");
    let (exit, out, err) = repository.run("operations tiny nowhere");
    assert_eq!((exit, out.as_str(), err.contains("none of them has the words: nowhere")), (Exit::Done, "", true));
}
