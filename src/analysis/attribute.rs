//! Columns that the team added to its lists: `case.sector`, `participant.gender`, `transcript.wave`.

use std::cmp::Ordering;

use crate::domain::failure::Failure;
use crate::domain::find;
use crate::domain::study::Study;
use crate::msg;

/// A list with columns of the team's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// cases.csv.
    Case,
    /// participants.csv.
    Participant,
    /// transcripts.csv.
    Transcript,
}

impl List {
    /// Every list.
    pub const ALL: [Self; 3] = [Self::Case, Self::Participant, Self::Transcript];

    /// The word before the dot.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Participant => "participant",
            Self::Transcript => "transcript",
        }
    }
}

/// A column of one of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// The list.
    pub list: List,
    place: usize,
}

impl Attribute {
    /// The column of this name, accents and capitals ignored.
    ///
    /// # Errors
    /// The list has none.
    pub fn of(study: &Study, list: List, name: &str) -> Result<Self, Failure> {
        let columns = Self::names(study, list);
        match columns.iter().position(|it| find::same(it, name)) {
            Some(place) => Ok(Self { list, place }),
            None => Err(Self::unknown(study, list, name)),
        }
    }

    /// The column of exactly this name, as entries of a matrix are made from it.
    ///
    /// # Errors
    /// The list has none.
    pub fn exactly(study: &Study, list: List, name: &str) -> Result<Self, Failure> {
        match Self::names(study, list).iter().position(|it| it == name) {
            Some(place) => Ok(Self { list, place }),
            None => Err(Self::unknown(study, list, name)),
        }
    }

    fn names(study: &Study, list: List) -> &[String] {
        match list {
            List::Case => &study.case_attributes,
            List::Participant => &study.participant_attributes,
            List::Transcript => &study.transcript_attributes,
        }
    }

    fn unknown(study: &Study, list: List, name: &str) -> Failure {
        let what = msg!("matrix.attribute", axis = format!("{}.{name}", list.as_str()));
        let fix = match Self::names(study, list) {
            [] => msg!("matrix.no_attributes.fix"),
            known => msg!("matrix.attribute.fix", known = known.join(", ")),
        };
        Failure::Usage(what, fix)
    }

    /// Row by row of the list, the id and what stands in the column.
    #[must_use]
    pub fn cells<'a>(&self, study: &'a Study) -> Vec<(&'a str, &'a str)> {
        let cell = |id: &'a str, row: &'a Vec<String>| {
            (id, row.get(self.place).map_or("", |cell| cell.trim()))
        };
        match self.list {
            List::Case => {
                study.cases.iter().map(|it| cell(it.id.as_str(), &it.attributes)).collect()
            }
            List::Participant => {
                study.participants.iter().map(|it| cell(it.id.as_str(), &it.attributes)).collect()
            }
            List::Transcript => {
                study.transcripts.iter().map(|it| cell(it.id.as_str(), &it.attributes)).collect()
            }
        }
    }
}

/// What has an order: a number, or a date that begins with its year.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub enum Measure {
    /// A number.
    Number(f64),
    /// A date as it is written; with the year first, the order of the letters is that of time.
    Date(String),
}

impl Measure {
    /// What a value says, if it is a number or a date.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(number) = text.parse::<f64>().ok().filter(|it| it.is_finite()) {
            return Some(Self::Number(number));
        }
        let parts: Vec<&str> = text.splitn(2, '-').collect();
        let is_date = matches!(parts.as_slice(), [year, rest]
            if year.len() == 4 && year.bytes().all(|it| it.is_ascii_digit())
                && rest.bytes().next().is_some_and(|it| it.is_ascii_digit()));
        is_date.then(|| Self::Date(text.to_owned()))
    }
}

/// Puts values of a column in their own order where every one is a number, or every one a date; else they stay as they
/// stand in their file.
pub fn in_own_order(values: &mut [String]) {
    let measures: Option<Vec<Measure>> = values.iter().map(|it| Measure::of(it)).collect();
    let Some(measures) = measures else { return };
    let numbers = measures.iter().filter(|it| matches!(it, Measure::Number(_))).count();
    if numbers == 0 || numbers == values.len() {
        let order = |one: &String, other: &String| {
            let (one, other) = (Measure::of(one), Measure::of(other));
            one.partial_cmp(&other).unwrap_or(Ordering::Equal)
        };
        values.sort_by(order);
    }
}
