//! Discrepancies as a table, worst first.

use serde_json::{Map, Value as Json, json};

use super::Report;
use super::grid::{Display, Grid, Value};
use super::provenance::Provenance;
use crate::analysis::discrepancies::Discrepancy;
use crate::domain::coding::{Cell, Coding};
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
    pub fn new<'a>(
        study: &Study,
        comparison: &Comparison,
        discrepancies: &[Discrepancy],
        settlements: &[Settlement],
        limit: Option<usize>,
        memo: impl Fn(&Coding, Cell) -> Option<&'a str>,
    ) -> Self {
        let settled = crate::domain::consensus::in_force(settlements);
        let line = |of: &Discrepancy| {
            let decided = comparison.codings.iter().zip(&of.cells);
            let answers = decided.map(|(coding, cell)| {
                cell.answer.is_decided().then(|| Answer {
                    codes: study.answers.cell(cell.answer, &study.vocabulary),
                    unsure: cell.unsure,
                    memo: memo(coding, *cell).unwrap_or_default().to_owned(),
                })
            });
            let round = of.cells.iter().find(|cell| cell.answer.is_decided()).map(|it| it.round);
            let outcome = round.and_then(|round| settled.get(&(round, of.unit, of.dimension)));
            Line {
                unit: study.units[of.unit.at()].locator.to_string(),
                dimension: study.vocabulary.dimensions[usize::from(of.dimension.0)].id.to_string(),
                answers: answers.collect(),
                dispute: of.dispute,
                outcome: outcome.and_then(|it| it.outcome.as_ref()).map(Outcome::to_string),
                text: study.text(of.unit),
            }
        };
        let shown = limit.unwrap_or(usize::MAX).min(discrepancies.len());
        Self {
            coders: comparison.codings.iter().map(|coding| coding.label.clone()).collect(),
            rows: discrepancies.iter().take(shown).map(line).collect(),
            all: discrepancies.len(),
            provenance: Provenance::of(study, comparison),
        }
    }

    fn table(&self, language: Language, shown: usize) -> Grid {
        let word = |key| words::word(key, language);
        let mut grid = Grid::new(&[
            &word("discrepancies.column.unit"),
            &word("discrepancies.column.dimension"),
        ]);
        grid.columns.extend(self.coders.iter().cloned());
        grid.columns.push(word("discrepancies.column.dispute"));
        grid.columns.push(word("discrepancies.column.words"));
        for line in &self.rows {
            let mut dimension = line.dimension.clone();
            if let Some(outcome) = &line.outcome {
                let settled = msg!("discrepancies.settled", outcome = outcome);
                dimension = format!("{dimension}\n{}", words::say(&settled, language));
            }
            let mut row = vec![Value::id(&line.unit), Value::Text(dimension)];
            row.extend(line.answers.iter().map(|answer| match answer {
                None => Value::Missing,
                Some(answer) => Value::Text(answer.for_people(language)),
            }));
            row.push(Value::Number(line.dispute));
            row.push(Value::Text(cut(&line.text, shown)));
            grid.rows.push(row);
        }
        grid
    }

    fn notes(&self, language: Language) -> Vec<String> {
        let (all, shown) = (self.all, self.rows.len());
        let settled = self.rows.iter().filter(|line| line.outcome.is_some()).count();
        let mut notes = vec![words::say(&msg!("discrepancies.count", n = all), language)];
        if shown < all {
            notes.push(words::say(&msg!("discrepancies.limit", n = shown), language));
        }
        if settled > 0 {
            notes.push(words::say(&msg!("discrepancies.settled_count", n = settled), language));
        }
        if shown > 0 {
            notes.push(words::word("discrepancies.dispute", language));
        }
        notes.extend(self.provenance.notes(language));
        notes
    }
}

impl Answer {
    /// The codes, whether the coder was unsure, and her memo beneath.
    fn for_people(&self, language: Language) -> String {
        let mut text = self.codes.clone();
        if self.unsure {
            text.push_str(&format!(" ({})", words::word("discrepancies.unsure", language)));
        }
        if !self.memo.is_empty() {
            text.push_str(&format!("\n“{}”", self.memo));
        }
        text
    }
}

/// The beginning of a text, cut between words.
fn cut(text: &str, shown: usize) -> String {
    let Some((at, _)) = text.char_indices().nth(shown) else { return text.to_owned() };
    let start = text.get(..at).unwrap_or_default();
    let end = start.rfind(char::is_whitespace).unwrap_or(at);
    format!("{} …", text.get(..end).unwrap_or_default().trim_end())
}

impl Report for DiscrepancyReport {
    fn display(&self, language: Language) -> Display {
        Display {
            title: words::word("discrepancies.title", language),
            grids: vec![self.table(language, SHOWN)],
            notes: self.notes(language),
        }
    }

    fn records(&self) -> Grid {
        let mut grid = Grid::new(&["unit", "dimension"]);
        grid.columns.extend(self.coders.iter().cloned());
        grid.columns.push("dispute".to_owned());
        for line in &self.rows {
            let mut row = vec![Value::id(&line.unit), Value::id(&line.dimension)];
            row.extend(line.answers.iter().map(|answer| match answer {
                None => Value::Missing,
                Some(answer) => Value::id(&answer.codes),
            }));
            row.push(Value::Number(line.dispute));
            grid.rows.push(row);
        }
        grid
    }

    fn json(&self) -> Json {
        let row = |line: &Line| {
            let mut object = Map::new();
            object.insert("unit".to_owned(), json!(line.unit));
            object.insert("dimension".to_owned(), json!(line.dimension));
            let mut memos = Map::new();
            for (coder, answer) in self.coders.iter().zip(&line.answers) {
                object.insert(coder.clone(), json!(answer.as_ref().map(|it| &it.codes)));
                if let Some(answer) = answer.as_ref().filter(|it| !it.memo.is_empty()) {
                    memos.insert(coder.clone(), json!(answer.memo));
                }
            }
            object.insert("dispute".to_owned(), json!(line.dispute));
            object.insert("outcome".to_owned(), json!(line.outcome));
            object.insert("memos".to_owned(), Json::Object(memos));
            object.insert("text".to_owned(), json!(line.text));
            Json::Object(object)
        };
        json!({
            "schema": "themata.discrepancies/1",
            "coders": self.coders,
            "codebook": self.provenance.codebook,
            "round": self.provenance.round,
            "discrepancies": self.all,
            "rows": self.rows.iter().map(row).collect::<Vec<_>>(),
        })
    }

    fn workbook(&self, language: Language) -> Display {
        Display { grids: vec![self.table(language, usize::MAX)], ..self.display(language) }
    }
}
