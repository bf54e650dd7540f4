//! `units/<transcript>.csv`: the units of one transcript, in order of place.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::recent::Recent;
use super::table::{Table, write};
use crate::domain::id::{ParticipantId, TranscriptId};
use crate::domain::locator::{Locator, Span};
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
    let [unit, kind, speakers, words, topic, strength, pinned, _] =
        COLUMNS.map(|name| table.column(name));
    let mut known = Recent::<ParticipantId>::default();
    for row in &table.rows {
        let own = span_of(table.at(row, unit), &transcript.id);
        let locator = own.map(|span| transcript.locator(span));
        let locator = locator.or_else(|| table.parse::<Locator>(row, "unit", problems));
        let Some(locator) = locator else { continue };
        // What is derived from the text is computed; what a cell says of it is no reason to stop.
        let kind = table.at(row, kind).parse().unwrap_or(UnitKind::Prompt);
        let words = table.at(row, words).parse().unwrap_or(0);
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
        let speakers = table.at(row, speakers).split(';').map(str::trim);
        let speakers = speakers.filter_map(|id| known.get(id, || id.parse().ok())).collect();
        let pinned = table.at(row, pinned).eq_ignore_ascii_case("yes");
        let (topic, strength) =
            (table.at(row, topic).to_owned(), table.at(row, strength).to_owned());
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

/// The stretch that a locator names, where it lies in this transcript.
fn span_of(cell: &str, transcript: &TranscriptId) -> Option<Span> {
    cell.strip_prefix(transcript.as_str())?.strip_prefix(':')?.parse().ok()
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
    first_difference_in(&Table::read("", bytes, &["unit", "text"], &mut Vec::new()), transcript)
}

/// The same of a table that was read.
#[must_use]
pub fn first_difference_in(table: &Table, transcript: &Transcript) -> Option<u64> {
    let mut first: Option<u64> = None;
    for row in &table.rows {
        let cell = table.get(row, "unit");
        let other = || cell.parse::<Locator>().ok().map(|it| it.span());
        let Some(span) = span_of(cell, &transcript.id).or_else(other) else { continue };
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
    misderived_in(&Table::read(file, bytes, &["unit", "kind"], &mut Vec::new()), units)
}

/// The same of a table that was read.
#[must_use]
pub fn misderived_in(table: &Table, units: &[Unit]) -> Vec<(Place, [String; 3])> {
    let known: OnceCell<BTreeMap<&Locator, &Unit>> = OnceCell::new();
    let place = table.column("unit");
    let mut found = Vec::new();
    for (nth, row) in table.rows.iter().enumerate() {
        let cell = table.at(row, place);
        let is_it =
            |unit: &&Unit| span_of(cell, unit.locator.transcript()) == Some(unit.locator.span());
        // Mostly the rows stand in the order of the units.
        let unit = units.get(nth).filter(is_it).or_else(|| {
            let known = known.get_or_init(|| units.iter().map(|it| (&it.locator, it)).collect());
            known.get(&cell.parse::<Locator>().ok()?).copied()
        });
        let Some(unit) = unit else { continue };
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
            if unsaid || stored == value || parts(stored) == parts(&value) {
                continue;
            }
            let said = [unit.locator.to_string(), column.to_owned(), value];
            found.push((table.place(row, column), said));
        }
    }
    found
}
