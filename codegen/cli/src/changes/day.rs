//! Calendar days. The few lines here take the place of a date library, which would be a dependency of its own: none is in the tree.

use std::time::{SystemTime, UNIX_EPOCH};

/// Checks that the text is an existing day as `YYYY-MM-DD`.
pub(crate) fn parse(text: &str) -> Result<String, String> {
    let number =
        |range| text.get(range).filter(|part: &&str| part.bytes().all(|byte| byte.is_ascii_digit())).and_then(|part| part.parse().ok());
    let parts: (Option<u64>, Option<u64>, Option<u64>) = (number(0..4), number(5..7), number(8..10));
    let dashes = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    match parts {
        (Some(year), Some(month @ 1..=12), Some(day)) if dashes && (1..=days_of(year, month)).contains(&day) => Ok(text.to_owned()),
        _ => Err("expected a date as YYYY-MM-DD".to_owned()),
    }
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of(year: u64, month: u64) -> u64 {
    match month {
        2 => 28 + u64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Today in UTC.
pub(crate) fn today() -> String {
    // A clock before 1970 gives 1970-01-01.
    of(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() / 86_400)
}

/// The day of a file's time, in seconds since 1970. A time beyond the calendar's four digits gives its last day.
pub(crate) fn of_seconds(seconds: u64) -> String {
    const LAST: u64 = 253_402_300_799;
    of(seconds.min(LAST) / 86_400)
}

/// The day `days` days after 1970-01-01.
fn of(mut days: u64) -> String {
    let mut year = 1970;
    loop {
        let length = 365 + u64::from(is_leap(year));
        if days < length {
            break;
        }
        days -= length;
        year += 1;
    }
    let mut month = 1;
    while days >= days_of(year, month) {
        days -= days_of(year, month);
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_the_calendar() {
        assert_eq!(of_seconds(1_574_380_800), "2019-11-22");
        assert_eq!(of_seconds(u64::MAX), "9999-12-31");
        assert_eq!(of(0), "1970-01-01");
        assert_eq!(of(11_016), "2000-02-29");
        assert_eq!(of(18_222), "2019-11-22");
        assert_eq!(of(18_261), "2019-12-31");
    }

    #[test]
    fn only_dates_that_exist_are_accepted() {
        assert_eq!(parse("2019-11-22").as_deref(), Ok("2019-11-22"));
        assert_eq!(parse("2020-02-29").as_deref(), Ok("2020-02-29"));
        for bad in ["", "2019-02-29", "2019-13-01", "2019-11-31", "2019-1-2", "22/11/2019", "2019-11-22T", "+019-11-22", "20é9-11-2"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
