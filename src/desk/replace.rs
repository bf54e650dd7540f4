//! Confirming where units are in a corrected text: every match that is not exact is shown, and taken or not.

use super::typed::bare;
use crate::domain::message::Message;
use crate::msg;
use crate::unitize::anchor::{ALIKE, Anchored};

/// What should happen after a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Tell the person something; the question stays.
    Say(Message),
    /// Show what can be typed.
    Help,
    /// The question may be another.
    Moved,
    /// Nothing is replaced.
    Leave,
}

/// Somebody who looks at what was found.
#[derive(Debug, Clone)]
pub struct ReplaceDesk {
    found: Vec<Anchored>,
    /// The places in `found` of what has to be confirmed.
    asked: Vec<usize>,
    answers: Vec<bool>,
}

impl ReplaceDesk {
    /// Asks about every unit that is not there exactly, but alike.
    #[must_use]
    pub fn new(found: Vec<Anchored>) -> Self {
        let is_alike = |it: &Anchored| it.place.is_some() && !it.exact && it.likeness >= ALIKE;
        let asked = found.iter().enumerate().filter(|(_, it)| is_alike(it)).map(|(at, _)| at);
        Self { asked: asked.collect(), found, answers: Vec::new() }
    }

    /// The match at hand, its number from 1, and how many there are; nothing when all are answered.
    #[must_use]
    pub fn view(&self) -> Option<(&Anchored, usize, usize)> {
        let at = *self.asked.get(self.answers.len())?;
        Some((self.found.get(at)?, self.answers.len() + 1, self.asked.len()))
    }

    /// Takes every match that is left, as somebody asked for beforehand.
    pub fn take_all(&mut self) {
        self.answers.resize(self.asked.len(), true);
    }

    /// Reads a line.
    pub fn step(&mut self, text: &str) -> Effect {
        match bare(text).to_ascii_lowercase().as_str() {
            "y" => self.answer(true),
            "n" => self.answer(false),
            "z" => match self.answers.pop() {
                Some(_) => Effect::Moved,
                None => Effect::Say(msg!("code.no_undo")),
            },
            "h" | "?" => Effect::Help,
            "q" => Effect::Leave,
            _ => Effect::Say(msg!("code.not_understood")),
        }
    }

    fn answer(&mut self, same: bool) -> Effect {
        self.answers.push(same);
        Effect::Moved
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
