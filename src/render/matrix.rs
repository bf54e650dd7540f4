//! A matrix as a table, or long: one row a cell.

use super::Report;
use super::document::{self, Column, Document, Note, Table, Value};
use crate::analysis::citation::Citations;
use crate::analysis::matrix::{self, Axis, Content, Matrix, NO_VALUE, Options, TOTAL};
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::withdrawn::Withdrawn;
use crate::domain::study::Study;
use crate::msg;
use crate::words::{self, Language};

/// A matrix, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixReport {
    options: Options,
    rows: Vec<String>,
    columns: Vec<String>,
    cells: Vec<Cell>,
    long: bool,
    not_quoted: u64,
    counted: Option<Counted>,
    provenance: Provenance,
}

#[derive(Debug, Clone, PartialEq)]
struct Cell {
    value: Value,
    units: Vec<String>,
}

impl MatrixReport {
    /// A matrix of a study; `long` for one row a cell, `counted` where all cells count the same decisions.
    #[must_use]
    pub fn new(
        study: &Study,
        matrix: &Matrix,
        options: Options,
        long: bool,
        counted: Option<Counted>,
        provenance: Provenance,
    ) -> Self {
        let citations = Citations::of(study);
        let withdrawn = Withdrawn::of(study);
        let cell = |cell: &matrix::Cell| {
            let value = match cell.value {
                None => Value::Missing,
                Some(matrix::Value::Count(count)) => Value::Count(count),
                Some(matrix::Value::Share(share)) => Value::Number(share),
                Some(matrix::Value::Quotes) => {
                    let quotes: Vec<String> = cell
                        .units
                        .iter()
                        .map(|unit| {
                            format!("“{}” {}", withdrawn.text(study, *unit), citations.unit(*unit))
                        })
                        .collect();
                    Value::Text(quotes.join("\n\n"))
                }
            };
            let units = cell.units.iter().filter_map(|unit| study.units.get(unit.at()));
            Cell { value, units: units.map(|unit| unit.locator.to_string()).collect() }
        };
        Self {
            options,
            rows: matrix.rows.clone(),
            columns: matrix.columns.clone(),
            cells: matrix.cells.iter().map(cell).collect(),
            long,
            not_quoted: matrix.not_quoted,
            counted,
            provenance,
        }
    }

    /// Row by row, the id of the row and its cells.
    fn lines(&self) -> impl Iterator<Item = (&String, &[Cell])> {
        let width = self.columns.len().max(1);
        let cells = self.cells.chunks(width).chain(std::iter::repeat(&[][..]));
        self.rows.iter().zip(cells)
    }

    fn wide(&self, language: Language) -> Table {
        let first =
            Column::new(self.options.rows.to_string()).headed(axis(&self.options.rows, language));
        let others = self.columns.iter().map(|id| Column::new(id).headed(named(id, language)));
        let mut table = Table::new(std::iter::once(first).chain(others).collect());
        table.alike = true;
        for (row, cells) in self.lines() {
            let cells = cells.iter().map(Cell::shown);
            table.push(std::iter::once(entry(row, language)).chain(cells));
        }
        table
    }

    fn one_a_cell(&self, language: Language) -> Table {
        let mut table = Table::new(vec![
            Column::new("row").headed(axis(&self.options.rows, language)),
            Column::new("column").headed(axis(&self.options.columns, language)),
            Column::new("value").headed(content(self.options.content, language)),
            Column::new("units").headed(words::word("matrix.content.units", language)),
        ]);
        for (row, cells) in self.lines() {
            for (column, cell) in self.columns.iter().zip(cells) {
                let units = Value::Ids(cell.units.clone()).into();
                table.push([entry(row, language), entry(column, language), cell.shown(), units]);
            }
        }
        table
    }

    fn notes(&self) -> Vec<Note> {
        let mut notes = vec![msg!("matrix.note.empty")];
        let options = &self.options;
        if options.exact {
            notes.push(msg!("matrix.note.exact"));
        } else if options.rows.is_of_codes() || options.columns.is_of_codes() {
            notes.push(msg!("matrix.note.beneath"));
        }
        if options.rows.is_of_people() || options.columns.is_of_people() {
            notes.push(msg!("matrix.note.people"));
        }
        match options.content {
            Content::Share if options.columns.is_of_codes() => {
                notes.push(msg!("matrix.note.share"));
            }
            Content::Share => notes.push(msg!("matrix.note.share_of_coded")),
            Content::Words if options.with_moderator => {
                notes.push(msg!("matrix.note.all_words"));
            }
            Content::Words => notes.push(msg!("matrix.note.words")),
            _ => {}
        }
        if self.not_quoted > 0 {
            notes.push(msg!("quotes.not_quoted", n = self.not_quoted));
        }
        let mut notes: Vec<Note> = notes.into_iter().map(Note::told).collect();
        notes.extend(self.counted.iter().flat_map(Counted::notes));
        notes.extend(self.provenance.notes());
        notes
    }
}

impl Cell {
    /// The cell in a table, with the units behind it.
    fn shown(&self) -> document::Cell {
        document::Cell::from(self.value.clone()).with_units(self.units.clone())
    }
}

/// What an entry of an axis is called by people: ids as they are, totals in words.
fn named(id: &str, language: Language) -> String {
    match id {
        TOTAL => words::word("matrix.total", language),
        NO_VALUE => words::word("matrix.no_value", language),
        _ => id.to_owned(),
    }
}

/// An entry of an axis as a cell.
fn entry(id: &str, language: Language) -> document::Cell {
    let told = named(id, language);
    let cell = document::Cell::id(id);
    if told == id { cell } else { cell.told(Value::Id(told)) }
}

fn axis(axis: &Axis, language: Language) -> String {
    let key = match axis {
        Axis::Case => "matrix.axis.case",
        Axis::Participant => "matrix.axis.participant",
        Axis::Transcript => "matrix.axis.transcript",
        Axis::Role => "matrix.axis.role",
        Axis::Topic => "matrix.axis.topic",
        Axis::Dimension => "matrix.axis.dimension",
        Axis::Code => "matrix.axis.code",
        Axis::Coder => "matrix.axis.coder",
        Axis::Round => "matrix.axis.round",
        Axis::Attribute(..) => return axis.to_string(),
    };
    words::word(key, language)
}

fn content(content: Content, language: Language) -> String {
    let key = match content {
        Content::Units => "matrix.content.units",
        Content::Participants => "matrix.content.participants",
        Content::Cases => "matrix.content.cases",
        Content::Words => "matrix.content.words",
        Content::Share => "matrix.content.share",
        Content::Presence => "matrix.content.presence",
        Content::Quotes => "matrix.content.quotes",
    };
    words::word(key, language)
}

impl Report for MatrixReport {
    fn document(&self, language: Language) -> Document {
        let title = msg!(
            "matrix.title",
            content = content(self.options.content, language),
            rows = axis(&self.options.rows, language),
            columns = axis(&self.options.columns, language)
        );
        let table = if self.long { self.one_a_cell(language) } else { self.wide(language) };
        Document::new("themata.matrix/1")
            .titled(words::say(&title, language))
            .asked("row", self.options.rows.to_string())
            .asked("column", self.options.columns.to_string())
            .asked("cell", self.options.content.as_str())
            .asked("exact", self.options.exact)
            .asked("with_moderator", self.options.with_moderator)
            .asked("from", self.counted.as_ref().map(|it| it.from.as_str()))
            .asked("counted", self.counted.as_ref().map(Counted::json))
            .asked("codebook", self.provenance.codebook.as_str())
            .asked("left_out", self.provenance.left_out_json())
            .asked("round", self.provenance.round.as_deref())
            .asked("columns", self.columns.as_slice())
            .table(table)
            .notes(self.notes())
    }
}
