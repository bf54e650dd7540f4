//! Picking words of the unit as a quotation for a code, and taking that back.
//!
//! A quotation is a stretch of the unit from one word to another, down to characters; whoever picks all words of a
//! paragraph picks the paragraph.

use super::{CodingDesk, Effect, Keep};
use crate::analysis::picks::Pick;
use crate::analysis::quotes::may_be_quoted;
use crate::domain::answer::CodeIndex;
use crate::domain::locator::{Locator, Span};
use crate::domain::log::UnitIndex;
use crate::domain::record::NewPick;
use crate::msg;

/// A word of the unit at hand: what stands between blanks in one of its paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The paragraph.
    pub paragraph: u32,
    /// Its characters in the paragraph, from 0; the end is not in it.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// The word.
    pub text: String,
}

impl CodingDesk<'_> {
    /// The same desk, which knows what the coder picked before.
    #[must_use]
    pub fn with_picks(self, picks: &[Pick]) -> Self {
        let picks = picks.iter().map(|it| (it.seq, self.row(it))).collect();
        Self { picks, ..self }
    }

    /// A pick as it stands in its file.
    fn row(&self, pick: &Pick) -> NewPick {
        let code = self.study.vocabulary.of(pick.code);
        let dimension = self.study.vocabulary.dimensions.get(usize::from(code.dimension.0));
        NewPick {
            locator: pick.locator.clone(),
            dimension: dimension.map(|it| it.id.to_string()).unwrap_or_default(),
            code: code.id.to_string(),
            language: pick.language.clone(),
            translation: pick.translation.clone(),
            translator: pick.translator.clone(),
            undoes: None,
        }
    }

    /// The words of the unit at hand, in order; none where everything is decided.
    #[must_use]
    pub fn words(&self) -> Vec<Word> {
        let here = self.at.and_then(|place| self.indices(place));
        here.map(|(unit, _)| self.words_of(unit)).unwrap_or_default()
    }

    fn words_of(&self, unit: UnitIndex) -> Vec<Word> {
        let Some(known) = self.study.unit_at(unit) else { return Vec::new() };
        let span = known.locator.span();
        let mut words = Vec::new();
        for (paragraph, _, text) in self.study.transcript_of(unit).pieces(span) {
            let begins = span.characters_of(paragraph, u32::MAX).start;
            words.extend(words_in(text, paragraph, begins));
        }
        words
    }

    /// What stands picked on a unit.
    pub(super) fn quotes(&self, unit: UnitIndex) -> Vec<(Locator, String)> {
        let on = self.standing(unit);
        on.into_iter().map(|(_, pick)| (pick.locator.clone(), pick.code.clone())).collect()
    }

    fn standing(&self, unit: UnitIndex) -> Vec<&(u64, NewPick)> {
        let Some(known) = self.study.unit_at(unit) else { return Vec::new() };
        let (of, span) = (known.locator.transcript(), known.locator.span());
        let undone: Vec<u64> = self.picks.iter().filter_map(|(_, pick)| pick.undoes).collect();
        let stands = |(seq, pick): &&(u64, NewPick)| {
            let lies_in = pick.locator.transcript() == of && {
                let from = pick.locator.span().first;
                let begins = pick.locator.span().characters_of(from, u32::MAX).start;
                span.holds(from) && span.characters_of(from, u32::MAX).contains(&begins)
            };
            lies_in && pick.undoes.is_none() && !undone.contains(seq)
        };
        self.picks.iter().filter(stands).collect()
    }

    pub(super) fn quote(
        &mut self,
        unit: UnitIndex,
        first: usize,
        last: usize,
        code: CodeIndex,
    ) -> Effect<Keep> {
        let words = self.words_of(unit);
        let (Some(from), Some(to)) = (words.get(first), words.get(last)) else {
            return Effect::Say(msg!("code.quote_nothing"));
        };
        if !may_be_quoted(self.study, unit) {
            return Effect::Say(msg!("code.quote_refused"));
        }
        let span = Span::characters(from.paragraph, from.from, to.paragraph, to.to).ok();
        // Whole paragraphs are written without characters.
        let found = span.and_then(|span| self.study.transcript_of(unit).locate(span));
        let Some(locator) = found else { return Effect::Say(msg!("code.quote_nothing")) };
        let known = self.study.vocabulary.of(code);
        let dimension = self.study.vocabulary.dimensions.get(usize::from(known.dimension.0));
        let pick = NewPick {
            locator,
            dimension: dimension.map(|it| it.id.to_string()).unwrap_or_default(),
            code: known.id.to_string(),
            language: String::new(),
            translation: String::new(),
            translator: String::new(),
            undoes: None,
        };
        let is_there = |(_, it): &&(u64, NewPick)| *it == pick;
        if self.standing(unit).iter().any(is_there) {
            return Effect::Say(msg!("code.quote_there"));
        }
        self.pick(unit, pick)
    }

    pub(super) fn unquote(&mut self, unit: UnitIndex) -> Effect<Keep> {
        let last = self.standing(unit).last().map(|it| (*it).clone());
        match last {
            Some((seq, pick)) => self.pick(unit, NewPick { undoes: Some(seq), ..pick }),
            None => Effect::Say(msg!("code.quote_none")),
        }
    }

    fn pick(&mut self, unit: UnitIndex, pick: NewPick) -> Effect<Keep> {
        self.picking = Some(pick.clone());
        Effect::Append(Keep::Quote { unit, pick })
    }
}

/// What stands between blanks in a text that begins at a character of its paragraph.
fn words_in(text: &str, paragraph: u32, begins: u32) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, letter) in (begins..).zip(text.chars()) {
        if letter.is_whitespace() {
            open = false;
            continue;
        }
        match words.last_mut().filter(|_| open) {
            Some(word) => {
                word.to = at + 1;
                word.text.push(letter);
            }
            None => {
                words.push(Word { paragraph, from: at, to: at + 1, text: letter.to_string() });
            }
        }
        open = true;
    }
    words
}
