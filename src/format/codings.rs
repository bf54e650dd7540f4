//! A file of codings from anywhere, long or wide, as text or as a workbook.
//!
//! Long: `unit,coder,code`, several rows are a set (or `codes`, where a row is a whole answer). Wide: `unit` and one column a
//! coder, or one for each coder and what she coded. Both may have `dimension`, `round` and `case`. It may hold a million units:
//! rows are gone through once and numbered, and what cells mean is thought about once for each different text. Whatever is
//! assumed of them is said; what can be read in two ways that lead to different figures is refused.

mod coders;
mod column_words;
mod columns;
mod complain;
mod complaints;
pub(super) mod dates;
mod file;
mod filling;
mod headings;
mod into;
mod layout;
mod lists;
mod looks;
mod meaning;
mod missing;
mod missing_words;
pub(super) mod open;
mod pairs;
mod parting;
mod reader;
mod record;
mod shape;
mod spelling;
mod texts;
mod units;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use crate::domain::failure::Failure;
use crate::msg;
use complain::Looking;
use complaints::Complaints;
pub use file::CodingsFile;
pub use into::{Pick, Read, UnknownName};
use layout::{Form, Layout, Refusal};
use shape::Beginning;

/// What an empty cell, or a row that is not there, means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// The coder did not decide.
    Missing,
    /// The coder looked, and nothing applies.
    None,
}

/// How a file is to be read; by default as it says itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// These coders, in this order; those that the file shows where empty.
    pub coders: Vec<String>,
    /// What an empty cell means; that nothing was decided where absent.
    pub empty: Option<Empty>,
    /// What it means that a coder has no row; where absent, a file in which that matters is refused.
    pub absent: Option<Empty>,
    /// What else stands for no answer.
    pub missing: Vec<String>,
    /// The only mark that parts the codes of a cell.
    pub separator: Option<String>,
    /// The answers that there are, in order.
    pub categories: Option<Vec<String>>,
    /// The same dimension by dimension, where they are known so.
    pub by_dimension: BTreeMap<String, Vec<String>>,
    /// How many units there are.
    pub units: Option<AllUnits>,
}

/// All units, of which a file may name only those that somebody coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AllUnits {
    /// So many.
    Number(usize),
    /// These.
    Names(Vec<String>),
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// What is wrong with it, or what the caller has to decide.
    Failure(Failure),
    /// A name that it does not have.
    Unknown(UnknownName),
}

impl From<Failure> for Unread {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// Reads a file of codings.
///
/// Nothing is given out while there is any problem.
///
/// # Errors
/// All that is wrong with the file; what can be read in two ways; a coder that it does not have.
pub fn read(file: &str, bytes: &[u8], reading: &Reading) -> Result<CodingsFile, Unread> {
    let mut opened = open::open(file, bytes)?;
    let mut beginning = Beginning::of(&opened.text, opened.separator);
    if beginning.is_turned() {
        opened.text = beginning.turned().into();
        opened.separator = b',';
        opened.said.push(msg!("codings.said.turned"));
        beginning = Beginning::of(&opened.text, opened.separator);
    }
    opened.said.extend(beginning.name_columns());
    if reading.coders.is_empty() {
        beginning.no_counts()?;
    }
    let (bytes, separator) = (&*opened.text, opened.separator);
    let mut complaints = Complaints::of(file, bytes, opened.above);
    let layout = match Layout::of(&beginning, &reading.coders) {
        Ok(layout) => layout,
        Err(Refusal::Unread(unread)) => return Err(unread),
        Err(Refusal::Header(errors)) => {
            errors.iter().for_each(|error| complaints.header(0, error));
            return Err(Failure::Invalid(complaints.problems()).into());
        }
    };
    let raw = reader::read(bytes, separator, &layout, !reading.coders.is_empty());
    let chosen = coders::chosen(&raw, &layout, reading)?;
    let is_wrong = raw.is_wrong || !chosen.meanings.days.is_empty() || chosen.has_none_beside();
    if is_wrong {
        Looking::at(&layout, &chosen.meanings, &raw.texts).through(
            bytes,
            separator,
            &mut complaints,
        );
    }
    if chosen.columns.len() < 2 && !complaints.has_any() {
        few(&mut complaints, &chosen);
    }
    if complaints.has_any() {
        return Err(Failure::Invalid(complaints.problems()).into());
    }
    let wide = matches!(layout.form, Form::Wide { .. });
    chosen.is_clear(wide, reading)?;
    let unnamed = unnamed(&raw, wide, reading)?;
    let mut assumed = opened.said;
    assumed.extend(chosen.said(reading));
    Ok(CodingsFile {
        coders: chosen.columns.iter().filter_map(|at| raw.coders.get(*at).cloned()).collect(),
        dimensions: raw.dimensions.clone(),
        rounds: raw.rounds.clone(),
        cases: raw.cases.clone(),
        assumed,
        columns: chosen.columns,
        meanings: chosen.meanings,
        reading: reading.clone(),
        wide,
        unnamed,
        raw,
    })
}

/// Fewer than two coders are left.
fn few(complaints: &mut Complaints<'_>, chosen: &coders::Chosen) {
    let n = chosen.columns.len();
    if chosen.left_out.is_empty() {
        complaints.add(0, None, msg!("codings.few", n = n), msg!("codings.few.fix"));
        return;
    }
    let columns = meaning::shortened(&chosen.left_out, 20).join(", ");
    let what = msg!("codings.few_left_out", n = n, columns = columns);
    complaints.add(0, None, what, msg!("codings.few_left_out.fix"));
}

/// How many units the file does not name.
fn unnamed(raw: &reader::Raw, wide: bool, reading: &Reading) -> Result<usize, Failure> {
    let Some(all) = &reading.units else { return Ok(0) };
    if wide {
        return Err(Failure::Usage(msg!("codings.units.wide"), msg!("codings.units.wide.fix")));
    }
    let here = raw.units;
    match all {
        AllUnits::Number(number) => number.checked_sub(here).ok_or_else(|| {
            Failure::Usage(
                msg!("codings.units.few", n = number, here = here),
                msg!("codings.units.few.fix"),
            )
        }),
        AllUnits::Names(names) => {
            // Where there are cases, a name stands behind the number of its case.
            let before = if raw.cases.is_empty() { 0 } else { 4 };
            let held = raw.named.iter().flat_map(units::Units::names);
            let held: Vec<&[u8]> = held.filter_map(|name| name.get(before..)).collect();
            let names: BTreeSet<&[u8]> = names.iter().map(|it| it.as_bytes()).collect();
            let found = held.iter().filter(|it| names.contains(**it)).count();
            if found < here {
                let what = msg!("codings.units.unlisted", n = here - found);
                return Err(Failure::Usage(what, msg!("codings.units.unlisted.fix")));
            }
            let held: BTreeSet<&[u8]> = held.into_iter().collect();
            Ok(names.difference(&held).count())
        }
    }
}

/// The units that a file lists: in its column `unit`, or one a line.
///
/// # Errors
/// It is no table.
pub fn unit_names(file: &str, bytes: &[u8]) -> Result<Vec<String>, Failure> {
    let opened = open::open(file, bytes)?;
    let (mut names, mut place, mut first) = (Vec::new(), 0, true);
    record::each(&opened.text, opened.separator, |record| {
        let heading = |cell: &[u8]| cell.eq_ignore_ascii_case(b"unit");
        let column = record.iter().position(heading).filter(|_| first);
        first &= record.is_blank();
        match column {
            Some(column) => place = column,
            None if record.get(place).is_empty() => {}
            None => names.push(String::from_utf8_lossy(record.get(place)).into_owned()),
        }
        ControlFlow::Continue(())
    });
    Ok(names)
}
