//! Runs of the program, `xtask codegen` and `xtask import`, each in a folder of its own.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod import;
mod refused;
mod workshop;

use workshop::{Workshop, tree};

#[test]
fn the_repositorys_own_crate_is_generated_from_any_folder() {
    let workshop = Workshop::with_repository();
    let first = workshop.codegen("").done();
    let files = tree(&workshop.path("generated"));
    assert_eq!(first, format!("wrote {}, unchanged 0, removed 0 in _\n", files.len()));
    assert!(files.get("Cargo.toml").unwrap().contains("\"../codegen/runtime\""));
    for folder in ["", "model", "codegen/runtime", "generated/src"] {
        let again = workshop.codegen_in(folder, "").done();
        assert_eq!(again, format!("wrote 0, unchanged {}, removed 0 in _\n", files.len()), "from {folder:?}");
        let checked = workshop.codegen_in(folder, "--check").done();
        assert_eq!(checked, format!("unchanged {} in _\n", files.len()), "from {folder:?}");
    }
    assert_eq!(tree(&workshop.path("generated")), files);
}

#[test]
fn a_given_model_is_generated_into_a_given_folder() {
    let workshop = Workshop::with_model();
    workshop.codegen("--model m.json --operations GetCity --out one").done();
    workshop.codegen("--model m.json --all-operations --out deep/down/all --name weather").done();
    let (one, all) = (tree(&workshop.path("one")), tree(&workshop.path("deep/down/all")));
    assert!(one.len() < all.len(), "one operation makes fewer files than two");
    assert!(all.get("Cargo.toml").unwrap().contains("name = \"weather\""));
    // With fewer operations in the same folder, only the files of the other one are removed.
    workshop.put("deep/down/all/notes.txt", "mine");
    let summary = workshop.codegen("--model m.json --operations GetCity --out deep/down/all --name weather").done();
    assert!(!summary.contains("removed 0"), "{summary}");
    let mut left = tree(&workshop.path("deep/down/all"));
    assert_eq!(left.remove("notes.txt").as_deref(), Some("mine"));
    assert_eq!(left.keys().collect::<Vec<_>>(), one.keys().collect::<Vec<_>>());
}

#[test]
fn a_check_finds_every_difference_and_changes_nothing() {
    let workshop = Workshop::with_repository();
    workshop.codegen("").done();
    let whole = tree(&workshop.path("generated"));
    let library = whole.get("src/lib.rs").unwrap();
    let mark = library.lines().next().unwrap();
    let changed = format!("{library}// a line that nobody generated\n");
    workshop.put("generated/src/lib.rs", &changed);
    workshop.remove("generated/Cargo.toml");
    workshop.put("generated/src/old.rs", format!("{mark}\n"));
    let spoiled = tree(&workshop.path("generated"));

    let report = workshop.codegen("--check").drift();
    for line in [
        &format!("generated: does not match the model: 1 stale, 1 missing, 1 orphaned, {} unchanged", whole.len() - 2),
        "  generated/src/lib.rs: stale",
        "  generated/Cargo.toml: missing",
        "  generated/src/old.rs: orphaned",
        "--- generated/src/lib.rs (on disk)",
        "-// a line that nobody generated",
        "to bring it up to date, run: cargo xtask codegen",
    ] {
        assert!(report.lines().any(|found| found == line), "{line:?} is not in\n{report}");
    }
    let quiet = workshop.codegen("--check --quiet").drift();
    assert!(quiet.contains("generated/src/lib.rs: stale") && !quiet.contains("nobody generated"), "{quiet}");
    assert!(workshop.codegen_in("model", "--check").drift().contains("  ../generated/src/lib.rs: stale\n"));
    assert_eq!(tree(&workshop.path("generated")), spoiled);

    assert_eq!(workshop.codegen("").done(), format!("wrote 2, unchanged {}, removed 1 in _\n", whole.len() - 2));
    assert_eq!(tree(&workshop.path("generated")), whole);
    workshop.codegen("--check").done();
}

#[test]
fn any_changed_byte_of_any_file_is_drift() {
    let workshop = Workshop::with_repository();
    workshop.codegen("").done();
    for (path, text) in tree(&workshop.path("generated")) {
        let middle = text.len() / 2;
        for offset in [0, middle, text.len() - 1] {
            let mut bytes = text.clone().into_bytes();
            *bytes.get_mut(offset).unwrap() ^= 1;
            workshop.put(&format!("generated/{path}"), bytes);
            let report = workshop.codegen("--check").drift();
            assert!(report.contains(&format!("  generated/{path}: stale\n")) && report.contains("\n@@ "), "byte {offset}:\n{report}");
        }
        workshop.put(&format!("generated/{path}"), &text);
    }
    workshop.codegen("--check").done();
}

#[test]
fn a_check_before_the_first_run_finds_all_files_missing() {
    let workshop = Workshop::with_model();
    let report = workshop.codegen("--check --model m.json --operations GetCity --out 'new one'").drift();
    assert!(report.contains("  new one/Cargo.toml: missing\n"), "{report}");
    assert!(
        report.ends_with("\nto bring it up to date, run: cargo xtask codegen --model m.json --out 'new one' --operations GetCity\n"),
        "{report}"
    );
    assert!(!workshop.path("new one").exists());
}

#[test]
fn quiet_is_silent_and_verbose_names_every_file() {
    let workshop = Workshop::with_repository();
    let quiet = workshop.codegen("--quiet");
    assert_eq!((quiet.status, quiet.out.as_str(), quiet.err.as_str()), (0, "", ""));
    workshop.remove("generated/Cargo.toml");
    workshop.put("generated/notes.txt", "mine");
    let verbose = workshop.codegen("--verbose");
    assert_eq!(verbose.status, 0);
    assert!(verbose.err.contains("wrote: generated/Cargo.toml\n"), "{}", verbose.err);
    assert!(verbose.err.contains("left alone: generated/notes.txt\n"), "{}", verbose.err);
    assert!(!verbose.err.contains("src/lib.rs"), "{}", verbose.err);
}

#[test]
fn two_runs_at_once_leave_the_crate_of_one_of_them() {
    let workshop = Workshop::with_model();
    let selections = ["--operations GetCity", "--operations ListCities", "--all-operations"];
    for _ in 0..5 {
        let runs: Vec<_> = selections
            .iter()
            .chain(&selections)
            .map(|selection| workshop.start(&format!("--model m.json --out crate {selection}")))
            .collect();
        for run in runs {
            run.wait().done_after_waiting();
        }
        let clean =
            selections.iter().filter(|selection| workshop.codegen(&format!("--check --model m.json --out crate {selection}")).status == 0);
        assert_eq!(clean.count(), 1);
    }
}

#[test]
fn help_ends_with_status_0() {
    let workshop = Workshop::with_model();
    let help = workshop.codegen("--help");
    assert_eq!((help.status, help.err.as_str()), (0, ""));
    for option in [
        "--check",
        "--model <FILE>",
        "--overlay <FILE>",
        "--operations <A,B,C>",
        "--all-operations",
        "--name <CRATE>",
        "--out <DIR>",
        "--quiet",
        "--verbose",
    ] {
        assert!(help.out.contains(option), "{option} is not in\n{}", help.out);
    }
}

#[test]
fn endpoint_rules_are_read_beside_botocores_model_or_from_a_given_file() {
    let workshop = Workshop::with_model();
    let rules = |url: &str| {
        let rule = format!(r#"{{ "type": "endpoint", "conditions": [], "endpoint": {{ "url": "{url}" }} }}"#);
        format!(r#"{{ "version": "1.0", "parameters": {{}}, "rules": [{rule}] }}"#)
    };
    workshop.put("data/service-2.json", workshop::MODEL);
    let generate = |options: &str| {
        workshop.codegen(&format!("{options} --all-operations --out out")).done();
        tree(&workshop.path("out")).get("src/endpoint.rs").cloned().unwrap_or_default()
    };
    assert_eq!(generate("--model data/service-2.json"), "");
    workshop.put("data/endpoint-rule-set-1.json", rules("https://beside"));
    workshop.put("mine.json", rules("https://mine"));
    assert!(generate("--model data/service-2.json").contains("https://beside"));
    assert!(generate("--model data/service-2.json --endpoint-rules mine.json").contains("https://mine"));
    // Rules are found beside botocore's file names only.
    workshop.put("endpoint-rule-set-1.json", rules("https://beside"));
    assert_eq!(generate("--model m.json"), "");

    workshop.put("data/endpoint-rule-set-1.json", "{}");
    let refused = workshop.codegen("--model data/service-2.json --all-operations --out out").refused();
    assert!(refused.contains("data/endpoint-rule-set-1.json: the key `rules` is missing"), "{refused}");
}

#[test]
fn paginators_are_read_beside_botocores_model() {
    let workshop = Workshop::with_model();
    let text = r#"{
        "version": "2.0",
        "metadata": { "serviceId": "T", "endpointPrefix": "t", "protocol": "json", "jsonVersion": "1.1", "targetPrefix": "T", "apiVersion": "2020-01-01",
            "signatureVersion": "v4" },
        "operations": { "List": { "name": "List", "input": { "shape": "In" }, "output": { "shape": "Out" } } },
        "shapes": {
            "S": { "type": "string" },
            "Names": { "type": "list", "member": { "shape": "S" } },
            "In": { "type": "structure", "members": { "Token": { "shape": "S" } } },
            "Out": { "type": "structure", "members": { "Next": { "shape": "S" }, "Names": { "shape": "Names" } } }
        }
    }"#;
    workshop.put("data/service-2.json", text);
    let generate = || {
        workshop.codegen("--model data/service-2.json --all-operations --out out").done();
        tree(&workshop.path("out")).get("src/operation/list/paginator.rs").cloned().unwrap_or_default()
    };
    assert_eq!(generate(), "");
    let paginator = r#"{ "input_token": "Token", "output_token": "Next", "result_key": "Names" }"#;
    workshop.put("data/paginators-1.json", format!(r#"{{ "pagination": {{ "List": {paginator} }} }}"#));
    assert!(generate().contains("pub struct ListPaginatorItems("));

    workshop.put("data/paginators-1.json", format!(r#"{{ "pagination": {{ "List": {} }} }}"#, paginator.replace("Next", "Nxt")));
    let refused = workshop.codegen("--model data/service-2.json --all-operations --out out").refused();
    let expected = "data/paginators-1.json#/pagination/List/output_token: the output has no member `Nxt`\n  hint: did you mean `Next`?";
    assert!(refused.contains(expected), "{refused}");
}
