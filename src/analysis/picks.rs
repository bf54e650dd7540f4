//! Quotations that researchers picked: which units they lie in, for which codes, and whose words they are.

use std::collections::BTreeMap;

use crate::domain::answer::CodeIndex;
use crate::domain::id::{CoderId, ParticipantId};
use crate::domain::locator::{Locator, Span};
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::domain::time::Moment;
use crate::domain::unit::UnitKind;

/// A quotation that was picked, and stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// Who picked it.
    pub coder: CoderId,
    /// Its number among hers.
    pub seq: u64,
    /// When; absent where it is not told.
    pub at: Option<Moment>,
    /// The stretch, down to characters.
    pub locator: Locator,
    /// What it is quoted for.
    pub code: CodeIndex,
    /// The language of the translation; empty where there is none.
    pub language: String,
    /// The translation.
    pub translation: String,
    /// Who made it.
    pub translator: String,
}

/// Picks by the units in which they lie.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picks {
    of_unit: BTreeMap<UnitIndex, Vec<InUnit>>,
}

/// A pick as far as it lies in a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InUnit {
    /// What it is quoted for.
    pub code: CodeIndex,
    /// The stretch.
    pub locator: Locator,
    /// Whether it lies in this unit alone, so that it can be quoted in its place.
    pub inside: bool,
    /// Whose words of the unit it holds.
    pub speakers: Vec<ParticipantId>,
}

impl Picks {
    /// Where picks lie, in the order in which they are given.
    #[must_use]
    pub fn of<'a>(study: &Study, picks: impl IntoIterator<Item = &'a Pick>) -> Self {
        let mut of_unit: BTreeMap<UnitIndex, Vec<InUnit>> = BTreeMap::new();
        for pick in picks {
            let units = units_of(study, &pick.locator);
            let inside = units.len() == 1;
            for unit in units {
                let speakers = speakers(study, unit, pick.locator.span());
                let (code, locator) = (pick.code, pick.locator.clone());
                of_unit.entry(unit).or_default().push(InUnit { code, locator, inside, speakers });
            }
        }
        Self { of_unit }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.of_unit.is_empty()
    }

    /// The picks in a unit that are for one of these codes or anything beneath; for whatever code where none is given.
    pub fn in_unit<'a>(
        &'a self,
        study: &'a Study,
        unit: UnitIndex,
        codes: &'a [CodeIndex],
    ) -> impl Iterator<Item = &'a InUnit> {
        let all = self.of_unit.get(&unit).into_iter().flatten();
        all.filter(move |it| {
            let now = study.vocabulary.now(it.code);
            let is_in = |above: &CodeIndex| {
                study.vocabulary.is_within(it.code, *above)
                    || study.vocabulary.is_within(now, *above)
            };
            codes.is_empty() || codes.iter().any(is_in)
        })
    }
}

/// The units of talk that share words with a stretch, in order of place.
#[must_use]
pub fn units_of(study: &Study, stretch: &Locator) -> Vec<UnitIndex> {
    let here = study.units_in(stretch.transcript()).filter(|(_, unit)| unit.kind == UnitKind::Talk);
    here.filter(|(_, unit)| meet(unit.locator.span(), stretch.span())).map(|it| it.0).collect()
}

/// Whether two stretches of one text share any character.
fn meet(one: Span, other: Span) -> bool {
    let begin = |it: Span| (it.first, it.from.unwrap_or(0));
    let end = |it: Span| (it.last, it.to.unwrap_or(u32::MAX));
    begin(one) < end(other) && begin(other) < end(one)
}

/// Whose words of a unit lie in a stretch.
fn speakers(study: &Study, unit: UnitIndex, stretch: Span) -> Vec<ParticipantId> {
    let Some(known) = study.unit_at(unit) else { return Vec::new() };
    let mut speakers: Vec<ParticipantId> = Vec::new();
    for (number, speaker, _) in study.transcript_of(unit).pieces(known.locator.span()) {
        let is_in = (stretch.first..=stretch.last).contains(&number);
        if let Some(id) = speaker.filter(|id| is_in && !speakers.contains(id)) {
            speakers.push(id.clone());
        }
    }
    speakers
}
