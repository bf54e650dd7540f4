//! Whether texts that stand where a file may name who speaks are names: the same few come back.

use std::collections::BTreeSet;

/// Whether these are names: so many at least, brief, two or more, and each comes back.
pub(super) fn are_names(names: &[&str], fewest: usize) -> bool {
    let different: BTreeSet<&str> = names.iter().copied().collect();
    names.len() >= fewest
        && different.len() >= 2
        && different.len() * 2 <= names.len()
        && different.into_iter().all(is_brief)
}

/// Whether a text is no longer than a name with a function, and no sentence.
pub(super) fn is_brief(name: &str) -> bool {
    (1..=60).contains(&name.len())
        && name.chars().any(char::is_alphabetic)
        && !name.ends_with(['.', '?', '!', '…', ','])
        && name.split_whitespace().count() <= 6
}
