//! Changes of a shape's type.

use crate::changes::Kind;
use crate::model::{Kind as Type, Shape, Simple};

/// The kind of a change of type; none if the type is the same.
pub(super) fn type_change(old: &Shape, new: &Shape) -> Option<Kind> {
    let (before, after) = (&old.kind, &new.kind);
    if before.name() == after.name() {
        return None;
    }
    Some(match (before, after) {
        (Type::Simple(Simple::String), Type::Enum(_)) => Kind::EnumIntroduced,
        (Type::Enum(_), Type::Simple(Simple::String)) => Kind::EnumDropped,
        // Both are numbers of 32 bits in Rust.
        (Type::Simple(Simple::Integer), Type::IntEnum(_)) | (Type::IntEnum(_), Type::Simple(Simple::Integer)) => Kind::MemberRetargeted,
        _ => match (width(before), width(after)) {
            (Some(from), Some(to)) if from.0 <= to.0 && from.1 <= to.1 => Kind::NumberWidened,
            (Some(from), Some(to)) if from.0 >= to.0 && from.1 >= to.1 => Kind::NumberNarrowed,
            _ => Kind::TypeChanged,
        },
    })
}

/// The bits of the whole numbers and of the fractions that a type holds.
fn width(kind: &Type) -> Option<(u8, u8)> {
    Some(match kind {
        Type::Simple(Simple::Byte) => (8, 0),
        Type::Simple(Simple::Short) => (16, 0),
        Type::Simple(Simple::Integer) | Type::IntEnum(_) => (32, 0),
        Type::Simple(Simple::Long) => (64, 0),
        Type::Simple(Simple::Float) => (24, 24),
        Type::Simple(Simple::Double) => (53, 53),
        Type::Simple(Simple::BigInteger) => (u8::MAX, 0),
        Type::Simple(Simple::BigDecimal) => (u8::MAX, u8::MAX),
        _ => return None,
    })
}
