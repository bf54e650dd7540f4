//! Line mode of confirming where units are in a corrected text.

use super::cuts::{Marks, stretch};
use super::{Talk, wrap::wrap};
use crate::desk::replace::{Effect, ReplaceDesk};
use crate::domain::transcript::Transcript;
use crate::domain::unit::Unit;
use crate::msg;
use crate::unitize::anchor::Anchored;
use crate::unitize::cuts::span;

/// The two texts, and the units of the old one.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    /// The text that is replaced.
    pub old: &'a Transcript,
    /// Its units.
    pub units: &'a [Unit],
    /// The text that replaces it.
    pub new: &'a Transcript,
}

/// Goes through the matches. Returns whether all were answered; else nothing is to be replaced.
///
/// # Errors
/// A stream failed.
pub fn run(
    texts: Texts<'_>,
    desk: &mut ReplaceDesk,
    take_all: bool,
    talk: &mut Talk<'_>,
) -> std::io::Result<bool> {
    let mut shown = 0;
    while let Some((found, number, all)) = desk.view() {
        if shown != number {
            let screen = self::found(texts, found, number, all, talk);
            talk.show(&screen)?;
            shown = number;
        }
        if take_all {
            // Each is shown all the same.
            desk.step("y");
            continue;
        }
        let Some(line) = talk.ask(&format!("{}>", talk.word("replace.prompt")))? else {
            return Ok(false);
        };
        match desk.step(&line) {
            Effect::Say(message) => talk.tell(&message)?,
            Effect::Help => {
                let keys = talk.lines(&talk.word("replace.keys"));
                talk.show(&keys)?;
            }
            Effect::Moved => shown = 0,
            Effect::Leave => return Ok(false),
        }
    }
    Ok(true)
}

/// The unit as it was and as it is.
fn found(texts: Texts<'_>, found: &Anchored, number: usize, all: usize, talk: &Talk<'_>) -> String {
    let Some(unit) = texts.units.get(found.unit) else { return String::new() };
    let now = found.place.and_then(|(from, to)| span(texts.new, from, to));
    let Some(now) = now else { return String::new() };
    let likeness = format!("{:.2}", found.likeness);
    let heading = talk.say(&msg!(
        "replace.found",
        number = number,
        all = all,
        old = unit.locator,
        new = texts.new.locator(now),
        likeness = likeness
    ));
    let rule = "─".repeat(talk.width);
    let plain = Marks::default();
    let old = stretch(texts.old, unit.locator.span(), &plain, talk);
    let new = stretch(texts.new, now, &plain, talk);
    format!("\n{}{rule}\n{old}{rule}\n{new}{rule}\n", wrap(&heading, talk.width, "", "  "))
}
