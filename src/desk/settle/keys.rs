//! The keys of the screen on which two ways of cutting are settled.

use super::Act;
use crate::desk::keys::{self, Binding, Command, DIGITS, Key, Motion, line};

/// What is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Who is here.
    Present,
    /// Why.
    Reason,
    /// Any line of line mode.
    Line,
}

/// What the keys of a line of the table do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// There is a cut.
    Cut,
    /// There is none.
    NoCut,
    /// As the coder with this number has it.
    Take,
    /// On to the next difference.
    Skip,
    /// Take back the last decision.
    Undo,
    /// Say who is here.
    Present,
    /// Look elsewhere.
    Look(Motion),
    /// Enough for now.
    Leave,
}

/// Every key of this screen but those that all screens share.
pub const TABLE: &[Binding<Does>] = &[
    line(&[Key::Char('c')], "c", Does::Cut, "keys.settle_cut"),
    line(&[Key::Char('n')], "n", Does::NoCut, "keys.settle_no_cut"),
    line(DIGITS, "1 … 9", Does::Take, "keys.settle_take"),
    line(&[Key::Char('s')], "s", Does::Skip, "keys.settle_skip"),
    line(&[Key::Char('z')], "z", Does::Undo, "keys.settle_undo"),
    line(&[Key::Char('w')], "w", Does::Present, "keys.present"),
    line(&[Key::Up, Key::Left], "↑, ←", Does::Look(Motion::PageUp), "keys.page_up"),
    line(&[Key::Down, Key::Right], "↓, →", Does::Look(Motion::PageDown), "keys.page_down"),
    line(&[Key::Char('q')], "q", Does::Leave, "keys.leave"),
];

/// What a key asks for.
#[must_use]
pub fn command<W>(key: Key) -> Command<Act, Field, W> {
    match keys::find(TABLE, key) {
        Some((Does::Cut, _)) => Command::Act(Act::Choose(true)),
        Some((Does::NoCut, _)) => Command::Act(Act::Choose(false)),
        Some((Does::Take, nth)) => Command::Act(Act::Take(nth + 1)),
        Some((Does::Skip, _)) => Command::Act(Act::Skip),
        Some((Does::Undo, _)) => Command::Act(Act::Undo),
        Some((Does::Present, _)) => Command::Ask(Field::Present),
        Some((Does::Look(motion), _)) => Command::Look(motion),
        Some((Does::Leave, _)) => Command::Act(Act::Leave),
        None => keys::shared(key, Field::Line),
    }
}
