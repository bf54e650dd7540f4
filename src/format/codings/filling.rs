//! The units of a file of codings, one by one: which round holds, what each coder decided in it, and what has no row.

use std::collections::BTreeSet;

use super::Empty;
use super::file::CodingsFile;
use super::meaning::Meaning;
use super::reader::Place;
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::msg;

/// Answers that have no row.
#[derive(Debug, Default)]
pub(super) struct Absent {
    answers: u64,
    /// Units, in each dimension, that two or more decided if absent answers are missing, and if they are `none`.
    paired: [u64; 2],
    coders: u64,
}

impl Absent {
    /// What absent answers were taken for.
    ///
    /// # Errors
    /// There are some, and nobody said what they mean.
    pub(super) fn said(&self, file: &CodingsFile) -> Result<Vec<Message>, Failure> {
        let n = self.answers;
        let listed = file.reading.units.is_some();
        Ok(match file.reading.absent {
            _ if file.wide => Vec::new(),
            None if n == 0 => Vec::new(),
            None => {
                let [missing, none] = self.paired;
                let what =
                    msg!("codings.absent", n = n, coders = self.coders, units = file.raw.units);
                return Err(Failure::Usage(
                    what,
                    msg!("codings.absent.fix", n = n, missing = missing, none = none),
                ));
            }
            Some(Empty::Missing) => vec![msg!("codings.said.absent_missing", n = n)],
            Some(Empty::None) if listed => vec![msg!("codings.said.absent_none", n = n)],
            Some(Empty::None) => {
                vec![msg!("codings.said.absent_none", n = n), msg!("codings.said.no_units")]
            }
        })
    }
}

/// What a cell counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// There is no row.
    Absent,
    Undecided,
    /// 1 + the place of an answer.
    As(u32),
}

/// Goes through the units: what each coder decided of each, in the round that holds.
pub(super) struct Filling<'a> {
    file: &'a CodingsFile,
    columns: Vec<&'a [u32]>,
    /// By the number of a text, what it counts as.
    counts: Vec<Counts>,
    /// What nothing applies counts as.
    none: u32,
    /// Per round, case and coder, whether she took part.
    took_part: Vec<bool>,
    round: Option<u32>,
    unsure: BTreeSet<(u32, usize)>,
    cases: Option<&'a [usize]>,
    /// Per dimension the cells, unit by unit and coder by coder.
    pub(super) cells: Vec<Vec<u32>>,
    pub(super) absent: Absent,
}

impl<'a> Filling<'a> {
    pub(super) fn new(
        file: &'a CodingsFile,
        coders: &[usize],
        round: Option<usize>,
        without_unsure: bool,
        cases: Option<&'a [usize]>,
    ) -> Self {
        let of_coder = |place: &usize| file.columns.get(*place).copied().unwrap_or(usize::MAX);
        let numbers: Vec<usize> = coders.iter().map(of_coder).collect();
        let columns = numbers
            .iter()
            .map(|it| file.raw.cells.get(*it).map_or(&[][..], Vec::as_slice))
            .collect();
        let none = file.meanings.answers.iter().position(Vec::is_empty);
        let none = none.unwrap_or(file.meanings.answers.len()) as u32 + 1;
        let meaning = |meaning: &Meaning| match meaning {
            Meaning::Answer(answer) => Counts::As(answer + 1),
            Meaning::Blank if file.reading.empty == Some(Empty::None) => Counts::As(none),
            Meaning::Blank | Meaning::Missing | Meaning::Both => Counts::Undecided,
        };
        let counts =
            std::iter::once(Counts::Absent).chain(file.meanings.of.iter().map(meaning)).collect();
        let unsure = if without_unsure { &file.raw.unsure } else { &BTreeSet::new() };
        let unsure = unsure.iter().filter_map(|(place, column)| {
            let nth = numbers.iter().position(|it| *it == *column as usize)?;
            Some((*place, nth))
        });
        let mut filling = Self {
            file,
            columns,
            counts,
            none,
            took_part: Vec::new(),
            round: round.and_then(|it| u32::try_from(it).ok()),
            unsure: unsure.collect(),
            cases,
            cells: Vec::new(),
            absent: Absent { coders: coders.len() as u64, ..Absent::default() },
        };
        filling.find_parts();
        filling
    }

    /// Finds who took part in which rounds and cases.
    fn find_parts(&mut self) {
        let (rounds, cases) = (self.file.rounds.len().max(1), self.file.cases.len().max(1));
        let width = self.columns.len();
        let mut took_part = vec![self.file.wide; rounds * cases * width];
        if !self.file.wide {
            let single = rounds * cases == 1;
            for (nth, column) in self.columns.iter().enumerate() {
                for (place, cell) in column.iter().enumerate() {
                    if *cell > 0 {
                        let Place { unit, round, .. } = self.place(place);
                        let at = (round as usize * cases + self.case(unit)) * width + nth;
                        if let Some(took) = took_part.get_mut(at) {
                            *took = true;
                        }
                        if single {
                            break;
                        }
                    }
                }
            }
        }
        self.took_part = took_part;
    }

    fn place(&self, place: usize) -> Place {
        let plain = Place { unit: place as u32, dimension: 0, round: 0 };
        self.file.raw.places.as_ref().map_or(plain, |it| it.get(place).copied().unwrap_or(plain))
    }

    /// The case of a unit; 0 where there are none.
    fn case(&self, unit: u32) -> usize {
        self.file.raw.unit_cases.get(unit as usize).map_or(0, |it| *it as usize)
    }

    fn took_part(&self, round: u32, unit: u32, nth: usize) -> bool {
        let (cases, width) = (self.file.cases.len().max(1), self.columns.len());
        let at = (round as usize * cases + self.case(unit)) * width + nth;
        self.took_part.get(at).copied().unwrap_or(false)
    }

    /// Fills the cells of these dimensions, in this order.
    pub(super) fn fill(&mut self, kept: &[usize]) {
        let (file, width) = (self.file, self.columns.len());
        let units = file.raw.units;
        self.cells =
            kept.iter().map(|_| Vec::with_capacity((units + file.unnamed) * width)).collect();
        match &file.raw.places {
            None if file.wide => self.rows_of_cells(units),
            None => {
                for unit in 0..units as u32 {
                    self.unit(0, unit, 0, Some(unit));
                }
            }
            Some(places) => {
                let mut order: Vec<u32> = (0..places.len() as u32).collect();
                order.sort_unstable_by_key(|at| places.get(*at as usize).copied());
                let unit_of = |at: &u32| places.get(*at as usize).map_or(u32::MAX, |it| it.unit);
                for own in order.chunk_by(|one, other| unit_of(one) == unit_of(other)) {
                    self.rounds(kept, places, own);
                }
            }
        }
        for _ in 0..file.unnamed {
            self.nobody(kept.len());
        }
    }

    /// Every unit of a file in which each row is one, and each coder has a cell in it.
    fn rows_of_cells(&mut self, units: usize) {
        let counts = |it: &Counts| if let Counts::As(answer) = it { *answer } else { 0 };
        let counts: Vec<u32> = self.counts.iter().map(counts).collect();
        let width = self.columns.len();
        let mut cells = vec![0; units * width];
        for (nth, column) in self.columns.iter().enumerate() {
            for (cell, text) in cells.iter_mut().skip(nth).step_by(width.max(1)).zip(*column) {
                *cell = counts.get(*text as usize).copied().unwrap_or(0);
            }
        }
        if let Some(first) = self.cells.first_mut() {
            *first = cells;
        }
    }

    /// One unit of several dimensions or rounds; `own` are its places in order.
    fn rounds(&mut self, kept: &[usize], places: &[Place], own: &[u32]) {
        let of = |at: &u32| places.get(*at as usize).copied();
        let Some(unit) = own.first().and_then(of).map(|it| it.unit) else { return };
        let mut rounds: Vec<u32> = own.iter().filter_map(of).map(|it| it.round).collect();
        rounds.sort_unstable();
        rounds.dedup();
        rounds.retain(|round| self.round.is_none_or(|asked| asked == *round));
        for (nth, dimension) in kept.iter().enumerate() {
            let in_round = |round: u32| {
                let wanted = Place { unit, dimension: *dimension as u32, round };
                own.iter().copied().find(|at| of(at) == Some(wanted))
            };
            match self.round_of(unit, &rounds, in_round) {
                Some(round) => self.unit(nth, unit, round, in_round(round)),
                None => self.undecided(nth),
            }
        }
    }

    /// The latest round that everybody who took part decided, else the latest that anybody decided.
    fn round_of(
        &self,
        unit: u32,
        rounds: &[u32],
        place: impl Fn(u32) -> Option<u32>,
    ) -> Option<u32> {
        if rounds.len() < 2 {
            return rounds.last().copied();
        }
        let decided = |round: u32, nth: usize| match place(round).map(|at| self.counted(at, nth)) {
            Some(Counts::As(_)) => true,
            None | Some(Counts::Absent) => {
                self.file.reading.absent == Some(Empty::None) && !self.file.wide
            }
            Some(Counts::Undecided) => false,
        };
        let all = 0..self.columns.len();
        let by_all = |round: &&u32| {
            all.clone().all(|nth| decided(**round, nth) || !self.took_part(**round, unit, nth))
        };
        let by_any = |round: &&u32| {
            all.clone().any(|nth| decided(**round, nth) && self.took_part(**round, unit, nth))
        };
        rounds.iter().rev().find(by_all).or_else(|| rounds.iter().rev().find(by_any)).copied()
    }

    fn counted(&self, place: u32, nth: usize) -> Counts {
        let text =
            self.columns.get(nth).and_then(|it| it.get(place as usize)).copied().unwrap_or(0);
        let counts = self.counts.get(text as usize).copied().unwrap_or(Counts::Absent);
        if counts != Counts::Absent
            && !self.unsure.is_empty()
            && self.unsure.contains(&(place, nth))
        {
            return Counts::Undecided;
        }
        counts
    }

    /// The answers to one unit in one dimension and round.
    fn unit(&mut self, dimension: usize, unit: u32, round: u32, place: Option<u32>) {
        let (mut decided, mut absent) = (0_u32, 0_u32);
        let missing = self.file.reading.absent != Some(Empty::None);
        for nth in 0..self.columns.len() {
            let counts = place.map_or(Counts::Absent, |it| self.counted(it, nth));
            let cell = match counts {
                Counts::As(answer) => {
                    decided += 1;
                    answer
                }
                Counts::Absent if !self.file.wide && self.took_part(round, unit, nth) => {
                    absent += 1;
                    if missing { 0 } else { self.none }
                }
                Counts::Undecided | Counts::Absent => 0,
            };
            if let Some(cells) = self.cells.get_mut(dimension) {
                cells.push(cell);
            }
        }
        if self.cases.is_none_or(|cases| cases.contains(&self.case(unit))) {
            self.absent.answers += u64::from(absent);
            self.absent.paired[0] += u64::from(decided > 1);
            self.absent.paired[1] += u64::from(decided + absent > 1);
        }
    }

    /// A unit that was not asked for in any round that is looked at.
    fn undecided(&mut self, dimension: usize) {
        let width = self.columns.len();
        if let Some(cells) = self.cells.get_mut(dimension) {
            cells.extend(std::iter::repeat_n(0, width));
        }
    }

    /// A unit that the file does not name.
    fn nobody(&mut self, dimensions: usize) {
        let width = self.columns.len();
        let cell = if self.file.reading.absent == Some(Empty::None) { self.none } else { 0 };
        for cells in &mut self.cells {
            cells.extend(std::iter::repeat_n(cell, width));
        }
        self.absent.answers += (dimensions * width) as u64;
        self.absent.paired[1] += if width > 1 { dimensions as u64 } else { 0 };
    }
}
