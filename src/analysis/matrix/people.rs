//! Who speaks in a unit, and how many words are whose.

use std::collections::{BTreeSet, HashMap};

use super::{Options, Voice};
use crate::analysis::withdrawn::Withdrawn;
use crate::domain::answer::CodeIndex;
use crate::domain::id::{CaseId, ParticipantId};
use crate::domain::log::UnitIndex;
use crate::domain::participant::Role;
use crate::domain::study::Study;
use crate::unitize::words;

/// The people of a study by number.
pub(super) struct People<'a> {
    study: &'a Study,
    list: Vec<Person<'a>>,
    numbers: HashMap<&'a ParticipantId, u32>,
    everybody: bool,
    with_words: bool,
    options: &'a Options,
    withdrawn: Withdrawn<'a>,
}

/// Somebody who is in the list of participants, or speaks all the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person<'a> {
    pub(super) id: &'a ParticipantId,
    pub(super) role: Role,
    /// The case she belongs to; absent for who sits in several, and for who is in no list.
    pub(super) case: Option<&'a CaseId>,
    pub(super) attributes: &'a [String],
}

/// Somebody who speaks in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Speaker {
    /// Her number.
    pub(super) person: u32,
    /// Her words in the unit; 0 where nobody asks.
    pub(super) words: u64,
}

impl<'a> People<'a> {
    /// Participants, or with `everybody` also moderators and observers; nobody where nobody is asked for.
    pub(super) fn of(
        study: &'a Study,
        asked: bool,
        everybody: bool,
        with_words: bool,
        options: &'a Options,
    ) -> Self {
        let units = if asked { study.units.as_slice() } else { &[] };
        let listed = study.participants.iter().map(|it| Person {
            id: &it.id,
            role: it.role,
            case: it.case.as_ref(),
            attributes: &it.attributes,
        });
        let mut list: Vec<Person> = listed.collect();
        let mut numbers: HashMap<&ParticipantId, u32> =
            list.iter().map(|person| person.id).zip(0..).collect();
        // Who is in no list counts as a participant, behind all others.
        for id in units.iter().flat_map(|unit| &unit.speakers) {
            if !numbers.contains_key(id) {
                numbers.insert(id, u32::try_from(list.len()).unwrap_or(u32::MAX));
                list.push(Person { id, role: Role::Unknown, case: None, attributes: &[] });
            }
        }
        let withdrawn = Withdrawn::of(study);
        Self { study, list, numbers, everybody, with_words, options, withdrawn }
    }

    /// How many people there are, counting or not.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether words are counted speaker by speaker.
    pub(super) fn counts_words(&self) -> bool {
        self.with_words
    }

    /// Those who count and belong to one of these cases or to none, by number.
    pub(super) fn counting(&self, cases: &BTreeSet<&CaseId>) -> Vec<(u32, Person<'a>)> {
        let counts = |person: &Person| {
            (self.everybody || person.role.counts()) && !self.withdrawn.has(person.id)
        };
        let is_here = |person: &Person| person.case.is_none_or(|case| cases.contains(case));
        let all = (0..).zip(self.list.iter().copied());
        all.filter(|(_, person)| counts(person) && is_here(person)).collect()
    }

    /// Puts those who count and speak in a unit into `speakers`, each once.
    pub(super) fn of_unit(&self, unit: UnitIndex, speakers: &mut Vec<Speaker>) {
        speakers.clear();
        let Some(known) = self.study.unit_at(unit) else { return };
        let number = |id: &ParticipantId| self.numbers.get(id).copied();
        let by_words = self.with_words || self.options.voice == Voice::Main;
        if !self.everybody && !by_words {
            let of_unit = self.withdrawn.speakers(known).into_iter().filter_map(number);
            speakers.extend(of_unit.map(|person| Speaker { person, words: 0 }));
            return;
        }
        let transcript = self.study.transcript_of(unit);
        for (_, speaker, text) in transcript.pieces(known.locator.span()) {
            let here = speaker.filter(|id| !self.withdrawn.has(id));
            let Some(person) = here.and_then(number) else { continue };
            let role = self.list.get(person as usize).map_or(Role::Unknown, |it| it.role);
            if !self.everybody && !role.counts() {
                continue;
            }
            let words = if by_words { u64::from(words::count(text)) } else { 0 };
            match speakers.iter_mut().find(|it| it.person == person) {
                Some(known) => known.words += words,
                None => speakers.push(Speaker { person, words }),
            }
        }
    }

    /// Leaves of those who speak in a unit whoever counts there by the voice that is asked for.
    pub(super) fn by_voice(&self, unit: UnitIndex, speakers: &mut Vec<Speaker>) {
        match self.options.voice {
            Voice::All => {}
            Voice::Main => {
                let most = speakers.iter().map(|it| it.words).max();
                let main = speakers.iter().find(|it| Some(it.words) == most).copied();
                speakers.clear();
                speakers.extend(main);
            }
            Voice::Marked => speakers.retain(|it| self.is_marked(unit, it.person, &[])),
        }
    }

    /// Whether a quotation that was picked for one of these codes, or for any where none is given, holds words of a person
    /// in a unit.
    pub(super) fn is_marked(&self, unit: UnitIndex, person: u32, codes: &[CodeIndex]) -> bool {
        let mut picks = self.options.picks.in_unit(self.study, unit, codes);
        self.id(person).is_some_and(|id| picks.any(|it| it.speakers.contains(id)))
    }

    /// The number of somebody who counts and has not left.
    pub(super) fn counts(&self, id: &ParticipantId) -> Option<u32> {
        let number = self.numbers.get(id).copied()?;
        let role = self.list.get(number as usize)?.role;
        ((self.everybody || role.counts()) && !self.withdrawn.has(id)).then_some(number)
    }

    /// The id of a person.
    pub(super) fn id(&self, person: u32) -> Option<&'a ParticipantId> {
        self.list.get(person as usize).map(|it| it.id)
    }
}
