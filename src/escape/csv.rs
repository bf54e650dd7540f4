//! A spreadsheet runs a cell that starts like a formula; a guard before it makes it text again.

use std::borrow::Cow;

/// Characters that make a spreadsheet take a cell for a formula.
const STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn is_risky(text: &str) -> bool {
    // Any run of guards counts, or else `'-` and `''-` would come out the same.
    text.trim_start_matches('\'').starts_with(STARTS)
}

/// Puts a `'` before free text that a spreadsheet would run, or that already bears such a guard.
#[must_use]
pub fn guard(text: &str) -> Cow<'_, str> {
    if is_risky(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes off exactly what [`guard`] put on.
#[must_use]
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => text,
    }
}

/// A text as a cell of a comma-separated row, in quotes where it has to be.
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

/// Makes one line of a field of an append-only file: a line break becomes `\n`, a backslash `\\`. A
/// zero byte, by which readers know what a power cut has lost, becomes `�`.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r', '\\', '\0']) {
        return Cow::Borrowed(text);
    }
    let text = text.replace('\\', "\\\\").replace("\r\n", "\\n").replace('\0', "\u{fffd}");
    Cow::Owned(text.replace(['\n', '\r'], "\\n"))
}

/// Undoes [`one_line`]; a backslash before anything else stays as it is.
#[must_use]
pub fn many_lines(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('\\', Some('n')) => {
                characters.next();
                out.push('\n');
            }
            ('\\', Some('\\')) => {
                characters.next();
                out.push('\\');
            }
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_formula_is_guarded_and_plain_text_is_not() {
        assert_eq!(guard("=1+1"), "'=1+1");
        assert_eq!(guard("'=1+1"), "''=1+1");
        assert_eq!(guard("'tis"), "'tis");
        assert_eq!(unguard("'tis"), "'tis");
    }

    proptest! {
        #[test]
        fn taking_the_guard_off_gives_the_text_back(text in "['=+@a-]{0,4}.{0,5}") {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), text.as_str());
        }

        #[test]
        fn one_line_is_one_line_and_comes_back(text in "[a\\\\n\n]{0,9}") {
            let line = one_line(&text).into_owned();
            prop_assert!(!line.contains('\n'));
            let back = many_lines(&line);
            prop_assert_eq!(back.as_ref(), text.as_str());
        }
    }
}
