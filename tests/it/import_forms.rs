//! Forms of labels, times and tables, made at random with the right answer known: each kind of file that lost
//! speakers, with words, names and layouts that no list of ours has.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use themata::unitize::draft::Draft;
use themata::unitize::import::{self, Options};

/// Seeds tried for each kind.
const SEEDS: u64 = 200;

/// Numbers that look random and are the same on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn roll(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    pub(crate) fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(list.len())]
    }
}

/// One turn: who, and what was said.
pub(crate) type Turn = (String, String);

pub(crate) const NAMES: [&str; 40] = [
    "Ana",
    "Will",
    "Bo",
    "Marta",
    "Al",
    "Ben",
    "Du Bois",
    "María José",
    "Ólafur",
    "Jean-Luc",
    "O'Neil",
    "Van der Berg",
    "Şule",
    "Łukasz",
    "Nuria",
    "Óscar",
    "Ines",
    "May",
    "Grace",
    "Kim",
    "Zoe",
    "Anneliese",
    "De la Fuente",
    "Ute",
    "Lea",
    "Tariq",
    "Yusuf",
    "Ngozi",
    "Hye-jin",
    "Przemysław",
    "P3",
    "P12",
    "Speaker 4",
    "Teilnehmerin 2",
    "Man 1",
    "R2",
    "Vecina 3",
    "Anwohner 5",
    "Élève 2",
    "Socia",
];

const ODD: [&str; 14] = [
    "Transl.",
    "Kim | NGO",
    "Kim [online]",
    "🌻Kim",
    "Dr. h.c. Vera Hof",
    "Ana (she/her)",
    "Eva & Jo",
    "M. L.",
    "Member of the board of the parents of the primary school",
    "Kim@home",
    "★ Lea",
    "N. N.",
    "Ida #2",
    "Kim/Bo",
];

const SAID: [&str; 16] = [
    "We met in the old school, and nobody had a key.",
    "Then it rained for a week.",
    "I think that was the year of the flood, or the one after it.",
    "No, not at all.",
    "One thing: the council never wrote back.",
    "My sister brought the chairs and we sat outside.",
    "At 10:30 the bus left, so we walked.",
    "Yes.",
    "It was the best thing in that winter, really.",
    "They asked us, and I said no, and that was that.",
    "You know how it is when there is no money in the first year.",
    "Somebody has to open the door, and it was always me.",
    "And who pays for all this?",
    "We voted - all of us - and then it was done.",
    "There is a list on the wall; nobody reads it.",
    "I liked it there.",
];

/// A talk of three to nine people, each of whom speaks at least twice.
fn talk(dice: &mut Dice, names: &[&str]) -> Vec<Turn> {
    let mut people: Vec<String> = Vec::new();
    let count = 3 + dice.roll(7);
    while people.len() < count {
        let name = dice.of(names).to_owned();
        let base =
            |it: &str| it.split([' ', '[', '(', '|']).next().unwrap_or_default().to_lowercase();
        if people.iter().all(|it| base(it) != base(&name)) {
            people.push(name);
        }
    }
    let mut order: Vec<usize> = (0..count).chain(0..count).collect();
    for _ in 0..dice.roll(40) + 3 {
        order.push(dice.roll(count));
    }
    for at in (1..order.len()).rev() {
        order.swap(at, dice.roll(at + 1));
    }
    order.into_iter().map(|at| (people[at].clone(), dice.of(&SAID).to_owned())).collect()
}

/// Paragraphs as a draft has them: who, and what was said.
fn found(draft: &Draft) -> Vec<Turn> {
    let label = |at: Option<usize>| at.map_or("-".to_owned(), |at| draft.labels[at].text.clone());
    draft.paragraphs.iter().map(|it| (label(it.label), it.text.clone())).collect()
}

/// Writes a talk, reads it, and says how what was read differs from what was written.
fn differs(name: &str, file: &str, turns: &[Turn]) -> Option<String> {
    let draft = match import::read(name, file.as_bytes(), &Options::default()) {
        Ok(found) => found.draft,
        Err(it) => return Some(format!("{:?}\n{file}", it.what)),
    };
    let found = found(&draft);
    if found == turns {
        return None;
    }
    let first = found.iter().zip(turns).find(|(one, other)| one != other);
    Some(format!(
        "{} of {} paragraphs, first {first:?}\n{}",
        found.len(),
        turns.len(),
        file.lines().take(6).collect::<Vec<_>>().join("\n")
    ))
}

/// At most `known` of the seeds may be read otherwise than they were written: 0, unless the test says of which
/// rare combinations it is known that they do not hold.
pub(crate) fn check(
    kind: &str,
    name: &str,
    names: &[&str],
    known: usize,
    write: impl Fn(&mut Dice, &[Turn]) -> String,
) {
    let mut lost = Vec::new();
    for seed in 0..SEEDS {
        let mut dice = Dice(seed * 7919 + 17);
        let turns = talk(&mut dice, names);
        let file = write(&mut dice, &turns);
        lost.extend(differs(name, &file, &turns).map(|it| format!("seed {seed}: {it}")));
    }
    assert!(
        lost.len() <= known,
        "{kind}: {} of {SEEDS}\n{}",
        lost.len(),
        lost.iter().take(4).cloned().collect::<Vec<_>>().join("\n\n")
    );
}

pub(crate) fn clock(seconds: usize) -> (usize, usize, usize) {
    (seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A time in one of the ways in which programs for transcription write it.
fn time(way: usize, seconds: usize) -> String {
    let (h, m, s) = clock(seconds);
    match way {
        0 => format!("[{h:02}:{m:02}:{s:02}]"),
        1 => format!("({m}:{s:02})"),
        2 => format!("#{h:02}:{m:02}:{s:02}-{}#", s % 10),
        3 => format!("{{{h:02}.{m:02}.{s:02}}}"),
        4 => format!("{h:02}.{m:02}.{s:02}"),
        5 => format!("{h:02}:{m:02}:{s:02}"),
        6 => format!("[{h:02}:{m:02}:{s:02}.{:03}]", s * 7),
        7 => format!("#{h:02}:{m:02}:{s:02}.000#"),
        8 => format!("<{h:02}:{m:02}:{s:02}>"),
        9 => format!("{h:02}:{m:02}:{s:02}:{:02}", s % 25),
        10 => format!("[{m:02}:{s:02} - {m:02}:{:02}]", (s + 1).min(59)),
        11 => format!("{h:02}:{m:02}:{s:02},{:03}", s * 3),
        12 => format!("<T:{h:02}:{m:02}:{s:02}>"),
        _ => format!("@{h:02}:{m:02}:{s:02}"),
    }
}

#[test]
fn labels_in_every_form_that_recurs_over_the_file() {
    check("a label before a mark, alone, in brackets", "a.txt", &NAMES, 0, |dice, turns| {
        let form = dice.roll(18);
        let blank = if dice.roll(2) == 0 { "\n" } else { "" };
        let mut out = String::new();
        for (at, (who, said)) in turns.iter().enumerate() {
            let line = match form {
                0 => format!("{who}\t{said}"),
                1 => format!("{who}\n{said}\n"),
                2 => format!("[{who}] {said}"),
                3 => format!("{who}: {said}"),
                4 => format!("{who} | {said}"),
                5 => format!("{who} – {said}"),
                6 => format!("({who}) {said}"),
                7 => format!("<{who}> {said}"),
                8 => format!("{} {who}\n{said}\n", time(0, at * 9 + 5)),
                9 => format!("{who} {}\n{said}\n", time(5, at * 9 + 5)),
                10 => format!("{who} [{}] {said}", time(5, at * 9 + 5)),
                11 => format!("*{who}:* {said}"),
                12 => format!("- {who}: {said}"),
                13 => format!("{who} -> {said}"),
                14 => format!("{who}  {said}"),
                15 => format!("{who}. {said}"),
                16 => format!("{who}.- {said}"),
                _ => format!("{who}:\n{said}\n"),
            };
            writeln!(out, "{line}{blank}").unwrap();
        }
        out
    });
}

#[test]
fn labels_of_any_characters_beside_ordinary_ones() {
    let names: Vec<&str> = NAMES.iter().copied().take(28).chain(ODD).chain(ODD).collect();
    check("odd characters", "a.txt", &names, 0, |_, turns| {
        turns.iter().map(|(who, said)| format!("{who}: {said}\n")).collect()
    });
}

#[test]
fn times_in_every_way_before_and_after_labels_and_at_the_end() {
    check("times", "a.txt", &NAMES, 0, |dice, turns| {
        let (way, place) = (dice.roll(14), dice.roll(4));
        let mut out = String::new();
        for (at, (who, said)) in turns.iter().enumerate() {
            let time = time(way, at * 9 + 5);
            let marked = time.starts_with(['[', '#', '{', '<']);
            match place {
                0 if marked => writeln!(out, "{who}: {said} {time}").unwrap(),
                1 if marked || way == 1 => writeln!(out, "{who} {time}: {said}").unwrap(),
                2 if way == 5 => writeln!(out, "{time}.0{who}: {said}").unwrap(),
                _ => writeln!(out, "{time} {who}: {said}").unwrap(),
            }
        }
        out
    });
}

#[test]
fn numbers_before_labels_are_no_part_of_them() {
    check("numbered paragraphs", "a.txt", &NAMES, 0, |dice, turns| {
        let (form, first, step) = (dice.roll(5), 1 + dice.roll(90), 1 + dice.roll(3));
        let mut out = String::new();
        for (at, (who, said)) in turns.iter().enumerate() {
            let n = first + at * step;
            match form {
                0 => writeln!(out, "{n}  {who}: {said}").unwrap(),
                1 => writeln!(out, "{n}. {who}: {said}").unwrap(),
                2 => writeln!(out, "{n}\t{who}: {said}").unwrap(),
                3 => writeln!(out, "[{n}] {who}: {said}").unwrap(),
                _ => writeln!(out, "{n:04} {who}: {said}").unwrap(),
            }
        }
        out
    });
}

#[test]
fn tables_whose_headings_nobody_knows_or_that_have_none() {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    check("tables", "a.csv", &NAMES, 0, |dice, turns| {
        let heads = dice.of(&[
            "Wer,Was gesagt wurde",
            "qui,dit",
            "xx,yy",
            "who spoke,what they said",
            "speaker,original",
            "",
        ]);
        let (number, last) = (dice.roll(2) == 0, dice.roll(3));
        let mut out = String::new();
        if !heads.is_empty() {
            let extra = ["", ",translation", ",Bemerkungen"][last];
            writeln!(out, "{}{heads}{extra}", if number { "Nr," } else { "" }).unwrap();
        }
        for (at, (who, said)) in turns.iter().enumerate() {
            let first = if number { format!("{},", at + 1) } else { String::new() };
            let extra = match last {
                _ if heads.is_empty() => String::new(),
                0 => String::new(),
                1 => format!(",{}", cell(&said.to_uppercase())),
                _ => format!(",{}", if at % 5 == 0 { "laut" } else { "" }),
            };
            writeln!(out, "{first}{},{}{extra}", cell(who), cell(said)).unwrap();
        }
        out
    });
}

#[test]
fn a_column_for_each_speaker() {
    check("columns of voices", "a.tsv", &NAMES, 0, |dice, turns| {
        let mut names: Vec<&String> = turns.iter().map(|it| &it.0).collect();
        names.sort();
        names.dedup();
        let timed = dice.roll(2) == 0;
        let mut out = String::new();
        out.push_str(if timed { "Begin Time - hh:mm:ss\tEnd Time - hh:mm:ss\t" } else { "" });
        writeln!(out, "{}", names.iter().map(|it| it.as_str()).collect::<Vec<_>>().join("\t"))
            .unwrap();
        for (at, (who, said)) in turns.iter().enumerate() {
            if timed {
                write!(out, "{}\t{}\t", time(5, at * 9), time(5, at * 9 + 8)).unwrap();
            }
            let cells: Vec<&str> =
                names.iter().map(|it| if *it == who { said.as_str() } else { "" }).collect();
            writeln!(out, "{}", cells.join("\t")).unwrap();
        }
        out
    });
}

#[test]
fn captions_with_names_in_brackets_or_before_a_colon() {
    check("captions", "a.srt", &NAMES, 0, |dice, turns| {
        let form = dice.roll(3);
        let mut out = String::new();
        for (at, (who, said)) in turns.iter().enumerate() {
            let (from, to) = (time(11, at * 9), time(11, at * 9 + 4));
            let line = match form {
                0 => format!("[{who}] {said}"),
                1 => format!("({who}) {said}"),
                _ => format!(">> {who}: {said}"),
            };
            writeln!(out, "{}\n{from} --> {to}\n{line}\n", at + 1).unwrap();
        }
        out
    });
}

#[test]
fn a_mark_that_the_speaker_changes_begins_a_paragraph() {
    for seed in 0..SEEDS {
        let mut dice = Dice(seed);
        let turns = talk(&mut dice, &NAMES);
        let mut out = String::from("WEBVTT\n\n");
        for (at, (_, said)) in turns.iter().enumerate() {
            writeln!(out, "{}.000 --> {}.000\n>> {said}\n", time(5, at * 5), time(5, at * 5 + 5))
                .unwrap();
        }
        let draft = import::read("a.vtt", out.as_bytes(), &Options::default()).unwrap().draft;
        let texts: Vec<&str> = draft.paragraphs.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, turns.iter().map(|it| it.1.as_str()).collect::<Vec<_>>(), "seed {seed}");
    }
}

#[test]
fn a_word_and_a_colon_in_a_turn_is_nobody() {
    const WORDS: [&str; 12] = [
        "Monday",
        "Berlin",
        "Careful",
        "Quote",
        "Answer",
        "Question",
        "Madrid",
        "Lunes",
        "Problem",
        "Beispiel",
        "Rule one",
        "Résultat",
    ];
    for seed in 0..SEEDS {
        let mut dice = Dice(seed * 31 + 5);
        let mut out = String::new();
        let mut turns: BTreeMap<String, u32> = BTreeMap::new();
        let mut last = String::new();
        let mut words = WORDS.to_vec();
        for at in 0..24 {
            let who =
                if at % 4 == 0 { "Moderator".to_owned() } else { format!("P{}", 1 + dice.roll(4)) };
            writeln!(out, "{who}: {}", dice.of(&SAID)).unwrap();
            *turns.entry(who.clone()).or_default() += u32::from(who != last);
            last = who;
            if dice.roll(4) == 0 && words.len() > 4 {
                let word = words.remove(dice.roll(words.len()));
                writeln!(out, "{word}: {}", dice.of(&SAID)).unwrap();
            }
        }
        let draft = import::read("a.txt", out.as_bytes(), &Options::default()).unwrap().draft;
        let found: BTreeMap<String, u32> =
            draft.labels.iter().map(|it| (it.text.clone(), it.turns)).collect();
        assert_eq!(found, turns, "seed {seed}\n{out}");
    }
}

#[test]
fn a_remark_after_a_name_is_no_other_person() {
    let text = "Kim: We left.\nLea: Why?\nKim (whispering): Nobody asked.\nLea: I did.\nKim [laughs]: You did.\nLea: Yes.\n";
    let draft = import::read("a.txt", text.as_bytes(), &Options::default()).unwrap().draft;
    let labels: Vec<(&str, u32)> =
        draft.labels.iter().map(|it| (it.text.as_str(), it.turns)).collect();
    assert_eq!(labels, [("Kim", 3), ("Lea", 3)]);
}

#[test]
fn a_survey_is_no_transcript() {
    let text = "id,What is good?,What is bad?,Anything else?\n1,The people here,The noise at night,No thanks\n\
                2,My own garden,The bus never comes,More trees please\n3,The quiet streets,It is too dear,Not really no\n\
                4,A new school,All the dust,Keep it up\n";
    assert!(import::read("a.csv", text.as_bytes(), &Options::default()).is_err());
}

#[test]
fn letters_damaged_by_a_wrong_encoding_are_pointed_out() {
    let noted = |text: &str| {
        let draft = import::read("a.txt", text.as_bytes(), &Options::default()).unwrap().draft;
        draft.notes.iter().any(|it| it.key == "import.note.damaged")
    };
    let sound = "Moderadora: ¿Cómo empezó?\nP1: Llegué con mi señora.\nP2: NÃO, Ângela, à vontade. Ñandú.\n";
    let damaged: String = sound.bytes().map(char::from).collect();
    assert!(!noted(sound));
    assert!(noted(&damaged));
}

#[test]
fn a_control_character_inside_a_word_keeps_its_place() {
    let text = "P1: The self\u{1e}help gr\u{2}oup \u{3}met.\nP2: Yes.\n";
    let draft = import::read("a.txt", text.as_bytes(), &Options::default()).unwrap().draft;
    assert_eq!(draft.paragraphs[0].text, "The self-help gr\u{fffd}oup met.");
}

/// Labels and their turns, in the order in which they are met.
fn labels(name: &str, text: &str) -> Vec<(String, u32)> {
    let draft = import::read(name, text.as_bytes(), &Options::default()).unwrap().draft;
    draft.labels.iter().map(|it| (it.text.clone(), it.turns)).collect()
}

#[test]
fn a_name_that_opens_sentences_in_some_language_speaks_in_four_paragraphs_too() {
    let text = "Ana: We came by bus.\nBen: I walked.\nAna: In the rain?\nBen: It had stopped.\n";
    assert_eq!(labels("a.txt", text), [("Ana".to_owned(), 2), ("Ben".to_owned(), 2)]);
}

#[test]
fn a_time_that_runs_into_speech_stays_where_nothing_else_of_the_file_is_timed_so() {
    let once = "P1: We had this list.\n00:00:12Lights on\nP2: And then?\nP1: Nothing.\n";
    let draft = import::read("a.txt", once.as_bytes(), &Options::default()).unwrap().draft;
    assert!(draft.paragraphs.iter().any(|it| it.text.contains("00:00:12Lights on")));
    let all = "00:00:01.0Ana: We came.\n00:00:04.5by bus, I think.\n00:00:09.0Bo: Yes.\n00:00:12.0Ana: So.\n\
               00:00:15.0Bo: So.\n";
    let draft = import::read("a.txt", all.as_bytes(), &Options::default()).unwrap().draft;
    assert_eq!(draft.paragraphs[1].text, "by bus, I think.");
    assert_eq!(draft.paragraphs[1].time.map(|it| it.0), Some(4));
}

#[test]
fn what_repeats_in_every_row_is_no_speech_and_a_list_of_terms_no_talk() {
    let mut table = String::from("clip,who,utterance_text\n");
    for (at, said) in SAID.iter().enumerate() {
        let who = ["therapist", "client"][at % 2];
        let title = "A very long title of a recording that stands in each and every row of it";
        writeln!(table, "{title},{who},\"{said}\"").unwrap();
    }
    let draft = import::read("a.csv", table.as_bytes(), &Options::default()).unwrap().draft;
    assert_eq!(draft.paragraphs[0].text, SAID[0]);
    let unheaded = table.replace("clip,who,utterance_text\n", "");
    let draft = import::read("a.csv", unheaded.as_bytes(), &Options::default()).unwrap().draft;
    assert_eq!(draft.paragraphs[1].text, SAID[1]);
    let mut terms = String::new();
    for (at, said) in SAID.iter().enumerate() {
        let term = ["Relevancy", "Redundancy", "Traceability", "Completeness", "Entropy"][at / 4];
        writeln!(terms, "{term},\"{said}\"").unwrap();
    }
    assert!(import::read("a.csv", terms.as_bytes(), &Options::default()).is_err());
}

#[test]
fn headings_that_come_back_all_over_a_file_name_who_speaks() {
    check("headings", "a.md", &NAMES, 0, |dice, turns| {
        let level = "#".repeat(1 + dice.roll(4));
        turns.iter().map(|(who, said)| format!("{level} {who}\n\n{said}\n\n")).collect()
    });
    let minutes = "# The school\n\nAna: We need a key.\n\nBo: Why?\n\n# The garden\n\nAna: It is dry.\n\n# Conclusion\n\nBo: So be it.\n";
    assert_eq!(labels("a.md", minutes), [("Ana".to_owned(), 2), ("Bo".to_owned(), 2)]);
}

#[test]
fn a_title_before_a_name_is_no_label_of_its_own() {
    let text = "Dr. Hof: Who came?\nDr. Poe: We did.\nMr. Lee: All of us.\nDr. Hof: And then?\nMr. Lee: Rain.\nDr. Poe: Rain.\n";
    let found: Vec<String> = labels("a.txt", text).into_iter().map(|it| it.0).collect();
    assert_eq!(found, ["Dr. Hof", "Dr. Poe", "Mr. Lee"]);
}
