//! What was open to a coder when she decided: by looks (`--unblind`), and by cases that opened.
//!
//! A look concerns the cases that it showed and whoever looked. A case that opens shows it to everybody. What is decided
//! afterwards on the units that were coded there (in that round, by `seal --again`, in a later one) counts everywhere but
//! in agreement on independence. Before an opening is what a seal covered that is no later than the seal which opened the
//! case; whatever else there is came after it.

use std::collections::{BTreeMap, BTreeSet};

use super::gate::seqs;
use super::load::Opened;
use super::seal_before::WasThere;
use crate::domain::event::{HeldLog, What};
use crate::domain::id::{CaseId, CoderId};
use crate::domain::log::{Log, LogRow, RoundIndex, UnitIndex};
use crate::domain::time::Moment;

/// A case that opened in a round.
struct Opening {
    round: RoundIndex,
    /// The place among all seals of the one that opened it.
    seal: usize,
    /// Who is asked to code there, with the place of her first seal.
    coders: BTreeMap<CoderId, usize>,
}

/// The openings of each case.
type Openings = BTreeMap<CaseId, Vec<Opening>>;

/// The first opening that showed others' answers on a unit to a coder.
#[derive(Clone, Copy)]
struct Limit {
    /// The place of the seal that opened the case.
    seal: usize,
    /// The place of her own first seal there, which is no later.
    own: Option<usize>,
}

impl Opened {
    /// Per coder and row of her log, whether it was decided after others' answers on its unit were open to her.
    pub(super) fn decided_after(&self, coders: &[&CoderId]) -> Vec<Vec<bool>> {
        let openings = self.openings();
        let rows = |coder: &&CoderId| match self.logs.get(*coder) {
            Some(log) if self.is_blind() => self.rows_after(log, &openings),
            _ => Vec::new(),
        };
        coders.iter().map(rows).collect()
    }

    /// Whether the seal at one place is known to be earlier than the seal at another: by seq, never by clock. Rows of before
    /// come first, and among themselves only their times tell.
    fn precedes(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.seals.get(one), self.seals.get(other)) else {
            return false;
        };
        match (one.seq, other.seq) {
            (None, None) => one.at < other.at,
            (one, other) => one < other,
        }
    }

    fn openings(&self) -> Openings {
        let mut first: BTreeMap<(&CoderId, &CaseId, RoundIndex), usize> = BTreeMap::new();
        for (place, seal) in self.seals.iter().enumerate() {
            let Some(round) = self.study.round(seal.round.as_str()) else { continue };
            for case in &seal.scope {
                first.entry((&seal.coder, case, round)).or_insert(place);
            }
        }
        let mut openings = Openings::new();
        for round in self.study.all_rounds() {
            for (case, coders) in self.coders_of(round, &BTreeSet::new()) {
                let seal = |coder: CoderId| {
                    let place = *first.get(&(&coder, &case, round))?;
                    Some((coder, place))
                };
                let coders: Option<BTreeMap<CoderId, usize>> =
                    coders.into_iter().map(seal).collect();
                let Some(coders) = coders else { continue };
                let later =
                    |one: usize, other: usize| if self.precedes(one, other) { other } else { one };
                if let Some(seal) = coders.values().copied().reduce(later) {
                    openings.entry(case).or_default().push(Opening { round, seal, coders });
                }
            }
        }
        openings
    }

    fn rows_after(&self, log: &Log, openings: &Openings) -> Vec<bool> {
        let looks = self.looks_of(log);
        let mut seals = Seals::of(self, log);
        let mut limits: BTreeMap<UnitIndex, Option<Limit>> = BTreeMap::new();
        log.rows
            .iter()
            .enumerate()
            .map(|(number, row)| {
                let case = self.study.case_of(row.unit);
                let limit = *limits
                    .entry(row.unit)
                    .or_insert_with(|| self.limit(row.unit, &log.coder, openings.get(case)));
                looks.iter().any(|look| self.is_after(look, log, number, row))
                    || limit.is_some_and(|limit| !seals.covered_by(row, case, limit))
            })
            .collect()
    }

    /// The first opening of a case in a round in which others were asked to code this unit.
    fn limit(
        &self,
        unit: UnitIndex,
        coder: &CoderId,
        openings: Option<&Vec<Opening>>,
    ) -> Option<Limit> {
        let shows = |opening: &&Opening| {
            let mut others = opening.coders.keys().filter(|it| *it != coder);
            others.any(|it| self.study.is_assigned(unit, it, opening.round))
        };
        let limit = |it: &Opening| Limit { seal: it.seal, own: it.coders.get(coder).copied() };
        let earlier = |one: Limit, other: Limit| {
            if self.precedes(other.seal, one.seal) { other } else { one }
        };
        openings.into_iter().flatten().filter(shows).map(limit).reduce(earlier)
    }

    /// The looks by which others' decisions were shown to a coder before all had sealed them.
    fn looks_of(&self, log: &Log) -> Vec<Look<'_>> {
        let mut looks = Vec::new();
        for event in &self.events {
            let What::Unblind { cases, round, held } = &event.what else { continue };
            if event.who.is_empty() || event.is_by(&log.coder) {
                let round = round.as_ref().and_then(|round| self.study.round(round.as_str()));
                let known = match held.is_empty() {
                    true => Known::Until(event.at),
                    false => Known::Rows(rows_held(log, held).0),
                };
                let shown = cases.iter().filter(|case| self.was_shown(&log.coder, case, held));
                looks.push(Look { cases: shown.collect(), round, known });
            }
        }
        looks
    }

    /// Whether a look showed a coder anything of a case: where nobody else had decided anything, nothing was open. What
    /// cannot be told was.
    fn was_shown(&self, coder: &CoderId, case: &CaseId, held: &[HeldLog]) -> bool {
        let others = held.iter().filter(|it| it.coder != *coder);
        let logs = others.map(|it| self.logs.get(&it.coder));
        let shows = |log: Option<&Log>| {
            let Some(log) = log else { return true };
            let (rows, all_told) = rows_held(log, held);
            let here =
                |(row, held): (&LogRow, &bool)| *held && self.study.case_of(row.unit) == case;
            !all_told || log.rows.iter().zip(&rows).any(here)
        };
        held.is_empty() || logs.into_iter().any(shows)
    }

    /// Whether a row was decided after a look at its unit.
    fn is_after(&self, look: &Look<'_>, log: &Log, number: usize, row: &LogRow) -> bool {
        let was_there = match &look.known {
            Known::Until(at) => row.at <= *at,
            Known::Rows(held) => held.get(number).copied().unwrap_or(false),
        };
        if was_there || !look.cases.contains(&self.study.case_of(row.unit)) {
            return false;
        }
        let coders = self.study.counting_coders().filter(|it| it.id != log.coder);
        // A round that was looked at by itself shows only units that others were asked to code in it.
        look.round.is_none_or(|round| {
            coders.into_iter().any(|it| self.study.is_assigned(row.unit, &it.id, round))
        })
    }
}

/// A look, as it concerns one coder.
struct Look<'a> {
    /// The cases of which it showed anything.
    cases: Vec<&'a CaseId>,
    /// The round that was shown; absent for all.
    round: Option<RoundIndex>,
    known: Known,
}

/// Which rows of the coder's log were there when somebody looked.
enum Known {
    /// By the clock: all that is to be told from rows of before.
    Until(Moment),
    /// Per row, whether the looker's copy held it.
    Rows(Vec<bool>),
}

/// Which rows of a log a copy held, and whether that can be told of all its files. What cannot be told was not there:
/// where a file has other rows than then up to the same seq, somebody put some between.
fn rows_held(log: &Log, held: &[HeldLog]) -> (Vec<bool>, bool) {
    let (mut told, of_log) = (0, held.iter().filter(|it| it.coder == log.coder).count());
    let mut there: BTreeSet<&[u8]> = BTreeSet::new();
    for device in &log.devices {
        let of_device = |it: &&HeldLog| it.coder == log.coder && it.device == device.name;
        for held in held.iter().filter(of_device) {
            let rows: BTreeSet<&[u8]> = seqs(&device.bytes)
                .filter(|(seq, _)| *seq <= held.highest)
                .map(|(_, row)| row)
                .collect();
            if rows.len() as u64 == held.rows {
                there.extend(rows);
                told += 1;
            }
        }
    }
    let rows = log.rows.iter().map(|row| there.contains(log.bytes(row))).collect();
    (rows, told == of_log)
}

/// What a coder's seals covered, looked up as it is needed.
struct Seals<'a> {
    opened: &'a Opened,
    log: &'a Log,
    /// The places of her seals among all, in order.
    places: BTreeMap<(&'a CaseId, RoundIndex), Vec<usize>>,
    /// By place among all seals; nothing where a seal's rows are no longer what they were.
    was_there: BTreeMap<usize, Option<WasThere<'a>>>,
}

impl<'a> Seals<'a> {
    fn of(opened: &'a Opened, log: &'a Log) -> Self {
        let mut places: BTreeMap<(&CaseId, RoundIndex), Vec<usize>> = BTreeMap::new();
        for (place, seal) in opened.seals.iter().enumerate() {
            let Some(round) = opened.study.round(seal.round.as_str()) else { continue };
            for case in seal.scope.iter().filter(|_| seal.coder == log.coder) {
                places.entry((case, round)).or_default().push(place);
            }
        }
        Self { opened, log, places, was_there: BTreeMap::new() }
    }

    /// Whether a seal that is no later than an opening covered a row.
    fn covered_by(&mut self, row: &LogRow, case: &'a CaseId, limit: Limit) -> bool {
        let Some(places) = self.places.get(&(case, row.round)) else { return false };
        let (opened, log) = (self.opened, self.log);
        let is_before =
            |place: &usize| limit.own == Some(*place) || opened.precedes(*place, limit.seal);
        // What the last seal does not cover does not count anyway.
        if places.last().is_some_and(is_before) {
            return true;
        }
        let Some(before) = places.iter().copied().rfind(is_before) else { return false };
        let was_there = self.was_there.entry(before);
        let was_there = was_there.or_insert_with(|| opened.was_there(log, before));
        was_there.as_ref().is_some_and(|was_there| was_there(row))
    }
}
