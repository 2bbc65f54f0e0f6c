#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use crate::Exit;
use crate::changes::Arguments;
use crate::changes::tests::{SMALL, changes, parse};
use crate::models::tests::{DAY, cached};
use crate::report::Console;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The small model with another member.
fn more() -> String {
    SMALL.replace(r#""b": {"#, r#""c": {"shape": "Text"}, "b": {"#)
}

/// A folder `h` with four releases: the second adds a member, the third is the same, and the fourth removes a member.
fn releases() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("h")).unwrap();
    let less = more().replace(r#", "b": {"shape": "Text"}"#, "");
    for (name, text) in [("1.9.json", SMALL), ("1.10.json", &more()), ("1.11.json", &more()), ("1.12.json", &less)] {
        put(&folder, name, text);
    }
    put(&folder, "dates.txt", "1.9 2020-01-01\n1.10 2020-02-01\n1.11 2020-03-01\n1.12 2020-04-01\n");
    folder
}

fn put(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join("h").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn history(folder: &TempDir, words: &str) -> (Exit, String, String) {
    changes(folder.path(), &format!("--history h {words}"))
}

/// A path below `h` as messages show it.
fn shown(name: &str) -> String {
    Path::new("h").join(name).display().to_string()
}

/// The texts between two marks.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).map(|part| part.split_once(end).unwrap().0).collect()
}

#[test]
fn updates_are_reported_with_their_verdicts_newest_first() {
    let (exit, out, err) = history(&releases(), "");
    assert_eq!((exit, err.as_str()), (Exit::Done, ""));
    assert!(
        out.starts_with(
            "T\n\n2 updates of all operations in 4 releases from 1.9 (2020/01/01) to 1.12 (2020/04/01)\n\n\
             wire: compatible (a client in the field still works)\n\
             crate: major (some code that uses the regenerated crate does not compile any more)\n\n\
             Updates\n  - 2020/04/01 - 1.12 - 1 updated api methods; wire compatible, crate major\n  \
             - 2020/02/01 - 1.10 - 1 updated api methods; wire compatible, crate minor\n\n\
             2020/04/01 - 1.12 - 1 updated api methods\n"
        ),
        "{out}"
    );
    assert!(out.contains("\n\n2020/02/01 - 1.10 - 1 updated api methods\nwire: compatible"), "{out}");
    assert!(out.ends_with("Ask (updated)\nChanges (request)\n{'c': 'string'}\n"), "{out}");
}

#[test]
fn one_run_writes_a_report_of_any_form_and_the_feed() {
    let folder = releases();
    let feed = folder.path().join("feed.xml");
    let (exit, json, err) = history(&folder, "--format json --feed feed.xml");
    assert_eq!((exit, err.as_str()), (Exit::Done, ""));
    let written = fs::read_to_string(&feed).unwrap();
    let ids = between(&written, "<id>", "</id>");
    assert_eq!(between(&json, "\"id\": \"", "\""), ids, "the same ids in the same order");
    assert_eq!(ids.len(), 3, "that of the feed, and one for each update");
    assert_eq!(
        between(&written, "<title>", "</title>"),
        [
            "T: updates of all operations",
            "T 1.12: 1 updated api methods; wire compatible, crate major",
            "T 1.10: 1 updated api methods; wire compatible, crate minor"
        ]
    );
    assert_eq!(between(&written, "<updated>", "</updated>"), ["2020-04-01T00:00:00Z", "2020-04-01T00:00:00Z", "2020-02-01T00:00:00Z"]);
    assert!(
        json.contains("\"since\": \"1.11\"") && json.contains("\"first\": {\n    \"version\": \"1.9\",\n    \"date\": \"2020-01-01\"\n  }"),
        "{json}"
    );
    let (_, html, _) = history(&folder, "--format html");
    assert!(html.starts_with("<!doctype html>\n") && html.contains("<div id=\"update-1.12\">"), "{html}");
    let (_, markdown, _) = history(&folder, "--format markdown");
    assert!(markdown.contains("\n## 2020/04/01 - 1.12 - 1 updated api methods\n"), "{markdown}");
    assert_eq!(fs::read_to_string(&feed).unwrap(), written, "without --feed it stays as it is");
}

#[test]
fn ids_stay_when_the_history_grows() {
    let folder = releases();
    let ids = |words: &str| -> Vec<String> {
        let (_, json, _) = history(&folder, &format!("--format json {words}"));
        between(&json, "\"id\": \"", "\"").into_iter().map(str::to_owned).collect()
    };
    let before = ids("");
    assert_eq!(before, ids(""));
    put(&folder, "1.8.json", &SMALL.replace(r#""a": {"shape": "Text"}, "#, ""));
    put(&folder, "1.13.json", SMALL);
    put(&folder, "dates.txt", "1.8 2019-12-01\n1.9 2020-01-01\n1.10 2020-02-01\n1.11 2020-03-01\n1.12 2020-04-01\n1.13 2020-05-01\n");
    let after = ids("");
    assert_eq!((after.len(), &after[0], &after[2..4]), (before.len() + 2, &before[0], &before[1..]));
    let other = ids("--operations Ask");
    assert!(other.len() == after.len() && other.iter().all(|id| !after.contains(id)), "a feed of other operations has ids of its own");
}

#[test]
fn documentation_is_an_update_unless_it_is_left_out() {
    let folder = releases();
    put(&folder, "1.11.json", &more().replace(r#""Text": {"#, r#""Text": {"documentation": "Any text.", "#));
    put(&folder, "1.12.json", &more().replace(r#""Text": {"#, r#""Text": {"documentation": "Any text.", "#));
    let (_, out, _) = history(&folder, "");
    assert!(out.contains("  - 2020/03/01 - 1.11 - 1 text reads differently; wire compatible, crate none\n"), "{out}");
    let (_, out, _) = history(&folder, "--no-docs");
    assert!(out.contains("1 update of all operations in 4 releases") && !out.contains("1.11 -"), "{out}");
}

#[test]
fn the_exit_status_follows_the_worst_update() {
    let folder = releases();
    let exit = |words: &str| history(&folder, words).0;
    assert_eq!([exit("--exit-code"), exit("--fail-on major"), exit("--fail-on breaking")], [Exit::Drift, Exit::Drift, Exit::Done]);
    fs::remove_file(folder.path().join("h/1.12.json")).unwrap();
    fs::remove_file(folder.path().join("h/1.9.json")).unwrap();
    assert_eq!([exit("--exit-code"), exit("--fail-on minor")], [Exit::Done, Exit::Done]);
    let (_, out, _) = history(&folder, "--feed feed.xml");
    assert!(out.starts_with("T\n\n0 updates of all operations in 2 releases from 1.10 (2020/02/01) to 1.11 (2020/03/01)\n"), "{out}");
    let feed = fs::read_to_string(folder.path().join("feed.xml")).unwrap();
    assert!(feed.contains("<updated>2020-03-01T00:00:00Z</updated>") && !feed.contains("<entry>"), "{feed}");
}

#[test]
fn an_operation_may_be_newer_than_the_first_releases() {
    let folder = releases();
    let tell = r#""operations": {"Tell": {"name": "Tell", "http": {"method": "POST", "requestUri": "/"}}, "#;
    put(&folder, "1.12.json", &more().replace(r#""operations": {"#, tell));
    let (exit, out, err) = history(&folder, "--operations Tell");
    assert_eq!((exit, err.as_str()), (Exit::Done, ""));
    assert!(out.contains("1 update of Tell in 4 releases") && out.contains("\nTell (new)\n"), "{out}");
    let (exit, _, err) = history(&folder, "--operations Tel,Ask,Sing");
    assert_eq!(exit, Exit::Bad);
    assert_eq!(
        err,
        "no release has an operation `Sing`\n  hint: they have `Ask` and `Tell`\n\
         no release has an operation `Tel`\n  hint: did you mean `Tell`?\n"
    );
}

/// The model of another service.
fn other() -> String {
    SMALL.replace(r#""serviceId": "T""#, r#""serviceId": "O""#).replace(r#""endpointPrefix": "t""#, r#""endpointPrefix": "o""#)
}

/// A folder of botocore's package for each release, with the services whose models are given.
fn package(folder: &TempDir, version: &str, services: &[(&str, &str)]) {
    for (service, text) in services {
        put(folder, &format!("{version}/botocore/data/{service}/2020-01-01/service-2.json"), text);
    }
}

#[test]
fn a_release_may_be_a_package_with_several_services() {
    let folder = tempfile::tempdir().unwrap();
    package(&folder, "botocore-1.1", &[("other", &other())]);
    package(&folder, "botocore-1.2", &[("other", &other()), ("t", SMALL)]);
    package(&folder, "1.3", &[("other", &other()), ("t", &more())]);
    put(&folder, "1.3/botocore/data/t/2020-01-01/endpoint-rule-set-1.json", r#"{"version": "1.0", "parameters": {}, "rules": []}"#);
    put(&folder, "1.4.json", &more());
    put(&folder, "dates.txt", "1.1 2020-01-01\n1.2 2020-02-01\n1.3 2020-03-01\n1.4 2020-04-01");
    let (exit, out, err) = history(&folder, "--service t");
    assert_eq!(exit, Exit::Done, "{err}");
    assert_eq!(err, format!("the service is not yet in `{}`\n", shown("botocore-1.1")));
    assert!(out.contains("2 updates of all operations in 3 releases from 1.2 "), "{out}");
    assert!(out.contains("2020/03/01 - 1.3 - 1 updated api methods, endpoint rules changed; wire compatible, crate minor\n"), "{out}");
    assert!(out.contains("2020/04/01 - 1.4 - endpoint rules changed; "), "{out}");
    let (exit, _, err) = history(&folder, "");
    assert_eq!(exit, Exit::Bad);
    let hint = "expected one service, found 2\n  hint: choose one with --service NAME: `other` and `t`";
    assert_eq!(err, format!("{}: {hint}\n{}: {hint}\n", shown("botocore-1.2"), shown("1.3")));
}

#[test]
fn versions_are_releases_of_botocore_that_know_their_days() {
    let folder = tempfile::tempdir().unwrap();
    let mut cache = None;
    for (version, text) in [("1.9", SMALL.to_owned()), ("1.10", more())] {
        let files = [
            ("botocore/data/o/2020-01-01/service-2.json", &b"{}"[..]),
            ("botocore/data/t/2020-01-01/service-2.json", text.as_bytes()),
            (&format!("botocore-{version}.dist-info/METADATA"), b""),
        ];
        cache = Some(cached(folder.path(), version, &files));
    }
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = Arguments { service: Some("t".to_owned()), ..Arguments::default() };
    let mut console = Console::plain(&mut out, &mut err);
    let history = super::attempt(folder.path(), "1.10, 1.9", &arguments, &cache.unwrap(), &mut console).unwrap();
    let stamps: Vec<_> = history.updates.iter().map(|update| (update.release.version.as_str(), update.release.date.as_str())).collect();
    assert_eq!(stamps, [("1.10", DAY)]);
    assert_eq!((history.first.version.as_str(), history.first.date.as_str()), ("1.9", DAY));
    assert!(String::from_utf8(out).unwrap().starts_with("T\n\n1 update of all operations in 2 releases"));
}

#[test]
fn a_release_without_the_service_is_an_error_after_one_with_it() {
    let folder = tempfile::tempdir().unwrap();
    package(&folder, "1.1", &[("stuff", SMALL)]);
    package(&folder, "1.2", &[("other", &other())]);
    package(&folder, "1.3", &[("stuff", SMALL)]);
    put(&folder, "dates.txt", "1.1 2020-01-01\n1.2 2020-02-01\n1.3 2020-03-01");
    let (exit, out, err) = history(&folder, "--service stuff");
    assert_eq!((exit, out.as_str()), (Exit::Bad, ""));
    assert!(err.starts_with(&shown("1.2")) && err.contains("has no service `stuff`"), "{err}");
    let (exit, _, err) = history(&folder, "--service stuf");
    assert_eq!(exit, Exit::Bad);
    assert!(
        err.starts_with(&shown("1.3")) && err.ends_with(" has no service `stuf`\n  hint: did you mean `stuff`?\n"),
        "one finding: {err}"
    );
}

#[test]
fn every_fault_of_every_release_is_reported_and_nothing_is_written() {
    let folder = releases();
    put(&folder, "1.10.json", "{");
    put(&folder, "1.13.json", SMALL);
    put(&folder, "1.14-1.14.0.tar.gz", "no archive");
    put(&folder, "1.15/README", "no models");
    put(&folder, "dates.txt", "1.9 2020-01-01\n1.10 2020-02-01\n1.11 2020-03-01\n1.12 2020-04-01\n");
    let (exit, out, err) = history(&folder, "--feed feed.xml");
    assert_eq!((exit, out.as_str()), (Exit::Bad, ""));
    let starts: Vec<&str> = err.lines().filter(|line| !line.starts_with("  hint: ")).map(|line| line.split_once(": ").unwrap().0).collect();
    assert_eq!(starts, ["1.10.json", "1.13.json", "1.14-1.14.0.tar.gz", "1.15"].map(shown));
    assert!(err.contains(&format!("the date of the release is not known: only botocore's wheels and source distributions have one\n  hint: add a line to {}, such as: 1.13 2019-11-22\n", shown("dates.txt"))), "{err}");
    assert!(!folder.path().join("feed.xml").exists());
}

#[test]
fn a_release_that_is_there_twice_is_refused_before_anything_is_read() {
    let folder = releases();
    put(&folder, "1.9.0/README", "");
    put(&folder, "service-2.json", SMALL);
    let (exit, _, err) = history(&folder, "");
    assert_eq!(exit, Exit::Bad);
    assert_eq!(
        err,
        format!(
            "{}: the file's name does not have the version of the release\n  \
             hint: rename it, such as to 1.13.26.json or botocore-1.13.26.tar.gz, or move it out of the folder\n\
             {}: the release 1.9 is there twice: {} is the same one\n  hint: remove one of them\n",
            shown("service-2.json"),
            shown("1.9.json"),
            shown("1.9.0")
        )
    );
}

#[test]
fn a_history_needs_two_releases() {
    let folder = releases();
    for name in ["1.10.json", "1.11.json", "1.12.json"] {
        fs::remove_file(folder.path().join("h").join(name)).unwrap();
    }
    assert_eq!(history(&folder, ""), (Exit::Bad, String::new(), "expected two releases or more, found 1\n".to_owned()));
    fs::remove_file(folder.path().join("h/1.9.json")).unwrap();
    assert_eq!(history(&folder, "").2, "expected two releases or more, found 0\n");
}

#[test]
fn what_is_neither_a_folder_nor_versions_is_refused() {
    let folder = releases();
    let err = |from: &str| changes(folder.path(), &format!("--history {from}")).2;
    let expected = "no such folder, and not versions with commas between them, such as 1.13.26,1.13.27";
    assert_eq!(err("gone"), format!("gone: {expected}\n"));
    assert_eq!(err("1.2,"), format!("1.2,: {expected}\n"));
    assert_eq!(
        err("1.2,1.3,1.2"),
        "botocore 1.2: the release 1.2 is there twice: botocore 1.2 is the same one\n  hint: remove one of them\n"
    );
    assert_eq!(err("h/1.9.json"), "h/1.9.json: cannot be read: a file is in the place of a folder\n");
}

#[test]
fn a_feed_that_cannot_be_written_is_an_error_without_a_report() {
    let folder = releases();
    let (exit, out, err) = history(&folder, "--feed h");
    assert_eq!((exit, out.as_str()), (Exit::Bad, ""));
    assert!(err.starts_with("h: cannot be "), "{err}");
}

#[test]
fn contradictions_are_refused() {
    for words in [
        "a b --history h",
        "--feed f",
        "--service s",
        "--history h --overlay o",
        "--history h --date 2020-01-01",
        "--history h --full",
        "--history=",
    ] {
        assert_eq!(parse(words).unwrap_err().exit_code(), 2, "{words}");
    }
}
