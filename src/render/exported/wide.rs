//! Decisions as a table that statistics programs take as it is: a column for each coder, or for each code.

use super::Exported;
use crate::domain::answer::{CodeIndex, DimensionIndex, Vocabulary};
use crate::domain::study::Study;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::work::ask::{ExportAnswer, Wide};

/// The table, without its rows.
pub(super) fn list(columns: Wide, study: &Study, answer: &ExportAnswer) -> List {
    match columns {
        Wide::Coders => {
            let names: Vec<String> = answer.tables.iter().map(|it| it.coder.to_string()).collect();
            let first = [("unit", "trail.unit"), ("dimension", "trail.dimension")];
            List::new("themata.decisions_wide/1", &first).with_attributes(&names)
        }
        Wide::Codes => {
            let columns = code_columns(&study.vocabulary, &answer.dimensions).into_iter();
            let names: Vec<String> =
                columns.map(|(_, code)| study.vocabulary.of(code).id.to_string()).collect();
            let first = [("unit", "trail.unit"), ("coder", "trail.coder")];
            List::new("themata.codes_wide/1", &first).with_attributes(&names)
        }
    }
}

/// Hands over row by row, until no more are wanted.
pub(super) fn each(columns: Wide, part: &Exported<'_>, next: &mut dyn FnMut(Vec<Item>) -> bool) {
    match columns {
        Wide::Coders => coders(part, next),
        Wide::Codes => codes(part, next),
    }
}

fn coders(part: &Exported<'_>, next: &mut dyn FnMut(Vec<Item>) -> bool) {
    let study = &part.opened.study;
    for &unit in &part.answer.units {
        let Some(of) = study.unit_at(unit) else { continue };
        for &dimension in &part.answer.dimensions {
            let named = &study.vocabulary.dimensions[usize::from(dimension.0)];
            let answers = || part.answer.tables.iter().map(|it| it.cell(unit, dimension).answer);
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
fn code_columns(
    vocabulary: &Vocabulary,
    asked: &[DimensionIndex],
) -> Vec<(DimensionIndex, CodeIndex)> {
    let of = |(at, dimension): (DimensionIndex, &crate::domain::answer::VocabularyDimension)| {
        let own = std::iter::once(dimension.own_code);
        own.chain(vocabulary.codes_of(at).map(|it| it.0)).map(move |code| (at, code)).collect()
    };
    let asked = vocabulary.dimensions_in_force().filter(|(at, _)| asked.contains(at));
    asked.flat_map::<Vec<_>, _>(of).collect()
}

fn codes(part: &Exported<'_>, next: &mut dyn FnMut(Vec<Item>) -> bool) {
    let (study, vocabulary) = (&part.opened.study, &part.opened.study.vocabulary);
    let columns = code_columns(vocabulary, &part.answer.dimensions);
    for &unit in &part.answer.units {
        let Some(of) = study.unit_at(unit) else { continue };
        for coding in &part.answer.tables {
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
