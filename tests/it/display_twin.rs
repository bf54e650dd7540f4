//! Displays against a twin that recounts them from the rows of `export`, with no code of theirs: random studies with gaps, units
//! of several speakers, three coders and two rounds. `THEMATA_STUDIES=1000` makes as many as the issue asks for.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::TestStudy;

const CODEBOOK: &str = "
title: Twin
version: 1
unit: A turn.
dimensions:
  - id: lead
    select: many
    codes:
      - id: shared
        codes:
          - {id: deep}
      - {id: alone}
  - id: tone
    select: one
    codes:
      - {id: warm}
      - {id: cold}
";

/// Code, its dimension, what lies above it.
const CODES: [(&str, &str, &[&str]); 5] = [
    ("shared", "lead", &[]),
    ("deep", "lead", &["shared"]),
    ("alone", "lead", &[]),
    ("warm", "tone", &[]),
    ("cold", "tone", &[]),
];

/// Numbers that look random and are always the same (Marsaglia, 2003, xorshift64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % sides as u64) as usize
    }
}

/// A unit as the test made it.
#[derive(Debug, Clone)]
struct Stretch {
    id: String,
    case: String,
    speakers: Vec<String>,
    /// The paragraphs, for turns.
    paragraphs: (u32, u32),
}

/// What is settled of a unit: per dimension the codes; nothing where it is not settled.
type Settled = BTreeMap<(String, String), BTreeSet<String>>;

/// A study of two cases, cut into units of one paragraph or two, coded by three in two rounds with gaps.
fn study(dice: &mut Dice) -> (TestStudy, Vec<Stretch>) {
    let study = TestStudy::empty("en", &["c1", "c2", "c3"], CODEBOOK);
    let mut units: Vec<Stretch> = Vec::new();
    for (case, people) in [("A", ["P1", "P2"]), ("B", ["P3", "P4"])] {
        let lines: Vec<(&str, String)> = (0..3 + dice.roll(5))
            .map(|at| (people[dice.roll(2)], format!("Word {at} here.")))
            .collect();
        let told: Vec<(&str, &str)> =
            lines.iter().map(|(who, text)| (*who, text.as_str())).collect();
        study.import(case, &told);
        let mut at = 0;
        while at < lines.len() {
            let last = (at + dice.roll(2)).min(lines.len() - 1);
            let mut speakers: Vec<String> = Vec::new();
            for (who, _) in &lines[at..=last] {
                if !speakers.iter().any(|it| it == who) {
                    speakers.push((*who).to_owned());
                }
            }
            let (first, end) = (at as u32 + 1, last as u32 + 1);
            let id = if first == end {
                format!("{case}:{first}")
            } else {
                format!("{case}:{first}-{end}")
            };
            units.push(Stretch { id, case: case.to_owned(), speakers, paragraphs: (first, end) });
            at = last + 1;
        }
    }
    let cuts: Vec<&str> = units.iter().map(|it| it.id.as_str()).collect();
    study.cut(&cuts);
    let mut study = study;
    for round in 0..1 + dice.roll(2) {
        if round > 0 {
            let said = study.run("round new later");
            assert!(said.contains("[exit 0]"), "{said}");
        }
        // Mostly alike, so that something is settled.
        let mut common: BTreeMap<(usize, &str), String> = BTreeMap::new();
        for (at, _) in units.iter().enumerate() {
            common.insert(
                (at, "lead"),
                ["none", "shared", "deep", "alone", "deep; alone"][dice.roll(5)].to_owned(),
            );
            common.insert((at, "tone"), ["none", "warm", "cold"][dice.roll(3)].to_owned());
        }
        for coder in ["c1", "c2", "c3"] {
            let mut rows: Vec<String> = Vec::new();
            for ((at, dimension), answer) in &common {
                match dice.roll(12) {
                    0 => {}
                    1 => rows.push(format!("{} {dimension} none", units[*at].id)),
                    _ => rows.push(format!("{} {dimension} {answer}", units[*at].id)),
                }
            }
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            study = study.coded(coder, &rows);
        }
        for coder in ["c1", "c2", "c3"] {
            study = study.sealed(coder);
        }
    }
    (study, units)
}

fn rows(study: &TestStudy, command: &str) -> Vec<BTreeMap<String, String>> {
    let (status, out, err) = study.streams(&format!("{command} --format csv"));
    assert_eq!(status, 0, "{command}: {err}");
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        heads.iter().zip(&row).map(|(head, cell)| (head.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|it| row(it.unwrap())).collect()
}

/// What all three decided alike; whatever somebody left open, or decided otherwise, is settled nowhere.
fn settled(study: &TestStudy) -> Settled {
    let mut answers: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for row in rows(study, "export") {
        answers
            .entry((row["unit"].clone(), row["dimension"].clone()))
            .or_default()
            .push(row["codes"].clone());
    }
    let alike =
        answers.into_iter().filter(|(_, all)| all.len() == 3 && all.iter().all(|it| *it == all[0]));
    let codes = |text: &str| -> BTreeSet<String> {
        text.split("; ").filter(|it| *it != "none").map(str::to_owned).collect()
    };
    alike.map(|(place, all)| (place, codes(&all[0]))).collect()
}

/// The twin: it asks of each unit to what it belongs and to what it could.
struct Twin<'a> {
    units: &'a [Stretch],
    settled: &'a Settled,
}

impl Twin<'_> {
    fn decided(&self, unit: &Stretch, dimension: &str) -> bool {
        self.settled.contains_key(&(unit.id.clone(), dimension.to_owned()))
    }

    fn codes(&self, unit: &Stretch) -> BTreeSet<String> {
        let of = |dimension: &str| self.settled.get(&(unit.id.clone(), dimension.to_owned()));
        ["lead", "tone"].into_iter().filter_map(of).flatten().cloned().collect()
    }

    /// Codes given, with what lies above them unless only what was given itself counts.
    fn given(&self, unit: &Stretch, exact: bool) -> BTreeSet<String> {
        let mut given = self.codes(unit);
        if !exact {
            for code in given.clone() {
                let above = CODES.iter().find(|(id, ..)| *id == code).unwrap().2;
                given.extend(above.iter().map(|it| (*it).to_owned()));
            }
        }
        given
    }

    fn belongs(&self, unit: &Stretch, axis: &str, exact: bool) -> BTreeSet<String> {
        match axis {
            "case" => [unit.case.clone()].into(),
            "participant" => unit.speakers.iter().cloned().collect(),
            "all" => ["all".to_owned()].into(),
            "code" => self.given(unit, exact),
            "dimension" => {
                let dimension =
                    |code: &String| CODES.iter().find(|it| it.0 == code).unwrap().1.to_owned();
                if exact {
                    BTreeSet::new()
                } else {
                    self.codes(unit).iter().map(dimension).collect()
                }
            }
            _ => panic!("{axis}"),
        }
    }

    fn could(&self, unit: &Stretch, axis: &str) -> BTreeSet<String> {
        match axis {
            "code" => {
                let here = CODES.iter().filter(|it| self.decided(unit, it.1));
                here.map(|it| it.0.to_owned()).collect()
            }
            "dimension" => ["lead", "tone"]
                .into_iter()
                .filter(|it| self.decided(unit, it))
                .map(str::to_owned)
                .collect(),
            _ => self.belongs(unit, axis, false),
        }
    }

    fn any(&self, unit: &Stretch) -> bool {
        ["lead", "tone"].iter().any(|it| self.decided(unit, it))
    }

    fn behind(
        &self,
        (rows, row): (&str, &str),
        (columns, column): (&str, &str),
        exact: bool,
    ) -> Vec<&Stretch> {
        let here = |unit: &&Stretch| {
            !self.codes(unit).is_empty()
                && self.belongs(unit, rows, exact).contains(row)
                && self.belongs(unit, columns, exact).contains(column)
        };
        self.units.iter().filter(here).collect()
    }

    fn cell(&self, row: (&str, &str), column: (&str, &str), content: &str, exact: bool) -> String {
        let possible = self.units.iter().any(|unit| {
            self.any(unit)
                && self.could(unit, row.0).contains(row.1)
                && self.could(unit, column.0).contains(column.1)
        });
        if !possible {
            return String::new();
        }
        let behind = self.behind(row, column, exact);
        let people = || -> BTreeSet<&String> {
            let own = |id: &&String| {
                [row, column]
                    .iter()
                    .all(|(axis, entry)| *axis != "participant" || id.as_str() == *entry)
            };
            behind.iter().flat_map(|it| &it.speakers).filter(own).collect()
        };
        match content {
            "units" => behind.len().to_string(),
            "presence" => u8::from(!behind.is_empty()).to_string(),
            "participants" => people().len().to_string(),
            "names" => people().into_iter().cloned().collect::<Vec<_>>().join("; "),
            "cases" => behind.iter().map(|it| &it.case).collect::<BTreeSet<_>>().len().to_string(),
            "share" => {
                let of_row = |unit: &&Stretch| self.belongs(unit, row.0, exact).contains(row.1);
                let dimension = match column.0 {
                    "code" => Some(CODES.iter().find(|it| it.0 == column.1).unwrap().1),
                    "dimension" => Some(column.1),
                    _ => None,
                };
                let counts = |unit: &&Stretch| match dimension {
                    Some(dimension) => self.decided(unit, dimension),
                    None => !self.codes(unit).is_empty(),
                };
                let base = self.units.iter().filter(of_row).filter(counts).count();
                if base == 0 {
                    String::new()
                } else {
                    (behind.len() as f64 / base as f64).to_string()
                }
            }
            _ => panic!("{content}"),
        }
    }
}

/// Every matrix of two of these axes, cell by cell, and its long form.
fn matrices(study: &TestStudy, twin: &Twin<'_>, dice: &mut Dice) {
    let axes = ["case", "participant", "code", "dimension", "all"];
    let contents = "units,presence,participants,names,cases,share";
    for rows_axis in axes {
        for columns_axis in axes.iter().filter(|it| **it != rows_axis) {
            // Some of them in each study: all of them over all studies.
            if dice.roll(3) > 0 {
                continue;
            }
            let exact = dice.roll(3) == 0;
            let flag = if exact { " --exact" } else { "" };
            let command = format!(
                "matrix --rows {rows_axis} --columns {columns_axis} --cell {contents}{flag}"
            );
            for row in rows(study, &command) {
                let head = row[rows_axis].clone();
                for (column, cell) in row.iter().filter(|(column, _)| *column != rows_axis) {
                    let (entry, content) = column.rsplit_once('.').unwrap();
                    // People stand in the order of their list, which is that of their first words.
                    let sorted = |cell: &str| {
                        let mut all: Vec<&str> = cell.split("; ").collect();
                        all.sort_unstable();
                        all.join("; ")
                    };
                    let cell = &sorted(cell);
                    let expected =
                        twin.cell((rows_axis, &head), (columns_axis, entry), content, exact);
                    assert_eq!(*cell, expected, "{command}: {head} × {column}\n{:?}", twin.settled);
                }
            }
            let long = format!("matrix --rows {rows_axis} --columns {columns_axis} --long{flag}");
            for row in rows(study, &long) {
                let behind =
                    twin.behind((rows_axis, &row["row"]), (columns_axis, &row["column"]), exact);
                let ids: Vec<&str> = behind.iter().map(|it| it.id.as_str()).collect();
                assert_eq!(row["units"], ids.join("; "), "{long}: {row:?}");
            }
        }
    }
}

/// Totals, subtotals, filters and contrasts are the same units under other heads.
fn parts(study: &TestStudy, twin: &Twin<'_>) {
    let distinct = |filter: &dyn Fn(&Stretch) -> bool, code: &str| {
        twin.units.iter().filter(|it| filter(it) && twin.given(it, false).contains(code)).count()
    };
    let nested = rows(study, "matrix --rows case/participant --columns code --subtotals --totals");
    for row in nested.iter().filter(|it| it["participant"] == "total") {
        for (code, ..) in CODES {
            let case = &row["case"];
            let count = distinct(&|it: &Stretch| case.is_empty() || it.case == *case, code);
            let cell = if row[code].is_empty() { 0 } else { row[code].parse().unwrap() };
            assert_eq!(cell, count, "{row:?}");
        }
    }
    let who = &twin.units[0].speakers[0];
    let filter = format!("participant={who} or code=warm");
    let filtered = rows(study, &format!("matrix --rows all --columns code --where '{filter}'"));
    for row in &filtered {
        for (code, ..) in CODES {
            let count = distinct(
                &|it: &Stretch| {
                    it.speakers.iter().any(|it| it == who) || twin.given(it, false).contains("warm")
                },
                code,
            );
            let cell = if row[code].is_empty() { 0 } else { row[code].parse().unwrap() };
            assert_eq!(cell, count, "{row:?}");
        }
    }
    let (status, out, _) = study.streams("matrix --rows code --contrast case=A,B --format csv");
    // A case in which nothing is settled has no side.
    if status == 0 {
        let mut reader = csv::Reader::from_reader(out.as_bytes());
        let heads = reader.headers().unwrap().clone();
        for row in reader.records().map(|it| it.unwrap()) {
            let cell = |name: &str| &row[heads.iter().position(|it| it == name).unwrap()];
            let share =
                |case: &str| twin.cell(("case", case), ("code", cell("code")), "share", false);
            let (one, other) = (share("A"), share("B"));
            let difference = match (one.parse::<f64>(), other.parse::<f64>()) {
                (Ok(one), Ok(other)) => (one - other).to_string(),
                _ => String::new(),
            };
            assert_eq!((cell("A.share"), cell("B.share")), (one.as_str(), other.as_str()));
            assert_eq!(cell("difference"), difference);
        }
    }
}

/// Codes that meet: in a unit, at most one unit apart, in a turn.
fn meetings(study: &TestStudy, twin: &Twin<'_>) {
    for within in ["unit", "1", "turn"] {
        let found = rows(study, &format!("cooccur --all --within {within}"));
        for row in &found {
            let (one, other) = (row["first"].as_str(), row["second"].as_str());
            let dimension = |code: &str| CODES.iter().find(|it| it.0 == code).unwrap().1;
            let both: usize = match within {
                "turn" => {
                    turns(twin).iter().filter(|it| it.contains(one) && it.contains(other)).count()
                }
                _ => {
                    let reach = usize::from(within == "1");
                    let met = |at: usize| {
                        let near = |code: &str| {
                            let low = at.saturating_sub(reach);
                            twin.units[low..=(at + reach).min(twin.units.len() - 1)].iter().any(
                                |it| {
                                    it.case == twin.units[at].case
                                        && twin.given(it, false).contains(code)
                                },
                            )
                        };
                        let own = |code: &str| twin.given(&twin.units[at], false).contains(code);
                        (own(one) && near(other)) || (own(other) && near(one))
                    };
                    (0..twin.units.len()).filter(|at| met(*at)).count()
                }
            };
            assert_eq!(row["both"], both.to_string(), "{within}: {row:?}\n{:?}", twin.settled);
            if within != "unit" {
                assert_eq!(row["expected"], "");
                continue;
            }
            let above = |of: &str, it: &str| {
                CODES.iter().find(|code| code.0 == of).unwrap().2.contains(&it)
            };
            let fixed = above(one, other)
                || above(other, one)
                || (dimension(one) == "tone" && dimension(other) == "tone");
            let mut expected = 0.0;
            for case in ["A", "B"] {
                let here: Vec<&Stretch> = twin
                    .units
                    .iter()
                    .filter(|it| {
                        it.case == case
                            && twin.decided(it, dimension(one))
                            && twin.decided(it, dimension(other))
                    })
                    .collect();
                let of = |code: &str| {
                    here.iter().filter(|it| twin.given(it, false).contains(code)).count() as f64
                };
                if !here.is_empty() {
                    expected += of(one) * of(other) / here.len() as f64;
                }
            }
            match fixed {
                true => assert_eq!(row["expected"], "", "{row:?}"),
                false => assert!(
                    (row["expected"].parse::<f64>().unwrap() - expected).abs() < 1e-9,
                    "{row:?}"
                ),
            }
        }
    }
}

/// What each turn was given, all its units together.
fn turns(twin: &Twin<'_>) -> Vec<BTreeSet<String>> {
    let mut all = Vec::new();
    for case in ["A", "B"] {
        let here: Vec<&Stretch> = twin.units.iter().filter(|it| it.case == case).collect();
        let of = |paragraph: u32| {
            here.iter().find(|it| (it.paragraphs.0..=it.paragraphs.1).contains(&paragraph))
        };
        let last = here.iter().map(|it| it.paragraphs.1).max().unwrap_or(0);
        // A unit of two speakers has one paragraph of each.
        let speaker = |paragraph: u32| -> &String {
            let unit = of(paragraph).unwrap();
            &unit.speakers[usize::from(unit.speakers.len() > 1 && paragraph > unit.paragraphs.0)]
        };
        let mut paragraph = 1;
        while paragraph <= last {
            let begin = paragraph;
            while paragraph < last && speaker(paragraph + 1) == speaker(begin) {
                paragraph += 1;
            }
            let given = (begin..=paragraph).filter_map(of).flat_map(|it| twin.given(it, false));
            all.push(given.collect());
            paragraph += 1;
        }
    }
    all
}

#[test]
fn every_display_is_what_the_rows_of_an_export_say() {
    let studies =
        std::env::var("THEMATA_STUDIES").ok().and_then(|it| it.parse().ok()).unwrap_or(25);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut settled_at_all = 0;
    for _ in 0..studies {
        let (study, units) = study(&mut dice);
        let settled = settled(&study);
        settled_at_all += usize::from(!settled.is_empty());
        let twin = Twin { units: &units, settled: &settled };
        matrices(&study, &twin, &mut dice);
        parts(&study, &twin);
        meetings(&study, &twin);
    }
    assert!(settled_at_all * 10 > studies * 9, "{settled_at_all} of {studies}");
}
