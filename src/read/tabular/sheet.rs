//! Tables in workbooks: the first sheet that holds a table of turns.

use super::Row;
use super::columns::Columns;
use crate::msg;
use crate::read::archive::Archive;
use crate::read::content::{Content, Source};
use crate::read::unreadable::Unreadable;
use crate::read::workbook::{Page, Workbook, address, is_opendocument};

/// No table of turns is wider; a cell further right is not one of it.
const WIDEST: u32 = 200;

/// Whether an archive is a workbook.
pub(in crate::read) fn is_workbook(package: &mut Archive<'_>) -> bool {
    package.has_under("xl/") || is_opendocument(package)
}

/// Reads a workbook.
///
/// # Errors
/// It is damaged, protected or goes beyond the limits, or no sheet has a column that can be the one of speech.
pub(in crate::read) fn read(source: &Source<'_>) -> Result<Content<'static>, Unreadable> {
    let unreadable = |it: Box<crate::domain::problem::Problem>| Unreadable::new(it.what, it.fix);
    let mut book = Workbook::open(source.name, source.bytes).map_err(unreadable)?;
    let (visible, hidden) = book.sheet_names();
    let mut first = None;
    for (at, name) in visible.iter().enumerate() {
        let page = book.page(name).map_err(unreadable)?;
        let rows = rows(&page);
        match Columns::find(&rows) {
            None => first = first.or(Some(rows)),
            Some(columns) => {
                let mut content = super::read(&rows)?;
                content.notes.extend(unsaved(&page, &columns));
                let others = visible.len() - 1;
                if others > 0 {
                    content.notes.push(msg!("tabular.sheets", n = others, sheet = at + 1));
                }
                if hidden > 0 {
                    content.notes.push(msg!("tabular.hidden", n = hidden));
                }
                return Ok(content);
            }
        }
    }
    super::read(&first.unwrap_or_default())
}

/// The rows of a sheet. What a merged range shows once is said once, so a cell that only repeats it counts
/// for who speaks and when, never as speech: [`Columns`] are found first.
fn rows(page: &Page) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for cell in page.cells.iter().filter(|cell| cell.column < WIDEST) {
        let line = cell.row.saturating_add(1);
        if rows.last().is_none_or(|row| row.line != line) {
            rows.push(Row { line, cells: Vec::new() });
        }
        if let Some(row) = rows.last_mut() {
            row.cells.resize(cell.column as usize, String::new());
            row.cells.push(cell.text.trim().to_owned());
        }
    }
    let Some(columns) = Columns::find(&rows) else { return rows };
    for row in &mut rows {
        let repeated = page.filled.contains(&(row.line - 1, columns.text as u32));
        if let Some(cell) = row.cells.get_mut(columns.text).filter(|_| repeated) {
            cell.clear();
        }
    }
    rows
}

/// Formulas in the columns that are read whose result was not saved.
fn unsaved(page: &Page, columns: &Columns) -> Option<crate::domain::message::Message> {
    let read = [Some(columns.text), columns.speaker, columns.from, columns.to];
    let cells: Vec<String> = page
        .unsaved
        .iter()
        .filter(|(_, column)| read.contains(&usize::try_from(*column).ok()))
        .map(|(row, column)| address(*row, *column))
        .collect();
    let shown = cells.get(..cells.len().min(5)).unwrap_or_default().join(", ");
    (!cells.is_empty()).then(|| msg!("tabular.unsaved", n = cells.len(), cells = shown))
}
