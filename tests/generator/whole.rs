//! Whole services of AWS: all their operations compile and document without a warning.

use super::compiled::{cargo, write, write_manifest};
use super::path;
use anyhow::Result;
use codegen::{Operations, Request, Runtime, Source};
use smithlet_tests::{Need, botocore, skip};
use std::fs;
use std::path::{Path, PathBuf};

/// The models by the names of their crates, as paths in botocore's data.
const SERVICES: [(&str, &str); 4] = [
    ("whole-codebuild", "codebuild/2016-10-06"),
    ("whole-dynamodb", "dynamodb/2012-08-10"),
    ("whole-sagemaker", "sagemaker/2017-07-24"),
    ("whole-ssm", "ssm/2014-11-06"),
];

#[test]
fn whole_services_compile_and_document_without_warnings() -> Result<()> {
    let data = match data()? {
        Need::Met(data) => data,
        Need::Missing(reason) => return skip("whole services", &reason),
    };
    let root = path("../target/whole");
    for (name, model) in SERVICES {
        write_crate(&root.join(name), name, &data.join(model), None, Operations::All)?;
    }
    write_manifest(&root, SERVICES.map(|(name, _)| name));
    cargo(&root, &["check", "--workspace", "--features", "serde"]);
    cargo(&root, &["doc", "--workspace", "--no-deps"]);
    Ok(())
}

/// The folder with botocore's models of services.
pub(super) fn data() -> Result<Need<PathBuf>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("botocore");
    Ok(match botocore::parts(&folder, botocore::CURRENT, &botocore::SERVICES)? {
        Need::Met(files) => Need::Met(files.join("botocore/data")),
        Need::Missing(reason) => Need::Missing(reason),
    })
}

/// Generates operations of a model, with the files beside it.
pub(super) fn write_crate(folder: &Path, name: &str, model: &Path, overlay: Option<&str>, operations: Operations) -> Result<()> {
    let read = |file| fs::read_to_string(model.join(file));
    let [service, rules, paginators] = [read("service-2.json")?, read("endpoint-rule-set-1.json")?, read("paginators-1.json")?];
    let waiters = read("waiters-2.json").ok();
    let runtime = path("../codegen/runtime").display().to_string();
    let request = Request {
        model: Source { file: "service-2.json", text: &service },
        overlay: overlay.map(|text| Source { file: "overlay.json", text }),
        endpoint_rules: Some(Source { file: "endpoint-rule-set-1.json", text: &rules }),
        paginators: Some(Source { file: "paginators-1.json", text: &paginators }),
        waiters: waiters.as_ref().map(|text| Source { file: "waiters-2.json", text }),
        operations,
        name: Some(name),
        runtime: Runtime::Path(&runtime),
        ..Request::default()
    };
    let generated = codegen::generate(&request).map_err(|findings| anyhow::anyhow!("{name}: {}", super::shown(&findings)))?;
    for (file, text) in &generated.files {
        write(&folder.join(file), text);
    }
    Ok(())
}
