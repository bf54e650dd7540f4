//! The whole codebook as one table, every language in columns of its own: what `codebook import` reads.

use std::collections::BTreeSet;

use super::Report;
use super::document::{Cell, Column, Document, Table, Value};
use crate::analysis::codebook::set::in_one;
use crate::analysis::codebook::{Entry, entries};
use crate::domain::codebook::{Codebook, ORDERED};
use crate::domain::localized::Localized;
use crate::words::Language;

/// The codebook to be given as a table.
#[derive(Debug, Clone, Copy)]
pub struct CodebookTable<'a>(pub &'a Codebook);

/// The fields that may be given per language.
const SPOKEN: [&str; 6] = ["name", "brief", "definition", "use_when", "not_when", "examples"];

impl CodebookTable<'_> {
    /// The languages of a field: none where it is given once everywhere.
    fn languages(&self, entries: &[Entry<'_>], field: &str) -> BTreeSet<String> {
        let of = |entry: &Entry<'_>| spoken(entry, field).into_iter().filter_map(|(tag, _)| tag);
        entries.iter().flat_map(of).collect()
    }
}

/// The texts of a field with their languages.
fn spoken(entry: &Entry<'_>, field: &str) -> Vec<(Option<String>, String)> {
    let wording = entry.wording;
    let text = match field {
        "name" => &wording.name,
        "brief" => &wording.brief,
        "definition" => &wording.definition,
        "use_when" => &wording.use_when,
        "not_when" => &wording.not_when,
        _ => {
            return match &wording.examples {
                Localized::Plain(list) => vec![(None, in_one(list))],
                Localized::ByLanguage(by) => {
                    by.iter().map(|(tag, list)| (Some(tag.clone()), in_one(list))).collect()
                }
            };
        }
    };
    match text {
        Localized::Plain(text) => vec![(None, text.clone())],
        Localized::ByLanguage(by) => {
            by.iter().map(|(tag, text)| (Some(tag.clone()), text.clone())).collect()
        }
    }
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Value::Missing.into() } else { Value::from(text).into() }
}

fn id(text: &str) -> Cell {
    if text.is_empty() { Value::Missing.into() } else { Cell::id(text) }
}

impl Report for CodebookTable<'_> {
    fn document(&self, _: Language) -> Document {
        let entries = entries(self.0);
        let mut spoken_columns: Vec<(&str, Option<String>)> = Vec::new();
        for field in SPOKEN {
            let languages = self.languages(&entries, field);
            let once = entries.iter().any(|entry| {
                spoken(entry, field).iter().any(|(tag, text)| tag.is_none() && !text.is_empty())
            });
            if once || languages.is_empty() {
                spoken_columns.push((field, None));
            }
            spoken_columns.extend(languages.into_iter().map(|tag| (field, Some(tag))));
        }
        let named = |(field, tag): &(&str, Option<String>)| match tag {
            None => (*field).to_owned(),
            Some(tag) => format!("{field}_{tag}"),
        };
        let places = ["dimension", "code", "parent"].map(str::to_owned);
        let last = ["select", "scale", "color", "replaces", "merged_from", "keywords"];
        let columns = places
            .into_iter()
            .chain(spoken_columns.iter().map(named))
            .chain(last.map(str::to_owned))
            .map(Column::new);
        let mut table = Table::new(columns.collect());
        for entry in &entries {
            let code = if entry.is_dimension() { "" } else { entry.id };
            let above = entry.parent.filter(|it| *it != entry.dimension).unwrap_or_default();
            let mut row = vec![Cell::id(entry.dimension), id(code), id(above)];
            for (field, tag) in &spoken_columns {
                let texts = spoken(entry, field);
                let own = texts.iter().find(|(of, _)| of == tag);
                row.push(text(own.map_or("", |(_, text)| text)));
            }
            let dimension = entry.of_dimension;
            let ordered = dimension.is_some_and(|it| it.ordered);
            let keywords = entry.of_code.map(|it| in_one(&it.keywords)).unwrap_or_default();
            row.extend([
                id(dimension.map_or("", |it| it.select.as_str())),
                id(if ordered { ORDERED } else { "" }),
                id(dimension.map_or("", |it| it.color.as_str())),
                id(&entry.replaces().join("; ")),
                id(&entry.merged_from().join("; ")),
                text(&keywords),
            ]);
            table.rows.push(row);
        }
        Document::new("themata.codebook_table/1").table(table)
    }
}
