//! The server's fixed replies.

pub(crate) mod services;

use serde_json::{Value, json};
use std::time::Duration;

/// The reply to `BatchGetBuilds` with a number of builds.
pub(crate) fn builds(count: u32) -> String {
    let builds: Vec<Value> = (0..count).map(build).collect();
    json!({ "builds": builds, "buildsNotFound": [] }).to_string()
}

/// The reply to `StartBuild`.
pub(crate) fn started() -> String {
    json!({ "build": build(0) }).to_string()
}

/// A build that has ended, as the service describes it.
fn build(number: u32) -> Value {
    let uuid = format!("3f0c2a5e-8d41-4c6b-9a77-{number:012x}");
    let start = 1_574_157_602_183 + u64::from(number) * 371_000;
    json!({
        "id": format!("web-shop:{uuid}"),
        "arn": format!("arn:aws:codebuild:eu-west-1:111122223333:build/web-shop:{uuid}"),
        "buildNumber": 412 + number,
        "startTime": seconds(start),
        "endTime": seconds(start + 107_581),
        "currentPhase": "COMPLETED",
        "buildStatus": "SUCCEEDED",
        "sourceVersion": "refs/heads/main",
        "resolvedSourceVersion": "3c1f0a7b52d94e6c8f0e1d2a3b4c5d6e7f809182",
        "projectName": "web-shop",
        "phases": phases(start),
        "source": {
            "type": "GITHUB",
            "location": "https://github.com/example/web-shop.git",
            "gitCloneDepth": 1,
            "gitSubmodulesConfig": { "fetchSubmodules": false },
            "buildspec": "version: 0.2\n\nphases:\n  install:\n    runtime-versions:\n      nodejs: 10\n  build:\n    commands:\n      - npm ci\n      - npm run \"build\"\n",
            "reportBuildStatus": true,
            "insecureSsl": false
        },
        "secondarySources": [],
        "artifacts": {
            "location": format!("arn:aws:s3:::web-shop-artifacts/builds/{uuid}/web-shop.zip"),
            "sha256sum": "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4",
            "overrideArtifactName": true,
            "encryptionDisabled": false
        },
        "secondaryArtifacts": [],
        "cache": { "type": "LOCAL", "modes": ["LOCAL_SOURCE_CACHE", "LOCAL_DOCKER_LAYER_CACHE"] },
        "environment": {
            "type": "LINUX_CONTAINER",
            "image": "aws/codebuild/standard:2.0",
            "computeType": "BUILD_GENERAL1_SMALL",
            "environmentVariables": [
                { "name": "STAGE", "value": "staging", "type": "PLAINTEXT" },
                { "name": "NPM_TOKEN", "value": "/web-shop/npm-token", "type": "PARAMETER_STORE" }
            ],
            "privilegedMode": true,
            "imagePullCredentialsType": "CODEBUILD"
        },
        "serviceRole": "arn:aws:iam::111122223333:role/service-role/codebuild-web-shop",
        "logs": {
            "groupName": "/aws/codebuild/web-shop",
            "streamName": uuid,
            "deepLink": format!("https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logEvent:group=/aws/codebuild/web-shop;stream={uuid}"),
            "cloudWatchLogsArn": format!("arn:aws:logs:eu-west-1:111122223333:log-group:/aws/codebuild/web-shop:log-stream:{uuid}"),
            "cloudWatchLogs": { "status": "ENABLED" },
            "s3Logs": { "status": "DISABLED", "encryptionDisabled": false }
        },
        "timeoutInMinutes": 60,
        "queuedTimeoutInMinutes": 480,
        "buildComplete": true,
        "initiator": "codepipeline/web-shop-release",
        "encryptionKey": "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"
    })
}

/// The phases of a build that starts at this time in milliseconds.
fn phases(start: u64) -> Vec<Value> {
    let lengths = [
        ("SUBMITTED", 241),
        ("QUEUED", 1_612),
        ("PROVISIONING", 23_408),
        ("DOWNLOAD_SOURCE", 3_127),
        ("INSTALL", 14_074),
        ("PRE_BUILD", 73),
        ("BUILD", 58_219),
        ("POST_BUILD", 61),
        ("UPLOAD_ARTIFACTS", 4_702),
        ("FINALIZING", 2_064),
    ];
    let mut time = start;
    let mut phases = Vec::new();
    for (phase, length) in lengths {
        let end = time + length;
        let mut entry = json!({
            "phaseType": phase,
            "phaseStatus": "SUCCEEDED",
            "startTime": seconds(time),
            "endTime": seconds(end),
            "durationInSeconds": length / 1_000
        });
        if !matches!(phase, "SUBMITTED" | "QUEUED") {
            entry["contexts"] = json!([{ "statusCode": "", "message": "" }]);
        }
        phases.push(entry);
        time = end;
    }
    phases.push(json!({ "phaseType": "COMPLETED", "startTime": seconds(time) }));
    phases
}

/// A time in milliseconds, converted to the service's unit of seconds.
fn seconds(milliseconds: u64) -> f64 {
    Duration::from_millis(milliseconds).as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_as_large_as_the_rows_say() {
        assert!((3_800..4_000).contains(&builds(1).len()), "{}", builds(1).len());
        assert!((380_000..400_000).contains(&builds(100).len()), "{}", builds(100).len());
    }
}
