//! Thematic units of a transcript: who leads, in which language they talk, where a cut may lie.
//!
//! Cuts fall between turns; inside a turn only where it alone is longer than a unit may be, and then
//! between sentences. A moderator's turn is never parted from what follows it: at the beginning of a unit
//! it stands before it, joins it or is left out, as asked; inside a unit it stays, and its words count
//! for nobody. A unit's `strength` says how strong its first and its last cut are, those between its talk
//! and the talk before and after it, whether or not a prompt stands between; a strength is empty at the
//! ends of the transcript and where the cut was set by hand.

use std::collections::BTreeMap;

use super::split::Prompts;
use super::stretch::{Refine, Stretch};
use super::theme::{self, Begin, Joint, Size, Turn};
use super::words;
use crate::domain::id::ParticipantId;
use crate::domain::participant::Role;
use crate::domain::transcript::Transcript;
use crate::language::detect::detect;

/// How themes are found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Thematic {
    /// How long units should be.
    pub size: Size,
    /// Whose questions open something new.
    pub leader: Leader,
    /// Language of the talk, as a tag; empty if not known.
    pub language: String,
}

/// Whose questions open something new.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Leader {
    /// Those whose role is moderator; where there are none, whoever asks most among three or more.
    #[default]
    Auto,
    /// Nobody: all speakers are alike.
    Nobody,
    /// This speaker.
    Speaker(ParticipantId),
}

/// The language that the talk of a transcript is clearly in.
#[must_use]
pub fn clear_language(transcript: &Transcript) -> Option<&'static str> {
    let nobody = transcript.paragraphs.iter().all(|it| it.speaker.is_none());
    let said = transcript.paragraphs.iter().filter(|it| nobody || it.speaker.is_some());
    detect(said.map(|it| it.text.as_str()))
}

/// Turns that are one thematic unit, with the prompts about it.
pub(super) struct Group<'a> {
    turns: Vec<Stretch<'a>>,
    strengths: [Option<f64>; 2],
}

/// Groups turns by theme.
pub(super) fn groups<'a>(
    turns: Vec<Stretch<'a>>,
    role: &dyn Fn(&ParticipantId) -> Role,
    thematic: &Thematic,
) -> Vec<Group<'a>> {
    let words: u64 = turns.iter().map(|turn| u64::from(turn.words)).sum();
    let mut pieces = pieces(turns, thematic.size.lengths(words).most);
    cut_before_prompts(&mut pieces);
    let seen = seen(&pieces, role, &thematic.leader);
    let cuts = theme::propose(&seen, thematic.size, &thematic.language);
    let mut groups: Vec<Group<'a>> = Vec::with_capacity(cuts.len() + 1);
    let mut cuts = cuts.into_iter().peekable();
    for (at, piece) in pieces.into_iter().map(|(piece, _)| piece).enumerate() {
        let cut = cuts.next_if(|cut| cut.before == at);
        match groups.last_mut() {
            Some(group) if cut.is_none() => group.turns.push(piece),
            _ => {
                let strength = cut.and_then(|cut| cut.strength);
                if let Some(Group { strengths: [_, last], .. }) = groups.last_mut() {
                    *last = strength;
                }
                groups.push(Group { turns: vec![piece], strengths: [strength, None] });
            }
        }
    }
    groups
}

/// The turns, those of participants that alone are too long for a unit sentence by sentence, and what each
/// piece begins.
fn pieces(turns: Vec<Stretch<'_>>, most: f64) -> Vec<(Stretch<'_>, Joint)> {
    let mut all = Vec::with_capacity(turns.len());
    for turn in turns {
        let long = !turn.prompt && !turn.held && f64::from(spoken(&turn)) > most;
        let pieces = if long { turn.refined(Refine::Sentences) } else { vec![turn] };
        all.extend(pieces.into_iter().enumerate().map(|(at, piece)| {
            let joint = match at {
                0 => Joint::Turn,
                _ if piece.begins_paragraph() => Joint::Paragraph,
                _ => Joint::Sentence,
            };
            (piece, joint)
        }));
    }
    all
}

/// A cut set by hand between a prompt and the talk after it lies, by theme, before the prompt.
fn cut_before_prompts(pieces: &mut [(Stretch<'_>, Joint)]) {
    for at in (1..pieces.len()).rev() {
        let Some([(before, _), (piece, _)]) = pieces.get_mut(at - 1..=at) else { continue };
        if piece.must && !piece.held && before.prompt && !before.held {
            (before.must, piece.must) = (true, false);
        }
    }
}

/// Words of a turn, whoever says them.
fn spoken(turn: &Stretch<'_>) -> u32 {
    if turn.words > 0 {
        return turn.words;
    }
    turn.parts.iter().map(|part| words::count(part.text)).sum()
}

/// The pieces as the method sees them.
fn seen<'a>(
    pieces: &[(Stretch<'a>, Joint)],
    role: &dyn Fn(&ParticipantId) -> Role,
    leader: &Leader,
) -> Vec<Turn<'a>> {
    let mut numbers: BTreeMap<Option<&ParticipantId>, usize> = BTreeMap::new();
    let mut turns: Vec<Turn<'a>> = Vec::with_capacity(pieces.len());
    let mut before: Option<&Stretch<'_>> = None;
    for (piece, joint) in pieces {
        let next = numbers.len();
        let speaker = *numbers.entry(piece.owner).or_insert(next);
        let after_prompt = before.is_some_and(|before| before.prompt);
        let held = piece.held;
        turns.push(Turn {
            texts: piece.parts.iter().map(|part| part.text).collect(),
            speaker,
            prompt: piece.prompt,
            leads: false,
            joint: *joint,
            held,
            headed: piece.headed,
            words: spoken(piece),
            begin: match () {
                () if piece.must => Begin::Must,
                () if held || after_prompt => Begin::MustNot,
                () => Begin::May,
            },
        });
        before = Some(piece);
    }
    let moderates = |id: &ParticipantId| role(id) == Role::Moderator;
    let leads: Vec<usize> = match leader {
        Leader::Nobody => Vec::new(),
        Leader::Speaker(id) => numbers.get(&Some(id)).copied().into_iter().collect(),
        Leader::Auto => {
            let named = numbers.iter().filter(|(id, _)| id.is_some_and(moderates));
            named.map(|(_, number)| *number).collect()
        }
    };
    let guess = *leader == Leader::Auto && leads.is_empty();
    let guessed = if guess { theme::guess_leader(&turns) } else { None };
    for turn in &mut turns {
        turn.leads = leads.contains(&turn.speaker) || guessed == Some(turn.speaker);
    }
    turns
}

impl<'a> Group<'a> {
    /// The unit, with the prompts before and after it as asked. Prompts inside it stay in it.
    pub(super) fn stretches(self, prompts: Prompts) -> Vec<Stretch<'a>> {
        let talk = |it: &Stretch<'_>| !it.prompt;
        let Some(first) = self.turns.iter().position(talk) else {
            return self.turns;
        };
        let last = self.turns.iter().rposition(talk).unwrap_or(first);
        let with = prompts == Prompts::With;
        let must = self.turns.first().is_some_and(|it| it.must);
        let mut all: Vec<Stretch<'a>> = Vec::new();
        let mut unit: Option<Stretch<'a>> = None;
        let mut after = Vec::new();
        for (at, mut turn) in self.turns.into_iter().enumerate() {
            if with || (first..=last).contains(&at) {
                match &mut unit {
                    Some(unit) => unit.join(turn),
                    None => unit = Some(turn),
                }
            } else if at < first {
                // The cut is one between talk and talk.
                turn.must = false;
                all.push(turn);
            } else {
                after.push(turn);
            }
        }
        if let Some(mut unit) = unit {
            (unit.strengths, unit.must) = (self.strengths, must);
            all.push(unit);
        }
        all.extend(after);
        all
    }
}
