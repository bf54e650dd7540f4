//! The rows of a table of codes, and the shapes in which people and programs write them: blanks that mean the row above,
//! codes as paths, parents by their numbers, indents, outline numbers.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::message::Message;
use crate::format::given::Row;
use crate::language::fold;
use crate::msg;

/// Where our column of that name stands.
pub(super) fn place_of(places: &[Option<String>], name: &str) -> Option<usize> {
    places.iter().position(|it| it.as_deref() == Some(name))
}

/// Where codes stand.
fn codes_at(places: &[Option<String>]) -> Option<usize> {
    place_of(places, "code").or_else(|| place_of(places, "name"))
}

/// What a row has in a column.
fn cell(row: &Row, place: usize) -> &str {
    row.cells.get(place).map_or("", String::as_str)
}

/// Gives the table one more column: what each code lies beneath.
fn with_parents(
    rows: &mut [Row],
    at: usize,
    mut places: Vec<Option<String>>,
    parents: Vec<String>,
) -> Vec<Option<String>> {
    let width = places.len();
    let heads = std::iter::once("parent".to_owned()).chain(parents);
    for (row, parent) in rows.iter_mut().skip(at).zip(heads) {
        row.cells.resize(width.max(row.cells.len()), String::new());
        row.cells.insert(width, parent);
    }
    places.push(Some("parent".to_owned()));
    places
}

/// Gives rows that leave a column headed `dimension` blank that of the row above them, as people write lists; their lines.
/// A blank cell of other columns (`category`) means that there is none, and stays.
pub(super) fn fill_down(rows: &mut [Row], at: usize, places: &[Option<String>]) -> Vec<u64> {
    let place = place_of(places, "dimension");
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
    let (id, parent) = (place_of(places, "id"), place_of(places, "parent"));
    let (Some(id), Some(parent), Some(code)) = (id, parent, codes_at(places)) else { return };
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
    places: Vec<Option<String>>,
    said: &mut Vec<Message>,
) -> Vec<Option<String>> {
    let Some(code) = codes_at(&places) else { return places };
    let steps = |row: &Row| -> Vec<String> {
        let steps = cell(row, code).split('\\').map(str::trim).filter(|it| !it.is_empty());
        steps.map(str::to_owned).collect()
    };
    let all: Vec<Vec<String>> = rows.iter().skip(at + 1).map(steps).collect();
    let last: BTreeSet<&String> = all.iter().filter_map(|it| it.last()).collect();
    let is_path = all.iter().any(|it| it.len() > 1);
    if !is_path
        || last.len() != all.len()
        || ["parent", "parent_id"].iter().any(|it| place_of(&places, it).is_some())
    {
        return places;
    }
    for (row, steps) in rows.iter_mut().skip(at + 1).zip(&all) {
        if let (Some(cell), Some(last)) = (row.cells.get_mut(code), steps.last()) {
            cell.clone_from(last);
        }
    }
    // What begins every path and is no code of the table is the name of the whole.
    let above =
        |steps: &Vec<String>| steps.iter().rev().nth(1).filter(|it| last.contains(it)).cloned();
    let parents = all.iter().map(|steps| above(steps).unwrap_or_default()).collect();
    said.push(msg!("codebook_table.paths"));
    with_parents(rows, at, places, parents)
}

/// Whether a column says already how codes hang together.
fn is_placed(places: &[Option<String>]) -> bool {
    ["parent", "parent_id", "dimension"].iter().any(|it| place_of(places, it).is_some())
}

/// Takes codes that are indented, as exports of code systems write them, for what lies beneath the code above that is
/// indented less, where no column says that and all codes are different.
pub(super) fn indented(
    rows: &mut [Row],
    at: usize,
    places: Vec<Option<String>>,
    said: &mut Vec<Message>,
) -> Vec<Option<String>> {
    let Some(code) = codes_at(&places) else { return places };
    let body = rows.get(at + 1..).unwrap_or_default();
    let named = |row: &Row| cell(row, code).to_owned();
    let indent = |row: &Row| row.indents.get(code).copied().unwrap_or(0);
    let different: BTreeSet<String> = body.iter().map(named).collect();
    let least = body.iter().map(indent).min().unwrap_or(0);
    let begins = body.first().is_some_and(|row| indent(row) == least);
    let deeper = body.iter().any(|row| indent(row) > least);
    if is_placed(&places) || !begins || !deeper || different.len() != body.len() {
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
    said.push(msg!("codebook_table.indented"));
    with_parents(rows, at, places, parents)
}

/// Takes outline numbers (`2.1`, `K2.1`, `A.3`), in a column of their own or before the codes, for what lies beneath what, where
/// no column says that, all codes are different, and of each number the one above it is there.
pub(super) fn numbered(
    rows: &mut [Row],
    at: usize,
    places: Vec<Option<String>>,
    said: &mut Vec<Message>,
) -> Vec<Option<String>> {
    let own = place_of(&places, "number");
    let unused = |said: &mut Vec<Message>| {
        let heading = own.and_then(|own| rows.get(at).map(|row| cell(row, own).to_owned()));
        said.extend(heading.map(|it| msg!("codebook_table.left_out", columns = it)));
    };
    let code = codes_at(&places).filter(|_| !is_placed(&places));
    let tree = code.and_then(|code| {
        let body = rows.get(at + 1..).unwrap_or_default();
        let mut columns = [own, place_of(&places, "id"), Some(code)].into_iter().flatten();
        let of_column = |place: usize| {
            let numbers = body.iter().map(|row| outline(cell(row, place)));
            tree(numbers.map(|it| it.filter(|(_, rest)| rest.is_empty())), |nth| {
                cell(&body[nth], code)
            })
        };
        let before = || {
            let numbers: Vec<_> = body.iter().map(|row| outline(cell(row, code))).collect();
            let rest: Option<Vec<&str>> = numbers
                .iter()
                .map(|it| it.as_ref().map(|(_, rest)| *rest).filter(|rest| !rest.is_empty()))
                .collect();
            let rest = rest?;
            tree(numbers.into_iter(), |nth| rest[nth])
        };
        columns.find_map(of_column).or_else(before).map(|tree| (code, tree))
    });
    let Some((code, tree)) = tree else {
        unused(said);
        return places;
    };
    let (codes, parents) = tree;
    for (row, name) in rows.iter_mut().skip(at + 1).zip(codes) {
        if let Some(cell) = row.cells.get_mut(code) {
            *cell = name;
        }
    }
    said.push(msg!("codebook_table.numbered"));
    with_parents(rows, at, places, parents)
}

/// The codes, and for each what it lies beneath, if these numbers are an outline of them.
fn tree<'a>(
    numbers: impl Iterator<Item = Option<(Vec<String>, &'a str)>>,
    named: impl Fn(usize) -> &'a str,
) -> Option<(Vec<String>, Vec<String>)> {
    let numbers: Option<Vec<Vec<String>>> = numbers.map(|it| it.map(|(steps, _)| steps)).collect();
    let numbers = numbers?;
    let codes: Vec<String> = (0..numbers.len()).map(|nth| named(nth).to_owned()).collect();
    let of: BTreeMap<&[String], &String> = numbers.iter().map(Vec::as_slice).zip(&codes).collect();
    let different: BTreeSet<&String> = codes.iter().filter(|it| !it.is_empty()).collect();
    let deep = numbers.iter().any(|it| it.len() > 1);
    if !deep || of.len() != codes.len() || different.len() != codes.len() {
        return None;
    }
    let above = |steps: &Vec<String>| match steps.split_last() {
        Some((_, [])) | None => Some(String::new()),
        Some((_, above)) => of.get(above).map(|it| (*it).clone()),
    };
    let parents: Option<Vec<String>> = numbers.iter().map(above).collect();
    Some((codes, parents?))
}

/// The outline number with which a cell begins, step by step, and what stands behind it.
fn outline(text: &str) -> Option<(Vec<String>, &str)> {
    let text = text.trim();
    let (number, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let number = number.trim_start_matches('(').trim_end_matches(['.', ')', ':', '-', '–']);
    let is_number =
        |it: &str| (1..=3).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
    let is_letter = |it: &str| it.len() == 1 && it.bytes().all(|it| it.is_ascii_alphabetic());
    let mut steps = number.split('.');
    let first = steps.next()?;
    let plain = first.trim_start_matches(|it: char| it.is_ascii_alphabetic());
    let is_roman = (1..=5).contains(&first.len()) && first.bytes().all(|it| b"IVX".contains(&it));
    let numbered = first.len() - plain.len() <= 2 && is_number(plain);
    let begins = numbered || is_letter(first) || is_roman;
    let all: Vec<String> = number.split('.').map(str::to_lowercase).collect();
    let goes_on = steps.all(|it| is_number(it) || is_letter(it));
    (begins && goes_on).then(|| (all, rest.trim().trim_start_matches(['-', '–']).trim_start()))
}
