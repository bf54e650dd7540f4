//! The coding desk, line by line: one unit after the other, one question after the other.

use super::question::{answer, definitions, dimension_id, question};
use super::{Change, Lines, Talk};
use crate::desk::Desk;
use crate::desk::coding::{CodingDesk, Keep, Question, View};
use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::log::{NewDecision, UnitIndex};
use crate::domain::message::Message;
use crate::domain::record::NewPick;
use crate::domain::study::Study;
use crate::escape::terminal::Guarded;
use crate::msg;

impl Lines for CodingDesk<'_> {
    type Shown = Option<Shown>;
    const HINT: Option<&'static str> = Some("code.hint");
    const KEYS: &'static str = "code.keys";

    fn draw(&self, shown: &mut Option<Shown>, talk: &mut Talk<'_>) -> std::io::Result<String> {
        draw(self, shown, talk)
    }

    fn confirm(&self, kept: &Keep, talk: &mut Talk<'_>) -> std::io::Result<()> {
        match kept {
            Keep::Decisions(decisions) => {
                let mut in_order: Vec<&NewDecision> = decisions.iter().collect();
                in_order.sort_by_key(|decision| (decision.unit, decision.dimension));
                in_order.into_iter().try_for_each(|it| confirm(self.study(), it, talk))
            }
            Keep::Proposal { name, .. } => {
                let proposed = talk.say(&msg!("code.proposed", name = name));
                talk.show(&Guarded::line(&proposed))
            }
            Keep::Quote { pick, .. } => {
                let told = talk.say(&told(pick));
                talk.show(&Guarded::line(&told))
            }
            Keep::Note { unit, .. } => {
                let unit = self.study().unit_at(*unit).map(|unit| unit.locator.to_string());
                let noted = talk.say(&msg!("code.noted", unit = unit.unwrap_or_default()));
                talk.show(&Guarded::line(&noted))
            }
        }
    }

    fn changed(shown: &mut Option<Shown>, change: Change<'_, Keep>) {
        match change {
            Change::Kept(Keep::Note { .. } | Keep::Proposal { .. } | Keep::Quote { .. }) => {}
            Change::Kept(_) | Change::Moved => *shown = shown.map(Shown::stale),
            Change::Looked => *shown = None,
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

/// What is said of a quotation that was picked or taken back.
pub(in crate::face) fn told(pick: &NewPick) -> Message {
    match pick.undoes {
        None => msg!("code.quoted", locator = pick.locator, code = pick.code),
        Some(_) => msg!("code.unquoted", locator = pick.locator, code = pick.code),
    }
}

/// `saved UNIT DIMENSION CODES`, the codes as in the log; none where the decision was taken back.
fn confirm(study: &Study, decision: &NewDecision, talk: &mut Talk<'_>) -> std::io::Result<()> {
    let unit = study.unit_at(decision.unit).map(|unit| unit.locator.to_string());
    let dimension = dimension_id(study, decision.dimension);
    talk.saved(&[&unit.unwrap_or_default(), dimension, &decision.answer.to_string()])
}

/// What the screen shows already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The question; absent where everything was decided.
    question: Option<(UnitIndex, DimensionIndex)>,
    /// Whether nothing was decided since.
    fresh: bool,
}

impl Shown {
    /// The same screen, after something may have changed.
    fn stale(self) -> Self {
        Self { fresh: false, ..self }
    }
}

/// Shows what is new since the last time, and returns the prompt.
fn draw(
    desk: &CodingDesk<'_>,
    shown: &mut Option<Shown>,
    talk: &mut Talk<'_>,
) -> std::io::Result<String> {
    let study = desk.study();
    let before = *shown;
    let view = desk.view();
    let question = match &view {
        View::Question(question) => Some((question.unit, question.dimension)),
        View::Finished { .. } => None,
    };
    let now = Shown { question, fresh: true };
    *shown = Some(now);
    match view {
        View::Finished { units } => {
            if before != Some(now) {
                let coder = &desk.coding().coder;
                let done = talk.say(&msg!("code.finished", n = units, coder = coder));
                talk.show(&talk.wrapped(&done, "\n", ""))?;
            }
            Ok(">".to_owned())
        }
        View::Question(open) => {
            let unit_before = before.and_then(|it| it.question).map(|(unit, _)| unit);
            let mut screen = Guarded::default();
            if unit_before != Some(open.unit) {
                screen.push(&unit(study, &open, talk));
            }
            if before != Some(now) {
                screen.push(&Guarded::line(""));
                screen.push(&self::question(study, open.dimension, &open.choices, talk));
                screen.push(&standing(study, desk, &open, talk));
                screen.push(&earlier(study, desk, &open, talk));
            }
            talk.show(&screen)?;
            Ok(format!("{}>", dimension_id(study, open.dimension)))
        }
    }
}

/// The heading of a unit, and its words.
fn unit(study: &Study, open: &Question<'_>, talk: &Talk<'_>) -> Guarded {
    let progress = talk.say(&msg!(
        "code.progress",
        decided = open.decided_units,
        units = open.units,
        n = open.decided_dimensions,
        dimensions = open.dimensions
    ));
    let heading = super::passage::heading(study, open.unit, &progress);
    let heading = talk.wrapped(&heading, "", "  ");
    let passage = open.passage.as_ref().map(|passage| super::passage(passage, talk));
    [Guarded::line(""), heading, passage.unwrap_or_default()].into_iter().collect()
}

/// What the coder has decided here already.
fn standing(study: &Study, desk: &CodingDesk<'_>, open: &Question<'_>, talk: &Talk<'_>) -> Guarded {
    let message = if open.contested {
        msg!("code.contested")
    } else if open.now.answer.is_decided() {
        let answer = answer(study, desk.answers(), open.now.answer, talk);
        if open.now.unsure {
            msg!("code.now_unsure", answer = answer)
        } else {
            msg!("code.now", answer = answer)
        }
    } else {
        return Guarded::default();
    };
    let mut out = talk.wrapped(&talk.say(&message), "", "  ");
    for why in open.again {
        out.push(&talk.wrapped(&talk.say(why), "", "  "));
    }
    if !open.again.is_empty() {
        out.push(&talk.wrapped(&talk.word("code.again"), "", "  "));
    }
    out
}

/// What the coder herself had decided on the units from which this one was cut.
fn earlier(study: &Study, desk: &CodingDesk<'_>, open: &Question<'_>, talk: &Talk<'_>) -> Guarded {
    let mut out = Guarded::default();
    for (unit, given) in &open.earlier {
        let Some(known) = study.unit_at(*unit) else { continue };
        let answer = answer(study, desk.answers(), *given, talk);
        let message = msg!("code.earlier", unit = known.locator, answer = answer);
        out.push(&talk.wrapped(&talk.say(&message), "", "  "));
    }
    out
}
