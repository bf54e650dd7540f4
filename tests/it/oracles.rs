//! The agreement engine against reference data: every file of `shared/oracles`, value by value.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use themata::stats::{
    Coefficient, Continuum, Estimate, FourCounts, Marked, Measure, Plan, Ratings, Segmentation,
    SetRatings, Undefined, alpha, elsewhere, gamma, nominal, resample_units, sets, unitizing,
};

const TOLERANCE: f64 = 1e-9;

/// The files of one folder of oracles, by name; empty, with a word about it, where the folder is
/// not beside the repository.
fn oracles(folder: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracles").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: ../shared is not here");
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let read = |path: &PathBuf| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    paths
        .iter()
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), read(path)))
        .collect()
}

/// What differs from the reference, collected so that one run shows all of it.
#[derive(Default)]
struct Differences {
    found: Vec<String>,
    compared: usize,
}

impl Differences {
    fn number(&mut self, at: &str, ours: f64, reference: &Value) {
        self.compared += 1;
        let reference = reference.as_f64().unwrap();
        if (ours - reference).abs() > TOLERANCE || ours.is_nan() {
            self.found.push(format!("{at}: {ours} instead of {reference}"));
        }
    }

    fn optional(&mut self, at: &str, ours: Option<f64>, reference: Option<&Value>) {
        match (ours, reference) {
            (Some(ours), Some(reference)) => self.number(at, ours, reference),
            (None, None) => self.compared += 1,
            (ours, reference) => {
                self.found.push(format!("{at}: {ours:?} instead of {reference:?}"))
            }
        }
    }

    /// Value, standard error and interval; `with_se` false: the reference gives none, so ours is
    /// free.
    fn coefficient(&mut self, at: &str, ours: Coefficient, reference: &Value, with_se: bool) {
        let value = reference.get("value").unwrap_or(reference);
        let Coefficient::Value(Estimate { value: number, se, ci95, .. }) = ours else {
            self.compared += 1;
            if !value.is_null() {
                self.found.push(format!("{at}: {ours:?} instead of {value}"));
            }
            return;
        };
        if value.is_null() {
            self.found.push(format!("{at}: {number} instead of undefined"));
            return;
        }
        self.number(at, number, value);
        if with_se {
            let limits = reference.get("ci95");
            self.optional(&format!("{at} se"), se, reference.get("se"));
            self.optional(&format!("{at} low"), ci95.map(|ci| ci.0), limits.map(|ci| &ci[0]));
            self.optional(&format!("{at} high"), ci95.map(|ci| ci.1), limits.map(|ci| &ci[1]));
        }
    }

    fn check(&self, at_least: usize, here: bool) {
        assert!(
            self.found.is_empty(),
            "{} of {}:\n{}",
            self.found.len(),
            self.compared,
            self.found.join("\n")
        );
        assert!(!here || self.compared >= at_least, "only {} figures were compared", self.compared);
    }
}

/// The ratings of a file: its own categories where it declares them, else those that occur, in
/// order.
fn ratings(file: &Value) -> (Ratings, Vec<String>) {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let rows: Vec<Vec<Option<String>>> = file["ratings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row.as_array().unwrap().iter().map(text).collect())
        .collect();
    let categories: Vec<String> =
        file["categories"].as_array().unwrap().iter().map(|c| text(c).unwrap()).collect();
    let index: BTreeMap<&str, u32> = categories.iter().map(String::as_str).zip(0..).collect();
    let rows: Vec<Vec<Option<u32>>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.as_ref().map(|code| index[code.as_str()])).collect())
        .collect();
    let coders = file["coders"].as_array().unwrap().len();
    (Ratings::from_rows(coders, categories.len(), rows.iter().map(Vec::as_slice)), categories)
}

type SetRow = Vec<Option<Vec<u32>>>;

fn set_rows(file: &Value) -> Vec<SetRow> {
    let codes: Vec<&str> =
        file["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    let number = |code: &Value| {
        codes.iter().position(|&known| known == code.as_str().unwrap()).unwrap() as u32
    };
    let set = |answer: &Value| answer.as_array().map(|given| given.iter().map(number).collect());
    let coders = file["coders"].as_array().unwrap();
    let unit =
        |unit: &Value| coders.iter().map(|coder| set(&unit[coder.as_str().unwrap()])).collect();
    file["units"].as_array().unwrap().iter().map(unit).collect()
}

/// Whether the reference states standard errors for this measure.
fn has_se(measure: &str) -> bool {
    !matches!(
        measure,
        "holsti"
            | "light_kappa"
            | "pabak"
            | "prevalence_index"
            | "bias_index"
            | "positive_agreement"
            | "negative_agreement"
            | "holsti_code_presence"
    )
}

fn compare_measures(
    differences: &mut Differences,
    name: &str,
    ratings: &Ratings,
    expected: &Value,
) {
    for (measure, reference) in expected.as_object().unwrap() {
        let Ok(known) = measure.parse::<Measure>() else { continue };
        differences.coefficient(
            &format!("{name} {measure}"),
            nominal(known, ratings),
            reference,
            has_se(measure),
        );
    }
}

fn compare_by_category(
    differences: &mut Differences,
    name: &str,
    table: &Ratings,
    (list, categories): (&Value, &[String]),
) {
    for (category, ours) in categories.iter().zip(alpha::krippendorff_alpha_by_category(table)) {
        let reference = list.get(category).unwrap_or(&Value::Null);
        differences.coefficient(&format!("{name} alpha of {category}"), ours, reference, false);
    }
}

#[test]
fn nominal_measures_equal_the_references() {
    let mut differences = Differences::default();
    let files = oracles("agreement");
    for (name, file) in files.iter().filter(|(_, file)| file.get("ratings").is_some()) {
        let (table, categories) = ratings(file);
        let expected = &file["expected"];
        compare_measures(&mut differences, name, &table, expected);
        // The largest files have no alphas by category; elsewhere a category that the list lacks
        // was used by nobody.
        let by_category = &expected["krippendorff_alpha"]["by_category"];
        if by_category.is_object() {
            compare_by_category(&mut differences, name, &table, (by_category, &categories));
        }
        if let Some(reference) = expected.get("table") {
            let ours = FourCounts::of(&table).unwrap();
            assert_eq!(
                serde_json::json!([ours.both, ours.only_first, ours.only_second, ours.neither]),
                *reference,
                "{name}"
            );
        }
    }
    differences.check(1700, !files.is_empty());
}

#[test]
fn measures_of_sets_equal_the_references() {
    let mut differences = Differences::default();
    let files = oracles("agreement");
    for (name, file) in files.iter().filter(|(_, file)| file.get("units").is_some()) {
        let rows = set_rows(file);
        let table = SetRatings::from_rows(
            rows[0].len(),
            rows.iter().map(|row| row.iter().map(Option::as_deref)),
        );
        let expected = &file["expected"];
        for measure in [Measure::KrippendorffAlphaMasi, Measure::KrippendorffAlphaJaccard] {
            let at = format!("{name} {measure}");
            differences.coefficient(&at, sets(measure, &table), &expected[measure.as_str()], false);
        }
        let whole = alpha::krippendorff_alpha(table.whole_answers());
        differences.coefficient(
            name,
            whole,
            &expected["krippendorff_alpha_nominal_whole_sets"],
            false,
        );
        let equal = sets(Measure::PercentAgreement, &table);
        differences.coefficient(name, equal, &expected["percent_agreement_whole_sets"], false);
    }
    differences.check(16, !files.is_empty());
}

#[test]
fn each_code_given_or_not_equals_the_references() {
    let mut differences = Differences::default();
    let files = oracles("agreement");
    for (name, file) in files.iter().filter(|(_, file)| file.get("units").is_some()) {
        let rows = set_rows(file);
        let codes: Vec<&str> =
            file["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
        for (code, expected) in file["expected_by_code_presence"].as_object().unwrap() {
            let number = codes.iter().position(|known| known == code).unwrap() as u32;
            let given = |answer: &Option<Vec<u32>>| {
                answer.as_ref().map(|codes| u32::from(codes.contains(&number)))
            };
            let rows: Vec<Vec<Option<u32>>> =
                rows.iter().map(|row| row.iter().map(given).collect()).collect();
            let table = Ratings::from_rows(rows[0].len(), 2, rows.iter().map(Vec::as_slice));
            compare_measures(&mut differences, &format!("{name} {code}"), &table, expected);
        }
    }
    differences.check(2000, !files.is_empty());
}

#[test]
fn what_irr_for_r_prints_is_reproduced() {
    let mut differences = Differences::default();
    let files = oracles("agreement");
    let mut printed = 0;
    for (name, file) in files.iter().filter(|(_, file)| file.get("ratings").is_some()) {
        let ours = ratings(file).0;
        for (measure, theirs) in file["by_implementation"]["irr 0.84.1"].as_object().unwrap() {
            let ours = elsewhere::irr(measure.parse().unwrap(), &ours);
            let at = format!("{name} {measure}");
            match (theirs.as_f64(), ours.value()) {
                // It prints NaN, or stops, where there is no figure.
                (None, ours) => assert_eq!(ours, None, "{at}: {theirs}"),
                (Some(_), None) => panic!("{at}: {theirs}, not {ours:?}"),
                (Some(_), Some(ours)) => differences.number(&at, ours, theirs),
            }
            printed += 1;
        }
    }
    differences.check(150, !files.is_empty());
    assert!(files.is_empty() || printed > 180, "{printed}");
}

fn lengths(segments: &Value) -> Segmentation {
    let lengths: Vec<u64> =
        segments.as_array().unwrap().iter().map(|length| length.as_u64().unwrap()).collect();
    Segmentation::from_lengths(&lengths)
}

#[test]
fn comparisons_of_segmentations_equal_the_references() {
    use themata::stats::segmentation::{
        Edits, boundary_similarity, pk, segmentation_similarity, window_diff,
    };
    let mut differences = Differences::default();
    let files = oracles("segmentation");
    for (name, file) in &files {
        let (a, b) = (lengths(&file["segmentation_a"]), lengths(&file["segmentation_b"]));
        let expected = &file["expected"];
        assert_eq!(a.window(), expected["window_size"].as_u64().unwrap(), "{name}");
        for (measure, ours) in [
            ("pk_ref_a", pk(&a, &b)),
            ("pk_ref_b", pk(&b, &a)),
            ("windowdiff_ref_a", window_diff(&a, &b)),
            ("windowdiff_ref_b", window_diff(&b, &a)),
            ("boundary_similarity", boundary_similarity(&a, &b)),
            ("segmentation_similarity", segmentation_similarity(&b, &a)),
        ] {
            differences.coefficient(&format!("{name} {measure}"), ours, &expected[measure], false);
        }
        let edits = Edits::between(&a, &b).unwrap();
        let counts = &expected["edit_counts"];
        assert_eq!(counts["matches"], edits.matches, "{name}");
        assert_eq!(counts["additions"], edits.additions, "{name}");
        assert_eq!(counts["transpositions"], edits.near_misses, "{name}");
    }
    differences.check(130, !files.is_empty());
}

/// A continuum with the names of its codes, in order.
fn continuum(file: &Value) -> (Continuum, Vec<String>) {
    let units = file["units"].as_array().unwrap();
    let mut codes: Vec<String> =
        units.iter().map(|unit| unit["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    codes.dedup();
    let mark = |unit: &Value| Marked {
        start: unit["start"].as_u64().unwrap(),
        end: unit["end"].as_u64().unwrap(),
        code: codes.iter().position(|code| unit["code"] == code.as_str()).unwrap() as u32,
    };
    let of =
        |coder: &Value| units.iter().filter(|unit| unit["coder"] == *coder).map(mark).collect();
    let coders = file["coders"].as_array().unwrap();
    (Continuum::new(file["continuum_length"].as_u64().unwrap(), coders.iter().map(of)), codes)
}

fn compare_family(
    differences: &mut Differences,
    name: &str,
    ours: &Continuum,
    codes: &[String],
    expected: &Value,
) {
    for (measure, ours) in [
        ("u_alpha", unitizing::u_alpha(ours)),
        ("u_alpha_binary", unitizing::u_alpha_binary(ours)),
        ("cu_alpha_pairwise", unitizing::cu_alpha(ours)),
    ] {
        differences.coefficient(&format!("{name} {measure}"), ours, &expected[measure], false);
    }
    for (code, ours) in codes.iter().zip(unitizing::k_u_alpha(ours)) {
        if let Some(reference) = expected["k_u_alpha_pairwise"].get(code) {
            differences.coefficient(&format!("{name} k_u_alpha of {code}"), ours, reference, false);
        }
    }
}

#[test]
fn alphas_for_unitizing_equal_the_references() {
    let mut differences = Differences::default();
    let files = oracles("unitizing");
    for (name, file) in &files {
        let (ours, codes) = continuum(file);
        let expected = &file["expected"];
        if expected.get("u_alpha").is_some() {
            compare_family(&mut differences, name, &ours, &codes, expected);
            continue;
        }
        assert_eq!(unitizing::u_alpha(&ours).undefined(), Some(Undefined::MarksOverlap), "{name}");
        for (code, number) in codes.iter().zip(0..) {
            let expected = &expected["u_alpha_family_by_code"][code];
            compare_family(&mut differences, name, &ours.of_code(number), &codes, expected);
        }
    }
    differences.check(95, !files.is_empty());
}

#[test]
fn gamma_of_two_coders_and_of_more_equals_the_references() {
    let files = oracles("unitizing");
    let (mut compared, mut of_several) = (0, 0);
    for (name, file) in &files {
        let Some(expected) = file["expected"].get("gamma") else { continue };
        let number = |value: &Value| value.as_f64().unwrap();
        let parameters = &expected["parameters"];
        let settings = gamma::Settings {
            position: number(&parameters["alpha"]),
            category: number(&parameters["beta"]),
            unaligned: number(&parameters["delta_empty"]),
            samples: 500,
            seed: 1,
        };
        let ours = gamma::gamma(&continuum(file).0, settings).unwrap();
        assert_eq!(ours.alignment, gamma::Proof::Exact, "{name}");
        if file["coders"].as_array().unwrap().len() == 2 {
            let exact = number(&expected["observed_disorder_by_assignment"]);
            assert!((ours.observed - exact).abs() < TOLERANCE, "{name}: {} {exact}", ours.observed);
        } else {
            // The reference reckons in single precision.
            let exact = number(&expected["observed_disorder"]);
            assert!((ours.observed - exact).abs() < 1e-6, "{name}: {} {exact}", ours.observed);
            of_several += 1;
        }
        // Random continua are drawn: ours after the paper, as the `shuffle` of the reference.
        let shuffle = &expected["shuffle"];
        let tolerance = number(&shuffle["suggested_tolerance_gamma_at_100_samples"]);
        let value = ours.coefficient.value().unwrap();
        let reference = number(&shuffle["gamma"]);
        assert!((value - reference).abs() <= tolerance, "{name}: {value} {reference}");
        compared += 1;
    }
    assert!(files.is_empty() || compared >= 11 && of_several >= 3, "{compared} {of_several}");
}

#[test]
fn resampled_intervals_of_alpha_equal_the_references_within_their_tolerance() {
    let plan = Plan { resamples: 10_000, seed: 1 };
    let files = oracles("agreement");
    let with_bootstrap = files.iter().filter(|(_, file)| file.get("alpha_bootstrap").is_some());
    let mut compared = 0;
    for (name, file) in with_bootstrap {
        let reference = &file["alpha_bootstrap"]["units_de_recomputed"];
        let number = |value: &Value| value.as_f64().unwrap();
        let ours = resample_units(&ratings(file).0, &[Measure::KrippendorffAlpha], plan)[0];
        let (low, high) = ours.ci95.unwrap();
        let tolerance = number(&reference["suggested_tolerance_at_10000"]);
        assert!((low - number(&reference["ci95"][0])).abs() <= tolerance, "{name}: {low}");
        assert!((high - number(&reference["ci95"][1])).abs() <= tolerance, "{name}: {high}");
        let spread = ours.se.unwrap() / number(&reference["sd"]);
        assert!((spread - 1.0).abs() < 0.04, "{name}: {spread}");
        compared += 1;
    }
    assert!(files.is_empty() || compared >= 6, "{compared}");
}
