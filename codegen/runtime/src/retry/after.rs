//! The wait that a service requests in its reply.

use crate::clock::date;
use crate::headers;
use http::header::{DATE, HeaderMap, RETRY_AFTER};
use std::time::{Duration, SystemTime};

/// The wait that a reply requests.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct RequestedWait(pub(super) Duration);

impl RequestedWait {
    /// Reads AWS's own header, in milliseconds, or HTTP's (RFC 9110, section 10.2.3), in seconds or as a time. An invalid value counts as absent.
    pub(super) fn in_headers(map: &HeaderMap, now: SystemTime) -> Option<Self> {
        let number = |name| headers::get(map, name)?.trim().parse().ok();
        let milliseconds = number("x-amz-retry-after").map(Duration::from_millis);
        milliseconds.or_else(|| number("retry-after").map(Duration::from_secs)).or_else(|| until(map, now)).map(Self)
    }
}

/// The duration until the time in `retry-after`, counted from the reply's `date` if it has one.
fn until(map: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let now = date(map, DATE).unwrap_or(now);
    Some(date(map, RETRY_AFTER)?.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::RequestedWait;
    use crate::testing::reply;
    use std::time::{Duration, UNIX_EPOCH};

    /// The requested wait in milliseconds, by a clock that stands at Fri, 22 Nov 2019 10:20:30 GMT.
    fn asked(headers: &[(&'static str, &'static str)]) -> Option<u128> {
        let now = UNIX_EPOCH + Duration::from_secs(crate::testing::NOW);
        RequestedWait::in_headers(reply(503, headers, "").headers(), now).map(|asked| asked.0.as_millis())
    }

    #[test]
    fn milliseconds_seconds_and_times_are_understood() {
        assert_eq!(asked(&[]), None);
        assert_eq!(asked(&[("x-amz-retry-after", "1500")]), Some(1_500));
        assert_eq!(asked(&[("retry-after", "7")]), Some(7_000));
        assert_eq!(asked(&[("retry-after", "7"), ("x-amz-retry-after", "20")]), Some(20), "AWS's own counts first");
        assert_eq!(asked(&[("retry-after", "Fri, 22 Nov 2019 10:20:42 GMT")]), Some(12_000));
        assert_eq!(asked(&[("retry-after", "Fri, 22 Nov 2019 10:00:00 GMT")]), Some(0), "a time that is over");
        let skewed = [("retry-after", "Fri, 22 Nov 2019 11:00:05 GMT"), ("date", "Fri, 22 Nov 2019 11:00:00 GMT")];
        assert_eq!(asked(&skewed), Some(5_000), "by the clock of the sender");
    }

    #[test]
    fn an_invalid_value_counts_as_absent() {
        for value in ["", "-1", "1.5", "soon", "99999999999999999999999999", "Fri, 99 Nov 2019 10:00:00 GMT"] {
            assert_eq!(asked(&[("x-amz-retry-after", value), ("retry-after", value)]), None, "{value}");
        }
    }
}
