//! What a coder takes away to code without the program: a sheet or a page of her units, and nobody else's work.

use std::collections::BTreeSet;

use super::session;
use crate::analysis::own::Own;
use crate::domain::coding::Coding;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId, RoundId};
use crate::domain::log::UnitIndex;
use crate::domain::study::Study;
use crate::domain::unit::UnitKind;
use crate::format::taken::Taken;
use crate::store::Opened;
use crate::words::Language;

/// What one coder takes away.
#[derive(Debug)]
pub struct TakeAway<'a> {
    opened: &'a Opened,
    /// Whose it is.
    pub coder: CoderId,
    /// The round.
    round: RoundId,
    /// How many units there are to code.
    pub count: usize,
    /// What is shown, in order: units to code, and the prompts of their transcripts for context.
    units: Vec<UnitIndex>,
    /// Cases that are left out because she has sealed them.
    pub sealed: Vec<CaseId>,
    coding: Coding,
}

impl<'a> TakeAway<'a> {
    /// What a coder of this id or name takes away: everything that is hers to code in a round (absent: the
    /// current one), or these cases of it.
    ///
    /// # Errors
    /// There is no such coder, round or case, her log is invalid, or nothing is left to code.
    pub fn of(
        opened: &'a Opened,
        coder: &str,
        round: Option<&RoundId>,
        cases: &[String],
    ) -> Result<Self, Failure> {
        let coder = session::coder(opened, coder)?;
        let index = opened.round(round)?;
        let (units, sealed) = session::chosen::units(opened, &coder, index, cases)?;
        let round = opened.study.rounds.get(usize::from(index.0)).cloned();
        let round = round.unwrap_or_else(RoundId::main);
        let coding = opened.own(&coder, Some(&round))?;
        let (count, units) = (units.len(), with_prompts(&opened.study, &units));
        Ok(Self { opened, coder, round, count, units, sealed, coding })
    }

    /// It with what she has decided so far, for headings and names in a language.
    ///
    /// # Errors
    /// Her log is invalid.
    pub fn work(&self, language: Language) -> Result<Taken<'_>, Failure> {
        let study = &self.opened.study;
        let own = Own { study, coding: &self.coding, log: self.opened.own_log(&self.coder)? };
        let units = self.units.clone();
        Ok(Taken { study, coder: &self.coder, round: &self.round, units, own, language })
    }
}

/// Units to code, in order, and between them the prompts of their transcripts, for context.
fn with_prompts(study: &Study, units: &[UnitIndex]) -> Vec<UnitIndex> {
    let offered: BTreeSet<UnitIndex> = units.iter().copied().collect();
    let transcripts: BTreeSet<_> =
        units.iter().map(|unit| &study.transcript_of(*unit).id).collect();
    let shown = study.units().filter(|(index, unit)| {
        let in_place = || transcripts.contains(&study.transcript_of(*index).id);
        offered.contains(index) || (unit.kind == UnitKind::Prompt && in_place())
    });
    shown.map(|(index, _)| index).collect()
}
