//! The list of units.

use super::Report;
use super::document::{Cell, Column, Document, Forms, Note, Table, Value};
use crate::domain::id::{CaseId, TranscriptId};
use crate::domain::study::Study;
use crate::domain::unit::UnitKind;
use crate::msg;
use crate::words::{Language, word};

/// Units with their text, ready to be shown.
#[derive(Debug)]
pub struct UnitList {
    rows: Vec<UnitRow>,
    /// How many there were before some were left out.
    all: usize,
}

#[derive(Debug)]
struct UnitRow {
    unit: String,
    case: String,
    kind: UnitKind,
    speakers: Vec<String>,
    words: u32,
    text: String,
}

impl UnitList {
    /// The units of a study, narrowed to a transcript or a case if asked.
    #[must_use]
    pub fn new(
        study: &Study,
        transcript: Option<&TranscriptId>,
        case: Option<&CaseId>,
        with_moderator: bool,
    ) -> Self {
        let rows: Vec<UnitRow> = study
            .units()
            .filter(|(_, unit)| with_moderator || unit.kind == UnitKind::Talk)
            .filter(|(_, unit)| transcript.is_none_or(|id| unit.locator.transcript() == id))
            .filter(|(index, _)| case.is_none_or(|id| study.case_of(*index) == id))
            .map(|(index, unit)| UnitRow {
                unit: unit.locator.to_string(),
                case: study.case_of(index).to_string(),
                kind: unit.kind,
                speakers: unit.speakers.iter().map(ToString::to_string).collect(),
                words: unit.words,
                text: study.text(index),
            })
            .collect();
        Self { all: rows.len(), rows }
    }

    /// Keeps the first units only, if asked.
    pub fn limit(&mut self, limit: Option<usize>) {
        self.rows.truncate(limit.unwrap_or(usize::MAX));
    }
}

impl UnitList {
    fn table(&self, language: Language) -> Table {
        let column = |name: &str, heading| Column::new(name).headed(word(heading, language));
        let mut table = Table::new(vec![
            column("unit", "units.unit"),
            Column::new("case").only_in(Forms::PROGRAMS),
            column("kind", "units.kind"),
            column("speakers", "units.speakers"),
            column("words", "units.words"),
            column("text", "units.text"),
        ]);
        for row in &self.rows {
            let kind = match row.kind {
                UnitKind::Talk => word("units.talk", language),
                UnitKind::Prompt => word("units.prompt", language),
            };
            table.push([
                Cell::id(&row.unit),
                Cell::id(&row.case),
                Cell::id(row.kind).told(Value::Id(kind)),
                Value::Ids(row.speakers.clone()).into(),
                Cell::count(u64::from(row.words)),
                Value::Text(row.text.clone()).into(),
            ]);
        }
        table
    }
}

impl Report for UnitList {
    fn document(&self, language: Language) -> Document {
        let words: u64 = self.rows.iter().map(|row| u64::from(row.words)).sum();
        let mut notes = vec![msg!("units.count", n = self.rows.len(), words = words)];
        if self.rows.len() < self.all {
            notes.push(msg!("units.more", n = self.all - self.rows.len()));
        }
        Document::new("themata.units/1")
            .asked("units", self.rows.len())
            .table(self.table(language))
            .notes(notes.into_iter().map(Note::told))
    }
}
