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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
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
    pub memo: Option<Box<str>>,
    /// The version it was decided under: place in [`Study::versions`].
    pub version: u16,
    /// The seq of the row that it takes back.
    pub undoes: Option<u64>,
}

impl Entry {
    fn of(row: &LogRow) -> Self {
        Self {
            seq: row.seq,
            round: row.round,
            unit: row.unit,
            dimension: row.dimension,
            answer: row.answer,
            unsure: row.unsure,
            rest: row.rest,
            memo: row.memo.clone(),
            version: row.version,
            undoes: row.undoes,
        }
    }

    fn place(&self) -> (RoundIndex, UnitIndex, DimensionIndex) {
        (self.round, self.unit, self.dimension)
    }

    fn says_as(&self, other: &Self) -> bool {
        (self.answer, self.unsure, &self.memo) == (other.answer, other.unsure, &other.memo)
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

#[derive(Debug, Clone)]
struct Act {
    rows: Vec<usize>,
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
    last: Option<&'a Entry>,
    other: Option<&'a Entry>,
}

impl<'a> Before<'a> {
    /// The row in force; none where two devices decided differently at once.
    fn in_force(&self) -> Option<&'a Entry> {
        let contested = |last: &Entry, other: &Entry| last.seq == other.seq && !last.says_as(other);
        let conflict =
            self.last.zip(self.other).is_some_and(|(last, other)| contested(last, other));
        self.last.filter(|_| !conflict)
    }
}

/// Everything a coder did, act by act.
#[derive(Debug, Clone)]
pub struct History<'a> {
    study: &'a Study,
    answers: Answers,
    entries: Vec<Entry>,
    acts: Vec<Act>,
    act_of: Vec<usize>,
    /// Acts before this one cannot be redone any more.
    redo_from: usize,
}

impl<'a> History<'a> {
    /// Reads the acts out of a log.
    #[must_use]
    pub fn new(study: &'a Study, log: &Log) -> Self {
        let mut history = Self {
            study,
            answers: study.answers.clone(),
            entries: Vec::with_capacity(log.rows.len()),
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
            tail.act = Some(history.enter(Entry::of(row), tail.act));
            tail.row = at;
            tail.places.insert((row.unit, row.dimension));
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
        self.entries.len()
    }

    /// Whether nothing was ever decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// A row by its place in the log.
    #[must_use]
    pub fn entry(&self, at: usize) -> Option<&Entry> {
        self.entries.get(at)
    }

    /// The rows that take back the last act with a row in scope.
    #[must_use]
    pub fn undo(&self, in_scope: impl Fn(&Entry) -> bool) -> TakeBack {
        self.take_back(State::Done, 0, in_scope)
    }

    /// The rows that take back the last undo with a row in scope.
    #[must_use]
    pub fn redo(&self, in_scope: impl Fn(&Entry) -> bool) -> TakeBack {
        self.take_back(State::TookBack, self.redo_from, in_scope)
    }

    /// Takes note of rows that one append has written, with their seqs.
    pub fn record(&mut self, round: RoundIndex, decisions: &[NewDecision], seqs: &[u64]) {
        let mut act = None;
        for (decision, seq) in decisions.iter().zip(seqs) {
            let entry = self.entry_of(round, decision, *seq);
            act = Some(self.enter(entry, act));
        }
    }

    fn entry_of(&mut self, round: RoundIndex, decision: &NewDecision, seq: u64) -> Entry {
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
            memo: decision.memo.clone(),
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
            let undoes = row.undoes?;
            self.taken_back(undoes, (row.round, row.unit, row.dimension))
        };
        match (row.undoes, other.undoes) {
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
        let start = self.entries.partition_point(|entry| entry.seq < seq);
        let same = self.entries.iter().enumerate().skip(start);
        same.take_while(|(_, entry)| entry.seq == seq)
            .find(|(_, entry)| entry.place() == place)
            .and_then(|(at, _)| self.act_of.get(at).copied())
    }

    /// Adds a row to the act that it belongs to, or begins a new one; tells which.
    fn enter(&mut self, entry: Entry, joined: Option<usize>) -> usize {
        let at = self.entries.len();
        let number = joined.unwrap_or(self.acts.len());
        if let Some(act) = self.acts.get_mut(number) {
            act.rows.push(at);
        } else {
            let target = entry.undoes.and_then(|seq| self.taken_back(seq, entry.place()));
            let state = self.begin(target);
            self.acts.push(Act { rows: vec![at], state });
        }
        self.act_of.push(number);
        self.entries.push(entry);
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

    fn take_back(&self, state: State, from: usize, in_scope: impl Fn(&Entry) -> bool) -> TakeBack {
        let mut acts = self.acts.get(from..).unwrap_or_default().iter().rev();
        let found = acts
            .find(|act| act.state == state && self.rows_of(act).any(|(_, entry)| in_scope(entry)));
        let Some(act) = found else { return TakeBack::Nothing };
        let rows: Vec<(usize, &Entry)> = self.rows_of(act).collect();
        if !rows.iter().all(|(_, entry)| in_scope(entry)) {
            return TakeBack::Beyond;
        }
        let round = rows.first().map_or(RoundIndex(0), |(_, entry)| entry.round);
        TakeBack::Rows(round, self.before(&rows))
    }

    fn rows_of<'b>(&'b self, act: &'b Act) -> impl Iterator<Item = (usize, &'b Entry)> {
        act.rows.iter().filter_map(|at| Some((*at, self.entries.get(*at)?)))
    }

    /// The rows that take these back: what was in force just before each of them, whole.
    fn before(&self, rows: &[(usize, &Entry)]) -> Vec<NewDecision> {
        let mut standing: BTreeMap<_, Before<'_>> = BTreeMap::new();
        for (at, entry) in rows {
            standing.entry(entry.place()).or_insert(Before { until: *at, last: None, other: None });
        }
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some(before) = standing.get_mut(&entry.place()).filter(|it| at < it.until) {
                before.other = before.last.replace(entry);
            }
        }
        let taken = |(_, entry): &(usize, &Entry)| {
            let standing = standing.get(&entry.place()).and_then(Before::in_force);
            let answer =
                |it: &Entry| written(self.study, &self.answers, it.answer, usize::from(it.version));
            NewDecision {
                unit: entry.unit,
                dimension: entry.dimension,
                answer: standing.map_or(Answer::Undecided, answer),
                unsure: standing.is_some_and(|it| it.unsure),
                rest: standing.is_some_and(|it| it.rest),
                memo: standing.and_then(|it| it.memo.clone()),
                undoes: Some(entry.seq),
                codebook: standing
                    .and_then(|it| older_version(self.study, usize::from(it.version))),
            }
        };
        rows.iter().map(taken).collect()
    }
}
