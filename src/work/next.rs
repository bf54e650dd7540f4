//! The right next step, for whoever asks: the team, or one coder.
//!
//! What a coder has decided and not sealed is told to herself alone: to the team she is somebody who codes and then seals.

use super::session::chosen::reads_again;
use super::session::settle;
use crate::domain::coder::{Coder, CoderKind};
use crate::domain::event::{Event, Purpose, What};
use crate::domain::id::{CaseId, CoderId};
use crate::domain::log::{RoundIndex, Via};
use crate::domain::message::Message;
use crate::domain::study::Study;
use crate::domain::unit::{Unit, UnitKind};
use crate::msg;
use crate::store::Opened;

/// What is known of where a study stands, besides the study.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    /// How many units × dimensions of open cases are in dispute, or wait for somebody; nothing where no case is open.
    pub unsettled: Option<u64>,
}

/// The next command, ready to be copied; `themata` is how the program is called, with `-C` where that was given.
#[must_use]
pub fn next(opened: &Opened, coder: Option<&CoderId>, themata: &str, known: Known) -> Message {
    if let Some(before) = before_coding(opened, coder, themata) {
        return before;
    }
    let asked = coder.and_then(|it| opened.study.coder(it)).filter(|it| is_active(opened, it));
    if let Some(own) = asked.and_then(|coder| of_coder(opened, coder, themata)) {
        return own;
    }
    let measured = asked.filter(|it| !it.is_person());
    if let (Some(own), Some(_)) = (measured, known.unsettled) {
        return msg!("status.next.against", themata = themata, coder = own.id);
    }
    if known.unsettled.is_some_and(|n| n > 0) {
        return settle_first(opened, themata);
    }
    let round = opened.study.current_round();
    let mut others = opened.study.counting_coders().filter(|it| is_active(opened, it));
    let waiting =
        others.find(|it| asked.is_none_or(|own| own.id != it.id) && waits(opened, &it.id, round));
    match (waiting, asked) {
        (Some(waiting), Some(own)) => {
            msg!("status.next.wait", themata = themata, coder = own.id, other = waiting.id)
        }
        (Some(waiting), None) => code(opened, waiting, themata, true),
        (None, _) => of_team(opened, themata),
    }
}

/// What comes before anybody codes; nothing where all of it is done.
fn before_coding(opened: &Opened, coder: Option<&CoderId>, themata: &str) -> Option<Message> {
    let study = &opened.study;
    // What is wrong with somebody's cuts is told by the commands that read them.
    if let Ok(Some(next)) = settle::next(opened, coder, themata) {
        return Some(next);
    }
    let is_cut = |id| study.units_in(id).next().is_some();
    if study.transcripts.is_empty() {
        return Some(msg!("status.next.import", themata = themata));
    }
    if !study.transcripts.iter().all(|it| is_cut(&it.id)) {
        return Some(msg!("status.next.split", themata = themata));
    }
    if study.codebook().dimensions.is_empty() {
        return Some(msg!("status.next.codebook", themata = themata));
    }
    if nobody_looked(opened) {
        return Some(msg!("status.next.review", themata = themata));
    }
    let nobody = study.settings.coders.is_empty();
    nobody.then(|| msg!("status.next.coder", themata = themata))
}

/// Whether units stand as they were proposed, and nobody has looked at their cuts; once somebody codes, they are what they are.
fn nobody_looked(opened: &Opened) -> bool {
    let study = &opened.study;
    let locked = study.transcripts.iter().any(|it| opened.is_locked(&it.id));
    let units: Vec<&Unit> = study.units().map(|(_, unit)| unit).collect();
    let is_cut = |one: &Unit, next: &Unit| {
        let here = one.locator.transcript() == next.locator.transcript();
        here && one.kind == UnitKind::Talk && next.kind == UnitKind::Talk
    };
    units.iter().zip(units.iter().skip(1)).any(|(one, next)| is_cut(one, next))
        && !units.iter().any(|unit| unit.pinned)
        && !locked
        && !opened.anybody_decided()
        && opened.seals.is_empty()
}

/// Whether anything is expected of a coder, and counts.
fn is_active(opened: &Opened, coder: &Coder) -> bool {
    !opened.study.is_excluded(&coder.id) && !opened.study.is_retired(&coder.id)
}

/// What a coder does next of her own work; nothing where all of it is handed over.
fn of_coder(opened: &Opened, coder: &Coder, themata: &str) -> Option<Message> {
    let (study, id) = (&opened.study, &coder.id);
    let asked_ever =
        |(unit, _)| study.assignments.as_ref().is_none_or(|rows| rows.asks_ever(unit, id));
    if !study.talk().any(asked_ever) {
        return Some(msg!("status.next.assign", themata = themata, coder = id));
    }
    let round = study.current_round();
    let due: Vec<(CaseId, bool)> = (opened.progress(id, round).into_iter())
        .filter(|(case, _)| !is_handed_over(opened, id, case, round))
        .map(|(case, (done, asked))| (case, done == asked))
        .collect();
    if due.iter().any(|(_, complete)| !complete) {
        return Some(code(opened, coder, themata, false));
    }
    if reads_again(opened, id, round) {
        return Some(msg!("status.next.reread", themata = themata, coder = id));
    }
    // A case that was never sealed is sealed as usual, before anything is sealed again.
    if due.iter().any(|(case, _)| !opened.is_sealed(id, case, round)) {
        return Some(msg!("status.next.seal", themata = themata, coder = id));
    }
    let late = !opened.seal_state(id).late.is_empty();
    let again = !due.is_empty() || late;
    again.then(|| msg!("status.next.seal_again", themata = themata, coder = id))
}

/// Whether all units of a case that a coder is asked for in a round are sealed.
fn is_handed_over(opened: &Opened, coder: &CoderId, case: &CaseId, round: RoundIndex) -> bool {
    let study = &opened.study;
    let here = study.units_of_case(case).filter(|(_, unit)| unit.kind == UnitKind::Talk);
    let mut asked = here.filter(|(unit, _)| study.is_assigned(*unit, coder, round));
    asked.all(|(unit, _)| opened.has_sealed(coder, unit, round))
}

/// Whether the study waits for a coder in a round.
fn waits(opened: &Opened, coder: &CoderId, round: RoundIndex) -> bool {
    let study = &opened.study;
    study.talk().any(|(unit, _)| {
        study.is_assigned(unit, coder, round)
            && !study.is_late(coder, study.case_of(unit), round)
            && !opened.has_sealed(coder, unit, round)
    })
}

/// How a coder codes: by the way her decisions came before. To others it is told with the seal behind it, for how far she is is
/// hers to know.
fn code(opened: &Opened, coder: &Coder, themata: &str, and_seal: bool) -> Message {
    let id = &coder.id;
    let last = opened.events.iter().rev().find_map(|event| received(opened, event, id));
    match (coder.kind, last, and_seal) {
        (CoderKind::Machine, ..) => msg!("status.next.receive", themata = themata, coder = id),
        (_, Some(By::Pack), _) => msg!("status.next.pack", themata = themata, coder = id),
        (_, Some(By::Sheet), _) => msg!("status.next.sheet", themata = themata, coder = id),
        (_, None, true) => msg!("status.next.code_seal", themata = themata, coder = id),
        (_, None, false) => msg!("status.next.code", themata = themata, coder = id),
    }
}

/// How somebody sends in what she decided.
enum By {
    Sheet,
    Pack,
}

/// How a file of a coder came in, if this event says that one did. One with a hash is a sheet of before, or a log.
fn received(opened: &Opened, event: &Event, coder: &CoderId) -> Option<By> {
    let by_sheet = || {
        let rows = opened.own_log(coder).map_or(&[][..], |log| &log.rows);
        rows.iter().any(|row| row.via == Via::Sheet)
    };
    match &event.what {
        _ if !event.is_by(coder) => None,
        What::Receive { page: Some(_), .. } => Some(By::Pack),
        What::Receive { file: None, .. } => Some(By::Sheet),
        What::Receive { file: Some(_), .. } if by_sheet() => Some(By::Sheet),
        _ => None,
    }
}

/// What is in dispute is settled; the first time agreement is looked at before.
fn settle_first(opened: &Opened, themata: &str) -> Message {
    match opened.study.settings.agreement && opened.settlements.is_empty() {
        true => msg!("status.next.agree", themata = themata),
        false => msg!("status.next.resolve", themata = themata),
    }
}

/// What a team does when all have handed over and all is settled.
fn of_team(opened: &Opened, themata: &str) -> Message {
    let study: &Study = &opened.study;
    let round = study.current_round();
    let name = study.rounds.get(usize::from(round.0));
    match name {
        Some(name) if study.purpose(round) != Purpose::Code && opened.is_blind() => {
            msg!("status.next.measured", themata = themata, round = name)
        }
        _ => msg!("status.next.matrix", themata = themata),
    }
}
