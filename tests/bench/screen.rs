//! The full screen on a study of 50,000 units and 500,000 decisions: from a key to a decision that is safely on the disk,
//! beside a bare `fdatasync` of as many bytes in the same folder; the first screen; the memory that a session takes, in
//! which one coder's log is read.
//!
//! `cargo bench --bench screen`. The aims: at the 99th percentile at most 5 ms over the bare write; 0.3 s; 100 MB.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use themata::desk::keys::Key;
use themata::domain::log::Via;
use themata::face::screen::coding::{CodeFace, Session};
use themata::store::{self, Folder};
use themata::words::Language;
use themata::work::session::code::{CodeAsk, CodeLook, CodeSession};

/// Names the study's folder to the process that measures.
const MEASURE: &str = "THEMATA_BENCH_STUDY";

/// Keys that are pressed, and writes that are made beside them.
const KEYS: usize = 1000;

fn main() {
    if let Some(folder) = std::env::var_os(MEASURE) {
        return measure(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    support::write_open_study(folder.path());
    // In a process of its own: what made the study is not counted.
    let own = std::env::current_exe().unwrap();
    let status = Command::new(own).env(MEASURE, folder.path()).status().unwrap();
    assert!(status.success());
}

fn measure(root: &Path) {
    let began = Instant::now();
    let opened = store::load_for(&Folder::at(root), "c1").unwrap();
    let ask = CodeAsk::of("c1");
    // As the command does: first whether another session writes.
    let opened = match CodeLook::begin(opened, &ask).unwrap() {
        Ok(_) => panic!("nobody else codes"),
        Err(opened) => opened,
    };
    let mut session = CodeSession::begin(opened, ask).unwrap();
    let (desk, mut keeper) = session.sit(Via::Screen).unwrap();
    let mut desk = desk.staying();
    let named = Session {
        coder: "c1".to_owned(),
        round: "main".to_owned(),
        codebook: String::new(),
        blind: true,
    };
    let mut face = CodeFace::new(desk.study(), named, Language::English, false);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| face.draw(frame, &desk)).unwrap();
    println!("first screen: {:.3} s", began.elapsed().as_secs_f64());
    println!("memory: {}", peak_memory());

    // A key that gives a code, one that takes it off again; in between to a unit far away.
    for letter in "g".chars().chain("CoP-20:500".chars()) {
        face.press(Key::Char(letter), false, 0, &mut desk, &mut keeper);
    }
    face.press(Key::Enter, false, 0, &mut desk, &mut keeper);
    let log = root.join("coding/c1.csv");
    let before = std::fs::metadata(&log).unwrap().len();
    let mut clock = 1000;
    let keys: Vec<Duration> = (0..KEYS)
        .map(|nth| {
            clock += 1000;
            let key = Key::Char(if nth % 2 == 0 { '1' } else { '2' });
            let began = Instant::now();
            face.press(key, false, clock, &mut desk, &mut keeper);
            terminal.draw(|frame| face.draw(frame, &desk)).unwrap();
            began.elapsed()
        })
        .collect();
    let written = std::fs::metadata(&log).unwrap().len() - before;
    assert!(written > 0, "nothing was decided");
    let bytes = vec![b'x'; usize::try_from(written).unwrap() / KEYS];
    let mut file = std::fs::File::create(root.join("bare")).unwrap();
    let bare: Vec<Duration> = (0..KEYS)
        .map(|_| {
            let began = Instant::now();
            file.write_all(&bytes).unwrap();
            file.sync_data().unwrap();
            began.elapsed()
        })
        .collect();
    told("from a key to a durable decision and the picture of it", keys);
    told("a bare fdatasync of as many bytes", bare);
}

/// The median and the 99th percentile.
fn told(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[times.len() * share / 100].as_secs_f64() * 1000.0;
    println!("{what}: median {:.2} ms, 99th percentile {:.2} ms", at(50), at(99));
}

/// The most memory this process ever held, as Linux tells it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("unknown".to_owned(), |peak| format!("{} at most", peak.trim()))
}
