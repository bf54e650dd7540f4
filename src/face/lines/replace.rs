//! Confirming where units are in a corrected text, line by line.

use super::cuts::{Marks, stretch};
use super::{Change, Lines, Talk};
use crate::desk::Desk;
use crate::desk::replace::{Act, Keep, ReplaceDesk, View};
use crate::escape::terminal::Guarded;
use crate::msg;
use crate::unitize::cuts::span;

impl Lines for ReplaceDesk<'_> {
    type Shown = usize;
    const KEYS: &'static str = "replace.keys";

    fn draw(&self, shown: &mut usize, talk: &mut Talk<'_>) -> std::io::Result<String> {
        if let Some(view) = self.view().filter(|view| view.number != *shown) {
            let screen = found(&view, talk);
            talk.show(&screen)?;
            *shown = view.number;
        }
        Ok(format!("{}>", talk.word("replace.prompt")))
    }

    fn confirm(&self, kept: &Keep, _: &mut Talk<'_>) -> std::io::Result<()> {
        match *kept {}
    }

    fn changed(shown: &mut usize, _: Change<'_, Keep>) {
        *shown = 0;
    }
}

/// Shows every match and takes it, as somebody asked for beforehand.
///
/// # Errors
/// A stream failed.
pub fn take_all(desk: &mut ReplaceDesk<'_>, talk: &mut Talk<'_>) -> std::io::Result<()> {
    while !desk.is_over() {
        desk.draw(&mut 0, talk)?;
        desk.act(Act::Answer(true));
    }
    Ok(())
}

/// The unit as it was and as it is.
fn found(view: &View<'_>, talk: &Talk<'_>) -> Guarded {
    let View { texts, found, number, all } = *view;
    let Some(unit) = texts.units.get(found.unit) else { return Guarded::default() };
    let now = found.place.and_then(|(from, to)| span(texts.new, from, to));
    let Some(now) = now else { return Guarded::default() };
    let likeness = format!("{:.2}", found.likeness);
    let heading = talk.say(&msg!(
        "replace.found",
        number = number,
        all = all,
        old = unit.locator,
        new = texts.new.locator(now),
        likeness = likeness
    ));
    let plain = Marks::default();
    let old = stretch(texts.old, unit.locator.span(), &plain, talk);
    let new = stretch(texts.new, now, &plain, talk);
    let heading = talk.wrapped(&heading, "", "  ");
    let parts = [Guarded::line(""), heading, talk.rule(), old, talk.rule(), new, talk.rule()];
    parts.into_iter().collect()
}
