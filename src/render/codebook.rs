//! The codebook as tables: the tree at a glance, or every field of what was asked for.

use serde_json::{Map, Value as Json, json};

use super::Report;
use super::grid::{Display, Grid, Value};
use super::list;
use crate::analysis::codebook::{Entry, entries};
use crate::domain::codebook::{Codebook, Select};
use crate::domain::localized::Localized;
use crate::msg;
use crate::words::{Language, say, word};

/// The columns of the tree; a table with those of [`FIELDS`] too can be read by `init --codebook`.
const TREE: [&str; 5] = ["dimension", "code", "parent", "name", "brief"];
/// The columns of everything else.
const FIELDS: [&str; 8] =
    ["definition", "use_when", "not_when", "examples", "select", "color", "replaces", "keywords"];

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

    fn examples(&self, entry: &Entry<'_>) -> String {
        let examples = entry.wording.examples.get(self.language);
        examples.map(|list| list.join("\n")).unwrap_or_default()
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
            let replaces = of_code.map(|it| list_of(&it.replaces)).unwrap_or_default();
            let keywords = of_code.map(|it| it.keywords.join("\n")).unwrap_or_default();
            let dimension = entry.of_dimension;
            record.extend([
                ("definition", text(self.text(&wording.definition))),
                ("use_when", text(self.text(&wording.use_when))),
                ("not_when", text(self.text(&wording.not_when))),
                ("examples", text(&self.examples(entry))),
                ("select", id(dimension.map_or("", |it| it.select.as_str()))),
                ("color", id(dimension.map_or("", |it| it.color.as_str()))),
                ("replaces", id(&replaces)),
                ("keywords", text(&keywords)),
            ]);
        }
        record
    }

    /// One table for the whole tree; how deep a code lies shows before its id.
    fn tree(&self, language: Language) -> Grid {
        let headings = [
            "codebook.heading.code",
            "codebook.heading.name",
            "codebook.heading.select",
            "codebook.heading.brief",
        ];
        let mut grid = Grid {
            columns: headings.iter().map(|key| word(key, language)).collect(),
            ..Grid::default()
        };
        for entry in self.entries() {
            grid.rows.push(vec![
                Value::id(format!("{}{}", "· ".repeat(entry.depth), entry.id)),
                text(self.text(&entry.wording.name)),
                Value::id(select(&entry, language)),
                text(self.text(&entry.wording.brief)),
            ]);
        }
        grid
    }

    /// All fields of one, field by field; what is empty shows as a gap only in fields that all should have.
    fn fields(&self, entry: &Entry<'_>, language: Language) -> Grid {
        let name = self.text(&entry.wording.name);
        let mut grid = Grid {
            title: if name.is_empty() {
                entry.id.to_owned()
            } else {
                format!("{} · {name}", entry.id)
            },
            columns: vec![
                word("codebook.heading.field", language),
                word("codebook.heading.text", language),
            ],
            ..Grid::default()
        };
        let optional = ["select", "color", "replaces", "keywords", "parent"];
        for (field, value) in self.record(entry) {
            let value = if field == "select" && value != Value::Missing {
                Value::id(select(entry, language))
            } else {
                value
            };
            let is_told = match field {
                "dimension" => !entry.is_dimension(),
                "code" | "name" => false,
                field => value != Value::Missing || !optional.contains(&field),
            };
            if is_told {
                grid.rows.push(vec![Value::id(word(heading(field), language)), value]);
            }
        }
        if !entry.codes.is_empty() {
            let ids: Vec<&str> = entry.codes.iter().map(|code| code.id.as_str()).collect();
            let heading = word("codebook.heading.codes", language);
            grid.rows.push(vec![Value::id(heading), Value::id(ids.join("; "))]);
        }
        grid
    }

    /// Tables with what holds for the codebook as a whole, where it is the whole that is shown.
    fn with_notes(&self, grids: Vec<Grid>, language: Language) -> Display {
        if matches!(self.extent, Extent::One(_)) {
            return Display { grids, ..Display::default() };
        }
        let mut notes = Vec::new();
        let unit = self.text(&self.codebook.unit);
        if !unit.is_empty() {
            notes.push(say(&msg!("codebook.unit_is", unit = unit), language));
        }
        let version = match self.codebook.version.as_str() {
            "" => msg!("codebook.version_is", version = self.version),
            label => msg!("codebook.version_labelled", version = self.version, label = label),
        };
        notes.push(say(&version, language));
        Display { title: self.text(&self.codebook.title).to_owned(), grids, notes }
    }

    fn wide(&self, language: Language) -> Grid {
        let records = self.records();
        let columns = records.columns.iter();
        Grid { columns: columns.map(|name| word(heading(name), language)).collect(), ..records }
    }
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Missing } else { Value::from(text) }
}

fn list_of(ids: &[impl ToString]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
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
        "codes" => "codebook.heading.codes",
        "title" => "codebook.heading.title",
        "version" => "codebook.heading.label",
        "unit" => "codebook.heading.unit",
        _ => "codebook.heading.dimensions",
    }
}

impl Report for CodebookReport<'_> {
    fn display(&self, language: Language) -> Display {
        let grids = match self.extent {
            Extent::Tree => vec![self.tree(language)],
            Extent::Full | Extent::One(_) => {
                self.entries().iter().map(|entry| self.fields(entry, language)).collect()
            }
        };
        self.with_notes(grids, language)
    }

    /// One row a dimension or code, as people keep a codebook in a spreadsheet.
    fn workbook(&self, language: Language) -> Display {
        match self.extent {
            Extent::Tree => self.display(language),
            Extent::Full | Extent::One(_) => self.with_notes(vec![self.wide(language)], language),
        }
    }

    fn records(&self) -> Grid {
        let mut grid = Grid::new(&TREE);
        if self.is_full() {
            grid.columns.extend(FIELDS.map(str::to_owned));
        }
        let values =
            |entry: &Entry<'_>| self.record(entry).into_iter().map(|(_, value)| value).collect();
        grid.rows = self.entries().iter().map(values).collect();
        grid
    }

    fn json(&self) -> Json {
        let rows: Vec<Json> = self
            .entries()
            .iter()
            .map(|entry| {
                let mut row: Map<String, Json> = self
                    .record(entry)
                    .into_iter()
                    .map(|(field, value)| (field.to_owned(), list::json(&value)))
                    .collect();
                if self.is_full() {
                    let examples = entry.wording.examples.get(self.language);
                    row.insert("examples".to_owned(), examples.cloned().unwrap_or_default().into());
                    let code = entry.of_code;
                    let replaces = code.map(|it| it.replaces.iter().map(ToString::to_string));
                    let replaces: Vec<String> = replaces.into_iter().flatten().collect();
                    row.insert("replaces".to_owned(), replaces.into());
                    let keywords = code.map(|it| it.keywords.clone()).unwrap_or_default();
                    row.insert("keywords".to_owned(), keywords.into());
                }
                Json::Object(row)
            })
            .collect();
        json!({
            "schema": "themata.codebook/1",
            "codebook": self.version,
            "title": self.text(&self.codebook.title),
            "version": self.codebook.version,
            "unit": self.text(&self.codebook.unit),
            "language": self.language,
            "rows": rows,
        })
    }
}
