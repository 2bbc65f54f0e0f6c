use super::{FIRST_COST, RETRY_COST, Rate, RateLimit};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[track_caller]
fn assert_near(is: f64, expected: f64) {
    assert!((is - expected).abs() < 1e-6, "{is}, not {expected}");
}

/// A request every 200 ms. Each row has its time, whether it was throttled, and the measured and the allowed rate afterwards. AWS's SDKs share
/// these numbers.
#[test]
fn rates_follow_the_curve() {
    let table = [
        (0.2, false, 0.0, 0.5),
        (0.4, false, 0.0, 0.5),
        (0.6, false, 4.8, 0.5),
        (0.8, false, 4.8, 0.5),
        (1.0, false, 4.16, 0.5),
        (1.2, false, 4.16, 0.6912),
        (1.4, false, 4.16, 1.0976),
        (1.6, false, 5.632, 1.6384),
        (1.8, false, 5.632, 2.3328),
        (2.0, true, 4.3264, 3.02848),
        (2.2, false, 4.3264, 3.486_639_173),
        (2.4, false, 4.3264, 3.821_874_416),
        (2.6, false, 5.665_28, 4.053_385_727),
        (2.8, false, 5.665_28, 4.200_373_108),
        (3.0, false, 4.333_056, 4.282_036_558),
        (3.2, true, 4.333_056, 2.997_425_591),
        (3.4, false, 4.333_056, 3.452_226_394),
    ];
    let mut rate = Rate::starting(0.0);
    for (now, is_throttled, measured, allowed) in table {
        rate.update(now, is_throttled);
        assert_near(rate.measured, measured);
        assert_near(rate.allowed, allowed);
    }
}

#[test]
fn the_rate_returns_to_its_last_maximum_and_then_grows() {
    let rate = Rate { last_max: 10.0, throttled_at: 5.0, ..Rate::starting(0.0) };
    let expected = [7.0, 9.648_936_010, 10.000_030_850, 10.453_284_521, 13.408_697_022, 21.266_268_354, 36.425_998_517];
    for (second, expected) in (5..).zip(expected) {
        assert_near(rate.cubic_rate(f64::from(second)), expected);
    }
}

fn at(milliseconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(milliseconds)
}

/// A limit of half a request per second, without any tokens.
fn throttled() -> RateLimit {
    let limit = RateLimit::default();
    limit.update(at(0), true);
    limit
}

fn wait(limit: &RateLimit, now: u64, tokens: f64) -> u128 {
    let turn = limit.take(at(now), tokens);
    let wait = turn.wait;
    turn.used();
    wait.as_millis()
}

#[test]
fn the_rate_is_unlimited_before_the_first_throttling() {
    let limit = RateLimit::default();
    for now in 0..100 {
        assert_eq!(wait(&limit, now, FIRST_COST), 0);
        limit.update(at(now), false);
    }
}

#[test]
fn turns_are_taken_one_by_one() {
    let limit = throttled();
    assert_eq!([(); 3].map(|()| wait(&limit, 0, FIRST_COST)), [2_000, 4_000, 6_000]);
    assert_eq!(wait(&limit, 6_000, FIRST_COST), 2_000, "the earlier turns have passed");
    assert_eq!(wait(&limit, 8_000, RETRY_COST), 10_000, "a retry costs more");
    assert_eq!(wait(&limit, 60_000, FIRST_COST), 0, "the bucket is full");
    assert_eq!(wait(&limit, 60_000, FIRST_COST), 2_000, "its capacity is one token");
}

#[test]
fn a_dropped_turn_returns_its_tokens() {
    let limit = throttled();
    assert_eq!(wait(&limit, 0, FIRST_COST), 2_000);
    drop(limit.take(at(0), RETRY_COST));
    assert_eq!(wait(&limit, 0, FIRST_COST), 4_000);
}

#[test]
fn a_clock_that_is_set_back_is_harmless() {
    let limit = throttled();
    limit.update(at(9_000), false);
    limit.update(at(1_000), true);
    assert!(wait(&limit, 500, FIRST_COST) < 60_000);
}
