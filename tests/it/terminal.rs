//! The full screen in a real pseudo-terminal, through tmux: the keys of the scripts, pastes, sizes, signals, kills. Where
//! there is no tmux, these tests say that they skip.

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::page::fifty;
use crate::sitting::chance;
use crate::support::TestStudy;

/// A terminal of its own, in which a shell runs what it is told.
struct Terminal {
    socket: String,
    /// The key that was typed last.
    last: RefCell<String>,
    _place: tempfile::TempDir,
}

impl Terminal {
    /// A terminal of a size, if there is tmux.
    fn open(name: &str, width: u16, height: u16) -> Option<Self> {
        if !Command::new("tmux").arg("-V").output().is_ok_and(|run| run.status.success()) {
            eprintln!("skipped: there is no tmux");
            return None;
        }
        let place = tempfile::tempdir().unwrap();
        let settings = place.path().join("tmux.conf");
        fs::write(&settings, "set -g status off\nset -g history-limit 100\n").unwrap();
        let socket = format!("themata-{name}-{}", std::process::id());
        let terminal = Self { socket, last: RefCell::default(), _place: place };
        let size = [width.to_string(), height.to_string()];
        terminal.tmux(&[
            "-f",
            settings.to_str().unwrap(),
            "new-session",
            "-d",
            "-x",
            &size[0],
            "-y",
            &size[1],
            "env -u THEMATA_LINES -u NO_COLOR PS1='$ ' bash --norc --noprofile -i",
        ]);
        terminal.until("the shell", |seen| seen.contains('$'));
        Some(terminal)
    }

    fn tmux(&self, arguments: &[&str]) -> String {
        let run = Command::new("tmux").args(["-u", "-L", &self.socket]).args(arguments).output();
        let run = run.unwrap();
        assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    }

    fn seen(&self) -> String {
        self.tmux(&["capture-pane", "-p"])
    }

    /// Waits until what is seen is so.
    fn until(&self, what: &str, holds: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            let seen = self.seen();
            if holds(&seen) {
                return seen;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{what}:\n{seen}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Types a line at the shell.
    fn line(&self, line: &str) {
        self.tmux(&["send-keys", "-l", "--", line]);
        self.tmux(&["send-keys", "Enter"]);
    }

    /// Begins to code, and waits for the screen.
    fn code(&self, study: &TestStudy) {
        self.begin(study, "code --coder c1", "BLIND");
    }

    /// Begins a session, and waits for its screen, which says something.
    fn begin(&self, study: &TestStudy, command: &str, says: &str) {
        let program = env!("CARGO_BIN_EXE_themata");
        let line = format!("{program} -C {} {command}; echo EXIT $?", study.path("").display());
        self.line(&line);
        self.until("the screen", |seen| {
            seen.contains(says)
                && self.tmux(&["display-message", "-p", "#{alternate_on}"]).trim() == "1"
        });
    }

    /// Leaves by a line, and waits for the shell as it was.
    fn leave(&self) -> String {
        self.keys(": \"q\" <Enter>");
        let seen = self.until("the shell", |seen| seen.contains("EXIT 0"));
        self.is_restored();
        seen
    }

    /// A key of a script. The same key again at once would be one that is held.
    fn key(&self, word: &str) {
        let again = self.last.replace(word.to_owned()) == word;
        std::thread::sleep(Duration::from_millis(if again { 350 } else { 50 }));
        let named = match word {
            "<Esc>" => "Escape",
            "<PageUp>" => "PPage",
            "<PageDown>" => "NPage",
            other => other.trim_matches(['<', '>']),
        };
        match word.starts_with('<') && word.len() > 1 {
            true => self.tmux(&["send-keys", named]),
            false => self.tmux(&["send-keys", "-l", "--", word]),
        };
    }

    fn keys(&self, keys: &str) {
        words(keys).iter().for_each(|word| self.key(word));
    }

    /// The process that the shell runs.
    fn process(&self) -> String {
        let shell = self.tmux(&["display-message", "-p", "#{pane_pid}"]);
        let shell = shell.trim();
        let children = fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
        children.split_whitespace().next().unwrap().to_owned()
    }

    fn signal(&self, signal: &str) {
        let process = self.process();
        assert!(Command::new("kill").args([signal, &process]).status().unwrap().success());
    }

    /// Whether the terminal is as a shell wants it: lines with an echo, no screen over it.
    fn is_restored(&self) {
        let alternate = self.tmux(&["display-message", "-p", "#{alternate_on} #{cursor_flag}"]);
        assert_eq!(alternate.trim(), "0 1");
        self.line("stty -a | tr ' ;' '\\n\\n' | grep -cx -e icanon -e echo -e isig");
        self.until("stty", |seen| seen.lines().any(|line| line.trim() == "3"));
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = Command::new("tmux").args(["-L", &self.socket, "kill-server"]).output();
    }
}

/// Keys as they are written in tests/keys; what is typed in quotes comes letter by letter.
fn words(keys: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (nth, part) in keys.split('"').enumerate() {
        match nth % 2 {
            0 => all.extend(part.split_whitespace().map(str::to_owned)),
            _ => all.extend(part.chars().map(String::from)),
        }
    }
    all
}

/// The rows of a log, as the scripts write them.
fn rows(study: &TestStudy) -> Vec<String> {
    let log = study.path("coding/c1.csv");
    let text = fs::read_to_string(log).unwrap_or_default();
    let told = |row: &str| {
        let cell: Vec<&str> = row.split(',').collect();
        let told =
            format!("{} {} {} {} {} {}", cell[3], cell[4], cell[5], cell[6], cell[8], cell[9]);
        told.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    text.lines().skip(1).map(told).collect()
}

/// Waits until a log has so many rows.
fn until_rows(study: &TestStudy, n: usize) {
    let began = Instant::now();
    while rows(study).len() < n {
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", rows(study));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_keys_of_the_script_write_the_same_rows_in_a_real_terminal() {
    for (width, height) in [(80, 24), (120, 40)] {
        let name = format!("keys{width}");
        let Some(terminal) = Terminal::open(&name, width, height) else { return };
        let study = TestStudy::new();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys/coding.txt");
        let script = fs::read_to_string(file).unwrap();
        terminal.code(&study);
        let mut wanted = Vec::new();
        for line in script.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix("keys: ") {
                Some(keys) => terminal.keys(keys),
                None if line.starts_with("note ") => {}
                None => wanted.push(line.to_owned()),
            }
        }
        until_rows(&study, wanted.len());
        assert_eq!(rows(&study), wanted, "{width}×{height}");
        let notes = study.read("memos/c1.csv");
        assert!(notes.contains(",A:2,note,a note") && notes.contains(",boundary,cut after"));
        terminal.leave();
    }
}

#[test]
fn the_keys_of_the_meeting_settle_the_same_in_a_real_terminal() {
    for (width, height) in [(80, 24), (120, 40)] {
        let name = format!("meeting{width}");
        let Some(terminal) = Terminal::open(&name, width, height) else { return };
        let study = crate::screen_meeting::sealed();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys/meeting.txt");
        let script = fs::read_to_string(file).unwrap();
        terminal.begin(&study, "resolve", "Who is here?");
        // What is pasted is typed where something is typed, and settles nothing.
        terminal.tmux(&["set-buffer", "nobody knows\nwho\n"]);
        terminal.tmux(&["paste-buffer", "-p"]);
        terminal.until("what was pasted", |seen| seen.contains("nobody knows who"));
        terminal.keys(&"<BSpace> ".repeat("nobody knows who".len()));
        let mut wanted = Vec::new();
        for line in script.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix("keys: ") {
                Some(keys) => terminal.keys(keys),
                None => wanted.push(line.to_owned()),
            }
        }
        let seen = terminal.leave();
        let written = study.read("consensus.csv");
        let (_, written) = written.split_once('\n').unwrap();
        assert_eq!(crate::screen_meeting::rows(written), wanted, "{width}×{height}");
        assert!(seen.contains("Settled ") && seen.contains("log --meeting"), "{seen}");
        assert!(study.run("check").ends_with("[exit 0]\n"));
    }
}

#[test]
fn the_keys_of_both_screens_for_cuts_write_the_same_in_a_real_terminal() {
    let lines = |name: &str| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/keys/{name}.txt"));
        let script = fs::read_to_string(file).unwrap();
        let lines = script.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.map(str::to_owned).collect::<Vec<String>>()
    };
    let Some(terminal) = Terminal::open("cuts", 80, 24) else { return };
    let study = crate::screen_cuts::by_turns();
    terminal.begin(&study, "split --review", "to look at");
    let script = lines("cuts");
    script.iter().filter_map(|it| it.strip_prefix("keys: ")).for_each(|it| terminal.keys(it));
    let seen = terminal.leave();
    let wanted = script.iter().rfind(|it| !it.starts_with("keys: ")).unwrap();
    assert_eq!(crate::cuts::units(&study, "units/A.csv").join(" "), *wanted);
    assert!(seen.contains("Cuts kept "), "{seen}");
    terminal.line("clear");
    let study = crate::screen_cuts::cut_twice();
    terminal.begin(&study, "units settle", "Who is here?");
    let script = lines("cuts-settle");
    script.iter().filter_map(|it| it.strip_prefix("keys: ")).for_each(|it| terminal.keys(it));
    let seen = terminal.leave();
    let wanted: Vec<&String> = script.iter().filter(|it| !it.starts_with("keys: ")).collect();
    assert_eq!(crate::screen_cuts::decided(&study).iter().collect::<Vec<_>>(), wanted);
    assert!(seen.contains("still to decide"), "{seen}");
}

/// Run by the test below in a terminal of its own: takes the terminal and fails.
#[test]
#[ignore = "takes the terminal and fails: run by another test"]
fn a_panic_while_the_screen_has_the_terminal() {
    if std::env::var("THEMATA_TEST_PANIC").is_err() {
        return;
    }
    let mut screen = themata::face::screen::terminal::Screen::take().unwrap();
    screen.terminal.draw(|frame| frame.render_widget("on the screen", frame.area())).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    panic!("told after the screen");
}

#[test]
fn a_panic_gives_the_terminal_back_and_can_be_read() {
    let Some(terminal) = Terminal::open("panic", 80, 24) else { return };
    let own = std::env::current_exe().unwrap();
    let helper = "terminal::a_panic_while_the_screen_has_the_terminal";
    terminal.line(&format!(
        "clear; RUST_BACKTRACE=0 THEMATA_TEST_PANIC=1 {} --ignored --exact {helper} --nocapture; echo EXIT $?",
        own.display()
    ));
    terminal.until("the screen", |seen| seen.contains("on the screen"));
    let seen = terminal.until("the shell", |seen| seen.contains("EXIT 101"));
    assert!(seen.contains("told after the screen"), "{seen}");
    terminal.is_restored();
}

#[test]
fn what_is_pasted_into_a_real_terminal_decides_nothing_and_sizes_that_change_disturb_nothing() {
    let Some(terminal) = Terminal::open("paste", 80, 24) else { return };
    let study = TestStudy::new();
    terminal.code(&study);
    terminal.tmux(&["set-buffer", "1 2 0 x  z q 1 and so on\n1\n"]);
    // As terminals do that mark a paste, and as one that does not.
    for marked in [&["paste-buffer", "-p"][..], &["paste-buffer"]] {
        terminal.tmux(marked);
        terminal.until("what is said of it", |seen| seen.to_lowercase().contains("past"));
        terminal.keys("<Esc>");
        std::thread::sleep(Duration::from_millis(300));
        assert_eq!(rows(&study), [""; 0]);
    }
    for size in [(60, 16), (200, 60), (20, 5), (61, 17), (3, 2), (132, 43), (80, 24)] {
        let (width, height) = (size.0.to_string(), size.1.to_string());
        terminal.tmux(&["resize-window", "-x", &width, "-y", &height]);
    }
    terminal.until("the unit", |seen| seen.contains("P1: Somebody sent"));
    terminal.keys("1 <Space>");
    until_rows(&study, 2);
    terminal.until("the next unit", |seen| seen.contains("A:3-4") && seen.contains("saved:"));
}

#[test]
fn signals_give_the_terminal_back_and_lose_nothing() {
    for (signal, exit) in [("-TERM", "EXIT 130"), ("-HUP", "EXIT 130"), ("-INT", "EXIT 130")] {
        let name = signal.trim_start_matches('-').to_lowercase();
        let Some(terminal) = Terminal::open(&name, 80, 24) else { return };
        let study = TestStudy::new();
        terminal.code(&study);
        terminal.keys("2 w 1");
        terminal.until("what is saved", |seen| seen.contains("saved: A:2 tone warm"));
        terminal.signal(signal);
        terminal.until(signal, |seen| seen.contains(exit));
        terminal.is_restored();
        assert_eq!(rows(&study), ["A:2 leadership rotating screen", "A:2 tone warm screen"]);
    }
    // Put aside, and taken up again: the same screen, and the same session.
    let Some(terminal) = Terminal::open("stop", 80, 24) else { return };
    let study = TestStudy::new();
    terminal.code(&study);
    terminal.keys("2");
    terminal.until("what is saved", |seen| seen.contains("saved: A:2 leadership"));
    terminal.signal("-TSTP");
    terminal.until("the shell", |seen| seen.contains("EXIT 147"));
    terminal.is_restored();
    terminal.line("fg");
    terminal.until("the screen", |seen| seen.contains("BLIND") && seen.contains("P1: Somebody"));
    terminal.keys("w 2");
    until_rows(&study, 2);
    terminal.keys(": \"q\" <Enter>");
    terminal.until("the shell", |seen| !seen.contains("BLIND"));
    assert_eq!(rows(&study), ["A:2 leadership rotating screen", "A:2 tone cold screen"]);
}

#[test]
fn a_screen_killed_at_any_moment_has_kept_what_it_showed_as_saved() {
    let study = fifty();
    let mut next = chance(5);
    for round in 0..kills(8) {
        let Some(terminal) = Terminal::open(&format!("kill{round}"), 80, 24) else { return };
        terminal.code(&study);
        let before = rows(&study).len();
        for _ in 0..1 + next(6) {
            terminal.keys("1 w 2 <Space>");
        }
        std::thread::sleep(Duration::from_millis(next(60) as u64));
        let seen = terminal.seen();
        terminal.signal("-KILL");
        terminal.until("the shell", |seen| seen.contains("EXIT 137"));
        let log = study.read("coding/c1.csv");
        let now = rows(&study);
        assert!(now.len() > before && log.ends_with('\n'), "{round}: {log}");
        // `saved: A:2 leadership horizontal`: in the log.
        let shown = seen.lines().find_map(|line| line.trim().strip_prefix("saved: "));
        let told: Vec<&str> = shown.unwrap_or_default().split_whitespace().collect();
        if let [unit, dimension, codes, ..] = told.as_slice() {
            let row = format!("{unit} {dimension} {codes} screen");
            assert!(now.iter().any(|it| it.starts_with(&row)), "{round}: {row} is not in {now:?}");
        }
        let checked = study.run("check");
        assert!(checked.ends_with("[exit 0]\n"), "{round}: {checked}");
    }
}

/// How often a program is killed; `THEMATA_KILLS=200` does it as often as one likes.
fn kills(few: usize) -> usize {
    std::env::var("THEMATA_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(few)
}

/// Begins a session, gives it some of these keys, kills it at any moment, and returns what it showed as saved last.
fn killed(
    study: &TestStudy,
    command: &str,
    says: &str,
    keys: &[&str],
    wait: u64,
) -> Option<String> {
    let name = format!("killed-{}", command.split(' ').next().unwrap_or_default());
    let terminal = Terminal::open(&name, 80, 24)?;
    terminal.begin(study, command, says);
    keys.iter().for_each(|it| terminal.keys(it));
    std::thread::sleep(Duration::from_millis(wait));
    let seen = terminal.seen();
    terminal.signal("-KILL");
    terminal.until("the shell", |seen| seen.contains("EXIT 137"));
    let checked = study.run("check");
    assert!(checked.ends_with("[exit 0]\n"), "{command}: {checked}");
    let shown = seen.lines().find_map(|line| line.trim().strip_prefix("saved: "));
    Some(shown.unwrap_or_default().to_owned())
}

#[test]
fn a_meeting_killed_at_any_moment_has_kept_what_it_showed_as_saved() {
    let mut next = chance(9);
    let study = crate::screen_meeting::sealed();
    let command = "resolve --present c1,c2";
    for _ in 0..kills(2) {
        // Taken back at the end, so that there is always something to settle.
        let keys = ["1 s <Enter>", "2 o \"why\" <Enter>", "z", "z"];
        let keys = &keys[..1 + next(keys.len())];
        let Some(shown) = killed(&study, command, "discrepancies", keys, next(40) as u64) else {
            return;
        };
        let file = study.read("consensus.csv");
        assert!(file.ends_with('\n'), "{file}");
        let told: Vec<&str> = shown.split_whitespace().collect();
        if let [unit, dimension, ..] = told.as_slice() {
            assert!(file.contains(&format!(",{unit},{dimension},")), "{shown}: {file}");
        }
        let _ = study.typed(command, "z\nz\nz\nq\n");
    }
}

#[test]
fn cuts_killed_at_any_moment_are_kept_as_they_were_shown() {
    let mut next = chance(13);
    let study = crate::screen_cuts::by_turns();
    for _ in 0..kills(2) {
        let keys = ["d", "k", "d", "k"];
        let keys = &keys[..1 + next(keys.len())];
        let wait = next(40) as u64;
        let Some(shown) = killed(&study, "split --review", "to look at", keys, wait) else {
            return;
        };
        let units = crate::cuts::units(&study, "units/A.csv");
        // `saved: A:2-3 dropped`: that stretch is one unit, or lies in one that was made of it since.
        if let Some((at, _)) = shown.split_once(' ') {
            let span =
                |text: &str| text.parse::<themata::domain::locator::Locator>().unwrap().span();
            let holds = |unit: &String| {
                let unit = unit.trim_start_matches('!').split(' ').next().unwrap();
                let (unit, said) = (span(unit), span(at));
                unit.first <= said.first && said.last <= unit.last
            };
            assert!(units.iter().any(holds), "{shown}: {units:?}");
        }
        study.run("split --by turn");
    }
    let study = crate::screen_cuts::cut_twice();
    for round in 0..kills(2) {
        let keys = ["c \"why\" <Enter>", "n \"so\" <Enter>"];
        let keys = &keys[..1 + next(keys.len())];
        let wait = next(40) as u64;
        let command = "units settle --present c1";
        let says = "differences";
        if round > 0 {
            let _ = study.typed(command, "z\nz\nz\nq\n");
        }
        let Some(shown) = killed(&study, command, says, keys, wait) else { return };
        let decided = crate::screen_cuts::decided(&study);
        let place = shown.split(' ').next().unwrap_or_default();
        assert!(decided.iter().any(|it| it.contains(place)), "{shown}: {decided:?}");
    }
}

#[test]
fn a_second_screen_on_the_same_cuts_opens_to_look_only() {
    let (Some(first), Some(second)) =
        (Terminal::open("first", 80, 24), Terminal::open("second", 80, 24))
    else {
        return;
    };
    let study = crate::screen_cuts::by_turns();
    first.begin(&study, "split --review", "to look at");
    second.begin(
        &study,
        "split --review",
        "look only: another session has had units/ for 0 minutes",
    );
    second.keys("d f <Space>");
    let seen = second.until("why", |seen| seen.contains("look only"));
    assert!(seen.contains("4 of 4 cuts"), "{seen}");
    second.leave();
    assert!(study.typed("split --review", "q\n").contains("another program is writing"));
    first.keys("d");
    first.until("what is saved", |seen| seen.contains("dropped"));
    first.leave();
}

#[test]
fn a_window_that_is_closed_ends_the_program_and_frees_the_log() {
    // Whether the signal or the end of the terminal is seen first is chance: several windows meet both.
    let mut open = Vec::new();
    for nth in 0..kills(8) {
        let Some(terminal) = Terminal::open(&format!("closed-{nth}"), 80, 24) else { return };
        let study = fifty();
        terminal.code(&study);
        terminal.keys("1 <Space>");
        let process = terminal.process();
        terminal.tmux(&["kill-server"]);
        open.push((study, process));
    }
    let began = Instant::now();
    for (study, process) in &open {
        let lives =
            || Command::new("kill").args(["-0", process]).output().unwrap().status.success();
        while lives() {
            assert!(began.elapsed() < Duration::from_secs(30), "it goes on without a window");
            std::thread::sleep(Duration::from_millis(50));
        }
        let seen = study.run("undo --coder c1");
        assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    }
}

#[test]
fn a_result_is_as_wide_as_the_terminal_on_which_it_stands() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities");
    let program = env!("CARGO_BIN_EXE_themata");
    for (width, at_least) in [(60, 0), (80, 0), (140, 101)] {
        let Some(terminal) = Terminal::open(&format!("page{width}"), width, 60) else { return };
        for asked in ["matrix", "quotes --limit 1", "agree --dimension conflict"] {
            let study = example.display();
            let end = asked.split(' ').next().unwrap();
            terminal.line(&format!("clear; {program} -C {study} {asked}; echo END-{end} $?"));
            let seen = terminal.until(asked, |seen| seen.contains(&format!("END-{end} 0")));
            // What is wider than the terminal goes on in a line that begins with no border.
            let lines: Vec<&str> = seen.lines().filter(|line| line.contains('┆')).collect();
            assert!(!lines.is_empty(), "{seen}");
            assert!(
                lines.iter().all(|line| line.starts_with('│') && line.ends_with('│')),
                "{seen}"
            );
            // A note goes on in a new line between words, not within one.
            let cut = "A code or dimension counts each unit given it or anything beneath it, once.";
            if asked == "matrix" && width < 75 {
                assert!(!seen.contains(&cut[..usize::from(width)]), "{seen}");
                assert!(seen.contains("A code or dimension counts each unit given"), "{seen}");
            }
            if asked.starts_with("quotes") {
                let widest = lines.iter().map(|line| line.chars().count()).max().unwrap();
                assert!(widest >= at_least, "{widest} of {width}: {seen}");
            }
        }
    }
}
