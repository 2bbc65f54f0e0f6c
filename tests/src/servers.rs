//! Two third-party servers as child processes of the test: moto and ministack. Both check signatures.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::http::{Message, form};
use crate::{Need, python};

/// The region of the projects.
pub const REGION: &str = "us-east-1";

/// The account in both servers: moto's default, which ministack is configured to use too.
pub const ACCOUNT: &str = "123456789012";

/// The timeout of a server's start, with a cold disk and a busy machine.
const START_UP: Duration = Duration::from_mins(1);

/// The pause between two attempts to connect to a starting server.
const PAUSE: Duration = Duration::from_millis(20);

/// The Python program that runs the server's module and ends with the test process.
const LAUNCHER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/servers/launch.py");

/// The servers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Product {
    /// moto, which refuses a wrong signature with status 403 and XML labelled as HTML.
    Moto,
    /// ministack, which refuses a wrong signature with status 400 and JSON.
    Ministack,
}

impl Product {
    /// The name of its Python package.
    pub fn name(self) -> &'static str {
        match self {
            Self::Moto => "moto",
            Self::Ministack => "ministack",
        }
    }

    /// The text of its requirements file.
    fn requirements(self) -> &'static str {
        match self {
            Self::Moto => include_str!("../servers/moto.txt"),
            Self::Ministack => include_str!("../servers/ministack.txt"),
        }
    }

    /// Sets the module to run, with the arguments and variables that make it listen on a loopback port.
    fn configure(self, command: &mut Command, port: u16) {
        match self {
            Self::Moto => {
                command.args(["moto.server", "-H", "127.0.0.1", "-p", &port.to_string()]);
            }
            Self::Ministack => {
                command.arg("ministack").envs([
                    ("BIND_HOST", "127.0.0.1"),
                    ("GATEWAY_PORT", &port.to_string()),
                    ("AUTH", "true"),
                    ("SERVICES", "cloudwatch,codebuild,iam,sts"),
                    ("MINISTACK_ACCOUNT_ID", ACCOUNT),
                    ("MINISTACK_REGION", REGION),
                    // The defaults would open other ports and remove containers.
                    ("IOT_MTLS_ENABLED", "0"),
                    ("SFTP_ENABLED", "0"),
                    ("DOCKER_HOST", "unix:///smithlet/no/docker"),
                ]);
            }
        }
    }
}

/// The role that the access key may assume. It may call the same operations.
pub const ROLE: &str = "arn:aws:iam::123456789012:role/deploy";

/// The role of Lambda functions on moto.
pub const FUNCTION_ROLE: &str = "arn:aws:iam::123456789012:role/function";

/// An access key that may only call what the tests call of `CodeBuild` and `CloudWatch`, and assume the role.
#[derive(Clone, Debug)]
pub struct Login {
    /// The access key id.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: String,
}

/// A running server, which is killed and reaped when dropped.
///
/// Its standard input is a pipe from this process, and the server ends when the pipe closes, so that a killed test leaves no server behind.
#[derive(Debug)]
pub struct Server {
    product: Product,
    child: Child,
    address: SocketAddr,
    interpreter: PathBuf,
    folder: PathBuf,
}

impl Server {
    /// Starts the server, with its packages and its files below `folder`, and waits until it accepts connections.
    ///
    /// # Errors
    /// When `folder` cannot be written, or the server ends, or stays silent for a minute; its output is part of the message.
    pub fn start(product: Product, folder: &Path) -> Result<Need<Self>> {
        let program = match python::environment(folder, product.name(), product.requirements())? {
            Need::Met(program) => program,
            Need::Missing(reason) => return Ok(Need::Missing(reason)),
        };
        let mut attempt = 1;
        loop {
            let mut server = Self::launch(product, &program, folder)?;
            match server.wait() {
                Ok(()) => return Ok(Need::Met(server)),
                // Another process may have taken the port before the server did; then the server ends.
                Err(_) if attempt < 3 && server.child.try_wait()?.is_some() => attempt += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// The address at which the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL to give to a client as its endpoint.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The Python interpreter of the server's environment. moto's has boto3.
    pub fn interpreter(&self) -> &Path {
        &self.interpreter
    }

    /// Creates projects and an access key, and turns on the checking of signatures.
    pub fn provision(&self, projects: &[&str]) -> Result<Login> {
        self.iam(&[("Action", "CreateUser"), ("UserName", "builder")])?;
        let key = self.iam(&[("Action", "CreateAccessKey"), ("UserName", "builder")])?;
        let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*",
            "Action": ["codebuild:BatchGetBuilds", "codebuild:StartBuild", "codebuild:StopBuild", "sts:AssumeRole", "cloudwatch:GetDashboard",
            "cloudwatch:GetMetricStatistics", "cloudwatch:ListMetrics", "cloudwatch:PutMetricData"]}]}"#;
        self.iam(&[("Action", "PutUserPolicy"), ("UserName", "builder"), ("PolicyName", "build"), ("PolicyDocument", policy)])?;
        let trust =
            r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}"#;
        self.iam(&[("Action", "CreateRole"), ("RoleName", "deploy"), ("AssumeRolePolicyDocument", trust)])?;
        self.iam(&[("Action", "PutRolePolicy"), ("RoleName", "deploy"), ("PolicyName", "build"), ("PolicyDocument", policy)])?;
        for project in projects {
            self.create_project(project)?;
        }
        if self.product == Product::Moto {
            // By default moto checks no call; this sets the number of unchecked calls to 0.
            Message::post(self.address, "/moto-api/reset-auth", "0").send(self.address)?.success().context("cannot switch checking on")?;
        }
        Ok(Login {
            access_key_id: element(&key, "AccessKeyId")?.to_owned(),
            secret_access_key: element(&key, "SecretAccessKey")?.to_owned(),
        })
    }

    /// Creates the role of Lambda functions. moto, which is meant here, then runs each function without a container: the reply is the payload.
    pub fn provision_functions(&self) -> Result<()> {
        let trust = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole"}]}"#;
        self.iam(&[("Action", "CreateRole"), ("RoleName", "function"), ("AssumeRolePolicyDocument", trust)])?;
        let config = Message::post(self.address, "/moto-api/config", r#"{"lambda": {"use_docker": false}}"#);
        config.with("Content-Type", "application/json").send(self.address)?.success().context("cannot switch containers off")?;
        Ok(())
    }

    /// The end of the server's output, for the message of a failed test.
    pub fn output(&self) -> String {
        let text = fs::read_to_string(self.folder.join("output.txt")).unwrap_or_else(|error| error.to_string());
        let lines: Vec<&str> = text.lines().collect();
        format!("{} wrote last:\n{}", self.product.name(), lines.get(lines.len().saturating_sub(25)..).unwrap_or_default().join("\n"))
    }

    /// Starts the server's process on a free port.
    fn launch(product: Product, program: &Path, folder: &Path) -> Result<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let folder = folder.join(format!("{}-on-{}", product.name(), address.port()));
        fs::create_dir_all(&folder)?;
        let output = File::create(folder.join("output.txt"))?;
        // The server gets the system's variables, but no AWS settings, profiles or proxies.
        let system = ["PATH", "LANG", "SYSTEMROOT", "LD_LIBRARY_PATH"].into_iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
        let mut command = Command::new(program);
        command.env_clear().envs(system).envs(["HOME", "TMPDIR", "TEMP", "TMP"].map(|name| (name, folder.as_os_str())));
        command.args(["-I", "-u", LAUNCHER]).current_dir(&folder);
        product.configure(&mut command, address.port());
        let child = command
            .stdin(Stdio::piped())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        Ok(Self { product, child, address, interpreter: program.to_owned(), folder })
    }

    /// Waits until the server accepts connections, by polling until a deadline.
    fn wait(&mut self) -> Result<()> {
        let deadline = Instant::now() + START_UP;
        loop {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended during its start ({status}); {}", self.output());
            }
            if self.answers() {
                return Ok(());
            }
            ensure!(Instant::now() < deadline, "the server does not answer after {START_UP:?}; {}", self.output());
            thread::sleep(PAUSE);
        }
    }

    /// Returns whether the server accepts connections. A loopback connection to a free port can connect to itself, when the system chooses
    /// the same port for its local end; that does not count.
    fn answers(&self) -> bool {
        let local_end = TcpStream::connect_timeout(&self.address, START_UP).and_then(|stream| stream.local_addr());
        local_end.is_ok_and(|local_end| local_end != self.address)
    }

    fn create_project(&self, name: &str) -> Result<()> {
        let project = format!(
            r#"{{"name": "{name}", "source": {{"type": "S3", "location": "bucket/source.zip"}}, "artifacts": {{"type": "NO_ARTIFACTS"}},
            "environment": {{"type": "LINUX_CONTAINER", "image": "image", "computeType": "BUILD_GENERAL1_SMALL"}},
            "serviceRole": "arn:aws:iam::{ACCOUNT}:role/build"}}"#
        );
        let request = self.request("codebuild", project).with("Content-Type", "application/x-amz-json-1.1");
        let reply = request.with("X-Amz-Target", "CodeBuild_20161006.CreateProject").send(self.address)?;
        reply.success().with_context(|| format!("cannot make the project {name}"))?;
        Ok(())
    }

    fn iam(&self, parameters: &[(&str, &str)]) -> Result<String> {
        let body = form(&[&[("Version", "2010-05-08")], parameters].concat());
        let reply = self.request("iam", body).with("Content-Type", "application/x-www-form-urlencoded").send(self.address)?;
        reply.success().with_context(|| format!("IAM {parameters:?}"))
    }

    /// A request of the administrator. Both servers read account, service and region from the credential. The signature is not valid: moto does
    /// not check signatures yet, and ministack does not check those of `test`, the root user of its account.
    fn request(&self, service: &str, body: String) -> Message {
        let scope =
            format!("AWS4-HMAC-SHA256 Credential=test/20200101/{REGION}/{service}/aws4_request, SignedHeaders=host, Signature=none");
        Message::post(self.address, "/", body).with("Authorization", &scope)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Killing fails only if the process has already ended. Waiting reaps it.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if thread::panicking() {
            crate::say(&self.output());
        }
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            crate::say(&format!("cannot remove {}: {error}", self.folder.display()));
        }
    }
}

/// The text of the first XML element with a name.
fn element<'a>(xml: &'a str, name: &str) -> Result<&'a str> {
    let found = xml.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once(&format!("</{name}>")));
    found.map(|(text, _)| text).with_context(|| format!("no <{name}> in {xml}"))
}
