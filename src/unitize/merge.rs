//! Labels that name one person twice: `ADA POE` and `ADA POE, DIRECTOR`.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::draft::Label;
use super::label::{Form, Lead};
use super::shape::{base, key, shown};
use crate::read::block::Block;

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
                && other.times >= rare.times
                && (other.role == rare.role || other.times >= 4 * rare.times)
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

/// How often a blank stands before the colon of a label (`P1 :`), how often none (`P1:`), and the line of
/// the first of the rarer kind; absent where all are alike.
pub(super) fn uneven_colons<'a>(
    labels: impl Iterator<Item = (&'a Block<'a>, &'a Lead<'a>)>,
) -> Option<(u32, u32, u32)> {
    let (mut spaced, mut tight) = ((0, 0), (0, 0));
    for (block, lead) in labels {
        let Some((Form::Colon | Form::ColonLine | Form::Bold, label)) = lead.label else {
            continue;
        };
        let line: &str = &block.text;
        let after =
            line.find(label).and_then(|at| line.get(at + label.len()..)).unwrap_or_default();
        let kind = match after.chars().next() {
            Some(':' | '：') => &mut tight,
            Some(it) if it.is_whitespace() && after.trim_start().starts_with([':', '：']) => {
                &mut spaced
            }
            _ => continue, // a time stands between
        };
        kind.0 += 1;
        if kind.0 == 1 {
            kind.1 = block.line;
        }
    }
    if spaced.0 == 0 || tight.0 == 0 {
        return None;
    }
    let rarer = if spaced.0 <= tight.0 { spaced.1 } else { tight.1 };
    Some((spaced.0, tight.0, rarer))
}

/// Whether one letter was changed, added or left out; another number, or another letter that stands alone
/// (`Grad B` beside `Grad A`), is another person.
fn one_letter_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same_start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let rest = |text: &[char]| text.len() - same_start;
    let same_end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (rest(&one), rest(&other));
    let letter = |at: Option<&char>| at.is_none_or(|it| it.is_alphabetic());
    let inside = |at: Option<&char>| at.is_some_and(|it| it.is_alphabetic());
    let alone = |text: &[char]| {
        let before = same_start.checked_sub(1).and_then(|at| text.get(at));
        !inside(before) && !inside(text.get(same_start + 1))
    };
    left.abs_diff(right) <= 1
        && left.max(right) >= 1
        && left.max(right) <= same_end + 1
        && letter(one.get(same_start))
        && letter(other.get(same_start))
        && !(alone(&one) && alone(&other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_is_a_slip_and_a_number_is_somebody_else() {
        assert!(one_letter_apart("intervewer", "interviewer"));
        assert!(one_letter_apart("moderater", "moderator"));
        assert!(!one_letter_apart("speaker 1", "speaker 2"));
        assert!(!one_letter_apart("grad a", "grad b"));
        assert!(!one_letter_apart("speaker-a", "speaker-b"));
        assert!(one_letter_apart("moderatoe", "moderator"));
        assert!(!one_letter_apart("anna", "anna"));
        assert!(!one_letter_apart("marta", "mario"));
    }
}
