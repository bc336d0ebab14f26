//! A source file of a submission.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| grade::fuzz::tokens(input));
