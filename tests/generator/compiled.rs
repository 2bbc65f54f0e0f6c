//! The crate of every case compiles without warnings, with serde and without, and so does its documentation. Programs then send and read
//! values of each kind of shape with the compiled crates. Some cases are also included as modules of one program, as a build script does it.

use super::{cases::CASES, generate_case, path, shown, text};
use codegen::{Request, Source};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// The cases whose crates `programs/round_trip.rs` calls.
const ROUND_TRIPS: [&str; 17] = [
    "byte_streams",
    "checksums",
    "collections",
    "compression",
    "glacier",
    "host_prefix",
    "int_enum",
    "paginators",
    "recursion",
    "required_and_default",
    "rest_json",
    "rpc_v2_cbor",
    "scalars",
    "sensitive",
    "spelling",
    "timestamps",
    "union",
];
const ROUND_TRIP_MANIFEST: &str = r#"[package]
name = "round-trip"
edition = "2024"

[lib]
path = "round_trip.rs"
doctest = false

[dependencies]
aws-smithy-runtime-api = { version = "1.20", features = ["client"] }
aws-smithy-types = { version = "1.9", features = ["http-body-1-x"] }
bytes = "1"
flate2 = { version = "1", default-features = false, features = ["rust_backend"] }
http-body = "1"
tokio = { version = "1", default-features = false, features = ["io-util", "macros", "net", "rt", "sync"] }
"#;

/// The cases that `write_included` includes as modules.
const MODULES: [&str; 5] = ["collections", "endpoint_rules", "paginators", "rpc_v2_cbor", "union"];
const INCLUDED_MANIFEST: &str = r#"[package]
name = "included"
edition = "2024"

[features]
serde = ["smithlet-runtime/serde"]

[dependencies]
"#;

#[test]
fn the_output_of_every_case_compiles_and_runs_without_warnings() {
    let root = path("../target/cases");
    write_workspace(&root);
    cargo(&root, &["check", "--workspace"]);
    cargo(&root, &["check", "--workspace", "--features", "serde"]);
    cargo(&root, &["doc", "--workspace", "--no-deps"]);
    cargo(&root, &["test", "--package", "round-trip", "--package", "case-endpoint-rules", "--lib"]);
}

/// Writes all cases as crates of one workspace, so that the runtime is compiled once.
fn write_workspace(root: &Path) {
    for case in CASES {
        let mut generated = generate_case(case);
        let manifest = generated.files.get_mut("Cargo.toml").expect("every crate has a manifest");
        let (name, runtime) = (package(case), path("../codegen/runtime"));
        *manifest = replaced(manifest, &format!("\"{}\"", generated.name), &format!("\"{name}\""));
        *manifest = replaced(manifest, "\"../runtime\"", &format!("{:?}", runtime.display().to_string()));
        // The example in the crate's documentation names the crate.
        let library = generated.files.get_mut("src/lib.rs").expect("every crate has a library");
        *library = replaced(library, &format!("{}::", generated.name.replace('-', "_")), &format!("{}::", name.replace('-', "_")));
        for (file, text) in &generated.files {
            write(&root.join(case).join(file), text);
        }
    }
    write_endpoint_tests(&root.join("endpoint_rules/src"));
    write_round_trip(&root.join("round_trip"));
    write_included(&root.join("included"));
    write_manifest(root, CASES.iter().copied().chain(["included", "round_trip"]));
}

/// Writes the manifest of a workspace with these members, and the lock file of this workspace.
pub(super) fn write_manifest<'a>(root: &Path, members: impl IntoIterator<Item = &'a str>) {
    let members: Vec<String> = members.into_iter().map(|member| format!("    {member:?},\n")).collect();
    let profile = "[profile.dev]\ndebug = false\nincremental = false\n";
    write(&root.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n\n{profile}", members.concat()));
    write(&root.join("Cargo.lock"), &std::fs::read_to_string(path("../Cargo.lock")).expect("the workspace has a lock file"));
}

/// The text with every occurrence of a part replaced; the part has to occur.
#[track_caller]
pub(super) fn replaced(text: &str, part: &str, replacement: &str) -> String {
    assert!(text.contains(part), "{part} is not in:\n{text}");
    text.replace(part, replacement)
}

fn package(case: &str) -> String {
    format!("case-{}", case.replace('_', "-"))
}

/// Writes the program that calls the crates.
fn write_round_trip(folder: &Path) {
    let mut manifest = ROUND_TRIP_MANIFEST.to_owned();
    for case in ROUND_TRIPS {
        let _ = writeln!(manifest, "{} = {{ path = \"../{case}\" }}", package(case));
    }
    let _ = writeln!(manifest, "smithlet-runtime = {{ path = {:?} }}", path("../codegen/runtime").display().to_string());
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join("checksums.rs"), include_str!("programs/checksums.rs"));
    write(&folder.join("compression.rs"), include_str!("programs/compression.rs"));
    write(&folder.join("glacier.rs"), include_str!("programs/glacier.rs"));
    write(&folder.join("pages.rs"), include_str!("programs/pages.rs"));
    write(&folder.join("recorder.rs"), include_str!("programs/recorder.rs"));
    write(&folder.join("rest.rs"), include_str!("programs/rest.rs"));
    write(&folder.join("rpc_v2_cbor.rs"), include_str!("programs/rpc_v2_cbor.rs"));
    write(&folder.join("spelling.rs"), include_str!("programs/spelling.rs"));
    write(&folder.join("streams.rs"), include_str!("programs/streams.rs"));
    write(&folder.join("streams/server.rs"), include_str!("programs/streams/server.rs"));
    write(&folder.join("round_trip.rs"), include_str!("programs/round_trip.rs"));
}

/// Writes a program that includes cases as modules. It uses none of them, so that it has every warning about unused code.
fn write_included(folder: &Path) {
    let mut program = "//! Includes generated modules.\n\nfn main() {}\n".to_owned();
    for (module, condition, serde) in [("plain", "", false), ("with_serde", "#[cfg(feature = \"serde\")]\n", true)] {
        let _ = writeln!(program, "\n{condition}mod {module} {{");
        for case in MODULES {
            let file = format!("{module}_{case}.rs");
            let _ = writeln!(program, "    pub(crate) mod {case} {{\n        include!({file:?});\n    }}");
            write(&folder.join("src").join(file), &module_of(case, &format!("crate::{module}::{case}"), serde));
        }
        program.push_str("}\n");
    }
    let runtime = format!("smithlet-runtime = {{ path = {:?} }}\n", path("../codegen/runtime").display().to_string());
    write(&folder.join("Cargo.toml"), &format!("{INCLUDED_MANIFEST}{runtime}"));
    write(&folder.join("src/main.rs"), &program);
}

/// Generates a case as one file for a module.
fn module_of(case: &str, root: &str, serde: bool) -> String {
    let model = text(&format!("cases/{case}/model.json"));
    let request = Request { model: Source { file: "model.json", text: &model }, ..Request::default() };
    match codegen::generate_module(&request, root, serde) {
        Ok(module) => module.text,
        Err(findings) => panic!("{case}: {}", shown(&findings)),
    }
}

/// Adds the tests of compiled endpoint rules to the crate with the rules, because the function under test is private.
fn write_endpoint_tests(source: &Path) {
    let library = source.join("lib.rs");
    let text = std::fs::read_to_string(&library).expect("the case is written before");
    std::fs::write(&library, text + "\n#[cfg(test)]\nmod endpoint_tests;\n").expect("the file can be written");
    write(&source.join("endpoint_tests.rs"), include_str!("programs/endpoints.rs"));
}

/// Runs cargo in the folder of a workspace. All workspaces share a target folder, so that what they depend on is compiled once.
#[track_caller]
pub(super) fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", path("../target/emitted"))
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo can be started");
    assert!(
        output.status.success(),
        "cargo {}:\n{}{}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr),
        String::from_utf8_lossy(&output.stdout)
    );
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!said.contains("running 0 tests"), "cargo {}: a package has no tests:\n{said}", arguments.join(" "));
}

/// Writes a file unless it is the same already, so that cargo compiles only what changed since the last run.
pub(super) fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    std::fs::create_dir_all(path.parent().expect("the path names a file in a folder")).expect("the folder can be made");
    std::fs::write(path, text).expect("the file can be written");
}
