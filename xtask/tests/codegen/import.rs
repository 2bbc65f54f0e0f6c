//! `xtask import` in a checkout.

use crate::workshop::{MODEL, OVERLAY, Run, Workshop, tree};
use std::io::Write as _;

/// The service after an update, as upstream publishes it.
const NEWER: (&str, &str) = (
    r#""members": { "name": { "target": "smithy.api#String", "traits": { "smithy.api#documentation": "Its name." } } }"#,
    r#""members": { "name": { "target": "smithy.api#String" }, "rain": { "target": "smithy.api#Integer", "traits": { "smithy.api#documentation": "<p>Millimetres.</p>" } } }"#,
);

fn newer() -> String {
    assert!(MODEL.contains(NEWER.0));
    MODEL.replace(NEWER.0, NEWER.1)
}

fn workshop() -> Workshop {
    let workshop = Workshop::with_repository();
    workshop.codegen("").done();
    workshop.put("up.json", newer());
    workshop
}

#[track_caller]
fn done(run: Run) -> (String, String) {
    assert_eq!(run.status, 0, "{run:?}");
    (run.out, run.err)
}

#[test]
fn an_update_is_one_command() {
    let workshop = workshop();
    let (out, err) = done(workshop.import("up.json --date 2020-02-02"));
    assert!(out.starts_with("Weather\n\n2020/02/02 - Weather - 1 updated api methods\n\nwire: compatible ("), "{out}");
    assert!(out.contains("\n\nGetCity (updated)\n"), "{out}");
    assert!(out.contains("\nwrote 5, unchanged "), "{out}");
    assert_eq!(
        err,
        "new and undocumented in model/codebuild.json:\n  GetCityOutput$rain\n\
         version: 0.1.0 -> 0.1.1 (this import: minor); to take it, run the command again with --take-version\n"
    );
    let files = tree(&workshop.path(""));
    assert!(files["model/codebuild.json"].contains("\"rain\": {\n") && !files["model/codebuild.json"].contains("Millimetres"));
    assert!(files["model/codebuild.json"].contains("Its name."), "our words stay");
    assert!(
        files["generated/CHANGELOG.md"]
            .contains("## [0.1.1] - 2020-02-02\n\n### Added\n\n- Member added: `operation::get_city::GetCityOutput::rain`")
    );
    assert!(!files.keys().any(|path| path.contains(".smithlet")));
    // The changelog is neither drift nor an orphan.
    workshop.codegen("--check").done();
    workshop.codegen("").done();
    assert_eq!(tree(&workshop.path("")), files);
    // A second run has nothing to do.
    let (again, _) = done(workshop.import("up.json --date 2020-03-03"));
    assert!(again.contains("no new, updated or removed api methods") && again.contains("\nwrote 0, "), "{again}");
    assert_eq!(tree(&workshop.path("")), files);
}

#[test]
fn upstreams_documentation_is_shown_below_what_it_is_about() {
    let workshop = workshop();
    let (_, err) = done(workshop.import("up.json --verbose --dry-run"));
    assert!(err.contains("new and undocumented in model/codebuild.json:\n  GetCityOutput$rain\n    | Millimetres.\nversion: "), "{err}");
}

#[test]
fn upstreams_documentation_is_taken_on_request() {
    let workshop = workshop();
    let (_, err) = done(workshop.import("up.json --docs theirs"));
    assert!(!err.contains("undocumented"), "{err}");
    assert!(tree(&workshop.path("model"))["codebuild.json"].contains("\"smithy.api#documentation\": \"Millimetres.\""));
}

#[test]
fn a_dry_run_shows_everything_and_changes_nothing() {
    let workshop = workshop();
    let before = tree(&workshop.path(""));
    let (out, err) = done(workshop.import("up.json --dry-run --date 2020-02-02"));
    assert_eq!(tree(&workshop.path("")), before);
    for part in [
        "GetCity (updated)",
        "+++ generated/CHANGELOG.md (then)",
        "+## [0.1.1] - 2020-02-02",
        "+++ model/codebuild.json (then)",
        "would write: generated/src/operation/get_city/output.rs\n",
        "+++ model/codebuild.upstream.json (then)",
        "would write: generated/CHANGELOG.md\nwould write: model/codebuild.json\nwould write: model/codebuild.upstream.json\nwould write 5, unchanged ",
    ] {
        assert!(out.contains(part), "{part}\n{out}");
    }
    assert!(err.contains("version: 0.1.0 -> 0.1.1"), "{err}");
    // A real run writes what the dry run showed.
    let (wrote, _) = done(workshop.import("up.json --date 2020-02-02"));
    assert!(wrote.contains("\nwrote 5, unchanged "), "{wrote}");
}

/// A lock file with the crate, and with another of the same name from a registry.
fn lock(version: &str) -> String {
    format!(
        "version = 4\n\n[[package]]\nname = \"smithlet-weather\"\nversion = \"{version}\"\n\n[[package]]\nname = \"z\"\nversion = \"0.1.0\"\n"
    )
}

/// A checkout whose overlay states the crate's version, with its three lock files.
fn versioned() -> Workshop {
    let workshop = workshop();
    let entry = r#""example.weather#Weather": { "type": "apply", "traits": {
        "smithlet.api#crate": { "name": "smithlet-weather", "version": "0.1.0" }, "smithlet.api#reason": "It is ours." } },"#;
    workshop.put("model/codebuild.overlay.json", OVERLAY.replacen("\"shapes\": {", &format!("\"shapes\": {{\n{entry}"), 1));
    for file in LOCKS {
        workshop.put(file, lock("0.1.0"));
    }
    workshop.codegen("").done();
    workshop
}

const LOCKS: [&str; 3] = ["Cargo.lock", "tests/fuzz/Cargo.lock", "tests/peers/Cargo.lock"];

#[track_caller]
fn has_version(workshop: &Workshop, version: &str) {
    let files = tree(&workshop.path(""));
    assert!(files["model/codebuild.overlay.json"].contains(&format!("\"version\": \"{version}\"")));
    assert!(files["generated/Cargo.toml"].contains(&format!("\nversion = \"{version}\"\n")));
    for file in LOCKS {
        assert_eq!(files[file], lock(version), "{file}");
    }
}

#[test]
fn a_version_is_taken_in_the_overlay_and_in_every_lock_file() {
    let workshop = versioned();
    let (out, err) = done(workshop.import("up.json --take-version"));
    assert!(out.contains("\nwrote 10, unchanged "), "{out}");
    assert!(err.ends_with("\nversion: 0.1.0 -> 0.1.1 (this import: minor)\n"), "{err}");
    has_version(&workshop, "0.1.1");
    let files = tree(&workshop.path(""));
    workshop.codegen("--check").done();
    // A second run takes no other version.
    let (_, err) = done(workshop.import("up.json --take-version"));
    assert_eq!(err, "version: 0.1.1 is kept: no change requires another\nnothing differs, so nothing is written\n");
    assert_eq!(tree(&workshop.path("")), files);
}

#[test]
fn a_version_can_be_taken_by_a_later_run() {
    let workshop = versioned();
    done(workshop.import("up.json"));
    has_version(&workshop, "0.1.0");
    let before = tree(&workshop.path(""));
    let (out, _) = done(workshop.import("up.json --take-version --dry-run"));
    for line in ["+version = \"0.1.1\"", "would write: model/codebuild.overlay.json", "would write: tests/peers/Cargo.lock"] {
        assert!(out.lines().any(|found| found == line), "{line}\n{out}");
    }
    assert_eq!(tree(&workshop.path("")), before);
    done(workshop.import("up.json --take-version"));
    has_version(&workshop, "0.1.1");
}

#[test]
fn the_release_is_recorded_and_rewritten_documentation_is_reported() {
    let workshop = workshop();
    let model = "site/botocore/data/weather/2020-01-01/service-2.json";
    workshop.put("site/botocore/__init__.py", "__version__ = '1.2.3'\n");
    let reworded = |words: &str| newer().replace("Where it rains.", words);
    workshop.put(model, reworded("<p>Weather.</p>"));
    done(workshop.import(&format!("{model} --date 2020-02-02")));
    let record = |workshop: &Workshop| tree(&workshop.path("model"))["codebuild.upstream.json"].clone();
    assert!(
        record(&workshop).starts_with("{\n    \"release\": \"botocore 1.2.3\",\n    \"date\": \"2020-02-02\",\n"),
        "{}",
        record(&workshop)
    );
    workshop.put(model, reworded("<p>Weather, rewritten.</p>"));
    let (out, err) = done(workshop.import(&format!("{model} --release 'botocore 1.2.4' --date 2020-03-03")));
    assert_eq!(
        err,
        "documentation in model/codebuild.json that may be out of date:\n  Weather: upstream has rewritten its documentation\n"
    );
    assert!(out.contains("\nwrote 1, unchanged "), "the record alone: {out}");
    assert!(record(&workshop).starts_with("{\n    \"release\": \"botocore 1.2.4\",\n    \"date\": \"2020-03-03\",\n"));
}

#[test]
fn a_compressed_model_is_read_with_the_compressed_rules_beside_it() {
    let workshop = workshop();
    let compressed = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    workshop.put("service-2.json.gz", compressed(&newer()));
    workshop.put("endpoint-rule-set-1.json.gz", compressed("{}"));
    let refused = workshop.import("service-2.json.gz").refused();
    assert!(refused.starts_with("endpoint-rule-set-1.json.gz: "), "{refused}");
    workshop.remove("endpoint-rule-set-1.json.gz");
    let (out, _) = done(workshop.import("service-2.json.gz"));
    assert!(out.contains("GetCity (updated)"), "{out}");
    workshop.codegen("--model service-2.json.gz --all-operations --out other").done();
}

#[test]
fn operations_are_added_and_removed_on_request() {
    let workshop = workshop();
    let (out, _) = done(workshop.import("up.json --operations GetCity --quiet"));
    assert!(out.contains("ListCities (removed)") && out.contains("crate: major"), "{out}");
    let files = tree(&workshop.path("generated"));
    assert!(!files.contains_key("src/operation/list_cities.rs") && files["CHANGELOG.md"].contains("## [0.2.0]"));
    let (out, _) = done(workshop.import("up.json --operations GetCity,ListCities"));
    assert!(out.contains("ListCities (new)"), "{out}");
}

#[test]
fn bad_input_is_reported_with_its_place_and_nothing_is_written() {
    let workshop = workshop();
    let operations = r#""operations": [{ "target": "example.weather#GetCity" }, { "target": "example.weather#ListCities" }]"#;
    workshop.put("gone.json", MODEL.replace(operations, r#""operations": [{ "target": "example.weather#GetCity" }]"#));
    workshop.put("dangling.json", MODEL.replace("\"target\": \"example.weather#Names\"", "\"target\": \"example.weather#Name\""));
    workshop.put("service-2.json", MODEL);
    workshop.put("endpoint-rule-set-1.json", "{}");
    let before = tree(&workshop.path(""));
    for (words, message) in [
        ("nowhere.json", "nowhere.json: no such file\n"),
        (
            "gone.json",
            "gone.json#/shapes/example.weather#Weather: the operation `ListCities` is missing\n  \
             hint: to import without it: --operations GetCity\n",
        ),
        ("up.json --operations ListCitys", "the service has no operation `ListCitys`\n  hint: did you mean `ListCities`?\n"),
        (
            "dangling.json",
            "dangling.json#/shapes/example.weather#ListCitiesOutput/members/cities: `example.weather#Name` is not defined\n  \
             hint: did you mean `example.weather#Names`?\n",
        ),
    ] {
        assert_eq!(workshop.import(words).refused(), message, "{words}");
    }
    let beside = workshop.import("service-2.json").refused();
    assert!(beside.starts_with("endpoint-rule-set-1.json: "), "the rules beside the model are read: {beside}");
    assert!(workshop.import("").refused().contains("<UPSTREAM>"));
    assert_eq!(tree(&workshop.path("")), before);
}

#[test]
fn an_obstacle_is_found_before_anything_is_written() {
    let workshop = workshop();
    workshop.put("generated/src/operation/get_city/output.rs", "mine\n");
    let before = tree(&workshop.path(""));
    let run = workshop.import("up.json");
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.err.contains("generated/src/operation/get_city/output.rs: is in the way"), "{run:?}");
    assert_eq!(tree(&workshop.path("")), before);
}
