//! The crate's promises about faults of networks, proxies and services, with a test for each fault.
//!
//! The server is [`smithlet_tests::fault`], which `tests/peers` uses for the official crate too. Time is injected ([`time::Clock`]): the tests
//! advance it, and a wait before another attempt takes no real time. Only a call that hangs takes real time, and fails its test.

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
mod waiters;
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

/// The time after which a call counts as hanging.
const HANG_TIMEOUT: Duration = Duration::from_mins(2);

/// The line and the kind of a call's error.
#[derive(Debug)]
struct Failed {
    line: String,
    kind: FailureKind,
}

/// A call's result: the id of its build, or its error.
type Outcome = Result<String, Failed>;

/// A server, and the clock of its clients.
struct Setup {
    server: FaultServer,
    clock: Clock,
}

impl Setup {
    async fn new(script: Script) -> Self {
        Self { server: FaultServer::start(script).await.expect("the server starts"), clock: Clock::default() }
    }

    /// A setup whose waits end when the gate has permits, for concurrent calls.
    async fn still(script: Script, gate: Arc<Semaphore>) -> Self {
        Self { clock: Clock::still(gate), ..Self::new(script).await }
    }

    fn config(&self) -> Builder {
        config(&self.clock).endpoint_url(self.server.url())
    }

    fn client(&self) -> Client {
        Client::from_conf(self.config().build())
    }

    /// The number of complete requests.
    fn requests(&self) -> usize {
        self.server.log().requests.len()
    }

    /// The connection of each request, counted from 1.
    fn connections(&self) -> Vec<usize> {
        self.server.log().requests.iter().map(|request| request.connection).collect()
    }

    /// Makes a call, and advances the clock each time that the server falls silent, up to so many times.
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

    /// Waits until all connections of this server are closed.
    async fn all_closed(&self) {
        guarded(self.server.until(|log| log.open == 0)).await;
    }
}

/// A configuration that reads nothing from the machine.
fn config(clock: &Clock) -> Builder {
    Config::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI", None, None, "test"))
        .environment(Environment::fixed::<String, String>([]))
        .sleep_impl(clock.clone())
        .time_source(clock.clone())
}

/// Awaits a future, and fails the test when it hangs.
#[track_caller]
fn guarded<F: Future>(future: F) -> impl Future<Output = F::Output> {
    let place = std::panic::Location::caller();
    let future = Box::pin(future);
    async move { tokio::time::timeout(HANG_TIMEOUT, future).await.unwrap_or_else(|_| panic!("{place}: the call hangs")) }
}

fn failed(error: &(impl Error + ProvideFailureKind)) -> Failed {
    let (line, kind) = (error.to_string(), error.failure_kind());
    assert!(!line.contains(char::is_control), "{line:?} has control characters");
    Failed { line, kind }
}

/// Reads a build, which may always be repeated.
async fn read(client: &Client, id: &str) -> Outcome {
    let reply = guarded(client.batch_get_builds().ids(id).send()).await.map_err(|error| failed(&error))?;
    let [build] = reply.builds() else { panic!("one build was asked for: {reply:?}") };
    Ok(build.id().expect("a build has an id").to_owned())
}

/// Starts a build, which may be repeated only with the same token.
async fn start(client: &Client, token: Option<&str>) -> Outcome {
    let call = client.start_build().project_name("p").set_idempotency_token(token.map(str::to_owned));
    let reply = guarded(call.send()).await.map_err(|error| failed(&error))?;
    Ok(reply.build_value().and_then(|build| build.id()).expect("a build has an id").to_owned())
}

/// The error of a call that must fail.
#[track_caller]
fn refused(outcome: Outcome) -> Failed {
    outcome.expect_err("the call fails")
}
