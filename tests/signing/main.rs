//! The signing suite that AWS publishes, through the generated client.
//!
//! Each vector's request is put in the place of a call's request (`map_request`), and goes the way of every call: completed, signed by the
//! engine at the suite's time, handed to the HTTP client. What is proven, for every vector that is not in [`NOT_RUN`]:
//!
//! - the reference of these tests, 30 lines that start at the canonical request, makes the suite's string to sign and its `authorization`,
//!   byte for byte;
//! - the client's `authorization` is what the reference makes of the suite's canonical request, with two differences that every request
//!   of a generated client has: the header `content-length` is there and signed, and the service is `CodeBuild`.
//!
//! Together: method, path, query, headers, payload hash and token of a request become the canonical request that the suite demands.

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

/// How many vectors the suite has: a file that is not found must not pass for a vector that agrees.
const VECTORS: usize = 34;

/// Vectors that speak of what a client of ours never sends, and why it does not.
const NOT_RUN: [(&str, &str); 3] = [
    ("get-header-value-multiline", "a value over three lines: a request of ours holds no line break in a header"),
    ("normalize-path/get-space", "a space in the request line: a URI of ours holds none"),
    ("post-sts-token/post-sts-header-after", "a session token that is not signed: ours always is"),
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
        ensure!(vectors.iter().any(|vector| vector.name == name), "{name} is no vector");
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

/// That our own arithmetic is right.
fn check_reference(vector: &Vector) -> Result<()> {
    let made = reference::string_to_sign(&vector.canonical, "service");
    ensure!(made == vector.string_to_sign, "the reference signs\n{made}\nand the suite\n{}", vector.string_to_sign);
    let made = reference::authorization(&vector.canonical, "service")?;
    ensure!(made == vector.authorization, "the reference makes\n{made}\nand the suite\n{}", vector.authorization);
    Ok(())
}

/// That the client signs what the suite signs.
async fn check_client(vector: &Vector) -> Result<()> {
    let canonical = reference::with_header(&vector.canonical, "content-length", &vector.request.body.len().to_string())?;
    let expected = reference::authorization(&canonical, "codebuild")?;
    let sent = send(&vector.request, vector.token()).await?;
    let header = |name| sent.headers().get(name);
    ensure!(header("authorization") == Some(&expected), "expected\n{expected}\nand the request is\n{sent:?}");
    ensure!(header("x-amz-date") == Some(reference::TIME), "it is dated {:?}", header("x-amz-date"));
    ensure!(header("x-amz-security-token") == vector.token(), "the token is {:?}", header("x-amz-security-token"));
    Ok(())
}

/// Makes a call whose request is this one, and returns what the HTTP client was given.
async fn send(request: &Request, token: Option<&str>) -> Result<HttpRequest> {
    let (sender, sent) = mpsc::channel();
    let connector = SharedHttpConnector::new(Noting(sender));
    let config = Config::builder()
        .region(Region::new(reference::REGION))
        .credentials_provider(Credentials::new(
            reference::ACCESS_KEY_ID,
            reference::SECRET_ACCESS_KEY,
            token.map(str::to_owned),
            None,
            "signing suite",
        ))
        .time_source(Then)
        .http_client(http_client_fn(move |_, _| connector.clone()))
        .build();
    let request = request.clone();
    let edit = move |original| replace(original, &request).map_err(std::io::Error::other);
    Client::from_conf(config).stop_build().id("a:b").customize().map_request(edit).send().await?;
    sent.try_recv().context("nothing was sent")
}

/// Puts a vector's request in the place of a call's.
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

/// Passes on every request and answers with an empty output.
#[derive(Debug)]
struct Noting(Sender<HttpRequest>);

impl HttpConnector for Noting {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let passed = self.0.send(request).map_err(|error| ConnectorError::other(error.into(), None));
        let ok = StatusCode::try_from(200).map_err(|error| ConnectorError::other(error.into(), None));
        HttpConnectorFuture::ready(passed.and(ok).map(|ok| HttpResponse::new(ok, SdkBody::from("{}"))))
    }
}

/// The suite's time, 2015-08-30T12:36:00Z.
#[derive(Debug)]
struct Then;

impl TimeSource for Then {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_mins(24_015_636)
    }
}
