//! A CSV of codings as what agreement reads: per unit and dimension one answer a coder.

use std::collections::{BTreeMap, BTreeSet};

use super::Empty;
use super::file::{BLANK, Body, CodingsFile, Entry, FIRST};
use super::plain::Cells;
use crate::analysis::codings::{CodedCode, CodedDimension, Codings, DistinctAnswer, WHOLE};
use crate::domain::codebook::Select;

/// Which part of a file is looked at; the default is all of it.
#[derive(Debug, Clone, Default)]
pub struct Pick {
    /// These coders, in this order; all in order of appearance where empty.
    pub coders: Vec<String>,
    /// These cases; all where empty.
    pub cases: Vec<String>,
    /// These dimensions; all where empty.
    pub dimensions: Vec<String>,
    /// This round; where absent, of each unit the latest round that everybody who took part decided.
    pub round: Option<String>,
    /// Whether what a coder was unsure of is left out.
    pub without_unsure: bool,
}

/// A name that the file does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// What it should have named: `coder`, `case`, `dimension` or `round`.
    pub kind: &'static str,
    /// The name.
    pub name: String,
    /// The names that the file has.
    pub known: Vec<String>,
}

impl CodingsFile {
    /// The answers of a part of the file.
    ///
    /// # Errors
    /// A name that the file does not have.
    pub fn codings(&self, pick: &Pick) -> Result<Codings, UnknownName> {
        let cells = match &self.body {
            Body::Cells(cells) => cells.cells.clone(),
            Body::Entries(_) => Vec::new(),
        };
        self.filled(pick, cells)
    }

    /// The same, where the file is needed no longer.
    ///
    /// # Errors
    /// A name that the file does not have.
    pub fn into_codings(mut self, pick: &Pick) -> Result<Codings, UnknownName> {
        let cells = match &mut self.body {
            Body::Cells(cells) => std::mem::take(&mut cells.cells),
            Body::Entries(_) => Vec::new(),
        };
        self.filled(pick, cells)
    }

    fn filled(&self, pick: &Pick, cells: Vec<u32>) -> Result<Codings, UnknownName> {
        let coders = places("coder", &pick.coders, &self.coders)?;
        let wanted = places("dimension", &pick.dimensions, &self.dimensions)?;
        let round = match &pick.round {
            Some(round) => places("round", std::slice::from_ref(round), &self.rounds)?.pop(),
            None => None,
        };
        let builders = match &self.body {
            Body::Cells(read) => vec![Builder::of(read, cells, &coders, self.coders.len())],
            Body::Entries(entries) => {
                let mut filling = Filling::new(self, entries, &coders, round, pick.without_unsure);
                for of_unit in entries.chunk_by(|one, other| one.unit == other.unit) {
                    filling.unit(of_unit);
                }
                filling.builders
            }
        };
        let kept: Vec<usize> =
            if wanted.is_empty() { (0..builders.len()).collect() } else { wanted };
        let names = CodeNames::of(self);
        let dimension = |(place, builder): (usize, Builder)| {
            kept.contains(&place).then(|| self.dimension(place, builder, &names))
        };
        let codings = Codings {
            coders: coders.iter().filter_map(|place| self.coders.get(*place).cloned()).collect(),
            cases: self.cases.clone(),
            unit_cases: if self.cases.is_empty() { Vec::new() } else { self.unit_cases.clone() },
            units: self.unit_cases.len(),
            dimensions: builders.into_iter().enumerate().filter_map(dimension).collect(),
        };
        if pick.cases.is_empty() {
            return Ok(codings);
        }
        let cases = places("case", &pick.cases, &self.cases)?;
        Ok(codings.of_cases(&cases))
    }

    fn dimension(&self, place: usize, builder: Builder, names: &CodeNames) -> CodedDimension {
        let codes = self.codes.get(place).map_or(&[][..], Vec::as_slice);
        let name = self.dimensions.get(place).map_or(WHOLE, String::as_str);
        let several = builder.answers.keys().any(|codes| codes.len() > 1);
        let mut answers: Vec<(u32, Vec<u32>)> =
            builder.answers.into_iter().map(|(codes, number)| (number, codes)).collect();
        answers.sort_unstable();
        let answer = |(_, codes): (u32, Vec<u32>)| DistinctAnswer {
            given: codes.clone(),
            codes,
            unasked: Vec::new(),
        };
        let answers = answers.into_iter().map(answer).collect();
        let coded = |code: &String| CodedCode { name: names.name(name, code), depth: 1 };
        let listed = codes.iter().map(coded).collect();
        CodedDimension::new(name.to_owned(), Select::One, listed, answers, builder.cells)
            .with_choices((!several).then_some(codes.len() + 1))
            .with_names((0..).zip(codes.iter().cloned()).collect())
    }
}

/// The places of some names; all places where no name is given and none is known to be asked for.
fn places(
    kind: &'static str,
    asked: &[String],
    known: &[String],
) -> Result<Vec<usize>, UnknownName> {
    if asked.is_empty() {
        return Ok((0..known.len()).collect());
    }
    let place = |name: &String| {
        known.iter().position(|other| other == name).ok_or_else(|| UnknownName {
            kind,
            name: name.clone(),
            known: known.to_vec(),
        })
    };
    asked.iter().map(place).collect()
}

/// Codes that occur in two dimensions are named with theirs.
struct CodeNames<'a>(BTreeSet<&'a str>);

impl<'a> CodeNames<'a> {
    fn of(file: &'a CodingsFile) -> Self {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for code in file.codes.iter().flatten() {
            *seen.entry(code).or_default() += 1;
        }
        Self(seen.into_iter().filter(|(_, times)| *times > 1).map(|(code, _)| code).collect())
    }

    fn name(&self, dimension: &str, code: &str) -> String {
        if self.0.contains(code) { format!("{dimension}/{code}") } else { code.to_owned() }
    }
}

/// One dimension, as it is filled.
struct Builder {
    /// Answers by their codes, numbered from 1.
    answers: BTreeMap<Vec<u32>, u32>,
    /// The number of the answer that gives nothing, then of those that give one code; 0 where there is none yet.
    short: Vec<u32>,
    /// Unit by unit and coder by coder; 0 for undecided.
    cells: Vec<u32>,
}

impl Builder {
    /// Answers as they stand in cells, of some coders of all.
    fn of(read: &Cells, cells: Vec<u32>, coders: &[usize], all: usize) -> Self {
        if coders.iter().copied().eq(0..all) {
            let answers = read.answers.iter().cloned().zip(1..).collect();
            return Self { answers, short: Vec::new(), cells };
        }
        let mut of_some = Self { answers: BTreeMap::new(), short: Vec::new(), cells: Vec::new() };
        for unit in cells.chunks_exact(all) {
            for cell in coders.iter().filter_map(|coder| unit.get(*coder)) {
                let answer = cell.checked_sub(1).and_then(|at| read.answers.get(at as usize));
                let number = answer.map_or(0, |codes| of_some.number(codes));
                of_some.cells.push(number);
            }
        }
        of_some
    }

    fn number(&mut self, codes: &[u32]) -> u32 {
        let short = match codes {
            [] => Some(0),
            [code] => Some(*code as usize + 1),
            _ => None,
        };
        if let Some(number) = short.and_then(|at| self.short.get(at)).filter(|it| **it > 0) {
            return *number;
        }
        let number = self.numbered(codes);
        if let Some(at) = short {
            if self.short.len() <= at {
                self.short.resize(at + 1, 0);
            }
            self.short[at] = number;
        }
        number
    }

    fn numbered(&mut self, codes: &[u32]) -> u32 {
        if let Some(number) = self.answers.get(codes) {
            return *number;
        }
        let next = u32::try_from(self.answers.len() + 1).unwrap_or(u32::MAX);
        *self.answers.entry(codes.to_vec()).or_insert(next)
    }
}

/// Where somebody who took part said nothing, which is an answer.
const SILENT: u32 = u32::MAX;

/// Goes through the entries unit by unit.
struct Filling<'a> {
    file: &'a CodingsFile,
    /// Per coder of the file, the column of hers that is asked for.
    columns: Vec<Option<usize>>,
    width: usize,
    /// Per round and coder asked for, whether she took part.
    took_part: Vec<Vec<bool>>,
    round: Option<u32>,
    without_unsure: bool,
    builders: Vec<Builder>,
    /// Kept between units, so that none makes its own.
    codes: Vec<u32>,
    rounds: Vec<u32>,
}

impl<'a> Filling<'a> {
    fn new(
        file: &'a CodingsFile,
        entries: &[Entry],
        coders: &[usize],
        round: Option<usize>,
        without_unsure: bool,
    ) -> Self {
        let column = |coder: usize| coders.iter().position(|asked| *asked == coder);
        let columns: Vec<Option<usize>> = (0..file.coders.len()).map(column).collect();
        let mut took_part = vec![vec![file.wide; coders.len()]; file.rounds.len().max(1)];
        let entries = if file.wide { &[][..] } else { entries };
        for entry in entries {
            let column = columns.get(entry.coder as usize).copied().flatten();
            let of_round = took_part.get_mut(entry.round as usize);
            if let (Some(column), Some(of_round)) = (column, of_round) {
                of_round[column] = true;
            }
        }
        let cells = file.unit_cases.len() * coders.len();
        let builder =
            |_| Builder { answers: BTreeMap::new(), short: Vec::new(), cells: vec![0; cells] };
        Self {
            file,
            columns,
            width: coders.len(),
            took_part,
            round: round.and_then(|round| u32::try_from(round).ok()),
            without_unsure,
            builders: (0..file.dimensions.len().max(1)).map(builder).collect(),
            codes: Vec::new(),
            rounds: Vec::new(),
        }
    }

    fn unit(&mut self, entries: &[Entry]) {
        let Some(unit) = entries.first().map(|entry| entry.unit as usize) else { return };
        let mut rounds = std::mem::take(&mut self.rounds);
        rounds.clear();
        rounds.extend(entries.iter().map(|entry| entry.round));
        rounds.sort_unstable();
        rounds.dedup();
        rounds.retain(|round| self.round.is_none_or(|asked| asked == *round));
        let mut rest = entries;
        for dimension in 0..self.builders.len() {
            let until = rest.partition_point(|entry| entry.dimension as usize <= dimension);
            let (own, after) = rest.split_at(until);
            rest = after;
            if let Some(round) = self.round_of(own, &rounds) {
                let first = own.partition_point(|entry| entry.round < round);
                let last = own.partition_point(|entry| entry.round <= round);
                self.answers(unit, dimension, round, own.get(first..last).unwrap_or_default());
            }
        }
        self.rounds = rounds;
    }

    /// The latest round that everybody who took part decided, else the latest that anybody decided.
    fn round_of(&self, entries: &[Entry], rounds: &[u32]) -> Option<u32> {
        if rounds.len() < 2 || self.file.empty == Empty::None {
            return rounds.last().copied();
        }
        let decided = |round: u32| {
            let mut by = vec![false; self.width];
            for entry in entries.iter().filter(|it| it.round == round && it.code != BLANK) {
                if let Some(column) = self.columns.get(entry.coder as usize).copied().flatten() {
                    by[column] = true;
                }
            }
            by
        };
        let by_all = |round: &&u32| {
            let took_part = self.took_part.get(**round as usize);
            took_part
                .is_some_and(|it| it.iter().zip(decided(**round)).all(|(took, did)| did || !took))
        };
        let by_any = |round: &&u32| decided(**round).contains(&true);
        rounds.iter().rev().find(by_all).or_else(|| rounds.iter().rev().find(by_any)).copied()
    }

    /// The answers to one unit in one dimension and round.
    fn answers(&mut self, unit: usize, dimension: usize, round: u32, entries: &[Entry]) {
        let Some(builder) = self.builders.get_mut(dimension) else { return };
        if self.file.empty == Empty::None {
            let took_part = self.took_part.get(round as usize);
            for (column, took) in took_part.into_iter().flatten().enumerate() {
                builder.cells[unit * self.width + column] = if *took { SILENT } else { 0 };
            }
        }
        for of_coder in entries.chunk_by(|one, other| one.coder == other.coder) {
            let Some(first) = of_coder.first() else { continue };
            let Some(column) = self.columns.get(first.coder as usize).copied().flatten() else {
                continue;
            };
            let blank = of_coder.iter().all(|entry| entry.code == BLANK);
            let place = unit * self.width + column;
            if self.without_unsure && of_coder.iter().any(|entry| entry.unsure) {
                builder.cells[place] = 0;
            } else if !blank {
                self.codes.clear();
                self.codes
                    .extend(of_coder.iter().filter_map(|entry| entry.code.checked_sub(FIRST)));
                self.codes.dedup();
                builder.cells[place] = builder.number(&self.codes);
            }
        }
        for place in unit * self.width..(unit + 1) * self.width {
            if builder.cells[place] == SILENT {
                builder.cells[place] = builder.number(&[]);
            }
        }
    }
}
