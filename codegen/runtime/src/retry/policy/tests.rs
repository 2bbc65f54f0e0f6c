use super::super::after::RequestedWait;
use super::super::reason::Reason;
use super::Policy;
use crate::config::retry::{ReconnectMode, RetryConfig, RetryMode};
use crate::config::{Config, Environment};
use std::time::Duration;

const NEW: [(&str, &str); 1] = [("AWS_NEW_RETRIES_2026", "true")];

fn policy<const N: usize>(config: RetryConfig, variables: [(&str, &str); N]) -> Policy {
    Policy::new(&Config::builder().retry_config(config).environment(Environment::fixed(variables)).build()).unwrap()
}

fn standard() -> Policy {
    policy(RetryConfig::standard(), [])
}

/// The longest waits after the first seven attempts, in milliseconds.
fn bounds(policy: &Policy, reason: Reason) -> Vec<u128> {
    (1..=7).map(|number| policy.wait(number, reason, None, 1.0).as_millis()).collect()
}

#[test]
fn waits_double_up_to_the_limit() {
    let expected = [1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000];
    for reason in [Reason::Throttled, Reason::Transient, Reason::ClockWrong] {
        assert_eq!(bounds(&standard(), reason), expected);
    }
    assert_eq!(standard().wait(u32::MAX, Reason::Transient, None, 1.0), Duration::from_secs(20));
    assert_eq!(standard().wait(3, Reason::Transient, None, 0.0), Duration::ZERO, "the whole of it is random");
    assert_eq!(standard().wait(3, Reason::Transient, None, 0.25), Duration::from_secs(1));
}

#[test]
fn waits_are_configurable() {
    let chosen = RetryConfig::standard().with_initial_backoff(Duration::from_millis(200)).with_max_backoff(Duration::from_secs(1));
    let expected = [200, 400, 800, 1_000, 1_000, 1_000, 1_000];
    assert_eq!(bounds(&policy(chosen.clone(), []), Reason::Transient), expected);
    assert_eq!(bounds(&policy(chosen, NEW), Reason::Transient), expected, "the numbers of 2026 do not change a choice");
    let huge = RetryConfig::standard().with_initial_backoff(Duration::MAX).with_max_backoff(Duration::MAX);
    for (fraction, wait) in [(0.0, Duration::ZERO), (1.0, Duration::MAX)] {
        assert_eq!(policy(huge.clone(), []).wait(9, Reason::Transient, None, fraction), wait, "nothing overflows");
    }
    let exact = RetryConfig::standard().with_use_static_exponential_base(true);
    assert_eq!(policy(exact, []).wait(1, Reason::Transient, None, 0.1), Duration::from_secs(1));
}

#[test]
fn the_switch_selects_the_numbers_of_2026() {
    let new = policy(RetryConfig::standard(), NEW);
    assert_eq!(bounds(&new, Reason::Transient), [50, 100, 200, 400, 800, 1_600, 3_200]);
    assert_eq!(bounds(&new, Reason::ClockWrong)[..2], [50, 100]);
    assert_eq!(bounds(&new, Reason::Throttled)[..2], [1_000, 2_000]);
    let costs = |policy: &Policy| [Reason::Throttled, Reason::Transient, Reason::ClockWrong].map(|reason| policy.cost(reason));
    assert_eq!((costs(&new), costs(&standard())), ([5, 14, 14], [5, 10, 5]));
    for off in ["false", "FALSE", " ", ""] {
        assert_eq!(costs(&policy(RetryConfig::standard(), [("AWS_NEW_RETRIES_2026", off)])), [5, 10, 5]);
    }
    let invalid = Config::builder().environment(Environment::fixed([("AWS_NEW_RETRIES_2026", "yes")])).build();
    assert_eq!(
        Policy::new(&invalid).unwrap_err().to_string(),
        r#"the environment variable AWS_NEW_RETRIES_2026: "yes" is neither true nor false"#
    );
}

#[test]
fn a_service_may_request_a_wait() {
    let wait = |policy: &Policy, milliseconds| {
        policy.wait(2, Reason::Throttled, Some(RequestedWait(Duration::from_millis(milliseconds))), 0.5).as_millis()
    };
    let waits = |policy: &Policy| [0, 700, 1_500, 9_000, 90_000].map(|asked| wait(policy, asked));
    assert_eq!(waits(&standard()), [0, 700, 1_500, 9_000, 20_000], "up to the longest wait");
    let new = policy(RetryConfig::standard(), NEW);
    assert_eq!(waits(&new), [1_000, 1_000, 1_500, 6_000, 6_000], "between the wait without it and five seconds more");
}

#[test]
fn attempts_and_modes_are_those_of_the_configuration() {
    assert_eq!(Policy::new(&Config::builder().environment(Environment::fixed(NEW)).build()).unwrap().attempts(), 3);
    let attempts = |config| policy(config, []).attempts();
    assert_eq!(attempts(RetryConfig::disabled()), 1);
    assert_eq!(attempts(RetryConfig::adaptive().with_max_attempts(7)), 7);
    assert_eq!(attempts(RetryConfig::standard().with_max_attempts(0)), 1, "there is always a first one");
    let adaptive = policy(RetryConfig::standard().with_retry_mode(RetryMode::Adaptive), []);
    assert!(adaptive.is_adaptive() && !standard().is_adaptive());
    assert_eq!((adaptive.feature(), standard().feature()), ("F", "E"));
    assert!(standard().reconnects(Reason::Transient) && !standard().reconnects(Reason::Throttled));
    let reusing = RetryConfig::standard().with_reconnect_mode(ReconnectMode::ReuseAllConnections);
    assert!(!policy(reusing, []).reconnects(Reason::Transient));
}
