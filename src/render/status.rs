//! Where a study stands.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Report;
use super::document::{Cell, Column, Document, Form, Forms, Note, Table, Value};
use crate::domain::id::{CaseId, CoderId};
use crate::domain::message::Message;
use crate::msg;
use crate::words::{Language, word};

/// Where a study stands, ready to be shown.
#[derive(Debug)]
pub struct StatusReport {
    /// What it is called.
    pub title: String,
    /// Its language.
    pub language: String,
    /// The version of the codebook in force.
    pub codebook: String,
    /// How many dimensions it has.
    pub dimensions: usize,
    /// How many codes it has.
    pub codes: usize,
    /// The current round.
    pub round: String,
    /// The coders.
    pub coders: Vec<CoderId>,
    /// The cases.
    pub cases: Vec<CaseStatus>,
    /// How far one coder is, if asked.
    pub own: Option<Vec<Done>>,
    /// Discrepancies of open cases, if any case is open.
    pub settled: Option<Settled>,
    /// Whether coefficients are reported.
    pub agreement: bool,
    /// What was done last.
    pub last: Option<Message>,
    /// The next command.
    pub next: Message,
}

/// Where one case stands.
#[derive(Debug)]
pub struct CaseStatus {
    /// The case.
    pub case: CaseId,
    /// Its name.
    pub name: String,
    /// How many transcripts it has.
    pub transcripts: usize,
    /// Whether one of them has no units yet.
    pub uncut: bool,
    /// How many participants speak in its units; before they are cut, how many are listed.
    pub participants: usize,
    /// How many units are coded.
    pub units: usize,
    /// Words of participants in them.
    pub words: u64,
    /// For each coder, whether the case is handed over.
    pub handed: Vec<Handed>,
}

/// Whether a coder handed a case over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// Handed over.
    Sealed,
    /// Not yet.
    NotSealed,
    /// The coder has no units there.
    NotAsked,
}

/// How far a coder is in a case, in units × dimensions.
#[derive(Debug)]
pub struct Done {
    /// The case.
    pub case: CaseId,
    /// Decided.
    pub done: u64,
    /// Asked for.
    pub asked: u64,
}

/// Discrepancies of open cases.
#[derive(Debug, Default)]
pub struct Settled {
    /// Units × dimensions decided differently.
    pub discrepancies: u64,
    /// Of these, settled.
    pub settled: u64,
    /// Of these, left open.
    pub open: u64,
    /// Units × dimensions that wait for a coder who was asked and has not decided, by coder.
    pub waiting: BTreeMap<String, u64>,
}

impl StatusReport {
    fn done(&self, case: &CaseId) -> Option<&Done> {
        self.own.as_ref()?.iter().find(|it| it.case == *case)
    }
}

fn handed_key(handed: Handed) -> &'static str {
    match handed {
        Handed::Sealed => "status.sealed",
        Handed::NotSealed => "status.not_sealed",
        Handed::NotAsked => "status.not_asked",
    }
}

fn handed_word(handed: Handed) -> &'static str {
    match handed {
        Handed::Sealed => "sealed",
        Handed::NotSealed => "not sealed",
        Handed::NotAsked => "not asked",
    }
}

impl StatusReport {
    fn columns(&self, language: Language) -> Vec<Column> {
        let json = Forms::only(Form::Json);
        let column = |name: &str, heading| Column::new(name).headed(word(heading, language));
        let mut columns = vec![
            column("case", "status.case"),
            Column::new("name").only_in(Forms::PROGRAMS),
            column("transcripts", "status.transcripts"),
            column("participants", "status.participants"),
            column("units", "status.units"),
            column("words", "status.words"),
        ];
        let not_json = Forms::ALL.but(Form::Json);
        columns.extend(self.coders.iter().map(|it| Column::new(it.as_str()).only_in(not_json)));
        columns.push(Column::new("coders").only_in(json));
        columns.push(Column::new("decided").only_in(json));
        columns.push(Column::new("asked").only_in(json));
        let own = if self.own.is_some() { Forms::PEOPLE } else { Forms::NONE };
        columns.push(column("decided", "status.decided").only_in(own));
        columns
    }

    fn row(&self, case: &CaseStatus, language: Language) -> Vec<Cell> {
        let name = if case.name.is_empty() { case.case.as_str() } else { &case.name };
        let mut row = vec![
            Cell::id(&case.case).told(Value::id(name)),
            Value::Text(case.name.clone()).into(),
            Cell::count(case.transcripts as u64),
            Cell::count(case.participants as u64),
            Cell::count(case.units as u64),
            Cell::count(case.words),
        ];
        row.extend(case.handed.iter().map(|handed| {
            let told = match handed {
                Handed::NotAsked if case.units == 0 => Value::Missing,
                handed => Value::id(word(handed_key(*handed), language)),
            };
            Cell::id(handed_word(*handed)).told(told)
        }));
        let handed = case.handed.iter().map(|handed| handed_word(*handed).into());
        let coders = self.coders.iter().map(ToString::to_string).zip(handed).collect();
        let done = self.done(&case.case);
        let count = |count: Option<u64>| count.map_or(Value::Missing, Value::Count);
        row.extend(
            [
                Value::json_only(Json::Object(coders)),
                count(done.map(|it| it.done)),
                count(done.map(|it| it.asked)),
                done.map_or(Value::Missing, |it| Value::id(format!("{}/{}", it.done, it.asked))),
            ]
            .map(Cell::from),
        );
        row
    }

    fn notes(&self) -> Vec<Message> {
        let mut notes = vec![
            msg!(
                "status.codebook",
                version = self.codebook,
                dimensions = self.dimensions,
                codes = self.codes
            ),
            msg!("status.round", round = self.round),
        ];
        if let Some(settled) = &self.settled
            && self.coders.len() > 1
        {
            notes.push(msg!(
                "status.discrepancies",
                n = settled.discrepancies,
                settled = settled.settled,
                open = settled.open
            ));
            for (coder, n) in &settled.waiting {
                notes.push(msg!("status.waiting", n = n, coder = coder));
            }
        }
        notes.extend(self.last.clone());
        notes.push(self.next.clone());
        notes
    }
}

impl Report for StatusReport {
    fn document(&self, language: Language) -> Document {
        let mut table = Table::new(self.columns(language));
        table.rows = self.cases.iter().map(|case| self.row(case, language)).collect();
        let settled = self.settled.as_ref();
        Document::new("themata.status/1")
            .titled(self.title.as_str())
            .asked("title", self.title.as_str())
            .asked("language", self.language.as_str())
            .asked("codebook", self.codebook.as_str())
            .asked("round", self.round.as_str())
            .asked(
                "discrepancies",
                settled.map(
                    |it| json!({ "n": it.discrepancies, "settled": it.settled, "open": it.open }),
                ),
            )
            .table(table)
            .notes(self.notes().into_iter().map(Note::told))
    }
}
