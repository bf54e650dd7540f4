//! A matrix as a table, or long: one row a cell.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Report;
use super::document::{self, Column, Document, Figure, Note, Table, Value};
use super::held::{Held, Holding, SILENT};
use super::names::Names;
use super::pictures::grid;
use crate::analysis::matrix::{Axes, Axis, Besides, Content, Head, Matrix, Options, TOTAL, Voice};
use crate::analysis::provenance::{Counted, Provenance};
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;
use crate::words::{self, Language};
use crate::work::ask::{MatrixAnswer, MatrixAsk};

/// A matrix, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixReport {
    options: Options,
    contents: Vec<Content>,
    rows: Vec<Head>,
    columns: Vec<Head>,
    /// Row by row, column by column, one for each content.
    cells: Vec<Held>,
    long: bool,
    besides: Besides,
    order_by: Option<String>,
    /// What entries are called; empty where people too read ids.
    names: Names,
    /// Per column and content, the least and the greatest base of its shares.
    bases: Vec<Option<(u64, u64)>>,
    /// Codes behind which there is one voice, and whose.
    one_voice: Option<Vec<(Head, String)>>,
    /// Cells whose summaries rest on other units than are there now.
    stale: Vec<(Head, Head)>,
    /// What colour the codebook gives an id, and its pattern.
    signs: BTreeMap<String, grid::Sign>,
    counted: Option<Counted>,
    provenance: Provenance,
}

impl MatrixReport {
    /// What a matrix of a study holds, one thing beside the other, as it was asked for.
    #[must_use]
    pub fn new(study: &Study, answer: MatrixAnswer, ask: &MatrixAsk) -> Self {
        let MatrixAnswer { matrices, one_voice, counted, provenance } = answer;
        let holding = Holding::of(study);
        let first = matrices.first().map(|(_, matrix)| matrix);
        let places = 0..first.map_or(0, |matrix| matrix.cells.len());
        let beside = |at| matrices.iter().filter_map(move |(_, matrix)| matrix.cells.get(at));
        Self {
            options: ask.options(),
            contents: matrices.iter().map(|(content, _)| *content).collect(),
            rows: first.map_or_else(Vec::new, |matrix| matrix.rows.clone()),
            columns: first.map_or_else(Vec::new, |matrix| matrix.columns.clone()),
            cells: places.flat_map(beside).map(|it| holding.cell(it)).collect(),
            long: ask.long,
            besides: Besides::of(matrices.iter().map(|(_, matrix)| matrix)),
            order_by: ask.order_by.as_ref().map(ToString::to_string),
            names: Names::of(study, ask.ids),
            bases: bases(&matrices),
            one_voice,
            stale: stale(&matrices),
            signs: grid::signs(study),
            counted,
            provenance,
        }
    }

    /// Row by row, the head of the row and its cells.
    fn lines(&self) -> impl Iterator<Item = (&Head, &[Held])> {
        let width = (self.columns.len() * self.contents.len()).max(1);
        let cells = self.cells.chunks(width).chain(std::iter::repeat(&[][..]));
        self.rows.iter().zip(cells)
    }

    fn wide(&self, language: Language) -> Table {
        let leading = |of: &Axis| Column::new(of.to_string()).headed(axis(of, language));
        let mut columns: Vec<Column> = self.options.rows.all().map(leading).collect();
        let leading = columns.len();
        let mut bases = self.bases.iter();
        for head in &self.columns {
            for content in &self.contents {
                let base = bases.next().copied().flatten();
                let (mut id, mut told) =
                    (head.to_string(), self.head(head, &self.options.columns, language));
                if self.contents.len() > 1 {
                    let word = content_word(*content, language);
                    id = format!("{id}.{content}");
                    told = if self.is_everything(head) { word } else { format!("{told}: {word}") };
                }
                if let Some((least, most)) = base {
                    let base =
                        if least == most { least.to_string() } else { format!("{least}–{most}") };
                    told = words::say(&msg!("matrix.of_base", head = told, base = base), language);
                }
                columns.push(Column::new(id).headed(told));
            }
        }
        let mut table = Table::new(columns);
        table.leading = leading;
        for (row, cells) in self.lines() {
            let heads = self.names.cells(row, &self.options.rows, language);
            table.push(heads.into_iter().chain(cells.iter().map(|it| it.shown(language))));
        }
        table
    }

    /// Whether a column holds everything, so that nothing need be said of which it is.
    fn is_everything(&self, head: &Head) -> bool {
        self.options.columns == Axis::All.into() && head.id != TOTAL
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
                    line.extend([cell.shown(language), Value::Ids(cell.units.clone()).into()]);
                    table.push(line);
                }
            }
        }
        table
    }

    /// What people read at the head of a column or of a line.
    fn head(&self, head: &Head, of: &Axes, language: Language) -> String {
        self.names.head(head, of, language)
    }

    fn notes(&self, language: Language) -> Vec<Note> {
        let (options, besides) = (&self.options, &self.besides);
        let mut notes = legend(options);
        if options.exact {
            notes.push(msg!("matrix.note.exact"));
        } else if options.rows.is_of_codes() || options.columns.is_of_codes() {
            notes.push(msg!("matrix.note.beneath"));
        }
        notes.extend(whose(options, &self.contents, besides));
        let of_content = |it: &Content| content_note(*it, options, besides.off_scale);
        notes.extend(self.contents.iter().filter_map(of_content));
        notes.extend(self.voices(language));
        notes.extend(order_and_left_out(self.order_by.as_deref(), besides));
        let mut notes: Vec<Note> = notes.into_iter().map(Note::told).collect();
        if !self.stale.is_empty() {
            let told = |(row, column): &(Head, Head)| {
                let row = self.head(row, &options.rows, language);
                format!("{row} × {}", self.head(column, &options.columns, language))
            };
            let cells: Vec<String> = self.stale.iter().map(told).collect();
            let (n, cells) = (cells.len(), cells.join(", "));
            notes.push(Note::assumed(msg!("matrix.note.stale", n = n, cells = cells)));
        }
        notes.extend(self.counted.iter().flat_map(Counted::notes));
        notes.extend(self.provenance.notes());
        notes
    }
}

/// What the signs in cells mean.
pub(super) fn legend(options: &Options) -> Vec<Message> {
    vec![match options.is_of_people() {
        true => msg!("matrix.note.signs", sign = SILENT),
        false => msg!("matrix.note.empty"),
    }]
}

/// For whom a unit of several speakers counts, and how many there are: where rows, columns or cells are people.
pub(super) fn whose(options: &Options, contents: &[Content], besides: &Besides) -> Vec<Message> {
    let mut notes = Vec::new();
    let of = |content: &Content| Options { content: *content, ..options.clone() };
    let asks = options.is_of_people() || contents.iter().any(|it| of(it).asks_for_people());
    match options.voice {
        Voice::All if options.is_of_people() => notes.push(msg!("matrix.note.people")),
        Voice::Main if asks => notes.push(msg!("matrix.note.main")),
        Voice::Marked if asks => notes.push(msg!("matrix.note.marked", n = besides.unmarked)),
        Voice::All | Voice::Main | Voice::Marked => return notes,
    }
    if besides.of_several > 0 {
        notes.push(msg!("matrix.note.several", n = besides.of_several));
    }
    notes
}

/// By what rows are ordered, and how many units must not be quoted.
pub(super) fn order_and_left_out(order: Option<&str>, besides: &Besides) -> Vec<Message> {
    let order = order.map(|order| msg!("matrix.note.order", order = order));
    let left_out = besides.not_quoted;
    let left_out = (left_out > 0).then(|| msg!("quotes.not_quoted", n = left_out));
    order.into_iter().chain(left_out).collect()
}

/// What has to be known of a content to read it.
pub(super) fn content_note(content: Content, options: &Options, off_scale: u64) -> Option<Message> {
    Some(match content {
        Content::Share if options.columns.is_of_codes() => msg!("matrix.note.share"),
        Content::Share => msg!("matrix.note.share_of_coded"),
        Content::Words if options.with_moderator => msg!("matrix.note.all_words"),
        Content::Words => msg!("matrix.note.words"),
        Content::Median => msg!("matrix.note.median", n = off_scale),
        Content::Range => msg!("matrix.note.range", n = off_scale),
        Content::Quotes(Some(most)) => msg!("matrix.note.chosen", n = most),
        Content::Summary => msg!("matrix.note.summary"),
        _ => return None,
    })
}

/// Per column and content, the least and the greatest base of its shares.
fn bases(matrices: &[(Content, Matrix)]) -> Vec<Option<(u64, u64)>> {
    let columns = matrices.first().map_or(0, |(_, matrix)| matrix.columns.len());
    let of = |column: usize, matrix: &Matrix| {
        let rows = 0..matrix.rows.len();
        // Over a base of 0 no share is shown.
        let bases = rows.filter_map(|row| matrix.row(row).get(column)?.base.filter(|it| *it > 0));
        let (least, most) = (bases.clone().min()?, bases.max()?);
        Some((least, most))
    };
    (0..columns).flat_map(|at| matrices.iter().map(move |(_, matrix)| of(at, matrix))).collect()
}

/// What stands in the rows or columns, for people.
fn axes(of: &Axes, language: Language) -> String {
    of.all().map(|it| axis(it, language)).collect::<Vec<_>>().join(" / ")
}

/// What an axis is called.
pub(super) fn axis(axis: &Axis, language: Language) -> String {
    axis.word().map_or_else(|| axis.to_string(), |key| words::word(key, language))
}

/// What a content of cells is called.
pub(super) fn content_word(content: Content, language: Language) -> String {
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
        Content::Summary => "matrix.content.summary",
        Content::Quotes(_) => "matrix.content.quotes",
    };
    words::word(key, language)
}

impl MatrixReport {
    /// The matrix as a picture; nothing where its cells hold no single number.
    fn grid(&self, language: Language) -> Option<grid::Grid> {
        let head = |of: &Head, axes: &Axes| grid::Head {
            name: self.head(of, axes, language),
            sign: match &axes.inner {
                Axis::Dimension | Axis::Code => self.signs.get(&of.id).cloned().unwrap_or_default(),
                _ => grid::Sign::default(),
            },
        };
        let number = |cell: &Held| match cell.value {
            Value::Count(count) => Some(grid::Number::Count(count)),
            Value::Number(figure) => Some(grid::Number::Figure(figure)),
            _ => None,
        };
        let [content] = self.contents.as_slice() else { return None };
        let is_of_words = matches!(
            content,
            Content::Quotes(_)
                | Content::Names
                | Content::Median
                | Content::Range
                | Content::Summary
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

    fn stale_json(&self) -> Json {
        let one = |(row, column): &(Head, Head)| json!({"row": row.to_string(), "column": column.to_string()});
        self.stale.iter().map(one).collect()
    }

    /// The codes behind which there is one voice, and by what it was told apart.
    fn voices(&self, language: Language) -> Vec<Message> {
        let Some(alone) = &self.one_voice else { return Vec::new() };
        if alone.is_empty() {
            return vec![msg!("matrix.note.no_one_voice")];
        }
        let (rows, columns) = (&self.options.rows, &self.options.columns);
        let codes = if rows.is_of_codes() { rows } else { columns };
        let told = |(code, person): &(Head, String)| {
            format!("{} ({person})", self.head(code, codes, language))
        };
        let listed: Vec<String> = alone.iter().map(told).collect();
        let mut notes = vec![msg!("matrix.note.one_voice", codes = listed.join(", "))];
        if self.options.voice != Voice::Marked && self.besides.of_several > 0 {
            notes.push(msg!("matrix.note.not_by_marks"));
        }
        notes
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

/// The cells whose summaries rest on other units than are there now.
fn stale(matrices: &[(Content, Matrix)]) -> Vec<(Head, Head)> {
    let mut found = Vec::new();
    for (_, matrix) in matrices.iter().filter(|(content, _)| *content == Content::Summary) {
        for (place, row) in matrix.rows.iter().enumerate() {
            for (column, cell) in matrix.columns.iter().zip(matrix.row(place)) {
                if cell.written.as_ref().is_some_and(|it| it.stale) {
                    found.push((row.clone(), column.clone()));
                }
            }
        }
    }
    found
}

fn voices_json(voices: &[(Head, String)]) -> Json {
    let one =
        |(code, person): &(Head, String)| json!({"code": code.to_string(), "participant": person});
    voices.iter().map(one).collect()
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
            .asked_if("one_voice", self.one_voice.as_ref().map(|it| voices_json(it)))
            .asked_if(
                "voice",
                (self.options.voice != Voice::All).then(|| self.options.voice.as_str()),
            )
            .asked_if("stale", (!self.stale.is_empty()).then(|| self.stale_json()))
            .table(table)
            .notes(self.notes(language))
    }
}
