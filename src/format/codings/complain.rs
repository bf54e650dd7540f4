//! A second look at a file in which something is wrong: every fault with its line.
//!
//! Reading numbers and does not keep where anything stands; a file that is in order never comes here.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use super::complaints::Complaints;
use super::layout::{Form, Layout};
use super::meaning::{Meaning, Meanings};
use super::reader::is_ragged;
use super::record::{Record, each};
use super::spelling::key;
use super::texts::{Text, Texts};
use crate::format::table::quotable;
use crate::msg;

/// What a row answers: case, unit, dimension, round and coder.
type About = [Vec<u8>; 5];

/// Where an answer was begun, and what stands there.
#[derive(Clone, Copy)]
struct Seen {
    at: usize,
    meaning: Option<Meaning>,
}

/// Looks for what is wrong.
pub(super) struct Looking<'a> {
    layout: &'a Layout,
    meanings: &'a Meanings,
    texts: HashMap<&'a str, Meaning>,
    seen: BTreeMap<About, Seen>,
    days: usize,
}

/// So many days are named; the rest are of the same kind.
const DAYS: usize = 20;

impl<'a> Looking<'a> {
    /// At a file of this layout, whose texts mean this.
    pub(super) fn at(layout: &'a Layout, meanings: &'a Meanings, texts: &'a Texts) -> Self {
        let pair = |(text, meaning): (&'a Text, &Meaning)| match text {
            Text::Cell(text) => Some((&**text, *meaning)),
            Text::Both(..) => None,
        };
        let texts = texts.list().iter().zip(&meanings.of).filter_map(pair).collect();
        Self { layout, meanings, texts, seen: BTreeMap::new(), days: 0 }
    }

    /// Goes through all rows.
    pub(super) fn through(mut self, bytes: &[u8], separator: u8, complaints: &mut Complaints<'_>) {
        let mut headed = false;
        each(bytes, separator, |record| {
            if !record.is_blank() && std::mem::replace(&mut headed, true) {
                self.row(record, complaints);
            }
            ControlFlow::Continue(())
        });
    }

    fn row(&mut self, record: &Record<'_>, complaints: &mut Complaints<'_>) {
        let (at, layout) = (record.at, self.layout);
        if is_ragged(record, layout.width) {
            let what = msg!("table.ragged", cells = record.len(), columns = layout.width);
            complaints.add(at, None, what, msg!("table.ragged.fix"));
            return;
        }
        let coder = match &layout.form {
            Form::Long { coder, .. } => Some((*coder, "coder")),
            Form::Wide { .. } => None,
        };
        let needed =
            [Some((layout.unit, "unit")), layout.dimension.map(|it| (it, "dimension")), coder];
        for (place, column) in needed.into_iter().flatten() {
            if record.get(place).is_empty() {
                complaints.add(at, Some(column), msg!("codings.blank"), msg!("codings.blank.fix"));
                return;
            }
        }
        let own =
            |place: Option<usize>| place.map(|it| record.get(it).to_vec()).unwrap_or_default();
        let about = [
            own(layout.case),
            own(Some(layout.unit)),
            own(layout.dimension),
            own(layout.round),
            Vec::new(),
        ];
        match &layout.form {
            Form::Long { coder, code, whole, .. } => {
                let name = String::from_utf8_lossy(record.get(*coder));
                let [case, unit, dimension, round, _] = about;
                let about = [case, unit, dimension, round, key(&name).into_bytes()];
                let meaning = self.cell(record, *code, "code", complaints);
                self.long(about, Seen { at, meaning }, *whole, complaints);
            }
            Form::Wide { columns, coders, .. } => {
                for column in columns {
                    let name = coders.get(column.coder).map_or("", String::as_str);
                    self.cell(record, column.place, name, complaints);
                }
                if self.seen.insert(about, Seen { at, meaning: None }).is_some() {
                    complaints.add(
                        at,
                        Some("unit"),
                        msg!("codings.twice"),
                        msg!("codings.twice.fix"),
                    );
                }
            }
        }
    }

    /// What a cell means; says what is wrong with it.
    fn cell(
        &mut self,
        record: &Record<'_>,
        place: usize,
        column: &str,
        complaints: &mut Complaints<'_>,
    ) -> Option<Meaning> {
        let text = std::str::from_utf8(record.get(place)).ok()?;
        let meaning = self.texts.get(text).copied()?;
        if meaning == Meaning::Both {
            complaints.add(
                record.at,
                Some(column),
                msg!("codings.none_beside"),
                msg!("codings.none_beside.fix"),
            );
        }
        if let Meaning::Answer(answer) = meaning {
            let codes = self.meanings.answers.get(answer as usize).into_iter().flatten();
            let code = |it: &u32| self.meanings.codes.get(*it as usize);
            let is_day = codes.filter_map(code).any(|it| self.meanings.days.contains(it));
            if is_day && self.days < DAYS {
                self.days += 1;
                let what = msg!("codings.day", text = text);
                complaints.add(record.at, Some(quotable(column)), what, msg!("codings.day.fix"));
            }
        }
        Some(meaning)
    }

    fn long(&mut self, about: About, now: Seen, whole: bool, complaints: &mut Complaints<'_>) {
        let Some(before) = self.seen.get(&about).copied() else {
            self.seen.insert(about, now);
            return;
        };
        if whole {
            let what = msg!("codings.answered_twice");
            complaints.add(now.at, Some("unit"), what, msg!("codings.answered_twice.fix"));
        }
        let is_none = |seen: &Seen| match seen.meaning {
            Some(Meaning::Answer(answer)) => {
                self.meanings.answers.get(answer as usize).map(|codes| codes.is_empty())
            }
            _ => None,
        };
        match (is_none(&before), is_none(&now)) {
            (Some(one), Some(other)) if one != other => {
                let at = if one { before.at } else { now.at };
                complaints.add(
                    at,
                    Some("code"),
                    msg!("codings.none_beside"),
                    msg!("codings.none_beside.fix"),
                );
            }
            (None, Some(_)) => drop(self.seen.insert(about, now)),
            _ => {}
        }
    }
}
