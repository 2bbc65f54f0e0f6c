#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use clap::{Args as _, FromArgMatches as _};
use std::fs;

pub(super) const SMALL: &str = r#"{"version": "2.0",
  "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "t", "jsonVersion": "1.1", "protocol": "json", "serviceFullName": "T", "serviceId": "T",
    "signatureVersion": "v4", "targetPrefix": "T_1"},
  "operations": {"Ask": {"name": "Ask", "http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "AskInput"}}},
  "shapes": {"AskInput": {"type": "structure", "members": {"a": {"shape": "Text"}, "b": {"shape": "Text"}}}, "Text": {"type": "string"}}}"#;

/// A folder with an earlier model and later ones, each of which adds or removes a member, a length, a requirement or documentation.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.json"), SMALL).unwrap();
    fs::write(folder.path().join("more.json"), SMALL.replace(r#""b": {"#, r#""c": {"shape": "Text"}, "b": {"#)).unwrap();
    fs::write(folder.path().join("less.json"), SMALL.replace(r#", "b": {"shape": "Text"}"#, "")).unwrap();
    fs::write(folder.path().join("tight.json"), SMALL.replace(r#""Text": {"type": "string"}"#, r#""Text": {"type": "string", "min": 1}"#))
        .unwrap();
    fs::write(folder.path().join("strict.json"), SMALL.replace(r#""members": {"a""#, r#""required": ["a"], "members": {"a""#)).unwrap();
    fs::write(folder.path().join("words.json"), SMALL.replace(r#""Text": {"#, r#""Text": {"documentation": "Any text.", "#)).unwrap();
    folder
}

fn command() -> clap::Command {
    clap::Command::new("xtask").bin_name("cargo xtask").subcommand(Arguments::augment_args(clap::Command::new("changes")))
}

pub(super) fn parse(words: &str) -> Result<Arguments, clap::Error> {
    let matches = command().try_get_matches_from(["xtask", "changes"].into_iter().chain(words.split_whitespace()))?;
    Arguments::from_arg_matches(matches.subcommand_matches("changes").unwrap())
}

/// Runs the command in a folder. Returns its exit status, its standard output and its standard error.
pub(super) fn changes(folder: &Path, words: &str) -> (Exit, String, String) {
    let arguments = parse(words).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console::plain(&mut out, &mut err);
    let exit = run(&Home::of_test(folder.to_owned()), folder, &arguments, &mut console);
    let exit = crate::answered(command(), "changes", exit, &mut console);
    (exit, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[test]
fn the_report_goes_to_standard_output_in_the_form_asked_for() {
    let folder = folder();
    let run = |words: &str| changes(folder.path(), &format!("old.json more.json --date 2020-02-29 {words}"));
    let (exit, out, err) = run("");
    assert_eq!((exit, err.as_str()), (Exit::Done, ""));
    assert!(
        out.starts_with(
            "T\n\n2020/02/29 - T - 1 updated api methods\n\n\
             wire: compatible (a client in the field still works)\n\
             crate: minor (code that uses the regenerated crate still compiles)\n\n\
             Ask (updated)\nChanges (request)\n{'c': 'string'}\n"
        ),
        "{out}"
    );
    assert!(run("--format markdown").1.contains("## Ask (updated)"));
    assert!(run("--format html").1.starts_with("<!doctype html>\n") && run("--format html --full").1.contains("Request Syntax"));
    assert!(run("--format json").1.starts_with("{\n  \"service\": \"T\",\n  \"date\": \"2020-02-29\",\n"));
    assert!(run("--full").1.contains("client.ask(\n    a='string',\n    c='string',\n    b='string'\n)"), "the file's order");
}

#[test]
fn the_exit_status_follows_the_options() {
    let folder = folder();
    let exit = |words: &str| changes(folder.path(), words).0;
    assert_eq!(exit("old.json old.json --exit-code"), Exit::Done);
    assert_eq!(exit("old.json more.json --exit-code"), Exit::Drift);
    for (new, fails_on) in [
        ("old.json", &[][..]),
        ("more.json", &["minor"]),
        ("less.json", &["major", "minor"]),
        ("tight.json", &["constraint-tightened"]),
        ("strict.json", &["breaking", "constraint-tightened"]),
    ] {
        assert_eq!(exit(&format!("old.json {new}")), Exit::Done, "{new}");
        for level in ["breaking", "constraint-tightened", "major", "minor"] {
            let expected = if fails_on.contains(&level) { Exit::Drift } else { Exit::Done };
            assert_eq!(exit(&format!("old.json {new} --fail-on {level}")), expected, "{new} {level}");
        }
    }
}

#[test]
fn documentation_is_left_out_on_request() {
    let folder = folder();
    let run = |words: &str| changes(folder.path(), &format!("old.json words.json --exit-code {words}"));
    let (exit, out, _) = run("");
    assert!(exit == Exit::Drift && out.contains("Documentation\n") && out.contains("{+Any text.+}"), "{out}");
    for format in ["text", "markdown", "html", "json"] {
        let (exit, out, err) = run(&format!("--no-docs --format {format}"));
        assert_eq!((exit, err.as_str()), (Exit::Done, ""), "{format}");
        assert!(!out.contains("Any text."), "{out}");
    }
}

#[test]
fn all_faults_are_reported_in_one_run() {
    let folder = folder();
    fs::write(folder.path().join("bad.json"), "{").unwrap();
    let (exit, out, err) = changes(folder.path(), "no.json neither.json");
    assert_eq!((exit, out.as_str()), (Exit::Bad, ""));
    assert_eq!(err, "no.json: no such file\nneither.json: no such file\n");
    let (exit, _, err) = changes(folder.path(), "bad.json bad.json");
    assert_eq!((exit, err.matches("bad.json: the file ends in the middle").count()), (Exit::Bad, 2));
    let (exit, _, err) = changes(folder.path(), "old.json more.json --operations Aks");
    assert_eq!((exit, err.as_str()), (Exit::Bad, "neither model has an operation `Aks`\n  hint: they have `Ask`\n"));
    let (exit, _, err) = changes(folder.path(), "old.json more.json --full --format json");
    assert_eq!(exit, Exit::Bad);
    assert!(err.contains("Usage: cargo xtask changes"), "{err}");
}

#[test]
fn files_without_a_relevant_difference_give_a_notice() {
    let folder = folder();
    fs::write(folder.path().join("spaced.json"), format!("{SMALL}\n\n")).unwrap();
    let (exit, _, err) = changes(folder.path(), "old.json spaced.json --exit-code");
    assert_eq!((exit, err.starts_with("the files differ, but not in")), (Exit::Done, true));
    assert_eq!(changes(folder.path(), "old.json spaced.json --quiet").2, "");
}

#[test]
fn an_overlay_is_applied_to_both_models() {
    let folder = folder();
    let overlay = r#"{"smithy": "2.0", "shapes": {"com.amazonaws.t#AskInput$a": {"type": "apply",
        "traits": {"smithy.api#idempotencyToken": {}, "smithlet.api#reason": "It is one."}}}}"#;
    fs::write(folder.path().join("overlay.json"), overlay).unwrap();
    let (exit, out, err) = changes(folder.path(), "old.json less.json --overlay overlay.json");
    assert_eq!((exit, err.as_str()), (Exit::Done, ""));
    assert!(!out.contains("token"), "{out}");
}

#[test]
fn endpoint_rules_beside_botocores_models_are_compared() {
    let folder = folder();
    for (side, rules) in [("a", None), ("b", Some(r#"{"version": "1.0", "parameters": {}, "rules": []}"#)), ("c", Some("{"))] {
        fs::create_dir(folder.path().join(side)).unwrap();
        fs::write(folder.path().join(side).join("service-2.json"), SMALL).unwrap();
        if let Some(rules) = rules {
            fs::write(folder.path().join(side).join("endpoint-rule-set-1.json"), rules).unwrap();
        }
    }
    let (exit, out, err) = changes(folder.path(), "a/service-2.json b/service-2.json --exit-code");
    assert_eq!((exit, err.as_str()), (Exit::Drift, ""));
    assert!(out.contains("Service\n  - endpoint rules changed, endpoint rules (in T_1); wire compatible, crate none: "), "{out}");
    assert_eq!(changes(folder.path(), "b/service-2.json b/service-2.json --exit-code").0, Exit::Done);
    let (exit, _, err) = changes(folder.path(), "a/service-2.json c/service-2.json");
    assert_eq!(exit, Exit::Bad);
    assert!(err.starts_with("c/endpoint-rule-set-1.json: the file ends in the middle"), "{err}");
}

#[test]
fn contradictions_are_refused() {
    for words in [
        "old.json",
        "a b c",
        "--overlay o.json",
        "--date 2019-02-29",
        "--format html5",
        "--fail-on none",
        "--quiet --verbose",
        "a b --operations=",
    ] {
        let error = parse(words).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{words}");
    }
}
