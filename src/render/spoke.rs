//! Who spoke to which question: a table of questions by people for people, a row each for programs.

use super::Report;
use super::document::{Cell, Column, Document, Forms, Note, Table, Value};
use super::held::SILENT;
use super::names::{Named, Names};
use crate::analysis::provenance::{Counted, Provenance};
use crate::analysis::spoke::{Did, Spoke};
use crate::domain::study::Study;
use crate::msg;
use crate::words::{self, Language};
use crate::work::ask::SpokeAnswer;

/// Who spoke to which question, ready to be shown.
#[derive(Debug)]
pub struct SpokeReport {
    answer: SpokeAnswer,
    /// Per row, the locators of its units.
    units: Vec<Vec<String>>,
    names: Names,
}

impl SpokeReport {
    /// What was found.
    #[must_use]
    pub fn new(study: &Study, answer: SpokeAnswer, ids: bool) -> Self {
        let locators = |it: &Spoke| {
            let units = it.units.iter().filter_map(|unit| study.unit_at(*unit));
            units.map(|unit| unit.locator.to_string()).collect()
        };
        let units = answer.found.iter().map(locators).collect();
        Self { answer, units, names: Names::of(study, ids) }
    }

    /// Questions by people.
    fn grid(&self, language: Language) -> Table {
        let mut people: Vec<(&str, &str)> = Vec::new();
        let mut topics: Vec<&str> = Vec::new();
        for it in &self.answer.found {
            let person = (it.case.as_str(), it.participant.as_str());
            if !people.contains(&person) {
                people.push(person);
            }
            if !topics.contains(&it.topic.as_str()) {
                topics.push(&it.topic);
            }
        }
        let cases: std::collections::BTreeSet<&str> = people.iter().map(|it| it.0).collect();
        let mut headings = vec![words::word("matrix.axis.topic", language)];
        headings.extend(people.iter().map(|(case, person)| match cases.len() {
            0 | 1 => (*person).to_owned(),
            _ => format!("{}: {person}", self.names.text(Named::Case, case, language)),
        }));
        let mut table = Table::for_people(headings);
        table.leading = 1;
        for topic in topics {
            let cell = |(case, person): &(&str, &str)| {
                let mut all = self.answer.found.iter().zip(&self.units);
                let is_it = |it: &Spoke| {
                    it.topic == topic
                        && it.case.as_str() == *case
                        && it.participant.as_str() == *person
                };
                let found = all.find(|(it, _)| is_it(it));
                found.map_or_else(
                    || Cell::from(Value::Missing),
                    |(it, units)| Cell::from(Value::Id(sign(it))).with_units(units.clone()),
                )
            };
            let cells = people.iter().map(cell);
            table.push(std::iter::once(Cell::id(topic)).chain(cells));
        }
        table
    }

    /// A row for each question, case and person.
    fn rows(&self) -> Table {
        let names =
            ["topic", "case", "participant", "did", "order", "agreement", "dissent", "units"];
        let column = |name: &str| Column::new(name).only_in(Forms::PROGRAMS);
        let mut table = Table::new(names.map(column).to_vec());
        for (it, units) in self.answer.found.iter().zip(&self.units) {
            let mark = |asked: bool, holds: bool| match asked {
                true => Value::Count(u64::from(holds)),
                false => Value::Missing,
            };
            table.push([
                Value::id(&it.topic),
                Value::id(&it.case),
                Value::id(&it.participant),
                Value::id(it.did.as_str()),
                it.order.map_or(Value::Missing, Value::Count),
                mark(self.answer.marks.agreement.is_some(), it.agreed),
                mark(self.answer.marks.dissent.is_some(), it.dissented),
                Value::Ids(units.clone()),
            ]);
        }
        table
    }

    fn notes(&self) -> Vec<Note> {
        let mut notes = vec![msg!("talk.note.spoke", sign = SILENT)];
        let marks = self.answer.marks;
        if marks.agreement.is_some() || marks.dissent.is_some() {
            notes.push(msg!("talk.note.marks"));
        }
        if self.answer.decided.is_none() {
            notes.push(msg!("talk.note.closed"));
        }
        let mut notes: Vec<Note> = notes.into_iter().map(Note::told).collect();
        if let Some((counted, provenance)) = &self.answer.decided {
            notes.extend(Counted::notes(counted));
            notes.extend(Provenance::notes(provenance));
        }
        notes
    }
}

/// What people see of a cell: whether she spoke, whether it was coded, as which she spoke, and the marks.
fn sign(it: &Spoke) -> String {
    let mut sign = match (it.did, it.order) {
        (Did::Silent, _) | (_, None) => SILENT.to_owned(),
        (Did::Spoke, Some(order)) => format!("○ {order}"),
        (Did::Coded, Some(order)) => format!("● {order}"),
    };
    if it.agreed {
        sign.push_str(" A");
    }
    if it.dissented {
        sign.push_str(" D");
    }
    sign
}

impl Report for SpokeReport {
    fn document(&self, language: Language) -> Document {
        Document::new("themata.spoke/1")
            .titled(words::word("talk.spoke", language))
            .asked_if("from", self.answer.decided.as_ref().map(|(it, _)| it.from.as_str()))
            .asked_if("codebook", self.answer.decided.as_ref().map(|(_, it)| it.codebook.as_str()))
            .table(self.grid(language))
            .table(self.rows())
            .notes(self.notes())
    }
}
