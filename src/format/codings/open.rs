//! The bytes of a file of codings as a table of text: whatever encoding it is in, or a workbook.

use std::borrow::Cow;

use crate::domain::failure::Failure;
use crate::domain::message::Message;
use crate::domain::problem::{Place, Problem};
use crate::format::table::{separator, write};
use crate::msg;
use crate::read::decode::decode;
use crate::read::workbook::{Cell, Workbook, address, looks_like_one};

/// A table as text.
pub(in crate::format) struct Opened<'a> {
    /// The text, without a byte order mark.
    pub(in crate::format) text: Cow<'a, [u8]>,
    /// How many lines stand above it.
    pub(in crate::format) above: u64,
    pub(in crate::format) separator: u8,
    /// What was assumed.
    pub(in crate::format) said: Vec<Message>,
}

/// Opens a file.
///
/// # Errors
/// It is no table.
pub(in crate::format) fn open<'a>(file: &str, bytes: &'a [u8]) -> Result<Opened<'a>, Failure> {
    if looks_like_one(bytes) {
        return workbook(file, bytes);
    }
    let mut said = Vec::new();
    let text = match bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) {
        plain if std::str::from_utf8(plain).is_ok() && !plain.contains(&0) => Cow::Borrowed(plain),
        _ => decoded(file, bytes, &mut said)?,
    };
    let (named, length) = named_separator(&text);
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(length..).unwrap_or_default()),
        Cow::Owned(text) => Cow::Owned(text.get(length..).unwrap_or_default().to_vec()),
    };
    let (length, lines) = title(&text, named);
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(length..).unwrap_or_default()),
        Cow::Owned(text) => Cow::Owned(text.get(length..).unwrap_or_default().to_vec()),
    };
    if lines > 0 {
        said.push(msg!("codings.said.title", n = lines));
    }
    let separator = named.unwrap_or_else(|| sniffed(&text));
    Ok(Opened { text, above: u64::from(named.is_some()) + lines, separator, said })
}

/// How long a title above the headings is, in bytes and lines: lines of one cell, above a line of two or more.
fn title(text: &[u8], named: Option<u8>) -> (usize, u64) {
    const MOST: usize = 8;
    let cells = |line: &[u8]| {
        let mark = named.unwrap_or_else(|| sniffed(line));
        let filled =
            |it: &&[u8]| !it.iter().all(|byte| byte.is_ascii_whitespace() || *byte == b'"');
        // A title of several words is one cell also where a blank could part it.
        if mark == b' ' { 1 } else { line.split(|byte| *byte == mark).filter(filled).count() }
    };
    let (mut length, mut found) = (0, (0, 0));
    for (nth, line) in text.split_inclusive(|byte| *byte == b'\n').take(MOST).enumerate() {
        let n = cells(line);
        // A heading is not taken for a title because a field beneath it goes on over lines.
        if n > 1 || line.iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
            found = if n > 1 { (length, nth as u64) } else { (0, 0) };
            break;
        }
        length += line.len();
    }
    found
}

fn decoded<'a>(
    file: &str,
    bytes: &'a [u8],
    said: &mut Vec<Message>,
) -> Result<Cow<'a, [u8]>, Failure> {
    let problem = |line: Option<u64>, what: Message, fix: Message| {
        let at = Place { file: file.to_owned(), line, column: None };
        Failure::invalid(Problem::new(at, what, fix))
    };
    let read = decode(bytes, None).map_err(|it| problem(it.line, it.what, it.fix))?;
    if let Some(at) =
        bytes.iter().position(|byte| *byte == 0).filter(|_| !read.encoding.starts_with("UTF-16"))
    {
        let line = 1 + bytes.iter().take(at).filter(|byte| **byte == b'\n').count() as u64;
        return Err(problem(Some(line), msg!("table.zero_byte"), msg!("table.zero_byte.fix")));
    }
    said.extend(read.notes);
    Ok(match read.text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    })
}

/// The separator that the first line names, as Excel has it (`sep=;`), and how long that line is.
fn named_separator(text: &[u8]) -> (Option<u8>, usize) {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let bare = line.trim_ascii_end();
    let bare = bare.strip_prefix(b"\"").and_then(|it| it.strip_suffix(b"\"")).unwrap_or(bare);
    let named =
        bare.get(..4).filter(|it| it.eq_ignore_ascii_case(b"sep=")).and_then(|_| bare.get(4..));
    match named {
        Some([mark]) => (Some(*mark), line.len() + 1),
        // A TAB was trimmed away with the end of the line.
        Some([]) => (Some(b'\t'), line.len() + 1),
        _ => (None, 0),
    }
}

/// The separator that the first line has most of; a stroke or a space where it has no other.
fn sniffed(text: &[u8]) -> u8 {
    let start = text.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let text = text.get(start..).unwrap_or_default();
    let usual = separator(text);
    let line = text.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let other = [b'|', b' '].into_iter().find(|mark| line.contains(mark));
    if line.contains(&usual) { usual } else { other.unwrap_or(usual) }
}

/// The first sheet of a workbook that has a column of units, else the first that is not hidden.
fn workbook<'a>(file: &str, bytes: &[u8]) -> Result<Opened<'a>, Failure> {
    let invalid = |problem: Box<Problem>| Failure::invalid(*problem);
    let mut book = Workbook::open(file, bytes).map_err(invalid)?;
    let (visible, hidden) = book.sheet_names();
    let mut found = None;
    for name in &visible {
        let page = book.page(name).map_err(invalid)?;
        let mut heads = page.cells.iter();
        let first = page.cells.first().map(|it| it.row);
        let has_units =
            heads.any(|it| Some(it.row) == first && it.text.trim().eq_ignore_ascii_case("unit"));
        if has_units || found.is_none() {
            found = Some((name, page));
        }
        if has_units {
            break;
        }
    }
    let Some((name, page)) = found else {
        return Err(invalid(Box::new(Problem::new(
            Place::file(file),
            msg!("workbook.broken"),
            msg!("workbook.broken.fix"),
        ))));
    };
    if let Some((row, column)) = page.unsaved.first() {
        let at = Place::file(file).column(address(*row, *column));
        return Err(Failure::invalid(Problem::new(
            at,
            msg!("workbook.formula"),
            msg!("workbook.formula.fix"),
        )));
    }
    let mut said = Vec::new();
    let others = visible.len() + hidden - 1;
    if others > 0 {
        said.push(msg!("codings.said.sheet", sheet = name, n = others));
    }
    let size =
        |of: fn(&Cell) -> u32| page.cells.iter().map(of).max().map_or(0, |it| u64::from(it) + 1);
    let (height, width) = (size(|it| it.row), size(|it| it.column));
    if height * width > LARGEST {
        let what = msg!("codings.large", rows = height, columns = width);
        return Err(Failure::invalid(Problem::new(
            Place::file(file),
            what,
            msg!("codings.large.fix"),
        )));
    }
    let mut rows = rows(&page.cells).into_iter();
    let head = rows.next().unwrap_or_default();
    Ok(Opened { text: Cow::Owned(write(&head, rows)), above: 0, separator: b',', said })
}

/// So many cells, blank ones counted, no table of codings has.
const LARGEST: u64 = 50_000_000;

/// The rows of a sheet from the first on, blank ones too, so that lines are rows; all of the width of the widest.
fn rows(cells: &[Cell]) -> Vec<Vec<&str>> {
    let held = || cells.iter().filter(|it| !it.text.trim().is_empty());
    let width = held().map(|it| it.column as usize + 1).max().unwrap_or(0);
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for cell in held() {
        while rows.len() < cell.row as usize {
            rows.push(Vec::new());
        }
        if rows.len() == cell.row as usize {
            rows.push(vec![""; width]);
        }
        if let Some(place) = rows.last_mut().and_then(|row| row.get_mut(cell.column as usize)) {
            *place = &cell.text;
        }
    }
    rows
}
