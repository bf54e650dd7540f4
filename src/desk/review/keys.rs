//! The keys of the screen on which cuts are looked at.

use super::Act;
use crate::desk::keys::{self, Binding, Command, Key, Motion, line};

/// What is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Before which sentence there is a further cut.
    Sentence,
    /// A place to go to.
    Go,
    /// Any line of line mode.
    Line,
}

/// What the keys of a line of the table do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// The cut is right.
    Keep,
    /// There is no cut here.
    Drop,
    /// The cut belongs a sentence earlier.
    Back,
    /// The cut belongs a sentence later.
    Forward,
    /// On to the next cut.
    Skip,
    /// Take back the last change.
    Undo,
    /// Type something.
    Ask(Field),
    /// Look elsewhere.
    Look(Motion),
    /// Enough for now.
    Leave,
}

/// Every key of this screen but those that all screens share.
pub const TABLE: &[Binding<Does>] = &[
    line(&[Key::Char('k'), Key::Char(' ')], "k, Space", Does::Keep, "keys.cut_keep"),
    line(&[Key::Char('d')], "d", Does::Drop, "keys.cut_drop"),
    line(&[Key::Char('b')], "b", Does::Back, "keys.cut_back"),
    line(&[Key::Char('f')], "f", Does::Forward, "keys.cut_forward"),
    line(&[Key::Char('a')], "a", Does::Ask(Field::Sentence), "keys.cut_add"),
    line(&[Key::Char('s'), Key::Char('n')], "s, n", Does::Skip, "keys.cut_skip"),
    line(&[Key::Char('z')], "z", Does::Undo, "keys.cut_undo"),
    line(&[Key::Char('g')], "g", Does::Ask(Field::Go), "keys.cut_go"),
    line(&[Key::Up, Key::Left], "↑, ←", Does::Look(Motion::PageUp), "keys.page_up"),
    line(&[Key::Down, Key::Right], "↓, →", Does::Look(Motion::PageDown), "keys.page_down"),
    line(&[Key::Char('q')], "q", Does::Leave, "keys.leave"),
];

/// What a key asks for.
#[must_use]
pub fn command<W>(key: Key) -> Command<Act, Field, W> {
    match keys::find(TABLE, key) {
        Some((Does::Keep, _)) => Command::Act(Act::Keep),
        Some((Does::Drop, _)) => Command::Act(Act::Drop),
        Some((Does::Back, _)) => Command::Act(Act::Back(1)),
        Some((Does::Forward, _)) => Command::Act(Act::Forward(1)),
        Some((Does::Skip, _)) => Command::Act(Act::Skip),
        Some((Does::Undo, _)) => Command::Act(Act::Undo),
        Some((Does::Ask(field), _)) => Command::Ask(field),
        Some((Does::Look(motion), _)) => Command::Look(motion),
        Some((Does::Leave, _)) => Command::Act(Act::Leave),
        None => keys::shared(key, Field::Line),
    }
}
