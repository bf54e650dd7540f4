//! A plain list: one table with the same rows for people and for programs.
//!
//! Most commands that show something show a list. What differs is said cell by cell: a word of the
//! contract goes to programs as it is, and to people in their language.

use serde_json::{Map, Value as Json};

use super::Report;
use super::grid::{Display, Grid, Value};
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

    fn for_people(&self, language: Language) -> Value {
        match self {
            Self::Plain(value) => value.clone(),
            Self::Said(_, message) => Value::Id(say(message, language)),
            Self::At(moment) => {
                let text = moment.to_string().replacen('T', " ", 1);
                Value::Id(text.chars().take("2026-03-01 10:00".len()).collect())
            }
        }
    }

    fn for_programs(&self) -> Value {
        match self {
            Self::Plain(value) | Self::Said(value, _) => value.clone(),
            Self::At(moment) => Value::id(moment),
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

    /// What people read, of the columns that `shown` keeps.
    fn told(&self, language: Language, shown: impl Fn(&Column) -> bool) -> Display {
        let heading =
            |column: &Column| column.heading.map_or(column.name.clone(), |key| word(key, language));
        let kept = |row: &Vec<Item>| {
            let cells = self.columns.iter().zip(row).filter(|(column, _)| shown(column));
            cells.map(|(_, item)| item.for_people(language)).collect()
        };
        let grid = Grid {
            columns: self.columns.iter().filter(|column| shown(column)).map(heading).collect(),
            rows: self.rows.iter().map(kept).collect(),
            ..Grid::default()
        };
        let notes = self.notes.iter().map(|note| say(note, language)).collect();
        // A table without rows says less than the note beneath it.
        let grids =
            if self.rows.is_empty() && !self.notes.is_empty() { vec![] } else { vec![grid] };
        Display { title: String::new(), grids, notes }
    }
}

impl Report for List {
    fn display(&self, language: Language) -> Display {
        self.told(language, |column| !column.quiet)
    }

    fn workbook(&self, language: Language) -> Display {
        self.told(language, |_| true)
    }

    fn records(&self) -> Grid {
        Grid {
            columns: self.columns.iter().map(|column| column.name.clone()).collect(),
            rows: self
                .rows
                .iter()
                .map(|row| row.iter().map(|item| item.for_programs()).collect())
                .collect(),
            ..Grid::default()
        }
    }

    fn json(&self) -> Json {
        let mut all = Map::new();
        all.insert("schema".to_owned(), self.schema.into());
        all.extend(self.asked.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let rows = self.rows.iter().map(|row| {
            let cells = self.columns.iter().zip(row);
            let cells =
                cells.map(|(column, item)| (column.name.clone(), json(&item.for_programs())));
            Json::Object(cells.collect())
        });
        all.insert("rows".to_owned(), rows.collect());
        Json::Object(all)
    }
}

/// A value as JSON.
#[must_use]
pub fn json(value: &Value) -> Json {
    match value {
        Value::Missing => Json::Null,
        Value::Text(text) | Value::Id(text) => text.as_str().into(),
        Value::Count(count) => (*count).into(),
        Value::Number(number) => (*number).into(),
    }
}
