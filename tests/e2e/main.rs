//! End-to-end tests of the generated client against two third-party servers, moto and ministack. Both check signatures.
//!
//! A test for each server starts the server, takes the steps in order, and stops the server. The error of a failed step names the step.
//! Without Python or the packages the test is skipped.

mod example;
mod steps;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, anyhow};
use smithlet_codebuild::config::{BehaviorVersion, Credentials, Environment, Region};
use smithlet_codebuild::types::StatusType;
use smithlet_codebuild::{Client, Config};
use smithlet_tests::servers::{ACCOUNT, Login, Product, REGION, Server};
use smithlet_tests::{Need, skip};

/// The project of the builds.
const PROJECT: &str = "smithlet-one";

/// Another project, which a forged request names. Its name has the same length.
const OTHER: &str = "smithlet-two";

/// The answers in which the two servers differ.
struct Answers {
    /// The status of a build in the reply to `StartBuild`. Neither server runs builds.
    started: StatusType,
    /// True if unknown ids are listed in `buildsNotFound`.
    lists_missing: bool,
    /// The message about a project that does not exist.
    no_project: String,
    /// The message about a build that does not exist.
    no_build: String,
    /// The error about a wrong signature: the status, the code, and the beginning of the message.
    forged: &'static str,
    /// The error about a request without a signature.
    unsigned: &'static str,
}

/// A running server, its answers, and credentials for it.
struct Setup {
    server: Server,
    login: Login,
    answers: Answers,
    /// A client with a web identity token, and the files of its settings. Only for moto.
    bearer: Option<(Files, Client)>,
}

impl Setup {
    /// A client with valid credentials.
    fn client(&self) -> Client {
        self.client_with(&self.login.secret_access_key, &self.server.endpoint())
    }

    fn client_with(&self, secret: &str, endpoint: &str) -> Client {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(REGION))
            .credentials_provider(Credentials::new(&self.login.access_key_id, secret, None, None, "end-to-end test"))
            .endpoint_url(endpoint)
            .environment(Environment::fixed([("", ""); 0]))
            .build();
        Client::from_conf(config)
    }
}

/// A folder with a config file, which is removed when dropped.
struct Files {
    folder: PathBuf,
    config: PathBuf,
}

impl Files {
    fn new(text: &str) -> Result<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("profiles-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder)?;
        let config = folder.join("config");
        fs::write(&config, text)?;
        Ok(Self { folder, config })
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.folder));
    }
}

#[test]
fn a_client_works_against_moto() -> Result<()> {
    run(
        Product::Moto,
        Answers {
            started: StatusType::InProgress,
            lists_missing: false,
            no_project: format!("Project cannot be found: arn:aws:codebuild:{REGION}:{ACCOUNT}:project/"),
            no_build: format!("Build {PROJECT}:missing does not exist"),
            // The body is XML labelled as HTML.
            forged: "403 SignatureDoesNotMatch: The request signature we calculated does not match",
            // Without a signature moto fails with an HTML page.
            unsigned: "500 Internal Server Error",
        },
    )
}

#[test]
fn a_client_works_against_ministack() -> Result<()> {
    run(
        Product::Ministack,
        Answers {
            started: StatusType::Succeeded,
            lists_missing: true,
            no_project: "Project not found: ".to_owned(),
            no_build: format!("Build not found: {PROJECT}:missing"),
            forged: "400 InvalidSignatureException: The request signature we calculated does not match",
            unsigned: "400 MissingAuthenticationTokenException: Missing Authentication Token",
        },
    )
}

/// Starts the server and takes every step.
fn run(product: Product, answers: Answers) -> Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("servers");
    let server = match Server::start(product, &folder)? {
        Need::Met(server) => server,
        Need::Missing(reason) => return skip(&format!("end-to-end test against {}", product.name()), &reason),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let bearer = match product {
        Product::Moto => Some(runtime.block_on(steps::bearer(&server))?),
        Product::Ministack => None,
    };
    let login = server.provision(&[PROJECT, OTHER])?;
    let setup = Setup { server, login, answers, bearer };
    runtime.block_on(steps::all(&setup)).map_err(|error| anyhow!("{error:#}\n{}", setup.server.output()))
}
