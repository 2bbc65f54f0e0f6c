//! The content of the program: the sections of its file, and what is linked without being used.

use crate::bench::{Bench, Kind, Measured};
use crate::process::{find, program, run};
use crate::results::Who;
use anyhow::{Context as _, Result, ensure};
use smithlet_tests::Need;
use std::fs;
use std::path::PathBuf;

/// The modules of the runtime that serve only other protocols, HTTP bindings and streams. `xml` is not one of them, since it reads replies of STS.
const UNUSED: [&str; 8] =
    ["byte_stream", "cbor", "checksum", "compression", "host_prefix", "protocol::rest_json", "protocol::rpc_v2_cbor", "rest"];

/// The row of each section.
const ROWS: [(&str, &[&str]); 3] =
    [("binary-text", &[".text"]), ("binary-rodata", &[".rodata"]), ("binary-unwind", &[".eh_frame", ".eh_frame_hdr", ".gcc_except_table"])];

/// The row of all other sections: pointers, which the loader relocates, and what the loader needs.
const OTHERS: &str = "binary-others";

/// The sections that take no space in the file.
const EMPTY: [&str; 3] = [".bss", ".tbss", ".relro_padding"];

/// The sizes of the sections of the stripped program.
pub(super) fn sizes(bench: &Bench) -> Result<Need<Measured>> {
    let Some(size) = find("size") else {
        return Ok(Need::Missing("size of binutils is not installed".to_owned()));
    };
    let mut missing = None;
    let measured = bench.in_turn(1, &[Who::Ours, Who::Peer, Who::Floor], |who| {
        let path = bench.built(who, Kind::One)?;
        let listed =
            run(program(&size).args(["-A", "-d"]).arg(&path), "size").map(|finished| sections(&finished.stdout)).unwrap_or_default();
        if listed.is_empty() {
            missing = Some("size does not list the sections of a program of this system".to_owned());
        }
        Ok(rows(&listed))
    })?;
    Ok(missing.map_or(Need::Met(measured), Need::Missing))
}

/// Reads the lines `.text 123 456` with names, sizes and addresses.
fn sections(text: &str) -> Vec<(String, f64)> {
    let section = |line: &str| {
        let mut words = line.split_whitespace();
        let name = words.next().filter(|name| name.starts_with('.'))?;
        Some((name.to_owned(), words.next()?.parse().ok()?))
    };
    text.lines().filter_map(section).collect()
}

/// Adds up the sections of each row.
fn rows(sections: &[(String, f64)]) -> Vec<(&'static str, f64)> {
    let mut rows: Vec<_> = ROWS.iter().map(|(row, _)| (*row, 0.0)).chain([(OTHERS, 0.0)]).collect();
    for (name, size) in sections.iter().filter(|(name, _)| !EMPTY.contains(&name.as_str())) {
        let row = ROWS.iter().position(|(_, names)| names.contains(&name.as_str())).unwrap_or(ROWS.len());
        rows[row].1 += size;
    }
    rows
}

/// The size of the functions and data of [`UNUSED`] modules in our program, which is linked once more with its symbols.
pub(super) fn unused(bench: &Bench) -> Result<Need<Measured>> {
    let Some(nm) = find("nm") else {
        return Ok(Need::Missing("nm of binutils is not installed".to_owned()));
    };
    let path = with_symbols(bench)?;
    let text = run(program(nm).args(["--print-size", "--radix=d", "--demangle"]).arg(&path), "nm")?.stdout;
    ensure!(symbols(&text).any(|(name, _)| name.contains(RUNTIME)), "nm shows no function of the runtime in {}", path.display());
    for (name, size) in symbols(&text).filter(|(name, _)| is_unused(name)) {
        bench.note(&format!("linked and not used: {name}, {size} bytes"));
    }
    let sum = symbols(&text).filter(|(name, _)| is_unused(name)).fold(0.0, |sum, (_, size)| sum + size);
    bench.in_turn(1, &[Who::Ours], |_| Ok(vec![("binary-unused", sum)])).map(Need::Met)
}

/// Links our program with its symbols, and puts the file beside the results.
fn with_symbols(bench: &Bench) -> Result<PathBuf> {
    let package = Bench::package(Who::Ours, Kind::One);
    let stripped = bench.built(Who::Ours, Kind::One)?;
    let mut command = bench.peers_cargo(&["rustc", "--release", "--package", package]);
    // Only the program is compiled again. The profile's setting would be another build of all its dependencies.
    run(
        command.arg("--target-dir").arg(bench.programs()).args(["--", "-C", "strip=none"]),
        &format!("linking {package} with its symbols"),
    )?;
    let copy = bench.work.join("with-symbols");
    fs::copy(&stripped, &copy).with_context(|| format!("cannot copy {} to {}", stripped.display(), copy.display()))?;
    bench.rebuilt(Who::Ours, Kind::One)?;
    Ok(copy)
}

/// The beginning of the names of the runtime's functions.
const RUNTIME: &str = "smithlet_runtime::";

/// Reads the lines `address size kind name`. Symbols without a size have no second figure.
fn symbols(text: &str) -> impl Iterator<Item = (&str, f64)> {
    text.lines().filter_map(|line| {
        let mut words = line.splitn(4, ' ');
        let size = words.nth(1)?.parse().ok()?;
        Some((words.nth(1)?, size))
    })
}

/// True for a function or data of an unused module. Instantiations of the standard library for its types are not counted, because the compiler
/// merges them with equal ones for other types.
fn is_unused(name: &str) -> bool {
    let path = name.strip_prefix('<').unwrap_or(name).strip_prefix(RUNTIME);
    path.is_some_and(|path| UNUSED.iter().any(|unused| path.strip_prefix(unused).is_some_and(|rest| rest.starts_with("::"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_added_up_by_row_and_those_without_bytes_in_the_file_are_left_out() {
        let text = "program  :\nsection              size      addr\n.text                2000    100256\n.rodata               300     31776\n\
                    .eh_frame              40     76368\n.gcc_except_table       5     64088\n.data.rel.ro            6         7\n\
                    .got                    1         9\n.bss                 9000   4062672\nTotal                2352\n\n\n";
        let expected = [("binary-text", 2000.0), ("binary-rodata", 300.0), ("binary-unwind", 45.0), ("binary-others", 7.0)];
        assert_eq!(rows(&sections(text)), expected);
        assert_eq!(sections("__TEXT\t__DATA\t__OBJC\n16384\t0\t0\n"), []);
    }

    #[test]
    fn a_function_of_an_unused_module_is_found_by_its_path_or_its_type() {
        let text = "0000000002145520 0000000000001554 t smithlet_runtime::host_prefix::add\n\
                    0000000002145521 0000000000000022 T <smithlet_runtime::rest::Reply as smithlet_runtime::operation::Head>::apply\n\
                    0000000002145522 0000000000000011 T <smithlet_runtime::protocol::aws_json::AwsJson as smithlet_runtime::protocol::Rules>::name\n\
                    0000000002145523 0000000000000012 t other::cbor::read\n\
                    0000000002145523 0000000000000100 t <alloc::raw_vec::RawVec<smithlet_runtime::cbor::path::Frame>>::grow_one\n\
                    0000000002145524 0000000000000013 t smithlet_runtime::restored::all\n\
                    0000000002145525 T _init\n                 U abort\n";
        let found: Vec<_> = symbols(text).filter(|(name, _)| is_unused(name)).map(|(_, size)| size).collect();
        assert_eq!(found, [1554.0, 22.0]);
        assert_eq!(symbols(text).count(), 6);
    }
}
