//! Who speaks, how much, after whom, and who asks: over transcripts, whatever was coded.

use std::collections::BTreeMap;

use super::withdrawn::Withdrawn;
use crate::domain::id::{CaseId, ParticipantId};
use crate::domain::participant::Role;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;
use crate::unitize::words;

/// What one person said in one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// The case.
    pub case: CaseId,
    /// Who speaks.
    pub participant: ParticipantId,
    /// What she does in the group.
    pub role: Role,
    /// Runs of paragraphs without another speaker between them; a stage direction breaks none.
    pub turns: u64,
    /// Unicode (UAX 29) words.
    pub words: u64,
    /// Her part of all words of those who are shown in this case; absent where there are none.
    pub share: Option<f64>,
    /// Her turns in which a sentence ends with a question mark.
    pub questions: u64,
    /// For how long she speaks, in seconds, between two times of which nobody else speaks; absent where that is nowhere known.
    pub seconds: Option<u64>,
    /// The longest run of others' turns, moderators' included, between two of hers, before her first or after her last.
    pub silence: u64,
}

/// That one person's turn comes right after another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// The case.
    pub case: CaseId,
    /// Whose turn comes first.
    pub after: ParticipantId,
    /// Whose turn follows.
    pub participant: ParticipantId,
    /// How often.
    pub turns: u64,
}

/// One turn: a run of paragraphs by one speaker; a stage direction breaks none.
pub(super) struct Turn<'a> {
    pub(super) speaker: &'a ParticipantId,
    /// Its first and its last paragraph, from 1.
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) words: u64,
    asks: bool,
}

/// Who speaks in some cases (all where there are none), in the order of cases and of participants; moderators and observers
/// only `with_moderator`. Who withdrew is not there, nor are her words in anybody's share.
#[must_use]
pub fn voices(study: &Study, cases: &[CaseId], with_moderator: bool) -> Vec<Voice> {
    let (withdrawn, people) = (Withdrawn::of(study), People::of(study));
    let mut all = Vec::new();
    for case in in_order(study, cases) {
        let mut of_case: BTreeMap<usize, Voice> = BTreeMap::new();
        for transcript in study.transcripts.iter().filter(|it| it.case == *case) {
            let turns = turns(transcript);
            let mut last: BTreeMap<usize, usize> = BTreeMap::new();
            for (at, turn) in turns.iter().enumerate() {
                let (place, role) = people.find(turn.speaker);
                let shown = (with_moderator || role.counts()) && !withdrawn.has(turn.speaker);
                if !shown {
                    continue;
                }
                let before = last.insert(place, at).map_or(at, |last| at - last - 1) as u64;
                let voice = of_case.entry(place).or_insert_with(|| Voice {
                    case: case.clone(),
                    participant: turn.speaker.clone(),
                    role,
                    turns: 0,
                    words: 0,
                    share: None,
                    questions: 0,
                    seconds: None,
                    silence: 0,
                });
                voice.turns += 1;
                voice.words += turn.words;
                voice.questions += u64::from(turn.asks);
                voice.silence = voice.silence.max(before);
            }
            for (speaker, seconds) in seconds(transcript) {
                if let Some(voice) = of_case.get_mut(&people.find(speaker).0) {
                    voice.seconds = Some(voice.seconds.unwrap_or(0) + seconds);
                }
            }
            for (place, last) in last {
                if let Some(voice) = of_case.get_mut(&place) {
                    voice.silence = voice.silence.max((turns.len() - last - 1) as u64);
                }
            }
        }
        let words: u64 = of_case.values().map(|it| it.words).sum();
        all.extend(of_case.into_values().map(|it| Voice { share: share(it.words, words), ..it }));
    }
    all
}

/// Who follows whom, in the order of cases and participants: of turns that stand next to one another.
#[must_use]
pub fn following(study: &Study, cases: &[CaseId], with_moderator: bool) -> Vec<Following> {
    let (withdrawn, people) = (Withdrawn::of(study), People::of(study));
    let mut all = Vec::new();
    for case in in_order(study, cases) {
        let mut pairs: BTreeMap<(usize, usize), Following> = BTreeMap::new();
        for transcript in study.transcripts.iter().filter(|it| it.case == *case) {
            for pair in turns(transcript).windows(2) {
                let [after, turn] = pair else { continue };
                let shown = |id: &ParticipantId| {
                    (with_moderator || people.find(id).1.counts()) && !withdrawn.has(id)
                };
                if !shown(after.speaker) || !shown(turn.speaker) {
                    continue;
                }
                let place = (people.find(after.speaker).0, people.find(turn.speaker).0);
                let pair = pairs.entry(place).or_insert_with(|| Following {
                    case: case.clone(),
                    after: after.speaker.clone(),
                    participant: turn.speaker.clone(),
                    turns: 0,
                });
                pair.turns += 1;
            }
        }
        all.extend(pairs.into_values());
    }
    all
}

/// The cases asked for, in the order of their file.
fn in_order<'a>(study: &'a Study, cases: &'a [CaseId]) -> impl Iterator<Item = &'a CaseId> {
    let asked = move |id: &&CaseId| cases.is_empty() || cases.contains(id);
    study.cases.iter().map(|it| &it.id).filter(asked)
}

/// The list of participants, to be looked up by id.
struct People<'a>(BTreeMap<&'a ParticipantId, (usize, Role)>);

impl<'a> People<'a> {
    /// Whoever is listed, and behind them whoever speaks all the same.
    fn of(study: &'a Study) -> Self {
        let listed = study.participants.iter().map(|it| (&it.id, it.role));
        let heard = study.transcripts.iter().flat_map(|it| &it.paragraphs);
        let heard = heard.filter_map(|it| it.speaker.as_ref()).map(|id| (id, Role::Unknown));
        let mut people = BTreeMap::new();
        for (id, role) in listed.chain(heard) {
            let place = people.len();
            people.entry(id).or_insert((place, role));
        }
        Self(people)
    }

    /// Her place and her role.
    fn find(&self, id: &ParticipantId) -> (usize, Role) {
        self.0.get(id).copied().unwrap_or((usize::MAX, Role::Unknown))
    }
}

/// Who speaks for how long: from each time to the next, where one person alone speaks between them. What follows the last
/// time has no end.
fn seconds(transcript: &Transcript) -> Vec<(&ParticipantId, u64)> {
    let mut found = Vec::new();
    let mut begun: Option<(u32, Option<&ParticipantId>)> = None;
    let mut alone = true;
    for paragraph in &transcript.paragraphs {
        if let Some(time) = paragraph.time {
            if let Some((from, Some(speaker))) = begun.filter(|_| alone)
                && time.0 >= from
            {
                found.push((speaker, u64::from(time.0 - from)));
            }
            begun = Some((time.0, paragraph.speaker.as_ref()));
            alone = true;
        } else if let (Some(speaker), Some((_, first))) = (&paragraph.speaker, &mut begun) {
            alone &= first.is_none_or(|it| it == speaker);
            *first = Some(speaker);
        }
    }
    found
}

/// The turns of a transcript, in order.
pub(super) fn turns(transcript: &Transcript) -> Vec<Turn<'_>> {
    let mut turns: Vec<Turn<'_>> = Vec::new();
    for (number, paragraph) in (1_u32..).zip(&transcript.paragraphs) {
        let Some(speaker) = &paragraph.speaker else { continue };
        let words = u64::from(words::count(&paragraph.text));
        let asks = paragraph.text.contains(['?', '？', '؟', ';']) && asks(&paragraph.text);
        match turns.last_mut().filter(|it| it.speaker == speaker) {
            Some(turn) => {
                turn.words += words;
                turn.last = number;
                turn.asks |= asks;
            }
            None => turns.push(Turn { speaker, first: number, last: number, words, asks }),
        }
    }
    turns
}

/// Whether a sentence ends with a question mark; the Greek one is a semicolon and is told from it by the letters before.
fn asks(text: &str) -> bool {
    let is_greek = |it: char| ('\u{370}'..='\u{3ff}').contains(&it);
    let mut before = ' ';
    for character in text.chars() {
        if matches!(character, '?' | '？' | '؟') || (character == ';' && is_greek(before)) {
            return true;
        }
        before = character;
    }
    false
}

#[allow(clippy::cast_precision_loss)] // nobody says 2^53 words
fn share(part: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}
