//! Whether a text says anything: a reason of blanks and marks that nobody can see is none.

/// The text without blanks and invisible marks around it; `None` where nothing can be read.
#[must_use]
pub fn said(text: &str) -> Option<&str> {
    let text = text.trim_matches(is_invisible);
    (!text.is_empty()).then_some(text)
}

/// Whether a character leaves no mark on the page: blanks, control characters, what only joins, parts or turns its
/// neighbours, and fillers (the default-ignorable characters of Unicode, and the two that look blank all the same).
fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_invisible_marks_say_nothing() {
        for nothing in
            ["", " ", "\u{a0}\t", "\u{200b}", "\u{2060}\u{feff} \u{ad}", "\u{3164}", "\u{2800}"]
        {
            assert_eq!(said(nothing), None, "{nothing:?}");
        }
        assert_eq!(said("\u{feff} a pilot\u{200b}"), Some("a pilot"));
        assert_eq!(said("?"), Some("?"));
    }
}
