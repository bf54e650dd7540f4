//! A result before it has a form: what people read of it, part by part, and what programs read.
//!
//! A result becomes a document once; every form is a writer over it (`writers`). What is in the document is the
//! same in every form, so that a new form needs to know nothing of agreement or matrices.

mod table;
mod value;

pub use table::{Cell, Column, Form, Forms, Table};
pub use value::Value;

use serde_json::{Map, Value as Json, json};

use super::number;
use super::pictures::drawn::Drawn;
use crate::domain::message::Message;
use crate::words::{self, Language};

/// A result in one language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The name of its JSON form: `themata.matrix/1`.
    pub schema: &'static str,
    /// What was asked, for JSON, in the order of the contract.
    pub asked: Vec<(&'static str, Json)>,
    /// The heading of the whole; empty if none.
    pub title: String,
    /// What it says, in order.
    pub parts: Vec<Part>,
}

/// One part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Parts under a heading of their own.
    Section(String, Vec<Part>),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list, one item a line.
    List(Vec<Vec<Span>>),
    /// What somebody said.
    Quotation(Quotation),
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Figure),
    /// How figures were made, what was assumed, what was left out.
    Note(Note),
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Text as it is.
    Text(String),
    /// A citation such as `(P11, CoP 38: 50)`.
    Citation {
        /// As it stands in prose.
        text: String,
        /// The locator of what is cited.
        unit: String,
    },
}

/// What somebody said, word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The words.
    pub text: String,
    /// Where they stand, as it is cited in prose.
    pub citation: String,
    /// The locator of the unit.
    pub unit: String,
    /// The tag of its language; empty where it is the reader's, or not known.
    pub language: String,
}

/// A figure of a document, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced {
    /// As people read it.
    pub shown: String,
    /// The heading of its column.
    pub column: String,
    /// The command that gives it.
    pub command: String,
    /// The locators of the units behind it.
    pub units: Vec<String>,
}

/// A picture. It is made of our own shapes and escaped text alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What stands beneath it: its title, and what it shows; in forms without pictures it stands alone.
    pub caption: String,
    /// The picture as SVG: one element, without script and without anything loaded from elsewhere.
    pub svg: String,
    /// The same as shapes.
    pub drawn: Drawn,
    /// What it shows, for who does not see it.
    pub told: String,
}

/// A sentence beneath a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Why it stands there.
    pub kind: NoteKind,
    /// The part of the result that it is about, as it stands before it; empty for all of it.
    pub about: String,
    /// What it says.
    pub says: Message,
}

/// Why a note stands beneath a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// It tells how to read the result: people who see it need it, programs do not.
    Told,
    /// It tells what the program took for granted about the data, or left out: said wherever the result stands, with CSV on
    /// standard error, in JSON as `assumed`.
    Assumed,
}

impl Span {
    /// What is read of it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Citation { text, .. } => text,
        }
    }
}

impl Note {
    /// How the result is to be read.
    #[must_use]
    pub fn told(says: Message) -> Self {
        Self { kind: NoteKind::Told, about: String::new(), says }
    }

    /// What was taken for granted, or left out.
    #[must_use]
    pub fn assumed(says: Message) -> Self {
        Self { kind: NoteKind::Assumed, about: String::new(), says }
    }

    /// The same about a part of the result, with what stands between the part's name and the sentence.
    #[must_use]
    pub fn about(self, about: String) -> Self {
        Self { about, ..self }
    }

    /// The sentence.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        format!("{}{}", self.about, words::say(&self.says, language))
    }
}

impl Document {
    /// A document with this name in JSON.
    #[must_use]
    pub fn new(schema: &'static str) -> Self {
        Self { schema, ..Self::default() }
    }

    /// The same with what was asked, for JSON.
    #[must_use]
    pub fn asked(mut self, name: &'static str, value: impl Into<Json>) -> Self {
        self.asked.push((name, value.into()));
        self
    }

    /// The same with what was asked, where it was.
    #[must_use]
    pub fn asked_if(self, name: &'static str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.asked(name, value),
            None => self,
        }
    }

    /// The same under a heading.
    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Self {
        Self { title: title.into(), ..self }
    }

    /// The same with a table behind it.
    #[must_use]
    pub fn table(mut self, table: Table) -> Self {
        self.parts.push(Part::Table(table));
        self
    }

    /// The same with notes behind it.
    #[must_use]
    pub fn notes(mut self, notes: impl IntoIterator<Item = Note>) -> Self {
        self.parts.extend(notes.into_iter().map(Part::Note));
        self
    }

    /// Every table that a form shows, in order, those inside sections too.
    #[must_use]
    pub fn tables(&self, form: Form) -> Vec<&Table> {
        fn within<'a>(parts: &'a [Part], form: Form, into: &mut Vec<&'a Table>) {
            for part in parts {
                match part {
                    Part::Section(_, parts) => within(parts, form, into),
                    Part::Table(table) if table.is_in(form) => into.push(table),
                    _ => {}
                }
            }
        }
        let mut all = Vec::new();
        within(&self.parts, form, &mut all);
        all
    }

    /// The figures that a command gives, in the order of the page; the first is number 1.
    #[must_use]
    pub fn traced(&self) -> Vec<Traced> {
        let of_table = |table: &Table| -> Vec<Traced> {
            let traced = |(column, cell): (&Column, &Cell)| Traced {
                shown: number::on_page(column, cell).into_owned(),
                column: column.heading.clone(),
                command: table.command.clone(),
                units: cell.units().to_vec(),
            };
            table.figures().map(traced).collect()
        };
        self.tables(Form::Page).into_iter().flat_map(of_table).collect()
    }

    /// What was taken for granted about the data, or left out of the result.
    pub fn assumed(&self) -> impl Iterator<Item = &Note> {
        self.parts.iter().filter_map(|part| match part {
            Part::Note(note) if note.kind == NoteKind::Assumed => Some(note),
            _ => None,
        })
    }

    /// How many parts stand before the first section.
    #[must_use]
    pub fn opening(&self) -> usize {
        let first = self.parts.iter().position(|part| matches!(part, Part::Section(..)));
        first.unwrap_or(self.parts.len())
    }

    /// Whether it has so many sections that a reader looks for a list of them, and a program for more than one table.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.parts.iter().filter(|part| matches!(part, Part::Section(..))).count() > 3
    }

    /// The document for programs that read JSON: its name, what was asked, what was assumed, the rows.
    #[must_use]
    pub fn json(&self) -> Json {
        let mut all = Map::new();
        all.insert("schema".to_owned(), self.schema.into());
        all.extend(self.asked.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let assumed: Vec<Json> =
            self.assumed().map(|note| note.text(Language::English).into()).collect();
        if !assumed.is_empty() {
            all.insert("assumed".to_owned(), assumed.into());
        }
        if self.is_long() {
            all.insert("title".to_owned(), self.title.as_str().into());
            all.insert("parts".to_owned(), parts_json(&self.parts));
            return Json::Object(all);
        }
        let rows = self.tables(Form::Json).first().map(|table| table.objects());
        all.insert("rows".to_owned(), rows.unwrap_or_default().into());
        Json::Object(all)
    }
}

/// Parts of a document that has sections, as programs read them.
fn parts_json(parts: &[Part]) -> Json {
    let running = |spans: &[Span]| -> String { spans.iter().map(Span::text).collect() };
    let one = |part: &Part| match part {
        Part::Section(title, within) => {
            json!({"section": title, "parts": parts_json(within)})
        }
        Part::Paragraph(spans) => json!({"paragraph": running(spans)}),
        Part::List(items) => {
            json!({"list": items.iter().map(|it| running(it)).collect::<Vec<_>>()})
        }
        Part::Quotation(it) => json!({
            "quotation": it.text, "citation": it.citation, "unit": it.unit, "language": it.language
        }),
        Part::Table(table) => {
            json!({"table": table.title, "command": table.command, "rows": table.shown()})
        }
        Part::Figure(it) => json!({"figure": it.caption}),
        Part::Note(note) => json!({"note": note.text(Language::English)}),
    };
    parts.iter().map(one).collect()
}
