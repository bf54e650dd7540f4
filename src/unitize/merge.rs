//! Labels that name one person twice: `ADA POE` and `ADA POE, DIRECTOR`.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::draft::Label;
use super::shape::{base, key, shown};

/// For each accepted candidate the one that stands for it: itself, or an earlier one with the same full
/// name and another title after a comma or in brackets.
///
/// One word is no full name: `Ana (mother)` and `Ana (teacher)` stay two.
pub(super) fn same_person(all: &[Candidate], accepted: &[bool]) -> Vec<usize> {
    let mut by_base: BTreeMap<String, usize> = BTreeMap::new();
    let mut stands_for: Vec<usize> = (0..all.len()).collect();
    for (at, candidate) in all.iter().enumerate() {
        if !accepted.get(at).is_some_and(|it| *it) || candidate.shape.words < 2 {
            continue;
        }
        let full_name = key(base(&shown(&candidate.text)));
        let first = *by_base.entry(full_name).or_insert(at);
        if let Some(slot) = stands_for.get_mut(at) {
            *slot = first;
        }
    }
    stands_for
}

/// Rare labels that differ from another by one letter, or by something after its number: perhaps slips.
pub(super) fn slips(labels: &[Label]) -> Vec<(&str, &str)> {
    let mut slips = Vec::new();
    for rare in labels.iter().filter(|it| it.times <= 2) {
        let own = key(&rare.text);
        let like = |other: &&Label| {
            let other_key = key(&other.text);
            let numbered = other_key.ends_with(|last: char| last.is_ascii_digit());
            other.text != rare.text
                && other.role == rare.role
                && other.times >= rare.times
                && (numbered
                    && own.strip_prefix(&other_key).is_some_and(|rest| rest.starts_with(' '))
                    || (own.chars().count() >= 5 && one_letter_apart(&own, &other_key)))
        };
        if let Some(other) = labels.iter().find(like) {
            slips.push((rare.text.as_str(), other.text.as_str()));
        }
    }
    slips
}

/// Whether one letter was changed, added or left out; another number is another person.
fn one_letter_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same_start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let rest = |text: &[char]| text.len() - same_start;
    let same_end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (rest(&one), rest(&other));
    let letter = |at: Option<&char>| at.is_none_or(|it| it.is_alphabetic());
    left.abs_diff(right) <= 1
        && left.max(right) >= 1
        && left.max(right) <= same_end + 1
        && letter(one.get(same_start))
        && letter(other.get(same_start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_is_a_slip_and_a_number_is_somebody_else() {
        assert!(one_letter_apart("intervewer", "interviewer"));
        assert!(one_letter_apart("moderater", "moderator"));
        assert!(!one_letter_apart("speaker 1", "speaker 2"));
        assert!(!one_letter_apart("anna", "anna"));
        assert!(!one_letter_apart("marta", "mario"));
    }
}
