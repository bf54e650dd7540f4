//! Agreement as tables: one a level, dimensions and codes down, measures across.

mod boundaries;
mod notes;
mod records;
mod tables;

pub use boundaries::{Cuts, Places};

use serde_json::Value as Json;

use super::grid::{Display, Grid, Value};
use super::provenance::Provenance;
use super::{Report, number};
use crate::analysis::agreement::{Agreement, Definitions, Group, Level, Options, Row, Why};
use crate::msg;
use crate::stats::{Estimate, Measure, Undefined};
use crate::words::{self, Language};

/// Agreement, and what people are told of how it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementReport {
    /// The figures.
    pub agreement: Agreement,
    /// What was asked.
    pub options: Options,
    /// What the groups are: `case` or `round`; absent for a single one.
    pub by: Option<&'static str>,
    /// Whether unsure decisions were left out.
    pub without_unsure: bool,
    /// Under which versions the decisions were made, comparison by comparison; none for a file.
    pub definitions: Vec<Definitions>,
    /// Where the decisions come from; absent for a file.
    pub provenance: Option<Provenance>,
    /// What boundaries are counted in, where they are what is compared.
    pub cuts: Option<Cuts>,
}

/// Why there is no figure, in words.
#[must_use]
pub fn reason(why: Why, language: Language) -> String {
    let key = match why {
        Why::EveryDimension => "agree.undefined.every_dimension",
        Why::Measure(undefined) => match undefined {
            Undefined::NoUnits => "agree.undefined.no_units",
            Undefined::NoVariation => "agree.undefined.no_variation",
            Undefined::NeverGiven => "agree.undefined.never_given",
            Undefined::AlwaysGiven => "agree.undefined.always_given",
            Undefined::NotTwoCoders => "agree.undefined.not_two_coders",
            Undefined::NotTwoCategories => "agree.undefined.not_two_categories",
            Undefined::NotForThisData => "agree.undefined.not_for_this",
            Undefined::TooShort => "agree.undefined.too_short",
            Undefined::NothingMarked => "agree.undefined.nothing_marked",
            Undefined::DifferentLengths => "agree.undefined.different_lengths",
            Undefined::MarksOverlap => "agree.undefined.marks_overlap",
            Undefined::TooFewUnits => "agree.undefined.too_few_units",
        },
    };
    words::word(key, language)
}

impl Report for AgreementReport {
    fn display(&self, language: Language) -> Display {
        let mut display = Display { title: self.title(language), ..Display::default() };
        if let Some(cuts) = &self.cuts {
            let table = |group: &Group| self.boundaries(group, language);
            display.grids = self.agreement.groups.iter().map(table).collect();
            display.notes = self.notes_of_cuts(cuts, language);
            return display;
        }
        for group in &self.agreement.groups {
            for level in Level::ALL {
                display.grids.extend(self.level(group, level, language));
            }
        }
        display.notes = self.notes(language);
        display
    }

    fn records(&self) -> Grid {
        self.all_records()
    }

    fn json(&self) -> Json {
        self.all_json()
    }

    fn workbook(&self, language: Language) -> Display {
        Display {
            title: self.title(language),
            grids: vec![self.records()],
            notes: match &self.cuts {
                Some(cuts) => self.notes_of_cuts(cuts, language),
                None => self.notes(language),
            },
        }
    }
}

impl AgreementReport {
    fn title(&self, language: Language) -> String {
        let coders = &self.agreement.coders;
        let and = words::word("agree.and", language);
        let coders = match coders.split_last() {
            Some((last, before)) if !before.is_empty() => {
                format!("{} {and} {last}", before.join(", "))
            }
            _ => coders.join(", "),
        };
        words::say(&msg!("agree.title", coders = coders), language)
    }
}

/// A figure for people: the number, and its interval beneath.
fn figure(row: &Row, language: Language) -> Value {
    match &row.figure {
        Err(why) => {
            let reason = reason(*why, language);
            let percent = Measure::PercentAgreement;
            Value::Text(match row.agreed {
                Some(agreed) => format!("{reason}\n{percent} {}", number::shown(agreed)),
                None => reason,
            })
        }
        Ok(Estimate { value, ci95: None, .. }) => Value::Text(number::shown(*value)),
        Ok(Estimate { value, ci95: Some((low, high)), .. }) => Value::Text(format!(
            "{}\n[{}, {}]",
            number::shown(*value),
            number::shown(*low),
            number::shown(*high)
        )),
    }
}
