//! The expiry of credentials.

use crate::calendar;
use aws_smithy_types::DateTime;
use std::time::SystemTime;

/// The error about a text that is not a time. It follows the text's name.
pub(super) const NOT_A_TIME: &str = "is not a time with a zone, such as 2019-11-22T12:00:00Z";

/// Reads a date, a time of day and a zone in any form of ISO 8601 that botocore reads. A test in the workspace compares the two on random
/// texts. Botocore also reads times without a date and names of months, which are refused here.
///
/// A time without a zone is refused, as by botocore, since it is ambiguous.
pub(super) fn time(text: &str) -> Option<SystemTime> {
    let (seconds, nanoseconds) = parse(text)?;
    DateTime::from_secs_and_nanos(seconds, nanoseconds).try_into().ok()
}

/// Reads a time as seconds since 1970 and nanoseconds.
pub(crate) fn parse(text: &str) -> Option<(i64, u32)> {
    let mut parser = Parser(text.trim());
    let (year, month, day) = parser.date()?;
    parser.separator()?;
    let (hour, minute, second) = parser.time_of_day()?;
    let nanoseconds = parser.fraction(second.len())?;
    let second = second.parse::<u32>().unwrap_or_default();
    let offset = parser.zone()?;
    let seconds = calendar::second([year, month, day].map(i64::from), [hour, minute, second].map(i64::from)).filter(|_| year > 0)?;
    Some((seconds - offset, nanoseconds))
}

/// The part of a text that is not read yet.
struct Parser<'a>(&'a str);

impl<'a> Parser<'a> {
    /// `2019-11-22`, `2019/11/22` or `20191122`.
    fn date(&mut self) -> Option<(u32, u32, u32)> {
        let digits = self.digits();
        if digits.len() == 8 {
            return Some((number(&digits[..4])?, number(&digits[4..6])?, number(&digits[6..])?));
        }
        let year = number(digits).filter(|_| digits.len() == 4)?;
        let separator = ['-', '/'].into_iter().find(|&separator| self.skip(separator))?;
        let month = self.short_number()?;
        self.skip(separator).then_some(())?;
        Some((year, month, self.short_number()?))
    }

    /// `T`, white space, or both.
    fn separator(&mut self) -> Option<()> {
        let before = self.0.len();
        self.spaces();
        let _ = self.skip('T') || self.skip('t');
        self.spaces();
        (self.0.len() < before).then_some(())
    }

    /// `12:00:00`, `12:00`, `120000`, `1200` or `12`. The seconds are returned as text.
    fn time_of_day(&mut self) -> Option<(u32, u32, &'a str)> {
        let hour = self.digits();
        if self.skip(':') {
            let hour = number(hour).filter(|_| hour.len() <= 2)?;
            let minute = self.short_number()?;
            let second = if self.skip(':') { Some(self.digits()).filter(|second| (1..=2).contains(&second.len()))? } else { "" };
            return Some((hour, minute, second));
        }
        match hour.len() {
            2 => Some((number(hour)?, 0, "")),
            4 => Some((number(&hour[..2])?, number(&hour[2..])?, "")),
            6 => Some((number(&hour[..2])?, number(&hour[2..4])?, &hour[4..])),
            _ => None,
        }
    }

    /// A fraction of a second in nanoseconds: digits after a dot, or after a comma that follows two digits.
    fn fraction(&mut self, digits_before: usize) -> Option<u32> {
        if digits_before == 0 || !(self.skip('.') || digits_before == 2 && self.skip(',')) {
            return Some(0);
        }
        let digits = self.digits();
        if digits.is_empty() {
            return None;
        }
        number(&format!("{digits:0<9}")[..9])
    }

    /// The offset in seconds of `Z`, `UTC`, `GMT`, `+02:00`, `+0200` or `+2` at the end of the text.
    fn zone(&mut self) -> Option<i64> {
        self.spaces();
        if matches!(self.0, "Z" | "z" | "UTC" | "GMT") {
            return Some(0);
        }
        let sign = if self.skip('-') { -1 } else { self.skip('+').then_some(1)? };
        let digits = self.digits();
        let (hours, minutes) = match digits.len() {
            4 => (number(&digits[..2])?, number(&digits[2..])?),
            1 | 2 => (number(digits)?, if self.skip(':') { self.short_number()? } else { 0 }),
            _ => return None,
        };
        let offset = i64::from(hours * 3_600 + minutes * 60);
        (self.0.is_empty() && offset < 86_400).then_some(sign * offset)
    }

    /// One or two digits.
    fn short_number(&mut self) -> Option<u32> {
        let digits = self.digits();
        number(digits).filter(|_| digits.len() <= 2)
    }

    fn digits(&mut self) -> &'a str {
        let (digits, rest) = self.0.split_at(self.0.bytes().take_while(u8::is_ascii_digit).count());
        self.0 = rest;
        digits
    }

    fn spaces(&mut self) {
        self.0 = self.0.trim_start();
    }

    /// Skips a character if it is next, and returns whether it was.
    fn skip(&mut self, character: char) -> bool {
        let rest = self.0.strip_prefix(character);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }
}

fn number(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn times_are_read_in_every_usual_form() {
        let spellings = [
            "2019-11-22T10:20:30Z",
            "2019-11-22t10:20:30z",
            "2019-11-22T12:20:30+02:00",
            "2019-11-22T12:20:30+0200",
            "2019-11-22T12:20:30+02",
            "2019-11-22T05:20:30-0500",
            "2019-11-22 10:20:30Z",
            "2019-11-22 10:20:30 UTC",
            "2019-11-22T10:20:30UTC",
            "2019-11-22 10:20:30 GMT",
            "2019-11-22 12:20:30 +0200",
            "2019/11/22 10:20:30 +00:00",
            "20191122T102030Z",
            " 2019-11-22T10:20:30.000Z\n",
        ];
        for spelling in spellings {
            assert_eq!(parse(spelling), Some((1_574_418_030, 0)), "{spelling}");
        }
        assert_eq!(parse("2019-11-22T10:20:30.25Z"), Some((1_574_418_030, 250_000_000)));
        assert_eq!(parse("2019-11-22T10:20:30,1234567891Z"), Some((1_574_418_030, 123_456_789)));
        assert_eq!(parse("2019-1-2T3:04Z"), Some((1_546_398_240, 0)));
        assert_eq!(parse("20190102T03Z"), Some((1_546_398_000, 0)));
    }

    #[test]
    fn a_text_that_is_not_a_time_with_a_zone_is_refused() {
        let refused = [
            "",
            "soon",
            "1574418030",
            "2019-11-22",
            "10:20:30Z",
            "2019-11-22T10:20:30",
            "2019-11-22 10:20:30",
            "2019-02-29T10:20:30Z",
            "2019-13-01T10:20:30Z",
            "2019-11-22T24:00:00Z",
            "2019-11-22T10:20:60Z",
            "0000-01-01T00:00:00Z",
            "2019-11-22T10:20:30.Z",
            "2019-11-22T10:20:30Z Z",
            "2019-11-22T10:20:30 CET",
            "2019-11-22T10:20:30+24:00",
            "2019-11-22T10:20:30UTC+2",
            "2019-11-2210:20:30Z",
            "99999-11-22T10:20:30Z",
            "2019-11-22T10:20:30+02:00 UTC",
            "２019-11-22T10:20:30Z",
        ];
        for text in refused {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
