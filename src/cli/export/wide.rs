//! Decisions as a table that statistics programs take as it is: a column for each coder, or for each code.

use super::Exported;
use crate::domain::answer::{CodeIndex, DimensionIndex, Vocabulary};
use crate::domain::coding::Coding;
use crate::domain::study::Study;
use crate::msg;
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

/// The table.
pub(super) fn list(study: &Study, tables: &[Coding], part: &Exported, wide: Wide) -> List {
    match wide {
        Wide::Coders => coders(study, tables, part),
        Wide::Codes => codes(study, tables, part),
    }
}

fn coders(study: &Study, tables: &[Coding], part: &Exported) -> List {
    let names: Vec<String> = tables.iter().map(|it| it.coder.to_string()).collect();
    let columns = [("unit", "trail.unit"), ("dimension", "trail.dimension")];
    let mut list = List::new("themata.decisions_wide/1", &columns).with_attributes(&names);
    for &unit in &part.units {
        let Some(of) = study.units.get(unit.at()) else { continue };
        for &dimension in &part.dimensions {
            let named = &study.vocabulary.dimensions[usize::from(dimension.0)];
            let answers: Vec<_> = tables.iter().map(|it| it.cell(unit, dimension).answer).collect();
            if answers.iter().any(|it| it.is_decided()) {
                let cells = answers.iter().map(|it| study.answers.cell(*it, &study.vocabulary));
                let mut row = vec![Item::id(&of.locator), Item::id(&named.id)];
                row.extend(cells.map(|it| Item::maybe((!it.is_empty()).then_some(it))));
                list.rows.push(row);
            }
        }
    }
    none_said(list)
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

fn codes(study: &Study, tables: &[Coding], part: &Exported) -> List {
    let vocabulary = &study.vocabulary;
    let columns = columns(vocabulary, &part.dimensions);
    let names: Vec<String> =
        columns.iter().map(|(_, code)| vocabulary.of(*code).id.to_string()).collect();
    let first = [("unit", "trail.unit"), ("coder", "trail.coder")];
    let mut list = List::new("themata.codes_wide/1", &first).with_attributes(&names);
    for &unit in &part.units {
        let Some(of) = study.units.get(unit.at()) else { continue };
        for coding in tables {
            let cell = |(dimension, code): &(DimensionIndex, CodeIndex)| {
                let answer = coding.cell(unit, *dimension).answer;
                let given = study.answers.codes(answer).iter();
                let given = given.filter(|it| vocabulary.is_within(**it, *code)).count() > 0;
                answer.is_decided().then_some(u64::from(given))
            };
            let cells: Vec<Option<u64>> = columns.iter().map(cell).collect();
            if cells.iter().any(Option::is_some) {
                let mut row = vec![Item::id(&of.locator), Item::id(&coding.coder)];
                row.extend(
                    cells.into_iter().map(|it| it.map_or(Value::Missing.into(), Item::count)),
                );
                list.rows.push(row);
            }
        }
    }
    none_said(list)
}

fn none_said(mut list: List) -> List {
    if list.rows.is_empty() {
        list.notes.push(msg!("export.none"));
    }
    list
}
