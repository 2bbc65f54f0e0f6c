//! The update of our model with the log ARNs of 2019-11-22, made by `import`.

use super::text;
use anyhow::Result;
use codegen::import::{Docs, Imported, Request, import};
use codegen::{Operations, Source};
use serde_json::Value;
use smithlet_tests::{Need, botocore, skip};

/// Our model of that day, and as it was before the two members came.
pub(super) fn models() -> (String, String) {
    let new = text("facts/codebuild-2019-11-22.smithy.json");
    let start = new.find("                \"cloudWatchLogsArn\": {\n").expect("the first of the two is there");
    let (before, after) = new.split_at(start);
    let end = after.find("                \"cloudWatchLogs\": {\n").expect("what follows them is there");
    (format!("{before}{}", after.split_at(end).1), new)
}

#[track_caller]
fn imported(model: &str, upstream: &str, docs: Docs) -> Imported {
    let overlay = text("facts/codebuild-2019-11-22.overlay.json");
    let request = Request {
        upstream: Source { file: "upstream.json", text: upstream },
        endpoint_rules: None,
        paginators: None,
        waiters: None,
        model: Source { file: "model.json", text: model },
        overlay: Some(Source { file: "overlay.json", text: &overlay }),
        changelog: None,
        record: None,
        release: None,
        operations: Operations::All,
        docs,
        date: "2019-11-22",
        take_version: false,
    };
    import(&request).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// Botocore's model has all but our documentation. With the two texts filled in, the file is ours.
#[track_caller]
fn is_our_update_but_for_the_words(upstream: &str) {
    let (old, new) = models();
    let imported = imported(&old, upstream, Docs::Ours);
    assert_eq!(imported.undocumented, ["LogsLocation$cloudWatchLogsArn", "LogsLocation$s3LogsArn"]);
    let target = "\"target\": \"com.amazonaws.codebuild#String\"";
    let mut filled = imported.model;
    for name in ["cloudWatchLogsArn", "s3LogsArn"] {
        let key = format!("                \"{name}\": {{\n                    {target}");
        let (_, rest) = new.split_once(&format!("{key},\n")).expect("our member");
        let (traits, _) = rest.split_once("\n                },\n").expect("its end");
        filled = filled.replace(&format!("{key}\n"), &format!("{key},\n{traits}\n"));
    }
    assert!(filled == new, "{}", similar::TextDiff::from_lines(&new, &filled).unified_diff());
}

#[test]
fn an_import_of_the_facts_gives_our_model_but_for_its_documentation() {
    is_our_update_but_for_the_words(&text("facts/codebuild-2019-11-22.service-2.json"));
}

#[test]
fn an_import_of_the_release_gives_our_model_but_for_its_documentation() -> Result<()> {
    match super::releases::codebuild(botocore::WITH_LOG_ARNS)? {
        Need::Met(upstream) => is_our_update_but_for_the_words(&upstream),
        Need::Missing(reason) => return skip("the import of a release", &reason),
    }
    Ok(())
}

#[test]
fn an_import_of_smithys_form_gives_our_model_byte_for_byte() {
    let (old, new) = models();
    let imported = imported(&old, &new, Docs::Theirs);
    assert!(imported.model == new, "{}", similar::TextDiff::from_lines(&new, &imported.model).unified_diff());
    assert!(imported.undocumented.is_empty());
}

#[test]
fn the_changelog_gets_a_line_for_each_member() {
    let (old, new) = models();
    let entry = imported(&old, &new, Docs::Theirs).changelog.expect("there is news");
    let (_, news) = entry.split_once("- 2019-11-22\n\n### Added\n\n").expect("something is added");
    let places = "in the responses of `Client::batch_get_builds`, `Client::start_build` and `Client::stop_build`";
    assert_eq!(
        news,
        format!(
            "- Member added: `types::LogsLocation::cloud_watch_logs_arn`, `string`, {places}.\n\
             - Member added: `types::LogsLocation::s3_logs_arn`, `string`, {places}.\n"
        )
    );
}

/// Lines that a maintainer has written by hand are released with the update, and ask for the step that they need.
#[test]
fn a_version_that_is_taken_releases_the_lines_that_were_unreleased() {
    let (old, new) = models();
    let overlay = text("facts/codebuild-2019-11-22.overlay.json");
    let line = "- **Breaking:** `Config::builder().example(...)` takes seconds\n  instead of minutes.";
    let changelog = format!("# Changelog\n\n## [Unreleased]\n\n### Changed\n\n{line}\n\n## [0.1.0] - 2019-11-19\n\nThe first.\n");
    let request = Request {
        upstream: Source { file: "upstream.json", text: &new },
        endpoint_rules: None,
        paginators: None,
        waiters: None,
        model: Source { file: "model.json", text: &old },
        overlay: Some(Source { file: "overlay.json", text: &overlay }),
        changelog: Some(&changelog),
        record: None,
        release: None,
        operations: Operations::All,
        docs: Docs::Theirs,
        date: "2019-11-22",
        take_version: true,
    };
    let imported = import(&request).unwrap_or_else(|findings| panic!("{findings:#?}"));
    assert_eq!(imported.proposed.as_deref(), Some("0.2.0"), "the update alone asks for 0.1.2");
    let text = imported.changelog.expect("something differs");
    assert!(text.contains("# Changelog\n\n## [0.2.0] - 2019-11-22\n\n### Added\n\n- Member added: "), "{text}");
    assert!(
        text.ends_with(&format!("\n\n### Changed\n\n{line}\n\n## [0.1.0] - 2019-11-19\n\nThe first.\n")) && !text.contains("Unreleased"),
        "{text}"
    );
}

#[test]
fn the_crate_has_the_version_on_top_of_its_changelog() {
    let (changelog, manifest) = (text("../generated/CHANGELOG.md"), text("../generated/Cargo.toml"));
    let newest = changelog.lines().find_map(|line| line.strip_prefix("## [")?.split_once(']')).map(|(version, _)| version);
    let newest = newest.expect("the changelog has an entry");
    let is_it = manifest.contains(&format!("\nversion = \"{newest}\"\n"));
    assert!(
        is_it || newest == "Unreleased",
        "the changelog proposes {newest}: take it in model/codebuild.overlay.json, or change it there"
    );
}

/// This holds of every model; the one that is read here is today's.
#[test]
fn our_model_is_up_to_date_with_itself() {
    let (model, overlay, record) =
        (text("../model/codebuild.json"), text("../model/codebuild.overlay.json"), text("../model/codebuild.upstream.json"));
    for docs in [Docs::Ours, Docs::Theirs] {
        let request = Request {
            upstream: Source { file: "upstream.json", text: &model },
            endpoint_rules: None,
            paginators: None,
            waiters: None,
            model: Source { file: "model.json", text: &model },
            overlay: Some(Source { file: "overlay.json", text: &overlay }),
            changelog: None,
            record: Some(Source { file: "record.json", text: &record }),
            release: None,
            operations: Operations::All,
            docs,
            date: "2019-11-22",
            take_version: true,
        };
        let imported = import(&request).unwrap_or_else(|findings| panic!("{findings:#?}"));
        assert_eq!(imported.model, model);
        assert_eq!((imported.proposed, imported.overlay, imported.changelog), (None, None, None));
    }
}

/// Every digest of the record belongs to a shape or a member of the model.
#[test]
fn the_record_is_about_our_model() {
    let model: Value = serde_json::from_str(&text("../model/codebuild.json")).expect("the model is JSON");
    let record: Value = serde_json::from_str(&text("../model/codebuild.upstream.json")).expect("the record is JSON");
    let shape = |name: &str| &model["shapes"][format!("com.amazonaws.codebuild#{name}")];
    let digests = record["documentation"].as_object().expect("it has digests");
    assert!(!digests.is_empty());
    for name in digests.keys() {
        let is_there = name.split_once('$').map_or(shape(name), |(holder, member)| &shape(holder)["members"][member]);
        assert!(is_there.is_object(), "{name} is not in the model: an import writes the record anew");
    }
}

#[test]
fn seven_years_of_updates_are_one_import() -> Result<()> {
    let (_, ours) = models();
    let upstream = match super::releases::codebuild(botocore::CURRENT)? {
        Need::Met(upstream) => upstream,
        Need::Missing(reason) => return skip("the import of a release of today", &reason),
    };
    let imported = imported(&ours, &upstream, Docs::Ours);
    // Our lines are still there in our order: an update adds lines and changes few.
    let kept: Vec<&str> = ours.lines().collect();
    let mut lines = imported.model.lines();
    let moved: Vec<&&str> =
        kept.iter().filter(|line| line.contains("smithy.api#documentation") && !lines.any(|other| other == **line)).collect();
    assert!(moved.is_empty(), "{moved:?}");
    assert!(imported.undocumented.len() > 50);
    Ok(())
}
