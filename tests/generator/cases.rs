//! The cases: a line for each folder of `cases/` with a minimal model, and the generated files in its snapshot.

use super::{generate_case, snapshot, stems};

macro_rules! cases {
    ($($case:ident: [$($file:literal),+],)+) => {
        $(
            #[test]
            fn $case() {
                check(stringify!($case), &[$($file),+]);
            }
        )+

        /// All cases, for the tests that use each of them.
        pub(crate) const CASES: &[&str] = &[$(stringify!($case)),+];
    };
}

cases! {
    botocore: [
        "src/operation/echo/input.rs",
        "src/types/settings.rs",
        "src/types/size.rs",
        "src/types/value.rs",
        "src/wire/operation/echo.rs",
        "src/wire/types/settings.rs"
    ],
    botocore_paginators: ["src/operation/describe_stream/paginator.rs", "src/operation/scan/paginator.rs"],
    byte_streams: [
        "Cargo.toml",
        "src/operation/get_object/output.rs",
        "src/operation/put_object/input.rs",
        "src/primitives.rs",
        "src/wire/operation/get_object.rs",
        "src/wire/operation/put_object.rs",
        "src/wire/operation/put_sized.rs",
        "src/wire/operation/transform.rs"
    ],
    checksums: [
        "Cargo.toml",
        "src/wire/operation/checked.rs",
        "src/wire/operation/chosen.rs",
        "src/wire/operation/free.rs",
        "src/wire/operation/necessary.rs",
        "src/wire/operation/required.rs"
    ],
    collections: ["src/types/collections.rs", "src/wire/types/collections.rs"],
    compression: ["Cargo.toml", "src/wire/operation/put.rs", "src/wire/operation/put_with_checksum.rs"],
    constraints: [
        "src/operation/echo/input.rs",
        "src/types/choice.rs",
        "src/types/collections.rs",
        "src/types/free.rs",
        "src/types/numbers.rs",
        "src/types/required.rs",
        "src/types/secrets.rs",
        "src/types/tree.rs",
        "src/types/value.rs",
        "src/wire/operation/echo.rs"
    ],
    deprecated: ["src/types/old.rs"],
    documentation: ["src/operation/echo.rs", "src/operation/echo/input.rs", "src/types/documented.rs"],
    empty: [
        "src/operation/bare/input.rs",
        "src/operation/ping.rs",
        "src/operation/pong/output.rs",
        "src/wire.rs",
        "src/wire/operation/bare.rs",
        "src/wire/operation/ping.rs",
        "src/wire/operation/pong.rs"
    ],
    endpoint_rules: ["src/config.rs", "src/endpoint.rs", "src/lib.rs"],
    enum_without_names: ["src/types/value.rs"],
    enums: ["src/types/instance.rs"],
    error_messages: [
        "src/types/error/listed.rs",
        "src/types/error/numbered.rs",
        "src/wire/types/error/listed.rs",
        "src/wire/types/error/numbered.rs"
    ],
    errors: [
        "src/error.rs",
        "src/operation/echo.rs",
        "src/types/error/gone.rs",
        "src/types/error/loud.rs",
        "src/wire/operation/echo.rs",
        "src/wire/types/error/gone.rs",
        "src/wire/types/error/loud.rs"
    ],
    glacier: ["Cargo.toml", "src/wire/operation/list_vaults.rs", "src/wire/operation/upload_archive.rs"],
    hostile_names: [
        "src/operation/echo.rs",
        "src/types.rs",
        "src/types/error/db_fault.rs",
        "src/types/error/lonely.rs",
        "src/types/odd.rs",
        "src/types/thing.rs",
        "src/wire/types.rs",
        "src/wire/types/thing.rs"
    ],
    host_prefix: ["src/wire/operation/labelled.rs", "src/wire/operation/literal.rs"],
    idempotency_token: ["src/wire/operation/echo.rs"],
    int_enum: ["src/types/card.rs"],
    keywords: ["src/types.rs", "src/types/type.rs", "src/types/words.rs", "src/wire/types.rs", "src/wire/types/keywords.rs"],
    one_way: [
        "src/types/error/problem.rs",
        "src/types/given.rs",
        "src/types/given_colour.rs",
        "src/types/got_choice.rs",
        "src/wire/types/error/problem.rs",
        "src/wire/types/given.rs",
        "src/wire/types/got_choice.rs"
    ],
    operation_names: [
        "src/client.rs",
        "src/error.rs",
        "src/operation/option.rs",
        "src/operation/sdk/input.rs",
        "src/operation/some.rs",
        "src/operation/some/input.rs",
        "src/wire/operation/option.rs",
        "src/wire/operation/some.rs"
    ],
    overlay: ["Cargo.toml", "src/operation/echo/output.rs"],
    paginators: [
        "src/lib.rs",
        "src/operation/list_names.rs",
        "src/operation/list_names/input.rs",
        "src/operation/list_names/paginator.rs",
        "src/operation/list_numbered/paginator.rs",
        "src/operation/list_pairs/paginator.rs",
        "src/operation/list_parts/paginator.rs",
        "src/operation/list_records/paginator.rs",
        "src/operation/list_rows/paginator.rs"
    ],
    prelude: ["src/types/option.rs", "src/types/string.rs", "src/wire/types/option.rs"],
    recursion: [
        "src/types/chicken.rs",
        "src/types/egg.rs",
        "src/types/expression.rs",
        "src/types/tree.rs",
        "src/wire/types/expression.rs",
        "src/wire/types/tree.rs"
    ],
    required_and_default: ["src/types/values.rs", "src/wire/types/values.rs"],
    resources: ["src/client.rs", "src/operation/get_thing.rs"],
    rest_json: [
        "src/client.rs",
        "src/wire/operation/get_blob.rs",
        "src/wire/operation/hosted.rs",
        "src/wire/operation/ping.rs",
        "src/wire/operation/plain.rs",
        "src/wire/operation/put_thing.rs",
        "src/wire/operation/search.rs",
        "src/wire/operation/send_anything.rs",
        "src/wire/operation/send_blob.rs",
        "src/wire/operation/send_choice.rs",
        "src/wire/operation/send_text.rs",
        "src/wire/operation/send_thing.rs",
        "src/wire/types/choice.rs",
        "src/wire/types/error/busy.rs",
        "src/wire/types/error/denied.rs",
        "src/wire/types/error/gone.rs",
        "src/wire/types/thing.rs"
    ],
    rpc_v2_cbor: [
        "src/client.rs",
        "src/wire/operation/echo.rs",
        "src/wire/operation/ping.rs",
        "src/wire/types/cbor.rs",
        "src/wire/types/choice.rs",
        "src/wire/types/error/conflict.rs",
        "src/wire/types/error/denied.rs",
        "src/wire/types/error/loud.rs",
        "src/wire/types/everything.rs"
    ],
    scalars: ["Cargo.toml", "src/lib.rs", "src/types/everything.rs", "src/wire/types/everything.rs"],
    sensitive: ["src/types/account.rs", "src/types/error/denied.rs", "src/types/level.rs", "src/wire/types/error/denied.rs"],
    shared_shapes: ["src/operation/mirror/input.rs", "src/types.rs", "src/types/both.rs"],
    smithy_1: ["src/types/inner.rs", "src/types/size.rs"],
    spelling: ["src/types/value.rs", "src/wire/types/value.rs"],
    timestamps: ["src/types/moments.rs", "src/wire/types/moments.rs"],
    union: ["src/types/shape.rs", "src/wire/types/shape.rs"],
    waiters: [
        "src/client.rs",
        "src/error.rs",
        "src/lib.rs",
        "src/waiters.rs",
        "src/waiters/all_ready.rs",
        "src/waiters/parts_made.rs",
        "src/waiters/thing_gone.rs",
        "src/waiters/thing_ready.rs",
        "src/waiters/thing_renamed.rs"
    ],
    waiters_botocore: ["src/waiters/thing_exists.rs", "src/waiters/thing_gone.rs", "src/waiters/thing_ready.rs"],
}

#[track_caller]
fn check(case: &str, files: &[&str]) {
    let generated = generate_case(case);
    let text: Vec<String> = files
        .iter()
        .map(|file| {
            let text = generated
                .files
                .get(*file)
                .unwrap_or_else(|| panic!("{case}: expected the file {file}, found {:?}", generated.files.keys()));
            format!("=== {file}\n{text}")
        })
        .collect();
    snapshot(case, &text.join("\n"));
}

/// A folder or snapshot that no test reads would only seem to be checked.
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
