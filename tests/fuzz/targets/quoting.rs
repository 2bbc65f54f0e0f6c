//! `cargo fuzz run quoting`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| smithlet_tests::fuzz::quoting(input));
