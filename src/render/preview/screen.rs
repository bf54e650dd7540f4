//! One file on one screen: at most 40 lines of 100 columns, whatever is in it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Preview, reasons, speakers};
use crate::escape::terminal::visible;
use crate::msg;
use crate::render::document::{Cell, Value};
use crate::render::number;
use crate::render::terminal;
use crate::render::wrap::wrap;
use crate::unitize::draft::DraftParagraph;
use crate::words::{Language, say, word};

const WIDTH: usize = 100;
const LINES: usize = 40;
/// Labels that have a line of their own.
const LABELS: usize = 10;
/// What stands before a fact.
const INDENT: usize = 12;

/// The screen of a file.
pub(super) fn screen(preview: &Preview<'_>, language: Language) -> String {
    let mut lines = vec![clipped(&preview.file, WIDTH), String::new()];
    lines.extend(facts(preview, language));
    lines.extend(labels(preview, language));
    lines.extend(left_in_text(preview, language));
    let written = wrapped(&word("preview.written", language), "", "");
    let mut notes: Vec<Vec<String>> =
        preview.notes().iter().map(|note| wrapped(&say(note, language), "- ", "  ")).collect();
    let room = LINES.saturating_sub(lines.len() + 1 + written.len());
    if notes.iter().map(Vec::len).sum::<usize>() > room {
        let mut used = 0;
        let kept = notes.iter().take_while(|note| {
            used += note.len();
            used < room // one line is left for the others
        });
        let kept = kept.count();
        let more = say(&msg!("preview.more_notes", n = notes.len() - kept), language);
        notes.truncate(kept);
        notes.push(vec![clipped(&format!("- {more}"), WIDTH)]);
    }
    if !notes.is_empty() {
        lines.push(String::new());
    }
    lines.extend(notes.into_iter().flatten());
    lines.extend(written);
    lines.push(String::new());
    lines.join("\n")
}

/// What it is and what it becomes.
fn facts(preview: &Preview<'_>, language: Language) -> Vec<String> {
    let draft = preview.draft();
    let case = if preview.case.name == preview.case.id.as_str() {
        preview.case.id.to_string()
    } else {
        format!("{} ({})", preview.case.id, preview.case.name)
    };
    let becomes = msg!("preview.becomes", transcript = preview.transcript, case = case);
    let mut format = say(&preview.found.format.name(), language);
    if let Some((encoding, sure)) = preview.encoding() {
        let sure = say(&sure, language);
        format = say(
            &msg!("preview.in_encoding", format = format, encoding = encoding, sure = sure),
            language,
        );
    }
    let holds = msg!(
        "preview.holds",
        paragraphs = draft.paragraphs.len(),
        turns = preview.turns(),
        words = preview.words(),
        silent = preview.silent(),
    );
    let edge = |paragraph: Option<&DraftParagraph>| {
        paragraph.map_or_else(String::new, |it| format!("{}: {}", it.line, it.text))
    };
    let mut lines = Vec::new();
    let mut fact = |key: &'static str, text: &str, most: usize| {
        let label = format!("{:<INDENT$}", word(key, language));
        let text = clipped(text, (WIDTH - INDENT - 2) * most - 12 * (most - 1));
        lines.extend(wrapped(&text, &label, &" ".repeat(INDENT)).into_iter().take(most));
    };
    fact("preview.to", &say(&becomes, language), 2);
    fact("preview.format", &format, 1);
    fact("preview.language", &say(&preview.language(), language), 1);
    fact("preview.in_it", &say(&holds, language), 1);
    fact("preview.first", &edge(draft.paragraphs.first()), 2);
    fact("preview.last", &edge(draft.paragraphs.last()), 2);
    lines
}

/// Who was taken for a speaker, a line each; those with most words where there are too many.
fn labels(preview: &Preview<'_>, language: Language) -> Vec<String> {
    let labels = &preview.draft().labels;
    if labels.is_empty() {
        return Vec::new();
    }
    let mut table = speakers(preview, language);
    let mut by_words: Vec<usize> = (0..labels.len()).collect();
    by_words.sort_by_key(|at| std::cmp::Reverse(labels.get(*at).map_or(0, |it| it.words)));
    by_words.truncate(LABELS);
    by_words.sort_unstable();
    let rows = by_words.iter().filter_map(|at| table.rows.get(*at).cloned());
    table.rows = rows.collect();
    let columns = table.columns.len();
    let mut widths: Vec<usize> = table.columns.iter().map(|it| it.heading.width()).collect();
    for row in &mut table.rows {
        for (at, (cell, width)) in row.iter_mut().zip(&mut widths).enumerate() {
            if at + 1 == columns {
                continue; // reasons take what is left
            }
            if let Value::Text(text) | Value::Id(text) = &mut cell.value {
                *text = clipped(text, if at == 1 { 14 } else { 20 }); // an id follows from its label
            }
            *width = (*width).max(number::for_people(&cell.value).width());
        }
    }
    let others: usize = widths.iter().rev().skip(1).sum();
    let room = WIDTH.saturating_sub(others + 1 + 3 * columns);
    for (row, at) in table.rows.iter_mut().zip(&by_words) {
        if let (Some(cell), Some(label)) = (row.last_mut(), labels.get(*at)) {
            *cell = Cell::from(Value::Text(clipped(&reasons(label, language), room)));
        }
    }
    table.title.clear();
    let mut lines: Vec<String> = vec![String::new()];
    lines.extend(terminal::table(&table, WIDTH as u16).lines().map(str::to_owned));
    if labels.len() > LABELS {
        let more = msg!("preview.more_labels", n = labels.len() - LABELS);
        lines.push(clipped(&say(&more, language), WIDTH));
    }
    lines
}

/// What looked like a label and was left in the text, in three lines.
fn left_in_text(preview: &Preview<'_>, language: Language) -> Vec<String> {
    let Some(left) = preview.left() else { return Vec::new() };
    let mut lines = wrapped(&clipped(&say(&left, language), 3 * WIDTH - 30), "", "");
    lines.truncate(3);
    lines
}

fn wrapped(text: &str, first: &str, rest: &str) -> Vec<String> {
    wrap(text, WIDTH, first, rest).lines().map(str::to_owned).collect()
}

/// A text without control characters, in one line of at most so many columns.
fn clipped(text: &str, width: usize) -> String {
    // Nobody reads beyond this, and a paragraph may be a book.
    let start: String = text.chars().take(4 * WIDTH).collect();
    let whole = start.len() == text.len();
    let shown = visible(&start).replace('\n', " ");
    if whole && shown.width() <= width {
        return shown;
    }
    let mut out = String::new();
    let mut used = 1;
    for character in shown.chars() {
        used += character.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(character);
    }
    out.push('…');
    out
}
