//! The list of units.

use super::Report;
use super::grid::{Display, Grid, Value};
use crate::domain::id::{CaseId, TranscriptId};
use crate::domain::study::Study;
use crate::domain::unit::UnitKind;
use crate::msg;
use crate::words::{Language, say, word};

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
    speakers: String,
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
                speakers: unit.speakers.iter().map(|it| it.as_str()).collect::<Vec<_>>().join("; "),
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

impl Report for UnitList {
    fn display(&self, language: Language) -> Display {
        let columns = ["unit", "kind", "speakers", "words", "text"];
        let headings = [
            word("units.unit", language),
            word("units.kind", language),
            word("units.speakers", language),
            word("units.words", language),
            word("units.text", language),
        ];
        let mut grid = Grid::new(&columns);
        grid.columns = headings.to_vec();
        for row in &self.rows {
            let kind = match row.kind {
                UnitKind::Talk => word("units.talk", language),
                UnitKind::Prompt => word("units.prompt", language),
            };
            grid.rows.push(vec![
                Value::id(&row.unit),
                Value::id(kind),
                Value::id(&row.speakers),
                Value::Count(u64::from(row.words)),
                Value::Text(row.text.clone()),
            ]);
        }
        let words: u64 = self.rows.iter().map(|row| u64::from(row.words)).sum();
        let mut notes =
            vec![say(&msg!("units.count", n = self.rows.len(), words = words), language)];
        if self.rows.len() < self.all {
            notes.push(say(&msg!("units.more", n = self.all - self.rows.len()), language));
        }
        Display { title: String::new(), grids: vec![grid], notes }
    }

    fn records(&self) -> Grid {
        let mut grid = Grid::new(&["unit", "case", "kind", "speakers", "words", "text"]);
        for row in &self.rows {
            grid.rows.push(vec![
                Value::id(&row.unit),
                Value::id(&row.case),
                Value::id(row.kind),
                Value::id(&row.speakers),
                Value::Count(u64::from(row.words)),
                Value::Text(row.text.clone()),
            ]);
        }
        grid
    }

    fn json(&self) -> serde_json::Value {
        let rows: Vec<serde_json::Value> = self
            .rows
            .iter()
            .map(|row| {
                serde_json::json!({
                    "unit": row.unit,
                    "case": row.case,
                    "kind": row.kind.as_str(),
                    "speakers": row.speakers.split("; ").filter(|it| !it.is_empty()).collect::<Vec<_>>(),
                    "words": row.words,
                    "text": row.text,
                })
            })
            .collect();
        serde_json::json!({ "schema": "themata.units/1", "units": rows.len(), "rows": rows })
    }
}
