//! A matrix as a table, or long: one row a cell.

use serde_json::{Map, Value as Json, json};

use super::Report;
use super::grid::{Display, Grid, Value};
use super::provenance::{Counted, Provenance};
use crate::analysis::citation::Citations;
use crate::analysis::matrix::{self, Axis, Content, Matrix, NO_VALUE, Options, TOTAL};
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
        let cell = |cell: &matrix::Cell| {
            let value = match cell.value {
                None => Value::Missing,
                Some(matrix::Value::Count(count)) => Value::Count(count),
                Some(matrix::Value::Share(share)) => Value::Number(share),
                Some(matrix::Value::Quotes) => {
                    let quotes: Vec<String> = cell
                        .units
                        .iter()
                        .map(|unit| format!("“{}” {}", study.text(*unit), citations.unit(*unit)))
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

    fn wide(&self) -> Grid {
        let mut grid = Grid::new(&[&self.options.rows.to_string()]);
        grid.alike = true;
        grid.columns.extend(self.columns.iter().cloned());
        for (row, cells) in self.lines() {
            let values = cells.iter().map(|cell| cell.value.clone());
            grid.rows.push(std::iter::once(Value::id(row)).chain(values).collect());
        }
        grid
    }

    fn one_a_cell(&self) -> Grid {
        let mut grid = Grid::new(&["row", "column", "value", "units"]);
        for (row, cells) in self.lines() {
            for (column, cell) in self.columns.iter().zip(cells) {
                grid.rows.push(vec![
                    Value::id(row),
                    Value::id(column),
                    cell.value.clone(),
                    Value::Id(cell.units.join("; ")),
                ]);
            }
        }
        grid
    }

    /// The table as people read it: headings and totals in their language.
    fn for_people(&self, language: Language) -> Grid {
        let mut grid = self.records();
        let named = |id: &str| match id {
            TOTAL => words::word("matrix.total", language),
            NO_VALUE => words::word("matrix.no_value", language),
            _ => id.to_owned(),
        };
        if self.long {
            let headings = ["row", "column", "value", "units"].map(|heading| match heading {
                "row" => axis(&self.options.rows, language),
                "column" => axis(&self.options.columns, language),
                "value" => content(self.options.content, language),
                _ => words::word("matrix.content.units", language),
            });
            grid.columns = headings.to_vec();
        } else {
            grid.columns = grid.columns.iter().map(|heading| named(heading)).collect();
            if let Some(first) = grid.columns.first_mut() {
                *first = axis(&self.options.rows, language);
            }
        }
        let shown = if self.long { 2 } else { 1 };
        for value in grid.rows.iter_mut().flat_map(|row| row.iter_mut().take(shown)) {
            if let Value::Id(id) = value {
                *id = named(id);
            }
        }
        grid
    }

    fn notes(&self, language: Language) -> Vec<String> {
        let mut notes = vec![words::word("matrix.note.empty", language)];
        let options = &self.options;
        if options.exact {
            notes.push(words::word("matrix.note.exact", language));
        } else if options.rows.is_of_codes() || options.columns.is_of_codes() {
            notes.push(words::word("matrix.note.beneath", language));
        }
        if options.rows.is_of_people() || options.columns.is_of_people() {
            notes.push(words::word("matrix.note.people", language));
        }
        match options.content {
            Content::Share if options.columns.is_of_codes() => {
                notes.push(words::word("matrix.note.share", language));
            }
            Content::Share => notes.push(words::word("matrix.note.share_of_coded", language)),
            Content::Words if options.with_moderator => {
                notes.push(words::word("matrix.note.all_words", language));
            }
            Content::Words => notes.push(words::word("matrix.note.words", language)),
            _ => {}
        }
        if self.not_quoted > 0 {
            let message = msg!("quotes.not_quoted", n = self.not_quoted);
            notes.push(words::say(&message, language));
        }
        notes.extend(self.counted.iter().map(|counted| counted.note(language)));
        notes.extend(self.provenance.notes(language));
        notes
    }
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
    fn display(&self, language: Language) -> Display {
        let title = msg!(
            "matrix.title",
            content = content(self.options.content, language),
            rows = axis(&self.options.rows, language),
            columns = axis(&self.options.columns, language)
        );
        Display {
            title: words::say(&title, language),
            grids: vec![self.for_people(language)],
            notes: self.notes(language),
        }
    }

    fn records(&self) -> Grid {
        if self.long { self.one_a_cell() } else { self.wide() }
    }

    fn json(&self) -> Json {
        let rows: Vec<Json> = if self.long {
            let cells = |(row, cells): (&String, &[Cell])| {
                let of_column = |(column, cell): (&String, &Cell)| json!({"row": row, "column": column, "value": plain(&cell.value), "units": cell.units});
                self.columns.iter().zip(cells).map(of_column).collect::<Vec<_>>()
            };
            self.lines().flat_map(cells).collect()
        } else {
            let line = |(row, cells): (&String, &[Cell])| {
                let mut object = Map::new();
                object.insert(self.options.rows.to_string(), json!(row));
                for (column, cell) in self.columns.iter().zip(cells) {
                    object.insert(column.clone(), plain(&cell.value));
                }
                Json::Object(object)
            };
            self.lines().map(line).collect()
        };
        json!({
            "schema": "themata.matrix/1",
            "row": self.options.rows.to_string(),
            "column": self.options.columns.to_string(),
            "cell": self.options.content.as_str(),
            "exact": self.options.exact,
            "with_moderator": self.options.with_moderator,
            "from": self.counted.as_ref().map(|it| &it.from),
            "counted": self.counted.as_ref().map(Counted::json),
            "codebook": self.provenance.codebook,
            "round": self.provenance.round,
            "columns": self.columns,
            "rows": rows,
        })
    }
}

/// A value as JSON has it.
fn plain(value: &Value) -> Json {
    match value {
        Value::Missing => Json::Null,
        Value::Text(text) | Value::Id(text) => json!(text),
        Value::Count(count) => json!(count),
        Value::Number(number) => json!(number),
    }
}
