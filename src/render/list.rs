//! A plain list: one table with the same rows for people and for programs.
//!
//! Most commands that show something show a list. What differs is said cell by cell: a word of the
//! contract goes to programs as it is, and to people in their language.

use serde_json::Value as Json;

use super::Report;
use super::document::{self, Cell, Document, Figure, Form, Forms, Note, Table, Value};
use super::pictures::Drawing;
use crate::domain::localized::Localized;
use crate::domain::message::Message;
use crate::domain::time::Moment;
use crate::words::{Language, say, word};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// The same for everybody.
    Plain(Value),
    /// For programs a value, for people a sentence.
    Said(Value, Message),
    /// For programs a value, for people a name in their language.
    Named(Value, Localized<String>),
    /// For programs ids or locators, for people how many.
    Counted(Vec<String>),
    /// A moment: to the second for programs, to the minute for people.
    At(Moment),
}

impl From<Value> for Item {
    fn from(value: Value) -> Self {
        Self::Plain(value)
    }
}

impl Item {
    /// An id or a word of the contract.
    #[must_use]
    pub fn id(text: impl ToString) -> Self {
        Self::Plain(Value::id(text))
    }

    /// Free text; nothing to show where it is empty.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Plain(if text.is_empty() { Value::Missing } else { Value::from(text) })
    }

    /// An id that may be absent.
    #[must_use]
    pub fn maybe(id: Option<impl ToString>) -> Self {
        Self::Plain(id.map_or(Value::Missing, Value::id))
    }

    /// A moment that may be absent.
    #[must_use]
    pub fn at(moment: Option<Moment>) -> Self {
        moment.map_or(Self::Plain(Value::Missing), Self::At)
    }

    /// A count.
    #[must_use]
    pub fn count(count: u64) -> Self {
        Self::Plain(Value::Count(count))
    }

    /// The cell of a document for people of this language.
    fn cell(&self, language: Language) -> Cell {
        match self {
            Self::Plain(value) => value.clone().into(),
            Self::Said(value, message) => {
                Cell::from(value.clone()).told(Value::Id(say(message, language)))
            }
            Self::Named(value, name) => match name.text(language.tag()) {
                "" => value.clone().into(),
                told => Cell::from(value.clone()).told(Value::Id(told.to_owned())),
            },
            Self::Counted(ids) => Cell::from(Value::Ids(ids.clone()))
                .told(Value::Count(ids.len() as u64))
                .with_units(ids.clone()),
            Self::At(moment) => {
                let text = moment.to_string().replacen('T', " ", 1);
                let told = text.chars().take("2026-03-01 10:00".len()).collect();
                Cell::id(moment).told(Value::Id(told))
            }
        }
    }
}

/// One column: its name in the contract, and the key of its heading; a column of the team's own is
/// headed by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name for programs.
    pub name: String,
    /// The key of the heading for people.
    pub heading: Option<&'static str>,
    /// Whether a table on the screen leaves it out, because it would tell nothing there.
    pub quiet: bool,
}

/// A list that is ready to be shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct List {
    /// The name of its JSON form: `themata.coders/1`.
    pub schema: &'static str,
    /// What was asked, for JSON.
    pub asked: Vec<(&'static str, Json)>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Item>>,
    /// What stands beneath it.
    pub notes: Vec<Message>,
    /// Where it comes from, beneath that.
    pub beneath: Vec<Note>,
    /// The picture of it, if there is one.
    pub drawing: Option<Drawing>,
}

impl List {
    /// A list without rows.
    #[must_use]
    pub fn new(schema: &'static str, columns: &[(&str, &'static str)]) -> Self {
        let column = |(name, heading): &(&str, &'static str)| Column {
            name: (*name).to_owned(),
            heading: Some(heading),
            quiet: false,
        };
        Self { schema, columns: columns.iter().map(column).collect(), ..Self::default() }
    }

    /// The same with columns of the team's own behind it.
    #[must_use]
    pub fn with_attributes(mut self, names: &[String]) -> Self {
        self.columns.extend(names.iter().map(|name| Column {
            name: name.clone(),
            heading: None,
            quiet: false,
        }));
        self
    }
}

impl List {
    /// Leaves out of tables on the screen those of these columns in which no row has anything.
    pub fn quieten_empty(&mut self, names: &[&str]) {
        for (at, column) in self.columns.iter_mut().enumerate() {
            let empty =
                |row: &Vec<Item>| matches!(row.get(at), None | Some(Item::Plain(Value::Missing)));
            column.quiet |= names.contains(&column.name.as_str()) && self.rows.iter().all(empty);
        }
    }

    /// Leaves a column out of tables on the screen.
    pub fn quieten(&mut self, name: &str) {
        for column in self.columns.iter_mut().filter(|column| column.name == name) {
            column.quiet = true;
        }
    }

    /// A row of the document, for people of this language.
    #[must_use]
    pub fn cells(row: &[Item], language: Language) -> Vec<Cell> {
        row.iter().map(|item| item.cell(language)).collect()
    }

    /// A column of the document, in the forms where it tells something.
    fn column(&self, column: &Column, language: Language) -> document::Column {
        let heading = column.heading.map_or(column.name.clone(), |key| word(key, language));
        // A table without rows says less than the note beneath it.
        let forms = match (self.rows.is_empty() && !self.notes.is_empty(), column.quiet) {
            (true, _) => Forms::PROGRAMS,
            (false, true) => Forms::ALL.but(Form::Page),
            (false, false) => Forms::ALL,
        };
        document::Column::new(&column.name).headed(heading).only_in(forms)
    }
}

impl Report for List {
    fn document(&self, language: Language) -> Document {
        let columns = self.columns.iter().map(|column| self.column(column, language));
        let mut table = Table::new(columns.collect());
        table.rows = self.rows.iter().map(|row| Self::cells(row, language)).collect();
        let notes = self.notes.iter().cloned().map(Note::told);
        let document = Document::new(self.schema).table(table).notes(notes);
        let mut document = document.notes(self.beneath.iter().cloned());
        document.asked.clone_from(&self.asked);
        document
    }

    fn figure(&self, language: Language) -> Option<Figure> {
        self.drawing.as_ref().map(|it| it.figure(language))
    }
}
