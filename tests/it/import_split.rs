//! Units by turn, paragraph and sentence: they partition the transcript, whatever it holds.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use themata::domain::participant::{Participant, Quotable, Role};
use themata::domain::transcript::{Paragraph, Transcript};
use themata::domain::unit::{Unit, UnitKind};
use themata::unitize::recount::recount;
use themata::unitize::split::{By, Plan, Prompts, split};
use themata::unitize::words;

/// A transcript `T` of lines `speaker text`; `-` has no speaker.
fn transcript(lines: &[&str]) -> Transcript {
    let paragraphs = lines.iter().map(|line| {
        let (speaker, text) = line.split_once(' ').unwrap();
        Paragraph { time: None, speaker: speaker.parse().ok(), text: text.to_owned() }
    });
    Transcript {
        id: "T".parse().unwrap(),
        case: "A".parse().unwrap(),
        name: String::new(),
        date: String::new(),
        language: String::new(),
        source: String::new(),
        source_sha256: String::new(),
        text_sha256: String::new(),
        attributes: Vec::new(),
        paragraphs: paragraphs.collect(),
    }
}

/// `M` moderates, `O` observes; `P4` is in no list.
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
    vec![
        person("M", Role::Moderator),
        person("O", Role::Observer),
        person("P1", Role::Participant),
        person("P2", Role::Unknown),
    ]
}

fn role(id: &str) -> Role {
    people().iter().find(|it| it.id.as_str() == id).map_or(Role::Unknown, |it| it.role)
}

/// Units as a person would list them: place, kind, speakers, words, text.
fn shown(transcript: &Transcript, units: &[Unit]) -> String {
    let line = |unit: &Unit| {
        let speakers: Vec<&str> = unit.speakers.iter().map(|it| it.as_str()).collect();
        let text = transcript.text(unit.locator.span()).replace('\n', " / ");
        format!("{} {} [{}] {}: {text}\n", unit.locator, unit.kind, speakers.join("; "), unit.words)
    };
    units.iter().map(line).collect()
}

const TALK: &[&str] = &[
    "- Group 1",
    "M How did it begin?",
    "M Take your time.",
    "- (pause)",
    "P1 It was Dr. Smith. He wrote.",
    "- (laughter)",
    "P1 At 5 p.m. we met.",
    "P2 Yes.",
    "M And?",
    "O Time is up.",
];

fn check(by: By, prompts: Prompts, expected: Expect) {
    let transcript = transcript(TALK);
    expected
        .assert_eq(&shown(&transcript, &split(&transcript, &people(), &Plan::new(by, prompts))));
}

#[test]
fn a_turn_is_a_unit_and_remarks_break_none() {
    check(
        By::Turn,
        Prompts::Apart,
        expect![[r#"
        T:1-4 prompt [] 0: Group 1 / How did it begin? / Take your time. / (pause)
        T:5-7 talk [P1] 11: It was Dr. Smith. He wrote. / (laughter) / At 5 p.m. we met.
        T:8 talk [P2] 1: Yes.
        T:9 prompt [] 0: And?
        T:10 prompt [] 0: Time is up.
    "#]],
    );
}

#[test]
fn prompts_join_the_unit_after_them_and_at_the_end_the_one_before() {
    check(
        By::Turn,
        Prompts::With,
        expect![[r#"
        T:1-7 talk [P1] 11: Group 1 / M: How did it begin? / M: Take your time. / (pause) / P1: It was Dr. Smith. He wrote. / (laughter) / P1: At 5 p.m. we met.
        T:8-10 talk [P2] 1: P2: Yes. / M: And? / O: Time is up.
    "#]],
    );
}

#[test]
fn dropped_prompts_take_their_remarks_along() {
    check(
        By::Turn,
        Prompts::Drop,
        expect![[r#"
        T:5-7 talk [P1] 11: It was Dr. Smith. He wrote. / (laughter) / At 5 p.m. we met.
        T:8 talk [P2] 1: Yes.
    "#]],
    );
}

#[test]
fn a_heading_before_dropped_prompts_is_in_a_unit() {
    let transcript = transcript(&[
        "P1 Yes.",
        "- PART TWO",
        "M And?",
        "P2 No.",
        "- (pause)",
        "- THE END",
        "M Thanks.",
    ]);
    let units = split(&transcript, &people(), &Plan::new(By::Turn, Prompts::Drop));
    let places: Vec<String> = units.iter().map(|it| it.locator.to_string()).collect();
    assert_eq!(places, ["T:1", "T:2-6"]);
}

#[test]
fn a_paragraph_is_a_unit_and_the_moderators_turn_stays_one() {
    check(
        By::Paragraph,
        Prompts::Apart,
        expect![[r#"
        T:1-4 prompt [] 0: Group 1 / How did it begin? / Take your time. / (pause)
        T:5-6 talk [P1] 6: It was Dr. Smith. He wrote. / (laughter)
        T:7 talk [P1] 5: At 5 p.m. we met.
        T:8 talk [P2] 1: Yes.
        T:9 prompt [] 0: And?
        T:10 prompt [] 0: Time is up.
    "#]],
    );
}

#[test]
fn a_sentence_is_a_unit_and_a_remark_belongs_to_the_one_before() {
    check(
        By::Sentence,
        Prompts::Apart,
        expect![[r#"
        T:1-4 prompt [] 0: Group 1 / How did it begin? / Take your time. / (pause)
        T:5@0-18 talk [P1] 4: It was Dr. Smith. 
        T:5@18-6@10 talk [P1] 2: He wrote. / (laughter)
        T:7 talk [P1] 5: At 5 p.m. we met.
        T:8 talk [P2] 1: Yes.
        T:9 prompt [] 0: And?
        T:10 prompt [] 0: Time is up.
    "#]],
    );
    check(
        By::Sentence,
        Prompts::With,
        expect![[r#"
        T:1@0-5@18 talk [P1] 4: Group 1 / M: How did it begin? / M: Take your time. / (pause) / P1: It was Dr. Smith. 
        T:5@18-6@10 talk [P1] 2: He wrote. / (laughter)
        T:7 talk [P1] 5: At 5 p.m. we met.
        T:8-10 talk [P2] 1: P2: Yes. / M: And? / O: Time is up.
    "#]],
    );
}

#[test]
fn a_text_without_any_speaker_is_cut_all_the_same() {
    let transcript = transcript(&["- One. Two.", "- Three."]);
    let shown =
        |by| shown(&transcript, &split(&transcript, &people(), &Plan::new(by, Prompts::Apart)));
    assert_eq!(shown(By::Turn), "T:1-2 talk [] 0: One. Two. / Three.\n");
    assert_eq!(shown(By::Paragraph), "T:1 talk [] 0: One. Two.\nT:2 talk [] 0: Three.\n");
    assert_eq!(
        shown(By::Sentence),
        "T:1@0-5 talk [] 0: One. \nT:1@5-9 talk [] 0: Two.\nT:2 talk [] 0: Three.\n"
    );
}

#[test]
fn a_sitting_of_moderators_alone_is_prompts_alone() {
    let transcript = transcript(&["M Is anybody there?", "O No."]);
    let units =
        |prompts| shown(&transcript, &split(&transcript, &people(), &Plan::new(By::Turn, prompts)));
    assert_eq!(units(Prompts::With), "T:1-2 prompt [] 0: M: Is anybody there? / O: No.\n");
    assert_eq!(units(Prompts::Drop), "");
    assert_eq!(
        split(&self::transcript(&[]), &people(), &Plan::new(By::Turn, Prompts::Apart)),
        vec![]
    );
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    let speaker = prop::sample::select(vec!["-", "-", "M", "O", "P1", "P2", "P4"]);
    let text = "([A-Za-zñé]{1,4}[.?!,]? ?|Dr\\. |p\\.m\\. |👣){0,12}";
    prop::collection::vec((speaker, text).prop_map(|(who, text)| format!("{who} {text}")), 0..12)
}

/// Whether a paragraph goes with prompts that are dropped: one of them, or what stands above the first turn or between
/// two where they are that. A heading among the turns opens the unit after it, whatever is asked in between.
fn is_dropped(transcript: &Transcript, at: usize) -> bool {
    let paragraphs = &transcript.paragraphs;
    let spoken = |at: &usize| paragraphs[*at].speaker.is_some();
    let prompt =
        |at: usize| paragraphs[at].speaker.as_ref().is_some_and(|it| !role(it.as_str()).counts());
    let heads = |at: usize| !spoken(&at) && !paragraphs[at].text.trim().is_empty();
    let Some(first) = (0..paragraphs.len()).find(spoken) else { return false };
    // What nobody says right after a participant goes with her, or opens what follows.
    let before = (0..at).rev().find(spoken);
    if !spoken(&at) && before.is_some_and(|it| !prompt(it)) {
        return false;
    }
    // The turn that it belongs to: its own, for a heading the next, else the one before.
    let own = match at {
        _ if at < first => Some(first),
        _ if spoken(&at) => Some(at),
        _ => {
            let heading = (first..=at).rev().take_while(|it| !spoken(it)).any(heads);
            let next = (at..paragraphs.len()).find(spoken).filter(|_| heading);
            next.or_else(|| (0..at).rev().find(spoken))
        }
    };
    let Some(own) = own.filter(|own| prompt(*own)) else { return false };
    // A heading before it, among the turns, keeps it if somebody speaks after it.
    let run = (first..=own).rev().take_while(|it| !spoken(it) || prompt(*it));
    let heading = run.clone().any(heads);
    let after = (own..paragraphs.len()).any(|it| spoken(&it) && !prompt(it));
    let above = run.filter(|it| heads(*it)).min().is_some_and(|it| it <= at);
    !(heading && after && above)
}

proptest! {
    #[test]
    fn units_partition_what_is_not_dropped(
        lines in lines(),
        by in prop::sample::select(By::ALL.to_vec()),
        prompts in prop::sample::select(Prompts::ALL.to_vec()),
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let transcript = transcript(&lines);
        let units = split(&transcript, &people(), &Plan::new(by, prompts));

        // Every character lies in one unit; only those of dropped prompts in none.
        let mut covered: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for unit in &units {
            let span = unit.locator.span();
            for number in span.first..=span.last {
                let text = &transcript.paragraph(number).unwrap().text;
                for at in span.characters_of(number, text.chars().count() as u32) {
                    *covered.entry((number, at)).or_default() += 1;
                }
            }
        }
        prop_assert!(covered.values().all(|times| *times == 1), "units overlap");
        let nobody = transcript.paragraphs.iter().all(|it| it.speaker.is_none());
        for (at, number) in (1..).enumerate().take(transcript.paragraphs.len()) {
            let paragraph = &transcript.paragraphs[at];
            let dropped = prompts == Prompts::Drop && !nobody && is_dropped(&transcript, at);
            // A prompt in the midst of a theme stays in its unit.
            if dropped && by == By::Theme {
                continue;
            }
            for at in 0..paragraph.text.chars().count() as u32 {
                prop_assert_eq!(covered.contains_key(&(number, at)), !dropped, "{}@{}", number, at);
            }
        }

        let mut words_of_units = 0;
        for unit in &units {
            // Places are written as short as their numbers allow, and whole paragraphs without characters.
            let span = unit.locator.span();
            prop_assert_eq!(unit.locator.to_string().parse(), Ok(unit.locator.clone()));
            let last = transcript.paragraph(span.last).unwrap().text.chars().count() as u32;
            prop_assert!(span.from != Some(0) || span.to != Some(last), "{} is whole", unit.locator);
            prop_assert!(unit.speakers.iter().all(|it| role(it.as_str()).counts()));
            let mut speaking = transcript.pieces(span).filter_map(|(_, speaker, _)| speaker);
            if prompts == Prompts::Drop && let Some(first) = speaking.next() {
                prop_assert!(role(speaking.last().unwrap_or(first).as_str()).counts());
                let headed = transcript.paragraphs[span.first as usize - 1].speaker.is_none();
                let counts = role(first.as_str()).counts();
                prop_assert!(headed || counts, "a dropped prompt begins {}", unit.locator);
            }
            if unit.kind == UnitKind::Prompt {
                prop_assert_eq!((unit.words, unit.speakers.len()), (0, 0));
                prop_assert!(prompts != Prompts::Drop);
            }
            // Counting anew what lies in the unit gives the same.
            let anew = recount(unit, &transcript, |id| role(id.as_str()));
            prop_assert_eq!(&anew, unit);
            words_of_units += unit.words;
        }
        let said = transcript.paragraphs.iter().filter(|it| it.speaker.as_ref().is_some_and(|it| role(it.as_str()).counts()));
        prop_assert_eq!(words_of_units, said.map(|it| words::count(&it.text)).sum::<u32>());
        prop_assert!(units.windows(2).all(|pair| pair[0].locator < pair[1].locator), "in order of place");
    }
}
