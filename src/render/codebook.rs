//! The codebook as tables: the tree at a glance, or every field of what was asked for.

use super::Report;
use super::document::{Cell, Column, Document, Form, Forms, Note, Table, Value};
use crate::analysis::codebook::{Entry, entries};
use crate::domain::codebook::{Codebook, ORDERED, Select};
use crate::domain::localized::Localized;
use crate::msg;
use crate::words::{Language, word};

/// The columns of the tree; a table with those of [`FIELDS`] too can be read by `init --codebook`.
const TREE: [&str; 5] = ["dimension", "code", "parent", "name", "brief"];
/// The columns of everything else.
const FIELDS: [&str; 10] = [
    "definition",
    "use_when",
    "not_when",
    "examples",
    "select",
    "color",
    "replaces",
    "keywords",
    "scale",
    "merged_from",
];

/// How much of the codebook is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// The tree, with a line for each.
    Tree,
    /// Every field of everything.
    Full,
    /// Every field of one dimension or code.
    One(String),
}

/// The codebook, ready to be shown.
#[derive(Debug, Clone, Copy)]
pub struct CodebookReport<'a> {
    /// What it says.
    pub codebook: &'a Codebook,
    /// Its version.
    pub version: &'a str,
    /// The language of its texts: a tag.
    pub language: &'a str,
    /// How much of it is shown.
    pub extent: &'a Extent,
}

impl CodebookReport<'_> {
    fn text<'b>(&self, text: &'b Localized<String>) -> &'b str {
        text.text(self.language)
    }

    /// The entries that are shown.
    fn entries(&self) -> Vec<Entry<'_>> {
        let mut all = entries(self.codebook);
        if let Extent::One(id) = self.extent {
            all.retain(|entry| entry.id == id);
        }
        all
    }

    fn is_full(&self) -> bool {
        *self.extent != Extent::Tree
    }

    fn examples(&self, entry: &Entry<'_>) -> Vec<String> {
        entry.wording.examples.get(self.language).cloned().unwrap_or_default()
    }

    /// Every field of one, for programs.
    fn record(&self, entry: &Entry<'_>) -> Vec<(&'static str, Value)> {
        let id = |id: &str| if id.is_empty() { Value::Missing } else { Value::id(id) };
        let wording = entry.wording;
        let code = if entry.is_dimension() { "" } else { entry.id };
        let above = entry.parent.filter(|parent| *parent != entry.dimension).unwrap_or_default();
        let mut record = vec![
            ("dimension", Value::id(entry.dimension)),
            ("code", id(code)),
            ("parent", id(above)),
            ("name", text(self.text(&wording.name))),
            ("brief", text(self.text(&wording.brief))),
        ];
        if self.is_full() {
            let of_code = entry.of_code;
            let keywords = of_code.map(|it| it.keywords.clone()).unwrap_or_default();
            let dimension = entry.of_dimension;
            record.extend([
                ("definition", text(self.text(&wording.definition))),
                ("use_when", text(self.text(&wording.use_when))),
                ("not_when", text(self.text(&wording.not_when))),
                ("examples", Value::Texts(self.examples(entry))),
                ("select", id(dimension.map_or("", |it| it.select.as_str()))),
                ("color", id(dimension.map_or("", |it| it.color.as_str()))),
                ("replaces", Value::ids(entry.replaces())),
                ("keywords", Value::Texts(keywords)),
                ("scale", id(dimension.filter(|it| it.ordered).map_or("", |_| ORDERED))),
                ("merged_from", Value::ids(entry.merged_from())),
            ]);
        }
        record
    }

    /// One table for the whole tree; how deep a code lies shows before its id.
    fn tree(&self, language: Language) -> Table {
        let headings = [
            "codebook.heading.code",
            "codebook.heading.name",
            "codebook.heading.select",
            "codebook.heading.brief",
        ];
        let mut table = Table::for_people(headings.map(|key| word(key, language)).to_vec());
        for entry in self.entries() {
            table.push([
                Value::id(format!("{}{}", "· ".repeat(entry.depth), entry.id)),
                text(self.text(&entry.wording.name)),
                Value::id(select(&entry, language)),
                text(self.text(&entry.wording.brief)),
            ]);
        }
        table
    }

    /// All fields of one, field by field; what is empty shows as a gap only in fields that all should have.
    fn fields(&self, entry: &Entry<'_>, language: Language) -> Table {
        let headings = ["codebook.heading.field", "codebook.heading.text"];
        let only_page = |key| Column::new(word(key, language)).only_in(Forms::only(Form::Page));
        let name = self.text(&entry.wording.name);
        let mut table = Table::new(headings.map(only_page).to_vec()).titled(if name.is_empty() {
            entry.id.to_owned()
        } else {
            format!("{} · {name}", entry.id)
        });
        let optional =
            ["select", "color", "replaces", "keywords", "parent", "scale", "merged_from"];
        for (field, value) in self.record(entry) {
            let value = match (field, value) {
                ("select", value) if !value.is_missing() => Value::id(select(entry, language)),
                (_, value) => cell(value).for_people().clone(),
            };
            let is_told = match field {
                "dimension" => !entry.is_dimension(),
                "code" | "name" => false,
                field => !value.is_missing() || !optional.contains(&field),
            };
            if is_told {
                table.push([Value::id(word(heading(field), language)), value]);
            }
        }
        if !entry.codes.is_empty() {
            let ids: Vec<&str> = entry.codes.iter().map(|code| code.id.as_str()).collect();
            let heading = word("codebook.heading.codes", language);
            table.push([Value::id(heading), Value::id(ids.join("; "))]);
        }
        table
    }

    /// One row a dimension or code, as people keep a codebook in a spreadsheet; on a page it is told otherwise.
    fn wide(&self, language: Language) -> Table {
        let forms = if self.is_full() { Forms::ALL.but(Form::Page) } else { Forms::PROGRAMS };
        let all = TREE.iter().chain(if self.is_full() { &FIELDS[..] } else { &[] });
        let column =
            |name: &&str| Column::new(*name).headed(word(heading(name), language)).only_in(forms);
        let mut table = Table::new(all.map(column).collect());
        for entry in self.entries() {
            table.push(self.record(&entry).into_iter().map(|(_, value)| cell(value)));
        }
        table
    }

    /// What holds for the codebook as a whole, where it is the whole that is shown.
    fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        let unit = self.text(&self.codebook.unit);
        if !unit.is_empty() {
            notes.push(msg!("codebook.unit_is", unit = unit));
        }
        notes.push(match self.codebook.version.as_str() {
            "" => msg!("codebook.version_is", version = self.version),
            label => msg!("codebook.version_labelled", version = self.version, label = label),
        });
        notes.into_iter().map(Note::told).collect()
    }
}

/// A value of a table; an empty list shows as a gap.
fn cell(value: Value) -> Cell {
    match value {
        Value::Ids(ref all) | Value::Texts(ref all) if all.is_empty() => {
            Cell::from(value).told(Value::Missing)
        }
        value => value.into(),
    }
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Missing } else { Value::from(text) }
}

/// How many codes of a dimension a unit may get, in words; nothing for a code.
fn select(entry: &Entry<'_>, language: Language) -> String {
    match entry.of_dimension.map(|it| it.select) {
        Some(Select::One) => word("codebook.heading.one", language),
        Some(Select::Many) => word("codebook.heading.many", language),
        None => String::new(),
    }
}

/// The heading of a field.
#[must_use]
pub fn heading(field: &str) -> &'static str {
    match field {
        "id" => "codebook.heading.id",
        "dimension" => "codebook.heading.dimension",
        "code" => "codebook.heading.code",
        "parent" => "codebook.heading.parent",
        "name" => "codebook.heading.name",
        "brief" => "codebook.heading.brief",
        "definition" => "codebook.heading.definition",
        "use_when" => "codebook.heading.use_when",
        "not_when" => "codebook.heading.not_when",
        "examples" => "codebook.heading.examples",
        "select" => "codebook.heading.select",
        "color" => "codebook.heading.color",
        "replaces" => "codebook.heading.replaces",
        "keywords" => "codebook.heading.keywords",
        "scale" => "codebook.heading.scale",
        "merged_from" => "codebook.heading.merged_from",
        "codes" => "codebook.heading.codes",
        "title" => "codebook.heading.title",
        "version" => "codebook.heading.label",
        "unit" => "codebook.heading.unit",
        _ => "codebook.heading.dimensions",
    }
}

impl Report for CodebookReport<'_> {
    fn document(&self, language: Language) -> Document {
        let mut document = Document::new("themata.codebook/1")
            .asked("codebook", self.version)
            .asked("title", self.text(&self.codebook.title))
            .asked("version", self.codebook.version.as_str())
            .asked("unit", self.text(&self.codebook.unit))
            .asked("language", self.language)
            .table(self.wide(language));
        match self.extent {
            Extent::Tree => document = document.table(self.tree(language)),
            Extent::Full | Extent::One(_) => {
                for entry in self.entries() {
                    document = document.table(self.fields(&entry, language));
                }
            }
        }
        if matches!(self.extent, Extent::One(_)) {
            return document;
        }
        document.titled(self.text(&self.codebook.title)).notes(self.notes())
    }
}
