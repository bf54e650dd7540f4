//! The full screens: the talk in view, a key a decision.
//!
//! The same desks as line mode, the same keepers. [`face`] is what keys do on every screen, a folder per desk what it has
//! of its own, [`terminal`] the terminal itself and how it is given back, and the loop below joins them. What is shown as
//! saved was saved.

pub mod coding;
pub mod consensus;
pub mod cuts;
pub mod face;
mod parts;
pub mod scene;
mod talk;
pub mod terminal;
mod wording;

use ratatui::Terminal;
use ratatui::backend::Backend;

use self::face::{Face, Keeping, Scene};
use super::lines::End;
use crate::desk::keys::Key;
use crate::domain::transcript::Transcript;

/// What comes from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A key, whether the terminal says that it is held, and when, in milliseconds by any clock that does not go back.
    Key(Key, bool, u64),
    /// Something was pasted.
    Paste(String),
    /// The screen has another size, or is ours again.
    Redraw,
    /// The terminal is gone, or the program is told to end.
    End,
}

/// Where events come from.
pub trait Events {
    /// Waits for the next one.
    ///
    /// # Errors
    /// The terminal fails.
    fn next(&mut self) -> std::io::Result<Event>;
}

/// Sits a person before the screen until she leaves, or until what she decides on has changed.
///
/// # Errors
/// The terminal failed; what was shown as saved is safe.
pub fn run<'a, S: Scene<'a>, B: Backend>(
    face: &mut Face<'a, S>,
    desk: &mut S,
    keeper: &mut Keeping<'_, S>,
    terminal: &mut Terminal<B>,
    events: &mut dyn Events,
) -> anyhow::Result<End>
where
    B::Error: Send + Sync + 'static,
{
    face.begin(desk);
    loop {
        terminal.draw(|frame| face.draw(frame, desk))?;
        let end = match events.next()? {
            Event::Key(key, held, at) => face.press(key, held, at, desk, keeper),
            Event::Paste(text) => {
                face.paste(&text);
                None
            }
            Event::Redraw => {
                terminal.clear()?;
                None
            }
            Event::End => Some(End::Interrupted),
        };
        if let Some(end) = end {
            return Ok(end);
        }
    }
}

/// Whether a transcript holds writing that runs from right to left: not every terminal shows it in order, and a line
/// that is drawn beside it would not stand where it seems to.
#[must_use]
pub fn is_right_to_left(transcript: &Transcript) -> bool {
    let runs_left = |letter: char| {
        matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    transcript.paragraphs.iter().any(|it| !it.text.is_ascii() && it.text.chars().any(runs_left))
}
