//! The tables of the runtime's documentation: settings, faults, promises.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Where the tests are that a table may name: a folder, and what comes before its modules in their names.
const FOLDERS: [(&str, &str); 5] =
    [("../codegen/runtime/src", "::"), ("differential", "::differential::"), ("faults", "::"), ("traces", "::"), ("wire", "::wire::")];

/// The pages that have tables with tests.
const PAGES: [&str; 8] = ["client.rs", "clock.rs", "config.rs", "credentials.rs", "endpoint.rs", "faults.md", "http.rs", "retry.rs"];

/// The tests of a folder and the folders in it: `::module::tests::name`, behind what is given.
fn tests(folder: &Path, above: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder of tests") {
        let path = entry.expect("one of its files").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a module's name");
        let module = if ["lib", "main"].contains(&name) { above.to_owned() } else { format!("{above}{name}::") };
        if path.is_dir() {
            tests(&path, &module, found);
            continue;
        }
        let text = fs::read_to_string(&path).expect("one of its files");
        let mut module = module;
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            if line.starts_with("mod ") && line.ends_with('{') {
                module += "tests::";
            }
            is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
            if let (true, Some((_, rest))) = (is_test && !line.starts_with("#["), line.split_once("fn ")) {
                found.insert(format!("{module}{}", rest.split(['(', '<']).next().unwrap_or_default()));
                is_test = false;
            }
        }
    }
}

fn all_tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (folder, above) in FOLDERS {
        tests(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), above, &mut found);
    }
    found
}

/// The last cells of the rows of a page's tables that have a column for tests.
fn cells(page: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/runtime/src").join(page);
    let text = fs::read_to_string(path).expect("a page of the documentation");
    let mut cells = Vec::new();
    let mut has_tests = None;
    for line in text.lines().map(|line| line.strip_prefix("//! ").unwrap_or(line)) {
        let cell = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')?.rsplit('|').next());
        match (cell.map(str::trim), has_tests) {
            (None, _) => has_tests = None,
            (Some(head), None) => has_tests = Some(head.to_lowercase().starts_with("test")),
            (Some(cell), Some(true)) if !cell.starts_with("---") => cells.push(cell.to_owned()),
            (Some(_), Some(_)) => {}
        }
    }
    cells
}

/// What is in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Every row of a table names a test, or a module of tests, and what it names is there.
#[test]
fn every_row_has_its_test() {
    let tests = all_tests();
    let mut faults = Vec::new();
    for page in PAGES {
        let cells = cells(page);
        assert!(cells.len() > 2, "{page} has {} rows", cells.len());
        for cell in cells {
            let names: Vec<_> = quoted(&cell).collect();
            let missing = names.iter().filter(|name| !tests.iter().any(|test| format!("{test}::").contains(&format!("::{name}::"))));
            faults.extend(missing.map(|name| format!("{page}: {name}")));
            if names.is_empty() {
                faults.push(format!("{page}: {cell:?} names no test"));
            }
        }
    }
    assert_eq!(faults, [""; 0]);
}

/// Each fault that is tested has its row.
#[test]
fn every_fault_has_its_row() {
    let mut tests = BTreeSet::new();
    self::tests(&Path::new(env!("CARGO_MANIFEST_DIR")).join("faults"), "", &mut tests);
    tests.retain(|test| !test.starts_with("table::"));
    let named: BTreeSet<_> = cells("faults.md").iter().flat_map(|cell| quoted(cell).map(str::to_owned).collect::<Vec<_>>()).collect();
    assert!(named.len() > 50, "the table is read");
    assert_eq!(named, tests);
}
