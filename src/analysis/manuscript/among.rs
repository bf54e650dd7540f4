//! What is wrong with quotations of a manuscript beside one another: the same words twice, one person far more than others.

use std::collections::BTreeMap;

use super::finding::{Checked, FEW, Finding, Kind};
use super::pattern::Pattern;
use super::words::likeness;
use crate::domain::id::ParticipantId;

/// From which part of their words on two quotations are the same.
const SAME: f64 = 0.8;
/// One person is quoted far more than others from so many quotations on, and so many times what others have on average.
const OFTEN: (usize, usize) = (5, 3);

/// Takes out quotations without citation whose words another quotation of the manuscript has with one: the title, the
/// summary, the discussion. Says how many.
pub(super) fn again(all: &mut Vec<(Checked, Option<Pattern>, bool)>) -> usize {
    let cited: Vec<String> = all
        .iter()
        .filter(|(_, _, cited)| *cited)
        .map(|(checked, ..)| checked.quotation.clone())
        .collect();
    let before = all.len();
    all.retain(|(_, pattern, is_cited)| {
        let is_in = |pattern: &Pattern| cited.iter().any(|text| pattern.is_in(text));
        *is_cited || !pattern.as_ref().is_some_and(is_in)
    });
    before - all.len()
}

fn is_found(checked: &Checked) -> bool {
    checked.findings.iter().any(|it| it.kind == Kind::Found)
}

/// The same words under two speakers or places.
pub(super) fn twice(all: &mut [(Checked, Option<Pattern>, bool)]) {
    for at in 1..all.len() {
        let (before, rest) = all.split_at_mut(at);
        let Some((checked, Some(pattern), true)) = rest.first_mut() else { continue };
        if pattern.count() < FEW {
            continue;
        }
        let key =
            |text: &str| -> String { text.chars().filter(|it| it.is_alphanumeric()).collect() };
        let other = before.iter().find(|(other, words, cited)| {
            let same = |words: &Pattern| {
                let inside = words.is_in(&checked.quotation) || pattern.is_in(&other.quotation);
                words.count() >= FEW && (inside || likeness(words, pattern) >= SAME)
            };
            // Two ways to write one place are one place, if the words stand there.
            let one_place = is_found(other) && is_found(checked) && other.stands == checked.stands;
            *cited
                && !one_place
                && key(&other.citation) != key(&checked.citation)
                && words.as_ref().is_some_and(same)
        });
        if let Some((other, ..)) = other {
            let about = format!("{} {}", other.line, other.citation);
            checked.findings.push(Finding { kind: Kind::Twice, about });
        }
    }
}

/// Who is quoted far more than others: said once, at her last quotation.
pub(super) fn often(all: &mut [Checked]) {
    let mut of_person: BTreeMap<ParticipantId, Vec<usize>> = BTreeMap::new();
    for (at, checked) in all.iter().enumerate() {
        for person in checked.speakers.iter().filter(|_| !checked.quotation.is_empty()) {
            of_person.entry(person.clone()).or_default().push(at);
        }
    }
    let total: usize = of_person.values().map(Vec::len).sum();
    let people = of_person.len();
    for (person, places) in of_person {
        let (count, others) = (places.len(), people - 1);
        let rest = total - count;
        let far = others > 0 && count >= OFTEN.0 && count * others >= OFTEN.1 * rest;
        if let (true, Some(checked)) = (far, places.last().and_then(|at| all.get_mut(*at))) {
            let about = format!("{person} {count}/{total}");
            checked.findings.push(Finding { kind: Kind::Often, about });
        }
    }
}
