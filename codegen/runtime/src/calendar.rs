//! Dates of the Gregorian calendar in UTC, as texts and as seconds since 1970. The functions of `DateTime` would do, but their parsers are 30 KB of
//! every program.

use aws_smithy_types::DateTime;

const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;

/// Returns the seconds from the beginning of 1970 to a date and a time of day; `None` if one of them does not exist.
pub(crate) fn second([year, month, day]: [i64; 3], [hour, minute, second]: [i64; 3]) -> Option<i64> {
    let number = number_of([year, month, day]);
    let exists = date_of(number) == [year, month, day] && hour < 24 && minute < 60 && second < 60;
    exists.then_some(number * SECONDS_OF_A_DAY + hour * 3_600 + minute * 60 + second)
}

/// A second as a date-time of RFC 3339, such as `2019-11-22T10:20:30Z`; `None` outside of the years 1 to 9999.
pub(crate) fn text(second: i64) -> Option<String> {
    let [year, month, day] = date_of(second.div_euclid(SECONDS_OF_A_DAY));
    let second = second.rem_euclid(SECONDS_OF_A_DAY);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    (1..=9_999).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

/// Reads a date-time of RFC 3339, with any offset. A leap second is read as the nanosecond before it.
pub(crate) fn date_time(text: &str) -> Option<DateTime> {
    let (moment, zone) = text.split_at_checked("2019-11-22T10:20:30".len())?;
    let has_separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')]
        .iter()
        .all(|(at, separator)| moment.as_bytes()[*at].eq_ignore_ascii_case(separator));
    if !has_separators {
        return None;
    }
    let [year, month, day, hour, minute, second] =
        [0..4, 5..7, 8..10, 11..13, 14..16, 17..19].map(|digits| moment.get(digits).and_then(number));
    let (mut nanoseconds, mut zone) = (0, zone);
    if let Some(rest) = zone.strip_prefix('.') {
        let (digits, rest) = rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
        if digits.is_empty() {
            return None;
        }
        zone = rest;
        nanoseconds = digits.bytes().chain([b'0'; 9]).take(9).fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    }
    let is_leap = second == Some(60);
    let second = if is_leap { 59 } else { second? };
    let second = self::second([year?, month?, day?], [hour?, minute?, second])? - offset(zone)?;
    if is_leap {
        let next = second + 1;
        let [.., day] = date_of(next.div_euclid(SECONDS_OF_A_DAY));
        if day != 1 || next.rem_euclid(SECONDS_OF_A_DAY) != 0 {
            return None;
        }
        nanoseconds = 999_999_999;
    }
    Some(DateTime::from_secs_and_nanos(second, nanoseconds))
}

/// Reads an http-date in its preferred form (RFC 9110, section 5.6.7), with up to three digits of a second's fraction.
pub(crate) fn http_date(text: &str) -> Option<DateTime> {
    const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    if !text.is_ascii() {
        return None;
    }
    let text = text.trim();
    let bytes = text.as_bytes();
    let is_formed = (29..=33).contains(&text.len())
        && text.ends_with(" GMT")
        && [(7, b' '), (11, b' '), (16, b' '), (19, b':'), (22, b':')].iter().all(|(at, separator)| bytes[*at] == *separator);
    if !is_formed {
        return None;
    }
    let nanoseconds = match bytes[25] {
        b' ' => 0,
        b'.' => {
            let fraction = text.get(26..text.len() - 4)?;
            let unit = [100_000_000, 10_000_000, 1_000_000].get(fraction.len().checked_sub(1)?)?;
            fraction.parse::<u32>().ok()? * unit
        }
        _ => return None,
    };
    let month = MONTHS.chunks(3).zip(1..).find(|(name, _)| *name == &bytes[8..11])?.1;
    let year = text[12..16].parse::<i32>().ok()?;
    let [day, hour, minute, second] = [5..7, 17..19, 20..22, 23..25].map(|digits| text[digits].parse::<u8>().ok().map(i64::from));
    let second = self::second([year.into(), month, day?], [hour?, minute?, second?])?;
    Some(DateTime::from_secs_and_nanos(second, nanoseconds))
}

/// The offset of a time zone in seconds: `Z`, or such as `+02:00`.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let (sign, digits) = zone.split_at_checked(1)?;
    let (hours, minutes) = digits.split_once(':').filter(|(hours, minutes)| hours.len() == 2 && minutes.len() == 2)?;
    let (hours, minutes) = (number(hours).filter(|hours| *hours < 24)?, number(minutes).filter(|minutes| *minutes < 60)?);
    let offset = hours * 3_600 + minutes * 60;
    match sign {
        "+" => Some(offset),
        "-" => Some(-offset),
        _ => None,
    }
}

/// A number of digits without a sign.
fn number(digits: &str) -> Option<i64> {
    if digits.bytes().all(|digit| digit.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// The number of days from the beginning of 1970 to a date. A date that does not exist has the number of another one.
///
/// The years are counted from March on, so that the day that only some years have is their last one, and 153 days are the length of any five
/// months between March and January.
fn number_of([year, month, day]: [i64; 3]) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

/// The date that a number of days after the beginning of 1970 is.
fn date_of(number: i64) -> [i64; 3] {
    let number = number + 719_468;
    let (era, day) = (number.div_euclid(146_097), number.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = (400 * era + year, if month < 10 { month + 3 } else { month - 9 });
    [if month <= 2 { year + 1 } else { year }, month, day]
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_types::date_time::Format;
    use proptest::prelude::*;

    /// The first seconds of the years 0 and 10000.
    const YEARS: std::ops::Range<i64> = -62_167_219_200..253_402_300_800;

    fn assert_read_as_in_aws(text: &str) {
        assert_eq!(date_time(text), DateTime::from_str(text, Format::DateTimeWithOffset).ok(), "{text}");
        assert_eq!(http_date(text), DateTime::from_str(text, Format::HttpDate).ok(), "{text}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn seconds_are_written_as_in_aws(second in YEARS) {
            prop_assert_eq!(text(second), DateTime::from_secs(second).fmt(Format::DateTime).ok());
        }

        #[test]
        fn moments_are_read_as_in_aws(second in YEARS, nanoseconds in 0_u32..1_000_000_000) {
            let moment = DateTime::from_secs_and_nanos(second, nanoseconds);
            for format in [Format::DateTime, Format::HttpDate] {
                moment.fmt(format).iter().for_each(|text| assert_read_as_in_aws(text));
            }
        }

        #[test]
        fn date_times_are_read_as_in_aws(
            text in "[0-9]{4}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{0,12})?(Z|z|[+-][0-2][0-9]:[0-6][0-9])?.?",
        ) {
            assert_read_as_in_aws(&text);
        }

        #[test]
        fn http_dates_are_read_as_in_aws(
            text in " ?[a-zA-Z]{3}, [+0-3][0-9] (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|mar) [-+0-9][0-9]{3} \
                [-+0-2][0-9]:[0-6][0-9]:[0-6][0-9]([. ][-+0-9]{0,4})? GMT.?",
        ) {
            assert_read_as_in_aws(&text);
        }

        #[test]
        fn leap_seconds_are_read_as_in_aws(
            date in "[0-9]{4}-(0[1-9]|1[0-2])-(01|28|29|30|31)",
            time in "(23:59|22:59|23:30|00:59|00:00):60(Z|[+-]0[01]:[03]0|\\.5Z)",
        ) {
            assert_read_as_in_aws(&format!("{date}T{time}"));
        }

        #[test]
        fn any_text_is_read_as_in_aws(text in ".{0,40}") {
            assert_read_as_in_aws(&text);
        }
    }
}
