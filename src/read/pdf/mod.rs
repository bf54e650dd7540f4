//! PDF into blocks: the text that its pages show, put together again into paragraphs.
//!
//! A PDF says where each letter stands, and no more. From these places rows are made, from rows columns,
//! from lines paragraphs; heads and feet of pages, numbers and notes in the margin are left out and told.
//! Pictures of text are not read.

mod cmap;
mod columns;
mod file;
mod font;
mod furniture;
mod glyphs;
mod interpreter;
mod lexer;
mod metrics;
mod paragraphs;
mod piece;
mod rows;

use lopdf::{Document, Object};

use self::columns::Columns;
use self::interpreter::Interpreter;
use self::rows::Row;
use super::content::{Content, Source};
use super::unreadable::Unreadable;
use crate::domain::message::Message;
use crate::msg;

/// Whether bytes are a PDF: some programs put a few bytes before its mark.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024.min(bytes.len())).unwrap_or_default();
    head.windows(5).any(|it| it == b"%PDF-")
}

/// Reads a PDF.
///
/// # Errors
/// It is damaged, protected, holds more than it may, or has no text that can be read.
pub(super) fn read(source: &Source<'_>) -> Result<Content<'static>, Unreadable> {
    let document = file::open(source.bytes)?;
    let pages = file::pages(&document);
    let mut interpreter = Interpreter::new(&document);
    let mut rows: Vec<Vec<Row>> =
        pages.iter().map(|page| rows::rows(interpreter.page(page))).collect();
    refuse(&interpreter, pages.len())?;
    let numbers = furniture::take_numbers(&mut rows);
    let heads = furniture::take_heads(&mut rows);
    let words = rows.iter().flatten().flat_map(|row| &row.words);
    let body = paragraphs::body_size(words.map(|word| (word.size, word.text.as_str())));
    let mut columns = Columns::default();
    for rows in &rows {
        columns.page(rows, body);
    }
    let small = paragraphs::small(&columns.lines, body);
    let blocks = paragraphs::blocks(&columns.lines, body, small);
    let mut notes = vec![msg!("import.note.pdf", n = columns.lines.len())];
    let headed = heads + interpreter.marked as usize;
    let margin = columns.notes + interpreter.askew as usize;
    let small = columns.lines.iter().filter(|it| it.size() < small).count();
    let unseen = interpreter.unseen as usize;
    let comments = comments(&document, &pages);
    let damaged = interpreter.unpacking.damaged as usize;
    let letters = usize::try_from(interpreter.unknown).unwrap_or(usize::MAX);
    let counted = [
        (headed, msg!("import.note.pdf.heads", n = headed)),
        (numbers, msg!("import.note.pdf.numbers", n = numbers)),
        (margin, msg!("import.note.pdf.margin", n = margin)),
        (small, msg!("import.note.pdf.small", n = small)),
        (unseen, msg!("import.note.pdf.unseen", n = unseen)),
        (comments, msg!("import.note.comments", n = comments)),
        (columns.pages, msg!("import.note.pdf.columns", n = columns.pages)),
        (damaged, msg!("import.note.pdf.damaged", n = damaged)),
        (letters, msg!("import.note.pdf.letters", n = letters)),
    ];
    notes.extend(counted.into_iter().filter(|(n, _)| *n > 0).map(|(_, note)| note));
    Ok(Content { notes, ..Content::of(blocks) })
}

/// What stands in the way of reading any text.
fn refuse(interpreter: &Interpreter<'_>, pages: usize) -> Result<(), Unreadable> {
    let fault = |what: Message, fix: Message| Err(Unreadable::new(what, fix));
    if interpreter.beyond || interpreter.unpacking.beyond > 0 {
        return fault(msg!("import.pdf.beyond"), msg!("import.pdf.damaged.fix"));
    }
    let nothing = interpreter.known + interpreter.unknown == 0;
    if pages == 0 || (nothing && interpreter.unpacking.damaged > 0) {
        return fault(msg!("import.pdf.damaged"), msg!("import.pdf.damaged.fix"));
    }
    if nothing {
        return fault(msg!("import.pdf.no-text", n = pages), msg!("import.pdf.no-text.fix"));
    }
    // A letter here and there may be lost, and is told; where a fifth is, nobody could code it.
    if interpreter.unknown * 4 > interpreter.known {
        return fault(msg!("import.pdf.letters"), msg!("import.pdf.no-text.fix"));
    }
    Ok(())
}

/// How many notes readers have put on the pages.
fn comments(document: &Document, pages: &[file::Page<'_>]) -> usize {
    let on_page = |page: &file::Page<'_>| {
        let notes = page.dictionary.get(b"Annots").map(|it| file::resolve(document, it));
        let Ok(Object::Array(notes)) = notes else { return 0 };
        notes.iter().filter(|it| is_comment(document, it)).count()
    };
    pages.iter().map(on_page).sum()
}

fn is_comment(document: &Document, note: &Object) -> bool {
    let Object::Dictionary(note) = file::resolve(document, note) else { return false };
    let says = |text: &Object| matches!(text, Object::String(text, _) if !text.is_empty());
    let kind = note.get(b"Subtype").map(|it| file::resolve(document, it));
    let kind = matches!(kind, Ok(Object::Name(kind)) if matches!(
        kind.as_slice(),
        b"Text" | b"FreeText" | b"Highlight" | b"Underline" | b"StrikeOut" | b"Squiggly" | b"Caret"
    ));
    kind && note.get(b"Contents").is_ok_and(|it| says(file::resolve(document, it)))
}
