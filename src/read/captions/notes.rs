//! What was odd in a caption file.

use super::cues::Cue;
use crate::domain::message::Message;
use crate::msg;
use crate::read::content::places;

/// What was odd, and where.
#[derive(Debug, Default)]
pub(super) struct Oddities {
    /// There is no line WEBVTT.
    pub(super) headless: bool,
    /// Comments left out.
    pub(super) comments: u32,
    /// Lines repeated by captions that roll.
    pub(super) repeated: u32,
    /// How often another colour says that somebody else speaks.
    pub(super) colours: usize,
    /// Lines that stand after a blank one inside a cue.
    pub(super) after_blank: Vec<u32>,
    /// Cues whose times cannot be read, or that end before they begin.
    bad_times: Vec<u32>,
    /// Cues that begin before the one above them does.
    back: Vec<u32>,
    /// Cues whose number does not follow that of the one above.
    jumps: Vec<u32>,
    /// Cues that show nothing.
    empty: Vec<u32>,
}

/// What is said of so many lines, and which they are.
type Said = fn(usize, String) -> Message;

impl Oddities {
    /// Looks at the times and numbers of cues.
    pub(super) fn look_at(&mut self, cues: &[Cue<'_>], vtt: bool) {
        let mut last = 0;
        let mut number = None;
        for cue in cues {
            if !cue.times.is_sound() {
                self.bad_times.push(cue.line);
            }
            if let Some(from) = cue.times.from {
                if from < last {
                    self.back.push(cue.line);
                }
                last = from;
            }
            if !vtt
                && number
                    .zip(cue.number)
                    .is_some_and(|(last, it)| Some(it) != u64::checked_add(last, 1))
            {
                self.jumps.push(cue.line);
            }
            number = cue.number.or(number);
            if cue.lines.is_empty() && self.repeated == 0 {
                self.empty.push(cue.line);
            }
        }
    }

    /// What is to be said of it.
    pub(super) fn notes(&self) -> Vec<Message> {
        let mut notes = Vec::new();
        if self.headless {
            notes.push(msg!("captions.headless"));
        }
        if self.comments > 0 {
            notes.push(msg!("captions.comments", n = self.comments));
        }
        if self.repeated > 0 {
            notes.push(msg!("captions.repeated", n = self.repeated));
        }
        if self.colours > 0 {
            notes.push(msg!("captions.colours", n = self.colours));
        }
        let kinds: [(&[u32], Said); 5] = [
            (&self.bad_times, |n, lines| msg!("captions.times", n = n, lines = lines)),
            (&self.back, |n, lines| msg!("captions.back", n = n, lines = lines)),
            (&self.jumps, |n, lines| msg!("captions.jumps", n = n, lines = lines)),
            (&self.empty, |n, lines| msg!("captions.empty", n = n, lines = lines)),
            (&self.after_blank, |n, lines| msg!("captions.blank", n = n, lines = lines)),
        ];
        let there = kinds.into_iter().filter(|(lines, _)| !lines.is_empty());
        notes.extend(there.map(|(lines, note)| note(lines.len(), places(lines))));
        notes
    }
}
