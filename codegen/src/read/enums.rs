//! Names for the values of enums that only list values: botocore's, and Smithy 1's without names.

use super::ids::is_identifier;
use crate::model::{Member, Members, Pointer, ShapeId, Traits};
use serde_json::Value;
use std::collections::BTreeMap;

/// The member names of the values, in their order.
///
/// A value that is an identifier is its own name. In any other value, each run of characters other than ASCII letters and digits becomes an
/// underscore, and a leading digit gets an underscore before it. Where two values would get the same name, or no valid one, the values themselves
/// are the names although they are not identifiers; a collision of the Rust names made of them is reported later, with both values.
pub(super) fn names(values: &[&str]) -> Vec<String> {
    let mut users: BTreeMap<String, usize> = BTreeMap::new();
    let proposals: Vec<String> = values.iter().map(|value| proposal(value)).collect();
    for name in &proposals {
        *users.entry(name.clone()).or_default() += 1;
    }
    let is_free = |name: &String| is_identifier(name) && users.get(name) == Some(&1);
    proposals.into_iter().zip(values).map(|(name, value)| if is_free(&name) { name } else { (*value).to_owned() }).collect()
}

/// A member of an enum.
pub(super) fn member(value: &str, mut traits: Traits, pointer: Pointer) -> Member {
    traits.0.insert("smithy.api#enumValue".to_owned(), Value::from(value));
    Member { target: ShapeId::new("smithy.api#Unit"), traits, pointer }
}

/// Adds a member, or returns the place of an earlier one with the same name.
pub(super) fn add(members: &mut Members, name: &str, member: Member) -> Result<(), Pointer> {
    if let Some(earlier) = members.get(name) {
        return Err(earlier.pointer.clone());
    }
    members.insert(name.to_owned(), member);
    Ok(())
}

fn proposal(value: &str) -> String {
    if is_identifier(value) {
        return value.to_owned();
    }
    let mut name = String::new();
    for c in value.chars() {
        if c.is_ascii_alphanumeric() {
            if name.is_empty() && c.is_ascii_digit() {
                name.push('_');
            }
            name.push(c);
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_identifiers() {
        let values = ["NONE", "linux/arm 64", "2xlarge", "*Other", "a__b", "us-east-1", "_"];
        assert_eq!(names(&values), ["NONE", "linux_arm_64", "_2xlarge", "_Other", "a__b", "us_east_1", "_"]);
    }

    #[test]
    fn colliding_values_keep_their_own_spelling() {
        assert_eq!(names(&["a-b", "a.b", "c"]), ["a-b", "a.b", "c"]);
        assert_eq!(names(&["a_b", "a b"]), ["a_b", "a b"], "the identifier is its own name either way");
        assert_eq!(names(&["", "*", "é"]), ["", "*", "é"], "nothing to name them by");
    }
}
