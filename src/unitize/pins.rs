//! Cuts set by hand, and the units between them, which a new split leaves alone.
//!
//! A unit is `pinned` where its first cut was set by hand. Such a cut stays; a unit between two of them, or
//! between one and an end of the text, stays as it is: what people put together is not cut again.

use std::collections::BTreeSet;

use super::cuts::Point;
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;

/// What was set by hand in a transcript.
pub(super) struct Pins<'a> {
    /// Units that stay as they are, with where they begin and end, in order of place.
    held: Vec<(Point, Point, &'a Unit)>,
    /// Where a cut must lie.
    breaks: BTreeSet<Point>,
}

impl<'a> Pins<'a> {
    /// What was set by hand among the units that a transcript had.
    pub(super) fn of(before: &'a [Unit], transcript: &Transcript) -> Self {
        let inside = |unit: &&Unit| transcript.locate(unit.locator.span()).is_some();
        let place = |unit: &'a Unit| {
            let span = unit.locator.span();
            (Point::start(span), Point::end(span, transcript), unit)
        };
        let mut all: Vec<(Point, Point, &Unit)> = before.iter().filter(inside).map(place).collect();
        all.sort_by_key(|(start, ..)| *start);
        // Of two that overlap the first holds; the reader of the file has complained already.
        let (first, last) = (Point::paragraph(1), Point::last(transcript));
        let mut end = first;
        all.retain(|unit| {
            let free = unit.0 >= end;
            end = if free { unit.1 } else { end };
            free
        });
        let pins: BTreeSet<Point> =
            all.iter().filter(|(.., unit)| unit.pinned).map(|(start, ..)| *start).collect();
        let is_fixed = |place: &Point| {
            !pins.is_empty() && (*place == first || *place >= last || pins.contains(place))
        };
        let held = all.into_iter().filter(|(start, end, _)| is_fixed(start) && is_fixed(end));
        let held: Vec<(Point, Point, &Unit)> = held.collect();
        let starts: Vec<Point> = held.iter().map(|unit| unit.0).collect();
        let breaks = pins.into_iter().chain(starts).collect();
        Self { held, breaks }
    }

    /// The units that stay as they are.
    pub(super) fn units(&self) -> impl Iterator<Item = &'a Unit> {
        self.held.iter().map(|(.., unit)| *unit)
    }

    /// The characters of a paragraph, counted from 1, before which a cut must lie, in order.
    pub(super) fn breaks(&self, paragraph: u32) -> impl Iterator<Item = u32> {
        let inside = Point::paragraph(paragraph)..Point::paragraph(paragraph.saturating_add(1));
        self.breaks.range(inside).map(|place| place.character)
    }

    /// Whether the character after a place lies in a unit that stays.
    pub(super) fn holds(&self, place: Point) -> bool {
        let at = self.held.partition_point(|unit| unit.0 <= place).checked_sub(1);
        at.and_then(|at| self.held.get(at)).is_some_and(|unit| place < unit.1)
    }
}
