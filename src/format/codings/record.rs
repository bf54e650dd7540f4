//! The rows of a CSV as places in its bytes, without a copy where nothing is quoted.

use std::ops::{ControlFlow, Range};

use csv::ByteRecord;

/// One row.
pub(super) struct Record<'a> {
    bytes: &'a [u8],
    cells: &'a [Range<usize>],
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
        let cell = self.cells.get(place).and_then(|range| self.bytes.get(range.clone()));
        cell.unwrap_or_default().trim_ascii()
    }

    /// The cells from the first on.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'a [u8]> {
        (0..self.len()).map(|place| self.get(place))
    }
}

/// Hands over row by row, until told to stop.
pub(super) fn each(
    bytes: &[u8],
    separator: u8,
    mut row: impl FnMut(&Record<'_>) -> ControlFlow<()>,
) {
    // Where nothing is quoted, and lines end in LF alone, a row is what it looks like.
    let plain = !bytes.iter().fold(false, |odd, byte| odd | matches!(byte, b'"' | b'\r'));
    let _ = if plain {
        each_plain(bytes, separator, &mut row)
    } else {
        each_quoted(bytes, separator, &mut row)
    };
}

fn each_plain(
    bytes: &[u8],
    separator: u8,
    row: &mut impl FnMut(&Record<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut cells: Vec<Range<usize>> = Vec::new();
    let (mut line, mut cell) = (0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == separator {
            cells.push(cell..at);
            cell = at + 1;
        } else if *byte == b'\n' {
            if at > line {
                cells.push(cell..at);
                row(&Record { bytes, cells: &cells, at: line })?;
            }
            cells.clear();
            (line, cell) = (at + 1, at + 1);
        }
    }
    if line < bytes.len() {
        cells.push(cell..bytes.len());
        row(&Record { bytes, cells: &cells, at: line })?;
    }
    ControlFlow::Continue(())
}

fn each_quoted(
    bytes: &[u8],
    separator: u8,
    row: &mut impl FnMut(&Record<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut csv = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut record = ByteRecord::new();
    let mut cells: Vec<Range<usize>> = Vec::new();
    while csv.read_byte_record(&mut record).unwrap_or(false) {
        cells.clear();
        cells.extend((0..record.len()).filter_map(|place| record.range(place)));
        let at = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(0);
        row(&Record { bytes: record.as_slice(), cells: &cells, at })?;
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn rows_without_quotation_marks_are_those_of_the_csv_crate(text in "[a, \n]{0,60}") {
            let rows = |plain: bool| {
                let mut rows: Vec<Vec<Vec<u8>>> = Vec::new();
                let mut row = |record: &Record<'_>| {
                    rows.push(record.iter().map(<[u8]>::to_vec).collect());
                    ControlFlow::Continue(())
                };
                let _ = if plain {
                    each_plain(text.as_bytes(), b',', &mut row)
                } else {
                    each_quoted(text.as_bytes(), b',', &mut row)
                };
                rows
            };
            proptest::prop_assert_eq!(rows(true), rows(false));
        }
    }
}
