//! `themata agree --boundaries` as a person runs it: two ways of cutting one text, from files and from the study.

use std::path::PathBuf;

use expect_test::expect;
use serde_json::Value as Json;

use crate::program::{Run, themata};
use crate::support::TestStudy;

/// Runs `agree --boundaries` on these files, by name and text.
fn boundaries(files: &[(&str, &str)], arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let mut all = vec!["agree".to_owned(), "--boundaries".to_owned()];
    for (name, text) in files {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        all.push(file.display().to_string());
    }
    all.extend(arguments.iter().map(|it| (*it).to_owned()));
    let mut run = themata(folder.path(), &all.iter().map(String::as_str).collect::<Vec<_>>());
    run.err = run.err.replace(&format!("{}/", folder.path().display()), "");
    run
}

/// Stretches of these lengths, one after the other.
fn cut(lengths: &[u64]) -> String {
    let mut at = 0;
    let mut csv = "start,end\n".to_owned();
    for length in lengths {
        csv.push_str(&format!("{at},{}\n", at + length));
        at += length;
    }
    csv
}

#[test]
fn fournier_2013_near_miss_from_two_files() {
    let files = [("ann.csv", cut(&[2, 3, 6])), ("bo.csv", cut(&[2, 2, 7]))];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, it)| (*name, it.as_str())).collect();
    let run = boundaries(
        &files,
        &["--measure", "pk,window_diff,boundary_similarity,segmentation_similarity"],
    );
    expect![[r#"
        Agreement between ann and bo

        *: boundaries in a text of 11 places
        ┌─────────────────────────┬─────────────┬───────┬───────────┐
        │ measure                 ┆ of          ┆ value ┆ made with │
        ╞═════════════════════════╪═════════════╪═══════╪═══════════╡
        │ Pk                      ┆ against ann ┆ 0.222 ┆ window 2  │
        │ Pk                      ┆ against bo  ┆ 0.222 ┆ window 2  │
        │ WindowDiff              ┆ against ann ┆ 0.222 ┆ window 2  │
        │ WindowDiff              ┆ against bo  ┆ 0.222 ┆ window 2  │
        │ boundary similarity     ┆             ┆ 0.750 ┆           │
        │ segmentation similarity ┆             ┆ 0.950 ┆           │
        └─────────────────────────┴─────────────┴───────┴───────────┘

        Places are what `start` and `end` count; the text ends with the last of them unless --length says otherwise.
        pk and window_diff are errors, 0 is best, and depend on whose cuts are the reference. None of these figures has a standard error.
    "#]].assert_eq(&run.out);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
}

#[test]
fn every_measure_of_two_coders_with_codes_stands_in_one_csv() {
    let ann = "start,end,code\n0,10,a\n10,20,b\n30,40,a\n";
    let bo = "start,end,code\n0,11,a\n11,20,b\n28,40,b\n";
    let run =
        boundaries(&[("ann.csv", ann), ("bo.csv", bo)], &["--length", "50", "--format", "csv"]);
    expect![[r#"
        transcript,level,name,measure,value,undefined,se,ci95_low,ci95_high,interval,n,both,only_first,only_second,neither
        *,boundaries,*,u_alpha,0.6348869460355744,,,,,none,6,,,,
        *,boundaries,*,u_alpha_binary,0.9209168081494058,,,,,none,6,,,,
        *,boundaries,*,cu_alpha,0.3886169818316647,,,,,none,6,,,,
        *,boundaries,a,k_u_alpha,0.3925508629660196,,,,,none,6,,,,
        *,boundaries,b,k_u_alpha,0.3844117985501131,,,,,none,6,,,,
        *,boundaries,*,gamma,0.6358409584825128,,,,,"none; alpha 1, beta 1, delta 1, 30 random continua, seed 1, sampling error 0.017, alignment exact",6,,,,
        *,boundaries,ann,pk,0.13333333333333333,,,,,none; window 5,50,,,,
        *,boundaries,bo,pk,0.13333333333333333,,,,,none; window 5,50,,,,
        *,boundaries,ann,window_diff,0.13333333333333333,,,,,none; window 5,50,,,,
        *,boundaries,bo,window_diff,0.13333333333333333,,,,,none; window 5,50,,,,
        *,boundaries,*,boundary_similarity,0.5,,,,,none,50,,,,
        *,boundaries,*,segmentation_similarity,0.9489795918367347,,,,,none,50,,,,
    "#]].assert_eq(&run.out);
    let again = boundaries(&[("ann.csv", ann), ("bo.csv", bo)], &["--length", "50", "--seed", "2"]);
    assert!(again.out.contains("seed 2, sampling error"), "{}", again.out);
}

#[test]
fn locators_are_paragraphs_outside_a_study_and_one_file_may_hold_all_coders() {
    let csv = "coder,unit,kind\nann,T1:1,prompt\nann,T1:2-4,talk\nann,T1:5,talk\nbo,T1:2-3,talk\nbo,T1:4-5,talk\nann,T2:1,talk\n";
    let run = boundaries(&[("cuts.csv", csv)], &["--measure", "pk,u_alpha_binary"]);
    expect![[r#"
        Agreement between ann and bo

        T1: boundaries in a text of 5 places
        ┌─────────────────┬─────────────┬───────┬───────────┐
        │ measure         ┆ of          ┆ value ┆ made with │
        ╞═════════════════╪═════════════╪═══════╪═══════════╡
        │ Pk              ┆ against ann ┆ 0.333 ┆ window 2  │
        │ Pk              ┆ against bo  ┆ 0.333 ┆ window 2  │
        │ u-alpha, binary ┆             ┆ 1.000 ┆           │
        └─────────────────┴─────────────┴───────┴───────────┘

        Places are paragraphs: outside a study that has the transcript, characters cannot be counted.
        Left out, because not every coder cut them: T2.
        pk and window_diff are errors, 0 is best, and depend on whose cuts are the reference. None of these figures has a standard error.
    "#]].assert_eq(&run.out);
    let part = boundaries(&[("cuts.csv", "coder,unit\nann,T1:2@0-4\nbo,T1:2\n")], &[]);
    expect![[r#"
        error: 1 problem
        cuts.csv:2: characters of a paragraph cannot be counted without the transcript's text
          fix: run this in the study that has the transcript, or give `start` and `end` instead of locators
        [exit 3]"#]].assert_eq(&format!("{}[exit {}]", part.err, part.status));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let one = cut(&[2, 3]);
    let seen: Vec<String> = [
        (vec![("ann.csv", one.as_str())], &[][..]),
        (vec![("ann.csv", "start,end\n3,3\nx,4\n"), ("bo.csv", "place\n1\n")], &[]),
        (vec![("ann.csv", &one), ("bo.csv", &one)], &["--measure", "cohen_kappa"]),
        (vec![("ann.csv", &one), ("bo.csv", &one)], &["--length", "4"]),
        (vec![("ann.csv", &one), ("bo.csv", &one)], &["--coders", "ann,cy"]),
        (vec![("ann.csv", &one), ("bo.csv", &one)], &["--require", "boundary_similarity>=0.5"]),
        (
            vec![("ann.csv", &one), ("bo.csv", &cut(&[1, 4]))],
            &["--require", "boundary_similarity>0.5"],
        ),
    ]
    .iter()
    .map(|(files, arguments)| {
        let run = boundaries(files, arguments);
        format!("{}[exit {}]\n", run.err, run.status)
    })
    .collect();
    expect![[r#"
        error: two coders are compared, and here are fewer
          fix: give a file for each coder, or one file with a column `coder`
        [exit 2]
        error: 3 problems
        ann.csv:2:end: a stretch that ends at 3 is empty
          fix: count from 0, with the end after the start and exclusive
        ann.csv:3:start: `x` is no valid `start`
          fix: correct the cell; docs/files.md says what the column `start` may hold
        bo.csv:1: there is no column that says where a stretch lies
          fix: name a column `unit` (locators such as T1:3-4), or two columns `start` and `end`
        [exit 3]
        error: cohen_kappa does not compare boundaries
          fix: --boundaries knows u_alpha, u_alpha_binary, cu_alpha, k_u_alpha, gamma, pk, window_diff, boundary_similarity and segmentation_similarity
        [exit 2]
        error: --length 4 does not fit: the text has 5 places
          fix: give the length of the whole text, or leave --length out
        [exit 2]
        error: there is no coder `cy`
          fix: known: ann, bo
        [exit 2]
        [exit 0]
        boundary_similarity>0.5 does not hold for * (boundaries, *): 0.500
        [exit 1]
    "#]].assert_eq(&seen.concat());
    let plain = themata(std::path::Path::new("."), &["agree", "a.csv", "b.csv"]);
    assert_eq!(plain.status, 2, "two files of codings are not read: {}", plain.err);
}

#[test]
fn three_coders_have_the_alphas_and_gamma_and_no_measure_of_two() {
    let csv = "coder,start,end\na,0,5\na,5,9\nb,0,4\nb,5,9\nc,0,5\nc,6,9\n";
    let run = boundaries(&[("cuts.csv", csv)], &["--format", "csv"]);
    let value = |measure: &str| {
        let row = run.out.lines().find(|row| row.contains(&format!(",{measure},"))).unwrap();
        row.split(',').skip(4).take(2).collect::<Vec<_>>().join("|")
    };
    assert!(value("u_alpha_binary").parse::<String>().is_ok_and(|it| it.ends_with('|')));
    assert!(value("gamma").ends_with('|') && value("gamma").len() > 1, "{}", value("gamma"));
    assert!(run.out.contains("alignment exact"), "{}", run.out);
    assert_eq!(value("pk"), "|defined for two coders only");
}

#[test]
fn in_a_study_locators_are_characters_and_own_cuts_wait_until_both_are_done() {
    let study = TestStudy::new();
    study.write("units/c1/A.csv", "unit,kind\nA:1,prompt\nA:2,talk\nA:3-5,talk\n");
    study.write(
        "units/c2/A.csv",
        "unit,kind\nA:1,prompt\nA:2@0-20,talk\nA:2@20-3@6,talk\nA:3@6-5@11,talk\n",
    );
    let line = "agree --boundaries --measure u_alpha,boundary_similarity --format csv";
    let closed = study.run(line);
    assert!(closed.ends_with("[exit 4]\n"), "{closed}");
    study.run("units done --coder c1");
    study.run("units done --coder c2");
    let open = study.run(line);
    expect![[r#"
        transcript,level,name,measure,value,undefined,se,ci95_low,ci95_high,interval,n,both,only_first,only_second,neither
        A,boundaries,*,u_alpha,1,,,,,none,5,,,,
        A,boundaries,*,boundary_similarity,0.25,,,,,none,112,,,,
        [exit 0]
    "#]].assert_eq(&open);
    // The same cuts as files: inside the study they are counted in characters too.
    let (one, two) = (study.path("units/c1/A.csv"), study.path("units/c2/A.csv"));
    let (c1, c2) = (study.path("c1.csv"), study.path("c2.csv"));
    std::fs::copy(one, &c1).unwrap();
    std::fs::copy(two, &c2).unwrap();
    let files = format!("{line} {} {}", c1.display(), c2.display());
    assert_eq!(study.run(&files), open);
}

/// Published data and figures of a folder; none, with a word about it, where they are not beside the repository.
fn oracles(folder: &str) -> Vec<Json> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/oracles").join(folder);
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("skipped: ../shared is not here");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
    files.sort();
    files.iter().map(|it| serde_json::from_slice(&std::fs::read(it).unwrap()).unwrap()).collect()
}

/// The value of a measure (and name) in a run's JSON.
fn value(run: &Run, measure: &str, name: &str) -> Option<f64> {
    let json: Json = serde_json::from_str(&run.out).unwrap();
    let rows = json["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["measure"] == measure && row["name"] == name);
    row.unwrap_or_else(|| panic!("no row {measure} {name}"))["value"].as_f64()
}

#[track_caller]
fn same(ours: Option<f64>, reference: &Json, at: &str) {
    match (ours, reference.as_f64()) {
        (Some(ours), Some(reference)) => {
            assert!((ours - reference).abs() < 1e-9, "{at}: {ours} is not {reference}");
        }
        (ours, reference) => assert_eq!(ours, reference, "{at}"),
    }
}

#[test]
fn files_of_marked_stretches_give_the_reference_alphas_and_a_gamma_within_its_tolerance() {
    for oracle in oracles("unitizing") {
        let mut csv = "coder,start,end,code\n".to_owned();
        for coder in oracle["coders"].as_array().unwrap() {
            csv.push_str(&format!("{},,,\n", coder.as_str().unwrap()));
        }
        for unit in oracle["units"].as_array().unwrap() {
            let text = |key: &str| unit[key].as_str().unwrap().to_owned();
            csv.push_str(&format!(
                "{},{},{},{}\n",
                text("coder"),
                unit["start"],
                unit["end"],
                text("code")
            ));
        }
        let length = oracle["continuum_length"].to_string();
        let alpha = oracle["expected"]["gamma"]["parameters"]["alpha"].as_f64().unwrap_or(1.0);
        let alpha = alpha.to_string();
        let asked = ["--length", &length, "--format", "json", "--gamma-samples", "100"];
        let asked: Vec<&str> = asked.into_iter().chain(["--gamma-alpha", &alpha]).collect();
        let run = boundaries(&[("marks.csv", &csv)], &asked);
        assert_eq!((run.status, run.err.as_str()), (0, ""));
        let (name, expected) = (oracle["name"].as_str().unwrap(), &oracle["expected"]);
        for (measure, key) in [
            ("u_alpha", "u_alpha"),
            ("u_alpha_binary", "u_alpha_binary"),
            ("cu_alpha", "cu_alpha_pairwise"),
        ] {
            if let Some(reference) = expected.get(key) {
                same(value(&run, measure, "*"), reference, &format!("{name} {measure}"));
            }
        }
        for (code, reference) in expected["k_u_alpha_pairwise"].as_object().into_iter().flatten() {
            same(value(&run, "k_u_alpha", code), reference, &format!("{name} {code}"));
        }
        let gamma = &expected["gamma"]["shuffle"];
        if let Some(reference) = gamma["gamma"].as_f64() {
            let ours = value(&run, "gamma", "*").unwrap();
            let tolerance = gamma["suggested_tolerance_gamma_at_100_samples"].as_f64().unwrap();
            assert!((ours - reference).abs() < tolerance, "{name}: {ours} is not {reference}");
        }
    }
}

#[test]
fn files_of_segments_give_the_reference_errors_and_similarities() {
    for oracle in oracles("segmentation") {
        let lengths = |key: &str| -> Vec<u64> {
            oracle[key].as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).collect()
        };
        let (a, b) = (lengths("segmentation_a"), lengths("segmentation_b"));
        if a.is_empty() {
            continue;
        }
        let files = [("a.csv", cut(&a)), ("b.csv", cut(&b))];
        let files: Vec<(&str, &str)> =
            files.iter().map(|(name, it)| (*name, it.as_str())).collect();
        let run = boundaries(&files, &["--format", "json"]);
        let (name, expected) = (oracle["name"].as_str().unwrap(), &oracle["expected"]);
        for (measure, of, key) in [
            ("pk", "a", "pk_ref_a"),
            ("pk", "b", "pk_ref_b"),
            ("window_diff", "a", "windowdiff_ref_a"),
            ("window_diff", "b", "windowdiff_ref_b"),
            ("boundary_similarity", "*", "boundary_similarity"),
            ("segmentation_similarity", "*", "segmentation_similarity"),
        ] {
            same(value(&run, measure, of), &expected[key], &format!("{name} {key}"));
        }
    }
}
