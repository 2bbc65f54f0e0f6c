//! The tables of the runtime's documentation, in which each row promises something and names the test that holds the crate to it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders with tests that a table may name, each with the prefix of its modules' names.
const FOLDERS: [(&str, &str); 6] = [
    ("../codegen/runtime/src", "::"),
    ("differential", "::differential::"),
    ("faults", "::"),
    ("generator/programs", "::"),
    ("traces", "::"),
    ("wire", "::wire::"),
];

/// The folder with the documentation.
const DOCUMENTATION: &str = "../codegen/runtime/src";

/// The pages with tables of promises.
const PAGES: [&str; 11] = [
    "byte_stream.rs",
    "client.rs",
    "clock.rs",
    "config.rs",
    "credentials.rs",
    "endpoint.rs",
    "faults.md",
    "http.rs",
    "paginator.rs",
    "retry.rs",
    "waiters.rs",
];

/// The tables without promises: the page and the first cell of the head.
const OTHER_TABLES: [(&str, &str); 3] = [("http/https/no_proxy.rs", "in the list"), ("lib.rs", "phase"), ("lib.rs", "page")];

/// A table of the documentation.
struct Table {
    /// The path of the file below [`DOCUMENTATION`].
    page: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Returns whether the last column names tests.
    fn names_tests(&self) -> bool {
        self.head.last().is_some_and(|cell| cell.to_lowercase().starts_with("test"))
    }
}

fn below_manifest(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files in a folder and the folders below it, in the order of their paths.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The tests of a folder as `::module::tests::name`, after a prefix.
fn tests(folder: &str, prefix: &str) -> BTreeSet<String> {
    let folder = below_manifest(folder);
    let mut found = BTreeSet::new();
    for path in files(&folder).iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let module = path.strip_prefix(&folder).expect("the file is in the folder").with_extension("");
        let names = module.iter().map(|name| name.to_string_lossy()).filter(|name| !["lib", "main"].contains(&&**name));
        let mut module = names.fold(prefix.to_owned(), |module, name| format!("{module}{name}::"));
        let mut is_test = false;
        for line in read(path).lines().map(str::trim) {
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
    found
}

/// The tables of a page in Markdown, or of the doc comments of a source file.
fn tables_of(page: &str, text: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut is_inside = false;
    for line in text.lines().map(str::trim) {
        let line = ["//! ", "/// "].iter().find_map(|comment| line.strip_prefix(comment)).unwrap_or(line);
        let row = line.strip_prefix('|').and_then(|line| line.strip_suffix('|'));
        let cells = row.map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
        match (cells, tables.last_mut().filter(|_| is_inside)) {
            (None, _) => is_inside = false,
            (Some(head), None) => {
                tables.push(Table { page: page.to_owned(), head, rows: Vec::new() });
                is_inside = true;
            }
            (Some(row), Some(table)) if row.iter().any(|cell| !cell.starts_with("---")) => table.rows.push(row),
            (Some(_), Some(_)) => {}
        }
    }
    tables
}

/// All tables of the runtime's documentation.
fn tables() -> Vec<Table> {
    let folder = below_manifest(DOCUMENTATION);
    let page = |path: &PathBuf| path.strip_prefix(&folder).expect("the file is in the folder").to_string_lossy().replace('\\', "/");
    files(&folder).iter().flat_map(|path| tables_of(&page(path), &read(path))).collect()
}

/// The parts of a text in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The problems of a table's rows: each has to have all cells, and its last one has to name tests, or modules of tests, that exist.
fn problems(table: &Table, tests: &BTreeSet<String>) -> Vec<String> {
    let exists = |name: &&str| *name != "tests" && tests.iter().any(|test| format!("{test}::").contains(&format!("::{name}::")));
    let mut problems = Vec::new();
    for row in &table.rows {
        let Some(cell) = row.last().filter(|_| row.len() == table.head.len()) else {
            problems.push(format!("{}: {row:?} has {} cells, expected {}", table.page, row.len(), table.head.len()));
            continue;
        };
        if quoted(cell).next().is_none() {
            problems.push(format!("{}: {cell:?} names no test", table.page));
        }
        problems.extend(quoted(cell).filter(|name| !exists(name)).map(|name| format!("{}: {name} does not exist", table.page)));
    }
    problems
}

#[test]
fn every_table_with_promises_has_rows_and_a_column_for_tests() {
    let (promises, others): (Vec<Table>, Vec<Table>) = tables().into_iter().partition(Table::names_tests);
    let pages: BTreeSet<&str> = promises.iter().map(|table| table.page.as_str()).collect();
    assert_eq!(pages, BTreeSet::from(PAGES));
    let others: BTreeSet<_> = others.iter().map(|table| (table.page.as_str(), table.head[0].as_str())).collect();
    assert_eq!(others, BTreeSet::from(OTHER_TABLES), "every other table needs a last column called \"test\"");
    for table in promises {
        assert!(table.rows.len() > 2, "{}: the table {:?} has {} rows", table.page, table.head, table.rows.len());
    }
}

#[test]
fn every_row_has_its_test() {
    let tests = FOLDERS.iter().flat_map(|(folder, prefix)| tests(folder, prefix)).collect();
    let tables = tables();
    let problems: Vec<String> = tables.iter().filter(|table| table.names_tests()).flat_map(|table| problems(table, &tests)).collect();
    assert_eq!(problems, [""; 0]);
}

#[test]
fn a_row_without_an_existing_test_is_reported() {
    let tests = BTreeSet::from(["::http::tests::one".to_owned()]);
    let text = "//! | what | test |\n//! |---|---|\n//! | a | `one` and `http::tests` |\n//! | b | `two` |\n//! | c | `tests` |\n\
                //! | d | none |\n//! | `one` |\n//!\n//! | e | `three` |\n";
    let [table, other] = &tables_of("page.rs", text)[..] else { panic!("two tables were expected") };
    assert!(table.names_tests() && !other.names_tests());
    let expected = [
        "page.rs: two does not exist",
        "page.rs: tests does not exist",
        "page.rs: \"none\" names no test",
        "page.rs: [\"`one`\"] has 1 cells, expected 2",
    ];
    assert_eq!(problems(table, &tests), expected);
}

#[test]
fn every_fault_test_has_its_row() {
    let mut tests = tests("faults", "");
    tests.retain(|test| !test.starts_with("table::"));
    let tables = tables();
    let rows = tables.iter().filter(|table| table.page == "faults.md").flat_map(|table| &table.rows);
    let named: BTreeSet<_> = rows.filter_map(|row| row.last()).flat_map(|cell| quoted(cell)).map(str::to_owned).collect();
    assert!(named.len() > 50, "{} tests are named", named.len());
    assert_eq!(tests.difference(&named).collect::<Vec<_>>(), [""; 0]);
}
