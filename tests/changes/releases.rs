//! Real releases of botocore: 1.13.25 and 1.13.26, which added the log ARNs, and a recent one.

use super::compare;
use anyhow::{Context, Result};
use codegen::changes::{Change, Kind, Level, Style, Wire};
use smithlet_tests::botocore::{self, Release};
use smithlet_tests::{Need, skip};
use std::path::{Path, PathBuf};

/// The file with the model of `CodeBuild` in a release, or the reason why it is missing.
pub(super) fn file(release: Release) -> Result<Need<PathBuf>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("botocore");
    Ok(match botocore::source(&folder, release)? {
        Need::Met(files) => Need::Met(files.join("botocore/data/codebuild/2016-10-06/service-2.json")),
        Need::Missing(reason) => Need::Missing(reason),
    })
}

/// The model of `CodeBuild` in a release, or the reason why it is missing.
pub(super) fn codebuild(release: Release) -> Result<Need<String>> {
    Ok(match file(release)? {
        Need::Met(model) => Need::Met(std::fs::read_to_string(&model).with_context(|| model.display().to_string())?),
        Need::Missing(reason) => Need::Missing(reason),
    })
}

#[test]
fn the_whole_service_before_and_after_the_log_arns() -> Result<()> {
    let (old, new) = match (codebuild(botocore::BEFORE_LOG_ARNS)?, codebuild(botocore::WITH_LOG_ARNS)?) {
        (Need::Met(old), Need::Met(new)) => (old, new),
        (Need::Missing(reason), _) | (_, Need::Missing(reason)) => return skip("the comparison of two releases", &reason),
    };
    let changes = compare(&old, &new);
    let names: Vec<&str> = changes.operations.iter().map(|operation| operation.name.as_str()).collect();
    assert_eq!(names, ["BatchGetBuilds", "StartBuild", "StopBuild"], "the other operations differ in words alone");
    let news = |change: &Change| change.kind == Kind::MemberAdded && change.shape == "LogsLocation";
    assert!(changes.operations.iter().all(|operation| operation.changes.len() == 2 && operation.changes.iter().all(news)));
    assert!(changes.changes.is_empty());
    assert_eq!((changes.verdict.wire, changes.verdict.level), (Wire::Compatible, Level::Minor));

    let report = changes.report(Style::Text, "2019-11-22", false);
    assert!(report.starts_with("AWS CodeBuild\n\n2019/11/22 - AWS CodeBuild - 3 updated api methods\n"), "{report}");
    for (method, holder) in [("BatchGetBuilds", "builds"), ("StartBuild", "build"), ("StopBuild", "build")] {
        let page = format!(
            "{method} (updated)\nChanges (response)\n{{'{holder}': {{'logs': {{'cloudWatchLogsArn': 'string', 's3LogsArn': 'string'}}}}}}\n"
        );
        assert!(report.contains(&page), "{page}\nis not in\n{report}");
    }
    // Documentation is listed apart. The site does not show it.
    let told: Vec<&str> = changes.documentation.iter().map(|entry| entry.change.shape.as_str()).collect();
    assert!(told.contains(&"DeleteProject") && told.contains(&"ListBuildsInput"), "{told:?}");
    assert!(report.contains("Deletes a build project. {+When you delete a project, its builds are not deleted.+}"), "{report}");
    Ok(())
}

#[test]
fn seven_years_of_releases_are_one_comparison() -> Result<()> {
    let (old, new) = match (codebuild(botocore::BEFORE_LOG_ARNS)?, codebuild(botocore::CURRENT)?) {
        (Need::Met(old), Need::Met(new)) => (old, new),
        (Need::Missing(reason), _) | (_, Need::Missing(reason)) => return skip("the comparison over seven years", &reason),
    };
    let there = compare(&old, &new);
    assert!(there.operations.len() > 30);
    // In the other direction, every addition is a removal.
    let back = compare(&new, &old);
    assert_eq!((back.verdict.wire, back.verdict.level), (Wire::Breaking, Level::Major));
    assert_eq!(there.operations.len(), back.operations.len());
    Ok(())
}
