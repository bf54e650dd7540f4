//! Tables for the terminal.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width, presets};
use unicode_width::UnicodeWidthStr;

use super::grid::{Display, Grid, Value};
use super::number;
use crate::escape::terminal;

/// No column is squeezed below this.
const NARROWEST: u16 = 6;

/// A whole result for the terminal, `width` columns wide.
#[must_use]
pub fn display(display: &Display, width: u16) -> String {
    let mut out = String::new();
    if !display.title.is_empty() {
        out.push_str(&terminal::visible(&display.title));
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
        out.push_str(&terminal::visible(note));
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
    for (at, wide) in widths(grid, columns, width).into_iter().flatten().enumerate() {
        if let Some(column) = table.column_mut(at) {
            // A blank stands on either side.
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(wide + 2)));
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

/// How wide each column is where they do not all have room: headings, ids and figures stay in one piece, so
/// that they can be copied (where the page is too narrow for that, the widest of them may break), and what is
/// left goes to the columns that would take most lines. `None` where there is room for everything, or for
/// nothing.
fn widths(grid: &Grid, columns: &[usize], width: u16) -> Option<Vec<u16>> {
    let longest = |at: &usize, measure: &dyn Fn(&Value) -> usize, heading: fn(&str) -> usize| {
        let cells = grid.rows.iter().filter_map(|row| row.get(*at)).map(measure).max();
        let heading = grid.columns.get(*at).map_or(0, |it| heading(&terminal::visible(it)));
        u16::try_from(cells.unwrap_or(0).max(heading)).unwrap_or(u16::MAX)
    };
    let whole = |value: &Value| line(&number::for_people(value));
    let piece = |value: &Value| match value {
        Value::Text(text) => word(text).min(14),
        value => word(&number::for_people(value)).min(40),
    };
    let natural: Vec<u16> = columns.iter().map(|at| longest(at, &whole, line)).collect();
    let mut widths: Vec<u16> = columns.iter().map(|at| longest(at, &piece, word)).collect();
    let room = usize::from(width).checked_sub(1 + 3 * columns.len())?;
    let sum = |widths: &[u16]| widths.iter().map(|wide| usize::from(*wide)).sum::<usize>();
    if sum(&natural) <= room {
        return None;
    }
    while sum(&widths) > room {
        let widest = widths.iter_mut().max().filter(|widest| **widest > NARROWEST)?;
        *widest -= 1;
    }
    for _ in sum(&widths)..room {
        // Among those of as many lines, the one that lacks least.
        let with_most = widths
            .iter_mut()
            .zip(&natural)
            .filter(|(wide, natural)| **wide < **natural)
            .max_by_key(|(wide, natural)| {
                (natural.div_ceil((**wide).max(1)), u16::MAX - (**natural - **wide))
            });
        let Some((wide, _)) = with_most else { break };
        *wide += 1;
    }
    Some(widths)
}

fn line(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

fn word(text: &str) -> usize {
    text.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// The columns that stand side by side, table by table; the first one stands in each.
fn parts(grid: &Grid, width: u16) -> Vec<Vec<usize>> {
    let natural = |column: usize| {
        let cells = grid.rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|value| line(&number::for_people(value))).max().unwrap_or(0);
        // Two blanks and a line stand beside every cell.
        widest.max(grid.columns.get(column).map_or(0, |heading| line(heading))).min(40) + 3
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_room_is_short_text_is_wrapped_and_ids_stay_whole() {
        let mut grid = Grid::new(&["participant", "n", "memo"]);
        grid.rows.push(vec![
            Value::id("CoP-36-Moderator"),
            Value::Count(12),
            Value::from("A long remark on how the group began and what became of it."),
        ]);
        let shown = table(&grid, 50);
        assert_eq!(
            shown,
            "┌──────────────────┬────┬────────────────────────┐
│ participant      ┆ n  ┆ memo                   │
╞══════════════════╪════╪════════════════════════╡
│ CoP-36-Moderator ┆ 12 ┆ A long remark on how   │
│                  ┆    ┆ the group began and    │
│                  ┆    ┆ what became of it.     │
└──────────────────┴────┴────────────────────────┘
"
        );
        // Wider than needed, nothing is wrapped; narrower than the ids, everything is squeezed alike.
        assert_eq!(table(&grid, 200).lines().count(), 5);
        assert!(table(&grid, 20).lines().all(|line| line.width() <= 20));
    }
}
