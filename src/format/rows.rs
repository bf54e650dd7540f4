//! Append-only files: one row is one line, and each row keeps its place in the bytes.
//!
//! Seals are taken over these bytes, and a file that lost its last write ends in the middle of a row,
//! so rows are cut by line here and not by a CSV reader that would swallow what follows a torn quote.

use std::borrow::Cow;

use super::table::separator;
use crate::domain::problem::{Place, Problem};
use crate::escape::csv::{many_lines, one_line};
use crate::msg;
use crate::read::eight::{everywhere, zeros};

/// One row: its line, its bytes' place, and its cells by the columns asked for.
#[derive(Debug)]
pub struct Line<'a> {
    /// The line, from 1.
    pub number: u32,
    /// First byte in the file.
    pub start: usize,
    /// Bytes, without CR and LF.
    pub length: usize,
    cells: &'a [Cow<'a, str>],
    /// For each column asked for, its place among the cells.
    order: &'a [usize],
}

/// The columns of an append-only file.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    /// Their names, in our order.
    pub names: &'a [&'static str],
    /// Whether the last came with a later version of the program: headers and rows of before lack it.
    pub grown: bool,
}

impl<'a, const N: usize> From<&'a [&'static str; N]> for Columns<'a> {
    fn from(names: &'a [&'static str; N]) -> Self {
        Self { names, grown: false }
    }
}

impl<'a> Columns<'a> {
    /// Columns of which the last came with a later version.
    #[must_use]
    pub fn grown(names: &'a [&'static str]) -> Self {
        Self { names, grown: true }
    }

    /// The header, with its LF.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        write(self.names)
    }

    /// Whether a header is whole by these names, ours or that of before.
    fn is_header(&self, cells: &[Cow<'_, str>]) -> bool {
        let ours = |names: &[&str]| cells.iter().map(|it| it.trim()).eq(names.iter().copied());
        ours(self.names) || self.before().is_some_and(ours)
    }

    /// Whether a row, with or without its LF, has a cell in the last of these columns.
    #[must_use]
    pub fn has_last(&self, row: &[u8]) -> bool {
        let row = String::from_utf8_lossy(row.trim_ascii_end());
        let mut cells = Vec::new();
        cut_quoted(&row, b',', &mut cells);
        cells.len() >= self.names.len()
    }

    /// The names of before, where they were other ones.
    #[must_use]
    pub fn before(&self) -> Option<&[&'static str]> {
        self.names.split_last().filter(|_| self.grown).map(|(_, rest)| rest)
    }
}

impl Line<'_> {
    /// Whether the row has a cell for the nth column asked for.
    #[must_use]
    pub fn has(&self, column: usize) -> bool {
        self.order.get(column).is_some_and(|at| *at < self.cells.len())
    }

    /// The cell of the nth column asked for, as it was meant: line breaks are line breaks again.
    #[must_use]
    pub fn text(&self, column: usize) -> String {
        many_lines(self.get(column)).into_owned()
    }

    /// The cell of the nth column asked for, as it stands.
    #[must_use]
    pub fn get(&self, column: usize) -> &str {
        self.order.get(column).and_then(|at| self.cells.get(*at)).map_or("", |cell| cell)
    }
}

/// Reads an append-only file with these columns, in any order, and hands on every row.
///
/// Where the last column came with a later version, a file may have rows with it and without it: copies of two
/// versions were joined. A header line that occurs again (as when git has joined two new files) is passed over. Where the
/// last row has no LF, `complete` is asked whether it is whole; if not, it is the write that was lost:
/// it does not count, and the byte at which it begins is returned. So it is with a row that holds a
/// zero byte and all that follows: no row is written with one, but a power cut leaves them where a
/// file had grown and the bytes had not arrived.
pub fn read<'c>(
    file: &str,
    bytes: &[u8],
    columns: impl Into<Columns<'c>>,
    complete: fn(&Line) -> bool,
    problems: &mut Vec<Problem>,
    row: impl FnMut(&Line<'_>, &mut Vec<Problem>),
) -> Option<usize> {
    read_to(file, bytes, columns, complete, problems, &mut Each(row))
}

/// What takes the rows of a file.
pub(super) trait Taker {
    /// Takes a row.
    fn row(&mut self, line: &Line<'_>, problems: &mut Vec<Problem>);

    /// Takes a row without its being cut into cells, where it is written as one that was taken before: `rest` begins with it,
    /// at a byte of the file and on a line. Gives its length with its LF; what has none, or any quotation mark, is not taken so.
    /// It is asked only where columns stand in our order, parted by commas.
    fn take_alike(&mut self, _rest: &str, _start: usize, _number: u32) -> Option<usize> {
        None
    }
}

/// Takes every row by itself.
struct Each<F>(F);

impl<F: FnMut(&Line<'_>, &mut Vec<Problem>)> Taker for Each<F> {
    fn row(&mut self, line: &Line<'_>, problems: &mut Vec<Problem>) {
        (self.0)(line, problems);
    }
}

/// What [`read`] does, with somebody who may know rows at sight.
pub(super) fn read_to<'c>(
    file: &str,
    bytes: &[u8],
    columns: impl Into<Columns<'c>>,
    complete: fn(&Line) -> bool,
    problems: &mut Vec<Problem>,
    taker: &mut impl Taker,
) -> Option<usize> {
    let columns = columns.into();
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mark = separator(body);
    // Looked for as a whole first, because that is fast.
    let lost = if body.contains(&0) { body.iter().position(|byte| *byte == 0) } else { None };
    let lost = lost.unwrap_or(body.len());
    let whole_text = std::str::from_utf8(body).ok();
    let bom = bytes.len() - body.len();
    let mut cells = Vec::new();
    let mut header: Option<(&[u8], Vec<usize>, usize)> = None;
    let mut lines = Lines::of(body, mark);
    // What stands in our order can be known without being cut.
    let mut ours = None;
    loop {
        if let Some(whole) = ours {
            lines.pass_alike(whole, bom, taker);
        }
        let Some(Cut { number, from, end, next, ended }) = lines.next() else { break };
        let start = bom + from;
        if (from..next).contains(&lost) {
            // A first line with zeros and rows after it comes from a program that writes UTF-16.
            if header.is_some() || body.iter().skip(next).all(|byte| *byte == 0) {
                return Some(start);
            }
        }
        let line = body.get(from..end).unwrap_or_default();
        if line.is_empty() || header.as_ref().is_some_and(|(text, ..)| *text == line) {
            continue;
        }
        let place = || Place::line(file, u64::from(number));
        let text = match whole_text {
            Some(whole) => whole.get(from..end),
            None => std::str::from_utf8(line).ok(),
        };
        let Some(text) = text else {
            if !ended {
                return Some(start);
            }
            problems.push(Problem::new(
                place(),
                msg!("table.not_utf8"),
                msg!("table.not_utf8.fix"),
            ));
            continue;
        };
        let quotes = lines.quotes;
        if quotes > 0 {
            cut_quoted(text, mark, &mut cells);
        } else {
            lines.cut(text, from, &mut cells);
        }
        match &header {
            Some(_) if columns.grown && columns.is_header(&cells) => {}
            None => match order(&cells, columns) {
                Ok(order) => {
                    let is_ours = mark == b',' && (0..cells.len()).eq(order.iter().copied());
                    ours = whole_text.filter(|_| is_ours);
                    header = Some((line, order, cells.len()));
                }
                Err(missing) if ended => {
                    let fix = msg!("table.column_missing.fix", column = missing);
                    problems.push(Problem::new(
                        place(),
                        msg!("table.column_missing", column = missing),
                        fix,
                    ));
                    return None;
                }
                Err(_) => return Some(start),
            },
            Some((_, order, width)) => {
                let whole = fits(columns, order, *width, cells.len()) && quotes.is_multiple_of(2);
                let line = Line { number, start, length: line.len(), cells: &cells, order };
                let lost = !ended && (!whole || !complete(&line));
                if lost {
                    return Some(start);
                }
                if whole {
                    taker.row(&line, problems);
                } else {
                    problems.push(Problem::new(
                        place(),
                        msg!("table.ragged", cells = cells.len(), columns = width),
                        msg!("rows.broken.fix"),
                    ));
                }
            }
        }
    }
    None
}

/// For each column asked for, its place; or the first that is missing. A last column that a header of before lacks
/// stands after all others.
fn order(cells: &[Cow<'_, str>], columns: Columns<'_>) -> Result<Vec<usize>, &'static str> {
    let place = |column: &&'static str| {
        cells.iter().position(|cell| cell.trim().eq_ignore_ascii_case(column)).ok_or(*column)
    };
    match columns.before() {
        // A header with some other column in its stead was meant to have it.
        Some(before) if cells.len() == before.len() => {
            let found = before.iter().map(place).chain([Ok(cells.len())]);
            found.collect()
        }
        _ => columns.names.iter().map(place).collect(),
    }
}

/// Whether a row has as many cells as its file has columns, or as it had before its last column was added.
fn fits(columns: Columns<'_>, order: &[usize], width: usize, cells: usize) -> bool {
    let last = order.last().copied().unwrap_or_default();
    let other = match (columns.grown, last) {
        (false, _) => width,
        (true, last) if last == width => width + 1,
        (true, last) if last + 1 == width => last,
        (true, _) => width,
    };
    cells == width || cells == other
}

/// A line of a file: its number from 1, where it begins, where it ends without CR and LF, where the next begins, and whether
/// it has an LF.
pub(super) struct Cut {
    number: u32,
    pub(super) from: usize,
    pub(super) end: usize,
    next: usize,
    ended: bool,
}

/// The lines of a file, one after the other, and where the marks are in the last one: all found in one go, eight bytes at a
/// time, for logs are large.
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    mark: u8,
    at: usize,
    number: u32,
    /// Where the separators of the last line stand.
    marks: Vec<usize>,
    /// How many quotation marks it has.
    quotes: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn of(bytes: &'a [u8], mark: u8) -> Self {
        Self { bytes, mark, at: 0, number: 0, marks: Vec::new(), quotes: 0 }
    }

    /// Passes over the lines that somebody knows at sight.
    fn pass_alike(&mut self, whole: &str, bom: usize, taker: &mut impl Taker) {
        while let Some(rest) = whole.get(self.at..).filter(|rest| !rest.is_empty()) {
            let number = self.number.saturating_add(1);
            let Some(length) = taker.take_alike(rest, bom + self.at, number) else { return };
            self.pass(length);
        }
    }

    /// What follows the last line.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Passes over a line of so many bytes.
    pub(super) fn pass(&mut self, length: usize) {
        (self.at, self.number) = (self.at + length, self.number.saturating_add(1));
    }

    pub(super) fn next(&mut self) -> Option<Cut> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        (self.quotes, self.number) = (0, self.number.saturating_add(1));
        self.marks.clear();
        let wanted = [self.mark, b'\n', b'"'].map(everywhere);
        let (words, last) = rest.as_chunks::<8>();
        let mut from = self.at;
        for word in words {
            let word = u64::from_le_bytes(*word);
            let mut found = wanted.iter().fold(0, |found, it| found | zeros(word ^ it));
            while found != 0 {
                let at = from + found.trailing_zeros() as usize / 8;
                if self.is_end(at) {
                    return Some(self.line(at, at + 1));
                }
                found &= found - 1;
            }
            from += 8;
        }
        for at in from..from + last.len() {
            if self.is_end(at) {
                return Some(self.line(at, at + 1));
            }
        }
        Some(self.line(self.bytes.len(), self.bytes.len()))
    }

    /// Where the first separator of the last line stands.
    pub(super) fn first_mark(&self) -> Option<usize> {
        self.marks.first().copied()
    }

    /// Notes what stands at a place; whether it ends the line.
    #[inline]
    fn is_end(&mut self, at: usize) -> bool {
        match self.bytes.get(at) {
            Some(b'\n') => return true,
            Some(b'"') => self.quotes += 1,
            Some(byte) if *byte == self.mark => self.marks.push(at),
            _ => {}
        }
        false
    }

    fn line(&mut self, end: usize, next: usize) -> Cut {
        let (from, ended) = (std::mem::replace(&mut self.at, next), end < next);
        let before = end.checked_sub(1).filter(|it| *it >= from);
        let end = before.filter(|it| self.bytes.get(*it) == Some(&b'\r')).unwrap_or(end);
        Cut { number: self.number, from, end, next, ended }
    }

    /// Cuts the last line into its cells, where nothing in it is quoted.
    fn cut<'b>(&self, text: &'b str, from: usize, cells: &mut Vec<Cow<'b, str>>) {
        cells.clear();
        let mut start = 0;
        for at in self.marks.iter().map(|at| at - from) {
            cells.push(Cow::Borrowed(text.get(start..at).unwrap_or_default()));
            start = at + 1;
        }
        cells.push(Cow::Borrowed(text.get(start..).unwrap_or_default()));
    }
}

/// Cuts one line into its cells, by RFC 4180. (The csv crate would take a byte order mark that begins a
/// cell for the file's own.)
fn cut_quoted<'b>(line: &'b str, mark: u8, cells: &mut Vec<Cow<'b, str>>) {
    cells.clear();
    let mark = char::from(mark);
    let mut rest = line;
    loop {
        // A cell in which nothing is quoted stands in the line as it is meant.
        let end = rest.find(mark).unwrap_or(rest.len());
        let plain = rest.get(..end).filter(|cell| !cell.contains('"'));
        let (cell, next) = match plain {
            Some(cell) => (Cow::Borrowed(cell), rest.get(end + mark.len_utf8()..)),
            None => {
                let (cell, next) = quoted(rest, mark);
                (Cow::Owned(cell), next)
            }
        };
        cells.push(cell);
        match next {
            Some(next) => rest = next,
            None => return,
        }
    }
}

/// The first cell of a line, in which something is quoted, and what follows the mark after it.
fn quoted(line: &str, mark: char) -> (String, Option<&str>) {
    let mut cell = String::new();
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    let mut at = 0;
    while let Some(character) = characters.next() {
        at += character.len_utf8();
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                at += 1;
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            other if other == mark && !quoted => return (cell, line.get(at..)),
            other => cell.push(other),
        }
    }
    (cell, None)
}

/// Writes one row as one line, with its LF: line breaks become `\n`, a backslash `\\`, a zero byte `�`.
#[must_use]
pub fn write(cells: &[&str]) -> Vec<u8> {
    super::table::write(
        &cells.iter().map(|cell| one_line(cell)).collect::<Vec<_>>(),
        std::iter::empty::<[&str; 0]>(),
    )
}

/// Whether a version of the codebook is written out whole; the last cell of most logs.
#[must_use]
pub fn is_version(cell: &str) -> bool {
    cell.len() == 14
        && cell
            .strip_prefix("v-")
            .is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(bytes: &str) -> (Vec<String>, Option<usize>, Vec<String>) {
        let mut problems = Vec::new();
        let mut rows = Vec::new();
        let torn = read(
            "x.csv",
            bytes.as_bytes(),
            &["a", "b"],
            |line| is_version(line.get(1)),
            &mut problems,
            |line, _| {
                rows.push(format!("{}:{}|{}", line.number, line.text(0), line.text(1)));
            },
        );
        (rows, torn, problems.iter().map(|it| format!("{} {}", it.at, it.what.key)).collect())
    }

    #[test]
    fn a_torn_last_row_does_not_count_and_is_located() {
        let (rows, torn, problems) = seen("a,b\n1,x\n2,\"half");
        assert_eq!((rows, torn, problems), (vec!["2:1|x".to_owned()], Some(8), vec![]));
        let (rows, torn, _) = seen("a,b\n1,v-0123456789ab");
        assert_eq!((rows, torn), (vec!["2:1|v-0123456789ab".to_owned()], None));
        let (_, torn, _) = seen("a,b\n1,v-0123456");
        assert_eq!(torn, Some(4));
        assert_eq!(seen("a,").1, Some(0));
        let (rows, torn, problems) = seen("a,b\n1,x\n2,\0\0\0\n3,y\n");
        assert_eq!((rows, torn, problems), (vec!["2:1|x".to_owned()], Some(8), vec![]));
        assert_eq!((seen("a\0\0").1, seen("a\0b\n").1), (Some(0), Some(0)));
        let utf16: String = "a,b\n1,x\n".chars().flat_map(|it| [it, '\0']).collect();
        assert_eq!(seen(&utf16), (vec![], None, vec!["x.csv:1 table.column_missing".to_owned()]));
    }

    #[test]
    fn a_broken_row_in_the_middle_is_a_problem_and_the_rest_is_read() {
        let (rows, torn, problems) = seen("a,b\n1,x\n2,\"half\n3,y\na,b\nz\\nz,\"\"\"q\"\n");
        assert_eq!(rows, ["2:1|x", "4:3|y", "6:z\nz|\"q"]);
        assert_eq!((torn, problems), (None, vec!["x.csv:3 table.ragged".to_owned()]));
    }

    proptest::proptest! {
        #[test]
        fn a_row_is_one_line_and_reads_back(one in ".{0,6}", other in "[a\n\"\\\\,]{0,6}") {
            let mut bytes = write(&["a", "b"]);
            let line = write(&[&one, &other]);
            proptest::prop_assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
            bytes.extend(&line);
            let mut back = Vec::new();
            read("x.csv", &bytes, &["a", "b"], |_| true, &mut Vec::new(), |line, _| back.push((line.text(0), line.text(1))));
            if line != b",\n" && line != b"a,b\n" {
                proptest::prop_assert_eq!(back, vec![(one.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}"), other)]);
            }
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes: Vec<u8>) {
            read("x.csv", &bytes, Columns::grown(&["a"]), |_| true, &mut Vec::new(), |_, _| {});
        }
    }
}
