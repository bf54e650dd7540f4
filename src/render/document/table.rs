//! A table: columns that know in which forms they stand, cells that know the units behind them.

use serde_json::{Map, Value as Json};

use super::Value;

/// What a form is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// People who read a page or a terminal.
    Page,
    /// People who work on in a spreadsheet.
    Sheet,
    /// Programs that read CSV.
    Csv,
    /// Programs that read JSON.
    Json,
    /// People who look at a picture.
    Picture,
}

/// The forms in which a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forms(u8);

impl Forms {
    /// All of them.
    pub const ALL: Self = Self(0b1111);
    /// What people read: pages and sheets.
    pub const PEOPLE: Self = Self(0b0011);
    /// What programs read: CSV and JSON.
    pub const PROGRAMS: Self = Self(0b1100);
    /// None.
    pub const NONE: Self = Self(0);

    /// One form.
    #[must_use]
    pub const fn only(form: Form) -> Self {
        Self(1 << form as u8)
    }

    /// These and one more.
    #[must_use]
    pub const fn and(self, form: Form) -> Self {
        Self(self.0 | 1 << form as u8)
    }

    /// These without one.
    #[must_use]
    pub const fn but(self, form: Form) -> Self {
        Self(self.0 & !(1 << form as u8))
    }

    /// Whether a form is among them.
    #[must_use]
    pub const fn has(self, form: Form) -> bool {
        self.0 & (1 << form as u8) != 0
    }
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name in machine formats, as in the contract; never translated.
    pub name: String,
    /// The heading for people.
    pub heading: String,
    /// Where it stands.
    pub forms: Forms,
    /// How many characters of a text a page shows; all of it without.
    pub at_most: Option<usize>,
}

impl Column {
    /// A column with one name for everybody, in every form.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        Self { heading: name.clone(), name, forms: Forms::ALL, at_most: None }
    }

    /// The same with a heading of its own for people.
    #[must_use]
    pub fn headed(self, heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), ..self }
    }

    /// The same in these forms only.
    #[must_use]
    pub fn only_in(self, forms: Forms) -> Self {
        Self { forms, ..self }
    }

    /// The same with the beginning of each text only, where it stands on a page.
    #[must_use]
    pub fn at_most(self, characters: usize) -> Self {
        Self { at_most: Some(characters), ..self }
    }
}

/// One cell: a value, and what is told in its place to people; the units behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The value.
    pub value: Value,
    // Most cells have nothing beside them, and an export has millions of cells.
    beside: Option<Box<Beside>>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Beside {
    told: Option<Value>,
    units: Vec<String>,
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self { value, beside: None }
    }
}

impl Cell {
    /// An id or word of the contract.
    #[must_use]
    pub fn id(text: impl ToString) -> Self {
        Value::id(text).into()
    }

    /// A count.
    #[must_use]
    pub fn count(count: u64) -> Self {
        Value::Count(count).into()
    }

    /// The same, told to people in other words.
    #[must_use]
    pub fn told(mut self, told: Value) -> Self {
        self.beside.get_or_insert_default().told = Some(told);
        self
    }

    /// The same with the locators of the units behind it.
    #[must_use]
    pub fn with_units(mut self, units: Vec<String>) -> Self {
        if !units.is_empty() {
            self.beside.get_or_insert_default().units = units;
        }
        self
    }

    /// The locators of the units behind it.
    #[must_use]
    pub fn units(&self) -> &[String] {
        self.beside.as_ref().map_or(&[], |beside| &beside.units)
    }

    /// Whether people read a figure there: a number, or one with its interval.
    #[must_use]
    pub fn is_figure(&self) -> bool {
        match self.for_people() {
            Value::Text(text) => {
                let text = text.strip_prefix('-').unwrap_or(text);
                text.starts_with(|it: char| it.is_ascii_digit())
            }
            value => value.is_numeric(),
        }
    }

    /// What people read.
    #[must_use]
    pub fn for_people(&self) -> &Value {
        self.beside.as_ref().and_then(|beside| beside.told.as_ref()).unwrap_or(&self.value)
    }
}

/// One table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// What stands above the table, for people; empty if nothing.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
    /// How many columns head each row, where all others are alike: where the page is too narrow for them, they are
    /// shown in several tables, each with these, instead of being squeezed. 0 where they are not alike.
    pub leading: usize,
    /// The command line that gives its figures; empty where it is the command's own result.
    pub command: String,
    /// Whether a page shows it only when it is asked for.
    pub folded: bool,
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, ..Self::default() }
    }

    /// A table without rows that only people see.
    #[must_use]
    pub fn for_people(headings: Vec<String>) -> Self {
        let column = |heading| Column::new(heading).only_in(Forms::PEOPLE);
        Self::new(headings.into_iter().map(column).collect())
    }

    /// The same with this above it.
    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Self {
        Self { title: title.into(), ..self }
    }

    /// The figures that people see on a page, row by row, if a command gives them.
    pub fn figures(&self) -> impl Iterator<Item = (&Column, &Cell)> {
        let rows = self.rows.iter().filter(|_| !self.command.is_empty());
        let cells = rows.flat_map(|row| self.cells(row, Form::Page));
        cells.filter(|(_, cell)| cell.is_figure())
    }

    /// Adds a row.
    pub fn push(&mut self, row: impl IntoIterator<Item = impl Into<Cell>>) {
        self.rows.push(row.into_iter().map(Into::into).collect());
    }

    /// Whether a form shows it.
    #[must_use]
    pub fn is_in(&self, form: Form) -> bool {
        self.columns.iter().any(|column| column.forms.has(form))
    }

    /// The places of the columns that a form shows.
    #[must_use]
    pub fn places(&self, form: Form) -> Vec<usize> {
        let all = self.columns.iter().enumerate();
        all.filter(|(_, column)| column.forms.has(form)).map(|(at, _)| at).collect()
    }

    /// The columns that a form shows.
    pub fn columns_in(&self, form: Form) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| column.forms.has(form))
    }

    /// The cells of a row that a form shows, with their columns.
    pub fn cells<'a>(
        &'a self,
        row: &'a [Cell],
        form: Form,
    ) -> impl Iterator<Item = (&'a Column, &'a Cell)> {
        self.columns.iter().zip(row).filter(move |(column, _)| column.forms.has(form))
    }

    /// The columns of a page in parts of so many at most, where some head its rows: each part has these. Places count the
    /// columns that a page shows.
    #[must_use]
    pub fn parted(&self, most: usize) -> Vec<Vec<usize>> {
        let count = self.columns_in(Form::Page).count();
        let leading = self.leading.min(count.saturating_sub(1));
        if count <= most || leading == 0 {
            return vec![(0..count).collect()];
        }
        let rest: Vec<usize> = (leading..count).collect();
        let parts = rest.chunks(most.saturating_sub(leading).max(1));
        parts.map(|it| (0..leading).chain(it.iter().copied()).collect()).collect()
    }

    /// The rows as people see them, as JSON objects: for a report, whose tables are made for people.
    #[must_use]
    pub fn shown(&self) -> Vec<Json> {
        let object = |row: &Vec<Cell>| {
            let cells = self.cells(row, Form::Page);
            let named = cells.filter_map(|(column, it)| {
                let name = if column.heading.is_empty() { &column.name } else { &column.heading };
                Some((name.clone(), it.value.json()?))
            });
            Json::Object(named.collect::<Map<_, _>>())
        };
        self.rows.iter().map(object).collect()
    }

    /// The rows as JSON objects, named after the columns.
    #[must_use]
    pub fn objects(&self) -> Vec<Json> {
        self.rows.iter().map(|row| self.object(row)).collect()
    }

    /// A row as a JSON object, named after the columns.
    #[must_use]
    pub fn object(&self, row: &[Cell]) -> Json {
        let cells = self.cells(row, Form::Json);
        let named = cells.filter_map(|(column, it)| Some((column.name.clone(), it.value.json()?)));
        Json::Object(named.collect::<Map<_, _>>())
    }
}
