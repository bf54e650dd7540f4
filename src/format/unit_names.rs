//! Units by the text of their locators, as logs, lists of seals and settlements name them.

use std::collections::HashMap;

use super::keyed::Key;
use crate::domain::locator::{Locator, Span};
use crate::domain::log::UnitIndex;

/// Every name by which a file may mean a unit: by transcript its stretches in order, so that no text is kept for each.
#[derive(Debug, Default)]
pub struct UnitNames(HashMap<String, Vec<(Span, UnitIndex)>, Key>);

impl UnitNames {
    /// The names that [`crate::domain::study::Study::unit_names`] gives; of two units of one name the later holds.
    #[must_use]
    pub fn new<'a>(names: impl Iterator<Item = (UnitIndex, &'a Locator)>) -> Self {
        let mut all: HashMap<String, Vec<(Span, UnitIndex)>, Key> = HashMap::default();
        for (unit, locator) in names {
            let transcript = locator.transcript().as_str();
            let entry = (locator.span(), unit);
            match all.get_mut(transcript) {
                Some(stretches) => stretches.push(entry),
                None => drop(all.insert(transcript.to_owned(), vec![entry])),
            }
        }
        // Each list for itself, so that it does not matter in which order they come.
        #[allow(clippy::iter_over_hash_type)]
        for stretches in all.values_mut() {
            stretches.reverse();
            stretches.sort_by_key(|(span, _)| *span);
            stretches.dedup_by_key(|(span, _)| *span);
        }
        Self(all)
    }

    /// The unit that a text means, in whatever form its locator is written; `None` where it is none, or no locator.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<UnitIndex> {
        let (transcript, span) = text.split_once(':')?;
        let span: Span = span.parse().ok()?;
        let stretches = self.0.get(transcript)?;
        // Where each paragraph is a unit, its number tells the place.
        let guess =
            stretches.get((span.first as usize).wrapping_sub(1)).filter(|(it, _)| *it == span);
        let found = guess.or_else(|| {
            let at = stretches.binary_search_by_key(&span, |(span, _)| *span).ok()?;
            stretches.get(at)
        });
        found.map(|(_, unit)| *unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_known_by_every_form_of_its_locator_and_the_later_of_two_holds() {
        let locators = ["B:2", "A:10", "A:2-3", "A:1@0-9", "A:10"];
        let locators: Vec<Locator> = locators.iter().map(|it| it.parse().unwrap()).collect();
        let names = UnitNames::new((0..).map(UnitIndex).zip(&locators));
        for (text, unit) in [
            ("A:10", Some(4)),
            ("A:10-10", Some(4)),
            ("A:2-3", Some(2)),
            ("A:1@0-1@9", Some(3)),
            ("B:2", Some(0)),
            ("a:10", None),
            ("A:2", None),
            ("A:010", None),
            ("A", None),
        ] {
            assert_eq!(names.get(text), unit.map(UnitIndex), "{text}");
        }
    }
}
