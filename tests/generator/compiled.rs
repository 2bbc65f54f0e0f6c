//! Every golden compiles, without a warning, with serde and without, and so does its documentation.

use super::{cases::CASES, generate_case, path};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// All cases are crates of one workspace, so that the runtime is compiled once.
#[test]
fn the_output_of_every_case_compiles_and_documents_without_warnings() {
    let root = path("../target/cases");
    let mut members = String::new();
    for case in CASES {
        let mut generated = generate_case(case);
        let manifest = generated.files.get_mut("Cargo.toml").expect("every crate has a manifest");
        let (name, runtime) = (format!("case-{}", case.replace('_', "-")), path("../codegen/runtime"));
        *manifest = manifest.replacen(&format!("\"{}\"", generated.name), &format!("\"{name}\""), 1);
        *manifest = manifest.replace("\"../runtime\"", &format!("{:?}", runtime.display().to_string()));
        // The HTTPS client is not what the cases are about, and without it there is a third to compile.
        *manifest = manifest.replace("default = [\"rustls\"]", "default = []");
        for (file, text) in &generated.files {
            // The example in the crate's documentation names the crate.
            let text = text.replace(&format!("{}::", generated.name.replace('-', "_")), &format!("{}::", name.replace('-', "_")));
            write(&root.join(case).join(file), &text);
        }
        let _ = writeln!(members, "    {case:?},");
    }
    write(&root.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n"));
    write(&root.join("Cargo.lock"), &std::fs::read_to_string(path("../Cargo.lock")).expect("the workspace has a lock file"));
    cargo(&root, &["check", "--workspace"]);
    cargo(&root, &["check", "--workspace", "--features", "serde"]);
    cargo(&root, &["doc", "--workspace", "--no-deps"]);
}

#[track_caller]
fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo runs, since it runs this test");
    assert!(output.status.success(), "cargo {}:\n{}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
}

/// Writes a file unless it is the same already, so that cargo compiles only what changed since the last run.
fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    std::fs::create_dir_all(path.parent().expect("the path names a file in a folder")).expect("the folder can be made");
    std::fs::write(path, text).expect("the file can be written");
}
