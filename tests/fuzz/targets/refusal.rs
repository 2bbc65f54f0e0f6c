//! `cargo fuzz run refusal`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| smithlet_tests::fuzz::refusal(input));
