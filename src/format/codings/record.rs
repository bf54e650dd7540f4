//! The rows of a table as text: cell by cell, quoted or not, whatever ends a line.
//!
//! Rows that look like most are told by their separators and line ends alone, eight bytes at a time, and no cell is
//! copied. Whatever is odd (a lone CR, text behind a closing quotation mark, a quotation that nobody closes) is handed to
//! csv-core from there on, the reader beneath the crate that reads every other table here. (csv-core alone takes as long
//! as all the rest of reading together.)

use std::ops::ControlFlow;

use csv_core::{ReadRecordResult, ReaderBuilder};

use crate::read::eight::{everywhere, zeros};

/// So many bytes may be looked at from the beginning of most cells.
pub(super) const AHEAD: usize = 16;

/// One row.
pub(super) struct Record<'a> {
    bytes: &'a [u8],
    /// What was put together anew; its places follow those of `bytes`.
    scratch: &'a [u8],
    cells: &'a [(usize, usize)],
    /// Where in the file it begins; blank lines before it may be included.
    pub(super) at: usize,
}

impl<'a> Record<'a> {
    /// How many cells it has.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// A cell without the spaces around it; empty where there is none.
    pub(super) fn get(&self, place: usize) -> &'a [u8] {
        self.raw(place).trim_ascii()
    }

    fn raw(&self, place: usize) -> &'a [u8] {
        let Some((start, end)) = self.cells.get(place).copied() else { return &[] };
        match start.checked_sub(self.bytes.len()) {
            None => self.bytes.get(start..end).unwrap_or_default(),
            Some(start) => self.scratch.get(start..end - self.bytes.len()).unwrap_or_default(),
        }
    }

    /// The same, with [`AHEAD`] bytes from its beginning on where they can be had.
    pub(super) fn ahead(&self, place: usize) -> (&'a [u8], Option<&'a [u8; AHEAD]>) {
        let cell = self.raw(place);
        if cell.first().is_some_and(u8::is_ascii_whitespace) {
            return (cell.trim_ascii(), None);
        }
        let start = self.cells.get(place).map_or(usize::MAX, |it| it.0);
        let ahead = self.bytes.get(start..).and_then(|it| it.first_chunk());
        (cell.trim_ascii_end(), ahead)
    }

    /// The cells from the first on.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'a [u8]> {
        (0..self.len()).map(|place| self.get(place))
    }

    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.iter().all(<[u8]>::is_empty)
    }
}

/// Hands over row by row, until told to stop.
pub(super) fn each(
    bytes: &[u8],
    separator: u8,
    mut row: impl FnMut(&Record<'_>) -> ControlFlow<()>,
) {
    let has = |wanted: u8| bytes.iter().fold(false, |found, byte| found | (*byte == wanted));
    let lone = |pair: (&u8, &u8)| *pair.0 == b'\r' && *pair.1 != b'\n';
    let odd = has(b'\r')
        && (bytes.iter().zip(bytes.iter().skip(1)).fold(false, |found, pair| found | lone(pair))
            || bytes.last() == Some(&b'\r'));
    let usual = !odd && separator != b'"' && separator != b'\n';
    let left = match usual {
        true if has(b'"') => usually::<true>(bytes, separator, &mut row),
        true => usually::<false>(bytes, separator, &mut row),
        false => Some(0),
    };
    if let Some(from) = left {
        rest(bytes, separator, from, row);
    }
}

/// Where the splitter is.
struct Splitter<'a, F> {
    bytes: &'a [u8],
    separator: u8,
    row: F,
    cells: Vec<(usize, usize)>,
    scratch: Vec<u8>,
    /// Where the row and the cell begin.
    line: usize,
    start: usize,
    /// Inside quotation marks.
    quoted: bool,
    /// Where the quotation of this cell was closed.
    closed: Option<usize>,
    /// A doubled quotation mark, whose second one says nothing.
    skip: usize,
    doubled: bool,
}

/// Why the splitter stops.
enum Stop {
    /// It was told to.
    Told,
    /// The row is odd.
    Odd,
}

/// Rows that are usual; where the first begins that is not.
fn usually<const QUOTES: bool>(
    bytes: &[u8],
    separator: u8,
    row: &mut impl FnMut(&Record<'_>) -> ControlFlow<()>,
) -> Option<usize> {
    let mut splitter = Splitter {
        bytes,
        separator,
        row,
        cells: Vec::new(),
        scratch: Vec::new(),
        line: 0,
        start: 0,
        quoted: false,
        closed: None,
        skip: usize::MAX,
        doubled: false,
    };
    match splitter.go::<QUOTES>() {
        ControlFlow::Break(Stop::Odd) => Some(splitter.line),
        ControlFlow::Break(Stop::Told) | ControlFlow::Continue(()) => None,
    }
}

impl<F: FnMut(&Record<'_>) -> ControlFlow<()>> Splitter<'_, F> {
    fn go<const QUOTES: bool>(&mut self) -> ControlFlow<Stop> {
        let (separators, lines, quotes) =
            (everywhere(self.separator), everywhere(b'\n'), everywhere(b'"'));
        let bytes = self.bytes;
        let (words, rest) = bytes.as_chunks::<8>();
        let mut from = 0;
        for word in words {
            let word = u64::from_le_bytes(*word);
            let mut found = zeros(word ^ separators) | zeros(word ^ lines);
            if QUOTES {
                found |= zeros(word ^ quotes);
            }
            while found != 0 {
                self.mark::<QUOTES>(from + found.trailing_zeros() as usize / 8)?;
                found &= found - 1;
            }
            from += 8;
        }
        for (at, byte) in (from..).zip(rest) {
            if *byte == self.separator || *byte == b'\n' || (QUOTES && *byte == b'"') {
                self.mark::<QUOTES>(at)?;
            }
        }
        if self.quoted {
            return ControlFlow::Break(Stop::Odd);
        }
        if self.start < bytes.len() || !self.cells.is_empty() {
            self.cell::<QUOTES>(bytes.len());
            self.end(bytes.len())?;
        }
        ControlFlow::Continue(())
    }

    /// A separator, a line end or a quotation mark.
    #[inline]
    fn mark<const QUOTES: bool>(&mut self, at: usize) -> ControlFlow<Stop> {
        let byte = self.bytes.get(at).copied().unwrap_or(0);
        if QUOTES {
            if byte == b'"' {
                return self.quotation(at);
            }
            if self.quoted {
                return ControlFlow::Continue(());
            }
        }
        if byte != b'\n' {
            self.cell::<QUOTES>(at);
            self.start = at + 1;
            return ControlFlow::Continue(());
        }
        let before = at.checked_sub(1).filter(|it| *it >= self.start);
        let end = before.filter(|it| self.bytes.get(*it) == Some(&b'\r')).unwrap_or(at);
        if end > self.start || !self.cells.is_empty() {
            self.cell::<QUOTES>(end);
            self.end(at + 1)
        } else {
            (self.line, self.start) = (at + 1, at + 1);
            ControlFlow::Continue(())
        }
    }

    fn quotation(&mut self, at: usize) -> ControlFlow<Stop> {
        if at == self.skip {
            return ControlFlow::Continue(());
        }
        if !self.quoted {
            self.quoted = at == self.start;
            return ControlFlow::Continue(());
        }
        match self.bytes.get(at + 1) {
            Some(b'"') => {
                self.skip = at + 1;
                self.doubled = true;
            }
            Some(b'\r') if self.bytes.get(at + 2) != Some(&b'\n') => {
                return ControlFlow::Break(Stop::Odd);
            }
            next => {
                self.quoted = false;
                self.closed = Some(at);
                let ends =
                    next.is_none_or(|it| matches!(it, b'\n' | b'\r') || *it == self.separator);
                if !ends {
                    return ControlFlow::Break(Stop::Odd);
                }
            }
        }
        ControlFlow::Continue(())
    }

    #[inline]
    fn cell<const QUOTES: bool>(&mut self, end: usize) {
        if QUOTES && let Some(closed) = self.closed.take() {
            let range = (self.start + 1, closed);
            if std::mem::take(&mut self.doubled) {
                let inside = self.bytes.get(range.0..range.1).unwrap_or_default();
                let from = self.bytes.len() + self.scratch.len();
                let mut before = false;
                for byte in inside {
                    before = *byte == b'"' && !before;
                    if !before {
                        self.scratch.push(*byte);
                    }
                }
                self.cells.push((from, self.bytes.len() + self.scratch.len()));
            } else {
                self.cells.push(range);
            }
            return;
        }
        self.cells.push((self.start, end));
    }

    #[inline]
    fn end(&mut self, next: usize) -> ControlFlow<Stop> {
        let record =
            Record { bytes: self.bytes, scratch: &self.scratch, cells: &self.cells, at: self.line };
        if (self.row)(&record).is_break() {
            return ControlFlow::Break(Stop::Told);
        }
        self.cells.clear();
        self.scratch.clear();
        (self.line, self.start) = (next, next);
        ControlFlow::Continue(())
    }
}

/// The rows from a place on, as csv-core tells them.
fn rest(
    bytes: &[u8],
    separator: u8,
    from: usize,
    mut row: impl FnMut(&Record<'_>) -> ControlFlow<()>,
) {
    let mut reader = ReaderBuilder::new().delimiter(separator).build();
    let (mut held, mut ends) = (vec![0_u8; 4096], vec![0_usize; 64]);
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    let (mut at, mut start, mut filled, mut cells) = (from, from, 0, 0);
    loop {
        let input = bytes.get(at..).unwrap_or_default();
        let (Some(output), Some(free)) = (held.get_mut(filled..), ends.get_mut(cells..)) else {
            return;
        };
        let (result, read, written, ended) = reader.read_record(input, output, free);
        at += read;
        filled += written;
        cells += ended;
        match result {
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::OutputFull => held.resize(held.len() * 2, 0),
            ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
            ReadRecordResult::Record => {
                ranges.clear();
                let mut before = 0;
                for end in ends.iter().take(cells) {
                    ranges.push((before, *end));
                    before = *end;
                }
                if row(&Record { bytes: &held, scratch: &[], cells: &ranges, at: start }).is_break()
                {
                    return;
                }
                (start, filled, cells) = (at, 0, 0);
            }
            ReadRecordResult::End => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]
        #[test]
        fn rows_are_those_of_the_csv_crate(
            text in "[a, \n\r\"]{0,60}|(abcdefghij|[,\n\"]){0,90}|((\"([ab,\n]|\"\"){0,5}\"|[ab]{0,3})(,|\r\n|\n)){0,30}"
        ) {
            let mut ours: Vec<Vec<Vec<u8>>> = Vec::new();
            each(text.as_bytes(), b',', |record| {
                ours.push((0..record.len()).map(|at| record.raw(at).to_vec()).collect());
                ControlFlow::Continue(())
            });
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let theirs: Vec<Vec<Vec<u8>>> = reader
                .byte_records()
                .map(|it| it.unwrap().iter().map(<[u8]>::to_vec).collect())
                .collect();
            proptest::prop_assert_eq!(ours, theirs);
        }
    }
}
