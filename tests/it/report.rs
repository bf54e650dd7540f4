//! The report: each figure from a command that gives it again, nobody quoted who must not be, nothing half, nothing that runs.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use regex::Regex;

use crate::support::TestStudy;

fn example() -> TestStudy {
    TestStudy::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities"))
}

/// The example once a meeting has settled what was open in it.
fn settled() -> TestStudy {
    let study = example();
    let seen = study.typed("resolve --present c1,c2", &"1\nslip\nread again\n".repeat(39));
    assert_eq!(seen.matches("saved ").count(), 39, "{seen}");
    study
}

fn html(study: &TestStudy, profile: &str) -> String {
    let (status, out, err) = study.streams(&format!("report --profile {profile} --format html"));
    assert_eq!((status, err.as_str()), (0, ""));
    out
}

fn unescaped(text: &str) -> String {
    text.replace("&#39;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&")
}

#[test]
fn every_command_that_a_figure_names_gives_that_figure_again() {
    let study = settled();
    let page = html(&study, "team");
    let figure = Regex::new(r#"id="n(\d+)" data-command="([^"]+)"[^>]*>([^<]*)"#).unwrap();
    let mut answers: BTreeMap<String, String> = BTreeMap::new();
    let mut count = 0;
    for found in figure.captures_iter(&page) {
        let command = unescaped(&found[2]);
        let answer = answers.entry(command.clone()).or_insert_with(|| {
            study.run(&format!("{} --format md", command.strip_prefix("themata ").unwrap()))
        });
        count += 1;
        assert_eq!(found[1].parse::<usize>().unwrap(), count, "figures are counted in order");
        assert!(answer.contains(&found[3]), "{command} does not give {}", &found[3]);
    }
    assert!(count > 100 && answers.len() >= 6, "{count} figures of {} commands", answers.len());
    // What the page counts is what --explain counts.
    let last = figure.captures_iter(&page).last().unwrap();
    let told = study.run(&format!("report --profile team --explain {} --format json", &last[1]));
    assert!(told.contains(&unescaped(&last[2])) && told.contains(&last[3]), "{told}");
    assert!(study.run("report --profile team --explain 99999").ends_with("[exit 2]\n"));
}

#[test]
fn the_audit_trail_lists_the_meetings_as_their_minutes_tell_them() {
    let study = settled();
    let (_, report, _) = study.streams("report --profile team --format md");
    let trail = report.split("# Audit trail").nth(1).unwrap();
    let days: Vec<&str> =
        trail.lines().filter(|it| it.contains("themata log --meeting ")).collect();
    let mut settled = 0;
    for line in &days {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [day, present, n, reasons, command] = cells[..] else { panic!("{line}") };
        let minutes = study.run(command.strip_prefix("themata ").unwrap());
        assert!(minutes.contains(&format!("Meeting of {day}; present: {present}.")), "{minutes}");
        // At the width of a page a note is in several lines.
        let minutes = minutes.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(minutes.contains(&format!("settled: {reasons}.")), "{line}\n{minutes}");
        settled += n.parse::<u64>().unwrap();
    }
    assert!(days.len() > 1 && settled == 185, "{days:#?}");
    // While a case is not open, nothing is told of what was settled in it.
    let early = TestStudy::new().coded("c1", &["A:2 leadership horizontal"]);
    let (_, report, _) = early.streams("report --profile team --format md");
    assert!(!report.contains("--meeting"), "{report}");
}

#[test]
fn the_same_study_gives_the_same_bytes_and_a_profile_has_to_be_named() {
    let study = settled();
    for format in ["html", "md", "json", "docx", "latex"] {
        let line = format!("report --profile public --format {format}");
        assert_eq!(study.run(&line), study.run(&line), "{format}");
    }
    assert!(study.run("report").ends_with("[exit 2]\n"));
}

#[test]
fn a_page_runs_nothing_and_loads_nothing() {
    let page = html(&settled(), "team");
    assert!(!page.contains("<script") && !page.contains(" src="), "{page}");
    let address = Regex::new(r#"(?:href|url)[=(]"?([^#"][^")]*)"#).unwrap();
    assert!(address.captures(&page).is_none());
    assert!(!page.contains("<summary></summary>"), "something folded has no name");
    let place = |part: &str| page.find(part).unwrap();
    assert!(
        place("For the team: it quotes") < place("<nav aria-label="),
        "who is quoted is said first"
    );
    for part in
        ["<nav aria-label=", "<details>", "<svg ", "lang=\"es\"", "<caption>", "scope=\"col\""]
    {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn nobody_is_quoted_who_must_not_be_and_who_left_is_in_nothing() {
    let study = settled();
    crate::cite::of_another_mind(&study);
    let team = html(&study, "team");
    let public = html(&study, "public");
    assert!(
        team.contains("it quotes 1 person whose consent to quotation is not recorded"),
        "{team}"
    );
    assert!(public.contains("only people are quoted who are recorded as allowing it"));
    let cited = |page: &str, person: &str| {
        page.contains(&format!("({person}, ")) || page.contains(&format!("{person}: "))
    };
    for page in [&team, &public] {
        assert!(!cited(page, "P14") && !cited(page, "P25"), "quoted, and must not be");
        assert!(!page.contains(">P25<"), "who left is in a table");
    }
    assert!(!cited(&public, "P24"));
    // Rows of participants and what each of them says how much are for the team.
    assert!(team.contains(">P3<") && !public.contains(">P3<"), "{public}");
}

#[test]
fn an_unfinished_study_gets_a_banner_and_no_half_figures() {
    let study = TestStudy::new().coded("c1", &["A:2 leadership horizontal", "A:2 tone warm"]);
    let page = html(&study, "team");
    assert!(
        page.contains("This study is not finished") && page.contains("waits for c1, c2"),
        "{page}"
    );
    assert!(
        !page.contains("data-command=\"themata matrix") && !page.contains("krippendorff"),
        "{page}"
    );
    assert!(!page.contains("horizontal</td>"), "{page}");
}

#[test]
fn what_is_not_settled_yet_gives_no_half_figures_and_what_came_before_stays() {
    let study = TestStudy::new()
        .coded("c1", &["A:2 leadership horizontal", "A:2 tone warm"])
        .coded("c2", &["A:2 leadership horizontal", "A:2 tone cold"])
        .rest_none("c1")
        .rest_none("c2")
        .sealed("c1")
        .sealed("c2");
    let page = html(&study, "team");
    assert!(page.contains("This study is not finished"), "{page}");
    assert!(page.contains("1 unit × dimension is not settled: what consensus changed"), "{page}");
    for (line, there) in [
        ("themata agree\"", true),
        ("themata discrepancies --confusion", true),
        ("themata matrix", false),
        ("themata saturation", false),
        ("<blockquote", false),
    ] {
        assert_eq!(page.contains(line), there, "{line} in {page}");
    }
    let seen = study.typed("resolve --present c1,c2", "1\nslip\nread again\n");
    assert!(seen.contains("saved "), "{seen}");
    let page = html(&study, "team");
    assert!(!page.contains("This study is not finished"), "{page}");
    assert!(page.contains("themata matrix") && page.contains("<blockquote"), "{page}");
}

#[test]
fn describing_fewer_than_three_people_wants_a_reason_and_is_recorded_once_it_is_shown() {
    let study = example();
    for wrong in [
        "report --profile public --min 2",
        "report --profile public --min 3 --reason 'all agreed'",
        "report --profile public --reason 'all agreed'",
        "report --profile public --min 2 --reason ' '",
        "report --profile team --min 2 --reason 'all agreed'",
        "report --profile public --min 0 --reason 'all agreed'",
    ] {
        assert!(study.run(wrong).ends_with("[exit 2]\n"), "{wrong}");
    }
    let line = "report --profile public --min 2 --reason 'all agreed in writing'";
    assert!(study.run(&format!("{line} -o no/such/folder.md")).ends_with("[exit 5]\n"));
    assert!(study.run(&format!("{line} --explain 99999")).ends_with("[exit 2]\n"));
    let recorded = || {
        let events = study.read("events.csv");
        events
            .lines()
            .filter(|it| it.contains("small-groups"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert!(recorded().is_empty(), "nothing was shown");
    let seen = study.run(&format!("{line} --format md"));
    assert!(seen.contains("fewer than 2"), "{seen}");
    let events = recorded();
    assert_eq!(events.len(), 1);
    assert!(events[0].contains("small-groups,,2,all agreed in writing"), "{events:?}");
    assert!(study.run("check").ends_with("[exit 0]\n"));
    let log = study.run("log --format csv");
    assert!(log.contains("small-groups") && log.contains("all agreed in writing"), "{log}");
}

#[test]
fn a_team_that_wants_no_coefficients_gets_none() {
    let study = settled();
    study.write(
        "themata.yaml",
        &study.read("themata.yaml").replace("agreement: \"yes\"", "agreement: \"no\""),
    );
    let page = html(&study, "team");
    for word in ["alpha", "kappa", "gwet", "percent_agreement", "intervals"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn the_methods_are_told_in_both_languages_and_the_checklists_ask_for_the_rest() {
    let study = example();
    let english = study.run("report --profile team --format md");
    let spanish = study.run("--lang es report --profile team --format md");
    assert!(
        english.contains("2 coders decided independently and sealed their decisions"),
        "{english}"
    );
    assert!(spanish.contains("2 codificadores decidieron con independencia"), "{spanish}");
    assert!(
        english.contains("For the authors to say.") && spanish.contains("Lo dicen los autores.")
    );
    assert_eq!(english.matches("\n| 32 |").count(), 1, "COREQ has 32 items");
}

/// The parts of a DOCX by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = BTreeMap::new();
    let pictures = (1..=archive.len())
        .take_while(|nth| archive.by_name(&format!("word/media/image{nth}.emf")).is_ok())
        .count();
    for name in [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/styles.xml",
    ] {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        all.insert(name.to_owned(), text);
    }
    assert_eq!(archive.len(), all.len() + pictures);
    // Each picture is related to, stands in the text once, and tells what it shows.
    let (main, related) = (&all["word/document.xml"], &all["word/_rels/document.xml.rels"]);
    for nth in 1..=pictures {
        assert!(related.contains(&format!("Id=\"rId{}\"", nth + 2)), "{related}");
        assert_eq!(main.matches(&format!("r:embed=\"rId{}\"", nth + 2)).count(), 1);
    }
    assert_eq!(main.matches(" descr=\"").count() - main.matches(" descr=\"\"").count(), pictures);
    all
}

#[test]
fn a_word_document_is_valid_by_the_schema_with_headings_captions_and_repeated_heads() {
    let study = example();
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("report.docx");
    study.run(&format!("report --profile team -o {}", file.display()));
    let parts = parts(&std::fs::read(&file).unwrap());
    let main = &parts["word/document.xml"];
    for part in
        ["w:val=\"Heading1\"", "w:val=\"Caption\"", "<w:tblHeader/>", "TOC \\o", " SEQ Table "]
    {
        assert!(main.contains(part), "{part}");
    }
    assert!(parts["word/footer1.xml"].contains(" PAGE "));
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/ooxml/wml.xsd");
    if !schema.exists() {
        eprintln!("skipped: no schema beside the repository");
        return;
    }
    for name in ["word/document.xml", "word/styles.xml", "word/footer1.xml"] {
        let path = out.path().join(name.replace('/', "-"));
        std::fs::write(&path, &parts[name]).unwrap();
        let Ok(checked) =
            Command::new("xmllint").arg("--noout").arg("--schema").arg(&schema).arg(&path).output()
        else {
            eprintln!("skipped: no xmllint");
            return;
        };
        let said = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert!(
            checked.status.success(),
            "{name}: {}",
            said.chars().take(2000).collect::<String>()
        );
    }
}

/// What people may write anywhere, and nothing may do anything of it.
const ATTACKS: [&str; 7] = [
    "=HYPERLINK(\"http://x\",\"y\")",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\\input{/etc/passwd} $x$ 50 % & _",
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{202e}evil\u{2066}",
    "a\u{0}b\u{b}c",
    "]]> <!-- --> &#x1b; {{x}} `code` [a](javascript:alert(1))",
];

#[test]
fn no_attack_does_anything_in_any_form_of_the_report_and_its_pictures() {
    for attack in ATTACKS {
        let study = TestStudy::new()
            .coded("c1", &["A:2 leadership horizontal", "A:2 tone warm"])
            .coded("c2", &["A:2 leadership horizontal", "A:2 tone cold"])
            .rest_none("c1")
            .rest_none("c2")
            .sealed("c1")
            .sealed("c2");
        let plain: String = attack.chars().filter(|it| *it != '\u{0}').collect();
        let quoted = serde_json::to_string(&plain).unwrap();
        study.write("themata.yaml", &study.read("themata.yaml").replace("\"Small\"", &quoted));
        let csv = format!("\"{}\"", plain.replace('"', "\"\""));
        study.write("cases.csv", &format!("case,name,sector\nA,{csv},{csv}\nB,{csv},{csv}\n"));
        let people = study.read("participants.csv");
        let mut lines: Vec<String> = people.lines().map(str::to_owned).collect();
        for (nth, line) in lines.iter_mut().enumerate() {
            line.push_str(&if nth == 0 { ",note".to_owned() } else { format!(",{csv}") });
        }
        study.write("participants.csv", &(lines.join("\n") + "\n"));
        let paper = format!("“{plain} said she, and nobody else” (P1, Group A: 2)\n");
        study.write("paper.txt", &paper.replace('\u{0}', ""));
        let path = study.path("paper.txt").display().to_string();
        for line in [
            "report --profile team".to_owned(),
            "report --profile public".to_owned(),
            "matrix".to_owned(),
            "matrix --rows case.sector".to_owned(),
            "discrepancies --confusion".to_owned(),
            format!("cite {path}"),
        ] {
            for format in ["table", "html", "md", "latex", "csv", "json", "svg"] {
                let (status, out, err) = study.streams(&format!("{line} --format {format}"));
                let what = format!("{line} as {format} of {attack:?}: {out}{err}");
                assert!(status <= 2, "{what}");
                if matches!(format, "table" | "html" | "svg" | "md" | "latex") {
                    let bad = |it: char| {
                        (it.is_control() && it != '\n')
                            || matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
                    };
                    let turned = matches!(format, "md" | "latex");
                    assert!(turned || !out.contains(bad), "{what}");
                    assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}'), "{what}");
                }
                match format {
                    "html" | "svg" => {
                        assert!(!out.contains("<script") && !out.contains("<img"), "{what}");
                    }
                    "latex" => assert!(!out.contains("\\input"), "{what}"),
                    "md" => assert!(!out.replace("\\<", "").contains("<script"), "{what}"),
                    "csv" => assert!(
                        !out.contains(",=HYPERLINK") && !out.contains(",\"=HYPERLINK"),
                        "{what}"
                    ),
                    _ => {}
                }
            }
        }
        let out = tempfile::tempdir().unwrap();
        let file = out.path().join("report.docx");
        study.run(&format!("report --profile team -o {}", file.display()));
        for (name, text) in parts(&std::fs::read(&file).unwrap()) {
            let mut reader = quick_xml::Reader::from_str(&text);
            while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
            let bad =
                |it: char| (it.is_control() && !matches!(it, '\n' | '\r')) || it == '\u{202e}';
            assert!(!text.contains(bad), "{name} of {attack:?}");
        }
    }
}

#[test]
fn a_study_without_talk_or_without_units_says_that_it_is_not_finished() {
    let study = TestStudy::empty("en", &["c1", "c2"], crate::desk::CODEBOOK);
    let said = study.run("report --profile public --format md");
    assert!(
        said.contains("This study is not finished") && said.contains("No transcript has been"),
        "{said}"
    );
    study.import("A", &[("P1", "One two three.")]);
    let said = study.run("report --profile public --format md");
    assert!(said.contains("1 transcript is not cut into units."), "{said}");
}

#[test]
fn a_page_is_accessible_and_not_too_wide_in_both_colour_schemes() {
    // One browser is enough for what axe reads, and the pages are long.
    for browser in crate::pack::browsers().into_iter().take(1) {
        let pages = tempfile::tempdir().unwrap();
        for profile in ["team", "public"] {
            let name = format!("{profile}.html");
            std::fs::write(pages.path().join(&name), html(&settled(), profile)).unwrap();
            let seen = crate::pack::see(&browser, pages.path(), &["reading", &name]);
            let found = seen["found"].as_array().unwrap();
            assert!(found.is_empty(), "{} {profile}: {found:#?}", browser.name);
        }
    }
}
