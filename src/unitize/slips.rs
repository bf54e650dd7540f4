//! Labels that look like another one mistyped, or like another spelling of it.
//!
//! A file may have as many labels as lines, so labels are not compared two by two: each is looked up
//! among those that are alike but for one letter.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};

use super::draft::Label;
use super::shape::key;
use crate::language::fold;

/// Labels shorter than this differ by a letter because they are short.
const SHORTEST: usize = 5;
/// Labels of more bytes are lines that a pattern took for labels.
const LONGEST: usize = 200;

/// Rare labels that differ from another by one letter, or by something after its number: perhaps slips.
///
/// Each with the first label for which it may stand. Time grows with the number of letters in all labels.
pub(super) fn slips(labels: &[Label]) -> Vec<(&str, &str)> {
    let keys: Vec<String> = labels.iter().map(|it| key(&it.text)).collect();
    let alike = Alike::of(&keys);
    let mut slips = Vec::new();
    for (at, rare) in labels.iter().enumerate().filter(|(_, it)| it.times <= 2) {
        let stands_for = |other: usize| {
            labels.get(other).is_some_and(|other| {
                other.text != rare.text
                    && other.times >= rare.times
                    && (other.role == rare.role || other.times >= 4 * rare.times)
            })
        };
        if let Some(other) = alike.first(at, stands_for).and_then(|at| labels.get(at)) {
            slips.push((rare.text.as_str(), other.text.as_str()));
        }
    }
    slips
}

/// Labels that differ from an earlier one by accents, blanks or marks alone (`José` and `Jose`, `P 1` and `P-1`), however
/// often either stands there: each with the first such label.
pub(super) fn spelled_alike(labels: &[Label]) -> Vec<(&str, &str)> {
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    let mut alike = Vec::new();
    for label in labels.iter().filter(|it| !it.unnamed && it.text.len() <= LONGEST) {
        let mut bare = fold(&label.text);
        bare.retain(char::is_alphanumeric);
        let other = *first.entry(bare).or_insert(&label.text);
        if other != label.text {
            alike.push((label.text.as_str(), other));
        }
    }
    alike
}

/// Labels by what remains of them without one letter.
struct Alike<'a> {
    keys: &'a [String],
    /// Labels by their key.
    whole: BTreeMap<&'a str, Vec<u32>>,
    /// A hash of a key without the letter at a place, the place, and the label; sorted.
    without: Vec<(u64, u32, u32)>,
    hasher: RandomState,
}

impl<'a> Alike<'a> {
    fn of(keys: &'a [String]) -> Self {
        let hasher = RandomState::new();
        let mut whole: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        let mut without = Vec::new();
        for (label, key) in (0_u32..).zip(keys).filter(|(_, key)| key.len() <= LONGEST) {
            whole.entry(key).or_default().push(label);
            for (place, rest) in shortened(key) {
                without.push((hasher.hash_one(&*rest), place, label));
            }
        }
        without.sort_unstable();
        Self { keys, whole, without, hasher }
    }

    /// The first of the labels for which one may stand by its letters, and which are wanted.
    fn first(&self, at: usize, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let own = self.keys.get(at).filter(|own| own.len() <= LONGEST)?;
        let mut first = None;
        let mut among = |labels: &mut dyn Iterator<Item = u32>, is: &dyn Fn(&str) -> bool| {
            let labels = labels.map(|label| label as usize);
            // They come in order, so that nothing is looked at that would not be the first.
            let found =
                labels.take_while(|label| first.is_none_or(|it| *label < it)).find(|label| {
                    *label != at && wanted(*label) && self.keys.get(*label).is_some_and(|it| is(it))
                });
            first = found.or(first);
        };
        let numbered = own.match_indices(' ').filter_map(|(end, _)| own.get(..end));
        let numbered = numbered.filter(|it| it.ends_with(|last: char| last.is_ascii_digit()));
        for labels in numbered.filter_map(|it| self.whole.get(it)) {
            among(&mut labels.iter().copied(), &|_| true);
        }
        if own.chars().count() < SHORTEST {
            return first;
        }
        let apart = |other: &str| one_letter_apart(own, other);
        for (place, rest) in shortened(own) {
            let labels = self.whole.get(&*rest).into_iter().flatten();
            among(&mut labels.copied(), &apart);
            let same = (self.hasher.hash_one(&*rest), place);
            let labels = self.range(|(hash, place, _)| (*hash, *place).cmp(&same));
            among(&mut labels.iter().map(|(.., label)| *label), &apart);
        }
        let same = self.hasher.hash_one(&**own);
        // One label may be there by several of its letters, and its letters come before the next label's.
        let longer = self.range(|(hash, ..)| hash.cmp(&same)).iter().map(|(.., label)| *label);
        let longer: BTreeSet<u32> = longer.collect();
        among(&mut longer.into_iter(), &apart);
        first
    }

    /// The stretch of what is sorted that is equal to something.
    fn range(&self, compared: impl Fn(&(u64, u32, u32)) -> Ordering) -> &[(u64, u32, u32)] {
        let from = self.without.partition_point(|it| compared(it) == Ordering::Less);
        let rest = self.without.get(from..).unwrap_or_default();
        let length = rest.partition_point(|it| compared(it) == Ordering::Equal);
        rest.get(..length).unwrap_or_default()
    }
}

/// A key without each of its letters in turn, and which that is.
fn shortened(key: &str) -> impl Iterator<Item = (u32, String)> {
    let letters = (0_u32..).zip(key.char_indices()).filter(|(_, (_, it))| it.is_alphabetic());
    letters.map(|(place, (at, letter))| {
        let mut rest = String::with_capacity(key.len());
        rest.push_str(&key[..at]);
        rest.push_str(&key[at + letter.len_utf8()..]);
        (place, rest)
    })
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
    use crate::domain::participant::Role;
    use crate::msg;

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

    fn label(text: &str, times: u32) -> Label {
        let note = msg!("import.speaker.pattern");
        Label {
            text: text.to_owned(),
            spellings: Vec::new(),
            times,
            turns: times,
            words: 0,
            first: 1,
            role: Role::Participant,
            why: note.clone(),
            why_role: note,
            looks_personal: false,
            unnamed: false,
        }
    }

    /// Every label against every other.
    fn two_by_two(labels: &[Label]) -> Vec<(&str, &str)> {
        let like = |rare: &Label, other: &Label| {
            let (own, key) = (key(&rare.text), key(&other.text));
            let numbered = key.ends_with(|last: char| last.is_ascii_digit());
            other.text != rare.text
                && other.times >= rare.times
                && (numbered && own.strip_prefix(&key).is_some_and(|rest| rest.starts_with(' '))
                    || (own.chars().count() >= SHORTEST && one_letter_apart(&own, &key)))
        };
        let rare = labels.iter().filter(|it| it.times <= 2);
        rare.filter_map(|rare| Some((rare, labels.iter().find(|other| like(rare, other))?)))
            .map(|(rare, other)| (rare.text.as_str(), other.text.as_str()))
            .collect()
    }

    #[test]
    fn what_stands_after_a_number_may_be_a_slip_too() {
        let labels = [label("P1", 9), label("P1 yes", 1), label("P12", 9), label("Moderatr", 2)];
        assert_eq!(slips(&labels), [("P1 yes", "P1")]);
        let labels = [label("Moderator", 9), label("Moderatr", 2), label("Moderators", 1)];
        assert_eq!(slips(&labels), [("Moderatr", "Moderator"), ("Moderators", "Moderator")]);
    }

    #[test]
    fn accents_blanks_and_marks_are_told_however_often_a_label_stands_there() {
        let labels = ["José", "Ana", "Jose", "P 1", "P-1", "Ana Ruiz", "P1 1", "Q"];
        let labels = labels.map(|text| label(text, 9));
        assert_eq!(spelled_alike(&labels), [("Jose", "José"), ("P-1", "P 1")]);
    }

    proptest::proptest! {
        #[test]
        fn labels_are_found_as_if_each_were_compared_with_each(
            texts in proptest::collection::btree_set("[ab12é ]{3,7}", 0..30),
            times in proptest::collection::vec(1_u32..4, 30),
        ) {
            let labels: Vec<Label> = texts
                .iter()
                .map(|it| it.trim())
                .zip(&times)
                .map(|(text, times)| label(text, *times))
                .collect();
            proptest::prop_assert_eq!(slips(&labels), two_by_two(&labels));
        }
    }
}
