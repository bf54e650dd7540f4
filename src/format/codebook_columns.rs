//! Tables of codes as people and programs write them: which column is what, wherever the headings stand.
//!
//! Taguette writes tag and description, Requal code_name and code_description, Dedoose title with id and parent id, NVivo name,
//! MAXQDA code and parent code, QualCoder category and code. What is not known is left out and said.

mod names;
mod shape;

use names::known;
use shape::{fill_down, indented, numbered, parents_by_id, paths, place_of};

use super::codings::dates::is_day;
use super::given::{self, Given, Row};
use super::table::{Table, quotable};
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::language::fold;
use crate::msg;
use crate::read::workbook::Cell;

/// A table of codes, its columns named as ours.
#[derive(Debug)]
pub struct Columns {
    /// The table: `dimension`, `code`, `parent`, `name` and so on; texts in one language as `name_es`.
    pub table: Table,
    /// What was assumed of it.
    pub said: Vec<Message>,
}

/// How many rows may stand above the headings.
const ABOVE: usize = 12;
/// How many lines a remark lists.
const LISTED: usize = 10;

/// Reads a table of codes.
///
/// # Errors
/// It is no table, no column names codes, or a cell that names a code shows a day.
pub fn read(file: &str, bytes: &[u8]) -> Result<Columns, Failure> {
    if let Some(kind) = given::other_kind(bytes) {
        let at = Place::file(file);
        let what = msg!("codebook_table.kind", kind = kind);
        return Err(Failure::invalid(Problem::new(at, what, msg!("codebook_table.kind.fix"))));
    }
    let mut given = given::read(file, bytes, known_columns)?;
    let Some(at) = heading(&given.rows) else {
        return Err(no_columns(file, given.rows.first()));
    };
    let mut said = std::mem::take(&mut given.said);
    if at > 0 {
        said.push(msg!("codebook_table.above", n = at));
    }
    let mut places = places(&given.rows, at, &mut said);
    parents_by_id(&given.rows, at, &mut places);
    days(&given, at, &places)?;
    let mut rows = given.rows;
    let filled = fill_down(&mut rows, at, &places);
    if !filled.is_empty() {
        let lines = filled.iter().take(LISTED).map(u64::to_string).collect::<Vec<_>>().join(", ");
        said.push(msg!("codebook_table.filled", n = filled.len(), lines = lines));
    }
    let places = paths(&mut rows, at, places, &mut said);
    let places = indented(&mut rows, at, places, &mut said);
    let places = numbered(&mut rows, at, places, &mut said);
    Ok(Columns { table: table(file, &rows, at, &places), said })
}

/// How many columns the row of headings names that we know.
fn known_columns(rows: &[Row]) -> usize {
    let row = heading(rows).and_then(|at| rows.get(at));
    row.map_or(0, |row| row.cells.iter().filter(|it| known(it).is_some()).count())
}

/// The row of headings: of the first ones, that which names most of what we know, and codes.
fn heading(rows: &[Row]) -> Option<usize> {
    let names = |row: &Row| row.cells.iter().filter_map(|it| known(it)).collect::<Vec<_>>();
    let has_codes = |names: &[String]| {
        let one = |it: &String| it == "code" || it == "name" || it.starts_with("name_");
        names.iter().any(one) || (names.len() > 1 && names.iter().any(|it| it == "dimension"))
    };
    let all = rows.iter().take(ABOVE).map(names).enumerate();
    // A title row may hold one such word by chance; of equals the first.
    all.filter(|(_, names)| has_codes(names))
        .max_by_key(|(at, names)| (names.len(), ABOVE - at))
        .map(|(at, _)| at)
}

/// A heading as it is shown: what heads a column of codes was said by nobody, but a long one is no heading.
fn headed(heading: &str) -> String {
    const LONGEST: usize = 40;
    let plain = heading.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.chars().count() <= LONGEST { plain } else { quotable(heading).to_owned() }
}

fn no_columns(file: &str, first: Option<&Row>) -> Failure {
    let heads = first.map(|row| {
        row.cells.iter().filter(|it| !it.is_empty()).map(|it| headed(it)).collect::<Vec<_>>()
    });
    let heads = heads.unwrap_or_default().join(", ");
    let at = Place::line(file, first.map_or(1, |row| row.line));
    let what = msg!("codebook_table.columns", columns = heads);
    Failure::invalid(Problem::new(at, what, msg!("codebook_table.columns.fix")))
}

/// Per place, our name of the column; the second of a name is left out like what is not known.
fn places(rows: &[Row], at: usize, said: &mut Vec<Message>) -> Vec<Option<String>> {
    let mut taken: Vec<String> = Vec::new();
    let mut left_out = Vec::new();
    let heads = rows.get(at).map(|row| row.cells.as_slice()).unwrap_or_default();
    let places: Vec<Option<String>> = heads
        .iter()
        .map(|heading| match known(heading).filter(|ours| !taken.contains(ours)) {
            Some(ours) => {
                taken.push(ours.clone());
                Some(ours)
            }
            None => {
                if !heading.is_empty() {
                    left_out.push(headed(heading));
                }
                None
            }
        })
        .collect();
    if !left_out.is_empty() {
        said.push(msg!("codebook_table.left_out", columns = left_out.join(", ")));
    }
    categories(heads, places)
}

/// Categories without anything beneath them are the codes.
fn categories(heads: &[String], mut places: Vec<Option<String>>) -> Vec<Option<String>> {
    let has = |name: &str| places.iter().any(|it| it.as_deref() == Some(name));
    if !has("code") && !has("name") {
        for (place, heading) in places.iter_mut().zip(heads) {
            if place.as_deref() == Some("dimension") && fold(heading) != "dimension" {
                *place = Some("code".to_owned());
            }
        }
    }
    places
}

/// Refuses codes that a spreadsheet took for days: nobody can tell what they were.
fn days(given: &Given<'_>, at: usize, places: &[Option<String>]) -> Result<(), Failure> {
    let named = ["code", "dimension", "parent", "name"];
    let mut problems = Vec::new();
    for row in given.rows.iter().skip(at + 1) {
        for (nth, cell) in row.cells.iter().enumerate() {
            let column = places.get(nth).and_then(Option::as_deref).unwrap_or_default();
            if !named.contains(&column) || !is_day(cell) {
                continue;
            }
            let place = given.place(row.line, nth, column);
            let what = msg!("codebook_table.day", cell = cell);
            problems.push(Problem::new(place, what, msg!("codebook_table.day.fix")));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::Invalid(problems)) }
}

/// Columns that say how codes hang together, and are none of a codebook's.
const NOT_OURS: [&str; 3] = ["id", "parent_id", "number"];

/// The table with our headings; ids of others become the names of what they name.
fn table(file: &str, rows: &[Row], at: usize, places: &[Option<String>]) -> Table {
    let (id, parent_id) = (place_of(places, "id"), place_of(places, "parent_id"));
    let code = place_of(places, "code").or_else(|| place_of(places, "name"));
    let parent = place_of(places, "parent");
    let cell = |row: &Row, place: Option<usize>| -> String {
        place.and_then(|place| row.cells.get(place)).cloned().unwrap_or_default()
    };
    let of_id = |wanted: &str| {
        let found =
            rows.iter().skip(at + 1).find(|row| !wanted.is_empty() && cell(row, id) == wanted);
        found.map(|row| cell(row, code)).unwrap_or_default()
    };
    let width = places.len();
    let mut cells = Vec::new();
    let mut push = |line: u64, nth: usize, text: String| {
        if let (Ok(row), Ok(column), false) =
            (u32::try_from(line.saturating_sub(1)), u32::try_from(nth), text.is_empty())
        {
            cells.push(Cell { row, column, text });
        }
    };
    for row in rows.iter().skip(at) {
        let is_heading = rows.get(at).is_some_and(|head| head.line == row.line);
        for (nth, place) in places.iter().enumerate() {
            let Some(name) = place.as_deref().filter(|it| !NOT_OURS.contains(it)) else {
                continue;
            };
            push(row.line, nth, if is_heading { name.to_owned() } else { cell(row, Some(nth)) });
        }
        if parent.is_none() && parent_id.is_some() {
            let text = if is_heading { "parent".to_owned() } else { of_id(&cell(row, parent_id)) };
            push(row.line, width, text);
        }
    }
    Table::from_cells(file, cells, &[], &mut Vec::new())
}
