//! The rows of a table of codes, and the shapes in which people and programs write them: blanks that mean the row above,
//! codes as paths, parents by their numbers.

use std::collections::BTreeSet;

use crate::domain::message::Message;
use crate::format::given::Row;
use crate::language::fold;
use crate::msg;

/// Gives rows that leave a column headed `dimension` blank that of the row above them, as people write lists; their lines.
/// A blank cell of other columns (`category`) means that there is none, and stays.
pub(super) fn fill_down(rows: &mut [Row], at: usize, places: &[Option<String>]) -> Vec<u64> {
    let place = places.iter().position(|it| it.as_deref() == Some("dimension"));
    let heading = |place: usize| rows.get(at).and_then(|row| row.cells.get(place));
    let Some(place) = place.filter(|it| heading(*it).is_some_and(|it| fold(it) == "dimension"))
    else {
        return Vec::new();
    };
    let mut above = String::new();
    let mut filled = Vec::new();
    for row in rows.iter_mut().skip(at + 1) {
        match row.cells.get_mut(place) {
            Some(cell) if cell.is_empty() && !above.is_empty() => {
                cell.clone_from(&above);
                filled.push(row.line);
            }
            Some(cell) => above.clone_from(cell),
            None => {}
        }
    }
    filled
}

/// Takes a column of parents that holds ids of rows, and no codes, for what it is.
pub(super) fn parents_by_id(rows: &[Row], at: usize, places: &mut [Option<String>]) {
    let place_of = |name: &str| places.iter().position(|it| it.as_deref() == Some(name));
    let code = place_of("code").or_else(|| place_of("name"));
    let (Some(id), Some(parent), Some(code)) = (place_of("id"), place_of("parent"), code) else {
        return;
    };
    let column = |place: usize| -> BTreeSet<&str> {
        let cells = rows.iter().skip(at + 1).filter_map(|row| row.cells.get(place));
        cells.map(String::as_str).filter(|it| !it.is_empty()).collect()
    };
    let (ids, parents, codes) = (column(id), column(parent), column(code));
    let are_ids = !parents.is_empty() && parents.is_subset(&ids) && parents.is_disjoint(&codes);
    if let Some(place) = places.get_mut(parent).filter(|_| are_ids) {
        *place = Some("parent_id".to_owned());
    }
}

/// Parts codes that are written as a path (`Trust\\Deep`, as NVivo and MAXQDA do) into a code and what it lies beneath, where no
/// column says that and the last steps are all different.
pub(super) fn paths(
    rows: &mut [Row],
    at: usize,
    mut places: Vec<Option<String>>,
    said: &mut Vec<Message>,
) -> Vec<Option<String>> {
    let place_of = |name: &str| places.iter().position(|it| it.as_deref() == Some(name));
    let Some(code) = place_of("code").or_else(|| place_of("name")) else { return places };
    let steps = |row: &Row| -> Vec<String> {
        let cell = row.cells.get(code).map_or("", String::as_str);
        let steps = cell.split('\\').map(str::trim).filter(|it| !it.is_empty());
        steps.map(str::to_owned).collect()
    };
    let all: Vec<Vec<String>> = rows.iter().skip(at + 1).map(steps).collect();
    let last: BTreeSet<&String> = all.iter().filter_map(|it| it.last()).collect();
    let is_path = all.iter().any(|it| it.len() > 1);
    if !is_path
        || last.len() != all.len()
        || ["parent", "parent_id"].iter().any(|it| place_of(it).is_some())
    {
        return places;
    }
    let width = places.len();
    for (row, steps) in rows.iter_mut().skip(at + 1).zip(&all) {
        row.cells.resize(width.max(row.cells.len()), String::new());
        if let (Some(cell), Some(last)) = (row.cells.get_mut(code), steps.last()) {
            cell.clone_from(last);
        }
        // What begins every path and is no code of the table is the name of the whole.
        let above = steps.iter().rev().nth(1).filter(|it| last.contains(it));
        row.cells.insert(width, above.cloned().unwrap_or_default());
    }
    if let Some(head) = rows.get_mut(at) {
        head.cells.resize(width.max(head.cells.len()), String::new());
        head.cells.insert(width, "parent".to_owned());
    }
    places.push(Some("parent".to_owned()));
    said.push(msg!("codebook_table.paths"));
    places
}

/// Takes codes that are indented, as exports of code systems write them, for what lies beneath the code above that is
/// indented less, where no column says that and all codes are different.
pub(super) fn indented(
    rows: &mut [Row],
    at: usize,
    mut places: Vec<Option<String>>,
    said: &mut Vec<Message>,
) -> Vec<Option<String>> {
    let place_of = |name: &str| places.iter().position(|it| it.as_deref() == Some(name));
    let Some(code) = place_of("code").or_else(|| place_of("name")) else { return places };
    let placed = ["parent", "parent_id", "dimension"].iter().any(|it| place_of(it).is_some());
    let body = rows.get(at + 1..).unwrap_or_default();
    let named = |row: &Row| row.cells.get(code).cloned().unwrap_or_default();
    let indent = |row: &Row| row.indents.get(code).copied().unwrap_or(0);
    let different: BTreeSet<String> = body.iter().map(named).collect();
    let least = body.iter().map(indent).min().unwrap_or(0);
    let begins = body.first().is_some_and(|row| indent(row) == least);
    let deeper = body.iter().any(|row| indent(row) > least);
    if placed || !begins || !deeper || different.len() != body.len() {
        return places;
    }
    let mut above: Vec<(usize, String)> = Vec::new();
    let mut parents = Vec::with_capacity(body.len());
    for row in body {
        while above.last().is_some_and(|(it, _)| *it >= indent(row)) {
            above.pop();
        }
        parents.push(above.last().map(|(_, name)| name.clone()).unwrap_or_default());
        above.push((indent(row), named(row)));
    }
    let width = places.len();
    let heads = std::iter::once("parent".to_owned()).chain(parents);
    for (row, parent) in rows.iter_mut().skip(at).zip(heads) {
        row.cells.resize(width.max(row.cells.len()), String::new());
        row.cells.insert(width, parent);
    }
    places.push(Some("parent".to_owned()));
    said.push(msg!("codebook_table.indented"));
    places
}
