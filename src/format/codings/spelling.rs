//! Spellings that look or mean the same: capitals, spaces, the form of accents, `1`, `1.0` and `01`.
//!
//! Two people type one code in two ways, a Mac writes é as two characters, R and pandas make 1.0 of 1, and a
//! spreadsheet drops the zero of 01. None of it is a disagreement.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::format::names::near::distance;

/// What all spellings of one name have in common.
pub(super) fn key(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    for character in text.nfc().flat_map(plain).flat_map(char::to_lowercase) {
        match character {
            // Marks that show nothing.
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            it if it.is_whitespace() => space = true,
            it => {
                if space && !folded.is_empty() {
                    folded.push(' ');
                }
                space = false;
                folded.push(match it {
                    '‘' | '’' | 'ʼ' | '`' | '´' => '\'',
                    '“' | '”' | '„' => '"',
                    '‐' | '‑' | '–' | '−' => '-',
                    it => it,
                });
            }
        }
    }
    // What lower case takes apart (İ) is put together again.
    let folded: String = if folded.is_ascii() { folded } else { folded.nfc().collect() };
    whole_number(&folded).unwrap_or(folded)
}

/// Letters that are others drawn together or wide: `ﬁ`, `Ａ`.
fn plain(character: char) -> impl Iterator<Item = char> {
    let drawn = matches!(character, '\u{fb00}'..='\u{fb06}' | '\u{ff01}'..='\u{ff5e}');
    let apart: Vec<char> = if drawn { character.nfkc().collect() } else { vec![character] };
    apart.into_iter()
}

/// What remains of a name without what eyes pass over: accents, blanks, hyphens, quotation marks, full stops.
fn bones(key: &str) -> String {
    let passed =
        |it: &char| it.is_whitespace() || "-_.,:/'\"()[]".contains(*it) || is_combining_mark(*it);
    let letters = key.nfkd().filter(|it| !passed(it));
    letters.flat_map(|it| if it == 'ß' { vec!['s', 's'] } else { vec![it] }).collect()
}

/// Names that look alike although they are not spelled as one: by all but what eyes pass over, or a rare one that is
/// a letter away from a common one. Each group as it is written.
pub(super) fn alike(names: &[(String, u64)]) -> Vec<String> {
    /// More names than this are not codes.
    const MOST: usize = 500;
    if names.len() > MOST {
        return Vec::new();
    }
    let keys: Vec<String> = names.iter().map(|(name, _)| key(name)).collect();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, key) in keys.iter().enumerate() {
        let bones = bones(key);
        if bones.chars().any(char::is_alphabetic) {
            groups.entry(bones).or_default().push(at);
        }
    }
    let name = |at: usize| names.get(at).map_or("", |it| it.0.as_str());
    let times = |at: usize| names.get(at).map_or(0, |it| it.1);
    let shared: Vec<&Vec<usize>> = groups.values().filter(|it| it.len() > 1).collect();
    let mut found: Vec<String> = shared
        .iter()
        .map(|it| it.iter().map(|at| name(*at)).collect::<Vec<_>>().join(" / "))
        .collect();
    let grouped = |at: usize| shared.iter().any(|it| it.contains(&at));
    let worded = |key: &str| key.chars().count() >= 6 && key.chars().all(|it| !it.is_numeric());
    for (rare, key) in keys.iter().enumerate().filter(|(at, key)| worded(key) && !grouped(*at)) {
        let other = keys.iter().enumerate().find(|(at, other)| {
            *at != rare && times(*at) >= 4 * times(rare) && distance(key, other) == 1
        });
        if let Some((other, _)) = other {
            found.push(format!("{} / {}", name(other), name(rare)));
        }
    }
    found
}

/// A whole number as it is written shortest: `1` for `01`, `1.0`, `1,00` and `+1`.
fn whole_number(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let is_number = !whole.is_empty() && whole.bytes().all(|it| it.is_ascii_digit());
    if !is_number || fraction.bytes().any(|it| it != b'0') {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    Some(if whole.is_empty() { "0".to_owned() } else { format!("{sign}{whole}") })
}

/// Names gathered by what their spellings have in common, with how often each spelling occurs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spellings(BTreeMap<String, BTreeMap<String, u64>>);

impl Spellings {
    /// Counts a spelling.
    pub(super) fn add(&mut self, spelling: &str, times: u64) {
        let of_key = self.0.entry(key(spelling)).or_default();
        *of_key.entry(spelling.to_owned()).or_default() += times;
    }

    /// The spelling that stands for all: the commonest, of equals the shortest, then the first in the alphabet.
    pub(super) fn best(&self, key: &str) -> Option<&str> {
        let of_key = self.0.get(key)?;
        let rank = |(spelling, times): &(&String, &u64)| {
            (std::cmp::Reverse(**times), spelling.len(), (*spelling).clone())
        };
        of_key.iter().min_by_key(rank).map(|(spelling, _)| spelling.as_str())
    }

    /// How often a name occurs, however it is spelled.
    pub(super) fn times(&self, name: &str) -> u64 {
        self.0.get(&key(name)).map_or(0, |it| it.values().sum())
    }

    /// What was taken as one, each as `Trust = trust, TRUST`.
    pub(super) fn joined(&self) -> Vec<String> {
        let one = |(key, of_key): (&String, &BTreeMap<String, u64>)| {
            let best = self.best(key)?;
            let others = of_key.keys().filter(|it| *it != best);
            let others: Vec<String> = others.map(|it| visible(it, best)).collect();
            (!others.is_empty()).then(|| format!("{best} = {}", others.join(", ")))
        };
        self.0.iter().filter_map(one).collect()
    }
}

/// A spelling beside another that it may look like: what cannot be seen is told.
fn visible(spelling: &str, beside: &str) -> String {
    let composed: String = spelling.nfc().collect();
    if composed == beside || composed.nfc().eq(beside.nfc()) {
        return format!("{composed} (NFD)");
    }
    if spelling.trim() != spelling || spelling.contains("  ") || spelling.contains('\u{a0}') {
        return format!("“{spelling}”");
    }
    spelling.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_key_and_other_names_do_not() {
        for same in [
            ["Trust", "trust", " TRUST "],
            ["1", "1.0", "01"],
            ["007", "7", "7,00"],
            ["-1", "-01", "\u{2212}1.0"],
            ["caf\u{e9}", "cafe\u{301}", "CAFÉ"],
            ["two words", "two  words", "two\u{a0}words"],
            ["don't know", "don’t know", "Don’t  know"],
        ] {
            assert!(same.iter().all(|it| key(it) == key(same[0])), "{same:?}");
        }
        for [one, other] in
            [["1.1", "1.10"], ["cafe", "café"], ["1-2", "12"], ["a b", "ab"], ["1.5", "1"]]
        {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
        assert_eq!(key("ﬁnance"), key("Finance"));
    }

    #[test]
    fn names_that_look_alike_are_told_and_signs_and_numbers_are_none() {
        let told = |names: &[(&str, u64)]| {
            let names: Vec<(String, u64)> =
                names.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
            alike(&names)
        };
        assert_eq!(told(&[("self help", 2), ("self-help", 3)]), ["self help / self-help"]);
        assert_eq!(told(&[("café", 1), ("cafe", 1)]), ["café / cafe"]);
        assert_eq!(told(&[("leadership", 9), ("leadershp", 1)]), ["leadership / leadershp"]);
        for apart in [
            [("1.5", 4), ("15", 4)],
            [("C", 4), ("C++", 4)],
            [("trust", 4), ("truss", 4)],
            [("high risk 1", 8), ("high risk 2", 1)],
            [("benefit", 8), ("cost", 1)],
        ] {
            assert_eq!(told(&apart), Vec::<String>::new(), "{apart:?}");
        }
    }
}
