//! Labels that no list foresees, made at random with the right answer known: abbreviated titles, words for all genders,
//! people who are called as things are; and marks of captions, tables and chats that say who speaks or that nobody does.

use std::fmt::Write as _;

use themata::domain::participant::Role;
use themata::unitize::import::{self, Options};

use crate::import_forms::{Dice, NAMES, check, clock};

#[test]
fn abbreviated_titles_and_long_functions_in_some_language() {
    const TITLED: [&str; 16] = [
        "Ing. Pérez (Ayto.)",
        "Abg. Kröger",
        "Mme. la Présidente de l'association",
        "M. D'Ambrosio – élu",
        "Sig. Rossi (Assoc.)",
        "Bgm. Huber",
        "Lic. Mª Ángeles G.",
        "Arq. Souza - Câmara",
        "Dott.ssa Bianchi",
        "Mag. Novak",
        "Voc. 3º",
        "Repr. des parents d'élèves",
        "OStR. Weber",
        "Sra. de la tienda",
        "Pf. Lang (ev.)",
        "Conc. Vidal",
    ];
    // Whoever says the same words twice and nothing else may be a phrase.
    check("titles", "a.txt", &TITLED, 3, |_, turns| {
        turns.iter().map(|(who, said)| format!("{who}: {said}\n")).collect()
    });
}

#[test]
fn people_who_are_called_as_things_are() {
    const WORDS: [&str; 18] = [
        "Price", "Will", "Bill", "Cost", "Grant", "Mark", "Rich", "Sunday", "Domingo", "Sonntag",
        "Rule", "May", "Young", "King", "Summer", "Preis", "Grace", "Faith",
    ];
    check("words", "a.txt", &WORDS, 3, |dice, turns| {
        let form = dice.roll(3);
        let mut out = String::new();
        for (at, (who, said)) in turns.iter().enumerate() {
            let (_, m, s) = clock(at * 9);
            match form {
                0 => writeln!(out, "{who}: {said}").unwrap(),
                1 => writeln!(out, "[{m:02}:{s:02}] {who}: {said}").unwrap(),
                _ => writeln!(out, "{who}\n{said}\n").unwrap(),
            }
        }
        out
    });
}

#[test]
fn roles_that_are_written_for_all_genders() {
    const ASKS: [&str; 8] = [
        "Interviewer*in",
        "Moderator:in",
        "Interviewer/-in",
        "Entrevistador/a",
        "Moderador(a)",
        "Animateur·rice",
        "Moderatore/trice",
        "Moderator_in",
    ];
    const ANSWERS: [&str; 5] =
        ["Teilnehmer:in", "Teilnehmer*in", "Participante/a", "Participant·e", "Befragte:r"];
    for ask in ASKS {
        for answer in ANSWERS {
            let mut text = String::new();
            for at in 0..6 {
                writeln!(text, "{ask}: And number {at}?\n{answer} {}: So it was.", 1 + at % 3)
                    .unwrap();
            }
            let draft = import::read("a.txt", text.as_bytes(), &Options::default()).unwrap().draft;
            let labels: Vec<&str> = draft.labels.iter().map(|it| it.text.as_str()).collect();
            let others: Vec<String> = (1..4).map(|at| format!("{answer} {at}")).collect();
            let expected: Vec<&str> =
                [ask].into_iter().chain(others.iter().map(String::as_str)).collect();
            assert_eq!(labels, expected, "{text}");
            assert_eq!(draft.labels[0].role, Role::Moderator, "{ask}");
        }
    }
}

#[test]
fn one_letter_asks_and_the_same_letter_with_numbers_answers() {
    for (ask, answer) in [("I", "B"), ("I", "IP"), ("F", "B"), ("E", "P"), ("D", "R"), ("Q", "A")] {
        let mut text = String::new();
        for at in 0..4 {
            writeln!(text, "{ask}: What came then\n{answer}{}: Rain, I think.", 1 + at % 2)
                .unwrap();
        }
        let draft = import::read("a.txt", text.as_bytes(), &Options::default()).unwrap().draft;
        let roles: Vec<Role> = draft.labels.iter().map(|it| it.role).collect();
        assert_eq!(roles, [Role::Moderator, Role::Participant, Role::Participant], "{text}");
    }
}

/// What import makes of a file, a line for each paragraph, and the keys of what it says.
fn read(name: &str, text: &str) -> (Vec<String>, Vec<&'static str>) {
    let draft = import::read(name, text.as_bytes(), &Options::default()).unwrap().draft;
    let said = draft.paragraphs.iter().map(|it| it.text.clone()).collect();
    (said, draft.notes.iter().map(|it| it.key).collect())
}

#[test]
fn a_dash_or_another_colour_in_captions_begins_a_paragraph() {
    const COLOURS: [[&str; 3]; 2] =
        [["#ffff00", "#00ffff", "#ffffff"], ["yellow", "cyan", "white"]];
    for seed in 0..200 {
        let mut dice = Dice::new(seed * 43 + 3);
        let form = dice.roll(3);
        let (mut text, mut expected) =
            (String::from(if form == 2 { "WEBVTT\n\n" } else { "" }), Vec::new());
        let mut who = 0;
        for at in 0..12_usize {
            let changes = at == 0 || dice.roll(2) == 0;
            who = if changes { (who + 1 + dice.roll(2)) % 3 } else { who };
            let said = format!("We went there {} times,", dice.roll(900));
            let (_, m, s) = clock(at * 2);
            let times = format!("00:{m:02}:{s:02},000 --> 00:{m:02}:{:02},900", s + 1);
            let shown = match form {
                0 if changes => format!("- {said}"),
                0 => said.clone(),
                1 => format!("<font color=\"{}\">{said}</font>", COLOURS[0][who]),
                _ => format!("<c.{}>{said}</c>", COLOURS[1][who]),
            };
            let times = if form == 2 { times.replace(',', ".") } else { times };
            writeln!(text, "{}\n{times}\n{shown}\n", at + 1).unwrap();
            let said = if form == 0 && changes { shown } else { said };
            match expected.last_mut() {
                Some(last) if !changes => *last = format!("{last} {said}"),
                _ => expected.push(said),
            }
        }
        let (found, notes) = read(if form == 2 { "a.vtt" } else { "a.srt" }, &text);
        let dashed = text.matches("\n- ").count();
        if form > 0 || dashed > 1 {
            assert_eq!(found, expected, "seed {seed}\n{text}");
        }
        assert_eq!(notes.contains(&"captions.colours"), form > 0 && expected.len() > 1, "{text}");
    }
    let one = "1\n00:00:01,000 --> 00:00:02,000\nWe <font color=\"red\">never</font> went\n\n\
               2\n00:00:02,000 --> 00:00:03,000\nthere.\n";
    assert_eq!(read("a.srt", one), (vec!["We never went there.".to_owned()], read("a.srt", one).1));
    assert!(!read("a.srt", one).1.contains(&"captions.colours"));
}

#[test]
fn tables_between_bars_in_texts_and_markdown_are_tables_of_turns() {
    for heads in
        ["Sprecher|Zeit|Text", "speaker|time|text", "Hablante|Hora|Texto", "locuteur|temps|texte"]
    {
        for name in ["a.md", "a.txt"] {
            let mut text = format!("# Gruppe 2\n\n|{heads}|\n|---|:--|---|\n");
            for at in 0..5 {
                let who = if at == 3 { "" } else { ["Anna", "Bernd"][at % 2] };
                writeln!(text, "| {who} | 00:0{at} | We *met* {at} times. |").unwrap();
            }
            let draft = import::read(name, text.as_bytes(), &Options::default()).unwrap().draft;
            let told: Vec<String> = draft
                .paragraphs
                .iter()
                .map(|it| {
                    let label = it.label.map_or("-", |at| draft.labels[at].text.as_str());
                    format!("{} {label}: {}", it.time.map_or(-1, |it| i64::from(it.0)), it.text)
                })
                .collect();
            let expected = [
                "-1 -: Gruppe 2",
                "0 Anna: We met 0 times.",
                "1 Bernd: We met 1 times.",
                "2 Anna: We met 2 times.",
                "3 U1: We met 3 times.",
                "4 Anna: We met 4 times.",
            ];
            assert_eq!(told, expected, "{name} {text}");
        }
    }
}

#[test]
fn messages_in_place_of_pictures_are_left_out_of_chats_and_counted() {
    for absent in [
        "<Multimedia omitido>",
        "<Media omitted>",
        "<Medien ausgeschlossen>",
        "<Médias omis>",
        "<Mídia oculta>",
        "\u{200e}image omitted",
        "\u{200e}imagen omitida",
    ] {
        let text = format!(
            "12/03/24, 10:05 - Ana: Vinimos a pie\n12/03/24, 10:06 - Luis: {absent}\n\
             12/03/24, 10:07 - Luis: La omitida fue Ana\n12/03/24, 10:08 - Ana: Ya <de verdad>\n"
        );
        let (said, notes) = read("a.txt", &text);
        assert_eq!(said, ["Vinimos a pie", "La omitida fue Ana", "Ya <de verdad>"], "{absent}");
        assert!(notes.contains(&"chat_log.absent"));
    }
}

#[test]
fn a_few_rows_without_headings_tell_who_speaks() {
    for seed in 0..200 {
        let mut dice = Dice::new(seed * 71 + 9);
        let people: Vec<&str> = (0..3).map(|at| NAMES[(at * 13 + dice.roll(9)) % 40]).collect();
        let (mut text, mut expected) = (String::new(), Vec::new());
        for at in 0..5 + dice.roll(4) {
            let (who, said) =
                (people[[0, 1, 0, 2][at % 4]], format!("We went there {} times.", dice.roll(90)));
            writeln!(
                text,
                "{}\t00:00:{:02}\t00:00:{:02}\t{who}\t{said}",
                at + 1,
                at * 6,
                at * 6 + 5
            )
            .unwrap();
            expected.push(who.to_owned());
        }
        let draft = import::read("a.tsv", text.as_bytes(), &Options::default()).unwrap().draft;
        let label =
            |at: Option<usize>| at.map_or("-".to_owned(), |at| draft.labels[at].text.clone());
        let found: Vec<String> = draft.paragraphs.iter().map(|it| label(it.label)).collect();
        assert_eq!(found, expected, "{text}");
    }
}
