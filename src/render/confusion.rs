//! The confusion table of each dimension: one coder's whole answers down, another's across.

use super::Report;
use super::document::{Column, Document, Figure, Form, Forms, Note, Table, Value};
use super::names::{Named, Names};
use super::pictures::grid;
use crate::analysis::discrepancies::Confusion;
use crate::analysis::provenance::Provenance;
use crate::analysis::scope::Scope;
use crate::domain::comparison::Comparison;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;
use crate::words::{self, Language};

/// Which answers coders take for one another, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfusionReport {
    coders: Vec<String>,
    dimensions: Vec<(String, Vec<Pair>)>,
    /// What dimensions and codes are called.
    names: Names,
    provenance: Provenance,
    /// Whether people get a list of the answers that differ in place of tables.
    listed: bool,
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
            names: Names::default(),
            provenance: Provenance::of(study, comparison),
            listed: false,
        }
    }

    /// The same with names for people.
    #[must_use]
    pub fn named(self, names: Names) -> Self {
        Self { names, ..self }
    }

    /// The same, where it is about a part of the study.
    #[must_use]
    pub fn within(self, study: &Study, comparison: &Comparison, scope: &Scope) -> Self {
        Self { provenance: Provenance::within(study, comparison, scope), ..self }
    }

    /// The same for pages of paper: which answers differ, most often first, as a list. A table of all by all has hardly anything
    /// but empty cells there, and no page is wide enough for it.
    #[must_use]
    pub fn listed(self) -> Self {
        Self { listed: true, ..self }
    }

    /// The answers down and across.
    fn sides(cells: &[Pair]) -> (Vec<&String>, Vec<&String>) {
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
        (rows, columns)
    }

    /// The answers that differ, most often first.
    fn list(&self, language: Language) -> Table {
        let coder = |at: usize, other: &str| match self.coders.as_slice() {
            [_, _] => self.coders.get(at).cloned().unwrap_or_default(),
            _ => other.to_owned(),
        };
        let heads = [
            words::word("agree.column.dimension", language),
            coder(0, "1"),
            coder(1, "2"),
            words::word("saturation.units", language),
        ];
        let only_page = |heading: String| Column::new(heading).only_in(Forms::only(Form::Page));
        let mut table = Table::new(heads.map(only_page).to_vec());
        table.title = words::word("confusion.heading", language);
        for (dimension, cells) in &self.dimensions {
            let mut differ: Vec<&Pair> = cells.iter().filter(|it| it.first != it.second).collect();
            differ.sort_by_key(|it| std::cmp::Reverse(it.n));
            for it in differ {
                table.push([
                    Value::id(self.names.text(Named::Code, dimension, language)),
                    Value::Id(self.names.answer(&it.first, language)),
                    Value::Id(self.names.answer(&it.second, language)),
                    Value::Count(it.n),
                ]);
            }
        }
        table
    }

    fn title(&self, dimension: &str, language: Language) -> Message {
        let dimension = self.names.text(Named::Code, dimension, language);
        let (down, across) = match self.coders.as_slice() {
            [first, second] => (first.clone(), second.clone()),
            _ => ("1".to_owned(), "2".to_owned()),
        };
        msg!("confusion.title", dimension = dimension, down = down, across = across)
    }

    fn grid(&self, dimension: &str, cells: &[Pair], language: Language) -> grid::Grid {
        let (rows, columns) = Self::sides(cells);
        let head = |name: &&String| grid::Head {
            name: self.names.answer(name, language),
            sign: grid::Sign::default(),
        };
        let mut values = Vec::new();
        for row in &rows {
            values.extend(columns.iter().map(|column| {
                let found = cells.iter().find(|it| it.first == **row && it.second == **column);
                Some(grid::Number::Count(found.map_or(0, |it| it.n)))
            }));
        }
        grid::Grid {
            title: words::say(&self.title(dimension, language), language),
            rows: rows.iter().map(head).collect(),
            columns: columns.iter().map(head).collect(),
            cells: values,
            totals: false,
            half: false,
        }
    }

    fn table(&self, dimension: &str, cells: &[Pair], language: Language) -> Table {
        let (rows, columns) = Self::sides(cells);
        let told = columns.iter().map(|name| self.names.answer(name, language));
        let headings = std::iter::once(String::new()).chain(told);
        let only_page = |heading: String| Column::new(heading).only_in(Forms::only(Form::Page));
        let mut table = Table::new(headings.map(only_page).collect());
        table.title = words::say(&self.title(dimension, language), language);
        table.leading = 1;
        for row in rows {
            let mut values = vec![Value::Id(self.names.answer(row, language))];
            values.extend(columns.iter().map(|column| {
                let same = |pair: &&Pair| pair.first == *row && pair.second == **column;
                let found = cells.iter().find(same);
                found.map_or_else(|| Value::Id("·".to_owned()), |pair| Value::Count(pair.n))
            }));
            table.push(values);
        }
        table
    }
}

impl ConfusionReport {
    /// Every pair of answers in a row of its own.
    fn pairs(&self) -> Table {
        let not_page = |name: &str| Column::new(name).only_in(Forms::ALL.but(Form::Page));
        let mut table = Table::new(["dimension", "first", "second", "n"].map(not_page).to_vec());
        for (dimension, cells) in &self.dimensions {
            for Pair { first, second, n } in cells {
                let ids = [dimension, first, second].map(Value::id);
                table.push(ids.into_iter().chain([Value::Count(*n)]));
            }
        }
        table
    }
}

impl Report for ConfusionReport {
    fn figure(&self, language: Language) -> Option<Figure> {
        let dimensions = self.dimensions.iter().filter(|(_, cells)| !cells.is_empty());
        let grids = dimensions.map(|(name, cells)| self.grid(name, cells, language)).collect();
        let title = msg!("confusion.heading");
        Some(grid::Grids { title, grids }.figure(language))
    }

    fn document(&self, language: Language) -> Document {
        let mut notes = vec![Note::told(msg!("confusion.note"))];
        if self.coders.len() > 2 {
            notes.push(Note::told(msg!("confusion.pairs")));
        }
        notes.extend(self.provenance.notes());
        let mut document = Document::new("themata.confusion/1")
            .titled(words::word("confusion.heading", language))
            .asked("coders", self.coders.as_slice())
            .asked("codebook", self.provenance.codebook.as_str())
            .asked_if("where", self.provenance.condition())
            .asked("left_out", self.provenance.left_out_json())
            .asked("round", self.provenance.round.as_deref())
            .table(self.pairs());
        if self.listed {
            return document.table(self.list(language)).notes(notes);
        }
        for (name, cells) in self.dimensions.iter().filter(|(_, cells)| !cells.is_empty()) {
            document = document.table(self.table(name, cells, language));
        }
        document.notes(notes)
    }
}
