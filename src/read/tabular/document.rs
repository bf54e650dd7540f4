//! Tables of turns inside documents: who speaks, what was said, perhaps when, a row a turn.
//!
//! As the services write them that transcribe (a column of times, one of speech, one of speakers) and as people
//! type them (a name, then the words). The cells of such a table are found as those of a spreadsheet are.

use std::collections::BTreeMap;

use super::columns::Columns;
use super::{Row, cells};
use crate::domain::message::Message;
use crate::msg;
use crate::read::block::{Block, BlockKind};
use crate::read::content::places;

/// Where a block stands in a table: its row and its cell.
type Place = Option<(u32, u32)>;

/// Gives the blocks of tables of turns their speakers and times; the others stay as they are.
pub(in crate::read) fn turns_of_document(
    blocks: Vec<Block<'static>>,
    at: &[Place],
) -> (Vec<Block<'static>>, Vec<Message>) {
    let all: usize = blocks.iter().map(|it| it.text.len()).sum();
    let mut out = Vec::with_capacity(blocks.len());
    let mut notes = Vec::new();
    let mut blocks = blocks.into_iter().zip(at.iter().copied()).peekable();
    while let Some((_, place)) = blocks.peek() {
        let inside = place.is_some();
        let mut table = Vec::new();
        while let Some(block) = blocks.next_if(|it| it.1.is_some() == inside) {
            table.push(block);
        }
        match columns(&table, all).filter(|_| inside) {
            Some((columns, rows)) => turns(table, &columns, &rows, &mut out, &mut notes),
            None => out.extend(table.into_iter().map(|it| it.0)),
        }
    }
    (out, notes)
}

/// Gives the rows of tables of turns their speakers and times, where a block is a row; `rows` holds the cells of these
/// blocks by their places.
pub(in crate::read) fn turns_of_rows<'a>(
    blocks: Vec<Block<'a>>,
    rows: &BTreeMap<usize, Vec<String>>,
) -> (Vec<Block<'a>>, Vec<Message>) {
    let all: usize = blocks.iter().map(|it| it.text.len()).sum();
    let (mut out, mut notes) = (Vec::with_capacity(blocks.len()), Vec::new());
    let mut blocks = blocks.into_iter().enumerate().peekable();
    while let Some((at, block)) = blocks.next() {
        if !rows.contains_key(&at) {
            out.push(block);
            continue;
        }
        let mut table = vec![(at, block)];
        while let Some(row) = blocks.next_if(|it| rows.contains_key(&it.0)) {
            table.push(row);
        }
        let cells: Vec<(Block<'static>, Place)> = (1..)
            .zip(&table)
            .flat_map(|(row, (at, block))| {
                let cells = (1..).zip(rows.get(at).into_iter().flatten());
                let there = cells.filter(|(_, text)| !text.is_empty());
                there.map(move |(cell, text)| {
                    (Block::text(block.line, text.clone()), Some((row, cell)))
                })
            })
            .collect();
        match columns(&cells, all) {
            Some((columns, rows)) => turns(cells, &columns, &rows, &mut out, &mut notes),
            None => out.extend(table.into_iter().map(|it| it.1)),
        }
    }
    (out, notes)
}

/// The columns of a table, if it is one of turns: it says so, or most of the document stands in it and what was
/// said is longer than words in a form are.
fn columns(table: &[(Block<'static>, Place)], all: usize) -> Option<(Columns, Vec<Row>)> {
    let mut rows: Vec<Row> = Vec::new();
    let mut row = 0;
    for (block, place) in table {
        let (of, cell) = (*place)?;
        if of != row {
            rows.push(Row { line: block.line, cells: Vec::new() });
            row = of;
        }
        let cells = &mut rows.last_mut()?.cells;
        let cell = (cell.max(1) - 1) as usize;
        cells.resize(cells.len().max(cell + 1), String::new());
        let text = cells.get_mut(cell)?;
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&block.text);
    }
    let columns = Columns::find(&rows).filter(|it| it.speaker.is_some())?;
    let size: usize = table.iter().map(|it| it.0.text.len()).sum();
    let certain = columns.guessed(&rows).is_none() && columns.heading.is_some();
    (certain || (size * 2 >= all && columns.is_speech(&rows))).then_some((columns, rows))
}

fn turns(
    table: Vec<(Block<'static>, Place)>,
    columns: &Columns,
    rows: &[Row],
    out: &mut Vec<Block<'_>>,
    notes: &mut Vec<Message>,
) {
    let first = columns.heading.map_or(0, |at| at + 1);
    let width = columns.heading.and_then(|at| rows.get(at)).map_or(0, |row| row.cells.len());
    let plain = width == 2 && columns.guessed(rows).is_none();
    let (mut at, mut row) = (0_usize, 0);
    let mut unspoken = Vec::new();
    for (block, place) in table {
        let Some((of, cell)) = place else { continue };
        if of != row {
            (at, row) = (at + 1, of);
        }
        let Some(cells) = at.checked_sub(1).filter(|it| *it >= first).and_then(|it| rows.get(it))
        else {
            // Headings that say what they head are lines of the document; any other row above is none of it.
            if plain && at == first {
                out.push(Block { kind: BlockKind::Text, strong: 0, ..block }.said_by_nobody());
            }
            continue;
        };
        if cell as usize != columns.text + 1 {
            continue;
        }
        let time = columns.from.and_then(|it| cells::time(cells.cell(it)).0).map(cells::offset);
        let block = Block { kind: BlockKind::Text, strong: 0, ..block }.at(time);
        let speaker = columns.speaker.map_or("", |it| cells::speaker(cells.cell(it)));
        out.push(if speaker.is_empty() {
            unspoken.push(block.line);
            block.said_by_somebody()
        } else {
            block.said_by(speaker.to_owned())
        });
    }
    notes.extend(columns.guessed(rows));
    if let Some(all) = columns.tongues(rows) {
        let text =
            columns.heading.and_then(|at| rows.get(at)).map_or("", |it| it.cell(columns.text));
        notes.push(msg!("tabular.tongues.taken", columns = all, text = text));
    }
    let left_out = columns.left_out(rows);
    if !left_out.is_empty() {
        notes.push(msg!("tabular.left_out", columns = left_out.join(", ")));
    }
    if !unspoken.is_empty() {
        notes.push(msg!("tabular.unspoken", n = unspoken.len(), rows = places(&unspoken)));
    }
}
