//! Discrepancies as a table, worst first.

use serde_json::{Map, Value as Json};

use super::Report;
use super::document::{Cell, Column, Document, Figure, Form, Forms, Note, Table, Value};
use super::names::{Named, Names};
use super::pictures::strips::{self, Strips};
use crate::analysis::decisions::settlements_that_hold;
use crate::analysis::discrepancies::Discrepancy;
use crate::analysis::provenance::Provenance;
use crate::analysis::reread::Rereads;
use crate::analysis::scope::Scope;
use crate::analysis::withdrawn::Withdrawn;
use crate::domain::coding::{self, Coding};
use crate::domain::comparison::Comparison;
use crate::domain::consensus::{Outcome, Settlement};
use crate::domain::study::Study;
use crate::msg;
use crate::words::{self, Language};

/// How many characters of a unit stand in a table; the whole of it is in JSON and spreadsheets.
const SHOWN: usize = 240;

/// Where coders differ, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct DiscrepancyReport {
    coders: Vec<String>,
    rows: Vec<Line>,
    all: usize,
    /// How many settlements rest on a wording that changed since.
    again: usize,
    /// Where they lie along the transcripts.
    spots: Strips,
    /// What dimensions and codes are called.
    names: Names,
    provenance: Provenance,
}

#[derive(Debug, Clone, PartialEq)]
struct Line {
    unit: String,
    dimension: String,
    /// Per coder; `None` where she did not decide.
    answers: Vec<Option<Answer>>,
    dispute: f64,
    outcome: Option<String>,
    text: String,
}

#[derive(Debug, Clone, PartialEq)]
struct Answer {
    codes: String,
    unsure: bool,
    memo: String,
}

impl DiscrepancyReport {
    /// The first `limit` of the discrepancies (all without one), with the memos that `memo` finds for a decision and
    /// how they were settled.
    #[must_use]
    pub fn new(
        study: &Study,
        comparison: &Comparison,
        discrepancies: &[Discrepancy],
        settlements: &[Settlement],
        limit: Option<usize>,
        names: Names,
        memo: impl Fn(&Coding, coding::Cell) -> Option<String>,
    ) -> Self {
        let settled = settlements_that_hold(study, comparison, settlements);
        let withdrawn = Withdrawn::of(study);
        let line = |of: &Discrepancy| {
            let decided = comparison.codings.iter().zip(&of.cells);
            let answers = decided.map(|(coding, cell)| {
                cell.answer.is_decided().then(|| Answer {
                    codes: study.answers.cell(cell.answer, &study.vocabulary),
                    unsure: cell.unsure,
                    memo: memo(coding, *cell).unwrap_or_default(),
                })
            });
            let outcome = settled.get(&(of.unit, of.dimension));
            Line {
                unit: study.unit_name(of.unit),
                dimension: study.vocabulary.dimensions[usize::from(of.dimension.0)].id.to_string(),
                answers: answers.collect(),
                dispute: of.dispute,
                outcome: outcome.and_then(|it| it.outcome.as_ref()).map(Outcome::to_string),
                text: withdrawn.text(study, of.unit),
            }
        };
        let shown = limit.unwrap_or(usize::MAX).min(discrepancies.len());
        Self {
            coders: comparison.codings.iter().map(|coding| coding.label.clone()).collect(),
            rows: discrepancies.iter().take(shown).map(line).collect(),
            all: discrepancies.len(),
            again: Rereads::of(study).settlements(&settled, comparison).len(),
            spots: strips::spots(study, discrepancies, &names),
            names,
            provenance: Provenance::of(study, comparison),
        }
    }

    /// The same, where it is about a part of the study.
    #[must_use]
    pub fn within(self, study: &Study, comparison: &Comparison, scope: &Scope) -> Self {
        Self { provenance: Provenance::within(study, comparison, scope), ..self }
    }

    fn table(&self, language: Language) -> Table {
        let word = |key| words::word(key, language);
        let json = Forms::only(Form::Json);
        let mut columns = vec![
            Column::new("unit").headed(word("discrepancies.column.unit")),
            Column::new("dimension").headed(word("discrepancies.column.dimension")),
        ];
        columns.extend(self.coders.iter().map(Column::new));
        columns.extend([
            Column::new("dispute").headed(word("discrepancies.column.dispute")),
            Column::new("outcome").only_in(json),
            Column::new("memos").only_in(json),
            Column::new("text")
                .headed(word("discrepancies.column.words"))
                .only_in(Forms::ALL.but(Form::Csv))
                .at_most(SHOWN),
        ]);
        let mut table = Table::new(columns);
        for line in &self.rows {
            let mut row = vec![Cell::id(&line.unit), line.dimension_told(&self.names, language)];
            row.extend(line.answers.iter().map(|answer| {
                match answer {
                    None => Value::Missing.into(),
                    Some(answer) => Cell::id(&answer.codes)
                        .told(Value::Text(answer.for_people(&self.names, language))),
                }
            }));
            let outcome = line.outcome.as_ref().map_or(Value::Missing, Value::id);
            let (dispute, text) = (Value::Number(line.dispute), Value::Text(line.text.clone()));
            row.extend([dispute, outcome, self.memos(line), text].map(Cell::from));
            table.rows.push(row);
        }
        table
    }

    /// The memos that coders wrote on their decisions, for JSON.
    fn memos(&self, line: &Line) -> Value {
        let mut memos = Map::new();
        for (coder, answer) in self.coders.iter().zip(&line.answers) {
            if let Some(answer) = answer.as_ref().filter(|it| !it.memo.is_empty()) {
                memos.insert(coder.clone(), answer.memo.as_str().into());
            }
        }
        Value::json_only(Json::Object(memos))
    }

    fn notes(&self) -> Vec<Note> {
        let (all, shown) = (self.all, self.rows.len());
        let open = Outcome::Open.to_string();
        let is_open = |line: &&Line| line.outcome.as_ref() == Some(&open);
        let settled = self.rows.iter().filter(|line| line.outcome.is_some());
        let settled = settled.filter(|line| !is_open(line)).count();
        let left_open = self.rows.iter().filter(is_open).count();
        let mut notes = vec![msg!("discrepancies.count", n = all)];
        if shown < all {
            notes.push(msg!("discrepancies.limit", n = shown));
        }
        if settled > 0 {
            notes.push(msg!("discrepancies.settled_count", n = settled));
        }
        if left_open > 0 {
            notes.push(msg!("discrepancies.open_count", n = left_open));
        }
        if self.again > 0 {
            notes.push(msg!("discrepancies.again", n = self.again));
        }
        if shown > 0 {
            notes.push(msg!("discrepancies.dispute"));
        }
        let mut notes: Vec<Note> = notes.into_iter().map(Note::told).collect();
        notes.extend(self.provenance.notes());
        notes
    }
}

impl Line {
    /// The dimension; for people with how the discrepancy was settled.
    fn dimension_told(&self, names: &Names, language: Language) -> Cell {
        let mut told = names.text(Named::Code, &self.dimension, language).to_owned();
        if let Some(outcome) = &self.outcome {
            let settled = msg!("discrepancies.settled", outcome = outcome);
            told = format!("{told}\n{}", words::say(&settled, language));
        }
        Cell::id(&self.dimension).told(Value::Text(told))
    }
}

impl Answer {
    /// The codes, whether the coder was unsure, and her memo beneath.
    fn for_people(&self, names: &Names, language: Language) -> String {
        let mut text = names.answer(&self.codes, language);
        if self.unsure {
            text.push_str(&format!(" ({})", words::word("discrepancies.unsure", language)));
        }
        if !self.memo.is_empty() {
            text.push_str(&format!("\n“{}”", self.memo));
        }
        text
    }
}

impl Report for DiscrepancyReport {
    fn figure(&self, language: Language) -> Option<Figure> {
        Some(self.spots.figure(language))
    }

    fn document(&self, language: Language) -> Document {
        Document::new("themata.discrepancies/1")
            .titled(words::word("discrepancies.title", language))
            .asked("coders", self.coders.as_slice())
            .asked("codebook", self.provenance.codebook.as_str())
            .asked_if("where", self.provenance.condition())
            .asked("left_out", self.provenance.left_out_json())
            .asked("round", self.provenance.round.as_deref())
            .asked("discrepancies", self.all)
            .table(self.table(language))
            .notes(self.notes())
    }
}
