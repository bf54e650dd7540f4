//! Rows of `assignments.csv`, added to and taken from.

use std::collections::BTreeSet;

use super::Portion;
use crate::domain::assignments::{Assignment, Part};
use crate::domain::id::{CoderId, RoundId};
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;

/// The rows of a study, which change as one asks; a study without the file has a row `all,CODER,all` for each coder.
#[derive(Debug, Clone)]
pub struct Rows<'a> {
    study: &'a Study,
    rows: Vec<Row>,
}

#[derive(Debug, Clone)]
struct Row {
    row: Assignment,
    /// Units of talk that stand.
    units: BTreeSet<UnitIndex>,
}

/// What adding changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// How many units the coder is asked for who was not asked for them before.
    pub new: usize,
    /// How many she was asked for only because nothing had been said of her.
    pub no_longer: usize,
}

impl<'a> Rows<'a> {
    /// The rows as they are.
    #[must_use]
    pub fn of(study: &'a Study) -> Self {
        let talk: BTreeSet<UnitIndex> = study.talk().map(|(unit, _)| unit).collect();
        let rows = match &study.assignments {
            Some(known) => {
                let units = |at: usize| known.covered(at).iter().filter(|unit| talk.contains(unit));
                let row = |(at, row): (usize, &Assignment)| Row {
                    row: row.clone(),
                    units: units(at).copied().collect(),
                };
                known.rows.iter().enumerate().map(row).collect()
            }
            None => {
                let everything = |coder: &CoderId| Row {
                    row: Assignment::everything(coder.clone()),
                    units: talk.clone(),
                };
                study.settings.coders.iter().map(|coder| everything(&coder.id)).collect()
            }
        };
        Self { study, rows }
    }

    /// The rows, for the file.
    #[must_use]
    pub fn into_rows(self) -> Vec<Assignment> {
        self.rows.into_iter().map(|it| it.row).collect()
    }

    /// Takes every row of a coder away.
    pub fn forget(&mut self, coder: &CoderId) {
        self.rows.retain(|it| it.row.coder != *coder);
    }

    /// What a coder is asked for in a round, or, without one, in all.
    #[must_use]
    pub fn asked(&self, coder: &CoderId, round: Option<&RoundId>) -> BTreeSet<UnitIndex> {
        let hers = self.rows.iter().filter(|it| it.row.coder == *coder);
        let here = hers.filter(|it| it.row.round.is_none() || it.row.round.as_ref() == round);
        here.flat_map(|it| &it.units).copied().collect()
    }

    /// The rows of a coder that concern a round, each with how many units it asks for.
    pub fn of_coder<'b>(
        &'b self,
        coder: &'b CoderId,
        round: &'b RoundId,
    ) -> impl Iterator<Item = (&'b Assignment, usize)> + 'b {
        let hers = self.rows.iter().filter(move |it| it.row.coder == *coder);
        let here = hers.filter(move |it| it.row.round.as_ref().is_none_or(|of| of == round));
        here.map(|it| (&it.row, it.units.len()))
    }

    /// Whether a coder is asked for everything only because nothing was said of her.
    #[must_use]
    pub fn is_untold(&self, coder: &CoderId) -> bool {
        let mut hers = self.rows.iter().filter(|it| it.row.coder == *coder);
        let first = hers.next();
        hers.next().is_none()
            && first.is_some_and(|it| it.row == Assignment::everything(coder.clone()))
    }

    /// Asks a coder for more. Where nothing had been said of her, it is from now on all she is asked for in that
    /// round, unless she has decided on something else there (`decided`): then she keeps everything.
    pub fn add(
        &mut self,
        coder: &CoderId,
        round: Option<&RoundId>,
        portions: &[Portion],
        decided: &BTreeSet<UnitIndex>,
    ) -> Added {
        let before = self.asked(coder, round);
        let wanted = super::units_of(portions);
        let mut no_longer = 0;
        if self.is_untold(coder)
            && decided.is_subset(&wanted)
            && !portions.iter().any(|it| it.part == Part::All)
        {
            no_longer = before.difference(&wanted).count();
            self.take(coder, round, &before);
        }
        for portion in portions {
            let have = self.asked(coder, round);
            let row = Assignment {
                part: portion.part.clone(),
                coder: coder.clone(),
                round: round.cloned(),
            };
            // A unit is named once; a case or a transcript may grow, so that it is named though all it has is named.
            let named = self.rows.iter().any(|it| {
                it.row.coder == *coder
                    && (it.row.round.is_none() || it.row.round == row.round)
                    && (it.row.part == Part::All || it.row.part == row.part)
            });
            let single = matches!(portion.part, Part::Unit(_));
            let have_it = named || (single && portion.units.is_subset(&have));
            if !have_it {
                self.rows.push(Row { row, units: portion.units.clone() });
            }
        }
        Added { new: wanted.difference(&before).count(), no_longer }
    }

    /// Asks a coder no more for these units, in a round or in all; returns how many she had been asked for.
    pub fn take(
        &mut self,
        coder: &CoderId,
        round: Option<&RoundId>,
        units: &BTreeSet<UnitIndex>,
    ) -> usize {
        let before = self.asked(coder, round);
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in std::mem::take(&mut self.rows) {
            let concerned = row.row.coder == *coder
                && (round.is_none() || row.row.round.is_none() || row.row.round.as_ref() == round);
            if !concerned || row.units.is_disjoint(units) {
                rows.push(row);
                continue;
            }
            if row.row.round.is_none()
                && let Some(round) = round
            {
                let others = self.study.rounds.iter().filter(|it| *it != round);
                rows.extend(others.map(|other| Row {
                    row: Assignment { round: Some(other.clone()), ..row.row.clone() },
                    units: row.units.clone(),
                }));
            }
            let rest: BTreeSet<UnitIndex> = row.units.difference(units).copied().collect();
            let of = round.cloned().or_else(|| row.row.round.clone());
            rows.extend(self.portions(&row.row.part, &rest).into_iter().map(|it| Row {
                row: Assignment { part: it.part, coder: coder.clone(), round: of.clone() },
                units: it.units,
            }));
        }
        self.rows = rows;
        before.intersection(units).count()
    }

    /// What is left of a part, in as few words as it can be said: whole cases, whole transcripts, units.
    fn portions(&self, part: &Part, rest: &BTreeSet<UnitIndex>) -> Vec<Portion> {
        let study = self.study;
        let smaller: Vec<Part> = match part {
            Part::All => study.cases.iter().map(|case| Part::Case(case.id.clone())).collect(),
            Part::Case(id) => {
                let texts = study.transcripts.iter().filter(|it| it.case == *id);
                texts.map(|it| Part::Transcript(it.id.clone())).collect()
            }
            Part::Transcript(_) | Part::Unit(_) => {
                return rest.iter().filter_map(|unit| Portion::unit(study, *unit)).collect();
            }
        };
        let mut portions = Vec::new();
        for part in smaller {
            let whole = Portion::of(study, part);
            let left: BTreeSet<UnitIndex> = whole.units.intersection(rest).copied().collect();
            if left.is_empty() {
                continue;
            }
            if left == whole.units {
                portions.push(whole);
            } else {
                portions.extend(self.portions(&whole.part, &left));
            }
        }
        portions
    }
}
