//! How services and programs for transcription lay out who speaks and when, made at random with the right answer
//! known: names before and after times, above and beside speech, with marks, counts and brackets of every kind.

use std::fmt::Write as _;

use themata::unitize::import::{self, Options};

use crate::import_forms::{Dice, NAMES, Turn, check, clock};

/// Names that are no two words of which the second could be speech, for forms in which a blank alone parts.
const SHORT: [&str; 12] = [
    "ANA",
    "WILL",
    "MARTA",
    "BO",
    "ÓSCAR",
    "KIM",
    "ZOE",
    "MODERATOR",
    "ŞULE",
    "TARIQ",
    "LEA",
    "INÉS",
];

#[test]
fn marks_between_labels_and_speech_that_no_list_foresees_alone() {
    check("marks", "a.txt", &NAMES, 0, |dice, turns| {
        let mark = dice.of(&[
            " / ", "; ", ":- ", ": - ", ":— ", ": – ", ":: ", ".— ", "— ", " >> ", " = ", " · ",
            " ~ ",
        ]);
        turns.iter().map(|(who, said)| format!("{who}{mark}{said}\n")).collect()
    });
}

#[test]
fn labels_between_marks_of_every_kind() {
    check("marks around", "a.txt", &NAMES, 0, |dice, turns| {
        let form = dice.roll(6);
        let mut out = String::new();
        for (who, said) in turns {
            match form {
                0 => writeln!(out, "«{who}» {said}").unwrap(),
                1 => writeln!(out, "【{who}】{said}").unwrap(),
                2 => writeln!(out, "== {who} ==\n{said}").unwrap(),
                3 => writeln!(out, "--- {who} ---\n{said}\n").unwrap(),
                4 => writeln!(out, "| {who} | {said} |").unwrap(),
                _ => writeln!(out, "“{who}”: {said}").unwrap(),
            }
        }
        out
    });
}

#[test]
fn names_in_capitals_that_a_blank_alone_parts_from_speech() {
    check("capitals", "a.txt", &SHORT, 0, |_, turns| {
        turns.iter().map(|(who, said)| format!("{who} {said}\n")).collect()
    });
}

#[test]
fn paragraphs_that_are_counted_beside_or_above_their_labels() {
    check("counts", "a.txt", &NAMES, 0, |dice, turns| {
        let form = dice.roll(5);
        let mut out = String::new();
        for (at, (who, said)) in (1..).zip(turns) {
            match form {
                0 => writeln!(out, "L{at} {who}: {said}").unwrap(),
                1 => writeln!(out, "1.{at} {who}: {said}").unwrap(),
                2 => writeln!(out, "{at}\n{who}\n{said}\n").unwrap(),
                3 => writeln!(out, "{who} ({at}): {said}").unwrap(),
                _ => writeln!(out, "§{at} {who}: {said}").unwrap(),
            }
        }
        out
    });
}

/// A line of a service: who, when and what.
fn service(way: usize, at: usize, (who, said): &Turn) -> String {
    let seconds = at * 9 + 5;
    let (h, m, s) = clock(seconds);
    let whole = format!("{h:02}:{m:02}:{s:02}");
    let short = format!("{m:02}:{s:02}");
    match way {
        0 => format!("{who} ({short}):\n{said}\n"),
        1 => format!("{who}  {m}:{s:02}\n{said}\n"),
        2 => format!("{who}\n{m}:{s:02}\n{said}\n"),
        3 => format!("[{who}] {whole}\n{said}\n"),
        4 => format!("[{whole}]\n\n{who}:\n\n{said}\n"),
        5 => format!("[{who}] ({short} - {short})\n{said}\n"),
        6 => format!("{who}: {whole}\n{said}\n"),
        7 => format!("{who} - {short}\n{said}\n"),
        8 => format!("{who} — 01/03/2024 {whole}\n{said}\n"),
        9 => format!("{who}: #{whole}-{}# {said}", s % 10),
        10 => format!("{who}: {whole} {said}"),
        11 => format!("{who}\t{whole}\t{whole}\t{said}"),
        12 => format!("{whole}-{whole} {who}: {said}"),
        13 => format!("TC {whole} {who}: {said}"),
        14 => format!("[[{whole}]] {who}: {said}"),
        15 => format!("[#{whole}#] {who}: {said}"),
        16 => format!("*{whole}* {who}: {said}"),
        17 => format!("[10:{m:02}:{s:02} AM] {who}: {said}"),
        18 => format!("¤<{}>{who}: {said}", seconds * 1000),
        19 => format!("[{seconds}.{}] {who}: {said}", s % 10),
        20 => format!("[{seconds}.5 - {}.0] {who}: {said}", seconds + 3),
        21 => format!("{whole}> {who}: {said}"),
        22 => format!("{who}: {said} ({m}:{s:02})"),
        23 => format!("{who}: {said} {whole}"),
        24 => format!("(Min. {whole}) {who}: {said}"),
        25 => format!("[{h} : {m:02} : {s:02}] {who}: {said}"),
        26 => format!("{who} at {short}\n{said}\n"),
        27 => format!("{who} a las {short}\n{said}\n"),
        28 => format!("{who} um {whole}\n{said}\n"),
        _ => format!("%{whole}% {who}: {said}"),
    }
}

#[test]
fn layouts_of_services_with_their_times() {
    check("services", "a.txt", &NAMES, 0, |dice, turns| {
        let way = dice.roll(30);
        turns.iter().enumerate().map(|(at, turn)| service(way, at, turn) + "\n").collect()
    });
}

#[test]
fn a_time_that_a_service_writes_is_kept_and_no_part_of_speech() {
    for way in 0..30 {
        let mut dice = Dice::new(way as u64);
        let names = ["Ana", "Kim", "Zoe"];
        let turns: Vec<Turn> = (0..18)
            .map(|at| (names[at % 3].to_owned(), format!("We said thing {}.", dice.roll(90))))
            .collect();
        let file: String =
            turns.iter().enumerate().map(|(at, turn)| service(way, at, turn) + "\n").collect();
        let draft = import::read("a.txt", file.as_bytes(), &Options::default()).unwrap().draft;
        let found: Vec<Option<u32>> =
            draft.paragraphs.iter().map(|it| it.time.map(|it| it.0 % 3600)).collect();
        let expected: Vec<Option<u32>> = (0..18).map(|at| Some(at * 9 + 5)).collect();
        assert_eq!(found, expected, "way {way}\n{file}");
    }
}

#[test]
fn captions_that_name_who_speaks_above_or_in_the_line_of_the_cue() {
    check("captions", "a.vtt", &NAMES, 0, |dice, turns| {
        let form = dice.roll(6);
        let head = dice.of(&["Speaker", "Sprecher", "Hablante", "Name", "Locuteur"]);
        let mut out = if form == 3 { String::new() } else { "WEBVTT\n\n".to_owned() };
        let mut last = "";
        for (at, (who, said)) in turns.iter().enumerate() {
            // A pause between cues keeps paragraphs apart.
            let (from, to) = (clock(at * 20), clock(at * 20 + 4));
            let time = |(h, m, s): (usize, usize, usize)| format!("{h:02}:{m:02}:{s:02}.000");
            let times = format!("{} --> {}", time(from), time(to));
            match form {
                0 => writeln!(out, "{times}\n{who}\n{said}\n").unwrap(),
                1 => writeln!(out, "{} \"{who}\" (4711)\n{times}\n{said}\n", at + 1).unwrap(),
                2 => writeln!(out, "{} - {who}\n{times}\n{said}\n", at + 1).unwrap(),
                4 => writeln!(out, "NOTE {head}: {who}\n\n{times}\n{said}\n").unwrap(),
                // Above the first cue of each turn alone.
                5 if last == who => writeln!(out, "{times}\n{said}\n").unwrap(),
                5 => writeln!(out, "NOTE\n{head}={who}\n\n{}\n{times}\n{said}\n", at + 1).unwrap(),
                _ => writeln!(out, "{},{}\n{who}: {said}\n", time(from), time(to)).unwrap(),
            }
            last = who;
        }
        out
    });
}

#[test]
fn json_that_names_who_speaks_with_the_words_or_under_another_name() {
    check("json", "a.json", &NAMES, 0, |dice, turns| {
        let form = dice.roll(4);
        let segments: Vec<serde_json::Value> = turns
            .iter()
            .enumerate()
            .map(|(at, (who, said))| {
                let (from, to) = (at * 20, at * 20 + 4);
                let words = || {
                    let word = |it: &str| serde_json::json!({"word": it, "start": from, "end": to, "speaker": who});
                    said.split(' ').map(word).collect::<Vec<_>>()
                };
                match form {
                    0 => serde_json::json!({"name": who, "text": said, "start": from, "end": to}),
                    1 => serde_json::json!({"start": from, "end": to, "text": said, "words": words()}),
                    2 => serde_json::json!({"participant": {"id": 1, "name": who}, "words": words()}),
                    _ => serde_json::json!({"speaker": who, "words": words()}),
                }
            })
            .collect();
        match form {
            0 | 1 => serde_json::json!({"segments": segments}).to_string(),
            _ => serde_json::json!(segments).to_string(),
        }
    });
}

#[test]
fn a_word_and_a_colon_is_nobody_beside_names_capitals_and_letters_too() {
    const WORDS: [&str; 24] = [
        "Note",
        "Tuesday",
        "Problem",
        "Result",
        "London",
        "Answer",
        "P.S",
        "My point",
        "Resumen",
        "Ojo",
        "Regla",
        "Respuesta",
        "Fazit",
        "Dienstag",
        "Unser Motto",
        "Antwort",
        "Bref",
        "Résultat",
        "Attention",
        "Réponse",
        "Conclusão",
        "Regra",
        "Attenzione",
        "Risposta",
    ];
    const PEOPLE: [&[&str]; 5] = [
        &["Sara", "Tom", "Ines", "Kofi"],
        &["SARA", "TOM", "INES"],
        &["I", "R"],
        &["Speaker 1", "Speaker 2", "Speaker 3"],
        &["Interviewer", "Teacher", "Parent"],
    ];
    for seed in 0..200 {
        let mut dice = Dice::new(seed * 17 + 3);
        let people = PEOPLE[dice.roll(PEOPLE.len())];
        let mut words = WORDS.to_vec();
        let (mut file, mut expected) = (String::new(), Vec::<Turn>::new());
        for at in 0..30 {
            let who = people[(at + usize::from(dice.roll(3) == 0)) % people.len()];
            let said = format!("We went there {} times.", dice.roll(900) + 2);
            writeln!(file, "{who}: {said}").unwrap();
            expected.push((who.to_owned(), said));
            if dice.roll(4) == 0 {
                let word = words.remove(dice.roll(words.len()));
                let aside = format!("{word}: nobody wrote number {} down.", dice.roll(900));
                writeln!(file, "{aside}").unwrap();
                expected.push((who.to_owned(), aside));
            }
        }
        let draft = import::read("a.txt", file.as_bytes(), &Options::default()).unwrap().draft;
        let label =
            |at: Option<usize>| at.map_or("-".to_owned(), |at| draft.labels[at].text.clone());
        let found: Vec<Turn> =
            draft.paragraphs.iter().map(|it| (label(it.label), it.text.clone())).collect();
        assert_eq!(found, expected, "seed {seed}\n{file}");
    }
}

#[test]
fn somebody_who_speaks_once_is_somebody() {
    let mut file = String::new();
    for at in 0..20 {
        writeln!(file, "{}: We went there {at} times.", ["Sara", "Tom", "Ines"][at % 3]).unwrap();
    }
    file.push_str("Waiter: Here you are.\nNuria: Thank you.\nSara: So that was it.\n");
    let draft = import::read("a.txt", file.as_bytes(), &Options::default()).unwrap().draft;
    let labels: Vec<&str> = draft.labels.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(labels, ["Sara", "Tom", "Ines", "Waiter", "Nuria"]);
}

#[test]
fn spaces_between_words_are_those_that_the_file_writes() {
    let words = |texts: &[&str]| -> Vec<serde_json::Value> {
        let word =
            |it: &&str| serde_json::json!({"text": it, "start": 1.0, "end": 2.0, "speaker": "Ana"});
        texts.iter().map(word).collect()
    };
    for (texts, said) in [
        (&["Et", " ", "qui", " ", "paie", " ", "?"][..], "Et qui paie ?"),
        (&["Et ", "qui ", "paie", "?"], "Et qui paie?"),
        (&[" Et", " New", "-", "York", " ?"], "Et New-York ?"),
        (&["Et", "qui", "paie", "?"], "Et qui paie?"),
    ] {
        let file = serde_json::json!({"words": words(texts)}).to_string();
        let draft = import::read("a.json", file.as_bytes(), &Options::default()).unwrap().draft;
        let found: Vec<&str> = draft.paragraphs.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(found, [said], "{file}");
    }
}

#[test]
fn words_with_a_mark_before_them_that_a_blank_parts_from_speech() {
    const HANDLES: [&str; 12] = [
        "ana", "will_k", "Marta", "bo99", "ÓSCAR", "kim.lee", "zoe", "mod", "şule", "tariq", "Lea",
        "inés-m",
    ];
    check("marks before", "a.txt", &HANDLES, 0, |dice, turns| {
        let mark = dice.of(&["@", "#", "+", "~", "$", "&", "§", "!"]);
        let time = dice.roll(2) == 0;
        let mut out = String::new();
        for (at, (who, said)) in turns.iter().enumerate() {
            let (h, m, s) = clock(at * 9 + 5);
            let when = if time { format!("[{h:02}:{m:02}:{s:02}] ") } else { String::new() };
            writeln!(out, "{when}{mark}{who} {said}").unwrap();
        }
        out
    });
}

#[test]
fn a_phrase_that_recurs_below_labels_is_said_by_whoever_stands_above() {
    const PHRASES: [&str; 8] = [
        "One thing",
        "My point",
        "Eins noch",
        "Una cosa",
        "Another thing",
        "Une chose",
        "Short version",
        "Also",
    ];
    for seed in 0..200 {
        let mut dice = Dice::new(seed * 31 + 7);
        let form = dice.roll(6);
        let names: Vec<&str> =
            (0..4).map(|at| NAMES[(dice.roll(9) + at * 10) % NAMES.len()]).collect();
        let phrase = dice.of(&PHRASES);
        let (mut file, mut expected) = (String::new(), Vec::<Turn>::new());
        for at in 0..30 {
            let who = names[(at + usize::from(dice.roll(3) == 0)) % names.len()];
            let begins = if dice.roll(5) == 0 { format!("{phrase}: ") } else { String::new() };
            let said = format!("{begins}We went there {} times.", dice.roll(900) + 2);
            let (_, m, s) = clock(at * 9 + 5);
            match form {
                0 => writeln!(file, "[{who}] ({m}:{s:02} - {m}:{s:02})\n{said}\n").unwrap(),
                1 => writeln!(file, "[{who}] [{m}:{s:02}]\n{said}\n").unwrap(),
                2 => writeln!(file, "{who}   {m}:{s:02}\n{said}\n").unwrap(),
                3 => writeln!(file, "{who} ({m}:{s:02}):\n{said}\n").unwrap(),
                4 => writeln!(file, "{who} at {m}:{s:02}\n{said}\n").unwrap(),
                _ => writeln!(file, "[{m}:{s:02}] {who}\n{said}\n").unwrap(),
            }
            expected.push((who.to_owned(), said));
        }
        let draft = import::read("a.txt", file.as_bytes(), &Options::default()).unwrap().draft;
        let label =
            |at: Option<usize>| at.map_or("-".to_owned(), |at| draft.labels[at].text.clone());
        let found: Vec<Turn> =
            draft.paragraphs.iter().map(|it| (label(it.label), it.text.clone())).collect();
        assert_eq!(found, expected, "seed {seed}\n{file}");
    }
}

#[test]
fn speech_in_several_languages_is_asked_about_and_a_translation_is_none() {
    const HEADS: [[&str; 2]; 8] = [
        ["text_es", "text_en"],
        ["Text (ES)", "Text (EN)"],
        ["texto español", "texto inglés"],
        ["original_deu", "original_eng"],
        ["utterance-fr", "utterance-it"],
        ["Español", "Deutsch"],
        ["en", "ca"],
        ["Transkript [de]", "Transkript [fr]"],
    ];
    let table = |dice: &mut Dice, one: &str, other: &str| {
        let mut file = format!("speaker,{one},{other}\n");
        for at in 0..24 {
            let n = dice.roll(900);
            let who = ["Ana", "Kim", "Zoe"][at % 3];
            writeln!(
                file,
                "{who},We went there {n} times.,Fuimos {n} veces y alguna que otra más."
            )
            .unwrap();
        }
        file
    };
    for seed in 0..80 {
        let mut dice = Dice::new(seed * 13 + 1);
        let [one, other] = HEADS[dice.roll(HEADS.len())];
        let file = table(&mut dice, one, other);
        let refused = import::read("a.csv", file.as_bytes(), &Options::default()).unwrap_err();
        assert_eq!(refused.what.key, "tabular.tongues", "{file}");
        assert_eq!(refused.what.arguments, vec![("columns", format!("{one}, {other}"))]);
        // As the remedy says, and where a heading alone says so.
        for (one, other) in [("text", "translation"), ("text", "text_es"), ("texto", "texto (es)")]
        {
            let file = table(&mut dice, one, other);
            let draft = import::read("a.csv", file.as_bytes(), &Options::default()).unwrap().draft;
            assert!(draft.paragraphs.iter().all(|it| it.text.starts_with("We went")), "{file}");
            let named = |it: &themata::unitize::draft::DraftParagraph| {
                it.label.map(|at| draft.labels[at].text.as_str())
            };
            assert_eq!(draft.paragraphs.iter().map(named).nth(1), Some(Some("Kim")), "{file}");
        }
    }
}
