//! The confusion table of each dimension: one coder's whole answers down, another's across.

use serde_json::{Value as Json, json};

use super::Report;
use super::grid::{Display, Grid, Value};
use super::provenance::Provenance;
use crate::analysis::discrepancies::Confusion;
use crate::domain::comparison::Comparison;
use crate::domain::study::Study;
use crate::msg;
use crate::words::{self, Language};

/// Which answers coders take for one another, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfusionReport {
    coders: Vec<String>,
    dimensions: Vec<(String, Vec<Pair>)>,
    provenance: Provenance,
}

/// How often one coder gave `first` where another gave `second`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pair {
    first: String,
    second: String,
    n: u64,
}

impl ConfusionReport {
    /// The confusion tables of a comparison.
    #[must_use]
    pub fn new(study: &Study, comparison: &Comparison, confusions: &[Confusion]) -> Self {
        let name = |answer| study.answers.cell(answer, &study.vocabulary);
        let of = |confusion: &Confusion| {
            let dimension = &study.vocabulary.dimensions[usize::from(confusion.dimension.0)];
            let pair = |(one, other, n): &(_, _, u64)| Pair {
                first: name(*one),
                second: name(*other),
                n: *n,
            };
            (dimension.id.to_string(), confusion.cells.iter().map(pair).collect())
        };
        Self {
            coders: comparison.codings.iter().map(|coding| coding.label.clone()).collect(),
            dimensions: confusions.iter().map(of).collect(),
            provenance: Provenance::of(study, comparison),
        }
    }

    fn table(&self, dimension: &str, cells: &[Pair], language: Language) -> Grid {
        let in_order = |of: fn(&Pair) -> &String| {
            let mut names: Vec<&String> = Vec::new();
            for name in cells.iter().map(of).filter(|name| *name != "none") {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names.extend(cells.iter().map(of).find(|name| *name == "none"));
            names
        };
        let rows = in_order(|pair| &pair.first);
        // Across in the order of the rows, then what only stands across.
        let mut columns = in_order(|pair| &pair.second);
        columns.sort_by_key(|name| {
            (*name == "none", rows.iter().position(|row| row == name).unwrap_or(usize::MAX))
        });
        let (down, across) = match self.coders.as_slice() {
            [first, second] => (first.clone(), second.clone()),
            _ => ("1".to_owned(), "2".to_owned()),
        };
        let title = msg!("confusion.title", dimension = dimension, down = down, across = across);
        let mut grid = Grid::new(&[""]);
        grid.title = words::say(&title, language);
        grid.alike = true;
        grid.columns.extend(columns.iter().map(ToString::to_string));
        for row in rows {
            let mut values = vec![Value::id(row)];
            values.extend(columns.iter().map(|column| {
                let same = |pair: &&Pair| pair.first == *row && pair.second == **column;
                let found = cells.iter().find(same);
                found.map_or_else(|| Value::Id("·".to_owned()), |pair| Value::Count(pair.n))
            }));
            grid.rows.push(values);
        }
        grid
    }
}

impl Report for ConfusionReport {
    fn display(&self, language: Language) -> Display {
        let tables = self.dimensions.iter().filter(|(_, cells)| !cells.is_empty());
        let mut notes = vec![words::word("confusion.note", language)];
        if self.coders.len() > 2 {
            notes.push(words::word("confusion.pairs", language));
        }
        notes.extend(self.provenance.notes(language));
        Display {
            title: words::word("confusion.heading", language),
            grids: tables.map(|(name, cells)| self.table(name, cells, language)).collect(),
            notes,
        }
    }

    fn records(&self) -> Grid {
        let mut grid = Grid::new(&["dimension", "first", "second", "n"]);
        for (dimension, cells) in &self.dimensions {
            for Pair { first, second, n } in cells {
                let row = [Value::id(dimension), Value::id(first), Value::id(second)];
                grid.rows.push(row.into_iter().chain([Value::Count(*n)]).collect());
            }
        }
        grid
    }

    fn json(&self) -> Json {
        let rows = self.dimensions.iter().flat_map(|(dimension, cells)| {
            cells.iter().map(move |Pair { first, second, n }| {
                json!({"dimension": dimension, "first": first, "second": second, "n": n})
            })
        });
        json!({
            "schema": "themata.confusion/1",
            "coders": self.coders,
            "codebook": self.provenance.codebook,
            "round": self.provenance.round,
            "rows": rows.collect::<Vec<_>>(),
        })
    }

    fn workbook(&self, language: Language) -> Display {
        Display { grids: vec![self.records()], ..self.display(language) }
    }
}
