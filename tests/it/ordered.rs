//! Scales: measures of ordered answers against reference figures, by formula and through the command line.

use std::path::Path;

use serde_json::Value;
use themata::stats::{Measure, Ratings, Weights, nominal};

use crate::support::{TestStudy, run_outside};

const TOLERANCE: f64 = 1e-9;

/// The reference data, by name; nothing, with a word about it, where they are not beside the repository.
fn oracles() -> Vec<(String, Value)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/oracles/ordinal/ordinal_oracles.json");
    let Ok(bytes) = std::fs::read(file) else {
        eprintln!("skipped: ../shared is not here");
        return Vec::new();
    };
    let all: Value = serde_json::from_slice(&bytes).unwrap();
    all.as_object().unwrap().iter().map(|(name, it)| (name.clone(), it.clone())).collect()
}

/// The categories of a data set in their order: all that are declared, or those that somebody used.
fn order(data: &Value, used_only: bool) -> Vec<i64> {
    let declared = data["categories_in_order"].as_array().unwrap();
    let used = |category: &i64| {
        let rows = data["ratings"].as_array().unwrap();
        rows.iter().flat_map(|row| row.as_array().unwrap()).any(|it| it.as_i64() == Some(*category))
    };
    let all = declared.iter().map(|it| it.as_i64().unwrap());
    all.filter(|category| !used_only || used(category)).collect()
}

/// Our measures with the names of the reference, and the weights that they take.
fn named(two: bool) -> Vec<(Measure, Weights, &'static str, &'static str)> {
    use Measure::{
        BrennanPredigerWeighted, GwetAc2, KrippendorffAlphaInterval, KrippendorffAlphaOrdinal,
        WeightedKappaLinear, WeightedKappaQuadratic,
    };
    use Weights::{Linear, Quadratic};
    let all = [
        (KrippendorffAlphaOrdinal, Quadratic, "krippendorff_alpha_ordinal", ""),
        (KrippendorffAlphaInterval, Quadratic, "krippendorff_alpha_interval", ""),
        (GwetAc2, Linear, "gwet_ac2_linear", "se"),
        (GwetAc2, Quadratic, "gwet_ac2_quadratic", "se"),
        (BrennanPredigerWeighted, Linear, "brennan_prediger_linear", "se"),
        (BrennanPredigerWeighted, Quadratic, "brennan_prediger_quadratic", "se"),
        (WeightedKappaLinear, Linear, "cohen_kappa_linear", ""),
        (WeightedKappaQuadratic, Quadratic, "cohen_kappa_quadratic", ""),
    ];
    all.into_iter().filter(|(.., name, _)| two || !name.starts_with("cohen")).collect()
}

fn near(at: &str, ours: f64, reference: &Value) {
    let reference = reference.as_f64().unwrap();
    assert!((ours - reference).abs() < TOLERANCE, "{at}: {ours} instead of {reference}");
}

fn ratings(data: &Value, order: &[i64]) -> Ratings {
    let rows: Vec<Vec<Option<u32>>> = data["ratings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let place = |it: &Value| {
                let at = order.iter().position(|category| Some(*category) == it.as_i64())?;
                u32::try_from(at).ok()
            };
            row.as_array().unwrap().iter().map(place).collect()
        })
        .collect();
    let coders = rows[0].len();
    Ratings::from_rows(coders, order.len(), rows.iter().map(Vec::as_slice))
}

#[test]
fn measures_of_a_scale_equal_the_references() {
    for (name, data) in oracles() {
        // The reference takes the categories that it finds for all that there are.
        let table = ratings(&data, &order(&data, true));
        for (measure, weights, key, se) in named(table.coders() == 2) {
            let at = format!("{name} {key}");
            let ours = nominal(measure, &table.clone().with_weights(weights)).estimate().unwrap();
            let reference = &data["expected"][key];
            if se.is_empty() {
                near(&at, ours.value, reference);
            } else {
                near(&at, ours.value, &reference["value"]);
                near(&at, ours.se.unwrap(), &reference["se"]);
                near(&at, ours.ci95.unwrap().0, &reference["ci95"][0]);
                near(&at, ours.ci95.unwrap().1, &reference["ci95"][1]);
            }
        }
    }
}

#[test]
fn they_do_so_through_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    for (name, data) in oracles() {
        let rows = data["ratings"].as_array().unwrap();
        let coders = rows[0].as_array().unwrap().len();
        let heads: Vec<String> = (1..=coders).map(|nth| format!("coder{nth}")).collect();
        let mut csv = format!("unit,{}\n", heads.join(","));
        for (nth, row) in rows.iter().enumerate() {
            let cells = row.as_array().unwrap().iter();
            let cells: Vec<String> =
                cells.map(|it| it.as_i64().map(|it| it.to_string()).unwrap_or_default()).collect();
            csv.push_str(&format!("u{nth},{}\n", cells.join(",")));
        }
        let file = folder.path().join(format!("{name}.csv"));
        std::fs::write(&file, csv).unwrap();
        let order: Vec<String> = order(&data, true).iter().map(i64::to_string).collect();
        for (measure, weights, key, _) in named(coders == 2) {
            let line = format!(
                "agree {} --scale ordered --order={} --weights {} --measure {measure} --format csv",
                file.display(),
                order.join(","),
                weights.as_str()
            );
            let seen = run_outside(&line);
            let row = seen.lines().find(|it| it.contains(measure.as_str()));
            let row = row.unwrap_or_else(|| panic!("{seen}"));
            let value: f64 = row.split(',').nth(3).unwrap().parse().unwrap();
            let reference = &data["expected"][key];
            let reference = if reference.is_object() { &reference["value"] } else { reference };
            near(&format!("{name} {key}"), value, reference);
        }
    }
}

#[test]
fn positions_are_those_of_the_declared_order_used_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("codings.csv");
    std::fs::write(&file, "unit,a,b\n1,low,low\n2,low,middle\n3,middle,middle\n4,none,low\n")
        .unwrap();
    let agree = |more: &str| run_outside(&format!("agree {} {more}", file.display()));
    let value = |order: &str| -> f64 {
        let seen =
            agree(&format!("--scale ordered --order {order} --measure gwet_ac2 --format csv"));
        let row = seen.lines().find(|it| it.contains("gwet_ac2")).unwrap().to_owned();
        row.split(',').nth(3).unwrap().parse().unwrap()
    };
    // By hand, of three positions: weights 1, 3/4, 0; agreement (1 + 3/4 + 1)/3; shares over all four units that somebody put
    // on the scale: low (1 + 1/2 + 0 + 1)/4, middle 1.5/4, high 0; their sum of p(1-p) times T/(q(q-1)) = (3 + 4·3/4)/6 = 1.
    let (low, middle): (f64, f64) = (2.5 / 4.0, 1.5 / 4.0);
    let chance = low * (1.0 - low) + middle * (1.0 - middle);
    let expected = (2.75 / 3.0 - chance) / (1.0 - chance);
    assert!((value("low,middle,high") - expected).abs() < 1e-12);
    assert!(value("low,middle") < value("low,middle,high"), "two positions are all the way apart");
    let told = agree("--scale ordered --order low,middle,high --measure gwet_ac2");
    assert!(told.contains("on 3 units all gave a position, on 1 only some"), "{told}");
    assert!(told.contains("1 decision that is no position is left out"), "{told}");
    assert!(told.contains("quadratic weights"), "{told}");
    for (more, status, says) in [
        ("--scale ordered --order low,high", 2, "middle"),
        ("--scale ordered --order low,middle,LOW", 2, "twice"),
        ("--scale ordered", 2, "--order"),
        ("--order low,middle", 2, "--scale"),
        ("--measure gwet_ac2", 2, "needs a scale"),
    ] {
        let seen = agree(more);
        assert!(seen.contains(says) && seen.ends_with(&format!("[exit {status}]\n")), "{seen}");
    }
}

/// A study whose second dimension is a scale.
fn scaled() -> TestStudy {
    let codebook = crate::desk::CODEBOOK
        .replace("    select: one\n", "    select: one\n    scale: ordered\n")
        .replace("      - {id: warm}\n", "      - {id: warm}\n      - {id: tepid}\n");
    let study = TestStudy::of("en", &["c1", "c2"], &codebook);
    let study =
        study.coded("c1", &["A:2 tone warm", "A:3-4 tone tepid", "A:5 tone none", "B:1 tone tone"]);
    let study =
        study.coded("c2", &["A:2 tone cold", "A:3-4 tone tepid", "A:5 tone cold", "B:1 tone tone"]);
    study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2")
}

#[test]
fn a_dimension_that_is_a_scale_has_its_measures_and_its_cells() {
    let study = scaled();
    let csv = study.run("agree --dimension tone --measure weighted_kappa_linear,krippendorff_alpha_interval --format csv");
    // Two units on the scale: warm–cold and tepid–tepid. Interval: 4·2/4 observed; values 0, 2, 1, 1.
    let value = |measure: &str| -> f64 {
        let row = csv.lines().find(|it| it.contains(measure)).unwrap_or_else(|| panic!("{csv}"));
        row.split(',').nth(3).unwrap().parse().unwrap()
    };
    // D_o = (4 + 4)/4; D_e = Σ n n δ/(4·3) = (2·4 + 2·2·1 + 2·2·1)/12.
    assert!((value("krippendorff_alpha_interval") - (1.0 - 2.0 / (16.0 / 12.0))).abs() < 1e-12);
    // p_o = (0 + 1)/2; p_e over (warm, tepid) × (cold, tepid): (0 + 1/2 + 1/2 + 1)/4.
    assert!((value("weighted_kappa_linear") - 0.0).abs() < 1e-12, "{csv}");
    let told = study.run("agree --dimension tone");
    assert!(told.contains("Krippendorff's alpha, ordinal"), "{told}");
    assert!(told.contains("3 decisions that are no position are left out"), "{told}");
    let many = study.run("agree --dimension leadership --measure gwet_ac2");
    assert!(many.ends_with("[exit 2]\n") && many.contains("no dimension here is one"), "{many}");
}
