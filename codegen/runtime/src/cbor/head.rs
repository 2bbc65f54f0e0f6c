//! The head of a value: its type and its argument, which is a number, a length or a tag (RFC 8949, section 3).

use crate::json::Problem;

/// The major types.
pub(super) const UNSIGNED: u8 = 0;
pub(super) const NEGATIVE: u8 = 1;
pub(super) const BYTES: u8 = 2;
pub(super) const TEXT: u8 = 3;
pub(super) const LIST: u8 = 4;
pub(super) const MAP: u8 = 5;
pub(super) const TAG: u8 = 6;
pub(super) const SIMPLE: u8 = 7;

/// The additional information of simple values.
pub(super) const FALSE: u8 = 20;
pub(super) const TRUE: u8 = 21;
pub(super) const NULL: u8 = 22;
pub(super) const UNDEFINED: u8 = 23;
pub(super) const HALF: u8 = TWO_BYTES;
pub(super) const SINGLE: u8 = FOUR_BYTES;
pub(super) const DOUBLE: u8 = EIGHT_BYTES;

/// The additional information before an argument that does not fit into the first byte.
pub(super) const ONE_BYTE: u8 = 24;
pub(super) const TWO_BYTES: u8 = 25;
pub(super) const FOUR_BYTES: u8 = 26;
pub(super) const EIGHT_BYTES: u8 = 27;
/// The additional information of a value whose length is not given. Among the simple values, it is the break that ends such a value.
pub(super) const INDEFINITE: u8 = 31;

/// The break, which ends a value of indefinite length.
pub(super) const BREAK: u8 = SIMPLE << 5 | INDEFINITE;

/// The tags of numbers of any size.
pub(super) const POSITIVE_BIG: u64 = 2;
pub(super) const NEGATIVE_BIG: u64 = 3;

const NO_VALUE: Problem = Problem::Other("not the beginning of a value");

/// The head of a value.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) major: u8,
    /// The additional information.
    pub(super) info: u8,
    pub(super) argument: u64,
    /// The innermost tag before the value.
    pub(super) tag: Option<u64>,
}

impl Head {
    /// Reads the head at a position, and returns it with the position after it.
    #[inline]
    pub(super) fn at(document: &[u8], at: usize) -> Result<(Self, usize), Problem> {
        let Some((&first, rest)) = document.get(at..).and_then(<[u8]>::split_first) else { return Err(Problem::CUT_OFF) };
        let (major, info) = (first >> 5, first & 0x1f);
        if info < ONE_BYTE {
            return Ok((Self { major, info, argument: info.into(), tag: None }, at + 1));
        }
        let (argument, length) = argument(major, info, rest)?;
        Ok((Self { major, info, argument, tag: None }, at + 1 + length))
    }

    #[inline]
    pub(super) fn is_indefinite(&self) -> bool {
        self.info == INDEFINITE
    }

    pub(super) fn is_break(&self) -> bool {
        self.major == SIMPLE && self.info == INDEFINITE
    }

    #[inline]
    pub(super) fn is_null(&self) -> bool {
        self.major == SIMPLE && matches!(self.info, NULL | UNDEFINED)
    }

    pub(super) fn is_boolean(&self) -> bool {
        self.major == SIMPLE && matches!(self.info, FALSE | TRUE)
    }

    /// The value of a floating-point number; `None` for any other value.
    pub(super) fn float(&self) -> Option<f64> {
        match self.info {
            _ if self.major != SIMPLE => None,
            HALF => u16::try_from(self.argument).ok().map(half),
            SINGLE => u32::try_from(self.argument).ok().map(|bits| f32::from_bits(bits).into()),
            DOUBLE => Some(f64::from_bits(self.argument)),
            _ => None,
        }
    }
}

/// An argument that does not fit into the first byte, and its length in bytes.
fn argument(major: u8, info: u8, rest: &[u8]) -> Result<(u64, usize), Problem> {
    let argument = match info {
        // These simple values have a shorter form, and are not valid in this one.
        ONE_BYTE if major == SIMPLE && rest.first().is_some_and(|value| *value < 32) => return Err(NO_VALUE),
        ONE_BYTE => rest.first_chunk().map(|bytes| (u8::from_be_bytes(*bytes).into(), 1)),
        TWO_BYTES => rest.first_chunk().map(|bytes| (u16::from_be_bytes(*bytes).into(), 2)),
        FOUR_BYTES => rest.first_chunk().map(|bytes| (u32::from_be_bytes(*bytes).into(), 4)),
        EIGHT_BYTES => rest.first_chunk().map(|bytes| (u64::from_be_bytes(*bytes), 8)),
        INDEFINITE if matches!(major, BYTES | TEXT | LIST | MAP | SIMPLE) => Some((0, 0)),
        _ => return Err(NO_VALUE),
    };
    argument.ok_or(Problem::CUT_OFF)
}

/// The value of a half-precision number (IEEE 754, binary16).
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (bits >> 10 & 0x1f, bits & 0x3ff);
    let magnitude = match exponent {
        0 => f64::from(fraction) * 2.0_f64.powi(-24),
        0x1f if fraction == 0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => f64::from(fraction | 0x400) * 2.0_f64.powi(i32::from(exponent) - 25),
    };
    if bits >> 15 == 1 { -magnitude } else { magnitude }
}
