//! Tests of findings, their paths and their texts.

use super::{Checker, MAX_DEPTH};
use crate::primitives::Blob;
use std::collections::HashMap;

/// All findings of the checks, as `path: message`.
fn found(checks: impl FnOnce(&mut Checker)) -> Vec<String> {
    let mut check = Checker::default();
    checks(&mut check);
    check.finish().err().map_or_else(Vec::new, |error| error.findings().iter().map(ToString::to_string).collect())
}

/// A recursive type, which is checked as generated code does it.
struct Tree {
    name: String,
    children: Vec<Tree>,
}

impl Tree {
    fn check_constraints(&self, check: &mut Checker) {
        check.member("name", &self.name, |value, check| check.length(value, 1..));
        check.member("children", &self.children, |value, check| check.each(value, Self::check_constraints));
    }

    fn deep(levels: usize) -> Self {
        (1..levels)
            .fold(Self { name: "leaf".to_owned(), children: Vec::new() }, |tree, _| Self { name: "node".to_owned(), children: vec![tree] })
    }
}

#[test]
fn lengths_are_counted_in_the_types_unit() {
    let text = "äöü\u{1F980}".to_owned();
    assert_eq!(found(|check| check.member("t", &text, |value, check| check.length(value, 4..=4))), Vec::<String>::new());
    assert_eq!(
        found(|check| {
            check.member("text", &text, |value, check| check.length(value, ..=3));
            check.member("short", "a", |value, check| check.length(value, 2..=3));
            check.member("blob", &Blob::new("äö"), |value, check| check.length(value, 5..));
            check.member("list", &vec![1, 2], |value, check| check.length(value, ..=1));
            check.member("map", &HashMap::from([("a", 1)]), |value, check| check.length(value, 3..=4));
            check.member("empty", "", |value, check| check.length(value, 2..=3));
        }),
        [
            "text: has 4 characters, at most 3 are allowed",
            "short: has 1 character, at least 2 are required",
            "blob: has 4 bytes, at least 5 are required",
            "list: has 2 items, at most 1 is allowed",
            "map: has 1 entry, at least 3 are required",
            "empty: must not be empty",
        ]
    );
}

#[test]
fn ranges_include_their_limits() {
    let none = found(|check| {
        check.range(&5, 5..=480);
        check.range(&480, 5..=480);
        check.range(&i64::MAX, 0..);
        check.range(&0.1_f32, 0.1..=0.5);
    });
    assert_eq!(none, Vec::<String>::new());
    assert_eq!(
        found(|check| {
            check.member("low", &3, |value, check| check.range(value, 5..=480));
            check.member("high", &481, |value, check| check.range(value, 5..=480));
            check.member("part", &1.5, |value, check| check.range(value, ..=1.0));
            check.member("nan", &f64::NAN, |value, check| check.range(value, 0.0..));
        }),
        ["low: 3 is below 5", "high: 481 is above 480", "part: 1.5 is above 1.0", "nan: NaN is not in the range that is allowed"]
    );
}

#[test]
fn a_path_leads_to_the_value() {
    let tree = Tree {
        name: "root".to_owned(),
        children: vec![Tree::deep(1), Tree { name: String::new(), children: vec![Tree { name: String::new(), children: Vec::new() }] }],
    };
    let matrix = vec![vec![1, 2], vec![3, 40]];
    let tags = HashMap::from([("z".to_owned(), vec![String::new()]), ("a \"b\"\n".to_owned(), vec![String::new()])]);
    assert_eq!(
        found(|check| {
            check.member("tree", &tree, Tree::check_constraints);
            check.member("matrix", &matrix, |value, check| {
                check.each(value, |value, check| check.each(value, |value, check| check.range(value, ..=9)));
            });
            check.member("tags", &tags, |value, check| {
                check.values(value, |value, check| check.each(value, |value, check| check.length(value, 1..)));
                check.keys(value, |value, check| check.length(value, 2..=9));
            });
            check.required("inner", false);
            check.required("other", true);
        }),
        [
            "tree.children[1].name: must not be empty",
            "tree.children[1].children[0].name: must not be empty",
            "matrix[1][1]: 40 is above 9",
            r#"tags["a \"b\"\n"][0]: must not be empty"#,
            r#"tags["z"][0]: must not be empty"#,
            r#"tags["z"]: the key has 1 character, at least 2 are required"#,
            "inner: is required",
        ]
    );
}

#[test]
fn findings_about_sensitive_values_do_not_show_them() {
    let map = HashMap::from([("hunter2".to_owned(), 4711)]);
    let findings = found(|check| {
        check.secret(|check| {
            check.member("long", "hunter2", |value, check| check.length(value, ..=1));
            check.member("short", "hunter2", |value, check| check.length(value, 8..=9));
            check.member("number", &4711, |value, check| check.range(value, ..=9));
            check.member("map", &map, |value, check| check.values(value, |value, check| check.range(value, ..=9)));
        });
        check.member("open", "ab", |value, check| check.length(value, ..=1));
    });
    assert_eq!(
        findings,
        [
            "long: is too long, at most 1 character is allowed",
            "short: is too short, at least 8 characters are required",
            "number: the value is above 9",
            "map[..]: the value is above 9",
            "open: has 2 characters, at most 1 is allowed",
        ]
    );
}

#[test]
fn nulls_are_accepted_and_unknown_members_are_not() {
    let gaps = [None, Some(String::new())];
    assert_eq!(
        found(|check| {
            check.member("gaps", &gaps, |value, check| {
                check.each(value, |value, check| check.present(value.as_ref(), |value, check| check.length(value, 1..)));
            });
            check.optional("value", Some(&()), |(), check| check.refuse_unknown());
            check.optional("other", None::<&()>, |(), check| check.refuse_unknown());
        }),
        ["gaps[1]: must not be empty", "value: is unknown and cannot be sent"]
    );
}

#[test]
fn nesting_is_limited() {
    let levels = MAX_DEPTH / 2;
    assert_eq!(found(|check| Tree::deep(levels).check_constraints(check)), Vec::<String>::new());
    let deep = found(|check| Tree::deep(10 * levels).check_constraints(check));
    let [finding] = deep.as_slice() else { panic!("{deep:?}") };
    assert!(finding.starts_with("...") && finding.ends_with(&format!("[0]: is nested more than {MAX_DEPTH} levels deep")), "{finding}");
    assert!(finding.len() < 320, "{finding}");
}

#[test]
fn a_line_names_the_first_findings_and_counts_the_others() {
    let numbers = vec![10; 47];
    let mut check = Checker::default();
    check.member("numbers", &numbers, |value, check| check.each(value, |value, check| check.range(value, ..=9)));
    let error = check.finish().unwrap_err();
    assert_eq!(error.findings().len(), 47);
    assert_eq!((error.findings()[46].path(), error.findings()[46].message()), ("numbers[46]", "10 is above 9"));
    let line = error.to_string();
    assert!(line.starts_with("the input is not valid: numbers[0]: 10 is above 9; numbers[1]: 10"), "{line}");
    assert!(line.ends_with("; numbers[9]: 10 is above 9; and 37 more"), "{line}");
}

#[test]
fn long_paths_leave_room_for_the_count() {
    let long: HashMap<_, _> = (0..9).map(|index| (format!("{index}{}", "ä".repeat(1000)), String::new())).collect();
    let mut check = Checker::default();
    check.member("a", &long, |value, check| check.values(value, |value, check| check.length(value, 1..)));
    let line = check.finish().unwrap_err().to_string();
    assert!(line.len() < 1_000 && line.contains("and ") && line.ends_with(" more"), "{line}");
}
