#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::sync::Stale;
use ::codegen::model::Pointer;

/// The output of a console: standard output and standard error.
fn printed(setup: impl FnOnce(&mut Console<'_>), act: impl FnOnce(&mut Console<'_>)) -> (String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console::plain(&mut out, &mut err);
    setup(&mut console);
    act(&mut console);
    (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

fn findings() -> Vec<Diagnostic> {
    let pointer = Pointer::default().join("shapes").join("a.b#C");
    vec![
        Diagnostic::error("m.json", &pointer, "targets nothing").hint("did you mean a.b#D?"),
        Diagnostic::warning("m.json", &Pointer::default(), "leaves something out"),
        Diagnostic::note("", &Pointer::default(), "by the way"),
    ]
}

fn without_colours(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').unwrap().1)
}

#[test]
fn coloured_findings_have_the_text_of_their_display() {
    let expected = findings().iter().map(|finding| format!("{finding}\n")).collect::<Vec<_>>().concat();
    let (_, plain) = printed(|console| console.set_verbosity(Verbosity::Verbose), |console| console.diagnostics(&findings()));
    assert_eq!(plain, expected);
    let (_, coloured) = printed(
        |console| {
            console.set_verbosity(Verbosity::Verbose);
            console.colours = true;
        },
        |console| console.diagnostics(&findings()),
    );
    assert_ne!(coloured, expected);
    assert_eq!(without_colours(&coloured), expected);
}

#[test]
fn the_verbosity_decides_which_findings_are_written() {
    for (verbosity, lines) in [(Verbosity::Quiet, 2), (Verbosity::Normal, 3), (Verbosity::Verbose, 4)] {
        let (_, err) = printed(|console| console.set_verbosity(verbosity), |console| console.diagnostics(&findings()));
        assert_eq!(err.lines().count(), lines, "{verbosity:?}");
    }
    let (out, err) = printed(
        |console| console.set_verbosity(Verbosity::Quiet),
        |console| {
            console.summary("wrote 1");
            console.notice("waiting");
            console.detail("wrote: a");
        },
    );
    assert_eq!((out.as_str(), err.as_str()), ("", ""));
}

#[test]
fn progress_is_shown_on_a_terminal_only_and_erased() {
    let act = |console: &mut Console<'_>| {
        console.progress("reading m.json");
        console.progress("writing crate");
        console.summary("done");
    };
    assert_eq!(printed(|_| {}, act), ("done\n".to_owned(), String::new()));
    let (out, err) = printed(|console| console.live = true, act);
    assert_eq!((out.as_str(), err.as_str()), ("done\n", "reading m.json...\r\x1b[Kwriting crate...\r\x1b[K"));
}

#[test]
fn text_from_files_cannot_control_a_terminal() {
    assert_eq!(visible("plain\ttext\nä"), "plain\ttext\nä");
    assert_eq!(visible("\x1b[2J\r\u{9b}\u{202e}\0"), r"\u{1b}[2J\r\u{9b}\u{202e}\u{0}");
    let finding = Diagnostic::error("m\x1b.json", &Pointer::default().join("\x07"), "has \x1b[31m").hint("\u{2066}");
    for colours in [false, true] {
        let (_, err) = printed(|console| console.colours = colours, |console| console.diagnostics(std::slice::from_ref(&finding)));
        assert_eq!(without_colours(&err), "m\\u{1b}.json#/\\u{7}: has \\u{1b}[31m\n  hint: \\u{2066}\n");
    }
}

fn stale(path: &str, on_disk: &str) -> Stale {
    Stale { path: path.to_owned(), on_disk: on_disk.as_bytes().to_owned(), ours: true }
}

fn drift(files: &[(&str, &str)], plan: &Plan, verbosity: Verbosity) -> String {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let (out, err) =
        printed(|console| console.set_verbosity(verbosity), |console| console.drift("generated", &files, plan, "cargo xtask codegen"));
    assert_eq!(out, "");
    err
}

#[test]
fn drift_names_every_file_shows_what_changed_and_how_to_repair_it() {
    let plan = Plan {
        missing: vec!["src/a.rs".to_owned()],
        stale: vec![stale("src/b.rs", "one\ntwo\r\nthree\n")],
        unchanged: 7,
        orphaned: vec!["src/c.rs".to_owned()],
        ..Plan::default()
    };
    let files = [("src/a.rs", ""), ("src/b.rs", "one\ntwo\nthree")];
    let short = "generated: does not match the model: 1 stale, 1 missing, 1 orphaned, 7 unchanged
  generated/src/b.rs: stale
  generated/src/a.rs: missing
  generated/src/c.rs: orphaned
";
    let diff = "--- generated/src/b.rs (on disk)
+++ generated/src/b.rs (generated)
@@ -1,3 +1,3 @@
 one
-two\\r
-three
+two
+three
\\ No newline at end of file
";
    let command = "to bring it up to date, run: cargo xtask codegen\n";
    assert_eq!(drift(&files, &plan, Verbosity::Normal), format!("{short}{diff}{command}"));
    assert_eq!(drift(&files, &plan, Verbosity::Quiet), format!("{short}{command}"));
}

#[test]
fn diffs_are_bounded_file_by_file_and_in_all() {
    let long: String = (0..100).map(|n| n.to_string() + "\n").collect();
    let paths: Vec<String> = (0..30).map(|n| format!("src/{n:02}.rs")).collect();
    let plan = Plan { stale: paths.iter().map(|path| stale(path, "")).collect(), ..Plan::default() };
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), long.as_str())).collect();
    let text = drift(&files, &plan, Verbosity::Normal);
    // Two header lines, one line with the place and a hundred lines of text are made; forty are shown.
    assert_eq!(text.matches("(63 more lines of this diff)\n").count(), 10);
    assert!(text.contains("(20 more stale files, not shown here)\n"), "{text}");
    for path in &paths {
        assert!(text.contains(&format!("  generated/{path}: stale\n")), "{path}");
    }
}

#[test]
fn files_without_common_lines_are_not_compared_line_by_line() {
    let lines = |word: &str| (0..3000).map(|n| format!("{word} {n}\n")).collect::<Vec<_>>().concat();
    let plan = Plan { stale: vec![stale("a.rs", &lines("old"))], ..Plan::default() };
    let text = drift(&[("a.rs", &lines("new"))], &plan, Verbosity::Normal);
    assert!(
        text.contains("--- generated/a.rs (on disk, 3000 lines)\n+++ generated/a.rs (generated, 3000 lines)\n(too different"),
        "{text}"
    );
    // A long file with one change is compared line by line.
    let old = lines("same");
    let plan = Plan { stale: vec![stale("a.rs", &old)], ..Plan::default() };
    let text = drift(&[("a.rs", &old.replace("same 1500\n", "new 1500\n"))], &plan, Verbosity::Normal);
    assert!(text.contains("-same 1500\n+new 1500\n"), "{text}");
}

#[test]
fn durations_are_in_milliseconds_or_seconds() {
    assert_eq!(took(Duration::from_micros(41_900)), "41 ms");
    assert_eq!(took(Duration::from_millis(12_900)), "12 s");
}
