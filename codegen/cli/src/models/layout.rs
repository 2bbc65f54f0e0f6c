//! The places of models: what a path says about the service and the version of its API.
//!
//! | path | from |
//! |---|---|
//! | `botocore/data/SERVICE/DATE/service-2.json`, and any shorter end of it | botocore's wheel, source distribution, package |
//! | `models/SERVICE/service/DATE/SERVICE-DATE.json` | AWS's repository of Smithy models |
//! | `codegen/sdk/aws-models/SERVICE.json` | the repositories of AWS's SDKs |
//! | `SERVICE.json`, `FOLDER/SERVICE.json` | a folder that a user has arranged |
//!
//! Each file may end in `.gz`. The last row counts only in a folder without models in one of the first two layouts.

use super::archive::Member;
use crate::beside::{Beside, MODEL, NAMES};
use std::collections::{BTreeMap, BTreeSet};

/// The folders in which models lie, tried in this order below a folder that is named. The folder itself comes last.
pub(super) const ROOTS: [&str; 7] =
    ["botocore/data", "data", "models", "codegen/sdk/aws-models", "codegen/sdk-codegen/aws-models", "aws-models", ""];

/// The folder of a package's models. Models elsewhere in the same archive are those of tests.
const PACKAGE: &str = "botocore/data/";

/// The folder of flat models in repositories of AWS's SDKs.
const FLAT: &str = "aws-models";

/// A model of a service.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Entry {
    /// The service, as its folder or its file is called.
    pub(super) service: String,
    /// The version of the API, a date.
    pub(super) version: Option<String>,
    /// The path of the model.
    pub(super) model: String,
    /// The paths of the files beside it.
    pub(super) beside: Beside<String>,
    /// True if only the ending of its name says that the file is a model.
    pub(super) is_guess: bool,
}

/// Finds the models among the files of a folder, or else of an archive. `folder` has the names of the folders on the way to it, itself included.
///
/// Of each service only the newest version is returned. Two files of the same service and version are both returned.
pub(super) fn newest(folder: Option<&[String]>, members: &[Member]) -> Vec<Entry> {
    let paths: BTreeSet<&str> = members.iter().map(|member| member.path.as_str()).collect();
    let packaged = |path: &str| path.starts_with(PACKAGE) || path.contains(&format!("/{PACKAGE}"));
    let has_package = folder.is_none() && paths.iter().any(|path| packaged(path));
    let mut services: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for path in paths.iter().filter(|path| !has_package || packaged(path)) {
        let Some(mut entry) = classify(folder, path) else { continue };
        if file(path) == MODEL {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            entry.beside = NAMES.find(|name| {
                let path = format!("{folder}/{name}");
                let path = path.trim_start_matches('/');
                paths.contains(path).then(|| path.to_owned())
            });
        }
        let known = services.entry(entry.service.clone()).or_default();
        // Versions are dates, which their text orders; a model without one is older than any with one.
        let rank = |entry: &Entry| (entry.version.clone(), !entry.is_guess);
        match known.first().map(|other| rank(&entry).cmp(&rank(other))) {
            Some(std::cmp::Ordering::Less) => {}
            Some(std::cmp::Ordering::Equal) => known.push(entry),
            Some(std::cmp::Ordering::Greater) | None => *known = vec![entry],
        }
    }
    let entries = || services.values().flatten();
    // A checkout or a package has other JSON files as well, which are not models.
    let has_layout = entries().any(|entry| entry.version.is_some() && !entry.is_guess);
    entries().filter(|entry| !(has_layout && entry.is_guess)).cloned().collect()
}

/// True if a folder of [`ROOTS`] may hold nothing but guesses. Another folder called `data` may hold any JSON.
pub(super) fn may_guess(root: &str) -> bool {
    root.is_empty() || root.ends_with(FLAT)
}

/// The part of a path that a reader needs: without the folders of the package, or of a source distribution.
pub(super) fn short(path: &str) -> &str {
    path.rsplit_once(PACKAGE).map_or(path, |(_, short)| short)
}

/// The version of botocore in an archive's paths: `botocore-1.43.67.dist-info/METADATA` of a wheel, `botocore-1.43.67/` of a source distribution.
pub(super) fn release(members: &[Member]) -> Option<String> {
    members.iter().find_map(|member| {
        let top = member.path.split('/').next()?;
        let version = top.strip_suffix(".dist-info").unwrap_or(top).strip_prefix("botocore-")?;
        let is_version = version.starts_with(|first: char| first.is_ascii_digit())
            && version.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        is_version.then(|| version.to_owned())
    })
}

fn classify(folder: Option<&[String]>, path: &str) -> Option<Entry> {
    let below: Vec<&str> = path.split('/').collect();
    let above = folder.unwrap_or_default().iter().map(String::as_str);
    let parts: Vec<&str> = above.chain(below.iter().copied()).collect();
    let entry = |service: &str, version: Option<&str>, is_guess| {
        Some(Entry {
            service: service.to_owned(),
            version: version.map(str::to_owned),
            model: path.to_owned(),
            beside: Beside::default(),
            is_guess,
        })
    };
    let file = file(path);
    let stem = file.strip_suffix(".json")?;
    match parts.as_slice() {
        [.., service, date, _] if file == MODEL && is_date(date) => entry(service, Some(date), false),
        [.., service, _] if file == MODEL => entry(service, None, false),
        [.., service, "service", date, _] if is_date(date) && stem.starts_with(service) => entry(service, Some(date), false),
        _ if is_other(stem) => None,
        _ if parts.iter().nth_back(1) == Some(&FLAT) || (folder.is_some() && below.len() <= 2) => {
            let (service, version) = dated(stem);
            entry(service, version, true)
        }
        _ => None,
    }
}

/// The service and the version in the name of a flat file, which may end with a date: `SERVICE-DATE`.
fn dated(stem: &str) -> (&str, Option<&str>) {
    let split = stem.len().checked_sub(11).and_then(|at| stem.split_at_checked(at));
    match split.and_then(|(service, rest)| Some((service, rest.strip_prefix(['-', '.'])?))) {
        Some((service, date)) if is_date(date) && !service.is_empty() => (service, Some(date)),
        _ => (stem, None),
    }
}

/// True for botocore's files that are not models, by their numbered names: `paginators-1`, `waiters-2`, `paginators-1.sdk-extras`.
fn is_other(stem: &str) -> bool {
    ["paginators-", "waiters-", "examples-", "endpoint-", "completions-"].iter().any(|start| stem.starts_with(start))
}

/// The name of a file without `.gz`.
fn file(path: &str) -> &str {
    let path = path.strip_suffix(".gz").unwrap_or(path);
    path.rsplit_once('/').map_or(path, |(_, file)| file)
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(folder: Option<&[&str]>, paths: &[&str]) -> Vec<String> {
        let above: Option<Vec<String>> = folder.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        let members: Vec<Member> = paths.iter().map(|path| Member { path: (*path).to_owned(), day: None }).collect();
        let line = |entry: Entry| {
            let version = entry.version.unwrap_or_default();
            let line = format!("{} {version} {}", entry.service, entry.model);
            entry.beside.into_iter().fold(line, |line, path| format!("{line} {path}"))
        };
        newest(above.as_deref(), &members).into_iter().map(line).collect()
    }

    #[test]
    fn the_newest_version_of_a_package_counts_with_the_files_beside_it() {
        let paths = [
            "botocore/data/ec2/2014-09-01/service-2.json",
            "botocore/data/ec2/2016-11-15/endpoint-rule-set-1.json.gz",
            "botocore/data/ec2/2016-11-15/paginators-1.json",
            "botocore/data/ec2/2016-11-15/paginators-1.sdk-extras.json",
            "botocore/data/ec2/2016-11-15/service-2.json.gz",
            "botocore/data/ec2/2016-11-15/waiters-2.json",
            "botocore/data/endpoints.json",
            "botocore/data/sqs/2012-11-05/service-2.json",
        ];
        let expected = [
            "ec2 2016-11-15 botocore/data/ec2/2016-11-15/service-2.json.gz botocore/data/ec2/2016-11-15/endpoint-rule-set-1.json.gz \
             botocore/data/ec2/2016-11-15/paginators-1.json botocore/data/ec2/2016-11-15/waiters-2.json",
            "sqs 2012-11-05 botocore/data/sqs/2012-11-05/service-2.json",
        ];
        assert_eq!(found(None, &paths), expected);
    }

    #[test]
    fn models_of_tests_beside_the_package_are_left_out() {
        let paths = ["botocore-1.0/botocore/data/sqs/2012-11-05/service-2.json", "botocore-1.0/tests/data/sqs/2020-01-01/service-2.json"];
        assert_eq!(found(None, &paths), [format!("sqs 2012-11-05 {}", paths[0])]);
        assert_eq!(short(paths[0]), "sqs/2012-11-05/service-2.json");
    }

    #[test]
    fn a_folder_may_be_any_part_of_a_package() {
        for (above, path) in [
            (&["data"][..], "sqs/2012-11-05/service-2.json"),
            (&["data", "sqs"], "2012-11-05/service-2.json"),
            (&["data", "sqs", "2012-11-05"], "service-2.json"),
        ] {
            assert_eq!(found(Some(above), &[path]), [format!("sqs 2012-11-05 {path}")]);
        }
    }

    #[test]
    fn smithy_models_have_two_layouts() {
        let path = "secrets-manager/service/2017-10-17/secrets-manager-2017-10-17.json";
        assert_eq!(found(Some(&["models"]), &[path]), [format!("secrets-manager 2017-10-17 {path}")]);
        let archived = format!("api-models-aws-main/models/{path}");
        assert_eq!(found(None, &[&archived]), [format!("secrets-manager 2017-10-17 {archived}")]);
        let flat = ["repository/codegen/sdk/aws-models/secrets-manager.json", "repository/package.json"];
        assert_eq!(found(None, &flat), [format!("secrets-manager  {}", flat[0])]);
    }

    #[test]
    fn files_of_ones_own_are_guessed_at_in_folders_only() {
        let paths = ["sqs-2012-11-05.json", "sub/kms.json.gz", "sub/deeper/ssm.json", "waiters-2.json", "own/service-2.json"];
        let expected = ["kms  sub/kms.json.gz", "own  own/service-2.json", "sqs 2012-11-05 sqs-2012-11-05.json"];
        assert_eq!(found(Some(&[]), &paths), expected);
        assert_eq!(found(None, &["a/sqs.json"]), [""; 0]);
        assert_eq!(found(Some(&[]), &["é.json", "2012-11-05.json"]), ["2012-11-05  2012-11-05.json", "é  é.json"]);
    }

    #[test]
    fn other_files_beside_a_layout_are_no_models() {
        let paths = ["_retry.json", "partitions.json", "sqs/2012-11-05/service-2.json"];
        assert_eq!(found(Some(&["data"]), &paths), ["sqs 2012-11-05 sqs/2012-11-05/service-2.json"]);
    }

    #[test]
    fn two_models_of_one_service_are_both_returned() {
        assert_eq!(found(Some(&[]), &["a/sqs.json", "b/sqs.json"]), ["sqs  a/sqs.json", "sqs  b/sqs.json"]);
    }

    #[test]
    fn an_archive_tells_its_release() {
        let of = |path: &str| release(&[Member { path: path.to_owned(), day: None }]);
        assert_eq!(of("botocore-1.43.67.dist-info/METADATA").as_deref(), Some("1.43.67"));
        assert_eq!(of("botocore-1.43.67/botocore/data/endpoints.json").as_deref(), Some("1.43.67"));
        assert_eq!(of("botocore-main/x.json"), None);
        assert_eq!(of("botocore-1 \u{1b}/x.json"), None);
    }
}
