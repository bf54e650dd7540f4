//! Coding, consensus, review, settling and replacing as pure machines: an act in, a view and effects out.
//!
//! No clock, no file and no screen, so that every rule of the desk is tested without any of them, and
//! so that line mode and a full screen cannot disagree. Whoever drives a machine carries its effects
//! out, tells it when they are safe, and only then shows them as done. A view is data: what lies on the
//! desk, not what it looks like. `<desk>/line.rs` makes an act of a typed line.

pub mod choices;
pub mod coding;
pub mod consensus;
pub mod keys;
pub mod passage;
pub mod replace;
pub mod review;
pub mod settle;
mod typed;
pub mod undo;

use crate::domain::answer::{CodeIndex, DimensionIndex};
use crate::domain::failure::Failure;
use crate::domain::message::Message;

/// What should happen after an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect<K> {
    /// Keep this; call [`Desk::saved`] once it is safe. Nothing has happened yet.
    Append(K),
    /// Tell the person something; the question stays.
    Say(Message),
    /// Show the definitions of these codes of a dimension, or of the whole dimension if there are none.
    Define(DimensionIndex, Vec<CodeIndex>),
    /// Show what can be done.
    Help,
    /// Nothing but the question may have changed.
    Moved,
    /// Show what is at hand whole: the person went to it.
    Look,
    /// End the session.
    Leave,
}

/// A machine that a person sits at.
pub trait Desk {
    /// What a person can do.
    type Act;
    /// What lies on the desk.
    type View<'v>
    where
        Self: 'v;
    /// What has to be kept before it has happened.
    type Keep;
    /// What comes back once it is kept.
    type Receipt;

    /// Where the desk stands.
    fn view(&self) -> Self::View<'_>;

    /// Says what should happen. Nothing but where the person stands changes.
    fn act(&mut self, act: Self::Act) -> Effect<Self::Keep>;

    /// Takes note that what the last [`Effect::Append`] held is safe: only now it has happened.
    fn saved(&mut self, receipt: Self::Receipt);

    /// Makes an act of a typed line.
    ///
    /// # Errors
    /// Says what is not understood; then nothing of the line counts.
    fn read(&self, line: &str) -> Result<Self::Act, Message>;

    /// What follows from what was kept, and has to be kept as well.
    fn due(&self) -> Option<Self::Keep> {
        None
    }

    /// Whether nothing is left for which anybody would sit here.
    fn is_over(&self) -> bool {
        false
    }

    /// Reads a line and does what it says.
    fn step(&mut self, line: &str) -> Effect<Self::Keep> {
        match self.read(line) {
            Ok(act) => self.act(act),
            Err(message) => Effect::Say(message),
        }
    }
}

/// Why something was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotKept {
    /// What it rests on is no longer so, and why. The session can begin anew with what is now.
    Changed(Message),
    /// It could not be written.
    Failed(Failure),
}

impl From<Failure> for NotKept {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// What keeps what a desk decides.
pub trait Keeper<K, R> {
    /// Keeps it; it is safely on disk when this returns.
    ///
    /// # Errors
    /// Nothing was kept.
    fn keep(&mut self, what: &K) -> Result<R, NotKept>;
}
