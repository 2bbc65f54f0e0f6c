//! The generated client against two servers that nobody here wrote, moto and ministack, signature checking on in both.
//!
//! One test per server: it starts the server, walks through its steps in their order, and the server ends with it. A step that fails
//! names itself. Where Python or the packages are missing, the test says so on standard error and passes.

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

/// The project whose builds are started.
const PROJECT: &str = "smithlet-one";

/// Another project, with a name of the same length: a forger writes it over the first.
const OTHER: &str = "smithlet-two";

/// How a server answers where the two differ.
struct Habits {
    /// A build's status in the reply to `StartBuild`; neither server runs anything.
    started: StatusType,
    /// Whether ids without a build are listed in `buildsNotFound`.
    lists_missing: bool,
    /// What it says about a project that does not exist.
    no_project: String,
    /// What it says about a build that does not exist.
    no_build: String,
    /// The refusal of a signature that does not fit: status, code, and how the message begins.
    forged: &'static str,
    /// The refusal of a request without any signature.
    unsigned: &'static str,
}

/// A server, and what it takes to talk to it.
struct Scene {
    server: Server,
    login: Login,
    habits: Habits,
    /// A client with the credentials of a token, and the files that they are found in; of moto.
    bearer: Option<(Files, Client)>,
}

impl Scene {
    /// A client with the right credentials.
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

/// A folder with a config file in it, removed at the end.
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
    walk(
        Product::Moto,
        Habits {
            started: StatusType::InProgress,
            lists_missing: false,
            no_project: format!("Project cannot be found: arn:aws:codebuild:{REGION}:{ACCOUNT}:project/"),
            no_build: format!("Build {PROJECT}:missing does not exist"),
            // XML, which it calls HTML.
            forged: "403 SignatureDoesNotMatch: The request signature we calculated does not match",
            // A page for a browser: it stumbles over what is not there.
            unsigned: "500 Internal Server Error",
        },
    )
}

#[test]
fn a_client_works_against_ministack() -> Result<()> {
    walk(
        Product::Ministack,
        Habits {
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
fn walk(product: Product, habits: Habits) -> Result<()> {
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
    let scene = Scene { server, login, habits, bearer };
    runtime.block_on(steps::all(&scene)).map_err(|error| anyhow!("{error:#}\n{}", scene.server.output()))
}
