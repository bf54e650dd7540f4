//! `events.csv`: what happened to a study besides decisions. The grammar of a row is [`What`]'s.

use super::records::{Logged, arranged, cell, list, never, read, seq};
use super::rows::{self, Columns};
use crate::domain::event::{Event, Unread, What};
use crate::domain::id::CoderId;
use crate::domain::problem::{Place, Problem};
use crate::msg;

/// The columns of `events.csv`; rows of before lack the last.
pub const COLUMNS: [&str; 6] = ["at", "event", "who", "about", "reason", "seq"];

/// Reads `events.csv`.
///
/// A row that says nothing is a problem, and so is one whose event this program does not know.
pub fn read_events(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Logged<Event> {
    let mut unread: Vec<(u32, Unread)> = Vec::new();
    let mut numbered = false;
    let (rows, torn) = read(file, bytes, Columns::grown(&COLUMNS), never, problems, |line| {
        let at = cell(line, 0)?;
        let seq = seq(line, 5, &mut numbered)?;
        let who: Vec<CoderId> = list(line, 2)?;
        let place = Place::line(file, u64::from(line.number));
        match What::read(line.get(1).trim(), line.text(3).as_str(), who.len()) {
            Ok(what) => Ok(Some(Event { seq, at, who, what, reason: line.text(4), place })),
            Err(why) => {
                unread.push((line.number, why));
                Ok(None)
            }
        }
    });
    problems.extend(unread.into_iter().map(|(line, why)| problem(file, line, why)));
    (rows.into_iter().flatten().collect(), torn)
}

/// Puts rows of all copies in order, equal ones once: rows of before by time, then all others by seq, in either case then
/// by their bytes; rounds of one seq by id.
#[must_use]
pub fn in_order(events: Vec<Event>) -> Vec<Event> {
    arranged(events, write_event, |event| {
        let round = match &event.what {
            What::Round { round, .. } => Some(round.clone()),
            _ => None,
        };
        (event.seq, event.seq.is_none().then_some(event.at), round)
    })
}

fn problem(file: &str, line: u32, why: Unread) -> Problem {
    let at = Place::line(file, u64::from(line));
    match why {
        Unread::Kind => {
            Problem::new(at.column("event"), msg!("events.kind"), msg!("events.kind.fix"))
        }
        Unread::About => {
            Problem::new(at.column("about"), msg!("events.about"), msg!("log.row.fix"))
        }
        Unread::Who => Problem::new(at.column("who"), msg!("events.who"), msg!("log.row.fix")),
    }
}

/// One row of `events.csv`, with its LF.
#[must_use]
pub fn write_event(event: &Event) -> Vec<u8> {
    let who: Vec<&str> = event.who.iter().map(CoderId::as_str).collect();
    rows::write(&[
        &event.at.to_string(),
        event.what.word(),
        &who.join("; "),
        &event.what.about(),
        &event.reason,
        &event.seq.map(|seq| seq.to_string()).unwrap_or_default(),
    ])
}
