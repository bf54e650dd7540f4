//! Undo and redo over a coder's log: what was one act, which act is the last, and what was there before.
//!
//! The log holds rows, people take back acts: an answer, one `e`, one `receive`. An act is the rows of
//! one append, known again in a log by one device, neighbouring seqs, one time, one way in and one
//! round, and by what one append can hold:
//!
//! - through `sheet`, `csv`, `pack` or `import`: every unit and dimension at most once;
//! - at the keyboard: `none`, certain, in dimensions of one unit from the last to the first, which is
//!   `e`; everything else that is typed is an act of its own. Whoever types one `0` after the other goes
//!   from the first dimension to the last, so that the two differ even within one second;
//! - rows that take back: those of one act, and they stand together as it did.
//!
//! Taking back an act brings back, row by row, what was in force just before it. Whoever takes back an
//! undo redoes; so one rule serves both. A new decision ends the redoing of what was undone before it.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::versions::{older_version, written};
use crate::domain::answer::{Answer, AnswerIndex, Answers, DimensionIndex};
use crate::domain::id::CodeId;
use crate::domain::log::{Log, LogRow, NewDecision, RoundIndex, UnitIndex, Via};
use crate::domain::study::Study;

/// One row of the log, as far as undoing needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'e> {
    /// Its seq.
    pub seq: u64,
    /// The round.
    pub round: RoundIndex,
    /// The unit.
    pub unit: UnitIndex,
    /// The dimension.
    pub dimension: DimensionIndex,
    /// The answer, by its number in [`History::answers`].
    pub answer: AnswerIndex,
    /// Whether the coder was unsure.
    pub unsure: bool,
    /// Whether it is a `none` that came by closing a unit.
    pub rest: bool,
    /// The memo on the decision.
    pub memo: Option<&'e str>,
    /// The version it was decided under: place in [`Study::versions`].
    pub version: u16,
    /// The seq of the row that it takes back.
    pub undoes: Option<u64>,
}

impl<'e> Entry<'e> {
    fn of(row: &'e LogRow) -> Self {
        Self {
            seq: row.seq,
            round: row.round,
            unit: row.unit,
            dimension: row.dimension,
            answer: row.answer,
            unsure: row.unsure,
            rest: row.rest,
            memo: row.memo(),
            version: row.version,
            undoes: row.undoes(),
        }
    }

    fn place(&self) -> (RoundIndex, UnitIndex, DimensionIndex) {
        (self.round, self.unit, self.dimension)
    }

    fn says_as(&self, other: &Self) -> bool {
        (self.answer, self.unsure, self.memo) == (other.answer, other.unsure, other.memo)
    }
}

/// What can still be done with an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It stands and can be taken back.
    Done,
    /// It took another back and can itself be taken back, which is redoing.
    TookBack,
    /// It was taken back, or a later decision ended its redoing.
    Spent,
}

/// Rows of one append. Other devices' rows may stand between them; a large log has many acts, so that none lists its rows.
#[derive(Debug, Clone, Copy)]
struct Act {
    first: u32,
    last: u32,
    state: State,
}

/// The act that a device wrote last, while a log is read.
#[derive(Debug, Clone, Default)]
struct Tail {
    act: Option<usize>,
    row: usize,
    places: BTreeSet<(UnitIndex, DimensionIndex)>,
}

/// What taking back found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakeBack {
    /// There is nothing to take back in this scope.
    Nothing,
    /// The last act reaches beyond the scope and cannot be taken back in part.
    Beyond,
    /// These rows, appended together, take the act back.
    Rows(RoundIndex, Vec<NewDecision>),
}

/// The last two rows on a place before a row of the log.
struct Before<'a> {
    until: usize,
    last: Option<Entry<'a>>,
    other: Option<Entry<'a>>,
}

impl<'a> Before<'a> {
    /// The row in force; none where two devices decided differently at once.
    fn in_force(&self) -> Option<Entry<'a>> {
        let contested =
            |(last, other): (Entry<'_>, Entry<'_>)| last.seq == other.seq && !last.says_as(&other);
        let conflict = self.last.zip(self.other).is_some_and(contested);
        self.last.filter(|_| !conflict)
    }
}

/// Everything a coder did, act by act.
#[derive(Debug, Clone)]
pub struct History<'a> {
    study: &'a Study,
    answers: Answers,
    /// The rows that there were, and those written since, each with its memo.
    rows: &'a [LogRow],
    since: Vec<(Entry<'static>, Option<Box<str>>)>,
    acts: Vec<Act>,
    /// The act that each row belongs to.
    act_of: Vec<u32>,
    /// Acts before this one cannot be redone any more.
    redo_from: usize,
}

impl<'a> History<'a> {
    /// Reads the acts out of a log.
    #[must_use]
    pub fn new(study: &'a Study, log: &'a Log) -> Self {
        let mut history = Self {
            study,
            answers: study.answers.clone(),
            rows: &log.rows,
            since: Vec::new(),
            acts: Vec::new(),
            act_of: Vec::with_capacity(log.rows.len()),
            redo_from: 0,
        };
        let mut tails: Vec<Option<Tail>> = vec![None; log.devices.len().max(1)];
        for (at, row) in log.rows.iter().enumerate() {
            let before = tails.get_mut(usize::from(row.device)).and_then(Option::take);
            let mut tail = before
                .filter(|tail| {
                    let other = log.rows.get(tail.row);
                    other.is_some_and(|other| history.is_one_act(tail, other, row))
                })
                .unwrap_or_default();
            tail.act = Some(history.enter(tail.act));
            tail.row = at;
            // At the keyboard an act is known otherwise; a large log would note each of its rows.
            if !matches!(row.via, Via::Lines | Via::Screen) {
                tail.places.insert((row.unit, row.dimension));
            }
            if let Some(place) = tails.get_mut(usize::from(row.device)) {
                *place = Some(tail);
            }
        }
        history
    }

    /// The answers that entries name by number: those of the study and those given since.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len() + self.since.len()
    }

    /// Whether nothing was ever decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A row by its place in the log.
    #[must_use]
    pub fn entry(&self, at: usize) -> Option<Entry<'_>> {
        match self.rows.get(at) {
            Some(row) => Some(Entry::of(row)),
            None => self
                .since
                .get(at.checked_sub(self.rows.len())?)
                .map(|(entry, memo)| Entry { memo: memo.as_deref(), ..*entry }),
        }
    }

    /// The rows that take back the last act with a row in scope.
    #[must_use]
    pub fn undo(&self, in_scope: impl Fn(&Entry<'_>) -> bool) -> TakeBack {
        self.take_back(State::Done, 0, in_scope)
    }

    /// The rows that take back the last undo with a row in scope.
    #[must_use]
    pub fn redo(&self, in_scope: impl Fn(&Entry<'_>) -> bool) -> TakeBack {
        self.take_back(State::TookBack, self.redo_from, in_scope)
    }

    /// Takes note of rows that one append has written, with their seqs.
    pub fn record(&mut self, round: RoundIndex, decisions: &[NewDecision], seqs: &[u64]) {
        let mut act = None;
        for (decision, seq) in decisions.iter().zip(seqs) {
            let entry = self.entry_of(round, decision, *seq);
            self.since.push((entry, decision.memo.clone()));
            act = Some(self.enter(act));
        }
    }

    fn entry_of(&mut self, round: RoundIndex, decision: &NewDecision, seq: u64) -> Entry<'static> {
        let version = decision.codebook.as_ref().and_then(|wanted| {
            self.study.versions.iter().position(|version| version.id == *wanted)
        });
        let version = version.unwrap_or(self.study.versions.len().saturating_sub(1));
        Entry {
            seq,
            round,
            unit: decision.unit,
            dimension: decision.dimension,
            answer: self.number(&decision.answer),
            unsure: decision.unsure,
            rest: decision.rest,
            memo: None,
            version: u16::try_from(version).unwrap_or(u16::MAX),
            undoes: decision.undoes,
        }
    }

    fn number(&mut self, answer: &Answer) -> AnswerIndex {
        match answer {
            Answer::Undecided => AnswerIndex::UNDECIDED,
            Answer::None => AnswerIndex::NONE,
            Answer::Codes(ids) => {
                let code = |id: &CodeId| self.study.vocabulary.code(id.as_str());
                let codes = ids.iter().filter_map(code).collect();
                self.answers.number(codes)
            }
        }
    }

    /// Whether a row was written by the same append as the one before it on its device.
    fn is_one_act(&self, tail: &Tail, other: &LogRow, row: &LogRow) -> bool {
        let neighbours = row.seq == other.seq + 1
            && (row.at, row.via, row.round) == (other.at, other.via, other.round);
        if !neighbours {
            return false;
        }
        let act_of = |row: &LogRow| {
            let undoes = row.undoes()?;
            self.taken_back(undoes, (row.round, row.unit, row.dimension))
        };
        match (row.undoes(), other.undoes()) {
            (Some(_), Some(_)) => act_of(row).is_some() && act_of(row) == act_of(other),
            (None, None) if matches!(row.via, Via::Lines | Via::Screen) => {
                let is_none = |row: &LogRow| row.answer == AnswerIndex::NONE && !row.unsure;
                is_none(row)
                    && is_none(other)
                    && row.rest == other.rest
                    // The full screen has said from the beginning what closed a unit.
                    && (row.rest || row.via == Via::Lines)
                    && row.unit == other.unit
                    && row.dimension < other.dimension
            }
            (None, None) => !tail.places.contains(&(row.unit, row.dimension)),
            _ => false,
        }
    }

    /// The act whose row has this seq on this place, if any.
    fn taken_back(
        &self,
        seq: u64,
        place: (RoundIndex, UnitIndex, DimensionIndex),
    ) -> Option<usize> {
        let start = match self.rows.partition_point(|row| row.seq < seq) {
            start if start < self.rows.len() => start,
            end => end + self.since.partition_point(|(entry, _)| entry.seq < seq),
        };
        let same = (start..).map_while(|at| Some((at, self.entry(at)?)));
        same.take_while(|(_, entry)| entry.seq == seq)
            .find(|(_, entry)| entry.place() == place)
            .and_then(|(at, _)| self.act_at(at))
    }

    fn act_at(&self, row: usize) -> Option<usize> {
        self.act_of.get(row).map(|act| *act as usize)
    }

    /// Adds the next row to the act that it belongs to, or begins a new one; tells which.
    fn enter(&mut self, joined: Option<usize>) -> usize {
        let at = self.act_of.len();
        let row = u32::try_from(at).unwrap_or(u32::MAX);
        let number = joined.unwrap_or(self.acts.len());
        if let Some(act) = self.acts.get_mut(number) {
            act.last = row;
        } else {
            let target = self.entry(at).and_then(|it| self.taken_back(it.undoes?, it.place()));
            let state = self.begin(target);
            self.acts.push(Act { first: row, last: row, state });
        }
        self.act_of.push(u32::try_from(number).unwrap_or(u32::MAX));
        number
    }

    /// What a new act is, given the act that it takes back.
    fn begin(&mut self, target: Option<usize>) -> State {
        match target.and_then(|target| self.acts.get_mut(target)) {
            Some(act) if act.state != State::Spent => {
                let was = std::mem::replace(&mut act.state, State::Spent);
                if was == State::Done { State::TookBack } else { State::Done }
            }
            Some(_) => State::Done, // two devices took back the same: the second stands by itself
            None => {
                self.redo_from = self.acts.len();
                State::Done
            }
        }
    }

    fn take_back(
        &self,
        state: State,
        from: usize,
        in_scope: impl Fn(&Entry<'_>) -> bool,
    ) -> TakeBack {
        let mut acts = (from..self.acts.len()).rev().filter(|act| self.state(*act) == Some(state));
        let Some(act) = acts.find(|act| self.rows_of(*act).any(|(_, entry)| in_scope(&entry)))
        else {
            return TakeBack::Nothing;
        };
        let rows: Vec<(usize, Entry<'_>)> = self.rows_of(act).collect();
        if !rows.iter().all(|(_, entry)| in_scope(entry)) {
            return TakeBack::Beyond;
        }
        let round = rows.first().map_or(RoundIndex(0), |(_, entry)| entry.round);
        TakeBack::Rows(round, self.before(&rows))
    }

    fn state(&self, act: usize) -> Option<State> {
        self.acts.get(act).map(|it| it.state)
    }

    /// The rows of an act, with their places.
    fn rows_of(&self, act: usize) -> impl Iterator<Item = (usize, Entry<'_>)> {
        let between = self.acts.get(act).map(|it| it.first as usize..=it.last as usize);
        let own = between.into_iter().flatten().filter(move |at| self.act_at(*at) == Some(act));
        own.filter_map(|at| Some((at, self.entry(at)?)))
    }

    /// The rows that take these back: what was in force just before each of them, whole.
    fn before(&self, rows: &[(usize, Entry<'_>)]) -> Vec<NewDecision> {
        let mut standing: BTreeMap<_, Before<'_>> = BTreeMap::new();
        for (at, entry) in rows {
            standing.entry(entry.place()).or_insert(Before { until: *at, last: None, other: None });
        }
        // Mostly of one unit: of a large log hardly any row is looked at closely.
        let (first, last) =
            (rows.iter().map(|it| it.1.unit).min(), rows.iter().map(|it| it.1.unit).max());
        let is_near = |unit| first <= Some(unit) && Some(unit) <= last;
        let until = rows.iter().map(|(at, _)| *at).max().unwrap_or(0);
        let earlier = (0..until).filter_map(|at| Some((at, self.entry(at)?)));
        for (at, entry) in earlier.filter(|(_, entry)| is_near(entry.unit)) {
            if let Some(before) = standing.get_mut(&entry.place()).filter(|it| at < it.until) {
                before.other = before.last.replace(entry);
            }
        }
        let taken = |(_, entry): &(usize, Entry<'_>)| {
            let standing = standing.get(&entry.place()).and_then(Before::in_force);
            let answer = |it: Entry<'_>| {
                written(self.study, &self.answers, it.answer, usize::from(it.version))
            };
            NewDecision {
                unit: entry.unit,
                dimension: entry.dimension,
                answer: standing.map_or(Answer::Undecided, answer),
                unsure: standing.is_some_and(|it| it.unsure),
                rest: standing.is_some_and(|it| it.rest),
                memo: standing.and_then(|it| it.memo).map(Into::into),
                undoes: Some(entry.seq),
                codebook: standing
                    .and_then(|it| older_version(self.study, usize::from(it.version))),
            }
        };
        rows.iter().map(taken).collect()
    }
}
