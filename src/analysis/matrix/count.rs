//! Goes through the units once and counts them into the cells.

use std::collections::BTreeSet;

use super::entries::{At, Entries};
use super::people::{People, Speaker};
use super::scale::Scales;
use super::side::{Counts, Side};
use super::{Axis, Content, Matrix, Options, Source, Voice};
use crate::analysis::decisions::Decided;
use crate::analysis::quotes::may_be_quoted;
use crate::analysis::withdrawn::Withdrawn;
use crate::domain::answer::{Answers, DimensionIndex};
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;

/// Crosses two axes over the decisions of the sources.
#[must_use]
pub fn matrix(study: &Study, sources: &[Source<'_>], options: &Options) -> Matrix {
    let of_roles = [&options.rows, &options.columns].iter().any(|axes| axes.has(&Axis::Role));
    let everybody = options.with_moderator || of_roles;
    let with_words = options.content == Content::Words && (everybody || options.is_of_people());
    let people = People::of(study, options.asks_for_people(), everybody, with_words, options);
    let (exact, subtotals) = (options.exact, options.subtotals);
    let entries = |axes| Entries::of(axes, study, &people, sources, exact, subtotals);
    let rows = Side::of(entries(&options.rows), options.totals);
    let columns = Side::of(entries(&options.columns), options.totals);
    let dimensions = sources.first().map_or(&[][..], |it| it.decisions.dimensions.as_slice());
    let mut counting = Counting::new(study, &people, options, rows, columns, dimensions);
    let places: Vec<Vec<u32>> = sources.iter().map(|source| places(study, source)).collect();
    for (unit, _) in study.talk() {
        for (number, source) in sources.iter().enumerate() {
            let place = places.get(number).and_then(|places| places.get(unit.at()));
            let Some(place) = place.filter(|place| **place != u32::MAX) else { continue };
            counting.unit(number, unit, source, *place as usize);
        }
    }
    counting.finish()
}

/// Per unit of the study, its place among the units of a source.
fn places(study: &Study, source: &Source<'_>) -> Vec<u32> {
    let mut places = vec![u32::MAX; study.units.len()];
    for (place, unit) in (0_u32..).zip(&source.decisions.units) {
        if let Some(slot) = places.get_mut(unit.at()) {
            *slot = place;
        }
    }
    places
}

/// What is counted while the units are gone through.
pub(super) struct Counting<'a> {
    pub(super) study: &'a Study,
    pub(super) people: &'a People<'a>,
    pub(super) options: &'a Options,
    pub(super) rows: Side,
    pub(super) columns: Side,
    /// Units in each cell.
    pub(super) units: Counts,
    /// Row stratum by column stratum, whether any unit lies in both: there a cell is 0 and not empty.
    pub(super) possible: Vec<bool>,
    /// Units per row and column stratum, and units per row with any code: what a share is of.
    pub(super) of_row: Counts,
    pub(super) coded: Counts,
    /// Per cell, whether somebody who belongs there speaks at all; nothing where rows and columns are no people.
    pub(super) spoken: Vec<bool>,
    pub(super) unmarked: BTreeSet<UnitIndex>,
    pub(super) words: Vec<u64>,
    pub(super) distinct: Vec<BTreeSet<u32>>,
    pub(super) listed: Vec<Vec<UnitIndex>>,
    pub(super) not_quoted: BTreeSet<UnitIndex>,
    pub(super) of_several: BTreeSet<UnitIndex>,
    pub(super) scales: Option<Scales>,
    withdrawn: Withdrawn<'a>,
    scratch: Scratch,
}

#[derive(Default)]
struct Scratch {
    speakers: Vec<Speaker>,
    rows: Vec<u32>,
    columns: Vec<u32>,
    row_strata: Vec<usize>,
    column_strata: Vec<usize>,
}

impl<'a> Counting<'a> {
    fn new(
        study: &'a Study,
        people: &'a People<'a>,
        options: &'a Options,
        rows: Side,
        columns: Side,
        dimensions: &[DimensionIndex],
    ) -> Self {
        let cells = rows.size * columns.size;
        let sized = |wanted: bool| if wanted { cells } else { 0 };
        let of_whom = matches!(options.content, Content::Participants | Content::Names);
        let distinct = of_whom || options.content == Content::Cases;
        let of_words = matches!(options.content, Content::Quotes(_) | Content::Summary);
        let listed = options.list_units || of_words;
        Self {
            study,
            people,
            options,
            units: Counts::new(rows.size, columns.size),
            possible: vec![false; rows.strata * columns.strata],
            of_row: Counts::new(rows.size, columns.strata),
            coded: Counts::new(rows.size, 1),
            spoken: vec![false; sized(options.is_of_people())],
            unmarked: BTreeSet::new(),
            words: vec![0; sized(options.content == Content::Words)],
            distinct: vec![BTreeSet::new(); sized(distinct)],
            listed: vec![Vec::new(); sized(listed)],
            not_quoted: BTreeSet::new(),
            of_several: BTreeSet::new(),
            scales: Scales::of(study, options, dimensions, cells),
            withdrawn: Withdrawn::of(study),
            scratch: Scratch::default(),
            rows,
            columns,
        }
    }

    /// Counts a unit as one source decided it.
    fn unit(&mut self, source: usize, unit: UnitIndex, of: &Source<'_>, place: usize) {
        let mut scratch = std::mem::take(&mut self.scratch);
        self.decided(source, unit, of.decisions.unit(place), &of.decisions.answers, &mut scratch);
        self.scratch = scratch;
    }

    fn decided(
        &mut self,
        source: usize,
        unit: UnitIndex,
        decided: &[Decided],
        answers: &Answers,
        scratch: &mut Scratch,
    ) {
        let asks = self.options.asks_for_people();
        if asks {
            self.people.of_unit(unit, &mut scratch.speakers);
        }
        if self.options.is_of_people() {
            self.speak(source, unit, scratch);
        }
        if !decided.iter().any(|it| it.answer.is_decided()) {
            return;
        }
        let several = scratch.speakers.len() > 1;
        let somebody = !scratch.speakers.is_empty();
        if asks {
            self.people.by_voice(unit, &mut scratch.speakers);
        }
        let at = At { source, unit, decided, speakers: &scratch.speakers };
        self.rows.look(&at, &mut scratch.rows, &mut scratch.row_strata);
        self.columns.look(&at, &mut scratch.columns, &mut scratch.column_strata);
        for &row in &scratch.row_strata {
            for &column in &scratch.column_strata {
                let place = row * self.columns.strata + column;
                if !self.possible[place] {
                    self.possible[place] = self.shares_strata(row, column, &scratch.speakers);
                }
            }
        }
        let coded = decided.iter().any(|it| !answers.codes(it.answer).is_empty());
        if self.options.content == Content::Share {
            for &row in &scratch.rows {
                for &column in &scratch.column_strata {
                    self.of_row.add(row as usize, column, unit);
                }
                if coded {
                    self.coded.add(row as usize, 0, unit);
                }
            }
        }
        // Where nothing says which code, a unit counts if it has any.
        if coded {
            let in_a_cell = !scratch.rows.is_empty() && !scratch.columns.is_empty();
            if in_a_cell && several {
                self.of_several.insert(unit);
            }
            let marks = self.options.voice == Voice::Marked && self.options.is_of_people();
            if marks && somebody && scratch.speakers.is_empty() {
                self.unmarked.insert(unit);
            }
            for &row in &scratch.rows {
                for &column in &scratch.columns {
                    let place = (row as usize, column as usize);
                    if self.cell(place, unit, &scratch.speakers)
                        && let Some(scales) = &mut self.scales
                    {
                        scales.add(place.0 * self.columns.size + place.1, place, decided, answers);
                    }
                }
            }
        }
    }

    /// Marks the cells in which somebody speaks, whatever was decided.
    fn speak(&mut self, source: usize, unit: UnitIndex, scratch: &mut Scratch) {
        let at = At { source, unit, decided: &[], speakers: &scratch.speakers };
        self.rows.spoken(&at, &mut scratch.rows);
        self.columns.spoken(&at, &mut scratch.columns);
        for &row in &scratch.rows {
            for &column in &scratch.columns {
                let (row, column) = (row as usize, column as usize);
                let place = row * self.columns.size + column;
                if self.spoken.get(place) == Some(&false)
                    && self.shares_a_speaker(row, column, &scratch.speakers)
                {
                    self.spoken[place] = true;
                }
            }
        }
    }

    /// Counts a unit into a cell; whether it was not counted there before.
    fn cell(
        &mut self,
        (row, column): (usize, usize),
        unit: UnitIndex,
        speakers: &[Speaker],
    ) -> bool {
        let here = self.here((row, column), unit, speakers);
        if (self.asks_for_somebody() && here.is_empty()) || !self.units.add(row, column, unit) {
            return false;
        }
        let at = row * self.columns.size + column;
        match self.options.content {
            Content::Words => {
                let of_people = self.people.counts_words();
                let words = if of_people {
                    here.iter().map(|speaker| speaker.words).sum()
                } else {
                    self.withdrawn.words(self.study, unit)
                };
                self.words[at] += words;
            }
            Content::Participants | Content::Names => {
                self.distinct[at].extend(here.iter().map(|it| it.person));
            }
            Content::Cases => {
                let case = self.study.case_of(unit);
                let place = self.study.cases.iter().position(|it| it.id == *case);
                self.distinct[at].extend(place.and_then(|place| u32::try_from(place).ok()));
            }
            Content::Quotes(_) if !may_be_quoted(self.study, unit) => {
                self.not_quoted.insert(unit);
                return true;
            }
            Content::Units
            | Content::Share
            | Content::Presence
            | Content::Median
            | Content::Range
            | Content::Summary
            | Content::Quotes(_) => {}
        }
        if let Some(listed) = self.listed.get_mut(at) {
            listed.push(unit);
        }
        true
    }

    /// Whether a unit counts in a cell only where somebody is there for whom it does.
    fn asks_for_somebody(&self) -> bool {
        let marked = self.options.voice == Voice::Marked && self.options.is_of_people();
        marked || self.both_are_people()
    }

    /// For whom of its speakers a unit counts in a cell.
    fn here(
        &self,
        (row, column): (usize, usize),
        unit: UnitIndex,
        speakers: &[Speaker],
    ) -> Vec<Speaker> {
        let stands = |it: &&Speaker| {
            self.rows.holds(row, it.person) && self.columns.holds(column, it.person)
        };
        let marked = |it: &&Speaker| self.is_marked((row, column), unit, it.person);
        speakers.iter().filter(stands).filter(marked).copied().collect()
    }

    /// Whether a person's words were picked for what a cell is about, where the voice asks for that.
    fn is_marked(&self, (row, column): (usize, usize), unit: UnitIndex, person: u32) -> bool {
        self.options.voice != Voice::Marked
            || (self.people.is_marked(unit, person, self.rows.codes(row))
                && self.people.is_marked(unit, person, self.columns.codes(column)))
    }

    fn both_are_people(&self) -> bool {
        self.options.rows.is_of_people() && self.options.columns.is_of_people()
    }

    /// Where rows and columns both are people, somebody must stand in both strata.
    fn shares_strata(&self, row: usize, column: usize, speakers: &[Speaker]) -> bool {
        let stands = |it: &Speaker| {
            self.rows.stratum_holds(row, it.person) && self.columns.stratum_holds(column, it.person)
        };
        !self.both_are_people() || speakers.iter().any(stands)
    }

    /// Where rows and columns both are people, somebody must stand in both.
    fn shares_a_speaker(&self, row: usize, column: usize, speakers: &[Speaker]) -> bool {
        let stands =
            |it: &Speaker| self.rows.holds(row, it.person) && self.columns.holds(column, it.person);
        !self.both_are_people() || speakers.iter().any(stands)
    }
}
