//! Markdown, for reports and repositories.

use super::grid::{Display, Grid};
use super::number;

/// A whole result as Markdown.
#[must_use]
pub fn display(display: &Display) -> String {
    let mut out = String::new();
    if !display.title.is_empty() {
        out.push_str(&format!("# {}\n\n", display.title));
    }
    for grid in &display.grids {
        if !grid.title.is_empty() {
            out.push_str(&format!("## {}\n\n", grid.title));
        }
        out.push_str(&table(grid));
        out.push('\n');
    }
    for note in &display.notes {
        out.push_str(&format!("{}\n\n", escaped(note)));
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// One table as Markdown.
#[must_use]
pub fn table(grid: &Grid) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = line(grid.columns.iter().map(|column| escaped(column)).collect());
    let right =
        |column: usize| grid.rows.iter().filter_map(|row| row.get(column)).any(number::is_numeric);
    out.push_str(&line(
        (0..grid.columns.len())
            .map(|at| if right(at) { "---:" } else { "---" }.to_owned())
            .collect(),
    ));
    for row in &grid.rows {
        out.push_str(&line(row.iter().map(|value| escaped(&number::for_people(value))).collect()));
    }
    out
}

/// Text that Markdown would take for markup, as it was.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '|' | '*' | '_' | '`' | '<' | '[' | ']' | '#' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("<br>"),
            control if control.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
