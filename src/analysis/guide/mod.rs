//! Which question of the topic guide a moderator's turn puts, and which topic each unit has by that.
//!
//! Moderators ask in their own words. A turn is compared with every wording of every question by its rare words; the
//! order of the guide tips the scales a little. People see every match with its likeness and correct it.

mod likeness;

use std::collections::BTreeMap;

use self::likeness::{Weights, features};
use crate::domain::guide::Guide;
use crate::domain::id::ParticipantId;
use crate::domain::locator::{Locator, Span};
use crate::domain::participant::Role;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::unitize::sentences;

/// From which likeness on a turn is taken to put a question.
pub const ENOUGH: f64 = 0.25;

/// How much the order of the guide can add to a likeness.
const ORDER: f64 = 0.08;

/// A moderator's turn, and the question that it puts.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The turn.
    pub turn: Locator,
    /// The question's place in the guide; absent where it puts none of them.
    pub question: Option<usize>,
    /// How alike they are, from 0 to 1, by words alone; of the likeliest question, where it is not enough.
    pub likeness: f64,
    /// The likeliest other question, and how alike it is.
    pub other: Option<(usize, f64)>,
    /// Whether somebody set it by hand.
    pub by_hand: bool,
}

/// What people set by hand: by turn, a question's place in the guide, or none of them.
pub type ByHand = BTreeMap<Locator, Option<usize>>;

/// The turns of moderators in a transcript.
#[must_use]
pub fn turns(study: &Study, transcript: &Transcript) -> Vec<Locator> {
    let asks = |id: &ParticipantId| study.role(id) == Role::Moderator;
    let mut turns: Vec<(u32, u32)> = Vec::new();
    let mut before: Option<&ParticipantId> = None;
    for (number, paragraph) in (1_u32..).zip(&transcript.paragraphs) {
        let Some(speaker) = &paragraph.speaker else { continue };
        match turns.last_mut() {
            Some(turn) if before == Some(speaker) && asks(speaker) => turn.1 = number,
            _ if asks(speaker) => turns.push((number, number)),
            _ => {}
        }
        before = Some(speaker);
    }
    let locate = |(first, last)| Span::paragraphs(first, last).ok();
    turns.into_iter().filter_map(locate).map(|span| transcript.locator(span)).collect()
}

/// Every turn of every moderator, in order of place, with the question that it puts.
#[must_use]
pub fn matches(study: &Study, guide: &Guide, by_hand: &ByHand) -> Vec<Match> {
    study.transcripts.iter().flat_map(|it| matches_in(study, it, guide, by_hand)).collect()
}

/// The same for one transcript.
#[must_use]
pub fn matches_in(
    study: &Study,
    transcript: &Transcript,
    guide: &Guide,
    by_hand: &ByHand,
) -> Vec<Match> {
    let tag = match transcript.language.as_str() {
        "" => study.settings.language.as_str(),
        tag => tag,
    };
    let turns = turns(study, transcript);
    let said: Vec<Vec<_>> = turns.iter().map(|turn| pieces(transcript, turn.span(), tag)).collect();
    let asked: Vec<Vec<_>> = guide
        .questions
        .iter()
        .map(|question| question.wordings.iter().map(|text| features(text, tag)).collect())
        .collect();
    let mut weights = Weights::default();
    asked.iter().flatten().chain(said.iter().flatten()).for_each(|it| weights.add(it));
    let mut last: Option<usize> = None;
    let mut found = Vec::new();
    for (turn, said) in turns.into_iter().zip(&said) {
        let likeness = |wordings: &Vec<std::collections::BTreeSet<String>>| {
            let each = wordings
                .iter()
                .flat_map(|wording| said.iter().map(|piece| weights.likeness(wording, piece)));
            each.fold(0.0, f64::max)
        };
        let mut scores: Vec<(usize, f64)> = asked.iter().map(likeness).enumerate().collect();
        scores.sort_by(|one, other| {
            let value = |(place, likeness): &(usize, f64)| likeness + order(*place, last, guide);
            value(other).total_cmp(&value(one)).then(one.0.cmp(&other.0))
        });
        let best = scores.first().copied();
        let set = by_hand.get(&turn).copied();
        let question = match set {
            Some(set) => set,
            None => best.filter(|(_, likeness)| *likeness >= ENOUGH).map(|(place, _)| place),
        };
        let of = |place: usize| scores.iter().find(|it| it.0 == place).map_or(0.0, |it| it.1);
        let shown = question.or(best.map(|it| it.0));
        found.push(Match {
            turn,
            question,
            likeness: shown.map_or(0.0, of),
            other: scores.iter().find(|it| Some(it.0) != question && it.1 > 0.0).copied(),
            by_hand: set.is_some(),
        });
        last = question.or(last);
    }
    found
}

/// The sentences of a turn, and the whole of it: what is asked may follow a welcome.
fn pieces(
    transcript: &Transcript,
    span: Span,
    tag: &str,
) -> Vec<std::collections::BTreeSet<String>> {
    let texts = || transcript.pieces(span).filter(|(_, speaker, _)| speaker.is_some());
    let whole: Vec<&str> = texts().map(|(.., text)| text).collect();
    let mut all: Vec<_> =
        whole.iter().flat_map(|text| sentences::of(text)).map(|it| features(it, tag)).collect();
    all.push(features(&whole.join(" "), tag));
    all
}

/// What the order of the guide speaks for a question after another: the next ones are likelier than those before.
fn order(place: usize, last: Option<usize>, guide: &Guide) -> f64 {
    let all = guide.questions.len().max(1);
    let expected = last.map_or(0, |last| last + 1);
    let far = place.abs_diff(expected);
    #[allow(clippy::cast_precision_loss)] // numbers of questions
    let near = 1.0 - far as f64 / all as f64;
    if place < expected { ORDER * near / 2.0 } else { ORDER * near }
}

/// The topic of each unit: that of the last question put before its first participant speaks.
#[must_use]
pub fn topics(study: &Study, guide: &Guide, matches: &[Match], units: &[Unit]) -> Vec<String> {
    let topic = |unit: &Unit| {
        let span = unit.locator.span();
        let transcript = study.transcript(unit.locator.transcript())?;
        let speaks = |number: &u32| {
            let speaker = transcript.paragraph(*number).and_then(|it| it.speaker.as_ref());
            speaker.is_some_and(|id| study.role(id).counts())
        };
        let first = (span.first..=span.last).find(speaks).unwrap_or(span.last);
        let before = matches.iter().filter(|it| {
            it.turn.transcript() == unit.locator.transcript() && it.turn.span().first <= first
        });
        let question = before.filter_map(|it| it.question).next_back()?;
        guide.questions.get(question).map(|question| question.topic.clone())
    };
    units.iter().map(|unit| topic(unit).unwrap_or_default()).collect()
}
