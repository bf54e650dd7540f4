//! `status`, and `themata` alone: where the study stands and what is next.

use super::{Context, Outcome, OutputArgs};
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
use crate::escape::terminal::visible;
use crate::msg;
use crate::render::status::{CaseStatus, Done, Handed, Settled, Share, StatusReport};
use crate::store::{Opened, Wish};
use crate::words;
use crate::work::next::{Known, next};
use crate::work::session;

/// Show where the study stands and what is next
///
/// Of coders who have not sealed it says only that; with --coder, it also says how far that coder is.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  themata status\n  themata status --coder c1")]
pub(super) struct Args {
    /// Also say how far this coder is
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let opened = context.open()?;
    let coder = args.coder.as_deref().map(|it| session::coder(&opened, it)).transpose()?;
    let report = report(&opened, coder.as_ref(), &context.themata())?;
    args.output.emit(&report, context)?;
    let said = super::moderation::said(&opened, opened.study.transcripts.iter());
    said.iter().try_for_each(|line| context.tell(line))?;
    Ok(Outcome::Clean)
}

/// `themata` alone: where you are, what was done last, the next command to copy.
pub(super) fn here(context: &mut Context<'_>) -> anyhow::Result<Outcome> {
    let folder = match context.folder() {
        Ok(_) => context.open()?,
        Err(Failure::Usage(..)) => {
            let text = words::word("status.nowhere", context.language);
            writeln!(context.out, "{text}")?;
            return Ok(Outcome::Clean);
        }
        Err(other) => return Err(other.into()),
    };
    let report = report(&folder, None, &context.themata())?;
    let say = |message: &Message| words::say(message, context.language);
    let mut lines = vec![say(&msg!("status.title", title = report.title))];
    if let Some(last) = &report.last {
        lines.push(say(last));
    }
    lines.push(say(&report.next));
    writeln!(context.out, "{}", visible(&lines.join("\n")))?;
    Ok(Outcome::Clean)
}

fn report(
    opened: &Opened,
    coder: Option<&CoderId>,
    themata: &str,
) -> Result<StatusReport, Failure> {
    if let Some(coder) = coder {
        opened.coder(coder)?;
    }
    let study = &opened.study;
    let round = study.current_round();
    let comparison = opened.comparison(&Wish::default()).ok();
    let comparison = comparison.map(|it| it.counting(&opened.study, Codes::Current));
    let settled = comparison.as_ref().map(|comparison| settled(opened, comparison));
    let wordings = comparison.as_ref().map(|it| Wordings::of(study, it, &Scope::default()));
    let known = Known { unsettled: settled.as_ref().map(Settled::unsettled) };
    Ok(StatusReport {
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

fn cases(opened: &Opened, coder: Option<&CoderId>, round: RoundIndex) -> Vec<CaseStatus> {
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

fn case_status(opened: &Opened, case: &CaseId, round: RoundIndex) -> CaseStatus {
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
    CaseStatus {
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
        (
            it.at,
            msg!(
                "status.last.settled",
                at = it.at,
                unit = opened.study.units[it.unit.at()].locator
            ),
        )
    });
    events.chain(seals).chain(settled).max_by_key(|(at, _)| *at).map(|(_, message)| message)
}
