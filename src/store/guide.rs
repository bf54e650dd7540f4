//! The topic guide against the talk: corrections in events.csv, topics in the units.
//!
//! A correction is an event `topic`: the moderator's turn, and the question or none.

use super::begin::Everything;
use super::layout;
use super::load::Opened;
use super::together::Change;
use crate::analysis::guide::{ByHand, Match, matches_in, topics, turns};
use crate::domain::event::{Event, What};
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::domain::locator::Locator;
use crate::domain::problem::{Place, Problem};
use crate::domain::standing::Standing;
use crate::domain::unit::Unit;
use crate::format::units;
use crate::msg;

const NONE: &str = "none";

impl Opened {
    /// The study's guide.
    ///
    /// # Errors
    /// There is none (wrong use).
    pub fn needs_guide(&self) -> Result<(), Failure> {
        if self.study.guide.questions.is_empty() {
            return Err(Failure::Usage(msg!("guide.none"), msg!("guide.none.fix")));
        }
        Ok(())
    }

    /// What people set by hand, as far as the guide still has the question.
    #[must_use]
    pub fn topics_by_hand(&self) -> ByHand {
        self.set_topics().holds
    }

    /// Problems of turns that were given different questions at once.
    #[must_use]
    pub fn contested_topics(&self) -> Vec<Problem> {
        let problem = |turn: Locator| {
            let fix = msg!("standing.topic.fix", turn = turn);
            Problem::new(Place::file(layout::EVENTS), msg!("standing.topic", turn = turn), fix)
        };
        self.set_topics().contested.into_keys().map(problem).collect()
    }

    /// What was set by hand, turn by turn.
    fn set_topics(&self) -> Standing<Locator, Option<usize>> {
        // Rows of before by their numbers, then all others.
        let mut corrected = Vec::new();
        for event in &self.events {
            if let What::Topic { turn, question, number } = &event.what {
                corrected.push(((event.seq, *number), turn, question));
            }
        }
        corrected.sort_by_key(|(place, ..)| *place);
        let known = |((seq, _), turn, question): (_, &Locator, &Option<String>)| {
            let question = match question {
                None => None,
                Some(id) => Some(self.study.guide.place(id)?),
            };
            Some((self.turn_now(turn)?, seq, question))
        };
        Standing::of(corrected.into_iter().filter_map(known), |one, other| one != other)
    }

    /// A moderator's turn where it is now: its text may have been replaced by another.
    fn turn_now(&self, turn: &Locator) -> Option<Locator> {
        let study = &self.study;
        let now = match study.transcript(turn.transcript()) {
            Some(_) => turn.clone(),
            None => {
                let unit = study.ever_unit(turn)?;
                study.unit_at(unit)?.locator.clone()
            }
        };
        let transcript = study.transcript(now.transcript())?;
        let holds = |it: &Locator| {
            (now.span().first..=now.span().last).any(|paragraph| it.span().holds(paragraph))
        };
        turns(study, transcript).into_iter().find(holds)
    }

    /// Every moderator's turn with the question that it puts.
    #[must_use]
    pub fn guide_matches(&self) -> Vec<Match> {
        let by_hand = self.topics_by_hand();
        let study = &self.study;
        let of = |it| matches_in(study, it, &study.guide, &by_hand);
        study.transcripts.iter().flat_map(of).collect()
    }

    /// Units with the topics that the guide gives them; as they are where there is no guide.
    #[must_use]
    pub fn with_topics(&self, transcript: &TranscriptId, units: Vec<Unit>) -> Vec<Unit> {
        self.topics_with(&self.topics_by_hand(), transcript, units)
    }

    fn topics_with(
        &self,
        by_hand: &ByHand,
        transcript: &TranscriptId,
        units: Vec<Unit>,
    ) -> Vec<Unit> {
        let study = &self.study;
        let found = study.transcript(transcript).filter(|_| !study.guide.questions.is_empty());
        let Some(found) = found else { return units };
        let matches = matches_in(study, found, &study.guide, by_hand);
        let topics = topics(study, &study.guide, &matches, &units);
        units.into_iter().zip(topics).map(|(unit, topic)| Unit { topic, ..unit }).collect()
    }

    /// Sets by hand which question a moderator's turn puts, or that it puts none, and gives the units their topics; returns the
    /// texts whose units changed.
    ///
    /// # Errors
    /// There is no guide, turn or question of that name, somebody works on the units, or it cannot be written.
    pub fn set_topic(
        &self,
        turn: &Locator,
        question: &str,
        reason: &str,
    ) -> Result<Vec<TranscriptId>, Failure> {
        self.needs_guide()?;
        let study = &self.study;
        let known = study.transcript(turn.transcript()).map(|it| turns(study, it));
        let asked = turn.span();
        let found = known.into_iter().flatten().find(|it| {
            let own = it.span();
            own.holds(asked.first) || asked.holds(own.first)
        });
        let Some(turn) = found else {
            return Err(Failure::Usage(msg!("guide.turn", turn = turn), msg!("guide.turn.fix")));
        };
        let place = study.guide.place(question);
        let question = match place.and_then(|at| study.guide.questions.get(at)) {
            Some(question) => Some(question.id.clone()),
            None if question == NONE => None,
            None => {
                return Err(Failure::Usage(msg!("guide.question"), msg!("guide.question.fix")));
            }
        };
        let (_locks, now) = self.begin(Everything)?;
        let mut by_hand = now.topics_by_hand();
        by_hand.insert(turn.clone(), place);
        let what = What::Topic { turn, question, number: None };
        let event = Event::new(self.folder.now(), Vec::new(), what, reason);
        now.write_topics_of(&by_hand, vec![event])
    }

    /// Writes into the units of every transcript the topics that the guide gives them; returns those that changed. Cuts
    /// and decisions stay, so locked and coded units may get a topic too.
    ///
    /// # Errors
    /// There is no guide, somebody else works on the units, or a file cannot be written.
    pub fn write_topics(&self) -> Result<Vec<TranscriptId>, Failure> {
        self.needs_guide()?;
        let (_locks, now) = self.begin(Everything)?;
        now.write_topics_of(&now.topics_by_hand(), Vec::new())
    }

    /// Writes the topics that the guide gives, with what was set by hand, and what is told of it.
    fn write_topics_of(
        &self,
        by_hand: &ByHand,
        events: Vec<Event>,
    ) -> Result<Vec<TranscriptId>, Failure> {
        let mut replaced = Vec::new();
        let mut changed = Vec::new();
        for transcript in &self.study.transcripts {
            let before = self.units_of(&transcript.id);
            let after = self.topics_with(by_hand, &transcript.id, before.clone());
            if after != before {
                let bytes = units::write_units(&after, transcript);
                replaced.push((layout::units(&transcript.id), bytes));
                changed.push(transcript.id.clone());
            }
        }
        if !replaced.is_empty() || !events.is_empty() {
            self.folder.change_together(Change { replaced, events, ..Change::default() })?;
        }
        Ok(changed)
    }
}
