//! Who is said to be present: tables of names and initials, lists of speakers, tables of contents.
//!
//! A label that stands only once is a label all the same if one of these names it.

use std::collections::BTreeSet;

use super::label::Lead;
use super::shape::{base, key, shown};
use crate::domain::time::Offset;
use crate::language;
use crate::read::block::{Block, BlockKind};
use crate::read::clock;

/// Longer lines name nobody.
const LONGEST: usize = 120;
/// No table of contents or list of those present is longer, in blocks.
const HEAD: usize = 1000;

/// The keys of all that tables and the text before the first turn name; `first` is the block in which
/// the first turn begins.
pub(super) fn listed(blocks: &[Block<'_>], leads: &[Lead<'_>], first: usize) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for block in blocks.iter().filter(|block| block.kind.in_table()) {
        for cell in block.text.split('\t').filter(|cell| cell.len() <= LONGEST) {
            names.insert(key(cell));
        }
    }
    let mut previous = "";
    let mut in_list = false;
    for (block, lead) in blocks.iter().zip(leads).take(first.min(HEAD)) {
        let line: &str = &block.text;
        if line.len() > LONGEST {
            previous = "";
            continue;
        }
        // A label that could stand here says nothing about itself.
        if lead.label.is_none_or(|(form, _)| form.weak()) {
            names.insert(key(line));
            names.insert(key(base(&shown(line))));
            names.insert(key(&format!("{previous} {line}")));
        }
        let (title, items) = line.split_once(':').unwrap_or((line, ""));
        let heads = language::is_speaker_head(&language::fold(title.trim()))
            || language::is_field(&language::fold(title.trim()));
        if heads || in_list {
            let items = if heads { items } else { line };
            names.extend(items.split([',', ';']).map(key));
        }
        in_list = heads && items.trim().is_empty();
        previous = line;
    }
    names.remove("");
    names
}

/// The block in which the first turn begins, given which blocks begin a turn for certain.
pub(super) fn first_turn(begins: impl Iterator<Item = bool>) -> usize {
    begins.take_while(|begins| !begins).count()
}

/// The columns of a table that tells when something was said and what, but not by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TimedSpeech {
    time: usize,
    text: usize,
    /// The heads of the columns that are neither.
    pub(super) others: Vec<String>,
}

impl TimedSpeech {
    /// The columns as a row heads them, if it does.
    pub(super) fn headed(block: &Block<'_>) -> Option<Self> {
        if block.kind != BlockKind::Row {
            return None;
        }
        let cells: Vec<&str> = block.text.split('\t').map(str::trim).collect();
        let place = |is: fn(&str) -> bool| cells.iter().position(|it| is(&language::fold(it)));
        let (time, text) = (place(language::is_time_head)?, place(language::is_speech_head)?);
        let nobody = place(language::is_speaker_head).is_none();
        let others = cells.iter().enumerate().filter(|(at, _)| ![time, text].contains(at));
        let others = others.map(|(_, head)| (*head).to_owned()).collect();
        nobody.then_some(Self { time, text, others })
    }

    /// When, and what was said, of a row that has both.
    pub(super) fn of<'a>(&self, block: &'a Block<'_>) -> Option<(Offset, &'a str)> {
        let cells: Vec<&str> = block.text.split('\t').map(str::trim).collect();
        let (time, _) = clock::leading(cells.get(self.time)?)?;
        cells.get(self.text).filter(|text| !text.is_empty()).map(|text| (time, *text))
    }
}

/// Whether a table is headed as one of turns is: a column of speakers, and right of it one of speech.
/// `next` is the block after this one, for tables whose cells are blocks of their own.
pub(super) fn heads_turns(block: &Block<'_>, next: Option<&Block<'_>>) -> bool {
    let speakers = |cell: &str| language::is_speaker_head(&language::fold(cell.trim()));
    let speech = |cell: &str| language::is_speech_head(&language::fold(cell.trim()));
    match block.kind {
        BlockKind::Row => {
            let cells: Vec<&str> = block.text.split('\t').take(4).collect();
            let place = cells.iter().take(2).position(|it| speakers(it));
            place.and_then(|at| cells.get(at + 1)).is_some_and(|it| speech(it))
        }
        BlockKind::FirstCell => {
            let beside = next.filter(|it| it.kind == BlockKind::Cell);
            speakers(&block.text) && beside.is_some_and(|it| speech(&it.text))
        }
        _ => false,
    }
}
