//! Sheets of workbooks as tables with named columns.

use super::table::Table;
use crate::domain::problem::{Place, Problem};
use crate::msg;
use crate::read::workbook::{Workbook, address};

/// Reads one sheet of a workbook as a table: the one named, else the first that is not hidden.
pub fn read(
    file: &str,
    bytes: &[u8],
    sheet: Option<&str>,
    required: &[&str],
    problems: &mut Vec<Problem>,
) -> Table {
    let mut book = match Workbook::open(file, bytes) {
        Ok(book) => book,
        Err(problem) => {
            problems.push(*problem);
            return Table::empty(file);
        }
    };
    let first = book.first_visible().unwrap_or_default().to_owned();
    table(&mut book, file, sheet.unwrap_or(&first), required, problems)
}

/// Reads a sheet as a table. A formula whose result was not saved is a problem: nobody can tell what its
/// cell shows.
pub fn table(
    book: &mut Workbook<'_>,
    file: &str,
    sheet: &str,
    required: &[&str],
    problems: &mut Vec<Problem>,
) -> Table {
    let page = match book.page(sheet) {
        Ok(page) => page,
        Err(problem) => {
            problems.push(*problem);
            return Table::empty(file);
        }
    };
    for (row, column) in page.unsaved {
        let place = Place::file(file).column(address(row, column));
        problems.push(Problem::new(place, msg!("workbook.formula"), msg!("workbook.formula.fix")));
    }
    Table::from_cells(file, page.cells, required, problems)
}
