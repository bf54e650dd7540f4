//! Agreement as tables: one a level, dimensions and codes down, measures across.

mod assumed;
mod boundaries;
mod notes;
mod records;
mod tables;

pub use boundaries::Cuts;

use super::document::{Document, Figure, Value};
use super::names::{Named, Names};
use super::pictures::forest;
use super::{Report, number};
use crate::analysis::agreement::{About, Agreement, Definitions, Level, Options, Row, Why};
use crate::analysis::codings::Inventory;
use crate::analysis::provenance::Provenance;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::msg;
use crate::stats::{Estimate, Measure, Undefined};
use crate::words::{self, Language};
use crate::work::ask::{AgreeAnswer, AgreeAsk, BoundariesAnswer, By};

/// Agreement, and what people are told of how it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementReport {
    /// The figures.
    pub agreement: Agreement,
    /// What dimensions, codes and measures are called.
    pub names: Names,
    /// What was asked.
    pub options: Options,
    /// What the groups are: `case` or `round`; absent for a single one.
    pub by: Option<&'static str>,
    /// What was assumed of a file, a sentence each.
    pub assumed: Vec<Message>,
    /// Of a file, which answers are in use and who decided how much.
    pub inventory: Option<Inventory>,
    /// Whether unsure decisions were left out.
    pub without_unsure: bool,
    /// Under which versions the decisions were made, comparison by comparison; none for a file.
    pub definitions: Vec<Definitions>,
    /// Where the decisions come from; absent for a file.
    pub provenance: Option<Provenance>,
    /// What boundaries are counted in, where they are what is compared.
    pub cuts: Option<Cuts>,
}

impl AgreementReport {
    /// Figures of no study, of which nothing more is known.
    #[must_use]
    pub fn new(agreement: Agreement, options: Options, ids: bool) -> Self {
        Self {
            agreement,
            names: Names::without(ids),
            options,
            by: None,
            assumed: Vec::new(),
            inventory: None,
            without_unsure: false,
            definitions: Vec::new(),
            provenance: None,
            cuts: None,
        }
    }

    /// The figures of a study.
    #[must_use]
    pub fn of(study: &Study, answer: AgreeAnswer, ask: &AgreeAsk) -> Self {
        let AgreeAnswer { agreement, options, definitions, provenance, requirement: _ } = answer;
        Self {
            names: Names::of(study, ask.ids),
            definitions,
            provenance,
            ..Self::new(agreement, options, ask.ids).with_ask(ask)
        }
    }

    /// The figures of cuts.
    #[must_use]
    pub fn cuts(answer: BoundariesAnswer, names: Names) -> Self {
        let BoundariesAnswer { agreement, options, places, left_out } = answer;
        let cuts = Some(Cuts { places, left_out });
        Self { names, by: Some("transcript"), cuts, ..Self::new(agreement, options, false) }
    }

    /// The same, with what was asked.
    #[must_use]
    pub fn with_ask(self, ask: &AgreeAsk) -> Self {
        let by = if ask.pairs { Some("pair") } else { ask.by.map(By::as_str) };
        Self { by, without_unsure: ask.without_unsure, ..self }
    }
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
            Undefined::NotGivenByCoder => "agree.undefined.not_given_by_coder",
            Undefined::NotInStandard => "agree.undefined.not_in_standard",
            Undefined::AlwaysGiven => "agree.undefined.always_given",
            Undefined::NotTwoCoders => "agree.undefined.not_two_coders",
            Undefined::NotTwoCategories => "agree.undefined.not_two_categories",
            Undefined::NoPositive => "agree.undefined.no_positive",
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
    fn document(&self, language: Language) -> Document {
        let mut document = self.asked().titled(self.title(language)).table(self.records(language));
        if let Some(cuts) = &self.cuts {
            for group in &self.agreement.groups {
                document = document.table(self.boundaries(group, language));
            }
            return document.notes(self.notes_of_cuts(cuts));
        }
        for group in &self.agreement.groups {
            for level in Level::ALL {
                for table in self.level(group, level, language) {
                    document = document.table(table);
                }
            }
        }
        document.notes(self.notes(language))
    }

    fn figure(&self, language: Language) -> Option<Figure> {
        let measures = [
            Measure::KrippendorffAlpha,
            Measure::KrippendorffAlphaMasi,
            Measure::KrippendorffAlphaOrdinal,
            Measure::GwetAc1,
            Measure::CohenKappa,
            Measure::PercentAgreement,
        ];
        let rows = || self.agreement.groups.iter().flat_map(|it| &it.rows);
        let known = |measure: &&Measure| rows().any(|row| row.measure == **measure);
        let measure =
            measures.iter().find(known).copied().or(rows().next().map(|it| it.measure))?;
        let lines = self.agreement.groups.iter().flat_map(|group| {
            let of = group.rows.iter().filter(move |row| row.measure == measure);
            of.map(move |row| self.line(group.name.as_deref(), row, language))
        });
        let forest =
            forest::Forest { measure: self.measure(measure, language), lines: lines.collect() };
        Some(forest.figure(language))
    }
}

impl AgreementReport {
    fn line(&self, group: Option<&str>, row: &Row, language: Language) -> forest::Line {
        let about = self.about(&row.about, language);
        let name = match group {
            Some(group) => format!("{}: {about}", self.group(group, language)),
            None => about,
        };
        let (value, interval, why) = match &row.figure {
            Ok(it) => (Some(it.value), it.ci95, String::new()),
            Err(why) => (None, None, reason(*why, language)),
        };
        forest::Line { name, value, interval, why, n: row.n }
    }

    /// What a figure is about, for people.
    fn about(&self, about: &About, language: Language) -> String {
        match about {
            About::Mean(_) => words::word("agree.mean", language),
            About::Category { dimension, answer, .. } => {
                let dimension = self.names.text(Named::Code, dimension, language);
                format!("{dimension}: {}", self.names.answer(answer, language))
            }
            about => self.names.text(Named::Code, about.name(), language).to_owned(),
        }
    }

    /// What a group is called: a case by name, everything else as it is.
    fn group<'a>(&'a self, name: &'a str, language: Language) -> &'a str {
        match self.by {
            Some("case") => self.names.text(Named::Case, name, language),
            _ => name,
        }
    }

    /// What a measure is called.
    fn measure(&self, measure: Measure, language: Language) -> String {
        self.names.measure(measure, language)
    }

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
fn figure(row: &Row, names: &Names, language: Language) -> Value {
    match &row.figure {
        Err(why) => {
            let reason = reason(*why, language);
            let percent = names.measure(Measure::PercentAgreement, language);
            Value::Text(match row.agreed {
                Some(agreed) => format!("{reason}\n{percent} {}", number::shown(agreed)),
                None => reason,
            })
        }
        Ok(Estimate { value, .. }) if row.more_often.is_some() => {
            let coder = row.more_often.as_deref().unwrap_or_default();
            let more = words::say(&msg!("agree.more_often", coder = coder), language);
            Value::Text(format!("{}\n{more}", number::shown(*value)))
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
