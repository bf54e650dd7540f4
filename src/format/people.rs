//! `cases.csv`, `participants.csv` and `transcripts.csv`: lists with columns of the team's own.

use std::collections::BTreeSet;

use super::table::{Row, Table, write};
use crate::domain::case::Case;
use crate::domain::participant::{Participant, Quotable, Role};
use crate::domain::problem::Problem;
use crate::domain::transcript::Transcript;
use crate::msg;

const CASES: &[&str] = &["case", "name"];
const PARTICIPANTS: &[&str] = &["participant", "name", "case", "role", "quotes", "withdrawn"];
const TRANSCRIPTS: &[&str] =
    &["transcript", "case", "name", "date", "language", "source", "source_sha256", "text_sha256"];

/// A list, and the names of the columns that the team added.
pub type Listed<T> = (Vec<T>, Vec<String>);

/// Reads `cases.csv`.
pub fn read_cases(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Listed<Case> {
    read(file, bytes, CASES, &["case"], problems, |table, row, attributes, problems| {
        Some(Case {
            id: table.parse(row, "case", problems)?,
            name: table.get(row, "name").to_owned(),
            attributes,
        })
    })
}

/// Reads `participants.csv`.
pub fn read_participants(
    file: &str,
    bytes: &[u8],
    problems: &mut Vec<Problem>,
) -> Listed<Participant> {
    read(
        file,
        bytes,
        PARTICIPANTS,
        &["participant", "role"],
        problems,
        |table, row, attributes, problems| {
            let id = table.parse(row, "participant", problems);
            let case = match table.get(row, "case") {
                "" => Some(None),
                _ => table.parse(row, "case", problems).map(Some),
            };
            let role = match table.get(row, "role") {
                "" => Some(Role::Unknown),
                _ => table.parse(row, "role", problems),
            };
            let quotes: Option<Quotable> = table.parse(row, "quotes", problems);
            Some(Participant {
                id: id?,
                name: table.get(row, "name").to_owned(),
                case: case?,
                role: role?,
                quotes: quotes?,
                withdrawn: table.get(row, "withdrawn").to_owned(),
                attributes,
            })
        },
    )
}

/// Reads `transcripts.csv`; the paragraphs come from the transcripts' own files.
pub fn read_transcripts(
    file: &str,
    bytes: &[u8],
    problems: &mut Vec<Problem>,
) -> Listed<Transcript> {
    let required = ["transcript", "case", "text_sha256"];
    read(file, bytes, TRANSCRIPTS, &required, problems, |table, row, attributes, problems| {
        let get = |column| table.get(row, column).to_owned();
        Some(Transcript {
            id: table.parse(row, "transcript", problems)?,
            case: table.parse(row, "case", problems)?,
            name: get("name"),
            date: get("date"),
            language: get("language"),
            source: get("source"),
            source_sha256: get("source_sha256"),
            text_sha256: get("text_sha256"),
            attributes,
            paragraphs: Vec::new(),
        })
    })
}

/// Reads a list whose first known column holds an id, each id once.
fn read<T>(
    file: &str,
    bytes: &[u8],
    known: &[&'static str],
    required: &[&str],
    problems: &mut Vec<Problem>,
    mut one: impl FnMut(&Table, &Row, Vec<String>, &mut Vec<Problem>) -> Option<T>,
) -> Listed<T> {
    let table = Table::read(file, bytes, required, problems);
    let mut list = Vec::new();
    let mut seen = BTreeSet::new();
    let key = known[0];
    for row in &table.rows {
        let id = table.get(row, key);
        if !seen.insert(id.to_ascii_lowercase()) {
            let id = super::table::quotable(id);
            problems.push(Problem::new(
                table.place(row, key),
                msg!("people.twice", id = id),
                msg!("people.twice.fix"),
            ));
            continue;
        }
        list.extend(one(&table, row, table.other_cells(row, known), problems));
    }
    (list, table.others(known))
}

fn headings(known: &[&str], attributes: &[String]) -> Vec<String> {
    known.iter().map(|column| (*column).to_owned()).chain(attributes.iter().cloned()).collect()
}

/// Writes `cases.csv`.
#[must_use]
pub fn write_cases(cases: &[Case], attributes: &[String]) -> Vec<u8> {
    write(
        &headings(CASES, attributes),
        cases.iter().map(|case| {
            let known = [case.id.as_str(), &case.name];
            known.into_iter().chain(case.attributes.iter().map(String::as_str)).collect::<Vec<_>>()
        }),
    )
}

/// Writes `participants.csv`.
#[must_use]
pub fn write_participants(participants: &[Participant], attributes: &[String]) -> Vec<u8> {
    write(
        &headings(PARTICIPANTS, attributes),
        participants.iter().map(|person| {
            let case = person.case.as_ref().map_or("", |case| case.as_str());
            let (role, quotes) = (person.role.as_str(), person.quotes.as_str());
            let known = [person.id.as_str(), &person.name, case, role, quotes, &person.withdrawn];
            known
                .into_iter()
                .chain(person.attributes.iter().map(String::as_str))
                .collect::<Vec<_>>()
        }),
    )
}

/// Writes `transcripts.csv`.
#[must_use]
pub fn write_transcripts(transcripts: &[Transcript], attributes: &[String]) -> Vec<u8> {
    write(
        &headings(TRANSCRIPTS, attributes),
        transcripts.iter().map(|it| {
            let known = [
                it.id.as_str(),
                it.case.as_str(),
                &it.name,
                &it.date,
                &it.language,
                &it.source,
                &it.source_sha256,
                &it.text_sha256,
            ];
            known.into_iter().chain(it.attributes.iter().map(String::as_str)).collect::<Vec<_>>()
        }),
    )
}
