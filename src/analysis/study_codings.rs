//! The decisions of a study as [`Codings`].

use std::collections::BTreeMap;

use super::codings::{CodedCode, CodedDimension, Codings, DistinctAnswer};
use super::offered::{Offered, with_ancestors};
use super::scope::Scope;
use crate::domain::answer::{AnswerIndex, CodeIndex, DimensionIndex};
use crate::domain::codebook::Select;
use crate::domain::coding::Cell;
use crate::domain::comparison::{Codes, Comparison};
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;

/// Which decisions of a study are compared.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The cases and dimensions.
    pub scope: Scope,
    /// Whether decisions that their coder was unsure of are left out.
    pub without_unsure: bool,
}

/// The decisions of a study on the units of talk in open cases; also on units that stand no more, as far as anybody
/// decided them: what was coded independently is not undone by a later cut.
#[must_use]
pub fn codings(study: &Study, comparison: &Comparison, choice: &Choice) -> Codings {
    let decided = |unit: UnitIndex| {
        let mut cells = comparison.codings.iter().flat_map(|coding| coding.unit(unit));
        cells.any(|cell| cell.answer.is_decided())
    };
    let units: Vec<UnitIndex> = (choice.scope.ever_units(study, &comparison.open))
        .map(|(unit, _)| unit)
        .filter(|unit| !study.moved.is_changed(*unit) || decided(*unit))
        .collect();
    let dimensions = choice.scope.dimensions(study);
    let offered = Offered::of(study, comparison.codes);
    let mut builders: Vec<Builder> =
        dimensions.iter().map(|_| Builder::new(study, &offered)).collect();
    for &unit in &units {
        for coding in &comparison.codings {
            let row = coding.unit(unit);
            for (dimension, builder) in dimensions.iter().zip(&mut builders) {
                let cell = row.get(usize::from(dimension.0)).copied().unwrap_or(Cell::EMPTY);
                let counts = cell.answer.is_decided() && !(choice.without_unsure && cell.unsure);
                builder.push(if counts { cell } else { Cell::EMPTY }, &offered);
            }
        }
    }
    let (cases, unit_cases) = cases(study, &units);
    Codings {
        coders: comparison.codings.iter().map(|coding| coding.label.clone()).collect(),
        cases,
        unit_cases,
        units: units.len(),
        dimensions: dimensions
            .into_iter()
            .zip(builders)
            .map(|(dimension, builder)| {
                builder.finish(study, dimension, &offered, comparison.codes)
            })
            .collect(),
    }
}

/// The cases of the units by id, and per unit the place of its case.
fn cases(study: &Study, units: &[UnitIndex]) -> (Vec<String>, Vec<u32>) {
    let mut names: Vec<String> = Vec::new();
    let mut places: BTreeMap<&str, u32> = BTreeMap::new();
    let of_units = units
        .iter()
        .map(|unit| {
            let case = study.case_of(*unit).as_str();
            *places.entry(case).or_insert_with(|| {
                names.push(case.to_owned());
                u32::try_from(names.len() - 1).unwrap_or(u32::MAX)
            })
        })
        .collect();
    (names, of_units)
}

/// Numbers the answers of one dimension as they come.
struct Builder {
    /// Per answer of the study and per offer, its number here; 0 where it did not come yet.
    numbers: Vec<u32>,
    answers_of_study: usize,
    /// Answer and offer of each number.
    found: Vec<(AnswerIndex, u16)>,
    cells: Vec<u32>,
}

impl Builder {
    fn new(study: &Study, offered: &Offered) -> Self {
        let answers_of_study = study.answers.len();
        Self {
            numbers: vec![0; answers_of_study * offered.len()],
            answers_of_study,
            found: Vec::new(),
            cells: Vec::new(),
        }
    }

    fn push(&mut self, cell: Cell, offered: &Offered) {
        if !cell.answer.is_decided() {
            self.cells.push(0);
            return;
        }
        let offer = offered.of_version(cell.version);
        let place = usize::from(offer) * self.answers_of_study + cell.answer.0 as usize;
        let Some(number) = self.numbers.get_mut(place) else {
            self.cells.push(0);
            return;
        };
        if *number == 0 {
            self.found.push((cell.answer, offer));
            *number = u32::try_from(self.found.len()).unwrap_or(u32::MAX);
        }
        self.cells.push(*number);
    }

    fn finish(
        self,
        study: &Study,
        dimension: DimensionIndex,
        offered: &Offered,
        codes: Codes,
    ) -> CodedDimension {
        let vocabulary = &study.vocabulary;
        let known = &vocabulary.dimensions[usize::from(dimension.0)];
        let above = with_ancestors(vocabulary);
        let codes = self.codes(study, dimension, codes);
        let mut place_of: Vec<Option<u32>> = vec![None; vocabulary.codes.len()];
        for (place, code) in (0..).zip(&codes) {
            place_of[usize::from(code.0)] = Some(place);
        }
        let answer = |(answer, offer): &(AnswerIndex, u16)| {
            let exactly = study.answers.codes(*answer);
            let stands_for = exactly.iter().flat_map(|own| &above[usize::from(own.0)]);
            let mut given: Vec<u32> =
                stands_for.filter_map(|code| place_of[usize::from(code.0)]).collect();
            given.sort_unstable();
            given.dedup();
            let asked = |place: &u32, code: CodeIndex| {
                given.binary_search(place).is_ok() || offered.has(*offer, code)
            };
            let unasked = (0..).zip(&codes).filter(|(place, code)| !asked(place, **code));
            DistinctAnswer {
                codes: exactly.iter().map(|code| u32::from(code.0)).collect(),
                unasked: unasked.map(|(place, _)| place).collect(),
                given,
            }
        };
        let answers = self.found.iter().map(answer).collect();
        let named = |code: &CodeIndex| CodedCode {
            name: vocabulary.of(*code).id.to_string(),
            depth: above[usize::from(code.0)].len() - 1,
        };
        // Each code, the dimension itself, and `none`.
        let choices = (known.select == Select::One).then_some(codes.len() + 2);
        let listed = codes.iter().map(named).collect();
        let order = known
            .ordered
            .then(|| vocabulary.codes_of(dimension).map(|(code, _)| u32::from(code.0)).collect());
        let names = self.names(study);
        CodedDimension::new(known.id.to_string(), known.select, listed, answers, self.cells)
            .with_choices(choices)
            .with_names(names)
            .with_order(order)
    }

    /// The codes that agreement is reported for: those in force, and those that were merged since and given before, where
    /// codes count as they were decided.
    fn codes(&self, study: &Study, dimension: DimensionIndex, codes: Codes) -> Vec<CodeIndex> {
        let vocabulary = &study.vocabulary;
        let mut all: Vec<CodeIndex> = vocabulary.codes_of(dimension).map(|(it, _)| it).collect();
        if codes == Codes::Decided {
            let given = self.found.iter().flat_map(|(answer, _)| study.answers.codes(*answer));
            let mut merged: Vec<CodeIndex> =
                given.filter(|it| vocabulary.of(**it).merged_into.is_some()).copied().collect();
            merged.sort_unstable();
            merged.dedup();
            all.append(&mut merged);
        }
        all
    }

    /// The names of the codes that answers give.
    fn names(&self, study: &Study) -> BTreeMap<u32, String> {
        let given = self.found.iter().flat_map(|(answer, _)| study.answers.codes(*answer));
        let name =
            |code: &CodeIndex| (u32::from(code.0), study.vocabulary.of(*code).id.to_string());
        given.map(name).collect()
    }
}
