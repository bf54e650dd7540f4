//! A matrix as a table, or long: one row a cell.

use std::collections::BTreeMap;

use super::Report;
use super::document::{self, Column, Document, Figure, Note, Table, Value};
use super::pictures::grid;
use crate::analysis::citation::Citations;
use crate::analysis::matrix::{
    self, Axes, Axis, Content, Head, Matrix, NO_VALUE, Options, OrderBy, TOTAL, Voice,
};
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::withdrawn::Withdrawn;
use crate::domain::codebook::Code;
use crate::domain::localized::Localized;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;
use crate::words::{self, Language};

/// A matrix, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixReport {
    options: Options,
    contents: Vec<Content>,
    rows: Vec<Head>,
    columns: Vec<Head>,
    /// Row by row, column by column, one for each content.
    cells: Vec<Cell>,
    long: bool,
    not_quoted: u64,
    of_several: u64,
    off_scale: u64,
    order_by: Option<String>,
    /// What entries are called, by axis and id; empty where people too read ids.
    names: BTreeMap<(Named, String), Localized<String>>,
    /// What colour the codebook gives an id.
    colours: BTreeMap<String, String>,
    counted: Option<Counted>,
    provenance: Provenance,
}

/// What has names beside its ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    Case,
    Transcript,
    Code,
}

#[derive(Debug, Clone, PartialEq)]
struct Cell {
    value: Value,
    units: Vec<String>,
}

impl MatrixReport {
    /// What a matrix of a study holds, one thing beside the other; `long` for one row a cell, `counted` where all cells
    /// count the same decisions.
    #[must_use]
    pub fn new(
        study: &Study,
        matrices: &[(Content, Matrix)],
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
                Some(matrix::Value::Ids) => Value::Ids(cell.ids.clone()),
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
        let first = matrices.first().map(|(_, matrix)| matrix);
        let places = 0..first.map_or(0, |matrix| matrix.cells.len());
        let beside = |at| matrices.iter().filter_map(move |(_, matrix)| matrix.cells.get(at));
        Self {
            options,
            contents: matrices.iter().map(|(content, _)| *content).collect(),
            rows: first.map_or_else(Vec::new, |matrix| matrix.rows.clone()),
            columns: first.map_or_else(Vec::new, |matrix| matrix.columns.clone()),
            cells: places.flat_map(beside).map(cell).collect(),
            long,
            not_quoted: matrices.iter().map(|(_, matrix)| matrix.not_quoted).max().unwrap_or(0),
            of_several: matrices.iter().map(|(_, matrix)| matrix.of_several).max().unwrap_or(0),
            off_scale: matrices.iter().map(|(_, matrix)| matrix.off_scale).max().unwrap_or(0),
            order_by: None,
            names: BTreeMap::new(),
            colours: grid::colours(study),
            counted,
            provenance,
        }
    }

    /// The same with its rows in an order that is told.
    #[must_use]
    pub fn ordered(self, by: Option<&OrderBy>) -> Self {
        Self { order_by: by.map(ToString::to_string), ..self }
    }

    /// The same with names for people, as cases, dimensions and codes are called.
    #[must_use]
    pub fn named(mut self, study: &Study) -> Self {
        let mut name = |kind, id: &str, name: Localized<String>| {
            if !name.is_blank() {
                self.names.insert((kind, id.to_owned()), name);
            }
        };
        for case in &study.cases {
            name(Named::Case, case.id.as_str(), Localized::Plain(case.name.clone()));
        }
        for transcript in &study.transcripts {
            let plain = Localized::Plain(transcript.name.clone());
            name(Named::Transcript, transcript.id.as_str(), plain);
        }
        let codebook = &study.version_in_force().codebook;
        for dimension in &codebook.dimensions {
            name(Named::Code, dimension.id.as_str(), dimension.wording.name.clone());
            let mut codes: Vec<&Code> = dimension.codes.iter().collect();
            while let Some(code) = codes.pop() {
                name(Named::Code, code.id.as_str(), code.wording.name.clone());
                codes.extend(&code.codes);
            }
        }
        self
    }

    /// Row by row, the head of the row and its cells.
    fn lines(&self) -> impl Iterator<Item = (&Head, &[Cell])> {
        let width = (self.columns.len() * self.contents.len()).max(1);
        let cells = self.cells.chunks(width).chain(std::iter::repeat(&[][..]));
        self.rows.iter().zip(cells)
    }

    fn wide(&self, language: Language) -> Table {
        let leading = |of: &Axis| Column::new(of.to_string()).headed(axis(of, language));
        let mut columns: Vec<Column> = self.options.rows.all().map(leading).collect();
        let leading = columns.len();
        for head in &self.columns {
            for content in &self.contents {
                let (mut id, mut told) =
                    (head.to_string(), self.head(head, &self.options.columns, language));
                if self.contents.len() > 1 {
                    id = format!("{id}.{content}");
                    told = format!("{told}: {}", content_word(*content, language));
                }
                columns.push(Column::new(id).headed(told));
            }
        }
        let mut table = Table::new(columns);
        table.leading = leading;
        for (row, cells) in self.lines() {
            let heads = self.entries(row, language);
            table.push(heads.into_iter().chain(cells.iter().map(Cell::shown)));
        }
        table
    }

    fn one_a_cell(&self, language: Language) -> Table {
        let several = self.contents.len() > 1;
        let word = |key| words::word(key, language);
        let value = match self.contents.as_slice() {
            [content] => content_word(*content, language),
            _ => word("matrix.value"),
        };
        let mut columns = vec![
            Column::new("row").headed(axes(&self.options.rows, language)),
            Column::new("column").headed(axes(&self.options.columns, language)),
        ];
        if several {
            columns.push(Column::new("cell").headed(word("matrix.cell")));
        }
        columns.push(Column::new("value").headed(value));
        columns.push(Column::new("units").headed(word("matrix.content.units")));
        let mut table = Table::new(columns);
        let entry = |head: &Head, of: &Axes| {
            let cell = document::Cell::id(head);
            let told = self.head(head, of, language);
            if told == head.to_string() { cell } else { cell.told(Value::Id(told)) }
        };
        for (row, cells) in self.lines() {
            let mut cells = cells.iter();
            for column in &self.columns {
                for content in &self.contents {
                    let Some(cell) = cells.next() else { continue };
                    let mut line =
                        vec![entry(row, &self.options.rows), entry(column, &self.options.columns)];
                    if several {
                        line.push(document::Cell::id(content));
                    }
                    line.extend([cell.shown(), Value::Ids(cell.units.clone()).into()]);
                    table.push(line);
                }
            }
        }
        table
    }

    /// The cells at the head of a row, one a level.
    fn entries(&self, row: &Head, language: Language) -> Vec<document::Cell> {
        let entry = |id: &str, of: &Axis| {
            let told = self.name(id, of, language);
            let cell = document::Cell::id(id);
            if told == id { cell } else { cell.told(Value::Id(told)) }
        };
        let outer = self.options.rows.outer.as_ref();
        let outer = outer.map(|of| entry(row.outer.as_deref().unwrap_or_default(), of));
        outer.into_iter().chain([entry(&row.id, &self.options.rows.inner)]).collect()
    }

    /// What people read at the head of a column or of a line.
    fn head(&self, head: &Head, of: &Axes, language: Language) -> String {
        let inner = self.name(&head.id, &of.inner, language);
        match (&head.outer, &of.outer) {
            (Some(outer), Some(of)) if !outer.is_empty() => {
                format!("{} / {inner}", self.name(outer, of, language))
            }
            _ => inner,
        }
    }

    /// What an entry of an axis is called by people: totals in words, the rest by name, if it has one.
    fn name(&self, id: &str, of: &Axis, language: Language) -> String {
        let kind = match of {
            _ if id == TOTAL => return words::word("matrix.total", language),
            _ if id == NO_VALUE => return words::word("matrix.no_value", language),
            Axis::Case => Named::Case,
            Axis::Transcript => Named::Transcript,
            Axis::Dimension | Axis::Code => Named::Code,
            _ => return id.to_owned(),
        };
        let name = self.names.get(&(kind, id.to_owned()));
        name.map_or(id, |name| name.text(language.tag())).to_owned()
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
            notes.push(match options.voice {
                Voice::All => msg!("matrix.note.people"),
                Voice::Main => msg!("matrix.note.main"),
            });
            if self.of_several > 0 {
                notes.push(msg!("matrix.note.several", n = self.of_several));
            }
        }
        for content in &self.contents {
            match content {
                Content::Share if options.columns.is_of_codes() => {
                    notes.push(msg!("matrix.note.share"));
                }
                Content::Share => notes.push(msg!("matrix.note.share_of_coded")),
                Content::Words if options.with_moderator => {
                    notes.push(msg!("matrix.note.all_words"));
                }
                Content::Words => notes.push(msg!("matrix.note.words")),
                Content::Median => notes.push(msg!("matrix.note.median", n = self.off_scale)),
                Content::Range => notes.push(msg!("matrix.note.range", n = self.off_scale)),
                Content::Quotes(Some(most)) => {
                    notes.push(msg!("matrix.note.chosen", n = most));
                }
                _ => {}
            }
        }
        if let Some(order) = &self.order_by {
            notes.push(msg!("matrix.note.order", order = order));
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

/// What stands in the rows or columns, for people.
fn axes(of: &Axes, language: Language) -> String {
    of.all().map(|it| axis(it, language)).collect::<Vec<_>>().join(" / ")
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

fn content_word(content: Content, language: Language) -> String {
    let key = match content {
        Content::Units => "matrix.content.units",
        Content::Participants => "matrix.content.participants",
        Content::Cases => "matrix.content.cases",
        Content::Words => "matrix.content.words",
        Content::Share => "matrix.content.share",
        Content::Presence => "matrix.content.presence",
        Content::Median => "matrix.content.median",
        Content::Range => "matrix.content.range",
        Content::Names => "matrix.content.names",
        Content::Quotes(_) => "matrix.content.quotes",
    };
    words::word(key, language)
}

impl MatrixReport {
    /// The matrix as a picture; nothing where its cells hold no single number.
    fn grid(&self, language: Language) -> Option<grid::Grid> {
        let head = |of: &Head, axes: &Axes| grid::Head {
            name: self.head(of, axes, language),
            colour: match &axes.inner {
                Axis::Dimension | Axis::Code => {
                    self.colours.get(&of.id).cloned().unwrap_or_default()
                }
                _ => String::new(),
            },
        };
        let number = |cell: &Cell| match cell.value {
            Value::Count(count) => Some(grid::Number::Count(count)),
            Value::Number(figure) => Some(grid::Number::Figure(figure)),
            _ => None,
        };
        let [content] = self.contents.as_slice() else { return None };
        let is_of_words = matches!(
            content,
            Content::Quotes(_) | Content::Names | Content::Median | Content::Range
        );
        (!is_of_words).then(|| grid::Grid {
            title: String::new(),
            rows: self.rows.iter().map(|it| head(it, &self.options.rows)).collect(),
            columns: self.columns.iter().map(|it| head(it, &self.options.columns)).collect(),
            cells: self.cells.iter().map(number).collect(),
            totals: self.options.totals,
            half: false,
        })
    }

    fn title(&self, language: Language) -> String {
        words::say(&self.title_message(language), language)
    }

    fn title_message(&self, language: Language) -> Message {
        let contents: Vec<String> =
            self.contents.iter().map(|it| content_word(*it, language)).collect();
        msg!(
            "matrix.title",
            content = contents.join(", "),
            rows = axes(&self.options.rows, language),
            columns = axes(&self.options.columns, language)
        )
    }
}

impl Report for MatrixReport {
    fn figure(&self, language: Language) -> Option<Figure> {
        let grids = vec![self.grid(language)?];
        Some(grid::Grids { title: self.title_message(language), grids }.figure(language))
    }

    fn document(&self, language: Language) -> Document {
        let cells: Vec<String> = self.contents.iter().map(ToString::to_string).collect();
        let columns: Vec<String> = self.columns.iter().map(ToString::to_string).collect();
        let table = if self.long { self.one_a_cell(language) } else { self.wide(language) };
        Document::new("themata.matrix/1")
            .titled(self.title(language))
            .asked("row", self.options.rows.to_string())
            .asked("column", self.options.columns.to_string())
            .asked("cell", cells.join(","))
            .asked("exact", self.options.exact)
            .asked("with_moderator", self.options.with_moderator)
            .asked("from", self.counted.as_ref().map(|it| it.from.as_str()))
            .asked("counted", self.counted.as_ref().map(Counted::json))
            .asked("codebook", self.provenance.codebook.as_str())
            .asked_if("where", self.provenance.condition())
            .asked("left_out", self.provenance.left_out_json())
            .asked("round", self.provenance.round.as_deref())
            .asked("columns", columns)
            .asked_if("order_by", self.order_by.clone())
            .asked_if(
                "voice",
                (self.options.voice != Voice::All).then(|| self.options.voice.as_str()),
            )
            .table(table)
            .notes(self.notes())
    }
}
