//! Numbers: the grammar and the exact value.

use super::error::Problem;
use aws_smithy_types::{DateTime, Number};
use std::str::FromStr;

const NANOS_PER_SECOND: i32 = 9;

/// The text of a number.
pub(super) struct Numeral<'a> {
    text: &'a str,
    /// The digits as an integer, without the sign and the decimal point. `None` if there are too many or there is an exponent.
    digits: Option<u64>,
    /// The number of digits after the decimal point.
    fraction: usize,
}

impl<'a> Numeral<'a> {
    /// Reads the number that begins at `start`. An error has its position and its problem.
    #[inline]
    pub(super) fn parse(document: &'a str, start: usize) -> Result<Self, (usize, Problem)> {
        let bytes = document.as_bytes();
        let mut digits = 0;
        let first = if bytes.get(start) == Some(&b'-') { start + 1 } else { start };
        let mut end = run(bytes, first, &mut digits)?;
        if end - first > 1 && bytes.get(first) == Some(&b'0') {
            return Err((first + 1, Problem::NO_NUMBER));
        }
        let mut count = end - first;
        let mut fraction = 0;
        if bytes.get(end) == Some(&b'.') {
            let point = end;
            end = run(bytes, point + 1, &mut digits)?;
            fraction = end - point - 1;
            count += fraction;
        }
        let exponent = matches!(bytes.get(end), Some(b'e' | b'E'));
        if exponent {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            end = run(bytes, end + 1 + sign, &mut 0)?;
        }
        // Nineteen digits always fit. Twenty may fit, and take the slow path.
        let digits = (count < 20 && !exponent).then_some(digits);
        let numeral = Self { text: document.get(start..end).unwrap_or_default(), digits, fraction };
        // Only these can exceed a double, which serde_json refuses even in skipped values.
        if (exponent || count > 308) && numeral.finite::<f64>().is_none() {
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
        self.text.len()
    }

    pub(super) fn has_fraction(&self) -> bool {
        self.scaled(0).is_some_and(|(_, exact)| !exact)
    }

    /// The value, if it is a whole number in any form and in range.
    #[inline]
    pub(super) fn to_i64(&self) -> Option<i64> {
        match self.digits {
            Some(digits) if self.fraction == 0 && self.negative() => 0_i64.checked_sub_unsigned(digits),
            Some(digits) if self.fraction == 0 => i64::try_from(digits).ok(),
            _ => self.scaled(0).filter(|(_, exact)| *exact).and_then(|(value, _)| i64::try_from(value).ok()),
        }
    }

    /// The nearest value of a binary floating-point type, if it is finite.
    #[inline]
    pub(super) fn finite<T: FromStr + Copy + Into<f64>>(&self) -> Option<T> {
        self.text.parse::<T>().ok().filter(|value| Into::<f64>::into(*value).is_finite())
    }

    /// The number with the type that `serde_json` would give it: an integer if it is written as one and fits, or else a double, also for `-0`.
    pub(super) fn to_document_number(&self) -> Option<Number> {
        let float = || self.finite().map(Number::Float);
        if self.text.contains(['.', 'e', 'E']) {
            return float();
        }
        match self.to_i64() {
            Some(0) if self.negative() => float(),
            Some(value) if self.negative() => Some(Number::NegInt(value)),
            _ => self.text.parse().ok().map(Number::PosInt).or_else(float),
        }
    }

    /// The number as seconds since the epoch. Digits beyond nanoseconds are dropped.
    pub(super) fn to_date_time(&self) -> Option<DateTime> {
        // The usual case needs no 128-bit division.
        if let (Some(digits), Ok(places @ ..=9), false) = (self.digits, u32::try_from(self.fraction), self.negative()) {
            let unit = 10_u64.pow(places);
            let nanos = u32::try_from(digits % unit).ok()? * 10_u32.pow(9 - places);
            return Some(DateTime::from_secs_and_nanos(i64::try_from(digits / unit).ok()?, nanos));
        }
        self.scaled(NANOS_PER_SECOND).and_then(|(nanos, _)| DateTime::from_nanos(nanos).ok())
    }

    fn negative(&self) -> bool {
        self.text.starts_with('-')
    }

    /// The whole part of the number times ten to the power of `places`, and whether that is exact. `None` if it exceeds 128 bits. It is computed
    /// in decimal from the text, since binary fractions would be inexact.
    fn scaled(&self, places: i32) -> Option<(i128, bool)> {
        let (mantissa, exponent) = self.text.split_once(['e', 'E']).unwrap_or((self.text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let whole = whole.trim_start_matches('-');
        let huge = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
        let exponent = exponent.parse().unwrap_or(huge);
        // The number of leading digits in front of the moved decimal point.
        let mut left = i64::try_from(whole.len()).ok()?.saturating_add(exponent).saturating_add(places.into());
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
        Some((if self.negative() { -value } else { value }, exact))
    }
}

/// Appends the digits that begin at `start` to `value`, and returns the position after them. Without digits it is an error.
#[inline]
fn run(bytes: &[u8], start: usize, value: &mut u64) -> Result<usize, (usize, Problem)> {
    let mut at = start;
    while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
        *value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
        at += 1;
    }
    match bytes.get(at) {
        _ if at > start => Ok(at),
        Some(_) => Err((at, Problem::NO_NUMBER)),
        None => Err((at, Problem::CUT_OFF)),
    }
}
