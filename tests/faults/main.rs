//! What the crate promises when networks, proxies and services have a bad day, each fault with a test of its own.
//!
//! The server is [`smithlet_tests::fault`], which `tests/peers` sets on the official crate too. Time is a test's own ([`time::Clock`]): it
//! passes when the test says so, and a wait before another attempt takes none. Only a call that hangs takes real time, and fails its test.

mod broken;
mod builds;
mod cancelled;
mod connecting;
mod excess;
mod identity;
mod load;
mod replies;
mod silence;
mod stray;
mod table;
mod time;
mod waits;

use smithlet_codebuild::config::{Builder, Credentials, Environment, Region};
use smithlet_codebuild::error::{FailureKind, ProvideFailureKind};
use smithlet_codebuild::{Client, Config};
use smithlet_tests::fault::{FaultServer, Script};
use std::error::Error;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;
use time::Clock;
use tokio::sync::Semaphore;

/// More than any call of these tests can take that does not hang.
const PATIENCE: Duration = Duration::from_mins(2);

/// How a call has failed.
#[derive(Debug)]
struct Failed {
    line: String,
    kind: FailureKind,
}

/// A call's result: the id of the build that it was about.
type Outcome = Result<String, Failed>;

/// A server, and a clock for its clients.
struct Scene {
    server: FaultServer,
    clock: Clock,
}

impl Scene {
    async fn new(script: Script) -> Self {
        Self { server: FaultServer::start(script).await.expect("the server starts"), clock: Clock::default() }
    }

    /// The same with a clock that stands still until there are permits, for calls at the same time.
    async fn still(script: Script, gate: Arc<Semaphore>) -> Self {
        Self { clock: Clock::still(gate), ..Self::new(script).await }
    }

    fn config(&self) -> Builder {
        config(&self.clock).endpoint_url(self.server.url())
    }

    fn client(&self) -> Client {
        Client::from_conf(self.config().build())
    }

    /// How many requests came whole.
    fn requests(&self) -> usize {
        self.server.log().requests.len()
    }

    /// The connection that each request came on, counted from 1.
    fn connections(&self) -> Vec<usize> {
        self.server.log().requests.iter().map(|request| request.connection).collect()
    }

    /// Carries out a call. Whenever the server says nothing more, so many times, that much time passes.
    async fn while_held(&self, call: impl Future<Output = Outcome>, times: usize, time: Duration) -> Outcome {
        let driver = async {
            for held in 1..=times {
                self.server.until(|log| log.held >= held).await;
                self.clock.asked_for(time, held).await;
                self.clock.pass(time);
            }
            pending().await
        };
        tokio::select! {
            outcome = call => outcome,
            never = driver => never,
        }
    }

    /// Waits until the clients of this server have given up all of their connections.
    async fn abandoned(&self) {
        guarded(self.server.until(|log| log.open == 0)).await;
    }
}

/// A configuration that takes nothing from the machine it is used on.
fn config(clock: &Clock) -> Builder {
    Config::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI", None, None, "test"))
        .environment(Environment::fixed::<String, String>([]))
        .sleep_impl(clock.clone())
        .time_source(clock.clone())
}

/// A future's output, or a failed test when it hangs.
#[track_caller]
fn guarded<F: Future>(future: F) -> impl Future<Output = F::Output> {
    let place = std::panic::Location::caller();
    let future = Box::pin(future);
    async move { tokio::time::timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("{place}: it hangs")) }
}

fn failed(error: &(impl Error + ProvideFailureKind)) -> Failed {
    let (line, kind) = (error.to_string(), error.failure_kind());
    assert!(!line.contains(char::is_control), "{line:?} is not one clean line");
    Failed { line, kind }
}

/// Reads a build, which may be done again and again.
async fn read(client: &Client, id: &str) -> Outcome {
    let reply = guarded(client.batch_get_builds().ids(id).send()).await.map_err(|error| failed(&error))?;
    let [build] = reply.builds() else { panic!("one build was asked for: {reply:?}") };
    Ok(build.id().expect("a build has an id").to_owned())
}

/// Starts a build, which may be done again only under the same token.
async fn start(client: &Client, token: Option<&str>) -> Outcome {
    let call = client.start_build().project_name("p").set_idempotency_token(token.map(str::to_owned));
    let reply = guarded(call.send()).await.map_err(|error| failed(&error))?;
    Ok(reply.build_value().and_then(|build| build.id()).expect("a build has an id").to_owned())
}

/// The error of a call that had to fail.
#[track_caller]
fn refused(outcome: Outcome) -> Failed {
    outcome.expect_err("the call cannot have succeeded")
}
