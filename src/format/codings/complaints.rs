//! What is wrong with a CSV of codings, by its place in the bytes.

use super::layout::HeaderError;
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::format::table::quotable;
use crate::msg;

/// What is wrong, by its place in the bytes; lines are counted once, at the end.
pub(super) struct Complaints<'a> {
    file: &'a str,
    bytes: &'a [u8],
    /// How many lines stand above the bytes.
    above: u64,
    found: Vec<(usize, Option<String>, Message, Message)>,
}

impl<'a> Complaints<'a> {
    /// Nothing is wrong yet.
    pub(super) fn of(file: &'a str, bytes: &'a [u8], above: u64) -> Self {
        Self { file, bytes, above, found: Vec::new() }
    }

    /// Whether anything is wrong.
    pub(super) fn has_any(&self) -> bool {
        !self.found.is_empty()
    }

    /// Something wrong with the record that begins at a byte, or with a column of it.
    pub(super) fn add(&mut self, at: usize, column: Option<&str>, what: Message, fix: Message) {
        self.found.push((at, column.map(|column| quotable(column).to_owned()), what, fix));
    }

    /// Something wrong with the header.
    pub(super) fn header(&mut self, at: usize, error: &HeaderError) {
        match error {
            HeaderError::Missing(column) => self.add(
                at,
                None,
                msg!("table.column_missing", column = column),
                msg!("codings.columns.fix"),
            ),
            HeaderError::Twice(column) => self.add(
                at,
                Some(column),
                msg!("table.column_twice", column = quotable(column)),
                msg!("table.column_twice.fix"),
            ),
        }
    }

    /// All that is wrong, in order of place, with lines.
    pub(super) fn problems(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|(at, ..)| *at);
        let (mut line, mut read) = (1 + self.above, 0);
        let mut problems = Vec::with_capacity(self.found.len());
        for (at, column, what, fix) in self.found {
            // A record's place may be that of the blank lines before it.
            let is_break = |byte: &&u8| matches!(byte, b'\n' | b'\r');
            let blank =
                self.bytes.get(at..).unwrap_or_default().iter().take_while(is_break).count();
            let between = self.bytes.get(read..at + blank).unwrap_or_default();
            line += between.iter().filter(|byte| **byte == b'\n').count() as u64;
            read = read.max(at + blank);
            let place = Place { file: self.file.to_owned(), line: Some(line), column };
            problems.push(Problem::new(place, what, fix));
        }
        problems.dedup();
        problems
    }
}
