//! Line mode of the coding desk: one unit after the other, one question after the other.
//!
//! It works through a pipe: standard output holds one `saved` line for each decision that is safely on
//! disk, and nothing else.

use super::passage::passage;
use super::question::{answer, definitions, dimension_id, question};
use super::{Talk, wrap::wrap};
use crate::desk::coding::{CodingDesk, Effect, Question, View};
use crate::domain::answer::DimensionIndex;
use crate::domain::failure::Failure;
use crate::domain::log::{NewDecision, UnitIndex};
use crate::domain::record::MemoKind;
use crate::domain::study::Study;
use crate::escape::terminal::visible;
use crate::msg;

/// What keeps decisions and notes safe.
pub trait Saver {
    /// Appends decisions together and returns, once they are safely on disk, the seq of each.
    ///
    /// # Errors
    /// Nothing was kept.
    fn save(&mut self, decisions: &[NewDecision]) -> Result<Vec<u64>, Failure>;

    /// Keeps a note on a unit, or a wish that it were cut differently.
    ///
    /// # Errors
    /// Nothing was kept.
    fn note(&mut self, unit: UnitIndex, kind: MemoKind, text: &str) -> Result<(), Failure>;
}

/// Goes through the questions until the coder leaves.
///
/// # Errors
/// A stream failed, or a decision could not be kept; those that were confirmed are safe.
pub fn run(
    study: &Study,
    desk: &mut CodingDesk<'_>,
    saver: &mut dyn Saver,
    talk: &mut Talk<'_>,
) -> anyhow::Result<()> {
    let hint = wrap(&talk.word("code.hint"), talk.width, "", "");
    talk.show(&hint)?;
    let mut shown = None;
    loop {
        let prompt = draw(study, desk, &mut shown, talk)?;
        let Some(line) = talk.ask(&prompt)? else { return Ok(()) };
        match desk.step(&line) {
            Effect::Append(decisions) => {
                let seqs = saver.save(&decisions)?;
                let mut in_order: Vec<&NewDecision> = decisions.iter().collect();
                in_order.sort_by_key(|decision| (decision.unit, decision.dimension));
                for decision in in_order {
                    confirm(study, decision, talk)?;
                }
                desk.saved(&seqs);
                shown = shown.map(Shown::stale);
            }
            Effect::Note { unit, kind, text } => {
                saver.note(unit, kind, &text)?;
                let unit = study.units.get(unit.at()).map(|unit| unit.locator.to_string());
                let noted = talk.say(&msg!("code.noted", unit = unit.unwrap_or_default()));
                talk.show(&format!("{noted}\n"))?;
            }
            Effect::Say(message) => talk.tell(&message)?,
            Effect::Define(dimension, codes) => {
                let text = definitions(study, dimension, &codes, talk);
                talk.show(&text)?;
            }
            Effect::Help => {
                let keys = talk.lines(&talk.word("code.keys"));
                talk.show(&keys)?;
            }
            Effect::Moved => shown = shown.map(Shown::stale),
            Effect::Look => shown = None,
            Effect::Leave => return Ok(()),
        }
    }
}

/// `saved UNIT DIMENSION CODES`, the codes as in the log; none where the decision was taken back.
fn confirm(study: &Study, decision: &NewDecision, talk: &mut Talk<'_>) -> std::io::Result<()> {
    let unit = study.units.get(decision.unit.at()).map(|unit| unit.locator.to_string());
    let dimension = dimension_id(study, decision.dimension);
    talk.saved(&[&unit.unwrap_or_default(), dimension, &decision.answer.to_string()])
}

/// What the screen shows already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shown {
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
    study: &Study,
    desk: &CodingDesk<'_>,
    shown: &mut Option<Shown>,
    talk: &mut Talk<'_>,
) -> std::io::Result<String> {
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
                talk.show(&wrap(&done, talk.width, "\n", ""))?;
            }
            Ok(">".to_owned())
        }
        View::Question(open) => {
            let unit_before = before.and_then(|it| it.question).map(|(unit, _)| unit);
            let mut screen = String::new();
            if unit_before != Some(open.unit) {
                screen.push_str(&unit(study, &open, talk));
            }
            if before != Some(now) {
                screen.push('\n');
                screen.push_str(&self::question(study, open.dimension, talk));
                screen.push_str(&standing(study, desk, &open, talk));
                screen.push_str(&earlier(study, desk, &open, talk));
            }
            talk.show(&screen)?;
            Ok(format!("{}>", dimension_id(study, open.dimension)))
        }
    }
}

/// The heading of a unit, and its words.
fn unit(study: &Study, open: &Question, talk: &Talk<'_>) -> String {
    let progress = talk.say(&msg!(
        "code.progress",
        decided = open.decided_units,
        units = open.units,
        n = open.decided_dimensions,
        dimensions = open.dimensions
    ));
    let heading = super::passage::heading(study, open.unit, &progress);
    let heading = wrap(&visible(&heading), talk.width, "", "  ");
    format!("\n{heading}{}", passage(study, open.unit, talk))
}

/// What the coder has decided here already.
fn standing(study: &Study, desk: &CodingDesk<'_>, open: &Question, talk: &Talk<'_>) -> String {
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
        return String::new();
    };
    wrap(&visible(&talk.say(&message)), talk.width, "", "  ")
}

/// What the coder herself had decided on the units from which this one was cut.
fn earlier(study: &Study, desk: &CodingDesk<'_>, open: &Question, talk: &Talk<'_>) -> String {
    let mut out = String::new();
    let mut before: Vec<UnitIndex> = study.moved.earlier(open.unit).to_vec();
    let mut next = 0;
    while let Some(unit) = before.get(next).copied() {
        next += 1;
        let cell = desk.coding().cell(unit, open.dimension);
        let Some(known) = study.units.get(unit.at()).filter(|_| cell.answer.is_decided()) else {
            let further = study.moved.earlier(unit).iter();
            let further: Vec<UnitIndex> =
                further.filter(|it| !before.contains(it)).copied().collect();
            before.extend(further);
            continue;
        };
        let answer = answer(study, desk.answers(), cell.answer, talk);
        let message = msg!("code.earlier", unit = known.locator, answer = answer);
        out.push_str(&wrap(&visible(&talk.say(&message)), talk.width, "", "  "));
    }
    out
}
