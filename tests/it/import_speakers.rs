//! Who speaks: a label that stands before speech again and again is a speaker, whatever its words are.

use std::fmt::Write as _;

use crate::import::imported;

/// Something said in each of three languages, several times over.
const TALK: [[&str; 6]; 3] = [
    [
        "We went to the clinic and there was nobody to talk to.",
        "I think that it is not what they wanted for us, but so it was.",
        "You know, we have had that for years.",
        "And what do you do if they are not there?",
        "It was on a Monday, and I was the only one.",
        "They would not say.",
    ],
    [
        "Wir sind in die Klinik gegangen, und da war nicht ein Arzt.",
        "Ich habe das auch so gehört, aber es ist schon lange her.",
        "Das ist so, wenn man auf dem Land ist.",
        "Und was wird aus den Leuten, die noch da sind?",
        "Wir haben uns mit dem Bus auf den Weg gemacht.",
        "Nein, das nicht.",
    ],
    [
        "Yo creo que la clínica no es lo que nos dijeron.",
        "Por eso la gente se fue a otra parte, y no hay más que decir.",
        "Me lo dijo una señora que ya no está.",
        "¿Y qué es lo que hay que hacer cuando no hay nadie?",
        "Fue muy tarde, y con el frío que hacía.",
        "No, para nada.",
    ],
];

/// A talk of three, in which this label has every third turn and begins or not.
fn talk(label: &str, language: usize, place: usize) -> String {
    let mut out = String::new();
    let others = ["Nuria", "Henrike"];
    for turn in 0..18 {
        let who = if turn % 3 == place { label } else { others[(turn + place) % 2] };
        let words = TALK[language][turn % 6];
        writeln!(out, "{who}: {words}").unwrap();
    }
    out
}

/// Groups of labels that people have.
fn labels() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let lines = include_str!("labels.txt").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let (group, labels) = line.split_once(": ").unwrap();
        (group, labels.split(", ").collect())
    })
}

#[test]
fn a_label_that_recurs_is_a_speaker_whatever_words_it_is_made_of() {
    let mut lost = Vec::new();
    let mut tried = 0;
    for (group, labels) in labels() {
        for (nth, label) in labels.iter().enumerate() {
            tried += 1;
            for language in 0..TALK.len() {
                let draft = imported("a.txt", talk(label, language, nth % 3).as_bytes()).draft;
                let found = draft.labels.iter().find(|it| it.text == *label);
                if found.is_none_or(|it| it.turns != 6) || draft.labels.len() != 3 {
                    lost.push(format!("{group}: {label} in language {language}"));
                }
            }
        }
    }
    assert!(tried >= 500 + 100 + 60, "{tried}");
    assert!(lost.is_empty(), "{} lost:\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn words_that_open_sentences_in_the_language_of_the_file_make_no_rare_speaker() {
    for (text, others) in [
        ("So: we left early, and that was it.", 2),
        ("Look: nobody gives you anything.", 2),
        ("But: there was nobody.", 2),
    ] {
        let mut file = talk("Karl", 0, 1);
        write!(file, "{text}\n{}{text}\n", talk("Karl", 0, 1)).unwrap();
        let draft = imported("a.txt", file.as_bytes()).draft;
        assert_eq!(draft.labels.len(), others + 1, "{text}");
    }
}
