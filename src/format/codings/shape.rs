//! Tables that are laid out otherwise than long or wide: turned round, or counts instead of codings.

use std::ops::ControlFlow;

use super::columns::{self, Named};
use super::layout::{place, unit_column};
use super::record::each;
use crate::domain::failure::Failure;
use crate::escape::csv::unguard;
use crate::msg;

/// So many rows are looked at.
const LOOKED_AT: usize = 200;

/// The beginning of a table.
#[derive(Debug, Default)]
pub(super) struct Beginning {
    pub(super) headings: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Whether that is all of it.
    whole: bool,
}

impl Beginning {
    /// Reads the first rows.
    pub(super) fn of(bytes: &[u8], separator: u8) -> Self {
        let mut beginning = Self { whole: true, ..Self::default() };
        each(bytes, separator, |record| {
            if record.is_blank() {
                return ControlFlow::Continue(());
            }
            let text = |cell: &[u8]| unguard(String::from_utf8_lossy(cell).trim()).to_owned();
            let cells: Vec<String> = record.iter().map(text).collect();
            if beginning.headings.is_empty() {
                beginning.headings = cells;
            } else if beginning.rows.len() < LOOKED_AT {
                beginning.rows.push(cells);
            } else {
                beginning.whole = false;
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        beginning
    }

    /// Whether coders stand in rows and units in columns.
    pub(super) fn is_turned(&self) -> bool {
        let is_long =
            place(&self.headings, "coder").is_some() && place(&self.headings, "unit").is_some();
        let has_code = ["code", "codes"].iter().any(|it| place(&self.headings, it).is_some());
        let names = self.column(0);
        let distinct: std::collections::BTreeSet<&&str> = names.iter().collect();
        if is_long || has_code || !self.whole || names.len() < 2 || distinct.len() < names.len() {
            return false;
        }
        let Some((first, units)) = self.headings.split_first() else { return false };
        if columns::is_coder_heading(first) {
            return units.len() > 1 && unit_column(units).is_none();
        }
        let units: Vec<&str> = units.iter().map(String::as_str).collect();
        let worded = names.iter().all(|it| it.chars().any(char::is_alphabetic));
        let of_coders =
            worded && (!columns::is_series(&names) || names.iter().all(|it| columns::is_coder(it)));
        unit_column(&self.headings) == Some(0)
            && columns::is_series(&units)
            && !units.iter().all(|it| columns::is_coder(it))
            && of_coders
            && units.len() > names.len()
    }

    /// The table with rows and columns changed.
    pub(super) fn turned(&self) -> Vec<u8> {
        let mut headings = vec!["unit"];
        headings.extend(self.column(0));
        let rows = self.headings.iter().enumerate().skip(1).map(|(at, unit)| {
            let mut row = vec![unit.as_str()];
            row.extend(self.column(at));
            row
        });
        crate::format::table::write(&headings, rows)
    }

    fn column(&self, at: usize) -> Vec<&str> {
        self.rows.iter().map(|row| row.get(at).map_or("", String::as_str)).collect()
    }

    /// Refuses a table of how many coders gave each category: nobody can tell from it who gave what.
    ///
    /// # Errors
    /// Every row adds up to the same number, and its cells are counts.
    pub(super) fn no_counts(&self) -> Result<(), Failure> {
        let Some(unit) = unit_column(&self.headings) else { return Ok(()) };
        let beside = ["dimension", "round", "case", "coder", "code", "codes"];
        let is_candidate = |(at, heading): &(usize, &String)| {
            *at != unit
                && !beside.iter().any(|it| heading.eq_ignore_ascii_case(it))
                && columns::named(heading) == Named::Maybe
        };
        let candidates: Vec<(usize, &String)> =
            self.headings.iter().enumerate().filter(is_candidate).collect();
        let counts = |row: &Vec<String>| -> Option<Vec<u64>> {
            candidates.iter().map(|(at, _)| row.get(*at)?.parse().ok()).collect()
        };
        let rows: Option<Vec<Vec<u64>>> = self.rows.iter().map(counts).collect();
        let Some(rows) = rows.filter(|it| it.len() > 2 && candidates.len() > 1) else {
            return Ok(());
        };
        let sums: Vec<u64> = rows.iter().map(|row| row.iter().sum()).collect();
        let sum = sums.first().copied().unwrap_or(0);
        let any = |of: fn(u64) -> bool| rows.iter().flatten().any(|it| of(*it));
        let is_counts =
            sums.iter().all(|it| *it == sum) && sum > 1 && any(|it| it > 1) && any(|it| it == 0);
        if !is_counts {
            return Ok(());
        }
        let names: Vec<&str> = candidates.iter().map(|(_, it)| it.as_str()).take(10).collect();
        let what = msg!("codings.counts", columns = names.join(", "), n = sum);
        Err(Failure::Usage(what, msg!("codings.counts.fix", columns = names.join(","))))
    }
}
