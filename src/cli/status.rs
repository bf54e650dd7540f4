//! `status`, and `themata` alone: where the study stands and what is next.

use super::{Context, Outcome, OutputArgs};
use crate::analysis::decisions::settlements_that_hold;
use crate::domain::comparison::Comparison;
use crate::domain::event::What;
use crate::domain::failure::Failure;
use crate::domain::id::{CaseId, CoderId};
use crate::domain::log::RoundIndex;
use crate::domain::message::Message;
use crate::domain::participant::Role;
use crate::domain::unit::UnitKind;
use crate::msg;
use crate::render::status::{CaseStatus, Done, Handed, Settled, StatusReport};
use crate::store::{Opened, Wish};
use crate::words;
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
    let report = report(&opened, coder.as_ref())?;
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
    let report = report(&folder, None)?;
    let say = |message: &Message| words::say(message, context.language);
    let mut lines = vec![say(&msg!("status.title", title = report.title))];
    if let Some(last) = &report.last {
        lines.push(say(last));
    }
    lines.push(say(&report.next));
    writeln!(context.out, "{}", lines.join("\n"))?;
    Ok(Outcome::Clean)
}

fn report(opened: &Opened, coder: Option<&CoderId>) -> Result<StatusReport, Failure> {
    if let Some(coder) = coder {
        opened.coder(coder)?;
    }
    let study = &opened.study;
    let round = study.current_round();
    let comparison = opened.comparison(&Wish::default()).ok();
    let settled = comparison.as_ref().map(|comparison| settled(opened, comparison));
    let mut report = StatusReport {
        title: study.settings.title.clone(),
        language: study.settings.language.clone(),
        codebook: study.version_in_force().id.clone(),
        dimensions: study.codebook().dimensions.len(),
        codes: study.codebook().dimensions.iter().map(|dimension| dimension.tree().len()).sum(),
        round: study.rounds.get(usize::from(round.0)).map(ToString::to_string).unwrap_or_default(),
        coders: study.settings.coders.iter().map(|it| it.id.clone()).collect(),
        cases: study.cases.iter().map(|case| case_status(opened, &case.id, round)).collect(),
        own: coder.map(|coder| own(opened, coder, round)),
        settled,
        agreement: study.settings.agreement,
        last: last(opened),
        next: msg!("status.next.import"),
    };
    report.next = match session::settle::next(opened, coder) {
        Ok(Some(next)) => next,
        // What is wrong with somebody's cuts is told by the commands that read them.
        _ => next(&report, opened, coder),
    };
    Ok(report)
}

fn case_status(opened: &Opened, case: &CaseId, round: RoundIndex) -> CaseStatus {
    let study = &opened.study;
    let units = || study.units().filter(|(index, _)| study.case_of(*index) == case);
    let talk = || units().filter(|(_, unit)| unit.kind == UnitKind::Talk);
    let participants: std::collections::BTreeSet<_> =
        talk().flat_map(|(_, unit)| &unit.speakers).collect();
    // Before the units are cut, whoever import found to speak here.
    let listed = || {
        let speaks = |role| !matches!(role, Role::Moderator | Role::Observer);
        let here = study.participants.iter().filter(|it| it.case.as_ref() == Some(case));
        here.filter(|it| speaks(it.role)).count()
    };
    let handed = study.settings.coders.iter().map(|coder| {
        let mut asked = talk()
            .filter(|(index, _)| study.is_assigned(*index, &coder.id, round))
            .map(|(index, _)| index)
            .peekable();
        let any = asked.peek().is_some();
        match (any, asked.all(|unit| opened.has_sealed(&coder.id, unit, round))) {
            (false, _) => Handed::NotAsked,
            (true, true) => Handed::Sealed,
            (true, false) => Handed::NotSealed,
        }
    });
    CaseStatus {
        case: case.clone(),
        name: study.case(case).map(|it| it.name.clone()).unwrap_or_default(),
        transcripts: study.transcripts.iter().filter(|it| it.case == *case).count(),
        uncut: study
            .transcripts
            .iter()
            .filter(|it| it.case == *case)
            .any(|it| !units().any(|(_, unit)| *unit.locator.transcript() == it.id)),
        participants: if talk().next().is_some() { participants.len() } else { listed() },
        units: talk().count(),
        words: talk().map(|(_, unit)| u64::from(unit.words)).sum(),
        handed: handed.collect(),
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
    let mut count = Settled::default();
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

/// The next command, ready to be copied.
fn next(report: &StatusReport, opened: &Opened, coder: Option<&CoderId>) -> Message {
    let study = &opened.study;
    if study.transcripts.is_empty() {
        return msg!("status.next.import");
    }
    if report.cases.iter().any(|case| case.uncut) {
        return msg!("status.next.split");
    }
    if report.dimensions == 0 {
        return msg!("status.next.codebook");
    }
    if report.coders.is_empty() {
        return msg!("status.next.coder");
    }
    let waits =
        |at: usize| report.cases.iter().any(|case| case.handed.get(at) == Some(&Handed::NotSealed));
    let waiting = report
        .coders
        .iter()
        .enumerate()
        .find(|(at, id)| waits(*at) && coder.is_none_or(|it| it == *id));
    if let Some((_, waiting)) = waiting {
        let complete =
            report.own.as_ref().is_some_and(|own| own.iter().all(|it| it.done == it.asked));
        let again = report.cases.iter().any(|case| {
            let round = study.current_round();
            opened.is_sealed(waiting, &case.case, round)
        });
        return if complete && coder.is_some() && again {
            msg!("status.next.seal_again", coder = waiting)
        } else if complete && coder.is_some() {
            msg!("status.next.seal", coder = waiting)
        } else {
            msg!("status.next.code", coder = waiting)
        };
    }
    match &report.settled {
        _ if report.coders.len() == 1 => msg!("status.next.matrix"),
        Some(settled)
            if settled.discrepancies > settled.settled + settled.open
                && !opened.settlements.is_empty() =>
        {
            msg!("status.next.resolve")
        }
        Some(settled)
            if settled.discrepancies > settled.settled + settled.open && report.agreement =>
        {
            msg!("status.next.agree")
        }
        Some(settled) if settled.discrepancies > settled.settled + settled.open => {
            msg!("status.next.resolve")
        }
        _ => msg!("status.next.matrix"),
    }
}
