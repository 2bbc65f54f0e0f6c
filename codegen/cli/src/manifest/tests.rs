#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;

const GOOD: &str = r#"# Our clients.
[models]
botocore = "1.43.67" # taken in May

[crates.my-sqs]
service = "sqs"
operations = ["SendMessage", "ReceiveMessage"] # the worker's
path = "crates/my-sqs"

[crates.my-ssm]
service = "ssm"
operations = "all"
path = "crates/my-ssm"
docs = "none"
version = "0.3.1"
"#;

fn parse(text: &str) -> Result<Manifest, Vec<Diagnostic>> {
    Manifest::parse(Path::new("/repository"), FILE, text)
}

/// The findings of a manifest as one text.
#[track_caller]
fn findings(text: &str) -> String {
    let found = parse(text).expect_err("the manifest has a fault");
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn values_have_their_places() {
    let manifest = parse(GOOD).unwrap();
    let Origin::Botocore { version, sha256: None } = &manifest.origin else { panic!("{:?}", manifest.origin) };
    assert_eq!((version.value.as_str(), version.at.as_str()), ("1.43.67", "smithlet.toml:3:12"));
    let [sqs, ssm] = manifest.crates.as_slice() else { panic!("{:?}", manifest.crates) };
    let Chosen::Named(names) = &sqs.operations else { panic!("{:?}", sqs.operations) };
    let places: Vec<(&str, &str)> = names.iter().map(|name| (name.value.as_str(), name.at.as_str())).collect();
    assert_eq!(places, [("SendMessage", "smithlet.toml:7:15"), ("ReceiveMessage", "smithlet.toml:7:30")]);
    assert_eq!((sqs.name.value.as_str(), sqs.name.at.as_str()), ("my-sqs", "smithlet.toml:5:9"));
    assert_eq!((&ssm.operations, ssm.docs), (&Chosen::All, ::codegen::Documentation::None));
    assert_eq!(ssm.version.as_ref().map(|version| version.value.as_str()), Some("0.3.1"));
}

#[test]
fn the_nearest_manifest_at_or_above_the_folder_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a/b");
    std::fs::create_dir_all(&deep).unwrap();
    assert!(Manifest::find(&deep).unwrap().is_none());
    std::fs::write(folder.path().join(FILE), GOOD).unwrap();
    let found = Manifest::find(&deep).unwrap().unwrap();
    assert_eq!((found.folder.as_path(), found.shown.as_str()), (place::resolve(folder.path()).as_path(), "../../smithlet.toml"));
}

#[test]
fn text_that_is_not_toml_is_located() {
    let text = findings("[models]\nbotocore = 1.43.67\n");
    assert!(text.starts_with("smithlet.toml:2:"), "{text}");
    assert!(text.contains("is not valid TOML: "), "{text}");
    assert!(findings("[models\n").starts_with("smithlet.toml:1:"));
    assert!(findings("[models]\npath = \"a\"\npath = \"b\"\n").starts_with("smithlet.toml:3:"));
}

#[test]
fn unknown_keys_are_reported_with_the_nearest_ones() {
    let text = findings(&GOOD.replace("service = \"sqs\"", "servce = \"sqs\"").replace("[models]", "colour = 1\n[models]"));
    let expected = "smithlet.toml:2:1: the manifest has no key `colour`\n  hint: the keys are `models` and `crates`\n\
        smithlet.toml:6:9: the crate `my-sqs` has no `service`\n  hint: the service's name, such as `service = \"sqs\"`\n\
        smithlet.toml:7:1: the crate `my-sqs` has no key `servce`\n  hint: did you mean `service`?\n";
    assert_eq!(text, expected);
}

#[test]
fn every_value_of_another_kind_is_reported() {
    for (good, bad, expected) in [
        ("\"sqs\"", "7", "smithlet.toml:6:11: `service` is an integer, expected a string\n"),
        ("\"sqs\"", "\"\"", "smithlet.toml:6:11: `service` is empty\n"),
        ("\"all\"", "true", "smithlet.toml:12:14: `operations` is a boolean, expected a list\n"),
        ("\"all\"", "[]", "smithlet.toml:12:14: `operations` is empty\n"),
        ("\"all\"", "[\"A\", 1]", "smithlet.toml:12:20: an operation is an integer, expected a string\n"),
        ("\"all\"", "[\"A\", \"A\"]", "smithlet.toml:12:20: `A` is listed twice\n"),
        ("\"none\"", "\"ours\"", "smithlet.toml:14:8: `docs` is `ours`, expected \"theirs\" or \"none\"\n"),
        ("\"0.3.1\"", "\"0.3\"", "smithlet.toml:15:11: `0.3` is not a valid crate version\n"),
        ("\"1.43.67\"", "\"newest\"", "smithlet.toml:3:12: `newest` is not a version of botocore\n"),
        ("# taken in May", "\nsha256 = \"12\"", "smithlet.toml:4:10: is not a SHA-256 digest\n"),
        ("# taken in May", "\npath = \"models\"", "smithlet.toml:4:1: `models` has both `botocore` and `path`\n"),
        ("crates.my-sqs", "crates.\"my sqs\"", "smithlet.toml:5:9: `my sqs` is not a valid crate name\n"),
    ] {
        let text = findings(&GOOD.replace(good, bad));
        assert!(text.starts_with(expected), "{bad}: {text}");
    }
    assert!(findings("[crates]\n").starts_with("smithlet.toml: the table `models` is missing\n"));
    assert!(findings("[models]\n").starts_with("smithlet.toml:1:1: the table `models` has neither `botocore` nor `path`\n"));
    assert!(findings("models = 1\n").starts_with("smithlet.toml:1:10: `models` is an integer, expected a table\n"));
}

#[test]
fn crates_have_folders_of_their_own_inside_the_manifests() {
    for (path, expected) in [
        ("/tmp/a", "`path` is an absolute path"),
        ("C:/a", "`path` is an absolute path"),
        ("../a", "`path` leads out of the manifest's folder"),
        ("a/../../b", "`path` leads out of the manifest's folder"),
        (".", "`path` is the manifest's own folder"),
        ("a\\\\b", "`path` has a character that some systems do not allow in a path"),
        ("crates/my-sqs", "`path` is the folder of the crate `my-sqs` too"),
        ("crates/My-SQS/", "`path` is the folder of the crate `my-sqs` too"),
        ("crates/my-sqs/deep", "`path` lies inside the folder of the crate `my-sqs`"),
        ("crates", "the folder of the crate `my-sqs` lies inside `path`"),
    ] {
        let text = findings(&GOOD.replace("\"crates/my-ssm\"", &format!("\"{path}\"")));
        assert!(text.starts_with(&format!("smithlet.toml:13:8: {expected}\n")), "{path}: {text}");
    }
    let text = findings(&GOOD.replace("docs = \"none\"", "overlay = \"../o.json\""));
    assert!(text.starts_with("smithlet.toml:14:11: `overlay` leads out"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_the_manifests_folder() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(other.path(), folder.path().join("crates")).unwrap();
    let found = Manifest::parse(&place::resolve(folder.path()), FILE, GOOD).unwrap_err();
    assert!(found.iter().all(|finding| finding.message == "`path` leads out of the manifest's folder through a link"), "{found:?}");
    assert_eq!(found.len(), 2);
}

#[test]
fn unknown_crates_are_reported_with_the_nearest_ones() {
    let manifest = parse(GOOD).unwrap();
    let found = manifest.crates(&["my-sqss".to_owned(), "dynamodb".to_owned()]).unwrap_err();
    assert_eq!(found.first().unwrap().to_string(), "smithlet.toml: has no crate `my-sqss`\n  hint: did you mean `my-sqs` or `my-ssm`?");
    assert_eq!(found.get(1).unwrap().to_string(), "smithlet.toml: has no crate `dynamodb`\n  hint: it has `my-sqs` and `my-ssm`");
    let names = |chosen: &[&str]| {
        let chosen: Vec<String> = chosen.iter().map(|&name| name.to_owned()).collect();
        manifest.crates(&chosen).unwrap().iter().map(|entry| entry.name.value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&[]), ["my-sqs", "my-ssm"]);
    assert_eq!(names(&["my-ssm", "my-sqs"]), ["my-sqs", "my-ssm"], "the manifest's order");
}

#[test]
fn changes_keep_comments_and_order() {
    let digest = "ab".repeat(32);
    let text = edit::with_release(GOOD, "1.44.8", Some(&digest)).unwrap();
    let text = edit::with_version(&text, "my-ssm", "0.4.0").unwrap();
    let expected = GOOD
        .replace("\"1.43.67\" # taken in May\n", &format!("\"1.44.8\" # taken in May\nsha256 = \"{digest}\"\n"))
        .replace("0.3.1", "0.4.0");
    assert_eq!(text, expected);
    assert!(parse(&text).is_ok());
}

#[test]
fn an_equal_release_changes_nothing() {
    let odd = GOOD.replace("botocore = \"1.43.67\"", "botocore   =   '1.43.67'");
    assert_eq!(edit::with_release(&odd, "1.43.67", None).unwrap(), odd);
}

#[test]
fn a_crate_is_added_at_the_end() {
    let operations = ["PutItem".to_owned(), "GetItem".to_owned()];
    let new = edit::NewCrate { name: "my-dynamodb", service: "dynamodb", operations: Some(&operations), path: "crates/my-dynamodb" };
    let text = edit::with_crate(GOOD, &new).unwrap();
    let expected =
        "\n[crates.my-dynamodb]\nservice = \"dynamodb\"\noperations = [\"PutItem\", \"GetItem\"]\npath = \"crates/my-dynamodb\"\n";
    assert_eq!(text, format!("{GOOD}{expected}"));
    assert_eq!(parse(&text).unwrap().crates.len(), 3);
    let first = edit::with_crate(&edit::beginning("botocore = \"1.43.67\""), &edit::NewCrate { operations: None, ..new }).unwrap();
    assert!(first.ends_with("[models]\nbotocore = \"1.43.67\"\n\n[crates.my-dynamodb]\nservice = \"dynamodb\"\noperations = \"all\"\npath = \"crates/my-dynamodb\"\n"), "{first}");
    assert_eq!(parse(&first).unwrap().crates.len(), 1);
}

#[test]
fn a_long_list_of_operations_has_a_line_for_each() {
    let operations: Vec<String> = (0..9).map(|number| format!("AnOperationWithALongName{number}")).collect();
    let new = edit::NewCrate { name: "a", service: "a", operations: Some(&operations), path: "a" };
    let text = edit::with_crate(GOOD, &new).unwrap();
    assert!(text.contains("operations = [\n    \"AnOperationWithALongName0\",\n    \"AnOperationWithALongName1\",\n"), "{text}");
    assert!(text.contains("    \"AnOperationWithALongName8\",\n]\npath = \"a\"\n"), "{text}");
    assert!(parse(&text).is_ok());
}

#[test]
fn inline_tables_are_read_and_changed() {
    let text = "models = { path = \"models\" }\n[crates]\na = { service = \"a\", operations = \"all\", path = \"crates/a\" }\n";
    assert_eq!(parse(text).unwrap().crates.len(), 1);
    let new = edit::NewCrate { name: "b", service: "b", operations: None, path: "crates/b" };
    let text = edit::with_crate(text, &new).unwrap();
    assert_eq!(parse(&text).unwrap().crates.len(), 2, "{text}");
    assert!(edit::with_path(&text, "newer").unwrap().starts_with("models = { path = \"newer\" }\n"));
}
