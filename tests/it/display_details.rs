//! What is easily overlooked of displays: what stands behind a name, two lines of one picture, ids that stay whole.

use crate::support::TestStudy;

fn coded() -> TestStudy {
    let decisions = [
        "A:2 leadership chair",
        "A:2 tone warm",
        "A:3-4 leadership chair",
        "A:3-4 tone none",
        "A:5 leadership none",
        "A:5 tone cold",
        "B:1 leadership horizontal",
        "B:1 tone warm",
    ];
    let study = TestStudy::new().coded("c1", &decisions).coded("c2", &decisions);
    study.sealed("c1").sealed("c2")
}

#[test]
fn what_stands_behind_the_options_of_a_display_is_heeded_too() {
    let study = coded();
    for line in ["display meta-matrix --totals --lang es", "--lang es display meta-matrix --totals"]
    {
        let said = study.run(line);
        assert!(said.contains("participante") && said.ends_with("[exit 0]\n"), "{line}: {said}");
    }
    let list = study.run("display list --format md --lang es");
    assert!(list.contains("fuente") && list.ends_with("[exit 0]\n"), "{list}");
    let file = study.path("reports/m.csv");
    let said = study.run(&format!("display meta-matrix -o {} -q", file.display()));
    assert_eq!(said, "[exit 0]\n");
    let said = study.run(&format!("display meta-matrix -o {} --force", file.display()));
    assert!(said.contains("wrote"), "{said}");
    // A study named behind the options is the one that is shown.
    let other = TestStudy::new();
    let asked = format!("display meta-matrix --totals -C {}", study.path("").display());
    assert_eq!(other.run(&asked), study.run("display meta-matrix --totals"));
    let wrong = study.run("display meta-matrix --totals --lang xx");
    assert!(wrong.ends_with("[exit 2]\n"), "{wrong}");
}

#[test]
fn codes_given_beforehand_and_codes_that_came_while_coding_are_two_lines() {
    let one = TestStudy::of("en", &["c1"], crate::desk::CODEBOOK);
    let first = ["A:2 leadership chair", "A:2 tone warm", "A:3-4 tone cold"];
    let one = one.coded("c1", &first);
    let picture = |study: &TestStudy| study.streams("saturation --orders 0 --format svg").1;
    let before = picture(&one);
    assert!(
        before.contains("codes given so far") && !before.contains("came while coding"),
        "{before}"
    );
    let said = one.run("codebook add code angry --in tone --after cold --name Angry");
    assert!(said.ends_with("[exit 0]\n"), "{said}");
    let one = one.coded("c1", &["B:1 leadership horizontal", "B:1 tone angry"]);
    let after = picture(&one);
    for line in ["given beforehand, so far", "came while coding, so far"] {
        assert!(after.contains(line), "{line}: {after}");
    }
    assert!(!after.contains("codes given so far"), "{after}");
    assert_eq!(after.matches("<polyline").count(), 2, "{after}");
    let spanish = one.streams("saturation --orders 0 --format svg --lang es").1;
    assert!(spanish.contains("surgidos al codificar, hasta ahí"), "{spanish}");
}

#[test]
fn an_id_stays_in_one_piece_beside_what_a_coder_wrote_of_it() {
    let long = crate::desk::CODEBOOK.replace("chair", "moving-chairperson");
    let study = TestStudy::of("en", &["c1", "c2"], &long)
        .coded("c1", &["A:2 leadership moving-chairperson", "A:3-4 leadership none"])
        .coded("c2", &["A:2 leadership none", "A:3-4 leadership horizontal; moving-chairperson"]);
    let study = study.rest_none("c1").rest_none("c2").sealed("c1").sealed("c2");
    let said = study.run("discrepancies --names ids");
    assert!(said.matches("moving-chairperson").count() >= 2, "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 100), "{said}");
}

#[test]
fn a_column_of_everything_is_headed_by_what_it_holds() {
    let study = coded();
    let said = study.run("matrix --rows code --columns all --cell units,cases --format md");
    assert!(said.contains("| code | units | cases |"), "{said}");
    let said =
        study.run("matrix --rows code --columns all --cell units,cases --format md --lang es");
    assert!(said.contains("| código | unidades | casos |"), "{said}");
    let (_, csv, _) =
        study.streams("matrix --rows code --columns all --cell units,cases --format csv");
    assert!(csv.starts_with("code,all.units,all.cases\n"), "programs keep their columns: {csv}");
}

#[test]
fn a_spanish_team_reads_no_english_words_in_tables_of_agreement() {
    let study = coded();
    let said = study.run("agree --level all --lang es --format md");
    let titles: Vec<&str> = said.lines().filter(|it| it.starts_with("## ")).collect();
    assert!(titles.iter().any(|it| it.starts_with("## presencia:")), "{said}");
    for word in ["presence", "sets", "value", "joint", "mean"] {
        let is_it = |it: &&str| it.split([' ', ':']).any(|it| it == word);
        assert!(!titles.iter().any(is_it), "{word}: {said}");
    }
    assert!(said.contains("media: la media no ponderada"), "{said}");
}

#[test]
fn what_may_have_been_missed_is_looked_for_by_the_keywords_of_its_code() {
    let codebook =
        crate::desk::CODEBOOK.replace("{id: chair,", "{id: chair, keywords: [coffee, e-mail],");
    assert!(codebook.contains("keywords"), "{codebook}");
    let decisions = [
        "A:2 leadership none",
        "A:3-4 leadership chair",
        "A:5 leadership none",
        "B:1 leadership none",
    ];
    let study = TestStudy::of("en", &["c1"], &codebook).coded("c1", &decisions);
    let missed = study.streams("find --not-coded chair --format csv").1;
    assert_eq!(missed, study.streams("find --keywords chair --not-coded chair --format csv").1);
    assert!(missed.contains("e-mail") && !missed.contains("coffee"), "{missed}");
    let by_word = study.streams("find coffee --not-coded chair --format csv").1;
    assert_eq!(by_word.lines().count(), 1, "{by_word}");
    let none = study.run("find --not-coded horizontal");
    assert!(none.ends_with("[exit 2]\n") && none.contains("horizontal"), "no keywords: {none}");
    let nothing = study.run("find");
    assert!(nothing.ends_with("[exit 2]\n"), "{nothing}");
}

#[test]
fn every_long_command_of_the_list_gives_the_same_bytes_as_the_name() {
    let study = coded();
    study.write("cases.csv", "case,name,sector\nA,Group A,woods\nB,Group B,docks\n");
    study.write("displays.yaml", "displays:\n  - name: ours\n    question: Who?\n    command: --rows participant --columns code --cell names\n");
    let (_, list, _) = study.streams("display list --format csv");
    let mut reader = csv::Reader::from_reader(list.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() > 14, "{list}");
    for row in rows {
        let (name, long) = (&row[0], row[3].strip_prefix("themata ").unwrap());
        // Only a person knows the column or the order where the command ends in dots.
        let (long, more) = match long.strip_suffix(" …") {
            None => (long.to_owned(), String::new()),
            Some(open) => {
                let value = match open.rsplit_once(' ').unwrap().1 {
                    "--contrast" => "case.sector=woods,docks",
                    "--order-by" => "code:chair:desc",
                    "--rows" => "case.sector",
                    "--columns" => "transcript",
                    other => panic!("{other}"),
                };
                (
                    format!("{open} {value}"),
                    format!(" {} {value}", open.rsplit_once(' ').unwrap().1),
                )
            }
        };
        for form in ["table", "csv", "tsv", "json", "md", "html", "latex"] {
            let by_name = study.bytes(&format!("display {name}{more} --format {form}"), "");
            assert_eq!(by_name.0, 0, "{name}: {}", String::from_utf8_lossy(&by_name.2));
            assert_eq!(
                by_name,
                study.bytes(&format!("{long} --format {form}"), ""),
                "{name} {form}"
            );
        }
        for form in ["xlsx", "docx"] {
            let file = |of: &str| study.path(&format!("reports/{of}.{form}"));
            let write = |line: &str, of: &str| {
                let said = study.run(&format!("{line} -o {} --force -q", file(of).display()));
                assert_eq!(said, "[exit 0]\n", "{line}");
                std::fs::read(file(of)).unwrap()
            };
            let by_name = write(&format!("display {name}{more}"), "name");
            assert!(by_name == write(&long, "long"), "{name} {form}");
        }
    }
}
