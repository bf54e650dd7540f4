//! What was counted, as the cells of a matrix.

use super::count::Counting;
use super::{Besides, Cell, Content, Matrix, Value};
use crate::analysis::quotes::chosen;
use crate::domain::answer::CodeIndex;
use crate::domain::locator::Locator;
use crate::domain::log::UnitIndex;

impl Counting<'_> {
    /// The matrix.
    pub(super) fn finish(mut self) -> Matrix {
        let row_strata: Vec<Vec<usize>> =
            (0..self.rows.size).map(|row| self.rows.strata_of_entry(row)).collect();
        let column_strata: Vec<Vec<usize>> =
            (0..self.columns.size).map(|column| self.columns.strata_of_entry(column)).collect();
        let mut cells = Vec::with_capacity(self.rows.size * self.columns.size);
        for (row, of_row) in row_strata.iter().enumerate() {
            for (column, of_column) in column_strata.iter().enumerate() {
                let at = row * self.columns.size + column;
                let possible = of_row.iter().any(|one| {
                    of_column.iter().any(|other| self.possible[one * self.columns.strata + other])
                });
                let value = if possible { self.value(row, column, of_column) } else { None };
                let units = self.listed.get_mut(at).map(std::mem::take).unwrap_or_default();
                let (units, picked) = self.chosen(units, (row, column));
                let ids = match (self.options.content, &self.scales) {
                    (Content::Names, _) => self.names(at),
                    (content, Some(scales)) => scales.ids(self.study, content, at, (row, column)),
                    _ => Vec::new(),
                };
                let nowhere = self.scales.is_some() && ids.is_empty();
                let value = value.filter(|_| !nowhere);
                let silent = value.is_none() && self.spoken.get(at) == Some(&false);
                // Where units were decided and none has any code, a share has a base, which is 0, and no value.
                let base = if possible { self.base(row, of_column) } else { None };
                cells.push(Cell { value, units, ids, written: None, base, silent, picked });
            }
        }
        Matrix {
            rows: self.rows.heads(),
            columns: self.columns.heads(),
            cells,
            besides: Besides {
                not_quoted: self.not_quoted.len() as u64,
                of_several: self.of_several.len() as u64,
                unmarked: self.unmarked.len() as u64,
                off_scale: self.scales.map_or(0, |it| it.off),
            },
        }
    }

    /// The units of a cell that are quoted, and of which of them a picked stretch.
    fn chosen(
        &self,
        units: Vec<UnitIndex>,
        (row, column): (usize, usize),
    ) -> (Vec<UnitIndex>, Vec<(UnitIndex, Locator)>) {
        let Content::Quotes(Some(most)) = self.options.content else { return (units, Vec::new()) };
        let codes: Vec<CodeIndex> = [self.rows.codes(row), self.columns.codes(column)].concat();
        let picks = &self.options.picks;
        let picked = |unit| picks.in_unit(self.study, unit, &codes).next().is_some();
        let units = chosen(self.study, units, usize::from(most.get()), picked);
        let inside = |unit: &UnitIndex| {
            let mut own = picks.in_unit(self.study, *unit, &codes).filter(|it| it.inside);
            own.next().map(|it| (*unit, it.locator.clone()))
        };
        let stretches = units.iter().filter_map(inside).collect();
        (units, stretches)
    }

    /// Who speaks in the units of a cell, in the order of their list.
    fn names(&self, at: usize) -> Vec<String> {
        let people = self.distinct.get(at).into_iter().flatten();
        people.filter_map(|person| self.people.id(*person)).map(ToString::to_string).collect()
    }

    /// What the shares of a row in a column are of, where shares are asked for.
    fn base(&self, row: usize, column_strata: &[usize]) -> Option<u64> {
        let of = || match self.columns.entries.is_of_codes() {
            true => column_strata.iter().map(|stratum| self.of_row.get(row, *stratum)).sum(),
            false => self.coded.get(row, 0),
        };
        (self.options.content == Content::Share).then(of)
    }

    fn value(&self, row: usize, column: usize, column_strata: &[usize]) -> Option<Value> {
        let at = row * self.columns.size + column;
        let units = self.units.get(row, column);
        let distinct = || self.distinct.get(at).map_or(0, |set| set.len() as u64);
        Some(match self.options.content {
            Content::Units => Value::Count(units),
            Content::Participants | Content::Cases => Value::Count(distinct()),
            Content::Words => Value::Count(self.words.get(at).copied().unwrap_or(0)),
            Content::Presence => Value::Count(u64::from(units > 0)),
            Content::Quotes(_) => Value::Quotes,
            Content::Summary => Value::Written,
            Content::Names | Content::Median | Content::Range => Value::Ids,
            Content::Share => {
                let of = self.base(row, column_strata).filter(|of| *of > 0)?;
                #[allow(clippy::cast_precision_loss)] // a study has fewer units than 2^53
                Value::Share(units as f64 / of as f64)
            }
        })
    }
}
