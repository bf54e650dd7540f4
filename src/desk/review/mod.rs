//! Looking at cuts, the weakest first: keep, drop, move by a sentence, add.
//!
//! Each change is a whole new list of units for one transcript. It is part of the desk's state only once it is
//! saved, that is, after it is on the disk.

mod changes;
pub mod keys;
mod line;

use std::collections::BTreeSet;

use super::{Desk, Effect};
use crate::domain::id::TranscriptId;
use crate::domain::locator::Locator;
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;
use crate::domain::unit::{Unit, UnitKind};
use crate::msg;
use crate::unitize::cuts::{Point, next_talk, sentence_starts, strengths, talk_before};

/// What was done to a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// It is right.
    Keep,
    /// It is no more.
    Drop,
    /// It is elsewhere.
    Move,
    /// There is another.
    Add,
    /// The last change was taken back.
    Undo,
}

impl Done {
    /// The word on the line that confirms it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Drop => "drop",
            Self::Move => "move",
            Self::Add => "add",
            Self::Undo => "undo",
        }
    }
}

/// What was done with cuts, and how many are still to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Kept as they were.
    pub kept: usize,
    /// No more.
    pub dropped: usize,
    /// Elsewhere now.
    pub moved: usize,
    /// New.
    pub added: usize,
    /// Still to be looked at.
    pub pending: usize,
}

/// What somebody can do with cuts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The cut is right.
    Keep,
    /// There is no cut here.
    Drop,
    /// The cut belongs so many sentences earlier.
    Back(usize),
    /// The cut belongs so many sentences later.
    Forward(usize),
    /// A further cut before the sentence of this number.
    Add(usize),
    /// On to the next cut.
    Skip,
    /// Take back the last change.
    Undo,
    /// To the cut at a place.
    Go(Locator),
    /// See what can be done.
    Help,
    /// Enough for now.
    Leave,
}

/// Units that a desk wants written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// The transcript.
    pub transcript: TranscriptId,
    /// All its units.
    pub units: Vec<Unit>,
    /// What was done.
    pub done: Done,
    /// The unit that begins at the cut, or holds the place where it was.
    pub at: Locator,
}

/// The cut at hand.
#[derive(Debug, Clone, PartialEq)]
pub struct View<'b> {
    /// The text.
    pub transcript: &'b Transcript,
    /// The unit before the cut; absent where the text begins.
    pub before: Option<&'b Unit>,
    /// The unit that begins at the cut.
    pub after: &'b Unit,
    /// The cut's strength, as the splitter wrote it; empty if not known.
    pub strength: &'b str,
    /// All units of the text.
    pub units: &'b [Unit],
    /// Where the sentences of the two units begin, in order; the first has number 1.
    pub sentences: Vec<Point>,
    /// Cuts that are still to be looked at.
    pub pending: usize,
    /// All cuts.
    pub all: usize,
}

/// A cut by the place of its transcript and of the unit that begins there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    transcript: usize,
    unit: usize,
}

/// A change that is under way.
#[derive(Debug, Clone)]
struct UnderWay {
    transcript: usize,
    units: Vec<Unit>,
    done: Done,
    at: Point,
}

/// Somebody who looks at cuts.
#[derive(Debug, Clone)]
pub struct ReviewDesk<'a> {
    study: &'a Study,
    transcripts: Vec<(&'a Transcript, Vec<Unit>)>,
    skipped: BTreeSet<(usize, Point)>,
    at: Option<Place>,
    /// Earlier lists of units, with the cut that was at hand and what was done.
    history: Vec<(usize, Vec<Unit>, Point, Done)>,
    under_way: Option<UnderWay>,
}

impl<'a> ReviewDesk<'a> {
    /// Lays the units of some transcripts out, at their weakest cut that nobody set by hand.
    #[must_use]
    pub fn new(study: &'a Study, transcripts: Vec<(&'a Transcript, Vec<Unit>)>) -> Self {
        let mut desk = Self {
            study,
            transcripts,
            skipped: BTreeSet::new(),
            at: None,
            history: Vec::new(),
            under_way: None,
        };
        desk.at = desk.weakest();
        desk
    }

    /// How many cuts there are.
    #[must_use]
    pub fn all(&self) -> usize {
        self.cuts().count()
    }

    /// What was done so far, but for what was taken back, and what is left.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let of = |done: Done| self.history.iter().filter(|it| it.3 == done).count();
        Tally {
            kept: of(Done::Keep),
            dropped: of(Done::Drop),
            moved: of(Done::Move),
            added: of(Done::Add),
            pending: self.cuts().filter(|it| self.is_pending(*it)).count(),
        }
    }

    /// The study whose texts are cut.
    #[must_use]
    pub fn study(&self) -> &'a Study {
        self.study
    }

    /// All cuts: where a unit of talk begins and another was before it.
    fn cuts(&self) -> impl Iterator<Item = Place> + '_ {
        self.transcripts.iter().enumerate().flat_map(|(transcript, (_, units))| {
            let begins = |unit: &usize| {
                units.get(*unit).is_some_and(|it| it.kind == UnitKind::Talk)
                    && talk_before(units, *unit).is_some()
            };
            (0..units.len()).filter(begins).map(move |unit| Place { transcript, unit })
        })
    }

    fn unit(&self, place: Place) -> Option<&Unit> {
        self.transcripts.get(place.transcript)?.1.get(place.unit)
    }

    fn point(&self, place: Place) -> Option<Point> {
        self.unit(place).map(|unit| Point::start(unit.locator.span()))
    }

    fn is_pending(&self, place: Place) -> bool {
        let skipped = |at| self.skipped.contains(&(place.transcript, at));
        self.unit(place).is_some_and(|unit| !unit.pinned) && !self.point(place).is_some_and(skipped)
    }

    /// The weakest cut that is still to be looked at; those of unknown strength last, in order of place.
    fn weakest(&self) -> Option<Place> {
        let strength = |place: &Place| {
            let known = self.unit(*place).and_then(|unit| strengths(unit).0.parse::<f64>().ok());
            known.filter(|it| it.is_finite()).unwrap_or(f64::INFINITY)
        };
        let pending = self.cuts().filter(|place| self.is_pending(*place));
        pending.min_by(|one, other| {
            strength(one).total_cmp(&strength(other)).then_with(|| one.cmp(other))
        })
    }

    fn cut_at(&self, transcript: usize, at: Point) -> Option<Place> {
        self.cuts().find(|it| it.transcript == transcript && self.point(*it) == Some(at))
    }

    /// The places of the unit before the cut and of the unit after it, in their transcript's list.
    fn sides(&self, place: Place) -> Option<(&'a Transcript, &[Unit], Option<usize>)> {
        let (transcript, units) = self.transcripts.get(place.transcript)?;
        Some((transcript, units, talk_before(units, place.unit)))
    }

    fn sentences(&self, place: Place) -> Vec<Point> {
        let Some((transcript, units, before)) = self.sides(place) else { return Vec::new() };
        let both = [before, Some(place.unit)].into_iter().flatten().filter_map(|at| units.get(at));
        both.flat_map(|unit| sentence_starts(transcript, unit.locator.span())).collect()
    }

    /// The text of the cut at hand, else the first.
    fn here(&self) -> Option<&'a Transcript> {
        let here = self.at.and_then(|at| self.transcripts.get(at.transcript));
        here.or(self.transcripts.first()).map(|it| it.0)
    }

    /// To the cut with which a unit begins, named by a place in it.
    fn go(&mut self, locator: &Locator) -> Effect<Keep> {
        let found = (|| {
            let of = |it: &(&Transcript, Vec<Unit>)| it.0.id == *locator.transcript();
            let transcript = self.transcripts.iter().position(of)?;
            let (text, units) = self.transcripts.get(transcript)?;
            let point = Point::start(locator.span());
            let holds = |unit: &Unit| {
                Point::start(unit.locator.span()) <= point
                    && point < Point::end(unit.locator.span(), text)
            };
            let inside = units.iter().position(holds)?;
            let is_talk = units.get(inside)?.kind == UnitKind::Talk;
            let unit = if is_talk { inside } else { next_talk(units, inside)? };
            Some(Place { transcript, unit })
        })();
        match found {
            Some(place) => {
                self.at = Some(place);
                Effect::Look
            }
            None => Effect::Say(msg!("code.no_such_unit")),
        }
    }
}

impl Desk for ReviewDesk<'_> {
    type Act = Act;
    /// The cut at hand; nothing when all were looked at.
    type View<'v>
        = Option<View<'v>>
    where
        Self: 'v;
    type Keep = Keep;
    type Receipt = ();

    fn view(&self) -> Option<View<'_>> {
        let place = self.at?;
        let (transcript, units) = self.transcripts.get(place.transcript)?;
        let after = units.get(place.unit)?;
        let before = talk_before(units, place.unit).and_then(|at| units.get(at));
        Some(View {
            transcript,
            before,
            after,
            strength: strengths(after).0,
            units,
            sentences: self.sentences(place),
            pending: self.cuts().filter(|it| self.is_pending(*it)).count(),
            all: self.all(),
        })
    }

    fn read(&self, line: &str) -> Result<Act, Message> {
        line::read(self, line)
    }

    fn act(&mut self, act: Act) -> Effect<Keep> {
        self.under_way = None;
        match (act, self.at) {
            (Act::Leave, _) => Effect::Leave,
            (Act::Help, _) => Effect::Help,
            (Act::Undo, _) => self.undo(),
            (Act::Go(place), _) => self.go(&place),
            (_, None) => Effect::Say(msg!("review.all_seen")),
            (Act::Keep, Some(place)) => self.keep(place),
            (Act::Drop, Some(place)) => self.drop_cut(place),
            (Act::Back(n), Some(place)) => self.move_by(place, n, true),
            (Act::Forward(n), Some(place)) => self.move_by(place, n, false),
            (Act::Add(n), Some(place)) => self.add(place, n),
            (Act::Skip, Some(place)) => {
                self.skipped.extend(self.point(place).map(|at| (place.transcript, at)));
                self.at = self.weakest();
                Effect::Moved
            }
        }
    }

    fn saved(&mut self, (): ()) {
        let Some(new) = self.under_way.take() else { return };
        let hand = self.at.and_then(|it| self.point(it)).unwrap_or(new.at);
        let Some((_, units)) = self.transcripts.get_mut(new.transcript) else { return };
        let before = std::mem::replace(units, new.units);
        if new.done == Done::Undo {
            self.history.pop();
        } else {
            self.history.push((new.transcript, before, hand, new.done));
        }
        self.at = match new.done {
            Done::Keep | Done::Drop => self.weakest(),
            Done::Move | Done::Add | Done::Undo => {
                self.cut_at(new.transcript, new.at).or_else(|| self.weakest())
            }
        };
    }
}
