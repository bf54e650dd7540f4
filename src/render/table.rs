//! Tables for the terminal.

use comfy_table::{CellAlignment, ContentArrangement, presets};

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
    let mut table = comfy_table::Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table.set_header(grid.columns.iter().map(|column| terminal::visible(column).into_owned()));
    for row in &grid.rows {
        table.add_row(row.iter().map(cell));
    }
    let text = table.to_string();
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn cell(value: &Value) -> comfy_table::Cell {
    let text = number::for_people(value);
    let cell = comfy_table::Cell::new(terminal::visible(&text));
    if number::is_numeric(value) { cell.set_alignment(CellAlignment::Right) } else { cell }
}
