//! A stored trace.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| grade::fuzz::stored(input));
