//! Where a study stands.

use serde_json::{Value as Json, json};

use super::Report;
use super::document::{Cell, Column, Document, Form, Forms, Note, Table, Value};
use crate::domain::id::CaseId;
use crate::domain::message::Message;
use crate::msg;
use crate::words::{Language, say, word};
use crate::work::ask::{CaseStanding, Done, Handed, Share, Standing};

/// Where a study stands, ready to be shown.
#[derive(Debug)]
pub struct StatusReport(pub Standing);

impl StatusReport {
    fn done(&self, case: &CaseId) -> Option<&Done> {
        self.0.own.as_ref()?.iter().find(|it| it.case == *case)
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
        columns.extend(self.0.coders.iter().map(|it| Column::new(it.as_str()).only_in(csv)));
        columns.push(Column::new("coders").only_in(json));
        columns.push(Column::new("decided").only_in(json));
        columns.push(Column::new("asked").only_in(json));
        columns.push(Column::new("shares").only_in(json));
        columns
    }

    fn row(&self, case: &CaseStanding) -> Vec<Cell> {
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
        let coders = self.0.coders.iter().map(ToString::to_string).zip(handed).collect();
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
    fn shares_json(&self, case: &CaseStanding) -> Json {
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
        Json::Object(self.0.coders.iter().map(ToString::to_string).zip(shares).collect())
    }

    /// Case by coder: what is asked, decided and sealed; of others' work that is not sealed only that it is not.
    fn shares(&self, language: Language) -> Table {
        let people = |column: Column| column.only_in(Forms::PEOPLE);
        let case = people(Column::new("case").headed(word("status.case", language)));
        let coders = self.0.coders.iter().map(|it| people(Column::new(it.as_str())));
        let mut table = Table::new(std::iter::once(case).chain(coders).collect())
            .titled(word("status.shares", language));
        table.leading = 1;
        for case in self.0.cases.iter().filter(|case| case.units > 0 && !self.0.coders.is_empty()) {
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
                version = self.0.codebook,
                dimensions = self.0.dimensions,
                codes = self.0.codes
            ),
            msg!("status.round", round = self.0.round),
        ];
        if let Some(settled) = &self.0.settled
            && self.0.coders.len() > 1
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
        notes.extend(self.0.wordings.said());
        notes.extend(self.0.last.clone());
        notes.push(self.0.next.clone());
        notes
    }
}

impl Report for StatusReport {
    fn document(&self, language: Language) -> Document {
        let mut table = Table::new(self.columns(language));
        table.rows = self.0.cases.iter().map(|case| self.row(case)).collect();
        let settled = self.0.settled.as_ref();
        let document = Document::new("themata.status/1")
            .titled(self.0.title.as_str())
            .asked("title", self.0.title.as_str())
            .asked("language", self.0.language.as_str())
            .asked("codebook", self.0.codebook.as_str())
            .asked("round", self.0.round.as_str())
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
