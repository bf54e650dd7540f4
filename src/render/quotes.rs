//! Quotations with their citation.

use super::Report;
use super::document::{Cell, Column, Document, Form, Forms, Note, Table, Value};
use super::names::{Named, Names};
use crate::analysis::citation::Citations;
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::quotes::{Quotation, Quotations};
use crate::analysis::withdrawn::Withdrawn;
use crate::domain::study::Study;
use crate::msg;
use crate::words::{self, Language};

/// The columns of the contract.
const COLUMNS: [&str; 6] = ["locator", "case", "speakers", "citation", "code", "text"];

/// Quotations, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotesReport {
    rows: Vec<Line>,
    names: Names,
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
        let withdrawn = Withdrawn::of(study);
        let line = |quotation: &Quotation| {
            let unit = study.unit_at(quotation.unit);
            let speakers = unit.map(|it| withdrawn.speakers(it)).unwrap_or_default();
            let speakers: Vec<&str> = speakers.into_iter().map(|it| it.as_str()).collect();
            let codes = quotation.codes.iter().map(|code| study.vocabulary.of(*code).id.as_str());
            Line {
                locator: study.unit_name(quotation.unit),
                case: study.case_of(quotation.unit).to_string(),
                speakers: speakers.join("; "),
                citation: citations.unit(quotation.unit),
                code: codes.collect::<Vec<_>>().join("; "),
                text: withdrawn.text(study, quotation.unit),
            }
        };
        let shown = limit.unwrap_or(usize::MAX);
        Self {
            rows: quotations.found.iter().take(shown).map(line).collect(),
            names: Names::default(),
            all: quotations.found.len(),
            not_quoted: quotations.not_quoted,
            counted,
            provenance,
        }
    }
}

impl QuotesReport {
    /// The same with names of codes for people.
    #[must_use]
    pub fn named(self, names: Names) -> Self {
        Self { names, ..self }
    }

    /// What the codes of a line are called.
    fn codes(&self, line: &Line, language: Language) -> String {
        let ids = line.code.split("; ").filter(|it| !it.is_empty());
        ids.map(|id| self.names.text(Named::Code, id, language)).collect::<Vec<_>>().join("; ")
    }

    /// What people read: the words with their citation beneath.
    fn page(&self, language: Language) -> Table {
        let keys = ["quotes.column.locator", "quotes.column.code", "quotes.column.text"];
        let headings = keys.map(|key| words::word(key, language));
        let only_page = |heading: String| Column::new(heading).only_in(Forms::only(Form::Page));
        let mut table = Table::new(headings.map(only_page).to_vec());
        for line in &self.rows {
            table.push([
                Value::id(&line.locator),
                Value::Id(self.codes(line, language)),
                Value::Text(format!("{}\n{}", line.text, line.citation)),
            ]);
        }
        table
    }

    /// Every field in a column of its own.
    fn fields(&self, language: Language) -> Table {
        let not_page = |name: &str| Column::new(name).only_in(Forms::ALL.but(Form::Page));
        let mut table = Table::new(COLUMNS.map(not_page).to_vec());
        for line in &self.rows {
            let case = self.names.text(Named::Case, &line.case, language).to_owned();
            table.push([
                Cell::id(&line.locator),
                Cell::id(&line.case).told(Value::Id(case)),
                Cell::id(&line.speakers),
                Value::Text(line.citation.clone()).into(),
                Cell::id(&line.code).told(Value::Id(self.codes(line, language))),
                Value::Text(line.text.clone()).into(),
            ]);
        }
        table
    }

    fn notes(&self) -> Vec<Note> {
        let mut notes = vec![msg!("quotes.count", n = self.all)];
        if self.rows.len() < self.all {
            notes.push(msg!("quotes.limit", n = self.rows.len()));
        }
        if self.not_quoted > 0 {
            notes.push(msg!("quotes.not_quoted", n = self.not_quoted));
        }
        let mut notes: Vec<Note> = notes.into_iter().map(Note::told).collect();
        notes.extend(self.counted.notes());
        notes.extend(self.provenance.notes());
        notes
    }
}

impl Report for QuotesReport {
    fn document(&self, language: Language) -> Document {
        Document::new("themata.quotes/1")
            .titled(words::word("quotes.title", language))
            .asked("from", self.counted.from.as_str())
            .asked("counted", self.counted.json())
            .asked("codebook", self.provenance.codebook.as_str())
            .asked_if("where", self.provenance.condition())
            .asked("left_out", self.provenance.left_out_json())
            .asked("round", self.provenance.round.as_deref())
            .asked("quotations", self.all)
            .asked("not_quoted", self.not_quoted)
            .table(self.page(language))
            .table(self.fields(language))
            .notes(self.notes())
    }
}
