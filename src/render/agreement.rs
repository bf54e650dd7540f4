//! Agreement as tables: one a level, dimensions and codes down, measures across.

use serde_json::{Map, Value as Json, json};

use super::grid::{Display, Grid, Value};
use super::provenance::Provenance;
use super::{Report, number};
use crate::analysis::agreement::{
    About, Agreement, Categories, Group, Level, Options, Row, Single, Why,
};
use crate::msg;
use crate::stats::{Estimate, Measure, Undefined};
use crate::words::{self, Language};

/// The columns of the contract.
const COLUMNS: [&str; 14] = [
    "level",
    "name",
    "measure",
    "value",
    "undefined",
    "se",
    "ci95_low",
    "ci95_high",
    "interval",
    "n",
    "both",
    "only_first",
    "only_second",
    "neither",
];

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
    /// Where the decisions come from; absent for a file.
    pub provenance: Option<Provenance>,
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

/// How an interval was made, in the word of the contract.
fn interval(row: &Row) -> String {
    let made = match &row.figure {
        Ok(Estimate { ci95: Some(_), .. }) => "analytic",
        _ => "none",
    };
    match &row.about {
        About::Mean(left_out) if !left_out.is_empty() => {
            format!("{made}; without {}", left_out.join(", "))
        }
        _ => made.to_owned(),
    }
}

impl Report for AgreementReport {
    fn display(&self, language: Language) -> Display {
        let mut display = Display { title: self.title(language), ..Display::default() };
        for group in &self.agreement.groups {
            for level in Level::ALL {
                display.grids.extend(self.level(group, level, language));
            }
        }
        display.notes = self.notes(language);
        display
    }

    fn records(&self) -> Grid {
        let mut grid = Grid::new(&COLUMNS);
        if let Some(by) = self.by {
            grid.columns.insert(0, by.to_owned());
        }
        for group in &self.agreement.groups {
            for row in &group.rows {
                let mut values = record(row);
                if self.by.is_some() {
                    values.insert(0, Value::id(group.name.as_deref().unwrap_or_default()));
                }
                grid.rows.push(values);
            }
        }
        grid
    }

    fn json(&self) -> Json {
        let rows = |group: &Group| -> Vec<Json> {
            group.rows.iter().map(|row| self.json_row(group, row)).collect()
        };
        let units: u64 = self.agreement.groups.iter().map(|group| group.units).sum();
        let provenance = self.provenance.as_ref();
        json!({
            "schema": "themata.agreement/1",
            "coders": self.agreement.coders,
            "units": units,
            "stage": provenance.map(|_| "independent"),
            "codebook": provenance.map(|it| &it.codebook),
            "round": provenance.and_then(|it| it.round.as_ref()),
            "by": self.by,
            "single": match self.options.single {
                Single::Exclude => "exclude",
                Single::Include => "include",
            },
            "categories": match self.options.categories {
                Categories::Observed => "observed",
                Categories::Codebook => "codebook",
            },
            "given": self.options.given,
            "without_unsure": self.without_unsure,
            "rows": self.agreement.groups.iter().flat_map(rows).collect::<Vec<_>>(),
        })
    }

    fn workbook(&self, language: Language) -> Display {
        Display {
            title: self.title(language),
            grids: vec![self.records()],
            notes: self.notes(language),
        }
    }
}

fn record(row: &Row) -> Vec<Value> {
    let estimate = row.figure.as_ref().ok();
    let limits = estimate.and_then(|it| it.ci95);
    let count = |of: fn(&crate::analysis::agreement::Counts) -> u64| {
        row.counts.as_ref().map_or(Value::Missing, |counts| Value::Count(of(counts)))
    };
    vec![
        Value::id(row.level),
        Value::id(row.about.name()),
        Value::id(row.measure),
        estimate.map(|it| it.value).into(),
        row.figure
            .as_ref()
            .err()
            .map_or(Value::Missing, |why| Value::Id(reason(*why, Language::English))),
        estimate.and_then(|it| it.se).into(),
        limits.map(|(low, _)| low).into(),
        limits.map(|(_, high)| high).into(),
        Value::Id(interval(row)),
        Value::Count(row.n),
        count(|it| it.both),
        count(|it| it.only_first),
        count(|it| it.only_second),
        count(|it| it.neither),
    ]
}

impl AgreementReport {
    fn json_row(&self, group: &Group, row: &Row) -> Json {
        let mut object = Map::new();
        if let Some(by) = self.by {
            object.insert(by.to_owned(), json!(group.name));
        }
        let estimate = row.figure.as_ref().ok();
        let mut put = |key: &str, value: Json| object.insert(key.to_owned(), value);
        put("level", json!(row.level.as_str()));
        put("name", json!(row.about.name()));
        put("measure", json!(row.measure.as_str()));
        put("value", json!(estimate.map(|it| it.value)));
        let undefined = row.figure.as_ref().err().map(|why| reason(*why, Language::English));
        put("undefined", json!(undefined));
        put("se", json!(estimate.and_then(|it| it.se)));
        put("ci95", json!(estimate.and_then(|it| it.ci95).map(|(low, high)| [low, high])));
        put("interval", json!(interval(row)));
        put("n", json!(row.n));
        if let Some(counts) = row.counts {
            put("both", json!(counts.both));
            put("only_first", json!(counts.only_first));
            put("only_second", json!(counts.only_second));
            put("neither", json!(counts.neither));
        }
        if let About::Mean(left_out) = &row.about {
            put("left_out", json!(left_out));
        }
        Json::Object(object)
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

    /// The tables of one level of one group: the figures, and for presence the counts.
    fn level(&self, group: &Group, level: Level, language: Language) -> Vec<Grid> {
        let rows: Vec<&Row> = group.rows.iter().filter(|row| row.level == level).collect();
        let Some(first) = rows.first() else { return Vec::new() };
        let says = match level {
            Level::Presence => words::word("agree.level.presence", language),
            Level::Value => words::word("agree.level.value", language),
            Level::Sets => words::word("agree.level.sets", language),
            Level::Joint => words::word("agree.level.joint", language),
        };
        let title = match &group.name {
            Some(name) => format!("{name} · {says}"),
            None => says,
        };
        let about_codes = rows.iter().any(|row| matches!(row.about, About::Code(..)));
        let heading = if about_codes {
            words::word("agree.column.code", language)
        } else {
            words::word("agree.column.dimension", language)
        };
        let measures: Vec<Measure> =
            rows.iter().take_while(|row| row.about == first.about).map(|row| row.measure).collect();
        let mut figures = Grid::new(&[&heading, "n"]);
        figures.alike = true;
        figures.columns.extend(measures.iter().map(ToString::to_string));
        figures.title = title.clone();
        for of_one in rows.chunk_by(|one, next| same_line(&one.about, &next.about)) {
            let Some(first) = of_one.first() else { continue };
            let mut values = vec![name(&first.about, &rows, language), Value::Count(first.n)];
            for measure in &measures {
                let row = of_one.iter().find(|row| row.measure == *measure);
                values.push(row.map_or(Value::Missing, |row| figure(row, language)));
            }
            figures.rows.push(values);
        }
        let counts = self.counts(&rows, &heading, &title, language);
        std::iter::once(figures).chain(counts).collect()
    }

    fn counts(
        &self,
        rows: &[&Row],
        heading: &str,
        title: &str,
        language: Language,
    ) -> Option<Grid> {
        let [first, second] = self.agreement.coders.as_slice() else { return None };
        let only = |coder: &str| words::say(&msg!("agree.column.only", coder = coder), language);
        let mut grid = Grid::new(&[
            heading,
            &words::word("agree.column.both", language),
            &only(first),
            &only(second),
            &words::word("agree.column.neither", language),
        ]);
        let level = title.split(':').next().unwrap_or_default();
        grid.title = words::say(&msg!("agree.counts", level = level), language);
        for of_one in rows.chunk_by(|one, next| one.about == next.about) {
            let Some((row, counts)) = of_one.first().and_then(|row| Some((row, row.counts?)))
            else {
                continue;
            };
            grid.rows.push(vec![
                name(&row.about, rows, language),
                Value::Count(counts.both),
                Value::Count(counts.only_first),
                Value::Count(counts.only_second),
                Value::Count(counts.neither),
            ]);
        }
        (!grid.rows.is_empty()).then_some(grid)
    }

    fn notes(&self, language: Language) -> Vec<String> {
        let mut notes = Vec::new();
        for group in &self.agreement.groups {
            let prefix = group.name.as_ref().map(|name| format!("{name} · ")).unwrap_or_default();
            for note in entering(group, language) {
                notes.push(format!("{prefix}{note}"));
            }
        }
        let mut say = |message| notes.push(words::say(&message, language));
        let groups = || self.agreement.groups.iter().flat_map(|group| &group.entering);
        if self.options.given {
            say(msg!("agree.note.given", n = groups().map(|it| it.not_given).sum::<u64>()));
        }
        if groups().any(|it| it.single > 0) {
            say(match self.options.single {
                Single::Exclude => msg!("agree.note.exclude"),
                Single::Include => msg!("agree.note.include"),
            });
        }
        if self.without_unsure {
            say(msg!("agree.note.unsure"));
        }
        let rows = || self.agreement.groups.iter().flat_map(|group| &group.rows);
        if rows().any(|row| matches!(row.figure, Ok(Estimate { ci95: Some(_), .. }))) {
            say(msg!("agree.note.interval"));
        }
        self.note_categories(&mut say);
        if rows().any(|row| matches!(row.about, About::Mean(_))) {
            say(msg!("agree.note.mean"));
        }
        for row in rows() {
            if let (About::Mean(left_out), Ok(_)) = (&row.about, &row.figure)
                && !left_out.is_empty()
            {
                let dimensions = left_out.join(", ");
                let (measure, level) = (row.measure, row.level);
                say(msg!(
                    "agree.note.mean_without",
                    measure = measure,
                    level = level,
                    dimensions = dimensions
                ));
            }
        }
        if self.options.no_coefficients && self.options.measures.is_empty() {
            say(msg!("agree.note.no_coefficients"));
        }
        notes.extend(self.provenance.iter().flat_map(|it| it.notes(language)));
        notes
    }

    /// Which categories entered the measures that ask how many there are.
    fn note_categories(&self, say: &mut impl FnMut(crate::domain::message::Message)) {
        let rows = self.agreement.groups.iter().flat_map(|group| &group.rows);
        let used: std::collections::BTreeSet<Measure> = rows
            .map(|row| row.measure)
            .filter(|it| matches!(it, Measure::BrennanPrediger | Measure::GwetAc1))
            .collect();
        if used.is_empty() {
            return;
        }
        let measures: Vec<&str> = used.iter().map(|measure| measure.as_str()).collect();
        let measures = measures.join(", ");
        say(match self.options.categories {
            Categories::Observed => msg!("agree.note.observed", measures = measures),
            Categories::Codebook => msg!("agree.note.codebook", measures = measures),
        });
    }
}

/// Whether two figures stand in one line of the table.
fn same_line(one: &About, next: &About) -> bool {
    match (one, next) {
        (About::Mean(_), About::Mean(_)) => true,
        _ => one == next,
    }
}

/// The name of a line; codes are indented beneath their dimension, if it stands there.
fn name(about: &About, beside: &[&Row], language: Language) -> Value {
    let beneath = || beside.iter().any(|row| matches!(row.about, About::Dimension(_)));
    match about {
        About::Code(name, depth) if beneath() => {
            Value::Id(format!("{}{name}", "  ".repeat(*depth)))
        }
        About::Mean(_) => Value::Text(words::word("agree.mean", language)),
        _ => Value::id(about.name()),
    }
}

/// A figure for people: the number, and its interval beneath.
fn figure(row: &Row, language: Language) -> Value {
    match &row.figure {
        Err(why) => Value::Text(reason(*why, language)),
        Ok(Estimate { value, ci95: None, .. }) => Value::Text(number::shown(*value)),
        Ok(Estimate { value, ci95: Some((low, high)), .. }) => Value::Text(format!(
            "{}\n[{}, {}]",
            number::shown(*value),
            number::shown(*low),
            number::shown(*high)
        )),
    }
}

/// How many units there are and how many enter: one sentence if all dimensions are alike.
fn entering(group: &Group, language: Language) -> Vec<String> {
    let n = group.units;
    let alike = |one: &crate::analysis::agreement::Entering| {
        (one.paired, one.single, one.undecided, one.not_given)
    };
    let Some(first) = group.entering.first() else { return Vec::new() };
    if group.entering.iter().all(|other| alike(other) == alike(first)) {
        let (paired, single, undecided) = (first.paired, first.single, first.undecided);
        let message = msg!(
            "agree.note.units",
            n = n,
            paired = paired,
            single = single,
            undecided = undecided
        );
        return vec![words::say(&message, language)];
    }
    let one = |of: &crate::analysis::agreement::Entering| {
        let message = msg!(
            "agree.note.units_in",
            n = n,
            dimension = of.dimension,
            paired = of.paired,
            single = of.single,
            undecided = of.undecided
        );
        words::say(&message, language)
    };
    group.entering.iter().map(one).collect()
}
