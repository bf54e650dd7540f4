//! Pieces of a page into rows of words, from top to bottom and from left to right.

use super::interpreter::GAP;
use super::piece::Piece;

/// Pieces whose bases differ by less than this part of the letters' size stand in one row: a raised number
/// does.
const SAME_ROW: f32 = 0.4;
/// A gap of this many letters' sizes parts what stands side by side.
const SIDE_BY_SIDE: f32 = 1.2;

/// What stands at one height of a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) base: f32,
    pub(super) size: f32,
    /// Its words, from the left.
    pub(super) words: Vec<Piece>,
    /// Whether a number in the margin stood before it.
    pub(super) numbered: bool,
}

/// Words of a row that stand close together.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) size: f32,
    pub(super) text: String,
    /// How many bytes at its beginning are bold.
    pub(super) strong: usize,
    /// How wide its first word is.
    pub(super) first: f32,
}

impl Segment {
    pub(super) fn is_bold(&self) -> bool {
        self.strong >= self.text.len()
    }

    pub(super) fn letters(&self) -> usize {
        self.text.chars().count()
    }
}

/// The rows of a page.
pub(super) fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    pieces.sort_by(|one, other| {
        other.base.total_cmp(&one.base).then(one.left.total_cmp(&other.left))
    });
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if (row.base - piece.base).abs() < SAME_ROW * row.size.max(piece.size) => {
                // The larger letters say where the row stands.
                if piece.size > row.size {
                    (row.base, row.size) = (piece.base, piece.size);
                }
                row.words.push(piece);
            }
            _ => rows.push(Row {
                base: piece.base,
                size: piece.size,
                words: vec![piece],
                numbered: false,
            }),
        }
    }
    for row in &mut rows {
        row.words.sort_by(|one, other| one.left.total_cmp(&other.left));
        row.words = joined(std::mem::take(&mut row.words));
    }
    rows
}

/// Pieces that touch are one word; one that is drawn twice to look bold is there once.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut words: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut last: Option<(f32, String)> = None;
    for piece in pieces {
        let again = last.as_ref().is_some_and(|(left, text)| {
            *text == piece.text && (piece.left - left).abs() < 0.1 * piece.size
        });
        if again {
            continue;
        }
        last = Some((piece.left, piece.text.clone()));
        match words.last_mut() {
            Some(word) if piece.left - word.right < GAP * word.size.max(piece.size) => {
                word.text.push_str(&piece.text);
                word.right = word.right.max(piece.right);
                word.size = word.size.max(piece.size);
                word.bold &= piece.bold;
            }
            _ => words.push(piece),
        }
    }
    words
}

impl Row {
    /// Its words, parted where they stand far from one another.
    pub(super) fn segments(&self) -> Vec<Segment> {
        let mut segments: Vec<Segment> = Vec::new();
        for word in &self.words {
            match segments.last_mut() {
                Some(last) if word.left - last.right < SIDE_BY_SIDE * last.size.max(word.size) => {
                    if word.bold && last.is_bold() {
                        last.strong = last.text.len() + 1 + word.text.len();
                    }
                    last.text.push(' ');
                    last.text.push_str(&word.text);
                    last.right = last.right.max(word.right);
                    last.size = last.size.max(word.size);
                }
                _ => segments.push(Segment {
                    left: word.left,
                    right: word.right,
                    size: word.size,
                    strong: if word.bold { word.text.len() } else { 0 },
                    first: word.right - word.left,
                    text: word.text.clone(),
                }),
            }
        }
        segments
    }

    /// Its text, as somebody reads it who sees no gaps.
    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|it| it.text.as_str()).collect();
        words.join(" ")
    }
}
