//! Tables as text: the mark that parts cells, quotation marks, rows.

use super::Row;
use crate::language;
use crate::msg;
use crate::read::content::Content;
use crate::read::lines::numbered;
use crate::read::unreadable::Unreadable;

/// The marks that part cells.
const MARKS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Lines looked at.
const SAMPLE: usize = 200;

/// Whether a text that does not say so is a table of turns: its first line heads columns of speakers and of
/// speech, or nearly every line has the same number of cells, a time first.
pub(in crate::read) fn is_likely(text: &str) -> bool {
    let lines: Vec<&str> =
        numbered(text).map(|it| it.1).filter(|it| !it.trim().is_empty()).take(SAMPLE).collect();
    let Some(first) = lines.first().filter(|it| !it.starts_with('|')) else { return false };
    let mark = mark(&lines);
    let heads: Vec<String> = first
        .split(char::from(mark))
        .map(|it| language::fold(it.trim().trim_matches('"')))
        .collect();
    let any = |is: fn(&str) -> bool| heads.iter().any(|head| is(head));
    if heads.len() > 1 && any(language::is_speaker_head) && any(language::is_speech_head) {
        return true;
    }
    if !matches!(mark, b'|' | b'\t') || lines.len() < 5 {
        return false;
    }
    let cells = |line: &str| line.split(char::from(mark)).count();
    let width = cells(first);
    let even = lines.iter().filter(|line| cells(line) == width).count();
    let timed = |line: &&&str| {
        let cell = line.split(char::from(mark)).next().unwrap_or_default().trim();
        matches!(super::cells::time(cell), (Some(_), ""))
    };
    width >= 3
        && even * 20 >= lines.len() * 19
        && lines.iter().filter(timed).count() * 20 >= lines.len() * 19
}

/// Reads a table.
///
/// # Errors
/// No column can be the one of speech.
pub(in crate::read) fn read(text: &str) -> Result<Content<'_>, Unreadable> {
    let lines: Vec<&str> =
        numbered(text).map(|it| it.1).filter(|it| !it.trim().is_empty()).take(SAMPLE).collect();
    let mark = mark(&lines);
    let (quoted, plain) = (rows(text, mark, true), rows(text, mark, false));
    // A quotation mark that nobody closed would swallow the rows below it.
    let unclosed = text.matches('"').count() % 2 == 1;
    let without = unclosed || uneven(&plain) < uneven(&quoted);
    let mut content = super::read(if without { &plain } else { &quoted })?;
    if without && text.contains('"') {
        content.notes.push(msg!("tabular.quotes"));
    }
    Ok(content)
}

/// The mark that stands in most lines, equally often: ties go to the first.
fn mark(lines: &[&str]) -> u8 {
    let score = |mark: &u8| {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, *mark)).collect();
        let first = counts.first().copied().unwrap_or(0);
        if first == 0 { 0 } else { counts.iter().filter(|it| **it == first).count() }
    };
    let best = MARKS.iter().map(score).max().unwrap_or(0);
    MARKS.iter().copied().find(|mark| score(mark) == best).unwrap_or(b',')
}

fn outside_quotes(line: &str, mark: u8) -> usize {
    let mut quoted = false;
    let marks = line.bytes().filter(|byte| {
        quoted ^= *byte == b'"';
        *byte == mark && !quoted
    });
    marks.count()
}

fn rows(text: &str, mark: u8, quoting: bool) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(mark)
        .quoting(quoting)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut lines = Lines { bytes: text.as_bytes(), at: 0, line: 1 };
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = lines.of(&record);
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { line, cells });
        }
    }
    rows
}

/// The lines of records. The reader says where one begins, which may be before the end of the line above, and
/// counts only LF as the end of one.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn of(&mut self, record: &csv::StringRecord) -> u32 {
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        while let Some(byte) = self.bytes.get(self.at) {
            let after_carriage = self.at > 0 && self.bytes.get(self.at - 1) == Some(&b'\r');
            let ends = *byte == b'\r' || (*byte == b'\n' && !after_carriage);
            if self.at >= start && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.line += u32::from(ends);
            self.at += 1;
        }
        self.line
    }
}

/// How many rows have another number of cells than the first.
fn uneven(rows: &[Row]) -> usize {
    let width = rows.first().map_or(0, |row| row.cells.len());
    rows.iter().filter(|row| row.cells.len() != width).count()
}
