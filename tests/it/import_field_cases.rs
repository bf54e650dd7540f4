//! Cases that users of this and neighbouring programs complained about in public, where they lie beside the
//! repository; each kind of them has a generator of its own in `import_forms`.

use std::fs;

use themata::unitize::draft::Draft;
use themata::unitize::import::{self, Options};

use crate::import_real::set;
use crate::support::TestStudy;

/// Nine people, and how many turns each has.
const NINE: &str = "Moderator 12, Peter 3, Tom 5, Luis 3, Ana 4, Kim 10, Olga 6, Ines 6, Zoe 2";
/// The same, as machines number them.
const NUMBERED: [u32; 9] = [12, 3, 5, 3, 4, 10, 6, 6, 2];

/// Paragraphs, those without speaker, words, and turns of each.
fn told(draft: &Draft) -> String {
    let silent = draft.paragraphs.iter().filter(|it| it.label.is_none()).count();
    let words: u64 = draft.labels.iter().map(|it| it.words).sum();
    let labels: Vec<String> =
        draft.labels.iter().map(|it| format!("{} {}", it.text, it.turns)).collect();
    format!("{} ({silent}), {words}: {}", draft.paragraphs.len(), labels.join(", "))
}

fn read(folder: &std::path::Path, file: &str, declared: &[String]) -> Draft {
    let bytes = fs::read(folder.join(file)).unwrap();
    let options = Options { declared, ..Options::default() };
    import::read(file, &bytes, &options).unwrap_or_else(|it| panic!("{file}: {:?}", it.what)).draft
}

#[test]
fn every_case_from_the_field_is_read_as_its_author_meant_it() {
    let Some(folder) = set("field-cases") else { return };
    let numbered = |name: &str, first: usize, digits: usize| {
        let people = NUMBERED.iter().enumerate();
        let people = people.map(|(at, n)| format!("{name}{:0digits$} {n}", at + first));
        people.collect::<Vec<_>>().join(", ")
    };
    let nine = format!("62 (0), 781: {NINE}");
    let with = |kim: &str| nine.replace("Kim", kim);
    let four = "10 (0), 58: Moderator 3, Ana 3, Luis 2, Kim 2".to_owned();
    for (file, expected) in [
        ("I01/tab60.txt", nine.clone()),
        ("I03/above60.txt", nine.clone()),
        ("I04/wordtr.docx", format!("65 (3), 781: {}", numbered("Speaker ", 1, 1))),
        ("I06/atrain.txt", format!("124 (0), 864: {}", numbered("SPEAKER_", 0, 2))),
        ("I07/happyscribe2.txt", format!("62 (0), 781: {}", numbered("Speaker ", 1, 1))),
        ("I08/brk60.txt", nine.clone()),
        ("I10/tblnvivo.docx", nine.clone()),
        ("I11/tbl2.docx", nine.clone()),
        ("I12/interp.txt", nine.replace("Zoe", "Transl.")),
        ("I14/onepipe.txt", with("Kim | NGO")),
        ("I15/onesq.txt", with("Kim [online]")),
        ("I16/oneemoji.txt", with("🌻Kim")),
        ("I18/onelong.txt", with("Member of the Parents Council of the Primary School")),
        ("I22/qchash.txt", nine.clone()),
        ("I24/glued.txt", four.clone()),
        ("I25/qcbrace.txt", nine.clone()),
        ("I26/hdot.txt", nine.clone()),
        ("I28/f4trail.txt", four.clone()),
        ("I29/bracketend.txt", four),
        ("I30/numpar.txt", nine.clone()),
        ("I32/elancols.txt", nine.clone()),
        ("I34/two.csv", nine.clone()),
        ("I36/c5.csv", nine.clone()),
        ("I39/brack.srt", nine.clone()),
        ("I41/fp.txt", "15 (0), 68: Moderator 2, P1 3, P2 2".to_owned()),
        ("I42/twocol.pdf", nine.replace("781", "1562")),
        ("I45/fg.txt", "3 (0), 22: Moderadora 1, P1 1, P2 1".to_owned()),
    ] {
        assert_eq!(told(&read(&folder, file, &[])), expected, "{file}");
    }
    let changes = read(&folder, "I37/gt_only.vtt", &[]);
    assert_eq!(changes.paragraphs.len(), 62, "a change of speaker is a paragraph");
    let damaged = read(&folder, "I45/fg.txt", &[]);
    assert!(damaged.notes.iter().any(|it| it.key == "import.note.damaged"));
    let left_out = read(&folder, "I34/two.csv", &[]);
    assert!(left_out.notes.iter().any(|it| it.key == "tabular.left_out"));
    // I20: a label that the list of speakers names is one.
    let named = read(&folder, "I20/onepipe.txt", &["Kim | NGO".to_owned()]);
    assert_eq!(told(&named), with("Kim | NGO"));
}

#[test]
fn two_names_that_make_one_id_are_two_cases_and_so_are_two_folders_with_a_file_of_one_name() {
    let study = TestStudy::empty("en", &["c1"], crate::desk::CODEBOOK);
    let mut files = String::new();
    for (file, text) in [
        ("in/Peña.txt", "Moderator: Who came?\nP1: I did, in the spring.\nP2: Me too.\n"),
        ("in/Pena.txt", "Moderator: Who left?\nP1: I did, in the autumn.\nP2: Not me.\n"),
        ("in/a/talk.txt", "Moderator: Why?\nP1: Because.\nP2: No.\n"),
        ("in/b/talk.txt", "Moderator: When?\nP1: Then.\nP2: Yes.\n"),
    ] {
        study.write(file, text);
        files.push_str(&format!(" '{}'", study.path(file).display()));
    }
    let out = study.run(&format!("import{files}"));
    assert!(out.contains("`--case talk` puts both into one"), "{out}");
    assert_eq!(
        study.read("cases.csv"),
        "case,name\nPena,Peña\nPena-2,Pena\ntalk,talk\ntalk-2,talk (b)\n"
    );
    let people = study.read("participants.csv");
    for row in ["P1,P1,Pena,", "Pena-2-P1,P1,Pena-2,", "talk-P1,P1,talk,", "talk-2-P1,P1,talk-2,"] {
        assert!(people.contains(row), "{row} in\n{people}");
    }
}

/// The transcript of many cases, brought in and cut.
const IMPORT: &str = "import @FG1.txt -q";
const SPLIT: &str = "split --by turn -q";

/// A study of one field case, made in a folder of its own by these commands; what the last one said.
fn run_in(case: &str, commands: &[&str]) -> Option<(u8, String)> {
    let folder = set("field-cases")?.join(case);
    let study = tempfile::tempdir().unwrap();
    let mut last = (0, String::new());
    for command in commands {
        if let Some(file) = command.strip_prefix("read ") {
            last = (0, fs::read_to_string(study.path().join("s").join(file)).unwrap());
            continue;
        }
        let words = command.split(' ').map(|word| match word.strip_prefix('@') {
            Some(file) => folder.join(file).display().to_string(),
            None => word
                .replace("STUDY", &study.path().join("s").display().to_string())
                .replace("OTHER", &study.path().join("t").display().to_string()),
        });
        let words: Vec<String> = words.collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // `in t COMMAND` runs in another study beside it.
        let (place, words) = match words.as_slice() {
            ["in", place, words @ ..] => (study.path().join(place), words.to_vec()),
            _ => (study.path().join("s"), words),
        };
        let run = crate::program::themata(&place, &words);
        last = (run.status, run.out + &run.err);
    }
    Some(last)
}

#[test]
fn cases_of_whole_studies_from_the_field() {
    let one = ["init STUDY --coder c1 -q", IMPORT, SPLIT];
    // S03: what was taken back comes in again.
    let two = ["init STUDY --coder c1 --coder c2 -q", one[1], one[2]];
    let receive = "receive @answers.csv --coder c1";
    let commands = [&two[..], &[receive, "undo --coder c1", receive]].concat();
    let Some((status, said)) = run_in("S03", &commands) else { return };
    assert!(status == 0 && said.contains("2 new"), "{said}");
    // S04: a sheet whose rows were shuffled is refused with its row.
    let made =
        ["init STUDY --title base --codebook @cb.csv --coder c1 --coder c2 -q", one[1], one[2]];
    let (status, said) = run_in("S04", &[&made[..], &["receive @f_sorted.xlsx"]].concat()).unwrap();
    assert!(status == 3 && said.contains("f_sorted.xlsx:D3: the text in this row"), "{said}");
    // X01: a quotation that no cell holds is said to be cut.
    let whole = [
        "init STUDY --codebook @cb.csv --coder c1 -q",
        "import @long.txt -q",
        "split --by paragraph -q",
        "receive @d.csv --coder c1 -q",
        "seal --coder c1 --incomplete test -q",
        "matrix --cell quotes -o STUDY/reports/t.xlsx",
    ];
    let (status, said) = run_in("X01", &whole).unwrap();
    assert!(status == 0 && said.contains("more text than a spreadsheet can"), "{said}");
    // X02: units by codes as 0 and 1; nothing is decided yet.
    let wide = "export --wide codes --coder c1 --format csv";
    let (status, said) = run_in("X02", &[&one[..], &[wide]].concat()).unwrap();
    assert!(status == 0 && said.starts_with("unit,coder,leadership,"), "{said}");
    // I21: no name stays at the beginning of a line.
    let text = run_in(
        "I21",
        &[
            "init STUDY --coder c1 -q",
            "import --pseudonyms STUDY.key.csv @tab60.txt @onepipe.txt",
            "split --by turn",
            "units show --with-moderator",
        ],
    );
    let (_, shown) = text.unwrap();
    for name in ["Peter", "Kim", "Tom", "Olga"] {
        assert!(!shown.contains(name), "{name} in {shown}");
    }
}

/// Every case, and the test that holds it: its file and its name.
const HELD: [(&str, &str, &str); 5] = [
    (
        "A01 A03 A04 A06 A07 A08 A10 A11 A13 A14 A15 A16 A18 A19 A20 A22 A24 A25 A26 A27 A29 A31 A32 A33 B01",
        include_str!("agree_files.rs"),
        "fn the_cases_from_the_field_come_out_right(",
    ),
    (
        "I01 I03 I04 I06 I07 I08 I10 I11 I12 I14 I15 I16 I18 I20 I22 I24 I25 I26 I28 I29 I30 I32 I34 I36 I37 I39 I41 I42 I45",
        include_str!("import_field_cases.rs"),
        "fn every_case_from_the_field_is_read_as_its_author_meant_it(",
    ),
    (
        "I21 S03 S04 X01 X02",
        include_str!("import_field_cases.rs"),
        "fn cases_of_whole_studies_from_the_field(",
    ),
    (
        "C01 C02 C03 C06 C07 S06",
        include_str!("import_field_cases.rs"),
        "fn codebooks_from_the_field_are_read_or_refused_with_a_way(",
    ),
    (
        "S01",
        include_str!("import_field_cases.rs"),
        "fn two_names_of_the_field_that_make_one_id_are_two_cases(",
    ),
];

#[test]
fn every_case_from_the_field_has_a_test() {
    let Some(folder) = set("field-cases") else { return };
    let mut held: Vec<&str> = HELD.iter().flat_map(|it| it.0.split(' ')).collect();
    held.sort_unstable();
    let mut there: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    there.sort_unstable();
    assert_eq!(held, there);
    for (cases, source, test) in HELD {
        let body = source.split(&format!("\n{test}")).nth(1).unwrap();
        let body = body.split("\n}\n").next().unwrap();
        for case in cases.split(' ') {
            assert!(body.contains(case), "{test} does not try {case}");
        }
    }
}

#[test]
fn codebooks_from_the_field_are_read_or_refused_with_a_way() {
    // The cases: C01, C02, C03 and C06 with their trees, C07 refused, S06 brought together.
    for (case, file, tree) in [
        ("C01", "taguette.csv", "all-codes trust,all-codes trust-money,all-codes cost"),
        ("C02", "requal.csv", "all-codes Trust,all-codes Cost"),
        ("C03", "dedoose.csv", "Trust,Trust Money,Cost"),
        ("C06", "title.xlsx", "Trust money,Trust loans,Cost C1,Cost C2"),
    ] {
        let init = format!("init STUDY --codebook @{file} --coder c1 -q");
        let commands = [init.as_str(), "codebook show --format csv"];
        let Some((status, said)) = run_in(case, &commands) else { return };
        assert_eq!(status, 0, "{case}: {said}");
        for entry in tree.split(',') {
            let cells: Vec<&str> = entry.split(' ').collect();
            let is_there =
                |line: &str| cells.iter().all(|it| line.split(',').any(|own| own == *it));
            assert!(said.lines().any(is_there), "{case}: {entry} in {said}");
        }
    }
    let told = run_in("C06", &["init STUDY --codebook @title.xlsx --coder c1"]).unwrap();
    assert!(told.1.contains("2 row(s) leave the dimension blank"), "{}", told.1);
    let day = run_in("C07", &["init STUDY --codebook @date.xlsx --coder c1 -q"]).unwrap();
    assert!(day.0 == 3 && day.1.contains("date.xlsx:B2") && day.1.contains("as text"), "{}", day.1);
    // S06: each coder makes a study of the same table, in a folder of another name; then one brings in the other's log.
    let other = |command: &str| format!("in t {command}");
    let own = ["init OTHER --codebook @cb.csv --coder c1 --coder c2 -q", IMPORT, SPLIT].map(other);
    let commands = [
        "init STUDY --codebook @cb.csv --coder c1 --coder c2 -q",
        IMPORT,
        SPLIT,
        own[0].as_str(),
        own[1].as_str(),
        own[2].as_str(),
        "in t receive @all.csv --coder c2 -q",
        "receive OTHER/coding/c2.csv",
    ];
    let (status, said) = run_in("S06", &commands).unwrap();
    assert!(status == 0 && said.contains("14 rows brought in"), "{said}");
}

#[test]
fn two_names_of_the_field_that_make_one_id_are_two_cases() {
    let made = ["init STUDY --coder c1 -q", "import @Peña.txt @Pena.txt -q"];
    let Some((_, cases)) = run_in("S01", &[&made[..], &["read cases.csv"]].concat()) else {
        return;
    };
    assert_eq!(cases, "case,name\nPena,Peña\nPena-2,Pena\n");
    let (_, people) = run_in("S01", &[&made[..], &["read participants.csv"]].concat()).unwrap();
    assert!(people.contains("P1,P1,Pena,") && people.contains("Pena-2-P1,P1,Pena-2,"), "{people}");
}
