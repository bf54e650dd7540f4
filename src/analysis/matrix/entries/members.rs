//! To which entries of an axis a unit belongs, and among which it could have been.

use super::super::Head;
use super::super::people::Speaker;
use super::{At, Entries, Kind};
use crate::analysis::decisions::Decided;
use crate::domain::answer::CodeIndex;

impl Entries {
    /// Whether the entries are people or say something of them.
    pub(in crate::analysis::matrix) fn is_of_people(&self) -> bool {
        match &self.kind {
            Kind::People(_) => true,
            Kind::Nested(nested) => nested.outer.is_of_people() || nested.inner.is_of_people(),
            _ => false,
        }
    }

    /// The head of an entry.
    pub(in crate::analysis::matrix) fn head(&self, entry: usize) -> Option<Head> {
        match &self.kind {
            Kind::Nested(nested) => nested.head(entry),
            _ => self.ids.get(entry).map(|id| Head { outer: None, id: id.clone() }),
        }
    }

    /// Whether the entries are dimensions or codes.
    pub(in crate::analysis::matrix) fn is_of_codes(&self) -> bool {
        match &self.kind {
            Kind::Codes(_) | Kind::Concepts(_) => true,
            Kind::Nested(nested) => nested.outer.is_of_codes() || nested.inner.is_of_codes(),
            _ => false,
        }
    }

    /// Whether a person stands in an entry; everybody does where entries are no people.
    pub(in crate::analysis::matrix) fn holds(&self, entry: usize, person: u32) -> bool {
        match &self.kind {
            Kind::People(of_person) => {
                let own = of_person.get(person as usize).copied().flatten();
                own.is_some_and(|own| own as usize == entry)
            }
            Kind::Nested(nested) => nested.holds(entry, person),
            _ => true,
        }
    }

    /// Whether a person stands in any entry; everybody does where entries are no people.
    pub(in crate::analysis::matrix) fn holds_at_all(&self, person: u32) -> bool {
        match &self.kind {
            Kind::People(of_person) => of_person.get(person as usize).copied().flatten().is_some(),
            Kind::Nested(nested) => {
                nested.outer.holds_at_all(person) && nested.inner.holds_at_all(person)
            }
            _ => true,
        }
    }

    /// Whether a person stands in a stratum, as in an entry.
    pub(in crate::analysis::matrix) fn stratum_holds(&self, stratum: usize, person: u32) -> bool {
        match &self.kind {
            Kind::Nested(nested) => nested.stratum_holds(stratum, person),
            Kind::People(_) => self.holds(stratum, person),
            _ => true,
        }
    }

    /// The codes for which an entry stands; none where it stands for something else.
    pub(in crate::analysis::matrix) fn codes(&self, entry: usize) -> &[CodeIndex] {
        match &self.kind {
            Kind::Codes(codes) => codes.codes.get(entry..=entry).unwrap_or_default(),
            Kind::Concepts(concepts) => concepts.codes(entry),
            Kind::Nested(nested) => nested.codes(entry),
            _ => &[],
        }
    }

    /// Puts the entries in which a unit would stand whatever it was given into `members`: of codes all of them.
    pub(in crate::analysis::matrix) fn spoken(&self, at: &At<'_>, members: &mut Vec<u32>) {
        members.clear();
        match &self.kind {
            Kind::Codes(_) | Kind::Concepts(_) => {
                members.extend(0..u32::try_from(self.ids.len()).unwrap_or(u32::MAX));
            }
            Kind::Nested(nested) => nested.spoken(at, members),
            _ => self.members(at, members),
        }
    }

    /// Puts the entries to which a unit belongs into `members`, each once.
    pub(in crate::analysis::matrix) fn members(&self, at: &At<'_>, members: &mut Vec<u32>) {
        members.clear();
        match &self.kind {
            Kind::Place(of_unit) => {
                members.extend(of_unit.get(at.unit.at()).filter(|entry| **entry != u32::MAX));
            }
            Kind::Source(of_source) => members.extend(of_source.get(at.source)),
            Kind::People(of_person) => {
                let entry = |it: &Speaker| of_person.get(it.person as usize).copied().flatten();
                for entry in at.speakers.iter().filter_map(entry) {
                    if !members.contains(&entry) {
                        members.push(entry);
                    }
                }
            }
            Kind::Nested(nested) => nested.members(at, members),
            Kind::Concepts(concepts) => concepts.members(at, members),
            Kind::Codes(codes) => {
                let of_answer = codes.of_answer.get(at.source).map_or(&[][..], Vec::as_slice);
                for cell in at.decided {
                    members.extend(of_answer.get(cell.answer.0 as usize).into_iter().flatten());
                }
            }
        }
    }

    /// How many strata there are.
    pub(in crate::analysis::matrix) fn strata(&self) -> usize {
        match &self.kind {
            Kind::Codes(codes) => codes.dimensions * codes.offers,
            Kind::Nested(nested) => nested.strata(),
            _ => self.ids.len(),
        }
    }

    /// Puts the strata to which a unit belongs into `strata`, each once; `members` are its entries.
    pub(in crate::analysis::matrix) fn strata_of(
        &self,
        at: &At<'_>,
        members: &[u32],
        strata: &mut Vec<usize>,
    ) {
        strata.clear();
        match &self.kind {
            Kind::Codes(codes) => {
                let decided =
                    at.decided.iter().enumerate().filter(|(_, it)| it.answer.is_decided());
                let of_source = codes.offer_of.get(at.source).map_or(&[][..], Vec::as_slice);
                let stratum = |(dimension, it): (usize, &Decided)| {
                    let offer = of_source.get(usize::from(it.offer))?;
                    Some(dimension * codes.offers + offer)
                };
                strata.extend(decided.filter_map(stratum));
            }
            Kind::Nested(nested) => nested.strata_of(at, strata),
            Kind::Concepts(concepts) => concepts.strata_of(at, strata),
            _ => strata.extend(members.iter().map(|entry| *entry as usize)),
        }
    }

    /// The strata in which an entry could have been.
    pub(in crate::analysis::matrix) fn strata_of_entry(&self, entry: usize) -> Vec<usize> {
        match &self.kind {
            Kind::Codes(codes) => codes.asked.get(entry).cloned().unwrap_or_default(),
            Kind::Nested(nested) => nested.strata_of_entry(entry),
            _ => vec![entry],
        }
    }
}
