//! Beginnings of paragraphs that recur and were not taken for labels: a person may see one that is.

use std::collections::BTreeMap;

use super::shape::{key, shown};

/// Fewer may be chance.
const FEWEST: usize = 3;
/// No beginning is longer, in characters.
const LONGEST: usize = 40;
/// More are not listed.
const MOST: usize = 6;

/// Words before a mark at the beginning of paragraphs that recur in three of a hundred or more, and how often,
/// most first.
pub fn recurring<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut starts: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let mut all = 0;
    for text in texts {
        all += 1;
        if let Some(start) = start(text) {
            starts.entry(key(start)).or_insert_with(|| (shown(start), 0)).1 += 1;
        }
    }
    let often = |it: &(String, usize)| it.1 >= FEWEST && it.1 * 100 >= all * 3;
    let mut found: Vec<(String, usize)> = starts.into_values().filter(often).collect();
    found.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    found.truncate(MOST);
    found
}

/// What stands before a colon, bar or like mark at the beginning of a paragraph: up to four words.
fn start(text: &str) -> Option<&str> {
    let marks =
        |it: char| matches!(it, ':' | '：' | '|' | '\t' | '>' | '=' | ']' | '}' | '–' | '—');
    let (at, mark) = text.char_indices().take(LONGEST).skip(1).find(|(_, it)| marks(*it))?;
    let start = text.get(..at)?.trim();
    let after = text.get(at + mark.len_utf8()..)?;
    let clock = mark == ':'
        && start.ends_with(|it: char| it.is_ascii_digit())
        && after.starts_with(|it: char| it.is_ascii_digit());
    let words = start.split_whitespace().count();
    let lone = matches!(mark, ']' | '}') && !start.starts_with(['[', '{']);
    let sound =
        start.chars().any(char::is_alphanumeric) && (1..=4).contains(&words) && !clock && !lone;
    (sound && !start.contains(['.', '?', '!', ',', ';']))
        .then(|| start.trim_start_matches(['[', '{', '(', '<']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_that_recurs_is_found_and_a_clock_is_not() {
        let texts =
            ["Nota: a", "Nota: b", "nota : c", "10:30 came", "10:45 went", "10:50 x", "So, we: x"];
        assert_eq!(recurring(texts.into_iter()), [("Nota".to_owned(), 3)]);
    }
}
