//! The table of faults and promises in the runtime's documentation.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Each of its rows names a test that is there, and each test has its row.
#[test]
fn every_promise_has_its_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults");
    let mut tests = BTreeSet::new();
    for file in fs::read_dir(&folder).expect("the folder of these tests").map(|file| file.expect("one of its files").path()) {
        let module = file.file_stem().and_then(|name| name.to_str()).expect("a module's name").to_owned();
        let text = fs::read_to_string(&file).expect("one of its files");
        for test in text.split("#[tokio::test]\nasync fn ").skip(1) {
            let name = test.split('(').next().unwrap_or_default();
            tests.insert(format!("{module}::{name}"));
        }
    }
    let table = include_str!("../../codegen/runtime/src/faults.md");
    let cells = table.lines().filter(|line| line.starts_with('|')).filter_map(|line| line.rsplit('|').nth(1));
    let named: BTreeSet<_> = cells.filter_map(|cell| cell.trim().strip_prefix('`')?.strip_suffix('`')).map(str::to_owned).collect();
    assert!(named.len() > 50, "the table is read");
    assert_eq!(named, tests);
}
