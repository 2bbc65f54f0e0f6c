//! Bad models: a line for each file of `cases/bad/`, and a snapshot of its diagnostics.

use super::{generate, path, shown, snapshot, stems, text};
use codegen::{Operations, Request, Runtime, Source};

macro_rules! bad {
    ($($case:ident,)+) => {
        $(
            #[test]
            fn $case() {
                check(stringify!($case));
            }
        )+

        /// All cases, for the tests that compare them with the folders.
        pub(crate) const CASES: &[&str] = &[$(stringify!($case)),+];
    };
}

bad! {
    array,
    cut_off,
    dangling_targets,
    empty,
    endpoint_rules_malformed,
    endpoint_rules_senseless,
    enum_without_values,
    event_stream,
    future_smithy,
    http_bindings,
    http_uri,
    impossible_constraints,
    list_of_itself,
    list_without_member,
    lists_too_deep,
    names_that_are_none,
    names_that_meet,
    neither_format,
    no_service,
    not_json,
    overlay,
    package_name,
    paginators,
    structure_that_requires_itself,
    two_services,
    waiter_expressions,
    waiters,
    wrong_kinds,
    wrong_protocol,
}

#[track_caller]
fn check(case: &str) {
    let overlay = path(&format!("cases/bad/{case}.overlay.json")).exists().then(|| text(&format!("cases/bad/{case}.overlay.json")));
    let findings = generate(&text(&format!("cases/bad/{case}.json")), overlay.as_deref()).expect_err("the model is bad");
    snapshot(&format!("bad_{case}"), &shown(&findings));
}

#[test]
fn every_bad_model_has_its_test() {
    assert_eq!(stems("cases/bad"), CASES);
}

#[test]
fn deep_nesting_is_an_error() {
    for text in ["[".repeat(100_000), r#"{"smithy":"#.repeat(100_000)] {
        let findings = generate(&text, None).expect_err("the text is not a model");
        assert_eq!(findings.len(), 1, "{}", shown(&findings));
    }
}

#[test]
fn an_unknown_operation_is_reported_with_similar_names() {
    let model = text("facts/codebuild-2019-11-22.smithy.json");
    let request = Request {
        model: Source { file: "codebuild.json", text: &model },
        overlay: None,
        endpoint_rules: None,
        operations: Operations::Named(vec!["StartBuilds".to_owned(), "StopBuild".to_owned(), "batchgetbuilds".to_owned()]),
        name: None,
        runtime: Runtime::Path("../runtime"),
        ..Request::default()
    };
    let said = shown(&codegen::generate(&request).expect_err("two of them do not exist"));
    for part in ["StartBuilds", "StartBuild", "batchgetbuilds", "BatchGetBuilds"] {
        assert!(said.contains(part), "{part} is missing in:\n{said}");
    }
}

/// A trailing underscore makes a name different.
#[test]
fn names_from_an_overlay_resolve_collisions() {
    let given = [
        ("test#Logs_Location", "LogsLocation_"),
        ("test#LogsLocation$foo_bar", "fooBar_"),
        ("test#LogsLocation$setName", "setName_"),
        ("test#Colour$DarkRed", "DarkRed_"),
        ("test#Choice$one_two", "oneTwo_"),
    ];
    let entries: Vec<String> = given
        .iter()
        .map(|(id, name)| {
            let traits = format!(r#"{{ "smithlet.api#name": "{name}", "smithlet.api#reason": "The names would collide." }}"#);
            format!(r#""{id}": {{ "type": "apply", "traits": {traits} }}"#)
        })
        .collect();
    let overlay = format!(r#"{{ "smithy": "2.0", "shapes": {{ {} }} }}"#, entries.join(", "));
    let generated =
        generate(&text("cases/bad/names_that_meet.json"), Some(&overlay)).unwrap_or_else(|findings| panic!("{}", shown(&findings)));
    let all = generated.files.values().cloned().collect::<String>();
    for name in ["LogsLocation_", "LogsLocationBuilder_", "foo_bar_", "set_name_", "DarkRed_", "OneTwo_"] {
        assert!(all.contains(name), "{name}");
    }
}

/// No prefix of a model is a model, and none makes the generator panic.
#[test]
fn a_model_cut_off_anywhere_is_refused() {
    let model = text("cases/union/model.json");
    for end in (0..model.trim_end().len()).filter(|end| model.is_char_boundary(*end)) {
        assert!(generate(&model[..end], None).is_err(), "cut off at byte {end}");
    }
}
