//! `agree` on codings of real studies, against the figures that their authors printed or that were recomputed from them.
//!
//! The files are reshaped here; the program is not bent to any of them. Without `../shared` beside the repository there is
//! nothing to compare, and each test says so.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::program::themata;

/// A folder of real data; `None`, with a word about it, where it is not beside the repository.
fn data(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: ../shared is not here");
    None
}

/// The records of a CSV by column name.
fn records(path: &std::path::Path) -> Vec<BTreeMap<String, String>> {
    let bytes = std::fs::read(path).unwrap();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let headings: Vec<String> =
        reader.headers().unwrap().iter().map(|it| it.trim().to_owned()).collect();
    let named = |row: csv::StringRecord| {
        headings.iter().cloned().zip(row.iter().map(|cell| cell.trim().to_owned())).collect()
    };
    reader.records().map(|row| named(row.unwrap())).collect()
}

fn csv_of(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).unwrap();
    rows.into_iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

/// Figures by level, name and measure: value and n; no value where there is none.
struct Figures(BTreeMap<(String, String, String), (Option<f64>, u64)>);

impl Figures {
    /// Runs `themata agree FILE …` on these codings.
    fn of(csv: &[u8], arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("codings.csv");
        std::fs::write(&file, csv).unwrap();
        let arguments: Vec<&str> = ["agree", file.to_str().unwrap(), "--format", "json"]
            .into_iter()
            .chain(arguments.iter().copied())
            .collect();
        let run = themata(folder.path(), &arguments);
        assert_eq!((run.status, run.err.as_str()), (0, ""));
        let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let row = |row: &serde_json::Value| {
            let key = (text(&row["level"]), text(&row["name"]), text(&row["measure"]));
            (key, (row["value"].as_f64(), row["n"].as_u64().unwrap()))
        };
        Self(json["rows"].as_array().unwrap().iter().map(row).collect())
    }

    fn get(&self, level: &str, name: &str, measure: &str) -> (Option<f64>, u64) {
        let key = (level.to_owned(), name.to_owned(), measure.to_owned());
        *self.0.get(&key).unwrap_or_else(|| panic!("no row {key:?}"))
    }
}

#[track_caller]
fn printed(ours: (Option<f64>, u64), theirs: f64, half_a_digit: f64) {
    let ours = ours.0.unwrap();
    assert!((ours - theirs).abs() <= half_a_digit + 1e-12, "{ours} is not the printed {theirs}");
}

/// The two coders' answers per quote and theme, in rounds 1-5 or in round 6.
fn unsafe_rust(folder: &std::path::Path, rounds: std::ops::RangeInclusive<u32>) -> Vec<u8> {
    let themes: BTreeMap<String, String> = records(&folder.join("irr/theme_mapping.csv"))
        .into_iter()
        .map(|row| (row["theme_title"].clone(), row["theme"].clone()))
        .collect();
    let mut titles: Vec<(String, String, String)> = records(&folder.join("irr/code_mapping.csv"))
        .into_iter()
        .map(|row| (row["theme"].clone(), row["code_title"].clone(), row["code"].clone()))
        .collect();
    titles.sort_by_key(|(_, title, _)| std::cmp::Reverse(title.len()));
    let mut answers: BTreeMap<(String, String), BTreeMap<String, String>> = BTreeMap::new();
    for round in rounds {
        for row in records(&folder.join(format!("irr/{round}/data.csv"))) {
            let (author, item) = (row["Author"].clone(), row["Which item is this?"].clone());
            if author.is_empty() {
                continue;
            }
            for (column, theme) in row.keys().filter_map(|it| Some((it, themes.get(it)?))) {
                let mut cell = row[column].clone();
                if matches!(cell.as_str(), "" | "NA" | "N/A") {
                    cell = "none".to_owned();
                }
                for (_, title, code) in titles.iter().filter(|(of, ..)| of == theme) {
                    cell = cell.replace(title, code);
                }
                let place = (format!("{round}-{item}"), theme.clone());
                answers.entry(place).or_default().insert(author.clone(), cell.replace(", ", "; "));
            }
        }
    }
    let row = |((unit, theme), by): ((String, String), BTreeMap<String, String>)| {
        vec![unit, theme, by["author1"].clone(), by["author2"].clone()]
    };
    csv_of(&["unit", "dimension", "author1", "author2"], answers.into_iter().map(row))
}

#[test]
fn unsafe_rust_appendix_table_1() {
    let Some(folder) = data("unsafe-rust") else { return };
    // Theme, rounds 1-5 and round 6 as printed, and alpha with MASI as recomputed.
    let table = [
        ("Stigma", Some(1.0), 1.0, Some(0.47), 0.4688),
        ("Issues with Miri", Some(0.66), 0.6617, Some(0.49), 0.4904),
        ("Documented Invariants", Some(0.49), 0.4923, Some(1.0), 1.0),
        ("Shifting Ground", Some(0.86), 0.8648, Some(0.66), 0.661),
        ("Interoperation", Some(0.83), 0.8407, Some(0.68), 0.728),
        ("Types", Some(0.75), 0.7656, Some(0.87), 0.8887),
        ("Generation vs. Validation", Some(0.74), 0.7441, Some(0.35), 0.3514),
        ("Domain", Some(0.71), 0.7068, Some(0.59), 0.5902),
        ("Bugs", Some(0.45), 0.4623, Some(0.65), 0.6857),
        ("Why unsafe?", Some(0.33), 0.3318, Some(0.23), 0.2799),
        ("Tools", Some(0.73), 0.764, Some(0.74), 0.7808),
        ("Unsafe API", None, f64::NAN, Some(0.0), 0.0),
        ("Unsafe Operations", Some(0.63), 0.6505, Some(0.37), 0.3695),
        ("Bug-finding", None, f64::NAN, None, f64::NAN),
        ("Unsafe Data Structure", Some(0.58), 0.5811, Some(-0.01), -0.0085),
    ];
    let measures =
        ["--level", "value,sets", "--measure", "krippendorff_alpha,krippendorff_alpha_masi"];
    let first = Figures::of(&unsafe_rust(&folder, 1..=5), &measures);
    let last = Figures::of(&unsafe_rust(&folder, 6..=6), &measures);
    for (theme, one_to_five, masi, six, masi_six) in table {
        for (figures, value, masi) in [(&first, one_to_five, masi), (&last, six, masi_six)] {
            let alpha = figures.get("value", theme, "krippendorff_alpha");
            let Some(value) = value else {
                assert_eq!(alpha.0, None, "nobody gave anything in {theme}");
                continue;
            };
            printed(alpha, value, 0.005);
            printed(figures.get("sets", theme, "krippendorff_alpha_masi"), masi, 0.00005);
        }
    }
    assert_eq!(last.get("value", "Tools", "krippendorff_alpha").1, 60);
}

#[test]
fn documentacion_es_kappa_of_38_codes() {
    let Some(folder) = data("documentacion-es") else { return };
    let long = records(&folder.join("presencia_largo.csv"))
        .into_iter()
        .map(|row| vec![row["Unidad"].clone(), row["Coder"].clone(), row["Code_full"].clone()]);
    let long = csv_of(&["unit", "coder", "code"], long);
    let figures = Figures::of(
        &long,
        &[
            "--absent",
            "none",
            "--level",
            "presence,sets",
            "--measure",
            "cohen_kappa,percent_agreement,krippendorff_alpha_masi,krippendorff_alpha_jaccard",
        ],
    );
    let published = records(&folder.join("published_Reporte_Confiabilidad.csv"));
    assert_eq!(published.len(), 38);
    for row in published {
        let code = &row["Codigo"];
        let kappa = figures.get("presence", code, "cohen_kappa");
        assert_eq!(kappa.1, 34, "{code}");
        printed(kappa, row["Kappa de Cohen"].parse().unwrap(), 0.0005);
        let observed = figures.get("presence", code, "percent_agreement");
        printed(observed, row["Acuerdo Observado"].parse().unwrap(), 0.0005);
    }
    printed(figures.get("sets", "*", "krippendorff_alpha_masi"), 0.4419, 0.00005);
    printed(figures.get("sets", "*", "krippendorff_alpha_jaccard"), 0.4787, 0.00005);
}

#[test]
fn armis_alpha_of_three_annotators() {
    let Some(folder) = data("armis-ar") else { return };
    for (file, tweets, alpha) in [("ArMIS_dev.json", 141, 0.5173), ("ArMIS_test.json", 145, 0.504)]
    {
        let json: serde_json::Value =
            serde_json::from_slice(&std::fs::read(folder.join(file)).unwrap()).unwrap();
        let tweets_of = json.as_object().unwrap();
        let row = |(unit, tweet): (&String, &serde_json::Value)| {
            assert_eq!(tweet["annotators"], "Ann1,Ann2,Ann3");
            let labels = tweet["annotations"].as_str().unwrap().split(',').map(str::to_owned);
            std::iter::once(unit.clone()).chain(labels).collect()
        };
        let wide = csv_of(&["unit", "Ann1", "Ann2", "Ann3"], tweets_of.iter().map(row));
        let figures = Figures::of(&wide, &[]);
        let ours = figures.get("value", "*", "krippendorff_alpha");
        assert_eq!(ours.1, tweets);
        printed(ours, alpha, 0.00005);
    }
}

#[test]
fn annomi_ten_coders() {
    let Some(folder) = data("annomi") else { return };
    let rows = records(&folder.join("AnnoMI-multicoded-subset.csv"));
    let table = [
        ("main_therapist_behaviour", "therapist", 101, 0.746, 0.7462),
        ("client_talk_type", "client", 99, 0.534, 0.5345),
        ("question_exists", "therapist", 101, 0.8604, 0.8605),
        ("reflection_exists", "therapist", 101, 0.6519, 0.6523),
        ("therapist_input_exists", "therapist", 101, 0.6293, 0.6297),
    ];
    let mut long = Vec::new();
    for (dimension, who, ..) in table {
        for row in rows.iter().filter(|row| row["interlocutor"] == who) {
            let unit = format!("{}-{}", row["transcript_id"], row["utterance_id"]);
            let coder = format!("coder{}", row["annotator_id"]);
            long.push(vec![unit, coder, dimension.to_owned(), row[dimension].clone()]);
        }
    }
    let long = csv_of(&["unit", "coder", "dimension", "code"], long);
    // A therapist's utterance has no client talk: what is not there was not asked.
    let figures = Figures::of(&long, &["--absent", "missing"]);
    for (dimension, _, units, fleiss, alpha) in table {
        assert_eq!(figures.get("value", dimension, "fleiss_kappa").1, units);
        printed(figures.get("value", dimension, "fleiss_kappa"), fleiss, 0.0005);
        printed(figures.get("value", dimension, "krippendorff_alpha"), alpha, 0.00005);
    }
}

#[test]
fn exam_proctoring_sets_and_codes_of_nine_questions() {
    let Some(folder) = data("exam-proctoring") else { return };
    // Question, answers coded by both, the authors' kappa, alpha with MASI, with Jaccard, mean kappa of codes.
    let table = [
        ("No Only - N2", 5, 0.7358, 0.6983, 0.7652, 0.7922),
        ("No Only - N3", 20, 0.8213, 0.808, 0.8399, 0.7255),
        ("Yes and No - Q5", 24, 0.7125, 0.7725, 0.8162, 0.7168),
        ("Yes Only - Q11", 26, 0.7439, 0.6443, 0.7245, 0.672),
        ("Yes Only - Q12", 26, 0.7396, 0.6757, 0.7363, 0.6262),
        ("Yes Only - Q16", 26, 0.7951, 0.8078, 0.8314, 0.6584),
        ("Yes Only - Q18", 26, 0.9055, 0.8474, 0.8765, 0.8716),
        ("Yes Only - Q28", 26, 0.7174, 0.656, 0.6781, 0.59),
        ("Yes Only - Q31", 16, 0.7482, 0.7257, 0.8107, 0.7858),
    ];
    for (question, units, theirs, masi, jaccard, kappa) in table {
        let mut long = Vec::new();
        for coder in ["primary", "secondary"] {
            let file = format!("Qualitative Responses {question} ({coder}).csv");
            for row in records(&folder.join(file)) {
                for code in (1..=8).filter_map(|nth| row.get(&format!("Code {nth}"))) {
                    if !code.is_empty() {
                        // Theirs is a code like any other, once beside another one.
                        let code = match code.as_str() {
                            "none" => "code-none",
                            // What programs write for no answer is one here, too.
                            "NA" => "code-NA",
                            code => code,
                        };
                        let (unit, coder) = (row["ResponseId"].clone(), coder.to_owned());
                        long.push(vec![unit, coder, code.to_owned()]);
                    }
                }
            }
        }
        let long = csv_of(&["unit", "coder", "code"], long);
        let figures = Figures::of(
            &long,
            &[
                "--absent",
                "none",
                "--given",
                "both",
                "--level",
                "presence,sets",
                "--measure",
                "cohen_kappa,krippendorff_alpha_masi,krippendorff_alpha_jaccard",
            ],
        );
        let authors = Figures::of(&long, &["--absent", "none", "--as", "balash2023"]);
        printed(authors.get("sets", "*", "cohen_kappa"), theirs, 0.00005);
        assert_eq!(authors.get("sets", "*", "cohen_kappa").1, units, "{question}");
        let ours = figures.get("sets", "*", "krippendorff_alpha_masi");
        assert_eq!(ours.1, units, "{question}");
        printed(ours, masi, 0.00005);
        printed(figures.get("sets", "*", "krippendorff_alpha_jaccard"), jaccard, 0.00005);
        let kappas: Vec<f64> = figures
            .0
            .iter()
            .filter(|(key, _)| key.2 == "cohen_kappa")
            .filter_map(|(_, it)| it.0)
            .collect();
        let mean = kappas.iter().sum::<f64>() / kappas.len() as f64;
        printed((Some(mean), 0), kappa, 0.00005);
    }
}
