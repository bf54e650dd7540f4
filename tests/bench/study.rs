//! Opening a large study, and what is computed from it: 50,000 units, 500,000 decisions.
//!
//! `cargo bench --bench study` times the parts; `cargo bench --bench study -- commands` whole commands, each in a process of
//! its own, by the CPU's clock and the most memory it held (words behind it choose commands); `-- write FOLDER` writes the
//! study. The aims: open it in 0.5 s and 150 MB, `matrix`, `agree`, `status` and `check` in 0.5 s, any display and the report
//! in 2 s and 300 MB, `export` in 200 MB, agreement over all codes from loaded decisions in 0.02 s.
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

/// Names the study's folder to the process that measures what a command takes, which is its arguments.
const MEASURE: &str = "THEMATA_BENCH_STUDY";

/// Commands that people give on a study whose coders are done.
const COMMANDS: &[&str] = &[
    "status",
    "check",
    "matrix",
    "matrix --rows participant --columns code --cell units,words,share --totals",
    "display meta-matrix",
    "display clustered",
    "display content-summary",
    "display variable-by-variable",
    "display framework",
    "display voices",
    "agree",
    "agree --level all --measure all --by case",
    "agree --level sets",
    "discrepancies",
    "discrepancies --confusion",
    "quotes",
    "quotes --format html",
    "cooccur",
    "saturation",
    "talk",
    "words",
    "find patience",
    "units show",
    "export",
    "export --format json",
    "export --wide codes",
    "report --profile team --format html",
];

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    if let Some(folder) = std::env::var_os(MEASURE) {
        return measure(Path::new(&folder), &asked);
    }
    match asked.as_slice() {
        ["write", folder] => support::write_study(Path::new(folder)),
        ["commands", wanted @ ..] => {
            let is_wanted = |it: &&&str| wanted.is_empty() || wanted.contains(it);
            COMMANDS
                .iter()
                .filter(is_wanted)
                .for_each(|it| apart(&it.split(' ').collect::<Vec<_>>()));
            std::fs::remove_dir_all(study()).unwrap();
        }
        _ => {
            apart(&[]);
            divan::main();
            std::fs::remove_dir_all(study()).unwrap();
        }
    }
}

/// Measures in a process of its own: what made the study is not counted.
fn apart(command: &[&str]) {
    let own = std::env::current_exe().unwrap();
    let status = Command::new(own).args(command).env(MEASURE, study()).status().unwrap();
    assert!(status.success());
}

/// Runs a command, or only opens the study where there is none, and says what it took.
fn measure(folder: &Path, command: &[&str]) {
    if command.is_empty() {
        let opened = open(folder);
        println!("opening it takes {}", peak_memory());
        return drop(opened);
    }
    let (mut out, mut err) = (Counted(0), Vec::new());
    let program = ["themata", "-C", folder.to_str().unwrap()];
    let arguments = program.iter().chain(command);
    let status = themata::cli::run(arguments, &mut std::io::empty(), &mut out, &mut err);
    assert!(status < 2, "{}", String::from_utf8_lossy(&err));
    let (name, worked, bytes) = (command.join(" "), worked(), out.0);
    println!("{name:<76} {worked:>7} s, {}, {bytes} bytes written", peak_memory());
}

/// Takes everything, as a file does, and keeps nothing.
struct Counted(u64);

impl std::io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// How long the one thread here has worked, in seconds, as Linux counts it.
fn worked() -> String {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split_whitespace().next().and_then(|it| it.parse::<f64>().ok());
    nanoseconds.map_or("unknown".to_owned(), |it| format!("{:.3}", it / 1e9))
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
