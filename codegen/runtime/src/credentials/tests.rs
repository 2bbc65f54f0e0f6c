//! Each source against a stand-in of its endpoint on the loopback interface.

mod container;
mod instance;
mod process;
mod profiles;
mod sso;
mod sts;

use crate::clock::{Clock, ServiceOffset};
use crate::config::{AsyncSleep, Builder, Credentials, Environment, Sleep};
use crate::credentials::{Cache, Settings, Source};
use crate::http;
use crate::testing::config;
use std::fs;
use std::future::{pending, ready};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The secrets in the replies, which no error may show.
const SECRETS: [&str; 4] = ["SECRETKEY", "SECRETTOKEN", "SECRETREFRESH", "SECRETCLIENT"];

/// A server whose reply is a function of the request's text.
struct StandIn {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl StandIn {
    async fn start(response: impl Fn(&str) -> (u16, String) + Send + 'static) -> Self {
        Self::at("", response).await
    }

    /// A server with this `Date` in each reply.
    async fn at(date: &'static str, response: impl Fn(&str) -> (u16, String) + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = receive(&mut stream).await;
                let (status, body) = response(&request);
                seen.lock().unwrap().push(request);
                let head =
                    format!("HTTP/1.1 {status} Status\r\ncontent-length: {}\r\ndate: {date}\r\nconnection: close\r\n\r\n", body.len());
                drop(stream.write_all(format!("{head}{body}").as_bytes()).await);
            }
        });
        Self { url, requests, task }
    }

    /// A server that always sends the same reply.
    async fn always(status: u16, body: impl Into<String>) -> Self {
        let body = body.into();
        Self::start(move |_| (status, body.clone())).await
    }

    /// Takes the requests so far.
    fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.requests.lock().unwrap())
    }
}

async fn receive(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    loop {
        let mut part = [0; 4096];
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => return String::from_utf8_lossy(&request).into_owned(),
            Ok(read) => request.extend_from_slice(&part[..read]),
        }
        let text = String::from_utf8_lossy(&request);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
        if body.len() >= length {
            return text.into_owned();
        }
    }
}

/// A home directory that is removed at the end.
struct Home(PathBuf);

impl Home {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("smithlet-home-{}", crate::random::uuid()));
        fs::create_dir_all(folder.join(".aws/sso/cache")).unwrap();
        Self(folder)
    }

    /// A home with a config file.
    fn with(config: &str) -> Self {
        let home = Self::new();
        home.write(".aws/config", config);
        home
    }

    fn write(&self, name: &str, content: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A line of the config file, as an error shows it.
    fn line(&self, number: usize) -> String {
        format!("{}:{number}", self.0.join(".aws/config").display())
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// A timer whose waits end at once if they are shorter than a second, and never otherwise.
#[derive(Clone, Copy, Debug)]
struct Impatient;

impl AsyncSleep for Impatient {
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration < Duration::from_secs(1) { Sleep::new(ready(())) } else { Sleep::new(pending()) }
    }
}

/// A configuration without a provider, with these variables and a home directory.
fn seeking(home: &Home, variables: &[(&str, &str)]) -> Builder {
    let home = ("HOME", home.0.to_str().unwrap());
    let mut config = config().environment(Environment::fixed([home].into_iter().chain(variables.iter().copied()))).sleep_impl(Impatient);
    config.set_credentials_provider(None);
    config
}

/// The credentials that a client finds, or the line of its error.
async fn find(config: Builder) -> Result<Credentials, String> {
    let config = config.build();
    let transport = http::Settings::from(&config);
    let connector = transport.connector(transport.client().as_ref());
    let (clock, timer) = (Clock::new(&config, &ServiceOffset::default()), config.timer().unwrap());
    let result = Cache::new(Source::new(Settings::from(&config), &connector)).get(&clock, &timer).await;
    result.map_err(|error| {
        let (line, debug) = (crate::testing::line(&error), format!("{error:?}"));
        for secret in SECRETS {
            assert!(!line.contains(secret) && !debug.contains(secret), "{secret} in {line} or {debug}");
        }
        line
    })
}

/// The credentials that are found with these variables and a home directory.
async fn found(home: &Home, variables: &[(&str, &str)]) -> Result<Credentials, String> {
    find(seeking(home, variables)).await
}

/// The access key id, the secret access key and the session token.
fn parts(credentials: &Credentials) -> (&str, &str, Option<&str>) {
    (credentials.access_key_id(), credentials.secret_access_key(), credentials.session_token())
}

#[tokio::test]
async fn an_error_without_credentials_lists_all_sources() {
    let home = Home::new();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let line = found(&home, &[("AWS_EC2_METADATA_SERVICE_ENDPOINT", &url)]).await.unwrap_err();
    let folder = home.0.join(".aws");
    let expected = format!(
        "no credentials: environment: AWS_ACCESS_KEY_ID is not set; profile default: it is neither in {:?} nor in {:?}; web identity: \
         AWS_WEB_IDENTITY_TOKEN_FILE is not set; container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor \
         AWS_CONTAINER_CREDENTIALS_FULL_URI is set; instance metadata: cannot connect to {url}: ",
        folder.join("config"),
        folder.join("credentials")
    );
    assert!(line.starts_with(&expected), "{line}");
}

#[tokio::test]
async fn sources_are_searched_in_their_order() {
    let home = Home::with("[default]\naws_access_key_id = PROFILE\naws_secret_access_key = SECRETKEY\n");
    let container = StandIn::always(500, "").await;
    let [key, secret, uri] = [
        ("AWS_ACCESS_KEY_ID", "ENVIRONMENT"),
        ("AWS_SECRET_ACCESS_KEY", "SECRETKEY"),
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &*container.url),
    ];
    let web_identity = [("AWS_WEB_IDENTITY_TOKEN_FILE", "nowhere"), ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r")];
    let [file, arn] = web_identity;
    assert_eq!(found(&home, &[key, secret, file, arn, uri]).await.unwrap().access_key_id(), "ENVIRONMENT");
    assert_eq!(found(&home, &[file, arn, uri]).await.unwrap().access_key_id(), "PROFILE");
    fs::remove_file(home.0.join(".aws/config")).unwrap();
    let line = found(&home, &[file, arn, uri]).await.unwrap_err();
    assert!(line.starts_with("no credentials: web identity: AssumeRoleWithWebIdentity of arn:aws:iam::123456789012:role/r: "), "{line}");
    assert!(container.requests().is_empty());
    let line = found(&home, &[uri]).await.unwrap_err();
    assert_eq!(line, format!("no credentials: container: {}/: 500 Internal Server Error", container.url));
    assert_eq!(container.requests().len(), 3, "it is asked again after such an error");
}
