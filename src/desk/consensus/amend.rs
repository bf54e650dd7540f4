//! A change of the codebook that a meeting makes, and how the meeting goes on after it.

use super::{ConsensusDesk, Effect, Keep};
use crate::domain::id::CoderId;
use crate::domain::locator::Locator;
use crate::domain::revision;

/// A field of the codebook that gets another text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Of which dimension or code, by its id.
    pub id: String,
    /// Which field: `definition`, `use_when` and so on.
    pub field: &'static str,
    /// What it says then.
    pub text: String,
    /// What that means for decisions of before.
    pub effect: revision::Effect,
}

/// Where a meeting stood, so that it goes on there after it had to begin anew.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resume {
    /// The unit and the dimension at hand.
    pub place: Option<(Locator, String)>,
    /// Who is here.
    pub present: Vec<CoderId>,
    /// What should change in the codebook, and what was changed.
    pub change: String,
}

impl ConsensusDesk<'_> {
    /// Where the meeting stands.
    #[must_use]
    pub fn standing(&self) -> Resume {
        let place = self.hand().and_then(|(_, it)| {
            let unit = self.study.unit_at(it.unit)?;
            let dimension = self.study.vocabulary.dimensions.get(usize::from(it.dimension.0))?;
            Some((unit.locator.clone(), dimension.id.to_string()))
        });
        Resume { place, present: self.present.clone(), change: self.change.clone() }
    }

    /// The same desk, at which the meeting goes on where it stood, as far as that is still there.
    #[must_use]
    pub fn resuming(mut self, before: &Resume) -> Self {
        if !before.present.is_empty() {
            self.present.clone_from(&before.present);
            self.stage = super::Stage::Choice;
        }
        let Some((unit, dimension)) = &before.place else { return self };
        let place = self.study.unit(unit).zip(self.study.vocabulary.dimension(dimension));
        let at = self.disputes.iter().position(|it| Some((it.unit, it.dimension)) == place);
        if let Some(at) = at.filter(|at| self.pending.get(*at) == Some(&true)) {
            self.at = Some(at);
            self.change.clone_from(&before.change);
        }
        self
    }

    pub(super) fn amend(&mut self, amendment: Amendment) -> Effect<Keep> {
        self.amending = Some(amendment.clone());
        Effect::Append(Keep::Codebook(amendment))
    }

    /// Takes note of what was changed: it is kept with what is settled at hand.
    pub(super) fn note(&mut self, made: &Amendment) {
        let told = format!("{} {}: {}", made.id, made.field, made.text);
        self.change = match self.change.as_str() {
            "" => told,
            before => format!("{before}; {told}"),
        };
    }
}
