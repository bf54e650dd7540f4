//! A coder's own decisions, as her sheet shows them and as what she sends back is compared with them.

use crate::domain::answer::{AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::coding::{Cell, Coding};
use crate::domain::log::{Log, LogRow, UnitIndex};
use crate::domain::study::Study;

/// A coder's decisions in a round, and the log behind them, which holds the memos.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// The study.
    pub study: &'a Study,
    /// What is in force.
    pub coding: &'a Coding,
    /// Every row.
    pub log: &'a Log,
}

impl<'a> Own<'a> {
    /// The decision on a unit in a dimension.
    #[must_use]
    pub fn cell(&self, unit: UnitIndex, dimension: DimensionIndex) -> Cell {
        self.coding.cell(unit, dimension)
    }

    /// The codes of a decision, in codebook order.
    #[must_use]
    pub fn codes(&self, cell: Cell) -> &'a [CodeIndex] {
        self.study.answers.codes(cell.answer)
    }

    /// Whether a decision is "none applies".
    #[must_use]
    pub fn is_none(&self, cell: Cell) -> bool {
        cell.answer == AnswerIndex::NONE
    }

    /// The memo of the last row on a unit and dimension; empty if there is none.
    #[must_use]
    pub fn memo(&self, cell: Cell) -> &'a str {
        let row = self.log.rows.get(cell.row as usize);
        row.and_then(LogRow::memo).unwrap_or_default()
    }

    /// The memo that a sheet shows for a unit: those of its decisions, each different one once. A row
    /// that comes back with this memo changes none.
    #[must_use]
    pub fn shown_memo(&self, unit: UnitIndex) -> String {
        let mut memos: Vec<&str> = Vec::new();
        for (dimension, _) in self.study.vocabulary.dimensions_in_force() {
            let cell = self.cell(unit, dimension);
            let memo = self.memo(cell).trim();
            if cell.answer.is_decided() && !memo.is_empty() && !memos.contains(&memo) {
                memos.push(memo);
            }
        }
        crate::escape::spreadsheet::cut(&memos.join("\n"), "…")
    }
}
