//! Agreement for programs: one record a figure, and the same as JSON.

use serde_json::{Map, Value as Json, json};

use super::{AgreementReport, boundaries, reason};
use crate::analysis::agreement::{
    About, Bootstrap, Categories, Counts, Definitions, Group, Resampling, Row, Single,
};
use crate::render::grid::{Grid, Value};
use crate::stats::Estimate;
use crate::words::Language;

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

impl AgreementReport {
    /// Every figure in a row of its own.
    pub(super) fn all_records(&self) -> Grid {
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

    /// Every figure, and what was asked.
    pub(super) fn all_json(&self) -> Json {
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
            "as": self.options.program.map(|it| it.as_str()),
            "bootstrap": self.options.bootstrap.map(|it| json!({
                "resample": it.drawn.as_str(),
                "resamples": it.plan.resamples,
                "seed": it.plan.seed,
            })),
            "definitions": self.definitions.iter().map(definitions).collect::<Vec<_>>(),
            "rows": self.agreement.groups.iter().flat_map(rows).collect::<Vec<_>>(),
        })
    }

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
        if let Some(agreed) = row.agreed {
            put("percent_agreement", json!(agreed));
        }
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

fn record(row: &Row) -> Vec<Value> {
    let estimate = row.figure.as_ref().ok();
    let limits = estimate.and_then(|it| it.ci95);
    let count = |of: fn(&Counts) -> u64| {
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
