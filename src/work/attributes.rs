//! What a team knows of people and cases, brought in from a table of its own: all of it or nothing.
//!
//! A cell that is blank leaves what was there; a column that the list does not have becomes one. Whoever the table names
//! must be in the study already: who speaks is found in transcripts, never in lists.

use crate::domain::case::Case;
use crate::domain::failure::Failure;
use crate::domain::find::NotFound;
use crate::domain::id::CaseId;
use crate::domain::message::Message;
use crate::domain::participant::{Participant, Quotable, Role};
use crate::domain::problem::Problem;
use crate::domain::study::Study;
use crate::format::known::{Held, Known};
use crate::language::fold;
use crate::msg;

/// Headings that name people, folded, ours first.
pub const PEOPLE: [&str; 8] = [
    "participant",
    "participante",
    "pseudonym",
    "pseudonimo",
    "seudonimo",
    "speaker",
    "hablante",
    "id",
];

/// Headings that name cases, folded, ours first.
pub const CASES: [&str; 6] = ["case", "caso", "group", "grupo", "community", "id"];

/// Columns that the program counts itself, as its own lists show them.
const COUNTED: [&str; 6] = ["turns", "words", "units", "transcripts", "participants", "dates"];

/// One cell that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Of whom or of which case.
    pub id: String,
    /// The column.
    pub column: String,
    /// What stood there.
    pub before: String,
    /// What stands there then.
    pub after: String,
}

/// What a table changes in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled<T> {
    /// The list as it is then.
    pub list: Vec<T>,
    /// The columns that the team added to it, the new ones last.
    pub columns: Vec<String>,
    /// Which of these are new.
    pub new: Vec<String>,
    /// Every cell that changes, in the order of the table.
    pub changed: Vec<Changed>,
    /// What was assumed, left out or left as it was.
    pub said: Vec<Message>,
}

/// What a column of the table fills.
enum Column {
    /// A column of ours.
    Own(&'static str),
    /// A column of the team's, by place.
    Team(usize),
    /// Nothing: the program counts it itself.
    Left,
}

/// A list that a table can fill.
trait Listed: Clone + PartialEq {
    /// Our columns that may be filled, each with its headings, folded.
    const OWN: &'static [(&'static str, &'static [&'static str])];
    fn id(&self) -> &str;
    fn find(study: &Study, asked: &str) -> Result<String, NotFound>;
    fn attributes(&mut self) -> &mut Vec<String>;
    fn own(&self, column: &str) -> String;
    /// Fills one of our columns; what is wrong with the value and what to do, where it cannot be.
    fn fill(&mut self, study: &Study, column: &str, text: &str) -> Result<(), (Message, Message)>;
}

impl Listed for Participant {
    const OWN: &'static [(&'static str, &'static [&'static str])] = &[
        ("name", &["name", "nombre"]),
        ("case", &["case", "caso"]),
        ("role", &["role", "rol"]),
        ("quotes", &["quotes", "citas"]),
        ("withdrawn", &["withdrawn"]),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn find(study: &Study, asked: &str) -> Result<String, NotFound> {
        study.find_participant(asked).map(|it| it.id.to_string())
    }

    fn attributes(&mut self) -> &mut Vec<String> {
        &mut self.attributes
    }

    fn own(&self, column: &str) -> String {
        match column {
            "name" => self.name.clone(),
            "case" => self.case.as_ref().map(CaseId::to_string).unwrap_or_default(),
            "role" => self.role.to_string(),
            "quotes" => self.quotes.as_str().to_owned(),
            _ => self.withdrawn.clone(),
        }
    }

    fn fill(&mut self, study: &Study, column: &str, text: &str) -> Result<(), (Message, Message)> {
        match column {
            "name" => text.clone_into(&mut self.name),
            "case" if fold(text) == "none" => self.case = None,
            "case" => {
                let known = study.find_case(text).map_err(|it| (it.what(), it.fix()))?;
                self.case = Some(known.id.clone());
            }
            "role" => {
                let spanish = match fold(text).as_str() {
                    "participante" => Some(Role::Participant),
                    "moderador" | "moderadora" => Some(Role::Moderator),
                    "observador" | "observadora" => Some(Role::Observer),
                    _ => None,
                };
                let role = text.parse().ok().or(spanish);
                self.role = role.ok_or((msg!("known.role"), msg!("known.role.fix")))?;
            }
            "quotes" => {
                let spanish = match fold(text).as_str() {
                    "si" => Some(Quotable::Yes),
                    "preguntar" => Some(Quotable::Ask),
                    _ => None,
                };
                let quotes = text.parse().ok().or(spanish);
                self.quotes = quotes.ok_or((msg!("known.quotes"), msg!("known.quotes.fix")))?;
            }
            _ => return Err((msg!("known.withdrawn"), msg!("known.withdrawn.fix"))),
        }
        Ok(())
    }
}

impl Listed for Case {
    const OWN: &'static [(&'static str, &'static [&'static str])] =
        &[("name", &["name", "nombre"])];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn find(study: &Study, asked: &str) -> Result<String, NotFound> {
        study.find_case(asked).map(|it| it.id.to_string())
    }

    fn attributes(&mut self) -> &mut Vec<String> {
        &mut self.attributes
    }

    fn own(&self, _: &str) -> String {
        self.name.clone()
    }

    fn fill(&mut self, _: &Study, _: &str, text: &str) -> Result<(), (Message, Message)> {
        text.clone_into(&mut self.name);
        Ok(())
    }
}

/// What a table changes in the list of people.
///
/// # Errors
/// It names somebody who is not there, or twice; a value is none of its column: every complaint with its cell.
pub fn people(study: &Study, table: &Known) -> Result<Filled<Participant>, Failure> {
    filled(study, &study.participants, &study.participant_attributes, table)
}

/// What a table changes in the list of cases.
///
/// # Errors
/// As [`people`].
pub fn cases(study: &Study, table: &Known) -> Result<Filled<Case>, Failure> {
    filled(study, &study.cases, &study.case_attributes, table)
}

fn filled<T: Listed>(
    study: &Study,
    list: &[T],
    attributes: &[String],
    table: &Known,
) -> Result<Filled<T>, Failure> {
    let mut filled = Filled {
        list: list.to_vec(),
        columns: attributes.to_vec(),
        new: Vec::new(),
        changed: Vec::new(),
        said: table.said.clone(),
    };
    let columns: Vec<Column> = table.columns.iter().map(|it| column_of(&mut filled, it)).collect();
    for one in &mut filled.list {
        one.attributes().resize(filled.columns.len(), String::new());
    }
    let mut problems = Vec::new();
    let mut named: Vec<String> = Vec::new();
    for row in &table.rows {
        let Some(key) = &row.key else {
            let what = msg!("known.nobody");
            problems.push(Problem::new(row.place.clone(), what, msg!("known.nobody.fix")));
            continue;
        };
        let id = match T::find(study, &key.text) {
            Ok(id) => id,
            Err(missing) => {
                problems.push(Problem::new(key.place.clone(), missing.what(), missing.fix()));
                continue;
            }
        };
        if named.contains(&id) {
            let what = msg!("known.row_twice", id = id);
            problems.push(Problem::new(key.place.clone(), what, msg!("known.row_twice.fix")));
            continue;
        }
        for (column, held) in columns.iter().zip(&row.cells) {
            if let Some(held) = held {
                fill_cell(&mut filled, study, &id, column, held, &mut problems);
            }
        }
        named.push(id);
    }
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    let left = filled.list.len() - named.len();
    if left > 0 {
        filled.said.push(msg!("known.left", n = left));
    }
    Ok(filled)
}

/// What a heading of the table means; a column that the list does not have is added.
fn column_of<T: Listed>(filled: &mut Filled<T>, heading: &Held) -> Column {
    let plain = fold(&heading.text);
    if plain.is_empty() {
        return Column::Left;
    }
    if let Some((own, _)) = T::OWN.iter().find(|(_, all)| all.contains(&plain.as_str())) {
        return Column::Own(own);
    }
    if let Some(place) = filled.columns.iter().position(|it| fold(it) == plain) {
        return Column::Team(place);
    }
    if COUNTED.contains(&plain.as_str()) {
        filled.said.push(msg!("known.counted", column = plain));
        return Column::Left;
    }
    filled.columns.push(heading.text.clone());
    filled.new.push(heading.text.clone());
    Column::Team(filled.columns.len() - 1)
}

fn fill_cell<T: Listed>(
    filled: &mut Filled<T>,
    study: &Study,
    id: &str,
    column: &Column,
    held: &Held,
    problems: &mut Vec<Problem>,
) {
    let Some(one) = filled.list.iter_mut().find(|it| it.id() == id) else { return };
    let (name, before, after) = match column {
        Column::Left => return,
        Column::Own(column) => {
            let before = one.own(column);
            if before == held.text {
                return;
            }
            if let Err((what, fix)) = one.fill(study, column, &held.text) {
                problems.push(Problem::new(held.place.clone(), what, fix));
                return;
            }
            ((*column).to_owned(), before, one.own(column))
        }
        Column::Team(place) => {
            let Some(cell) = one.attributes().get_mut(*place) else { return };
            let before = std::mem::replace(cell, held.text.clone());
            let name = filled.columns.get(*place).cloned().unwrap_or_default();
            (name, before, held.text.clone())
        }
    };
    if before != after {
        filled.changed.push(Changed { id: id.to_owned(), column: name, before, after });
    }
}
