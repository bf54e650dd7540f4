//! Agreement and matrices from decisions as loaded: 50,000 units, 5 dimensions of 30 codes each, two coders.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;

use divan::{Bencher, black_box};
use themata::analysis::agreement::{Level, Options, agreement};
use themata::analysis::decisions::{Rule, of_comparison};
use themata::analysis::discrepancies::discrepancies;
use themata::analysis::matrix::{self, Source};
use themata::analysis::scope::Scope;
use themata::analysis::study_codings::{Choice, codings};
use themata::domain::answer::{AnswerIndex, Answers, CodeIndex, DimensionIndex, Vocabulary};
use themata::domain::case::Case;
use themata::domain::codebook::{Code, Codebook, Dimension, Select, Wording};
use themata::domain::coding::{Cell, Coding};
use themata::domain::comparison::Comparison;
use themata::domain::localized::Localized;
use themata::domain::locator::{Locator, Span};
use themata::domain::log::{RoundIndex, UnitIndex};
use themata::domain::study::{Settings, Study, Version};
use themata::domain::transcript::Transcript;
use themata::domain::unit::{Unit, UnitKind};
use themata::stats::Measure;

const UNITS: u32 = 50_000;
const CASES: u32 = 10;
const DIMENSIONS: u16 = 5;
const CODES: u16 = 30;

fn main() {
    divan::main();
}

/// The next number of a fixed sequence (Lehmer, modulus 2³¹ − 1).
fn next(state: &mut u64) -> u64 {
    *state = *state * 48_271 % 2_147_483_647;
    *state
}

fn codebook() -> Codebook {
    let wording = || Wording {
        name: Localized::from(""),
        brief: Localized::from(""),
        definition: Localized::from(""),
        use_when: Localized::from(""),
        not_when: Localized::from(""),
        examples: Localized::Plain(Vec::new()),
    };
    let code = |dimension: u16, code: u16| Code {
        id: format!("c{dimension}-{code}").parse().unwrap(),
        wording: wording(),
        replaces: Vec::new(),
        keywords: Vec::new(),
        codes: Vec::new(),
    };
    let dimension = |number: u16| Dimension {
        id: format!("d{number}").parse().unwrap(),
        select: Select::Many,
        wording: wording(),
        color: String::new(),
        codes: (0..CODES).map(|it| code(number, it)).collect(),
    };
    Codebook {
        title: Localized::from(""),
        version: String::new(),
        unit: Localized::from(""),
        dimensions: (0..DIMENSIONS).map(dimension).collect(),
    }
}

fn study() -> Study {
    let codebook = codebook();
    let transcript = |case: u32| Transcript {
        id: format!("T{case}").parse().unwrap(),
        case: format!("K{case}").parse().unwrap(),
        name: String::new(),
        date: String::new(),
        language: String::new(),
        source: String::new(),
        source_sha256: String::new(),
        text_sha256: String::new(),
        attributes: Vec::new(),
        paragraphs: Vec::new(),
    };
    let unit = |number: u32| {
        let paragraph = number / CASES + 1;
        let transcript = format!("T{}", number % CASES).parse().unwrap();
        Unit {
            locator: Locator::new(transcript, Span::paragraphs(paragraph, paragraph).unwrap()),
            kind: UnitKind::Talk,
            speakers: vec![format!("P{}", number % 37).parse().unwrap()],
            words: 20,
            topic: String::new(),
            strength: String::new(),
            pinned: false,
        }
    };
    Study {
        settings: Settings {
            title: String::new(),
            language: "en".to_owned(),
            coders: Vec::new(),
            agreement: true,
            require: None,
        },
        vocabulary: Vocabulary::new(&codebook, []),
        versions: vec![Version { id: "v-000000000001".to_owned(), codebook }],
        answers: Answers::default(),
        cases: (0..CASES)
            .map(|case| Case {
                id: format!("K{case}").parse().unwrap(),
                name: String::new(),
                attributes: Vec::new(),
            })
            .collect(),
        case_attributes: Vec::new(),
        participants: Vec::new(),
        participant_attributes: Vec::new(),
        transcripts: (0..CASES).map(transcript).collect(),
        transcript_attributes: Vec::new(),
        units: (0..UNITS).map(unit).collect(),
        unit_transcripts: (0..UNITS).map(|number| number % CASES).collect(),
        unit_index: BTreeMap::new(),
        rounds: vec!["main".parse().unwrap()],
        assignments: None,
    }
}

/// Two coders who mostly agree: `none` for two thirds, else one to three codes.
fn coded() -> (Study, Comparison) {
    let mut study = study();
    let dimensions = usize::from(DIMENSIONS);
    let empty = |id: &str| Coding::empty(id.parse().unwrap(), UNITS as usize, dimensions);
    let mut codings = vec![empty("c1"), empty("c2")];
    let mut state = 1;
    for unit in (0..UNITS).map(UnitIndex) {
        for dimension in (0..DIMENSIONS).map(DimensionIndex) {
            let first = answer(&mut study, dimension, &mut state);
            let same = next(&mut state) % 10 < 8;
            let second = if same { first } else { answer(&mut study, dimension, &mut state) };
            for (coding, answer) in codings.iter_mut().zip([first, second]) {
                let cell = Cell { answer, unsure: false, version: 0, round: RoundIndex(0), row: 0 };
                coding.set(unit, dimension, cell);
            }
        }
    }
    let open = study.cases.iter().map(|case| case.id.clone()).collect();
    let comparison =
        Comparison { codings, open, waiting: Vec::new(), round: None, unblinded: false };
    (study, comparison)
}

fn answer(study: &mut Study, dimension: DimensionIndex, state: &mut u64) -> AnswerIndex {
    if next(state) > 700_000_000 {
        return AnswerIndex::NONE;
    }
    let own: Vec<CodeIndex> = study.vocabulary.codes_of(dimension).map(|(code, _)| code).collect();
    let many = 1 + next(state) % 3;
    // Codes are given as unevenly as people give them: the first often, the last rarely.
    let place = |state: &mut u64| {
        let share = next(state) as f64 / 2_147_483_647.0;
        own[(share * share * own.len() as f64) as usize]
    };
    let codes = (0..many).map(|_| place(state)).collect();
    study.answers.number(codes)
}

/// One table per code (150) and dimension, and one measure of each.
#[divan::bench]
fn presence_of_all_codes(bencher: Bencher) {
    let (study, comparison) = coded();
    let options = Options {
        levels: vec![Level::Presence],
        measures: vec![Measure::KrippendorffAlpha],
        ..Options::default()
    };
    bencher.bench(|| {
        let codings = codings(&study, black_box(&comparison), &Choice::default());
        agreement(&codings, &options)
    });
}

#[divan::bench]
fn presence_of_all_codes_all_measures(bencher: Bencher) {
    let (study, comparison) = coded();
    let measures = Measure::ALL.to_vec();
    let options = Options { levels: vec![Level::Presence], measures, ..Options::default() };
    bencher.bench(|| {
        let codings = codings(&study, black_box(&comparison), &Choice::default());
        agreement(&codings, &options)
    });
}

#[divan::bench]
fn usual_levels_and_measures(bencher: Bencher) {
    let (study, comparison) = coded();
    bencher.bench(|| {
        let codings = codings(&study, black_box(&comparison), &Choice::default());
        agreement(&codings, &Options::default())
    });
}

#[divan::bench]
fn matrix_of_cases_by_codes(bencher: Bencher) {
    let (study, comparison) = coded();
    let options =
        matrix::Options { columns: "code".parse().unwrap(), ..matrix::Options::default() };
    bencher.bench(|| {
        let scope = Scope::default();
        let decisions = of_comparison(&study, black_box(&comparison), &[], Rule::Final, &scope);
        let source = Source { coder: None, round: None, decisions };
        matrix::matrix(&study, &[source], &options)
    });
}

#[divan::bench]
fn matrix_of_participants_by_dimensions_with_totals(bencher: Bencher) {
    let (study, comparison) = coded();
    let rows = "participant".parse().unwrap();
    let options = matrix::Options { rows, totals: true, ..matrix::Options::default() };
    bencher.bench(|| {
        let scope = Scope::default();
        let decisions = of_comparison(&study, black_box(&comparison), &[], Rule::Final, &scope);
        let source = Source { coder: None, round: None, decisions };
        matrix::matrix(&study, &[source], &options)
    });
}

#[divan::bench]
fn all_discrepancies(bencher: Bencher) {
    let (study, comparison) = coded();
    bencher.bench(|| discrepancies(&study, black_box(&comparison), &Scope::default()));
}
