//! Reading 100 MB of transcripts: bytes in, paragraphs with their speakers out.
//!
//! `cargo bench --bench import`. The aim is 100 MB a second.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // the study is for the other bench
mod support;

use std::fmt::Write as _;
use std::sync::OnceLock;

use divan::{Bencher, black_box, counter::BytesCount};
use themata::format::import::{self, Options};

fn main() {
    divan::main();
}

const BYTES: usize = 100_000_000;

/// A transcript with six speakers, a label on every line.
fn text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut chance = support::Chance(2);
        let mut text = String::with_capacity(BYTES + 1000);
        while text.len() < BYTES {
            match chance.below(6) {
                0 => text.push_str("Moderator"),
                nth => write!(text, "P{nth}").unwrap(),
            }
            writeln!(text, ": {}", support::said(&mut chance)).unwrap();
        }
        text
    })
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn plain_text(bencher: Bencher) {
    let bytes = text().as_bytes();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| import::read("CoP 31.txt", black_box(bytes), &Options::default()).unwrap());
}
