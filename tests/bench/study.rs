//! Opening a large study, and what is computed from it: 50,000 units, 500,000 decisions.
//!
//! `cargo bench --bench study`. The aims: open it in 0.5 s and 150 MB, agreement over all codes from
//! loaded decisions in 0.02 s.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use divan::{Bencher, black_box};
use themata::analysis::agreement::{self, Level, Options};
use themata::analysis::decisions::{Rule, of_comparison};
use themata::analysis::matrix::{self, Source};
use themata::analysis::scope::Scope;
use themata::analysis::study_codings::{self, Choice};
use themata::domain::comparison::Comparison;
use themata::store::{self, Folder, Opened, Wish};

/// Names the study's folder to the process that measures how much memory opening it takes.
const MEASURE: &str = "THEMATA_BENCH_STUDY";

fn main() {
    if let Some(folder) = std::env::var_os(MEASURE) {
        let opened = open(Path::new(&folder));
        println!("opening it takes {}", peak_memory());
        drop(opened);
        return;
    }
    // Once, and in a process of its own: what made the study is not counted.
    let own = std::env::current_exe().unwrap();
    let status = Command::new(own).env(MEASURE, study()).status().unwrap();
    assert!(status.success());
    divan::main();
    std::fs::remove_dir_all(study()).unwrap();
}

fn study() -> &'static Path {
    static STUDY: OnceLock<PathBuf> = OnceLock::new();
    STUDY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap().keep();
        support::write_study(&folder);
        folder
    })
}

/// The most memory this process ever held, as Linux tells it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("an unknown amount of memory".to_owned(), |peak| format!("{} at most", peak.trim()))
}

fn open(folder: &Path) -> Opened {
    store::load(&Folder::at(folder)).unwrap()
}

fn loaded() -> &'static (Opened, Comparison) {
    static LOADED: OnceLock<(Opened, Comparison)> = OnceLock::new();
    LOADED.get_or_init(|| {
        let opened = open(study());
        let comparison = opened.comparison(&Wish::default()).unwrap();
        (opened, comparison)
    })
}

#[divan::bench(sample_count = 10)]
fn opening(bencher: Bencher) {
    let folder = study();
    bencher.bench(|| open(black_box(folder)));
}

#[divan::bench(sample_count = 10)]
fn comparison_with_seals_checked(bencher: Bencher) {
    let (opened, _) = loaded();
    bencher.bench(|| black_box(opened).comparison(&Wish::default()));
}

#[divan::bench(sample_count = 30)]
fn agreement_over_all_codes(bencher: Bencher) {
    let (opened, comparison) = loaded();
    let options = Options { levels: vec![Level::Presence, Level::Sets], ..Options::default() };
    bencher.bench(|| {
        let codings =
            study_codings::codings(&opened.study, black_box(comparison), &Choice::default());
        agreement::agreement(&codings, &options)
    });
}

#[divan::bench(sample_count = 30)]
fn matrix_of_cases_by_dimensions(bencher: Bencher) {
    let (opened, comparison) = loaded();
    bencher.bench(|| {
        let decisions = of_comparison(
            &opened.study,
            black_box(comparison),
            &opened.settlements,
            Rule::Final,
            &Scope::default(),
        );
        let source = Source { coder: None, round: None, decisions };
        matrix::matrix(&opened.study, &[source], &matrix::Options::default())
    });
}
