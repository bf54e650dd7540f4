//! `units show --changed`: what became of units, and with `--coder` what she had decided on them.

use crate::domain::failure::Failure;
use crate::domain::id::CoderId;
use crate::domain::locator::Locator;
use crate::domain::moved::How;
use crate::domain::study::Study;
use crate::format::log::written_codes;
use crate::msg;
use crate::render::document::Value;
use crate::render::list::{Item, List};
use crate::store::Opened;

/// Units that were cut anew, or that a new text holds otherwise or not at all.
pub(super) fn list(opened: &Opened, coder: Option<&CoderId>) -> Result<List, Failure> {
    let mut columns = vec![
        ("at", "trail.at"),
        ("unit", "units.unit"),
        ("how", "units.how"),
        ("now", "units.now"),
        ("text", "units.text"),
    ];
    if coder.is_some() {
        columns.push(("decisions", "units.decisions"));
    }
    let mut list = List::new("themata.changed-units/1", &columns);
    let study = &opened.study;
    for row in study.moved.rows.iter().filter(|row| row.how != How::Same) {
        let Some(old) = &row.old else { continue };
        let mut cells = vec![
            Item::At(row.at),
            Item::id(old),
            Item::id(row.how),
            row.new.as_ref().map_or(Item::from(Value::Missing), Item::id),
            Item::text(&text(study, old)),
        ];
        if let Some(coder) = coder {
            cells.push(Item::text(&decisions(opened, coder, old)?));
        }
        list.rows.push(cells);
    }
    if list.rows.is_empty() {
        list.notes.push(msg!("units.none_changed"));
    }
    Ok(list)
}

/// What was said there, in whatever text it is.
fn text(study: &Study, unit: &Locator) -> String {
    let mut texts = study.transcripts.iter().chain(&study.moved.replaced);
    let found = texts.find(|it| it.id == *unit.transcript());
    found.map(|it| it.text(unit.span())).unwrap_or_default()
}

/// A coder's last decisions on a unit, as they are written: `leadership: horizontal; tone: warm`.
fn decisions(opened: &Opened, coder: &CoderId, unit: &Locator) -> Result<String, Failure> {
    let log = opened.own_log(coder)?;
    let Some(index) = opened.study.ever_unit(unit) else { return Ok(String::new()) };
    let written: Vec<_> = log.devices.iter().map(written_codes).collect();
    let mut last: std::collections::BTreeMap<_, String> = std::collections::BTreeMap::new();
    for row in log.rows.iter().filter(|row| row.unit == index) {
        let codes = written.get(usize::from(row.device)).and_then(|codes| codes.get(&row.line));
        last.insert(row.dimension, codes.cloned().unwrap_or_default());
    }
    let name = |dimension: crate::domain::answer::DimensionIndex| {
        let known = opened.study.vocabulary.dimensions.get(usize::from(dimension.0));
        known.map_or("", |known| known.id.as_str())
    };
    let decided = last.into_iter().filter(|(_, codes)| !codes.is_empty());
    let told = decided.map(|(dimension, codes)| format!("{}: {codes}", name(dimension)));
    Ok(told.collect::<Vec<_>>().join("; "))
}
