//! What agreement costs: from decisions as loaded, by resampling, for boundaries, and as a whole command from a CSV.
//!
//! All data are generated from a fixed seed. The clock is that of the process's own work (CPU seconds), so that a busy machine
//! does not change the figures much. `cargo bench --bench agreement` prints the table; words after `--` choose rows by name. (divan, which the other benchmarks
//! may use, knows the wall clock only.)
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use themata::analysis::agreement::{Bootstrap, Drawn, Level, Options, Single, agreement};
use themata::analysis::codings::{CodedCode, CodedDimension, Codings, DistinctAnswer};
use themata::domain::codebook::Select;
use themata::stats::gamma::{Settings, gamma};
use themata::stats::random::Random;
use themata::stats::{Continuum, Marked, Measure, Plan};

/// Two coders' answers to each unit: eight in ten agree beyond chance.
fn answers(units: usize, codes: u64) -> Vec<[u32; 2]> {
    let mut random = Random::stream(1, codes);
    let mut unit = || {
        let first = random.below(codes) as u32;
        let second = if random.below(10) < 8 { first } else { random.below(codes) as u32 };
        [first, second]
    };
    (0..units).map(|_| unit()).collect()
}

/// Decisions as they are when loaded.
fn codings(units: usize, codes: u64) -> Codings {
    let code = |nth: u64| CodedCode { name: format!("c{nth}"), depth: 1 };
    let answer =
        |nth: u32| DistinctAnswer { codes: vec![nth], given: vec![nth], unasked: Vec::new() };
    let cells = answers(units, codes).into_iter().flatten().map(|code| code + 1).collect();
    let dimension = CodedDimension::new(
        "theme".to_owned(),
        Select::One,
        (0..codes).map(code).collect(),
        (0..codes as u32).map(answer).collect(),
        cells,
    );
    Codings {
        coders: vec!["ann".to_owned(), "bo".to_owned()],
        cases: Vec::new(),
        unit_cases: Vec::new(),
        units,
        dimensions: vec![dimension],
    }
}

/// The same as a CSV, one column a coder.
fn csv(units: usize, codes: u64) -> Vec<u8> {
    let mut csv = b"unit,ann,bo\n".to_vec();
    for (unit, [first, second]) in answers(units, codes).into_iter().enumerate() {
        writeln!(csv, "{unit},c{first},c{second}").unwrap();
    }
    csv
}

/// Every measure of every code, and of the whole answers.
fn all() -> Options {
    Options {
        levels: vec![Level::Presence, Level::Value],
        measures: Measure::ALL.to_vec(),
        single: Single::Include,
        ..Options::default()
    }
}

/// Two coders' marks: the second's are the first's, moved a little, some of them left out.
fn marks(number: u64) -> Continuum {
    let mut random = Random::stream(2, number);
    let (mut one, mut two, mut at) = (Vec::new(), Vec::new(), 10);
    for _ in 0..number {
        let (length, code) = (5 + random.below(40), random.below(5) as u32);
        one.push(Marked { start: at, end: at + length, code });
        if random.below(10) < 9 {
            let (start, end) = (at + random.below(6), at + length + random.below(6));
            two.push(Marked { start, end, code });
        }
        at += length + random.below(30);
    }
    Continuum::new(at + 50, [one, two])
}

/// How long the one thread here has worked, as the operating system counts it.
fn worked() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(Duration::from_nanos(stat.split_whitespace().next()?.parse().ok()?))
}

/// The CPU time of one piece of work (wall time where the system does not say): the least of three rounds, each long enough
/// for a clock that knows ticks only.
fn least(mut work: impl FnMut()) -> Duration {
    const ROUND: Duration = Duration::from_millis(400);
    let mut round = || {
        let (clock, before) = (Instant::now(), worked());
        let mut times = 0;
        while clock.elapsed() < ROUND {
            work();
            times += 1;
        }
        let spent = match (before, worked()) {
            (Some(before), Some(after)) => after - before,
            _ => clock.elapsed(),
        };
        spent / times
    };
    (0..3).map(|_| round()).min().unwrap_or_default()
}

fn show(name: &str, time: Duration) {
    println!("{name:<64} {:>10.6} s", time.as_secs_f64());
}

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|it| name.contains(it.as_str()));
    println!("{:<64} {:>12}", "agreement, two coders", "CPU seconds");
    for codes in [5, 40] {
        for units in [1_000, 10_000, 100_000, 1_000_000] {
            let name = format!("all measures from memory, {codes} codes, {units} units");
            if wanted(&name) {
                let codings = codings(units, codes);
                let options = all();
                show(&name, least(|| drop(std::hint::black_box(agreement(&codings, &options)))));
            }
        }
    }
    for (codes, units) in [(2, 10_000), (5, 1_000), (5, 1_000_000), (40, 1_000_000)] {
        let name = format!("alpha, 10000 resamples, {codes} codes, {units} units");
        if wanted(&name) {
            let codings = codings(units, codes);
            let options = Options {
                levels: vec![Level::Value],
                measures: vec![Measure::KrippendorffAlpha],
                bootstrap: Some(Bootstrap {
                    plan: Plan { resamples: 10_000, seed: 1 },
                    drawn: Drawn::Units,
                }),
                ..Options::default()
            };
            show(&name, least(|| drop(std::hint::black_box(agreement(&codings, &options)))));
        }
    }
    for number in [300, 1_000, 3_000] {
        let name = format!("gamma, 30 random continua, {number} marks a coder");
        if wanted(&name) {
            let continuum = marks(number);
            let settings = Settings::default();
            show(
                &name,
                least(|| {
                    let _ = std::hint::black_box(gamma(&continuum, settings));
                }),
            );
        }
    }
    for codes in [5, 40] {
        for units in [1_000, 10_000, 100_000, 1_000_000] {
            let name = format!("the whole command from a CSV, {codes} codes, {units} units");
            if wanted(&name) {
                command(&name, &csv(units, codes));
            }
        }
    }
}

/// Reading the rows alone, then the whole command on the same file.
fn command(name: &str, csv: &[u8]) {
    let folder = std::env::temp_dir();
    let file: PathBuf = folder.join(format!("themata-bench-{}.csv", std::process::id()));
    std::fs::write(&file, csv).unwrap();
    let reading = least(|| {
        let mut reader = csv::Reader::from_path(&file).unwrap();
        let (mut record, mut rows) = (csv::ByteRecord::new(), 0_u64);
        while reader.read_byte_record(&mut record).unwrap() {
            rows += 1;
        }
        std::hint::black_box(rows);
    });
    let whole = least(|| {
        let arguments = ["themata", "agree", file.to_str().unwrap(), "--format", "csv"];
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = themata::cli::run(arguments, &mut std::io::empty(), &mut out, &mut err);
        assert_eq!((status, err.len()), (0, 0));
    });
    show(&format!("{name}: reading alone"), reading);
    show(&format!("{name}: all"), whole);
    let _ = std::fs::remove_file(&file);
}
