//! Whatever is damaged in a study's files is either said by `check`, or changes no result: every cell of every table, every
//! line of what is written as YAML, every list of what was sealed; and what comes back from a co-coder is refused, or said.

mod handed;
mod seals;
mod tables;
mod yaml;

use std::path::{Path, PathBuf};

use crate::support::TestStudy;

/// A study with rows in every table that there can be.
fn study() -> TestStudy {
    worked(
        TestStudy::new(),
        [
            &["A:2 leadership horizontal", "A:2 tone warm"],
            &["A:2 leadership rotating", "A:2 tone warm", "B:1 tone cold"],
        ],
    )
}

/// The same work in a study of two cases: in a first round the two decide this, in a second less; all is sealed, one
/// discrepancy is settled, and a unit joined.
fn worked(study: TestStudy, decided: [&[&str]; 2]) -> TestStudy {
    study.write("guide.csv", "topic,question,text\nstart,q1,How did it begin?\n");
    study.write("concepts.csv", "concept,code,question\nwarmth,warm,\nbeginnings,,q1\n");
    study.write("claims.csv", "claim,about,for,against\nAll are warm,warm,A:2,none\n");
    for line in [
        "units lock",
        "round new recode",
        "assign --coder c1 --all --round main",
        "assign --coder c2 --all --round main",
        "assign --coder c1 --case A --round recode",
        "assign --coder c2 --case A --round recode",
        "memo --coder c1 --on A:2 'a remark'",
        "codebook propose --coder c1 --in tone Fresh",
        "quotes pick A:2 --code warm --coder c1",
    ] {
        let seen = study.run(line);
        assert!(seen.ends_with("[exit 0]\n"), "{line}: {seen}");
    }
    let study = in_round(study, "main", decided);
    let study = in_round(study, "recode", [&["A:2 tone cold"], &["A:2 tone cold"]]);
    let seen = study.typed("resolve --present c1,c2", "1\nslip\nread again\n");
    assert!(seen.contains("saved "), "{seen}");
    let seen = study.run("units join A:3-4 --reason 'one idea' --present c1,c2");
    assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    let seen = study.run("check");
    assert!(seen.starts_with("0 problems"), "{seen}");
    study
}

/// Both decide something in a round and hand over the rest as none.
fn in_round(study: TestStudy, round: &str, decided: [&[&str]; 2]) -> TestStudy {
    for (coder, decided) in ["c1", "c2"].into_iter().zip(decided) {
        let mut rows = "unit,dimension,codes\n".to_owned();
        for decision in decided {
            rows.push_str(&format!("{}\n", decision.replacen(' ', ",", 2)));
        }
        study.write("rows.csv", &rows);
        let file = study.path("rows.csv").display().to_string();
        let seen =
            study.run(&format!("receive {file} --coder {coder} --round {round} --empty none"));
        assert!(seen.ends_with("[exit 0]\n"), "{seen}");
        let seen =
            study.run(&format!("seal --coder {coder} --round {round} --incomplete 'a test'"));
        assert!(seen.ends_with("[exit 0]\n"), "{seen}");
    }
    std::fs::remove_file(study.path("rows.csv")).unwrap();
    study
}

/// What everybody may see of a study.
fn results(study: &TestStudy) -> Vec<String> {
    let lines = [
        "matrix --rows participant --columns code --long",
        "matrix --columns concept --cell words",
        "agree --by round --level all",
        "discrepancies --format csv",
        "quotes --format csv",
        "export --format csv",
        "talk --format csv",
    ];
    lines.map(|line| study.run(line)).to_vec()
}

/// Every table of a study, in the order of their names.
fn tables(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(tables(&path));
        } else if path.extension().is_some_and(|it| it == "csv") {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// The rows of a table with where each begins, and the place behind the last.
fn rows(bytes: &[u8]) -> (Vec<csv::StringRecord>, Vec<usize>) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let starts = rows.iter().map(|it| it.position().unwrap().byte() as usize);
    let starts = starts.chain([bytes.len()]).collect();
    (rows, starts)
}

/// A table with one cell changed, all other bytes as they were.
fn with_cell(bytes: &[u8], at: (usize, usize), cell: &str) -> Vec<u8> {
    let (rows, starts) = rows(bytes);
    let line = |change: bool| {
        let cells = rows[at.0].iter().enumerate();
        let cells = cells.map(|(nth, it)| if change && nth == at.1 { cell } else { it });
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(cells).unwrap();
        writer.into_inner().unwrap()
    };
    let (from, until) = (starts[at.0], starts[at.0 + 1]);
    assert_eq!(String::from_utf8_lossy(&line(false)), String::from_utf8_lossy(&bytes[from..until]));
    [&bytes[..from], &line(true), &bytes[until..]].concat()
}

/// A damage either leaves all results as they were, or `check` says that something is wrong; else what was done in silence.
fn silent(
    study: &TestStudy,
    before: &[String],
    seen: fn(&TestStudy) -> Vec<String>,
    file: &Path,
    damaged: &[u8],
    told: String,
) -> Option<String> {
    let sound = std::fs::read(file).unwrap();
    std::fs::write(file, damaged).unwrap();
    let checked = study.run("check");
    let said = checked.ends_with("[exit 1]\n") || checked.ends_with("[exit 3]\n");
    assert!(said || checked.ends_with("[exit 0]\n"), "{told}: {checked}");
    let silent = !said && seen(study) != before;
    std::fs::write(file, sound).unwrap();
    silent.then_some(told)
}
