//! Pieces of speech, as captions and machines cut them, into paragraphs of natural length.
//!
//! A caption holds what fits on a screen, a segment what a machine heard in one go; neither is a paragraph.
//! Pieces of one speaker are one paragraph until the speaker pauses, or, once it is long, ends a sentence.

use crate::read::block::Piece;

/// A pause of this length, in thousandths of a second, begins a new paragraph.
const PAUSE: u64 = 3_000;
/// From this length on, in characters, a paragraph ends with its sentence.
const LONG: usize = 600;
/// At this length it ends with any piece: some captions have no full stops.
const LONGEST: usize = 1_500;

/// Whether a piece goes on in the paragraph before it, which has this text and ends at this moment.
pub(super) fn goes_on(text: &str, end: u64, piece: Piece) -> bool {
    if piece.from >= end.saturating_add(PAUSE) {
        return false;
    }
    // Bytes are quicker, and never fewer than characters.
    if text.len() < LONG {
        return true;
    }
    let length = text.chars().count();
    length < LONG || (length < LONGEST && !ends_sentence(text))
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '»', ')', ']', '\'']);
    text.ends_with(['.', '?', '!', '…', '。', '？', '！', '؟', '।'])
}

/// Adds a piece to a paragraph. In scripts without spaces between words there is none between pieces.
pub(super) fn append(text: &mut String, piece: &str) {
    let meet = text.chars().next_back().zip(piece.chars().next());
    let close = meet.is_some_and(|(last, first)| is_unspaced(last) && is_unspaced(first));
    if !close && !text.is_empty() {
        text.push(' ');
    }
    text.push_str(piece);
}

/// Whether a character is of a script that puts no spaces between words: Chinese, Japanese, Thai …
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn go_on(text: &str, pause: u64) -> bool {
        goes_on(text, 10_000, Piece { from: 10_000 + pause, to: 20_000 })
    }

    #[test]
    fn a_paragraph_ends_at_a_pause_or_when_long_at_the_end_of_a_sentence() {
        let words = "word ".repeat(120);
        assert!(go_on("Short.", 0) && go_on("Short.", 2_999));
        assert!(!go_on("Short.", 3_000));
        assert!(go_on(&words, 0));
        assert!(!go_on(&format!("{words}end."), 0));
        assert!(!go_on(&words.repeat(3), 0));
        // One that begins before the other ended is no pause.
        assert!(goes_on("Short.", 10_000, Piece { from: 2_000, to: 3_000 }));
    }

    #[test]
    fn pieces_meet_with_a_space_where_the_script_has_one() {
        for (text, piece, expected) in [
            ("so", "yes", "so yes"),
            ("とても長く", "待ちました。", "とても長く待ちました。"),
            ("", "a", "a"),
        ] {
            let mut text = text.to_owned();
            append(&mut text, piece);
            assert_eq!(text, expected);
        }
    }
}
