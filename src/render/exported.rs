//! Decisions in force: one row each, or a wide table for statistics programs.

mod wide;

use super::Report;
use super::document::{Document, Value};
use super::list::{Item, List};
use super::streamed::{Next, Streamed};
use crate::domain::coding::{Cell, Coding};
use crate::domain::message::Message;
use crate::msg;
use crate::store::Opened;
use crate::words::Language;
use crate::work::ask::{ExportAnswer, Wide};

/// The columns, where a row is a decision.
const COLUMNS: &[(&str, &str)] = &[
    ("unit", "trail.unit"),
    ("coder", "trail.coder"),
    ("round", "trail.round"),
    ("dimension", "trail.dimension"),
    ("codes", "trail.codes"),
    ("certainty", "trail.certainty"),
    ("memo", "trail.memo"),
    ("at", "trail.at"),
    ("codebook", "trail.version"),
];

/// Decisions that are written. A large study has millions of cells: rows are made as they are written.
#[derive(Debug)]
pub struct Exported<'a> {
    opened: &'a Opened,
    answer: &'a ExportAnswer,
    wide: Option<Wide>,
    notes: Vec<Message>,
    /// What there is besides rows.
    list: List,
}

impl<'a> Exported<'a> {
    /// The decisions, one row each or wide, with what is to be said beneath them.
    #[must_use]
    pub fn new(
        opened: &'a Opened,
        answer: &'a ExportAnswer,
        wide: Option<Wide>,
        mut notes: Vec<Message>,
    ) -> Self {
        let mut list = match wide {
            Some(columns) => wide::list(columns, &opened.study, answer),
            None => List::new("themata.decisions/1", COLUMNS),
        };
        list.asked = vec![("round", answer.round.as_ref().map(ToString::to_string).into())];
        if let Some(filter) = &answer.filter {
            list.asked.push(("where", filter.as_str().into()));
        }
        if answer.unblinded {
            notes.push(msg!("provenance.unblinded"));
        }
        Self { opened, answer, wide, notes, list }
    }

    /// Hands over row by row, until no more are wanted.
    fn each(&self, next: &mut dyn FnMut(Vec<Item>) -> bool) {
        match self.wide {
            Some(columns) => wide::each(columns, self, next),
            None => self.decisions(next),
        }
    }

    fn decisions(&self, next: &mut dyn FnMut(Vec<Item>) -> bool) {
        for &unit in &self.answer.units {
            for coding in &self.answer.tables {
                for &dimension in &self.answer.dimensions {
                    let of = &self.opened.study.vocabulary.dimensions[usize::from(dimension.0)];
                    let cell = coding.cell(unit, dimension);
                    if !cell.answer.is_decided() {
                        continue;
                    }
                    let unit = self.opened.study.unit_name(unit);
                    if !next(row(self.opened, coding, cell, [Item::id(unit), Item::id(&of.id)])) {
                        return;
                    }
                }
            }
        }
    }

    /// All of it, for forms that are laid out by all rows.
    fn whole(&self) -> List {
        let mut list = self.list.clone();
        self.each(&mut |row| {
            list.rows.push(row);
            true
        });
        if self.wide.is_none() {
            list.quieten_empty(&["certainty", "memo"]);
            if self.opened.study.rounds.len() == 1 {
                list.quieten("round");
            }
            if self.opened.study.versions.len() == 1 {
                list.quieten("codebook");
            }
        }
        if list.rows.is_empty() {
            list.notes.push(msg!("export.none"));
        }
        list.notes.extend(self.notes.iter().cloned());
        list
    }
}

impl Report for Exported<'_> {
    fn document(&self, language: Language) -> Document {
        self.whole().document(language)
    }

    fn streamed(&self) -> Option<&dyn Streamed> {
        Some(self)
    }
}

impl Streamed for Exported<'_> {
    fn head(&self, language: Language) -> Document {
        self.list.document(language)
    }

    fn rows(&self, language: Language, next: Next<'_>) {
        self.each(&mut |row| next(&List::cells(&row, language)));
    }
}

fn row(opened: &Opened, coding: &Coding, cell: Cell, [unit, dimension]: [Item; 2]) -> Vec<Item> {
    let study = &opened.study;
    let written = opened.row(coding, cell);
    vec![
        unit,
        Item::id(&coding.coder),
        Item::maybe(study.rounds.get(usize::from(cell.round.0))),
        dimension,
        Item::id(study.answers.cell(cell.answer, &study.vocabulary)),
        if cell.unsure {
            Item::Said(Value::id("unsure"), msg!("trail.unsure"))
        } else {
            Item::from(Value::Missing)
        },
        Item::text(written.and_then(|row| row.memo()).unwrap_or_default()),
        Item::at(written.map(|row| row.at)),
        Item::maybe(study.versions.get(usize::from(cell.version)).map(|it| &it.id)),
    ]
}
