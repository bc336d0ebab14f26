//! The stream of one drive.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| grade::fuzz::frames(input));
