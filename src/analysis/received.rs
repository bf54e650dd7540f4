//! What a file gives that a coder sends back, and what it changes in what is in force.

use std::collections::BTreeMap;

use super::older::History;
use super::own::Own;
use super::versions::{has, ids_then, older_version};
use crate::domain::answer::{Answer, AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::coding::Cell;
use crate::domain::event::SavedPage;
use crate::domain::id::CoderId;
use crate::domain::log::{NewDecision, RoundIndex, UnitIndex, Via};
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::msg;

/// What a file gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The rows that give anything, in order.
    pub rows: Vec<ReceivedRow>,
    /// How it came.
    pub via: Via,
    /// What a person should know.
    pub notes: Vec<Message>,
    /// Which page it is from, if it is from one.
    pub page: Option<SavedPage>,
    /// How many cells of answers are blank in rows that are not marked done.
    pub blank: u64,
}

/// One row that gives anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedRow {
    /// The line, or in a sheet the number of the row.
    pub line: u64,
    /// Whose decisions these are.
    pub coder: CoderId,
    /// The round.
    pub round: RoundIndex,
    /// The unit.
    pub unit: UnitIndex,
    /// The version of the codebook under which it was decided: place in the study's versions.
    pub version: usize,
    /// What is given, dimension by dimension.
    pub answers: Vec<GivenAnswer>,
    /// What becomes of the memo.
    pub memo: GivenMemo,
    /// Whether the memo is that of the whole row, as in sheets, and not of one decision.
    pub memo_of_row: bool,
    /// A note on the unit, in files of a page.
    pub note: Option<String>,
}

/// What a row gives in one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAnswer {
    /// Where.
    pub at: Place,
    /// The dimension.
    pub dimension: DimensionIndex,
    /// The answer.
    pub answer: Given,
    /// Whether the coder is unsure; absent where the file does not say.
    pub unsure: Option<bool>,
    /// Whether it is a none that came by closing: a blank of a row marked done, or so in a page.
    pub rest: bool,
}

impl GivenAnswer {
    /// The same place, where blank means that nothing applies.
    fn closed(&self) -> Self {
        Self { answer: Given::Codes(Vec::new()), rest: true, ..self.clone() }
    }
}

/// What cells give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Nothing: the decision stays as it is.
    Nothing,
    /// The decision is taken back.
    TakeBack,
    /// These codes, in codebook order; none at all is "none applies".
    Codes(Vec<CodeIndex>),
}

/// What becomes of a memo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenMemo {
    /// It stays as it is.
    Keep,
    /// It is taken away.
    Clear,
    /// It is this.
    Set(String),
}

/// How many decisions a file changes, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Decided now, not before.
    pub new: u64,
    /// Decided otherwise than before.
    pub changed: u64,
    /// Taken back.
    pub taken_back: u64,
    /// As before.
    pub unchanged: u64,
}

/// What a file changes for one coder in one round.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// The rows to append.
    pub decisions: Vec<NewDecision>,
    /// Memos on units of which nothing is decided: notes on the unit.
    pub notes: Vec<(UnitIndex, String)>,
    /// How many of each kind.
    pub counts: Counts,
    /// The decisions that become other ones or none at all, with what becomes of them.
    pub replaced: Vec<(UnitIndex, DimensionIndex, Replaced)>,
    /// Whether every decision that the file replaces goes back to one that a later answer had replaced, as
    /// an older file would do.
    pub goes_back: bool,
}

/// What becomes of a decision that was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// Another.
    Changed,
    /// None, because its row is marked done and blank.
    Closed,
    /// It is taken back.
    TakenBack,
}

/// How blank cells are to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Blank {
    /// The decision stays as it is.
    #[default]
    Keep,
    /// What is undecided is none.
    None,
}

impl Changes {
    /// Works out what rows of one coder and round change.
    pub fn of<'r>(
        rows: impl Iterator<Item = &'r ReceivedRow>,
        own: &Own<'_>,
        blank: Blank,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut changes = Self { goes_back: true, ..Self::default() };
        let mut decisions: BTreeMap<_, NewDecision> = BTreeMap::new();
        let mut history: Option<History<'_>> = None;
        for row in rows {
            let memo = memo_of(row, own);
            let about = about(row, own);
            if let (GivenMemo::Set(text), true) = (&memo, about.is_empty()) {
                changes.notes.push((row.unit, text.clone()));
            }
            if let Some(note) = &row.note {
                changes.notes.push((row.unit, note.clone()));
            }
            for given in &row.answers {
                let now = own.cell(row.unit, given.dimension);
                let closes = blank == Blank::None
                    && given.answer == Given::Nothing
                    && !now.answer.is_decided();
                let given = &if closes { given.closed() } else { given.clone() };
                let is_about = about.contains(&given.dimension);
                let memo = if is_about { &memo } else { &GivenMemo::Keep };
                let step = Step { given, memo, version: row.version, now, own };
                let before = problems.len();
                let Some(next) = step.next(row.unit, problems) else { continue };
                if problems.len() > before {
                    continue;
                }
                let kind = step.kind(&next);
                if kind == Kind::Unchanged {
                    changes.counts.unchanged += u64::from(given.answer != Given::Nothing);
                    continue;
                }
                let history =
                    history.get_or_insert_with(|| History::of(own.log, row.round, own.study));
                changes.goes_back &= history.goes_back(row.unit, given.dimension, step.codes());
                changes.count(kind, row.unit, given);
                decisions.insert((row.unit, given.dimension), next);
            }
        }
        changes.goes_back &= !decisions.is_empty();
        changes.decisions = decisions.into_values().collect();
        changes
    }

    /// Takes note of one decision that becomes another.
    fn count(&mut self, kind: Kind, unit: UnitIndex, given: &GivenAnswer) {
        let (count, replaced) = match kind {
            Kind::Unchanged => return,
            Kind::New => (&mut self.counts.new, None),
            Kind::Changed if given.rest => (&mut self.counts.changed, Some(Replaced::Closed)),
            Kind::Changed => (&mut self.counts.changed, Some(Replaced::Changed)),
            Kind::TakenBack => (&mut self.counts.taken_back, Some(Replaced::TakenBack)),
        };
        *count += 1;
        self.replaced.extend(replaced.map(|it| (unit, given.dimension, it)));
    }
}

/// What becomes of the memos of a row. The memo that a sheet showed changes none.
fn memo_of(row: &ReceivedRow, own: &Own<'_>) -> GivenMemo {
    let text = match &row.memo {
        GivenMemo::Keep => return GivenMemo::Keep,
        GivenMemo::Clear => "-",
        GivenMemo::Set(text) => text,
    };
    let as_shown = row.memo_of_row && own.shown_memo(row.unit).trim() == text;
    if as_shown { GivenMemo::Keep } else { row.memo.clone() }
}

/// The dimensions whose decisions the memo of a row is about: those that bear one; where none does, those
/// that give a code; where none does that either, all that are decided.
fn about(row: &ReceivedRow, own: &Own<'_>) -> Vec<DimensionIndex> {
    let of = |wanted: &dyn Fn(&GivenAnswer, Cell) -> bool| -> Vec<DimensionIndex> {
        let cell = |given: &GivenAnswer| own.cell(row.unit, given.dimension);
        let decided = |given: &GivenAnswer| match given.answer {
            Given::Codes(_) => true,
            Given::Nothing => cell(given).answer.is_decided(),
            Given::TakeBack => false,
        };
        let found = row.answers.iter().filter(|it| decided(it) && wanted(it, cell(it)));
        found.map(|it| it.dimension).collect()
    };
    let bears = of(&|_, cell| !own.memo(cell).is_empty());
    let gives = of(&|given, cell| match &given.answer {
        Given::Codes(codes) => !codes.is_empty(),
        _ => !own.codes(cell).is_empty(),
    });
    let all = of(&|_, _| true);
    [bears, gives, all].into_iter().find(|list| !list.is_empty()).unwrap_or_default()
}

/// What a step from one decision to the next is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unchanged,
    New,
    Changed,
    TakenBack,
}

/// One given answer against the decision that is in force.
struct Step<'a> {
    given: &'a GivenAnswer,
    memo: &'a GivenMemo,
    version: usize,
    now: Cell,
    own: &'a Own<'a>,
}

impl Step<'_> {
    /// The codes in force, or those given; `None` where nothing is decided.
    fn codes(&self) -> Option<&[CodeIndex]> {
        match &self.given.answer {
            Given::Codes(codes) => Some(codes),
            Given::TakeBack => None,
            Given::Nothing => self.codes_now(),
        }
    }

    fn codes_now(&self) -> Option<&[CodeIndex]> {
        self.now.answer.is_decided().then(|| self.own.codes(self.now))
    }

    /// The decision as it will be; `None` where the file leaves it alone.
    fn next(&self, unit: UnitIndex, problems: &mut Vec<Problem>) -> Option<NewDecision> {
        if self.given.answer == Given::Nothing && !self.now.answer.is_decided() {
            if self.given.unsure == Some(true) {
                problems.push(Problem::new(
                    self.given.at.clone(),
                    msg!("received.unsure_alone"),
                    msg!("received.unsure_alone.fix"),
                ));
            }
            return None;
        }
        let codes = self.codes();
        let same = codes == self.codes_now();
        let version = self.decided_under(codes.unwrap_or_default(), same);
        if version.is_none() {
            let retired = |code: &&CodeIndex| !self.own.study.vocabulary.of(**code).in_force;
            let code = codes.unwrap_or_default().iter().find(retired);
            let code = code.map(|it| self.own.study.vocabulary.of(*it).id.to_string());
            let of_dimension =
                || self.own.study.vocabulary.dimensions.get(usize::from(self.given.dimension.0));
            let code = code.or_else(|| of_dimension().map(|it| it.id.to_string()));
            problems.push(Problem::new(
                self.given.at.clone(),
                msg!("received.retired", code = code.unwrap_or_default()),
                msg!("received.retired.fix"),
            ));
        }
        let version = version?;
        let kept = self.own.memo(self.now);
        let memo = match self.memo {
            GivenMemo::Keep => kept,
            GivenMemo::Clear => "",
            GivenMemo::Set(text) => text,
        };
        let unsure = self.given.unsure.unwrap_or(same && self.now.unsure);
        Some(NewDecision {
            unit,
            dimension: self.given.dimension,
            answer: self.answer(codes, version),
            unsure: unsure && codes.is_some(),
            rest: self.given.rest,
            memo: (!memo.is_empty()).then(|| memo.into()),
            undoes: None,
            codebook: older_version(self.own.study, version),
        })
    }

    /// The version under which this is decided, one that has the codes: where the answer stays, that of the decision that is
    /// there; else that of the file, or the one in force.
    fn decided_under(&self, codes: &[CodeIndex], same: bool) -> Option<usize> {
        let study = self.own.study;
        let in_force = study.versions.len().saturating_sub(1);
        let before = same.then_some(usize::from(self.now.version));
        let mut versions = [before, Some(self.version), Some(in_force)].into_iter().flatten();
        versions.find(|version| has(study, *version, self.given.dimension, codes))
    }

    fn answer(&self, codes: Option<&[CodeIndex]>, version: usize) -> Answer {
        match codes {
            None => Answer::Undecided,
            Some([]) => Answer::None,
            Some(codes) => Answer::Codes(ids_then(self.own.study, codes, version)),
        }
    }

    fn kind(&self, next: &NewDecision) -> Kind {
        let same = self.codes() == self.codes_now()
            && next.unsure == self.now.unsure
            && next.memo.as_deref().unwrap_or_default().trim() == self.own.memo(self.now).trim();
        let undecided = next.answer == Answer::Undecided;
        match (self.now.answer == AnswerIndex::UNDECIDED, undecided) {
            _ if same => Kind::Unchanged,
            (true, true) => Kind::Unchanged,
            (true, false) => Kind::New,
            (false, true) => Kind::TakenBack,
            (false, false) => Kind::Changed,
        }
    }
}
