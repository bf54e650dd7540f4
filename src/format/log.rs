//! `coding/<coder>.csv`: the log of a coder's decisions.

mod alike;

use std::collections::{HashMap, HashSet};

use self::alike::{End, Seconds};
use super::keyed::Key;
use super::recent::Recent;
use super::rows::{self, Line, Taker};
use super::unit_names::UnitNames;
use crate::domain::answer::{Answer, AnswerIndex, Answers, DimensionIndex, Vocabulary};
use crate::domain::codebook::Codebook;
use crate::domain::id::RoundId;
use crate::domain::locator::Locator;
use crate::domain::log::{Device, LogRow, NewDecision, REST, Rare, RoundIndex, UnitIndex, Via};
use crate::domain::problem::{Place, Problem};
use crate::domain::time::{Moment, moment};
use crate::msg;
use crate::read::eight::line_ends;

/// The columns of a log.
pub const COLUMNS: [&str; 11] = [
    "seq",
    "at",
    "round",
    "unit",
    "dimension",
    "codes",
    "certainty",
    "memo",
    "via",
    "undoes",
    "codebook",
];

/// The column of the unit.
const UNIT: usize = 3;

/// What a version of the codebook lets a decision say.
struct Wording {
    /// A dimension may have got another id since, and a row names it by either.
    dimensions: HashSet<DimensionIndex>,
    codes: HashSet<(DimensionIndex, String)>,
}

/// What `codes` cells mean; nothing where they are wrong.
type Meanings = HashMap<String, Option<AnswerIndex>, Key>;

/// What a log is checked against, and what its answers are kept in.
pub struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    answers: Answers,
    rounds: HashMap<&'a str, RoundIndex>,
    units: &'a UnitNames,
    versions: HashMap<&'a str, (u16, Wording)>,
    /// What each `codes` cell means in a version and dimension; a study has few different ones.
    known: Vec<((u16, DimensionIndex), Meanings)>,
    recent: Looked,
}

/// What cells of rows just above were found to mean, column by column.
#[derive(Default)]
struct Looked {
    rounds: Recent<RoundIndex>,
    units: Recent<UnitIndex>,
    dimensions: Recent<DimensionIndex>,
    versions: Recent<u16>,
    seconds: Seconds,
    ends: Recent<End>,
}

/// What a reader found in one file.
#[derive(Debug, Default)]
pub struct Rows {
    /// The rows that are sound, with `device` 0.
    pub rows: Vec<LogRow>,
    /// The highest seq of any row.
    pub highest_seq: u64,
    /// Rows on stretches of text that are no unit now, by line: kept, and counted nowhere.
    pub gone: Vec<u64>,
    /// The byte at which a torn last row begins.
    pub torn: Option<usize>,
}

impl<'a> Reader<'a> {
    /// A reader of logs of one study.
    #[must_use]
    pub fn new(
        vocabulary: &'a Vocabulary,
        rounds: &'a [RoundId],
        units: &'a UnitNames,
        versions: impl Iterator<Item = (&'a str, &'a Codebook)>,
    ) -> Self {
        Self {
            vocabulary,
            answers: Answers::default(),
            rounds: (0..)
                .map(RoundIndex)
                .zip(rounds)
                .map(|(at, round)| (round.as_str(), at))
                .collect(),
            units,
            versions: (0..)
                .zip(versions)
                .map(|(at, (id, codebook))| (id, (at, wording(codebook, vocabulary))))
                .collect(),
            known: Vec::new(),
            recent: Looked::default(),
        }
    }

    /// The table of all answers that were read.
    #[must_use]
    pub fn into_answers(self) -> Answers {
        self.answers
    }

    /// Reads one file of a log. Problems name the line, never the codes: who lists them may not yet see
    /// this coder's work.
    pub fn read(&mut self, file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Rows {
        let mut found = Rows::default();
        // All at once: a large log would otherwise stand in memory twice while the list grows.
        found.rows.reserve_exact(line_ends(bytes));
        let complete = |line: &Line| rows::is_version(line.get(10));
        let mut taking = Taking { reader: self, file, found };
        let torn = rows::read_to(file, bytes, &COLUMNS, complete, problems, &mut taking);
        Rows { torn, ..taking.found }
    }

    /// One row; or the column that is wrong.
    fn row(&mut self, line: &Line<'_>, seq: u64) -> Result<LogRow, usize> {
        if seq == 0 {
            return Err(0);
        }
        let at = moment(line.get(1)).ok_or(1_usize)?;
        let recent = &mut self.recent;
        let cell = line.get(2);
        let round = recent.rounds.get(cell, || self.rounds.get(cell).copied()).ok_or(2_usize)?;
        let cell = line.get(4);
        let dimension = recent.dimensions.get(cell, || self.vocabulary.dimension(cell));
        let dimension = dimension.ok_or(4_usize)?;
        let unsure = match line.get(6) {
            "" => false,
            "unsure" => true,
            _ => return Err(6),
        };
        let (via, rest) = way(line.get(8)).ok_or(8_usize)?;
        let undoes = match line.get(9) {
            "" => None,
            seq => Some(seq.parse().map_err(|_| 9_usize)?),
        };
        let cell = line.get(10);
        let version = recent.versions.get(cell, || Some(self.versions.get(cell)?.0));
        let version = version.ok_or(10_usize)?;
        let answer = self.answer(line.get(5), line.get(10), version, dimension).ok_or(5_usize)?;
        if rest && answer != AnswerIndex::NONE {
            return Err(8);
        }
        // Last, so that a row is gone only where everything else about it is sound.
        let cell = line.get(UNIT);
        let unit = self.recent.units.get(cell, || self.units.get(cell)).ok_or(UNIT)?;
        let memo = Some(line.text(7).into_boxed_str()).filter(|it| !it.is_empty());
        let rare = (memo.is_some() || undoes.is_some()).then(|| Box::new(Rare { memo, undoes }));
        if rare.is_none() {
            let cells = [6, 7, 8, 9, 10].map(|column| line.get(column));
            self.recent.ends.get(&cells.join(","), || Some(End { unsure, via, rest, version }));
        }
        Ok(LogRow {
            seq,
            at,
            round,
            unit,
            dimension,
            answer,
            unsure,
            via,
            rest,
            rare,
            version,
            device: 0,
            line: line.number,
            start: u32::try_from(line.start).map_err(|_| 0_usize)?,
            length: u32::try_from(line.length).map_err(|_| 0_usize)?,
        })
    }

    /// The answer that a `codes` cell gives, if its version has these codes in this dimension.
    fn answer(
        &mut self,
        cell: &str,
        version_id: &str,
        version: u16,
        index: DimensionIndex,
    ) -> Option<AnswerIndex> {
        if cell.is_empty() {
            return Some(AnswerIndex::UNDECIDED);
        }
        let place = self.known.iter().position(|(about, _)| *about == (version, index));
        let known = place.and_then(|at| self.known.get(at)).and_then(|(_, cells)| cells.get(cell));
        if let Some(known) = known {
            return *known;
        }
        let (_, wording) = self.versions.get(version_id)?;
        let answer = self.codes(cell, index, wording).map(|codes| self.answers.number(codes));
        let place = place.unwrap_or(self.known.len());
        if place == self.known.len() {
            self.known.push(((version, index), Meanings::default()));
        }
        if let Some((_, cells)) = self.known.get_mut(place) {
            cells.insert(cell.to_owned(), answer);
        }
        answer
    }

    fn codes(
        &self,
        cell: &str,
        dimension: DimensionIndex,
        wording: &Wording,
    ) -> Option<Vec<crate::domain::answer::CodeIndex>> {
        if !wording.dimensions.contains(&dimension) {
            return None;
        }
        if cell == "none" {
            return Some(Vec::new());
        }
        cell.split(';')
            .map(|code| {
                let code = code.trim();
                let allowed = wording.codes.contains(&(dimension, code.to_owned()));
                self.vocabulary.code(code).filter(|_| allowed)
            })
            .collect()
    }
}

/// A file that is being read.
struct Taking<'a, 'r> {
    reader: &'a mut Reader<'r>,
    file: &'a str,
    found: Rows,
}

impl Taker for Taking<'_, '_> {
    fn row(&mut self, line: &Line<'_>, problems: &mut Vec<Problem>) {
        let seq = line.get(0).parse().unwrap_or(0);
        self.found.highest_seq = self.found.highest_seq.max(seq);
        match self.reader.row(line, seq) {
            Ok(row) => self.found.rows.push(row),
            Err(UNIT) if line.get(UNIT).parse::<Locator>().is_ok() => {
                self.found.gone.push(u64::from(line.number));
            }
            Err(column) => problems.push(Problem::new(
                Place::line(self.file, u64::from(line.number)).column(COLUMNS[column]),
                problem(column),
                msg!("log.row.fix"),
            )),
        }
    }

    fn take_alike(&mut self, rest: &str, start: usize, number: u32) -> Option<usize> {
        let (row, length) = self.reader.alike(rest, u32::try_from(start).ok()?, number)?;
        self.found.highest_seq = self.found.highest_seq.max(row.seq);
        self.found.rows.push(row);
        Some(length)
    }
}

fn wording(codebook: &Codebook, vocabulary: &Vocabulary) -> Wording {
    let mut wording = Wording { dimensions: HashSet::new(), codes: HashSet::new() };
    for dimension in &codebook.dimensions {
        let Some(index) = vocabulary.dimension(dimension.id.as_str()) else { continue };
        wording.dimensions.insert(index);
        wording.codes.insert((index, dimension.id.to_string()));
        let tree = dimension.tree();
        wording.codes.extend(tree.iter().map(|(_, code)| (index, code.id.to_string())));
    }
    wording
}

/// How a decision came, and whether it came by closing a unit or a sheet's row.
fn way(cell: &str) -> Option<(Via, bool)> {
    let (via, rest) = match cell.strip_suffix(REST) {
        Some(via) => (via, true),
        None => (cell, false),
    };
    Some((via.parse().ok()?, rest))
}

fn problem(column: usize) -> crate::domain::message::Message {
    match column {
        2 => msg!("log.round"),
        3 => msg!("log.unit"),
        4 => msg!("log.dimension"),
        5 => msg!("log.codes"),
        10 => msg!("log.codebook"),
        other => msg!("log.cell", column = COLUMNS[other.min(10)]),
    }
}

/// What is said of a row on a stretch of text that is no unit now.
#[must_use]
pub fn gone(file: &str, line: u64) -> Problem {
    let at = Place::line(file, line).column(COLUMNS[UNIT]);
    Problem::new(at, msg!("log.gone"), msg!("log.gone.fix"))
}

/// The byte at which a torn last row of a log begins, if its last write was lost.
#[must_use]
pub fn torn(bytes: &[u8]) -> Option<usize> {
    let complete = |line: &Line| rows::is_version(line.get(10));
    rows::read("", bytes, &COLUMNS, complete, &mut Vec::new(), |_, _| {})
}

/// The `codes` cells of a file of a log by line, as they were written: the codebook may have given codes
/// other ids since.
#[must_use]
pub fn written_codes(device: &Device) -> HashMap<u32, String> {
    let mut codes = HashMap::new();
    rows::read(
        &device.file,
        &device.bytes,
        &COLUMNS,
        |_| true,
        &mut Vec::new(),
        |line, _| {
            codes.insert(line.number, line.get(5).to_owned());
        },
    );
    codes
}

/// What every row of one append shares.
#[derive(Debug, Clone, Copy)]
pub struct Appended<'a> {
    /// When.
    pub at: Moment,
    /// The round.
    pub round: &'a str,
    /// How it came.
    pub via: Via,
    /// The version in force.
    pub codebook: &'a str,
}

/// One row of a log, with its LF.
#[must_use]
pub fn write(
    seq: u64,
    unit: &Locator,
    dimension: &str,
    decision: &NewDecision,
    shared: &Appended<'_>,
) -> Vec<u8> {
    let certain = decision.answer == Answer::Undecided || !decision.unsure;
    rows::write(&[
        &seq.to_string(),
        &shared.at.to_string(),
        shared.round,
        &unit.to_string(),
        dimension,
        &decision.answer.to_string(),
        if certain { "" } else { "unsure" },
        decision.memo.as_deref().unwrap_or_default(),
        &format!("{}{}", shared.via, if decision.rest { REST } else { "" }),
        &decision.undoes.map(|seq| seq.to_string()).unwrap_or_default(),
        decision.codebook.as_deref().unwrap_or(shared.codebook),
    ])
}
