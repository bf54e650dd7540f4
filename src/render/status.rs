//! Where a study stands.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Report;
use super::document::{Cell, Column, Document, Form, Forms, Note, Table, Value};
use crate::analysis::wordings::Wordings;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::message::Message;
use crate::msg;
use crate::words::{Language, say, word};

/// Where a study stands, ready to be shown.
#[derive(Debug)]
pub struct StatusReport {
    /// Which versions of the codebook the decisions on open cases stem from.
    pub wordings: Wordings,
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
    /// For each coder, what is asked of her here, and how far it is.
    pub shares: Vec<Share>,
}

/// What is asked of a coder in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Whether it is handed over.
    pub handed: Handed,
    /// How many units.
    pub units: u64,
    /// How many units × dimensions are decided, and how many there are; only where that may be told.
    pub done: Option<(u64, u64)>,
}

impl CaseStatus {
    /// The name that people read.
    fn named(&self) -> &str {
        if self.name.is_empty() { self.case.as_str() } else { &self.name }
    }
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
    /// Settlements that rest on a wording that changed since.
    pub again: usize,
}

impl Settled {
    /// How many units × dimensions of open cases wait for a meeting.
    #[must_use]
    pub fn unsettled(&self) -> u64 {
        let differ = self.discrepancies.saturating_sub(self.settled + self.open);
        differ + self.again as u64 + self.waiting.values().sum::<u64>()
    }
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
        let csv = Forms::only(Form::Csv);
        columns.extend(self.coders.iter().map(|it| Column::new(it.as_str()).only_in(csv)));
        columns.push(Column::new("coders").only_in(json));
        columns.push(Column::new("decided").only_in(json));
        columns.push(Column::new("asked").only_in(json));
        columns.push(Column::new("shares").only_in(json));
        columns
    }

    fn row(&self, case: &CaseStatus) -> Vec<Cell> {
        let mut row = vec![
            Cell::id(&case.case).told(Value::id(case.named())),
            Value::Text(case.name.clone()).into(),
            Cell::count(case.transcripts as u64),
            Cell::count(case.participants as u64),
            Cell::count(case.units as u64),
            Cell::count(case.words),
        ];
        row.extend(case.shares.iter().map(|share| Cell::id(handed_word(share.handed))));
        let handed = case.shares.iter().map(|share| handed_word(share.handed).into());
        let coders = self.coders.iter().map(ToString::to_string).zip(handed).collect();
        let done = self.done(&case.case);
        let count = |count: Option<u64>| count.map_or(Value::Missing, Value::Count);
        row.extend(
            [
                Value::json_only(Json::Object(coders)),
                count(done.map(|it| it.done)),
                count(done.map(|it| it.asked)),
                Value::json_only(self.shares_json(case)),
            ]
            .map(Cell::from),
        );
        row
    }

    /// What each coder is asked for in a case, has decided and sealed, as far as it may be told.
    fn shares_json(&self, case: &CaseStatus) -> Json {
        let share = |share: &Share| {
            let mut of = json!({ "state": handed_word(share.handed) });
            if let Some((done, asked)) = share.done {
                of["assigned"] = share.units.into();
                of["decided"] = done.into();
                of["asked"] = asked.into();
            }
            of
        };
        let shares = case.shares.iter().map(share);
        Json::Object(self.coders.iter().map(ToString::to_string).zip(shares).collect())
    }

    /// Case by coder: what is asked, decided and sealed; of others' work that is not sealed only that it is not.
    fn shares(&self, language: Language) -> Table {
        let people = |column: Column| column.only_in(Forms::PEOPLE);
        let case = people(Column::new("case").headed(word("status.case", language)));
        let coders = self.coders.iter().map(|it| people(Column::new(it.as_str())));
        let mut table = Table::new(std::iter::once(case).chain(coders).collect())
            .titled(word("status.shares", language));
        table.leading = 1;
        for case in self.cases.iter().filter(|case| case.units > 0 && !self.coders.is_empty()) {
            let told = |share: &Share| {
                let state = word(handed_key(share.handed), language);
                Value::id(match share.done {
                    Some((done, asked)) => {
                        let n = share.units;
                        say(
                            &msg!("status.share", n = n, done = done, asked = asked, state = state),
                            language,
                        )
                    }
                    None => state,
                })
            };
            let name = std::iter::once(Value::id(case.named()));
            table.push(name.chain(case.shares.iter().map(told)));
        }
        table
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
            if settled.again > 0 {
                notes.push(msg!("discrepancies.again", n = settled.again));
            }
            for (coder, n) in &settled.waiting {
                notes.push(msg!("status.waiting", n = n, coder = coder));
            }
        }
        notes.extend(self.wordings.said());
        notes.extend(self.last.clone());
        notes.push(self.next.clone());
        notes
    }
}

impl Report for StatusReport {
    fn document(&self, language: Language) -> Document {
        let mut table = Table::new(self.columns(language));
        table.rows = self.cases.iter().map(|case| self.row(case)).collect();
        let settled = self.settled.as_ref();
        let document = Document::new("themata.status/1")
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
            .table(table);
        let shares = self.shares(language);
        let document = if shares.rows.is_empty() { document } else { document.table(shares) };
        document.notes(self.notes().into_iter().map(Note::told))
    }
}
