//! Where a study stands.

use super::Report;
use super::grid::{Display, Grid, Value};
use crate::domain::id::{CaseId, CoderId};
use crate::domain::message::Message;
use crate::msg;
use crate::words::{Language, say, word};

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

impl Report for StatusReport {
    fn display(&self, language: Language) -> Display {
        let mut grid = Grid::new(&[]);
        let headings = [
            word("status.case", language),
            word("status.transcripts", language),
            word("status.participants", language),
            word("status.units", language),
            word("status.words", language),
        ];
        grid.columns.extend(headings);
        grid.columns.extend(self.coders.iter().map(ToString::to_string));
        if self.own.is_some() {
            grid.columns.push(word("status.decided", language));
        }
        for case in &self.cases {
            let mut row = vec![
                Value::id(if case.name.is_empty() { case.case.as_str() } else { &case.name }),
                Value::Count(case.transcripts as u64),
                Value::Count(case.participants as u64),
                Value::Count(case.units as u64),
                Value::Count(case.words),
            ];
            row.extend(case.handed.iter().map(|handed| match handed {
                Handed::NotAsked if case.units == 0 => Value::Missing,
                handed => Value::id(word(handed_key(*handed), language)),
            }));
            if self.own.is_some() {
                let done = self.done(&case.case);
                row.push(
                    done.map_or(Value::Missing, |it| {
                        Value::id(format!("{}/{}", it.done, it.asked))
                    }),
                );
            }
            grid.rows.push(row);
        }
        let mut notes = vec![
            say(
                &msg!(
                    "status.codebook",
                    version = self.codebook,
                    dimensions = self.dimensions,
                    codes = self.codes
                ),
                language,
            ),
            say(&msg!("status.round", round = self.round), language),
        ];
        if let Some(settled) = &self.settled
            && self.coders.len() > 1
        {
            notes.push(say(
                &msg!(
                    "status.discrepancies",
                    n = settled.discrepancies,
                    settled = settled.settled,
                    open = settled.open
                ),
                language,
            ));
        }
        notes.extend(self.last.as_ref().map(|last| say(last, language)));
        notes.push(say(&self.next, language));
        Display { title: self.title.clone(), grids: vec![grid], notes }
    }

    fn records(&self) -> Grid {
        let mut grid =
            Grid::new(&["case", "name", "transcripts", "participants", "units", "words"]);
        grid.columns.extend(self.coders.iter().map(ToString::to_string));
        for case in &self.cases {
            let mut row = vec![
                Value::id(&case.case),
                Value::Text(case.name.clone()),
                Value::Count(case.transcripts as u64),
                Value::Count(case.participants as u64),
                Value::Count(case.units as u64),
                Value::Count(case.words),
            ];
            row.extend(case.handed.iter().map(|handed| Value::id(handed_word(*handed))));
            grid.rows.push(row);
        }
        grid
    }

    fn json(&self) -> serde_json::Value {
        let rows: Vec<serde_json::Value> = self
            .cases
            .iter()
            .map(|case| {
                let coders: serde_json::Map<String, serde_json::Value> = self
                    .coders
                    .iter()
                    .zip(&case.handed)
                    .map(|(coder, handed)| (coder.to_string(), handed_word(*handed).into()))
                    .collect();
                serde_json::json!({
                    "case": case.case.as_str(),
                    "name": case.name,
                    "transcripts": case.transcripts,
                    "participants": case.participants,
                    "units": case.units,
                    "words": case.words,
                    "coders": coders,
                    "decided": self.done(&case.case).map(|it| it.done),
                    "asked": self.done(&case.case).map(|it| it.asked),
                })
            })
            .collect();
        serde_json::json!({
            "schema": "themata.status/1",
            "title": self.title,
            "language": self.language,
            "codebook": self.codebook,
            "round": self.round,
            "discrepancies": self.settled.as_ref().map(|it| serde_json::json!({
                "n": it.discrepancies, "settled": it.settled, "open": it.open
            })),
            "rows": rows,
        })
    }
}
