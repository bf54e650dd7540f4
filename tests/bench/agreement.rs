//! What agreement costs: from decisions as loaded, by resampling, for boundaries, and as a whole command from a CSV.
//!
//! All data are generated from a fixed seed. The clock is that of the process's own work (CPU seconds), so that a busy machine
//! does not change the figures much. `cargo bench --bench agreement` prints the table, with how many times the row before in its
//! series (for the whole command: reading alone) each row takes; words after `--` choose rows by name. (divan, which the other benchmarks
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

/// Answers of up to four of sixty codes each, hardly one of them like another.
fn sets(units: usize) -> Codings {
    let mut random = Random::stream(4, 1);
    let mut answer = || {
        let mut codes: Vec<u32> =
            (0..1 + random.below(4)).map(|_| random.below(60) as u32).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    let mut answers: Vec<Vec<u32>> = (0..2 * units).map(|_| answer()).collect();
    let cells: Vec<Vec<u32>> = answers.clone();
    answers.sort_unstable();
    answers.dedup();
    let place = |codes: &Vec<u32>| answers.binary_search(codes).unwrap() as u32 + 1;
    let cells = cells.iter().map(place).collect();
    let of = |codes: &Vec<u32>| DistinctAnswer {
        codes: codes.clone(),
        given: codes.clone(),
        unasked: Vec::new(),
    };
    let listed = (0..60).map(|nth| CodedCode { name: format!("c{nth}"), depth: 1 }).collect();
    let answers = answers.iter().map(of).collect();
    let dimension = CodedDimension::new("theme".to_owned(), Select::Many, listed, answers, cells);
    Codings { dimensions: vec![dimension], ..codings(units, 1) }
}

/// Answers of one code each as a CSV, one column a coder.
fn csv(units: usize, codes: u64) -> Vec<u8> {
    let mut csv = b"unit,ann,bo\n".to_vec();
    for (unit, [first, second]) in answers(units, codes).into_iter().enumerate() {
        writeln!(csv, "{unit},c{first},c{second}").unwrap();
    }
    csv
}

/// A file in one of the shapes that people have: its name, and its bytes.
fn shapes(units: usize) -> Vec<(&'static str, Vec<u8>)> {
    let answers = answers(units, 5);
    let id = |unit: usize| format!("T{}:{}", unit / 1000, unit % 1000 + 1);
    let mut order: Vec<usize> = (0..units).collect();
    let mut random = Random::stream(3, 1);
    for at in (1..units).rev() {
        order.swap(at, random.below(at as u64 + 1) as usize);
    }
    let each =
        |head: &str, order: &mut dyn Iterator<Item = usize>, row: &dyn Fn(usize) -> String| {
            let mut text = format!("{head}\n");
            order.for_each(|unit| text.push_str(&row(unit)));
            text.into_bytes()
        };
    let wide = |unit: usize| format!("{},c{},c{}\n", id(unit), answers[unit][0], answers[unit][1]);
    let quoted = |unit: usize| {
        format!("\"{}\",\"c{}\",\"c{}\"\n", id(unit), answers[unit][0], answers[unit][1])
    };
    let crlf = |unit: usize| wide(unit).replace('\n', "\r\n");
    let cased = |unit: usize| format!("K{},{}", unit / 10_000, wide(unit));
    let long = |unit: usize| {
        let unit_id = id(unit);
        format!("{unit_id},ann,c{}\n{unit_id},bo,c{}\n", answers[unit][0], answers[unit][1])
    };
    let one = |row: usize| {
        let (coder, unit) = (row / units, row % units);
        format!("{},{},c{}\n", id(unit), ["ann", "bo"][coder], answers[unit][coder])
    };
    vec![
        ("wide, T0:1", each("unit,ann,bo", &mut (0..units), &wide)),
        ("wide, shuffled", each("unit,ann,bo", &mut order.iter().copied(), &wide)),
        ("wide, quoted", each("unit,ann,bo", &mut (0..units), &quoted)),
        ("wide, CRLF", each("unit,ann,bo", &mut (0..units), &crlf)),
        ("wide, with case", each("case,unit,ann,bo", &mut (0..units), &cased)),
        ("long", each("unit,coder,code", &mut (0..units), &long)),
        ("long, shuffled", each("unit,coder,code", &mut order.iter().copied(), &long)),
        ("long, by coder", each("unit,coder,code", &mut (0..2 * units), &one)),
    ]
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

/// Coders' marks: those of one text, each coder's moved a little, some of them left out.
fn marks(coders: usize, number: u64) -> Continuum {
    let mut random = Random::stream(2, number);
    let (mut all, mut at) = (vec![Vec::new(); coders], 10);
    for _ in 0..number {
        let (length, code) = (5 + random.below(40), random.below(5) as u32);
        for own in &mut all {
            if random.below(10) < 9 {
                let (start, end) = (at + random.below(6), at + length + random.below(6));
                own.push(Marked { start, end, code });
            }
        }
        at += length + random.below(30);
    }
    Continuum::new(at + 50, all)
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

/// Prints rows of one table, each with how often the time of the row before it in its series.
#[derive(Default)]
struct Table {
    asked: Vec<String>,
    before: Option<Duration>,
}

impl Table {
    fn wants(&self, name: &str) -> bool {
        self.asked.is_empty() || self.asked.iter().any(|it| name.contains(it.as_str()))
    }

    /// What follows grows from here.
    fn series(&mut self) {
        self.before = None;
    }

    fn row(&mut self, name: &str, work: impl FnMut()) {
        if self.wants(name) {
            self.show(name, least(work), true);
        }
    }

    fn show(&mut self, name: &str, time: Duration, grows: bool) {
        let growth = match self.before {
            Some(before) if grows => format!("{:.1}", time.as_secs_f64() / before.as_secs_f64()),
            _ => String::new(),
        };
        println!("{name:<66} {:>10.6} s {growth:>8}", time.as_secs_f64());
        self.before = grows.then_some(time);
    }
}

fn main() {
    let asked = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let mut table = Table { asked, before: None };
    println!("{:<66} {:>12} {:>8}", "agreement", "CPU seconds", "times");
    for codes in [5, 40] {
        table.series();
        for units in [1_000, 10_000, 100_000, 1_000_000] {
            let name = format!("all measures from memory, {codes} codes, {units} units");
            let (codings, options) = (codings(units, codes), all());
            table.row(&name, || drop(std::hint::black_box(agreement(&codings, &options))));
        }
    }
    for (codes, units) in [(2, 10_000), (5, 1_000), (5, 1_000_000), (40, 1_000), (40, 1_000_000)] {
        let name = format!("alpha, 10000 resamples, {codes} codes, {units} units");
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
        if units == 1_000 || codes == 2 {
            table.series();
        }
        table.row(&name, || drop(std::hint::black_box(agreement(&codings, &options))));
    }
    table.series();
    for units in [1_000, 4_000, 16_000, 64_000] {
        let name = format!("alpha with distances of sets, up to {} sets", 2 * units);
        let codings = sets(units);
        let options = Options {
            levels: vec![Level::Sets],
            measures: vec![Measure::KrippendorffAlphaMasi, Measure::KrippendorffAlphaJaccard],
            single: Single::Include,
            ..Options::default()
        };
        table.row(&name, || drop(std::hint::black_box(agreement(&codings, &options))));
    }
    for coders in [2, 3] {
        table.series();
        for number in [100, 300, 1_000, 3_000] {
            let name = format!("gamma, 30 random continua, {coders} coders, {number} marks each");
            let continuum = marks(coders, number);
            table.row(&name, || {
                let _ = std::hint::black_box(gamma(&continuum, Settings::default()));
            });
        }
    }
    for codes in [5, 40] {
        for units in [1_000, 10_000, 100_000, 1_000_000] {
            let name = format!("whole command from a CSV, {codes} codes, {units} units");
            if table.wants(&name) {
                command(&mut table, &name, &csv(units, codes));
            }
        }
    }
    if table.wants("whole command from a file") {
        for (shape, bytes) in shapes(1_000_000) {
            let name = format!("whole command from a file, {shape}, 1000000 units");
            if table.wants(&name) {
                command(&mut table, &name, &bytes);
            }
        }
    }
}

/// Reading the rows alone, then the whole command on the same file.
fn command(table: &mut Table, name: &str, csv: &[u8]) {
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
        assert_eq!(status, 0, "{}", String::from_utf8_lossy(&err));
    });
    table.show(&format!("{name}: reading alone"), reading, false);
    table.before = Some(reading);
    table.show(&format!("{name}: all"), whole, true);
    let _ = std::fs::remove_file(&file);
}
