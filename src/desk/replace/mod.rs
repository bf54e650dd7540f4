//! Confirming where units are in a corrected text: every match that is not exact is shown, and taken or not.

mod line;

use super::{Desk, Effect};
use crate::domain::message::Message;
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::msg;
use crate::unitize::anchor::{ALIKE, Anchored};

/// What somebody can do with a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It is the same unit, or it is another.
    Answer(bool),
    /// Back to the last match.
    Undo,
    /// See what can be done.
    Help,
    /// Replace nothing.
    Leave,
}

/// What is replaced is written as a whole, when all is answered: the desk itself keeps nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {}

/// The two texts, and the units of the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts<'a> {
    /// The text that is replaced.
    pub old: &'a Transcript,
    /// Its units.
    pub units: &'a [Unit],
    /// The text that replaces it.
    pub new: &'a Transcript,
}

/// The match at hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View<'v> {
    /// The texts that it is between.
    pub texts: Texts<'v>,
    /// Where a unit was found.
    pub found: &'v Anchored,
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub all: usize,
}

/// Somebody who looks at what was found.
#[derive(Debug, Clone)]
pub struct ReplaceDesk<'a> {
    texts: Texts<'a>,
    found: Vec<Anchored>,
    /// The places in `found` of what has to be confirmed.
    asked: Vec<usize>,
    answers: Vec<bool>,
}

impl<'a> ReplaceDesk<'a> {
    /// Asks about every unit that is not there exactly, but alike.
    #[must_use]
    pub fn new(texts: Texts<'a>, found: Vec<Anchored>) -> Self {
        let is_alike = |it: &Anchored| it.place.is_some() && !it.exact && it.likeness >= ALIKE;
        let asked = found.iter().enumerate().filter(|(_, it)| is_alike(it)).map(|(at, _)| at);
        Self { texts, asked: asked.collect(), found, answers: Vec::new() }
    }

    /// What was found, where what was not taken, or is too little alike, is lost.
    #[must_use]
    pub fn decided(&self) -> Vec<(Anchored, bool)> {
        let taken = |at: usize| {
            let asked = self.asked.iter().position(|it| *it == at);
            asked.and_then(|nth| self.answers.get(nth)).copied().unwrap_or(false)
        };
        let found = self.found.iter().enumerate();
        found.map(|(at, it)| (it.clone(), it.exact || taken(at))).collect()
    }
}

impl Desk for ReplaceDesk<'_> {
    type Act = Act;
    /// The match at hand; nothing when all are answered.
    type View<'v>
        = Option<View<'v>>
    where
        Self: 'v;
    type Keep = Keep;
    type Receipt = ();

    fn view(&self) -> Option<View<'_>> {
        let at = *self.asked.get(self.answers.len())?;
        Some(View {
            texts: self.texts,
            found: self.found.get(at)?,
            number: self.answers.len() + 1,
            all: self.asked.len(),
        })
    }

    fn read(&self, line: &str) -> Result<Act, Message> {
        line::read(line)
    }

    fn act(&mut self, act: Act) -> Effect<Keep> {
        match act {
            Act::Answer(same) => {
                self.answers.push(same);
                Effect::Moved
            }
            Act::Undo => match self.answers.pop() {
                Some(_) => Effect::Moved,
                None => Effect::Say(msg!("code.no_undo")),
            },
            Act::Help => Effect::Help,
            Act::Leave => Effect::Leave,
        }
    }

    fn saved(&mut self, (): ()) {}

    fn is_over(&self) -> bool {
        self.view().is_none()
    }
}
