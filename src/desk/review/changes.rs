//! What is done to a cut: each change makes a whole new list of units for one transcript.

use super::{Done, Effect, Keep, Place, ReviewDesk, UnderWay};
use crate::domain::unit::Unit;
use crate::msg;
use crate::unitize::cuts::{self, Point, strength_cell, strengths};

impl ReviewDesk<'_> {
    pub(super) fn keep(&mut self, place: Place) -> Effect<Keep> {
        let Some((_, units, _)) = self.sides(place) else { return Effect::Moved };
        let mut units = units.to_vec();
        let (Some(unit), Some(at)) = (units.get_mut(place.unit), self.point(place)) else {
            return Effect::Moved;
        };
        if unit.pinned {
            self.at = self.weakest();
            return Effect::Moved;
        }
        unit.pinned = true;
        self.write(place.transcript, units, Done::Keep, at)
    }

    /// The two units become one; what stood between them, as a moderator's turn, goes into it.
    pub(super) fn drop_cut(&mut self, place: Place) -> Effect<Keep> {
        let Some((transcript, units, Some(first))) = self.sides(place) else {
            return Effect::Say(msg!("review.no_unit_before"));
        };
        let made = (|| {
            let (one, two) = (units.get(first)?, units.get(place.unit)?);
            let from = Point::start(one.locator.span());
            let to = Point::end(two.locator.span(), transcript);
            let joined = cuts::unit(one, transcript, (from, to), |id| self.study.role(id))?;
            let strength = strength_cell(strengths(one).0, strengths(two).1);
            Some((Unit { pinned: one.pinned, strength, ..joined }, from))
        })();
        let Some((joined, from)) = made else { return Effect::Moved };
        let mut all: Vec<Unit> = units.get(..first).unwrap_or_default().to_vec();
        all.push(joined);
        all.extend(units.get(place.unit + 1..).unwrap_or_default().iter().cloned());
        self.write(place.transcript, all, Done::Drop, from)
    }

    pub(super) fn move_by(&mut self, place: Place, sentences: usize, back: bool) -> Effect<Keep> {
        let (Some(at), Some(_)) = (self.point(place), self.sides(place).and_then(|it| it.2)) else {
            return Effect::Say(msg!("review.no_unit_before"));
        };
        let starts = self.sentences(place);
        let here = starts.iter().position(|it| *it == at).unwrap_or(0);
        let there = if back { here.checked_sub(sentences) } else { here.checked_add(sentences) };
        // Each of the two units keeps a sentence at least.
        match there.filter(|it| *it > 0).and_then(|it| starts.get(it)) {
            Some(to) => self.cut_anew(place, &[*to], Done::Move, *to),
            None => Effect::Say(msg!("review.no_further")),
        }
    }

    pub(super) fn add(&mut self, place: Place, number: usize) -> Effect<Keep> {
        let starts = self.sentences(place);
        let Some(at) = number.checked_sub(1).and_then(|nth| starts.get(nth)).copied() else {
            return Effect::Say(msg!("review.no_sentence", last = starts.len()));
        };
        let has_before = self.sides(place).is_some_and(|it| it.2.is_some());
        let cut = self.point(place).filter(|_| has_before);
        if number == 1 || Some(at) == cut {
            return Effect::Say(msg!("review.cut_there"));
        }
        let mut at_all: Vec<Point> = cut.into_iter().chain([at]).collect();
        at_all.sort_unstable();
        self.cut_anew(place, &at_all, Done::Add, at)
    }

    /// Cuts the stretch of the two units at these places instead. What lies between the two, as a moderator's turn,
    /// stays by itself where a cut still falls there.
    fn cut_anew(&mut self, place: Place, at: &[Point], done: Done, hand: Point) -> Effect<Keep> {
        let Some((transcript, units, before)) = self.sides(place) else { return Effect::Moved };
        let first = before.unwrap_or(place.unit);
        let (Some(one), Some(two)) = (units.get(first), units.get(place.unit)) else {
            return Effect::Moved;
        };
        let (start, end) =
            (Point::start(one.locator.span()), Point::end(two.locator.span(), transcript));
        let role = |id: &_| self.study.role(id);
        let old_cut = Point::start(two.locator.span());
        let mut all: Vec<Unit> = units.get(..first).unwrap_or_default().to_vec();
        let mut bounds = vec![start];
        bounds.extend(at);
        bounds.push(end);
        for pair in bounds.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let like = if from >= old_cut { two } else { one };
            // A unit that ends at the old cut ends before the moderator's turn.
            let shown_end = if before.is_some() && to == old_cut && from < old_cut {
                Point::end(one.locator.span(), transcript)
            } else {
                to
            };
            let Some(made) = cuts::unit(like, transcript, (from, shown_end), role) else {
                continue;
            };
            let first_cut = if from == start {
                strengths(one).0
            } else if from == old_cut {
                strengths(two).0
            } else {
                ""
            };
            let last_cut = if to == end {
                strengths(two).1
            } else if to == old_cut {
                strengths(one).1
            } else {
                ""
            };
            let strength = strength_cell(first_cut, last_cut);
            let pinned = match from {
                from if from == start => one.pinned,
                from if from == old_cut => two.pinned || from == hand,
                _ => true,
            };
            all.push(Unit { strength, pinned, ..made });
            if shown_end < to {
                all.extend(units.get(first + 1..place.unit).unwrap_or_default().iter().cloned());
            }
        }
        all.extend(units.get(place.unit + 1..).unwrap_or_default().iter().cloned());
        self.write(place.transcript, all, done, hand)
    }

    pub(super) fn undo(&mut self) -> Effect<Keep> {
        match self.history.last().cloned() {
            Some((transcript, units, at, _)) => self.write(transcript, units, Done::Undo, at),
            None => Effect::Say(msg!("code.no_undo")),
        }
    }

    fn write(
        &mut self,
        transcript: usize,
        units: Vec<Unit>,
        done: Done,
        at: Point,
    ) -> Effect<Keep> {
        let Some((text, _)) = self.transcripts.get(transcript) else { return Effect::Moved };
        let holds = |unit: &&Unit| {
            let span = unit.locator.span();
            Point::start(span) <= at && at < Point::end(span, text)
        };
        let Some(found) = units.iter().find(holds) else { return Effect::Moved };
        let keep = Keep {
            transcript: text.id.clone(),
            units: units.clone(),
            done,
            at: found.locator.clone(),
        };
        self.under_way = Some(UnderWay { transcript, units, done, at });
        Effect::Append(keep)
    }
}
