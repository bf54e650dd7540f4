//! Looking for a code by any of its words, in every language of the codebook; accents and capitals do not matter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::localized::Localized;
use crate::domain::study::Study;

/// A code that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) code: CodeIndex,
    pub(super) dimension: DimensionIndex,
    /// Its id and its name in the reader's language.
    pub(super) shown: String,
}

/// The rank of a code of which only letters were typed.
const GUESS: usize = 2;

/// The codes in force that a text may mean, the likeliest first, else in codebook order.
pub(super) fn find(study: &Study, text: &str, language: &str) -> Vec<Found> {
    let wanted: Vec<String> = plain(text).split_whitespace().map(ToOwned::to_owned).collect();
    let mut found: Vec<(usize, Found)> = Vec::new();
    for (dimension, _) in study.vocabulary.dimensions_in_force() {
        for (code, known) in study.vocabulary.codes_of(dimension) {
            let id = known.id.as_str();
            let name = study.codebook().name(id, language);
            let shown = if name == id { id.to_owned() } else { format!("{name} ({id})") };
            if let Some(rank) = rank(study, id, &wanted) {
                found.push((rank, Found { code, dimension, shown }));
            }
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    // Letters alone are a guess, which nobody needs where words were found.
    if found.first().is_some_and(|(rank, _)| *rank < GUESS) {
        found.retain(|(rank, _)| *rank < GUESS);
    }
    found.into_iter().map(|(_, found)| found).collect()
}

/// How well a code is meant: by its id or a name, by what its brief says, or by letters in their order.
fn rank(study: &Study, id: &str, wanted: &[String]) -> Option<usize> {
    let wording = study.codebook().wording(id);
    let all_of =
        |text: &Localized<String>| text.all().map(|it| plain(it)).collect::<Vec<_>>().join(" ");
    let names = wording.map(|it| all_of(&it.name)).unwrap_or_default();
    let names = format!("{} {names}", plain(id));
    let briefs = wording.map(|it| all_of(&it.brief)).unwrap_or_default();
    let all = |text: &str| wanted.iter().all(|word| text.contains(word.as_str()));
    if all(&names) {
        return Some(0);
    }
    if all(&format!("{names} {briefs}")) {
        return Some(1);
    }
    let typed: String = wanted.concat();
    in_order(&typed, &names).then_some(GUESS)
}

/// Whether the letters of one text come in the other in their order.
fn in_order(letters: &str, text: &str) -> bool {
    let mut rest = text.chars();
    letters.chars().all(|letter| rest.any(|it| it == letter))
}

/// A text in small letters without accents.
fn plain(text: &str) -> String {
    text.nfd().filter(|it| !is_combining_mark(*it)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_capitals_do_not_matter_and_letters_may_be_left_out() {
        assert_eq!(plain("Rotación  ÜBER"), "rotacion  uber");
        assert!(in_order("rtr", "rotating roles"));
        assert!(!in_order("rtz", "rotating roles"));
    }
}
