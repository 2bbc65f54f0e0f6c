use super::{Cache, UsableAfterExpiry};
use crate::client::Handle;
use crate::clock::{Clock, ServiceOffset};
use crate::config::{Builder, Config, Credentials, ProvideCredentials, Region, SharedAsyncSleep, SharedCredentialsProvider, TimeSource};
use crate::credentials::Source;
use crate::customize::Customization;
use crate::testing::{Replay, SERVICE, StartBuild, Timer, config, input, reply};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::oneshot;

const MINUTE: u64 = 60;
const HOUR: u64 = 3_600;

/// A clock that tests set, in seconds since its start.
#[derive(Clone, Debug, Default)]
struct Hands(Arc<Mutex<u64>>);

impl Hands {
    fn set(&self, seconds: u64) {
        *self.0.lock().unwrap() = seconds;
    }
}

impl TimeSource for Hands {
    fn now(&self) -> SystemTime {
        at(*self.0.lock().unwrap())
    }
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds)
}

/// The provider's reaction to a call.
enum Answer {
    /// Returns credentials that expire at this second, or never.
    Until(Option<u64>),
    /// Returns an instance's credentials.
    Instance(u64),
    Fails,
    /// Returns credentials without an expiry when the channel is closed.
    WhenTold(oneshot::Receiver<()>),
    Never,
}

/// A provider that reacts from a list. The access key id is the number of its calls.
#[derive(Clone, Default)]
struct Provider(Arc<Mutex<(VecDeque<Answer>, usize)>>);

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Provider")
    }
}

impl Provider {
    fn asked(&self) -> usize {
        self.0.lock().unwrap().1
    }
}

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let (answer, asked) = {
            let mut state = self.0.lock().unwrap();
            state.1 += 1;
            (state.0.pop_front().unwrap_or(Answer::Fails), state.1)
        };
        let keys = move |end: Option<u64>| Credentials::new(asked.to_string(), "secret", None, end.map(at), "test");
        future::ProvideCredentials::new(async move {
            match answer {
                Answer::Until(end) => Ok(keys(end)),
                Answer::Instance(end) => {
                    let mut keys = keys(Some(end));
                    keys.set_property(UsableAfterExpiry);
                    Ok(keys)
                }
                Answer::Fails => Err(CredentialsError::provider_error("the vault is closed")),
                Answer::WhenTold(told) => {
                    drop(told.await);
                    Ok(keys(None))
                }
                Answer::Never => std::future::pending().await,
            }
        })
    }
}

/// A cache with its provider and clock.
struct Bench {
    cache: Cache,
    provider: Provider,
    clock: Hands,
    corrected: Clock,
    timer: SharedAsyncSleep,
}

impl Bench {
    fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::with_timer(Timer::Stands, answers)
    }

    fn with_timer(timer: Timer, answers: impl IntoIterator<Item = Answer>) -> Self {
        let (provider, clock) = (Provider::default(), Hands::default());
        provider.0.lock().unwrap().0.extend(answers);
        let config = config().time_source(clock.clone()).sleep_impl(timer).build();
        let cache = Cache::new(Source::Provider(SharedCredentialsProvider::new(provider.clone())));
        let corrected = Clock::new(&config, &ServiceOffset::default());
        Self { cache, provider, clock, corrected, timer: config.timer().unwrap() }
    }

    async fn get(&self) -> Result<Credentials, String> {
        self.cache.get(&self.corrected, &self.timer).await.map_err(|error| error.to_string())
    }

    /// The access key id of a call at this second, or its error.
    async fn key_at(&self, second: u64) -> String {
        self.clock.set(second);
        match self.get().await {
            Ok(credentials) => credentials.access_key_id().to_owned(),
            Err(error) => error,
        }
    }
}

const FAILURE: &str = "no credentials from the provider: an error occurred while loading credentials: the vault is closed";

async fn poll_once<F: Future>(mut future: Pin<&mut F>) -> Poll<F::Output> {
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await
}

#[tokio::test]
async fn credentials_are_cached_and_refreshed_before_their_expiry() {
    // Credentials of an hour are refreshed in the last five minutes, and at least two and a half minutes before their expiry.
    let bench = Bench::new([Answer::Until(Some(HOUR)), Answer::Until(Some(2 * HOUR))]);
    for second in [0, 1, HOUR - 301] {
        assert_eq!(bench.key_at(second).await, "1");
    }
    assert_eq!(bench.key_at(HOUR - 150).await, "2");
    assert_eq!(bench.provider.asked(), 2);
    // Credentials of a minute are refreshed ten seconds before their expiry.
    let bench = Bench::new([Answer::Until(Some(MINUTE)), Answer::Until(Some(HOUR))]);
    assert_eq!((bench.key_at(0).await, bench.key_at(49).await, bench.key_at(50).await), ("1".into(), "1".into(), "2".into()));
}

#[tokio::test]
async fn one_call_refreshes_while_the_others_use_the_old_credentials() {
    let (tell, told) = oneshot::channel();
    let bench = Bench::new([Answer::Until(Some(HOUR)), Answer::WhenTold(told)]);
    assert_eq!(bench.key_at(0).await, "1");
    bench.clock.set(HOUR - 60);
    let mut replacing = pin!(bench.get());
    assert!(poll_once(replacing.as_mut()).await.is_pending());
    for _ in 0..3 {
        assert_eq!(bench.get().await.unwrap().access_key_id(), "1", "it does not wait");
    }
    tell.send(()).unwrap();
    assert_eq!(replacing.await.unwrap().access_key_id(), "2");
    assert_eq!((bench.key_at(HOUR + 1).await, bench.provider.asked()), ("2".into(), 2));
}

#[tokio::test]
async fn a_failure_to_replace_them_fails_no_call_before_their_end() {
    let bench = Bench::new([Answer::Until(Some(HOUR)), Answer::Fails, Answer::Fails, Answer::Fails, Answer::Until(None)]);
    assert_eq!(bench.key_at(0).await, "1");
    let late = HOUR - 150;
    // After a failed refresh, the next one is half a minute to a minute later.
    for (second, asked) in [(late, 2), (late + 1, 2), (late + 29, 2), (late + 60, 3), (late + 89, 3)] {
        assert_eq!(bench.key_at(second).await, "1");
        assert_eq!(bench.provider.asked(), asked, "{second}");
    }
    assert_eq!(bench.key_at(HOUR).await, FAILURE, "they have expired");
    assert_eq!(bench.key_at(HOUR).await, "5", "and every call asks");
}

#[tokio::test]
async fn calls_without_credentials_wait_for_one_load() {
    let (tell, told) = oneshot::channel();
    let bench = Bench::new([Answer::WhenTold(told)]);
    let (mut first, mut second, mut third) = (pin!(bench.get()), pin!(bench.get()), pin!(bench.get()));
    for future in [first.as_mut(), second.as_mut(), third.as_mut()] {
        assert!(poll_once(future).await.is_pending());
    }
    tell.send(()).unwrap();
    for future in [first, second, third] {
        assert_eq!(future.await.unwrap().access_key_id(), "1");
    }
    assert_eq!(bench.provider.asked(), 1);
}

#[tokio::test]
async fn waiting_calls_share_a_failure() {
    let bench = Bench::with_timer(Timer::Stands, [Answer::Never]);
    {
        let mut stuck = pin!(bench.get());
        assert!(poll_once(stuck.as_mut()).await.is_pending());
        let (mut first, mut second) = (pin!(bench.get()), pin!(bench.get()));
        assert!(poll_once(first.as_mut()).await.is_pending() && poll_once(second.as_mut()).await.is_pending());
        stuck.set(bench.get());
        assert_eq!(first.await.unwrap_err(), FAILURE);
        assert_eq!(second.await.unwrap_err(), FAILURE);
    }
    assert_eq!(bench.provider.asked(), 2, "the one that was dropped, and one for both");
}

#[tokio::test]
async fn a_dropped_call_hands_its_load_over() {
    let bench = Bench::new([Answer::Never, Answer::Until(Some(HOUR)), Answer::Never, Answer::Until(None)]);
    let mut waiting = pin!(bench.get());
    {
        let mut dropped = pin!(bench.get());
        assert!(poll_once(dropped.as_mut()).await.is_pending() && poll_once(waiting.as_mut()).await.is_pending());
    }
    assert_eq!(waiting.await.unwrap().access_key_id(), "2");
    bench.clock.set(HOUR - 60);
    {
        let mut dropped = pin!(bench.get());
        assert!(poll_once(dropped.as_mut()).await.is_pending());
    }
    assert_eq!(bench.get().await.unwrap().access_key_id(), "4");
}

#[tokio::test]
async fn a_refresh_without_an_answer_times_out() {
    let bench = Bench::with_timer(Timer::Reaches(Duration::from_mins(1)), [Answer::Never]);
    assert_eq!(bench.key_at(0).await, "no credentials: none were found within 60 s");
    let bench = Bench::with_timer(Timer::Reaches(Duration::from_secs(10)), [Answer::Until(Some(HOUR)), Answer::Never]);
    assert_eq!((bench.key_at(0).await, bench.key_at(HOUR - 60).await), ("1".into(), "1".into()));
}

#[tokio::test]
async fn credentials_without_an_expiry_are_refreshed_and_stay_valid() {
    let bench = Bench::new([Answer::Until(None), Answer::Fails, Answer::Until(None)]);
    assert_eq!((bench.key_at(0).await, bench.key_at(15 * MINUTE - 1).await), ("1".into(), "1".into()));
    assert_eq!((bench.key_at(15 * MINUTE).await, bench.provider.asked()), ("1".into(), 2));
    assert_eq!(bench.key_at(15 * MINUTE + 60).await, "3");
}

#[tokio::test]
async fn expired_credentials_are_used_once() {
    let bench = Bench::new([Answer::Until(Some(0)), Answer::Until(Some(HOUR))]);
    assert_eq!((bench.key_at(1).await, bench.key_at(1).await), ("1".into(), "2".into()));
}

#[tokio::test]
async fn an_instances_credentials_are_used_after_their_expiry() {
    let bench = Bench::new([Answer::Instance(HOUR), Answer::Fails, Answer::Fails, Answer::Instance(3 * HOUR)]);
    assert_eq!((bench.key_at(0).await, bench.key_at(HOUR + 1).await, bench.provider.asked()), ("1".into(), "1".into(), 2));
    assert_eq!((bench.key_at(HOUR + 30).await, bench.provider.asked()), ("1".into(), 2));
    assert_eq!((bench.key_at(HOUR + 62).await, bench.provider.asked()), ("1".into(), 3));
    assert_eq!(bench.key_at(HOUR + 123).await, "4");
}

#[tokio::test]
async fn refused_credentials_are_not_used_again() {
    let bench = Bench::new([Answer::Until(Some(HOUR)), Answer::Until(Some(HOUR)), Answer::Until(Some(HOUR))]);
    let old = bench.get().await.unwrap();
    bench.cache.refused(&old);
    assert_eq!(bench.key_at(1).await, "2");
    bench.cache.refused(&old);
    assert_eq!(bench.key_at(2).await, "2", "these were not refused");
}

async fn call(handle: &Handle, change: Option<Builder>) {
    let customization = Customization { config_override: change.map(|change| Box::new(change) as _), ..Customization::default() };
    drop(handle.call::<StartBuild>(Ok(input()), customization).await);
}

#[tokio::test]
async fn clones_and_overrides_share_the_cache() {
    let bench = Bench::new([Answer::Until(Some(HOUR)), Answer::Until(Some(HOUR))]);
    let replay = Replay::default();
    let provider = SharedCredentialsProvider::new(bench.provider.clone());
    let base = config().time_source(bench.clock.clone()).http_client(replay.clone()).credentials_provider(provider);
    let handle = Handle::new(&SERVICE, base.build());
    call(&handle, None).await;
    call(&handle.clone(), None).await;
    call(&handle, Some(Config::builder().region(Region::new("eu-west-3")))).await;
    assert_eq!((replay.requests(), bench.provider.asked()), (3, 1));
    let other = Credentials::new("OTHER", "secret", None, None, "test");
    call(&handle, Some(Config::builder().credentials_provider(other))).await;
    assert_eq!((replay.requests(), bench.provider.asked()), (4, 1));
}

#[tokio::test]
async fn an_expired_token_brings_new_credentials() {
    for (code, asked) in [("ExpiredToken", 2), ("ExpiredTokenException", 2), ("AccessDeniedException", 1)] {
        let bench = Bench::new([Answer::Until(Some(HOUR)), Answer::Until(Some(HOUR))]);
        let replay = Replay::of(reply(400, &[], format!("{{\"__type\": \"{code}\"}}")));
        let provider = SharedCredentialsProvider::new(bench.provider.clone());
        let base = config().time_source(bench.clock.clone()).http_client(replay).credentials_provider(provider);
        let handle = Handle::new(&SERVICE, base.build());
        call(&handle, None).await;
        call(&handle, None).await;
        assert_eq!(bench.provider.asked(), asked, "{code}");
    }
}
