//! Quotations by their marks: the pairs of six languages, straight ones too.
//!
//! What opens and what closes is told by the mark and by what stands beside it, because `“` closes in German what it opens in
//! English, and `’` is an apostrophe as often as an end.

use std::ops::Range;

/// A stretch between quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    /// The bytes between the marks.
    pub(super) inner: Range<usize>,
    /// The same with the marks.
    pub(super) outer: Range<usize>,
}

/// The quotations of a paragraph, in order; those inside others belong to these.
#[must_use]
pub(super) fn marked(text: &str) -> Vec<Marked> {
    let all: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        match opened(&all, at).and_then(|closers| closed(text, &all, at, closers)) {
            Some(end) => {
                let (from, open) = all[at];
                let (to, close) = all[end];
                let inner = from + open.len_utf8()..to;
                if text[inner.clone()].chars().any(char::is_alphabetic) {
                    found.push(Marked { inner, outer: from..to + close.len_utf8() });
                }
                at = end + 1;
            }
            None => at += 1,
        }
    }
    found
}

/// The mark that opens a quotation which a paragraph does not close, if there is one.
#[must_use]
pub(super) fn left_open(text: &str) -> Option<char> {
    let last = marked(text).last().map_or(0, |it| it.outer.end);
    let rest = text.get(last..)?;
    rest.chars().find(|it| matches!(it, '“' | '„' | '«'))
}

/// What closes the quotation that opens here, if one does.
fn opened(all: &[(usize, char)], at: usize) -> Option<&'static [char]> {
    let before = at.checked_sub(1).and_then(|at| all.get(at)).map(|it| it.1);
    let after = all.get(at + 1).map(|it| it.1)?;
    let free =
        before.is_none_or(|it| !it.is_alphanumeric() && !matches!(it, '.' | ',' | '!' | '?'));
    let tight = !after.is_whitespace() && !matches!(after, '.' | ',' | ';' | ':' | ')');
    match all.get(at)?.1 {
        '“' => Some(&['”']),
        '„' => Some(&['“', '”']),
        '«' if before.is_none_or(|it| !it.is_alphanumeric()) => Some(&['»']),
        '»' if free && after.is_alphanumeric() => Some(&['«']),
        '‹' if before.is_none_or(|it| !it.is_alphanumeric()) => Some(&['›']),
        '›' if free && after.is_alphanumeric() => Some(&['‹']),
        '”' if free && after.is_alphanumeric() => Some(&['”']),
        '‘' if free && tight => Some(&['’']),
        '‚' if free && tight => Some(&['‘', '’']),
        '"' if free && tight => Some(&['"']),
        '\'' if free && tight => Some(&['\'']),
        _ => None,
    }
}

/// The place of the mark that closes what opens at `at`.
fn closed(text: &str, all: &[(usize, char)], at: usize, closers: &[char]) -> Option<usize> {
    let opener = all.get(at)?.1;
    if closers.iter().any(|it| matches!(it, '’' | '\'')) {
        return after_apostrophes(text, all, at, closers);
    }
    let (mut depth, mut first) = (0_usize, None);
    for (place, (_, mark)) in all.iter().enumerate().skip(at + 1) {
        if closers.contains(mark) && is_end(all, place, opener) {
            first = first.or(Some(place));
            if depth == 0 {
                return Some(place);
            }
            depth -= 1;
        } else if *mark == opener && !closers.contains(&opener) {
            depth += 1;
        }
    }
    // Somebody forgot a mark inside.
    first
}

/// Whether a straight mark ends something: it stands at words, not before them.
fn is_end(all: &[(usize, char)], place: usize, opener: char) -> bool {
    if opener != '"' {
        return true;
    }
    let after = all.get(place + 1).is_none_or(|it| !it.1.is_alphanumeric());
    after && place.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|it| !it.1.is_whitespace())
}

/// The same for marks that are apostrophes too: the one before a bracket, else the first that can be an end.
fn after_apostrophes(
    text: &str,
    all: &[(usize, char)],
    at: usize,
    closers: &[char],
) -> Option<usize> {
    let opener = all.get(at)?.1;
    let mut first = None;
    for (place, (byte, mark)) in all.iter().enumerate().skip(at + 1) {
        let before = all.get(place - 1).is_some_and(|it| !it.1.is_whitespace());
        let after = all.get(place + 1).is_none_or(|it| !it.1.is_alphanumeric());
        if closers.contains(mark) && before && after {
            first = first.or(Some(place));
            let rest = text.get(byte + mark.len_utf8()..).unwrap_or_default();
            let rest = rest.trim_start_matches(['.', ',', ';', ':', '!', '?', ' ', '\u{a0}']);
            if rest.is_empty() || rest.starts_with(['(', '[']) {
                return Some(place);
            }
        } else if *mark == opener && opener != '\'' {
            break;
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        marked(text).into_iter().map(|it| &text[it.inner]).collect()
    }

    #[test]
    fn the_marks_of_six_languages_open_and_close() {
        for (text, expected) in [
            ("She said “we go round” (P1).", vec!["we go round"]),
            ("Sie sagte: „Wir gehen reihum“ (P1).", vec!["Wir gehen reihum"]),
            ("Elle dit : « on tourne » (P1).", vec![" on tourne "]),
            ("Dijo: «vamos rotando» (P1).", vec!["vamos rotando"]),
            ("Er sagte: »Wir gehen reihum« (P1).", vec!["Wir gehen reihum"]),
            ("‹kurz› und ›lang‹.", vec!["kurz", "lang"]),
            ("It is ‘the coders’ turn, isn’t it’ (P1).", vec!["the coders’ turn, isn’t it"]),
            ("Hon sa ”vi turas om” (P1).", vec!["vi turas om"]),
            ("A \"straight one\" and 'don't stop' (P1).", vec!["straight one", "don't stop"]),
            ("“He said ‘no’ to us” (P1)", vec!["He said ‘no’ to us"]),
            ("the coders’ and the groups’ work, 5'10\"", vec![]),
            ("“never closed", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
        assert_eq!(left_open("He said “one” and “two"), Some('“'));
        assert_eq!(left_open("He said “one”"), None);
    }
}
