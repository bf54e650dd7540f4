//! How names are compared: the same but for accents, capitals and signs, or a slip of the finger apart.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether two words are the same, accents, capitals and blanks around them ignored; signs count.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    one == other || letters(one.trim()).eq(letters(other.trim()))
}

/// Small letters without accents, signs as they are.
pub fn letters(text: &str) -> impl Iterator<Item = char> {
    text.nfkd().filter(|it| !is_combining_mark(*it)).flat_map(char::to_lowercase)
}

/// A text as names are compared: small letters and digits without accents, everything else one blank.
pub(super) fn folded(text: &str) -> String {
    let plain: String =
        letters(text).map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as names are compared, without the zeros before numbers and without blanks: `FG 01` is `fg1`.
#[must_use]
pub fn without_zeros(text: &str) -> String {
    let mut out = String::new();
    let mut in_number = false;
    let folded = folded(text);
    let mut characters = folded.chars().peekable();
    while let Some(character) = characters.next() {
        let goes_on = characters.peek().is_some_and(char::is_ascii_digit);
        let leads = character == '0' && !in_number && goes_on;
        in_number = character.is_ascii_digit() && (in_number || character != '0');
        if !leads && character != ' ' {
            out.push(character);
        }
    }
    out
}

/// The ids of those that a name may mean, the nearest first: it holds theirs or theirs holds it, or few letters differ.
pub(super) fn near<'a>(
    asked: &str,
    candidates: impl Iterator<Item = (&'a str, &'a [&'a str])>,
) -> Vec<String> {
    let wanted = folded(asked);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (id, names) in candidates {
        let called = std::iter::once(&id).chain(names).map(|text| folded(text));
        let best = called.filter_map(|name| distance(&wanted, &name)).min();
        found.extend(best.map(|best| (best, id)));
    }
    found.sort_by_key(|(best, _)| *best);
    found.into_iter().map(|(_, id)| id.to_owned()).take(3).collect()
}

/// The name that may be meant by another, if any may.
#[must_use]
pub fn nearest<'a>(asked: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    near(asked, names.map(|name| (name, &[][..]))).into_iter().next()
}

/// How far two folded names are apart, if one may be meant by the other.
fn distance(one: &str, other: &str) -> Option<usize> {
    // Whoever writes a book as a name meant no id.
    if one.len() > 200 || other.is_empty() {
        return None;
    }
    let letters = one.chars().count().max(other.chars().count());
    let edits = edits(one, other);
    if edits <= (letters / 4).max(usize::from(letters > 2)) {
        return Some(edits);
    }
    let holds = |long: &str, short: &str| {
        short.len() > 2 && format!(" {long} ").contains(&format!(" {short} "))
    };
    // What begins alike, or stands whole in the other, comes after slips of the finger.
    let begins = |long: &str, short: &str| short.len() > 2 && long.starts_with(short);
    let related =
        holds(one, other) || holds(other, one) || begins(one, other) || begins(other, one);
    related.then_some(100 + edits)
}

/// The fewest letters to put in, leave out or change (Levenshtein 1966), two changed places counting as one.
fn edits(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, theirs) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != theirs);
            let mut least = changed.min(last[column + 1] + 1).min(next[column] + 1);
            let swapped =
                row > 0 && column > 0 && one[row - 1] == *theirs && *letter == other[column - 1];
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_left_out_put_in_changed_and_swapped_are_counted() {
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(edits("ab", "ba"), 1);
        assert_eq!(edits("", "abc"), 3);
    }
}
