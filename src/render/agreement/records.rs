//! Agreement for programs: one record a figure, and the same as JSON.

use serde_json::{Value as Json, json};

use super::{AgreementReport, boundaries, reason};
use crate::analysis::agreement::{
    About, Bootstrap, Categories, Counts, Definitions, Given, Resampling, Row, Single,
};
use crate::analysis::provenance::Provenance;
use crate::domain::comparison::Stage;
use crate::render::document::{Column, Document, Form, Forms, Table, Value};
use crate::stats::{Estimate, Measure};
use crate::words::Language;

impl AgreementReport {
    /// Every figure in a row of its own, for programs and spreadsheets.
    pub(super) fn records(&self) -> Table {
        let by = self.by.map(|by| Column::new(by).only_in(NOT_ON_A_PAGE));
        // The columns of the contract are those of agreement on independence; another stage stands in every row.
        let after = self.provenance.as_ref().is_some_and(|it| it.stage == Stage::After);
        let stage = || after.then(|| Value::id(Stage::After.as_str()));
        let of_stage = after.then(|| Column::new("stage").only_in(NOT_ON_A_PAGE));
        let mut table = Table::new(by.into_iter().chain(columns()).chain(of_stage).collect());
        for group in &self.agreement.groups {
            for row in &group.rows {
                let name = self.by.map(|_| group.name.as_ref().map_or(Value::Missing, Value::id));
                table.push(name.into_iter().chain(record(row)).chain(stage()));
            }
        }
        table
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

fn definitions(definitions: &Definitions) -> Json {
    let version = |(codebook, decisions): &(String, u64)| json!({ "codebook": codebook, "decisions": decisions });
    json!({
        "versions": definitions.versions.iter().map(version).collect::<Vec<_>>(),
        "differing": definitions.differing,
        "across": definitions.across,
    })
}
