//! What coders wrote beside their decisions, wherever they wrote it: notes typed while coding, memos on decisions, memos that
//! came with a sheet. To whoever reads them they are one thing.

use std::collections::BTreeMap;

use super::load::Opened;
use crate::domain::coding::{Cell, Coding};
use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::log::UnitIndex;
use crate::domain::record::{Memo, MemoKind};

/// Notes of all coders on units, beside what stands in their logs.
#[derive(Debug)]
pub struct Beside<'a> {
    opened: &'a Opened,
    notes: BTreeMap<(CoderId, UnitIndex), Vec<String>>,
}

impl Beside<'_> {
    /// What a coder wrote beside a decision that the gate let through: her memo on it, then her notes on its unit.
    #[must_use]
    pub fn of(&self, coding: &Coding, cell: Cell) -> Option<String> {
        let row = self.opened.row(coding, cell)?;
        let notes = self.notes.get(&(coding.coder.clone(), row.unit)).into_iter().flatten();
        let memo = row.memo().into_iter().map(str::to_owned);
        let mut all: Vec<String> = Vec::new();
        for text in memo.chain(notes.cloned()) {
            if !all.contains(&text) {
                all.push(text);
            }
        }
        (!all.is_empty()).then(|| all.join("\n"))
    }
}

impl Opened {
    /// What all coders wrote beside their decisions; for whoever may see the decisions.
    ///
    /// # Errors
    /// A coder's memos cannot be read.
    pub fn beside(&self) -> Result<Beside<'_>, Failure> {
        let mut notes: BTreeMap<(CoderId, UnitIndex), Vec<String>> = BTreeMap::new();
        for coder in &self.study.settings.coders {
            for memo in self.memos(&coder.id)?.into_iter().filter(|it| it.kind == MemoKind::Note) {
                let unit = memo.on.parse().ok().and_then(|on| self.study.ever_unit(&on));
                if let Some(unit) = unit {
                    notes.entry((coder.id.clone(), unit)).or_default().push(memo.text);
                }
            }
        }
        Ok(Beside { opened: self, notes })
    }

    /// A coder's memos, in order, and after them those on her decisions in force.
    ///
    /// # Errors
    /// No such coder, or her memos or her log cannot be read.
    pub fn all_memos(&self, coder: &CoderId) -> Result<Vec<Memo>, Failure> {
        let mut all = self.memos(coder)?;
        let log = self.own_log(coder)?;
        let in_force = self.fold(log, |_, _| true);
        let mut rows = Vec::new();
        for table in in_force.rounds.values() {
            for (unit, _) in self.study.ever_talk() {
                let cells = table.unit(unit).iter().filter(|cell| cell.answer.is_decided());
                rows.extend(cells.filter_map(|cell| log.rows.get(cell.row as usize)));
            }
        }
        rows.sort_by_key(|row| row.seq);
        for row in rows {
            let (Some(memo), Some(unit)) = (row.memo(), self.study.unit_at(row.unit)) else {
                continue;
            };
            all.push(Memo {
                coder: coder.clone(),
                seq: row.seq,
                at: row.at,
                on: unit.locator.to_string(),
                kind: MemoKind::Note,
                text: memo.to_string(),
            });
        }
        Ok(all)
    }
}
