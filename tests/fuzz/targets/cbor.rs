//! `cargo fuzz run cbor`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| smithlet_tests::fuzz::cbor(input));
