//! Transcripts kept as tables (CSV, TSV, XLSX) into blocks: a row is a paragraph.
//!
//! Which column is what is told by the headings, in any language that the program knows, or else by what
//! stands in the columns. Rows that begin and end at a time, as machines write them, join as captions do.

mod cells;
mod columns;
mod delimited;
mod document;
mod sheet;

use super::content::{Content, places};
use super::entities;
use super::unreadable::Unreadable;
use crate::domain::time::Offset;
use crate::msg;
use crate::read::block::{Block, Piece};
use crate::read::clock;
use columns::Columns;
pub(super) use delimited::{is_likely, read as read_delimited};
pub(super) use document::{turns_of_document, turns_of_rows};
pub(super) use sheet::{is_workbook, read as read_workbook};

/// One row: where it stands, and its cells, trimmed, by place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Row {
    line: u32,
    cells: Vec<String>,
}

impl Row {
    fn cell(&self, place: usize) -> &str {
        self.cells.get(place).map_or("", String::as_str)
    }
}

/// What was odd in the rows.
#[derive(Debug, Default)]
struct Odd {
    unspoken: Vec<u32>,
    longer: Vec<u32>,
    entities: u32,
}

/// Makes blocks of the rows of a table.
///
/// # Errors
/// No column can be the one of speech, or several can, each in another language.
fn read(rows: &[Row]) -> Result<Content<'static>, Unreadable> {
    let columns = Columns::find(rows)
        .ok_or_else(|| Unreadable::new(msg!("tabular.columns"), msg!("tabular.columns.fix")))?;
    if let Some(all) = columns.tongues(rows) {
        let what = msg!("tabular.tongues", columns = all);
        return Err(Unreadable::new(what, msg!("tabular.tongues.fix")));
    }
    let width = columns.heading.and_then(|at| rows.get(at)).map_or(usize::MAX, |it| it.cells.len());
    let first = columns.heading.map_or(0, |at| at + 1);
    let above = rows.iter().take(first.saturating_sub(1));
    let mut content = Content::default();
    for row in above {
        let text = row.cells.iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>();
        if !text.is_empty() {
            content.blocks.push(Block::text(row.line, text.join(" ")).said_by_nobody());
        }
    }
    let spans = columns.spans(rows.get(first..).unwrap_or_default());
    let mut odd = Odd::default();
    let heads = columns.heading.and_then(|at| rows.get(at));
    for row in rows.iter().skip(first) {
        if row.cells.iter().skip(width).any(|cell| !cell.is_empty()) {
            odd.longer.push(row.line);
        }
        row_into(row, heads, &columns, spans, &mut odd, &mut content.blocks);
    }
    note(&columns, rows, &odd, &mut content);
    Ok(content)
}

/// Makes blocks of one row; `spans` says that rows tell where they begin and end.
fn row_into(
    row: &Row,
    heads: Option<&Row>,
    columns: &Columns,
    spans: bool,
    odd: &mut Odd,
    blocks: &mut Vec<Block<'static>>,
) {
    let (time, remark) = columns.from.map_or((None, ""), |at| cells::time(row.cell(at)));
    // A day in the column of times is no remark.
    let is_remark = time.is_some() || !remark.starts_with(|it: char| it.is_ascii_digit());
    let remark = if is_remark { remark } else { "" };
    if !remark.is_empty() {
        let remark = Block::text(row.line, remark.to_owned()).said_by_nobody();
        blocks.push(remark.at(time.map(cells::offset)));
    }
    let spoken =
        if columns.voices.is_empty() { vec![columns.text] } else { columns.voices.clone() };
    for place in spoken {
        let (text, entities) = entities::decode(row.cell(place));
        odd.entities += entities;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            continue;
        }
        let block = Block::text(row.line, text);
        let to = columns.to.and_then(|at| cells::time(row.cell(at)).0);
        let block = match (time, to) {
            (Some(from), Some(to)) if spans => block.piece(Piece { from, to: to.max(from) }),
            (time, _) => block.at(time.map(cells::offset)),
        };
        let voice = heads.filter(|_| !columns.voices.is_empty()).map(|heads| heads.cell(place));
        let speaker = voice.or_else(|| columns.speaker.map(|at| cells::speaker(row.cell(at))));
        let block = match speaker {
            None => block,
            Some("") => {
                odd.unspoken.push(row.line);
                block.said_by_somebody()
            }
            Some(speaker) => block.said_by(entities::decode(speaker).0),
        };
        blocks.push(block);
    }
}

fn note(columns: &Columns, rows: &[Row], odd: &Odd, content: &mut Content<'static>) {
    let left_out = columns.left_out(rows);
    if !left_out.is_empty() {
        content.notes.push(msg!("tabular.left_out", columns = left_out.join(", ")));
    }
    if !columns.voices.is_empty() {
        content.notes.push(msg!("tabular.voices", n = columns.voices.len()));
    } else if columns.heading.is_none() {
        content.notes.push(msg!("tabular.guessed", text = columns.text + 1));
    } else if let Some(said) = columns.guessed(rows) {
        content.notes.push(said);
    }
    if !odd.unspoken.is_empty() {
        let (n, rows) = (odd.unspoken.len(), places(&odd.unspoken));
        content.notes.push(msg!("tabular.unspoken", n = n, rows = rows));
    }
    if !odd.longer.is_empty() {
        let (n, rows) = (odd.longer.len(), places(&odd.longer));
        content.notes.push(msg!("tabular.longer", n = n, rows = rows));
    }
    if odd.entities > 0 {
        content.notes.push(msg!("tabular.entities", n = odd.entities));
    }
}
