//! Import on files that were damaged on purpose: the fuzzers' corpus and every crash they found, and every
//! awkward file changed a little, many times, from a fixed seed.
//!
//! `THEMATA_MUTATIONS=2000 cargo test --test it hostile` tries harder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::fuzzed::{self, TARGETS};

fn fuzz(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder);
    if !path.is_dir() {
        eprintln!("skipped: fuzz/{folder} is not in the published package");
        return None;
    }
    Some(path)
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// Runs something, and says which input it was when it panics.
fn naming(told: &str, run: impl FnOnce()) {
    if let Err(panic) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)) {
        eprintln!("{told}");
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn every_target_has_a_fuzzer_and_a_corpus() {
    let Some(targets) = fuzz("fuzz_targets") else { return };
    let there: BTreeSet<String> = files(&targets).into_iter().map(|(name, _)| name).collect();
    let wanted: BTreeSet<String> = TARGETS.iter().map(|(name, _)| format!("{name}.rs")).collect();
    assert_eq!(there, wanted);
    for (name, _) in TARGETS {
        let folder = format!("corpus/{name}");
        assert!(!files(&fuzz(&folder).unwrap()).is_empty(), "{folder} is empty");
    }
}

#[test]
fn what_the_fuzzers_know_and_every_crash_they_found_is_read_or_refused() {
    for folder in ["corpus", "crashes"] {
        for (target, _) in TARGETS {
            let Some(root) = fuzz("fuzz_targets") else { return };
            let folder = root.with_file_name(folder).join(target);
            for (name, bytes) in files(&folder) {
                naming(&format!("{} {name}", folder.display()), || fuzzed::feed(target, &bytes));
            }
        }
    }
}

/// The generator of Steele, Lea and Flood (2014), with its published constants.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// Bytes that mean something in one format or another.
const WORDS: &[&[u8]] = &[
    b"\0",
    b"\r",
    b"\n\n",
    b"\t",
    b":",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"{",
    b"}",
    b"[",
    b"<",
    b"</",
    b"&#x0;",
    b"&amp",
    b"<![CDATA[",
    b"<!DOCTYPE x [",
    b"\\u-1 ",
    b"\\bin99999 ",
    b"\\'",
    b"00:00:01.000 --> ",
    b"99999999999999999999",
    b"-1",
    b"<w:del>",
    b"<text:s text:c=\"99999999\"/>",
    b"obj",
    b"stream\n",
    b"\"",
    b"|",
];

/// Changes some bytes.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    for _ in 0..=chance.below(5) {
        let at = chance.below(bytes.len());
        let reach = 1 << chance.below(9);
        let end = (at + chance.below(reach)).min(bytes.len());
        match chance.below(8) {
            0 | 1 if !bytes.is_empty() => bytes[at] ^= 1 << chance.below(8),
            2 if !bytes.is_empty() => bytes[at] = chance.next() as u8,
            3 => drop(bytes.drain(at..end)),
            4 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            5 => {
                bytes.splice(at..at, WORDS[chance.below(WORDS.len())].iter().copied());
            }
            6 if chance.below(4) == 0 => bytes.truncate(at),
            7 if chance.below(4) == 0 => {
                let from = chance.below(other.len());
                bytes.splice(at..end, other[from..].iter().copied().take(300));
            }
            _ => {}
        }
    }
}

fn mutations() -> usize {
    std::env::var("THEMATA_MUTATIONS").ok().and_then(|it| it.parse().ok()).unwrap_or(6)
}

#[test]
fn no_small_change_of_an_awkward_file_makes_import_panic_or_hang() {
    let Some(folder) = crate::import_real::set("import-torture") else { return };
    let mut seeds = files(&folder);
    seeds.retain(|(name, bytes)| !name.ends_with(".yaml") && bytes.len() < 100_000);
    let mut chance = Chance(20_261_122);
    for _ in 0..mutations() {
        for (name, bytes) in &seeds {
            let seed = chance.0;
            let mut changed = bytes.clone();
            let other = &seeds[chance.below(seeds.len())].1;
            mutate(&mut changed, other, &mut chance);
            naming(&format!("{name}, seed {seed}"), || fuzzed::read(name, &changed));
        }
    }
}

#[test]
fn no_small_change_of_what_the_fuzzers_know_makes_import_panic_or_hang() {
    let Some(corpus) = fuzz("corpus") else { return };
    let mut chance = Chance(22);
    for _ in 0..mutations() * 4 {
        for (target, _) in TARGETS {
            let seeds = files(&corpus.join(target));
            for (name, bytes) in &seeds {
                let seed = chance.0;
                let mut changed = bytes.clone();
                let other = &seeds[chance.below(seeds.len())].1;
                mutate(&mut changed, other, &mut chance);
                naming(&format!("{target} {name}, seed {seed}"), || fuzzed::feed(target, &changed));
            }
        }
    }
}

/// Every awkward file, as it is, in a process that may not have more than 600 MB of addresses, its own code
/// included: a bomb is refused long before it has filled 256 MB.
#[cfg(target_os = "linux")]
#[test]
fn every_awkward_file_is_read_or_refused_in_little_memory_and_time() {
    let Some(folder) = crate::import_real::set("import-torture") else { return };
    for (name, _) in files(&folder) {
        let output = std::process::Command::new("sh")
            .arg("-c")
            .arg("ulimit -v 600000; exec \"$0\" import --preview \"$1\"")
            .arg(env!("CARGO_BIN_EXE_themata"))
            .arg(folder.join(&name))
            .current_dir(std::env::temp_dir())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{name}: {} {told}", output.status);
    }
}
