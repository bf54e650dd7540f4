//! `agree` never panics, whatever file of codings it is given here.
#![no_main]

#[path = "../../tests/it/fuzzed.rs"]
#[allow(dead_code)]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::feed("agree", data));
