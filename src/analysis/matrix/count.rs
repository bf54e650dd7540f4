//! Goes through the units once and counts them into the cells.

use std::collections::BTreeSet;

use super::entries::{At, Entries};
use super::people::{People, Speaker};
use super::scale::Scales;
use super::{Axis, Cell, Content, Head, Matrix, Options, Source, TOTAL, Value, Voice};
use crate::analysis::decisions::Decided;
use crate::analysis::quotes::{chosen, may_be_quoted};
use crate::analysis::withdrawn::Withdrawn;
use crate::domain::answer::{Answers, CodeIndex, DimensionIndex};
use crate::domain::locator::Locator;
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;

/// Crosses two axes over the decisions of the sources.
#[must_use]
pub fn matrix(study: &Study, sources: &[Source<'_>], options: &Options) -> Matrix {
    let of_people = options.rows.is_of_people() || options.columns.is_of_people();
    let of_roles = [&options.rows, &options.columns].iter().any(|axes| axes.has(&Axis::Role));
    let everybody = options.with_moderator || of_roles;
    let with_words = options.content == Content::Words && (everybody || of_people);
    let people = People::of(study, asks_for_people(options), everybody, with_words, options);
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

/// Whether rows or columns are people or say something of people.
fn of_people(options: &Options) -> bool {
    options.rows.is_of_people() || options.columns.is_of_people()
}

/// Whether anything asks who speaks in a unit.
fn asks_for_people(options: &Options) -> bool {
    of_people(options)
        || matches!(options.content, Content::Participants | Content::Words | Content::Names)
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

/// The rows or the columns, with a total at the end if one is asked for.
struct Side {
    entries: Entries,
    /// Entries, the total included.
    size: usize,
    /// Strata, that of the total included.
    strata: usize,
    total: bool,
}

impl Side {
    fn of(entries: Entries, total: bool) -> Self {
        let more = usize::from(total);
        Self { size: entries.ids.len() + more, strata: entries.strata() + more, entries, total }
    }

    fn heads(&self) -> Vec<Head> {
        let heads = (0..self.entries.ids.len()).filter_map(|at| self.entries.head(at));
        let mut heads: Vec<Head> = heads.collect();
        if self.total {
            let outer = heads.first().and_then(|it| it.outer.as_ref()).map(|_| String::new());
            heads.push(Head { outer, id: TOTAL.to_owned() });
        }
        heads
    }

    /// The entries and strata of a unit; the total holds whatever any entry holds.
    fn look(&self, at: &At<'_>, members: &mut Vec<u32>, strata: &mut Vec<usize>) {
        self.entries.members(at, members);
        self.entries.strata_of(at, members, strata);
        if self.total {
            if !members.is_empty() {
                members.push(u32::try_from(self.entries.ids.len()).unwrap_or(u32::MAX));
            }
            if !strata.is_empty() {
                strata.push(self.entries.strata());
            }
        }
    }

    /// The entries in which a unit would stand whatever it was given.
    fn spoken(&self, at: &At<'_>, members: &mut Vec<u32>) {
        self.entries.spoken(at, members);
        if self.total && !members.is_empty() {
            members.push(u32::try_from(self.entries.ids.len()).unwrap_or(u32::MAX));
        }
    }

    /// The codes for which an entry stands; none where it stands for something else, as the total does.
    fn codes(&self, entry: usize) -> &[CodeIndex] {
        self.entries.codes(entry)
    }

    /// Whether a person stands in a stratum, as in an entry.
    fn stratum_holds(&self, stratum: usize, person: u32) -> bool {
        stratum >= self.entries.strata() || self.entries.stratum_holds(stratum, person)
    }

    fn strata_of_entry(&self, entry: usize) -> Vec<usize> {
        if entry == self.entries.ids.len() {
            vec![self.entries.strata()]
        } else {
            self.entries.strata_of_entry(entry)
        }
    }

    /// Whether a person stands in an entry; everybody does where entries are no people, and in the total.
    fn holds(&self, entry: usize, person: u32) -> bool {
        entry >= self.entries.ids.len() || self.entries.holds(entry, person)
    }
}

/// A table of counts that counts each unit once, though several sources hold it.
struct Counts {
    width: usize,
    counts: Vec<u64>,
    last: Vec<u32>,
}

impl Counts {
    fn new(height: usize, width: usize) -> Self {
        Self { width, counts: vec![0; height * width], last: vec![u32::MAX; height * width] }
    }

    /// Counts a unit; whether it was not counted here before.
    fn add(&mut self, row: usize, column: usize, unit: UnitIndex) -> bool {
        let at = row * self.width + column;
        let (Some(count), Some(last)) = (self.counts.get_mut(at), self.last.get_mut(at)) else {
            return false;
        };
        let is_new = *last != unit.0;
        if is_new {
            *last = unit.0;
            *count += 1;
        }
        is_new
    }

    fn get(&self, row: usize, column: usize) -> u64 {
        self.counts.get(row * self.width + column).copied().unwrap_or(0)
    }
}

struct Counting<'a> {
    study: &'a Study,
    people: &'a People<'a>,
    options: &'a Options,
    rows: Side,
    columns: Side,
    /// Units in each cell.
    units: Counts,
    /// Row stratum by column stratum, whether any unit lies in both: there a cell is 0 and not empty.
    possible: Vec<bool>,
    /// Units per row and column stratum, and units per row with any code: what a share is of.
    of_row: Counts,
    coded: Counts,
    /// Per cell, whether somebody who belongs there speaks at all; nothing where rows and columns are no people.
    spoken: Vec<bool>,
    unmarked: BTreeSet<UnitIndex>,
    words: Vec<u64>,
    distinct: Vec<BTreeSet<u32>>,
    listed: Vec<Vec<UnitIndex>>,
    not_quoted: BTreeSet<UnitIndex>,
    of_several: BTreeSet<UnitIndex>,
    scales: Option<Scales>,
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
            spoken: vec![false; sized(of_people(options))],
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
        let asks = asks_for_people(self.options);
        if asks {
            self.people.of_unit(unit, &mut scratch.speakers);
        }
        if of_people(self.options) {
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
            let marks = self.options.voice == Voice::Marked && of_people(self.options);
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
        if !self.counts((row, column), unit, speakers) || !self.units.add(row, column, unit) {
            return false;
        }
        let at = row * self.columns.size + column;
        let here: Vec<Speaker> = speakers
            .iter()
            .filter(|it| self.rows.holds(row, it.person) && self.columns.holds(column, it.person))
            .filter(|it| self.is_marked((row, column), unit, it.person))
            .copied()
            .collect();
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

    /// Whether somebody is there for whom the unit counts in a cell.
    fn counts(&self, (row, column): (usize, usize), unit: UnitIndex, speakers: &[Speaker]) -> bool {
        if self.options.voice != Voice::Marked || !of_people(self.options) {
            return self.shares_a_speaker(row, column, speakers);
        }
        speakers.iter().any(|it| {
            self.rows.holds(row, it.person)
                && self.columns.holds(column, it.person)
                && self.is_marked((row, column), unit, it.person)
        })
    }

    /// Whether a person's words were picked for what a cell is about, where the voice asks for that.
    fn is_marked(&self, (row, column): (usize, usize), unit: UnitIndex, person: u32) -> bool {
        self.options.voice != Voice::Marked
            || (self.people.is_marked(unit, person, self.rows.codes(row))
                && self.people.is_marked(unit, person, self.columns.codes(column)))
    }

    /// Where rows and columns both are people, somebody must stand in both strata.
    fn shares_strata(&self, row: usize, column: usize, speakers: &[Speaker]) -> bool {
        let both = self.options.rows.is_of_people() && self.options.columns.is_of_people();
        let stands = |it: &Speaker| {
            self.rows.stratum_holds(row, it.person) && self.columns.stratum_holds(column, it.person)
        };
        !both || speakers.iter().any(stands)
    }

    /// Where rows and columns both are people, somebody must stand in both.
    fn shares_a_speaker(&self, row: usize, column: usize, speakers: &[Speaker]) -> bool {
        if !(self.options.rows.is_of_people() && self.options.columns.is_of_people()) {
            return true;
        }
        speakers
            .iter()
            .any(|it| self.rows.holds(row, it.person) && self.columns.holds(column, it.person))
    }

    fn finish(mut self) -> Matrix {
        let row_strata: Vec<Vec<usize>> =
            (0..self.rows.size).map(|row| self.rows.strata_of_entry(row)).collect();
        let column_strata: Vec<Vec<usize>> =
            (0..self.columns.size).map(|column| self.columns.strata_of_entry(column)).collect();
        let mut cells = Vec::with_capacity(self.rows.size * self.columns.size);
        for (row, of_row) in row_strata.iter().enumerate() {
            for (column, of_column) in column_strata.iter().enumerate() {
                let at = row * self.columns.size + column;
                let possible = of_row.iter().any(|one| {
                    of_column.iter().any(|other| self.possible[one * self.columns.strata + other])
                });
                let value = if possible { self.value(row, column, of_column) } else { None };
                let units = self.listed.get_mut(at).map(std::mem::take).unwrap_or_default();
                let (units, picked) = self.chosen(units, (row, column));
                let ids = match (self.options.content, &self.scales) {
                    (Content::Names, _) => self.names(at),
                    (content, Some(scales)) => scales.ids(self.study, content, at, (row, column)),
                    _ => Vec::new(),
                };
                let nowhere = self.scales.is_some() && ids.is_empty();
                let value = value.filter(|_| !nowhere);
                let silent = value.is_none() && self.spoken.get(at) == Some(&false);
                let base = value.and_then(|_| self.base(row, of_column));
                cells.push(Cell { value, units, ids, written: None, base, silent, picked });
            }
        }
        Matrix {
            rows: self.rows.heads(),
            columns: self.columns.heads(),
            cells,
            not_quoted: self.not_quoted.len() as u64,
            of_several: self.of_several.len() as u64,
            unmarked: self.unmarked.len() as u64,
            off_scale: self.scales.map_or(0, |it| it.off),
        }
    }

    /// The units of a cell that are quoted, and of which of them a picked stretch.
    fn chosen(
        &self,
        units: Vec<UnitIndex>,
        (row, column): (usize, usize),
    ) -> (Vec<UnitIndex>, Vec<(UnitIndex, Locator)>) {
        let Content::Quotes(Some(most)) = self.options.content else { return (units, Vec::new()) };
        let codes: Vec<CodeIndex> = [self.rows.codes(row), self.columns.codes(column)].concat();
        let picks = &self.options.picks;
        let picked = |unit| picks.in_unit(self.study, unit, &codes).next().is_some();
        let units = chosen(self.study, units, usize::from(most.get()), picked);
        let inside = |unit: &UnitIndex| {
            let mut own = picks.in_unit(self.study, *unit, &codes).filter(|it| it.inside);
            own.next().map(|it| (*unit, it.locator.clone()))
        };
        let stretches = units.iter().filter_map(inside).collect();
        (units, stretches)
    }

    /// Who speaks in the units of a cell, in the order of their list.
    fn names(&self, at: usize) -> Vec<String> {
        let people = self.distinct.get(at).into_iter().flatten();
        people.filter_map(|person| self.people.id(*person)).map(ToString::to_string).collect()
    }

    /// What the shares of a row in a column are of, where shares are asked for.
    fn base(&self, row: usize, column_strata: &[usize]) -> Option<u64> {
        let of = || match self.columns.entries.is_of_codes() {
            true => column_strata.iter().map(|stratum| self.of_row.get(row, *stratum)).sum(),
            false => self.coded.get(row, 0),
        };
        (self.options.content == Content::Share).then(of)
    }

    fn value(&self, row: usize, column: usize, column_strata: &[usize]) -> Option<Value> {
        let at = row * self.columns.size + column;
        let units = self.units.get(row, column);
        let distinct = || self.distinct.get(at).map_or(0, |set| set.len() as u64);
        Some(match self.options.content {
            Content::Units => Value::Count(units),
            Content::Participants | Content::Cases => Value::Count(distinct()),
            Content::Words => Value::Count(self.words.get(at).copied().unwrap_or(0)),
            Content::Presence => Value::Count(u64::from(units > 0)),
            Content::Quotes(_) => Value::Quotes,
            Content::Summary => Value::Written,
            Content::Names | Content::Median | Content::Range => Value::Ids,
            Content::Share => {
                let of = self.base(row, column_strata).filter(|of| *of > 0)?;
                #[allow(clippy::cast_precision_loss)] // a study has fewer units than 2^53
                Value::Share(units as f64 / of as f64)
            }
        })
    }
}
