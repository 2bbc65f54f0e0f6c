//! Sources of every kind, made here.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::archive::tests::{tarred, zipped};
use super::*;
use std::io::Write as _;
use std::path::Path;
use tempfile::TempDir;

const SQS: &str = r#"{"version": "2.0", "metadata": {"serviceId": "SQS", "endpointPrefix": "sqs"}, "operations": {}}"#;
const SFN: &str = r#"{"version": "2.0", "metadata": {"serviceId": "SFN", "endpointPrefix": "states"}, "operations": {}}"#;
const SES: &str = r#"{"version": "2.0", "metadata": {"serviceId": "SES", "endpointPrefix": "email"}, "operations": {}}"#;
const SES_V2: &str = r#"{"version": "2.0", "metadata": {"serviceId": "SESv2", "endpointPrefix": "email"}, "operations": {}}"#;
const SECRETS: &str =
    r#"{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "traits": {"aws.api#service": {"sdkId": "Secrets Manager"}}}}}"#;
const RULES: &str = r#"{"version": "1.0", "parameters": {}, "rules": []}"#;

/// The files of botocore's package.
const PACKAGE: [(&str, &str); 10] = [
    ("botocore/__init__.py", "__version__ = '1.43.67'\n"),
    ("botocore/data/_retry.json", "{}"),
    ("botocore/data/endpoints.json", r#"{"partitions": []}"#),
    ("botocore/data/email/2010-12-01/service-2.json", SES),
    ("botocore/data/sesv2/2019-09-27/service-2.json", SES_V2),
    ("botocore/data/sqs/2010-01-01/service-2.json", "{}"),
    ("botocore/data/sqs/2012-11-05/endpoint-rule-set-1.json", RULES),
    ("botocore/data/sqs/2012-11-05/paginators-1.json", r#"{"pagination": {}}"#),
    ("botocore/data/sqs/2012-11-05/service-2.json", SQS),
    ("botocore/data/stepfunctions/2016-11-23/service-2.json", SFN),
];

/// The day of every zip file that is made here.
pub(crate) const DAY: &str = "2026-08-07";

/// The cache in a folder, with one more wheel: that of a release of botocore with these files.
pub(crate) fn cached(folder: &Path, version: &str, files: &[(&str, &[u8])]) -> Cache {
    let bytes = zipped(files);
    let home = folder.join("botocore");
    std::fs::create_dir_all(&home).unwrap();
    std::fs::write(home.join(format!("botocore-{version}-{}.whl", cache::sha256(&bytes))), bytes).unwrap();
    Cache::at(folder)
}

fn gzipped(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn wheel() -> Vec<u8> {
    let files: Vec<_> = PACKAGE.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    zipped(&[&files[..], &[("botocore-1.43.67.dist-info/METADATA", b"Version: 1.43.67")]].concat())
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// Opens a path of a folder, which is shown as it stands here.
fn open(folder: &TempDir, path: &str) -> Result<Models, String> {
    let file = InputFile { path: folder.path().join(path), shown: path.to_owned() };
    let nowhere = Cache::at(folder.path().join("no/cache"));
    Models::open(&Source::Path(file), &nowhere, &mut |_| {}).map_err(|finding| finding.to_string())
}

fn services(models: &Models) -> String {
    let line = |service: Service| format!("{} {}", service.name, service.version.unwrap_or_default()).trim_end().to_owned();
    models.services().into_iter().map(line).collect::<Vec<_>>().join(", ")
}

fn error(models: &Models, service: &str) -> String {
    models.find(service).unwrap_err().to_string()
}

const ALL: &str = "email 2010-12-01, sesv2 2019-09-27, sqs 2012-11-05, stepfunctions 2016-11-23";

#[test]
fn a_release_in_the_cache_is_read() {
    let cached = tempfile::tempdir().unwrap();
    let digest = cache::sha256(&wheel());
    std::fs::create_dir(cached.path().join("botocore")).unwrap();
    std::fs::write(cached.path().join(format!("botocore/botocore-1.43.67-{digest}.whl")), wheel()).unwrap();
    let source = Source::Botocore { version: "1.43.67".to_owned(), sha256: None };
    let models = Models::open(&source, &Cache::at(cached.path()), &mut |step| panic!("{step}")).unwrap();
    assert_eq!(services(&models), ALL);
    assert_eq!(models.sha256(), Some(digest.as_str()));
    assert_eq!(models.release(), Some(&Release { name: "botocore 1.43.67".to_owned(), date: Some("2026-08-07".to_owned()) }));
    let found = models.find("sqs").unwrap();
    assert_eq!((found.model.shown.as_str(), found.model.text.as_str()), ("botocore 1.43.67: sqs/2012-11-05/service-2.json", SQS));
    let rules = found.beside.endpoint_rules.unwrap();
    assert_eq!((rules.shown.as_str(), rules.text.as_str()), ("botocore 1.43.67: sqs/2012-11-05/endpoint-rule-set-1.json", RULES));
    assert_eq!(found.beside.paginators.unwrap().text, r#"{"pagination": {}}"#);
    assert_eq!(models.find("stepfunctions").unwrap().beside, Beside::default());
}

#[test]
fn a_service_has_several_names() {
    let folder = folder(&PACKAGE);
    let models = open(&folder, ".").unwrap();
    let name = |service: &str| models.find(service).map(|found| found.service.name).map_err(|finding| finding.to_string());
    for service in ["sqs", "SQS", "s-q-s"] {
        assert_eq!(name(service).as_deref(), Ok("sqs"));
    }
    for service in ["stepfunctions", "step-functions", "Step Functions", "sfn", "SFN", "states"] {
        assert_eq!(name(service).as_deref(), Ok("stepfunctions"), "{service}");
    }
    assert_eq!(name("ses").as_deref(), Ok("email"), "an id comes before the nearest folder");
    assert_eq!(name("email").as_deref(), Ok("email"), "a folder comes before an endpoint prefix");
}

#[test]
fn an_unknown_service_gets_the_nearest_names() {
    let folder = folder(&PACKAGE);
    let models = open(&folder, "botocore").unwrap();
    assert_eq!(error(&models, "sqz"), "botocore has no service `sqz`\n  hint: did you mean `sqs`?");
    assert_eq!(error(&models, "SFM"), "botocore has no service `SFM`\n  hint: did you mean `SFN`?");
    assert_eq!(
        error(&models, "codebuild"),
        "botocore has no service `codebuild`\n  hint: it has `email`, `sesv2`, `sqs` and `stepfunctions`"
    );
    assert!(error(&models, "").starts_with("botocore has no service ``"));
    assert!(error(&models, "\u{1b}[31m").starts_with("botocore has no service `\\u{1b}[31m`"));
}

#[test]
fn a_name_of_several_services_is_refused() {
    let folder = folder(&[("data/a/2020-01-01/service-2.json", SES), ("data/b/2020-01-01/service-2.json", SES_V2)]);
    let models = open(&folder, ".").unwrap();
    assert_eq!(
        error(&models, "email"),
        "`email` may be one of several services of the current folder: `a` and `b`\n  hint: write one of these names"
    );
}

#[test]
fn every_part_of_the_package_can_be_named() {
    let folder = folder(&PACKAGE);
    for path in [".", "botocore", "botocore/data"] {
        let models = open(&folder, path).unwrap();
        assert_eq!(services(&models), ALL, "{path}");
        assert_eq!(models.release(), Some(&Release { name: "botocore 1.43.67".to_owned(), date: None }), "{path}");
        assert_eq!(models.sha256(), None);
    }
    for path in ["botocore/data/sqs", "botocore/data/sqs/2012-11-05"] {
        let models = open(&folder, path).unwrap();
        assert_eq!(services(&models), "sqs 2012-11-05", "{path}");
        assert!(models.find("sqs").unwrap().beside.endpoint_rules.is_some());
    }
    let models = open(&folder, "botocore").unwrap();
    assert_eq!(models.find("sqs").unwrap().model.shown, "botocore/data/sqs/2012-11-05/service-2.json");
}

#[test]
fn archives_are_read_where_they_are() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("botocore.whl"), wheel()).unwrap();
    let files: Vec<_> = PACKAGE.iter().map(|(path, text)| (format!("botocore-1.43.67/{path}"), text.as_bytes())).collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    std::fs::write(folder.path().join("botocore.tar.gz"), tarred(&files)).unwrap();
    for (path, date) in [("botocore.whl", "2026-08-07"), ("botocore.tar.gz", "2019-11-22")] {
        let models = open(&folder, path).unwrap();
        assert_eq!(services(&models), ALL);
        assert_eq!(models.release(), Some(&Release { name: "botocore 1.43.67".to_owned(), date: Some(date.to_owned()) }));
        assert_eq!(models.sha256(), Some(cache::sha256(&std::fs::read(folder.path().join(path)).unwrap()).as_str()));
        let found = models.find("SFN").unwrap();
        assert_eq!(found.model, Document { shown: format!("{path}: stepfunctions/2016-11-23/service-2.json"), text: SFN.to_owned() });
        assert_eq!(models.find("sqs").unwrap().beside.endpoint_rules.unwrap().text, RULES);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is unpacked");
}

#[test]
fn checkouts_of_smithy_models_are_read() {
    let folder = folder(&[
        ("new/models/secrets-manager/service/2017-10-17/secrets-manager-2017-10-17.json", SECRETS),
        ("new/build.json", "{}"),
        ("old/codegen/sdk/aws-models/secretsmanager.json", SECRETS),
        ("old/codegen/sdk/aws-models/sdk-partitions.json", r#"{"partitions": []}"#),
    ]);
    let models = open(&folder, "new").unwrap();
    assert_eq!(services(&models), "secrets-manager 2017-10-17");
    for service in ["secretsmanager", "Secrets Manager", "secrets-manager"] {
        assert_eq!(models.find(service).unwrap().model.text, SECRETS);
    }
    let models = open(&folder, "old").unwrap();
    assert_eq!(services(&models), "secretsmanager", "a file that is not a model is left out");
    assert_eq!(models.find("Secrets Manager").unwrap().model.shown, "old/codegen/sdk/aws-models/secretsmanager.json");
    assert_eq!(models.release(), None);
}

#[test]
fn folders_and_files_of_ones_own_are_read() {
    let folder =
        folder(&[("models/queue.json", SQS), ("models/more/secrets.json", SECRETS), ("models/notes.json", "[1]"), ("models/a.txt", "")]);
    std::fs::write(folder.path().join("models/sfn.json.gz"), gzipped(SFN)).unwrap();
    let models = open(&folder, "models").unwrap();
    assert_eq!(services(&models), "queue, secrets, sfn");
    assert_eq!(models.find("sqs").unwrap().model, Document { shown: "models/queue.json".to_owned(), text: SQS.to_owned() });
    assert_eq!(models.find("sfn").unwrap().model.text, SFN, "a compressed model is read");

    let single = open(&folder, "models/queue.json").unwrap();
    assert_eq!(services(&single), "queue");
    assert_eq!(single.find("SQS").unwrap().model.shown, "models/queue.json");
    assert_eq!(error(&single, "kms"), "models/queue.json has no service `kms`\n  hint: it has `queue`");
}

#[test]
fn a_single_model_of_the_package_keeps_its_rules_and_its_release() {
    let folder = folder(&PACKAGE);
    let path = "botocore/data/sqs/2012-11-05/service-2.json";
    let models = open(&folder, path).unwrap();
    assert_eq!(services(&models), "sqs 2012-11-05");
    assert_eq!(models.release().unwrap().name, "botocore 1.43.67");
    assert_eq!(models.sha256(), Some(cache::sha256(SQS.as_bytes()).as_str()));
    let found = models.find("sqs").unwrap();
    assert_eq!(found.model.shown, path);
    assert_eq!(found.beside.endpoint_rules.unwrap().shown, "botocore/data/sqs/2012-11-05/endpoint-rule-set-1.json");
}

#[test]
fn two_models_of_one_service_are_refused() {
    let folder = folder(&[("m/a/sqs.json", SQS), ("m/b/sqs.json", SQS)]);
    assert_eq!(
        error(&open(&folder, "m").unwrap(), "sqs"),
        "`sqs` may be one of several models of m: `a/sqs.json` and `b/sqs.json`\n  hint: remove one of them, or name the file with `path`"
    );
}

#[test]
fn what_is_no_source_is_one_finding() {
    let folder = folder(&[("empty/readme.md", ""), ("text.md", "text"), ("broken.whl", "PK\u{3}\u{4}"), ("data/x.json", "{}")]);
    std::fs::write(folder.path().join("other.zip"), zipped(&[("a.json", b"{}")])).unwrap();
    let refused = |path: &str| open(&folder, path).map(|_| ()).unwrap_err().lines().next().unwrap().to_owned();
    assert_eq!(refused("gone"), "gone: no such file or folder");
    assert_eq!(refused("empty"), "empty: has no models");
    assert_eq!(refused("text.md"), "text.md: is neither an archive nor a model");
    assert_eq!(refused("broken.whl"), "broken.whl: is damaged: missing end of central directory");
    assert_eq!(refused("other.zip"), "other.zip: has no models");
}

#[test]
fn a_member_that_is_damaged_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let cut = gzipped(SQS);
    let files: [(&str, &[u8]); 2] = [
        ("botocore/data/sqs/2012-11-05/service-2.json.gz", &cut[..cut.len() - 9]),
        ("botocore/data/stepfunctions/2016-11-23/service-2.json", SFN.as_bytes()),
    ];
    std::fs::write(folder.path().join("b.whl"), zipped(&files)).unwrap();
    let models = open(&folder, "b.whl").unwrap();
    assert!(
        error(&models, "sqs").starts_with("b.whl: sqs/2012-11-05/service-2.json.gz: cannot be decompressed: "),
        "{}",
        error(&models, "sqs")
    );
    assert_eq!(models.find("sfn").unwrap().service.name, "stepfunctions", "other models can be used");
}
