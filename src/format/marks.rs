//! A CSV of stretches that coders cut or marked in a text themselves.
//!
//! A stretch is a `unit` (a locator, as in `units.csv`) or `start` and `end` (whole numbers from 0, the end exclusive). Beside it
//! may stand `transcript`, `coder`, `code` and `kind`; a row whose kind is `prompt` is no unit, and a coder's row without any
//! stretch says that she marked nothing.

use super::table::{Table, quotable};
use crate::domain::locator::Locator;
use crate::domain::problem::{Place, Problem};
use crate::domain::unit::UnitKind;
use crate::language::fold;
use crate::msg;

/// Our columns, each with what others call it, folded, in six languages.
const CALLED: [(&str, &[&str]); 4] = [
    (
        "start",
        &[
            "begin",
            "beginning",
            "begin time",
            "start time",
            "from",
            "onset",
            "inicio",
            "comienzo",
            "desde",
            "beginn",
            "anfang",
            "von",
            "debut",
            "inizio",
            "inici",
        ],
    ),
    (
        "end",
        &[
            "end time", "stop", "to", "offset", "fin", "final", "hasta", "ende", "bis", "fine",
            "fim",
        ],
    ),
    (
        "coder",
        &[
            "annotator",
            "rater",
            "tier",
            "codificador",
            "codificadora",
            "anotador",
            "anotadora",
            "kodierer",
            "kodiererin",
            "codierer",
            "codiererin",
            "annotateur",
            "annotatrice",
            "codeur",
            "codeuse",
            "codificatore",
            "annotatore",
            "avaliador",
            "tier name",
        ],
    ),
    (
        "code",
        &[
            "label",
            "category",
            "value",
            "annotation",
            "codigo",
            "etiqueta",
            "categoria",
            "kode",
            "kategorie",
            "etiquette",
            "categorie",
            "codice",
            "etichetta",
        ],
    ),
];

/// Calls columns by our names where other words head them and no column has the name itself.
fn named(mut table: Table) -> Table {
    let called = |heading: &str, others: &[&str]| {
        let plain = fold(heading.trim());
        let plain: String =
            plain.chars().map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
        others.contains(&plain.split_whitespace().collect::<Vec<_>>().join(" ").as_str())
    };
    for (ours, others) in CALLED {
        if table.has(ours) {
            continue;
        }
        let mut found = (0..table.headings.len())
            .filter(|at| table.headings.get(*at).is_some_and(|it| called(it, others)));
        if let (Some(at), None) = (found.next(), found.next()) {
            table.call(at, ours);
        }
    }
    table
}

/// One stretch that somebody marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where its row stands.
    pub place: Place,
    /// Who marked it; absent where the file has no such column.
    pub coder: Option<String>,
    /// The transcript it lies in, where it is said.
    pub transcript: Option<String>,
    /// Where it lies; absent where the coder marked nothing.
    pub stretch: Option<Stretch>,
    /// Its code; empty where it has none.
    pub code: String,
}

/// Where a mark lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// By paragraphs and characters of a transcript.
    Located(Locator),
    /// By numbers, from the first to before the second.
    Counted(u64, u64),
}

/// Reads a CSV of marks.
///
/// # Errors
/// All that is wrong with the file.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<Mark>, Vec<Problem>> {
    let mut problems = Vec::new();
    let table = named(Table::read(file, bytes, &[], &mut problems));
    let counted = table.has("start") && table.has("end");
    if problems.is_empty() && !counted && !table.has("unit") {
        problems.push(Problem::new(
            Place::line(file, 1),
            msg!("boundaries.columns"),
            msg!("boundaries.columns.fix"),
        ));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut marks = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let kind = table.get(row, "kind");
        if table.has("kind") && kind.parse() == Ok(UnitKind::Prompt) {
            continue;
        }
        let text = |column: &str| table.get(row, column).to_owned();
        let empty = |column: &str| table.get(row, column).is_empty();
        let nothing = if counted { empty("start") && empty("end") } else { empty("unit") };
        let stretch = if nothing {
            None
        } else if counted {
            counted_stretch(&table, row, &mut problems)
        } else {
            table.parse(row, "unit", &mut problems).map(Stretch::Located)
        };
        if table.has("coder") && empty("coder") {
            let (what, fix) = (msg!("codings.blank"), msg!("codings.blank.fix"));
            problems.push(Problem::new(table.place(row, "coder"), what, fix));
        }
        let transcript = match &stretch {
            Some(Stretch::Located(locator)) => Some(locator.transcript().to_string()),
            _ => Some(text("transcript")).filter(|name| !name.is_empty()),
        };
        marks.push(Mark {
            place: Place::line(file, row.line),
            coder: table.has("coder").then(|| text("coder")),
            transcript,
            stretch,
            code: text("code"),
        });
    }
    if problems.is_empty() { Ok(marks) } else { Err(problems) }
}

/// A whole number; parts of one are told apart from what is no number, because another remedy helps.
fn whole(
    table: &Table,
    row: &super::table::Row,
    column: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<u64> {
    let cell = table.get(row, column);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let at = table.place(row, column);
    if let Some((_, decimals)) =
        cell.split_once(['.', ',']).filter(|(whole, rest)| digits(whole) && digits(rest))
    {
        // Three decimals are thousandths; whoever writes more measures finer.
        let factor = format!("1{}", "0".repeat(decimals.len().clamp(3, 9)));
        let what = msg!("boundaries.decimal", cell = cell, column = column);
        problems.push(Problem::new(at, what, msg!("boundaries.decimal.fix", factor = factor)));
        return None;
    }
    let is_clock = cell.contains(':') && cell.split([':', '.', ',']).all(digits);
    if is_clock {
        let what = msg!("boundaries.clock", cell = cell, column = column);
        problems.push(Problem::new(at, what, msg!("boundaries.clock.fix")));
        return None;
    }
    if !digits(cell) && cell.parse::<f64>().is_ok() {
        let what = msg!("boundaries.number", cell = cell, column = column);
        problems.push(Problem::new(at, what, msg!("boundaries.number.fix")));
        return None;
    }
    table.parse::<u64>(row, column, problems)
}

fn counted_stretch(
    table: &Table,
    row: &super::table::Row,
    problems: &mut Vec<Problem>,
) -> Option<Stretch> {
    let start = whole(table, row, "start", problems);
    let end = whole(table, row, "end", problems);
    let (start, end) = (start?, end?);
    if start < end {
        return Some(Stretch::Counted(start, end));
    }
    let cell = quotable(table.get(row, "end")).to_owned();
    problems.push(Problem::new(
        table.place(row, "end"),
        msg!("boundaries.empty", end = cell),
        msg!("boundaries.empty.fix"),
    ));
    None
}
