//! The page for a co-coder, promise by promise, in real browsers: files, what the browser keeps, access, speed, and what must
//! not come in or go out. What is in the page, and coding on it, is in `pack`.

use serde_json::Value as Json;

use crate::desk::CODEBOOK;
use crate::pack::{browsers, packed, rows, see};
use crate::support::TestStudy;

/// A study of fifty units of talk in two groups.
pub(crate) fn fifty() -> TestStudy {
    let study = TestStudy::empty("en", &["c1", "c2"], CODEBOOK);
    for (case, one, two) in [("A", "P1", "P2"), ("B", "P3", "P4")] {
        let said: Vec<String> = (1..=25)
            .map(|n| format!("Turn {n}: we met, and somebody brought the coffee."))
            .collect();
        let speaker = |n: usize| if n.is_multiple_of(2) { one } else { two };
        let lines: Vec<(&str, &str)> =
            said.iter().enumerate().map(|(n, text)| (speaker(n), text.as_str())).collect();
        study.import(case, &lines);
    }
    let units: Vec<String> =
        ["A", "B"].iter().flat_map(|case| (1..=25).map(move |n| format!("{case}:{n}"))).collect();
    study.cut(&units.iter().map(String::as_str).collect::<Vec<_>>());
    study
}

/// What a file that was kept in the browser decides.
fn decisions(text: &str) -> Vec<String> {
    let row = |line: &str| line.split(',').take(3).collect::<Vec<_>>().join(" ");
    text.lines().skip(1).map(row).filter(|row| !row.ends_with(" -")).collect()
}

fn text<'a>(seen: &'a Json, name: &str) -> &'a str {
    seen[name].as_str().unwrap_or_else(|| panic!("{name}: {seen}"))
}

#[test]
fn one_file_is_written_again_after_each_unit_where_the_browser_can() {
    for browser in browsers() {
        let study = TestStudy::new();
        let pages = packed(&study);
        let seen = see(&browser, pages.path(), &["again", "c2.html"]);
        assert_eq!(seen["offered"], "c2-Small.csv", "{}", browser.name);
        let files = seen["files"].as_array().unwrap();
        let files: Vec<&str> = files.iter().map(|it| it.as_str().unwrap()).collect();
        // When it is chosen, after the first unit, after the second; not while a unit is being coded.
        assert_eq!(files.len(), 3, "{files:?}");
        assert_eq!(decisions(files[0]), [""; 0]);
        assert_eq!(decisions(files[1]), ["A:2 leadership horizontal", "A:2 tone none"]);
        let second = ["A:3-4 leadership none", "A:3-4 tone warm"];
        assert_eq!(
            decisions(files[2]),
            [decisions(files[1]), second.map(String::from).into()].concat()
        );
        for (save, file) in (1..).zip(&files) {
            assert!(file.lines().skip(1).all(|row| row.ends_with(&format!(",{save}"))), "{file}");
        }
        // Whoever closes the window in which a file is chosen has chosen none.
        assert_eq!(seen["dismissed"]["told"], "");
        assert_eq!(seen["within"]["unfiled"], "1 change not yet in a file");
        assert_eq!(seen["filed"]["unfiled"], "everything is in a file");
        // A full disk: said, and nothing is called filed.
        assert!(text(&seen["failed"], "told").starts_with("the file could not be written"));
        assert_eq!(seen["failed"]["unfiled"], "2 changes not yet in a file");
        assert_eq!(seen["after"]["unfiled"], "everything is in a file");
        // The file is received as any other, and an older one after it is refused.
        study.write("again.csv", files[2]);
        study.write("before.csv", files[1]);
        let receive =
            |name: &str| study.run(&format!("receive {} --coder c2", study.path(name).display()));
        assert!(receive("again.csv").contains("4 new, 0 changed"));
        assert!(receive("before.csv").ends_with("[exit 4]\n"));
    }
}

#[test]
fn a_study_of_two_thousand_units_opens_in_a_second() {
    let study = TestStudy::empty("en", &["c1", "c2"], include_str!("../../codebook.yaml"));
    let mut units = Vec::new();
    for case in 0..10 {
        let said: Vec<String> = (0..200)
            .map(|n| {
                format!("Turn {n}: {}", "we met, and somebody had brought the coffee. ".repeat(5))
            })
            .collect();
        let id = format!("G{case}");
        let speaker = format!("P{case}");
        let lines: Vec<(&str, &str)> =
            said.iter().map(|text| (speaker.as_str(), text.as_str())).collect();
        study.import(&id, &lines);
        units.extend((1..=200).map(|n| format!("{id}:{n}")));
    }
    study.cut(&units.iter().map(String::as_str).collect::<Vec<_>>());
    for browser in browsers() {
        let pages = packed(&study);
        // The quickest of several: others may be at work on this machine.
        let mut all: Vec<u64> = Vec::new();
        let mut seen = Json::Null;
        while all.len() < 15 && all.iter().min().is_none_or(|it| *it >= 1000) {
            seen = see(&browser, pages.path(), &["speed", "c2.html", "5"]);
            all.extend(seen["all"].as_array().unwrap().iter().map(|it| it.as_u64().unwrap()));
        }
        let bytes = std::fs::metadata(pages.path().join("c2.html")).unwrap().len();
        let (name, key) = (browser.name, &seen["key"]);
        eprintln!("{name}: 2,000 units, {bytes} bytes: opened in {all:?} ms, {key} ms a key");
        assert!(all.iter().min() < Some(&1000), "{name}: {all:?}");
        assert!(key.as_u64() < Some(250), "{name}: {key} ms a key");
        assert!(text(&seen["after"], "progress").ends_with("0 of 2000 units decided"), "{seen}");
    }
}

#[test]
fn where_the_browser_cannot_hide_what_it_keeps_nothing_is_kept_and_the_page_says_so() {
    for browser in browsers() {
        let pages = packed(&TestStudy::new());
        let seen = see(&browser, pages.path(), &["missing", "c2.html"]);
        let all = seen["all"].as_object().unwrap();
        assert_eq!(all.len(), 6);
        for (what, seen) in all {
            let told = text(&seen["coded"], "warning");
            assert!(told.starts_with("This browser keeps nothing"), "{what}: {told}");
            assert_eq!(seen["coded"]["progress"], "1 of 4 units decided", "{what}");
            let rows = rows(pages.path(), &seen["file"]);
            assert_eq!(rows[..2], ["A:2 leadership horizontal", "A:2 tone none"], "{what}");
        }
        // Only the name of a store, and nothing in it.
        let kept = seen["storage"].as_array().unwrap();
        assert!(kept.iter().all(|it| it.as_str().unwrap().len() <= 16), "{kept:?}");
        assert_eq!(seen["again"]["progress"], "0 of 4 units decided", "{}", browser.name);
    }
}

#[test]
fn leaving_warns_only_while_something_is_in_no_file() {
    for browser in browsers() {
        let pages = packed(&TestStudy::new());
        let seen = see(&browser, pages.path(), &["leave", "c2.html"]);
        assert_eq!(seen["asked"], serde_json::json!(["unfiled: beforeunload"]), "{}", browser.name);
        // What is kept in the browser is not called saved.
        assert_eq!(seen["kept"]["unfiled"], "1 change not yet in a file");
        assert_eq!(seen["after"]["unfiled"], "everything is in a file");
    }
}

#[test]
fn keys_of_one_letter_can_be_switched_off_and_that_is_remembered() {
    for browser in browsers() {
        let pages = packed(&TestStudy::new());
        let seen = see(&browser, pages.path(), &["shortcuts", "c2.html"]);
        for step in ["off", "still"] {
            assert_eq!(seen[step]["where"], "Group A · unit 1 of 4 · A:2", "{step}");
            assert_eq!(seen[step]["unfiled"], "everything is in a file", "{step}");
        }
        assert_eq!((&seen["dialogs"], &seen["remembered"]), (&0.into(), &true.into()));
        assert_eq!(seen["on"]["progress"], "1 of 4 units decided", "{}", browser.name);
    }
}

#[test]
fn sizes_focus_languages_roles_and_colours_serve_whoever_codes() {
    let study = TestStudy::new();
    let of_b = |row: &str| {
        if row.starts_with("B,") { row.replace(",en,", ",es,") } else { row.to_owned() }
    };
    let rows: Vec<String> = study.read("transcripts.csv").lines().map(of_b).collect();
    study.write("transcripts.csv", &(rows.join("\n") + "\n"));
    for browser in browsers() {
        let pages = packed(&study);
        let seen = see(&browser, pages.path(), &["access", "c2.html"]);
        for list in ["found", "fields", "written"] {
            assert_eq!(seen[list], serde_json::json!([]), "{} {list}", browser.name);
        }
        let reached: Vec<&str> =
            seen["reached"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        for id in ["note", "c-1-warm", "close", "undo", "filter", "save", "load", "shortcuts"] {
            assert!(reached.contains(&id), "{id} is not reached with Tab: {reached:?}");
        }
        // `tone` takes one code: none of several circles is given with another; unsure is a box beside them.
        assert_eq!(
            seen["types"],
            serde_json::json!(["radio", "radio", "radio", "radio", "checkbox"])
        );
        assert_eq!(seen["groups"], serde_json::json!([true, true]));
        assert_eq!(seen["live"], serde_json::json!(["warning", "told"]));
        assert_eq!(seen["said"], "saved 1 of 4 units in a file: send it back when you are done");
        assert_eq!(seen["translated"], false);
        assert_eq!(seen["languages"], serde_json::json!([["en", "en", "en", "en"], ["es"]]));
        assert_ne!(seen["light"], seen["dark"], "{}", browser.name);
    }
}

#[test]
fn where_no_script_runs_the_page_names_the_spreadsheet_and_shows_nothing_dead() {
    // Firefox cannot be told to run no scripts while it is driven.
    for browser in browsers().iter().filter(|it| it.name == "chrome") {
        for (language, wanted) in [("en", "the spreadsheet"), ("es", "la hoja de cálculo")] {
            let pages = tempfile::tempdir().unwrap();
            let file = pages.path().join("c2.html");
            TestStudy::new()
                .run(&format!("--lang {language} pack --coder c2 -o {}", file.display()));
            let seen = see(browser, pages.path(), &["plain", "c2.html"]);
            let told = text(&seen, "text");
            assert!(told.contains(wanted), "{told}");
            assert!(told.lines().filter(|line| !line.is_empty()).count() == 3, "{told}");
        }
    }
}

#[test]
fn what_somebody_brings_into_the_page_is_stopped_and_nothing_calls_out() {
    for (port, browser) in (4731..).zip(browsers()) {
        let pages = packed(&TestStudy::new());
        let seen = see(&browser, pages.path(), &["policy", "c2.html", &port.to_string()]);
        let outcome = seen["outcome"].as_object().unwrap();
        for what in [
            "fetch", "socket", "beacon", "image", "frame", "style", "link", "script", "inline",
            "markup", "form",
        ] {
            assert_eq!(outcome.get(what), Some(&"stopped".into()), "{} {what}", browser.name);
        }
        assert_eq!((&seen["ran"], &seen["calls"]), (&false.into(), &0.into()), "{}", browser.name);
    }
}

#[test]
fn codes_are_found_defined_and_given_and_units_chosen_in_spanish_too() {
    for browser in browsers() {
        let study = TestStudy::new();
        let pages = tempfile::tempdir().unwrap();
        let file = pages.path().join("c2.html");
        study.run(&format!("--lang es pack --coder c2 -o {}", file.display()));
        let seen = see(&browser, pages.path(), &["loop", "c2.html", "CHÁIR rot", "a:5"]);
        // Found by its English name, without accent and case; shown in the language of the page.
        let hits = seen["hits"].as_array().unwrap();
        assert!(
            text(&seen, "lang") == "es"
                && hits[0].as_str().unwrap().starts_with("Rota la presidencia"),
            "{hits:?}"
        );
        assert_eq!(seen["given"]["unfiled"], "2 cambios aún sin guardar en un archivo");
        let definition = text(&seen, "definition");
        for words in [
            "Roles rotatorios",
            "Tasks pass from one to the next.",
            "Úselo cuando: The chair moves on.",
        ] {
            assert!(definition.contains(words), "{definition}");
        }
        assert_eq!(seen["gone"]["where"], "Group A · unidad 3 de 4 · A:5");
        assert_eq!(seen["undecided"], "Group B · unidad 4 de 4 · B:1");
        assert_eq!(seen["unsure"], "Group A · unidad 1 de 4 · A:2");
        assert_eq!(seen["noted"], "Group A · unidad 1 de 4 · A:2");
        let about = text(&seen, "about");
        for words in
            ["Codifica c2", "ronda main", "libro de códigos v-", "datos ", "funciona sin internet"]
        {
            assert!(about.contains(words), "{about}");
        }
        let rows = rows(pages.path(), &seen["file"]);
        assert_eq!(rows[0], "A:2 leadership chair unsure", "{}", browser.name);
        assert_eq!(rows[4..6], ["A:5 leadership none", "A:5 tone none"]);
    }
}

#[test]
fn a_finger_codes_as_a_mouse_does() {
    for browser in browsers() {
        let pages = packed(&TestStudy::new());
        let taps = [
            "touch",
            "c2.html",
            "c-0-horizontal",
            "head-1",
            "c-1-cold",
            "close",
            "head-0",
            "c-0--none",
            "undo",
        ];
        let seen = see(&browser, pages.path(), &taps);
        let rows = rows(pages.path(), &seen["file"]);
        assert_eq!(
            rows[..3],
            ["A:2 leadership horizontal", "A:2 tone cold", "A:3-4 leadership -"],
            "{}",
            browser.name
        );
    }
}

#[test]
fn a_browser_killed_after_unit_thirty_has_thirty_and_another_page_reads_none_of_it() {
    let study = fifty();
    for browser in browsers() {
        let pages = packed(&study);
        let seen = see(&browser, pages.path(), &["kill", "c2.html", "30"]);
        assert_eq!(seen["before"]["progress"], "30 of 50 units decided");
        assert_eq!(seen["after"]["progress"], "30 of 50 units decided", "{}", browser.name);
        study.run(&format!("pack --coder c1 -o {}", pages.path().join("c1.html").display()));
        let other = see(&browser, pages.path(), &["other", "c1.html"]);
        let found = other["storage"].to_string().to_lowercase();
        assert!(found.len() > 3000, "something is kept: {}", found.len());
        // No word of the page that coded, and no id, whatever it is.
        let page = std::fs::read_to_string(pages.path().join("c2.html")).unwrap();
        let (_, data) = page.split_once("id=\"data\">").unwrap();
        let (data, _) = data.split_once("</script>").unwrap();
        for word in data.split(|it: char| !it.is_ascii_alphabetic()).filter(|it| it.len() > 4) {
            assert!(
                !found.contains(&word.to_lowercase()),
                "{} keeps {word} readable",
                browser.name
            );
        }
        assert_eq!(other["seen"]["progress"], "0 of 50 units decided");
    }
}

/// A file as a page saves it.
fn saved(rows: &[&str]) -> String {
    let head = "unit,dimension,codes,certainty,note,via,at,coder,round,codebook,pack,copy,save";
    rows.iter().fold(format!("{head}\n"), |all, row| all + row + ",ab12,cd34,7\n")
}

#[test]
fn a_pages_file_is_taken_in_whole_or_named_row_by_row_and_its_times_are_what_she_says() {
    let study = TestStudy::new();
    let version = study.open().study.version_in_force().id.clone();
    let receive = |text: &str, more: &str| {
        study.write("in.csv", text);
        study.run(&format!("receive {} --coder c2 {more}", study.path("in.csv").display()))
    };
    let good = format!("A:2,tone,warm,,,pack,2026-02-03T09:00:00Z,c2,main,{version}");
    let last = format!("A:5,tone,none,,,pack:rest,2026-02-01T08:00:00Z,c2,main,{version}");
    let foreign = format!("Z:9,tone,cold,,,pack,,c2,main,{version}");
    let unknown = "A:3-4,tone,cold,,,pack,,c2,main,v-0123456789ab";
    let seen = receive(&saved(&[&good, &foreign, unknown, &last]), "");
    assert!(seen.contains("in.csv:3:unit: ") && seen.contains("Z:9"), "{seen}");
    assert!(seen.contains("in.csv:4:codebook: ") && seen.contains("v-0123456789ab"), "{seen}");
    assert!(seen.contains("2 problems") && seen.ends_with("[exit 3]\n"), "{seen}");
    let nothing = || !study.path("coding/c2.csv").exists() && !study.path("events.csv").exists();
    assert!(nothing());
    let whole = saved(&[&good, &last]);
    let seen = receive(&whole, "--dry-run");
    assert!(
        seen.contains("2 new, 0 changed") && seen.ends_with("[exit 0]\n") && nothing(),
        "{seen}"
    );
    let seen = receive(&whole, "");
    let claim = "by the clock of her browser this was decided from 2026-02-01T08:00:00Z to 2026-02-03T09:00:00Z";
    assert!(seen.contains(claim), "{seen}");
    // The log says when it was received; her claim stands in the event, and the trail shows it.
    let log = study.read("coding/c2.csv");
    assert!(
        log.contains(",2026-03-01T10:00:00Z,main,A:2,tone,warm,") && !log.contains("2026-02-"),
        "{log}"
    );
    let event = "ab12 cd34 7 2026-02-01T08:00:00Z 2026-02-03T09:00:00Z";
    assert!(study.read("events.csv").contains(event), "{}", study.read("events.csv"));
    assert!(study.run("log --format csv").contains(event));
    // Save 7, then save 6.
    let older = whole.replace("cd34,7", "cd34,6").replace("warm", "cold");
    let seen = receive(&older, "");
    assert!(seen.contains("is save 6 of this page") && seen.ends_with("[exit 4]\n"), "{seen}");
}

#[test]
fn a_page_of_one_case_holds_that_case_and_no_field_sends_what_is_typed_away() {
    let study = TestStudy::new();
    let pages = tempfile::tempdir().unwrap();
    let file = pages.path().join("c2.html");
    let said = study.run(&format!("pack --coder c2 --case B -o {}", file.display()));
    assert!(said.contains("1 unit for c2"), "{said}");
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.contains("\"B:1\"") && !page.contains("\"A:2\"") && !page.contains("coffee"));
    for field in
        page.split('<').filter(|it| it.starts_with("textarea ") || it.starts_with("input id="))
    {
        if field.contains("type=\"text\"") || field.starts_with("textarea") {
            for wanted in
                ["autocomplete=\"off\"", "spellcheck=\"false\"", "writingsuggestions=\"false\""]
            {
                assert!(field.contains(wanted), "{field}");
            }
        }
    }
}
