//! Quotations with their citation.

use serde_json::{Map, Value as Json, json};

use super::Report;
use super::grid::{Display, Grid, Value};
use super::provenance::{Counted, Provenance};
use crate::analysis::citation::Citations;
use crate::analysis::quotes::{Quotation, Quotations};
use crate::domain::study::Study;
use crate::msg;
use crate::words::{self, Language};

/// The columns of the contract.
const COLUMNS: [&str; 6] = ["locator", "case", "speakers", "citation", "code", "text"];

/// Quotations, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotesReport {
    rows: Vec<Line>,
    all: usize,
    not_quoted: u64,
    counted: Counted,
    provenance: Provenance,
}

#[derive(Debug, Clone, PartialEq)]
struct Line {
    locator: String,
    case: String,
    speakers: String,
    citation: String,
    code: String,
    text: String,
}

impl QuotesReport {
    /// The first `limit` quotations, all without one.
    #[must_use]
    pub fn new(
        study: &Study,
        quotations: &Quotations,
        limit: Option<usize>,
        counted: Counted,
        provenance: Provenance,
    ) -> Self {
        let citations = Citations::of(study);
        let line = |quotation: &Quotation| {
            let unit = &study.units[quotation.unit.at()];
            let speakers: Vec<&str> = unit.speakers.iter().map(|it| it.as_str()).collect();
            let codes = quotation.codes.iter().map(|code| study.vocabulary.of(*code).id.as_str());
            Line {
                locator: unit.locator.to_string(),
                case: study.case_of(quotation.unit).to_string(),
                speakers: speakers.join("; "),
                citation: citations.unit(quotation.unit),
                code: codes.collect::<Vec<_>>().join("; "),
                text: study.text(quotation.unit),
            }
        };
        let shown = limit.unwrap_or(usize::MAX);
        Self {
            rows: quotations.found.iter().take(shown).map(line).collect(),
            all: quotations.found.len(),
            not_quoted: quotations.not_quoted,
            counted,
            provenance,
        }
    }
}

impl Report for QuotesReport {
    fn display(&self, language: Language) -> Display {
        let word = |key| words::word(key, language);
        let mut grid = Grid::new(&[
            &word("quotes.column.locator"),
            &word("quotes.column.code"),
            &word("quotes.column.text"),
        ]);
        for line in &self.rows {
            grid.rows.push(vec![
                Value::id(&line.locator),
                Value::id(&line.code),
                Value::Text(format!("{}\n{}", line.text, line.citation)),
            ]);
        }
        let mut notes = vec![words::say(&msg!("quotes.count", n = self.all), language)];
        if self.rows.len() < self.all {
            notes.push(words::say(&msg!("quotes.limit", n = self.rows.len()), language));
        }
        if self.not_quoted > 0 {
            notes.push(words::say(&msg!("quotes.not_quoted", n = self.not_quoted), language));
        }
        notes.push(self.counted.note(language));
        notes.extend(self.provenance.notes(language));
        Display { title: word("quotes.title"), grids: vec![grid], notes }
    }

    fn records(&self) -> Grid {
        let mut grid = Grid::new(&COLUMNS);
        for line in &self.rows {
            grid.rows.push(vec![
                Value::id(&line.locator),
                Value::id(&line.case),
                Value::id(&line.speakers),
                Value::Text(line.citation.clone()),
                Value::id(&line.code),
                Value::Text(line.text.clone()),
            ]);
        }
        grid
    }

    fn json(&self) -> Json {
        let row = |line: &Line| {
            let values =
                [&line.locator, &line.case, &line.speakers, &line.citation, &line.code, &line.text];
            let pairs = COLUMNS.iter().zip(values);
            let object: Map<String, Json> =
                pairs.map(|(column, value)| ((*column).to_owned(), json!(value))).collect();
            Json::Object(object)
        };
        json!({
            "schema": "themata.quotes/1",
            "from": self.counted.from,
            "counted": self.counted.json(),
            "codebook": self.provenance.codebook,
            "round": self.provenance.round,
            "quotations": self.all,
            "not_quoted": self.not_quoted,
            "rows": self.rows.iter().map(row).collect::<Vec<_>>(),
        })
    }

    fn workbook(&self, language: Language) -> Display {
        Display { grids: vec![self.records()], ..self.display(language) }
    }
}
