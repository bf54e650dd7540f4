//! Line mode: one question after the other. It works through a pipe: standard output holds one `saved` line for
//! each thing that is safely on disk, and nothing else.
//!
//! There is one loop for every desk; a file per desk says what its questions look like.

pub(in crate::face) mod coding;
mod consensus;
mod cuts;
mod passage;
mod question;
mod replace;
mod review;
mod settle;
mod talk;

#[cfg(feature = "screen")]
pub(in crate::face) use consensus::meaning_of;
pub use replace::take_all;
pub use talk::Talk;

use self::passage::passage;
use crate::desk::{Desk, Effect, Keeper, NotKept};
use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::escape::terminal::Guarded;

/// What makes the picture on the screen an old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<'k, K> {
    /// This was kept.
    Kept(&'k K),
    /// The question may be another.
    Moved,
    /// The person went to where she is.
    Looked,
}

/// A desk as line mode shows it.
pub trait Lines: Desk {
    /// What the screen shows already.
    type Shown: Default;
    /// The sentence with which a session begins, if there is one.
    const HINT: Option<&'static str> = None;
    /// What can be typed.
    const KEYS: &'static str;

    /// Shows what is new since the last time, and returns the prompt.
    ///
    /// # Errors
    /// A stream failed.
    fn draw(&self, shown: &mut Self::Shown, talk: &mut Talk<'_>) -> std::io::Result<String>;

    /// Says what is safely on disk.
    ///
    /// # Errors
    /// A stream failed.
    fn confirm(&self, kept: &Self::Keep, talk: &mut Talk<'_>) -> std::io::Result<()>;

    /// Forgets what the screen no longer shows rightly.
    fn changed(shown: &mut Self::Shown, change: Change<'_, Self::Keep>);

    /// Definitions, as they are shown.
    fn definitions(&self, _: DimensionIndex, _: &[CodeIndex], _: &Talk<'_>) -> Guarded {
        Guarded::default()
    }
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The person left, or nothing is left to do.
    Left,
    /// What the last answer rested on is no longer so, which the person was told: it begins anew.
    Changed,
    /// The terminal is gone, or the program was told to end.
    Interrupted,
}

/// Sits a person at a desk until she leaves or nothing is left to do.
///
/// # Errors
/// A stream failed, or something could not be kept; what was confirmed is safe.
pub fn run<D: Lines>(
    desk: &mut D,
    keeper: &mut dyn Keeper<D::Keep, D::Receipt>,
    talk: &mut Talk<'_>,
) -> anyhow::Result<End> {
    if let Some(hint) = D::HINT {
        let hint = talk.wrapped(&talk.word(hint), "", "");
        talk.show(&hint)?;
    }
    let mut shown = D::Shown::default();
    while !desk.is_over() {
        let prompt = desk.draw(&mut shown, talk)?;
        let Some(line) = talk.ask(&prompt)? else { return Ok(End::Left) };
        match desk.step(&line) {
            Effect::Append(what) => {
                let mut next = Some(what);
                while let Some(what) = next {
                    let receipt = match keeper.keep(&what) {
                        Ok(receipt) => receipt,
                        Err(NotKept::Changed(why)) => {
                            talk.tell(&why)?;
                            return Ok(End::Changed);
                        }
                        Err(NotKept::Failed(failure)) => return Err(failure.into()),
                    };
                    desk.confirm(&what, talk)?;
                    desk.saved(receipt);
                    D::changed(&mut shown, Change::Kept(&what));
                    next = desk.due();
                }
            }
            Effect::Say(message) => talk.tell(&message)?,
            Effect::Define(dimension, codes) => {
                let text = desk.definitions(dimension, &codes, talk);
                talk.show(&text)?;
            }
            Effect::Help => {
                let keys = talk.lines(&talk.word(D::KEYS));
                talk.show(&keys)?;
            }
            Effect::Moved => D::changed(&mut shown, Change::Moved),
            Effect::Look => D::changed(&mut shown, Change::Looked),
            Effect::Leave => return Ok(End::Left),
        }
    }
    Ok(End::Left)
}
