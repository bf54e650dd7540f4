//! Results for the terminal.

use std::borrow::Cow;
use std::collections::BTreeMap;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width, presets};
use unicode_width::UnicodeWidthStr;

use super::document::{Cell, Column, Document, Figure, Form, Part, Quotation, Span, Table, Value};
use super::number;
use super::wrap::wrap;
use super::writers::Setting;
use crate::escape::terminal;

/// No column is squeezed below this.
const NARROWEST: u16 = 6;

/// So many rows are drawn at a time.
const AT_ONCE: usize = 1000;

/// By how much the name at the head of a row is drawn out at most, so that it stands in one piece.
const SHORT: u16 = 3;

/// A whole result for the terminal, as wide as the setting says. What a terminal would obey becomes visible here, once for
/// all that stands in it; in tables before, for it has a width.
#[must_use]
pub fn document(document: &Document, setting: &Setting) -> Vec<u8> {
    let mut out = String::new();
    if !document.title.is_empty() {
        out.push_str(&document.title);
        out.push_str("\n\n");
    }
    parts(&document.parts, setting, &mut out);
    match terminal::visible(&out) {
        Cow::Borrowed(_) => out.into_bytes(),
        Cow::Owned(made) => made.into_bytes(),
    }
}

fn parts(all: &[Part], setting: &Setting, out: &mut String) {
    let width = usize::from(setting.width);
    for part in all {
        match part {
            Part::Section(title, within) => {
                out.push_str(&format!("{title}\n\n"));
                parts(within, setting, out);
            }
            Part::Paragraph(spans) => {
                out.push_str(&wrap(&running(spans), width, "", ""));
                out.push('\n');
            }
            Part::List(items) => {
                out.extend(items.iter().map(|item| wrap(&running(item), width, "- ", "  ")));
                out.push('\n');
            }
            Part::Quotation(Quotation { text, citation, .. }) => {
                out.extend(text.lines().map(|line| wrap(line, width, "  ", "  ")));
                out.push_str(&format!("  {citation}\n\n"));
            }
            Part::Table(of) if of.is_in(Form::Page) => {
                if !of.title.is_empty() {
                    out.push_str(&format!("{}\n", of.title));
                }
                draw(of, setting.width, out);
                out.push('\n');
            }
            Part::Table(_) => {}
            Part::Figure(Figure { caption, .. }) => {
                out.push_str(&wrap(caption, width, "", ""));
                out.push('\n');
            }
            Part::Note(note) => {
                let text = note.text(setting.language);
                match setting.wrapped {
                    true => out.extend(text.lines().map(|line| wrap(line, width, "", ""))),
                    false => out.extend([text.as_str(), "\n"]),
                }
            }
        }
    }
}

/// Running text as a terminal shows it.
fn running(spans: &[Span]) -> String {
    let mut all = String::new();
    for span in spans {
        let (Span::Text(text) | Span::Citation { text, .. }) = span;
        all.push_str(text);
    }
    all
}

/// One table for the terminal; lines end without blanks.
#[must_use]
pub fn table(table: &Table, width: u16) -> String {
    let mut out = String::new();
    draw(table, width, &mut out);
    out
}

fn draw(table: &Table, width: u16, out: &mut String) {
    let every = table.places(Form::Page);
    let least: BTreeMap<usize, u16> =
        every.iter().copied().zip(self::least(table, &every)).collect();
    // Where words would break, a table without heads of rows is parted too, by its first column.
    let all = least.values().map(|wide| usize::from(*wide) + 3).sum::<usize>() + 1;
    let leading = table.leading.max(usize::from(all > usize::from(width)));
    let parts = match leading {
        0 => vec![every],
        leading => side_by_side(table, &every, leading, width),
    };
    for columns in parts {
        let least = columns.iter().filter_map(|at| least.get(at).copied()).collect();
        part(table, &columns, width, least, out);
    }
}

/// Some columns of a table, so many rows at a time: drawn in one piece, a table of fifty thousand takes more memory than the
/// study that it is of. `least` is how wide each column must be.
fn part(table: &Table, columns: &[usize], width: u16, least: Vec<u16>, out: &mut String) {
    let of_numbers = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(column));
        cells.map(Cell::for_people).any(Value::is_numeric)
    };
    let right: Vec<bool> = columns.iter().map(|column| of_numbers(*column)).collect();
    let widths = widths(table, columns, width, least);
    let at_once = if widths.is_some() { AT_ONCE } else { usize::MAX };
    let mut left = table.rows.as_slice();
    let mut is_first = true;
    loop {
        let (rows, rest) = left.split_at(at_once.min(left.len()));
        let drawn = piece(table, (columns, rows), (&right, widths.as_deref()), (width, is_first));
        let lines = drawn.lines().skip(usize::from(!is_first));
        let count = drawn.lines().count() - usize::from(!is_first) - usize::from(!rest.is_empty());
        for line in lines.take(count) {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        if rest.is_empty() {
            return;
        }
        (left, is_first) = (rest, false);
    }
}

/// Some rows of a table, with the heads of its columns if they are the first.
fn piece(
    table: &Table,
    (columns, rows): (&[usize], &[Vec<Cell>]),
    (right, widths): (&[bool], Option<&[u16]>),
    (width, with_heads): (u16, bool),
) -> String {
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(presets::UTF8_FULL_CONDENSED);
    drawn.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    if with_heads {
        let headings = columns.iter().filter_map(|at| table.columns.get(*at));
        drawn.set_header(headings.map(|it| terminal::visible(&it.heading).into_owned()));
    }
    for row in rows {
        let cells = columns.iter().zip(right);
        let cell = |(at, right): (&usize, &bool)| {
            Some(drawn_cell(table.columns.get(*at)?, row.get(*at)?, *right))
        };
        drawn.add_row(cells.filter_map(cell));
    }
    for (at, wide) in widths.into_iter().flatten().enumerate() {
        if let Some(column) = drawn.column_mut(at) {
            // A blank stands on either side.
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(wide + 2)));
        }
    }
    drawn.to_string()
}

/// How wide each column is where they do not all have room: headings, ids and figures stay in one piece, so
/// that they can be copied (where the page is too narrow for that, the widest of them may break), and what is
/// left goes to the columns that would take most lines. `None` where there is room for everything (but in a table that is
/// drawn piece by piece, whose pieces must be of one width), or for nothing. `widths` is how wide they must be for that.
fn widths(table: &Table, columns: &[usize], width: u16, mut widths: Vec<u16>) -> Option<Vec<u16>> {
    let whole: Measure = |column, cell| line(&number::on_page(column, cell));
    let natural: Vec<u16> = columns.iter().map(|at| longest(table, *at, whole, line)).collect();
    let room = usize::from(width).checked_sub(1 + 3 * columns.len())?;
    let sum = |widths: &[u16]| widths.iter().map(|wide| usize::from(*wide)).sum::<usize>();
    if sum(&natural) <= room {
        return (table.rows.len() > AT_ONCE).then_some(natural);
    }
    while sum(&widths) > room {
        let widest = widths.iter_mut().max().filter(|widest| **widest > NARROWEST)?;
        *widest -= 1;
    }
    // The names at the head of rows stand in one piece first: they would break in row after row.
    for (nth, natural) in natural.iter().enumerate().take(table.leading.max(1)) {
        let lacks = natural.saturating_sub(*widths.get(nth)?);
        if lacks <= SHORT && sum(&widths) + usize::from(lacks) <= room {
            *widths.get_mut(nth)? += lacks;
        }
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

/// How wide a cell is.
type Measure = fn(&Column, &Cell) -> usize;

/// The widest of a column's cells and its heading.
fn longest(table: &Table, at: usize, measure: Measure, heading: fn(&str) -> usize) -> u16 {
    let column = table.columns.get(at);
    let cells = table.rows.iter().filter_map(|row| Some(measure(column?, row.get(at)?))).max();
    let heading = column.map_or(0, |it| heading(&terminal::visible(&it.heading)));
    u16::try_from(cells.unwrap_or(0).max(heading)).unwrap_or(u16::MAX)
}

/// How wide each column must be for headings, ids and figures to stay in one piece.
fn least(table: &Table, columns: &[usize]) -> Vec<u16> {
    let piece: Measure = |column, cell| match cell.for_people() {
        Value::Text(_) | Value::Texts(_) => {
            let told = number::on_page(column, cell);
            word(&told).min(14).max(widest_id(&cell.value, &told).min(40))
        }
        value => word(&number::for_people(value)).min(40),
    };
    columns.iter().map(|at| longest(table, *at, piece, word)).collect()
}

/// The widest id of a cell that people read in what they are told in its place.
fn widest_id(value: &Value, told: &str) -> usize {
    let ids = match value {
        Value::Id(ids) => ids.as_str(),
        _ => return 0,
    };
    let told = |id: &&str| told.split([' ', ';', '\n']).any(|it| it == *id);
    ids.split("; ").filter(told).map(UnicodeWidthStr::width).max().unwrap_or(0)
}

fn line(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

fn word(text: &str) -> usize {
    text.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// The columns that stand side by side, table by table; those at the head stand in each.
fn side_by_side(table: &Table, columns: &[usize], leading: usize, width: u16) -> Vec<Vec<usize>> {
    let natural = |at: usize| {
        let Some(column) = table.columns.get(at) else { return 0 };
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        let widest = cells.map(|cell| line(&number::on_page(column, cell))).max().unwrap_or(0);
        // A heading may break between words; two blanks and a line stand beside every cell.
        widest.max(word(&column.heading)).min(40) + 3
    };
    let Some((first, others)) = columns.split_at_checked(leading) else { return Vec::new() };
    let parted = |of_first: usize| {
        let mut parts = vec![first.to_vec()];
        let mut used = of_first;
        for column in others {
            let own = natural(*column);
            let has_own = parts.last().is_some_and(|part| part.len() > first.len());
            if used + own > usize::from(width) && has_own {
                parts.push(first.to_vec());
                used = of_first;
            }
            used += own;
            if let Some(part) = parts.last_mut() {
                part.push(*column);
            }
        }
        parts
    };
    let whole = parted(1 + first.iter().map(|at| natural(*at)).sum::<usize>());
    // Names at the head may break between words where all then stands in one piece.
    let least = least(table, first).iter().map(|wide| usize::from(*wide) + 3).sum::<usize>();
    Some(parted(1 + least)).filter(|it| it.len() == 1).unwrap_or(whole)
}

/// A cell; numbers, and what is missing among numbers, stand to the right.
fn drawn_cell(column: &Column, cell: &Cell, of_numbers: bool) -> comfy_table::Cell {
    let value = cell.for_people();
    let text = number::on_page(column, cell);
    let drawn = comfy_table::Cell::new(terminal::visible(&text));
    let right = value.is_numeric() || (of_numbers && value.is_missing());
    if right { drawn.set_alignment(CellAlignment::Right) } else { drawn }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_room_is_short_text_is_wrapped_and_ids_stay_whole() {
        let mut grid = Table::new(["participant", "n", "memo"].map(Column::new).to_vec());
        grid.push([
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
    #[test]
    fn a_long_table_is_drawn_in_pieces_that_fit_together() {
        // The last row is the widest: what stands in one piece decides the widths of all.
        let table_of = |rows: usize| {
            let mut grid = Table::new(["place", "n", "said"].map(Column::new).to_vec());
            for row in 0..rows {
                let said = if row % 3 == 0 { "word ".repeat(1 + row % 40) } else { String::new() };
                grid.push([
                    Value::Id(format!("T:{row}")),
                    Value::Count(row as u64),
                    said.as_str().into(),
                ]);
            }
            grid
        };
        for (rows, width) in [(2 * AT_ONCE + 500, 60), (2 * AT_ONCE, 400), (AT_ONCE + 1, 30)] {
            let shown = table(&table_of(rows), width);
            let bars = |line: &str| -> Vec<usize> {
                let is_bar = |it: &(usize, char)| "│┆┬┴┼╪╞╡┌┐└┘".contains(it.1);
                line.chars().enumerate().filter(is_bar).map(|it| it.0).collect()
            };
            let places = bars(shown.lines().next().unwrap());
            assert!(shown.lines().all(|line| bars(line) == places), "{rows} {width}");
            for (sign, times) in [('┌', 1), ('╞', 1), ('└', 1)] {
                assert_eq!(shown.matches(sign).count(), times, "{rows} {width} {sign}");
            }
            assert_eq!(shown.matches("T:").count(), rows);
            assert_eq!(shown.lines().last().unwrap().chars().next(), Some('└'));
        }
    }
    #[test]
    fn where_words_would_break_a_table_stands_in_parts_each_with_its_first_column() {
        let heads = ["case", "transcripts", "participants", "years_active"];
        let mut grid = Table::new(heads.map(Column::new).to_vec());
        grid.push(["CoP-31", "Roads", "transport", "3"].map(Value::id));
        let shown = table(&grid, 40);
        for word in heads.into_iter().chain(["Roads", "transport"]) {
            assert!(shown.contains(word), "{word}: {shown}");
        }
        assert_eq!(shown.matches("CoP-31").count(), 2, "{shown}");
        assert!(shown.lines().all(|line| line.width() <= 40), "{shown}");
    }
}
