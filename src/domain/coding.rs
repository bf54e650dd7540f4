//! Decisions in force: what a coder's log says now, per unit and dimension.

use std::collections::BTreeMap;

use super::answer::{AnswerIndex, DimensionIndex};
use super::id::CoderId;
use super::log::{Log, LogRow, RoundIndex, UnitIndex};

/// One coder's standing decision on one unit in one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// What was decided; undecided where nothing stands.
    pub answer: AnswerIndex,
    /// Whether the coder was unsure.
    pub unsure: bool,
    /// Whether it is a `none` that came by closing a unit.
    pub rest: bool,
    /// The version it was decided under, which says what was asked: place in [`super::study::Study::versions`].
    pub version: u16,
    /// The round in which it was decided; consensus belongs to a round.
    pub round: RoundIndex,
    /// The row in force in [`Log::rows`]; `u32::MAX` where there is none.
    pub row: u32,
}

impl Cell {
    /// Nothing decided.
    pub const EMPTY: Self = Self {
        answer: AnswerIndex::UNDECIDED,
        unsure: false,
        rest: false,
        version: 0,
        round: RoundIndex(0),
        row: u32::MAX,
    };

    /// What a row of a log decides; `number` is the row's place in [`Log::rows`].
    #[must_use]
    pub fn of_row(row: &LogRow, number: u32) -> Self {
        Self {
            answer: row.answer,
            unsure: row.unsure,
            rest: row.rest,
            version: row.version,
            round: row.round,
            row: number,
        }
    }
}

/// Two different answers with one seq for one unit, dimension and round: two devices decided at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfConflict {
    /// Whose log.
    pub coder: CoderId,
    /// The round.
    pub round: RoundIndex,
    /// The unit.
    pub unit: UnitIndex,
    /// The dimension.
    pub dimension: DimensionIndex,
    /// The seq that both rows have.
    pub seq: u64,
}

/// One coder's decisions in force, as a table of units by dimensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coding {
    /// Whose decisions.
    pub coder: CoderId,
    /// How the column is named: the coder, or `coder@round`.
    pub label: String,
    dimensions: usize,
    cells: Vec<Cell>,
}

impl Coding {
    /// A table with nothing decided.
    #[must_use]
    pub fn empty(coder: CoderId, units: usize, dimensions: usize) -> Self {
        let label = coder.to_string();
        Self { coder, label, dimensions, cells: vec![Cell::EMPTY; units * dimensions] }
    }

    /// The decision on a unit in a dimension.
    #[must_use]
    pub fn cell(&self, unit: UnitIndex, dimension: DimensionIndex) -> Cell {
        let index = unit.at() * self.dimensions + usize::from(dimension.0);
        self.cells.get(index).copied().unwrap_or(Cell::EMPTY)
    }

    /// Sets the decision on a unit in a dimension; a place outside the table is ignored.
    pub fn set(&mut self, unit: UnitIndex, dimension: DimensionIndex, cell: Cell) {
        let index = unit.at() * self.dimensions + usize::from(dimension.0);
        if let Some(place) = self.cells.get_mut(index) {
            *place = cell;
        }
    }

    /// Lets every answer count as another.
    pub fn count_as(&mut self, other: impl Fn(AnswerIndex) -> AnswerIndex) {
        for cell in &mut self.cells {
            cell.answer = other(cell.answer);
        }
    }

    /// The decisions on one unit, dimension by dimension.
    #[must_use]
    pub fn unit(&self, unit: UnitIndex) -> &[Cell] {
        let start = unit.at() * self.dimensions;
        self.cells.get(start..start + self.dimensions).unwrap_or(&[])
    }
}

/// What a log says now, round by round.
#[derive(Debug, Clone, Default)]
pub struct InForce {
    /// A table per round that has any row.
    pub rounds: BTreeMap<RoundIndex, Coding>,
    /// What two devices decided differently at once: undecided until decided again.
    pub conflicts: Vec<SelfConflict>,
}

impl InForce {
    /// Folds those rows of a log that `counts` lets in, in their order: the last row on a unit and
    /// dimension holds, and two different answers with one seq cancel one another.
    #[must_use]
    pub fn fold(
        log: &Log,
        units: usize,
        dimensions: usize,
        counts: impl Fn(u32, &LogRow) -> bool,
    ) -> Self {
        let rows = (0_u32..).zip(&log.rows).filter(|(number, row)| counts(*number, row));
        Self::of_rows(log, rows.map(|(number, _)| number), units, dimensions, |unit| unit)
    }

    /// The same of the rows at some places, in their order. `place` gives the units other numbers, below `units`; what gets none
    /// that small is left out.
    #[must_use]
    pub fn of_rows(
        log: &Log,
        rows: impl Iterator<Item = u32>,
        units: usize,
        dimensions: usize,
        place: impl Fn(UnitIndex) -> UnitIndex,
    ) -> Self {
        let mut in_force = Self::default();
        let mut contested: BTreeMap<(RoundIndex, UnitIndex, DimensionIndex), u64> = BTreeMap::new();
        // Rows of one round mostly follow one another.
        let mut rows = rows.filter_map(|it| Some((it, log.rows.get(it as usize)?))).peekable();
        while let Some(round) = rows.peek().map(|(_, row)| row.round) {
            let empty = || Coding::empty(log.coder.clone(), units, dimensions);
            let table = in_force.rounds.entry(round).or_insert_with(empty);
            while let Some((number, row)) = rows.next_if(|(_, row)| row.round == round) {
                let unit = place(row.unit);
                let before = table.cell(unit, row.dimension);
                let same_seq =
                    log.rows.get(before.row as usize).filter(|other| other.seq == row.seq);
                let key = (round, unit, row.dimension);
                if same_seq.is_some_and(|other| other.differs(row)) {
                    contested.insert(key, row.seq);
                    let undecided = Cell { row: before.row, ..Cell::EMPTY };
                    table.set(unit, row.dimension, undecided);
                } else if contested.is_empty() || contested.get(&key) != Some(&row.seq) {
                    contested.remove(&key);
                    table.set(unit, row.dimension, Cell::of_row(row, number));
                }
            }
        }
        in_force.conflicts = contested
            .into_iter()
            .map(|((round, unit, dimension), seq)| SelfConflict {
                coder: log.coder.clone(),
                round,
                unit,
                dimension,
                seq,
            })
            .collect();
        in_force
    }
}
