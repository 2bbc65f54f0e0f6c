//! One line a case: a folder of `cases/` with a minimal model, and what of the output the case is about: files, or methods (`file#method`).

use super::{generate_case, snapshot, stems};

macro_rules! cases {
    ($($case:ident: [$($file:literal),+],)+) => {
        $(
            #[test]
            fn $case() {
                check(stringify!($case), &[$($file),+]);
            }
        )+

        /// Every case, for the tests that go over all of them.
        pub(crate) const CASES: &[&str] = &[$(stringify!($case)),+];
    };
}

cases! {
    botocore: ["src/operation/echo/input.rs", "src/types/settings.rs", "src/types/value.rs", "src/types/size.rs"],
    collections: ["src/types/collections.rs"],
    constraints: [
        "src/operation/echo.rs#validate",
        "src/operation/echo/input.rs#check_constraints",
        "src/types/numbers.rs#check_constraints",
        "src/types/collections.rs#check_constraints",
        "src/types/value.rs#check_constraints",
        "src/types/choice.rs#check_constraints",
        "src/types/tree.rs#check_constraints",
        "src/types/secrets.rs#check_constraints",
        "src/types/required.rs#check_constraints",
        "src/types/free.rs"
    ],
    deprecated: ["src/types/old.rs"],
    documentation: ["src/types/documented.rs", "src/operation/echo.rs"],
    empty: ["src/operation/ping.rs", "src/operation/bare/input.rs", "src/operation/pong/output.rs"],
    endpoint_rules: ["src/config.rs", "src/endpoint.rs"],
    enum_without_names: ["src/types/value.rs"],
    enums: ["src/types/instance.rs"],
    error_messages: ["src/types/error/numbered.rs", "src/types/error/listed.rs"],
    errors: ["src/types/error/gone.rs", "src/types/error/loud.rs", "src/error.rs", "src/operation/echo.rs"],
    hostile_names: [
        "src/types.rs",
        "src/types/thing.rs",
        "src/types/odd.rs",
        "src/types/error/db_fault.rs",
        "src/types/error/lonely.rs",
        "src/operation/echo.rs"
    ],
    idempotency_token: ["src/operation/echo.rs"],
    int_enum: ["src/types/card.rs"],
    keywords: ["src/types.rs", "src/types/type.rs", "src/types/words.rs"],
    one_way: ["src/types/given.rs", "src/types/given_colour.rs", "src/types/got_choice.rs", "src/types/error/problem.rs"],
    operation_names: [
        "src/client.rs",
        "src/error.rs",
        "src/operation/option.rs",
        "src/operation/sdk/input.rs",
        "src/operation/some.rs",
        "src/operation/some/input.rs"
    ],
    overlay: ["Cargo.toml", "src/operation/echo/output.rs"],
    prelude: ["src/types/string.rs", "src/types/option.rs"],
    recursion: ["src/types/tree.rs", "src/types/chicken.rs", "src/types/egg.rs", "src/types/expression.rs"],
    required_and_default: ["src/types/values.rs"],
    resources: ["src/client.rs", "src/operation/get_thing.rs"],
    scalars: ["Cargo.toml", "src/lib.rs", "src/types/everything.rs"],
    sensitive: ["src/types/account.rs", "src/types/level.rs", "src/types/error/denied.rs"],
    shared_shapes: ["src/types.rs", "src/operation/mirror/input.rs", "src/types/both.rs"],
    smithy_1: ["src/types/inner.rs", "src/types/size.rs"],
    spelling: ["src/types/value.rs"],
    timestamps: ["src/types/moments.rs"],
    union: ["src/types/shape.rs"],
}

#[track_caller]
fn check(case: &str, files: &[&str]) {
    let generated = generate_case(case);
    let text: Vec<String> = files
        .iter()
        .map(|wanted| {
            let (file, name) = wanted.split_once('#').map_or((*wanted, None), |(file, name)| (file, Some(name)));
            let text = generated.files.get(file).unwrap_or_else(|| panic!("{case} has no {file}, but {:?}", generated.files.keys()));
            let text = name.map_or(text.clone(), |name| function(text, name));
            format!("=== {file}\n{text}")
        })
        .collect();
    snapshot(case, &text.join("\n"));
}

/// One method of a file, where the rest of the file is not what the case is about.
#[track_caller]
fn function(text: &str, name: &str) -> String {
    let start = text.find(&format!("fn {name}(")).and_then(|at| text[..at].rfind('\n')).unwrap_or_else(|| panic!("no {name} in:\n{text}"));
    let end = text[start..].find("\n    }\n").expect("a method ends");
    text[start + 1..start + end + 7].to_owned()
}

/// A folder that no test reads, and a snapshot that no test compares, would look like something that is checked.
#[test]
fn every_case_and_every_snapshot_has_its_test() {
    let mut cases: Vec<String> = CASES.iter().map(|case| (*case).to_owned()).collect();
    cases.push("bad".to_owned());
    cases.sort();
    assert_eq!(stems("cases"), cases);
    let mut snapshots = cases.iter().filter(|case| *case != "bad").cloned().collect::<Vec<_>>();
    snapshots.extend(super::bad::CASES.iter().map(|case| format!("bad_{case}")));
    snapshots.sort();
    assert_eq!(stems("snapshots"), snapshots);
}
