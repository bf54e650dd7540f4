//! Tables that are laid out otherwise than long or wide: turned round, or counts instead of codings.

use std::ops::ControlFlow;

use super::columns::{self, Named};
use super::headings;
use super::layout::{place, unit_column};
use super::record::each;
use super::spelling::key;
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::escape::csv::unguard;
use crate::msg;

/// Headings under which columns are read as they are.
const READ: [&str; 8] =
    ["unit", "coder", "code", "codes", "dimension", "round", "case", "certainty"];
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

    /// Calls columns by the names under which they are read, where other words head them: `item`, `rater`, `label`. Says
    /// which were.
    pub(super) fn name_columns(&mut self) -> Vec<Message> {
        let mut said = Vec::new();
        let free = |it: &Self, at: usize| {
            it.headings.get(at).is_some_and(|it| !READ.contains(&it.to_ascii_lowercase().as_str()))
        };
        let is_long = place(&self.headings, "coder").is_some()
            && ["code", "codes"].iter().any(|it| place(&self.headings, it).is_some());
        let places = |it: &Self, is: fn(&str) -> bool| -> Vec<usize> {
            let found = it.headings.iter().enumerate().filter(|(at, _)| free(it, *at));
            found.filter(|(_, heading)| is(heading)).map(|(at, _)| at).collect()
        };
        let coder = match place(&self.headings, "coder") {
            Some(at) => vec![at],
            None => places(self, columns::is_coder_heading),
        };
        let code = match place(&self.headings, "code").or_else(|| place(&self.headings, "codes")) {
            Some(at) => vec![at],
            None => places(self, headings::is_code),
        };
        let long = match (coder.as_slice(), code.as_slice()) {
            ([coder], [code]) if !is_long && coder != code => Some((*coder, *code)),
            _ => None,
        };
        let long = long.filter(|(coder, _)| !self.all_differ(*coder));
        let unit = if unit_column(&self.headings).is_some() {
            None
        } else {
            self.units(is_long || long.is_some(), long)
        };
        if unit.is_none() && unit_column(&self.headings).is_none() {
            return said;
        }
        if let Some(at) = unit {
            said.push(msg!("codings.said.units", column = self.heading(at)));
            self.call(at, "unit");
        }
        if let Some((coder, code)) = long {
            let names = (self.heading(coder), self.heading(code));
            said.push(msg!("codings.said.long", coder = names.0, code = names.1));
            self.call(coder, "coder");
            if place(&self.headings, "codes") != Some(code) {
                self.call(code, "code");
            }
            if let [at] = places(self, headings::is_dimension).as_slice() {
                said.push(msg!("codings.said.dimensions", column = self.heading(*at)));
                self.call(*at, "dimension");
            }
        }
        said
    }

    /// The column of units: in a long table one that is headed so, or the only one left; in a wide one the first whose
    /// cells are all different, headed so or not.
    fn units(&self, is_long: bool, long: Option<(usize, usize)>) -> Option<usize> {
        let taken = |at: usize| long.is_some_and(|(coder, code)| at == coder || at == code);
        let headed = |at: &usize| !taken(*at) && headings::is_unit(&self.heading(*at));
        let all = 0..self.headings.len();
        if is_long {
            let named = all.clone().find(headed);
            let read = |at: &usize| {
                !taken(*at) && !READ.contains(&self.heading(*at).to_ascii_lowercase().as_str())
            };
            let others: Vec<usize> = all.filter(read).collect();
            return named.or(if let [one] = others.as_slice() { Some(*one) } else { None });
        }
        let differ = |at: &usize| self.rows.len() > 1 && self.all_differ(*at);
        let first = self.headings.first().is_some_and(|it| !columns::is_coder_heading(it));
        let somebody = self.headings.first().is_some_and(|it| columns::is_coder(it));
        let others_repeat = (1..self.headings.len()).filter(|at| !self.all_differ(*at)).count() > 1;
        all.filter(headed).find(differ).or_else(|| {
            (first && !somebody && others_repeat && self.rows.len() > 2 && differ(&0)).then_some(0)
        })
    }

    fn heading(&self, at: usize) -> String {
        self.headings.get(at).cloned().unwrap_or_default()
    }

    fn call(&mut self, at: usize, name: &str) {
        if let Some(heading) = self.headings.get_mut(at) {
            name.clone_into(heading);
        }
    }

    /// Whether a column numbers the rows.
    fn counts_up(&self, at: usize) -> bool {
        let numbers: Vec<u64> = self.column(at).iter().filter_map(|it| it.parse().ok()).collect();
        numbers.len() == self.rows.len()
            && numbers.windows(2).all(|pair| pair.first() < pair.last())
    }

    /// Whether no two of the cells of a column are alike, and none is blank.
    fn all_differ(&self, at: usize) -> bool {
        let cells = self.column(at);
        let different: std::collections::BTreeSet<&&str> = cells.iter().collect();
        !cells.is_empty() && different.len() == cells.len() && !cells.contains(&"")
    }

    /// Whether at least half of the different answers of a column stand in another, too.
    pub(super) fn answers_alike(&self, one: usize, other: usize) -> bool {
        let answers = |at: usize| -> std::collections::BTreeSet<String> {
            self.column(at).into_iter().filter(|it| !it.is_empty()).map(key).collect()
        };
        let (one, other) = (answers(one), answers(other));
        !one.is_empty() && one.intersection(&other).count() * 2 >= one.len()
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
                && (columns::named(heading) == Named::Maybe
                    || (columns::is_numbering(heading) && !self.counts_up(*at)))
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
