//! Pictures of results: well-formed, told, the same each time, and nobody's markup in them.

use std::path::Path;

use crate::support::TestStudy;

const LINES: [&str; 9] = [
    "matrix",
    "matrix --totals --columns code",
    "matrix --cell share",
    "agree",
    "discrepancies",
    "discrepancies --confusion",
    "cooccur",
    "saturation",
    "talk --case CoP-38",
];

fn example() -> TestStudy {
    TestStudy::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/communities"))
}

#[test]
fn each_result_that_has_a_picture_draws_it_with_a_title_and_what_it_shows() {
    let study = example();
    for line in LINES {
        let (status, svg, err) = study.streams(&format!("{line} --format svg"));
        assert_eq!((status, err.as_str()), (0, ""), "{line}");
        let mut reader = quick_xml::Reader::from_str(&svg);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        for part in ["role=\"img\"", "<title id=", "<desc id=", "aria-labelledby="] {
            assert!(svg.contains(part), "{line}: {part}");
        }
        assert!(!svg.contains("<script") && !svg.contains("href"), "{line}");
        assert_eq!(svg, study.streams(&format!("{line} --format svg")).1, "{line}");
        let told = svg.split("<desc").nth(1).unwrap().split("</desc>").next().unwrap();
        assert!(told.chars().any(|it| it.is_ascii_digit()), "{line} states no number: {told}");
    }
}

#[test]
fn every_number_of_a_matrix_is_printed_in_its_cell() {
    let study = example();
    let (_, csv, _) = study.streams("matrix --format csv");
    let (_, svg, _) = study.streams("matrix --format svg");
    let numbers = csv.lines().skip(1).flat_map(|line| line.split(',').skip(1).map(str::to_owned));
    for number in numbers {
        assert!(svg.contains(&format!(">{number}</text>")), "{number}");
    }
    assert!(svg.contains("CoP 62, Conflict management: 20"), "{svg}");
}

#[test]
fn dimensions_are_told_apart_by_patterns_where_colours_are_not_seen() {
    let (_, svg, _) = example().streams("matrix --format svg");
    // The square beside each dimension, with its lines, without its colour.
    let signs: Vec<Vec<&str>> = svg
        .split("<g>")
        .filter(|it| it.contains("rotate(-90") && it.contains("width=\"10.0\""))
        .map(|it| it.split('<').filter(|it| it.starts_with("line ")).collect())
        .collect();
    let shapes: std::collections::BTreeSet<String> = (signs.iter())
        .map(|lines| {
            let slopes = lines.iter().map(|line| {
                let at = |name: &str| -> f64 {
                    line.split(&format!("{name}=\""))
                        .nth(1)
                        .unwrap()
                        .split('"')
                        .next()
                        .unwrap()
                        .parse()
                        .unwrap()
                };
                format!("{:.0} {:.0};", at("x2") - at("x1"), at("y2") - at("y1"))
            });
            slopes.collect()
        })
        .collect();
    assert_eq!((signs.len(), shapes.len()), (5, 5), "{shapes:?}");
}

#[test]
fn a_result_without_a_picture_says_so() {
    let seen = example().run("matrix --cell quotes --format svg");
    assert!(
        seen.contains("error: This result has no picture.") && seen.ends_with("[exit 2]\n"),
        "{seen}"
    );
}

#[test]
fn what_is_not_open_is_in_no_picture_of_the_talk() {
    let study = TestStudy::new().coded("c1", &["A:2 leadership horizontal"]);
    let (status, svg, _) = study.streams("talk --format svg");
    assert_eq!(status, 0);
    assert!(svg.contains("not open for comparison") && !svg.contains("horizontal"), "{svg}");
}

#[test]
fn the_pictures_of_the_readme_are_what_the_program_draws() {
    let study = example();
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    for (line, file) in [("matrix", "matrix.svg"), ("agree", "agreement.svg")] {
        let (_, drawn, _) = study.streams(&format!("{line} --format svg"));
        assert_eq!(std::fs::read_to_string(docs.join(file)).unwrap(), drawn, "{file}");
    }
}
