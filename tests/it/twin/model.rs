//! The same questions answered by brute force: every rule of “Counting” and “What holds” as it is written there, over a
//! list of acts in time, sharing nothing with the program.

use std::collections::{BTreeMap, BTreeSet};

/// The units of the small study, with their case and who speaks in them.
pub(super) const UNITS: [(&str, &str, &str); 4] =
    [("A:2", "A", "P1"), ("A:3-4", "A", "P2"), ("A:5", "A", "P1"), ("B:1", "B", "P3")];
/// Its dimensions, with the answers that are tried.
pub(super) const DIMENSIONS: [(&str, [&str; 4]); 2] = [
    ("leadership", ["none", "horizontal", "horizontal; rotating", "leadership"]),
    ("tone", ["none", "warm", "cold", "warm"]),
];
pub(super) const CASES: [&str; 2] = ["A", "B"];

/// What somebody did; the place in the list is the time.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// An empty answer takes one back.
    Decide {
        coder: usize,
        round: usize,
        unit: usize,
        dimension: usize,
        answer: &'static str,
    },
    Seal {
        coder: usize,
        round: usize,
        cases: Vec<usize>,
    },
    /// Somebody, or everybody, looked.
    Look {
        who: Option<usize>,
        cases: Vec<usize>,
    },
    /// An empty answer leaves it open.
    Settle {
        round: usize,
        unit: usize,
        dimension: usize,
        answer: &'static str,
    },
}

/// A study by what was done in it.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) coders: usize,
    /// Per round whether its decisions count; else it is a check or a pilot.
    pub(super) rounds: Vec<bool>,
    /// Unit, coder, round; nothing where everybody codes everything.
    pub(super) assigned: Option<BTreeSet<(usize, usize, usize)>>,
    pub(super) withdrawn: Vec<&'static str>,
    pub(super) acts: Vec<Act>,
}

pub(super) type Place = (usize, usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    All,
    Independent,
    After,
}

/// What holds in one place: the round, and the answer of each coder who was asked (empty if none).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Holds {
    pub(super) round: usize,
    pub(super) answers: BTreeMap<usize, &'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub(super) consensus: u64,
    pub(super) agreed: u64,
    pub(super) single: u64,
    pub(super) unsettled: u64,
    pub(super) undecided: u64,
}

impl World {
    fn case(unit: usize) -> usize {
        CASES.iter().position(|case| *case == UNITS[unit].1).unwrap()
    }

    fn is_asked(&self, unit: usize, coder: usize, round: usize) -> bool {
        self.assigned.as_ref().is_none_or(|all| all.contains(&(unit, coder, round)))
    }

    /// The times at which a coder sealed a case in a round.
    fn seals(&self, coder: usize, round: usize, case: usize) -> Vec<usize> {
        let hers = |act: &Act| {
            matches!(act, Act::Seal { coder: c, round: r, cases }
            if (*c, *r) == (coder, round) && cases.contains(&case))
        };
        (0..self.acts.len()).filter(|time| hers(&self.acts[*time])).collect()
    }

    /// When a case opened in a round; `None` while it is closed.
    pub(super) fn opened(&self, case: usize, round: usize) -> Option<usize> {
        let asked: Vec<usize> = (0..self.coders)
            .filter(|coder| {
                (0..UNITS.len())
                    .any(|unit| Self::case(unit) == case && self.is_asked(unit, *coder, round))
            })
            .collect();
        let first: Option<Vec<usize>> =
            asked.iter().map(|coder| self.seals(*coder, round, case).first().copied()).collect();
        first?.into_iter().max()
    }

    /// Whether what was decided at a time counts: it was there at the last seal of its case, or there is none.
    fn counts(&self, time: usize) -> bool {
        let Act::Decide { coder, round, unit, .. } = self.acts[time] else { return false };
        self.seals(coder, round, Self::case(unit)).last().is_none_or(|seal| time < *seal)
    }

    /// Whether others' answers were open to the coder when she decided.
    fn is_after(&self, time: usize) -> bool {
        let Act::Decide { coder, round, unit, .. } = self.acts[time] else { return false };
        let case = Self::case(unit);
        let looked = (0..time).any(|before| {
            matches!(&self.acts[before], Act::Look { who, cases }
            if who.is_none_or(|who| who == coder) && cases.contains(&case))
        });
        let shown = (0..self.rounds.len()).any(|other_round| {
            let Some(opened) = self.opened(case, other_round) else { return false };
            let others = (0..self.coders).filter(|other| *other != coder);
            let is_shown = others.into_iter().any(|it| self.is_asked(unit, it, other_round));
            let seals = self.seals(coder, round, case);
            let covered = seals.iter().any(|seal| time < *seal && *seal <= opened);
            is_shown && !covered
        });
        looked || shown
    }

    /// The last decision of a coder in a place and round, of those let in; its time.
    fn last(
        &self,
        coder: usize,
        round: usize,
        place: Place,
        lets_in: impl Fn(usize) -> bool,
    ) -> Option<(usize, &'static str)> {
        (0..self.acts.len()).rev().find_map(|time| match self.acts[time] {
            Act::Decide { coder: c, round: r, unit, dimension, answer }
                if (c, r, (unit, dimension)) == (coder, round, place) && lets_in(time) =>
            {
                Some((time, answer))
            }
            _ => None,
        })
    }

    fn answer(&self, coder: usize, round: usize, place: Place, stage: Stage) -> &'static str {
        let lets_in =
            |time| self.counts(time) && !(stage == Stage::Independent && self.is_after(time));
        self.last(coder, round, place, lets_in).map_or("", |(_, answer)| answer)
    }

    /// Who is asked in a place in a round.
    fn asked(&self, unit: usize, round: usize) -> Vec<usize> {
        (0..self.coders).filter(|coder| self.is_asked(unit, *coder, round)).collect()
    }

    /// The rounds that are looked at in a place, latest first: those asked for, as far as the case is open in them.
    fn rounds_of(&self, unit: usize, asked: Option<usize>) -> Vec<usize> {
        (0..self.rounds.len())
            .rev()
            .filter(|round| asked.map_or(self.rounds[*round], |asked| asked == *round))
            .filter(|round| self.opened(Self::case(unit), *round).is_some())
            .collect()
    }

    fn decided_after(&self, coder: usize, round: usize, place: Place) -> bool {
        let last = self.last(coder, round, place, |time| self.counts(time));
        last.is_some_and(|(time, answer)| !answer.is_empty() && self.is_after(time))
    }

    pub(super) fn holds(&self, place: Place, asked: Option<usize>, stage: Stage) -> Option<Holds> {
        let rounds = self.rounds_of(place.0, asked);
        let of = |round: usize| Holds {
            round,
            answers: self
                .asked(place.0, round)
                .into_iter()
                .map(|coder| (coder, self.answer(coder, round, place, stage)))
                .collect(),
        };
        let mut all: Vec<Holds> = rounds.iter().map(|round| of(*round)).collect();
        if stage == Stage::After {
            let mut after = all.into_iter().filter(|it| {
                it.answers.keys().any(|coder| self.decided_after(*coder, it.round, place))
            });
            return after.next();
        }
        let whole = |it: &Holds| {
            !it.answers.is_empty() && it.answers.values().all(|answer| !answer.is_empty())
        };
        let any = |it: &Holds| it.answers.values().any(|answer| !answer.is_empty());
        let found = all.iter().position(whole).or_else(|| all.iter().position(any))?;
        Some(all.swap_remove(found))
    }

    /// How many decisions agreement on independence leaves out.
    pub(super) fn later(&self, asked: Option<usize>) -> u64 {
        let mut later = 0;
        for place in self.places(asked) {
            if let Some(holds) = self.holds(place, asked, Stage::After) {
                let after = holds.answers.keys();
                later += after.filter(|it| self.decided_after(**it, holds.round, place)).count();
            }
        }
        later as u64
    }

    /// The places of open cases that are in results: whoever alone speaks in a unit did not withdraw.
    pub(super) fn places(&self, asked: Option<usize>) -> Vec<Place> {
        let is_open = |unit: usize| !self.rounds_of(unit, asked).is_empty();
        let stays = |unit: usize| !self.withdrawn.contains(&UNITS[unit].2);
        let units = (0..UNITS.len()).filter(|unit| is_open(*unit) && stays(*unit));
        units.flat_map(|unit| [(unit, 0), (unit, 1)]).collect()
    }

    /// What was settled last in a place, in the rounds looked at: its round, and the answer (empty for open).
    fn settled(&self, place: Place, asked: Option<usize>) -> Option<(usize, &'static str)> {
        let mut by_round = BTreeMap::new();
        for act in &self.acts {
            if let Act::Settle { round, unit, dimension, answer } = act
                && (*unit, *dimension) == place
                && asked.map_or(self.rounds[*round], |asked| asked == *round)
            {
                by_round.insert(*round, *answer);
            }
        }
        by_round.into_iter().next_back()
    }

    /// What was settled and holds: not where all its coders have decided anew since, unless they gave the same again
    /// and still differ.
    pub(super) fn consensus(&self, place: Place, asked: Option<usize>) -> Option<&'static str> {
        let (settled_in, answer) = self.settled(place, asked)?;
        let Some(holds) = self.holds(place, asked, Stage::All) else { return Some(answer) };
        if holds.round <= settled_in {
            return Some(answer);
        }
        let before = |coder: usize| self.answer(coder, settled_in, place, Stage::All);
        let its = self.asked(place.0, settled_in).into_iter();
        let its: Vec<usize> = its.filter(|coder| !before(*coder).is_empty()).collect();
        let now = |coder: usize| holds.answers.get(&coder).copied().unwrap_or("");
        let anew: Vec<&str> = its.iter().map(|coder| now(*coder)).collect();
        let all_anew = !anew.is_empty() && anew.iter().all(|answer| !answer.is_empty());
        let one = anew.iter().all(|answer| *answer == anew[0]);
        let same = its.iter().all(|coder| before(*coder) == now(*coder));
        if all_anew && (one || !same) { None } else { Some(answer) }
    }

    /// What counts by a rule, place by place, and how everything stands under `final`.
    pub(super) fn counted(
        &self,
        from: &str,
        asked: Option<usize>,
    ) -> (BTreeMap<Place, BTreeSet<&'static str>>, Tally) {
        let mut counted = BTreeMap::new();
        let mut tally = Tally::default();
        for place in self.places(asked) {
            let holds = self.holds(place, asked, Stage::All);
            let answers: Vec<&str> =
                holds.iter().flat_map(|it| it.answers.values()).copied().collect();
            let decided: Vec<&'static str> = holds
                .iter()
                .flat_map(|it| it.answers.values().copied())
                .filter(|answer| !answer.is_empty())
                .collect();
            let whole = !answers.is_empty() && decided.len() == answers.len();
            let alike = whole && decided.iter().all(|answer| *answer == decided[0]);
            let settled = self.consensus(place, asked);
            let standing = match settled {
                Some("") => "unsettled",
                Some(_) => "consensus",
                None if decided.is_empty() => "undecided",
                None if alike && decided.len() == 1 => "single",
                None if alike => "agreed",
                None => "unsettled",
            };
            match standing {
                "consensus" => tally.consensus += 1,
                "agreed" => tally.agreed += 1,
                "single" => tally.single += 1,
                "unsettled" => tally.unsettled += 1,
                _ if self.is_anybodys(place.0) => tally.undecided += 1,
                _ => {}
            }
            let codes = |answer: &'static str| answer.split("; ").filter(|code| *code != "none");
            let one = |answer: &'static str| codes(answer).collect::<BTreeSet<&str>>();
            let answer = match from {
                "final" => match standing {
                    "consensus" => settled.map(one),
                    "single" | "agreed" => Some(one(decided[0])),
                    _ => None,
                },
                "consensus" if standing == "consensus" => settled.map(one),
                "agreed" if alike && decided.len() > 1 => Some(one(decided[0])),
                "any" if !decided.is_empty() => {
                    Some(decided.iter().flat_map(|answer| codes(answer)).collect())
                }
                _ => None,
            };
            if let Some(answer) = answer {
                counted.insert(place, answer);
            }
        }
        (counted, tally)
    }

    fn is_anybodys(&self, unit: usize) -> bool {
        self.assigned.as_ref().is_none_or(|all| all.iter().any(|(it, ..)| *it == unit))
    }

    /// Where two coders differ, with everybody's answer.
    pub(super) fn discrepancies(&self, asked: Option<usize>) -> BTreeMap<Place, Vec<&'static str>> {
        let mut found = BTreeMap::new();
        for place in self.places(asked) {
            let Some(holds) = self.holds(place, asked, Stage::All) else { continue };
            let distinct: BTreeSet<&str> =
                holds.answers.values().copied().filter(|it| !it.is_empty()).collect();
            if distinct.len() > 1 {
                let of = |coder| holds.answers.get(&coder).copied().unwrap_or("");
                found.insert(place, (0..self.coders).map(of).collect());
            }
        }
        found
    }

    /// Percent agreement on whole answers in a dimension, over the units that two or more decided, and their number.
    pub(super) fn agreement(
        &self,
        dimension: usize,
        asked: Option<usize>,
        stage: Stage,
    ) -> (u64, Option<f64>) {
        let (mut units, mut sum) = (0, 0.0);
        for place in self.places(asked).into_iter().filter(|(_, it)| *it == dimension) {
            let Some(holds) = self.holds(place, asked, stage) else { continue };
            let answers: Vec<&str> =
                holds.answers.values().copied().filter(|it| !it.is_empty()).collect();
            if answers.len() < 2 {
                continue;
            }
            let pairs = || (0..answers.len()).flat_map(|one| (0..one).map(move |two| (one, two)));
            let alike = pairs().filter(|(one, two)| answers[*one] == answers[*two]).count();
            units += 1;
            sum += alike as f64 / pairs().count() as f64;
        }
        (units, (units > 0).then(|| sum / units as f64))
    }
}
