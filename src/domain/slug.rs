//! Ids made from names: file names, speakers' labels, headers of a spreadsheet.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::id;

/// Makes an id from a name: accents fall off, other characters become `-`, a leading digit gets
/// `letter` before it, a name without a letter of the alphabet gives `None`.
///
/// The caller then numbers it (`S1`, `T1`); see [`unique`].
#[must_use]
pub fn slug(name: &str, letter: char) -> Option<String> {
    let mut out = String::new();
    for character in name.trim().nfd().filter(|it| !is_combining_mark(*it)) {
        if character.is_ascii_alphanumeric() || character == '_' {
            out.push(character);
        } else if let Some(spelled) = spelled(character) {
            out.push_str(spelled);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let trimmed = out.trim_matches(['-', '_']);
    if !trimmed.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let only_digits = trimmed.bytes().all(|byte| !byte.is_ascii_alphabetic());
    if only_digits && name.chars().any(char::is_alphabetic) {
        return None; // the letters were of another alphabet: digits alone would not name it
    }
    let mut id = String::new();
    if !trimmed.starts_with(|first: char| first.is_ascii_alphabetic()) {
        id.push(letter);
    }
    id.push_str(trimmed);
    id.truncate(60); // room for the number of a collision
    Some(id.trim_end_matches(['-', '_']).to_owned())
}

/// Letters that no accent explains.
fn spelled(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        'Œ' => "Oe",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' => "d",
        'Đ' => "D",
        _ => return None,
    })
}

/// Ids in use, regardless of case.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    ids: BTreeSet<String>,
    /// Per name without its number, the next number to try: those before are taken for ever.
    next: BTreeMap<String, u64>,
}

impl Taken {
    /// Whether an id is in use.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.ids.contains(&id.to_ascii_lowercase())
    }

    /// Takes an id; whether it was free.
    pub fn take(&mut self, id: &str) -> bool {
        self.ids.insert(id.to_ascii_lowercase())
    }
}

impl<I: AsRef<str>> FromIterator<I> for Taken {
    fn from_iter<T: IntoIterator<Item = I>>(ids: T) -> Self {
        let ids = ids.into_iter().map(|id| id.as_ref().to_ascii_lowercase());
        Self { ids: ids.collect(), next: BTreeMap::new() }
    }
}

/// An id for a name that differs, regardless of case, from all those taken, and is then taken itself.
///
/// A name that leaves nothing becomes `letter` and a number; a collision gets `-2`, `-3` …, a reserved
/// word `-1`.
pub fn unique(name: &str, letter: char, taken: &mut Taken) -> String {
    let base = slug(name, letter);
    // Many of one name, or of names in another alphabet, must not each count from 1. No slug has a blank.
    let counted = base.as_ref().map_or_else(|| format!("{letter} "), |it| it.to_ascii_lowercase());
    let mut number = taken.next.get(&counted).copied().unwrap_or(1);
    loop {
        let candidate = match &base {
            Some(base) if number == 1 && id::check(base).is_err() => format!("{base}-1"),
            Some(base) if number == 1 => base.clone(),
            Some(base) => format!("{base}-{number}"),
            None => format!("{letter}{number}"),
        };
        number += 1;
        if id::check(&candidate).is_ok() && taken.take(&candidate) {
            taken.next.insert(counted, number);
            return candidate;
        }
    }
}

/// The same as [`unique`], as an id of a kind.
pub fn unique_id<T: FromStr>(name: &str, letter: char, taken: &mut Taken) -> T {
    loop {
        // Each round takes another candidate, and what `unique` gives has the shape of every id.
        if let Ok(id) = unique(name, letter, taken).parse() {
            return id;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        for (name, id) in [
            ("CoP 31", "CoP-31"),
            ("Ana María", "Ana-Maria"),
            ("31", "T31"),
            ("DRA. ANA RUIZ", "DRA-ANA-RUIZ"),
            ("היו\"ר", "T1"),
            ("--", "T2"),
            ("cop 31", "cop-31-2"),
            ("none", "none-1"),
            ("Straße", "Strasse"),
        ] {
            let before: &[&str] = match name {
                "CoP 31" => &[],
                "--" => &["cop-31", "t1"],
                _ => &["cop-31"],
            };
            let mut taken: Taken = before.iter().collect();
            assert_eq!(unique(name, 'T', &mut taken), id, "{name}");
        }
    }

    #[test]
    fn ids_of_one_name_are_counted_on_and_pass_over_those_in_use() {
        let mut taken: Taken = ["ana-3", "S2"].into_iter().collect();
        let ids = ["Ana", "ana", "ANA", "Ana", "היו", "כהן", "s"];
        let ids = ids.map(|name| unique(name, 'S', &mut taken));
        assert_eq!(ids, ["Ana", "ana-2", "ANA-4", "Ana-5", "S1", "S3", "s"]);
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_name_an_id_comes_out(name in ".{0,90}") {
            let id = unique(&name, 'S', &mut Taken::default());
            proptest::prop_assert_eq!(id::check(&id), Ok(()));
        }
    }
}
