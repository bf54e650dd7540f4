//! One set of keys for the full screen and for the page: both write the same rows. And twenty units of the example on the page,
//! by keyboard and by mouse.

use std::fs;
use std::path::Path;

use expect_test::expect_file;
use themata::domain::log::Via;

use crate::desk::LogFile;
use crate::pack::{browsers, decided, packed, see};
use crate::page::fifty;
use crate::screen::Coder;
use crate::support::TestStudy;

/// What a log says in the end, one row for each unit and dimension: `A:2 tone warm unsure`.
fn in_the_end(log: &LogFile, study: &themata::domain::study::Study) -> Vec<String> {
    let mut last: std::collections::BTreeMap<(String, String), String> = Default::default();
    for row in log.rows().lines() {
        let cell: Vec<&str> = row.split(',').collect();
        let codes = if cell[5].is_empty() { "-" } else { cell[5] };
        let rest = if cell[8].ends_with(":rest") { "rest" } else { "" };
        let told = format!("{codes} {} {rest}", cell[6]);
        last.insert((cell[3].to_owned(), cell[4].to_owned()), told);
    }
    let mut rows = Vec::new();
    for (_, unit) in study.talk() {
        for (_, dimension) in study.vocabulary.dimensions_in_force() {
            let key = (unit.locator.to_string(), dimension.id.to_string());
            let told = last.get(&key).map_or("-", String::as_str);
            let row = format!("{} {} {told}", key.0, key.1);
            rows.push(row.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    rows
}

/// The keys of a script, line by line.
fn keys(script: &str) -> Vec<String> {
    script.lines().filter_map(|line| line.strip_prefix("keys: ")).map(str::to_owned).collect()
}

#[test]
fn fifty_units_by_keyboard_give_the_same_rows_on_the_screen_and_on_the_page() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys/fifty.txt");
    let script = fs::read_to_string(&file).unwrap();
    let whole = fifty();
    let mut memory = whole.open().study.clone();
    let mut log = LogFile::new("");
    log.via = Via::Screen;
    let read = log.read(&mut memory);
    let mut coder = Coder::new(&memory, &read);
    for line in keys(&script) {
        let mut keeper = crate::screen::keeper(&memory, &mut log);
        assert_eq!(coder.all(&line, &mut keeper), None, "{line}");
    }
    let rows = in_the_end(&log, &memory);
    let head: String = script
        .lines()
        .take_while(|line| line.is_empty() || line.starts_with(['#', 'k']))
        .filter(|line| !line.is_empty())
        .map(|line| format!("{line}\n"))
        .collect();
    expect_file![file].assert_eq(&format!("{head}\n{}\n", rows.join("\n")));
    for browser in browsers() {
        let pages = packed(&whole);
        let all = keys(&script).join(" ");
        let seen = see(&browser, pages.path(), &["keys", "c2.html", &all]);
        assert_eq!(decided(pages.path(), &seen["file"]), rows, "{}", browser.name);
    }
}

#[test]
fn any_hands_write_the_same_rows_on_the_screen_and_on_the_page() {
    let whole = fifty();
    let keys: Vec<&str> =
        "q w 1 2 3 4 5 0 <Space> <Space> <Enter> a x z Z s n N 7".split(' ').collect();
    for seed in [11_u64, 12, 13] {
        let mut state = seed;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % keys.len()
        };
        let hands: Vec<&str> = (0..160).map(|_| keys[next()]).collect();
        let hands = hands.join(" ");
        let mut memory = whole.open().study.clone();
        let mut log = LogFile::new("");
        log.via = Via::Screen;
        let read = log.read(&mut memory);
        let mut coder = Coder::new(&memory, &read);
        coder.all(&hands, &mut crate::screen::keeper(&memory, &mut log));
        let rows = in_the_end(&log, &memory);
        assert!(rows.iter().filter(|row| !row.ends_with(" -")).count() > 10, "{rows:?}");
        for browser in browsers() {
            let pages = packed(&whole);
            let seen = see(&browser, pages.path(), &["keys", "c2.html", &hands]);
            let page = decided(pages.path(), &seen["file"]);
            assert_eq!(page, rows, "{} seed {seed}: {hands}", browser.name);
        }
    }
}

/// What the first coder of the example gave to twenty units: for each dimension its codes, `none`, and whether she was unsure.
fn wished(folder: &Path) -> (Vec<String>, Vec<String>) {
    let log = fs::read_to_string(folder.join("coding/c1.csv")).unwrap();
    let mut order: Vec<String> = Vec::new();
    let mut last: std::collections::BTreeMap<(String, String), (String, bool)> = Default::default();
    for row in log.lines().skip(1) {
        let cell: Vec<&str> = row.split(',').collect();
        if !order.contains(&cell[3].to_owned()) {
            order.push(cell[3].to_owned());
        }
        let answer = (cell[5].to_owned(), cell[6] == "unsure");
        last.insert((cell[3].to_owned(), cell[4].to_owned()), answer);
    }
    let (mut keys, mut clicks) = (Vec::new(), Vec::new());
    let codebook = themata::format::codebook::read(
        "codebook.yaml",
        &fs::read(folder.join("codebook.yaml")).unwrap(),
        &mut Vec::new(),
    )
    .unwrap();
    for unit in order.iter().take(20) {
        for (nth, dimension) in codebook.dimensions.iter().enumerate() {
            let (codes, unsure) = &last[&(unit.clone(), dimension.id.to_string())];
            if codes == "none" && !unsure {
                continue;
            }
            keys.push("qwert"[nth..=nth].to_owned());
            clicks.push(format!("head-{nth}"));
            let ids: Vec<&str> =
                dimension.tree().iter().map(|(_, code)| code.id.as_str()).collect();
            for code in codes.split("; ") {
                let place = ids.iter().position(|id| *id == code).unwrap_or(ids.len());
                let (key, id) = if code == "none" { (0, "-none") } else { (place + 1, code) };
                keys.push(key.to_string());
                clicks.push(format!("c-{nth}-{id}"));
            }
            if *unsure {
                keys.push("a".to_owned());
                clicks.push(format!("c-{nth}--unsure"));
            }
        }
        keys.push("<Space>".to_owned());
        clicks.push("close".to_owned());
    }
    (keys, clicks)
}

#[test]
fn twenty_units_of_the_example_on_the_page_by_keyboard_and_by_mouse() {
    let example = crate::sheet::unsealed_example();
    fs::remove_file(example.path().join("coding/c2.csv")).unwrap();
    let study = TestStudy::copy_of(example.path());
    let (keys, clicks) = wished(example.path());
    eprintln!("twenty units: {} keys, {} clicks", keys.len(), clicks.len());
    assert!(keys.len() <= 20 * 3, "{} keys", keys.len());
    for browser in browsers() {
        let pages = packed(&study);
        let typed = see(&browser, pages.path(), &["keys", "c2.html", &keys.join(" ")]);
        assert_eq!(typed["after"]["progress"], "20 of 346 units decided", "{}", browser.name);
        let by_keys = decided(pages.path(), &typed["file"]);
        let pages = packed(&study);
        let mut scenario = vec!["mouse", "c2.html"];
        scenario.extend(clicks.iter().map(String::as_str));
        let clicked = see(&browser, pages.path(), &scenario);
        assert_eq!(decided(pages.path(), &clicked["file"]), by_keys, "{}", browser.name);
        let file = pages.path().join(clicked["file"].as_str().unwrap());
        let said = study.run(&format!("receive '{}' --dry-run --coder c2", file.display()));
        assert!(said.contains("100 new, 0 changed"), "{said}");
    }
}

#[test]
fn a_later_save_is_taken_and_an_earlier_one_that_comes_after_it_is_refused() {
    for browser in browsers() {
        let study = fifty();
        let pages = packed(&study);
        let steps = ["1 <Space> 2 <Space>", "w 1 <Space>", "<Up> q 2"];
        let seen = see(&browser, pages.path(), &["saves", "c2.html", steps[0], steps[1], steps[2]]);
        let files = seen["files"].as_array().unwrap();
        let receive = |nth: usize| {
            let file = pages.path().join(files[nth].as_str().unwrap());
            study.run(&format!("receive '{}' --coder c2", file.display()))
        };
        assert!(files[2].as_str().unwrap().contains("save-003-3-of-50"), "{seen}");
        assert!(receive(2).ends_with("[exit 0]\n"));
        let refused = receive(1);
        assert!(refused.contains("is save 2 of this page"), "{refused}");
        assert!(refused.contains("it would set back A:3"), "{refused}");
        assert!(refused.ends_with("[exit 4]\n"), "{refused}");
    }
}
