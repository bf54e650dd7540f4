//! Where a study stands, and what is next: of coders who have not sealed only that.

use std::collections::BTreeMap;

use super::line::Line;
use crate::analysis::decisions::settlements_that_hold;
use crate::analysis::reread::Rereads;
use crate::analysis::scope::Scope;
use crate::analysis::wordings::Wordings;
use crate::domain::case::Case;
use crate::domain::comparison::{Codes, Comparison};
use crate::domain::event::What;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::log::{RoundIndex, UnitIndex};
use crate::domain::message::Message;
use crate::domain::participant::Role;
use crate::domain::unit::UnitKind;
use crate::msg;
use crate::store::{Opened, Wish};
use crate::work::next::{Known, next};
use crate::work::session;

/// Where a study stands is asked, by the team or by one coder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatusAsk {
    /// Whoever asks how far she is herself.
    pub coder: Option<String>,
}

impl StatusAsk {
    /// The command line that asks it.
    #[must_use]
    pub fn line(&self) -> Line {
        Line::new("status").option("coder", &self.coder)
    }
}

/// Where a study stands.
#[derive(Debug)]
pub struct Standing {
    /// Which versions of the codebook the decisions on open cases stem from.
    pub wordings: Wordings,
    /// What it is called.
    pub title: String,
    /// Its language.
    pub language: String,
    /// The version of the codebook in force.
    pub codebook: String,
    /// How many dimensions it has.
    pub dimensions: usize,
    /// How many codes it has.
    pub codes: usize,
    /// The current round.
    pub round: String,
    /// The coders.
    pub coders: Vec<CoderId>,
    /// The cases.
    pub cases: Vec<CaseStanding>,
    /// How far one coder is, if asked.
    pub own: Option<Vec<Done>>,
    /// Discrepancies of open cases, if any case is open.
    pub settled: Option<Settled>,
    /// Whether coefficients are reported.
    pub agreement: bool,
    /// What was done last.
    pub last: Option<Message>,
    /// The next command.
    pub next: Message,
}

/// Where one case stands.
#[derive(Debug)]
pub struct CaseStanding {
    /// The case.
    pub case: CaseId,
    /// Its name.
    pub name: String,
    /// How many transcripts it has.
    pub transcripts: usize,
    /// Whether one of them has no units yet.
    pub uncut: bool,
    /// How many participants speak in its units; before they are cut, how many are listed.
    pub participants: usize,
    /// How many units are coded.
    pub units: usize,
    /// Words of participants in them.
    pub words: u64,
    /// For each coder, what is asked of her here, and how far it is.
    pub shares: Vec<Share>,
}

/// What is asked of a coder in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Whether it is handed over.
    pub handed: Handed,
    /// How many units.
    pub units: u64,
    /// How many units × dimensions are decided, and how many there are; only where that may be told.
    pub done: Option<(u64, u64)>,
}

impl CaseStanding {
    /// The name that people read.
    #[must_use]
    pub fn named(&self) -> &str {
        if self.name.is_empty() { self.case.as_str() } else { &self.name }
    }
}

/// Whether a coder handed a case over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// Handed over.
    Sealed,
    /// Not yet.
    NotSealed,
    /// The coder has no units there.
    NotAsked,
}

/// How far a coder is in a case, in units × dimensions.
#[derive(Debug)]
pub struct Done {
    /// The case.
    pub case: CaseId,
    /// Decided.
    pub done: u64,
    /// Asked for.
    pub asked: u64,
}

/// Discrepancies of open cases.
#[derive(Debug, Default)]
pub struct Settled {
    /// Units × dimensions decided differently.
    pub discrepancies: u64,
    /// Of these, settled.
    pub settled: u64,
    /// Of these, left open.
    pub open: u64,
    /// Units × dimensions that wait for a coder who was asked and has not decided, by coder.
    pub waiting: BTreeMap<String, u64>,
    /// Settlements that rest on a wording that changed since.
    pub again: usize,
}

impl Settled {
    /// How many units × dimensions of open cases wait for a meeting.
    #[must_use]
    pub fn unsettled(&self) -> u64 {
        let differ = self.discrepancies.saturating_sub(self.settled + self.open);
        differ + self.again as u64 + self.waiting.values().sum::<u64>()
    }
}

/// Where a study stands; `themata` is how the program is called, with `-C` where that was given.
///
/// # Errors
/// There is no such coder.
pub fn status(opened: &Opened, ask: &StatusAsk, themata: &str) -> Result<Standing, Failure> {
    let coder = ask.coder.as_deref().map(|it| session::coder(opened, it)).transpose()?;
    let coder = coder.as_ref();
    if let Some(coder) = coder {
        opened.coder(coder)?;
    }
    let study = &opened.study;
    let round = study.current_round();
    let comparison = opened.comparison(&Wish::default()).ok();
    let comparison = comparison.map(|it| it.counting(study, Codes::Current));
    let settled = comparison.as_ref().map(|comparison| settled(opened, comparison));
    let wordings = comparison.as_ref().map(|it| Wordings::of(study, it, &Scope::default()));
    let known = Known { unsettled: settled.as_ref().map(Settled::unsettled) };
    Ok(Standing {
        title: study.settings.title.clone(),
        language: study.settings.language.clone(),
        codebook: study.version_in_force().id.clone(),
        dimensions: study.codebook().dimensions.len(),
        codes: study.codebook().dimensions.iter().map(|dimension| dimension.tree().len()).sum(),
        round: study.rounds.get(usize::from(round.0)).map(ToString::to_string).unwrap_or_default(),
        coders: study.settings.coders.iter().map(|it| it.id.clone()).collect(),
        cases: cases(opened, coder, round),
        own: coder.map(|coder| own(opened, coder, round)),
        settled,
        wordings: wordings.unwrap_or_default(),
        agreement: study.settings.agreement,
        last: last(opened),
        next: next(opened, coder, themata, known),
    })
}

fn cases(opened: &Opened, coder: Option<&CoderId>, round: RoundIndex) -> Vec<CaseStanding> {
    let study = &opened.study;
    let progress: Vec<_> =
        study.settings.coders.iter().map(|it| opened.progress(&it.id, round)).collect();
    let of_case = |case: &Case| {
        let mut status = case_status(opened, &case.id, round);
        for ((it, share), progress) in
            study.settings.coders.iter().zip(&mut status.shares).zip(&progress)
        {
            // What she has not handed over is hers to know; whoever is asked for everything is no secret.
            let is_told = coder == Some(&it.id) || share.handed == Handed::Sealed;
            share.done = progress.get(&case.id).copied().filter(|_| is_told);
        }
        status
    };
    study.cases.iter().map(of_case).collect()
}

fn case_status(opened: &Opened, case: &CaseId, round: RoundIndex) -> CaseStanding {
    let study = &opened.study;
    let units = || study.units_of_case(case);
    let talk = || units().filter(|(_, unit)| unit.kind == UnitKind::Talk);
    let participants: std::collections::BTreeSet<_> =
        talk().flat_map(|(_, unit)| &unit.speakers).collect();
    // Before the units are cut, whoever import found to speak here.
    let listed = || {
        let speaks = |role| !matches!(role, Role::Moderator | Role::Observer);
        let here = study.participants.iter().filter(|it| it.case.as_ref() == Some(case));
        here.filter(|it| speaks(it.role)).count()
    };
    let shares = study.settings.coders.iter().map(|coder| {
        let asked = talk().filter(|(index, _)| study.is_assigned(*index, &coder.id, round));
        let asked: Vec<UnitIndex> = asked.map(|(index, _)| index).collect();
        let sealed = asked.iter().all(|unit| opened.has_sealed(&coder.id, *unit, round));
        let handed = match (asked.is_empty(), sealed) {
            (true, _) => Handed::NotAsked,
            (false, true) => Handed::Sealed,
            (false, false) => Handed::NotSealed,
        };
        Share { handed, units: asked.len() as u64, done: None }
    });
    CaseStanding {
        case: case.clone(),
        name: study.case(case).map(|it| it.name.clone()).unwrap_or_default(),
        transcripts: study.transcripts.iter().filter(|it| it.case == *case).count(),
        uncut: study
            .transcripts
            .iter()
            .filter(|it| it.case == *case)
            .any(|it| study.units_in(&it.id).next().is_none()),
        participants: if talk().next().is_some() { participants.len() } else { listed() },
        units: talk().count(),
        words: talk().map(|(_, unit)| u64::from(unit.words)).sum(),
        shares: shares.collect(),
    }
}

fn own(opened: &Opened, coder: &CoderId, round: RoundIndex) -> Vec<Done> {
    let progress = opened.progress(coder, round);
    progress.into_iter().map(|(case, (done, asked))| Done { case, done, asked }).collect()
}

/// How many discrepancies there are on open cases, and how they were settled.
fn settled(opened: &Opened, comparison: &Comparison) -> Settled {
    let study = &opened.study;
    let standing = settlements_that_hold(study, comparison, &opened.settlements);
    let again = Rereads::of(study).settlements(&standing, comparison).len();
    let mut count = Settled { again, ..Settled::default() };
    for (unit, _) in study.talk() {
        for (dimension, _) in study.vocabulary.dimensions_in_force() {
            let mut decided =
                comparison.cells(unit, dimension).filter(|cell| cell.answer.is_decided());
            let Some(first) = decided.next() else { continue };
            let differs = decided.any(|cell| cell.answer != first.answer);
            let settlement = standing.get(&(unit, dimension));
            if settlement.is_none() {
                for coder in comparison.unfinished.get(&(unit, dimension)).into_iter().flatten() {
                    *count.waiting.entry(coder.to_string()).or_default() += 1;
                }
            }
            count.discrepancies += u64::from(differs);
            match settlement.map(|it| it.answer.is_decided()) {
                Some(true) if differs => count.settled += 1,
                Some(false) if differs => count.open += 1,
                _ => {}
            }
        }
    }
    count
}

/// What was recorded last, of what everybody may know.
fn last(opened: &Opened) -> Option<Message> {
    let events = opened.events.iter().map(|it| {
        let message = match &it.what {
            What::Round { round, .. } => msg!("status.last.round", at = it.at, round = round),
            What::Receive { .. } => {
                let coder = it.who.first().map(ToString::to_string).unwrap_or_default();
                msg!("status.last.receive", at = it.at, coder = coder)
            }
            what => {
                let (event, about) = (what.word(), what.told());
                msg!("status.last.event", at = it.at, event = event, about = about)
            }
        };
        (it.at, message)
    });
    let seals = opened.seals.iter().map(|it| {
        let scope: Vec<&str> = it.scope.iter().map(CaseId::as_str).collect();
        (it.at, msg!("status.last.seal", at = it.at, coder = it.coder, scope = scope.join(", ")))
    });
    let settled = opened.settlements.iter().map(|it| {
        (it.at, msg!("status.last.settled", at = it.at, unit = opened.study.unit_name(it.unit)))
    });
    events.chain(seals).chain(settled).max_by_key(|(at, _)| *at).map(|(_, message)| message)
}
