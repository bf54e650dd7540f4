//! Tables of codes as people and programs write them: which column is what, wherever the headings stand.
//!
//! Taguette writes tag and description, Requal code_name and code_description, Dedoose title with id and parent id, NVivo name,
//! MAXQDA code and parent code, QualCoder category and code. What is not known is left out and said.

use super::codings::dates::is_day;
use super::codings::open::open;
use super::table::{Table, quotable};
use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::escape::csv::unguard;
use crate::language::fold;
use crate::msg;
use crate::read::workbook::{Cell, address, looks_like_one};

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

/// Our columns, each with what others call it, folded; ours first.
const NAMES: &[(&str, &[&str])] = &[
    (
        "dimension",
        &[
            "dimension",
            "category",
            "categoria",
            "catname",
            "theme",
            "tema",
            "code group",
            "code group 1",
            "group",
        ],
    ),
    (
        "code",
        &[
            "code",
            "codigo",
            "code name",
            "codename",
            "tag",
            "tag name",
            "title",
            "label",
            "etiqueta",
            "node",
        ],
    ),
    (
        "parent",
        &[
            "parent",
            "parent code",
            "parent name",
            "parent tag",
            "padre",
            "codigo padre",
            "parent title",
        ],
    ),
    ("id", &["id", "code id", "tag id"]),
    ("parent_id", &["parent id", "parent code id"]),
    ("name", &["name", "nombre"]),
    ("brief", &["brief", "in brief", "en breve", "short description"]),
    (
        "definition",
        &[
            "definition",
            "definicion",
            "description",
            "descripcion",
            "code description",
            "tag description",
            "comment",
            "comentario",
            "code memo",
            "memo",
        ],
    ),
    ("use_when", &["use when", "usar cuando", "when to use", "inclusion", "inclusion criteria"]),
    (
        "not_when",
        &["not when", "no usar cuando", "when not to use", "exclusion", "exclusion criteria"],
    ),
    ("examples", &["examples", "example", "ejemplos", "ejemplo"]),
    ("select", &["select"]),
    ("scale", &["scale"]),
    ("color", &["color", "colour", "code color", "code colour"]),
    ("replaces", &["replaces"]),
    ("merged_from", &["merged from"]),
    ("keywords", &["keywords"]),
];

/// Our columns that a language may follow: `name_es`.
const SPOKEN: [&str; 6] = ["name", "brief", "definition", "use_when", "not_when", "examples"];

/// Our name for a heading, if it is known.
fn known(heading: &str) -> Option<String> {
    let plain: String =
        fold(heading).chars().map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let ours = |text: &str| {
        NAMES.iter().find(|(_, all)| all.contains(&text)).map(|(ours, _)| (*ours).to_owned())
    };
    ours(&plain).or_else(|| {
        let (field, language) = plain.rsplit_once(' ')?;
        let field = field.replace(' ', "_");
        let tag = (2..=3).contains(&language.len());
        (tag && SPOKEN.contains(&field.as_str())).then(|| format!("{field}_{language}"))
    })
}

/// A row of a file: its line, and its cells.
struct Row {
    line: u64,
    cells: Vec<String>,
}

/// Reads a table of codes.
///
/// # Errors
/// It is no table, no column names codes, or a cell that names a code shows a day.
pub fn read(file: &str, bytes: &[u8]) -> Result<Columns, Failure> {
    if let Some(kind) = other_kind(bytes) {
        let at = Place::file(file);
        let what = msg!("codebook_table.kind", kind = kind);
        return Err(Failure::invalid(Problem::new(at, what, msg!("codebook_table.kind.fix"))));
    }
    let opened = open(file, bytes)?;
    let is_sheet = looks_like_one(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(opened.separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(opened.text.as_ref());
    let mut rows: Vec<Row> = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut nth = 0;
    while reader.read_record(&mut record).unwrap_or(false) {
        nth += 1;
        let line = record.position().map_or(nth, |at| at.line() + opened.above);
        let cells: Vec<String> = record.iter().map(|it| unguard(it.trim()).to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { line: if is_sheet { nth } else { line }, cells });
        }
    }
    let Some(at) = heading(&rows) else {
        return Err(no_columns(file, rows.first()));
    };
    let mut said = opened.said;
    if at > 0 {
        said.push(msg!("codebook_table.above", n = at));
    }
    let places = places(&rows, at, &mut said);
    days(file, &rows, at, &places, is_sheet)?;
    let filled = fill_down(&mut rows, at, &places);
    if !filled.is_empty() {
        let lines = filled.iter().take(LISTED).map(u64::to_string).collect::<Vec<_>>().join(", ");
        said.push(msg!("codebook_table.filled", n = filled.len(), lines = lines));
    }
    Ok(Columns { table: table(file, &rows, at, &places), said })
}

/// Gives rows that leave a column headed `dimension` blank that of the row above them, as people write lists; their lines.
/// A blank cell of other columns (`category`) means that there is none, and stays.
fn fill_down(rows: &mut [Row], at: usize, places: &[Option<String>]) -> Vec<u64> {
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

/// The row of headings: of the first ones, that which names most of what we know, and codes.
fn heading(rows: &[Row]) -> Option<usize> {
    let names = |row: &Row| row.cells.iter().filter_map(|it| known(it)).collect::<Vec<_>>();
    let has_codes = |names: &[String]| {
        names.iter().any(|it| it == "code" || it == "name" || it.starts_with("name_"))
    };
    let all = rows.iter().take(ABOVE).map(names).enumerate();
    // A title row may hold one such word by chance; of equals the first.
    all.filter(|(_, names)| has_codes(names))
        .max_by_key(|(at, names)| (names.len(), ABOVE - at))
        .map(|(at, _)| at)
}

fn no_columns(file: &str, first: Option<&Row>) -> Failure {
    let heads = first.map(|row| {
        row.cells.iter().filter(|it| !it.is_empty()).map(|it| quotable(it)).collect::<Vec<_>>()
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
    let places = heads
        .iter()
        .map(|heading| match known(heading).filter(|ours| !taken.contains(ours)) {
            Some(ours) => {
                taken.push(ours.clone());
                Some(ours)
            }
            None => {
                if !heading.is_empty() {
                    left_out.push(quotable(heading).to_owned());
                }
                None
            }
        })
        .collect();
    if !left_out.is_empty() {
        said.push(msg!("codebook_table.left_out", columns = left_out.join(", ")));
    }
    places
}

/// Refuses codes that a spreadsheet took for days: nobody can tell what they were.
fn days(
    file: &str,
    rows: &[Row],
    at: usize,
    places: &[Option<String>],
    is_sheet: bool,
) -> Result<(), Failure> {
    let named = ["code", "dimension", "parent", "name"];
    let mut problems = Vec::new();
    for row in rows.iter().skip(at + 1) {
        for (nth, cell) in row.cells.iter().enumerate() {
            let column = places.get(nth).and_then(Option::as_deref).unwrap_or_default();
            if !named.contains(&column) || !is_day(cell) {
                continue;
            }
            let cell_at = (u32::try_from(row.line - 1).ok(), u32::try_from(nth).ok());
            let place = match cell_at {
                (Some(line), Some(nth)) if is_sheet => Place::file(file).column(address(line, nth)),
                _ => Place::line(file, row.line).column(column),
            };
            let what = msg!("codebook_table.day", cell = cell);
            problems.push(Problem::new(place, what, msg!("codebook_table.day.fix")));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::Invalid(problems)) }
}

/// The table with our headings; ids of others become the names of what they name.
fn table(file: &str, rows: &[Row], at: usize, places: &[Option<String>]) -> Table {
    let place_of = |name: &str| places.iter().position(|it| it.as_deref() == Some(name));
    let (id, parent_id) = (place_of("id"), place_of("parent_id"));
    let (code, parent) = (place_of("code"), place_of("parent"));
    let code = code.or_else(|| place_of("name"));
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
            let Some(name) = place.as_deref().filter(|it| !matches!(*it, "id" | "parent_id"))
            else {
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

/// What a file is that is no table, by its first bytes.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins =
        |mark: &[u8]| text.get(..mark.len()).is_some_and(|it| it.eq_ignore_ascii_case(mark));
    if begins(b"%PDF") {
        Some("PDF")
    } else if begins(b"{\\rtf") {
        Some("RTF")
    } else if begins(b"<?xml") || begins(b"<html") || begins(b"<!doctype") || begins(b"<codebook") {
        Some("XML")
    } else if begins(b"{") || begins(b"[") {
        Some("JSON")
    } else if begins(b"SQLite format") {
        Some("SQLite")
    } else {
        None
    }
}
