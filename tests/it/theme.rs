//! Units by theme: where they are cut, and what always holds.

use std::collections::BTreeSet;

use proptest::prelude::*;
use themata::domain::participant::{Participant, Quotable, Role};
use themata::domain::transcript::{Paragraph, Transcript};
use themata::domain::unit::{Unit, UnitKind};
use themata::unitize::split::{By, Plan, Prompts, split};
use themata::unitize::thematic::{Leader, Thematic, clear_language};
use themata::unitize::theme::{Goal, Size};
use themata::unitize::{sentences, words};

/// A transcript `T` of lines `speaker text`; `-` has no speaker.
fn transcript<'a>(lines: impl IntoIterator<Item = &'a str>) -> Transcript {
    let paragraphs = lines.into_iter().map(|line| {
        let (speaker, text) = line.split_once(' ').unwrap();
        Paragraph { time: None, speaker: speaker.parse().ok(), text: text.to_owned() }
    });
    Transcript {
        id: "T".parse().unwrap(),
        case: "A".parse().unwrap(),
        name: String::new(),
        date: String::new(),
        language: "en".to_owned(),
        source: String::new(),
        source_sha256: String::new(),
        text_sha256: String::new(),
        attributes: Vec::new(),
        paragraphs: paragraphs.collect(),
    }
}

/// `M` moderates.
fn people() -> Vec<Participant> {
    let person = |id: &str, role| Participant {
        id: id.parse().unwrap(),
        name: String::new(),
        case: None,
        role,
        quotes: Quotable::Ask,
        withdrawn: String::new(),
        attributes: Vec::new(),
    };
    vec![person("M", Role::Moderator), person("P1", Role::Participant)]
}

fn plan(size: Size, prompts: Prompts) -> Plan<'static> {
    let thematic = Thematic { size, leader: Leader::Auto, language: "en".to_owned() };
    Plan { thematic, ..Plan::new(By::Theme, prompts) }
}

fn limits(words: u32, least: u32, most: u32) -> Size {
    Size { goal: Goal::Words(words), least: Some(least), most: Some(most) }
}

fn places(units: &[Unit]) -> Vec<String> {
    let prompt = |unit: &Unit| if unit.kind == UnitKind::Prompt { " prompt" } else { "" };
    units.iter().map(|unit| format!("{}{}", unit.locator.span(), prompt(unit))).collect()
}

/// A group that talks about bread, then about a roof.
const TWO_THEMES: &[&str] = &[
    "M Could you tell me about the bread?",
    "P1 We bake the bread on Friday, the dough rests all night beside the oven.",
    "P2 My dough never rests enough, so the bread from my oven stays flat.",
    "M Mhm.",
    "P1 Then bake it longer. Flour and oven matter more than the dough.",
    "M Thanks. Let's move on. What happened with the roof?",
    "P2 The roof leaked in winter, water came through the tiles above the stairs.",
    "P1 We asked the landlord to mend the tiles, and he sent a ladder without a roofer.",
    "P2 A ladder! The water was already on the stairs, under the roof and the tiles.",
];

#[test]
fn a_unit_ends_where_the_theme_does_and_the_question_stands_before_the_next() {
    let transcript = transcript(TWO_THEMES.iter().copied());
    let cut = |prompts| split(&transcript, &people(), &plan(limits(42, 10, 120), prompts));
    let apart = cut(Prompts::Apart);
    assert_eq!(places(&apart), ["1 prompt", "2-5", "6 prompt", "7-9"]);
    assert_eq!(places(&cut(Prompts::With)), ["1-5", "6-9"]);
    assert_eq!(places(&cut(Prompts::Drop)), ["2-5", "7-9"]);
    // The moderator's murmur inside a unit is in its text, but in no count.
    assert_eq!(apart[1].speakers.iter().map(|it| it.as_str()).collect::<Vec<_>>(), ["P1", "P2"]);
    let said = |lines: &[usize]| {
        lines.iter().map(|at| words::count(&transcript.paragraphs[*at].text)).sum::<u32>()
    };
    assert_eq!(apart[1].words, said(&[1, 2, 4]));
}

#[test]
fn a_unit_tells_how_strong_its_two_cuts_are_and_an_end_of_the_text_is_none() {
    let transcript = transcript(TWO_THEMES.iter().copied());
    let units = split(&transcript, &people(), &plan(limits(42, 10, 120), Prompts::Apart));
    let strengths: Vec<&str> = units.iter().map(|unit| unit.strength.as_str()).collect();
    let cut = strengths[1].strip_prefix("; ").unwrap();
    assert!(cut.parse::<f64>().unwrap() > 1.0, "{cut}");
    assert_eq!(strengths, ["", strengths[1], "", format!("{cut}; ").as_str()]);
}

#[test]
fn cuts_set_by_hand_stay_and_what_lies_between_two_of_them_is_left_alone() {
    let transcript = transcript(TWO_THEMES.iter().copied());
    let cut = |by, before: &[Unit]| {
        let plan = plan(limits(30, 10, 120), Prompts::Apart);
        split(&transcript, &people(), &Plan { by, before, ..plan })
    };
    let mut turns = cut(By::Turn, &[]);
    turns[2].pinned = true; // P2's turn about the flat bread
    let again = cut(By::Theme, &turns);
    assert_eq!(places(&again), ["1 prompt", "2", "3-5", "6 prompt", "7-9"]);
    let pinned: Vec<bool> = again.iter().map(|unit| unit.pinned).collect();
    assert_eq!(pinned, [false, false, true, false, false]);
    assert_eq!(again[2].strength.split("; ").next(), Some(""), "nobody need look at it again");
    turns[3].pinned = true;
    let again = cut(By::Theme, &turns);
    assert_eq!(again[2], turns[2], "a unit between two cuts set by hand is the same");
    assert_eq!(places(&again)[..4], ["1 prompt", "2", "3", "4 prompt"]);
    // And so by any other way.
    assert_eq!(places(&cut(By::Sentence, &turns))[..4], ["1 prompt", "2", "3", "4 prompt"]);
    // A unit that was joined by hand is not cut again, at the beginning and the end of the text either.
    let mut whole = cut(By::Theme, &[]);
    whole.last_mut().unwrap().pinned = true;
    assert_eq!(cut(By::Sentence, &whole).last(), whole.last());
}

#[test]
fn a_number_of_units_is_met() {
    let lines: Vec<String> = (0..60)
        .map(|at| format!("P{} {} said so.", at % 3 + 1, "word ".repeat(at % 7 + 3)))
        .collect();
    let transcript = transcript(lines.iter().map(String::as_str));
    for number in [1, 2, 7, 20] {
        let units = split(&transcript, &people(), &plan(Size::number(number), Prompts::Apart));
        assert_eq!(units.len(), number as usize);
    }
}

#[test]
fn only_a_turn_that_is_too_long_is_cut_and_then_between_sentences() {
    let long = format!("P1 {}", "We baked the bread in the oven, Dr. Hill and I. ".repeat(30));
    let transcript = transcript(["P2 Tell us.", &long, "P2 Well."]);
    let units = split(&transcript, &people(), &plan(limits(50, 10, 80), Prompts::Apart));
    assert!(units.len() > 4);
    for unit in &units {
        assert!((10..=80).contains(&unit.words), "{} has {} words", unit.locator, unit.words);
        let text = transcript.text(unit.locator.span());
        assert!(text.trim_end().ends_with(['.']) && !text.trim_end().ends_with("Dr."), "{text}");
    }
}

#[test]
fn a_murmur_of_the_moderator_parts_no_thought() {
    // No word comes again, so nothing but who says what tells where to cut.
    let with = |aside: &str| {
        let lines = [
            "M Could you tell me about the village?",
            "P1 Bread rests beside warm ovens until Friday, flour dust covering wooden tables.",
            aside,
            "P1 Roofs leaked winter water through broken tiles above stairs, ladders stood idle.",
            "P2 Money vanished from banks, clerks counting empty drawers, widows waiting outside patiently.",
        ];
        let transcript = transcript(lines);
        places(&split(&transcript, &people(), &plan(limits(20, 5, 60), Prompts::Apart)))
    };
    assert_eq!(with("M What about roofs?"), ["1 prompt", "2", "3 prompt", "4-5"]);
    assert_eq!(with("M Okay, right."), ["1 prompt", "2-4", "5"]);
}

#[test]
fn a_cut_that_only_the_limits_ask_for_is_weak() {
    // One theme throughout, and two turns that are together too long.
    let turn = "The bread rests beside the warm oven. ".repeat(8);
    let transcript = transcript([format!("P1 {turn}").as_str(), format!("P2 {turn}").as_str()]);
    let units = split(&transcript, &people(), &plan(limits(60, 10, 80), Prompts::Apart));
    assert_eq!(places(&units), ["1", "2"]);
    let strength = units[1].strength.split("; ").next().unwrap();
    assert!(strength.parse::<f64>().unwrap() < 5.0, "{strength}");
}

#[test]
fn where_turns_are_longer_than_units_short_ones_stay_with_what_they_belong_to() {
    let answer = |about: &str| format!("P1 {}", format!("{about} matters here. ").repeat(25));
    let mut lines = Vec::new();
    for about in ["Bread", "Roofing", "Money", "Snow", "Music", "Health", "Traffic", "Gardening"] {
        let question = "would you want to tell us something about that as you see it";
        lines.extend([format!("P2 Now {about}, {question}?"), answer(about)]);
    }
    let transcript = transcript(lines.iter().map(String::as_str));
    let units = split(&transcript, &people(), &plan(Size::about(50), Prompts::Apart));
    let pairs: Vec<String> = (0..8).map(|at| format!("{}-{}", 2 * at + 1, 2 * at + 2)).collect();
    assert_eq!(places(&units), pairs, "each question with its answer");
}

#[test]
fn empty_silent_short_and_endless_transcripts_are_cut_without_complaint() {
    let cut = |lines: &[&str]| {
        let transcript = transcript(lines.iter().copied());
        places(&split(&transcript, &people(), &plan(Size::default(), Prompts::Apart)))
    };
    assert_eq!(cut(&[]), Vec::<String>::new());
    assert_eq!(cut(&["P1 Yes."]), ["1"]);
    assert_eq!(cut(&["P1 ", "P2 ", "- (silence)"]), ["1-3"]);
    assert_eq!(cut(&["M Is anybody there?", "M Hello?"]), ["1-2 prompt"]);
    assert_eq!(cut(&["- A text. Without speakers.", "- Two lines."]), ["1-2"]);
    let endless = format!("P1 {}", "and then ".repeat(2000));
    assert_eq!(cut(&["P2 Go on.", &endless]), ["1-2"]);
    let unbroken = format!("- {}", "Yes, we do. ".repeat(1000));
    assert_eq!(cut(&[&unbroken]).len(), 30);
}

#[test]
fn the_language_of_the_talk_is_told_by_its_words() {
    let english =
        "P1 Well, I think that we should have gone there when they asked us to. ".repeat(4);
    let spanish =
        "P1 Pues yo creo que nosotros tendríamos que haber ido cuando nos lo dijeron. ".repeat(4);
    let told = |line: &str| clear_language(&transcript([line]));
    let unnamed = spanish.replace("P1 ", "- ");
    assert_eq!(told(&unnamed), Some("es"), "where nobody is named, too");
    assert_eq!((told(&english), told(&spanish), told("P1 Ja.")), (Some("en"), Some("es"), None));
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    let speaker = prop::sample::select(vec!["-", "M", "P1", "P2", "P3"]);
    let word = prop::sample::select(vec![
        "bread", "oven", "roof", "so", "next", "what", "Tiles.", "we?", "Dr.",
    ]);
    let text = prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "));
    prop::collection::vec((speaker, text).prop_map(|(who, text)| format!("{who} {text}")), 0..40)
}

proptest! {
    #[test]
    fn units_keep_their_limits_where_turns_allow_it(lines in lines(), target in 8_u32..30) {
        let transcript = transcript(lines.iter().map(String::as_str));
        // No turn is longer than a unit may be.
        let size = limits(target, target / 3, 200);
        let units = split(&transcript, &people(), &plan(size, Prompts::With));
        for pair in units.windows(2) {
            // A heading opens the unit after it, however short the one before is.
            let first = transcript.paragraph(pair[1].locator.span().first);
            if first.is_some_and(|it| it.speaker.is_none() && !it.text.starts_with(['(', '['])) {
                continue;
            }
            let both = pair[0].words + pair[1].words;
            let short = pair.iter().any(|unit| unit.words < target / 3);
            prop_assert!(!short || both > 100, "{} and {} could be one", pair[0].locator, pair[1].locator);
        }
        prop_assert!(units.iter().all(|unit| unit.words <= 200));
    }

    #[test]
    fn no_cut_lies_inside_a_sentence_nor_inside_a_turn_of_ordinary_length(lines in lines(), most in 12_u32..60) {
        let transcript = transcript(lines.iter().map(String::as_str));
        let units = split(&transcript, &people(), &plan(limits(10, 3, most), Prompts::Apart));
        let mut starts = BTreeSet::new();
        for (number, paragraph) in (1..).zip(&transcript.paragraphs) {
            let mut at = 0;
            for sentence in sentences::of(&paragraph.text) {
                starts.insert((number, at));
                at += sentence.chars().count() as u32;
            }
            starts.insert((number, 0));
        }
        for unit in &units {
            let span = unit.locator.span();
            prop_assert!(starts.contains(&(span.first, span.from.unwrap_or(0))), "{}", unit.locator);
            let own = transcript.paragraph(span.first).unwrap();
            if span.from.is_some_and(|from| from > 0) {
                let longer = turn_of(&transcript, span.first);
                prop_assert!(longer > most, "{} lies in a turn of {longer}: {}", unit.locator, own.text);
            }
        }
    }

    #[test]
    fn the_same_text_is_cut_the_same_way_and_one_of_no_relation_after_it_does_no_harm(
        lines in lines(),
        others in lines(),
    ) {
        let one = transcript(lines.iter().map(String::as_str));
        let cut = |it: &Transcript| split(it, &people(), &plan(limits(20, 5, 60), Prompts::Apart));
        prop_assert_eq!(cut(&one), cut(&one));
        let both = transcript(lines.iter().chain(&others).map(String::as_str));
        let units = cut(&both);
        let covered: u32 = units.iter().map(|unit| unit.locator.span().last - unit.locator.span().first + 1).sum();
        prop_assert!(covered as usize >= both.paragraphs.len());
    }
}

/// Words of the turn that a paragraph lies in; remarks break none.
fn turn_of(transcript: &Transcript, number: u32) -> u32 {
    let speaker = |at: &usize| transcript.paragraphs[*at].speaker.clone();
    let at = number as usize - 1;
    let own = speaker(&at);
    let same = |at: &usize| speaker(at).is_none() || speaker(at) == own;
    let before = (0..at).rev().take_while(same);
    let after = (at..transcript.paragraphs.len()).take_while(same);
    let said = before.chain(after).filter(|at| speaker(at).is_some() || own.is_none());
    said.map(|at| words::count(&transcript.paragraphs[at].text)).sum()
}

/// A talk of three, long enough for several units, with these turns in its midst.
fn amid(turns: &[&str]) -> Vec<String> {
    let topics = [
        ["garden", "roses", "soil", "spade", "seeds"],
        ["harbour", "boats", "nets", "tide", "anchor"],
        ["bread", "oven", "flour", "yeast", "crust"],
        ["violin", "strings", "bow", "concert", "tune"],
    ];
    let mut lines = Vec::new();
    for (nth, words) in topics.iter().enumerate() {
        for at in 0..9 {
            let (one, other) = (words[at % 5], words[(at + 2) % 5]);
            let who = ["P1", "P2", "P3"][at % 3];
            lines.push(format!(
                "{who} The {one} was near the {other}, and we kept the {one} there for years on end."
            ));
        }
        if nth < 3 {
            lines.extend(turns.iter().map(|it| (*it).to_owned()));
        }
    }
    lines
}

/// The first paragraphs of the units of a talk, with what is said in them.
fn beginnings(lines: &[String]) -> Vec<String> {
    let transcript = transcript(lines.iter().map(String::as_str));
    let units = split(&transcript, &[], &Plan::new(By::Theme, Prompts::Apart));
    let first = |unit: &Unit| {
        transcript
            .paragraph(unit.locator.span().first)
            .map(|it| it.text.clone())
            .unwrap_or_default()
    };
    units.iter().map(first).collect()
}

#[test]
fn a_participants_question_stays_with_its_answer_and_short_assent_with_what_it_follows() {
    for middle in [
        &["P2 And what would happen to those animals?", "P3 They went to my cousin, all of them."]
            [..],
        &["P1 ¿Y quién lo paga?", "P2 El ayuntamiento, creo, con lo que queda."],
        &["P1 No, no, no.", "P2 No, no, no, no, no.", "P3 No, no."],
        &["P3 Ha ha.", "P1 Yes.", "P2 Mhm, sí."],
        &["P1 So who came? (laughter)", "P3 Nobody at all, that was the joke of it."],
    ] {
        let found = beginnings(&amid(middle));
        assert!(found.len() >= 3, "{found:?}");
        for turn in middle.iter().skip(usize::from(middle[0].contains('?'))) {
            let text = turn.split_once(' ').unwrap().1;
            assert!(!found.iter().any(|it| it == text), "`{text}` begins a unit");
        }
    }
}

#[test]
fn a_heading_opens_the_unit_after_it_and_a_stage_direction_belongs_to_the_one_before() {
    for heading in ["Question 2. How do you choose?", "PART TWO", "Tema", "Pregunta 4:"] {
        let mut lines = amid(&[]);
        lines.insert(14, format!("- {heading}"));
        lines.insert(22, "- (laughter)".to_owned());
        let found = beginnings(&lines);
        assert!(found.iter().any(|it| it == heading), "{heading}: {found:?}");
        assert!(!found.iter().any(|it| it == "(laughter)"), "{found:?}");
    }
}
