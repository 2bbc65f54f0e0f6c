//! Numbers: the grammar and the exact value.

use super::error::Problem;
use aws_smithy_types::{DateTime, Number};
use std::str::FromStr;

const NANOS_PER_SECOND: usize = 9;
/// The most digits of a short integer.
const SHORT: usize = 9;
/// The powers of ten up to the number of nanoseconds in a second.
const POWERS: [u32; NANOS_PER_SECOND + 1] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

/// A number in a text.
pub(super) struct Numeral<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    negative: bool,
    /// The digits as an integer, without the sign and the decimal point. `None` if there are too many or there is an exponent.
    digits: Option<u64>,
    /// The number of digits after the decimal point.
    fraction: usize,
}

impl<'a> Numeral<'a> {
    /// Reads the number that begins at `start`. An error has its position and its problem.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the parts of the usual number stay in registers, and the compiler would not inline it")]
    pub(super) fn parse(text: &'a str, start: usize) -> Result<Self, (usize, Problem)> {
        let bytes = text.as_bytes();
        let mut value = 0;
        let negative = bytes.get(start) == Some(&b'-');
        let first = start + usize::from(negative);
        let point = run(bytes, first, &mut value);
        let (mut end, mut fraction) = (point, 0);
        if bytes.get(point) == Some(&b'.') {
            end = run(bytes, point + 1, &mut value);
            fraction = end - point - 1;
        }
        let count = point - first + fraction;
        let starts_with_zero = bytes.get(first) == Some(&b'0') && point > first + 1;
        // Nineteen digits always fit. Twenty may fit, and take the slow path.
        if point == first || end == point + 1 || starts_with_zero || count > 19 || matches!(bytes.get(end), Some(b'e' | b'E')) {
            return Self::unusual(text, start, negative);
        }
        Ok(Self { text, start, end, negative, digits: Some(value), fraction })
    }

    /// Reads a number with an exponent or with many digits, or finds the error in it.
    #[cold]
    fn unusual(text: &'a str, start: usize, negative: bool) -> Result<Self, (usize, Problem)> {
        let bytes = text.as_bytes();
        let digits = |start| match run(bytes, start, &mut 0) {
            end if end > start => Ok(end),
            end if bytes.get(end).is_some() => Err((end, Problem::NO_NUMBER)),
            end => Err((end, Problem::CUT_OFF)),
        };
        let first = start + usize::from(negative);
        let mut end = digits(first)?;
        if end - first > 1 && bytes.get(first) == Some(&b'0') {
            return Err((first + 1, Problem::NO_NUMBER));
        }
        let mut fraction = 0;
        if bytes.get(end) == Some(&b'.') {
            let point = end;
            end = digits(point + 1)?;
            fraction = end - point - 1;
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            end = digits(end + 1 + sign)?;
        }
        let numeral = Self { text, start, end, negative, digits: None, fraction };
        // serde_json refuses a number that exceeds a double even in skipped values.
        if numeral.finite::<f64>().is_none() {
            return Err((start, Problem::NUMBER_OUT_OF_RANGE));
        }
        Ok(numeral)
    }

    /// The number, if the whole text is one.
    pub(super) fn of_text(text: &'a str) -> Option<Self> {
        Self::parse(text, 0).ok().filter(|numeral| numeral.len() == text.len())
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    /// The number as it is written. Its ends are beside ASCII characters, and so at character boundaries.
    fn written(&self) -> &'a str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    pub(super) fn has_fraction(&self) -> bool {
        self.scaled(0).is_some_and(|(_, exact)| !exact)
    }

    /// The value, if it is a whole number in any form and in range.
    #[inline]
    pub(super) fn to_i64(&self) -> Option<i64> {
        match self.digits {
            Some(digits) if self.fraction == 0 && self.negative => 0_i64.checked_sub_unsigned(digits),
            Some(digits) if self.fraction == 0 => i64::try_from(digits).ok(),
            _ => self.scaled(0).filter(|(_, exact)| *exact).and_then(|(value, _)| i64::try_from(value).ok()),
        }
    }

    /// The nearest value of a binary floating-point type, if it is finite.
    #[inline]
    pub(super) fn finite<T: FromStr + Copy + Into<f64>>(&self) -> Option<T> {
        self.written().parse::<T>().ok().filter(|value| Into::<f64>::into(*value).is_finite())
    }

    /// The number with the type that `serde_json` would give it: an integer if it is written as one and fits, or else a double, also for `-0`.
    pub(super) fn to_document_number(&self) -> Option<Number> {
        let float = || self.finite().map(Number::Float);
        if self.written().contains(['.', 'e', 'E']) {
            return float();
        }
        match self.to_i64() {
            Some(0) if self.negative => float(),
            Some(value) if self.negative => Some(Number::NegInt(value)),
            _ => self.written().parse().ok().map(Number::PosInt).or_else(float),
        }
    }

    /// The number as seconds since the epoch. Digits beyond nanoseconds are dropped.
    pub(super) fn to_date_time(&self) -> Option<DateTime> {
        // The usual case needs no 128-bit division.
        if let (Some(digits), Some(&unit), false) = (self.digits, POWERS.get(self.fraction), self.negative) {
            let nanos = u32::try_from(digits % u64::from(unit)).ok()? * POWERS.get(NANOS_PER_SECOND - self.fraction)?;
            return Some(DateTime::from_secs_and_nanos(i64::try_from(digits / u64::from(unit)).ok()?, nanos));
        }
        self.scaled(NANOS_PER_SECOND).and_then(|(nanos, _)| DateTime::from_nanos(nanos).ok())
    }

    /// The whole part of the number times ten to the power of `places`, and whether that is exact. `None` if it exceeds 128 bits. It is computed
    /// in decimal from the text, since binary fractions would be inexact.
    fn scaled(&self, places: usize) -> Option<(i128, bool)> {
        let (mantissa, exponent) = self.written().split_once(['e', 'E']).unwrap_or((self.written(), "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let whole = whole.trim_start_matches('-');
        let huge = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
        let exponent = exponent.parse().unwrap_or(huge);
        // The number of leading digits in front of the moved decimal point.
        let mut left = i64::try_from(whole.len()).ok()?.saturating_add(exponent).saturating_add(i64::try_from(places).ok()?);
        let (mut value, mut exact) = (0_i128, true);
        for digit in whole.bytes().chain(fraction.bytes()) {
            let digit = i128::from(digit.wrapping_sub(b'0'));
            if left > 0 {
                value = value.checked_mul(10)?.checked_add(digit)?;
                left -= 1;
            } else {
                exact &= digit == 0;
            }
        }
        if value != 0 {
            // Overflow ends the loop after about forty rounds at most.
            for _ in 0..left {
                value = value.checked_mul(10)?;
            }
        }
        Some((if self.negative { -value } else { value }, exact))
    }
}

/// The value and the length of a short integer without a sign, in the usual form: something that ends it follows at once.
#[inline]
pub(super) fn short_integer(text: &[u8]) -> Option<(i64, usize)> {
    let mut value = 0;
    for (length, byte) in text.iter().take(SHORT + 1).enumerate() {
        match byte {
            b'0'..=b'9' => value = 10 * value + i64::from(byte - b'0'),
            b',' | b'}' | b']' if length == 1 || (length > 1 && text.first() != Some(&b'0')) => return Some((value, length)),
            _ => return None,
        }
    }
    None
}

/// The time and the length of a number of seconds since the epoch in the form that services usually write: ten digits, three after the point, and
/// something that ends the number.
#[inline]
pub(super) fn milliseconds(text: &[u8]) -> Option<(DateTime, usize)> {
    let [b'1'..=b'9', ..] = text else { return None };
    let (first_eight, behind) = text.split_first_chunk()?;
    let &[tens, ones, b'.', tenths, hundredths, thousandths, b',' | b'}' | b']'] = behind.first_chunk()? else { return None };
    let high = eight_digits(*first_eight)?;
    let low = eight_digits([b'0', b'0', b'0', tens, ones, tenths, hundredths, thousandths])?;
    let seconds = i64::try_from(100 * high + low / 1_000).ok()?;
    let nanos = u32::try_from(low % 1_000 * 1_000_000).ok()?;
    Some((DateTime::from_secs_and_nanos(seconds, nanos), 14))
}

/// Appends the digits that begin at `start` to `value`, and returns the position after them.
#[inline]
fn run(bytes: &[u8], start: usize, value: &mut u64) -> usize {
    let mut at = start;
    // Only a long number has a digit there.
    if let Some(b'0'..=b'9') = bytes.get(at + 7)
        && let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk)
        && let Some(eight) = eight_digits(*chunk)
    {
        *value = value.wrapping_mul(100_000_000).wrapping_add(eight);
        at += 8;
    }
    while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
        *value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
        at += 1;
    }
    at
}

/// The value of eight digits, if all bytes are digits.
#[inline]
fn eight_digits(bytes: [u8; 8]) -> Option<u64> {
    let ones = u64::from_le_bytes([1; 8]);
    // The value of each digit in its byte. A greater value than nine has its high bit before or after the addition.
    let values = u64::from_le_bytes(bytes) ^ (ones * u64::from(b'0'));
    if (values | values.wrapping_add(ones * 0x76)) & (ones * 0x80) != 0 {
        return None;
    }
    // The first digit is in the lowest byte. Each step joins neighbours, the lower one with the greater weight, in the place of the higher one.
    let pairs = (values.wrapping_mul(10 << 8 | 1) >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs.wrapping_mul(100 << 16 | 1) >> 16) & 0x0000_FFFF_0000_FFFF;
    Some(fours.wrapping_mul(10_000 << 32 | 1) >> 32)
}

#[cfg(test)]
mod tests {
    use super::{Numeral, eight_digits, milliseconds, short_integer};

    #[test]
    fn eight_digits_are_read_at_once() {
        for number in [0, 1, 10, 12_345_678, 90_000_000, 98_765_432, 99_999_999] {
            assert_eq!(eight_digits(*format!("{number:08}").as_bytes().first_chunk().unwrap()), Some(number));
        }
        for other in (0..=u8::MAX).filter(|byte| !byte.is_ascii_digit()) {
            for position in 0..8 {
                for digit in [b'0', b'9'] {
                    let mut bytes = [digit; 8];
                    bytes[position] = other;
                    assert_eq!(eight_digits(bytes), None, "{other} at {position}");
                }
            }
        }
    }

    #[test]
    fn usual_forms_have_the_value_of_any_number() {
        for text in ["0,", "7}", "10]", "987654321,"] {
            let numeral = Numeral::parse(text, 0).ok().unwrap();
            assert_eq!(short_integer(text.as_bytes()), Some((numeral.to_i64().unwrap(), numeral.len())), "{text}");
        }
        for text in ["1574157602.424,", "9999999999.999}", "1000000000.001]", "1574157602.000,"] {
            let numeral = Numeral::parse(text, 0).ok().unwrap();
            assert_eq!(milliseconds(text.as_bytes()), Some((numeral.to_date_time().unwrap(), numeral.len())), "{text}");
        }
    }

    #[test]
    fn other_forms_are_not_read_as_usual_ones() {
        for text in ["", ",", "-1,", "01,", "00}", "1", "1.0,", "1e2,", "1 ,", "1234567890,", "1\u{660},"] {
            assert_eq!(short_integer(text.as_bytes()), None, "{text}");
        }
        for text in [
            "1574157602.424",
            "1574157602.42,",
            "1574157602.4241,",
            "0574157602.424,",
            "157415760.2424,",
            "15741x7602.424,",
            "1574157602.4x4,",
        ] {
            assert_eq!(milliseconds(text.as_bytes()), None, "{text}");
        }
    }
}
