//! Every line of what a study has as YAML: settings, codebook and its versions, displays of a team's own.

use std::path::Path;

use super::{results, silent, worked};
use crate::support::TestStudy;

/// Settings with all that they can hold.
const SETTINGS: &str = "\
format: 1
title: Small
language: en
coders:
  - id: c1
    name: Ana
  - id: c2
    name: Ben
  - id: llm
    name: A machine
    kind: machine
    model: m
    version: \"2\"
    prompt_sha256: 0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a
    run_at: 2026-03-01
    where: own computer
agreement: \"yes\"
require: percent_agreement>=0.1
asking: each
ethics:
  committee: Board
  number: \"7\"
  date: 2026-01-05
";

/// The codebook under which was decided.
const BEFORE: &str = "\
title: Small
dimensions:
  - id: lead
    select: many
    codes:
      - id: equal
      - id: rotating
      - id: chair
      - id: convener
  - id: tone
    select: one
    codes:
      - id: warm
      - id: cold
";

/// The codebook in force: a dimension and a code have new names, one code went into another.
const CODEBOOK: &str = "\
title: Small
version: 2
unit: A turn.
dimensions:
  - id: leadership
    name:
      en: Distributed leadership
      es: Liderazgo distribuido
    select: many
    replaces:
      - lead
    brief: Who moves the community forward.
    definition: Accounts of who convenes and decides.
    use_when: The chair moves on.
    not_when: It is about money.
    examples:
      - This month it is me.
    color: \"#1b6ca8\"
    codes:
      - id: horizontal
        replaces:
          - equal
        keywords:
          - equal
      - id: rotating
        name: Rotating roles
        codes:
          - id: chair
            merged_from:
              - convener
  - id: tone
    select: one
    scale: ordered
    codes:
      - id: warm
      - id: cold
";

/// Displays that a team saved.
const DISPLAYS: &str = "\
displays:
  - name: tones
    question:
      en: Who is warm?
      es: ¿Quién es cálido?
    source: ours
    command: matrix --rows participant --columns code --cell units
";

/// Fields whose text has a form; elsewhere people write what they like.
const FORMED: [&str; 18] = [
    "format",
    "language",
    "id",
    "kind",
    "prompt_sha256",
    "run_at",
    "where",
    "agreement",
    "require",
    "asking",
    "select",
    "scale",
    "color",
    "replaces",
    "merged_from",
    "command",
    "en",
    "es",
];

/// A study whose YAML has everything.
fn study() -> TestStudy {
    let study = worked(
        TestStudy::of("en", &["c1", "c2"], BEFORE),
        [
            &["A:2 lead equal", "A:2 tone warm", "B:1 lead chair", "A:3-4 tone cold"],
            &["A:2 lead rotating", "A:2 tone warm", "B:1 lead convener", "B:1 tone cold"],
        ],
    );
    study.write("codebook.yaml", CODEBOOK);
    study.write("themata.yaml", SETTINGS);
    study.write("displays.yaml", DISPLAYS);
    // What is named nowhere else may be called anything.
    let named = ["leadership", "horizontal", "rotating", "chair", "tone", "warm", "cold"];
    let named = named.map(|code| format!("of {code},{code},\n"));
    study.write("concepts.csv", &format!("concept,code,question\n{}", named.concat()));
    let seen = study.run("assign --coder llm --case A --round main");
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    let seen = study.run("check");
    assert!(seen.starts_with("0 problems"), "{seen}");
    study
}

/// What everybody may see, and what settings and displays have a part in.
fn seen(study: &TestStudy) -> Vec<String> {
    let more = [
        "matrix --columns code --from any --long",
        "matrix --columns dimension --cell median",
        "agree --require",
        "display tones",
        "status",
    ];
    let mut all = results(study);
    all.extend(more.map(|line| study.run(line)));
    // The codebook in force is named by a hash of its file, which tells that something else stands in it.
    let version = regex::Regex::new("v-[0-9a-f]{12}").unwrap();
    all.iter().map(|it| version.replace_all(it, "v-").into_owned()).collect()
}

/// A line of a file: how far it is indented, dash included, its key, and what is said of it.
struct Line<'a> {
    indent: &'a str,
    key: &'a str,
    value: &'a str,
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        let inner = line.trim_start_matches([' ', '-']);
        let indent = &line[..line.len() - inner.len()];
        match inner.split_once(':') {
            Some((key, value)) => Self { indent, key, value: value.trim() },
            None => Self { indent, key: "", value: inner },
        }
    }

    fn is_item(&self) -> bool {
        self.indent.ends_with("- ")
    }

    fn written(&self, key: &str, value: &str) -> String {
        let colon = if key.is_empty() { "" } else { ": " };
        format!("{}{key}{colon}{value}\n", self.indent)
    }

    /// The same key once more on a line of its own.
    fn again(&self) -> String {
        let indent = self.indent.replace('-', " ");
        format!("{indent}{}: {}\n", self.key, if self.value.is_empty() { "[]" } else { self.value })
    }
}

/// A file with the line of this number written otherwise.
fn with_line(text: &str, nth: usize, line: &str) -> String {
    let lines = text.split_inclusive('\n').enumerate();
    lines.map(|(at, it)| if at == nth { line } else { it }).collect()
}

/// A file without the item that begins on this line.
fn without_item(text: &str, nth: usize) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let depth = Line::of(lines[nth]).indent.len();
    let inside = |it: &&&str| it.len() - it.trim_start().len() >= depth;
    let more = lines[nth + 1..].iter().take_while(inside).count();
    [&lines[..nth], &lines[nth + 1 + more..]].concat().concat()
}

/// The key under which each line stands, where it has none of its own.
fn keys(text: &str) -> Vec<&str> {
    let mut last = "";
    let key = |line| {
        let own = Line::of(line).key;
        if !own.is_empty() {
            last = own;
        }
        last
    };
    text.lines().map(key).collect()
}

/// What a person is not told of a damage that has to be told: by `check`, with file and line, and that no command works with.
fn untold(study: &TestStudy, file: &str, damaged: &str, line: usize) -> Option<String> {
    let sound = study.read(file);
    study.write(file, damaged);
    let checked = study.run("check");
    study.write(file, &sound);
    let place = format!("{file}:{line}");
    let is_there = |it: &str| it.strip_prefix(&place).is_some_and(|rest| rest.starts_with(':'));
    let told = checked.lines().any(is_there) && checked.contains("\n  fix: ");
    (!told || !checked.ends_with("[exit 1]\n")).then(|| format!("{place}: {checked}"))
}

const FILES: [(&str, &str); 3] =
    [("themata.yaml", SETTINGS), ("codebook.yaml", CODEBOOK), ("displays.yaml", DISPLAYS)];

#[test]
fn a_wrong_value_in_yaml_is_said_or_changes_nothing() {
    let study = study();
    let before = seen(&study);
    let (mut changes, mut found) = (0, Vec::new());
    for (file, text) in FILES {
        for (nth, (line, under)) in text.lines().zip(keys(text)).enumerate() {
            let line = Line::of(line);
            let kinds = ["[x]", "{x: y}", "5"];
            let mut wrong: Vec<String> = kinds.map(str::to_owned).to_vec();
            if FORMED.contains(&under) && !["en", "es"].contains(&under) {
                let mut off = line.value.trim_matches('"').to_owned();
                let last = off.pop();
                off.push(if last == Some('7') { '8' } else { '7' });
                wrong.extend(["\"%%\"".to_owned(), "Zq9".to_owned(), format!("\"{off}\"")]);
            }
            if line.value.is_empty() || under == "require" && line.value.contains('7') {
                continue;
            }
            for wrong in wrong {
                // Another limit is a limit; a label may be a number.
                let is_right = under == "require" && wrong.contains("0.7")
                    || under == "version" && wrong == "5";
                if is_right {
                    continue;
                }
                let damaged = with_line(text, nth, &line.written(line.key, &wrong));
                let told = format!("{file}:{} {under}: {wrong}", nth + 1);
                let damaged = damaged.as_bytes();
                found.extend(silent(&study, &before, seen, &study.path(file), damaged, told));
                changes += 1;
            }
        }
    }
    assert!(found.is_empty(), "nothing is said of {found:#?}");
    assert!(changes > 150, "{changes}");
}

#[test]
fn a_misspelt_or_doubled_key_is_said_with_its_line() {
    let study = study();
    let mut found = Vec::new();
    for (file, text) in FILES {
        for (nth, line) in text.lines().enumerate() {
            let line = Line::of(line);
            if line.key.is_empty() {
                continue;
            }
            for key in [format!("{}q", line.key), line.key[1..].to_owned()] {
                let damaged = with_line(text, nth, &line.written(&key, line.value));
                found.extend(untold(&study, file, &damaged, nth + 1));
            }
            let whole = text.lines().nth(nth).unwrap();
            let twice = match line.is_item() {
                true => format!("{whole}\n{}", line.again()),
                false => format!("{}{whole}\n", line.again()),
            };
            // At the second, or at the first where that is of no right kind itself.
            let damaged = with_line(text, nth, &twice);
            let at_second = untold(&study, file, &damaged, nth + 2);
            found.extend(at_second.and_then(|_| untold(&study, file, &damaged, nth + 1)));
        }
    }
    assert!(found.is_empty(), "nothing is said of {found:#?}");
}

#[test]
fn an_item_that_something_names_is_not_taken_out_of_yaml_in_silence() {
    let study = study();
    let before = seen(&study);
    let mut found = Vec::new();
    for (file, text) in &FILES[..2] {
        for nth in (0..text.lines().count())
            .filter(|nth| text.lines().nth(*nth).is_some_and(|line| Line::of(line).is_item()))
        {
            let damaged = without_item(text, nth);
            let told = format!("{file}:{} without", nth + 1);
            let damaged = damaged.as_bytes();
            found.extend(silent(&study, &before, seen, &study.path(file), damaged, told));
        }
    }
    assert!(found.is_empty(), "nothing is said of {found:#?}");
}

#[test]
fn a_version_that_was_changed_or_is_missing_is_said() {
    let study = study();
    let folder = study.path("codebooks");
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
    assert!(!files.is_empty());
    let is_said = |file: &Path, told: String| {
        let seen = study.run("check");
        let name = file.file_name().unwrap().to_str().unwrap();
        let version = name.trim_end_matches(".yaml");
        let is_named = seen.contains(version) || seen.contains("not in codebooks/");
        assert!(is_named && seen.ends_with("[exit 1]\n"), "{told}: {seen}");
    };
    for file in files {
        let sound = std::fs::read_to_string(&file).unwrap();
        for nth in 0..sound.lines().count() {
            let line = sound.lines().nth(nth).unwrap();
            std::fs::write(&file, with_line(&sound, nth, &format!("{line}x\n"))).unwrap();
            is_said(&file, format!("line {}", nth + 1));
        }
        std::fs::remove_file(&file).unwrap();
        is_said(&file, "missing".to_owned());
        std::fs::write(&file, sound).unwrap();
    }
}

#[test]
fn a_language_that_somebody_speaks_is_no_slip_of_another() {
    let codebook =
        crate::desk::CODEBOOK.replacen("{id: warm}", "{id: warm, name: {en: Warm, esu: Puqla}}", 1);
    assert!(codebook.contains("esu"), "{codebook}");
    let told = |language: &str| TestStudy::empty(language, &["c1"], &codebook).run("check");
    assert!(told("en").contains("esu"), "{}", told("en"));
    assert!(!told("esu").contains("esu"), "{}", told("esu"));
}
