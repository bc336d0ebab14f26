//! What a student hands in, packed.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| grade::fuzz::archive(input));
