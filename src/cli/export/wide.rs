//! Decisions as a table that statistics programs take as it is: a column for each coder, or for each code.

use super::Exported;
use crate::domain::answer::{CodeIndex, DimensionIndex, Vocabulary};
use crate::domain::coding::Coding;
use crate::domain::study::Study;
use crate::render::document::Value;
use crate::render::list::{Item, List};

/// What has a column of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Wide {
    /// A row for each unit and dimension, a column for each coder; cells hold codes, `none`, or nothing
    Coders,
    /// A row for each unit and coder, a column for each dimension and code: 1 given (it or what lies beneath it), 0 not,
    /// empty where that coder has not decided
    Codes,
}

impl Wide {
    /// The table, without its rows.
    pub(super) fn list(
        self,
        study: &Study,
        tables: &[Coding],
        dimensions: &[DimensionIndex],
    ) -> List {
        match self {
            Self::Coders => {
                let names: Vec<String> = tables.iter().map(|it| it.coder.to_string()).collect();
                let first = [("unit", "trail.unit"), ("dimension", "trail.dimension")];
                List::new("themata.decisions_wide/1", &first).with_attributes(&names)
            }
            Self::Codes => {
                let columns = columns(&study.vocabulary, dimensions).into_iter();
                let names: Vec<String> =
                    columns.map(|(_, code)| study.vocabulary.of(code).id.to_string()).collect();
                let first = [("unit", "trail.unit"), ("coder", "trail.coder")];
                List::new("themata.codes_wide/1", &first).with_attributes(&names)
            }
        }
    }

    /// Hands over row by row, until no more are wanted.
    pub(super) fn each(self, part: &Exported<'_>, next: &mut dyn FnMut(Vec<Item>) -> bool) {
        match self {
            Self::Coders => coders(part, next),
            Self::Codes => codes(part, next),
        }
    }
}

fn coders(part: &Exported<'_>, next: &mut dyn FnMut(Vec<Item>) -> bool) {
    let study = &part.opened.study;
    for &unit in &part.units {
        let Some(of) = study.units.get(unit.at()) else { continue };
        for &dimension in &part.dimensions {
            let named = &study.vocabulary.dimensions[usize::from(dimension.0)];
            let answers = || part.tables.iter().map(|it| it.cell(unit, dimension).answer);
            if answers().any(|it| it.is_decided()) {
                let cells = answers().map(|it| study.answers.cell(it, &study.vocabulary));
                let mut row = vec![Item::id(&of.locator), Item::id(&named.id)];
                row.extend(cells.map(|it| Item::maybe((!it.is_empty()).then_some(it))));
                if !next(row) {
                    return;
                }
            }
        }
    }
}

/// The dimensions and codes in force, in codebook order.
fn columns(vocabulary: &Vocabulary, asked: &[DimensionIndex]) -> Vec<(DimensionIndex, CodeIndex)> {
    let of = |(at, dimension): (DimensionIndex, &crate::domain::answer::VocabularyDimension)| {
        let own = std::iter::once(dimension.own_code);
        own.chain(vocabulary.codes_of(at).map(|it| it.0)).map(move |code| (at, code)).collect()
    };
    let asked = vocabulary.dimensions_in_force().filter(|(at, _)| asked.contains(at));
    asked.flat_map::<Vec<_>, _>(of).collect()
}

fn codes(part: &Exported<'_>, next: &mut dyn FnMut(Vec<Item>) -> bool) {
    let (study, vocabulary) = (&part.opened.study, &part.opened.study.vocabulary);
    let columns = columns(vocabulary, &part.dimensions);
    for &unit in &part.units {
        let Some(of) = study.units.get(unit.at()) else { continue };
        for coding in &part.tables {
            let cell = |(dimension, code): &(DimensionIndex, CodeIndex)| {
                let answer = coding.cell(unit, *dimension).answer;
                let mut given = study.answers.codes(answer).iter();
                let given = given.any(|it| vocabulary.is_within(*it, *code));
                answer.is_decided().then_some(u64::from(given))
            };
            let cells: Vec<Option<u64>> = columns.iter().map(cell).collect();
            if cells.iter().any(Option::is_some) {
                let mut row = vec![Item::id(&of.locator), Item::id(&coding.coder)];
                row.extend(
                    cells.into_iter().map(|it| it.map_or(Value::Missing.into(), Item::count)),
                );
                if !next(row) {
                    return;
                }
            }
        }
    }
}
