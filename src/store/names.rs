//! What events and moves name that the study does not have: such a row would say nothing, and nobody would know.

use std::collections::BTreeSet;

use super::layout;
use super::load::Opened;
use crate::domain::event::{Event, Name, What};
use crate::domain::id::{CaseId, TranscriptId};
use crate::domain::locator::Locator;
use crate::domain::moved::MoveRow;
use crate::domain::problem::{Place, Problem};
use crate::domain::seal::Seal;
use crate::domain::study::Study;
use crate::msg;

impl Opened {
    /// Rows of before that name what the study does not have. What was taken out of a study was not recorded then, so
    /// they stop no command; `check` lists them.
    #[must_use]
    pub fn doubtful_rows(&self) -> Vec<Problem> {
        unknown(&self.study, &self.events, &self.seals, |seq| seq.is_none())
    }
}

/// A problem for each row, of those that `which` takes by their seq, that names what the study does not have.
pub(super) fn unknown(
    study: &Study,
    events: &[Event],
    seals: &[Seal],
    which: fn(Option<u64>) -> bool,
) -> Vec<Problem> {
    let known = Known::of(study, events);
    let mut problems = Vec::new();
    for event in events.iter().filter(|it| which(it.seq)) {
        if event.who.iter().any(|who| study.coder(who).is_none()) {
            problems.push(problem(&event.place, "who"));
        }
        if !event.what.names().into_iter().all(|name| known.has(name)) {
            problems.push(problem(&event.place, "about"));
        }
    }
    for row in study.moved.rows.iter().filter(|it| which(it.seq)) {
        problems.extend(known.unknown_ends(row).map(|column| problem(&row.place, column)));
    }
    for seal in seals.iter().filter(|it| which(it.seq)) {
        let column = match seal {
            Seal { coder, .. } if study.coder(coder).is_none() => "coder",
            Seal { round, .. } if study.round(round.as_str()).is_none() => "round",
            Seal { scope, .. } if !scope.iter().all(|it| known.has(Name::Case(it))) => "scope",
            _ => continue,
        };
        problems.push(problem(&Place::file(layout::SEALS), column));
    }
    problems
}

fn problem(place: &Place, column: &str) -> Problem {
    Problem::new(
        place.clone().column(column),
        msg!("events.name", column = column),
        msg!("events.name.fix"),
    )
}

/// What rows may name besides what is there: what was taken out, and texts that were to replace others when the power
/// failed.
struct Known<'a> {
    study: &'a Study,
    transcripts: BTreeSet<&'a TranscriptId>,
    cases: BTreeSet<&'a CaseId>,
}

impl<'a> Known<'a> {
    fn of(study: &'a Study, events: &'a [Event]) -> Self {
        let mut known = Self { study, transcripts: BTreeSet::new(), cases: BTreeSet::new() };
        for event in events {
            match &event.what {
                What::Remove { transcript, case } => {
                    known.transcripts.insert(transcript);
                    known.cases.extend(case);
                }
                What::Replace { new, .. } => {
                    known.transcripts.insert(new);
                }
                _ => {}
            }
        }
        known
    }

    fn has(&self, name: Name<'_>) -> bool {
        match name {
            Name::Case(case) => self.study.case(case).is_some() || self.cases.contains(case),
            Name::Coder(coder) => self.study.coder(coder).is_some(),
            Name::Transcript(id) => {
                self.transcripts.contains(id) || self.study.ever_transcript(id).is_some()
            }
            Name::Place(id, at) => match self.study.ever_transcript(id) {
                Some(text) => {
                    text.paragraphs.is_empty()
                        || (at.paragraph <= text.count()
                            && at.character <= text.length(at.paragraph))
                }
                None => self.transcripts.contains(id),
            },
            Name::Stretch(locator) => self.has_stretch(locator),
        }
    }

    fn has_stretch(&self, locator: &Locator) -> bool {
        match self.study.ever_transcript(locator.transcript()) {
            // A text that is missing is told once, where it is missing.
            Some(text) => text.paragraphs.is_empty() || text.locate(locator.span()).is_some(),
            None => self.transcripts.contains(locator.transcript()),
        }
    }

    /// The columns of a row of moves.csv in which nothing is named.
    fn unknown_ends(&self, row: &MoveRow) -> impl Iterator<Item = &'static str> {
        let lacks = |it: &Option<Locator>| it.as_ref().is_some_and(|it| !self.has_stretch(it));
        let (old, new) = (lacks(&row.old), lacks(&row.new));
        [("old", old), ("new", new)].into_iter().filter(|(_, lacks)| *lacks).map(|(name, _)| name)
    }
}
