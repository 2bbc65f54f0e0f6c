//! The table against values of its own.

use super::*;
use std::collections::BTreeSet;

/// Every kind with its verdict in a request and in a reply.
const EXPECTED: &str = include_str!("expected.txt");

fn line(kind: Kind) -> String {
    let [request, response] = [Request, Response].map(|direction| row(kind, Some(direction)));
    format!("{}: {} {}, {} {}", kind.name(), request.wire, request.level, response.wire, response.level)
}

#[test]
fn every_kind_has_the_verdict_that_was_decided_for_it() {
    let kinds: BTreeSet<Kind> = TABLE.iter().map(|row| row.kind).collect();
    let lines: Vec<String> = kinds.into_iter().map(line).collect();
    assert_eq!(lines, EXPECTED.lines().collect::<Vec<_>>());
    // The last variant, so that a kind without a row and without a line changes this number.
    assert_eq!(lines.len(), Kind::DocumentationChanged as usize + 1);
}

#[test]
fn every_row_is_the_one_that_is_found_for_its_kind_and_direction() {
    for one in TABLE {
        let found = [None, Some(Request), Some(Response)].map(|direction| row(one.kind, direction));
        assert!(found.into_iter().any(|found| std::ptr::eq(found, one)), "a row before it hides {one:?}");
    }
}

#[test]
fn reasons_are_clauses_without_a_full_stop() {
    for one in TABLE {
        assert!(one.reason.len() > 3 && !one.reason.ends_with('.'), "{one:?}");
    }
}
