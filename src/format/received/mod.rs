//! A filled sheet or CSV that comes back: a table into answers, and every complaint with its cell.
//!
//! Long files have a row per unit and dimension, wide files a row per unit and a column per dimension.
//! What the answers change is worked out in [`crate::analysis::received`]; nothing here writes.

mod answers;
mod columns;
mod marks;
mod reader;
mod versions;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::sheet::Meta;
use super::table::Table;
use crate::analysis::received::Received;
use crate::domain::failure::Failure;
use crate::domain::id::{CoderId, RoundId};
use crate::domain::log::{RoundIndex, Via};
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::domain::study::Study;
use crate::msg;
use crate::read::decode::decode;
use crate::read::workbook::{Workbook, looks_like_one};

/// What was asked for beside the file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// `--coder`: whose rows may be in it; with one, also those that do not say it. None: anybody's.
    pub coders: &'a [CoderId],
    /// `--round`.
    pub round: Option<&'a RoundId>,
    /// Whether rows that give nothing are of interest, because their blanks may mean something.
    pub blanks: bool,
}

/// Reads a file that a coder sends back.
///
/// # Errors
/// It is not clear or not true whose it is (wrong use), or there are problems: then all of them.
pub fn read(
    file: &str,
    bytes: &[u8],
    study: &Study,
    asked: Asked<'_>,
) -> Result<Received, Failure> {
    let mut problems = Vec::new();
    let (table, meta, via) = open(file, bytes, &mut problems)?;
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    let (coder, round) = whose(study, asked, meta.as_ref())?;
    let versions = versions::Versions::of(study, meta.as_ref());
    let columns = columns::Columns::of(&table, versions.names(), &mut problems);
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    if coder.is_none() && columns.coder.is_none() {
        return Err(Failure::Usage(msg!("received.nobody"), msg!("received.nobody.fix")));
    }
    let mut reader = reader::Reader {
        study,
        names: versions.names(),
        table: &table,
        columns: &columns,
        guarded: via == Via::Csv,
        coder,
        round,
        version: versions.of_file(),
        asked,
        problems,
        seen: BTreeMap::new(),
        times: None,
        rounds: BTreeMap::new(),
        blank: 0,
    };
    let rows = reader.rows();
    let page = reader.page();
    let blank = reader.blank;
    if !reader.problems.is_empty() {
        return Err(Failure::Invalid(reader.problems));
    }
    let mut notes: Vec<Message> = versions.said(meta.as_ref()).into_iter().collect();
    notes.extend(meta.as_ref().filter(|it| !it.is_of(study)).map(|_| msg!("received.study")));
    notes.extend(meta.and_then(|meta| units_changed(study, &meta, &table, &columns)));
    match page.as_ref().and_then(|page| page.claimed) {
        Some((first, last)) => notes.push(msg!("received.claimed", first = first, last = last)),
        None if columns.at.is_some() => notes.push(msg!("received.times")),
        None => {}
    }
    let via = if page.is_some() { Via::Pack } else { via };
    Ok(Received { rows, via, notes, page, blank })
}

/// The table of a file, and what a sheet of ours says of itself.
fn open(
    file: &str,
    bytes: &[u8],
    problems: &mut Vec<Problem>,
) -> Result<(Table, Option<Meta>, Via), Failure> {
    if !looks_like_one(bytes) {
        let decoded = decode(bytes, None).map_err(|it| Failure::invalid(it.of(file)))?;
        let text = without_separator(&decoded.text);
        return Ok((Table::read(file, text.as_bytes(), &[], problems), None, Via::Csv));
    }
    let mut book = Workbook::open(file, bytes).map_err(|problem| Failure::invalid(*problem))?;
    let meta = match Meta::read(&mut book) {
        Some((format, _)) if !Meta::reads(format) => {
            let what = msg!("received.newer");
            let problem = Problem::new(Place::file(file), what, msg!("received.newer.fix"));
            return Err(Failure::invalid(problem));
        }
        Some((_, meta)) if !meta.is_whole() => {
            let (what, fix) = (msg!("received.meta"), msg!("received.meta.fix"));
            return Err(Failure::invalid(Problem::new(Place::file(file), what, fix)));
        }
        found => found.map(|(_, meta)| meta),
    };
    let named = meta.as_ref().map(|meta| meta.sheet.as_str()).filter(|name| book.has(name));
    let sheet = named.or(book.first_visible()).unwrap_or_default().to_owned();
    let table = super::workbook::table(&mut book, file, &sheet, &[], problems);
    Ok((table, meta, Via::Sheet))
}

/// A table without the line by which a spreadsheet is told what parts its cells (`sep=;`); lines keep their
/// numbers.
fn without_separator(text: &str) -> Cow<'_, str> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end().get(..4) {
        Some(head) if head.eq_ignore_ascii_case("sep=") => Cow::Owned(format!("\n{rest}")),
        _ => Cow::Borrowed(text),
    }
}

/// Whose decisions these are where the rows do not say it, and the round.
fn whose(
    study: &Study,
    asked: Asked<'_>,
    meta: Option<&Meta>,
) -> Result<(Option<CoderId>, RoundIndex), Failure> {
    let of_sheet = |text: &str| meta.is_some() && !text.is_empty();
    let mut coder = match asked.coders {
        [one] => Some(one.clone()),
        _ => None,
    };
    let mut round = asked.round.cloned();
    if let Some(meta) = meta {
        let is_hers = |it: &CoderId| it.as_str() == meta.coder;
        if let (Some(first), true) = (asked.coders.first(), of_sheet(&meta.coder))
            && !asked.coders.iter().any(is_hers)
        {
            return Err(Failure::Usage(
                msg!("received.other_coder", coder = super::table::quotable(&meta.coder)),
                msg!(
                    "received.other_coder.fix",
                    coder = super::table::quotable(&meta.coder),
                    asked = first
                ),
            ));
        }
        if let (Some(asked), true) = (asked.round, of_sheet(&meta.round))
            && asked.as_str() != meta.round
        {
            return Err(Failure::Usage(
                msg!("received.other_round", round = super::table::quotable(&meta.round)),
                msg!("received.other_round.fix"),
            ));
        }
        coder = coder.or_else(|| meta.coder.parse().ok());
        round = round.or_else(|| meta.round.parse().ok());
    }
    if let Some(coder) = &coder {
        study.known_coder(coder)?;
    }
    let Some(round) = round else { return Ok((coder, study.current_round())) };
    Ok((coder, study.known_round(&round)?))
}

/// Whether the units are others than those of a sheet.
fn units_changed(
    study: &Study,
    meta: &Meta,
    table: &Table,
    columns: &columns::Columns,
) -> Option<Message> {
    let units = table.rows.iter().filter_map(|row| reader::unit(study, row.cell(columns.unit)));
    let talk = units
        .filter_map(|unit| study.unit_at(unit))
        .filter(|unit| unit.kind == crate::domain::unit::UnitKind::Talk);
    let sha256 = super::sheet::units_sha256(talk.map(|unit| &unit.locator));
    (sha256 != meta.units_sha256).then(|| msg!("received.units"))
}
