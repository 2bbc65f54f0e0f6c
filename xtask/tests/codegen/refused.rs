//! Bad input: the run ends with status 2 and one clear message for each fault, and changes nothing.

use crate::workshop::{MODEL, Workshop, tree};

/// The whole message of a run that ends with status 2 and changes no file.
#[track_caller]
fn refused(workshop: &Workshop, words: &str) -> String {
    let before = tree(&workshop.path(""));
    let message = workshop.codegen(words).refused();
    assert_eq!(tree(&workshop.path("")), before);
    message
}

const INTO: &str = "--all-operations --out crate";

#[test]
fn missing_models_and_binary_models_are_refused() {
    let workshop = Workshop::with_model();
    workshop.put("bytes.json", b"{\"smithy\": \"2.0\xff\"}");
    workshop.put("utf16.json", b"\xff\xfe{\0}\0");
    workshop.put("models/m.json", MODEL);
    for (words, message) in [
        ("--model gone.json", "gone.json: no such file\n"),
        ("--model models", "models: is a folder, not a file\n"),
        ("--model m.json/m.json", "m.json/m.json: cannot be opened: a file is in the place of a folder\n"),
        ("--model bytes.json", "bytes.json: is not UTF-8: the byte 0xff at offset 15 is not allowed there\n"),
        (
            "--model utf16.json",
            "utf16.json: is not UTF-8: the byte 0xff at offset 0 is not allowed there\n  hint: the file looks like UTF-16; save it as UTF-8\n",
        ),
        ("--model m.json --overlay gone.json", "gone.json: no such file\n"),
        // All faults are reported in one run.
        (
            "--model models --overlay bytes.json",
            "models: is a folder, not a file\nbytes.json: is not UTF-8: the byte 0xff at offset 15 is not allowed there\n",
        ),
    ] {
        assert_eq!(refused(&workshop, &format!("{words} {INTO}")), message, "{words}");
        assert_eq!(refused(&workshop, &format!("--check --quiet {words} {INTO}")), message, "{words}");
    }
}

#[test]
fn a_checkout_without_its_overlay_is_refused() {
    let workshop = Workshop::with_repository();
    workshop.remove("model/codebuild.overlay.json");
    assert_eq!(refused(&workshop, ""), "model/codebuild.overlay.json: no such file\n");
    assert_eq!(workshop.codegen_in("model", "").refused(), "codebuild.overlay.json: no such file\n");
}

#[test]
fn the_generators_findings_are_reported() {
    let workshop = Workshop::with_model();
    workshop.put("empty.json", "");
    workshop.put("cut.json", MODEL.split_at(MODEL.len() / 2).0);
    workshop.put("nested.json", "[".repeat(100_000));
    for file in ["empty.json", "cut.json", "nested.json"] {
        let message = refused(&workshop, &format!("--model {file} {INTO}"));
        assert!(message.starts_with(file), "{message}");
    }
    let message = refused(&workshop, "--model m.json --operations GetCty,ListCities --out crate");
    assert!(message.contains("GetCty"), "{message}");
    assert!(!workshop.path("crate").exists());
}

#[test]
fn another_model_needs_operations_and_a_folder() {
    let workshop = Workshop::with_model();
    let head = "error: with --model, the following arguments are required:\n";
    let (operations, folder) = ("  <--operations <A,B,C>|--all-operations>\n", "  --out <DIR>\n");
    let offer = "\n  hint: m.json has 2 operations: GetCity, ListCities\n";
    for (words, missing) in [
        ("--model m.json", format!("{operations}{folder}")),
        ("--model m.json --out crate", operations.to_owned()),
        ("--model m.json --all-operations", folder.to_owned()),
    ] {
        let message = refused(&workshop, words);
        assert!(message.starts_with(&format!("{head}{missing}{offer}\nUsage: cargo xtask codegen")), "{words}:\n{message}");
    }
    let message = refused(&workshop, "--model gone.json");
    assert!(message.starts_with(&format!("gone.json: no such file\n{head}{operations}{folder}\nUsage: ")), "{message}");
}

#[test]
fn contradicting_options_are_refused() {
    let workshop = Workshop::with_repository();
    for words in [
        "--overlay m.json",
        "--operations GetCity --all-operations",
        "--quiet --verbose",
        "--operations GetCity,,ListCities",
        "--chek",
        "more",
        "--out",
    ] {
        let message = refused(&workshop, words);
        assert!(message.starts_with("error: ") && message.contains("--help"), "{words}:\n{message}");
    }
}

#[test]
fn an_output_folder_that_is_a_file_is_refused() {
    let workshop = Workshop::with_model();
    workshop.put("file", "mine");
    let with = |out: &str| refused(&workshop, &format!("--model m.json --all-operations --out {out}"));
    assert_eq!(with("file"), "file: is not a folder, so nothing can be generated into it\n");
    let message = with("file/below");
    assert!(message.starts_with("file/below: cannot be a folder: ") && message.ends_with("file is not one\n"), "{message}");
}

/// Root may write nearly anywhere, but not here.
#[cfg(target_os = "linux")]
#[test]
fn a_read_only_output_folder_is_refused() {
    let workshop = Workshop::with_model();
    let message = refused(&workshop, "--model m.json --all-operations --out /proc/smithlet/crate");
    assert_eq!(message, "/proc/smithlet: cannot be created as a folder: no such file or folder\n  hint: nothing was changed\n");
}

#[test]
fn foreign_files_are_never_replaced() {
    let workshop = Workshop::with_model();
    workshop.put("crate/Cargo.toml", "[package]\nname = \"mine\"\n");
    workshop.put("crate/src/lib.rs/mine.txt", "mine");
    let message = refused(&workshop, &format!("--model m.json {INTO}"));
    assert_eq!(
        message,
        "crate/src/lib.rs: is a folder, but a generated file belongs there\n  hint: move it or choose another folder\n\
         crate/Cargo.toml: is in the way: it does not carry the mark of generated files (@generated by Smithlet)\n  \
         hint: if it is yours, move it or choose another folder; if it is a damaged file of ours, remove it\n"
    );
    // A check reports the same files as differences.
    let report = workshop.codegen(&format!("--check --model m.json {INTO}")).drift();
    assert!(report.contains("  crate/Cargo.toml: stale\n") && report.contains("  crate/src/lib.rs: is a folder, but"), "{report}");
}
