//! The consensus meeting, line by line: one discrepancy after the other; outcome, reason, rationale.

use super::question::{answer, definitions, dimension_id, named};
use super::{Change, Lines, Talk};
use crate::desk::Desk;
use crate::desk::consensus::{Chosen, ConsensusDesk, Dispute, Given, Keep, Stage, View};
use crate::domain::answer::{Answer, CodeIndex, DimensionIndex};
use crate::domain::consensus::{NewSettlement, Outcome, Reason};
use crate::domain::study::Study;
use crate::escape::terminal::Guarded;
use crate::msg;

impl Lines for ConsensusDesk<'_> {
    type Shown = Shown;
    const KEYS: &'static str = "resolve.keys";

    fn draw(&self, shown: &mut Shown, talk: &mut Talk<'_>) -> std::io::Result<String> {
        draw(self, shown, talk)
    }

    fn confirm(&self, kept: &Keep, talk: &mut Talk<'_>) -> std::io::Result<()> {
        match kept {
            Keep::Settlement(_, settlement) => confirm(self.study(), settlement, talk),
            Keep::Codebook(made) => talk.saved(&[&made.id, made.field]),
        }
    }

    fn changed(shown: &mut Shown, change: Change<'_, Keep>) {
        if matches!(change, Change::Kept(_)) {
            *shown = Shown::Nothing;
        }
    }

    fn definitions(
        &self,
        dimension: DimensionIndex,
        codes: &[CodeIndex],
        talk: &Talk<'_>,
    ) -> Guarded {
        definitions(self.study(), dimension, codes, talk)
    }
}

/// `saved UNIT DIMENSION OUTCOME CODES`; no outcome where a settlement was taken back.
fn confirm(study: &Study, row: &NewSettlement, talk: &mut Talk<'_>) -> std::io::Result<()> {
    let unit = study.unit_at(row.unit).map(|unit| unit.locator.to_string());
    let outcome = row.outcome.as_ref().map(ToString::to_string);
    let dimension = dimension_id(study, row.dimension);
    let (unit, outcome) = (unit.unwrap_or_default(), outcome.unwrap_or_default());
    talk.saved(&[&unit, dimension, &outcome, &row.answer.to_string()])
}

/// What the screen shows already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Shown {
    /// Nothing of the meeting.
    #[default]
    Nothing,
    /// That all is settled.
    Finished,
    /// A discrepancy, at a stage.
    Dispute(Dispute, Stage),
    /// The question who is here.
    Asked,
}

/// Shows what is new since the last time, and returns the prompt.
fn draw(
    desk: &ConsensusDesk<'_>,
    shown: &mut Shown,
    talk: &mut Talk<'_>,
) -> std::io::Result<String> {
    let study = desk.study();
    let view = desk.view();
    if *view.stage == Stage::Present {
        if *shown != Shown::Asked {
            let ask = talk.wrapped(&talk.word("resolve.present_ask"), "", "");
            talk.show(&ask)?;
        }
        *shown = Shown::Asked;
        return Ok(">".to_owned());
    }
    let Some(dispute) = view.dispute else {
        if *shown != Shown::Finished {
            let done = talk.say(&msg!("resolve.finished", n = view.all));
            talk.show(&talk.wrapped(&done, "\n", ""))?;
        }
        *shown = Shown::Finished;
        return Ok(">".to_owned());
    };
    let mut screen = Guarded::default();
    let (same, same_stage) = match shown {
        Shown::Dispute(before, stage) => (before == dispute, stage == view.stage),
        _ => (false, false),
    };
    if !same {
        screen.push(&heading(study, &view, dispute, talk));
        screen.push(&answers(study, desk, &view, dispute, talk));
    }
    if !same || !same_stage {
        screen.push(&stage(&view, talk));
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
fn heading(study: &Study, view: &View<'_>, dispute: &Dispute, talk: &Talk<'_>) -> Guarded {
    let (settled, open, all) = (view.settled, view.open, view.all);
    let progress = talk.say(&match open {
        0 => msg!("resolve.progress", settled = settled, all = all),
        _ => msg!("resolve.progress_open", settled = settled, open = open, all = all),
    });
    let heading = super::passage::heading(study, dispute.unit, &progress);
    let passage = view.passage.as_ref().map(|passage| super::passage(passage, talk));
    let empty = || Guarded::line("");
    let parts = [empty(), talk.wrapped(&heading, "", "  "), passage.unwrap_or_default(), empty()];
    parts.into_iter().collect()
}

/// What each coder gave, and what can be done about it.
fn answers(
    study: &Study,
    desk: &ConsensusDesk<'_>,
    view: &View<'_>,
    dispute: &Dispute,
    talk: &Talk<'_>,
) -> Guarded {
    let id = dimension_id(study, dispute.dimension);
    let mut out = talk.wrapped(&named(study, id, talk), "", "");
    let numbered = (1..).zip(desk.coders().iter().zip(&dispute.given));
    for (number, (coder, given)) in numbered {
        let text = format!("{coder}: {}", told(study, given, talk));
        out.push(&talk.wrapped(&text, &format!("{number:>5}  "), "         "));
        if let Some(memo) = &given.memo {
            out.push(&talk.wrapped(memo, "         » ", "         "));
        }
    }
    if view.can_be_both {
        out.push(&talk.wrapped(&talk.word("resolve.both"), "    b  ", ""));
    }
    for why in &dispute.again {
        out.push(&talk.wrapped(&talk.say(why), "", "  "));
    }
    if let Some(before) = view.before {
        let message = match &before.outcome {
            Some(Outcome::Open) | None => msg!("resolve.before_open"),
            Some(outcome) => {
                msg!("resolve.before", outcome = outcome, answer = codes(&before.answer, talk))
            }
        };
        out.push(&talk.wrapped(&talk.say(&message), "", "  "));
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
fn stage(view: &View<'_>, talk: &Talk<'_>) -> Guarded {
    let line = |text: &str, first: &str| talk.wrapped(text, first, "  ");
    match view.stage {
        Stage::Present => Guarded::default(),
        Stage::Choice => line(&talk.word("resolve.choices"), ""),
        Stage::Reason(chosen) => {
            let mut out = line(&summary(chosen, talk), "");
            out.push(&line(&talk.word("resolve.reason_ask"), ""));
            for (number, reason) in (1..).zip(Reason::ALL) {
                let text = format!("{reason}: {}", meaning(reason, talk));
                out.push(&line(&text, &format!("{number:>5}  ")));
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
            [line(&text, ""), line(&talk.word(ask), "")].into_iter().collect()
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
    talk.word(meaning_of(reason))
}

/// The words for what a reason means.
pub(in crate::face) fn meaning_of(reason: Reason) -> &'static str {
    match reason {
        Reason::Slip => "resolve.slip",
        Reason::Omission => "resolve.omission",
        Reason::Boundary => "resolve.boundary",
        Reason::Definition => "resolve.definition",
        Reason::Ambiguous => "resolve.ambiguous",
        Reason::Reading => "resolve.reading",
    }
}
