//! Agreement for programs: one record a figure, and the same as JSON.

use serde_json::{Value as Json, json};

use super::tables::level_word;
use super::{AgreementReport, boundaries, reason};
use crate::analysis::agreement::{
    About, Bootstrap, Categories, Counts, Definitions, Given, Resampling, Row, Single,
};
use crate::analysis::provenance::Provenance;
use crate::domain::comparison::Stage;
use crate::msg;
use crate::render::document::{Cell, Column, Document, Form, Forms, Table, Value};
use crate::stats::{Estimate, Measure};
use crate::words::{self, Language};

impl AgreementReport {
    /// Every figure in a row of its own, for programs and spreadsheets; people who open a spreadsheet read names in it.
    pub(super) fn records(&self, language: Language) -> Table {
        let by = self.by.map(|by| Column::new(by).only_in(NOT_ON_A_PAGE));
        // The columns of the contract are those of agreement on independence; another stage stands in every row.
        let after = self.provenance.as_ref().is_some_and(|it| it.stage == Stage::After);
        let stage = || after.then(|| Value::id(Stage::After.as_str()));
        let of_stage = after.then(|| Column::new("stage").only_in(NOT_ON_A_PAGE));
        let own = columns().map(|it| match self.heading(&it.name, language) {
            Some(heading) => it.headed(heading),
            None => it,
        });
        let mut table = Table::new(by.into_iter().chain(own).chain(of_stage).collect());
        for group in &self.agreement.groups {
            for row in &group.rows {
                let name = self.by.map(|_| group.name.as_ref().map_or(Value::Missing, Value::id));
                let own = self.told(row, record(row), language);
                let (name, stage) = (name.map(Cell::from), stage().map(Cell::from));
                table.push(name.into_iter().chain(own).chain(stage));
            }
        }
        table
    }

    /// What people read above a column of the contract.
    fn heading(&self, name: &str, language: Language) -> Option<String> {
        let key = match name {
            _ if self.names.are_ids() => return None,
            "only_first" | "only_second" => {
                let at = usize::from(name == "only_second");
                let coder = self.agreement.coders.get(at)?;
                return Some(words::say(&msg!("agree.column.only", coder = coder), language));
            }
            "level" => "agree.column.level",
            "name" => "agree.column.code",
            "measure" => "agree.column.measure",
            "value" => "agree.column.value",
            "undefined" => "agree.column.undefined",
            "se" => "agree.column.se",
            "ci95_low" => "agree.column.low",
            "ci95_high" => "agree.column.high",
            "interval" => "agree.column.interval",
            "both" => "agree.column.both",
            "neither" => "agree.column.neither",
            _ => return None,
        };
        Some(words::word(key, language))
    }

    /// A record with what people read in place of the words of the contract.
    fn told(&self, row: &Row, record: [Value; 20], language: Language) -> Vec<Cell> {
        let mut cells: Vec<Cell> = record.into_iter().map(Cell::from).collect();
        if self.names.are_ids() {
            return cells;
        }
        let mut tell = |at: usize, told: String| {
            if let Some(cell) = cells.get_mut(at) {
                *cell = cell.clone().told(Value::Id(told));
            }
        };
        tell(0, level_word(row.level, language));
        tell(1, self.about(&row.about, language));
        tell(2, self.measure(row.measure, language));
        if let Err(why) = &row.figure {
            tell(4, reason(*why, language));
        }
        match interval(row).as_str() {
            ANALYTIC => tell(10, words::word("agree.interval.analytic", language)),
            NO_INTERVAL => tell(10, words::word("agree.interval.none", language)),
            _ => {}
        }
        cells
    }

    /// What was asked, and where the figures come from, for JSON.
    pub(super) fn asked(&self) -> Document {
        let document =
            Document::new("themata.agreement/1").asked("coders", self.agreement.coders.as_slice());
        if let Some(cuts) = &self.cuts {
            return document
                .asked("level", "boundaries")
                .asked("places", cuts.places.as_str())
                .asked("left_out", cuts.left_out.as_slice());
        }
        let units: u64 = self.agreement.groups.iter().map(|group| group.units).sum();
        let provenance = self.provenance.as_ref();
        let bootstrap = self.options.bootstrap.map(|it| {
            json!({
                "resample": it.drawn.as_str(),
                "resamples": it.plan.resamples,
                "seed": it.plan.seed,
            })
        });
        document
            .asked("units", units)
            .asked("stage", provenance.map(|it| it.stage.as_str()).filter(|it| !it.is_empty()))
            .asked("none", provenance.map(|it| json!({ "n": it.none.0, "by_closing": it.none.1 })))
            .asked("left_out", provenance.map(Provenance::left_out_json))
            .asked("codebook", provenance.map(|it| it.codebook.as_str()))
            .asked("round", provenance.and_then(|it| it.round.as_deref()))
            .asked("by", self.by)
            .asked(
                "single",
                match self.options.single {
                    Single::Exclude => "exclude",
                    Single::Include => "include",
                },
            )
            .asked(
                "categories",
                match self.options.categories {
                    Categories::Observed => "observed",
                    Categories::Codebook => "codebook",
                },
            )
            .asked(
                "given",
                self.options.given.map(|it| match it {
                    Given::Both => "both",
                    Given::Either => "either",
                }),
            )
            .asked("weights", self.has_weights().then(|| self.options.weights.as_str()))
            .asked("without_unsure", self.without_unsure)
            .asked("as", self.options.program.map(|it| it.as_str()))
            .asked("bootstrap", bootstrap)
            .asked("inventory", self.inventory_json())
            .asked("definitions", self.definitions.iter().map(definitions).collect::<Vec<_>>())
    }
}

/// How an interval was made, in the contract.
const ANALYTIC: &str = "analytic";
const NO_INTERVAL: &str = "none";

/// Where figures stand in a row of their own; on a page they stand side by side.
const NOT_ON_A_PAGE: Forms = Forms::ALL.but(Form::Page);

/// The columns of the contract, those that JSON alone has among them.
fn columns() -> impl Iterator<Item = Column> {
    const JSON: Forms = Forms::only(Form::Json);
    const NOT_JSON: Forms = NOT_ON_A_PAGE.but(Form::Json);
    [
        ("level", NOT_ON_A_PAGE),
        ("name", NOT_ON_A_PAGE),
        ("measure", NOT_ON_A_PAGE),
        ("value", NOT_ON_A_PAGE),
        ("undefined", NOT_ON_A_PAGE),
        ("percent_agreement", JSON),
        ("se", NOT_ON_A_PAGE),
        ("ci95", JSON),
        ("ci95_low", NOT_JSON),
        ("ci95_high", NOT_JSON),
        ("interval", NOT_ON_A_PAGE),
        ("n", NOT_ON_A_PAGE),
        ("both", NOT_ON_A_PAGE),
        ("only_first", NOT_ON_A_PAGE),
        ("only_second", NOT_ON_A_PAGE),
        ("neither", NOT_ON_A_PAGE),
        ("positive", JSON),
        ("more_often", JSON),
        ("left_out", JSON),
        ("parameters", JSON),
    ]
    .into_iter()
    .map(|(name, forms)| Column::new(name).only_in(forms))
}

/// The values of a row, in the order of the columns.
fn record(row: &Row) -> [Value; 20] {
    let estimate = row.figure.as_ref().ok();
    let undefined = row.figure.as_ref().err();
    let limits = estimate.and_then(|it| it.ci95);
    let count = |of: fn(&Counts) -> u64| {
        row.counts.as_ref().map_or(Value::Absent, |counts| Value::Count(of(counts)))
    };
    let ci95 = limits.map_or(Value::Missing, |(low, high)| Value::json_only(json!([low, high])));
    let left_out = match &row.about {
        About::Mean(left_out) => Value::Ids(left_out.clone()),
        _ => Value::Absent,
    };
    let parameters = row.parameters.as_ref();
    [
        Value::id(row.level),
        Value::id(row.about.name()),
        Value::id(row.measure),
        estimate.map(|it| it.value).into(),
        undefined.map_or(Value::Missing, |why| Value::Id(reason(*why, Language::English))),
        row.agreed.map_or(Value::Absent, Value::Number),
        estimate.and_then(|it| it.se).into(),
        ci95,
        limits.map(|(low, _)| low).into(),
        limits.map(|(_, high)| high).into(),
        Value::Id(interval(row)),
        Value::Count(row.n),
        count(|it| it.both),
        count(|it| it.only_first),
        count(|it| it.only_second),
        count(|it| it.neither),
        row.positive.as_ref().map_or(Value::Absent, Value::id),
        match &row.more_often {
            Some(coder) => Value::id(coder),
            None if row.measure == Measure::BiasIndex => Value::Missing,
            None => Value::Absent,
        },
        left_out,
        parameters.map_or(Value::Absent, |it| Value::json_only(boundaries::json_of(it))),
    ]
}

/// How an interval was made, in the words of the contract.
fn interval(row: &Row) -> String {
    let has_limits = matches!(row.figure, Ok(Estimate { ci95: Some(_), .. }));
    let made = match &row.resampling {
        _ if !has_limits => NO_INTERVAL.to_owned(),
        None => ANALYTIC.to_owned(),
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

fn definitions(definitions: &Definitions) -> Json {
    let version = |(codebook, decisions): &(String, u64)| json!({ "codebook": codebook, "decisions": decisions });
    json!({
        "versions": definitions.versions.iter().map(version).collect::<Vec<_>>(),
        "differing": definitions.differing,
        "across": definitions.across,
    })
}
