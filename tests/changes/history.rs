//! The log ARNs of 2019-11-22, compared with the page of the API-changes site.

use super::{compare, compare_operations, edited, lines, text};
use codegen::Operations;
use codegen::changes::{Changes, Status, Style};
use serde_json::Value;

const MEMBERS: [&str; 2] = ["cloudWatchLogsArn", "s3LogsArn"];

/// The facts as they are, and as they were three days earlier.
pub(crate) fn facts() -> (String, String) {
    let new = text("facts/codebuild-2019-11-22.service-2.json");
    let mut old: Value = serde_json::from_str(&new).expect("the facts are JSON");
    for member in MEMBERS {
        old["shapes"]["LogsLocation"]["members"].as_object_mut().and_then(|members| members.remove(member)).expect("it is there");
    }
    (old.to_string(), new)
}

/// Our own model of that day, and without the members.
fn ours() -> (String, String) {
    let new = text("facts/codebuild-2019-11-22.smithy.json");
    let old = edited(
        serde_json::from_str(&new).expect("the model is JSON"),
        &[
            ("/shapes/com.amazonaws.codebuild#LogsLocation/members/cloudWatchLogsArn", Value::Null),
            ("/shapes/com.amazonaws.codebuild#LogsLocation/members/s3LogsArn", Value::Null),
        ],
    );
    (old.to_string(), new)
}

pub(crate) fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(super::path("changes/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[track_caller]
fn is_the_update_of_the_log_arns(changes: &Changes) {
    let names: Vec<&str> = changes.operations.iter().map(|operation| operation.name.as_str()).collect();
    assert_eq!(names, ["BatchGetBuilds", "StartBuild", "StopBuild"]);
    assert!(changes.operations.iter().all(|operation| operation.status == Status::Updated));
    assert_eq!(
        lines(changes),
        [
            "BatchGetBuilds response builds[].logs.cloudWatchLogsArn: member-added compatible minor",
            "BatchGetBuilds response builds[].logs.s3LogsArn: member-added compatible minor",
            "StartBuild response build.logs.cloudWatchLogsArn: member-added compatible minor",
            "StartBuild response build.logs.s3LogsArn: member-added compatible minor",
            "StopBuild response build.logs.cloudWatchLogsArn: member-added compatible minor",
            "StopBuild response build.logs.s3LogsArn: member-added compatible minor",
        ]
    );
    let report = changes.report(Style::Text, "2019-11-22", false);
    let page = [
        "2019/11/22 - AWS CodeBuild - 3 updated api methods",
        "BatchGetBuilds (updated)\nChanges (response)\n{'builds': {'logs': {'cloudWatchLogsArn': 'string', 's3LogsArn': 'string'}}}\n",
        "StartBuild (updated)\nChanges (response)\n{'build': {'logs': {'cloudWatchLogsArn': 'string', 's3LogsArn': 'string'}}}\n",
        "StopBuild (updated)\nChanges (response)\n{'build': {'logs': {'cloudWatchLogsArn': 'string', 's3LogsArn': 'string'}}}\n",
    ];
    for part in page {
        assert!(report.contains(part), "{part}\nis not in\n{report}");
    }
}

#[test]
fn the_report_has_the_sites_form_in_either_format() {
    for (old, new) in [facts(), ours()] {
        is_the_update_of_the_log_arns(&compare(&old, &new));
    }
}

#[test]
fn the_two_formats_compare_with_each_other() {
    let ((old_facts, new_facts), (old, new)) = (facts(), ours());
    for (old, new) in [(&old_facts, &new), (&old, &new_facts)] {
        let mut changes = compare(old, new);
        // The facts have no documentation on purpose.
        changes.documentation.clear();
        is_the_update_of_the_log_arns(&changes);
    }
    let mut same = compare(&new_facts, &new);
    same.documentation.clear();
    assert!(same.is_empty(), "{:?}", lines(&same));
}

#[test]
fn the_reports_match_their_snapshots() {
    let (old, new) = facts();
    let changes = compare(&old, &new);
    snapshot("log_arns.text", &changes.report(Style::Text, "2019-11-22", false));
    snapshot("log_arns.markdown", &changes.report(Style::Markdown, "2019-11-22", false));
    snapshot("log_arns.json", &changes.json("2019-11-22"));
    let stop = compare_operations(&old, &new, Operations::Named(vec!["StopBuild".to_owned()]));
    snapshot("log_arns.stop_build.full.text", &stop.report(Style::Text, "2019-11-22", true));
    snapshot("log_arns.stop_build.full.markdown", &stop.report(Style::Markdown, "2019-11-22", true));
}
