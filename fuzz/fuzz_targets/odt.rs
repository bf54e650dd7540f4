//! Import never panics, hangs or breaks a transcript, whatever bytes it is given here.
#![no_main]

#[path = "../../tests/it/fuzzed.rs"]
#[allow(dead_code)]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::feed("odt", data));
