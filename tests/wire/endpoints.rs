//! Endpoints by AWS's test vectors for `CodeBuild`'s endpoint rules, and AWS's partitions. Both are in botocore's source distribution.

use crate::replay::Replay;
use serde_json::Value;
use smithlet_codebuild::Client;
use smithlet_codebuild::config::Region;
use smithlet_runtime::endpoint::partition;
use smithlet_tests::{Need, botocore, skip};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A file of botocore's source distribution. `None` skips the test.
fn file(test: &str, path: &str) -> anyhow::Result<Option<Value>> {
    let folder: PathBuf = match botocore::source(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("botocore"), botocore::CURRENT)? {
        Need::Met(folder) => folder,
        Need::Missing(reason) => return skip(test, &reason).map(|()| None),
    };
    Ok(Some(serde_json::from_str(&std::fs::read_to_string(folder.join(path))?)?))
}

#[tokio::test]
async fn endpoints_are_those_of_the_vectors_of_aws() -> anyhow::Result<()> {
    let path = "tests/functional/endpoint-rules/codebuild/endpoint-tests-1.json";
    let Some(vectors) = file("endpoint vectors", path)? else { return Ok(()) };
    let cases = vectors["testCases"].as_array().map_or(&[][..], Vec::as_slice);
    assert_eq!(cases.len(), 48);
    let mut faults = String::new();
    for case in cases {
        let (params, expect) = (&case["params"], &case["expect"]);
        let found = uri_of_a_call(params).await;
        let good = match (&found, expect["endpoint"]["url"].as_str()) {
            // The client refuses a call without a region, which the signature needs, whatever the rules say.
            (Err(line), _) if params["Region"].is_null() => line.contains("no region"),
            (Ok(uri), Some(url)) => uri.trim_end_matches('/') == url,
            (Err(line), None) => expect["error"].as_str().is_some_and(|error| line.contains(error)),
            _ => false,
        };
        if !good {
            writeln!(faults, "{}: {params}: found {found:?}, expected {expect}", case["documentation"])?;
        }
    }
    assert!(faults.is_empty(), "{faults}");
    Ok(())
}

/// The URI of a call with these parameters, or the line of its error.
async fn uri_of_a_call(params: &Value) -> Result<String, String> {
    let flag = |name: &str| params[name].as_bool().unwrap_or_default();
    let replay = Replay::new(200, "{}");
    let mut config = replay.config().use_fips(flag("UseFIPS")).use_dual_stack(flag("UseDualStack"));
    config.set_region(params["Region"].as_str().map(|region| Region::new(region.to_owned())));
    config.set_endpoint_url(params["Endpoint"].as_str().map(str::to_owned));
    match Client::from_conf(config.build()).batch_get_builds().ids("web:1").send().await {
        Ok(_) => Ok(replay.request().uri),
        Err(error) => Err(error.to_string()),
    }
}

/// The patterns of the partitions' regions, which the runtime's table has in another form.
const PATTERNS: [(&str, &str); 8] = [
    ("aws", r"^(us|eu|ap|sa|ca|me|af|il|mx)\-\w+\-\d+$"),
    ("aws-cn", r"^cn\-\w+\-\d+$"),
    ("aws-eusc", r"^eusc\-(de)\-\w+\-\d+$"),
    ("aws-iso", r"^us\-iso\-\w+\-\d+$"),
    ("aws-iso-b", r"^us\-isob\-\w+\-\d+$"),
    ("aws-iso-e", r"^eu\-isoe\-\w+\-\d+$"),
    ("aws-iso-f", r"^us\-isof\-\w+\-\d+$"),
    ("aws-us-gov", r"^us\-gov\-\w+\-\d+$"),
];

#[test]
fn partitions_are_those_of_botocore() -> anyhow::Result<()> {
    let Some(data) = file("partitions", "botocore/data/partitions.json")? else { return Ok(()) };
    let partitions = data["partitions"].as_array().map_or(&[][..], Vec::as_slice);
    let patterns: Vec<_> = partitions.iter().filter_map(|row| Some((row["id"].as_str()?, row["regionRegex"].as_str()?))).collect();
    assert_eq!(patterns, PATTERNS);
    for row in partitions {
        let outputs = &row["outputs"];
        let regions = row["regions"].as_object().filter(|regions| !regions.is_empty()).expect("a partition has regions");
        for region in regions.keys() {
            let ours = partition(region);
            assert_eq!(row["id"], ours.name, "{region}");
            assert_eq!(outputs["dnsSuffix"], ours.dns_suffix, "{region}");
            assert_eq!(outputs["dualStackDnsSuffix"], ours.dual_stack_dns_suffix, "{region}");
            assert_eq!(outputs["implicitGlobalRegion"], ours.implicit_global_region, "{region}");
            assert_eq!(outputs["supportsFIPS"], ours.supports_fips, "{region}");
            assert_eq!(outputs["supportsDualStack"], ours.supports_dual_stack, "{region}");
        }
    }
    Ok(())
}
