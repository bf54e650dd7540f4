//! What a cell of a matrix holds, as a value of a table with the units behind it.

use super::document::{Cell, Value};
use crate::analysis::citation::Citations;
use crate::analysis::matrix;
use crate::analysis::withdrawn::Withdrawn;
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::words::{self, Language};

/// What stands for somebody who does not speak there at all.
pub const SILENT: &str = "·";

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The value.
    pub value: Value,
    /// The locators of the units behind it.
    pub units: Vec<String>,
    /// What people see beside the value, or in its place.
    pub sign: Option<Sign>,
}

/// What people see of a cell beside its value, or in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The person of the row or column does not speak there at all.
    Silent,
    /// It was written of other units than are there now.
    Stale,
    /// There is something to write of, and nobody has yet.
    Unwritten,
}

impl Held {
    /// The cell of a table.
    #[must_use]
    pub fn shown(&self, language: Language) -> Cell {
        let cell = Cell::from(self.value.clone()).with_units(self.units.clone());
        match (self.sign, &self.value) {
            (Some(Sign::Silent), _) => cell.told(Value::id(SILENT)),
            (Some(Sign::Unwritten), _) => cell.told(Value::Text(String::new())),
            (Some(Sign::Stale), Value::Text(text)) => {
                let mark = words::word("summaries.stale", language);
                cell.told(Value::Text(format!("{mark} {text}")))
            }
            _ => cell,
        }
    }
}

/// Makes values of cells, quotations among them.
#[derive(Debug)]
pub struct Holding<'a> {
    study: &'a Study,
    citations: Citations<'a>,
    withdrawn: Withdrawn<'a>,
}

impl<'a> Holding<'a> {
    /// For the cells of a study.
    #[must_use]
    pub fn of(study: &'a Study) -> Self {
        Self { study, citations: Citations::of(study), withdrawn: Withdrawn::of(study) }
    }

    /// What a cell holds.
    #[must_use]
    pub fn cell(&self, cell: &matrix::Cell) -> Held {
        let value = match (&cell.written, cell.value) {
            (Some(written), _) => Value::Text(written.text.clone()),
            (None, None | Some(matrix::Value::Written)) => Value::Missing,
            (None, Some(matrix::Value::Count(count))) => Value::Count(count),
            (None, Some(matrix::Value::Share(share))) => Value::Number(share),
            (None, Some(matrix::Value::Ids)) => Value::Ids(cell.ids.clone()),
            (None, Some(matrix::Value::Quotes)) => {
                let quotes = cell.units.iter().map(|unit| self.quote(cell, *unit));
                Value::Text(quotes.collect::<Vec<_>>().join("\n\n"))
            }
        };
        let sign = match (&cell.written, cell.value) {
            (Some(written), _) => written.stale.then_some(Sign::Stale),
            (None, Some(matrix::Value::Written)) => Some(Sign::Unwritten),
            _ => cell.silent.then_some(Sign::Silent),
        };
        Held { value, units: self.locators(&cell.units), sign }
    }

    /// The locators of units.
    #[must_use]
    pub fn locators(&self, units: &[UnitIndex]) -> Vec<String> {
        let units = units.iter().filter_map(|unit| self.study.unit_at(*unit));
        units.map(|unit| unit.locator.to_string()).collect()
    }

    /// The words of a unit, or of the stretch that was picked of it, with their citation.
    fn quote(&self, cell: &matrix::Cell, unit: UnitIndex) -> String {
        let Self { study, citations, withdrawn } = self;
        let picked = cell.picked.iter().find(|(it, _)| *it == unit);
        let (text, citation) = match picked {
            Some((_, stretch)) => {
                let heard = withdrawn.heard(study, stretch);
                (withdrawn.stretch(study, stretch), citations.stretch(stretch, &heard))
            }
            None => (withdrawn.text(study, unit), citations.unit(unit)),
        };
        format!("“{text}” {citation}")
    }
}
