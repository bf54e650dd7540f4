//! Settling two ways of cutting a text: agreed cuts are taken, each difference is decided, with a reason.
//!
//! A difference takes two acts: whether there is a cut, and why. It is part of the desk's state only once it is
//! saved, that is, after it is on the disk. Where nothing is left to decide in a text, its units are due to be kept.

mod acts;
pub mod keys;
mod line;

use std::collections::{BTreeMap, BTreeSet};

use super::{Desk, Effect};
use crate::domain::id::{CoderId, TranscriptId};
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::domain::transcript::Transcript;
use crate::domain::unit::{Unit, UnitKind};
use crate::unitize::cuts::{Point, span};
use crate::unitize::recount::recount;

/// A text as each unitiser cut it.
#[derive(Debug, Clone)]
pub struct CutTwice<'a> {
    /// The text.
    pub transcript: &'a Transcript,
    /// Each unitiser's units.
    pub cuts: Vec<(CoderId, Vec<Unit>)>,
}

/// What was decided of a place before, in order; no decision where one was taken back.
pub type Decided = (TranscriptId, Point, Option<bool>);

/// A decision that is about to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    /// The text.
    pub transcript: TranscriptId,
    /// The place.
    pub at: Point,
    /// Whether there is a cut; absent where a decision is taken back.
    pub cut: Option<bool>,
    /// In the team's words.
    pub reason: String,
    /// Who is there.
    pub present: Vec<CoderId>,
}

/// What a meeting over cuts can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Say who is here.
    Present(Vec<CoderId>),
    /// Choose that there is a cut, or that there is none.
    Choose(bool),
    /// Cut, or do not, as the coder with this number does, from 1.
    Take(usize),
    /// Say why, which decides the difference.
    Reason(String),
    /// Back to choosing.
    Back,
    /// On to the next difference.
    Skip,
    /// Take back the last decision.
    Undo,
    /// See what can be done.
    Help,
    /// Enough for now.
    Leave,
}

/// What a meeting over cuts wants kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// A decision.
    Decision(NewDecision),
    /// The units of a text in which nothing is left to decide.
    Units(TranscriptId, Vec<Unit>),
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Who is here.
    Present,
    /// Whether there is a cut.
    Choice,
    /// Why; whether there is one is chosen.
    Reason(bool),
}

/// How many differences stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// There is a cut.
    pub cut: usize,
    /// There is none.
    pub no_cut: usize,
    /// Not decided yet.
    pub to_do: usize,
}

/// A place where some cut and others do not.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Difference {
    text: usize,
    at: Point,
    /// Who cuts there.
    by: Vec<CoderId>,
    decided: Option<bool>,
}

/// Where the meeting stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View<'b> {
    /// The text of the difference at hand.
    pub transcript: &'b Transcript,
    /// The place.
    pub at: Point,
    /// Who cuts there.
    pub by: &'b [CoderId],
    /// Who does not.
    pub not_by: Vec<&'b CoderId>,
    /// From the agreed cut before to the agreed cut after.
    pub from: Point,
    /// See `from`.
    pub to: Point,
    /// All differences between these two, with those who cut there and what was decided.
    pub around: Vec<(Point, &'b [CoderId], Option<bool>)>,
    /// Differences that are decided.
    pub decided: usize,
    /// All differences.
    pub all: usize,
}

/// A meeting over cuts.
#[derive(Debug, Clone)]
pub struct SettleDesk<'a> {
    study: &'a Study,
    texts: Vec<CutTwice<'a>>,
    /// Per text, the places where all cut.
    agreed: Vec<BTreeSet<Point>>,
    differences: Vec<Difference>,
    present: Vec<CoderId>,
    stage: Stage,
    at: Option<usize>,
    /// Differences in the order in which they were decided.
    history: Vec<usize>,
    under_way: Option<(usize, NewDecision)>,
    /// A text that was decided to its end and whose units are not kept yet.
    due: Option<(TranscriptId, Vec<Unit>)>,
}

impl<'a> SettleDesk<'a> {
    /// Opens a meeting over these texts; what was decided before is not asked again.
    #[must_use]
    pub fn new(
        study: &'a Study,
        texts: Vec<CutTwice<'a>>,
        before: &[Decided],
        present: Vec<CoderId>,
    ) -> Self {
        let mut agreed = Vec::new();
        let mut differences = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            let mut by: BTreeMap<Point, Vec<CoderId>> = BTreeMap::new();
            for (coder, units) in &text.cuts {
                for at in places(text.transcript, units) {
                    by.entry(at).or_default().push(coder.clone());
                }
            }
            let all = text.cuts.len();
            agreed.push(by.iter().filter(|(_, it)| it.len() == all).map(|(at, _)| *at).collect());
            let differing = by.into_iter().filter(|(_, it)| it.len() < all);
            differences.extend(differing.map(|(at, by)| Difference {
                text: number,
                at,
                by,
                decided: None,
            }));
        }
        let stage = if present.is_empty() { Stage::Present } else { Stage::Choice };
        let mut desk = Self {
            study,
            texts,
            agreed,
            differences,
            present,
            stage,
            at: None,
            history: Vec::new(),
            under_way: None,
            due: None,
        };
        for (transcript, at, cut) in before {
            if let Some(found) = desk.find(transcript, *at) {
                desk.decide(found, *cut);
            }
        }
        desk.at = desk.next(None);
        desk
    }

    /// What is asked.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The study whose texts are cut.
    #[must_use]
    pub fn study(&self) -> &'a Study {
        self.study
    }

    /// Who is here.
    #[must_use]
    pub fn present(&self) -> &[CoderId] {
        &self.present
    }

    /// Who is here, as somebody wrote it.
    ///
    /// # Errors
    /// Says what is not understood.
    pub fn who(&self, text: &str) -> Result<Act, Message> {
        line::present(self, text)
    }

    /// How the differences stand.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let of = |cut: Option<bool>| self.differences.iter().filter(|it| it.decided == cut).count();
        Tally { cut: of(Some(true)), no_cut: of(Some(false)), to_do: of(None) }
    }

    /// How many cuts all share, and how many only some made.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.agreed.iter().map(BTreeSet::len).sum(), self.differences.len())
    }

    /// The texts in which nothing is left to decide, with their units.
    #[must_use]
    pub fn complete(&self) -> Vec<(TranscriptId, Vec<Unit>)> {
        let is_complete = |number: usize| {
            !self.differences.iter().any(|it| it.text == number && it.decided.is_none())
        };
        let texts = self.texts.iter().enumerate().filter(|(number, _)| is_complete(*number));
        texts.map(|(number, text)| (text.transcript.id.clone(), self.units(number, text))).collect()
    }

    /// The units that agreed and decided cuts make: what anybody took for a unit, between one cut and the next.
    fn units(&self, number: usize, text: &CutTwice<'_>) -> Vec<Unit> {
        let transcript = text.transcript;
        let mut at: BTreeSet<Point> = self.agreed.get(number).cloned().unwrap_or_default();
        let decided = self.differences.iter().filter(|it| it.text == number);
        at.extend(decided.filter(|it| it.decided == Some(true)).map(|it| it.at));
        at.extend([Point::paragraph(1), Point::last(transcript)]);
        let at: Vec<Point> = at.into_iter().collect();
        let mut units = Vec::new();
        for pair in at.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let Some(span) = span(transcript, from, to) else { continue };
            let overlaps = |unit: &&Unit| {
                let own = unit.locator.span();
                Point::start(own) < to && from < Point::end(own, transcript)
            };
            let found: Vec<&Unit> =
                text.cuts.iter().flat_map(|(_, units)| units.iter().filter(overlaps)).collect();
            let Some(like) = found.first() else { continue };
            let unit = Unit {
                locator: transcript.locator(span),
                kind: UnitKind::Talk,
                topic: String::new(),
                strength: String::new(),
                pinned: from > Point::paragraph(1),
                ..(*like).clone()
            };
            let unit = recount(&unit, transcript, |id| self.study.role(id));
            let apart = unit.words == 0 && found.iter().any(|it| it.kind == UnitKind::Prompt);
            units
                .push(Unit { kind: if apart { UnitKind::Prompt } else { UnitKind::Talk }, ..unit });
        }
        units
    }

    fn not_by(&self, difference: &Difference) -> Vec<&CoderId> {
        let text = self.texts.get(difference.text);
        let coders = text.into_iter().flat_map(|it| &it.cuts).map(|(coder, _)| coder);
        coders.filter(|coder| !difference.by.contains(coder)).collect()
    }

    fn find(&self, transcript: &TranscriptId, at: Point) -> Option<usize> {
        let of = |it: &Difference| {
            self.texts.get(it.text).is_some_and(|text| text.transcript.id == *transcript)
        };
        self.differences.iter().position(|it| it.at == at && of(it))
    }

    fn next(&self, after: Option<usize>) -> Option<usize> {
        let start = after.map_or(0, |at| at + 1).min(self.differences.len());
        let open = |at: &usize| self.differences.get(*at).is_some_and(|it| it.decided.is_none());
        (start..self.differences.len()).chain(0..start).find(open)
    }
}

impl Desk for SettleDesk<'_> {
    type Act = Act;
    /// The difference at hand; nothing when all are decided.
    type View<'v>
        = Option<View<'v>>
    where
        Self: 'v;
    type Keep = Keep;
    type Receipt = ();

    fn view(&self) -> Option<View<'_>> {
        let difference = self.differences.get(self.at?)?;
        let text = self.texts.get(difference.text)?;
        let agreed = self.agreed.get(difference.text)?;
        let from = agreed.range(..difference.at).next_back().copied();
        let from = from.unwrap_or(Point::paragraph(1));
        let to = agreed.range(difference.at..).next().copied();
        let to = to.unwrap_or(Point::last(text.transcript));
        let near = self.differences.iter().filter(|it| it.text == difference.text);
        let near = near.filter(|it| from < it.at && it.at < to);
        Some(View {
            transcript: text.transcript,
            at: difference.at,
            by: &difference.by,
            not_by: self.not_by(difference),
            from,
            to,
            around: near.map(|it| (it.at, it.by.as_slice(), it.decided)).collect(),
            decided: self.differences.iter().filter(|it| it.decided.is_some()).count(),
            all: self.differences.len(),
        })
    }

    fn read(&self, line: &str) -> Result<Act, Message> {
        line::read(self, line)
    }

    fn act(&mut self, act: Act) -> Effect<Keep> {
        self.under_way = None;
        match act {
            Act::Leave => Effect::Leave,
            Act::Help => Effect::Help,
            Act::Present(present) => {
                self.present = present;
                self.stage = Stage::Choice;
                Effect::Moved
            }
            Act::Choose(cut) => self.choose(cut),
            Act::Take(number) => match self.take(number) {
                Ok(cut) => self.choose(cut),
                Err(message) => Effect::Say(message),
            },
            Act::Reason(reason) => self.decide_for(&reason),
            Act::Back => {
                self.stage = Stage::Choice;
                Effect::Moved
            }
            Act::Skip => self.skip(),
            Act::Undo => self.undo(),
        }
    }

    fn saved(&mut self, (): ()) {
        let Some((at, decision)) = self.under_way.take() else {
            self.due = None;
            return;
        };
        self.decide(at, decision.cut);
        self.stage = Stage::Choice;
        self.at = if decision.cut.is_some() { self.next(Some(at)) } else { Some(at) };
        self.due = self.complete().into_iter().find(|(id, _)| *id == decision.transcript);
    }

    fn due(&self) -> Option<Keep> {
        self.due.clone().map(|(transcript, units)| Keep::Units(transcript, units))
    }
}

/// The places inside a text where units begin or end.
fn places(transcript: &Transcript, units: &[Unit]) -> BTreeSet<Point> {
    let ends = |unit: &Unit| {
        let span = unit.locator.span();
        [Point::start(span), Point::end(span, transcript)]
    };
    let inside = Point::paragraph(1)..Point::last(transcript);
    let all = units.iter().flat_map(ends);
    all.filter(|at| inside.contains(at) && *at > Point::paragraph(1)).collect()
}
