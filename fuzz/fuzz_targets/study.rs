//! No command panics, whatever a file of the study holds.
#![no_main]

#[path = "../../tests/it/fuzzed.rs"]
#[allow(dead_code)]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::feed("study", data));
