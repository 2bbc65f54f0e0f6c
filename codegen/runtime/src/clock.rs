//! The clock that requests are signed by: the configured one, corrected by the `Date` of the service's replies.
//!
//! A service refuses a request whose signature is more than a few minutes off its own clock. So the difference between the two clocks is
//! measured with every reply, as in AWS's SDKs: the header `Date` against the middle between sending and receiving. The client keeps the
//! difference, so that one call with a wrong clock is enough.
//!
//! | promise | test |
//! |---|---|
//! | the difference is against the middle of the round trip | `the_difference_is_against_the_middle` |
//! | replies of caches, and those that took more than 15 minutes, are not believed | `what_cannot_be_believed_is_not` |
//! | a `Date` before 2006, or more than 100 years from our clock, is not believed | `what_cannot_be_believed_is_not`, `client::tests::clock::an_invalid_date_corrects_nothing` |
//! | an accepted signature is better evidence than a `Date` that would not allow it | `client::tests::clock::a_date_that_an_accepted_signature_disproves_corrects_nothing` |
//! | a correction with which signatures are refused too gives way to the last one that was accepted, at first none | `client::tests::clock::a_correction_that_does_not_help_is_reverted` |
//! | a refused signature is sent again if the clock was more than 4 minutes off, and only then | `client::tests::clock` |
//! | the difference outlives its call | `client::tests::clock` |
//! | what signs for credentials learns for itself: AWS STS may be asked before the service ever is | `credentials::tests::sts::a_wrong_clock_is_corrected_for_sts_too`, `credentials::tests::sts::a_wrong_date_in_every_reply_stops_no_later_search` |
//! | with `disable_clock_skew_correction` nothing is measured and nothing corrected | `client::tests::clock` |

use crate::calendar;
use crate::config::Config;
use crate::headers;
use aws_smithy_async::time::SharedTimeSource;
use http::header::{AGE, DATE, HeaderMap, HeaderName};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The largest difference for which no service refuses a signature.
const TOLERANCE: Duration = Duration::from_mins(4);
/// The longest round trip after which the middle is a good guess for the time at which the service read its clock.
const MAX_ROUND_TRIP: Duration = Duration::from_mins(15);

/// The time between a signature and its arrival that no service accepts, in milliseconds: most allow five minutes, Amazon S3 fifteen.
const NEVER_ACCEPTED: u64 = 15 * 60 * 1000;
/// The beginning of 2006, counted from 1970. AWS had no service before, so an earlier `Date` is not a service's time.
const EARLIEST: Duration = Duration::from_hours(315_576);
/// The largest difference that is believed. A clock without a battery begins in 1970 or later.
const MAX_OFFSET: Duration = Duration::from_hours(100 * 365 * 24);

/// The lead of the service's clock over ours. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServiceOffset(Arc<Offsets>);

/// Offsets in milliseconds.
#[derive(Debug, Default)]
struct Offsets {
    /// The offset to sign with.
    current: AtomicI64,
    /// The offset of the last signature that a service accepted.
    accepted: AtomicI64,
}

/// The configured clock, with the offset of the service's.
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

    /// The time by the configured clock, which durations are measured with.
    pub(crate) fn now(&self) -> SystemTime {
        self.ours.now()
    }

    /// The known lead of the service's clock over ours, in milliseconds.
    pub(crate) fn offset(&self) -> i64 {
        self.offset.as_ref().map_or(0, |ServiceOffset(offsets)| offsets.current.load(Ordering::Relaxed))
    }

    /// The time by the service's clock.
    pub(crate) fn corrected(&self, offset: i64) -> SystemTime {
        shifted(self.now(), offset)
    }

    /// Returns whether an offset differs from the present one by more than services accept.
    #[cfg(feature = "credentials")]
    pub(crate) fn was_wrong(&self, used: i64) -> bool {
        is_wrong(used, self.offset())
    }

    /// The offset that a reply shows that was just received, if it is to be believed.
    pub(crate) fn measure(&self, map: &HeaderMap, sent: SystemTime) -> Option<i64> {
        self.offset.as_ref().and_then(|_| measure(map, sent, self.now()))
    }

    /// Learns the offset that a reply has shown. Returns whether its request was signed at a wrong time, given the offset it was signed with.
    pub(crate) fn learn(&self, measured: Option<i64>, used: i64) -> bool {
        let (Some(ServiceOffset(offsets)), Some(measured)) = (&self.offset, measured) else { return false };
        let before = offsets.current.swap(measured, Ordering::Relaxed);
        if is_wrong(before, measured) {
            tracing::warn!(offset_ms = measured, "the clock differs from the service's: requests are signed by the service's from here on");
        }
        is_wrong(used, measured)
    }

    /// The service has accepted a signature that was made with this offset, and its reply has shown that one.
    pub(crate) fn accepted(&self, measured: Option<i64>, used: i64) {
        if let Some(ServiceOffset(offsets)) = &self.offset {
            offsets.accepted.store(used, Ordering::Relaxed);
            self.learn(measured.filter(|measured| measured.abs_diff(used) <= NEVER_ACCEPTED), used);
        }
    }

    /// The service has refused a signature that was made with this offset, and its reply has confirmed the offset. Were it kept nevertheless,
    /// something that puts a wrong `Date` into every reply would have every later call refused.
    pub(crate) fn refused(&self, used: i64) {
        if let Some(ServiceOffset(offsets)) = &self.offset
            && !is_wrong(used, offsets.current.load(Ordering::Relaxed))
        {
            offsets.current.store(offsets.accepted.load(Ordering::Relaxed), Ordering::Relaxed);
        }
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
fn measure(map: &HeaderMap, sent: SystemTime, received: SystemTime) -> Option<i64> {
    let round_trip = received.duration_since(sent).unwrap_or_default();
    // A cache's reply tells the time of an earlier one.
    if map.contains_key(AGE) || round_trip > MAX_ROUND_TRIP {
        return None;
    }
    let theirs = date(map, DATE).filter(|theirs| theirs.duration_since(UNIX_EPOCH).is_ok_and(|time| time >= EARLIEST))?;
    let middle = sent.checked_add(round_trip / 2)?;
    let milliseconds = |by: Duration| if by <= MAX_OFFSET { i64::try_from(by.as_millis()).ok() } else { None };
    match theirs.duration_since(middle) {
        Ok(ahead) => milliseconds(ahead),
        Err(behind) => milliseconds(behind.duration()).map(|behind| -behind),
    }
}

/// The time in a header.
pub(crate) fn date(map: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    calendar::http_date(headers::get(map, name)?.trim())?.try_into().ok()
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
        let nonsense = [
            "Thu, 01 Jan 0000 00:00:00 GMT",
            "Mon, 01 Jan 0001 00:00:00 GMT",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Sat, 31 Dec 2005 23:59:59 GMT",
            "Mon, 22 Nov 2219 10:20:30 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
        ];
        for date in nonsense {
            assert_eq!(measured(&[("date", date)], Duration::ZERO), None, "{date}");
        }
    }

    #[test]
    fn a_clock_without_a_battery_is_corrected() {
        let far = measure(reply(200, &[DATE], "").headers(), UNIX_EPOCH, UNIX_EPOCH);
        assert_eq!(far, Some(i64::try_from((NOW + 600) * 1000).unwrap()));
        assert_eq!(measured(&[("date", "Sun, 01 Jan 2006 00:00:00 GMT")], Duration::ZERO), Some((1_136_073_600 - 1_574_418_030) * 1000));
    }

    #[test]
    fn times_are_shifted_both_ways_and_never_out_of_range() {
        assert_eq!(shifted(now(), 1_500), now() + Duration::from_millis(1_500));
        assert_eq!(shifted(now(), -1_500), now() - Duration::from_millis(1_500));
        let _ = (shifted(now(), i64::MAX), shifted(now(), i64::MIN));
    }
}
