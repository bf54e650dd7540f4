//! Tables for the terminal.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width, presets};
use unicode_width::UnicodeWidthStr;

use super::grid::{Display, Grid, Value};
use super::number;
use crate::escape::terminal;

/// A whole result for the terminal, `width` columns wide.
#[must_use]
pub fn display(display: &Display, width: u16) -> String {
    let mut out = String::new();
    if !display.title.is_empty() {
        out.push_str(&display.title);
        out.push_str("\n\n");
    }
    for grid in &display.grids {
        if !grid.title.is_empty() {
            out.push_str(&grid.title);
            out.push('\n');
        }
        out.push_str(&table(grid, width));
        out.push('\n');
    }
    for note in &display.notes {
        out.push_str(note);
        out.push('\n');
    }
    out
}

/// One table for the terminal; lines end without blanks.
#[must_use]
pub fn table(grid: &Grid, width: u16) -> String {
    let every: Vec<usize> = (0..grid.columns.len()).collect();
    let parts = if grid.alike { parts(grid, width) } else { vec![every] };
    parts.iter().map(|columns| part(grid, columns, width)).collect()
}

/// Some columns of a table.
fn part(grid: &Grid, columns: &[usize], width: u16) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    let headings = columns.iter().filter_map(|at| grid.columns.get(*at));
    table.set_header(headings.map(|heading| terminal::visible(heading).into_owned()));
    let of_numbers =
        |column: usize| grid.rows.iter().filter_map(|row| row.get(column)).any(number::is_numeric);
    let right: Vec<bool> = columns.iter().map(|column| of_numbers(*column)).collect();
    for row in &grid.rows {
        let cells = columns.iter().zip(&right);
        table.add_row(cells.filter_map(|(at, right)| Some(cell(row.get(*at)?, *right))));
    }
    for (at, least) in least_widths(grid, columns, width).into_iter().enumerate() {
        if let (Some(column), Some(least)) = (table.column_mut(at), least) {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
    }
    let text = table.to_string();
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The least width of each column, so that headings, ids and figures stay in one piece and can be copied;
/// where the page is too narrow for all of that, the widest columns may break.
fn least_widths(grid: &Grid, columns: &[usize], width: u16) -> Vec<Option<u16>> {
    let word = |text: &str| text.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let of_value = |value: &Value| match value {
        Value::Text(text) => word(text).min(20),
        value => word(&number::for_people(value)).min(40),
    };
    let of_column = |at: &usize| {
        let cells = grid.rows.iter().filter_map(|row| row.get(*at)).map(of_value).max();
        let heading = grid.columns.get(*at).map_or(0, |heading| word(&terminal::visible(heading)));
        // Two blanks stand beside every cell.
        Some(u16::try_from(cells.unwrap_or(0).max(heading)).unwrap_or(u16::MAX).saturating_add(2))
    };
    let mut least: Vec<Option<u16>> = columns.iter().map(of_column).collect();
    // A line stands beside every column, and one that may break needs room for a few letters.
    let room = |least: &[Option<u16>]| {
        least.iter().map(|it| u32::from(it.unwrap_or(12)) + 1).sum::<u32>() + 1
    };
    while room(&least) > u32::from(width) {
        let widest = least.iter_mut().filter(|it| it.is_some_and(|it| it > 12)).max();
        match widest {
            Some(widest) => *widest = None,
            None => return vec![None; columns.len()],
        }
    }
    least
}

/// The columns that stand side by side, table by table; the first one stands in each.
fn parts(grid: &Grid, width: u16) -> Vec<Vec<usize>> {
    let natural = |column: usize| {
        let of_text = |text: &str| text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        let cells = grid.rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|value| of_text(&number::for_people(value))).max().unwrap_or(0);
        // Two blanks and a line stand beside every cell.
        widest.max(grid.columns.get(column).map_or(0, |heading| of_text(heading))).min(40) + 3
    };
    let mut parts = vec![vec![0]];
    let mut used = 1 + natural(0);
    for column in 1..grid.columns.len() {
        let own = natural(column);
        if used + own > usize::from(width) && parts.last().is_some_and(|part| part.len() > 1) {
            parts.push(vec![0]);
            used = 1 + natural(0);
        }
        used += own;
        if let Some(part) = parts.last_mut() {
            part.push(column);
        }
    }
    parts
}

/// A cell; numbers, and what is missing among numbers, stand to the right.
fn cell(value: &Value, of_numbers: bool) -> comfy_table::Cell {
    let text = number::for_people(value);
    let cell = comfy_table::Cell::new(terminal::visible(&text));
    let right = number::is_numeric(value) || (of_numbers && *value == Value::Missing);
    if right { cell.set_alignment(CellAlignment::Right) } else { cell }
}
