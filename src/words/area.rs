//! How a file of sentences is written: for people who translate, and so that two changes merge.
//!
//! ```text
//! # What is said of the demo.
//!
//! demo.done
//! en Done: {n} {n|unit|units}.
//! es Hecho: {n} {n|unidad|unidades}.
//! ```
//!
//! A blank line parts entries, a line that starts with `#` is a comment. A sentence of several lines
//! has `en` or `es` before each of them; `en` alone is an empty line.

use std::borrow::Cow;

/// One sentence: key, English, Spanish.
pub(super) type Entry = (&'static str, Cow<'static, str>, Cow<'static, str>);

/// Reads the sentences of one area.
///
/// # Errors
///
/// The first line that is none of an entry's, counted from 1.
pub(super) fn parse(text: &'static str) -> Result<Vec<Entry>, usize> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut open = false;
    for (at, line) in text.lines().enumerate() {
        if line.is_empty() {
            open = false;
        } else if line.starts_with('#') && !open {
        } else if let (Some((_, english, spanish)), true) = (entries.last_mut(), open) {
            match (spoken(line, "en"), spoken(line, "es")) {
                (Some(said), _) if spanish.is_empty() => add(english, said),
                (_, Some(said)) if !english.is_empty() => add(spanish, said),
                _ => return Err(at + 1),
            }
        } else {
            entries.push((line, Cow::Borrowed(""), Cow::Borrowed("")));
            open = true;
        }
    }
    Ok(entries)
}

/// What a line says in a language, if it is one of that language's.
fn spoken(line: &'static str, language: &str) -> Option<&'static str> {
    let rest = line.strip_prefix(language)?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix(' ') }
}

fn add(sentence: &mut Cow<'static, str>, said: &'static str) {
    if sentence.is_empty() {
        *sentence = Cow::Borrowed(said);
    } else {
        let whole = sentence.to_mut();
        whole.push('\n');
        whole.push_str(said);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_of_several_lines_keeps_its_line_breaks_and_blanks() {
        let text =
            "# About.\n\na.b\nen One\nen   two\nen\nes Uno\nes   dos\nes\n\na.c\nen x\nes y\n";
        let entries = parse(text).unwrap();
        assert_eq!(entries[0], ("a.b", "One\n  two\n".into(), "Uno\n  dos\n".into()));
        assert_eq!(entries[1], ("a.c", "x".into(), "y".into()));
    }

    #[test]
    fn a_line_that_belongs_to_no_language_is_named() {
        assert_eq!(parse("a.b\nen One\nfr Un\n"), Err(3));
        assert_eq!(parse("a.b\nes Uno\nen One\n"), Err(2), "English comes first");
        assert_eq!(parse("a.b\nen One\nes Uno\nen Two\n"), Err(4));
    }
}
