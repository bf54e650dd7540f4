//! Markdown into blocks: what was said stays, markup goes.
//!
//! Not a renderer: a transcript's line is a turn even where Markdown would join it to the one above, so
//! lines are joined only where they were broken to a width.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::content::Content;
use super::lines::{Wrap, numbered};
use super::markdown_inline::reduce;
use super::tabular;
use super::unreadable::Unreadable;
use crate::read::block::{Block, BlockKind};

/// Reads a Markdown text.
pub(super) fn read(text: &str) -> Result<Content<'_>, Unreadable> {
    let reader = Reader::read(text);
    let (blocks, notes) = tabular::turns_of_rows(reader.blocks, &reader.rows);
    Ok(Content { notes, ..Content::of(blocks) })
}

/// The blocks of a Markdown text.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    Reader::read(text).blocks
}

/// Whether a text that does not say so is Markdown: labels in bold begin several of its lines, or it has a table.
#[must_use]
pub fn looks_like_markdown(text: &str) -> bool {
    let bold = |line: &str| {
        let line = line.trim_start();
        line.starts_with("**") && line.get(2..).is_some_and(|rest| rest.contains("**"))
    };
    let lines = || numbered(text).take(400).map(|it| it.1.trim());
    let heads_table =
        |(head, rule): (&str, &str)| head.starts_with('|') && rule.contains("--") && draws(rule);
    lines().filter(|line| bold(line)).take(3).count() == 3
        || lines().zip(lines().skip(1)).any(heads_table)
}

/// Whether a line draws the line beneath the headings of a table.
fn draws(line: &str) -> bool {
    line.starts_with('|') && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}

/// A paragraph or heading whose lines are still being gathered.
struct Open<'a> {
    line: u32,
    kind: BlockKind,
    /// The last line as it stood, without the spaces around it.
    last: &'a str,
    text: Cow<'a, str>,
}

struct Reader<'a> {
    wrap: Wrap<'a>,
    blocks: Vec<Block<'a>>,
    open: Option<Open<'a>>,
    /// The cells of the blocks that are rows of tables, by the places of these.
    rows: BTreeMap<usize, Vec<String>>,
    /// The marks that close the fence at hand.
    fence: Option<&'static str>,
}

impl<'a> Reader<'a> {
    fn read(text: &'a str) -> Self {
        let (wrap, rows) = (Wrap::of(text), BTreeMap::new());
        let mut reader = Reader { wrap, blocks: Vec::new(), open: None, rows, fence: None };
        for (number, line) in numbered(text) {
            reader.line(number, line);
        }
        reader.close();
        reader
    }

    fn line(&mut self, number: u32, raw: &'a str) {
        let line = raw.trim();
        if self.fenced(number, line) {
            return;
        }
        let line = line.trim_start_matches('>').trim_start();
        if line.is_empty() || is_rule(line) || is_definition(line) {
            return self.close();
        }
        if line.len() >= 2 && line.bytes().all(|byte| byte == b'=') {
            if let Some(open) = &mut self.open {
                open.kind = BlockKind::Heading;
            }
            return self.close();
        }
        if line.starts_with('|') && line.get(1..).is_some_and(|rest| rest.contains('|')) {
            self.close();
            return self.row(number, line);
        }
        if let Some(heading) = heading(line) {
            self.close();
            return self.begin(number, BlockKind::Heading, line, heading);
        }
        if let Some(item) = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)) {
            self.close();
            return self.begin(number, BlockKind::Text, line, item.trim_start());
        }
        match &mut self.open {
            Some(open) if self.wrap.joins(open.last, line) => {
                let text = open.text.to_mut();
                text.push(' ');
                text.push_str(without_break(line));
                open.last = line;
            }
            _ => {
                self.close();
                self.begin(number, BlockKind::Text, line, line);
            }
        }
    }

    /// Takes a line of a fence as it is; says whether it was one.
    fn fenced(&mut self, number: u32, line: &'a str) -> bool {
        if let Some(mark) = self.fence {
            if line.starts_with(mark) {
                self.fence = None;
            } else if line.starts_with('|') {
                self.row(number, line);
            } else if !line.is_empty() {
                self.blocks.push(Block::text(number, line));
            }
            return true;
        }
        self.fence = ["```", "~~~"].into_iter().find(|mark| {
            // Two more of the marks on the line are a span of code, not a fence.
            line.strip_prefix(mark).is_some_and(|rest| !rest.contains(*mark))
        });
        if self.fence.is_some() {
            self.close();
        }
        self.fence.is_some()
    }

    /// A row of a table, its cells parted by TAB; the row that draws the line is none.
    fn row(&mut self, number: u32, line: &str) {
        if draws(line) {
            return;
        }
        let line = line.strip_prefix('|').unwrap_or(line);
        let line = line.strip_suffix('|').unwrap_or(line);
        let cells: Vec<String> = split_cells(line)
            .map(|cell| reduce(cell.trim()).0.replace('\n', " ").trim().to_owned())
            .collect();
        let text = cells.join("\t");
        if !text.trim().is_empty() {
            let text = text.trim().to_owned();
            self.rows.insert(self.blocks.len(), cells);
            self.blocks.push(Block { kind: BlockKind::Row, ..Block::text(number, text) });
        }
    }

    fn begin(&mut self, line: u32, kind: BlockKind, last: &'a str, text: &'a str) {
        self.open = Some(Open { line, kind, last, text: Cow::Borrowed(without_break(text)) });
    }

    /// Ends the paragraph at hand; a `<br>` in it parts lines that belong together.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let (text, strong) = match open.text {
            Cow::Borrowed(text) => reduce(text),
            Cow::Owned(text) => {
                let (text, strong) = reduce(&text);
                (Cow::Owned(text.into_owned()), strong)
            }
        };
        if !text.contains('\n') {
            let trimmed = trim(text);
            if !trimmed.is_empty() {
                let strong = strong.min(trimmed.len());
                self.blocks.push(Block {
                    kind: open.kind,
                    strong,
                    ..Block::text(open.line, trimmed)
                });
            }
            return;
        }
        let parts = text.split('\n').map(str::trim).filter(|part| !part.is_empty());
        for (at, part) in parts.enumerate() {
            self.blocks.push(Block {
                kind: open.kind,
                continues: at > 0,
                strong: if at == 0 { strong.min(part.len()) } else { 0 },
                ..Block::text(open.line, part.to_owned())
            });
        }
    }
}

/// The text without spaces around it, still borrowed if it was.
fn trim(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// A line without the backslash that breaks it.
fn without_break(line: &str) -> &str {
    match line.strip_suffix('\\') {
        Some(rest) if !rest.ends_with('\\') => rest.trim_end(),
        _ => line,
    }
}

/// The text of a heading `## Text ##`.
fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let sound = (1..=6).contains(&level) && (rest.is_empty() || rest.starts_with([' ', '\t']));
    sound.then(|| rest.trim().trim_end_matches('#').trim_end())
}

/// `---`, `* * *`: a rule between parts.
fn is_rule(line: &str) -> bool {
    let marks = |mark: u8| {
        line.bytes().all(|byte| byte == mark || byte == b' ')
            && line.bytes().filter(|byte| *byte == mark).count() >= 3
    };
    marks(b'-') || marks(b'*') || marks(b'_')
}

/// `[ref]: https://…`: where a link leads, not what was said.
fn is_definition(line: &str) -> bool {
    let Some((_, rest)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else {
        return false;
    };
    let target = rest.trim();
    target.split(' ').next().is_some_and(|it| it.contains("://") || it.starts_with(['/', '#']))
}

/// Cells between bars that are not escaped.
fn split_cells(line: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    line.split(move |character| {
        let bar = character == '|' && !escaped;
        escaped = character == '\\' && !escaped;
        bar
    })
}
