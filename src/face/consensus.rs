//! Line mode of the consensus meeting: one discrepancy after the other; outcome, reason, rationale.

use super::passage::passage;
use super::question::{answer, definitions, dimension_id, named};
use super::{Talk, wrap::wrap};
use crate::desk::consensus::{Chosen, ConsensusDesk, Dispute, Effect, Given, Stage, View};
use crate::domain::answer::Answer;
use crate::domain::codebook::Select;
use crate::domain::consensus::{NewSettlement, Outcome, Reason};
use crate::domain::failure::Failure;
use crate::domain::log::RoundIndex;
use crate::domain::study::Study;
use crate::escape::terminal::visible;
use crate::msg;

/// What keeps settlements safe.
pub trait Saver {
    /// Appends a settlement and returns, once it is safely on disk, its seq.
    ///
    /// # Errors
    /// Nothing was kept.
    fn save(&mut self, round: RoundIndex, settlement: &NewSettlement) -> Result<u64, Failure>;
}

/// Goes through the discrepancies until the meeting leaves.
///
/// # Errors
/// A stream failed, or a settlement could not be kept; those that were confirmed are safe.
pub fn run(
    study: &Study,
    desk: &mut ConsensusDesk<'_>,
    saver: &mut dyn Saver,
    talk: &mut Talk<'_>,
) -> anyhow::Result<()> {
    let mut shown = Shown::Nothing;
    loop {
        let prompt = draw(study, desk, &mut shown, talk)?;
        let Some(line) = talk.ask(&prompt)? else { return Ok(()) };
        match desk.step(&line) {
            Effect::Append(round, settlement) => {
                let seq = saver.save(round, &settlement)?;
                confirm(study, &settlement, talk)?;
                desk.saved(seq);
                shown = Shown::Nothing;
            }
            Effect::Say(message) => talk.tell(&message)?,
            Effect::Define(dimension, codes) => {
                let text = definitions(study, dimension, &codes, talk);
                talk.show(&text)?;
            }
            Effect::Help => {
                let keys = talk.lines(&talk.word("resolve.keys"));
                talk.show(&keys)?;
            }
            Effect::Moved => {}
            Effect::Leave => return Ok(()),
        }
    }
}

/// `saved UNIT DIMENSION OUTCOME CODES`; no outcome where a settlement was taken back.
fn confirm(study: &Study, row: &NewSettlement, talk: &mut Talk<'_>) -> std::io::Result<()> {
    let unit = study.units.get(row.unit.at()).map(|unit| unit.locator.to_string());
    let outcome = row.outcome.as_ref().map(ToString::to_string);
    let dimension = dimension_id(study, row.dimension);
    let (unit, outcome) = (unit.unwrap_or_default(), outcome.unwrap_or_default());
    talk.saved(&[&unit, dimension, &outcome, &row.answer.to_string()])
}

/// What the screen shows already.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    Nothing,
    Finished,
    Dispute(Dispute, Stage),
    Asked,
}

/// Shows what is new since the last time, and returns the prompt.
fn draw(
    study: &Study,
    desk: &ConsensusDesk<'_>,
    shown: &mut Shown,
    talk: &mut Talk<'_>,
) -> std::io::Result<String> {
    let view = desk.view();
    if *view.stage == Stage::Present {
        if *shown != Shown::Asked {
            let ask = wrap(&talk.word("resolve.present_ask"), talk.width, "", "");
            talk.show(&ask)?;
        }
        *shown = Shown::Asked;
        return Ok(">".to_owned());
    }
    let Some(dispute) = view.dispute else {
        if *shown != Shown::Finished {
            let done = talk.say(&msg!("resolve.finished", n = view.all));
            talk.show(&wrap(&done, talk.width, "\n", ""))?;
        }
        *shown = Shown::Finished;
        return Ok(">".to_owned());
    };
    let mut screen = String::new();
    let (same, same_stage) = match shown {
        Shown::Dispute(before, stage) => (before == dispute, stage == view.stage),
        _ => (false, false),
    };
    if !same {
        screen.push_str(&heading(study, &view, dispute, talk));
        screen.push_str(&answers(study, desk, &view, dispute, talk));
    }
    if !same || !same_stage {
        screen.push_str(&stage(&view, talk));
    }
    talk.show(&screen)?;
    *shown = Shown::Dispute(dispute.clone(), view.stage.clone());
    Ok(match view.stage {
        Stage::Reason(_) => format!("{}>", talk.word("resolve.reason_prompt")),
        Stage::Rationale(..) => format!("{}>", talk.word("resolve.rationale_prompt")),
        _ => format!("{}>", dimension_id(study, dispute.dimension)),
    })
}

/// The unit, its words, and how far the meeting is.
fn heading(study: &Study, view: &View<'_>, dispute: &Dispute, talk: &Talk<'_>) -> String {
    let progress = talk.say(&msg!("resolve.progress", settled = view.settled, all = view.all));
    let heading = super::passage::heading(study, dispute.unit, &progress);
    format!(
        "\n{}{}\n",
        wrap(&visible(&heading), talk.width, "", "  "),
        passage(study, dispute.unit, talk)
    )
}

/// What each coder gave, and what can be done about it.
fn answers(
    study: &Study,
    desk: &ConsensusDesk<'_>,
    view: &View<'_>,
    dispute: &Dispute,
    talk: &Talk<'_>,
) -> String {
    let id = dimension_id(study, dispute.dimension);
    let mut out = wrap(&visible(&named(study, id, talk)), talk.width, "", "");
    let numbered = (1..).zip(desk.coders().iter().zip(&dispute.given));
    for (number, (coder, given)) in numbered {
        let text = format!("{coder}: {}", told(study, given, talk));
        out.push_str(&wrap(&visible(&text), talk.width, &format!("{number:>5}  "), "         "));
        if let Some(memo) = &given.memo {
            out.push_str(&wrap(&visible(memo), talk.width, "         » ", "         "));
        }
    }
    let many = study.codebook().dimension(id).is_some_and(|it| it.select == Select::Many);
    if dispute.given.len() == 2 && many {
        out.push_str(&wrap(&talk.word("resolve.both"), talk.width, "    b  ", ""));
    }
    if let Some(before) = view.before {
        let message = match &before.outcome {
            Some(Outcome::Open) | None => msg!("resolve.before_open"),
            Some(outcome) => {
                msg!("resolve.before", outcome = outcome, answer = codes(&before.answer, talk))
            }
        };
        out.push_str(&wrap(&talk.say(&message), talk.width, "", "  "));
    }
    out
}

fn told(study: &Study, given: &Given, talk: &Talk<'_>) -> String {
    if !given.answer.is_decided() {
        return talk.word("resolve.undecided_answer");
    }
    let answer = answer(study, &study.answers, given.answer, talk);
    if given.unsure { format!("{answer} ({})", talk.word("resolve.unsure")) } else { answer }
}

/// What is asked now.
fn stage(view: &View<'_>, talk: &Talk<'_>) -> String {
    let line = |text: &str, first: &str| wrap(text, talk.width, first, "  ");
    match view.stage {
        Stage::Present => String::new(),
        Stage::Choice => line(&talk.word("resolve.choices"), ""),
        Stage::Reason(chosen) => {
            let mut out = line(&summary(chosen, talk), "");
            out.push_str(&line(&talk.word("resolve.reason_ask"), ""));
            for (number, reason) in (1..).zip(Reason::ALL) {
                let text = format!("{reason}: {}", meaning(reason, talk));
                out.push_str(&line(&text, &format!("{number:>5}  ")));
            }
            out
        }
        Stage::Rationale(chosen, reason) => {
            let ask = if chosen.needs_rationale() {
                "resolve.rationale_ask_needed"
            } else {
                "resolve.rationale_ask"
            };
            let text = format!("{} · {reason}", summary(chosen, talk));
            format!("{}{}", line(&text, ""), line(&talk.word(ask), ""))
        }
    }
}

fn summary(chosen: &Chosen, talk: &Talk<'_>) -> String {
    match chosen.outcome {
        Outcome::Open => chosen.outcome.to_string(),
        _ => {
            let answer = codes(&chosen.answer, talk);
            format!("{}: {answer}", chosen.outcome)
        }
    }
}

/// An answer by its ids, as it will be written; "none" in the reader's language.
fn codes(answer: &Answer, talk: &Talk<'_>) -> String {
    match answer {
        Answer::None => talk.word("code.none"),
        other => other.to_string(),
    }
}

fn meaning(reason: Reason, talk: &Talk<'_>) -> String {
    talk.word(match reason {
        Reason::Slip => "resolve.slip",
        Reason::Omission => "resolve.omission",
        Reason::Boundary => "resolve.boundary",
        Reason::Definition => "resolve.definition",
        Reason::Ambiguous => "resolve.ambiguous",
        Reason::Reading => "resolve.reading",
    })
}
