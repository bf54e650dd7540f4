//! Line mode of looking at cuts: the weakest first, with the two units on either side.

use super::cuts::{Marks, stretch};
use super::{Talk, wrap::wrap};
use crate::desk::review::{Done, Effect, ReviewDesk, View};
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::domain::locator::Locator;
use crate::domain::study::Study;
use crate::domain::unit::Unit;
use crate::msg;
use crate::unitize::cuts::{Point, span};

/// What keeps units safe.
pub trait Saver {
    /// Replaces the units of a transcript; they are safely on disk when this returns.
    ///
    /// # Errors
    /// Nothing was changed.
    fn save(&mut self, transcript: &TranscriptId, units: &[Unit]) -> Result<(), Failure>;
}

/// Goes through the cuts until the person leaves.
///
/// # Errors
/// A stream failed, or a change could not be kept; those that were confirmed are safe.
pub fn run(
    study: &Study,
    desk: &mut ReviewDesk<'_>,
    saver: &mut dyn Saver,
    talk: &mut Talk<'_>,
) -> anyhow::Result<()> {
    let hint = wrap(&talk.word("review.hint"), talk.width, "", "");
    talk.show(&hint)?;
    let mut shown = None;
    loop {
        draw(study, desk, &mut shown, talk)?;
        let Some(line) = talk.ask(&format!("{}>", talk.word("review.prompt")))? else {
            return Ok(());
        };
        match desk.step(&line) {
            Effect::Write { transcript, units, done, at } => {
                saver.save(&transcript, &units)?;
                confirm(done, &at, talk)?;
                desk.saved();
                shown = None;
            }
            Effect::Say(message) => talk.tell(&message)?,
            Effect::Help => {
                let keys = talk.lines(&talk.word("review.keys"));
                talk.show(&keys)?;
            }
            Effect::Moved => {}
            Effect::Look => shown = None,
            Effect::Leave => return Ok(()),
        }
    }
}

/// `saved UNIT WHAT`.
fn confirm(done: Done, at: &Locator, talk: &mut Talk<'_>) -> std::io::Result<()> {
    talk.saved(&[&at.to_string(), done.as_str()])
}

/// Shows what is new since the last time.
fn draw(
    study: &Study,
    desk: &ReviewDesk<'_>,
    shown: &mut Option<Option<Locator>>,
    talk: &mut Talk<'_>,
) -> std::io::Result<()> {
    let view = desk.view();
    let now = view.as_ref().map(|view| view.after.locator.clone());
    if *shown == Some(now.clone()) {
        return Ok(());
    }
    let screen = match &view {
        Some(view) => cut(study, view, talk),
        None => wrap(&talk.say(&msg!("review.finished", n = desk.all())), talk.width, "\n", ""),
    };
    *shown = Some(now);
    talk.show(&screen)
}

/// The two units with the cut between them.
fn cut(study: &Study, view: &View<'_>, talk: &Talk<'_>) -> String {
    let case = study.case(&view.transcript.case).map_or("", |case| case.name.as_str());
    let progress = talk.say(&msg!("review.progress", n = view.pending, all = view.all));
    let heading = match case {
        "" => format!("{} · {progress}", view.transcript.id),
        case => format!("{} · {case} · {progress}", view.transcript.id),
    };
    let mut marks = Marks::default();
    marks.numbers.extend(view.sentences.iter().copied().zip(1..));
    let after = view.after.locator.span();
    let mut from = Point::start(after);
    if let Some(before) = view.before {
        let what = match (view.strength, view.after.pinned) {
            (_, true) => talk.word("review.by_hand"),
            ("", false) => talk.word("review.cut"),
            (strength, false) => talk.say(&msg!("review.cut_strength", strength = strength)),
        };
        marks.lines.insert(Point::start(after), what);
        from = Point::start(before.locator.span());
    }
    let shown = span(view.transcript, from, Point::end(after, view.transcript));
    let text = shown.map(|span| stretch(view.transcript, span, &marks, talk)).unwrap_or_default();
    let rule = "─".repeat(talk.width);
    format!("\n{}{rule}\n{text}{rule}\n", wrap(&heading, talk.width, "", "  "))
}
