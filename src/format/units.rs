//! `units/<transcript>.csv`: the units of one transcript, in order of place.

use std::collections::BTreeMap;

use super::table::{Table, write};
use crate::domain::locator::Locator;
use crate::domain::problem::{Place, Problem};
use crate::domain::transcript::Transcript;
use crate::domain::unit::{Unit, UnitKind};
use crate::msg;

const COLUMNS: [&str; 8] =
    ["unit", "kind", "speakers", "words", "topic", "strength", "pinned", "text"];

/// Reads the units of a transcript, checks that they lie in it and do not overlap, and puts them in
/// order of place.
pub fn read(
    file: &str,
    bytes: &[u8],
    transcript: &Transcript,
    problems: &mut Vec<Problem>,
) -> Vec<Unit> {
    let table = Table::read(file, bytes, &["unit", "kind"], problems);
    let mut units: Vec<(u64, Unit)> = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let locator = table.parse::<Locator>(row, "unit", problems);
        let Some(locator) = locator else { continue };
        // What is derived from the text is computed; what a cell says of it is no reason to stop.
        let kind = table.get(row, "kind").parse().unwrap_or(UnitKind::Prompt);
        let words = table.get(row, "words").parse().unwrap_or(0);
        let outside = *locator.transcript() != transcript.id
            || transcript.paragraph(locator.span().last).is_none();
        if outside {
            problems.push(Problem::new(
                table.place(row, "unit"),
                msg!("units.outside", unit = locator),
                msg!("units.outside.fix"),
            ));
            continue;
        }
        let speakers = table.get(row, "speakers");
        let speakers = speakers.split(';').filter_map(|id| id.trim().parse().ok()).collect();
        let pinned = table.get(row, "pinned").eq_ignore_ascii_case("yes");
        let (topic, strength) =
            (table.get(row, "topic").to_owned(), table.get(row, "strength").to_owned());
        units.push((row.line, Unit { locator, kind, speakers, words, topic, strength, pinned }));
    }
    units.sort_by_key(|(_, unit)| {
        let span = unit.locator.span();
        (span.first, span.from.unwrap_or(0))
    });
    for pair in units.windows(2) {
        let (before, after) = (pair[0].1.locator.span(), pair[1].1.locator.span());
        let apart = before.last < after.first
            || (before.last == after.first
                && before.to.is_some()
                && after.from.is_some()
                && before.to <= after.from);
        if !apart {
            problems.push(Problem::new(
                Place::line(file, pair[1].0).column("unit"),
                msg!("units.overlap", unit = pair[1].1.locator, other = pair[0].1.locator),
                msg!("units.overlap.fix"),
            ));
        }
    }
    units.into_iter().map(|(_, unit)| unit).collect()
}

/// Writes the units of a transcript.
#[must_use]
pub fn write_units(units: &[Unit], transcript: &Transcript) -> Vec<u8> {
    write(
        &COLUMNS,
        units.iter().map(|unit| {
            let speakers: Vec<&str> = unit.speakers.iter().map(|it| it.as_str()).collect();
            [
                unit.locator.to_string(),
                unit.kind.to_string(),
                speakers.join("; "),
                unit.words.to_string(),
                unit.topic.clone(),
                unit.strength.clone(),
                if unit.pinned { "yes".to_owned() } else { String::new() },
                transcript.text(unit.locator.span()),
            ]
        }),
    )
}

/// The first paragraph of a transcript whose text is no longer what its units hold.
///
/// Only whole paragraphs of units by one speaker can be told; `None` where no difference shows.
#[must_use]
pub fn first_difference(bytes: &[u8], transcript: &Transcript) -> Option<u64> {
    let table = Table::read("", bytes, &["unit", "text"], &mut Vec::new());
    let mut first: Option<u64> = None;
    for row in &table.rows {
        let Ok(locator) = table.get(row, "unit").parse::<Locator>() else {
            continue;
        };
        let span = locator.span();
        let now = transcript.text(span);
        let then = table.raw(row, "text");
        if now == then {
            continue;
        }
        let same =
            now.split('\n').zip(then.split('\n')).take_while(|(now, then)| now == then).count();
        let paragraph = (u64::from(span.first) + same as u64).min(u64::from(span.last));
        first = Some(first.map_or(paragraph, |other| other.min(paragraph)));
    }
    first
}

/// The cells of units that are not what the text and the roles say: where, the unit, the column, what should stand there.
#[must_use]
pub fn misderived(file: &str, bytes: &[u8], units: &[Unit]) -> Vec<(Place, [String; 3])> {
    let table = Table::read(file, bytes, &["unit", "kind"], &mut Vec::new());
    let known: BTreeMap<&Locator, &Unit> = units.iter().map(|it| (&it.locator, it)).collect();
    let mut found = Vec::new();
    for row in &table.rows {
        let locator = table.get(row, "unit").parse::<Locator>().ok();
        let Some(unit) = locator.and_then(|it| known.get(&it)) else { continue };
        let speakers: Vec<&str> = unit.speakers.iter().map(|it| it.as_str()).collect();
        for (column, value) in [
            ("kind", unit.kind.to_string()),
            ("speakers", speakers.join("; ")),
            ("words", unit.words.to_string()),
        ] {
            let parts = |text: &str| -> Vec<String> {
                text.split(';').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
            };
            let stored = table.get(row, column);
            // What was never written says nothing that could be wrong.
            let unsaid = !table.has(column) || (column == "words" && stored.is_empty());
            if unsaid || parts(stored) == parts(&value) {
                continue;
            }
            let said = [unit.locator.to_string(), column.to_owned(), value];
            found.push((table.place(row, column), said));
        }
    }
    found
}
