//! The full screen: all dimensions at once, a key a decision, the talk in view.
//!
//! The same desk as line mode, the same keeper. [`code`] is what the keys do, `draw` what it looks like, [`terminal`]
//! the terminal itself and how it is given back, and the loop below joins them. What is shown as saved was saved.

pub mod code;
mod draw;
mod marking;
mod palette;
mod pieces;
pub mod terminal;

use ratatui::Terminal;
use ratatui::backend::Backend;

use self::code::{CodeFace, Keeping};
use super::lines::End;
use crate::desk::coding::CodingDesk;
use crate::desk::coding::keys::Key;
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

/// Sits a coder before the screen until she leaves, or until what she decides on has changed.
///
/// # Errors
/// The terminal failed; what was shown as saved is safe.
pub fn run<B: Backend>(
    face: &mut CodeFace<'_>,
    desk: &mut CodingDesk<'_>,
    keeper: &mut Keeping<'_>,
    terminal: &mut Terminal<B>,
    events: &mut dyn Events,
) -> anyhow::Result<End>
where
    B::Error: Send + Sync + 'static,
{
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
    transcript.paragraphs.iter().any(|it| it.text.chars().any(runs_left))
}
