//! The page for a co-coder who installs nothing: what is in it, and what real browsers do with it.
//!
//! Chromium and Firefox are driven by `tests/browser/pack.mjs` (`npm install` in that folder brings what it
//! needs); where one of them, node or the modules are missing, the tests say what they skip.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

use crate::desk::CODEBOOK;
use crate::support::TestStudy;

/// A browser: what it is called, and its program.
pub(crate) struct Browser {
    pub(crate) name: &'static str,
    program: PathBuf,
}

/// The browsers that are here; says which are not.
pub(crate) fn browsers() -> Vec<Browser> {
    let found = |program: &str| {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).map(|folder| folder.join(program)).find(|it| it.is_file())
    };
    let modules = folder().join("node_modules/puppeteer-core");
    if found("node").is_none() || !modules.is_dir() {
        eprintln!(
            "skipped: pages in browsers (node, or `npm install` in tests/browser, is missing)"
        );
        return Vec::new();
    }
    let mut all = Vec::new();
    for (name, program) in [("chrome", "chromium"), ("firefox", "firefox-esr")] {
        match found(program) {
            Some(program) => all.push(Browser { name, program }),
            None => eprintln!("skipped: pages in {program}, which is not here"),
        }
    }
    all
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser")
}

/// What a browser saw in a scenario over the pages of a folder.
pub(crate) fn see(browser: &Browser, pages: &Path, scenario: &[&str]) -> Json {
    let output = Command::new("node")
        .arg(folder().join("pack.mjs"))
        .args([browser.name, browser.program.to_str().unwrap(), pages.to_str().unwrap()])
        .args(scenario)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let last = text.lines().last().unwrap_or_default();
    let seen: Json = serde_json::from_str(last).unwrap_or_else(|_| {
        panic!("{} {scenario:?}: {text}{}", browser.name, String::from_utf8_lossy(&output.stderr))
    });
    let faults = seen["faults"].as_array().unwrap();
    assert!(faults.is_empty(), "{} {scenario:?}: {faults:?}", browser.name);
    seen
}

/// A study whose page lies in a folder of its own, as `c2.html`.
pub(crate) fn packed(study: &TestStudy) -> tempfile::TempDir {
    let pages = tempfile::tempdir().unwrap();
    let file = pages.path().join("c2.html");
    let said = study.run(&format!("pack --coder c2 -o {}", file.display()));
    assert!(said.contains("[exit 0]"), "{said}");
    pages
}

fn page(study: &TestStudy) -> String {
    std::fs::read_to_string(packed(study).path().join("c2.html")).unwrap()
}

/// The rows of a saved file: unit, dimension, codes, certainty.
pub(crate) fn rows(pages: &Path, file: &Json) -> Vec<String> {
    let text = std::fs::read_to_string(pages.join(file.as_str().unwrap())).unwrap();
    let row = |line: &str| line.split(',').take(4).collect::<Vec<_>>().join(" ");
    text.lines().skip(1).map(|line| row(line).trim_end().to_owned()).collect()
}

/// What a saved file decides: unit, dimension, codes, certainty, and `rest` where a none came by closing.
#[cfg(feature = "screen")]
pub(crate) fn decided(pages: &Path, file: &Json) -> Vec<String> {
    let text = std::fs::read_to_string(pages.join(file.as_str().unwrap())).unwrap();
    let row = |line: &str| {
        let cell: Vec<&str> = line.split(',').collect();
        let rest = if cell[5] == "pack:rest" { "rest" } else { "" };
        let told = format!("{} {} {} {} {rest}", cell[0], cell[1], cell[2], cell[3]);
        told.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    text.lines().skip(1).map(row).collect()
}

#[test]
fn a_page_holds_her_own_work_and_nobody_elses_and_allows_nothing_from_outside() {
    let study = TestStudy::new()
        .coded("c1", &["A:2 tone cold"])
        .coded("c2", &["A:2 leadership horizontal", "A:2 tone warm unsure"]);
    let seen = page(&study);
    assert!(seen.contains(r#""earlier":[[0,0,["horizontal"],false],[0,1,["warm"],true]]"#));
    let other =
        TestStudy::new().coded("c2", &["A:2 leadership horizontal", "A:2 tone warm unsure"]);
    assert_eq!(seen, page(&other), "what c1 decided makes no difference");
    assert!(seen.contains("default-src 'none'; script-src 'sha256-"));
    assert!(seen.contains("require-trusted-types-for 'script'"));
    for outside in ["http://", "https://", "innerHTML", "eval(", "style=\"", "onclick"] {
        assert!(!seen.contains(outside), "{outside}");
    }
    assert!(seen.contains("<noscript>") && seen.contains("translate=\"no\""));
    let script = include_str!("../../src/format/pack/page.js").len();
    let rest = include_str!("../../src/format/pack/page.css").len()
        + include_str!("../../src/format/pack/page.html").len();
    assert!(script + rest < 60_000, "{}", script + rest);
}

#[test]
fn sealed_cases_are_left_out_and_another_ending_is_refused() {
    let study = TestStudy::new().rest_none("c2");
    study.run("seal --coder c2 --case A");
    let seen = study.run("pack --coder c2 -o ignored.txt");
    assert!(seen.contains("ignored.txt is neither a page nor an archive"), "{seen}");
    assert!(seen.contains("[exit 2]"), "{seen}");
    let page = page(&study);
    assert!(page.contains("B:1") && !page.contains("\"A:2\""));
    let pages = packed(&study);
    let file = pages.path().join("c2.html");
    let again = study.run(&format!("pack --coder c2 -o {}", file.display()));
    assert!(again.contains("[exit 4]"), "{again}");
}

#[test]
fn an_archive_holds_the_page_and_a_line_in_her_language() {
    let study = TestStudy::new();
    let pages = tempfile::tempdir().unwrap();
    let file = pages.path().join("c2.zip");
    study.run(&format!("--lang es pack --coder c2 -o {}", file.display()));
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names, ["c2.html", "LEAME.txt"]);
    let mut readme = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("LEAME.txt").unwrap(), &mut readme).unwrap();
    assert!(readme.starts_with("c2.html: abra esta página") && readme.lines().count() == 1);
}

/// Letters choose a dimension, digits toggle its codes, Space closes; nothing else decides.
#[test]
fn keys_and_the_mouse_give_the_same_rows_in_real_browsers() {
    let expected = [
        "A:2 leadership horizontal; chair",
        "A:2 tone warm unsure",
        "A:3-4 leadership none",
        "A:3-4 tone cold",
        "A:5 leadership leadership",
        "A:5 tone none",
        "B:1 leadership -",
        "B:1 tone -",
    ];
    let keys = "q 1 3 w 1 a Space w 1 2 Space q 4 w 0 Space q 1 x";
    let clicks = ["c-0-horizontal", "c-0-chair", "after", "before"];
    for browser in browsers() {
        let study = TestStudy::new();
        let pages = packed(&study);
        let seen = see(&browser, pages.path(), &["keys", "c2.html", keys]);
        assert_eq!(rows(pages.path(), &seen["file"]), expected, "{}", browser.name);
        assert_eq!(seen["after"]["progress"], "3 of 4 units decided");
        assert_eq!(seen["after"]["unfiled"], "everything is in a file");
        // What she sends back becomes the same decisions, in her log.
        let file = pages.path().join(seen["file"].as_str().unwrap());
        let said = study.run(&format!("receive {} --coder c2", file.display()));
        assert!(said.contains("6 new, 0 changed, 0 taken back"), "{said}");
        let log = study.read("coding/c2.csv");
        for row in [
            "A:2,leadership,horizontal; chair,,,pack,",
            "A:2,tone,warm,unsure,,pack,",
            "A:3-4,leadership,none,,,pack:rest,",
            "A:5,tone,none,,,pack,",
        ] {
            assert!(log.contains(row), "{row}: {log}");
        }
        assert!(!log.contains("B:1"), "what is undecided on the page is no row: {log}");
        let mut scenario = vec!["mouse", "c2.html"];
        scenario.extend(clicks);
        let clicked = see(&browser, packed(&TestStudy::new()).path(), &scenario);
        assert_eq!(clicked["after"]["where"], "Group A · unit 1 of 4 · A:2");
    }
}

#[test]
fn notes_undo_redo_and_a_saved_file_loaded_again_keep_everything() {
    for browser in browsers() {
        let study = TestStudy::new();
        let pages = packed(&study);
        let words = "=a note, with \"marks\"";
        let seen = see(&browser, pages.path(), &["note", "c2.html", words]);
        let file = seen["file"].as_str().unwrap().to_owned();
        let text = std::fs::read_to_string(pages.path().join(&file)).unwrap();
        assert!(text.contains("\"'=a note, with \"\"marks\"\"\""), "{text}");
        assert_eq!(rows(pages.path(), &seen["file"])[0], "A:2 leadership horizontal unsure");
        // Another browser that never saw the page.
        std::fs::remove_dir_all(pages.path().join("profile")).unwrap();
        let loaded = see(&browser, pages.path(), &["load", "c2.html", &file]);
        let again =
            std::fs::read_to_string(pages.path().join(loaded["file"].as_str().unwrap())).unwrap();
        let decisions = |text: &str| -> Vec<String> {
            text.lines().map(|it| it.split(",pack").next().unwrap().to_owned()).collect()
        };
        assert_eq!(decisions(&text), decisions(&again));
        assert!(loaded["file"].as_str().unwrap().contains("save-002"), "{loaded}");
    }
}

#[test]
fn what_stays_in_the_browser_is_unreadable_and_survives_a_kill() {
    for browser in browsers() {
        let study = TestStudy::of("en", &["c1", "c2"], CODEBOOK);
        let pages = packed(&study);
        let seen = see(&browser, pages.path(), &["kill", "c2.html", "3"]);
        assert_eq!(seen["before"]["progress"], "3 of 4 units decided");
        assert_eq!(seen["after"]["progress"], "3 of 4 units decided", "{}", browser.name);
        let tabs = see(&browser, pages.path(), &["tabs", "c2.html"]);
        assert!(tabs["second"]["warning"].as_str().unwrap().contains("another tab"), "{tabs}");
        assert_eq!(tabs["second"]["progress"], "3 of 4 units decided");
        // Another page on the same profile.
        study.write("themata.yaml", &study.read("themata.yaml").replace("Small", "Other"));
        study.run(&format!("pack --coder c1 -o {}", pages.path().join("c1.html").display()));
        let other = see(&browser, pages.path(), &["other", "c1.html"]);
        let found = other["storage"].to_string();
        assert!(other["storage"].as_array().unwrap().len() > 1, "{found}");
        for word in
            ["horizontal", "chair", "warm", "leadership", "A:2", "coffee", "c2\\\"", "themata"]
        {
            assert!(!found.contains(word), "{} keeps {word} readable", browser.name);
        }
        assert_eq!(other["seen"]["progress"], "0 of 4 units decided");
    }
}

#[test]
fn text_that_would_like_to_be_more_stays_text_and_nothing_calls_out() {
    for (port, browser) in (4711..).zip(browsers()) {
        let hostile = "\"</script><img src=x onerror=alert(1)> a\\u2028b \\u202ec {{data}}\"";
        let codebook =
            CODEBOOK.replace("name: {en: Horizontal,", &format!("name: {{en: {hostile},"));
        let study = TestStudy::empty("en", &["c1", "c2"], &codebook);
        let call = format!("<img src=\"http://127.0.0.1:{port}/x\">");
        let lines = [
            "</script><script>document.title='x'</script>",
            call.as_str(),
            "one\u{2028}two \u{202e}three \u{7} {{script}}",
            "<a href=\"javascript:alert(1)\">go</a> &amp; --> ]]>",
        ];
        let talk: Vec<(&str, &str)> = lines.iter().map(|line| ("P1", *line)).collect();
        study.import("A", &talk);
        study.cut(&["A:1-4"]);
        let pages = packed(&study);
        let seen = see(&browser, pages.path(), &["hostile", "c2.html", &port.to_string()]);
        let told = seen["told"].as_str().unwrap();
        // Controls stand as pictures, what turns the text after it by its number.
        let marks = ["two <U+202E>three \u{2407} {{script}}", "&amp; --> ]]>"];
        for line in ["</script><script>", "<img src=", "javascript:alert(1)"].iter().chain(&marks) {
            assert!(told.contains(line), "{}: {told}", browser.name);
        }
        for place in ["codes", "definition", "palette"] {
            let told = seen[place].as_str().unwrap();
            let name = "</script><img src=x onerror=alert(1)> a\u{2028}b <U+202E>c {{data}}";
            assert!(told.contains(name), "{} {place}: {told}", browser.name);
        }
        assert_eq!(
            (&seen["markup"], &seen["calls"], &seen["scripts"]),
            (&0.into(), &0.into(), &2.into())
        );
    }
}

#[test]
fn the_page_is_accessible_at_two_widths_and_in_both_colour_schemes() {
    for browser in browsers() {
        let pages = packed(&TestStudy::new().coded("c2", &["A:2 tone warm"]));
        let seen = see(&browser, pages.path(), &["axe", "c2.html"]);
        assert_eq!(seen["found"], Json::Array(Vec::new()), "{}", browser.name);
    }
}
