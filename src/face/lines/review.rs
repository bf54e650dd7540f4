//! Looking at cuts, line by line: the weakest first, with the two units on either side.

use super::cuts::{Marks, stretch};
use super::{Change, Lines, Talk};
use crate::desk::Desk;
use crate::desk::review::{Done, Keep, ReviewDesk, View};
use crate::domain::locator::Locator;
use crate::domain::study::Study;
use crate::escape::terminal::Guarded;
use crate::msg;
use crate::unitize::cuts::{Point, span};

impl Lines for ReviewDesk<'_> {
    type Shown = Option<Option<Locator>>;
    const HINT: Option<&'static str> = Some("review.hint");
    const KEYS: &'static str = "review.keys";

    fn draw(&self, shown: &mut Self::Shown, talk: &mut Talk<'_>) -> std::io::Result<String> {
        draw(self, shown, talk)?;
        Ok(format!("{}>", talk.word("review.prompt")))
    }

    fn confirm(&self, kept: &Keep, talk: &mut Talk<'_>) -> std::io::Result<()> {
        confirm(kept.done, &kept.at, talk)
    }

    fn changed(shown: &mut Self::Shown, change: Change<'_, Keep>) {
        if !matches!(change, Change::Moved) {
            *shown = None;
        }
    }
}

/// `saved UNIT WHAT`.
fn confirm(done: Done, at: &Locator, talk: &mut Talk<'_>) -> std::io::Result<()> {
    talk.saved(&[&at.to_string(), done.as_str()])
}

/// Shows what is new since the last time.
fn draw(
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
        Some(view) => cut(desk.study(), view, talk),
        None => talk.wrapped(&talk.say(&msg!("review.finished", n = desk.all())), "\n", ""),
    };
    *shown = Some(now);
    talk.show(&screen)
}

/// The two units with the cut between them.
fn cut(study: &Study, view: &View<'_>, talk: &Talk<'_>) -> Guarded {
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
    let heading = talk.wrapped(&heading, "", "  ");
    [Guarded::line(""), heading, talk.rule(), text, talk.rule()].into_iter().collect()
}
