//! Which column of a wide file is a coder's, by its name in six languages.
//!
//! A sheet on which people code has columns beside: notes, the passage, who speaks, when, what was settled on.
//! None of them is a coder, and what was settled on least of all: it would agree with everybody.

use std::collections::BTreeSet;

use super::column_words::{BESIDE, CODERS, NUMBERING, OWN, SETTLED, Words};
use crate::language::fold;

/// What a heading says of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// What coders settled on, or a standard.
    Settled,
    /// Something beside codings.
    Beside,
    /// Nothing that speaks against a coder.
    Maybe,
}

/// What a heading says of its column.
pub(super) fn named(heading: &str) -> Named {
    let words = words(heading);
    let any = |list: Words| words.iter().any(|word| list.has(word));
    let together: String = words.concat();
    let whole = fold(heading.trim());
    if any(SETTLED) || SETTLED.has(&together) {
        return Named::Settled;
    }
    let generated = whole.is_empty() || whole.starts_with("unnamed:") || whole.starts_with("...");
    if generated || any(BESIDE) || BESIDE.has(&together) || NUMBERING.has(&whole) {
        return Named::Beside;
    }
    Named::Maybe
}

/// Whether a name is evidently one of a coder: `rater1`, `coder_b`, `C2`.
pub(super) fn is_coder(name: &str) -> bool {
    let words = words(name);
    let word = words.first().map(String::as_str).unwrap_or_default();
    let letters = word.trim_end_matches(|it: char| it.is_ascii_digit());
    let numbered = letters.len() < word.len();
    let longer = letters.chars().count() > 3;
    CODERS.has(letters) && (numbered || longer || words.len() > 1)
}

/// Whether a name is evidently one of somebody who codes: a coder's, or a given name.
pub(super) fn is_somebody(name: &str) -> bool {
    let first = words(name);
    is_coder(name) || first.first().is_some_and(|it| crate::language::is_given_name(it))
}

/// Whether a word of a heading that may stand for what was settled on, such as `decision`, stands in another, too.
pub(super) fn is_each_ones(heading: &str, all: &[String]) -> bool {
    let own: Vec<String> = words(heading).into_iter().filter(|it| OWN.has(it)).collect();
    let holds = |it: &String| words(it).iter().any(|word| own.contains(word));
    !own.is_empty() && all.iter().filter(|it| holds(it)).count() > 1
}

/// Whether a heading says how sure a coder was, so that its column is no code's although each coder has one.
pub(super) fn is_of_decisions(heading: &str) -> bool {
    const WORDS: [&str; 9] = [
        "confidence",
        "certainty",
        "certeza",
        "certezza",
        "sure",
        "unsure",
        "sicherheit",
        "duration",
        "status",
    ];
    words(heading).iter().any(|it| WORDS.contains(&it.as_str()))
}

/// The words of a heading, folded: at every mark, and where capitals begin one (`coderNotes`).
fn words(heading: &str) -> Vec<String> {
    let mut parted = String::with_capacity(heading.len() + 4);
    let mut lower = false;
    for character in heading.chars() {
        if character.is_uppercase() && lower {
            parted.push(' ');
        }
        lower = character.is_lowercase();
        parted.push(character);
    }
    let folded = fold(&parted);
    let parts = folded.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    parts.map(str::to_owned).collect()
}

/// Whether headings number one series, as units do: `1,2,3`, `u1,u2`, `T0:1`.
pub(super) fn is_series(headings: &[&str]) -> bool {
    let parts = |heading: &&str| -> Option<(String, u64)> {
        let stem = heading.trim_end_matches(|it: char| it.is_ascii_digit());
        let number = heading.get(stem.len()..)?.parse().ok()?;
        Some((stem.to_owned(), number))
    };
    let parts: Option<Vec<(String, u64)>> = headings.iter().map(parts).collect();
    let Some(parts) = parts else { return false };
    let one_stem = parts.windows(2).all(|it| it[0].0 == it[1].0);
    let numbers: BTreeSet<u64> = parts.iter().map(|it| it.1).collect();
    one_stem && numbers.len() == parts.len() && parts.len() > 1
}

/// Whether a heading numbers rows, if it is no answer: `no`, `n`.
pub(super) fn is_numbering(heading: &str) -> bool {
    NUMBERING.has(&fold(heading.trim()))
}

/// Whether a heading says that its column names coders.
pub(super) fn is_coder_heading(heading: &str) -> bool {
    let words = words(heading);
    matches!(words.as_slice(), [word, rest @ ..] if rest.len() < 2 && word.len() > 3 && CODERS.has(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_beside_codings_are_known_by_their_names() {
        for beside in [
            "notes",
            "Ann's comments",
            "coderNotes",
            "notas",
            "Observaciones",
            "Remarques",
            "Bemerkung",
            "Texto",
            "speaker",
            "Hablante",
            "Datei",
            "id",
            "unit_id",
            "#",
            "date",
            "Unnamed: 0",
            "",
            "Osservazioni",
            "comentário",
            "confidence",
            "timestamp",
            "match?",
        ] {
            assert_eq!(named(beside), Named::Beside, "{beside}");
        }
        for settled in [
            "consensus",
            "Final",
            "gold",
            "gold_standard",
            "Konsens",
            "final code",
            "acordado",
            "Consenso",
            "FinalCode",
        ] {
            assert_eq!(named(settled), Named::Settled, "{settled}");
        }
        for maybe in
            ["ann", "Bo", "coder1", "rater_2", "Jörg", "María", "c1", "Coder A", "1", "A", "B"]
        {
            assert_eq!(named(maybe), Named::Maybe, "{maybe}");
        }
    }

    #[test]
    fn names_that_are_evidently_coders() {
        assert!(is_coder("rater1") && is_coder("C2") && is_coder("coder_b") && !is_coder("trust"));
    }
}
