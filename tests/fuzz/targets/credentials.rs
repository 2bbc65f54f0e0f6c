//! `cargo fuzz run credentials`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| smithlet_tests::fuzz::credentials(input));
