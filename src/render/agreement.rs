//! Agreement as tables: one a level, dimensions and codes down, measures across.

mod boundaries;
mod notes;

pub use boundaries::{Cuts, Places};

use serde_json::{Map, Value as Json, json};

use super::grid::{Display, Grid, Value};
use super::provenance::Provenance;
use super::{Report, number};
use crate::analysis::agreement::{
    About, Agreement, Bootstrap, Categories, Definitions, Group, Level, Options, Resampling, Row,
    Single, Why,
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

/// How an interval was made, in the words of the contract.
fn interval(row: &Row) -> String {
    let has_limits = matches!(row.figure, Ok(Estimate { ci95: Some(_), .. }));
    let made = match &row.resampling {
        _ if !has_limits => "none".to_owned(),
        None => "analytic".to_owned(),
        Some(resampling) => bootstrap(resampling),
    };
    if let Some(parameters) = &row.parameters {
        return format!("{made}; {}", boundaries::made(parameters));
    }
    match &row.about {
        About::Mean(left_out) if !left_out.is_empty() => {
            format!("{made}; without {}", left_out.join(", "))
        }
        _ => made,
    }
}

/// How an interval was resampled, in one form that programs can rely on.
fn bootstrap(resampling: &Resampling) -> String {
    let Bootstrap { plan, drawn } = resampling.bootstrap;
    let drawn = drawn.as_str();
    let mut made = format!("bootstrap {drawn}, {} resamples, seed {}", plan.resamples, plan.seed);
    if let Some(cases) = resampling.cases {
        made.push_str(&format!(", {cases} cases"));
    }
    match resampling.found {
        Some(found) if found.undefined > 0 => {
            made.push_str(&format!(", {} undefined", found.undefined));
        }
        _ => {}
    }
    made
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
        if let Some(cuts) = &self.cuts {
            return json!({
                "schema": "themata.agreement/1",
                "coders": self.agreement.coders,
                "level": "boundaries",
                "places": cuts.places.as_str(),
                "left_out": cuts.left_out,
                "rows": self.agreement.groups.iter().flat_map(rows).collect::<Vec<_>>(),
            });
        }
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
            "bootstrap": self.options.bootstrap.map(|it| json!({
                "resample": it.drawn.as_str(),
                "resamples": it.plan.resamples,
                "seed": it.plan.seed,
            })),
            "definitions": self.definitions.iter().map(definitions).collect::<Vec<_>>(),
            "rows": self.agreement.groups.iter().flat_map(rows).collect::<Vec<_>>(),
        })
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

fn definitions(definitions: &Definitions) -> Json {
    let version = |(codebook, decisions): &(String, u64)| json!({ "codebook": codebook, "decisions": decisions });
    json!({
        "versions": definitions.versions.iter().map(version).collect::<Vec<_>>(),
        "differing": definitions.differing,
        "across": definitions.across,
    })
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
        if let Some(parameters) = &row.parameters {
            put("parameters", boundaries::json_of(parameters));
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
        let is_category = |row: &&Row| matches!(row.about, About::Category { .. });
        let (categories, rows): (Vec<&Row>, Vec<&Row>) =
            group.rows.iter().filter(|row| row.level == level).partition(is_category);
        let Some(first) = rows.first() else { return Vec::new() };
        let says = match level {
            Level::Presence => words::word("agree.level.presence", language),
            Level::Value => words::word("agree.level.value", language),
            Level::Sets => words::word("agree.level.sets", language),
            Level::Joint => words::word("agree.level.joint", language),
            Level::Boundaries => words::word("agree.level.boundaries", language),
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
        let categories = per_category(&categories, group, language);
        std::iter::once(figures).chain(counts).chain(categories).collect()
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
}

/// Krippendorff's alpha of each answer against all others.
fn per_category(rows: &[&Row], group: &Group, language: Language) -> Option<Grid> {
    let word = |key| words::word(key, language);
    let alpha = Measure::KrippendorffAlpha.as_str();
    let mut grid =
        Grid::new(&[&word("agree.column.dimension"), &word("agree.column.answer"), "n", alpha]);
    let title = word("agree.per_category");
    grid.title = match &group.name {
        Some(name) => format!("{name} · {title}"),
        None => title,
    };
    for row in rows {
        let About::Category { dimension, answer, .. } = &row.about else { continue };
        let (dimension, answer) = (Value::id(dimension), Value::id(answer));
        grid.rows.push(vec![dimension, answer, Value::Count(row.n), figure(row, language)]);
    }
    (!grid.rows.is_empty()).then_some(grid)
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
