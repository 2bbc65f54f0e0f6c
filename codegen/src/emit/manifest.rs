//! Files other than Rust.

use crate::render::HEADER;
use crate::rust::Crate;

/// `Cargo.toml`.
pub(super) fn manifest(plan: &Crate) -> String {
    let names: Vec<&str> = plan.operations.iter().map(|operation| operation.wire.as_str()).collect();
    let listed = match names.as_slice() {
        [] => String::new(),
        [one] => format!(": {one}"),
        [some @ .., last] if some.len() < 6 => format!(": {} and {last}", some.join(", ")),
        many => format!(": {} operations", many.len()),
    };
    let streams = plan.streams();
    format!(
        r#"# {HEADER}

[package]
name = {name}
version = {version}
edition = "2024"
rust-version = "1.94.1"
license = "Apache-2.0"
description = {description}
documentation = {documentation}

[features]
default = ["credentials", "rustls", "default-https-client", "rt-tokio"]
# Credentials from wherever AWS's tools find them: profiles, single sign-on, processes, web identity, containers, EC2 instances. Without it
# they come from the environment's keys or from a provider in the configuration.
credentials = ["smithlet-runtime/credentials"]
# The HTTPS client, by either name. Without it, give the configuration an `http_client`.
rustls = ["smithlet-runtime/rustls"]
default-https-client = ["rustls"]
{tokio_docs}
rt-tokio = [{tokio}]
# Credentials and settings for tests: `Credentials::for_tests()`, `Builder::with_test_defaults_v2()`.
test-util = ["smithlet-runtime/test-util"]
# Changes nothing: there is one behavior, the latest.
behavior-version-latest = []
# serde's `Serialize` and `Deserialize` for every type, input and output{serde}, with the names on the wire.
serde = ["smithlet-runtime/serde"]

[dependencies]
smithlet-runtime = {{ version = "{runtime_version}",{runtime} default-features = false{features} }}

[lints.rust]
missing_docs = "deny"
unsafe_code = "forbid"
"#,
        tokio_docs = if streams {
            "# Tokio's timers, and streams from its files. Without them, give the configuration a `sleep_impl`."
        } else {
            "# Tokio's timers. Without them, give the configuration a `sleep_impl`."
        },
        tokio = if streams { "\"smithlet-runtime/rt-tokio\", \"smithlet-runtime/files\"" } else { "\"smithlet-runtime/rt-tokio\"" },
        serde = if streams { " without a stream" } else { "" },
        name = text(&plan.name),
        version = text(&plan.version),
        description = text(&format!("A small client of {}{listed}", plan.service.title)),
        documentation = text(&format!("https://docs.rs/{}", plan.name)),
        runtime_version = crate::RUNTIME_VERSION,
        features = match plan.runtime_features().as_slice() {
            [] => String::new(),
            features => format!(", features = {features:?}"),
        },
        runtime = plan.runtime.as_ref().map_or_else(String::new, |path| format!(" path = {},", text(path))),
    )
}

/// `rustfmt.toml`, which switches rustfmt off: the generator has formatted the crate, and any other formatting would be drift.
pub(super) fn rustfmt() -> String {
    format!("# {HEADER}\ndisable_all_formatting = true\n")
}

/// The string of a model as a TOML basic string.
fn text(value: &str) -> String {
    let mut text = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c.is_control() => text.extend(format!("\\u{:04X}", u32::from(c)).chars()),
            c => text.push(c),
        }
    }
    text + "\""
}
