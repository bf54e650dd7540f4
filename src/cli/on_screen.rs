//! The full screen of this process: taken for a session, given back when it ends.

use super::{Context, Outcome};
use crate::desk::{Keeper, NotKept};
use crate::domain::failure::Failure;
use crate::domain::id::TranscriptId;
use crate::face::lines::End;
use crate::face::screen::face::{Face, Keeping, Scene};
use crate::face::screen::terminal::{Keyboard, Screen};
use crate::msg;
use crate::words::say;

/// The terminal, while a session has it.
pub(super) struct OnScreen {
    keyboard: Keyboard,
    screen: Screen,
}

impl OnScreen {
    /// Takes the terminal.
    pub(super) fn take() -> anyhow::Result<Self> {
        Ok(Self { keyboard: Keyboard::new()?, screen: Screen::take()? })
    }

    /// Sits a person before a desk.
    pub(super) fn sit<'a, S: Scene<'a>>(
        &mut self,
        face: &mut Face<'a, S>,
        desk: &mut S,
        keeper: &mut Keeping<'_, S>,
    ) -> anyhow::Result<End> {
        self.keyboard.forget()?;
        crate::face::screen::run(face, desk, keeper, &mut self.screen.terminal, &mut self.keyboard)
    }
}

/// Keeps nothing: the face does not ask it to.
pub(super) struct LookOnly;

impl<K, R> Keeper<K, R> for LookOnly {
    fn keep(&mut self, _: &K) -> Result<R, NotKept> {
        Err(Failure::Refused(msg!("store.locked", file = ""), msg!("store.locked.fix")).into())
    }
}

/// How a command ends whose session ended so.
pub(super) fn outcome(end: End) -> Outcome {
    match end {
        End::Interrupted => Outcome::Interrupted,
        End::Left | End::Changed => Outcome::Clean,
    }
}

/// What is said of transcripts that a screen does not show.
pub(super) fn left_out(left: &[TranscriptId], context: &Context<'_>) -> Vec<String> {
    let said = |id| say(&msg!("screen.right_to_left", transcript = id), context.language);
    left.iter().map(said).collect()
}

/// Sentences in one line; nothing where there are none.
pub(super) fn joined(said: &[String]) -> Option<String> {
    Some(said.join(" · ")).filter(|text| !text.is_empty())
}

/// Whether colours suit the terminal: it shows those of a codebook, and fewer would be others.
pub(super) fn colors(context: &Context<'_>) -> bool {
    let told = std::env::var("COLORTERM").unwrap_or_default();
    context.colors() && matches!(told.as_str(), "truecolor" | "24bit")
}
