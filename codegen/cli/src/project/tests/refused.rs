//! Bad manifests and command lines: one clear error each, and nothing is written.

use super::{MANIFEST, MODEL, Repository};
use crate::Exit;

/// Runs a command that is refused. Returns its standard error.
#[track_caller]
fn refused(repository: &Repository, words: &str) -> String {
    let before = repository.files();
    let (exit, out, err) = repository.run(words);
    assert_eq!((exit, out.as_str()), (Exit::Bad, ""), "{words}: {err}");
    assert_eq!(repository.files(), before, "{words}: nothing is written");
    err
}

#[test]
fn a_folder_without_a_manifest() {
    let repository = Repository::new("");
    for words in ["generate", "check", "update 1.2.3"] {
        let expected = "there is no smithlet.toml here or in a folder above\n  hint: `cargo smithlet new SERVICE OPERATION,OPERATION` makes one, with a first crate\n";
        assert_eq!(refused(&repository, words), expected);
    }
}

#[test]
fn faults_of_the_manifest() {
    for (good, bad, expected) in [
        ("[models]", "[models", "smithlet.toml:1:"),
        ("service =", "sevice =", "smithlet.toml:4:9: the crate `my-tiny` has no `service`\n"),
        ("\"crates/my-tiny\"", "\"../my-tiny\"", "smithlet.toml:7:8: `path` leads out of the manifest's folder\n"),
        ("\"tiny\"", "\"tinny\"", "smithlet.toml:5:11: models has no service `tinny`\n  hint: did you mean `tiny`"),
        ("\"Ask\"", "\"Tell\", \"Asks\"", "smithlet.toml:6:23: the service `tiny` has no operation `Asks`\n  hint: did you mean `Ask`?\n"),
        ("\"Ask\"", "\"Hear\"", "smithlet.toml:6:15: `Hear` is not supported: it requires endpoint discovery"),
        ("path = \"models\"", "path = \"model\"", "smithlet.toml:2:8: there is no file or folder `model`\n"),
        ("version =", "overlay = \"o.json\"\nversion =", "o.json: no such file\n"),
        (
            "version =",
            "protocol = \"restJson1\"\nversion =",
            "smithlet.toml:8:12: the protocol `restJson1` cannot be chosen\n  hint: choose among `awsJson1_1`\n",
        ),
    ] {
        let repository = Repository::new(&MANIFEST.replace(good, bad));
        for words in ["generate", "check"] {
            let err = refused(&repository, words);
            assert!(err.starts_with(expected), "{bad}: {err}");
        }
    }
}

#[test]
fn all_faults_are_reported_in_one_run() {
    let other = "\n[crates.b]\nservice = \"othr\"\noperations = \"all\"\npath = \"crates/b\"\n";
    let repository = Repository::new(&format!("{}{other}", MANIFEST.replace("\"tiny\"", "\"tinny\"")));
    let err = refused(&repository, "generate");
    assert!(err.contains("smithlet.toml:5:11: ") && err.contains("smithlet.toml:11:11: "), "{err}");
    let fixed = format!("{MANIFEST}{}", other.replace("othr", "other")).replace("[\"Ask\"]", "[\"Asks\"]").replace("\"all\"", "[\"Tel\"]");
    let repository = Repository::new(&fixed);
    let err = refused(&repository, "generate");
    assert!(err.contains("smithlet.toml:6:15: ") && err.contains("smithlet.toml:12:15: "), "{err}");
}

#[test]
fn a_folder_that_holds_other_files() {
    let repository = Repository::new(MANIFEST);
    repository.put("crates/my-tiny/notes.txt", "mine");
    let err = refused(&repository, "generate");
    let expected = "smithlet.toml:7:8: the folder crates/my-tiny holds files that are not generated: `notes.txt`\n";
    assert!(err.starts_with(expected), "{err}");
    repository.put("crates/my-tiny/Cargo.toml", "[package]\nname = \"mine\"\n");
    assert!(refused(&repository, "generate").contains("`Cargo.toml` and `notes.txt`"));
    // Files beside those that are generated are kept.
    let repository = Repository::new(MANIFEST);
    assert_eq!(repository.run("generate").0, Exit::Done);
    repository.put("crates/my-tiny/CHANGELOG.md", "mine");
    assert_eq!(repository.run("generate").0, Exit::Done);
    repository.put("crates/my-tiny/src/lib.rs", "// mine\n");
    let err = refused(&repository, "generate");
    assert!(err.starts_with("crates/my-tiny/src/lib.rs: is in the way: "), "{err}");
    assert_eq!(repository.run("check").0, Exit::Drift);
}

#[test]
fn a_crate_for_a_newer_runtime() {
    let repository = Repository::new(MANIFEST);
    assert_eq!(repository.run("generate").0, Exit::Done);
    let cargo = repository.text("crates/my-tiny/Cargo.toml");
    repository.put("crates/my-tiny/Cargo.toml", &cargo.replace("{ version = \"0.1.0\"", "{ version = \"7.0.0\""));
    let err = refused(&repository, "generate");
    assert!(err.starts_with("smithlet.toml:7:8: the crate in crates/my-tiny is generated for smithlet-runtime `7.0.0`"), "{err}");
    assert!(err.contains("install a newer tool"), "{err}");
    repository.put("crates/my-tiny/Cargo.toml", &cargo.replace("{ version = \"0.1.0\"", "{ version = \"0.0.9\""));
    let (exit, _, err) = repository.run("generate");
    assert_eq!((exit, err.as_str()), (Exit::Done, "crates/my-tiny: depends on smithlet-runtime 0.0.9 now, generated for 0.1.0\n"));
}

#[test]
fn faults_of_the_command_line() {
    let repository = Repository::new(MANIFEST);
    for (words, expected) in [
        ("new tinny Ask", "models has no service `tinny`\n  hint: did you mean `tiny`"),
        ("new tiny Asks", "the service `tiny` has no operation `Asks`\n  hint: did you mean `Ask`?\n"),
        ("new tiny Ask,Hear", "`Hear` is not supported: it requires endpoint discovery"),
        ("new tiny Ask --name my-tiny", "smithlet.toml:4:9: the manifest has a crate `my-tiny` already\n"),
        ("new tiny Ask --name 1", "`1` is not a valid crate name\n"),
        ("new tiny Ask --path ../elsewhere", "../elsewhere is not a folder inside "),
        ("new tiny Ask --path crates/my-tiny/x", "`path` lies inside the folder of the crate `my-tiny`\n"),
        ("new tiny Ask --path models/tiny", "the folder models/tiny holds files that are not generated: "),
        ("generate tiny", "smithlet.toml: has no crate `tiny`\n  hint: "),
        ("update", "smithlet.toml:2:8: the models are files of this repository"),
        ("update nowhere", "nowhere: "),
        ("changes nowhere models", "nowhere: "),
        ("operations tinny", "models has no service `tinny`\n"),
    ] {
        let err = refused(&repository, words);
        assert!(err.starts_with(expected), "{words}: {err}");
    }
}

#[test]
fn an_update_that_loses_an_operation() {
    let repository = Repository::new(MANIFEST);
    assert_eq!(repository.run("generate").0, Exit::Done);
    repository.put("newer/tiny/2020-01-01/service-2.json", &MODEL.replace("\"Ask\": {\"name\": \"Ask\"", "\"Asks\": {\"name\": \"Asks\""));
    let err = refused(&repository, "update newer");
    assert!(err.starts_with("smithlet.toml:6:15: the service `tiny` has no operation `Ask`\n  hint: did you mean `Asks`?\n"), "{err}");
}
