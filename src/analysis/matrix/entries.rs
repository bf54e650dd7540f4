//! The entries of an axis.

mod members;

use std::collections::{HashMap, HashSet};

use super::concepts::Concepts;
use super::nested::Nested;
use super::people::{People, Person, Speaker};
use super::{Axes, Axis, List, NO_VALUE, SOURCE_KIND, Source};
use crate::analysis::attribute::in_own_order;
use crate::analysis::decisions::Decided;
use crate::analysis::offered::with_ancestors;
use crate::domain::answer::{AnswerIndex, CodeIndex};
use crate::domain::log::UnitIndex;
use crate::domain::participant::Role;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;

/// A unit as one source decided it.
pub(super) struct At<'a> {
    pub(super) source: usize,
    pub(super) unit: UnitIndex,
    pub(super) decided: &'a [Decided],
    pub(super) speakers: &'a [Speaker],
}

/// An axis with its entries.
///
/// To say where a cell is 0 and where it is empty, units are also counted by **stratum**: what could have been. For codes
/// that is a dimension under one offer of the codebook; for everything else it is the entry itself.
pub(super) struct Entries {
    pub(super) ids: Vec<String>,
    pub(super) kind: Kind,
}

pub(super) enum Kind {
    /// Each unit lies in one entry.
    Place(Vec<u32>),
    /// Each person lies in one entry; a unit in those of its speakers.
    People(Vec<Option<u32>>),
    /// Each source lies in one entry.
    Source(Vec<u32>),
    /// Each answer gives some entries.
    Codes(Codes),
    /// Each answer, or topic, gives some entries.
    Concepts(Concepts),
    /// Each entry is one of an axis within one of another.
    Nested(Box<Nested>),
}

pub(super) struct Codes {
    /// Per source and answer, the entries that it gives.
    of_answer: Vec<Vec<Vec<u32>>>,
    /// Per entry, the strata in which it was asked for.
    asked: Vec<Vec<usize>>,
    offers: usize,
    /// Per source, the offer that each of its own numbers means.
    offer_of: Vec<Vec<usize>>,
    dimensions: usize,
    /// Per entry, the code.
    pub(super) codes: Vec<CodeIndex>,
}

/// Numbers names in order of appearance.
#[derive(Default)]
struct Names {
    ids: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Names {
    /// The values of an attribute in their own order, where they have one; of any other axis none yet.
    fn of<'a>(axis: &Axis, values: impl Iterator<Item = &'a str>) -> Self {
        let mut names = Self::default();
        if let Axis::Attribute(..) = axis {
            for value in values {
                names.number(value);
            }
            let mut ids = names.ids;
            in_own_order(&mut ids);
            names = Self::default();
            for value in &ids {
                names.number(value);
            }
        }
        names
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.ids.push(name.to_owned());
        self.numbers.insert(name.to_owned(), next);
        next
    }
}

impl Entries {
    /// The entries of one axis, or of one nested in another.
    pub(super) fn of(
        axes: &Axes,
        study: &Study,
        people: &People<'_>,
        sources: &[Source<'_>],
        exact: bool,
        subtotals: bool,
    ) -> Self {
        let of = |axis| Self::of_one(axis, study, people, sources, exact);
        match &axes.outer {
            None => of(&axes.inner),
            Some(outer) => {
                Nested::entries(of(outer), of(&axes.inner), study, people, sources, subtotals)
            }
        }
    }

    fn of_one(
        axis: &Axis,
        study: &Study,
        people: &People<'_>,
        sources: &[Source<'_>],
        exact: bool,
    ) -> Self {
        match axis {
            Axis::Participant | Axis::Role | Axis::Attribute(List::Participant, _) => {
                Self::of_people(axis, study, people, sources)
            }
            Axis::All => {
                let kind = Kind::Place(vec![0; study.units.len()]);
                Self { ids: vec![Axis::All.to_string()], kind }
            }
            Axis::Concept => Concepts::entries(study, sources, exact),
            Axis::Dimension | Axis::Code => Self::of_codes(axis, study, sources, exact),
            Axis::Coder => Self::of_sources(sources, |source| source.coder.as_deref()),
            Axis::Round => Self::of_sources(sources, |source| source.round.as_deref()),
            Axis::Case
            | Axis::Transcript
            | Axis::SourceKind
            | Axis::Topic
            | Axis::Attribute(..) => Self::of_places(axis, study, sources),
        }
    }

    /// Entries in the order of their file, as far as any unit lies in them; `-` last.
    fn of_places(axis: &Axis, study: &Study, sources: &[Source<'_>]) -> Self {
        let here = || sources.iter().flat_map(|source| &source.decisions.units).copied();
        if *axis == Axis::Topic {
            return Self::of_topics(study, here());
        }
        let transcript = |unit: UnitIndex| {
            study.unit_transcripts.get(unit.at()).map_or(usize::MAX, |at| *at as usize)
        };
        let mut is_here = vec![false; study.transcripts.len()];
        for unit in here() {
            if let Some(place) = is_here.get_mut(transcript(unit)) {
                *place = true;
            }
        }
        let mut in_order: Vec<usize> = (0..study.transcripts.len()).collect();
        if matches!(axis, Axis::Case | Axis::Attribute(List::Case, _)) {
            let case = |at: &usize| study.transcripts.get(*at).map(|it| &it.case);
            in_order.sort_by_key(|at| study.cases.iter().position(|it| Some(&it.id) == case(at)));
        }
        let name_of = place_names(axis, study);
        let mut entry_of = vec![u32::MAX; study.transcripts.len()];
        let (named, unnamed): (Vec<usize>, Vec<usize>) =
            in_order.into_iter().filter(|at| is_here[*at]).partition(|at| !name_of[*at].is_empty());
        let mut names = Names::of(axis, named.iter().map(|at| name_of[*at].as_str()));
        for at in named {
            entry_of[at] = names.number(&name_of[at]);
        }
        for at in unnamed {
            entry_of[at] = names.number(NO_VALUE);
        }
        let entry = |at: &u32| entry_of.get(*at as usize).copied().unwrap_or(u32::MAX);
        let of_unit = study.unit_transcripts.iter().map(entry).collect();
        Self { ids: names.ids, kind: Kind::Place(of_unit) }
    }

    /// Topics in the order of the guide, then those that it has not in the order in which they come up; `-` last.
    fn of_topics(study: &Study, here: impl Iterator<Item = UnitIndex>) -> Self {
        let mut units: Vec<UnitIndex> = here.collect();
        units.sort_unstable();
        units.dedup();
        let topic = |unit: &UnitIndex| study.unit_at(*unit).map_or("", |it| it.topic.trim());
        let mut names = Names::default();
        let here: HashSet<&str> = units.iter().map(topic).collect();
        for known in study.guide.topics().into_iter().filter(|topic| here.contains(topic)) {
            names.number(known);
        }
        let mut of_unit = vec![u32::MAX; study.units.len()];
        let (named, unnamed): (Vec<UnitIndex>, Vec<UnitIndex>) =
            units.into_iter().partition(|unit| !topic(unit).is_empty());
        for unit in named {
            of_unit[unit.at()] = names.number(topic(&unit));
        }
        for unit in unnamed {
            of_unit[unit.at()] = names.number(NO_VALUE);
        }
        Self { ids: names.ids, kind: Kind::Place(of_unit) }
    }

    /// People in the order of their list, or what is said of them in the order in which it appears there.
    fn of_people(axis: &Axis, study: &Study, people: &People<'_>, sources: &[Source<'_>]) -> Self {
        let units = sources.iter().flat_map(|source| &source.decisions.units);
        let counting = people.counting(&units.map(|unit| study.case_of(*unit)).collect());
        let attribute = match axis {
            Axis::Attribute(_, name) => {
                study.participant_attributes.iter().position(|it| it == name)
            }
            _ => None,
        };
        let name = |person: &Person<'_>| match axis {
            Axis::Participant => person.id.to_string(),
            Axis::Role => person.role.to_string(),
            _ => {
                let value = attribute.and_then(|at| person.attributes.get(at));
                value.map_or("", |value| value.trim()).to_owned()
            }
        };
        let (named, unnamed): (Vec<_>, Vec<_>) =
            counting.iter().map(|(at, it)| (*at, name(it))).partition(|(_, it)| !it.is_empty());
        let mut names = Names::of(axis, named.iter().map(|(_, name)| name.as_str()));
        let mut of_person = vec![None; people.len()];
        if *axis == Axis::Role {
            let is_there = |role: &Role| counting.iter().any(|(_, it)| it.role == *role);
            for role in Role::ALL.into_iter().filter(is_there) {
                names.number(role.as_str());
            }
        }
        for (person, name) in named {
            of_person[person as usize] = Some(names.number(&name));
        }
        for (person, _) in unnamed {
            of_person[person as usize] = Some(names.number(NO_VALUE));
        }
        Self { ids: names.ids, kind: Kind::People(of_person) }
    }

    fn of_sources<'a>(
        sources: &'a [Source<'_>],
        name: impl Fn(&'a Source<'_>) -> Option<&'a str>,
    ) -> Self {
        let mut names = Names::default();
        let of_source =
            sources.iter().map(|source| names.number(name(source).unwrap_or(NO_VALUE))).collect();
        Self { ids: names.ids, kind: Kind::Source(of_source) }
    }

    fn of_codes(axis: &Axis, study: &Study, sources: &[Source<'_>], exact: bool) -> Self {
        let vocabulary = &study.vocabulary;
        let Some(first) = sources.first() else {
            return Self { ids: Vec::new(), kind: Kind::Source(Vec::new()) };
        };
        let dimensions = &first.decisions.dimensions;
        // Per entry its code and its dimension's place among those looked at.
        let mut entries: Vec<(CodeIndex, usize)> = Vec::new();
        for (place, dimension) in dimensions.iter().enumerate() {
            if *axis == Axis::Dimension {
                let known = &vocabulary.dimensions[usize::from(dimension.0)];
                entries.push((known.own_code, place));
            } else {
                entries.extend(vocabulary.codes_of(*dimension).map(|(code, _)| (code, place)));
            }
        }
        let mut entry_of = vec![None; vocabulary.codes.len()];
        for (number, (code, _)) in (0_u32..).zip(&entries) {
            entry_of[usize::from(code.0)] = Some(number);
        }
        let above = with_ancestors(vocabulary);
        let of_answer = |source: &Source<'_>| {
            let answers = &source.decisions.answers;
            let numbers = (0..answers.len()).filter_map(|at| u32::try_from(at).ok());
            let entries = |number| {
                let mut entries: Vec<u32> = Vec::new();
                for code in answers.codes(AnswerIndex(number)) {
                    let path = above.get(usize::from(code.0)).map_or(&[][..], Vec::as_slice);
                    let counted = if exact { path.get(..1).unwrap_or_default() } else { path };
                    entries.extend(counted.iter().filter_map(|it| entry_of[usize::from(it.0)]));
                }
                entries.sort_unstable();
                entries.dedup();
                entries
            };
            numbers.map(entries).collect()
        };
        // What was offered has numbers of its own in each source; here the same offer is one.
        let mut offers: Vec<&[bool]> = Vec::new();
        let mut offer_of: Vec<Vec<usize>> = Vec::new();
        for source in sources {
            let of_source = source.decisions.offered.sets().map(|set| {
                offers.iter().position(|known| *known == set).unwrap_or_else(|| {
                    offers.push(set);
                    offers.len() - 1
                })
            });
            offer_of.push(of_source.collect());
        }
        let asked = |(code, place): &(CodeIndex, usize)| {
            let has = |set: &[bool]| set.get(usize::from(code.0)).copied().unwrap_or(false);
            let in_offers = offers.iter().enumerate().filter(|(_, set)| has(set));
            in_offers.map(|(offer, _)| place * offers.len() + offer).collect()
        };
        let codes = Codes {
            of_answer: sources.iter().map(of_answer).collect(),
            asked: entries.iter().map(asked).collect(),
            offers: offers.len(),
            offer_of,
            dimensions: dimensions.len(),
            codes: entries.iter().map(|(code, _)| *code).collect(),
        };
        let id = |(code, _): &(CodeIndex, usize)| vocabulary.of(*code).id.to_string();
        Self { ids: entries.iter().map(id).collect(), kind: Kind::Codes(codes) }
    }
}

/// Per transcript, the name of the entry in which it lies.
fn place_names(axis: &Axis, study: &Study) -> Vec<String> {
    let value = |values: Option<&Vec<String>>, names: &[String], name: &str| {
        let at = names.iter().position(|it| it == name);
        let value = values.zip(at).and_then(|(values, at)| values.get(at));
        value.map_or("", |value| value.trim()).to_owned()
    };
    let name = |transcript: &Transcript| match axis {
        Axis::Case => transcript.case.to_string(),
        Axis::Transcript => transcript.id.to_string(),
        Axis::SourceKind => {
            value(Some(&transcript.attributes), &study.transcript_attributes, SOURCE_KIND)
        }
        Axis::Attribute(List::Case, name) => {
            let case = study.case(&transcript.case);
            value(case.map(|case| &case.attributes), &study.case_attributes, name)
        }
        Axis::Attribute(List::Transcript, name) => {
            value(Some(&transcript.attributes), &study.transcript_attributes, name)
        }
        _ => String::new(),
    };
    study.transcripts.iter().map(name).collect()
}
