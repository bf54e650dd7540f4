//! The rows of a file that comes back, one after the other.

use std::collections::BTreeMap;

use super::Asked;
use super::columns::{Columns, Form};
use crate::analysis::received::{Given, GivenAnswer, GivenMemo, ReceivedRow};
use crate::domain::answer::DimensionIndex;
use crate::domain::id::CoderId;
use crate::domain::locator::Locator;
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::problem::{Place, Problem};
use crate::domain::study::Study;
use crate::domain::time::Moment;
use crate::domain::unit::UnitKind;
use crate::escape::csv::unguard;
use crate::format::names::{Names, fold};
use crate::format::table::{Row, Table, quotable};
use crate::msg;

/// Whose decision on what.
type Key = (CoderId, RoundIndex, UnitIndex, DimensionIndex);

/// What a file is read with.
pub(super) struct Reader<'a> {
    pub(super) study: &'a Study,
    pub(super) names: &'a Names<'a>,
    pub(super) table: &'a Table,
    pub(super) columns: &'a Columns,
    /// Whether cells may bear a guard against formulas.
    pub(super) guarded: bool,
    /// Whose it is where a row does not say so.
    pub(super) coder: Option<CoderId>,
    pub(super) round: RoundIndex,
    /// The version of the codebook under which was decided where a row does not say so.
    pub(super) version: usize,
    pub(super) asked: Asked<'a>,
    pub(super) problems: Vec<Problem>,
    /// What earlier rows gave, and on which line.
    pub(super) seen: BTreeMap<Key, (u64, Given, Option<bool>, GivenMemo)>,
    /// The first and the last time that the file gives.
    pub(super) times: Option<(Moment, Moment)>,
    /// The round of each coder's rows so far.
    pub(super) rounds: BTreeMap<CoderId, RoundIndex>,
    /// How many cells of answers are blank in rows that are not marked done.
    pub(super) blank: u64,
}

/// The unit that a cell names.
pub(super) fn unit(study: &Study, cell: &str) -> Option<UnitIndex> {
    let locator: Locator = cell.trim().parse().ok()?;
    study.unit(&locator).or_else(|| study.unit(&locator.to_string().parse().ok()?))
}

impl<'a> Reader<'a> {
    /// Reads every row. What is wrong is in `problems` afterwards.
    pub(super) fn rows(&mut self) -> Vec<ReceivedRow> {
        let table = self.table;
        table.rows.iter().filter_map(|row| self.row(row)).collect()
    }

    /// A cell as it was meant, and its place.
    pub(super) fn cell<'r>(&self, row: &'r Row, place: usize) -> (Place, &'r str) {
        let heading = self.table.headings.get(place).map_or("", String::as_str);
        let number = (place + 1).to_string();
        let named = if quotable(heading) == "…" { number.as_str() } else { heading };
        let text = row.cell(place).trim();
        let text = if self.guarded { unguard(text).trim() } else { text };
        (self.table.cell_place(row.line, Some(place), named), text)
    }

    pub(super) fn optional<'r>(
        &self,
        row: &'r Row,
        place: Option<usize>,
    ) -> Option<(Place, &'r str)> {
        place.map(|place| self.cell(row, place)).filter(|(_, text)| !text.is_empty())
    }

    fn row(&mut self, row: &Row) -> Option<ReceivedRow> {
        self.strays(row);
        let before = self.problems.len();
        let mut answers = match &self.columns.form {
            Form::Wide(blocks) => self.wide(row, blocks),
            Form::Long { dimension, codes } => self.long(row, *dimension, *codes),
        };
        self.close(row, &mut answers);
        let note = self.optional(row, self.columns.note);
        let note = note.map(|(_, text)| text.replace("\r\n", "\n"));
        let memo = match self.optional(row, self.columns.memo) {
            None => GivenMemo::Keep,
            Some((_, "-")) => GivenMemo::Clear,
            Some((_, text)) => GivenMemo::Set(text.replace("\r\n", "\n")),
        };
        let gives = |it: &GivenAnswer| it.answer != Given::Nothing || it.unsure == Some(true);
        let says_nothing = !answers.iter().any(gives) && memo == GivenMemo::Keep && note.is_none();
        let is_left_out = !self.asked.blanks || self.is_prompt(row);
        if says_nothing && is_left_out && self.problems.len() == before {
            return None;
        }
        let unit = self.unit(row, &answers)?;
        let coder = self.coder(row);
        let round = self.round(row);
        let version = self.version(row);
        self.time(row);
        self.text(row, unit);
        let (coder, round) = (coder?, round?);
        if *self.rounds.entry(coder.clone()).or_insert(round) != round {
            let (at, _) = self.cell(row, self.columns.round.unwrap_or(self.columns.unit));
            self.complain(&at, msg!("received.rounds"), msg!("received.rounds.fix"));
        }
        if !self.study.is_assigned(unit, &coder, round) {
            let (place, _) = self.cell(row, self.columns.unit);
            let what = msg!("received.unassigned", coder = coder);
            self.complain(&place, what, msg!("received.unassigned.fix"));
        }
        let memo_of_row = matches!(self.columns.form, Form::Wide(_));
        let line = row.line;
        let mut found =
            ReceivedRow { line, coder, round, unit, version, answers, memo, memo_of_row, note };
        self.drop_repeated(&mut found);
        Some(found)
    }

    /// Names what stands under no heading: somebody may have meant it.
    fn strays(&mut self, row: &Row) {
        let under = |place: usize| self.table.headings.get(place).map_or("", String::as_str);
        let stray = row.cells().find(|(at, text)| under(*at).is_empty() && !text.trim().is_empty());
        if let Some((place, _)) = stray {
            let at = self.table.cell_place(row.line, Some(place), &(place + 1).to_string());
            self.complain(&at, msg!("received.stray"), msg!("received.stray.fix"));
        }
    }

    fn wide(&mut self, row: &Row, blocks: &[(DimensionIndex, Vec<usize>)]) -> Vec<GivenAnswer> {
        let mut answers = Vec::new();
        for (dimension, places) in blocks {
            let cells: Vec<_> = places.iter().map(|place| self.cell(row, *place)).collect();
            let Some(answer) = self.answer(*dimension, &cells) else { continue };
            let filled = cells.iter().find(|(_, text)| !text.is_empty());
            let Some((at, _)) = filled.or(cells.first()) else { continue };
            answers.push(GivenAnswer {
                at: at.clone(),
                dimension: *dimension,
                answer,
                unsure: None,
                rest: false,
            });
        }
        if let Some(place) = self.columns.certainty {
            let unsure = self.unsure(self.cell(row, place), &answers);
            for given in &mut answers {
                let named = unsure.contains(&given.dimension);
                if named || given.answer != Given::Nothing {
                    given.unsure = Some(named);
                }
            }
        }
        answers
    }

    /// The dimensions that a sheet names as unsure; `unsure` is all that the row answers.
    fn unsure(
        &mut self,
        (at, cell): (Place, &str),
        answers: &[GivenAnswer],
    ) -> Vec<DimensionIndex> {
        if fold(cell) == "unsure" {
            let answered = answers.iter().filter(|it| it.answer != Given::Nothing);
            return answered.map(|it| it.dimension).collect();
        }
        if let Some(dimension) = self.names.dimension(cell) {
            return vec![dimension];
        }
        let mut named = Vec::new();
        for part in cell.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
            match self.names.dimension(part) {
                Some(dimension) => named.push(dimension),
                None => {
                    let known = self.names.dimension_ids();
                    let what = msg!("received.dimension", dimension = quotable(part));
                    self.complain(&at, what, msg!("received.dimension.fix", known = known));
                }
            }
        }
        named
    }

    fn long(&mut self, row: &Row, dimension: usize, codes: usize) -> Vec<GivenAnswer> {
        let (at, cell) = self.cell(row, dimension);
        let Some(dimension) = self.names.dimension(cell) else {
            let known = self.names.dimension_ids();
            let what = msg!("received.dimension", dimension = quotable(cell));
            self.complain(&at, what, msg!("received.dimension.fix", known = known));
            return Vec::new();
        };
        let cell = self.cell(row, codes);
        let at = cell.0.clone();
        let Some(answer) = self.answer(dimension, &[cell]) else { return Vec::new() };
        let unsure = self.columns.certainty.and_then(|place| {
            let (at, text) = self.cell(row, place);
            match fold(text).as_str() {
                "" => Some(false),
                "unsure" => Some(true),
                _ => {
                    self.complain(&at, msg!("received.certainty"), msg!("received.certainty.fix"));
                    None
                }
            }
        });
        vec![GivenAnswer { at, dimension, answer, unsure, rest: false }]
    }

    fn unit(&mut self, row: &Row, answers: &[GivenAnswer]) -> Option<UnitIndex> {
        let (at, cell) = self.cell(row, self.columns.unit);
        let found = unit(self.study, cell);
        let kind = found.and_then(|index| self.study.unit_at(index)).map(|it| it.kind);
        match kind {
            Some(UnitKind::Talk) => found,
            Some(UnitKind::Prompt) => {
                let given = answers.iter().find(|it| it.answer != Given::Nothing);
                let at = given.map_or(at, |it| it.at.clone());
                self.complain(&at, msg!("received.prompt"), msg!("received.prompt.fix"));
                None
            }
            None => {
                let what = msg!("received.unit", unit = quotable(cell));
                self.complain(&at, what, msg!("received.unit.fix"));
                None
            }
        }
    }

    fn coder(&mut self, row: &Row) -> Option<CoderId> {
        let Some((at, cell)) = self.optional(row, self.columns.coder) else {
            if self.coder.is_none() {
                let (at, _) = self.cell(row, self.columns.coder.unwrap_or(self.columns.unit));
                self.complain(&at, msg!("received.no_coder"), msg!("received.nobody.fix"));
            }
            return self.coder.clone();
        };
        let coders = &self.study.settings.coders;
        let Some(coder) = coders.iter().find(|it| it.id.as_str().eq_ignore_ascii_case(cell)) else {
            let known: Vec<&str> = coders.iter().map(|it| it.id.as_str()).collect();
            let fix = msg!("received.coder.fix", known = known.join(", "));
            self.complain(&at, msg!("received.coder", coder = quotable(cell)), fix);
            return None;
        };
        if !self.asked.coders.is_empty() && !self.asked.coders.contains(&coder.id) {
            let what = msg!("received.not_hers", coder = coder.id);
            self.complain(&at, what, msg!("received.not_hers.fix", coder = coder.id));
        }
        Some(coder.id.clone())
    }

    fn round(&mut self, row: &Row) -> Option<RoundIndex> {
        let Some((at, cell)) = self.optional(row, self.columns.round) else {
            return Some(self.round);
        };
        let Some(round) = self.study.round(cell) else {
            let known: Vec<&str> = self.study.rounds.iter().map(|it| it.as_str()).collect();
            let fix = msg!("received.round.fix", known = known.join(", "));
            self.complain(&at, msg!("received.round", round = quotable(cell)), fix);
            return None;
        };
        if self.asked.round.is_some() && round != self.round {
            let what = msg!("received.not_asked", round = quotable(cell));
            self.complain(&at, what, msg!("received.not_asked.fix"));
        }
        Some(round)
    }

    /// The version of the codebook under which a row was decided.
    fn version(&mut self, row: &Row) -> usize {
        let Some((at, id)) = self.optional(row, self.columns.codebook) else { return self.version };
        let id = quotable(id).to_owned();
        super::versions::known(self.study, &id).unwrap_or_else(|| {
            let what = msg!("received.version", version = id);
            self.complain(&at, what, msg!("received.version.fix"));
            self.version
        })
    }

    /// Checks a time that the file gives; the log says when a decision was received.
    fn time(&mut self, row: &Row) {
        let Some((at, cell)) = self.optional(row, self.columns.at) else { return };
        match cell.parse::<Moment>() {
            Ok(time) => {
                let (first, last) = self.times.unwrap_or((time, time));
                self.times = Some((first.min(time), last.max(time)));
            }
            Err(_) => self.complain(&at, msg!("received.at"), msg!("received.at.fix")),
        }
    }

    /// Drops what an earlier row gave in the same words, and names what it gave otherwise.
    fn drop_repeated(&mut self, row: &mut ReceivedRow) {
        let mut repeated = Vec::new();
        for given in row.answers.iter().filter(|it| it.answer != Given::Nothing) {
            let key = (row.coder.clone(), row.round, row.unit, given.dimension);
            let this = (given.answer.clone(), given.unsure, row.memo.clone());
            match self.seen.get(&key) {
                None => {
                    self.seen.insert(key, (row.line, this.0, this.1, this.2));
                }
                Some((_, answer, unsure, memo))
                    if (answer, unsure, memo) == (&this.0, &this.1, &this.2) =>
                {
                    repeated.push(given.dimension);
                }
                Some((line, ..)) => {
                    let what = msg!("received.twice", row = line);
                    self.problems.push(Problem::new(
                        given.at.clone(),
                        what,
                        msg!("received.twice.fix"),
                    ));
                }
            }
        }
        row.answers.retain(|it| !repeated.contains(&it.dimension));
    }
}
