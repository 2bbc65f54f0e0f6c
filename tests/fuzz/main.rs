//! The checks of `smithlet_tests::fuzz` on the seeds and on damaged copies of them.
//!
//! The file name of a seed describes it. An input that the fuzzer has found becomes a seed whose name describes the fault.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use smithlet_tests::fuzz::{TARGETS, Target};

/// The seeds of a target, with their names.
fn seeds(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut seeds: Vec<_> = entries
        .map(|entry| {
            let path = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path();
            let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path.display().to_string(), bytes)
        })
        .collect();
    seeds.sort();
    assert!(seeds.len() > 5, "{} has {} seeds", folder.display(), seeds.len());
    seeds
}

/// Checks an input. A failure names the seed.
fn assert_holds((_, check): Target, origin: &str, input: &[u8]) {
    let outcome = std::panic::catch_unwind(|| check(input));
    assert!(outcome.is_ok(), "{origin}: {:?}", String::from_utf8_lossy(input));
}

#[test]
fn every_target_has_its_seeds_and_its_program() {
    let names = |folder: &str| -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder);
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let paths = entries.map(|entry| entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path());
        paths.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect()
    };
    let targets: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names("seeds"), targets);
    assert_eq!(names("targets"), targets);
}

#[test]
fn every_seed_passes_its_checks() {
    for target in TARGETS {
        for (name, input) in seeds(target.0) {
            assert_holds(target, &name, &input);
        }
    }
}

/// A damaged copy of a seed: bytes are removed at random places and replaced by random bytes and by parts of other seeds.
fn damage(seeds: &[(String, Vec<u8>)]) -> impl Strategy<Value = (String, Vec<u8>)> {
    let seeds = seeds.to_vec();
    let cut = (any::<Index>(), 0..12_usize, prop::collection::vec(any::<u8>(), 0..4), any::<Index>(), any::<Index>(), 0..40_usize);
    (any::<Index>(), prop::collection::vec(cut, 1..4)).prop_map(move |(seed, cuts)| {
        let (name, mut input) = seeds[seed.index(seeds.len())].clone();
        for (place, taken, put, other, from, length) in cuts {
            let start = place.index(input.len() + 1);
            let end = input.len().min(start + taken);
            let donor = &seeds[other.index(seeds.len())].1;
            let from = from.index(donor.len() + 1);
            let borrowed = &donor[from..donor.len().min(from + length)];
            input.splice(start..end, put.into_iter().chain(borrowed.iter().copied()));
        }
        (format!("damaged {name}"), input)
    })
}

#[test]
fn damaged_seeds_pass_the_checks() {
    for target in TARGETS {
        let config = Config { cases: 400, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        let result = runner.run(&damage(&seeds(target.0)), |(name, input)| {
            assert_holds(target, &name, &input);
            Ok(())
        });
        assert!(result.is_ok(), "{}: {result:?}", target.0);
    }
}
