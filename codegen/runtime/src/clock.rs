//! The clock that requests are signed by: the configured one, corrected by what the service's replies say of the time.
//!
//! A service refuses a request that was signed more than a few minutes before or after what it takes the time to be. So the difference
//! between the two clocks is taken from every reply, as AWS's SDKs do: the header `Date` against the middle between sending and receiving.
//! The client keeps it, so that one call with a wrong clock is enough to learn.
//!
//! | promise | test |
//! |---|---|
//! | the difference is against the middle of the round trip | `the_difference_is_against_the_middle` |
//! | replies of caches, and those that took more than 15 minutes, are not believed | `what_cannot_be_believed_is_not` |
//! | a refused signature is sent again if the clock was more than 4 minutes off, and only then | `client::tests::clock` |
//! | the difference outlives its call | `client::tests::clock` |
//! | what signs for credentials learns for itself: AWS STS may be asked before the service ever is | `credentials::tests::sts::a_wrong_clock_is_corrected_for_sts_too` |
//! | with `disable_clock_skew_correction` nothing is measured and nothing corrected | `client::tests::clock` |

use crate::config::Config;
use crate::retry::date;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::http::Headers;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// A difference up to this is none that a service refuses a signature for.
const TOLERANCE: Duration = Duration::from_mins(4);
/// After a longer round trip nobody knows when in between the service looked at its clock.
const MAX_ROUND_TRIP: Duration = Duration::from_mins(15);

/// How far the service's clock is ahead of ours, in milliseconds. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServiceOffset(Arc<AtomicI64>);

/// The configured clock together with what is known of the service's.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    ours: SharedTimeSource,
    /// `None` when signing keeps to our clock.
    offset: Option<ServiceOffset>,
}

impl Clock {
    pub(crate) fn new(config: &Config, offset: &ServiceOffset) -> Self {
        let keeps = config.disable_clock_skew_correction().unwrap_or_default();
        Self { ours: config.clock(), offset: (!keeps).then(|| offset.clone()) }
    }

    /// The time by our own clock, which durations are measured by.
    pub(crate) fn now(&self) -> SystemTime {
        self.ours.now()
    }

    /// How far the service's clock is ahead of ours, in milliseconds, as far as is known.
    pub(crate) fn offset(&self) -> i64 {
        self.offset.as_ref().map_or(0, |offset| offset.0.load(Ordering::Relaxed))
    }

    /// The time by the service's clock.
    pub(crate) fn corrected(&self, offset: i64) -> SystemTime {
        shifted(self.now(), offset)
    }

    /// Whether it has turned out since that this offset was a wrong one to sign with.
    #[cfg(feature = "credentials")]
    pub(crate) fn was_wrong(&self, used: i64) -> bool {
        is_wrong(used, self.offset())
    }

    /// Learns from a reply that was just received. Says whether its request was signed at a wrong time, given the offset it was signed with.
    pub(crate) fn learn(&self, headers: &Headers, sent: SystemTime, used: i64) -> bool {
        let Some(offset) = &self.offset else { return false };
        let Some(measured) = measure(headers, sent, self.now()) else { return false };
        let before = offset.0.swap(measured, Ordering::Relaxed);
        if is_wrong(before, measured) {
            tracing::warn!(offset_ms = measured, "the clock differs from the service's: requests are signed by the service's from here on");
        }
        is_wrong(used, measured)
    }
}

fn is_wrong(used: i64, measured: i64) -> bool {
    Duration::from_millis(measured.abs_diff(used)) > TOLERANCE
}

fn shifted(time: SystemTime, milliseconds: i64) -> SystemTime {
    let by = Duration::from_millis(milliseconds.unsigned_abs());
    let shifted = if milliseconds < 0 { time.checked_sub(by) } else { time.checked_add(by) };
    shifted.unwrap_or(time)
}

/// The difference that a reply shows, in milliseconds.
fn measure(headers: &Headers, sent: SystemTime, received: SystemTime) -> Option<i64> {
    let round_trip = received.duration_since(sent).unwrap_or_default();
    // A cache's reply tells the time of an earlier one.
    if headers.contains_key("age") || round_trip > MAX_ROUND_TRIP {
        return None;
    }
    let theirs = date(headers, "date")?;
    let middle = sent.checked_add(round_trip / 2)?;
    let milliseconds = |by: Duration| i64::try_from(by.as_millis()).ok();
    match theirs.duration_since(middle) {
        Ok(ahead) => milliseconds(ahead),
        Err(behind) => milliseconds(behind.duration()).map(|behind| -behind),
    }
}

#[cfg(test)]
mod tests {
    use super::{measure, shifted};
    use crate::testing::{NOW, reply};
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    const DATE: (&str, &str) = ("date", "Fri, 22 Nov 2019 10:30:30 GMT");

    fn now() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW)
    }

    fn measured(headers: &[(&'static str, &'static str)], round_trip: Duration) -> Option<i64> {
        measure(reply(200, headers, "").headers(), now(), now() + round_trip)
    }

    #[test]
    fn the_difference_is_against_the_middle() {
        assert_eq!(measured(&[DATE], Duration::ZERO), Some(600_000));
        assert_eq!(measured(&[DATE], Duration::from_secs(4)), Some(598_000));
        assert_eq!(measured(&[DATE], Duration::from_mins(15)), Some(150_000));
        assert_eq!(measured(&[("date", "Fri, 22 Nov 2019 10:10:30 GMT")], Duration::from_secs(2)), Some(-601_000));
        let backwards = measure(reply(200, &[DATE], "").headers(), now(), now() - Duration::from_secs(9));
        assert_eq!(backwards, Some(600_000), "a clock that was set back in between");
    }

    #[test]
    fn what_cannot_be_believed_is_not() {
        assert_eq!(measured(&[DATE, ("age", "0")], Duration::ZERO), None);
        assert_eq!(measured(&[DATE], Duration::from_millis(900_001)), None);
        assert_eq!(measured(&[], Duration::ZERO), None);
        for date in ["", "yesterday", "Fri, 22 Nov 2019 25:30:30 GMT", "2019-11-22T10:30:30Z"] {
            assert_eq!(measured(&[("date", date)], Duration::ZERO), None, "{date}");
        }
    }

    #[test]
    fn times_are_shifted_both_ways_and_never_out_of_range() {
        assert_eq!(shifted(now(), 1_500), now() + Duration::from_millis(1_500));
        assert_eq!(shifted(now(), -1_500), now() - Duration::from_millis(1_500));
        let _ = (shifted(now(), i64::MAX), shifted(now(), i64::MIN));
    }
}
