//! AWS's signing suite, run through the generated client.
//!
//! Each vector's request replaces the request of a call (`map_request`), is signed by the client at the suite's time, and is passed to the
//! HTTP client. The tests show, for every vector that is not in [`NOT_RUN`]:
//!
//! - The reference of these tests, 30 lines that start at the canonical request, gives the suite's string to sign and `authorization`.
//! - The client's `authorization` is that of the reference for the suite's canonical request, with the two differences that every request
//!   of a generated client has: the header `content-length` is set and signed, and the service is `CodeBuild`.
//!
//! So the client makes the suite's canonical request from a request's method, path, query, headers, payload hash and token.

mod reference;
mod suite;

use std::path::Path;
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, ensure};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use smithlet_codebuild::config::{Credentials, Region, TimeSource};
use smithlet_codebuild::error::BoxError;
use smithlet_codebuild::{Client, Config};
use smithlet_tests::{Need, botocore, skip};
use suite::{Request, Vector};

/// The number of the suite's vectors, so that a missing file is an error.
const VECTORS: usize = 34;

/// Vectors with requests that a generated client never sends, each with the reason.
const NOT_RUN: [(&str, &str); 3] = [
    ("get-header-value-multiline", "a header's value with line breaks, which requests of the client do not have"),
    ("normalize-path/get-space", "a space in the request line, which a URI cannot have"),
    ("post-sts-token/post-sts-header-after", "a session token that is not signed, which the client always signs"),
];

#[test]
fn signatures_are_those_of_the_suite() -> Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("botocore");
    let files = match botocore::source(&folder, botocore::CURRENT)? {
        Need::Met(files) => files,
        Need::Missing(reason) => return skip("the signing suite", &reason),
    };
    let vectors = suite::read(&files.join("tests/unit/auth/aws4_testsuite"))?;
    ensure!(vectors.len() == VECTORS, "{} vectors were found", vectors.len());
    for (name, _) in NOT_RUN {
        ensure!(vectors.iter().any(|vector| vector.name == name), "no vector is called {name}");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut wrong = Vec::new();
    for vector in &vectors {
        let outcome = check_reference(vector).and_then(|()| match NOT_RUN.iter().find(|(name, _)| *name == vector.name) {
            Some(_) => Ok(()),
            None => runtime.block_on(check_client(vector)),
        });
        wrong.extend(outcome.err().map(|error| format!("{}: {error:#}", vector.name)));
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// Checks that the reference signs like the suite.
fn check_reference(vector: &Vector) -> Result<()> {
    let made = reference::string_to_sign(&vector.canonical, "service");
    ensure!(made == vector.string_to_sign, "string to sign: the reference has\n{made}\nand the suite\n{}", vector.string_to_sign);
    let made = reference::authorization(&vector.canonical, "service")?;
    ensure!(made == vector.authorization, "authorization: the reference has\n{made}\nand the suite\n{}", vector.authorization);
    Ok(())
}

/// Checks that the client signs like the suite.
async fn check_client(vector: &Vector) -> Result<()> {
    let canonical = reference::with_header(&vector.canonical, "content-length", &vector.request.body.len().to_string())?;
    let expected = reference::authorization(&canonical, "codebuild")?;
    let sent = send(&vector.request, vector.token()).await?;
    let header = |name| sent.headers().get(name);
    ensure!(header("authorization") == Some(&expected), "expected\n{expected}\nfound\n{sent:?}");
    ensure!(header("x-amz-date") == Some(reference::TIME), "x-amz-date: found {:?}", header("x-amz-date"));
    ensure!(header("x-amz-security-token") == vector.token(), "x-amz-security-token: found {:?}", header("x-amz-security-token"));
    Ok(())
}

/// Makes a call with this request, and returns the request that the HTTP client gets.
async fn send(request: &Request, token: Option<&str>) -> Result<HttpRequest> {
    let (sender, sent) = mpsc::channel();
    let connector = SharedHttpConnector::new(RecordingConnector(sender));
    let config = Config::builder()
        .region(Region::new(reference::REGION))
        .credentials_provider(Credentials::new(
            reference::ACCESS_KEY_ID,
            reference::SECRET_ACCESS_KEY,
            token.map(str::to_owned),
            None,
            "signing suite",
        ))
        .time_source(SuiteClock)
        .http_client(http_client_fn(move |_, _| connector.clone()))
        .build();
    let request = request.clone();
    let edit = move |original| replace(original, &request).map_err(std::io::Error::other);
    Client::from_conf(config).stop_build().id("a:b").customize().map_request(edit).send().await?;
    sent.try_recv().context("nothing was sent")
}

/// Replaces a call's request by a vector's.
fn replace(mut original: HttpRequest, vector: &Request) -> Result<HttpRequest, BoxError> {
    let names: Vec<String> = original.headers().iter().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        original.headers_mut().remove(name);
    }
    let host = vector.headers.iter().find(|(name, _)| name == "Host").ok_or("a vector without a host")?;
    original.set_method(&vector.method)?;
    original.set_uri(format!("https://{}{}", host.1, vector.target))?;
    *original.body_mut() = SdkBody::from(vector.body.clone());
    for (name, value) in &vector.headers {
        original.headers_mut().try_append(name.to_lowercase(), value.clone())?;
    }
    Ok(original)
}

/// A connector that sends every request to a channel and answers with an empty output.
#[derive(Debug)]
struct RecordingConnector(Sender<HttpRequest>);

impl HttpConnector for RecordingConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let passed = self.0.send(request).map_err(|error| ConnectorError::other(error.into(), None));
        let ok = StatusCode::try_from(200).map_err(|error| ConnectorError::other(error.into(), None));
        HttpConnectorFuture::ready(passed.and(ok).map(|ok| HttpResponse::new(ok, SdkBody::from("{}"))))
    }
}

/// A clock that is stopped at the suite's time, 2015-08-30T12:36:00Z.
#[derive(Debug)]
struct SuiteClock;

impl TimeSource for SuiteClock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_mins(24_015_636)
    }
}
